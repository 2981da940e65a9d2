"""Rows of frames as records, for the few that are needed as such."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from bpvo_rules.errors import InvalidCodeError, InvalidRecordError
from bpvo_rules.frames.engine import EPOCH
from bpvo_rules.model import TABLES
from bpvo_rules.model.fields import Soort
from bpvo_rules.periode.tijd import dag_van

__all__ = ["EARLIEST", "UNREADABLE", "cells_of", "day_number", "day_of", "moment_of", "records"]

EARLIEST = date(1900, 1, 1)
"""An earlier day is what systems write for nothing."""

UNREADABLE = (InvalidRecordError, InvalidCodeError, ValueError)
"""What a row raises that cannot be such a record at all."""


def day_number(day: date) -> int:
    """Give the number of a day as it stands in frames."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> date:
    """Give the day of a number in a frame."""
    return date.fromordinal(number + EPOCH)


_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}(:\d{2})?)", re.ASCII)


def moment_of(text: str) -> datetime | None:
    """Give the moment of a text in ISO 8601 with its offset from UTC; ``None`` when it is none."""
    if _MOMENT.fullmatch(text) is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        day = dag_van(moment)
    except (ValueError, OverflowError):
        return None
    return moment if day >= EARLIEST else None


def _cell(soort: Soort, value: Any) -> Any:
    if value is None:
        return None
    if soort is Soort.DAY:
        day = day_of(value)
        if day < EARLIEST:
            raise InvalidRecordError("a day", f"on or after {EARLIEST}")
        return day
    return moment_of(value) if soort is Soort.MOMENT else value


def records(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Any]:
    """
    Make records of rows.

    Raises:
        ValueError: for a row that cannot be such a record; without its values.

    """
    spec = TABLES[table]
    sorts = [spec.columns[name].soort for name in columns]
    moments = [(at, f"{name}_tekst") for at, name in enumerate(columns) if name == "tijdstip"]
    for row in rows:
        cells = {name: _cell(soort, value) for name, soort, value in zip(columns, sorts, row, strict=True)}
        cells.update((name, row[at]) for at, name in moments)
        yield spec.record(**cells)


def cells_of(table: str, rows: Iterable[Any]) -> dict[str, list[Any]]:
    """Give the cells of records per column, as they stand in frames."""
    spec = TABLES[table]
    found: dict[str, list[Any]] = {}
    listed = list(rows)
    for name, column in spec.columns.items():
        values = [getattr(row, name) for row in listed]
        if column.soort is Soort.DAY:
            found[name] = [None if value is None else day_number(value) for value in values]
        elif column.soort is Soort.MOMENT:
            texts = [getattr(row, f"{name}_tekst", None) for row in listed]
            found[name] = [text or value.isoformat() for text, value in zip(texts, values, strict=True)]
        elif column.soort in {Soort.WHOLE, Soort.YES_NO}:
            found[name] = values
        else:
            found[name] = [None if value is None else str(value) for value in values]
    return found
