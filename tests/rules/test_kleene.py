"""Kleene's logic, spelled out, for both forms of a condition: the generated source and the plain reading."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.rules.klein import (
    BEGIN,
    COLUMNS,
    DING,
    Ding,
    KleineContext,
    ander_getal,
    dag,
    dubbel,
    getal,
    rule,
    uiterste_dag,
    vlag,
    woord,
)

from bpvo_rules.rules import (
    ALWAYS,
    KENNISDATUM,
    PEILDATUM,
    Facts,
    Outcome,
    Term,
    all_of,
    any_of,
    evaluate,
    is_filled,
    is_in,
    judge_rule,
    on_time,
)
from bpvo_rules.rules.source import OUTCOMES, compile_rules

Truth = bool | None
TRUTH = {"true": True, "false": False, "unknown": None}
OUTCOME_OF = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNKNOWN}
DAY = timedelta(days=1)


def truth(term: Term, ding: Ding, context: KleineContext | None = None) -> Truth:
    """Give the truth of a condition, which both forms must agree about."""
    context = KleineContext() if context is None else context
    made = rule("proef", term)
    program = compile_rules(DING, [made], evidence=True, wanted=DING.facts, not_looked_up=context.not_looked_up)
    (number,), values = program.run(ding, context)
    facts = Facts(
        values=dict(zip(program.facts, values, strict=True)),
        peildatum=context.peildatum,
        kennisdatum=context.kennisdatum,
        not_looked_up=context.not_looked_up,
    )
    found, missing = evaluate(term, facts)

    assert OUTCOMES[number] is OUTCOME_OF[found]
    assert bool(missing) is (found is None)
    return found


def side(text: str, name: str) -> dict[str, Any]:
    """Give cells that make ``vlag`` or ``getal = 1`` true, false or unknown."""
    value = TRUTH[text]
    return {name: value} if name == "vlag" else {name: None if value is None else int(value)}


AND_OR = """
    a       | b       | a and b | a or b
    true    | true    | true    | true
    true    | false   | false   | true
    true    | unknown | unknown | true
    false   | true    | false   | true
    false   | false   | false   | false
    false   | unknown | false   | unknown
    unknown | true    | unknown | true
    unknown | false   | false   | unknown
    unknown | unknown | unknown | unknown
"""
CASES = [tuple(cell.strip() for cell in line.split("|")) for line in AND_OR.strip().splitlines()[1:]]


@pytest.mark.parametrize(("a", "b", "both", "either"), CASES)
def test_and_or(a: str, b: str, both: str, either: str) -> None:
    """False AND unknown is false; true OR unknown is true."""
    ding = Ding(**side(a, "vlag"), **side(b, "getal"))
    second = getal == 1

    assert truth(vlag & second, ding) is TRUTH[both]
    assert truth(vlag | second, ding) is TRUTH[either]


@pytest.mark.parametrize(("a", "opposite"), [("true", "false"), ("false", "true"), ("unknown", "unknown")])
def test_not(a: str, opposite: str) -> None:
    """NOT unknown is unknown."""
    ding = Ding(**side(a, "vlag"))

    assert truth(~vlag, ding) is TRUTH[opposite]
    assert truth(~~vlag, ding) is TRUTH[a]


def test_three_and_more_terms_in_any_nesting_say_the_same() -> None:
    """One false decides an AND and one true an OR, however many unknowns stand beside it."""
    ding = Ding(vlag=None, getal=1, woord=None)
    yes, no, unknown = getal == 1, getal == 2, woord == "a"

    assert truth(all_of(vlag, unknown, no), ding) is False
    assert truth(vlag & (unknown & no), ding) is False
    assert truth(any_of(vlag, unknown, yes), ding) is True
    assert truth(vlag | (unknown | yes), ding) is True
    assert truth(all_of(yes, yes, unknown), ding) is None
    assert truth(any_of(no, no, unknown), ding) is None


def test_of_no_conditions_all_are_true_and_none_is() -> None:
    assert truth(ALWAYS, Ding()) is True
    assert truth(all_of(), Ding()) is True
    assert truth(any_of(), Ding()) is False
    assert truth(ALWAYS & vlag, Ding()) is None


COMPARISONS = """
    getal | ander_getal | ==      | !=      | <       | <=      | >       | >=
    1     | 2           | false   | true    | true    | true    | false   | false
    2     | 2           | true    | false   | false   | true    | false   | true
    3     | 2           | false   | true    | false   | false   | true    | true
    0     | 0           | true    | false   | false   | true    | false   | true
          | 2           | unknown | unknown | unknown | unknown | unknown | unknown
    1     |             | unknown | unknown | unknown | unknown | unknown | unknown
          |             | unknown | unknown | unknown | unknown | unknown | unknown
