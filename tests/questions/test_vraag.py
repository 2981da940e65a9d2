"""The outcome of a question for a subject, its domein, and the meldingen that come with the outcomes."""

from datetime import date
from typing import Any

import pytest
from tests.judge.werelden import run_of
from tests.oracle.feiten import MET, NOT_MET, OUT_OF_SCOPE, UNKNOWN
from tests.questions.spec import BPVO, EEN_AANVRAAG, EEN_BPVO, EEN_LEVERING, EEN_METING, About, build
from tests.questions.verklaard import verklaard

from bpvo_rules import judge
from bpvo_rules.judge import Judgement
from bpvo_rules.testing.answer import ready_judge
from bpvo_rules.testing.worlds import seeded_world


def judged(about: About, cells: dict[str, str], **others: str) -> Judgement:
    """Judge the chain of one changed record."""
    keten, arguments = build(about, [cells], others)
    return judge(keten, **arguments)


def test_the_outcome_of_a_question_is_that_of_its_worst_rule_of_kind_fout() -> None:
    """Not met beats unknown, unknown beats met, met beats out of scope."""
    cases: list[tuple[str, dict[str, str], dict[str, str]]] = [
        (MET, {}, {}),
        (OUT_OF_SCOPE, {"keuzedeelcode": "K0067"}, {}),
        (UNKNOWN, {"opleidingcode": ""}, {}),
        (UNKNOWN, {}, {"erkenningen": "?"}),
        (NOT_MET, {}, {"erkenningen": ""}),
        (NOT_MET, {}, {"erkenningen": "25655 2018-08-01..2018-10-31"}),
        # The company is not known (not met), whether it was recognised cannot be said (unknown).
        (NOT_MET, {"begindatum": ""}, {"erkenningen": "", "leerbedrijven": ""}),
        # Only the signal about the planned end is not met.
        (MET, {}, {"erkenningen": "25655 2018-08-01..2018-11-20"}),
    ]
    for expected, cells, others in cases:
        found = judged(EEN_BPVO, cells, **others).question_outcomes("bpvo_erkend_leerbedrijf")

        assert found == {BPVO: expected}, (cells, others)


def test_other_subjects_and_other_kinds_do_not_count_for_a_question() -> None:
    """A late answer of DUO to a delivery, or a start that came first, leaves the BPVO in time."""
    late_answer = judged(EEN_BPVO, {"teruggekoppeld_op": "2018-11-01"}, **{"norm speling_na_aanvang": "0"})
    assert late_answer.outcomes("terugkoppeling_tijdig") == {f"{BPVO}#1": NOT_MET}
    assert late_answer.question_outcomes("bpvo_tijdig") == {BPVO: MET}

    after_start = judged(
        EEN_BPVO, {"afsluitdatum": "2018-10-01", "ontvangen_duo_op": "2018-10-08"}, **{"norm speling_na_aanvang": "0"}
    )
    assert after_start.outcomes("bij_duo_rond_aanvang") == {BPVO: NOT_MET}
    assert after_start.question_outcomes("bpvo_tijdig") == {BPVO: MET}


def test_a_late_decision_with_reasons_is_no_failure_of_the_question() -> None:
    """It is a signal; what is left of the question is the notice."""
    late = {"besluit_op": "2018-10-16"}
    reasons = {**late, "overschrijding_gemotiveerd_op": "2018-10-16"}

    assert judged(EEN_AANVRAAG, late).question_outcomes("erkenning_tijdig") == {"A1": NOT_MET}
    assert judged(EEN_AANVRAAG, reasons).question_outcomes("erkenning_tijdig") == {"A1": MET}
    assert judged(EEN_AANVRAAG, {"soort": "uitbreiding"}).question_outcomes("erkenning_tijdig") == {"A1": OUT_OF_SCOPE}


def test_the_question_about_white_label_has_measurements_as_its_subject() -> None:
    found = judged(EEN_METING, {"gelukt": "nee"}).question_outcomes("white_label_beschikbaar")

    assert found == {"zoeken@2018-10-01T09:15:00+02:00@": NOT_MET}


