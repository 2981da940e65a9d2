"""Counts of frames: what a foto is made of, without the records."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, final

import narwhals.stable.v2 as nw

from bpvo_rules.codes import Brin
from bpvo_rules.foto import Domein, Fotokalender, Plaats, Waar, Zegel
from bpvo_rules.foto.take import Place, Tally, counted_questions, seal, window, zegel_of
from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.facts_other import domein_of_request
from bpvo_rules.frames.inschrijving import domein_of_content
from bpvo_rules.frames.judgement import FrameJudgement, FramePart
from bpvo_rules.frames.records import day_number
from bpvo_rules.questions import AANVRAAG, METING
from bpvo_rules.rules import Kind, Outcome, Question
from bpvo_rules.rules.source import OUTCOMES

__all__: list[str] = []

_QUARTERS: Final = 4
_NOBODY: Final = ""
_MET, _NOT_MET, _UNKNOWN, _OUT_OF_SCOPE = map(OUTCOMES.index, Outcome)


def _sets() -> list[tuple[Outcome, ...]]:
    met, not_met, unknown, outside = Outcome
    return [(met,), (not_met,), (unknown,), (outside,), (met, not_met), (met, not_met, unknown, outside)]


_ONE: Final[tuple[tuple[Outcome, ...] | None, ...]] = (None,)


@final
class _FrameTally(Tally):
    """A tally of what frames counted: subjects per cell and quarter, persons per cell and school."""

    def __init__(self, *, has_persons: bool) -> None:
        self._has_persons = has_persons
        self.subjects: dict[Place, dict[tuple[int, Outcome | None], int]] = {}
        self.persons: dict[tuple[Place, Any, int], int] = {}

    @property
    def cells(self) -> Sequence[Place]:
        return sorted(self.subjects)

    @property
    def has_persons(self) -> bool:
        return self._has_persons

    def waar(self, area: Place, cells: Sequence[Place], first: int, outcomes: Sequence[Outcome] | None) -> Waar:
        wanted = (None,) if outcomes is None else outcomes
        number = sum(
            self.subjects[cell].get((quarter, outcome), 0)
            for cell in cells
            for quarter in range(first, _QUARTERS)
            for outcome in wanted
        )
        if not self._has_persons:
            return Waar(number, None)
        which = None if outcomes is None else tuple(outcomes)
        # Persons of different schools are different persons, so theirs add up; those of one school do not.
        places: Iterable[Place] = [area]
        if area[0] is Plaats.ALLE:
            places = cells if area[1] is not Plaats.ALLE else {(cell[0], Plaats.ALLE) for cell in cells}
        return Waar(number, sum(self.persons.get((place, which, first), 0) for place in places))


@seal.register
def _(judgement: FrameJudgement, *, kalender: Fotokalender | None = None) -> Zegel:
    starts = window(judgement, kalender)
    questions = counted_questions(judgement)
    counted: dict[str, Tally] = {}
    failed: dict[tuple[str, str], Tally] = {}
    framed = {subject: _in_window(judgement, part, starts) for subject, part in judgement.parts.items()}
    for question in questions:
        part = judgement.parts.get(question.subject)
        if part is None:
            counted[question.code] = _FrameTally(has_persons=False)
        else:
            outcome = _question_outcome(judgement, question, part)
            counted[question.code] = _count(judgement, part, framed[question.subject], outcome)
        for rule in question.rules:
            key = (question.code, rule.code)
            failed[key] = _FrameTally(has_persons=False)
            if rule.code in judgement.counts and judgement.counts[rule.code][Outcome.NOT_MET]:
                mine = judgement.parts[rule.subject]
                at = judgement.place(rule.code)[1]
                rows = framed[rule.subject].filter(mine.outcome(at) == _NOT_MET)
                failed[key] = _count(judgement, mine, rows, None)
    return zegel_of(judgement, starts, counted, failed)


def _in_window(judgement: FrameJudgement, part: FramePart, starts: Sequence[date]) -> Frame:
    """Give the subjects of the window with cell, quarter and person."""
    run = judgement.run
    day = {"Erkenningsaanvraag": "dagtekening", "WhiteLabelMeting": "dag"}.get(part.subject.name, "begindatum")
    frame = part.frame.filter(nw.col(day) > day_number(starts[0])).filter(nw.col(day) <= run.p)
    if part.subject is METING:
        frame = frame.with_columns(nw.lit(str(Plaats.ALLE)).alias("domein"), nw.lit(_NOBODY).alias("_person"))
    elif part.subject is AANVRAAG:
        person = nw.when(nw.col("leerbedrijf_id").is_null()).then(nw.col("aanvraag_id"))
        frame = domein_of_request(run, frame).with_columns(person.otherwise(nw.col("leerbedrijf_id")).alias("_person"))
    else:
        frame = domein_of_content(run, frame).with_columns(nw.col("student").alias("_person"))
    quarter: Any = nw.lit(0)
    for at, start in enumerate(starts[1:], start=1):
        quarter = nw.when(nw.col(day) > day_number(start)).then(nw.lit(at)).otherwise(quarter)
    school = nw.col("brin").fill_null(_NOBODY)
    return run.engine.hold(
        frame.with_columns(quarter.alias("_quarter"), school.alias("_school")).select(
            "_school", "domein", "_person", "_quarter", *part.columns
        )
    )


def _question_outcome(judgement: FrameJudgement, question: Question, part: FramePart) -> Any:
    """Give the outcome of a question: of its rules of kind ``fout`` the worst."""
    places = [
        part.outcome(at)
        for at, rule in enumerate(part.rules)
        if rule.kind is Kind.FOUT and judgement.settings.question_of[rule.code] is question
    ]
    failed = {failure.rule for failure in judgement.failures}
    lost = any(
        rule.code in failed and rule.kind is Kind.FOUT and rule.subject is part.subject for rule in question.rules
    )
    found: Any = nw.lit(_UNKNOWN if lost else _OUT_OF_SCOPE)
    order = (_NOT_MET,) if lost else (_MET, _UNKNOWN, _NOT_MET)
    for number in order:
        if places:
            some = nw.any_horizontal(*(place == number for place in places), ignore_nulls=True)
            found = nw.when(some).then(nw.lit(number)).otherwise(found)
    return found


def _count(judgement: FrameJudgement, part: FramePart, rows: Frame, outcome: Any | None) -> _FrameTally:
    engine = judgement.run.engine
    value = nw.lit(0) if outcome is None else outcome
    rows = engine.hold(rows.with_columns(value.alias("_outcome")))
    tally = _FrameTally(has_persons=part.subject is not METING)
    cell = ["_school", "domein"]
    for school, domein, quarter, number, count in engine.rows(
        rows.group_by(*cell, "_quarter", "_outcome").agg(nw.len())
    ):
        place = _place(part, school, domein)
        name = None if outcome is None else OUTCOMES[number]
        tally.subjects.setdefault(place, {})[quarter, name] = count
    if part.subject is METING:
        return tally
    numbers = [0] if outcome is None else list(range(len(OUTCOMES)))
    last = rows.with_columns(
        nw.when(nw.col("_outcome") == number).then(nw.col("_quarter")).otherwise(nw.lit(-1)).alias(f"_last{number}")
        for number in numbers
    )
    latest = [nw.col(f"_last{number}").max() for number in numbers]
    per_cell = engine.hold(last.group_by(*cell, "_person").agg(*latest))
    per_school = engine.hold(per_cell.group_by("_school", "_person").agg(*latest))
    _persons(judgement, tally, per_cell, cell, part, outcome)
    _persons(judgement, tally, per_school, ["_school"], part, outcome)
    return tally


def _persons(
    judgement: FrameJudgement,
    tally: _FrameTally,
    frame: Frame,
    area: Sequence[str],
    part: FramePart,
    outcome: Any | None,
) -> None:
    """Count the persons whose last subject with some outcomes starts in a quarter or later."""
    which: Sequence[tuple[Outcome, ...] | None] = _ONE if outcome is None else _sets()
    flags: Mapping[str, Any] = {
        f"_n{at}_{first}": _reaches([0] if chosen is None else [OUTCOMES.index(o) for o in chosen], first)
        for at, chosen in enumerate(which)
        for first in range(_QUARTERS)
    }
    frame = frame.with_columns(flag.alias(name) for name, flag in flags.items())
    for row in judgement.run.engine.rows(frame.group_by(*area).agg(*(nw.col(name).sum() for name in flags))):
        place = _place(part, row[0], row[1] if len(area) > 1 else str(Plaats.ALLE))
        for at, chosen in enumerate(which):
            for first in range(_QUARTERS):
                tally.persons[place, chosen, first] = row[len(area) + at * _QUARTERS + first]


def _reaches(numbers: Sequence[int], first: int) -> Any:
    some = nw.any_horizontal(*(nw.col(f"_last{number}") >= first for number in numbers), ignore_nulls=True)
    return nw.when(some).then(nw.lit(1)).otherwise(nw.lit(0))


def _place(part: FramePart, school: str, domein: str) -> Place:
    where = Plaats.LANDELIJK if school == _NOBODY else Brin(school)
    return where, Plaats.ALLE if part.subject is METING or domein == str(Plaats.ALLE) else Domein(domein)
