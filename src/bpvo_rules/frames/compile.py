"""
Conditions as expressions over frames.

The third use of a condition that decides outcomes, beside the plain reading
and the Python source, and the same idea as the latter: two forms, *surely
true* and *surely false*, and unknown is neither. What an engine makes of a
comparison with nothing is not used: every comparison is closed with
``fill_null(False)`` before it meets another.
"""

from collections.abc import Collection, Sequence
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any, final

import attrs
import narwhals.stable.v2 as nw

from bpvo_rules.frames.records import day_number
from bpvo_rules.rules import Fact, Outcome, Rule, Term
from bpvo_rules.rules.fact import Column
from bpvo_rules.rules.source import OUTCOMES, is_looked_up
from bpvo_rules.rules.term import Use

__all__ = ["Conditions", "is_true"]

Expr = Any
_MET, _NOT_MET, _UNKNOWN, _OUT_OF_SCOPE = map(OUTCOMES.index, Outcome)


@final
@attrs.frozen
class _Both:
    """
    A term over a frame.

    Attributes:
        value: The value itself, for a term that has one; ``None`` when it is missing for every row.
        true: Where it is surely true; a Python boolean when that goes for every row.
        false: Where it is surely false, in the same way.

    """

    value: Expr = None
    true: Expr = False
    false: Expr = False


def is_true(expression: Expr) -> Expr:
    """Close a comparison: what is nothing is not true."""
    return expression.fill_null(value=False)


def _joined(parts: Sequence[Expr], decisive: bool) -> Expr:  # noqa: FBT001 - one of two values
    """Join with or (decisive: True) or and (decisive: False), leaving out what decides nothing."""
    if any(part is decisive for part in parts):
        return decisive
    kept = [part for part in parts if not isinstance(part, bool)]
    return reduce(or_ if decisive else and_, kept) if kept else not decisive


@final
class _Terms(Use[_Both]):
    """Terms as expressions, over columns named after the facts; days are whole numbers."""

    def __init__(self, p: Expr, k: Expr, not_looked_up: frozenset[Column], closed: Collection[Fact]) -> None:
        self._p, self._k = p, k
        self._not_looked_up = not_looked_up
        self._closed = closed

    def _looked_up(self, fact: Fact) -> bool:
        return is_looked_up(fact.all_columns(), self._not_looked_up)

    def _column(self, fact: Fact) -> Expr:
        return None if fact in self._closed else nw.col(fact.name)

    def on_fact(self, fact: Fact) -> _Both:
        column = self._column(fact)
        if column is None:
            return _Both()
        if not fact.is_boolean:
            return _Both(value=column)
        return _Both(value=column, true=is_true(column), false=is_true(~column))

    def on_const(self, value: Any) -> _Both:
        plain = day_number(value) if isinstance(value, date) else str(value) if isinstance(value, str) else value
        return _Both(value=nw.lit(plain))

    def on_peildatum(self) -> _Both:
        return _Both(value=self._p)

    def on_kennisdatum(self) -> _Both:
        return _Both(value=self._k)

    def on_times(self, a: _Both, b: _Both) -> _Both:
        return _Both() if a.value is None or b.value is None else _Both(value=a.value * b.value)

    def _compare(self, a: _Both, b: _Both, name: str, opposite: str) -> _Both:
        if a.value is None or b.value is None:
            return _Both()
        return _Both(true=is_true(getattr(a.value, name)(b.value)), false=is_true(getattr(a.value, opposite)(b.value)))

    def on_eq(self, a: _Both, b: _Both) -> _Both:
        return self._compare(a, b, "__eq__", "__ne__")

    def on_lt(self, a: _Both, b: _Both) -> _Both:
        return self._compare(a, b, "__lt__", "__ge__")

    def on_le(self, a: _Both, b: _Both) -> _Both:
        return self._compare(a, b, "__le__", "__gt__")

    def on_gt(self, a: _Both, b: _Both) -> _Both:
        return self._compare(a, b, "__gt__", "__le__")

    def on_ge(self, a: _Both, b: _Both) -> _Both:
        return self._compare(a, b, "__ge__", "__lt__")

    def on_in(self, value: _Both, *options: _Both) -> _Both:
        each = [self.on_eq(value, option) for option in options]
        return self.on_or(*each) if each else self._compare(value, value, "__ne__", "__eq__")

    def on_and(self, *terms: _Both) -> _Both:
        return _Both(
            true=_joined([term.true for term in terms], decisive=False),
            false=_joined([term.false for term in terms], decisive=True),
        )

    def on_or(self, *terms: _Both) -> _Both:
        return _Both(
            true=_joined([term.true for term in terms], decisive=True),
            false=_joined([term.false for term in terms], decisive=False),
        )

    def on_not(self, term: _Both) -> _Both:
        return _Both(true=term.false, false=term.true)

    def on_filled(self, fact: Fact) -> _Both:
        column, known = self._column(fact), self._looked_up(fact)
        if column is None:
            return _Both(true=False, false=known)
        return _Both(true=~column.is_null(), false=column.is_null() if known else False)

    def on_on_time(self, event: Fact, limit: _Both) -> _Both:
        column, known = self._column(event), self._looked_up(event)
        if limit.value is None:
            return _Both()
        passed = is_true(limit.value <= self._k)
        if column is None:
            return _Both(true=False, false=passed if known else False)
        late = is_true(column > limit.value)
        return _Both(true=is_true(column <= limit.value), false=late | (column.is_null() & passed) if known else late)


