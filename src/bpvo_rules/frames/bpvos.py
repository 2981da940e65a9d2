"""
The BPVO's that exist, out of their deliveries: what a Stand does, for all of them at once.

Most BPVO's were delivered once. Of those the delivery is the content and the
life, and nothing has to be grouped; only the others go the long way.
"""

from collections.abc import Sequence
from typing import Any, Final

import narwhals.stable.v2 as nw

from bpvo_rules.errors import DuplicateKeyError
from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.run import ID, Run
from bpvo_rules.keten import Perspectief

__all__ = ["KEY", "bpvos", "deliveries"]

KEY: Final = ("brin", "student", "inschrijvingvolgnummer", "volgnummer")
"""What tells BPVO's apart."""

_CONTENT: Final = (
    "afsluitdatum",
    "begindatum",
    "einddatum_gepland",
    "einddatum_werkelijk",
    "omvang",
    "leerbedrijf_id",
    "opleidingcode",
    "keuzedeelcode",
)
_RECEIPTS: Final = ("ontvangen_duo", "ontvangen_sbb", "afsluitdatum_aanlevering")
_BPVO: Final = "_bpvo"
_SEVERAL: Final = "_several"


def _key(columns: Sequence[str] = KEY) -> Any:
    return nw.concat_str(*columns, separator="/")


def deliveries(run: Run) -> Frame:
    """Give the deliveries known on the kennisdatum, with what tells them and their BPVO's apart."""
    known = _known(run)
    if run.engine.eager:
        return run.engine.numbered(known, ID)
    return known.with_columns((nw.concat_str(_key(), nw.col("volgorde").cast(nw.String), separator="#")).alias(ID))


def _known(run: Run) -> Frame:
    frame = run.keten.frames["uitwisselingen"]
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
    if run.perspectief is Perspectief.INSTELLING:
        counting = run.keten.frames["uitwisselingen"].filter(_arisen(run))
    else:
        counting = _known(run)
    if run.engine.eager:
        numbered = run.engine.numbered(counting, "_row")
        rows = numbered.with_columns(
            nw.col("_row").min().over(*KEY).alias(_BPVO), (nw.len().over(*KEY) > 1).alias(_SEVERAL)
        )
    else:
        keyed = counting.with_columns(_key().alias(_BPVO))
        rows = run.engine.hold(keyed.with_columns((nw.len().over(_BPVO) > 1).alias(_SEVERAL)))
    several = run.engine.hold(rows.filter(nw.col(_SEVERAL)))
    _refuse_doubles(run, several)
    once = rows.filter(~nw.col(_SEVERAL))
    rejected = _rejected(run)
    if rejected is not None and run.perspectief is Perspectief.KETEN and _dated(run):
        once, several, rejected = once.filter(~rejected), several.filter(~rejected), None
    found = nw.concat([_single(run, once, rejected), _latest(run, several, rejected)])
    return run.engine.hold(found)


def _refuse_doubles(run: Run, several: Frame) -> None:
    pairs = several.select(_BPVO, "volgorde")
    if run.engine.count(pairs.unique()) != run.engine.count(pairs):
        raise DuplicateKeyError("uitwisselingen")


def _until(run: Run, column: str) -> Any:
    """Give the days of a column up to the kennisdatum."""
    return nw.when(nw.col(column) <= run.k).then(nw.col(column))


def _columns() -> list[Any]:
    return [nw.col(_BPVO).alias(ID), *map(nw.col, (*KEY, *_CONTENT, *_RECEIPTS))]


def _single(run: Run, once: Frame, rejected: Any) -> Frame:
    """Give the BPVO's of which one delivery counts."""
    day, sbb = _until(run, "ontvangen_duo_op"), _until(run, "ontvangen_sbb_op")
    if rejected is not None:
        # It may count for the content, but it never was the one that arrived.
        day, sbb = nw.when(~rejected).then(day), nw.when(~rejected).then(sbb)
    return (
        once.filter(nw.col("soort") != "verwijdering")
        .with_columns(
            day.alias("ontvangen_duo"),
            sbb.alias("ontvangen_sbb"),
            nw.col("afsluitdatum").alias("afsluitdatum_aanlevering"),
        )
        .select(_columns())
    )


def _latest(run: Run, several: Frame, rejected: Any) -> Frame:
    """Give the BPVO's with several deliveries: the content of the last one, the receipts of the current life."""
    removed = nw.when(nw.col("soort") == "verwijdering").then(nw.col("volgorde"))
    ends = (
        several.with_columns(removed.alias("_removed"))
        .group_by(_BPVO)
        .agg(nw.col("volgorde").max().alias("_last"), nw.col("_removed").max().alias("_removed"))
        .with_columns(nw.col("_removed").fill_null(0))
        .filter(nw.col("_last") != nw.col("_removed"))
    )
    alive = run.engine.hold(several.join(ends, on=_BPVO, how="inner").filter(nw.col("volgorde") > nw.col("_removed")))
    content = alive.filter(nw.col("volgorde") == nw.col("_last"))
    life = alive if rejected is None else alive.filter(~rejected)
    receipts = (
        life.with_columns(
            _until(run, "ontvangen_duo_op").alias("ontvangen_duo"),
            _until(run, "ontvangen_sbb_op").alias("ontvangen_sbb"),
        )
        .group_by(_BPVO)
        .agg(
            nw.col("volgorde").min().alias("_first"),
            nw.col("ontvangen_duo").min(),
            nw.col("ontvangen_sbb").min(),
        )
    )
    first = life.select(_BPVO, "volgorde", nw.col("afsluitdatum").alias("_afsluitdatum_eerste"))
    dated = receipts.join(
        first, left_on=[_BPVO, "_first"], right_on=[_BPVO, "volgorde"], how="left"
    ).select(_BPVO, "_first", "ontvangen_duo", "ontvangen_sbb", "_afsluitdatum_eerste")
    return (
        content.join(dated, on=_BPVO, how="left")
        .with_columns(
            nw.when(nw.col("_first").is_null())
            .then(nw.col("afsluitdatum"))
            .otherwise(nw.col("_afsluitdatum_eerste"))
            .alias("afsluitdatum_aanlevering")
        )
        .select(_columns())
    )
