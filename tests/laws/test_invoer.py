"""Neither the order of the input nor how it is split changes an answer."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.judge.werelden import JUDGE, judged, run_of
from tests.laws.kit import held, ready, seeded

from bpvo_rules.judge import storingen
from bpvo_rules.testing.changes import PER_SCHOOL, split
from bpvo_rules.testing.laws import judge_of_library, law_named
from bpvo_rules.testing.strategies import worlds
from bpvo_rules.testing.worlds import World, seeded_world


@settings(max_examples=40, deadline=None)
@given(world=worlds(), chance=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(world: World, chance: random.Random) -> None:
    """Not even the order of what comes out."""
    law_named("order").check(judge_of_library, ready(world), chance)


def test_every_table_of_a_school_is_split() -> None:
    assert PER_SCHOOL == (
        "inschrijvingen",
        "inschrijvingsperiodes",
        "uitwisselingen",
        "erkenningsaanvragen",
        "white_label_metingen",
    )


@pytest.mark.parametrize("batch", range(3))
def test_judging_school_by_school_gives_what_judging_them_together_gives(batch: int) -> None:
    """The verdicts and meldingen of the parts together are those of the whole, reasons and texts too."""
    assert held("splitting", seeded(range(batch * 60, (batch + 1) * 60))) > 100


@pytest.mark.parametrize("batch", range(3))
def test_the_counts_and_storingen_of_schools_add_up(batch: int) -> None:
    for seed in range(batch * 60, (batch + 1) * 60):
        world = seeded_world(seed)
        whole = judged(world)
        parts = [JUDGE.keten(keten, **run_of(world)) for keten in split(world.keten)]

        assert sorted(s for p in parts for s in storingen(p)) == sorted(storingen(whole)), seed
        for question, counts in whole.question_counts.items():
            added = sum((Counter(p.question_counts[question]) for p in parts), Counter())
            assert all(added[outcome] == number for outcome, number in counts.items()), seed
