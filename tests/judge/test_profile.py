"""A profile: departures of a caller, dated and with a reason per line; and the choices of a run."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from tests.questions.spec import BPVO, EEN_BPVO, build

from bpvo_rules import Judgement, Kind, judge
from bpvo_rules.errors import DeclarationError, NormError
from bpvo_rules.judge import (
    KindSetting,
    NormSetting,
    OffSetting,
    Profile,
    Toelichting,
    make_settings,
    melding_id,
    receipt,
)
from bpvo_rules.questions import NORMS, QUESTIONS, RULES
from bpvo_rules.rules import Rule

P = date(2018, 11, 15)
DAY = timedelta(days=1)
LATE = {"ontvangen_duo_op": "2018-10-02"}
ID = melding_id("tijdig_bij_duo", "Bpvo", BPVO)


def profile(**lines: Any) -> Profile:
    """Make a profile."""
    return Profile(naam="school", datum=date(2018, 9, 1), **lines)


def judged(found: Profile, cells: dict[str, str] | None = None, **settings: Any) -> Judgement:
    """Judge a chain of one BPVO that was delivered a day late."""
    keten, arguments = build(EEN_BPVO, [LATE if cells is None else cells], {})
    return judge(keten, **{**arguments, "norms": {}, "profile": found, **settings})


def test_a_rule_that_is_no_longer_a_fout_leaves_the_score() -> None:
    """Its melding stays, and asks for something else."""
    line = KindSetting(rule="tijdig_bij_duo", kind=Kind.SIGNAAL, reason="proefjaar")
    found = judged(profile(kinds=(line,)))
    (melding,) = found.meldingen()

    assert judged(profile()).question_outcomes("bpvo_tijdig") == {BPVO: "voldoet_niet"}
    assert found.question_outcomes("bpvo_tijdig") == {BPVO: "voldoet"}
    assert found.outcomes("tijdig_bij_duo") == {BPVO: "voldoet_niet"}
    assert melding.kind is Kind.SIGNAAL
    assert receipt(found)["profile"]["kinds"] == [{"rule": "tijdig_bij_duo", "kind": "signaal", "reason": "proefjaar"}]


def test_a_signal_that_becomes_a_fout_enters_the_score() -> None:
    line = KindSetting(rule="erkenning_dekt_planning", kind=Kind.FOUT, reason="strenger")
    keten, arguments = build(EEN_BPVO, [{}], {"erkenningen": "25655 2018-08-01..2018-11-20"})

    assert judge(keten, **arguments).question_outcomes("bpvo_erkend_leerbedrijf") == {BPVO: "voldoet"}
    found = judge(keten, **arguments, profile=profile(kinds=(line,)))
    assert found.question_outcomes("bpvo_erkend_leerbedrijf") == {BPVO: "voldoet_niet"}


def test_the_declared_rules_do_not_change() -> None:
    """A profile is of one run; the next one knows nothing of it."""
    judged(profile(kinds=(KindSetting(rule="tijdig_bij_duo", kind=Kind.VRAAG, reason="x"),)))

    assert {r.kind for r in RULES if r.code == "tijdig_bij_duo"} == {Kind.FOUT}
    assert judged(profile()).meldingen()[0].kind is Kind.FOUT


def test_a_rule_that_is_off_does_not_run_and_the_receipt_says_why() -> None:
    found = judged(profile(off=(OffSetting(rule="tijdig_bij_duo", reason="loopt via DUO"),)))

    assert found.meldingen() == ()
    assert "tijdig_bij_duo" not in found.counts
    assert {
        "rule": "tijdig_bij_duo",
        "reason": {
            "nl": "uitgezet in het profiel: loopt via DUO",
            "en": "switched off in the profile: loopt via DUO",
        },
    } in receipt(found)["rules_not_run"]
    assert receipt(found)["profile"]["off"] == [{"rule": "tijdig_bij_duo", "reason": "loopt via DUO"}]


def test_a_norm_of_a_profile_is_used_and_one_of_the_call_wins_from_it() -> None:
    """The delivery came eight days after the afsluitdatum."""
    line = NormSetting(norm="termijn_aanlevering", value=8, reason="afspraak")

    assert judged(profile(norms=(line,))).outcomes("tijdig_bij_duo") == {BPVO: "voldoet"}
    assert judged(profile(norms=(line,)), norms={"termijn_aanlevering": 7}).outcomes("tijdig_bij_duo") == {
        BPVO: "voldoet_niet"
    }
    assert receipt(judged(profile(norms=(line,))))["profile"]["norms"] == [
        {"norm": "termijn_aanlevering", "value": "8", "reason": "afspraak"}
    ]


def test_a_norm_of_a_profile_opens_a_rule_that_had_none() -> None:
    found = judged(profile(norms=(NormSetting(norm="speling_na_aanvang", value="1", reason="afspraak"),)))

    assert found.outcomes("bij_duo_rond_aanvang") == {BPVO: "voldoet"}


@pytest.mark.parametrize(("tot_en_met", "valid"), [(P - DAY, False), (P, True), (P + DAY, True)])
def test_a_toelichting_holds_up_to_and_including_its_last_day(tot_en_met: date, *, valid: bool) -> None:
    """It is shown and counted apart; the outcome stays. One that has expired is reported."""
    line = Toelichting(melding=ID, reason="DUO lag stil", tot_en_met=tot_en_met)
    found = judged(profile(toelichtingen=(line,)))
    (melding,) = found.meldingen()
    shown = receipt(found)

    assert melding.id == ID
    assert melding.toelichting == (line if valid else None)
    assert shown["meldingen"] == {"total": 1, "with_toelichting": int(valid)}
    assert shown["profile"]["toelichtingen"] == 1
    assert shown["profile"]["toelichtingen_expired"] == ([] if valid else [ID])
    assert shown["profile"]["toelichtingen_without_melding"] == []
    assert found.question_outcomes("bpvo_tijdig") == {BPVO: "voldoet_niet"}


def test_a_toelichting_that_matches_nothing_is_reported() -> None:
    line = Toelichting(melding=ID, reason="DUO lag stil", tot_en_met=P)
    shown = receipt(judged(profile(toelichtingen=(line,)), cells={}))

    assert shown["profile"]["toelichtingen_without_melding"] == [ID]
    assert shown["profile"]["toelichtingen_expired"] == []
    assert shown["meldingen"]["with_toelichting"] == 0


def test_the_name_and_day_of_a_profile_are_in_the_receipt() -> None:
    shown = receipt(judged(profile()))["profile"]

    assert (shown["naam"], shown["datum"]) == ("school", "2018-09-01")


LINES: dict[str, Callable[[str], Any]] = {
    "norm": lambda reason: NormSetting(norm="uren_per_week", value=36, reason=reason),
    "kind": lambda reason: KindSetting(rule="tijdig_bij_duo", kind=Kind.VRAAG, reason=reason),
    "off": lambda reason: OffSetting(rule="tijdig_bij_duo", reason=reason),
    "toelichting": lambda reason: Toelichting(melding=ID, reason=reason, tot_en_met=P),
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
@pytest.mark.parametrize("reason", ["", "   ", "\n", None])
def test_every_line_of_a_profile_needs_a_reason(line: Callable[[Any], Any], reason: Any) -> None:
    with pytest.raises(DeclarationError, match="needs a reason"):
        line(reason)


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="waarschuwing"):
        KindSetting(rule="tijdig_bij_duo", kind="waarschuwing", reason="x")


UNKNOWN: dict[str, tuple[dict[str, Any], list[str]]] = {
    "norm of the call": ({"norms": {"termijn": 7}}, [n.id for n in NORMS]),
    "norm of a profile": (
        {"profile": profile(norms=(NormSetting(norm="termijn", value=7, reason="x"),))},
        [n.id for n in NORMS],
    ),
    "rule of a kind": (
        {"profile": profile(kinds=(KindSetting(rule="regel", kind=Kind.FOUT, reason="x"),))},
        [r.code for r in RULES],
    ),
    "rule that is off": ({"profile": profile(off=(OffSetting(rule="regel", reason="x"),))}, [r.code for r in RULES]),
    "chosen rule": ({"only_rules": ["regel"]}, [r.code for r in RULES]),
    "chosen question": ({"only_questions": ["vraag"]}, [q.code for q in QUESTIONS]),
}


@pytest.mark.parametrize(("settings", "known"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_name_is_refused_with_the_known_ones_named(settings: dict[str, Any], known: list[str]) -> None:
    with pytest.raises(DeclarationError, match="Unknown") as caught:
        make_settings(**settings)

    assert all(name in str(caught.value) for name in known)


def test_a_value_that_does_not_fit_its_norm_is_refused_from_a_profile_too() -> None:
    with pytest.raises(NormError, match="uren_per_week"):
        make_settings(profile=profile(norms=(NormSetting(norm="uren_per_week", value=0, reason="x"),)))


def test_choosing_questions_and_rules_both_hold() -> None:
    def chosen(**settings: Any) -> list[str]:
        return [rule.code for rule in make_settings(**settings).rules]

    assert chosen(only_questions=["erkenning_tijdig"]) == [
        "besluit_tijdig",
        "besluit_overschrijding_gemotiveerd",
        "kennisgeving_tijdig",
    ]
    assert chosen(only_rules=["kennisgeving_tijdig", "erkend_bij_aanvang"]) == [
        "erkend_bij_aanvang",
        "kennisgeving_tijdig",
    ]
    assert chosen(only_questions=["erkenning_tijdig"], only_rules=iter(["besluit_tijdig", "erkend_bij_aanvang"])) == [
        "besluit_tijdig"
    ]
    assert chosen(only_rules=[]) == []


def test_two_rules_of_one_code_are_refused() -> None:
    with pytest.raises(DeclarationError, match="same code"):
        make_settings(questions=(*QUESTIONS, QUESTIONS[0]))


def test_two_rules_of_one_signaalcode_are_refused() -> None:
    """A system that knows a rule by its signaalcode could not tell them apart; rules without one are no matter."""
    one, other = (attrs.evolve(rule, code=f"eigen_{rule.code}") for rule in QUESTIONS[0].rules[:2])

    def asked(*rules: Rule) -> None:
        make_settings(questions=(*QUESTIONS, attrs.evolve(QUESTIONS[0], code="eigen", number=None, rules=rules)))

    asked(attrs.evolve(one, signaalcode=None), attrs.evolve(other, signaalcode=None))
    asked(attrs.evolve(one, signaalcode="X01"), attrs.evolve(other, signaalcode="X02"))
    with pytest.raises(DeclarationError, match="same signaalcode"):
        asked(one)
    with pytest.raises(DeclarationError, match="same signaalcode"):
        asked(attrs.evolve(one, signaalcode="X01"), attrs.evolve(other, signaalcode="X01"))
