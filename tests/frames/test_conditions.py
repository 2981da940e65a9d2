"""Conditions over frames mean what they mean one by one: every operation, on every engine, with every kind of gap."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from tests.frames.motoren import NAMES, engine
from tests.oracle.kleene import Truth
from tests.rules.klein import BEGIN, DING, Ding, KleineContext, contexts, dingen, rules

from bpvo_rules.frames.compile import Conditions
from bpvo_rules.frames.engine import Engine
from bpvo_rules.frames.records import day_number
from bpvo_rules.rules import KENNISDATUM, PEILDATUM, Facts, Rule, Term, ValueType, evaluate, judge_rule
from bpvo_rules.rules.source import OUTCOMES, closed_facts, compute_facts
from bpvo_rules.rules.term import CONDITIONS, OPS

KINDS: dict[ValueType, Any] = {ValueType.BOOL: "bool", ValueType.DAY: "whole", ValueType.WHOLE: "whole"}
P, K = BEGIN, BEGIN + timedelta(days=1)

FACTS = {term.fact.name: term.fact for term in (DING.start_day,)} | {fact.name: fact for fact in DING.facts}


def plain(value: Any) -> Any:
    """Write a value as it stands in frames."""
    return day_number(value) if isinstance(value, date) else value


def frame_of(made: Engine, rows: list[dict[str, Any]]) -> Any:
    """Give a frame with a column per fact."""
    shown = [fact for fact in DING.facts if fact.type in {*KINDS, ValueType.WORD, ValueType.CODE}]
    return made.small({f.name: (KINDS.get(f.type, "text"), [plain(row[f.name]) for row in rows]) for f in shown})


@settings(max_examples=60, deadline=None)
@given(found=rules(), ding=dingen, context=contexts)
def test_rules_drawn_at_random(found: tuple[Rule, ...], ding: Ding, context: KleineContext) -> None:
    """The outcome over a frame is that of the plain reading."""
    values = compute_facts(DING.facts, ding, context, context.not_looked_up)
    facts = Facts(
        values=values,
        peildatum=context.peildatum,
        kennisdatum=context.kennisdatum,
        not_looked_up=context.not_looked_up,
    )
    conditions = Conditions(
        peildatum=context.peildatum,
        kennisdatum=context.kennisdatum,
        not_looked_up=context.not_looked_up,
        closed=closed_facts(DING, context.not_looked_up),
    )
    with engine("polars") as made:
        frame = frame_of(made, [{fact.name: value for fact, value in values.items()}])
        outcomes = next(made.rows(frame.select(conditions.outcome(r).alias(f"o{at}") for at, r in enumerate(found))))

    assert [OUTCOMES[number] for number in outcomes] == [judge_rule(rule, facts)[0] for rule in found]


def one_of_each() -> dict[str, Term]:
    """Give a condition for every operation of the vocabulary."""
    day, number, other = (Term("fact", FACTS[name]) for name in ("dag", "getal", "ander_getal"))
    flag, word = Term("fact", FACTS["vlag"]), Term("fact", FACTS["woord"])
    seven = Term("const", 7)
    return {
        "eq": Term("eq", word, Term("const", "b")),
        "lt": Term("lt", number, other),
        "le": Term("le", day, PEILDATUM),
        "gt": Term("gt", Term("times", number, Term("const", 2)), seven),
        "ge": Term("ge", day, KENNISDATUM),
        "in": Term("in", word, Term("const", "a"), Term("const", "c")),
        "and": Term("and", flag, Term("lt", number, seven)),
        "or": Term("or", flag, Term("lt", number, seven)),
        "not": Term("not", flag),
        "filled": Term("filled", word),
        "on_time": Term("on_time", day, Term("const", P)),
    }


def rows_with_gaps() -> list[dict[str, Any]]:
    """Give subjects on both sides of every boundary, and with every cell empty once."""
    full: dict[str, Any] = {"dag": P, "getal": 3, "ander_getal": 4, "vlag": True, "woord": "b", "brin": "27DV"}
    changed: list[dict[str, Any]] = [
        {"dag": P + timedelta(days=1)},
        {"dag": K + timedelta(days=1)},
        {"getal": 4},
        {"getal": 7, "vlag": False},
        {"getal": 2, "vlag": False},
        {"woord": "c"},
        *({name: None} for name in full),
        {"vlag": None, "getal": 7},
        {"vlag": False, "getal": None},
        dict.fromkeys(full),
    ]
    return [full, *({**full, **change} for change in changed)]


@pytest.mark.parametrize("name", NAMES)
def test_every_operation_on_every_engine(name: str) -> None:
    """True, false and unknown are those of the plain reading, row by row."""
    rows = [{**{fact.name: None for fact in DING.facts}, **row} for row in rows_with_gaps()]
    conditions = Conditions(peildatum=P, kennisdatum=K, not_looked_up=frozenset(), closed=())
    terms = one_of_each()
    assert set(terms) == set(CONDITIONS)
    with engine(name) as made:
        frame = frame_of(made, rows).select(conditions.truth(term).alias(op) for op, term in terms.items())
        found = [dict(zip(terms, row, strict=True)) for row in made.rows(frame)]

    seen: dict[str, set[Truth]] = {op: set() for op in terms}
    for row, numbers in zip(rows, found, strict=True):
        facts = Facts(values={FACTS[n]: v for n, v in row.items()}, peildatum=P, kennisdatum=K)
        for op, term in terms.items():
            expected = evaluate(term, facts)[0]
            assert {True: 0, False: 1, None: 2}[expected] == numbers[op], (op, row)
            seen[op].add(expected)
    for op, truths in seen.items():
        assert truths >= ({True, False} if op == "filled" else {True, False, None} - _never(op)), op


def _never(op: str) -> set[Truth]:
    """Give what an operation never is: with K past every limit, nothing can still come."""
    return {None} if op == "on_time" else set()


def test_the_vocabulary_is_covered() -> None:
    """Every operation is a condition, a leaf, or a product, and the conditions above use all of them."""
    used: set[str] = set()

    def visit(term: Any) -> None:
        if isinstance(term, Term):
            used.add(term.op)
            for arg in term.args:
                visit(arg)

    for term in one_of_each().values():
        visit(term)
    assert used == set(OPS)
