"""The tables of a Ketendata set: which record each one holds, and what its columns are."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, final

import attrs

from bpvo_rules.model.aanvraag import Erkenningsaanvraag
from bpvo_rules.model.erkenning import Erkenning
from bpvo_rules.model.fields import COLUMN, Column
from bpvo_rules.model.inschrijving import Inschrijving, Inschrijvingsperiode
from bpvo_rules.model.instelling import Instelling
from bpvo_rules.model.leerbedrijf import Leerbedrijf
from bpvo_rules.model.meting import WhiteLabelMeting, WhiteLabelOnderhoud
from bpvo_rules.model.opleiding import Equivalent, Keuzedeel, Opleiding
from bpvo_rules.model.uitwisseling import Uitwisseling


@final
@attrs.frozen
class Table:
    """
    A table of the Ketendata set.

    Attributes:
        name: Name of the table, and of its file without the ending.
        record: The type of its records; a row without its names is one of these.
        columns: The columns in their order, by name.
        key: Names of the columns that together are the key; empty when there is none.

    """

    name: str
    record: type[Any]
    columns: Mapping[str, Column]
    key: tuple[str, ...]


def _table(name: str, record: type[Any]) -> Table:
    columns = {a.name: a.metadata[COLUMN] for a in attrs.fields(record) if COLUMN in a.metadata}
    key = tuple(column for column, spec in columns.items() if spec.key)
    return Table(name, record, MappingProxyType(columns), key)


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        name: _table(name, record)
        for name, record in (
            ("instellingen", Instelling),
            ("opleidingen", Opleiding),
            ("equivalenten", Equivalent),
            ("keuzedelen", Keuzedeel),
            ("leerbedrijven", Leerbedrijf),
            ("erkenningen", Erkenning),
            ("inschrijvingen", Inschrijving),
            ("inschrijvingsperiodes", Inschrijvingsperiode),
            ("uitwisselingen", Uitwisseling),
            ("erkenningsaanvragen", Erkenningsaanvraag),
            ("white_label_metingen", WhiteLabelMeting),
            ("white_label_onderhoud", WhiteLabelOnderhoud),
        )
    }
)
"""All tables, in the order in which they are read and written."""
