"""Never look ahead: what is not known on K changes nothing for K, in either perspectief."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.judge.werelden import JUDGE, run_of
from tests.laws.kit import held, ready, seeded

from bpvo_rules.foto import Policy, aggregate
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES
from bpvo_rules.testing.later import Later, added, comparable, filled
from bpvo_rules.testing.laws import judge_of_library, law_named
from bpvo_rules.testing.strategies import worlds
from bpvo_rules.testing.worlds import World, seeded_world


@pytest.mark.parametrize("batch", range(4))
def test_what_is_not_known_on_k_changes_nothing(batch: int) -> None:
    """Deliveries, register rows, requests, measurements and maintenance; and what happens later to rows there are."""
    assert held("no_look_ahead", seeded(range(batch * 60, (batch + 1) * 60)), seed=batch) > 100


@settings(max_examples=40, deadline=None)
@given(world=worlds(), chance=st.randoms(use_true_random=False))
def test_what_is_not_known_on_k_in_other_worlds(world: World, chance: random.Random) -> None:
    """Other worlds in every run."""
    law_named("no_look_ahead").check(judge_of_library, ready(world), chance)


def test_a_foto_does_not_look_ahead_either() -> None:
    """K is the day of the foto: what came later is in the next one."""
    chance = random.Random(0)  # noqa: S311 - chance for tests, not for secrets
    for seed in range(60):
        world = seeded_world(seed)._replace(kennisdatum=None, perspectief="keten")
        if comparable(world):
            fotos = [
                aggregate(JUDGE.keten(keten, **run_of(world)), policy=Policy.NIVEAU)
                for keten in (world.keten, added(world, seeded_world(seed + 5000), chance), filled(world, chance))
            ]
            assert fotos[0] == fotos[1] == fotos[2], seed


def test_the_law_is_about_every_table_with_a_day_on_which_rows_became_known() -> None:
    """The others hold reference data and inschrijvingen, which have no such day."""
    later = Later(random.Random(0), date(2018, 10, 1))  # noqa: S311 - chance for tests, not for secrets
    timeless = {"instellingen", "opleidingen", "equivalenten", "keuzedelen", "inschrijvingen", "inschrijvingsperiodes"}

    assert set(later.rows(Keten(), Keten())) | timeless == set(TABLES)
