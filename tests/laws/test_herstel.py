"""Repairing what a melding is about removes it, and breaks the same rule nowhere else."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.kit import held, ready, seeded

from bpvo_rules.questions import BPVO, RULES
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


def test_a_melding_of_every_rule_is_repaired_or_there_is_a_reason_why_none_can_be() -> None:
    """A repair that always gives nothing would hold to any law."""
    asked = {rule.code for rule in RULES} - set(BEYOND_REPAIR)
    done: Counter[str] = Counter()
    for world in map(ready, seeded(range(900))):
        if len(+done) == len(asked):
            break
        for (rule, subject), evidence in (answer_of(judge_of_library, world).meldingen or {}).items():
            if rule in asked and not done[rule]:
                done[rule] += repaired(world, rule, subject, evidence) is not None

    assert set(+done) == asked
    assert set(REPAIRS) <= asked


def test_only_what_happened_or_is_late_is_beyond_repair() -> None:
    """By hand from the texts of the rules: of everything else in the data somebody can make a melding go away."""
    late = {"tijdig_bij_duo", "tijdig_bij_sbb", "bij_duo_rond_aanvang", "besluit_overschrijding_gemotiveerd"}
    late |= {"wijziging_tijdig_bij_duo", "terugkoppeling_tijdig", "kennisgeving_tijdig"}
    happened = {"levering_geaccepteerd", "white_label_antwoordt", "white_label_vlot"}

    assert {code for code in late if "late" in BEYOND_REPAIR[code]} == late
    assert {code for code in happened if "stays as it was" in BEYOND_REPAIR[code]} == happened
    for rule in RULES:
        if rule.subject is BPVO and rule.code in BEYOND_REPAIR:
            assert "on_time" in repr(rule.requirement)


def test_a_repair_that_is_looked_for_meets_the_rule_or_takes_it_away_and_is_the_same_each_time() -> None:
    """What makes it impossible to decide is no repair."""
    seen: Counter[str] = Counter()
    for world in map(ready, seeded(range(150))):
        for (rule, subject), evidence in (answer_of(judge_of_library, world).meldingen or {}).items():
            if rule not in REPAIRS and rule not in BEYOND_REPAIR:
                mended, again = (repaired(world, rule, subject, evidence) for _ in range(2))
                if mended is None:
                    assert again is None
                else:
                    assert again is not None
                    assert mended.uitwisselingen == again.uitwisselingen
                    outcome = answer_of(judge_of_library, world, mended).outcomes[rule, subject]
                    assert outcome in {"voldoet", "niet_van_toepassing"}
                    seen[outcome] += 1

    assert seen["voldoet"] > 50
