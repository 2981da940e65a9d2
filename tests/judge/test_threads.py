"""One Judge serves many threads at the same time."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.judge.werelden import judged

from bpvo_rules import Judge
from bpvo_rules.judge import make_settings, receipt
from bpvo_rules.testing.worlds import World, seeded_world

WORLDS = [seeded_world(seed) for seed in range(9000, 9012)]
THREADS = 8


@pytest.fixture
def impatient() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def said(judge: Judge, world: World) -> object:
    """Give everything that a judgement says."""
    judgement = judged(world, judge)
    singles = [
        list(judge.bpvo(bpvo, peildatum=world.peildatum, stand=judgement.context.stand).verdicts())
        for bpvo in judgement.context.stand.bpvos
    ]
    return list(judgement.verdicts()), judgement.meldingen(), receipt(judgement), singles


@pytest.mark.usefixtures("impatient")
def test_a_judge_that_threads_share_gives_each_the_same_answers() -> None:
    """Programs are compiled and terms worked out while others use them."""
    expected = [said(Judge(make_settings(norms={"speling_na_aanvang": 1})), world) for world in WORLDS]
    shared = Judge(make_settings(norms={"speling_na_aanvang": 1}))
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda _: [said(shared, world) for world in WORLDS], range(THREADS)))

    assert found == [expected] * THREADS