"""


@pytest.mark.parametrize("line", COMPARISONS.strip().splitlines()[1:])
def test_a_comparison_with_a_missing_fact_is_unknown(line: str) -> None:
    """Also when both are missing: two unknown numbers are not equal."""
    a, b, *expected = (cell.strip() for cell in line.split("|"))
    ding = Ding(getal=int(a) if a else None, ander_getal=int(b) if b else None)
    terms = (
        getal == ander_getal,
        getal != ander_getal,
        getal < ander_getal,
        getal <= ander_getal,
        getal > ander_getal,
        getal >= ander_getal,
    )

    assert [truth(term, ding) for term in terms] == [TRUTH[word] for word in expected]


def test_days_are_compared_with_the_dates_of_the_run() -> None:
    context = KleineContext(peildatum=BEGIN, kennisdatum=BEGIN + DAY)

    assert truth(dag <= PEILDATUM, Ding(dag=BEGIN), context) is True
    assert truth(dag < PEILDATUM, Ding(dag=BEGIN), context) is False
    assert truth(dag >= KENNISDATUM, Ding(dag=BEGIN), context) is False
    assert truth(dag == KENNISDATUM, Ding(dag=BEGIN + DAY), context) is True
    assert truth(dag == BEGIN, Ding(dag=BEGIN), context) is True
    assert truth(dag <= PEILDATUM, Ding(), context) is None


@pytest.mark.parametrize(("cells", "expected"), [((2, 3), True), ((2, 2), False), ((None, 3), None), ((2, None), None)])
def test_times(cells: tuple[int | None, int | None], *, expected: Truth) -> None:
    """A product of a missing number is missing."""
    ding = Ding(getal=cells[0], ander_getal=cells[1])

    assert truth(getal * ander_getal >= 6, ding) is expected
    assert truth(getal * 7 == 14, ding) is (None if cells[0] is None else True)


@pytest.mark.parametrize(("word", "expected"), [("a", True), ("b", True), ("c", False), (None, None)])
def test_in(word: str | None, *, expected: Truth) -> None:
    """One of the constants; unknown for a missing fact, even when nothing is listed."""
    assert truth(is_in(woord, ("a", "b")), Ding(woord=word)) is expected
    assert truth(is_in(woord, ()), Ding(woord=word)) is (None if word is None else False)


@pytest.mark.parametrize(
    ("cell", "closed", "expected"),
    [
        ("a", (), True),
        (None, (), False),
        (None, (("dingen", "woord"),), None),
        (None, (("dingen", None),), None),
        (None, (("dingen", "getal"),), False),
        (None, (("kalender", None),), False),
        # What was not looked up is not there, whatever stands in the record.
        ("a", (("dingen", "woord"),), None),
    ],
)
def test_is_filled(cell: str | None, closed: tuple[tuple[str, str | None], ...], *, expected: Truth) -> None:
    """Unknown only for a fact that was not looked up."""
    context = KleineContext(not_looked_up=frozenset(closed))

    assert truth(is_filled(woord), Ding(woord=cell), context) is expected
    assert truth(~is_filled(woord), Ding(woord=cell), context) is (None if expected is None else not expected)


@pytest.mark.parametrize(("column", "expected"), [("getal", None), ("woord", False)])
def test_is_filled_of_a_derived_fact_goes_by_everything_behind_it(column: str, *, expected: Truth) -> None:
    context = KleineContext(not_looked_up=frozenset({("dingen", column)}))

    assert truth(is_filled(dubbel), Ding(), context) is expected


# L is the limit; what happened and K lie at, before or after it.
L = BEGIN
ON_TIME = """
    event | K   | looked up | expected
    L-1   | L+9 | yes       | true
    L     | L+9 | yes       | true
    L+1   | L+9 | yes       | false
    L-1   | L-1 | yes       | true
    L+1   | L+1 | yes       | false
    -     | L-1 | yes       | unknown
    -     | L   | yes       | false
    -     | L+1 | yes       | false
    -     | L-1 | no        | unknown
    -     | L   | no        | unknown
    -     | L+1 | no        | unknown
    L     | L+1 | no        | unknown
    L+1   | L+1 | no        | unknown
