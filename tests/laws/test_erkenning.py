"""Another recognition never uncovers a day and never worsens questions 1 and 2."""

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.judge.werelden import JUDGE, run_of
from tests.questions.spec import make

from bpvo_rules import Judgement
from bpvo_rules.model import Erkenning, Uitwisseling
from bpvo_rules.rules import Outcome
from bpvo_rules.testing.strategies import worlds
from bpvo_rules.testing.worlds import ANCHORS, COMPANIES, KWALIFICATIES, OPLEIDINGEN, World, seeded_world

QUESTIONS = ("bpvo_erkend_leerbedrijf", "keuzedeel_erkend_leerbedrijf")
NEVER_WORSE = (
    "leerbedrijf_bekend",
    "erkend_bij_aanvang",
    "keuzedeel_leerbedrijf_bekend",
    "keuzedeel_erkend_bij_aanvang",
    "stagefonds_leerbedrijf",
    "stagefonds_tweede_erkenning",
)
"""The others have a recognition in their scope: with one more they apply to more BPVO's."""
UNCOVERED = ("dagen_zonder_erkenning", "elke_dagen_zonder_erkenning")
WORST_FIRST = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET)


def another(row: Uitwisseling, chance: random.Random) -> Erkenning:
    """Draw a recognition that is known on K, most often of a fitting code, for the company of a delivery."""
    fitting = [o[0] for o in OPLEIDINGEN if o[1] == "kwalificatie" and row.opleidingcode in (o[0], o[3], o[4])]
    start = (row.begindatum or chance.choice(ANCHORS)) + timedelta(days=chance.choice((0, 0, -1, 1, -30)))
    end = chance.choice((None, start, start + timedelta(days=chance.randint(0, 60)), start - timedelta(days=1)))
    return make(
        Erkenning,
        leerbedrijf_id=row.leerbedrijf_id or chance.choice(COMPANIES),
        opleidingcode=chance.choice([*KWALIFICATIES, *fitting * 9]),
        van=start,
        tot_en_met=end,
    )


def worse(before: Outcome, after: Outcome) -> bool:
    """Say whether an outcome got worse; one that did not apply still must not."""
    if Outcome.OUT_OF_SCOPE in {before, after}:
        return before is not after
    return WORST_FIRST.index(after) < WORST_FIRST.index(before)


def uncovered(judgement: Judgement) -> dict[tuple[str, str, str], int]:
    """Give the number of uncovered days per BPVO and rule that shows it."""
    found = {}
    for bpvo in judgement.context.stand.bpvos:
        subject = f"{bpvo.brin}/{bpvo.student}/{bpvo.inschrijvingvolgnummer}/{bpvo.volgnummer}"
        for explained in judgement.explain(subject):
            for evidence in explained.evidence:
                if evidence.name in UNCOVERED and evidence.value is not None:
                    found[explained.rule.code, subject, evidence.name] = evidence.value
    return found


def check(world: World, chance: random.Random) -> int:
    """Fill the register of a world one recognition after another, and give the number of outcomes that got better."""
    more = [another(row, chance) for row in world.keten.uitwisselingen or ()] + [*(world.keten.erkenningen or ())]
    chance.shuffle(more)
    rows: list[Erkenning] = []
    before, better = JUDGE.keten(world.keten.with_tables({"erkenningen": rows}), **run_of(world)), 0
    for erkenning in more:
        rows.append(erkenning)
        after = JUDGE.keten(world.keten.with_tables({"erkenningen": rows}), **run_of(world))
        pairs = [(before.question_outcomes(q), after.question_outcomes(q)) for q in QUESTIONS]
        pairs += [(before.outcomes(rule), after.outcomes(rule)) for rule in NEVER_WORSE]
        for first, second in pairs:
            assert [subject for subject, outcome in first.items() if worse(outcome, second[subject])] == []
            better += sum(outcome is not second[subject] for subject, outcome in first.items())
        days, fewer = uncovered(before), uncovered(after)
        assert [key for key, number in days.items() if fewer[key] > number] == []
        before = after
    return better


@pytest.mark.parametrize("batch", range(3))
def test_one_more_recognition(batch: int) -> None:
    """Nothing got worse, and often something got better."""
    chance = random.Random(batch)  # noqa: S311 - chance for tests, not for secrets
    found = [seeded_world(seed) for seed in range(batch * 25, (batch + 1) * 25)]

    assert sum(check(world, chance) for world in found) > 20


@settings(max_examples=20, deadline=None)
@given(world=worlds(), chance=st.randoms(use_true_random=False))
def test_one_more_recognition_in_other_worlds(world: World, chance: random.Random) -> None:
    """Other worlds in every run."""
    check(world, chance)
