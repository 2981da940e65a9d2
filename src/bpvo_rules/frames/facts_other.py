"""The facts of deliveries, requests and measurements, in stages."""

from typing import Any, Final

import narwhals.stable.v2 as nw

from bpvo_rules.frames import reference
from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.run import ID, Need, Run, Stage
from bpvo_rules.questions.norms import VENSTER

__all__ = ["AANVRAAG_STAGES", "METING_STAGES", "UITWISSELING_STAGES", "measurements", "requests"]


def _until_k(run: Run, name: str) -> Any:
    return nw.when(nw.col(name) <= run.k).then(nw.col(name)).alias(name)


# ---- Uitwisseling


def _answered(run: Run, frame: Frame, _: Need) -> Frame:
    known = (nw.col("teruggekoppeld_op") <= run.k).fill_null(value=False)
    return frame.with_columns(
        nw.when(known).then(nw.col("teruggekoppeld_op")).alias("teruggekoppeld_op"),
        nw.when(known).then(nw.col("uitkomst")).alias("uitkomst"),
    )


def _domein_levering(run: Run, frame: Frame, _: Need) -> Frame:
    """Read the content as delivered in the way in which a Bpvo is read."""
    key = ["brin", "student", "inschrijvingvolgnummer"]
    own = nw.col("opleidingcode") if run.opgezocht("uitwisselingen", "keuzedeelcode") else nw.lit(None).cast(nw.String)
    of_keuzedeel: Any = nw.lit(None).cast(nw.String)
    if "inschrijvingsperiodes" in run.keten.frames:
        part = run.engine.hold(
            frame.filter(~nw.col("keuzedeelcode").is_null() & ~nw.col("begindatum").is_null()).select(
                ID, *key, "begindatum"
            )
        )
        periods = run.keten.frames["inschrijvingsperiodes"].select(
            *key, nw.col("begindatum").alias("_van"), nw.col("opleidingcode").alias("_enrolled")
        )
        begun = run.engine.hold(
            part.join(periods, on=key, how="inner")
            .filter(nw.col("_van") <= nw.col("begindatum"))
            .select(ID, "_van", "_enrolled")
        )
        last = begun.group_by(ID).agg(nw.col("_van").max())
        frame = frame.join(begun.join(last, on=[ID, "_van"], how="inner").select(ID, "_enrolled"), on=ID, how="left")
        of_keuzedeel = nw.col("_enrolled")
    code = nw.when(nw.col("keuzedeelcode").is_null()).then(own).otherwise(of_keuzedeel)
    return reference.with_domein(run, frame.with_columns(code.alias("_domein_van")), "_domein_van", "domein")


UITWISSELING_STAGES: Final = (
    Stage(facts=("teruggekoppeld_op", "uitkomst"), compute=_answered),
    Stage(facts=("domein",), compute=_domein_levering),
)
"""Every fact of a delivery that a rule reads or a foto counts by."""


# ---- Erkenningsaanvraag


def requests(run: Run) -> Frame:
    """Give the requests dated on or before the kennisdatum."""
    frame = run.keten.frames["erkenningsaanvragen"].filter(nw.col("dagtekening") <= run.k)
    return frame.with_columns(nw.col("aanvraag_id").alias(ID))


_KNOWN_DAYS: Final = ("besluit_op", "kennisgeving_op", "overschrijding_gemotiveerd_op")


def _known_days(run: Run, frame: Frame, _: Need) -> Frame:
    return frame.with_columns(_until_k(run, name) for name in _KNOWN_DAYS)


def _domein_aanvraag(run: Run, frame: Frame, _: Need) -> Frame:
    return reference.with_domein(run, frame, "opleidingcode", "domein")


AANVRAAG_STAGES: Final = (
    Stage(facts=_KNOWN_DAYS, compute=_known_days),
    Stage(facts=("domein",), compute=_domein_aanvraag),
)
"""Every fact of a request that a rule reads or a foto counts by."""


# ---- WhiteLabelMeting


def measurements(run: Run) -> Frame:
    """
    Give the measurements up to the end of the kennisdatum, with what their moment says.

    The moments, and nothing else of the measurements, are read one by one: the
    clock of the Netherlands and announced maintenance are no work for frames.
    """
    frame = run.keten.frames["white_label_metingen"]
    norm = run.settings.norms[VENSTER.id]

    def venster_on(day: Any) -> Any:
        found = norm.on(day)
        return None if found is None else found.value

    pairs = [tuple(row) for row in run.engine.rows(frame.select("functie", "tijdstip").unique())]
    rows = list(zip(*reference.moments(run, pairs, venster_on), strict=True)) or [()] * 5
    small = run.engine.small(
        {
            "functie": ("text", rows[0]),
            "tijdstip": ("text", rows[1]),
            "dag": ("whole", rows[2]),
            "in_venster": ("bool", rows[3]),
            "in_onderhoud": ("bool", rows[4]),
        }
    )
    known = frame.join(small, on=["functie", "tijdstip"], how="inner").filter(nw.col("dag") <= run.k)
    return known.with_columns(
        nw.concat_str("functie", "tijdstip", nw.col("brin").fill_null(""), separator="@").alias(ID)
    )


def _as_it_is(_: Run, frame: Frame, __: Need) -> Frame:
    return frame


METING_STAGES: Final = (Stage(facts=("dag", "in_venster", "in_onderhoud"), compute=_as_it_is),)
"""Every fact of a measurement that a rule reads or a foto counts by."""

