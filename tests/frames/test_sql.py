"""SQL of a rule: made by the engine, for every rule, and worth what the rule is worth."""

import duckdb
import pytest

from bpvo_rules.cli import main
from bpvo_rules.errors import ExtraMissingError
from bpvo_rules.frames import FrameKeten, judge_frames, sql
from bpvo_rules.frames.sql import DIALECTS, Dialect, rule_sql
from bpvo_rules.questions import RULES
from bpvo_rules.rules import Outcome
from bpvo_rules.rules.source import OUTCOMES
from bpvo_rules.simulate import simulate


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_sql(rule: object, dialect: Dialect) -> None:
    """It names the facts that the rule reads, and says what they are."""
    found = next(r for r in RULES if r is rule)
    text = rule_sql(found, dialect)
    assert found.sentence.nl in text
    for fact in found.reads:
        assert f"-- {fact.name}: " in text
        assert fact.name in text.split("SELECT")[1]


@pytest.mark.parametrize("code", ["erkend_gedurende_looptijd", "tijdig_bij_sbb", "stagefonds_periode"])
def test_the_sql_gives_the_outcomes_of_the_rule(code: str) -> None:
    """Run over the facts of a chain, it counts what the engine counted."""
    rule = next(r for r in RULES if r.code == code)
    chain = simulate(seed=5, bpvos=600)
    judged = judge_frames(FrameKeten.uit(chain.keten, "polars"), peildatum=chain.peildatum)
    facts = judged.run.engine.native(judged.parts[rule.subject].frame).to_arrow()
    connection = duckdb.connect()
    connection.register("facts", facts)
    connection.execute(
        f"CREATE TABLE feiten_{code} AS SELECT *, {judged.run.p} AS peildatum, {judged.run.k} AS kennisdatum FROM facts"  # noqa: S608 - a test
    )
    found = dict.fromkeys(Outcome, 0)
    for (number,) in connection.execute(rule_sql(rule)).fetchall():
        found[OUTCOMES[number]] += 1

    assert found == judged.counts[code]
    assert found[Outcome.MET]
    assert found[Outcome.NOT_MET]


def test_without_the_packages_one_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the language of who asks."""

    def absent(name: str) -> object:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(sql, "import_module", absent)
    with pytest.raises(ExtraMissingError, match=r"install bpvo-rules\[sql\]"):
        rule_sql(RULES[0], "spark")
    for lang, words in (("nl", "dit vraagt de extra 'sql': installeer"), ("en", "this needs the extra 'sql': install")):
        assert main(["rules", RULES[0].code, "--format", "sql", "--lang", lang]) == 2
        assert f"{words} bpvo-rules[sql]." in capsys.readouterr().err


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_command(dialect: Dialect, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "tijdig_bij_duo", "--format", "sql", "--dialect", dialect]) == 0
    assert capsys.readouterr().out.startswith("-- tijdig_bij_duo: De BPVO is binnen de termijn")
