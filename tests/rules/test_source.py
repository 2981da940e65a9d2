"""The generated source and the plain reading of a rule say the same, and leaving work out changes nothing."""

import random
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from tests.judge.werelden import judged
from tests.rules.klein import (
    BEGIN,
    DING,
    Ding,
    KleineContext,
    contexts,
    dingen,
    geen_b,
    getal,
    grootste,
    in_lijst,
    maximum,
    rule,
    rules,
    values_by_hand,
    vlag,
    voorbij,
    woord,
)

from bpvo_rules.judge import Judge, make_settings
from bpvo_rules.judge.judgement import Judgement
from bpvo_rules.keten import Keten
from bpvo_rules.questions import RULES, SUBJECTS
from bpvo_rules.rules import Facts, Rule, Term, is_filled, judge_rule
from bpvo_rules.rules.fact import Column
from bpvo_rules.rules.source import (
    OUTCOMES,
    Program,
    closed_facts,
    compile_rules,
    compute_facts,
    skips,
    with_needs,
)
from bpvo_rules.testing.worlds import seeded_world


def compiled(found: Iterable[Rule], context: KleineContext, *, evidence: bool) -> Program:
    """Compile rules about the small subject type."""
    return compile_rules(
        DING,
        tuple(found),
        evidence=evidence,
        wanted=DING.facts if evidence else (),
        not_looked_up=context.not_looked_up,
    )


@settings(max_examples=200, deadline=None)
@given(found=rules(), ding=dingen, context=contexts)
def test_the_source_and_the_plain_reading_agree(found: tuple[Rule, ...], ding: Ding, context: KleineContext) -> None:
    """For whatever rules, whatever is missing, and whatever was not looked up."""
    program = compiled(found, context, evidence=True)
    numbers, values = program.run(ding, context)
    facts = Facts(
        values=dict(zip(program.facts, values, strict=True)),
        peildatum=context.peildatum,
        kennisdatum=context.kennisdatum,
        not_looked_up=context.not_looked_up,
    )

    assert [OUTCOMES[number] for number in numbers] == [judge_rule(r, facts)[0] for r in found]


@settings(max_examples=200, deadline=None)
@given(found=rules(), ding=dingen, context=contexts)
def test_what_is_skipped_decides_nothing(found: tuple[Rule, ...], ding: Ding, context: KleineContext) -> None:
    """Without evidence, facts of which no rule in scope has need are left out; the outcomes stay."""
    whole, fast = (compiled(found, context, evidence=evidence) for evidence in (True, False))

    assert fast.run(ding, context)[0] == whole.run(ding, context)[0]


@settings(max_examples=100, deadline=None)
@given(ding=dingen, context=contexts)
def test_the_machinery_makes_a_fact_missing(ding: Ding, context: KleineContext) -> None:
    """When a need is missing, or a table or column that it reads was not looked up, whatever its author wrote."""
    program = compiled((), context, evidence=True)
    values = {fact.name: value for fact, value in zip(program.facts, program.run(ding, context)[1], strict=True)}
    one_by_one = compute_facts(program.facts, ding, context, context.not_looked_up)

    assert values == values_by_hand(ding, context)
    assert {fact.name: value for fact, value in one_by_one.items()} == values


def test_a_fact_that_raises_is_missing_and_so_is_what_needs_it() -> None:
    """When facts are computed one by one, so that the others can still be shown."""

    class Boos(KleineContext):
        def norm_value(self, norm_id: str, day: date) -> int | None:
            raise Nooit(norm_id, day)

        def opgezocht(self, table: str) -> bool:
            raise Nooit(table)

    ding, context = Ding(dag=BEGIN, getal=3, vlag=True), Boos()
    values = {fact.name: v for fact, v in compute_facts(DING.facts, ding, context, frozenset()).items()}

    assert values == {**values_by_hand(ding, context), "in_lijst": None, "uiterste_dag": None, "maximum": None}


