"""The facts of deliveries, requests and measurements: nearly all of them stand in their own records."""

from typing import Any, Final

import narwhals.stable.v2 as nw

from bpvo_rules.frames import reference
from bpvo_rules.frames.bpvos import deliveries
from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.inschrijving import domein_of_content
from bpvo_rules.frames.run import ID, Need, Run, Stage
from bpvo_rules.questions.norms import VENSTER

__all__ = [
    "AANVRAAG_STAGES",
    "KNOWN_DAYS",
    "UITWISSELING_STAGES",
    "deliveries_with_facts",
    "domein_of_request",
    "measurements",
    "requests",
]


# ---- Uitwisseling


def deliveries_with_facts(run: Run) -> Frame:
    """Give the deliveries known on the kennisdatum, with the answers of DUO as far as they were known then."""
    known = (nw.col("teruggekoppeld_op") <= run.k).fill_null(value=False)
    frame = deliveries(run).with_columns(
        nw.when(known).then(nw.col("teruggekoppeld_op")).alias("teruggekoppeld_op"),
        nw.when(known).then(nw.col("uitkomst")).alias("uitkomst"),
    )
    return run.engine.hold(frame, mostly_held=True)


def _domein_levering(run: Run, frame: Frame, _: Need) -> Frame:
    return domein_of_content(run, frame)


UITWISSELING_STAGES: Final = (Stage(facts=("domein",), compute=_domein_levering),)
"""Every fact of a delivery that a rule reads or a foto counts by."""


# ---- Erkenningsaanvraag


KNOWN_DAYS: Final = ("besluit_op", "kennisgeving_op", "overschrijding_gemotiveerd_op")
"""Days that count when they are not after the kennisdatum."""


def requests(run: Run) -> Frame:
    """
    Give the requests dated on or before the kennisdatum, with what was known of them then.

    Raises:
        DuplicateKeyError: when two of them have the same number.

    """
    frame = run.keten.frames["erkenningsaanvragen"].filter(nw.col("dagtekening") <= run.k)
    run.engine.refuse_doubles(frame, "erkenningsaanvragen", ["aanvraag_id"])
    days = [nw.when(nw.col(name) <= run.k).then(nw.col(name)).alias(name) for name in KNOWN_DAYS]
    return run.engine.hold(frame.with_columns(nw.col("aanvraag_id").alias(ID), *days), mostly_held=True)


def domein_of_request(run: Run, frame: Frame) -> Frame:
    """Give a frame of requests their domein."""
    return reference.with_domein(run, frame, "opleidingcode", "domein")


def _domein_aanvraag(run: Run, frame: Frame, _: Need) -> Frame:
    return domein_of_request(run, frame)


AANVRAAG_STAGES: Final = (Stage(facts=("domein",), compute=_domein_aanvraag),)
"""Every fact of a request that a rule reads or a foto counts by."""


# ---- WhiteLabelMeting


def measurements(run: Run) -> Frame:
    """
    Give the measurements up to the end of the kennisdatum, with what their moment says.

    The moments, and nothing else of the measurements, are read one by one: the
    clock of the Netherlands and announced maintenance are no work for frames.

    Raises:
        DuplicateKeyError: when a school measured a functie twice at one moment.

    """
    frame = run.keten.frames["white_label_metingen"]
    norm = run.settings.norms[VENSTER.id]

    def venster_on(day: Any) -> Any:
        found = norm.on(day)
        return None if found is None else found.value

    texts = [row[0] for row in run.engine.rows(frame.select("tijdstip").unique())]
    known = frame.join(reference.moments(run, texts, venster_on), on="tijdstip", how="inner")
    known = known.filter(nw.col("dag") <= run.k)
    known = known.join(reference.maintained(run, texts), on=["functie", "tijdstip"], how="left")
    known = known.with_columns((~nw.col("_in_onderhoud").is_null()).alias("in_onderhoud")).drop("_in_onderhoud")
    if run.engine.ordered:
        known = run.engine.numbered(known, ID)
    else:
        key = nw.concat_str("functie", "tijdstip", nw.col("brin").fill_null(""), separator="@")
        known = known.with_columns(key.alias(ID))
    known = run.engine.hold(known)
    # One moment may be written in two ways.
    by_moment = known.select("functie", "_moment", nw.col("brin").fill_null("").alias("brin"))
    run.engine.refuse_doubles(by_moment, "white_label_metingen", ["functie", "_moment", "brin"])
    return known
