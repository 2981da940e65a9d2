"""One BPVO in a form: what was not handed over was not looked up, and never makes an answer good."""

from datetime import date
from typing import Any

import attrs
import pytest
from tests.oracle.feiten import MET, NOT_MET, OUT_OF_SCOPE, UNKNOWN
from tests.questions.spec import BPVO, EEN_BPVO, build

from bpvo_rules import Bpvo, Stand, judge_bpvo
from bpvo_rules.codes import LeerbedrijfId, Volgnummer
from bpvo_rules.judge import Judgement

PEILDATUM = date(2018, 11, 15)
KETEN, _ = build(EEN_BPVO, [{"opleidingcode": "25480", "omvang": "100"}], {"erkenningen": "25480 2018-08-01.."})
STAND = Stand(keten=KETEN, kennisdatum=PEILDATUM)
(DRAFT,) = STAND.bpvos


def judged(draft: Bpvo = DRAFT, *, stand: Stand | None = STAND, **given: Any) -> Judgement:
    """Judge the draft."""
    return judge_bpvo(draft, peildatum=PEILDATUM, stand=stand, **given)


def outcome(judgement: Judgement, rule: str) -> str:
    """Give the outcome of a rule for the draft."""
    return str(judgement.outcomes(rule)[BPVO])


def test_with_everything_at_hand_the_draft_is_in_order() -> None:
    """Whatever is in scope is met."""
    found = {str(v.outcome) for v in judged(andere_bpvos=()).verdicts()}

    assert found == {MET, OUT_OF_SCOPE}


@pytest.mark.parametrize(
    ("leveringen", "duo", "sbb"),
    [
        (None, UNKNOWN, UNKNOWN),
        ((), NOT_MET, OUT_OF_SCOPE),
        (DRAFT.leveringen, MET, MET),
    ],
)
def test_never_sent_is_not_the_same_as_not_looked_up(leveringen: Any, duo: str, sbb: str) -> None:
    """Without deliveries looked up nothing is said about time; never sent is late when the term has passed."""
    found = judged(attrs.evolve(DRAFT, leveringen=leveringen))

    assert outcome(found, "tijdig_bij_duo") == duo
    assert outcome(found, "tijdig_bij_sbb") == sbb


@pytest.mark.parametrize(("afsluitdatum", "expected"), [(8, NOT_MET), (9, UNKNOWN)])
def test_a_draft_that_was_not_sent_is_late_from_the_last_day_on(afsluitdatum: int, expected: str) -> None:
    """Seven days after 8 November 2018 is the day of the judgement itself."""
    draft = attrs.evolve(DRAFT, leveringen=(), afsluitdatum=date(2018, 11, afsluitdatum))

    assert outcome(judged(draft), "tijdig_bij_duo") == expected


def test_the_other_bpvos_of_the_student() -> None:
    """Not handed over is unknown; none is good; one that overlaps is a double."""
    other = attrs.evolve(DRAFT, volgnummer=Volgnummer("2"))
    elsewhere = attrs.evolve(other, leerbedrijf_id=LeerbedrijfId("100000001"))
    rule = "geen_dubbele_bpvo"

    assert outcome(judged(andere_bpvos=None), rule) == UNKNOWN
    assert outcome(judged(andere_bpvos=()), rule) == MET
    assert outcome(judged(andere_bpvos=(elsewhere,)), rule) == MET
    assert outcome(judged(andere_bpvos=(elsewhere, other)), rule) == NOT_MET


def test_the_periods_of_the_inschrijving() -> None:
    """Handed over they replace the table; none handed over at all and no table is unknown."""
    without = Stand(keten=KETEN.with_tables({"inschrijvingsperiodes": None}), kennisdatum=PEILDATUM)

    assert outcome(judged(stand=without), "stagefonds_inschrijving") == UNKNOWN
    assert outcome(judged(stand=without, inschrijvingsperiodes=()), "stagefonds_inschrijving") == NOT_MET
    assert (
        outcome(judged(stand=without, inschrijvingsperiodes=KETEN.inschrijvingsperiodes), "stagefonds_inschrijving")
        == MET
    )
    assert outcome(judged(inschrijvingsperiodes=()), "stagefonds_inschrijving") == NOT_MET


def test_a_draft_alone_is_never_good_where_a_register_is_needed() -> None:
    """Without a stand every table was not looked up."""
    found = judged(stand=None)
    needs_register = [
        "leerbedrijf_bekend",
        "erkend_bij_aanvang",
        "erkend_gedurende_looptijd",
        "erkenning_dekt_planning",
        "stagefonds_inschrijving",
        "stagefonds_instelling",
        "stagefonds_leerweg",
        "stagefonds_categorie",
        "stagefonds_leerbedrijf",
        "geen_dubbele_bpvo",
    ]

    assert {rule: outcome(found, rule) for rule in needs_register} == dict.fromkeys(needs_register, UNKNOWN)
    assert outcome(found, "verplichte_gegevens") == MET