class Nooit(Exception):  # noqa: N818 - no error that anyone should see
    """Raised by what should not be computed."""


def test_a_fact_that_no_rule_in_scope_needs_is_not_computed() -> None:
    """Otherwise the skipping that the tests above look at would skip nothing."""

    class Boos(KleineContext):
        def opgezocht(self, table: str) -> bool:
            raise Nooit(table)

    shared = rule("een", in_lijst, scope=vlag), rule("twee", ~in_lijst, scope=vlag & (getal == 3))
    fast, whole = (compile_rules(DING, shared, evidence=evidence) for evidence in (False, True))
    out_of_scope, in_scope = Ding(vlag=False, getal=3), Ding(vlag=True, getal=3)

    assert [OUTCOMES[number] for number in fast.run(out_of_scope, Boos())[0]] == ["niet_van_toepassing"] * 2
    for program, ding in ((whole, out_of_scope), (fast, in_scope), (fast, Ding(getal=3))):
        with pytest.raises(Nooit):
            program.run(ding, Boos())

    alone = compile_rules(DING, [*shared, rule("drie", in_lijst)])
    with pytest.raises(Nooit):
        alone.run(out_of_scope, Boos())


def test_a_condition_that_reads_the_fact_itself_does_not_spare_it() -> None:
    """Whether the list holds the number must be known to say that the rule is out of scope."""
    made = rule("proef", vlag, scope=is_filled(woord) & in_lijst)
    program = compile_rules(DING, [made])

    assert OUTCOMES[program.run(Ding(getal=3, vlag=True, woord="a"), KleineContext())[0][0]] == "niet_van_toepassing"
    assert OUTCOMES[program.run(Ding(getal=2, vlag=True, woord="a"), KleineContext())[0][0]] == "voldoet"


def test_only_who_asks_for_facts_gets_them() -> None:
    """Most runs want outcomes; making a tuple of values costs as much as several rules."""
    made, ding = rule("proef", vlag, evidence=(woord,)), Ding(vlag=True, woord="a", getal=3)

    def values(**asked: Any) -> tuple[Any, ...]:
        return compile_rules(DING, [made], **asked).run(ding, KleineContext())[1]

    assert values() == ()
    assert values(evidence=True) == (True, "a")
    assert values(wanted=(getal.fact,)) == (3, True)


# What was not looked up, and the facts that are missing for every record because of it: what needs the column, or must
# have seen it. What only can do more with it is not.
CLOSED = """
    -                    |
    dingen.woord         | woord geen_b
    dingen.getal         | getal dubbel grootste in_lijst
    dingen.ander_getal   | ander_getal
    dingen.dag           | dag voorbij bekende_dag uiterste_dag maximum
    kalender             | voorbij
    kalender.feestdag    | voorbij
    lijst                |
"""


@pytest.mark.parametrize("line", CLOSED.strip().splitlines())
def test_what_is_missing_for_every_record_is_known_beforehand(line: str) -> None:
    closed, expected = (cell.strip() for cell in line.split("|"))
    table, _, column = closed.partition(".")
    not_looked_up: frozenset[Column] = frozenset() if closed == "-" else frozenset({(table, column or None)})

    assert {fact.name for fact in closed_facts(DING, not_looked_up)} == {*expected.split()}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (vlag, "vlag"),
        (in_lijst, "in_lijst dubbel getal"),
        (geen_b, "geen_b woord"),
        (grootste, "grootste getal ander_getal"),
        (voorbij, "voorbij dag"),
        (maximum, "maximum dag"),
    ],
    ids=repr,
)
def test_a_fact_is_wanted_with_all_that_it_is_computed_of(wanted: Term, expected: str) -> None:
    """What it needs, must have seen, or can do without; and what these need."""
    assert {fact.name for fact in with_needs({wanted.fact})} == {*expected.split()}