@final
class Conditions:
    """What makes expressions of the conditions of one run."""

    def __init__(
        self,
        *,
        peildatum: date | None,
        kennisdatum: date | None,
        not_looked_up: frozenset[Column],
        closed: Collection[Fact],
    ) -> None:
        """
        Prepare for one run.

        Args:
            peildatum: P; ``None``: in the column of that name.
            kennisdatum: K; ``None``: in the column of that name.
            not_looked_up: Columns that were not looked up.
            closed: Facts that are missing for every subject, so that there is no column for them.

        """
        p = nw.col("peildatum") if peildatum is None else nw.lit(day_number(peildatum))
        k = nw.col("kennisdatum") if kennisdatum is None else nw.lit(day_number(kennisdatum))
        self._terms = _Terms(p, k, not_looked_up, closed)

    def surely_false(self, term: Term) -> Expr:
        """Give where a condition is surely false; a Python boolean when that goes for every row."""
        return self._terms.fold(term).false

    def truth(self, term: Term) -> Expr:
        """Give what is known of a condition as a small number: 0 true, 1 false, 2 unknown."""
        both = self._terms.fold(term)
        return _chosen([(both.true, 0), (both.false, 1)], 2)

    def outcome(self, rule: Rule) -> Expr:
        """Give the outcome of a rule as its place in ``OUTCOMES``."""
        scope, requirement = self._terms.fold(rule.full_scope), self._terms.fold(rule.requirement)
        in_scope = scope.true if isinstance(scope.true, bool) else ~scope.true
        return _chosen(
            [
                (scope.false, _OUT_OF_SCOPE),
                (not in_scope if isinstance(in_scope, bool) else in_scope, _UNKNOWN),
                (requirement.true, _MET),
                (requirement.false, _NOT_MET),
            ],
            _UNKNOWN,
        )


def _chosen(cases: Sequence[tuple[Expr, int]], otherwise: int) -> Expr:
    """Give the number of the first case that holds."""
    found: Expr = nw.lit(otherwise, nw.Int8)
    for condition, number in reversed(cases):
        if condition is True:
            found = nw.lit(number, nw.Int8)
        elif condition is not False:
            found = nw.when(condition).then(nw.lit(number, nw.Int8)).otherwise(found)
    return found
