"""The digest of a keten tells two inputs apart, and nothing about how they came in."""

import random
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import attrs

from bpvo_rules import Keten
from bpvo_rules.codes import Code
from bpvo_rules.keten.digest import digest
from bpvo_rules.model import TABLES
from bpvo_rules.model.fields import Column, Soort
from bpvo_rules.testing.worlds import seeded_world, without_columns

OTHER_CODES = {"Brin": "99ZZ", "Opleidingcode": "00001", "Keuzedeelcode": "K1234", "LeerbedrijfId": "555555555"}


def another(kind: Column, value: Any) -> Any:
    """Give another value that can stand in the same cell."""
    if kind.soort is Soort.CODE:
        assert issubclass(kind.type, Code)
        return kind.type(OTHER_CODES.get(kind.type.__name__, "9z"))
    if kind.soort is Soort.CHOICE:
        assert issubclass(kind.type, StrEnum)
        return next(word for word in kind.type if word is not value)
    if kind.soort is Soort.WHOLE:
        return kind.minimum if value != kind.minimum else (kind.minimum or 0) + 1
    others: dict[Soort, Any] = {
        Soort.DAY: date(2030, 1, 1),
        Soort.MOMENT: datetime.fromisoformat("2030-01-01T00:00:00+02:00"),
        Soort.YES_NO: not value,
        Soort.TEXT: f"{value}x",
    }
    return others[kind.soort]


def test_neither_the_order_nor_the_way_of_splitting_matters() -> None:
    chance = random.Random(5)  # noqa: S311 - chance for tests, not for secrets
    for seed in range(40):
        keten = seeded_world(seed).keten
        tables = {name: list(keten.table(name) or ()) for name in TABLES if keten.is_opgezocht(name)}
        for rows in tables.values():
            chance.shuffle(rows)
        shuffled = keten.with_tables(tables)
        assert digest(shuffled) == digest(keten), seed


def test_any_change_of_any_cell_changes_it() -> None:
    """Filled with another value, or emptied; in every column of every table that a world has."""
    changed: set[tuple[str, str]] = set()
    for seed in range(12):
        keten = seeded_world(seed).keten
        first = digest(keten)
        for name, table in TABLES.items():
            rows = keten.table(name) or ()
            for place, row in enumerate(rows[:2]):
                for column, kind in table.columns.items():
                    value = getattr(row, column)
                    others = [another(kind, value)] + ([] if kind.required or value is None else [None])
                    for other in others:
                        one = attrs.evolve(row, **{column: other})
                        assert digest(keten.with_tables({name: (*rows[:place], one, *rows[place + 1 :])})) != first
                        changed.add((name, column))
    assert changed >= {(n, c) for n, t in TABLES.items() for c in t.columns if n != "inschrijvingen"}


def test_a_row_more_or_less_or_twice_changes_it() -> None:
    for seed in range(20):
        keten = seeded_world(seed).keten
        for name in TABLES:
            rows = keten.table(name)
            if rows:
                found = {digest(keten.with_tables({name: some})) for some in (rows, rows[1:], (*rows, rows[0]), ())}
                assert len(found) == (4 if len(rows) > 1 else 3)


def test_cells_that_change_places_change_it() -> None:
    """The same values in other columns, or of other rows."""
    for seed in range(60):
        keten = seeded_world(seed).keten
        rows = keten.uitwisselingen or ()
        if rows and rows[0].begindatum != rows[0].einddatum_gepland:
            begin, end = rows[0].begindatum, rows[0].einddatum_gepland
            swapped = attrs.evolve(rows[0], begindatum=end, einddatum_gepland=begin)
            assert digest(keten.with_tables({"uitwisselingen": (swapped, *rows[1:])})) != digest(keten)
        if len(rows) > 1 and rows[0].omvang != rows[1].omvang:
            pair = [attrs.evolve(a, omvang=b.omvang) for a, b in ((rows[0], rows[1]), (rows[1], rows[0]))]
            assert digest(keten.with_tables({"uitwisselingen": (*pair, *rows[2:])})) != digest(keten)


def test_not_looked_up_is_not_the_same_as_empty() -> None:
    """For each table by itself, and for a column whose cells are all empty."""
    nothing = Keten()
    digests = [digest(nothing), *(digest(nothing.with_tables({name: ()})) for name in TABLES)]
    assert len(set(digests)) == len(TABLES) + 1

    for seed in range(30):
        keten = seeded_world(seed).keten
        if keten.uitwisselingen is not None and not keten.niet_opgezocht:
            blind = without_columns(keten, {("uitwisselingen", "omvang")})
            emptied = blind.with_tables({}, niet_opgezocht=frozenset())
            assert digest(blind) != digest(emptied)


def test_it_is_64_hexadecimal_digits_of_what_the_tables_hold_only() -> None:
    """What could not be read is not in it: that stands beside it in the receipt."""
    for keten in (Keten(), seeded_world(3).keten):
        found = digest(keten)
        assert len(found) == 64
        assert int(found, 16) >= 0
        assert found == found.lower()
        assert digest(attrs.evolve(keten, invoerfouten=(), opmerkingen=())) == found
