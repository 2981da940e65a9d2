"""Counts of frames: what a foto is made of, without the records."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, final

import attrs
import narwhals.stable.v2 as nw

from bpvo_rules.codes import Brin
from bpvo_rules.foto import Domein, Fotokalender, Plaats, Waar, Zegel
from bpvo_rules.foto.take import Place, Tally, counted_questions, seal, window, zegel_of
from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.facts_other import domein_of_request
from bpvo_rules.frames.inschrijving import domein_of_content
from bpvo_rules.frames.judgement import FrameJudgement
from bpvo_rules.frames.outcomes import FramePart
from bpvo_rules.frames.records import day_number
from bpvo_rules.questions import AANVRAAG, METING
from bpvo_rules.rules import Kind, Outcome, Question
from bpvo_rules.rules.source import OUTCOMES

__all__ = ["FrameTally"]

_QUARTERS: Final = 4
_NOBODY: Final = ""
_MET, _NOT_MET, _UNKNOWN, _OUT_OF_SCOPE = map(OUTCOMES.index, Outcome)


_SETS: Final[tuple[tuple[Outcome, ...] | None, ...]] = (
    *((outcome,) for outcome in Outcome),
    (Outcome.MET, Outcome.NOT_MET),
    tuple(Outcome),
)
"""The outcomes of a question that are counted together."""

_ONE: Final[tuple[tuple[Outcome, ...] | None, ...]] = (None,)


@final
class FrameTally(Tally):
    """
    A tally of what frames counted: subjects per cell and quarter, persons per cell and school.

    Attributes:
        subjects: Per cell, how many there are per quarter and outcome; ``None`` stands for the outcomes of one rule.
        persons: Per cell or school, how many there are per set of outcomes and first quarter.

    """

    def __init__(self, *, has_persons: bool) -> None:
        self._has_persons = has_persons
        self.subjects: dict[Place, dict[tuple[int, Outcome | None], int]] = {}
        self.persons: dict[tuple[Place, Any, int], int] = {}

    @property
    def cells(self) -> Sequence[Place]:
        """The cells with a subject, sorted."""
        return sorted(self.subjects)

    @property
    def has_persons(self) -> bool:
        """Whether there are persons behind the subjects."""
        return self._has_persons

    def waar(self, area: Place, cells: Sequence[Place], first: int, outcomes: Sequence[Outcome] | None) -> Waar:
        """
        Count what is in a cell or margin.

        Args:
            area: The cell or margin.
            cells: The cells in it.
            first: The first quarter that counts, from 0 on.
            outcomes: The outcomes that count; ``None`` for the subjects that do not meet one rule.

        """
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
    counted: dict[str, Tally] = {question.code: FrameTally(has_persons=False) for question in questions}
    failed: dict[tuple[str, str], Tally] = {
        (question.code, rule.code): FrameTally(has_persons=False) for question in questions for rule in question.rules
    }
    for part in judgement.parts.values():
        wanted: list[_Wanted] = [
            _Wanted(_question_outcome(judgement, question, part), tuple(range(len(OUTCOMES))), _SETS, question.code)
            for question in questions
            if question.subject is part.subject
        ]
        for at, rule in enumerate(part.rules):
            key = (judgement.settings.question_of[rule.code].code, rule.code)
            if key in failed and judgement.counts[rule.code][Outcome.NOT_MET]:
                wanted.append(_Wanted(part.outcome(at), (_NOT_MET,), _ONE, key))
        for one, tally in zip(wanted, _tallies(judgement, part, starts, wanted), strict=True):
            if isinstance(one.about, str):
                counted[one.about] = tally
            else:
                failed[one.about] = tally
    return zegel_of(judgement, starts, counted, failed)


@final
@attrs.frozen
class _Wanted:
    """
    Something to count.

    Attributes:
        outcome: The outcome of each subject, as an expression.
        numbers: The outcomes that are counted, as places in ``OUTCOMES``.
        sets: The outcomes that are counted together, for persons; ``None`` stands for what a rule finds.
        about: The code of a question, or of a question and a rule.

    """

    outcome: Any
    numbers: tuple[int, ...]
    sets: tuple[tuple[Outcome, ...] | None, ...]
    about: str | tuple[str, str]

    def named(self, number: int) -> Outcome | None:
        """Give an outcome by which a tally counts."""
        return OUTCOMES[number] if isinstance(self.about, str) else None

    def inside(self, chosen: tuple[Outcome, ...] | None) -> tuple[int, ...]:
        """Give the places of outcomes that are counted together."""
        return self.numbers if chosen is None else tuple(OUTCOMES.index(outcome) for outcome in chosen)


def _in_window(judgement: FrameJudgement, part: FramePart, starts: Sequence[date], wanted: Sequence[_Wanted]) -> Frame:
    """Give the subjects of the window with cell, quarter, person, and the outcomes to count."""
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
    return run.engine.hold(
        frame.select(
            nw.col("brin").fill_null(_NOBODY).alias("_school"),
            "domein",
            "_person",
            quarter.alias("_quarter"),
            *(one.outcome.alias(f"_w{at}") for at, one in enumerate(wanted)),
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


def _tallies(
    judgement: FrameJudgement, part: FramePart, starts: Sequence[date], wanted: Sequence[_Wanted]
) -> list[FrameTally]:
    """Count everything about the subjects of one type, in a few queries for all of it."""
    tallies = [FrameTally(has_persons=part.subject is not METING) for _ in wanted]
    if not wanted:
        return tallies
    engine = judgement.run.engine
    rows = _in_window(judgement, part, starts, wanted)
    pairs = [(at, number) for at, one in enumerate(wanted) for number in one.numbers]
    flags = {f"_c{at}_{number}": _flag(nw.col(f"_w{at}") == number) for at, number in pairs}
    counted = rows.with_columns(flag.alias(name) for name, flag in flags.items())
    counted = counted.group_by("_school", "domein", "_quarter").agg(*(nw.col(name).sum() for name in flags))
    for school, domein, quarter, *numbers in engine.rows(counted):
        for (at, number), count in zip(pairs, numbers, strict=True):
            if count:
                cell = tallies[at].subjects.setdefault(_place(part, school, domein), {})
                cell[quarter, wanted[at].named(number)] = count
    if part.subject is METING:
        return tallies
    last = rows.with_columns(
        nw.when(nw.col(f"_w{at}") == number).then(nw.col("_quarter")).otherwise(nw.lit(-1)).alias(f"_l{at}_{number}")
        for at, number in pairs
    )
    latest = [nw.col(f"_l{at}_{number}").max() for at, number in pairs]
    per_cell = engine.hold(last.group_by("_school", "domein", "_person").agg(*latest))
    per_school = engine.hold(per_cell.group_by("_school", "_person").agg(*latest))
    for area, persons in ((["_school", "domein"], per_cell), (["_school"], per_school)):
        _count_persons(judgement, part, list(zip(wanted, tallies, strict=True)), persons=persons, area=area)
    return tallies


def _count_persons(
    judgement: FrameJudgement,
    part: FramePart,
    counting: Sequence[tuple[_Wanted, FrameTally]],
    *,
    persons: Frame,
    area: list[str],
) -> None:
    """Count per cell or school the persons whose last subject with some outcomes starts in a quarter or later."""
    asked = [
        (at, chosen, first) for at, (one, _) in enumerate(counting) for chosen in one.sets for first in range(_QUARTERS)
    ]
    names = [f"_p{number}" for number in range(len(asked))]
    flags = [
        _flag(
            nw.any_horizontal(
                *(nw.col(f"_l{at}_{number}") >= first for number in counting[at][0].inside(chosen)), ignore_nulls=True
            )
        ).alias(name)
        for name, (at, chosen, first) in zip(names, asked, strict=True)
    ]
    counted = persons.with_columns(*flags).group_by(*area).agg(*(nw.col(name).sum() for name in names))
    for row in judgement.run.engine.rows(counted):
        place = _place(part, row[0], row[1] if len(area) > 1 else str(Plaats.ALLE))
        for (at, chosen, first), count in zip(asked, row[len(area) :], strict=True):
            counting[at][1].persons[place, chosen, first] = count


def _flag(condition: Any) -> Any:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))


def _place(part: FramePart, school: str, domein: str) -> Place:
    where = Plaats.LANDELIJK if school == _NOBODY else Brin(school)
    return where, Plaats.ALLE if part.subject is METING or domein == str(Plaats.ALLE) else Domein(domein)
