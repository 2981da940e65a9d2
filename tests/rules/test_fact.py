"""Why a fact is missing: the reasons name the roots, not what was worked out on the way."""

from datetime import timedelta

import pytest
from tests.rules.klein import (
    BEGIN,
    DING,
    Ding,
    KleineContext,
    bekende_dag,
    dag,
    dubbel,
    geen_b,
    getal,
    grootste,
    in_lijst,
    maximum,
    rule,
    uiterste_dag,
    vlag,
    voorbij,
    woord,
)

from bpvo_rules.rules import Absence, Facts, Missing, Outcome, Term, is_filled, judge_rule, on_time
from bpvo_rules.rules.fact import Column
from bpvo_rules.rules.source import compile_rules

LEEG, DICHT = Absence.EMPTY, Absence.NOT_LOOKED_UP


def facts(ding: Ding, *closed: Column) -> Facts:
    """Give the facts of a record, with some columns not looked up."""
    context = KleineContext(not_looked_up=frozenset(closed))
    program = compile_rules(DING, (), wanted=DING.facts, not_looked_up=context.not_looked_up)
    values = program.run(ding, context)[1]
    return Facts(
        values=dict(zip(program.facts, values, strict=True)),
        peildatum=context.peildatum,
        kennisdatum=context.kennisdatum,
        not_looked_up=context.not_looked_up,
    )


CASES: dict[str, tuple[Term, Ding, tuple[Column, ...], set[tuple[str, Absence]]]] = {
    "an empty cell": (getal == 1, Ding(), (), {("getal", LEEG)}),
    "a column that was not looked up": (getal == 1, Ding(), (("dingen", "getal"),), {("dingen.getal", DICHT)}),
    "a table that was not looked up": (getal == 1, Ding(), (("dingen", None),), {("dingen", DICHT)}),
    "the cell behind a fact": (dubbel == 2, Ding(), (), {("getal", LEEG)}),
    "the cell behind a fact behind a fact": (in_lijst, Ding(), (), {("getal", LEEG)}),
    "the column behind a fact": (dubbel == 2, Ding(), (("dingen", "getal"),), {("dingen.getal", DICHT)}),
    "a table that a fact reads": (voorbij, Ding(dag=None), (("kalender", None),), {("kalender", DICHT)}),
    "a column that a fact reads": (
        voorbij,
        Ding(dag=BEGIN),
        (("kalender", "feestdag"),),
        {("kalender.feestdag", DICHT)},
    ),
    "a table that could have told": (in_lijst, Ding(getal=3), (("lijst", None),), {("lijst", DICHT)}),
    "what must have been looked up": (geen_b, Ding(woord="a"), (("dingen", "woord"),), {("dingen.woord", DICHT)}),
    "not what may be missing": (grootste == 1, Ding(ander_getal=None), (), {("getal", LEEG)}),
    "the start of a term": (on_time(dag, uiterste_dag), Ding(), (), {("dag", LEEG)}),
    "the day of a norm": (maximum == 3, Ding(), (), {("dag", LEEG)}),
    "every side that is unknown": (vlag & (getal == 1), Ding(), (), {("vlag", LEEG), ("getal", LEEG)}),
    "not the side that decides nothing": (vlag & (getal == 1), Ding(vlag=True), (), {("getal", LEEG)}),
    "both numbers of a product": (
        getal * dubbel == 2,
        Ding(),
        (("dingen", "getal"),),
        {("dingen.getal", DICHT)},
    ),
    "is filled": (is_filled(woord), Ding(), (("dingen", "woord"),), {("dingen.woord", DICHT)}),
}


@pytest.mark.parametrize(("term", "ding", "closed", "expected"), CASES.values(), ids=CASES)
def test_the_reason_names_the_root(
    term: Term, ding: Ding, closed: tuple[Column, ...], expected: set[tuple[str, Absence]]
) -> None:
    outcome, missing = judge_rule(rule("proef", term), facts(ding, *closed))

    assert outcome is Outcome.UNKNOWN
    assert {(m.name, m.absence) for m in missing} == expected
    assert list(missing) == sorted(missing)


def test_before_the_limit_the_reason_is_that_it_can_still_come() -> None:
    """The term starts tomorrow and nothing has happened yet."""
    tomorrow = Ding(dag=BEGIN + timedelta(days=1))
    outcome, missing = judge_rule(rule("proef", on_time(bekende_dag, uiterste_dag)), facts(tomorrow))

    assert outcome is Outcome.UNKNOWN
    assert missing == (Missing("bekende_dag", Absence.STILL_POSSIBLE),)


def test_reasons_of_scope_and_requirement_are_joined() -> None:
    made = rule("proef", getal == 1, scope=vlag)
    found = judge_rule(made, facts(Ding()))[1]

    assert [m.name for m in found] == ["getal", "vlag"]


def test_a_decided_rule_has_no_reasons() -> None:
    """Also when something was missing that could not change the outcome."""
    assert judge_rule(rule("proef", vlag | (getal == 1)), facts(Ding(vlag=True))) == (Outcome.MET, ())
    assert judge_rule(rule("proef", vlag & (getal == 1)), facts(Ding(vlag=False))) == (Outcome.NOT_MET, ())
    assert judge_rule(rule("proef", getal == 1, scope=vlag), facts(Ding(vlag=False))) == (Outcome.OUT_OF_SCOPE, ())


def test_a_reason_is_said_in_dutch_and_english() -> None:
    said = {a: (str(Missing("getal", a)), Missing("getal", a).in_lang("en")) for a in Absence}

    assert said == {
        Absence.EMPTY: ("getal leeg", "getal empty"),
        Absence.NOT_LOOKED_UP: ("getal niet opgezocht", "getal not looked up"),
        Absence.NO_ANSWER: ("getal geen antwoord", "getal no answer"),
        Absence.STILL_POSSIBLE: ("getal kan nog komen", "getal can still come"),
        Absence.UNDECIDED: ("getal niet te bepalen", "getal cannot be determined"),
    }
