"""Keten: the tables together, as they were handed over."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Self, final

import attrs

from bpvo_rules.errors import InvalidRecordError
from bpvo_rules.keten.invoerfout import Invoerfout, Opmerking
from bpvo_rules.model import (
    TABLES,
    Equivalent,
    Erkenning,
    Erkenningsaanvraag,
    Inschrijving,
    Inschrijvingsperiode,
    Instelling,
    Keuzedeel,
    Leerbedrijf,
    Opleiding,
    Uitwisseling,
    WhiteLabelMeting,
    WhiteLabelOnderhoud,
)

__all__ = ["Keten"]


def _table(name: str) -> Any:
    record = TABLES[name].record

    def convert(value: Iterable[Any] | None) -> tuple[Any, ...] | None:
        return None if value is None else tuple(value)

    def check(_: Any, __: Any, value: tuple[Any, ...] | None) -> None:
        if value is not None and any(type(row) is not record for row in value):
            raise InvalidRecordError(name, f"records of type {record.__name__}")

    return attrs.field(default=None, converter=convert, validator=check, repr=False)


def _invoerfouten(found: Iterable[Invoerfout]) -> tuple[Invoerfout, ...]:
    return tuple(found)


def _opmerkingen(found: Iterable[Opmerking]) -> tuple[Opmerking, ...]:
    return tuple(found)


@final
@attrs.frozen(kw_only=True, eq=False, slots=False)
class Keten:
    """
    What school, DUO and SBB know: one tuple of records per table.

    ``None`` means that a table was **not looked up**; an empty tuple means that
    it was looked up and nothing was found. Those are not the same: what was not
    looked up can never make an answer good.

    Attributes:
        instellingen: The schools.
        opleidingen: Kwalificaties, dossiers and domeinen.
        equivalenten: Codes that count for another.
        keuzedelen: The keuzedelen and when they are valid.
        leerbedrijven: The companies in the register of SBB.
        erkenningen: For what they are recognised, and when.
        inschrijvingen: Enrolments of students.
        inschrijvingsperiodes: The parts of an enrolment with one opleiding, leerweg and niveau.
        uitwisselingen: Deliveries of BPVO's, whole contents each time.
        erkenningsaanvragen: Requests to be recognised, with what SBB decided.
        white_label_metingen: Measurements of White Label.
        white_label_onderhoud: Maintenance of White Label that was announced.
        niet_opgezocht:
            Pairs of table and column that were not looked up although the table
            was: a column that a source does not have. An empty cell of a column
            that *was* looked up says "nothing there".
        invoerfouten: Rows of the source that could not be read.
        opmerkingen: What else its reader should know about the source.

    """

    instellingen: Sequence[Instelling] | None = _table("instellingen")
    opleidingen: Sequence[Opleiding] | None = _table("opleidingen")
    equivalenten: Sequence[Equivalent] | None = _table("equivalenten")
    keuzedelen: Sequence[Keuzedeel] | None = _table("keuzedelen")
    leerbedrijven: Sequence[Leerbedrijf] | None = _table("leerbedrijven")
    erkenningen: Sequence[Erkenning] | None = _table("erkenningen")
    inschrijvingen: Sequence[Inschrijving] | None = _table("inschrijvingen")
    inschrijvingsperiodes: Sequence[Inschrijvingsperiode] | None = _table("inschrijvingsperiodes")
    uitwisselingen: Sequence[Uitwisseling] | None = _table("uitwisselingen")
    erkenningsaanvragen: Sequence[Erkenningsaanvraag] | None = _table("erkenningsaanvragen")
    white_label_metingen: Sequence[WhiteLabelMeting] | None = _table("white_label_metingen")
    white_label_onderhoud: Sequence[WhiteLabelOnderhoud] | None = _table("white_label_onderhoud")
    niet_opgezocht: frozenset[tuple[str, str]] = frozenset()
    invoerfouten: tuple[Invoerfout, ...] = attrs.field(default=(), converter=_invoerfouten, repr=False)
    opmerkingen: tuple[Opmerking, ...] = attrs.field(default=(), converter=_opmerkingen, repr=False)

    def __attrs_post_init__(self) -> None:
        for table, column in self.niet_opgezocht:
            if table not in TABLES or column not in TABLES[table].columns:
                raise InvalidRecordError("niet_opgezocht", "pairs of an existing table and column")

    def table(self, name: str) -> tuple[Any, ...] | None:
        """Give the records of a table by its name; ``None`` when it was not looked up."""
        rows: tuple[Any, ...] | None = getattr(self, TABLES[name].name)
        return rows

    def is_opgezocht(self, table: str, column: str | None = None) -> bool:
        """Say whether a table, or one column of it, was looked up."""
        return self.table(table) is not None and (table, column) not in self.niet_opgezocht

    @cached_property
    def tabellen_niet_opgezocht(self) -> tuple[str, ...]:
        """Names of the tables that were not looked up, in the order of the tables."""
        return tuple(name for name in TABLES if self.table(name) is None)

    def with_tables(self, tables: Mapping[str, Iterable[Any] | None], **changes: Any) -> Self:
        """Give a copy in which some tables are others."""
        rows: dict[str, Any] = {TABLES[name].name: rows for name, rows in tables.items()}
        return attrs.evolve(self, **rows, **changes)
