"""Meldingen, verdicts and explanations: what they carry and in which order they come."""

from datetime import date
from typing import Any

import pytest
from tests.judge.werelden import judged as judged_world
from tests.questions.spec import BPVO, EEN_AANVRAAG, EEN_BPVO, EEN_LEVERING, EEN_METING, About, build

from bpvo_rules import Judge, Judgement, judge
from bpvo_rules.errors import UnknownSubjectError
from bpvo_rules.judge import Melding, Verdict, make_settings, melding_id
from bpvo_rules.judge.melding import plain
from bpvo_rules.periode import Periode
from bpvo_rules.questions import QUESTIONS, RULES
from bpvo_rules.rules import Outcome, ValueType
from bpvo_rules.testing.worlds import seeded_world

RULE = {rule.code: rule for rule in RULES}
RULE_ORDER = [rule.code for rule in RULES]


def judged(about: About, cells: dict[str, str], **others: str) -> Judgement:
    """Judge the chain of one changed record."""
    keten, arguments = build(about, [cells], others)
    return judge(keten, **arguments)


def the_melding(judgement: Judgement, rule: str) -> Melding:
    """Give the only melding of a rule."""
    (found,) = [m for m in judgement.meldingen() if m.rule == rule]
    return found


def shown(melding: Melding) -> dict[str, Any]:
    """Give the evidence by name."""
    return {e.name: e.value for e in melding.evidence}


LATE = {"ontvangen_duo_op": "2018-10-02"}


def test_the_id_is_derived_from_rule_and_subject_as_documented() -> None:
    """The first 16 hexadecimal digits of the SHA-256 of rule, subject type and key, a line each."""
    found = the_melding(judged(EEN_BPVO, {}, erkenningen=""), "erkend_bij_aanvang")

    assert found.id == "27eaaa2779d37393"
    assert melding_id("erkend_bij_aanvang", "Bpvo", "27DV/s1/1/1") == "27eaaa2779d37393"


def test_a_late_delivery_in_full() -> None:
    """Drawn up on 24 September, so in time up to and including 1 October; received on 2 October."""
    found = the_melding(judged(EEN_BPVO, LATE), "tijdig_bij_duo")

    assert found.text.nl == "De BPVO had uiterlijk 1 oktober 2018 bij DUO moeten zijn; ontvangen: 2 oktober 2018."
    assert found.text.en == "The BPVO should have been at DUO by 1 October 2018; received: 2 October 2018."
    assert shown(found) == {
        "ontvangen_duo": date(2018, 10, 2),
        "uiterste_dag_duo": date(2018, 10, 1),
        "afsluitdatum_aanlevering": date(2018, 9, 24),
        "termijn_aanlevering": 7,
    }
    assert (found.question, found.rule, found.subject_type, found.subject) == (
        "bpvo_tijdig",
        "tijdig_bij_duo",
        "Bpvo",
        BPVO,
    )
    assert (str(found.kind), str(found.party), found.brin, found.domein) == ("fout", "instelling", "27DV", "79140")
    assert found.repair is RULE["tijdig_bij_duo"].repair
    assert found.toelichting is None


def test_a_norm_of_the_caller_is_shown_with_its_value() -> None:
    keten, arguments = build(EEN_BPVO, [LATE], {})
    found = the_melding(judge(keten, **{**arguments, "norms": {"termijn_aanlevering": 3}}), "tijdig_bij_duo")

    assert shown(found)["termijn_aanlevering"] == 3
    assert shown(found)["uiterste_dag_duo"] == date(2018, 9, 27)


def test_what_was_not_received_is_said_in_words() -> None:
    found = the_melding(judged(EEN_BPVO, {"ontvangen_duo_op": ""}, perspectief="instelling"), "tijdig_bij_duo")

    assert found.text.nl.endswith("ontvangen: niet bekend.")
    assert found.text.en.endswith("received: not known.")
    assert shown(found)["ontvangen_duo"] is None


def test_the_implausible_hours_in_full() -> None:
    """From 1 October up to and including 7 October are 7 days: 40 hours fit, 41 do not."""
    cells = {"opleidingcode": "23181", "einddatum_gepland": "2018-10-07", "omvang": "41"}
    found = the_melding(judged(EEN_BPVO, cells), "omvang_aannemelijk")

    assert found.text.nl == "41 uren in 7 dagen is meer dan 40 uur per week."
    assert {name: shown(found)[name] for name in ("omvang", "dagen_gepland", "uren_per_week")} == {
        "omvang": 41,
        "dagen_gepland": 7,
        "uren_per_week": 40,
    }


