"""``subject_for``: a subject for every rule and every outcome that it can have."""

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.oracle.rules import oracle_verdicts

from bpvo_rules.codes import Volgnummer
from bpvo_rules.errors import UnreachableError
from bpvo_rules.questions import RULES
from bpvo_rules.rules import Outcome
from bpvo_rules.testing.kit import keten_of, run_of
from bpvo_rules.testing.subjects import Subject, _has_outcome, _starts, subject_for, unreachable
from bpvo_rules.testing.worlds import World

RUN = ("peildatum", "kennisdatum", "perspectief", "norms")
PAIRS = [(rule.code, outcome) for rule in RULES for outcome in Outcome if (rule.code, outcome) not in unreachable()]


@settings(max_examples=len(PAIRS) * 3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), pair=st.sampled_from(PAIRS))
def test_the_second_opinion_sees_the_outcome_that_was_asked(data: st.DataObject, pair: tuple[str, Outcome]) -> None:
    """By the plain functions of the tests, which share nothing with the judge."""
    subject = data.draw(subject_for(*pair))

    assert (subject.rule, subject.outcome) == pair
    assert oracle_verdicts(subject.world.keten, **subject.world.arguments)[subject.rule, subject.key] == subject.outcome


@pytest.mark.parametrize(("rule", "outcome"), PAIRS)
def test_there_is_one_for_every_rule_and_reachable_outcome(rule: str, outcome: Outcome) -> None:
    found: list[Subject] = []

    @settings(max_examples=1, database=None, deadline=None)
    @given(subject=subject_for(rule, str(outcome)))
    def collect(subject: Subject) -> None:
        found.append(subject)

    collect()
    assert {(one.rule, one.outcome) for one in found} == {(rule, outcome)}


def test_subjects_of_one_pair_are_not_all_the_same() -> None:
    """Names, rows beside it and days differ from the case that it came from."""
    found: list[Subject] = []

    @settings(max_examples=60, database=None, deadline=None, derandomize=True)
    @given(subject=subject_for("erkend_gedurende_looptijd", Outcome.NOT_MET))
    def collect(subject: Subject) -> None:
        found.append(subject)

    collect()
    assert len({one.key for one in found}) > 5
    assert len({len(one.world.keten.uitwisselingen or ()) for one in found}) > 3
    assert len({one.world.peildatum for one in found}) > 2


def test_an_outcome_that_a_rule_cannot_have_is_refused_with_the_reason() -> None:
    """Five rules have no scope and hold on every day; the text of the questions gives every other rule one."""
    assert {rule for rule, outcome in unreachable() if outcome is Outcome.OUT_OF_SCOPE} == {
        "tijdig_bij_duo",
        "bij_duo_rond_aanvang",
        "terugkoppeling_tijdig",
        "verplichte_gegevens",
        "een_grondslag",
    }
    with pytest.raises(UnreachableError, match="no scope"):
        subject_for("tijdig_bij_duo", Outcome.OUT_OF_SCOPE)
    with pytest.raises(UnreachableError, match="no rule"):
        subject_for("geen_regel", Outcome.MET)
    with pytest.raises(ValueError, match="goed"):
        subject_for("tijdig_bij_duo", "goed")


def test_a_name_that_somebody_else_has_is_not_given() -> None:
    """Two enrolments of one student, of which the first gets the number of the second: that is put back."""
    (start, *_) = [s for s in _starts()["geen_dubbele_bpvo", Outcome.NOT_MET] if "27DV/s1/2/1" in str(s.case.expected)]
    world = World(keten_of(start.case.request), *(run_of(start.case.request)[n] for n in RUN))
    rows = [attrs.evolve(row, inschrijvingvolgnummer=Volgnummer("7")) for row in world.keten.uitwisselingen or ()]
    other = world.keten.with_tables({"uitwisselingen": rows})

    assert _has_outcome(Subject(world, start.key, "geen_dubbele_bpvo", Outcome.NOT_MET))
    assert not _has_outcome(Subject(world._replace(keten=other), start.key, "geen_dubbele_bpvo", Outcome.NOT_MET))
