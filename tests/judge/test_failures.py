"""When a rule stops with an error: the others have their outcomes, and nothing is good because of it."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NoReturn

import pytest
from tests.questions.spec import BPVO, EEN_AANVRAAG, EEN_BPVO, EEN_METING, About, build

from bpvo_rules import Judgement, judge
from bpvo_rules import Keten as AnyKeten
from bpvo_rules.errors import DuplicateKeyError, UnknownSubjectError
from bpvo_rules.judge import Failure, receipt
from bpvo_rules.model import TABLES
from bpvo_rules.questions import BPVO as BPVO_TYPE
from bpvo_rules.questions import QUESTIONS
from bpvo_rules.questions.subjects import begindatum, grondslag, omvang
from bpvo_rules.rules import (
    ALWAYS,
    Dimension,
    Kind,
    Outcome,
    Party,
    Question,
    Rule,
    Source,
    Term,
    Text,
    ValueType,
    is_filled,
)

GEHEIM = "geheim-123456782"
Declare = Callable[..., Judgement]


@pytest.fixture
def kapot() -> Iterator[Term]:
    """Declare a fact of a Bpvo that cannot be computed; it is gone after the test."""

    def compute(_: Any, __: Any) -> NoReturn:
        raise ZeroDivisionError(GEHEIM)

    term = BPVO_TYPE.fact(ValueType.BOOL, "Kapot.", "Broken.", name="kapot_feit", needs=(begindatum,))(compute)
    yield term
    BPVO_TYPE._facts.pop("kapot_feit")


def eigen(requirement: Term, *, scope: Term = ALWAYS, evidence: tuple[Term, ...] = (), kind: Kind = Kind.FOUT) -> Rule:
    """Declare a rule of the caller."""
    return Rule(
        code="eigen_regel",
        subject=BPVO_TYPE,
        kind=kind,
        party=Party.INSTELLING,
        scope=scope,
        requirement=requirement,
        evidence=evidence,
        sources=(Source(title="eigen"),),
        sentence=Text("Het klopt.", "It is right."),
        melding=Text("Het klopt niet.", "It is not right."),
        repair=Text("Herstel het.", "Mend it."),
        dimension=Dimension.JUISTHEID,
    )


def judged(rule: Rule | None, cells: Mapping[str, str] | None = None, **others: str) -> Judgement:
    """Judge a chain of two BPVO's by the rules of the library and one of the caller."""
    rows = [dict(cells or {}), {"volgnummer": "2", "begindatum": ""}]
    keten, arguments = build(EEN_BPVO, rows, others)
    own = (
        ()
        if rule is None
        else (Question(code="eigen", number=None, title=Text("Eigen?", "Own?"), subject=BPVO_TYPE, rules=(rule,)),)
    )
    return judge(keten, **arguments, questions=(*QUESTIONS, *own))


def said(judgement: Judgement) -> list[Any]:
    """Give the verdicts and meldingen of the rules of the library."""
    verdicts = [v for v in judgement.verdicts() if v.rule != "eigen_regel"]
    return [verdicts, [m for m in judgement.meldingen() if m.rule != "eigen_regel"]]


def test_the_other_rules_have_their_outcomes(kapot: Term) -> None:
    found = judged(eigen(kapot), {"ontvangen_duo_op": "2018-10-02"})

    assert said(found) == said(judged(None, {"ontvangen_duo_op": "2018-10-02"}))
    assert "eigen_regel" not in found.counts
    with pytest.raises(UnknownSubjectError, match="eigen_regel did not run"):
        found.outcomes("eigen_regel")


def test_the_failure_is_named_without_any_value(kapot: Term) -> None:
    found = judged(eigen(kapot))
    shown = receipt(found)

    assert found.failures == (Failure(rule="eigen_regel", error="ZeroDivisionError"),)
    assert shown["rules_failed"] == [{"rule": "eigen_regel", "error": "ZeroDivisionError"}]
    assert GEHEIM not in json.dumps(shown) + repr(found.failures)


def test_a_rule_of_the_caller_that_works_runs_beside_the_others() -> None:
    found = judged(eigen(is_filled(begindatum)))

    assert list(found.outcomes("eigen_regel").values()) == [Outcome.MET, Outcome.NOT_MET]
    assert found.failures == ()
    assert [m.text.nl for m in found.meldingen() if m.rule == "eigen_regel"] == ["Het klopt niet."]