@pytest.mark.parametrize(
    ("venster", "tijdstip", "expected"),
    [
        ("altijd", "2018-10-07T03:00:00+02:00", NOT_MET),
        ("ma-vr 08:00-18:00", "2018-10-01T07:59:59+02:00", OUT_OF_SCOPE),
        ("ma-vr 08:00-18:00", "2018-10-01T08:00:00+02:00", NOT_MET),
        ("ma-vr 08:00-18:00", "2018-10-01T17:59:59+02:00", NOT_MET),
        ("ma-vr 08:00-18:00", "2018-10-01T18:00:00+02:00", OUT_OF_SCOPE),
        ("ma-vr 08:00-18:00", "2018-10-01T06:00:00+00:00", NOT_MET),
        ("ma-vr 08:00-18:00", "2018-10-06T09:00:00+02:00", OUT_OF_SCOPE),
        ("ma-vr 08:00-18:00, za 09:00-13:00", "2018-10-06T09:00:00+02:00", NOT_MET),
    ],
)
def test_the_service_window_of_the_caller(venster: str, tijdstip: str, expected: str) -> None:
    """Outside the window, by the clock in the Netherlands, White Label need not answer."""
    keten, arguments = build(EEN_METING, [{"gelukt": "nee", "tijdstip": tijdstip}], {})
    found = judge(keten, **{**arguments, "norms": {"venster": venster}})

    assert list(found.outcomes("white_label_antwoordt").values()) == [expected]


@pytest.mark.parametrize(
    ("opleidingcode", "keuzedeelcode", "periodes", "domein"),
    [
        ("25655", "", "", "79140"),
        ("23264", "", "", "79140"),
        ("79140", "", "", "79140"),
        ("25251", "", "", "geen"),
        ("23110", "", "", "geen"),
        ("99999", "", "", "onbekend"),
        ("", "", "2018-08-01 BOL 4 25655", "onbekend"),
        ("", "K0067", "2018-08-01 BOL 4 25655", "79140"),
        ("25251", "K0067", "2018-08-01 BOL 4 25655", "79140"),
        ("25655", "K0067", "2018-08-01 BOL 1 25251", "geen"),
        ("25655", "K0067", "2018-08-01 BOL 1 99999", "onbekend"),
        ("25655", "K0067", "2018-08-01 BOL 1 -", "onbekend"),
        ("25655", "K0067", "2018-10-02 BOL 4 25655", "onbekend"),
        ("25655", "K0067", "2018-08-01 BOL 4 25251, 2018-10-01 BOL 4 25655", "79140"),
        ("25655", "", "2018-08-01 BOL 1 25251", "79140"),
    ],
)
def test_the_domein_of_a_bpvo(opleidingcode: str, keuzedeelcode: str, periodes: str, domein: str) -> None:
    """Of its opleidingcode, or of that of the inschrijving for a keuzedeel; geen or onbekend when there is none."""
    cells = {"afsluitdatum": "", "opleidingcode": opleidingcode, "keuzedeelcode": keuzedeelcode}
    found = judged(EEN_BPVO, cells, periodes=periodes)

    assert {m.domein for m in found.meldingen() if m.rule == "verplichte_gegevens"} == {domein}


@pytest.mark.parametrize(
    ("cells", "periodes", "domein"),
    [
        ({}, "", "79140"),
        ({"opleidingcode": "79140"}, "", "79140"),
        ({"opleidingcode": "23110"}, "", "geen"),
        ({"opleidingcode": "99999"}, "", "onbekend"),
        ({"opleidingcode": ""}, "2018-08-01 BOL 4 25655", "onbekend"),
        # Without the keuzedeelcode it may be of a keuzedeel, of which the domein is that of the inschrijving.
        ({"keuzedeelcode": "?"}, "2018-08-01 BOL 4 25655", "onbekend"),
        ({"keuzedeelcode": "K0067"}, "2018-08-01 BOL 1 25251", "geen"),
        ({"keuzedeelcode": "K0067", "opleidingcode": ""}, "2018-08-01 BOL 4 25655", "79140"),
        ({"keuzedeelcode": "K0067"}, "", "onbekend"),
        ({"keuzedeelcode": "K0067", "begindatum": ""}, "2018-08-01 BOL 4 25655", "onbekend"),
    ],
)
def test_the_domein_of_a_delivery(cells: dict[str, str], periodes: str, domein: str) -> None:
    """As that of a BPVO with this content; what DUO never answered is late on 15 November 2018."""
    found = judged(EEN_LEVERING, {**cells, "teruggekoppeld_op": "", "uitkomst": ""}, periodes=periodes)

    assert {m.domein for m in found.meldingen() if m.rule == "terugkoppeling_tijdig"} == {domein}


