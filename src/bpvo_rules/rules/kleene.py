"""
The plain reading of a condition: walk the term, and say why when it cannot be decided.

Slower than the generated source and used where reasons are wanted. That both
say the same is tested.
"""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final, final

import attrs

from bpvo_rules.rules.fact import Column, Fact
from bpvo_rules.rules.outcome import Outcome
from bpvo_rules.rules.rule import Rule
from bpvo_rules.rules.source import is_looked_up
from bpvo_rules.rules.term import Term, Use
from bpvo_rules.rules.text import Lang

__all__ = ["Absence", "Facts", "Missing", "cells_at_fault", "evaluate", "judge_rule"]


@final
class Absence(StrEnum):
    """Why a value is not there."""

    EMPTY = "leeg"
    NOT_LOOKED_UP = "niet opgezocht"
    NO_ANSWER = "geen antwoord"
    STILL_POSSIBLE = "kan nog komen"
    UNDECIDED = "niet te bepalen"


_ENGLISH = {
    Absence.EMPTY: "empty",
    Absence.NOT_LOOKED_UP: "not looked up",
    Absence.NO_ANSWER: "no answer",
    Absence.STILL_POSSIBLE: "can still come",
    Absence.UNDECIDED: "cannot be determined",
}


@final
@attrs.frozen(order=True)
class Missing:
    """
    One thing that was missing.

    Attributes:
        name: A fact, or a table or ``table.column`` that was not looked up.
        absence: In which way.

    """

    name: str
    absence: Absence

    def in_lang(self, lang: Lang) -> str:
        """Say it in a language."""
        return f"{self.name} {self.absence if lang == 'nl' else _ENGLISH[self.absence]}"

    def __str__(self) -> str:
        return self.in_lang("nl")


@final
@attrs.frozen(kw_only=True)
class Facts:
    """
    The facts of one subject, and what is needed to judge them.

    Attributes:
        values: Value per fact; ``None`` is missing.
        peildatum: P.
        kennisdatum: K.
        not_looked_up: Columns that were not looked up.
        silent: Tables that were not looked up because the register that was asked about them gave no answer.

    """

    values: Mapping[Fact, Any]
    peildatum: date
    kennisdatum: date
    not_looked_up: frozenset[Column] = frozenset()
    silent: frozenset[str] = frozenset()
    _reasons: dict[Fact, frozenset[Missing]] = attrs.field(factory=dict, init=False, repr=False, eq=False)
    # By the identity of a term, and with the term itself, which must live as long: terms have no equality of their own.
    _readings: dict[int, "tuple[Term, _Reading]"] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    def looked_up(self, fact: Fact) -> bool:
        """Say whether everything behind a fact was looked up."""
        return is_looked_up(fact.all_columns(), self.not_looked_up)

    def why_missing(self, fact: Fact) -> frozenset[Missing]:
        """Give the roots of a missing fact: empty cells, and tables that were not looked up."""
        # Many rules ask it of the same few facts, and one fact of another.
        found = self._reasons.get(fact)
        if found is None:
            found = self._reasons[fact] = self._roots(fact)
        return found

    def _roots(self, fact: Fact) -> frozenset[Missing]:
        closed = [c for c in fact.tables if not is_looked_up((c,), self.not_looked_up)]
        if closed:
            return frozenset(map(self._not_looked_up, closed))
        roots: set[Missing] = set()
        for term in fact.needs:
            if term.op == "fact" and self.values[term.fact] is None:
                roots |= self.why_missing(term.fact)
        for term in fact.looked_up:
            if term.op == "fact" and not self.looked_up(term.fact):
                roots |= self.why_missing(term.fact)
        if not roots:
            # Everything that it needs is there, but something behind it could have said more.
            partly = {c for c in fact.all_uses() if not is_looked_up((c,), self.not_looked_up)}
            tables = {c for c in partly if _column_name(c, self.not_looked_up) == c[0]}
            roots = set(map(self._not_looked_up, tables or partly))
        if not roots:
            for term in (*fact.looked_up, *fact.maybe):
                if term.op == "fact" and self.values[term.fact] is None:
                    roots |= self.why_missing(term.fact)
        return frozenset(roots or {Missing(fact.name, Absence.EMPTY if fact.attribute else Absence.UNDECIDED)})

    def _not_looked_up(self, column: Column) -> Missing:
        absence = Absence.NO_ANSWER if column[0] in self.silent else Absence.NOT_LOOKED_UP
        return Missing(_column_name(column, self.not_looked_up), absence)


def _sorted(found: Collection[Missing]) -> tuple[Missing, ...]:
    return tuple(found) if len(found) < 2 else tuple(sorted(found, key=attrgetter("name", "absence")))


def _column_name(column: Column, not_looked_up: frozenset[Column]) -> str:
    table, name = column
    return table if name is None or (table, None) in not_looked_up else f"{table}.{name}"


_NOTHING: Final = frozenset[Missing]()


