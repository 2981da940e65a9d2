"""
The BPVO's that exist, out of their deliveries: what a Stand does, for all of them at once.

The deliveries are grouped once, by what tells BPVO's apart. Numbers say the rest of a
group: the least day, and of its first and last delivery the volgorde with a day or a
row behind it as the lower digits. By that row the content is looked up.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import attrs
import narwhals.stable.v2 as nw

from bpvo_rules.errors import DuplicateKeyError
from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.records import day_number
from bpvo_rules.frames.run import EXISTS, ID, Run
from bpvo_rules.keten import Perspectief
from bpvo_rules.model import Bpvo
from bpvo_rules.model.fields import COLUMN

__all__ = ["KEY", "bpvos", "deliveries"]

_COLUMNS: Final = {field.name: field.metadata[COLUMN] for field in attrs.fields(Bpvo) if COLUMN in field.metadata}
KEY: Final = tuple(name for name, column in _COLUMNS.items() if column.key)
"""What tells BPVO's apart."""

_CONTENT: Final = tuple(name for name, column in _COLUMNS.items() if not column.key)
_ROW: Final = "_row"
_NUMBER: Final = "_number"
_BPVO: Final = "_bpvo"

_HIGHEST: Final = 1 << 30
"""More than a number that leaves room for a row or a day behind it."""

_POWERS: Final = 30
"""The highest number of which 2**32 powers of two can be added up."""

_ROWS: Final = 1 << 32
_DAYS: Final = 1 << 22
_NO_DAY: Final = day_number(date.min) - 1
"""Earlier than every day."""


def _key(columns: Sequence[str] = KEY) -> Any:
    return nw.concat_str(*columns, separator="/")


def deliveries(run: Run) -> Frame:
    """Give the deliveries, with what tells them and their BPVO's apart, and which were known on the kennisdatum."""
    frame = run.keten.frames["uitwisselingen"]
    if run.perspectief is Perspectief.INSTELLING and _dated(run):
        # In perspectief keten the BPVO's are made of these same rows, and their keys are seen there.
        run.engine.refuse_doubles(_known(run, frame), "uitwisselingen", [*KEY, "volgorde"])
    if _dated(run):
        frame = frame.with_columns((nw.col("ontvangen_duo_op") <= run.k).fill_null(value=False).alias(EXISTS))
    if run.engine.ordered:
        return run.engine.numbered(frame, ID)
    return frame.with_columns((nw.concat_str(_key(), nw.col("volgorde").cast(nw.String), separator="#")).alias(ID))


def _known(run: Run, frame: Frame) -> Frame:
    """Give the deliveries of a frame that DUO had received."""
    return frame.filter(nw.col("ontvangen_duo_op") <= run.k) if _dated(run) else frame


def _dated(run: Run) -> bool:
    return run.opgezocht("uitwisselingen", "ontvangen_duo_op")


def _rejected(run: Run) -> Any:
    """Say where it is known that DUO rejected a delivery; ``None`` when that is not known of any."""
    if not (run.opgezocht("uitwisselingen", "teruggekoppeld_op") and run.opgezocht("uitwisselingen", "uitkomst")):
        return None
    rejected = (nw.col("uitkomst") == "afgekeurd").fill_null(value=False)
    return rejected & (nw.col("teruggekoppeld_op") <= run.k).fill_null(value=False)


def _arisen(run: Run) -> Any:
    added = (nw.col("soort") == "toevoeging").fill_null(value=False)
    day = nw.when(nw.col("ontstaan_op").is_null() & added).then(nw.col("afsluitdatum")).otherwise(nw.col("ontstaan_op"))
    return (day <= run.k).fill_null(value=True)


