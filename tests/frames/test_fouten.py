"""Rules that fail in an engine do not hide the others; facts of your own take part; a wrong engine is found out."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs
import narwhals.stable.v2 as nw
import pytest
from tests.cli.runner import BRIN, kleine_keten
from tests.frames.motoren import LOCAL, assert_equal, engine
from tests.judge.test_failures import eigen

from bpvo_rules import Judge, judge, reference
from bpvo_rules.errors import EngineDisagreementError
from bpvo_rules.frames import ID, FrameJudgement, FrameKeten, Need, Run, Stage, judge_frames
from bpvo_rules.frames import judge as frames_judge
from bpvo_rules.frames.kinds import KINDS
from bpvo_rules.judge import (
    Failure,
    KindSetting,
    NormSetting,
    OffSetting,
    Profile,
    Settings,
    make_settings,
    receipt,
)
from bpvo_rules.questions import BPVO, QUESTIONS
from bpvo_rules.questions.subjects import omvang
from bpvo_rules.rules import Kind, Outcome, Question, Term, Text, ValueType
from bpvo_rules.simulate import simulate

DAG = date(2018, 10, 1)


@pytest.fixture
def ruim() -> Iterator[Term]:
    """Declare a fact of the caller: the placement is long; it is gone after the test."""

    def compute(_: Any, uren: Any) -> bool:
        return bool(uren >= 400)

    yield BPVO.fact(ValueType.BOOL, "Ruim.", "Long.", name="ruim", needs=(omvang,))(compute)
    BPVO._facts.pop("ruim")


def own_settings(term: Term) -> Settings:
    """Give the rules of the library and one of the caller."""
    own = Question(code="eigen", number=None, title=Text("Eigen?", "Own?"), subject=BPVO, rules=(eigen(term),))
    return make_settings(questions=(*QUESTIONS, own))


def in_frames(_: Run, frame: Any, need: Need) -> Any:
    """Compute the fact of the caller for all subjects at once."""
    assert need.names == {"ruim"}
    return frame.select(ID, (nw.col("omvang") >= 400).alias("ruim"))


def broken(_: Run, __: Any, ___: Need) -> Any:
    """Fail, with a message that may hold a value."""
    raise ZeroDivisionError("geheim-123456782")


def found_by(stages: tuple[Stage, ...], term: Term, name: str = "polars") -> FrameJudgement:
    """Judge the small chain, in which two of the placements are short."""
    rows = [attrs.evolve(row, omvang=399 if row.student in {"LAAT", "KORT"} else 400) for row in _deliveries()]
    with engine(name) as made:
        keten = FrameKeten.uit(kleine_keten(uitwisselingen=rows), made)
        found = judge_frames(keten, peildatum=DAG, settings=own_settings(term), stages={BPVO: stages})
        found.meldingen()
        return found


def _deliveries() -> Any:
    return kleine_keten().uitwisselingen


@pytest.mark.parametrize("name", LOCAL)
def test_a_fact_of_your_own_takes_part(name: str, ruim: Term) -> None:
    """Its rule is judged, and its meldingen are made, beside those of the library."""
    found = found_by((Stage(facts=("ruim",), compute=in_frames),), ruim, name)

    assert found.failures == ()
    assert found.counts["eigen_regel"][Outcome.NOT_MET] == 2
    named = [m.subject for m in found.meldingen() if m.rule == "eigen_regel"]
    assert named == [f"{BRIN}/{student}/1/1" for student in ("KORT", "LAAT")]


@pytest.mark.parametrize(
    ("stages", "error"),
    [((), "EngineError"), ((Stage(facts=("ruim",), compute=broken),), "ZeroDivisionError")],
)
def test_a_rule_that_cannot_run_is_named_and_hides_no_other(stages: tuple[Stage, ...], error: str, ruim: Term) -> None:
    """Without a form in frames, or with one that fails: the other rules have run, and no value is shown."""
    found = found_by(stages, ruim)

    assert found.failures == (Failure(rule="eigen_regel", error=error),)
    assert "eigen_regel" not in found.counts
    others = judge(kleine_keten(), peildatum=DAG)
    assert [m for m in found.meldingen() if m.rule != "tijdig_bij_duo"] == [
        m for m in others.meldingen() if m.rule != "tijdig_bij_duo"
    ]
    assert "geheim" not in str(receipt(found))


def test_a_question_of_which_a_rule_failed_is_not_good(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a failed rule would have said is not known."""
    with_failure = [
        attrs.evolve(stage, compute=broken) if "in_register" in stage.facts else stage for stage in KINDS[BPVO].stages
    ]
    monkeypatch.setattr(frames_judge, "KINDS", {**KINDS, BPVO: attrs.evolve(KINDS[BPVO], stages=tuple(with_failure))})
    with engine("polars") as made:
        found = judge_frames(FrameKeten.uit(kleine_keten(), made), peildatum=DAG)

    assert {failure.rule for failure in found.failures} == {"leerbedrijf_bekend", "keuzedeel_leerbedrijf_bekend"}
    counts = found.question_counts["bpvo_erkend_leerbedrijf"]
    assert counts[Outcome.MET] == 0
    assert counts[Outcome.NOT_MET] == 2


