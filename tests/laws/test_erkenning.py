"""Another recognition never uncovers a day and never worsens questions 1 and 2; part of what is covered is covered."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.kit import held, ready, seeded

from bpvo_rules.testing.laws import judge_of_library, law_named
from bpvo_rules.testing.strategies import nudge_to_boundary, worlds
from bpvo_rules.testing.worlds import World


@pytest.mark.parametrize("batch", range(3))
def test_one_more_recognition(batch: int) -> None:
    """Nothing got worse, and often something got better."""
    assert held("recognition_never_worsens", seeded(range(batch * 25, (batch + 1) * 25)), seed=batch) > 20


@pytest.mark.parametrize("batch", range(3))
def test_one_more_recognition_uncovers_no_day(batch: int) -> None:
    """No number of uncovered days rose, and some fell."""
    assert held("recognition_uncovers_no_day", seeded(range(batch * 25, (batch + 1) * 25)), seed=batch) > 10


@settings(max_examples=20, deadline=None)
@given(world=worlds(), chance=st.randoms(use_true_random=False))
def test_one_more_recognition_in_other_worlds(world: World, chance: random.Random) -> None:
    """Other worlds in every run."""
    for law in ("recognition_never_worsens", "recognition_uncovers_no_day"):
        law_named(law).check(judge_of_library, ready(world), chance)


@pytest.mark.parametrize("batch", range(3))
def test_part_of_what_is_covered_is_covered(batch: int) -> None:
    """On an earlier or later peildatum, and with fewer days."""
    assert held("shorter_is_covered", seeded(range(batch * 60, (batch + 1) * 60)), seed=batch) > 20


@settings(max_examples=20, deadline=None)
@given(world=worlds().flatmap(nudge_to_boundary), chance=st.randoms(use_true_random=False))
def test_part_of_what_is_covered_on_a_boundary(world: World, chance: random.Random) -> None:
    """Other worlds in every run, with a day on a boundary."""
    law_named("shorter_is_covered").check(judge_of_library, ready(world), chance)
