"""The judge and the slow second opinion agree on every rule for every subject of many small, nasty chains."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from tests.oracle.rules import FOUT_ON_PRIMARY_SUBJECT, oracle_question_outcomes, oracle_verdicts
from tests.oracle.worlds import World, seeded_world, worlds

from bpvo_rules import judge

BATCHES, SIZE = 20, 100


def differences(world: World) -> Mapping[tuple[str, str], tuple[str | None, str | None]]:
    """Give what the judge says and what the second opinion says, where these differ."""
    judgement = judge(world.keten, **world.arguments)
    judged = {(v.rule, v.subject): str(v.outcome) for v in judgement.verdicts()}
    expected = oracle_verdicts(world.keten, **world.arguments)
    found = {
        key: (judged.get(key), expected.get(key))
        for key in sorted(judged.keys() | expected.keys())
        if judged.get(key) != expected.get(key)
    }
    for question in FOUT_ON_PRIMARY_SUBJECT:
        ours = {subject: str(outcome) for subject, outcome in judgement.question_outcomes(question).items()}
        theirs = oracle_question_outcomes(expected, question)
        for subject in ours.keys() | theirs.keys():
            if ours.get(subject) != theirs.get(subject):
                found[question, subject] = ours.get(subject), theirs.get(subject)
    return found


@pytest.mark.parametrize("batch", range(BATCHES))
def test_seeded_worlds(batch: int) -> None:
    """The same worlds in every run."""
    found = {
        seed: wrong for seed in range(batch * SIZE, (batch + 1) * SIZE) if (wrong := differences(seeded_world(seed)))
    }

    assert found == {}


@settings(max_examples=200, deadline=None)
@given(world=worlds())
def test_other_worlds(world: World) -> None:
    """Other worlds in every run; Hypothesis shrinks what differs."""
    assert differences(world) == {}
