"""The records behind some subjects, so that the reference can say what they are."""

from collections.abc import Collection
from typing import Any, final

import attrs
import narwhals.stable.v2 as nw

from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.keten import LARGE
from bpvo_rules.frames.records import records
from bpvo_rules.frames.run import Run
from bpvo_rules.judge.judge import Judge
from bpvo_rules.judge.judgement import Judgement
from bpvo_rules.model import TABLES

__all__ = ["Chosen", "judged_by_reference"]

_PERSON = ["brin", "student"]


@final
@attrs.frozen(kw_only=True)
class Chosen:
    """
    Frames of subjects that are wanted; ``None`` where none of a type are.

    Attributes:
        persons: Schools and students of BPVO's and deliveries.
        aanvragen: Requests, by ``aanvraag_id``.
        metingen: Measurements, with the columns of their table.

    """

    persons: Frame | None = None
    aanvragen: Frame | None = None
    metingen: Frame | None = None


def judged_by_reference(run: Run, chosen: Chosen) -> Judgement:
    """
    Judge the records behind some subjects with the reference.

    All deliveries and periods of their students come with them, and the
    recognitions of the companies in those: that is everything that an outcome
    of theirs can rest on.
    """
    tables: dict[str, Any] = {}
    engine, frames = run.engine, run.keten.frames
    if chosen.persons is not None and "uitwisselingen" in frames:
        persons = engine.hold(chosen.persons.select(_PERSON).unique())
        sent = engine.hold(frames["uitwisselingen"].join(persons, on=_PERSON, how="semi"))
        tables["uitwisselingen"] = sent
        if "inschrijvingsperiodes" in frames:
            tables["inschrijvingsperiodes"] = frames["inschrijvingsperiodes"].join(persons, on=_PERSON, how="semi")
        companies = engine.hold(sent.filter(~nw.col("leerbedrijf_id").is_null()).select("leerbedrijf_id").unique())
        for name in ("leerbedrijven", "erkenningen"):
            if name in frames:
                tables[name] = frames[name].join(companies, on="leerbedrijf_id", how="semi")
    if chosen.aanvragen is not None:
        wanted = chosen.aanvragen.select("aanvraag_id")
        tables["erkenningsaanvragen"] = frames["erkenningsaanvragen"].join(wanted, on="aanvraag_id", how="semi")
    if chosen.metingen is not None:
        tables["white_label_metingen"] = chosen.metingen
    keten = run.keten.klein.with_tables({name: _records(run, name, tables.get(name)) for name in _looked_up(run)})
    return Judge(run.settings).keten(
        keten,
        peildatum=run.context.peildatum,
        kennisdatum=run.context.kennisdatum,
        perspectief=run.perspectief,
    )


def _looked_up(run: Run) -> Collection[str]:
    return [name for name in LARGE if run.keten.is_opgezocht(name)]


def _records(run: Run, name: str, frame: Frame | None) -> list[Any]:
    if frame is None:
        return []
    columns = list(TABLES[name].columns)
    return list(records(name, columns, run.engine.rows(frame.select(columns))))