def test_a_measurement_in_full() -> None:
    """It has no domein, and a national one no school; the window that it read is shown as text can be."""
    found = the_melding(judged(EEN_METING, {"gelukt": "nee"}), "white_label_antwoordt")

    assert found.text.nl == "White Label (zoeken) gaf op 2018-10-01T09:15:00+02:00 geen antwoord."
    assert (found.brin, found.domein, str(found.party)) == (None, None, "SBB")
    assert str(shown(found)["venster"]) == "altijd"
    assert shown(found)["gelukt"] is False
    assert the_melding(judged(EEN_METING, {"gelukt": "nee", "brin": "27DV"}), "white_label_antwoordt").brin == "27DV"


def test_a_request_without_a_school_has_no_brin() -> None:
    """1 October 2018 is a Monday; the tenth werkdag after it is Monday 15 October."""
    found = the_melding(judged(EEN_AANVRAAG, {"brin": "", "besluit_op": "2018-10-16"}), "besluit_tijdig")

    assert (found.brin, found.domein) == (None, "onbekend")
    assert shown(found)["uiterste_dag_besluit"] == date(2018, 10, 15)
    assert shown(found)["termijn_besluit"] == 10


SOURCES: list[tuple[str, About, dict[str, str], str]] = [
    ("tijdig_bij_duo", EEN_BPVO, {"afsluitdatum": "2020-06-30", "begindatum": "2020-06-30"}, "BVE 2009"),
    (
        "tijdig_bij_duo",
        EEN_BPVO,
        {"afsluitdatum": "2020-07-01", "begindatum": "2020-07-01"},
        "register onderwijsdeelnemers",
    ),
    # The term starts on the day on which the agreement was drawn up, not on the first day of the placement.
    ("tijdig_bij_duo", EEN_BPVO, {"afsluitdatum": "2020-06-30", "begindatum": "2020-08-31"}, "BVE 2009"),
    (
        "tijdig_bij_duo",
        EEN_BPVO,
        {"afsluitdatum": "2020-07-01", "begindatum": "2020-06-01"},
        "register onderwijsdeelnemers",
    ),
    (
        "wijziging_tijdig_bij_duo",
        EEN_LEVERING,
        {"soort": "wijziging", "ontstaan_op": "2020-06-30"},
        "BVE 2009",
    ),
]


@pytest.mark.parametrize(("rule", "about", "cells", "title"), SOURCES)
def test_the_source_is_the_one_in_force_when_the_term_starts(
    rule: str, about: About, cells: dict[str, str], title: str
) -> None:
    """Everything is received on 1 September 2020, long after the term of seven days."""
    found = the_melding(judged(about, {**cells, "ontvangen_duo_op": "2020-09-01"}, P="2020-12-01"), rule)

    assert title in found.source.title


def test_a_melding_shows_every_fact_and_norm_that_its_rule_read() -> None:
    """And what it lists beside these; nothing that is only for other facts; values as the explanation has them."""
    seen = set()
    for seed in range(300):
        judgement = judged_world(seeded_world(seed))
        for melding in judgement.meldingen():
            rule = RULE[melding.rule]
            expected = {f.name for f in rule.shows if f.type is not ValueType.INTERNAL} | {n.id for n in rule.norms}
            names = [e.name for e in melding.evidence]

            assert set(names) == expected
            assert len(names) == len(expected)
            assert {f.name for f in rule.reads} <= expected
            assert all(plain(e.value) == str(e).partition("=")[2] for e in melding.evidence)
            seen.add(melding.rule)
    assert len(seen) > 25


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (True, "ja"),
        (False, "nee"),
        (0, "0"),
        (date(2018, 10, 1), "2018-10-01"),
        (("25655", "25656"), "25655 25656"),
        ((), ""),
    ],
)
def test_a_value_is_written_for_a_program(value: Any, expected: str) -> None:
    assert plain(value) == expected


def test_verdicts_and_meldingen_come_in_rule_order_and_then_by_subject() -> None:
    for seed in range(60):
        judgement = judged_world(seeded_world(seed))
        order = [(RULE_ORDER.index(v.rule), v.subject) for v in judgement.verdicts()]
        places = [(RULE_ORDER.index(m.rule), m.subject) for m in judgement.meldingen()]

        assert order == sorted(order)
        assert places == sorted(places)
        assert list(judgement.counts) == [code for code in RULE_ORDER if code in judgement.counts]


