"""Judge frames: from the tables of a keten to outcomes, whatever rule may fail."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, final

import attrs

from bpvo_rules.errors import BpvoRulesError, EngineError
from bpvo_rules.frames.engine import careful
from bpvo_rules.frames.judgement import FrameJudgement
from bpvo_rules.frames.keten import FrameKeten
from bpvo_rules.frames.kinds import KINDS
from bpvo_rules.frames.outcomes import FramePart, work_out
from bpvo_rules.frames.run import Run, Stage
from bpvo_rules.judge.result import Failure, Pattern
from bpvo_rules.judge.settings import Settings, make_settings
from bpvo_rules.keten import Perspectief
from bpvo_rules.keten.collector import collector_paused
from bpvo_rules.rules import Rule, SubjectType

__all__ = ["judge_frames"]


def judge_frames(
    keten: FrameKeten,
    *,
    peildatum: date,
    kennisdatum: date | None = None,
    perspectief: Perspectief | str = Perspectief.KETEN,
    settings: Settings | None = None,
    stages: Mapping[SubjectType, Sequence[Stage]] | None = None,
    **options: Any,
) -> FrameJudgement:
    """
    Judge everything that exists in the frames of a keten.

    Args:
        keten: The tables.
        peildatum: The day about which is judged.
        kennisdatum: The last day whose knowledge counts; the peildatum when ``None``.
        perspectief: Whose view of the deliveries counts.
        settings: What it goes by; ``None``: those that ``options`` say.
        stages: How facts of your own are computed for frames, after those of the library. A rule that
            reads a fact without a frame form does not run, and is among the failures.
        options: Those of :func:`bpvo_rules.judge.make_settings`.

    Raises:
        DuplicateKeyError: when a table holds two rows with the same key.
        NormError: in strict mode, when a norm in use was last checked too long ago.

    """
    made = make_settings(**options) if settings is None else settings
    made.stale_norms(peildatum)
    run = Run.van(
        keten,
        made,
        peildatum=peildatum,
        kennisdatum=kennisdatum or peildatum,
        perspectief=Perspectief(perspectief),
    )
    with careful(run.engine, "the judgement"), collector_paused():
        return _judge(run, stages or {})


@final
@attrs.frozen(kw_only=True)
class _Judged:
    """What the rules say about one subject type, of which the table may not have been looked up."""

    part: FramePart | None
    rules: tuple[Rule, ...]
    patterns: Mapping[Pattern, int]
    failures: Sequence[Failure]
    seconds: Mapping[str, float | None]
    times: Mapping[str, float]


def _judge(run: Run, stages: Mapping[SubjectType, Sequence[Stage]]) -> FrameJudgement:
    asked = {subject: [rule for rule in run.settings.rules if rule.subject is subject] for subject in KINDS}
    subjects = [subject for subject, rules in asked.items() if rules]
    tasks = [
        partial(_judge_subject, run.apart(), subject, asked[subject], stages.get(subject, ())) for subject in subjects
    ]
    # The first takes longest. What the last do in Python had better be done while the engine is busiest with that.
    judged = run.engine.each(tasks, begin=[0, *range(len(tasks) - 1, 0, -1)] if tasks else [])
    found = dict(zip(subjects, judged, strict=True))
    for one in judged:
        run.times.update(one.times)
    return FrameJudgement(
        run=run,
        parts={subject: one.part for subject, one in found.items() if one.part is not None},
        ran={subject: one.rules for subject, one in found.items()},
        patterns={subject: one.patterns for subject, one in found.items()},
        failures=tuple(failure for one in judged for failure in one.failures),
        seconds={code: taken for one in judged for code, taken in one.seconds.items()},
    )


def _judge_subject(run: Run, subject: SubjectType, rules: Sequence[Rule], stages: Sequence[Stage]) -> _Judged:
    kind = KINDS[subject]
    failures: list[Failure] = []
    seconds: dict[str, float | None] = {}
    steps = (*kind.stages, *stages)
    made = {*kind.own, *(name for stage in steps for name in stage.facts)}
    rules = [rule for rule in rules if not _without_frame_form(rule, made, run, failures)]
    part: FramePart | None = None
    patterns: Mapping[Pattern, int] = {}
    if run.keten.is_opgezocht(kind.table):
        with run.timed(f"{subject.name}: subjects"):
            subjects = kind.subjects(run)
        outcomes = partial(work_out, run, subjects, subject=subject, stages=steps)
        try:
            part, patterns = outcomes(rules, seconds=seconds)
        except BpvoRulesError:
            # Of the input, not of a rule.
            raise
        except Exception:  # noqa: BLE001 - whatever a rule raises, the others must run
            rules = [rule for rule in rules if not _fails(outcomes, rule, failures)]
            part, patterns = outcomes(rules, seconds=seconds)
        rules = part.rules
    else:
        # As in the reference: these rules ran, over nothing.
        seconds.update((rule.code, None) for rule in rules)
    return _Judged(
        part=part, rules=tuple(rules), patterns=patterns, failures=failures, seconds=seconds, times=run.times
    )


def _without_frame_form(rule: Rule, made: Collection[str], run: Run, failures: list[Failure]) -> bool:
    if not run.without_frame_form(rule, made):
        return False
    failures.append(Failure(rule=rule.code, error=EngineError.__name__))
    return True


def _fails(outcomes: Callable[..., object], rule: Rule, failures: list[Failure]) -> bool:
    """Run one rule by itself to see whether it is the one that fails."""
    try:
        outcomes([rule], seconds={})
    except Exception as error:  # noqa: BLE001 - as above; the message stays out, it may hold values
        failures.append(Failure(rule=rule.code, error=type(error).__name__))
        return True
    return False