def test_an_engine_that_says_something_else_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A melding is only given when the reference finds it too; no subject is named."""

    def wrong(_: Run, frame: Any, __: Need) -> Any:
        return frame.select(ID, nw.lit(value=False).alias("in_register"))

    stages = [attrs.evolve(s, compute=wrong) if "in_register" in s.facts else s for s in KINDS[BPVO].stages]
    monkeypatch.setattr(frames_judge, "KINDS", {**KINDS, BPVO: attrs.evolve(KINDS[BPVO], stages=tuple(stages))})
    with engine("polars") as made:
        found = judge_frames(FrameKeten.uit(kleine_keten(), made), peildatum=DAG)
        with pytest.raises(
            EngineDisagreementError, match="polars and the reference judge a Bpvo differently"
        ) as caught:
            found.meldingen()
    assert BRIN not in str(caught.value)


def test_an_engine_that_does_not_know_what_the_reference_decides_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The reason of an unknown outcome is asked of the reference, which has none."""

    def unknown(_: Run, frame: Any, __: Need) -> Any:
        return frame.select(ID, nw.lit(None).cast(nw.Boolean).alias("in_register"))

    stages = [attrs.evolve(s, compute=unknown) if "in_register" in s.facts else s for s in KINDS[BPVO].stages]
    monkeypatch.setattr(frames_judge, "KINDS", {**KINDS, BPVO: attrs.evolve(KINDS[BPVO], stages=tuple(stages))})
    with engine("polars") as made:
        found = judge_frames(FrameKeten.uit(kleine_keten(), made), peildatum=DAG)
        with pytest.raises(EngineDisagreementError, match="unknown that the reference decides"):
            list(found.verdicts())


@pytest.mark.parametrize("name", LOCAL)
def test_schools_by_themselves_add_up(name: str) -> None:
    """Work may be split by school: what the parts find, together, is what the whole finds."""
    rows = [attrs.evolve(row, brin="25LX") if row.student in {"LAAT", "KOUD"} else row for row in _deliveries()]
    parts = [[row for row in rows if row.brin == brin] for brin in (BRIN, "25LX")]
    nothing: dict[str, Any] = {"erkenningsaanvragen": [], "white_label_metingen": []}
    with engine(name) as made:
        whole, *split = [
            judge_frames(FrameKeten.uit(kleine_keten(uitwisselingen=one, **nothing), made), peildatum=DAG)
            for one in (rows, *parts)
        ]
        meldingen = {melding.id for part in split for melding in part.meldingen()}
        assert meldingen == {melding.id for melding in whole.meldingen()}
    for rule, counts in whole.counts.items():
        assert counts == {outcome: sum(part.counts[rule][outcome] for part in split) for outcome in Outcome}, rule


def test_the_receipt_says_engine_versions_time_and_rows() -> None:
    with engine("polars") as made:
        found = judge_frames(FrameKeten.uit(kleine_keten(), made), peildatum=DAG)
    told = receipt(found)["engine"]

    assert told["name"] == "polars"
    assert set(told["versions"]) == {"narwhals", "polars"}
    assert set(told["rules"]) == set(found.counts)
    assert told["rules"]["leerbedrijf_bekend"]["rows"] == 6
    assert told["rules"]["leerbedrijf_bekend"]["seconds"] >= 0


@pytest.mark.parametrize("name", LOCAL)
def test_more_rules_than_fit_in_one_number(name: str) -> None:
    """Outcomes stand in whole numbers, thirty rules in each."""
    rules = tuple(attrs.evolve(eigen(omvang >= 10 * at), code=f"eigen_{at}") for at in range(45))
    own = Question(code="eigen", number=None, title=Text("Eigen?", "Own?"), subject=BPVO, rules=rules)
    settings = make_settings(questions=(*QUESTIONS, own))
    rows = [attrs.evolve(row, omvang=100 * at) for at, row in enumerate(_deliveries())]
    keten = kleine_keten(uitwisselingen=rows)
    with engine(name) as made:
        found = judge_frames(FrameKeten.uit(keten, made), peildatum=DAG, settings=settings)
        assert_equal(found, Judge(settings).keten(keten, peildatum=DAG))


def test_a_profile_and_another_list_of_stagefonds() -> None:
    """Rules that are switched off or graded otherwise, a norm, and a second list from a day on."""
    profile = Profile(
        naam="Proef",
        datum=DAG,
        norms=(NormSetting(norm="uren_per_week", value="36", reason="cao"),),
        kinds=(KindSetting(rule="erkenning_dekt_planning", kind=Kind.FOUT, reason="strenger"),),
        off=(OffSetting(rule="tijdig_bij_sbb", reason="geen gegevens"),),
    )
    first = reference.stagefondslijsten()[0]
    second = attrs.evolve(first, van=date(2018, 9, 1), regels=first.regels[::2])
    settings = make_settings(profile=profile, stagefondslijsten=(second, first))
    chain = simulate(seed=7, bpvos=500)
    for day in (date(2018, 10, 1), chain.peildatum):
        found = judge_frames(FrameKeten.uit(chain.keten, "polars"), peildatum=day, settings=settings)
        assert_equal(found, Judge(settings).keten(chain.keten, peildatum=day))