def test_counts_and_outcomes_and_verdicts_say_the_same() -> None:
    """Counted from the verdicts one by one."""
    for seed in range(60):
        judgement = judged_world(seeded_world(seed))
        verdicts: list[Verdict] = list(judgement.verdicts())
        for rule in judgement.rules:
            mine = {v.subject: v.outcome for v in verdicts if v.rule == rule.code}
            assert judgement.outcomes(rule.code) == mine
            assert {o: list(mine.values()).count(o) for o in Outcome} == judgement.counts[rule.code]


def test_kinds_other_than_fout_never_worsen_a_question() -> None:
    """A question says the same when only its rules of kind fout run."""
    only_fout = Judge(make_settings(only_rules=[rule.code for rule in RULES if rule.kind == "fout"]))
    for seed in range(100):
        world = seeded_world(seed)
        whole, some = judged_world(world), judged_world(world, only_fout)
        for question in QUESTIONS:
            assert whole.question_outcomes(question.code) == some.question_outcomes(question.code)
            outcomes = list(whole.question_outcomes(question.code).values())
            assert whole.question_counts[question.code] == {o: outcomes.count(o) for o in Outcome}


def test_a_good_outcome_is_explained_too() -> None:
    """With its sentence, what was read, and no melding."""
    explained = {x.rule.code: x for x in judged(EEN_BPVO, {}).explain(BPVO)}
    found = explained["erkend_gedurende_looptijd"]

    assert list(explained) == [c for c in RULE_ORDER if RULE[c].subject.name == "Bpvo" and c != "bij_duo_rond_aanvang"]
    assert found.verdict.outcome is Outcome.MET
    assert found.text == RULE["erkend_gedurende_looptijd"].sentence
    assert found.melding is None
    assert found.question.code == "bpvo_erkend_leerbedrijf"
    assert {e.name: e.value for e in found.evidence} == {
        "grondslag": "opleiding",
        "begindatum": date(2018, 10, 1),
        "erkend_op_begindatum": True,
        "gedekt_tot_peildatum": True,
        "leerbedrijf_id": "100000000",
        "opleidingcode": "25655",
        "einde": date(2019, 1, 31),
        "codes": ("25655",),
        "erkende_periodes": (Periode(date(2018, 8, 1), date(2019, 7, 31)),),
        "eerste_dag_zonder_erkenning": None,
        "dagen_zonder_erkenning": 0,
    }


def test_explanations_agree_with_verdicts_and_meldingen() -> None:
    """For every subject of some chains."""
    for seed in range(40):
        judgement = judged_world(seeded_world(seed))
        verdicts = list(judgement.verdicts())
        meldingen = {(m.rule, m.subject): m for m in judgement.meldingen()}
        for subject in {v.subject for v in verdicts}:
            explained = judgement.explain(subject)
            assert [x.verdict for x in explained] == [v for v in verdicts if v.subject == subject]
            for x in explained:
                assert x.melding == meldingen.get((x.rule.code, subject))
                assert x.text == (x.rule.sentence if x.melding is None else x.melding.text)


def test_a_subject_that_is_not_there_is_not_repeated_in_the_message() -> None:
    """What was asked for may be a person."""
    with pytest.raises(UnknownSubjectError) as caught:
        judged(EEN_BPVO, {}).explain("27DV/geheim/1/1")

    assert "geheim" not in str(caught.value)
    assert "brin/student/inschrijving/volgnummer" in str(caught.value)


def test_a_rule_or_question_that_is_not_there_says_so() -> None:
    judgement = judged(EEN_BPVO, {})

    with pytest.raises(UnknownSubjectError, match="bij_duo_rond_aanvang did not run"):
        judgement.outcomes("bij_duo_rond_aanvang")
    with pytest.raises(UnknownSubjectError, match="no question iets"):
        judgement.question_outcomes("iets")


def test_an_unknown_outcome_gives_its_reason_in_dutch() -> None:
    """Only an unknown outcome has one."""
    verdicts = {v.rule: v for v in judged(EEN_BPVO, {"begindatum": ""}, erkenningen="?").verdicts()}

    assert verdicts["erkend_bij_aanvang"].reason == "begindatum leeg, erkenningen niet opgezocht"
    assert verdicts["verplichte_gegevens"].reason == ""


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    keten, arguments = build(EEN_BPVO, [{}, {"volgnummer": "2"}], {})
    judge(keten, **arguments, progress=lambda done, total: told.append((done, total)))

    assert told[-1] == (4, 4)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert {total for _, total in told} == {4}
