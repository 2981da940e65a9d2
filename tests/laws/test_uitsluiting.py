"""Rules that exclude each other, and outcomes that add up."""

import pytest
from tests.judge.werelden import judged
from tests.laws.kit import held, seeded

from bpvo_rules.rules import Outcome
from bpvo_rules.testing.laws import EXCLUSIVE
from bpvo_rules.testing.worlds import seeded_world

QUESTIONS_1_AND_2 = (
    ("leerbedrijf_bekend", "keuzedeel_leerbedrijf_bekend"),
    ("erkend_bij_aanvang", "keuzedeel_erkend_bij_aanvang"),
    ("erkend_gedurende_looptijd", "keuzedeel_erkend_gedurende_looptijd"),
)
JUDGEMENTS = [judged(seeded_world(seed)) for seed in range(400)]


def test_two_rules_that_exclude_each_other_never_both_fail() -> None:
    assert held("exclusive", seeded(range(400))) > 100


@pytest.mark.parametrize("rule", [code for pair in EXCLUSIVE for code in pair])
def test_each_of_the_two_does_fail_for_some_subject(rule: str) -> None:
    assert any(judgement.counts[rule][Outcome.NOT_MET] for judgement in JUDGEMENTS)


@pytest.mark.parametrize(("one", "other"), QUESTIONS_1_AND_2)
def test_a_bpvo_belongs_to_question_1_or_to_question_2(one: str, other: str) -> None:
    """Where one of them applies for certain the other does not."""
    decided = {Outcome.MET, Outcome.NOT_MET}
    for judgement in JUDGEMENTS:
        second = judgement.outcomes(other)
        for subject, outcome in judgement.outcomes(one).items():
            assert not {outcome, second[subject]} <= decided, subject


def test_a_request_is_judged_by_one_of_the_two_rules_about_its_decision() -> None:
    """By neither when it is not new; undecided when it was not looked up whether reasons were given."""
    for judgement in JUDGEMENTS:
        second = judgement.outcomes("besluit_overschrijding_gemotiveerd")
        for subject, outcome in judgement.outcomes("besluit_tijdig").items():
            assert Outcome.OUT_OF_SCOPE in {outcome, second[subject]} or outcome is second[subject] is Outcome.UNKNOWN


def test_every_subject_has_one_outcome_per_rule_and_per_question() -> None:
    for judgement in JUDGEMENTS:
        sizes = {part.subject.name: len(part.subjects) for part in judgement.parts.values()}
        for rule in judgement.rules:
            assert sum(judgement.counts[rule.code].values()) == sizes[rule.subject.name]
        for code, counts in judgement.question_counts.items():
            assert sum(counts.values()) == sizes[judgement.question(code).subject.name]
