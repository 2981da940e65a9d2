"""The inschrijving behind a BPVO or delivery, and the domein that follows from it."""

from typing import Any, Final

import narwhals.stable.v2 as nw

from bpvo_rules.frames import reference
from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.run import ID, Run

__all__ = ["ENROLLED", "ENROLMENT", "domein_of_content", "enrolled"]

ENROLMENT: Final = ("brin", "student", "inschrijvingvolgnummer")
"""What tells inschrijvingen apart."""

_CHECKED: Final = "inschrijvingsperiodes checked"

ENROLLED: Final = ("inschrijvingsperiode", "leerweg", "niveau", "opleidingcode_inschrijving")
"""What a period says; the first is its first day."""


def enrolled(run: Run, part: Frame) -> Frame:
    """
    Give the period of the same inschrijving that runs on the begindatum.

    Args:
        run: The run.
        part: With ``ID``, the key of the inschrijving, and the begindatum.

    Raises:
        DuplicateKeyError: when two periods have the same key.

    """
    rows = run.keten.frames["inschrijvingsperiodes"]
    if not run.has_made(_CHECKED) and run.engine.count(part):
        run.once(_CHECKED, lambda: _without_doubles(run, rows))
    periods = rows.select(
        *ENROLMENT,
        nw.col("begindatum").alias("inschrijvingsperiode"),
        "leerweg",
        "niveau",
        nw.col("opleidingcode").alias("opleidingcode_inschrijving"),
    )
    begun = run.engine.hold(
        part.join(periods, on=list(ENROLMENT), how="inner")
        .filter(nw.col("inschrijvingsperiode") <= nw.col("begindatum"))
        .select(ID, *ENROLLED)
    )
    last = begun.group_by(ID).agg(nw.col("inschrijvingsperiode").max())
    return begun.join(last, on=[ID, "inschrijvingsperiode"], how="inner")


def _without_doubles(run: Run, rows: Frame) -> Frame:
    run.engine.refuse_doubles(rows, "inschrijvingsperiodes", [*ENROLMENT, "begindatum"])
    return rows


def domein_of_content(run: Run, frame: Frame) -> Frame:
    """Give a frame the domein of its content: of its opleiding, or for a keuzedeel that of the inschrijving."""
    known = run.opgezocht("uitwisselingen", "keuzedeelcode")
    own = nw.col("opleidingcode") if known else nw.lit(None).cast(nw.String)
    of_keuzedeel: Any = nw.lit(None).cast(nw.String)
    if run.opgezocht("inschrijvingsperiodes"):
        part = frame.filter(~nw.col("keuzedeelcode").is_null() & ~nw.col("begindatum").is_null())
        part = run.engine.hold(part.select(ID, *ENROLMENT, "begindatum"))
        found = enrolled(run, part).select(ID, nw.col("opleidingcode_inschrijving").alias("_enrolled"))
        frame = frame.join(found, on=ID, how="left")
        of_keuzedeel = nw.col("_enrolled")
    code = nw.when(nw.col("keuzedeelcode").is_null()).then(own).otherwise(of_keuzedeel)
    return reference.with_domein(run, frame.with_columns(code.alias("_domein_van")), "_domein_van", "domein")