"""


def day(text: str) -> date | None:
    """Read ``L``, ``L-1``, ``L+1`` or ``-`` for nothing."""
    return None if text == "-" else L + timedelta(days=int(text[1:] or 0))


@pytest.mark.parametrize("line", ON_TIME.strip().splitlines()[1:])
def test_on_time(line: str) -> None:
    """Known: compare; not known on K: false from the limit on, before it can still come; not looked up: unknown."""
    event, k, looked_up, expected = (cell.strip() for cell in line.split("|"))
    context = KleineContext(
        kennisdatum=day(k) or L, not_looked_up=frozenset() if looked_up == "yes" else frozenset({("dingen", "dag")})
    )

    assert truth(on_time(dag, Term("const", L)), Ding(dag=day(event)), context) is TRUTH[expected]


@pytest.mark.parametrize("event", [None, BEGIN - DAY, BEGIN, BEGIN + DAY])
@pytest.mark.parametrize("k", [-9, 0, 9])
def test_on_time_without_a_limit_is_unknown(event: date | None, k: int) -> None:
    """Whatever happened and whenever one looks: the number that a limit needs is missing."""
    context = KleineContext(kennisdatum=BEGIN + k * DAY, not_looked_up=frozenset({("dingen", "dag")}))

    assert truth(on_time(dag, uiterste_dag), Ding(dag=event), context) is None
    assert truth(on_time(dag, uiterste_dag), Ding(dag=None), KleineContext(kennisdatum=BEGIN + k * DAY)) is None


SCOPES = """
    scope   | requirement | outcome
    true    | true        | voldoet
    true    | false       | voldoet_niet
    true    | unknown     | niet_te_bepalen
    false   | true        | niet_van_toepassing
    false   | false       | niet_van_toepassing
    false   | unknown     | niet_van_toepassing
    unknown | true        | niet_te_bepalen
    unknown | false       | niet_te_bepalen
    unknown | unknown     | niet_te_bepalen
"""


@pytest.mark.parametrize("line", SCOPES.strip().splitlines()[1:])
def test_the_outcome_of_a_rule(line: str) -> None:
    """In scope and met or not; unknown when scope or requirement cannot be decided; else out of scope."""
    scope, requirement, expected = (cell.strip() for cell in line.split("|"))
    made = rule("proef", getal == 1, scope=vlag)
    ding = Ding(**side(scope, "vlag"), **side(requirement, "getal"))
    program = compile_rules(DING, [made], evidence=True)
    (number,), values = program.run(ding, KleineContext())
    facts = Facts(values=dict(zip(program.facts, values, strict=True)), peildatum=BEGIN, kennisdatum=BEGIN)

    assert OUTCOMES[number] == expected
    assert judge_rule(made, facts)[0] == expected
    assert OUTCOMES[compile_rules(DING, [made]).run(ding, KleineContext())[0][0]] == expected


def test_every_column_of_the_small_subject_can_be_closed() -> None:
    """The tables above would say nothing about a column that the list forgets."""
    assert {c for fact in DING.facts for c in fact.all_columns()} <= {*COLUMNS, ("dingen", "brin")}
