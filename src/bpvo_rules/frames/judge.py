"""Judge frames: from the tables of a keten to outcomes, whatever rule may fail."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

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
    with careful(run.engine, "the judgement"):
        return _judge(run, stages or {})


def _judge(run: Run, stages: Mapping[SubjectType, Sequence[Stage]]) -> FrameJudgement:
    parts: dict[SubjectType, FramePart] = {}
    ran: dict[SubjectType, tuple[Rule, ...]] = {}
    patterns: dict[SubjectType, Mapping[Pattern, int]] = {}
    failures: list[Failure] = []
    seconds: dict[str, float | None] = {}
    for subject, kind in KINDS.items():
        rules = [rule for rule in run.settings.rules if rule.subject is subject]
        if not rules:
            continue
        steps = (*kind.stages, *stages.get(subject, ()))
        made = {*kind.own, *(name for stage in steps for name in stage.facts)}
        rules = [rule for rule in rules if not _without_frame_form(rule, made, run, failures)]
        ran[subject], patterns[subject] = tuple(rules), {}
        if not run.keten.is_opgezocht(kind.table):
            # As in the reference: these rules ran, over nothing.
            seconds.update((rule.code, None) for rule in rules)
            continue
        with run.timed(f"{subject.name}: subjects"):
            subjects = kind.subjects(run)
        outcomes = partial(work_out, run, subjects, subject=subject, stages=steps)
        try:
            part, found = outcomes(rules, seconds=seconds)
        except BpvoRulesError:
            # Of the input, not of a rule.
            raise
        except Exception:  # noqa: BLE001 - whatever a rule raises, the others must run
            rules = [rule for rule in rules if not _fails(outcomes, rule, failures)]
            part, found = outcomes(rules, seconds=seconds)
        parts[subject], patterns[subject], ran[subject] = part, found, part.rules
    return FrameJudgement(run=run, parts=parts, ran=ran, patterns=patterns, failures=tuple(failures), seconds=seconds)


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
