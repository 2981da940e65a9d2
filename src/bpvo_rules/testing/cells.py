"""
Strategies for cells and for records, made from what the columns of the tables say of themselves.

A new column of a record is generated without a change here. Texts are as hostile as a record accepts.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from typing import Any, TypeVar

import attrs
from hypothesis import strategies as st

from bpvo_rules.codes import Brin, Code, Keuzedeelcode, LeerbedrijfId, Opleidingcode
from bpvo_rules.model import Bpvo, SoortUitwisseling, Uitkomst, Uitwisseling
from bpvo_rules.model.fields import COLUMN, Column, Soort
from bpvo_rules.testing.worlds import ANCHORS, BPVO_CODES, BRINS, COMPANIES, KEUZEDELEN

__all__ = ["bpvos", "cells", "codes", "days", "moments", "pseudonyms", "records", "texts"]

T = TypeVar("T")
C = TypeVar("C", bound=Code)

_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
_NO_END = date(9999, 12, 31)
_NASTY = (
    *("'", '"', '";"', "\\", "%s", "{naam}", "$(x)", "&amp;", "<script>alert(1)</script>"),
    *("=1+1", "@SUM(A1)", "-", "'; DROP TABLE x; --"),
    *("\n", "\r\n", "\t", "\x00", " ", "\u00a0", "\ufeff", "\u2028"),
    *("\u202e", "\u200f", "\u200d", "e\u0301", "\u0130", "\u00df", "\ufb01", "\U0001f9d1\u200d\U0001f393"),
    *("null", "NaN", "None", "?", "/", "#", "1/1#1"),
)
_MANY_DIGITS = re.compile(r"\d(?:\D?\d){8}")
"""Nine digits in a row, also with one sign between them: that is how a BSN is written."""
_KNOWN: Mapping[type[Code], tuple[str, ...]] = {
    Brin: BRINS,
    LeerbedrijfId: COMPANIES,
    Keuzedeelcode: KEUZEDELEN,
    Opleidingcode: BPVO_CODES,
}


def texts() -> st.SearchStrategy[str]:
    """Give texts that are not empty: with quotes, formulas, line ends and marks that turn the direction of reading."""
    # Half a character (a surrogate) is no text in any encoding, so no source can hold one.
    others = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    pieces = st.lists(st.one_of(st.sampled_from(_NASTY), others), min_size=1, max_size=4)
    return st.one_of(st.text(min_size=1, max_size=20, alphabet="abcXYZ 09"), pieces.map("".join).filter(bool))


def pseudonyms() -> st.SearchStrategy[str]:
    """Give pseudonyms of students: any text, but never nine digits that look like a BSN or onderwijsnummer."""
    return texts().filter(lambda text: _MANY_DIGITS.search(text) is None)


def codes(code: type[C]) -> st.SearchStrategy[C]:
    """
    Give codes of one type: those of the small chains of this library, and any other of the right shape.

    Args:
        code: A type with a shape, such as ``Brin``.

    """
    shaped = st.from_regex(code.SHAPE, fullmatch=True)
    known = _KNOWN.get(code)
    return (shaped if known is None else st.one_of(st.sampled_from(known), shaped)).map(code)


def days() -> st.SearchStrategy[date]:
    """Give days: near those on which laws and lists changed, from 1900 to 2199, and sometimes 9999-12-31."""
    near = st.builds(lambda day, by: day + timedelta(days=by), st.sampled_from(ANCHORS), st.integers(-40, 40))
    return st.one_of(near, st.dates(_FIRST, _LAST), near, st.just(_NO_END))


def moments() -> st.SearchStrategy[datetime]:
    """Give moments with an offset from UTC, many around midnight in the Netherlands."""
    zones = st.sampled_from([0, 60, 120, -300, 345, 840, -720]).map(
        lambda minutes: timezone(timedelta(minutes=minutes))
    )
    clocks = st.sampled_from([time(0), time(21, 59), time(22), time(22, 59), time(23), time(23, 59), time(9, 15)])
    near = st.builds(
        datetime.combine,
        st.sampled_from(ANCHORS),
        clocks,
        zones,
    )
    # A day from the bounds, so that every moment has a day in every zone.
    first, last = datetime(1900, 1, 2), datetime(2199, 12, 30)  # noqa: DTZ001 - Hypothesis adds the zone
    return st.one_of(near, st.datetimes(first, last, timezones=zones))


def cells(column: Column) -> st.SearchStrategy[Any]:
    """Give values for a column: what a record accepts in it, and ``None`` unless it is required."""
    filled = _FILLED[column.soort](column)
    return filled if column.required else st.one_of(filled, st.none())


def _whole(column: Column) -> st.SearchStrategy[int]:
    found = st.integers(column.minimum, column.maximum)
    return found if column.maximum is not None else st.one_of(st.integers(column.minimum, 2000), found)


_FILLED: Mapping[Soort, Callable[[Column], st.SearchStrategy[Any]]] = {
    Soort.CODE: lambda column: codes(column.type),
    Soort.TEXT: lambda column: pseudonyms() if column.identifying else texts(),
    Soort.DAY: lambda _: days(),
    Soort.MOMENT: lambda _: moments(),
    Soort.WHOLE: _whole,
    Soort.CHOICE: lambda column: st.sampled_from(column.type),
    Soort.YES_NO: lambda _: st.booleans(),
}


@cache
def _cells_of(record: Any) -> Mapping[str, st.SearchStrategy[Any]]:
    """Give the strategy of each column; made once, for a shape is slow to read and a draw must be quick."""
    return {a.name: cells(a.metadata[COLUMN]) for a in attrs.fields(record) if COLUMN in a.metadata}


def records(record: type[T], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """
    Give records of one type.

    Args:
        record: A type of which :data:`bpvo_rules.model.TABLES` has a table, or ``Bpvo``.
        given: Strategies for cells that must be something else than any cell of their column.

    """
    type_: Any = record
    return st.builds(record, **{**_cells_of(type_), **given})


def _in_order(number: int) -> st.SearchStrategy[list[date | None]]:
    """Give days that do not go back, some of them empty."""
    some = st.lists(st.dates(date(2014, 1, 1), date(2026, 12, 31)), min_size=number, max_size=number).map(sorted)
    kept = st.lists(st.booleans(), min_size=number, max_size=number)
    return st.builds(lambda found, keep: [d if k else None for d, k in zip(found, keep, strict=True)], some, kept)


@st.composite
def bpvos(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Bpvo:
    """
    Give BPVO's whose deliveries are those of their current life.

    Deliveries have the key of the BPVO and a rising ``volgorde``, none removes it or was rejected, each happens
    in order, and the last one says what the BPVO says. ``leveringen`` may be empty (never sent) or ``None``
    (not looked up).
    """
    names = dict(_cells_of(Bpvo))
    events = ("ontstaan_op", "ontvangen_duo_op", "teruggekoppeld_op", "ontvangen_sbb_op")
    bpvo = draw(st.fixed_dictionaries(names))
    key = {name: bpvo[name] for name in ("brin", "student", "inschrijvingvolgnummer", "volgnummer")}
    number = draw(st.sampled_from([None, 0, 1, 1, 2, 3]))
    if number is None:
        return Bpvo(**bpvo)
    places = draw(st.lists(st.integers(1, 500), min_size=number, max_size=number, unique=True).map(sorted))
    days_ = draw(_in_order(len(events) * number))
    content = {name: strategy for name, strategy in names.items() if name not in key}
    leveringen = []
    for at, volgorde in enumerate(places):
        happened = dict(zip(events, days_[at * len(events) :], strict=False))
        said = bpvo if at == number - 1 else draw(st.fixed_dictionaries(content)) | key
        answered = happened["teruggekoppeld_op"] is not None
        leveringen.append(
            Uitwisseling(
                volgorde=volgorde,
                soort=SoortUitwisseling.WIJZIGING if at else SoortUitwisseling.TOEVOEGING,
                uitkomst=Uitkomst.GEACCEPTEERD if answered else None,
                **happened,
                **said,
            )
        )
    return Bpvo(**bpvo, leveringen=tuple(leveringen))
