"""The second opinion itself: its logic, its calendar, and whether its worlds reach everything."""

from collections.abc import Iterator
from datetime import date
from types import CodeType, FunctionType
from typing import Any

import pytest
from tests.oracle.feiten import MET, NOT_MET, OUT_OF_SCOPE, STAGEFONDS, UNKNOWN
from tests.oracle.kalender import after_months, after_werkdagen, easter_sunday, is_werkdag
from tests.oracle.kleene import Truth, and_, not_, or_
from tests.oracle.rules import oracle_verdicts
from tests.questions.verklaard import spec_tests

from bpvo_rules.questions import RULES
from bpvo_rules.rules.term import ALWAYS
from bpvo_rules.testing.worlds import seeded_world


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, False, False, False),
        (False, None, False, None),
        (None, None, None, None),
    ],
)
def test_the_tables_of_kleene(a: Truth, b: Truth, *, both: Truth, either: Truth) -> None:
    """False AND unknown = false, true OR unknown = true, NOT unknown = unknown; the order does not matter."""
    assert and_(a, b) is both
    assert and_(b, a) is both
    assert or_(a, b) is either
    assert or_(b, a) is either
    assert not_(None) is None
    assert not_(True) is False


@pytest.mark.parametrize(
    "easter",
    ["2008-03-23", "2011-04-24", "2014-04-20", "2016-03-27", "2018-04-01", "2019-04-21", "2024-03-31", "2038-04-25"],
)
def test_easter_of_some_years(easter: str) -> None:
    assert easter_sunday(int(easter[:4])) == date.fromisoformat(easter)


def test_a_few_werkdagen_and_months() -> None:
    assert not is_werkdag(date(2018, 5, 10))
    assert not is_werkdag(date(2014, 4, 26))
    assert is_werkdag(date(2014, 4, 28))
    assert not is_werkdag(date(2022, 5, 27))
    assert after_werkdagen(date(2018, 12, 21), 5) == date(2019, 1, 2)
    assert after_months(date(2018, 1, 31), 1) == date(2018, 2, 28)
    assert after_months(date(2018, 12, 31), 2) == date(2019, 2, 28)


def test_the_stagefonds_list_has_58_codes() -> None:
    assert len({row["opleidingcode"] for row in STAGEFONDS}) == 58


def called(function: FunctionType) -> Iterator[Any]:
    """Give what a function calls or reads by name, and what our own functions among those do."""
    seen: set[FunctionType] = set()
    waiting = [function]
    while waiting:
        one = waiting.pop()
        seen.add(one)
        code = [one.__code__]
        for inner in code:
            code += [const for const in inner.co_consts if isinstance(const, CodeType)]
        named = [one.__globals__[name] for inner in code for name in inner.co_names if name in one.__globals__]
        yield from named
        waiting += [found for found in named if isinstance(found, FunctionType) and found not in seen]


def test_the_second_opinion_asks_nothing_of_the_library() -> None:
    """Otherwise it could not contradict it; the readings stand in files that use the library for other things."""
    readings = [
        found
        for module in spec_tests().values()
        for name, found in vars(module).items()
        if name.startswith("second_opinion_")
    ]
    asked = {getattr(found, "__module__", "") or "" for reading in readings for found in called(reading)}

    assert len(readings) >= len(spec_tests())
    assert "tests.oracle.feiten" in asked
    assert {name for name in asked if name.startswith("bpvo_rules")} == set()


def test_the_worlds_reach_every_outcome_of_every_rule() -> None:
    """
    A comparison over worlds says nothing about an outcome that no world has.

    Every rule has a second opinion, and one without a scope, valid on every day, leaves nobody out.
    """
    every = {MET, NOT_MET, UNKNOWN, OUT_OF_SCOPE}
    missing = {
        (rule.code, value)
        for rule in RULES
        for value in every
        if value != OUT_OF_SCOPE or rule.full_scope is not ALWAYS
    }
    rules = set()
    for seed in range(2500):
        if not missing:
            break
        found = seeded_world(seed)
        for (rule, _), value in oracle_verdicts(found.keten, **found.arguments).items():
            missing.discard((rule, value))
            rules.add(rule)

    assert missing == set()
    assert rules == {rule.code for rule in RULES}
