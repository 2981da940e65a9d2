"""What a rule declares: its validity, its sources by day, what it reads and what it shows."""

from datetime import date, timedelta

import attrs
import pytest
from tests.rules.klein import (
    BEGIN,
    COLUMNS,
    DING,
    EIGEN,
    MAXIMUM,
    TERMIJN,
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

from bpvo_rules.errors import DeclarationError
from bpvo_rules.questions import QUESTIONS, RULES
from bpvo_rules.rules import ALWAYS, Executability, Outcome, Rule, Source, Term, combine, is_filled, on_time
from bpvo_rules.rules.source import OUTCOMES, compile_rules

DAY = timedelta(days=1)


def outcome(made: Rule, ding: Ding) -> Outcome:
    """Judge a record by one rule."""
    return OUTCOMES[compile_rules(DING, [made]).run(ding, KleineContext())[0][0]]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (BEGIN - DAY, Outcome.OUT_OF_SCOPE),
        (BEGIN, Outcome.MET),
        (BEGIN + DAY, Outcome.MET),
        (BEGIN + 2 * DAY, Outcome.OUT_OF_SCOPE),
        (None, Outcome.UNKNOWN),
    ],
)
def test_outside_its_validity_a_rule_does_not_apply(start: date | None, expected: Outcome) -> None:
    """Both days count, and it is the start day of the subject that counts; without one it cannot be said."""
    made = rule("proef", vlag, geldig_van=BEGIN, geldig_tot_en_met=BEGIN + DAY)

    assert outcome(made, Ding(dag=start, vlag=True)) is expected


def test_an_open_bound_holds_for_every_day() -> None:
    """Then nothing is asked of the start day, which may be missing."""
    assert outcome(rule("proef", vlag, geldig_van=BEGIN), Ding(dag=date.max, vlag=True)) is Outcome.MET
    assert outcome(rule("proef", vlag, geldig_tot_en_met=BEGIN), Ding(dag=date.min, vlag=True)) is Outcome.MET
    assert outcome(rule("proef", vlag), Ding(vlag=True)) is Outcome.MET


def test_out_of_scope_for_another_reason_needs_no_start_day() -> None:
    made = rule("proef", vlag, scope=getal == 1, geldig_van=BEGIN)

    assert outcome(made, Ding(getal=2, vlag=True)) is Outcome.OUT_OF_SCOPE


OUD = Source(title="oud", tot_en_met=BEGIN - DAY)
NIEUW = Source(title="nieuw", van=BEGIN)


@pytest.mark.parametrize(
    ("sources", "day", "expected"),
    [
        ((OUD, NIEUW), BEGIN - DAY, OUD),
        ((OUD, NIEUW), BEGIN, NIEUW),
        ((OUD, NIEUW), None, NIEUW),
        ((OUD,), BEGIN, OUD),
        ((NIEUW,), BEGIN - DAY, NIEUW),
    ],
)
def test_the_source_in_force_on_a_day(sources: tuple[Source, ...], day: date | None, expected: Source) -> None:
    """The last one when none was in force, or the day is not known."""
    assert rule("proef", vlag, sources=sources).source_on(day) is expected


IN_FORCE = """
    tijdig_bij_duo       | 2020-06-30 | Regeling gegevensverstrekking persoonsgebonden nummer BVE 2009 art. 4 lid 1
    tijdig_bij_duo       | 2020-07-01 | Regeling register onderwijsdeelnemers art. 9 lid 2
    terugkoppeling_tijdig | 2020-06-30 | Regeling gegevensverstrekking persoonsgebonden nummer BVE 2009 art. 5
    terugkoppeling_tijdig | 2020-07-01 | Regeling register onderwijsdeelnemers art. 12
    besluit_tijdig       | 2016-07-31 | Reglement erkenning leerbedrijven SBB 2015 art. 6 lid 1
    besluit_tijdig       | 2016-08-01 | Reglement erkenning leerbedrijven SBB 2016 art. 6 lid 1
    kennisgeving_tijdig  | 2016-07-31 | Reglement erkenning leerbedrijven SBB 2015 art. 6 lid 4
    kennisgeving_tijdig  | 2016-08-01 | Reglement erkenning leerbedrijven SBB 2016 art. 6 lid 4
"""


@pytest.mark.parametrize("line", IN_FORCE.strip().splitlines())
def test_the_legal_bases_changed_on_their_days(line: str) -> None:
    code, day, title = (cell.strip() for cell in line.split("|"))
    (found,) = [r for r in RULES if r.code == code]

    assert found.source_on(date.fromisoformat(day)).title == title


def names(found: Rule) -> tuple[list[str], list[str], list[str]]:
    """Give the names of what a rule reads, what it shows, and its norms."""
    return [f.name for f in found.reads], [f.name for f in found.shows], [n.id for n in found.norms]


def test_a_rule_reads_what_its_conditions_name_and_shows_also_where_its_terms_start() -> None:
    made = rule("proef", on_time(dag, uiterste_dag), scope=vlag, evidence=(woord, dubbel))

    assert names(made) == (
        ["vlag", "dag", "uiterste_dag"],
        ["vlag", "dag", "uiterste_dag", "woord", "dubbel"],
        ["termijn"],
    )
    assert made.norms == (TERMIJN,)


def test_the_start_of_a_term_is_shown_though_no_condition_reads_it() -> None:
    made = rule("proef", on_time(bekende_dag, uiterste_dag))

    assert names(made)[1] == ["bekende_dag", "uiterste_dag", "dag"]


