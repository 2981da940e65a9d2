"""
The records of a registratieoverzicht (RO), as DUO's programme of requirements for mbo orders their cells.

Here is which cell is which column of Ketendata, and how the forms that real
files have become the one form that Ketendata has. Reader and writer share it.
"""

import re
from collections.abc import Mapping
from typing import final

import attrs

from bpvo_rules.model import TABLES
from bpvo_rules.model.fields import Soort

__all__ = ["KNOWN", "LAYOUTS", "NIET_OPGEZOCHT", "SLR_ORDER", "Layout"]

SLR_ORDER = ("PER", "ISG", "ISP", "ISE", "BPV", "DIP", "AMO", "GEO", "KZD")
"""The record types that the closing record SLR counts, in its order."""

KNOWN = ("VLP", *SLR_ORDER, "SLR")

NIET_OPGEZOCHT = frozenset(
    ("uitwisselingen", column)
    for column in ("ontstaan_op", "ontvangen_duo_op", "teruggekoppeld_op", "uitkomst", "ontvangen_sbb_op")
)
"""The event columns: an RO holds the state at DUO, not what was delivered when."""

_ISO = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})", re.ASCII)
_DUTCH = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})", re.ASCII)
# One or two decimals: 1,000 may be a thousand, so it is no hours of a spreadsheet.
_HOURS = re.compile(r"([0-9]+),00?", re.ASCII)
_NIVEAU = re.compile(r"MBO-([1-4])", re.ASCII)


@final
@attrs.frozen(kw_only=True)
class Layout:
    """
    A record type that fills a table.

    Attributes:
        table: Name of the table.
        fields: The columns, in the order of the cells after type, BSN and onderwijsnummer.
        unused: Cells after those, that hold something else.
        open_ended: More cells may follow.
        fixed: Columns that are the same in each record.

    """

    table: str
    fields: tuple[str, ...]
    unused: int = 0
    open_ended: bool = False
    fixed: Mapping[str, str] = attrs.field(factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a row that ``row()`` gives."""
        return ("brin", "student", *self.fields, *self.fixed)

    @property
    def most(self) -> int | None:
        """Most cells that a record can have, its type included; ``None`` for any number."""
        return None if self.open_ended else 3 + len(self.fields) + self.unused

    def row(self, brin: str, student: str, cells: list[str]) -> list[str]:
        """Give the row of Ketendata for the cells after type, BSN and onderwijsnummer; those left off are empty."""
        columns = TABLES[self.table].columns
        found = [_as_ketendata(columns[name].soort, text) for name, text in zip(self.fields, cells, strict=False)]
        left_off = [""] * (len(self.fields) - len(found))
        return [brin, student, *found, *left_off, *self.fixed.values()]


def _as_ketendata(soort: Soort, text: str) -> str:
    """Turn a known form into that of Ketendata; any other text stays, to be refused there."""
    if soort is Soort.DAY:
        if iso := _ISO.fullmatch(text):
            return "-".join(iso.groups())
        if dutch := _DUTCH.fullmatch(text):
            day, month, year = dutch.groups()
            return f"{year}-{month:0>2}-{day:0>2}"
    if soort is Soort.WHOLE:
        whole = _HOURS.fullmatch(text) or _NIVEAU.fullmatch(text)
        return whole[1] if whole else text
    return text


LAYOUTS: Mapping[str, Layout] = {
    "ISG": Layout(
        table="inschrijvingen",
        fields=(
            "inschrijvingvolgnummer",
            "datum_inschrijving",
            "datum_uitschrijving_gepland",
            "datum_uitschrijving_werkelijk",
        ),
        unused=1,
    ),
    "ISP": Layout(
        table="inschrijvingsperiodes",
        fields=("inschrijvingvolgnummer", "begindatum", "opleidingcode", "leerweg", "niveau"),
        unused=6,
        open_ended=True,
    ),
    "BPV": Layout(
        table="uitwisselingen",
        fields=(
            "inschrijvingvolgnummer",
            "volgnummer",
            "afsluitdatum",
            "begindatum",
            "einddatum_gepland",
            "einddatum_werkelijk",
            "omvang",
            "leerbedrijf_id",
            "opleidingcode",
            "keuzedeelcode",
        ),
        fixed={"volgorde": "1", "soort": "toevoeging"},
    ),
}
