"""Repairing what a melding is about removes it, and breaks the same rule nowhere else."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.kit import held, ready, seeded

from bpvo_rules.questions import RULES
from bpvo_rules.testing.answer import answer_of
from bpvo_rules.testing.laws import judge_of_library, law_named
from bpvo_rules.testing.repairs import BEYOND_REPAIR, REPAIRS, repaired
from bpvo_rules.testing.strategies import nudge_to_boundary, worlds
from bpvo_rules.testing.worlds import World


@pytest.mark.parametrize("batch", range(4))
def test_a_repair_removes_its_melding_and_adds_none_of_the_same_rule(batch: int) -> None:
    """Every melding, one at a time."""
    assert held("repair", seeded(range(batch * 60, (batch + 1) * 60)), thorough=True) > 60


@settings(max_examples=25, deadline=None)
@given(world=worlds().flatmap(nudge_to_boundary), chance=st.randoms(use_true_random=False))
def test_a_repair_on_a_boundary(world: World, chance: random.Random) -> None:
    """Other worlds in every run, with a day on a boundary."""
    law_named("repair").check(judge_of_library, ready(world), chance)


def test_every_rule_has_a_repair_or_a_reason() -> None:
    assert {*REPAIRS, *BEYOND_REPAIR} == {rule.code for rule in RULES}
    assert not {*REPAIRS} & {*BEYOND_REPAIR}


def test_a_melding_of_every_rule_is_repaired() -> None:
    """A repair that always gives nothing would hold to any law."""
    done: Counter[str] = Counter()
    for world in map(ready, seeded(range(900))):
        if len(+done) == len(REPAIRS):
            break
        for (rule, subject), evidence in (answer_of(judge_of_library, world).meldingen or {}).items():
            if rule in REPAIRS and not done[rule]:
                done[rule] += repaired(world, rule, subject, evidence) is not None

    assert set(+done) == set(REPAIRS)