def test_the_start_day_is_read_when_a_rule_is_valid_for_some_days_only() -> None:
    assert names(rule("proef", vlag))[0] == ["vlag"]
    assert names(rule("proef", vlag, geldig_van=BEGIN))[0] == ["dag", "vlag"]


def test_norms_are_found_through_facts() -> None:
    assert rule("proef", getal <= maximum).norms == (MAXIMUM,)
    assert rule("proef", (getal <= maximum) & on_time(dag, uiterste_dag)).norms == (MAXIMUM, TERMIJN)


def test_a_rule_that_reports_too_much_or_too_little_says_why() -> None:
    with pytest.raises(DeclarationError, match="say why"):
        rule("proef", vlag, executability=Executability.TE_VEEL)


@pytest.mark.parametrize(
    ("fact", "cells"),
    [
        (getal, "getal"),
        (dubbel, "getal"),
        (in_lijst, "getal"),
        (grootste, "ander_getal getal"),
        (geen_b, "woord"),
        (voorbij, "dag"),
        (maximum, "dag"),
        (uiterste_dag, "dag"),
    ],
    ids=repr,
)
def test_the_cells_behind_a_fact_are_found_through_facts(fact: Term, cells: str) -> None:
    """Whether it needs them, must have seen them, or can do without."""
    assert fact.fact.cells == {*cells.split()}


@pytest.mark.parametrize(
    ("made", "cells"),
    [
        (rule("proef", vlag), {"vlag"}),
        (rule("proef", dubbel == 2, scope=vlag), {"vlag", "getal"}),
        (rule("proef", vlag, evidence=(grootste,)), {"vlag", "getal", "ander_getal"}),
        (rule("proef", ALWAYS), set()),
    ],
)
def test_a_rule_depends_on_the_cells_of_what_it_reads_shows_and_tells(made: Rule, cells: set[str]) -> None:
    """Every melding tells the school and the day that dates its subject."""
    assert [fact.name for fact in DING.told] == ["brin", "dag"]
    assert made.depends_on == cells | {"brin", "dag"}


@pytest.mark.parametrize(
    ("requirement", "parts"),
    [
        (dubbel == 2, ["getal"]),
        (vlag & (grootste == 2), ["vlag", "ander_getal getal"]),
        (vlag | (dubbel == 2), ["getal vlag"]),
        (~(vlag & (dubbel == 2)), ["getal vlag"]),
        (ALWAYS, []),
    ],
    ids=repr,
)
def test_a_requirement_asks_each_condition_that_it_joins(requirement: Term, parts: list[str]) -> None:
    """One that leaves a choice is one condition: none of its parts is false by itself."""
    assert [" ".join(sorted(cells)) for _, cells in rule("proef", requirement).requires] == parts


def test_a_norm_is_dated_by_the_fact_on_whose_day_its_value_is_taken() -> None:
    made = rule("proef", (getal <= maximum) & on_time(bekende_dag, uiterste_dag))

    assert made.dated_norms == ((MAXIMUM, dag.fact), (TERMIJN, dag.fact))


def test_a_rule_and_a_question_are_themselves() -> None:
    """One that is declared alike is another, which check_together refuses by its code."""
    made = rule("proef", vlag)

    assert attrs.evolve(made) != made
    assert attrs.evolve(QUESTIONS[0]) != QUESTIONS[0]


def test_a_version_is_any_whole_number_from_1_on() -> None:
    assert [rule("proef", vlag, version=number).version for number in (1, 2, 10)] == [1, 2, 10]
    # It begins there, for it rises when the answers change.
    assert rule("proef", vlag).version == 1


def test_columns_behind_a_fact_are_found_through_facts() -> None:
    found = rule("proef", is_filled(dubbel)).reads[0].all_columns()

    assert found == {("dingen", "getal")}
    assert found <= set(COLUMNS)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ("", "niet_van_toepassing"),
        ("niet_van_toepassing", "niet_van_toepassing"),
        ("niet_van_toepassing voldoet", "voldoet"),
        ("voldoet niet_te_bepalen", "niet_te_bepalen"),
        ("niet_van_toepassing niet_te_bepalen", "niet_te_bepalen"),
        ("voldoet niet_te_bepalen voldoet_niet niet_van_toepassing", "voldoet_niet"),
        ("niet_te_bepalen voldoet_niet", "voldoet_niet"),
        ("voldoet voldoet_niet", "voldoet_niet"),
    ],
)
def test_outcomes_of_rules_make_one_of_a_question(outcomes: str, expected: str) -> None:
    """Not met beats unknown, unknown beats met, met beats out of scope."""
    assert combine(map(Outcome, outcomes.split())) == expected
    assert combine(map(Outcome, reversed(outcomes.split()))) == expected


def test_a_rule_has_a_source() -> None:
    assert rule("proef", vlag).sources == (EIGEN,)
    assert all(r.sources for r in RULES)


@pytest.mark.parametrize("code", ["", "A1", "A001", "123", "a01", "AB1", "A\u0660\u0661", "A01\n"])
def test_a_signaalcode_is_a_capital_and_two_digits(code: str) -> None:
    """DUO's are numbers; a rule need not have one."""
    with pytest.raises(DeclarationError, match="signaalcode"):
        rule("proef", vlag, signaalcode=code)
    assert rule("proef", vlag, signaalcode="X01").signaalcode == "X01"
    assert rule("proef", vlag).signaalcode is None
