"""Shifting every date by whole weeks shifts the evidence and nothing else, for rules that know no calendar."""

from datetime import timedelta

import pytest
from tests.judge.werelden import JUDGE, judged
from tests.laws.kit import held, seeded

from bpvo_rules.testing.changes import shifted
from bpvo_rules.testing.laws import law_named
from bpvo_rules.testing.worlds import seeded_world


@pytest.mark.parametrize("batch", range(3))
def test_a_shift_by_whole_weeks_changes_no_outcome(batch: int) -> None:
    """Over leap days, year ends and the days on which laws and lists changed."""
    assert held("shift_of_outcomes", seeded(range(batch * 50, (batch + 1) * 50)), seed=batch) > 300


@pytest.mark.parametrize("batch", range(3))
def test_a_shift_by_whole_weeks_shifts_the_evidence(batch: int) -> None:
    assert held("shift_of_evidence", seeded(range(batch * 50, (batch + 1) * 50)), seed=batch) > 30


@pytest.mark.parametrize("weeks", [-200, -53, 4, 521])
def test_reasons_ids_and_domeinen_stay(weeks: int) -> None:
    """Neither why something cannot be determined nor where a melding belongs has a calendar."""
    rules, by = law_named("shift_of_evidence").rules, timedelta(weeks=weeks)
    for seed in range(40):
        world = seeded_world(seed)
        run = {
            "peildatum": world.peildatum + by,
            "kennisdatum": None if world.kennisdatum is None else world.kennisdatum + by,
        }
        here = judged(world)
        there = JUDGE.keten(shifted(world.keten, by), perspectief=world.perspectief, **run)  # type: ignore[arg-type]
        verdicts = [[v for v in j.verdicts() if v.rule in rules] for j in (here, there)]
        assert verdicts[0] == verdicts[1]
        meldingen = [[(m.id, m.subject, m.domein) for m in j.meldingen() if m.rule in rules] for j in (here, there)]
        assert meldingen[0] == meldingen[1]
