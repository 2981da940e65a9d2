"""Which days of a world can be moved, and the boundaries that they can be moved onto."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

import attrs

from bpvo_rules.model import TABLES
from bpvo_rules.model.fields import Soort
from bpvo_rules.periode import Eenheid, add_term
from bpvo_rules.periode.tijd import dag_van
from bpvo_rules.questions import NORMS, RULES, SUBJECTS
from bpvo_rules.reference import stagefondslijsten
from bpvo_rules.rules import Norm
from bpvo_rules.testing.worlds import World, kalender

__all__ = ["BESIDE", "Place", "boundaries", "moved", "places"]

BESIDE = (-1, 0, 1)
"""How far from a boundary a day is put, in days."""

_TERMS = (Eenheid.DAGEN, Eenheid.MAANDEN, Eenheid.WERKDAGEN)
_NORMS: Mapping[str, Norm] = {norm.id: norm for norm in NORMS}


class Place(NamedTuple):
    """
    Where a day stands.

    Attributes:
        table: The table, or ``peildatum`` or ``kennisdatum`` for a day of the run.
        row: Which row of it, from 0.
        column: The column.

    """

    table: str
    row: int = 0
    column: str = ""


def places(world: World) -> list[Place]:
    """Give where a world has a day that can be moved: every filled day of its rows, P, and K when it is given."""
    found = [Place("peildatum")]
    if world.kennisdatum is not None:
        found.append(Place("kennisdatum"))
    for name, table in TABLES.items():
        days = [column for column, spec in table.columns.items() if spec.soort is Soort.DAY]
        for number, row in enumerate(world.keten.table(name) or ()):
            found += [Place(name, number, column) for column in days if getattr(row, column) is not None]
    return found


def _starts() -> Iterator[tuple[str, str, str]]:
    """Give each column on whose days a term starts, and the norm of that term."""
    for subject in SUBJECTS:
        for fact in subject.facts:
            if fact.ask == "limit" and fact.norm is not None:
                for table, column in fact.all_columns():
                    if column is not None and TABLES[table].columns[column].soort is Soort.DAY:
                        yield table, column, fact.norm.id


_STARTS = tuple(sorted(_starts()))
_OF_THE_LAW = frozenset(
    {
        *(rule.geldig_van for rule in RULES if rule.geldig_van is not None),
        *(value.van for norm in NORMS for value in norm.values if value.van is not None),
    }
)


def _term(world: World, norm_id: str, start: date) -> tuple[int, Eenheid] | None:
    norm = _NORMS[norm_id]
    given = world.norms.get(norm_id)
    if given is not None:
        norm = norm.with_value(given, reason="of the world")  # type: ignore[arg-type] # a value for a norm
    value = norm.on(start)
    if value is None or not isinstance(value.value, int) or norm.unit not in _TERMS:
        return None
    return value.value, norm.unit


def boundaries(world: World) -> list[date]:
    """
    Give the days on which something changes, sorted.

    P and K, every day of the chain (of moments too), the last day of every term that starts on one, and the days
    on which rules, norms and lists came into force.
    """
    found = {world.peildatum, world.kennisdatum or world.peildatum, *_OF_THE_LAW}
    found |= {lijst.van for lijst in stagefondslijsten()}
    for name, table in TABLES.items():
        kinds = {column: spec.soort for column, spec in table.columns.items()}
        for row in world.keten.table(name) or ():
            found |= {day for c, soort in kinds.items() if soort is Soort.DAY and (day := getattr(row, c)) is not None}
            found |= {dag_van(getattr(row, c)) for c, soort in kinds.items() if soort is Soort.MOMENT}
    for name, column, norm in _STARTS:
        for row in world.keten.table(name) or ():
            start = getattr(row, column)
            term = None if start is None else _term(world, norm, start)
            if term is not None:
                found.add(add_term(start, *term, kalender()))
    # A day beside it must exist too.
    return sorted(found - {date.min, date.max})


def moved(world: World, place: Place, day: date, beside: int) -> World | None:
    """
    Give the world with one day moved onto a day, or ``beside`` days from it.

    ``None`` when two rows of a table would then have the same key.
    """
    there = day + timedelta(days=beside)
    if place.table == "peildatum":
        return world._replace(peildatum=there)
    if place.table == "kennisdatum":
        return world._replace(kennisdatum=there)
    rows: list[Any] = list(world.keten.table(place.table) or ())
    rows[place.row] = attrs.evolve(rows[place.row], **{place.column: there})
    table = TABLES[place.table]
    if table.columns[place.column].key:
        keys = [tuple(getattr(row, name) for name in table.key) for row in rows]
        if len(set(keys)) < len(keys):
            return None
    return world._replace(keten=world.keten.with_tables({place.table: rows}))
