"""
Which rows of a frame can be records at all.

Each check says, for a whole column, what the field of a record refuses for one
cell. That both refuse the same is tested.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import narwhals.stable.v2 as nw

from bpvo_rules.codes import Brin, Code, Keuzedeelcode, LeerbedrijfId, Opleidingcode, Volgnummer
from bpvo_rules.frames.records import EARLIEST, day_number
from bpvo_rules.model import TABLES
from bpvo_rules.model.fields import Column, Soort

__all__ = ["faults", "few_valued"]

# Length and beginning, not the whole shape with its end: whether a line end may follow the end differs per engine.
_FIXED: Final[dict[type[Code], tuple[int, str]]] = {
    Brin: (4, "^[0-9]{2}[A-Z]{2}"),
    Opleidingcode: (5, "^[0-9]{5}"),
    Keuzedeelcode: (5, "^K[0-9]{4}"),
    LeerbedrijfId: (9, "^[1-9][0-9]{8}"),
}


def _code(value: Any, type_: type[Code]) -> Any:
    if type_ is Volgnummer:
        return value.str.contains("[^0-9A-Za-z]") | (value.str.len_chars() > 20)
    length, begin = _FIXED[type_]
    return ~((value.str.len_chars() == length) & value.str.contains(begin))


def _wrong(name: str, spec: Column, unreadable: Sequence[str]) -> tuple[str, Any] | None:
    """Give the reason, and where a filled cell cannot stand; ``None`` when any value will do."""
    value = nw.col(name)
    match spec.soort:
        case Soort.CODE:
            return "verkeerde vorm", _code(value, spec.type)
        case Soort.CHOICE:
            return "onbekende waarde", ~value.is_in([str(word) for word in spec.type])
        case Soort.DAY:
            outside = nw.any_horizontal(value < day_number(EARLIEST), value > day_number(date.max), ignore_nulls=True)
            return f"datum niet tussen {EARLIEST} en {date.max}", outside
        case Soort.WHOLE:
            low, high = spec.minimum, spec.maximum
            bounds = [value < low] if low is not None else []
            bounds += [value > high] if high is not None else []
            return ("buiten de grenzen", nw.any_horizontal(*bounds, ignore_nulls=True)) if bounds else None
        case Soort.MOMENT:
            return ("geen tijdstip met afstand tot UTC", value.is_in(list(unreadable))) if unreadable else None
    return None


def faults(table: str, missing: Sequence[str], unreadable: Sequence[str] = ()) -> list[tuple[str, str, Any]]:
    """
    Give the checks of a table, in the order of its columns: column, reason, and where a row fails it.

    Args:
        table: Name of the table.
        missing: Columns that are not there; they are empty and not checked.
        unreadable: Texts of moments that are no moments.

    """
    found: list[tuple[str, str, Any]] = []
    for name, spec in TABLES[table].columns.items():
        if name in missing:
            continue
        if spec.required:
            found.append((name, "leeg", nw.col(name).is_null()))
        check = _wrong(name, spec, unreadable)
        if check is not None:
            reason, is_wrong = check
            found.append((name, reason, is_wrong.fill_null(value=False)))
    return found


def few_valued(table: str) -> list[str]:
    """Give the columns of a table that hold few different texts in many rows: words, and codes but of companies."""
    return [
        name
        for name, spec in TABLES[table].columns.items()
        if spec.soort is Soort.CHOICE or (spec.soort is Soort.CODE and spec.type is not LeerbedrijfId)
    ]