def bpvos(run: Run) -> Frame:
    """
    Give the BPVO's that exist: their key, content and receipts.

    Raises:
        DuplicateKeyError: when two deliveries of one BPVO have the same volgorde.

    """
    engine, number = run.engine, nw.col(_NUMBER)
    rows, highest, by = _in_play(run)
    # Few BPVO's were ever removed, so that looking those up costs little.
    removals = rows.filter(nw.col("_counts") & (nw.col("soort") == "verwijdering"))
    removed = engine.hold(removals.group_by(*by).agg(number.max().alias("_removed")))
    lives = rows.join(removed, on=by, how="left").with_columns(nw.col("_removed").fill_null(0))
    life = nw.col("_counts") & nw.col("_arrived") & (number > nw.col("_removed"))
    # A number with a day or row behind it says of which delivery that is: of the first or last in the life.
    dated = number * _DAYS + (nw.col("afsluitdatum") - _NO_DAY).fill_null(0)
    last = number * _ROWS + nw.col(_ROW) if engine.ordered else number
    values = {
        "_last": (nw.col("_counts"), last),
        "_dated": (life, dated),
        "ontvangen_duo": (life & _until_k(run, "ontvangen_duo_op"), nw.col("ontvangen_duo_op")),
        "ontvangen_sbb": (life & _until_k(run, "ontvangen_sbb_op"), nw.col("ontvangen_sbb_op")),
    }
    lives = lives.with_columns(nw.when(counts).then(value).alias(name) for name, (counts, value) in values.items())
    found = (
        lives.with_columns(_power(highest).alias("_power"))
        .group_by(*by)
        .agg(
            nw.col("_last", "_removed").max(),
            nw.col("_dated", "ontvangen_duo", "ontvangen_sbb").min(),
            nw.col("_power").sum(),
            nw.len().alias("_all"),
        )
    )
    found = engine.hold(found if not engine.ordered else found.drop(*by))
    _refuse_doubles(run, rows, found, highest)
    found = found.filter(~nw.col("_last").is_null())
    if engine.ordered:
        found = found.with_columns(nw.col("_last") // _ROWS, (nw.col("_last") % _ROWS).alias(_ROW))
    found = found.filter(nw.col("_last") != nw.col("_removed"))
    first_day = (nw.col("_dated") % _DAYS + _NO_DAY).cast(engine.day_type).alias("_first_day")
    found = found.with_columns(first_day)
    dated = nw.when(nw.col("_first_day").is_null()).then(nw.col("afsluitdatum"))
    dated = dated.otherwise(nw.when(nw.col("_first_day") > _NO_DAY).then(nw.col("_first_day")))
    found = _with_content(run, found, rows).select(
        *([] if engine.ordered else [_key().alias(ID)]),
        *KEY,
        *_CONTENT,
        "ontvangen_duo",
        "ontvangen_sbb",
        dated.alias("afsluitdatum_aanlevering"),
    )
    found = engine.hold(found)
    return engine.numbered(found, ID) if engine.ordered else found


def _in_play(run: Run) -> tuple[Frame, int, list[str]]:
    """
    Give the deliveries that a BPVO can be made of.

    With which of them count and arrived, their highest number, and what tells their BPVO's apart.
    """
    frame = run.keten.frames["uitwisselingen"]
    by = list(KEY)
    if run.engine.ordered:
        numbered = run.engine.with_key_number(frame, KEY, _BPVO)
        by = by if numbered is None else [_BPVO]
        frame = run.engine.numbered(frame if numbered is None else numbered, _ROW)
    counting = frame.filter(_arisen(run)) if run.perspectief is Perspectief.INSTELLING else _known(run, frame)
    rejected = _rejected(run)
    # In perspectief keten what is known to be rejected never was there. Otherwise it may count for the
    # content, but it never was the delivery that arrived.
    left_out = rejected is not None and run.perspectief is Perspectief.KETEN and _dated(run)
    counts = ~rejected if left_out else nw.lit(value=True)
    arrived = nw.lit(value=True) if rejected is None else ~rejected
    columns = (*dict.fromkeys((*KEY, *by)), *_CONTENT, "volgorde", "soort", "ontvangen_duo_op", "ontvangen_sbb_op")
    rows = counting.with_columns(counts.alias("_counts"), arrived.alias("_arrived"))
    row = (_ROW,) if run.engine.ordered else ()
    return *_with_number(run, rows.select(*row, *columns, "_counts", "_arrived")), by


def _with_number(run: Run, rows: Frame) -> tuple[Frame, int]:
    """Give each delivery a number that rises as its volgorde does, and leaves room for more behind it."""
    highest = next(run.engine.rows(rows.select(nw.col("volgorde").max())))[0] or 0
    if highest < _HIGHEST:
        return rows.with_columns(nw.col("volgorde").alias(_NUMBER)), highest
    # A volgorde of 18 digits is a rarity.
    places = sorted(row[0] for row in run.engine.rows(rows.select("volgorde").unique()))
    small = run.engine.small({"volgorde": ("whole", places), _NUMBER: ("whole", list(range(1, len(places) + 1)))})
    return rows.join(small, on="volgorde", how="left"), len(places)


def _with_content(run: Run, found: Frame, rows: Frame) -> Frame:
    """Give each BPVO the content of its last delivery."""
    if run.engine.ordered:
        all_rows = run.engine.numbered(run.keten.frames["uitwisselingen"].select(*KEY, *_CONTENT), _ROW)
        found = found.select(_ROW, "ontvangen_duo", "ontvangen_sbb", "_first_day")
        found = found.with_columns(nw.lit(value=True).alias("_there"))
        return run.engine.beside(all_rows, [found], _ROW).filter(nw.col("_there").fill_null(value=False))
    content = rows.select(*KEY, *_CONTENT, nw.col(_NUMBER).alias("_last"))
    return found.join(content, on=[*KEY, "_last"], how="inner")


def _until_k(run: Run, column: str) -> Any:
    return (nw.col(column) <= run.k).fill_null(value=False)


def _power(highest: int) -> Any:
    """Give a power of two per number: those of different numbers add up to one with as many ones, written in binary."""
    return (2 ** nw.col(_NUMBER)).cast(nw.Int64) if highest <= _POWERS else nw.lit(0)


def _refuse_doubles(run: Run, rows: Frame, found: Frame, highest: int) -> None:
    if highest > _POWERS:
        run.engine.refuse_doubles(rows, "uitwisselingen", [*KEY, "volgorde"])
    elif any(power.bit_count() != count for power, count in run.engine.rows(found.select("_power", "_all").unique())):
        raise DuplicateKeyError("uitwisselingen")
