"""Facts of frames are those of the reference, for every subject and not only where a rule needs them."""

from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
import pytest
from tests.frames.motoren import engine
from tests.judge.werelden import JUDGE, judged, run_of

from bpvo_rules.frames import FrameKeten
from bpvo_rules.frames.kinds import KINDS
from bpvo_rules.frames.records import day_number
from bpvo_rules.frames.run import Run, existing
from bpvo_rules.judge.judgement import Judgement
from bpvo_rules.judge.keys import KEYS
from bpvo_rules.keten import Perspectief
from bpvo_rules.questions import RULES, SUBJECTS
from bpvo_rules.rules import Fact, SubjectType, ValueType
from bpvo_rules.rules.source import closed_facts, compute_facts
from bpvo_rules.testing.worlds import seeded_world

STAND_INS = {"stagefonds_categorieen", "dubbele_bpvos"}
"""Lists of codes, of which frames only know how many there are, or that there are any."""

READ = {fact for rule in RULES for fact in rule.reads}
ALSO = {"domein", "brin"}
"""What a foto counts by."""


def compared(subject: SubjectType) -> list[Fact]:
    """Give the facts of which frames have a column."""
    inside = {ValueType.INTERNAL, ValueType.CODES, ValueType.PERIODES}
    wanted = [f for f in subject.facts if (f in READ or f.name in ALSO) and f.type not in inside]
    return [fact for fact in wanted if fact.name not in STAND_INS]


def plain(value: Any) -> Any:
    """Write a value as it stands in frames."""
    if isinstance(value, bool) or value is None:
        return value
    return day_number(value) if isinstance(value, date) else str(value) if isinstance(value, str) else value


def of_reference(judgement: Judgement, subject: SubjectType) -> dict[str, dict[str, Any]]:
    """Give the facts of every subject, computed one by one."""
    context, key = judgement.context, KEYS[subject]
    return {
        key(one): {
            fact.name: plain(value)
            for fact, value in compute_facts(subject.facts, one, context, context.not_looked_up).items()
        }
        for one in judgement.parts[subject].subjects
    }


@pytest.mark.parametrize("seed", range(700, 716))
def test_every_fact_that_a_rule_reads(seed: int) -> None:
    world = seeded_world(seed)
    reference = judged(world)
    with engine("polars") as made:
        run = Run.van(
            FrameKeten.uit(world.keten, made),
            JUDGE.settings,
            peildatum=reference.peildatum,
            kennisdatum=reference.kennisdatum,
            perspectief=Perspectief(run_of(world)["perspectief"]),
            everywhere=True,
        )
        for subject, kind in KINDS.items():
            if not run.keten.is_opgezocht(kind.table):
                continue
            facts = [f for f in compared(subject) if f not in closed_facts(subject, run.not_looked_up)]
            rules = [rule for rule in JUDGE.settings.rules if rule.subject is subject]
            frame = existing(run.with_facts(subject, kind.subjects(run), kind.stages, facts, rules))
            columns = [nw.col(fact.name).alias(f"fact_{fact.name}") for fact in facts]
            found = {row[0]: row[1:] for row in made.rows(frame.select(kind.key().alias("subject"), *columns))}
            expected = of_reference(reference, subject)
            assert set(found) == set(expected)
            for name, values in found.items():
                assert dict(zip((f.name for f in facts), values, strict=True)) == {
                    fact.name: expected[name][fact.name] for fact in facts
                }


def test_every_fact_that_a_rule_reads_is_compared() -> None:
    """A new fact that a rule reads must have a form in frames, and a place in the comparison above."""
    made = {n for kind in KINDS.values() for n in (*kind.own, *(name for s in kind.stages for name in s.facts))}
    for subject in SUBJECTS:
        names = {fact.name for fact in compared(subject)}
        for fact in READ:
            if fact.subject is subject:
                assert fact.name in names, fact
                assert fact.attribute or fact.ask or fact.name in made, fact