def test_without_the_table_of_the_records_every_fact_is_missing() -> None:
    assert closed_facts(DING, frozenset({("dingen", None)})) == {*DING.facts}


def skipped(*found: Rule) -> dict[str, set[str]]:
    """Give per fact the conditions that make it needless, by how they are written."""
    return {fact.name: set(map(repr, terms)) for fact, terms in skips(DING, found).items()}


def test_a_fact_is_spared_by_the_conditions_that_all_rules_that_depend_on_it_share() -> None:
    """And that do not depend on the fact themselves."""
    three = getal == 3
    both, one = rule("een", in_lijst, scope=vlag & three), rule("twee", ~in_lijst, scope=vlag)

    assert skipped(both) == {
        "vlag": {repr(three)},
        "getal": {"vlag"},
        "dubbel": {"vlag", repr(three)},
        "in_lijst": {"vlag", repr(three)},
    }
    assert skipped(both, one) == {"vlag": set(), "getal": {"vlag"}, "dubbel": {"vlag"}, "in_lijst": {"vlag"}}
    assert skipped(rule("drie", geen_b, scope=vlag | three)) == {
        "vlag": set(),
        "getal": set(),
        "woord": {repr(vlag | three)},
        "geen_b": {repr(vlag | three)},
    }
    assert skipped(rule("vier", geen_b)) == {"woord": set(), "geen_b": set()}


def differences(judgement: Judgement, chance: random.Random) -> Mapping[str, object]:
    """Give the subjects for which some way of compiling the rules says something else than the plain reading."""
    closed = judgement.context.not_looked_up
    wrong: dict[str, object] = {}
    for part in judgement.parts.values():
        all_rules = part.program.rules
        some = tuple(r for r in all_rules if chance.random() < 0.5)
        whole = judgement.settings.program(part.subject, all_rules, evidence=True, not_looked_up=closed)
        fewer = judgement.settings.program(part.subject, some, evidence=False, not_looked_up=closed)
        for subject, pattern in zip(part.subjects, part.patterns, strict=True):
            numbers, values = whole.run(subject, judgement.context)
            facts = Facts(
                values=dict(zip(whole.facts, values, strict=True)),
                peildatum=judgement.peildatum,
                kennisdatum=judgement.kennisdatum,
                not_looked_up=closed,
            )
            plain = {r.code: judge_rule(r, facts)[0] for r in all_rules}
            few = fewer.run(subject, judgement.context)[0]
            said = (
                {r.code: OUTCOMES[n] for r, n in zip(all_rules, pattern, strict=True)},
                {r.code: OUTCOMES[n] for r, n in zip(all_rules, numbers, strict=True)},
                plain | {r.code: OUTCOMES[n] for r, n in zip(some, few, strict=True)},
            )
            if any(one != plain for one in said):
                wrong[repr(subject)] = said, plain
    return wrong


@pytest.mark.parametrize("batch", range(4))
def test_every_way_of_compiling_the_rules_gives_the_plain_outcome(batch: int) -> None:
    """With and without evidence, all rules or some of them: facts left out never change an outcome."""
    chance = random.Random(batch)  # noqa: S311 - chance for tests, not for secrets
    found = {}
    for seed in range(7000 + batch * 50, 7000 + (batch + 1) * 50):
        found[seed] = differences(judged(seeded_world(seed)), chance)

    assert {seed: wrong for seed, wrong in found.items() if wrong} == {}


def test_every_rule_is_compiled_once_for_what_was_looked_up() -> None:
    """The source is made per set of rules and of closed columns, and kept."""
    chosen = make_settings()
    first, second = (Judge(chosen).keten(Keten(), peildatum=world.peildatum) for world in map(seeded_world, (1, 2)))

    for subject in SUBJECTS:
        assert first.parts[subject].program is second.parts[subject].program
    compiled = {rule.code for part in first.parts.values() for rule in part.program.rules}
    assert compiled == {rule.code for rule in RULES if not any(norm.is_open for norm in rule.norms)}