def test_where_the_fact_is_not_needed_nothing_fails(kapot: Term) -> None:
    """No BPVO here is based on a keuzedeel, so that nothing needs to be computed."""
    found = judged(eigen(kapot, scope=grondslag == "keuzedeel"))

    assert set(found.outcomes("eigen_regel").values()) == {Outcome.OUT_OF_SCOPE}
    assert found.failures == ()


@pytest.mark.parametrize("use", ["evidence", "out of scope"])
def test_meldingen_of_other_rules_stay_when_a_fact_fails_that_only_evidence_needs(kapot: Term, use: str) -> None:
    """Also the receipt, which counts them, and an explanation; the outcomes are there, so the run has not failed."""
    shown = eigen(is_filled(omvang), evidence=(kapot,))
    rule = shown if use == "evidence" else eigen(kapot, scope=grondslag == "keuzedeel")
    cells = {"omvang": "", "ontvangen_duo_op": "2018-10-02"}
    found = judged(rule, cells)

    assert [m for m in found.meldingen() if m.rule != "eigen_regel"] == list(judged(None, cells).meldingen())
    assert receipt(found)["meldingen"]["total"] >= 1
    assert {x.rule.code for x in found.explain(BPVO)} >= {"tijdig_bij_duo"}
    assert list(found.verdicts())


def test_a_question_is_not_good_when_one_of_its_rules_failed(kapot: Term) -> None:
    """What a failed rule would have said is not known, and what is not known never counts as good."""
    first = QUESTIONS[0]
    own = Question(
        code=first.code,
        number=first.number,
        title=first.title,
        subject=first.subject,
        rules=(*first.rules, eigen(kapot)),
    )
    keten, arguments = build(EEN_BPVO, [{}], {})
    found = judge(keten, **arguments, questions=(own, *QUESTIONS[1:]))

    assert [failure.rule for failure in found.failures] == ["eigen_regel"]
    assert found.question_outcomes(first.code) == {BPVO: Outcome.UNKNOWN}
    assert found.question_counts[first.code][Outcome.MET] == 0


def test_an_interrupt_is_no_failure_of_a_rule() -> None:
    """The user stopped the run."""

    def stop(_: int, __: int) -> None:
        raise KeyboardInterrupt

    keten, arguments = build(EEN_BPVO, [{}], {})
    with pytest.raises(KeyboardInterrupt):
        judge(keten, **arguments, progress=stop)


DOUBLE: dict[str, tuple[About, dict[str, str]]] = {
    "opleidingen": (EEN_BPVO, {"opleidingen": "25655 kwalificatie 23264 79140, 25655 kwalificatie - -"}),
    "keuzedelen": (EEN_BPVO, {"keuzedelen": "K0067 .., K0067 2018-08-01.."}),
    "inschrijvingsperiodes": (EEN_BPVO, {"periodes": "2018-08-01 BOL 4 25655, 2018-08-01 BBL 3 25655"}),
}


@pytest.mark.parametrize("table", DOUBLE)
def test_two_records_with_one_key_are_an_error_of_the_whole_run(table: str) -> None:
    """Neither can be chosen, so that no rule may say anything; it is no failure of the rules that happen to read it."""
    about, others = DOUBLE[table]
    keten, arguments = build(about, [{}, {"volgnummer": "2", "keuzedeelcode": "K0067"}], others)

    with pytest.raises(DuplicateKeyError, match=table):
        judge(keten, **arguments)


@pytest.mark.parametrize(("about", "row"), [(EEN_BPVO, {}), (EEN_AANVRAAG, {}), (EEN_METING, {})], ids=["u", "a", "w"])
def test_two_subjects_with_one_key_are_an_error(about: About, row: dict[str, str]) -> None:
    """One would hide the other wherever outcomes are given by key."""
    keten, arguments = build(about, [row, row], {})
    assert len(keten.table(about.table) or ()) == 2

    with pytest.raises(DuplicateKeyError, match=about.table):
        judge(keten, **arguments)


def test_the_tables_with_a_key_are_these() -> None:
    """So that the tests above forget none that rules read."""
    assert {name for name, table in TABLES.items() if table.key} == {
        *DOUBLE,
        "uitwisselingen",
        "erkenningsaanvragen",
        "white_label_metingen",
        # Of these only the presence of a key is read, so that a double changes nothing.
        "instellingen",
        "equivalenten",
        "leerbedrijven",
        # No rule reads these.
        "inschrijvingen",
    }


def test_an_empty_keten_is_judged() -> None:
    found = judge(AnyKeten(), peildatum=date(2018, 10, 1))

    assert list(found.verdicts()) == []
    assert found.meldingen() == ()