@pytest.mark.parametrize(
    ("opleidingcode", "domein"), [("25655", "79140"), ("79140", "79140"), ("23110", "geen"), ("", "onbekend")]
)
def test_the_domein_of_a_request(opleidingcode: str, domein: str) -> None:
    """That of the opleiding for which recognition is asked."""
    cells = {"opleidingcode": opleidingcode, "besluit_op": "", "besluit": ""}
    found = judged(
        EEN_AANVRAAG, cells, opleidingen="25655 kwalificatie 23264 79140, 79140 domein - -, 23110 dossier - -"
    )

    assert {m.domein for m in found.meldingen() if m.rule == "besluit_tijdig"} == {domein}


def evidence(judgement: Judgement, rule: str) -> dict[str, Any]:
    """Give what the only melding of a rule shows."""
    (melding,) = [m for m in judgement.meldingen() if m.rule == rule]
    return {e.name: e.value for e in melding.evidence}


def test_a_melding_shows_the_first_day_without_recognition_and_how_many_there_are() -> None:
    """Uncovered are 1 up to and including 4 November and 11 up to and including 15 November (P): nine days."""
    found = judged(
        EEN_BPVO, {}, erkenningen="25655 2018-08-01..2018-10-31, 25655 2018-11-05..2018-11-10, 25655 2018-12-01.."
    )
    shown = evidence(found, "erkend_gedurende_looptijd")

    assert shown["eerste_dag_zonder_erkenning"] == date(2018, 11, 1)
    assert shown["dagen_zonder_erkenning"] == 9


def test_every_melding_is_an_outcome_that_is_not_met_and_says_whose_it_is() -> None:
    """A melding exists for each voldoet_niet and nothing else; kind, party and question are those of the rule."""
    for seed in range(150):
        world = seeded_world(seed)
        judgement = ready_judge(world.norms).keten(world.keten, **run_of(world))
        verdicts = list(judgement.verdicts())
        meldingen = judgement.meldingen()

        assert [(m.rule, m.subject) for m in meldingen] == [
            (v.rule, v.subject) for v in verdicts if v.outcome == NOT_MET
        ]
        assert len({m.id for m in meldingen}) == len(meldingen)
        for verdict in verdicts:
            said = verklaard()[verdict.rule]
            assert (verdict.question, verdict.subject_type) == (said.vraag, said.onderwerp)
            assert bool(verdict.reason) is (verdict.outcome == UNKNOWN), verdict
        for m in meldingen:
            said = verklaard()[m.rule]
            assert (m.question, m.subject_type, m.kind, m.party) == (
                said.vraag,
                said.onderwerp,
                said.soort,
                said.partij,
            )
            if m.subject_type in {"Bpvo", "Uitwisseling"}:
                assert m.brin == m.subject.split("/")[0]
            assert m.evidence


def test_a_melding_has_the_same_id_in_every_run() -> None:
    """It is derived from rule and subject: another P, another cause or more data give no other id."""
    first = judged(EEN_BPVO, {}, erkenningen="")
    later = judged(EEN_BPVO, {"begindatum": "2018-10-02"}, erkenningen="25656 2018-08-01..", P="2018-12-01")
    other = judged(EEN_BPVO, {"volgnummer": "2"}, erkenningen="")

    def ids(found: Judgement) -> set[str]:
        return {m.id for m in found.meldingen() if m.rule == "erkend_bij_aanvang"}

    assert len(ids(first)) == 1
    assert ids(first) == ids(later)
    assert ids(first).isdisjoint(ids(other))


def test_the_melding_about_required_data_names_what_is_not_filled() -> None:
    found = judged(EEN_BPVO, {"afsluitdatum": "", "leerbedrijf_id": ""})
    (melding,) = [m for m in found.meldingen() if m.rule == "verplichte_gegevens"]

    for text in (melding.text.nl, melding.text.en):
        assert "afsluitdatum" in text
        assert "leerbedrijf_id" in text
        assert "einddatum_gepland" not in text
        assert "begindatum" not in text
