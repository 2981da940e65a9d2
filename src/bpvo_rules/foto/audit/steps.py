"""
What can change together in one cell.

One subject more or less that fails or that does not, mostly with one rule; and
that in one part of the calendar, or in two or three of them that make up for
each other in all fotos but one, or in all.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final

import attrs

from bpvo_rules.foto.audit.attack import FOUT, GOED, ONBEKEND, Attack, Place, Segment
from bpvo_rules.foto.audit.room import Step

__all__ = ["Family", "Local", "family_of", "local_steps", "switches"]

Family = frozenset[str]
"""Kinds of count that hang together."""
_Change = tuple[tuple[str, int], ...]
_Pattern = tuple[tuple[Segment, int], ...]

_MANY: Final = 5
"""With so many deciding rules, two of them at once are too many pairs to go through."""


@attrs.frozen
class Local:
    """
    Columns of one cell that change together.

    Attributes:
        cell: The cell.
        step: The columns.
        basic: Not the sum of others.

    """

    cell: Place
    step: Step
    basic: bool


def family_of(attack: Attack, kind: str) -> Family:
    """Give the kinds of count that one kind hangs together with."""
    if kind == ONBEKEND or (kind in attack.rules and kind not in attack.deciding):
        return frozenset({kind})
    return frozenset({FOUT, GOED, *attack.deciding})


def switches(attack: Attack) -> Iterator[Step]:
    """Give what changes together when one subject fails that did not: the question, and mostly one rule."""
    at = {(cell, kind, segment): column for cell, kind, segment, column in attack.places() if segment}
    for (cell, kind, segment), failed in at.items():
        if kind != FOUT:
            continue
        good = at.get((cell, GOED, segment))
        switch = ((failed, 1),) if good is None else ((failed, 1), (good, -1))
        if good is not None:
            yield switch
        for rule in sorted(attack.deciding):
            if (column := at.get((cell, rule, segment))) is not None:
                yield (*switch, (column, 1))


def local_steps(attack: Attack, family: Family) -> Iterator[Local]:
    """Give the steps of every cell, for a family of counts."""
    parts: dict[Place, dict[Segment, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for cell, kind, segment, column in attack.places():
        if segment is not None and kind in family:
            parts[cell][segment][kind] = column
    patterns, changes = list(_patterns(attack)), list(_changes(attack, family))
    for cell, columns in sorted(parts.items()):
        for pattern in patterns:
            inside = [(columns[segment], sign) for segment, sign in pattern if segment in columns]
            if len(inside) < len(pattern):
                continue
            for change, basic in changes:
                if all(kind in part for part, _ in inside for kind, _ in change):
                    yield Local(
                        cell, tuple([(part[kind], sign * way) for part, sign in inside for kind, way in change]), basic
                    )


def _changes(attack: Attack, family: Family) -> Iterator[tuple[_Change, bool]]:
    """Give what can change in a cell, and whether it is not the sum of others."""
    if FOUT not in family:
        yield from ((((kind, 1),), True) for kind in sorted(family))
        return
    rules = sorted(attack.deciding)
    switch, more = ((FOUT, 1), (GOED, -1)), ((FOUT, 1),)
    yield ((GOED, 1),), True
    yield switch, True
    yield from (((*switch, (rule, 1)), True) for rule in rules)
    yield from ((((rule, 1),), True) for rule in rules)
    yield more, False
    yield from (((*more, (rule, 1)), False) for rule in rules)
    for one, other in combinations(rules, 2) if len(rules) < _MANY else ():
        yield (*switch, (one, 1), (other, 1)), False
        yield (*more, (one, 1), (other, 1)), False
    yield from ((((one, 1), (other, -1)), False) for one, other in combinations(rules, 2))


def _patterns(attack: Attack) -> Iterator[_Pattern]:
    """Give parts of the calendar: one, or some that make up for each other in all fotos but one, or in all."""
    inside = {segment: frozenset(fotos) for segment, fotos in attack.segments}
    yield from (((segment, 1),) for segment in inside)
    for one, other in combinations(inside, 2):
        if len(inside[one] ^ inside[other]) <= 1:
            yield (one, 1), (other, -1)
    for whole, fotos in inside.items():
        for one, other in combinations(inside, 2):
            apart = not inside[one] & inside[other]
            if whole not in {one, other} and apart and inside[one] | inside[other] == fotos:
                yield (whole, 1), (one, -1), (other, -1)
