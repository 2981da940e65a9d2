"""
The BPVO's that exist, out of their deliveries: what a Stand does, for all of them at once.

Everything that a delivery must know of the others of its BPVO is written beside
it, in three passes; then the delivery that holds the content is kept. Nothing is
grouped and joined again, which is what such a frame is slow at.
"""

from collections.abc import Sequence
from typing import Any, Final, Literal

import attrs
import narwhals.stable.v2 as nw

from bpvo_rules.errors import DuplicateKeyError
from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.run import ID, Run
from bpvo_rules.keten import Perspectief
from bpvo_rules.model import Bpvo
from bpvo_rules.model.fields import COLUMN

__all__ = ["KEY", "bpvos", "deliveries"]

_COLUMNS: Final = {field.name: field.metadata[COLUMN] for field in attrs.fields(Bpvo) if COLUMN in field.metadata}
KEY: Final = tuple(name for name, column in _COLUMNS.items() if column.key)
"""What tells BPVO's apart."""

_CONTENT: Final = tuple(name for name, column in _COLUMNS.items() if not column.key)
_RECEIPTS: Final = ("ontvangen_duo", "ontvangen_sbb", "afsluitdatum_aanlevering")
_BPVO: Final = "_bpvo"
_SHARED: Final = "deliveries"
_LARGEST: Final = 1 << 62


def _key(columns: Sequence[str] = KEY) -> Any:
    return nw.concat_str(*columns, separator="/")


def deliveries(run: Run) -> Frame:
    """Give the deliveries known on the kennisdatum, with what tells them and their BPVO's apart."""
    known = _known(run)
    if run.perspectief is Perspectief.INSTELLING and _dated(run):
        # In perspectief keten the BPVO's are made of these same rows, and their keys are seen there.
        run.engine.refuse_doubles(known, "uitwisselingen", [*KEY, "volgorde"])
    if run.engine.ordered:
        return run.engine.numbered(known, ID)
    return known.with_columns((nw.concat_str(_key(), nw.col("volgorde").cast(nw.String), separator="#")).alias(ID))


def _known(run: Run) -> Frame:
    """Give the deliveries that DUO had received; asked for twice in a run, and worked out once."""
    if _SHARED not in run.shared:
        frame = run.keten.frames["uitwisselingen"]
        known = frame.filter(nw.col("ontvangen_duo_op") <= run.k) if _dated(run) else frame
        run.shared[_SHARED] = run.engine.hold(known, mostly_held=True)
    return run.shared[_SHARED]


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
    if run.perspectief is Perspectief.INSTELLING:
        counting = run.keten.frames["uitwisselingen"].filter(_arisen(run))
    else:
        counting = _known(run)
    rows = _with_bpvo(run, counting)
    _refuse_doubles(run, rows)
    rejected = _rejected(run)
    # In perspectief keten what is known to be rejected never was there. Otherwise it may count for the
    # content, but it never was the delivery that arrived.
    left_out = rejected is not None and run.perspectief is Perspectief.KETEN and _dated(run)
    counts = ~rejected if left_out else nw.lit(value=True)
    arrived = nw.lit(value=True) if rejected is None else ~rejected
    rows = rows.with_columns(counts.alias("_counts"), arrived.alias("_arrived"))
    number = nw.col("volgorde")
    removed = nw.col("_counts") & (nw.col("soort") == "verwijdering")
    rows = _beside(run, rows, _last=(nw.col("_counts"), number, "max"), _removed=(removed, number, "max"))
    life = nw.col("_counts") & nw.col("_arrived") & (number > nw.col("_removed").fill_null(0))
    rows = rows.with_columns(life.alias("_life"))
    rows = _beside(
        run,
        rows,
        _first=(nw.col("_life"), number, "min"),
        ontvangen_duo=(nw.col("_life") & _until_k(run, "ontvangen_duo_op"), nw.col("ontvangen_duo_op"), "min"),
        ontvangen_sbb=(nw.col("_life") & _until_k(run, "ontvangen_sbb_op"), nw.col("ontvangen_sbb_op"), "min"),
    )
    is_first = nw.col("_life") & (number == nw.col("_first")).fill_null(value=False)
    rows = _beside(run, rows, _dated=(is_first, nw.col("afsluitdatum"), "max"))
    exists = (number == nw.col("_last")) & (nw.col("_last") != nw.col("_removed").fill_null(0))
    dated = nw.when(nw.col("_first").is_null()).then(nw.col("afsluitdatum")).otherwise(nw.col("_dated"))
    found = (
        rows.filter((nw.col("_counts") & exists).fill_null(value=False))
        .with_columns(dated.alias("afsluitdatum_aanlevering"))
        .select(nw.col(_BPVO).alias(ID), *KEY, *_CONTENT, *_RECEIPTS)
    )
    return run.engine.hold(found)


def _with_bpvo(run: Run, counting: Frame) -> Frame:
    """Give each delivery what tells its BPVO apart: in an eager engine the number of its first row."""
    columns = (*KEY, *_CONTENT, "volgorde", "soort", "ontvangen_duo_op", "ontvangen_sbb_op")
    answer = ("teruggekoppeld_op", "uitkomst")
    keyed = counting.select(*columns, *answer, _key().alias(_BPVO))
    if not run.engine.ordered:
        return run.engine.hold(keyed)
    numbered = run.engine.beside(run.engine.numbered(keyed, "_row"), _BPVO, {"_first_row": ("_row", "min")})
    return run.engine.hold(numbered.with_columns(nw.col("_first_row").alias(_BPVO)).drop("_row", "_first_row"))


def _beside(run: Run, rows: Frame, **made: tuple[Any, Any, Literal["min", "max"]]) -> Frame:
    """Write beside each delivery the largest or smallest of something among those of its BPVO for which it counts."""
    rows = rows.with_columns(nw.when(condition).then(value).alias(name) for name, (condition, value, _) in made.items())
    return run.engine.beside(rows, _BPVO, {name: (name, which) for name, (_, _, which) in made.items()})


def _until_k(run: Run, column: str) -> Any:
    return (nw.col(column) <= run.k).fill_null(value=False)


def _refuse_doubles(run: Run, rows: Frame) -> None:
    pairs = rows.select(_BPVO, "volgorde")
    if run.engine.ordered:
        pairs = run.engine.in_order(pairs)
        # One number per pair is told apart much faster than two; a volgorde of 18 digits is a rarity.
        highest = int(pairs["volgorde"].max() or 0) + 1
        if highest * (len(pairs) + 1) < _LARGEST:
            numbers = pairs[_BPVO] * highest + pairs["volgorde"]
            if numbers.n_unique() != len(pairs):
                raise DuplicateKeyError("uitwisselingen")
            return
        pairs = run.engine.out_of_order(pairs)
    run.engine.refuse_doubles(pairs, "uitwisselingen", [_BPVO, "volgorde"])