@final
@attrs.define(eq=False)
class _Reading:
    """A value with what was missing when it is ``None``; never changed, and not frozen because that takes longer."""

    value: Any
    missing: frozenset[Missing] = _NOTHING


@final
class _Kleene(Use[_Reading]):
    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known_terms = facts._readings  # noqa: SLF001 - a reading of these facts, shared by all of their rules

    def fold(self, term: Term) -> _Reading:
        if term.op == "fact":
            return self.on_fact(term.args[0])
        known = self._known_terms.get(id(term))
        if known is None:
            known = self._known_terms[id(term)] = (term, super().fold(term))
        return known[1]

    def on_fact(self, fact: Fact) -> _Reading:
        value = self._facts.values[fact]
        return _Reading(value, self._facts.why_missing(fact)) if value is None else _Reading(value)

    def on_const(self, value: Any) -> _Reading:
        return _Reading(value)

    def on_peildatum(self) -> _Reading:
        return _Reading(self._facts.peildatum)

    def on_kennisdatum(self) -> _Reading:
        return _Reading(self._facts.kennisdatum)

    def _known(self, a: _Reading, b: _Reading, result: Any) -> _Reading:
        if a.value is None or b.value is None:
            return _Reading(None, a.missing | b.missing)
        return _Reading(result())

    def on_times(self, a: _Reading, b: _Reading) -> _Reading:
        return self._known(a, b, lambda: a.value * b.value)

    def on_eq(self, a: _Reading, b: _Reading) -> _Reading:
        return self._known(a, b, lambda: a.value == b.value)

    def on_lt(self, a: _Reading, b: _Reading) -> _Reading:
        return self._known(a, b, lambda: a.value < b.value)

    def on_le(self, a: _Reading, b: _Reading) -> _Reading:
        return self._known(a, b, lambda: a.value <= b.value)

    def on_gt(self, a: _Reading, b: _Reading) -> _Reading:
        return self._known(a, b, lambda: a.value > b.value)

    def on_ge(self, a: _Reading, b: _Reading) -> _Reading:
        return self._known(a, b, lambda: a.value >= b.value)

    def on_in(self, value: _Reading, *options: _Reading) -> _Reading:
        return self._known(value, value, lambda: any(value.value == option.value for option in options))

    def _join(self, terms: tuple[_Reading, ...], decisive: bool) -> _Reading:  # noqa: FBT001 - one of two values
        if any(t.value is decisive for t in terms):
            return _Reading(decisive)
        unknown = [t.missing for t in terms if t.value is None]
        return _Reading(None, frozenset().union(*unknown)) if unknown else _Reading(not decisive)

    def on_and(self, *terms: _Reading) -> _Reading:
        return self._join(terms, decisive=False)

    def on_or(self, *terms: _Reading) -> _Reading:
        return self._join(terms, decisive=True)

    def on_not(self, term: _Reading) -> _Reading:
        return _Reading(None if term.value is None else not term.value, term.missing)

    def on_filled(self, fact: Fact) -> _Reading:
        if self._facts.values[fact] is not None:
            return _Reading(True)
        if self._facts.looked_up(fact):
            return _Reading(False)
        return _Reading(None, self._facts.why_missing(fact))

    def on_on_time(self, event: Fact, limit: _Reading) -> _Reading:
        value = self._facts.values[event]
        if limit.value is None:
            return limit
        if value is not None:
            return _Reading(value <= limit.value)
        if not self._facts.looked_up(event):
            return _Reading(None, self._facts.why_missing(event))
        if self._facts.kennisdatum >= limit.value:
            return _Reading(False)
        return _Reading(None, frozenset({Missing(event.name, Absence.STILL_POSSIBLE)}))


def evaluate(term: Term, facts: Facts) -> tuple[bool | None, tuple[Missing, ...]]:
    """Give the truth of a condition, and when it is unknown what was missing, sorted."""
    reading = _Kleene(facts).fold(term)
    return reading.value, _sorted(reading.missing) if reading.value is None else ()


def judge_rule(rule: Rule, facts: Facts) -> tuple[Outcome, tuple[Missing, ...]]:
    """Give the outcome of a rule, and when it is unknown what was missing, sorted."""
    scope, missing = evaluate(rule.full_scope, facts)
    if scope is False:
        return Outcome.OUT_OF_SCOPE, ()
    requirement, also = evaluate(rule.requirement, facts)
    if scope is None or requirement is None:
        return Outcome.UNKNOWN, _sorted({*missing, *also})
    return (Outcome.MET if requirement else Outcome.NOT_MET), ()


def cells_at_fault(rule: Rule, facts: Facts) -> tuple[str, ...]:
    """
    Give the names of the cells that a rule that is not met is not met by, in the order of the record.

    Of a requirement that joins conditions only those that are surely false count. A form shows the melding beside the
    fields of these names. Empty when the rule depends on other records only.
    """
    found = frozenset[str]().union(*(cells for term, cells in rule.requires if evaluate(term, facts)[0] is False))
    return tuple(fact.name for fact in rule.subject.facts if fact.attribute in found)
