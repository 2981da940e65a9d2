"""Why a fact is missing: the reasons name the roots, not what was worked out on the way."""

from datetime import timedelta
from typing import Any

import attrs
import pytest
from tests.rules.klein import (
    BEGIN,
    DING,
    Ding,
    KleineContext,
    ander_getal,
    bekende_dag,
    brin,
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

from bpvo_rules.questions import QUESTIONS
from bpvo_rules.rules import (
    PEILDATUM,
    Absence,
    Facts,
    Missing,
    Outcome,
    SubjectType,
    Term,
    ValueType,
    any_of,
    cells_at_fault,
    evaluate,
    is_filled,
    judge_rule,
    on_time,
)
from bpvo_rules.rules.fact import Column
from bpvo_rules.rules.source import compile_rules

LEEG, DICHT = Absence.EMPTY, Absence.NOT_LOOKED_UP


def facts(ding: Ding, *closed: Column, subject: SubjectType = DING, silent: frozenset[str] = frozenset()) -> Facts:
    """Give the facts of a record, with some columns not looked up."""
    context = KleineContext(not_looked_up=frozenset(closed))
    program = compile_rules(subject, (), wanted=subject.facts, not_looked_up=context.not_looked_up)
    values = program.run(ding, context)[1]
    return Facts(
        values=dict(zip(program.facts, values, strict=True)),
        peildatum=context.peildatum,
        kennisdatum=context.kennisdatum,
        not_looked_up=context.not_looked_up,
        silent=silent,
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


MET = SubjectType("Met", "metingen")
"""Facts that deal with what is missing; each says by its inputs what it can do without."""
nummer = MET.column("getal", ValueType.WHOLE, "Getal.", "Number.")
tweede = MET.column("ander_getal", ValueType.WHOLE, "Ander getal.", "Other number.")
naam = MET.column("woord", ValueType.WORD, "Woord.", "Word.")


@MET.fact(
    ValueType.BOOL, "Een van beide.", "One of the two.", looked_up=(nummer, naam, PEILDATUM, MET.this), maybe=(tweede,)
)
def een_van_beide(_: Any, nummer: Any, naam: Any, *rest: Any) -> Any:
    """Deal with an empty cell, but not with one that was not looked up."""
    del rest
    return nummer is not None or naam is not None


@MET.fact(ValueType.WHOLE, "Som.", "Sum.", looked_up=(PEILDATUM,), maybe=(nummer, tweede, MET.this))
def som(_: Any, peildatum: Any, nummer: Any, tweede: Any, this: Any) -> Any:
    """Deal with a missing number by giving none."""
    del peildatum, this
    return None if nummer is None or tweede is None else nummer + tweede


@MET.fact(
    ValueType.BOOL,
    "In een lijst.",
    "In a list.",
    needs=(nummer,),
    uses=(("lijst", None), ("lijst", "soort"), ("register", "naam")),
)
def vermeld(_: Any, nummer: Any) -> Any:
    """Find one number, and of any other say nothing."""
    return True if nummer == 1 else None


@MET.fact(ValueType.BOOL, "Ook vermeld.", "Listed too.", looked_up=(vermeld,))
def ook_vermeld(_: Any, vermeld: Any) -> Any:
    """Need all that could tell of a list, whatever was found."""
    return vermeld


@MET.fact(ValueType.BOOL, "Bevestigd.", "Confirmed.", needs=(vermeld,))
def bevestigd(_: Any, vermeld: Any) -> Any:
    """Stay undecided, whatever the fact that it needs has found."""
    del vermeld


LIJST, SOORT, REGISTER = ("lijst", None), ("lijst", "soort"), ("register", "naam")
DEALS: dict[str, tuple[Term, Ding, tuple[Column, ...], set[tuple[str, Absence]]]] = {
    "not the cell that may be empty": (
        een_van_beide,
        Ding(),
        (("metingen", "woord"),),
        {("metingen.woord", DICHT)},
    ),
    "the one that is missing of two that may be": (som == 3, Ding(getal=1), (), {("ander_getal", LEEG)}),
    "all that are missing of two that may be": (som == 3, Ding(), (), {("getal", LEEG), ("ander_getal", LEEG)}),
    "the fact itself when all is there": (vermeld, Ding(getal=3), (), {("vermeld", Absence.UNDECIDED)}),
    "the table, when one of its columns is read too": (vermeld, Ding(getal=3), (LIJST,), {("lijst", DICHT)}),
    "a column that could have told": (vermeld, Ding(getal=3), (SOORT,), {("lijst.soort", DICHT)}),
    "two columns that could have told": (
        vermeld,
        Ding(getal=3),
        (SOORT, REGISTER),
        {("lijst.soort", DICHT), ("register.naam", DICHT)},
    ),
    "a table before a column of another": (vermeld, Ding(getal=3), (LIJST, REGISTER), {("lijst", DICHT)}),
    "what must have been looked up, though it was found without": (
        ook_vermeld,
        Ding(getal=1),
        (LIJST,),
        {("lijst", DICHT)},
    ),
    "what a need could have told more of": (bevestigd, Ding(getal=1), (SOORT,), {("lijst.soort", DICHT)}),
}


def test_what_a_fact_can_do_without_is_found_through_what_it_needs() -> None:
    """Not through what must have been looked up: without that it has no value to say more of."""
    all_three = {LIJST, SOORT, REGISTER}

    assert vermeld.fact.all_uses() == bevestigd.fact.all_uses() == all_three
    assert nummer.fact.all_uses() == som.fact.all_uses() == ook_vermeld.fact.all_uses() == set()
    assert ook_vermeld.fact.all_columns() == all_three | {("metingen", "getal")}


@pytest.mark.parametrize(("term", "ding", "closed", "expected"), DEALS.values(), ids=DEALS)
def test_the_reason_names_what_a_fact_could_not_do_without(
    term: Term, ding: Ding, closed: tuple[Column, ...], expected: set[tuple[str, Absence]]
) -> None:
    """An empty cell that a fact deals with is no reason; what it must have seen is one."""
    outcome, missing = judge_rule(rule("proef", term, subject=MET), facts(ding, *closed, subject=MET))

    assert outcome is Outcome.UNKNOWN
    assert {(m.name, m.absence) for m in missing} == expected


def test_a_register_that_gave_no_answer_is_said_of_its_own_tables_only() -> None:
    closed = (("kalender", None), ("lijst", None))
    made = rule("proef", voorbij & in_lijst)
    found = judge_rule(made, facts(Ding(dag=BEGIN, getal=3), *closed, silent=frozenset({"lijst"})))[1]

    assert found == (Missing("kalender", DICHT), Missing("lijst", Absence.NO_ANSWER))


@pytest.mark.parametrize(
    ("ding", "cells"),
    [
        (Ding(getal=2, woord="b", vlag=True), ("getal", "woord")),
        (Ding(getal=2, woord="a", vlag=True), ("getal",)),
        (Ding(getal=None, woord="b", vlag=True), ("woord",)),
        (Ding(getal=1, woord="a", vlag=False), ("vlag",)),
        (Ding(getal=1, woord="a", vlag=True), ()),
    ],
)
def test_the_cells_at_fault_are_those_of_the_conditions_that_are_surely_false(
    ding: Ding, cells: tuple[str, ...]
) -> None:
    """In the order of the record, and not those of a condition that is met or cannot be decided."""
    made = rule("proef", vlag & (woord == "a") & (dubbel == 2))

    assert cells_at_fault(made, facts(ding)) == cells


def test_of_conditions_of_which_one_will_do_all_cells_are_at_fault() -> None:
    """A single condition has the cells of its facts, and one that reads no cell has none."""
    found = facts(Ding(getal=2, woord="b", vlag=False))

    assert cells_at_fault(rule("proef", (woord == "a") | vlag), found) == ("vlag", "woord")
    assert cells_at_fault(rule("proef", dubbel == 2), found) == ("getal",)
    assert cells_at_fault(rule("proef", any_of()), found) == ()


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


def test_reasons_stand_in_the_order_of_their_names() -> None:
    """So that two runs say the same."""
    term = vlag & (woord == "a") & (brin == "27DV") & (dag <= PEILDATUM) & (getal == 1) & (ander_getal == 1)
    expected = [Missing(name, LEEG) for name in ("ander_getal", "brin", "dag", "getal", "vlag", "woord")]

    assert evaluate(term, facts(Ding())) == (None, tuple(expected))
    assert judge_rule(rule("proef", term), facts(Ding()))[1] == tuple(expected)


def test_what_was_worked_out_on_the_way_is_no_part_of_the_facts() -> None:
    """Reasons and readings are kept for the next rule; nobody gives them, sees them, or compares them."""
    asked, fresh = facts(Ding()), facts(Ding())
    judge_rule(rule("proef", getal == 1), asked)

    assert asked == fresh
    assert repr(asked) == repr(fresh)
    with pytest.raises(TypeError):
        Facts({}, BEGIN, BEGIN)  # type: ignore[call-arg] # the order in which two days stand says nothing
    for name in ("reasons", "readings"):
        given: dict[str, Any] = {"values": {}, "peildatum": BEGIN, "kennisdatum": BEGIN, name: {}}
        with pytest.raises(TypeError):
            Facts(**given)


def test_a_decided_rule_has_no_reasons() -> None:
    """Also when something was missing that could not change the outcome."""
    assert judge_rule(rule("proef", vlag | (getal == 1)), facts(Ding(vlag=True))) == (Outcome.MET, ())
    assert judge_rule(rule("proef", vlag & (getal == 1)), facts(Ding(vlag=False))) == (Outcome.NOT_MET, ())
    assert judge_rule(rule("proef", getal == 1, scope=vlag), facts(Ding(vlag=False))) == (Outcome.OUT_OF_SCOPE, ())


def test_a_fact_is_itself_and_no_other_that_reads_the_same() -> None:
    """Facts are looked up by what they are, in every judgement; comparing all that is declared of them takes long."""
    assert attrs.evolve(getal.fact) != getal.fact
    assert getal.fact in {getal.fact: 1}


def test_what_is_declared_is_shown_by_its_name() -> None:
    assert (repr(getal.fact), repr(DING)) == ("Fact(getal)", "SubjectType(Ding)")
    assert repr(rule("proef", vlag)) == "Rule(proef)"
    assert [repr(question) for question in QUESTIONS][:2] == [
        "Question(bpvo_erkend_leerbedrijf)",
        "Question(keuzedeel_erkend_leerbedrijf)",
    ]


def test_a_reason_is_said_in_dutch_and_english() -> None:
    said = {a: (str(Missing("getal", a)), Missing("getal", a).in_lang("en")) for a in Absence}

    assert said == {
        Absence.EMPTY: ("getal leeg", "getal empty"),
        Absence.NOT_LOOKED_UP: ("getal niet opgezocht", "getal not looked up"),
        Absence.NO_ANSWER: ("getal geen antwoord", "getal no answer"),
        Absence.STILL_POSSIBLE: ("getal kan nog komen", "getal can still come"),
        Absence.UNDECIDED: ("getal niet te bepalen", "getal cannot be determined"),
    }
