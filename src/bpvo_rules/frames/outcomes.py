"""
Outcomes of a frame of subjects: a small number per rule, and all of them in whole numbers, two bits a rule.

So the outcomes of a subject are one or a few numbers, and counting is grouping
by them.
"""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, final

import attrs
import narwhals.stable.v2 as nw

from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.run import Run, Stage, existing
from bpvo_rules.judge.result import Pattern
from bpvo_rules.rules import Fact, Rule, SubjectType

__all__ = ["FramePart", "work_out"]

_PER_NUMBER: Final = 30
"""Rules whose outcomes go into one whole number of 64 bits."""


@final
@attrs.frozen(kw_only=True)
class FramePart:
    """
    The judgement of one subject type.

    Attributes:
        subject: The subject type.
        rules: The rules that ran.
        facts: Its columns that hold facts.
        frame: Its subjects with their facts, their outcomes per rule in columns ``_o0`` and on, and all of
            those together in columns ``_outcomes0`` and on.

    """

    subject: SubjectType
    rules: tuple[Rule, ...]
    facts: tuple[str, ...]
    frame: Frame

    @property
    def columns(self) -> list[str]:
        """The columns with all outcomes together."""
        return [f"_outcomes{at}" for at in range(-(-len(self.rules) // _PER_NUMBER))]

    def outcome(self, place: int) -> Any:
        """Give the outcome of the rule at a place, as an expression."""
        return nw.col(_column(place))

    def pattern(self, numbers: Sequence[int]) -> Pattern:
        """Give the outcomes of all rules that stand in the numbers of a subject."""
        return tuple((numbers[at // _PER_NUMBER] >> (2 * (at % _PER_NUMBER))) & 3 for at in range(len(self.rules)))


def work_out(
    run: Run,
    subjects: Frame,
    rules: Sequence[Rule],
    *,
    subject: SubjectType,
    stages: Sequence[Stage],
    seconds: dict[str, float | None],
) -> tuple[FramePart, Mapping[Pattern, int]]:
    """
    Give the outcomes of rules for all subjects, and how many subjects have which.

    Args:
        run: The run.
        subjects: The subjects.
        rules: The rules, in their order.
        subject: The subject type.
        stages: Compute its facts.
        seconds: Told how long each rule took; ``None`` where the engine works all of them out together.

    """
    wanted: set[Fact] = {fact for rule in rules for fact in rule.reads}
    frame = run.with_facts(subject, subjects, stages, wanted, rules)
    with run.timed(f"{subject.name}: facts together"):
        frame = run.engine.hold(frame, mostly_held=True)
    names = {fact.name for fact in subject.facts} - {fact.name for fact in run.closed(subject)}
    facts = tuple(name for name in frame.collect_schema().names() if name in names)
    if not rules:
        frame = existing(frame)
        return FramePart(subject=subject, rules=(), facts=facts, frame=frame), {(): run.engine.count(frame)}
    with run.timed(f"{subject.name}: rules"):
        frame = _with_rules(run, frame, rules, subject=subject, seconds=seconds)
        part = FramePart(subject=subject, rules=tuple(rules), facts=facts, frame=frame)
        counted = run.engine.rows(frame.select(part.columns).group_by(*part.columns).agg(nw.len()))
        return part, {part.pattern(row[:-1]): row[-1] for row in counted}


def _with_rules(
    run: Run,
    frame: Frame,
    rules: Sequence[Rule],
    *,
    subject: SubjectType,
    seconds: dict[str, float | None],
) -> Frame:
    """Give a frame with facts the outcomes of rules, packed."""
    conditions = run.conditions(subject)
    codes = [_column(at) for at in range(len(rules))]
    values = [conditions.outcome(rule) for rule in rules]
    if run.engine.ordered:
        frame = run.engine.in_order(frame)
        found = run.engine.each(
            [partial(_timed, frame, name, value) for name, value in zip(codes, values, strict=True)]
        )
        seconds.update((rule.code, taken) for rule, (_, taken) in zip(rules, found, strict=True))
        frame = run.engine.out_of_order(frame.with_columns(*(outcomes for outcomes, _ in found)))
    else:
        # The engine works them out together.
        frame = frame.with_columns(value.alias(name) for name, value in zip(codes, values, strict=True))
        seconds.update((rule.code, None) for rule in rules)
    packed = []
    for first in range(0, len(rules), _PER_NUMBER):
        total: Any = None
        for at in range(first, min(first + _PER_NUMBER, len(rules))):
            one = nw.col(codes[at]).cast(nw.Int64) * 4 ** (at - first)
            total = one if total is None else total + one
        packed.append(total.alias(f"_outcomes{first // _PER_NUMBER}"))
    return existing(run.engine.hold(frame.with_columns(*packed), mostly_held=True))


def _timed(frame: Frame, name: str, value: Any) -> tuple[Any, float]:
    """Work out a column, and say how many seconds it took."""
    start = time.perf_counter()
    # Not by select: a value that is the same for all would be one row.
    return frame.with_columns(value.alias(name))[name], time.perf_counter() - start


def _column(place: int) -> str:
    """Name the column with the outcomes of the rule at a place."""
    return f"_o{place}"
