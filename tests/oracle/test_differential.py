"""The judge and the slow second opinion agree on every rule for every subject of many small, nasty chains."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from tests.judge.werelden import run_of
from tests.oracle.rules import PRIMARY, oracle_question_outcomes, oracle_verdicts

from bpvo_rules import Perspectief, Stand, judge_bpvo
from bpvo_rules.testing.answer import ready_judge
from bpvo_rules.testing.strategies import worlds
from bpvo_rules.testing.worlds import World, seeded_world

BATCHES, SIZE = 12, 100


def differences(world: World) -> Mapping[tuple[str, str], tuple[str | None, str | None]]:
    """Give what the judge says and what the second opinion says, where these differ."""
    judgement = ready_judge(world.norms).keten(world.keten, **run_of(world))
    judged = {(v.rule, v.subject): str(v.outcome) for v in judgement.verdicts()}
    expected = oracle_verdicts(world.keten, **world.arguments)
    found = {
        key: (judged.get(key), expected.get(key))
        for key in sorted(judged.keys() | expected.keys())
        if judged.get(key) != expected.get(key)
    }
    for question in PRIMARY:
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


def differences_one_by_one(world: World) -> Mapping[tuple[str, str], tuple[str | None, str | None]]:
    """Judge every BPVO on its own, as a form does, and give where that differs from the second opinion."""
    keten, arguments = world.keten, dict(world.arguments)
    stand = Stand(
        keten=keten.with_tables({"uitwisselingen": None}),
        kennisdatum=world.kennisdatum or world.peildatum,
        perspectief=Perspectief(world.perspectief),
    )
    expected = oracle_verdicts(keten, **arguments)
    found: dict[tuple[str, str], tuple[str | None, str | None]] = {}
    bpvos = Stand(keten=keten, kennisdatum=stand.kennisdatum, perspectief=stand.perspectief).bpvos
    for bpvo in bpvos:
        others = [o for o in bpvos if o is not bpvo and (o.brin, o.student) == (bpvo.brin, bpvo.student)]
        judgement = judge_bpvo(
            bpvo, peildatum=world.peildatum, stand=stand, andere_bpvos=others, norms=dict(world.norms)
        )
        judged = {(v.rule, v.subject): str(v.outcome) for v in judgement.verdicts()}
        (subject,) = {subject for _, subject in judged}
        for key in judged.keys() | {key for key in expected if key[1] == subject}:
            if judged.get(key) != expected.get(key):
                found[key] = judged.get(key), expected.get(key)
    return found


@pytest.mark.parametrize("batch", range(4))
def test_one_bpvo_at_a_time(batch: int) -> None:
    """A form that judges one BPVO with its deliveries and its neighbours says what the whole chain says."""
    found = {}
    for seed in range(batch * 50, (batch + 1) * 50):
        world = seeded_world(seed)
        if not any(table == "uitwisselingen" for table, _ in world.keten.niet_opgezocht):
            found[seed] = differences_one_by_one(world)

    assert {seed: wrong for seed, wrong in found.items() if wrong} == {}
