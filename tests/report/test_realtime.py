"""The pages with the meldingen: what they say, whom they show it to, and that every link leads somewhere."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from functools import cache
from posixpath import dirname, join, normpath

import attrs
import pytest
from tests.cli.runner import MELDINGEN, VRAGEN, aanvraag, kleine_keten, levering
from tests.report.blad import Blad
from tests.report.resultaten import DAG, met_een_fout

from bpvo_rules import Keten, judge
from bpvo_rules.codes import Brin, LeerbedrijfId
from bpvo_rules.errors import UnknownSubjectError
from bpvo_rules.foto import Policy, aggregate, seal
from bpvo_rules.judge import Judgement, Profile, Toelichting, melding_id
from bpvo_rules.model import Instelling
from bpvo_rules.report.html import dossiers as dossiers_module
from bpvo_rules.report.html.inzage import EigenRecords, HeleKeten, Inzage, Ketenpartij
from bpvo_rules.report.html.realtime import realtime_bladen
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Outcome
from bpvo_rules.simulate import simulate

SBB = HeleKeten(Ketenpartij.SBB)
NL, EN = Say("nl"), Say("en")
ANDER = Brin("30ZZ")
BOOS = '<script>alert("x")</script>'


def bladen(judgement: Judgement, inzage: Inzage = SBB, say: Say = NL) -> dict[str, str]:
    return {blad.pad: blad.tekst for blad in realtime_bladen(judgement, inzage=inzage, bron="keten", say=say)}


@cache
def klein() -> dict[str, Blad]:
    """Give the pages of the small keten of which every answer is known."""
    found = bladen(judge(kleine_keten(), peildatum=DAG))
    return {pad: Blad(tekst) for pad, tekst in found.items() if pad.endswith(".html")}


@cache
def twee_scholen() -> Judgement:
    return judge(simulate(seed=7, instellingen=2, bpvos=300).keten, peildatum=date(2019, 7, 1))


# ---- what the pages say


def test_the_first_page_counts_bpvos_students_and_meldingen_apart() -> None:
    """Five of six BPVO's, one per student; nine meldingen, of which one (erkenning_dekt_planning) is a signaal."""
    tekst = klein()["index.html"].tekst

    assert "5 BPVO's met een melding, van 6" in tekst
    assert "5 studenten met een melding, van 6" in tekst
    assert "9 meldingen: 8 fout, 1 signaal, 0 vraag" in tekst


def test_the_outcomes_per_question_are_those_of_the_keten() -> None:
    """Shares rounded down: 3 of 5, 5 of 6 (83.33), 1 of 3 (33.33), 1 of 2; a share of nothing is a dash."""
    rows = klein()["index.html"].tabel("Uitkomsten per vraag")[1:]
    scores = ["60,0%", "-", "83,3%", "33,3%", "50,0%", "-"]

    assert [row[2:] for row in rows] == [
        [*map(str, numbers), score] for numbers, score in zip(VRAGEN.values(), scores, strict=True)
    ]


def test_the_first_page_says_for_whom_and_of_which_days() -> None:
    judgement = judge(kleine_keten(), peildatum=DAG, kennisdatum=date(2018, 10, 5))
    tekst = Blad(bladen(judgement)["index.html"]).tekst

    for words in ("Voor SBB: de hele keten", "Bron keten", "Peildatum 1 oktober 2018", "Bekend op 5 oktober 2018"):
        assert words in tekst


def test_a_rule_without_meldingen_says_of_how_many() -> None:
    """Silence would say the same as not having looked. Five of the six BPVO's name a company."""
    page = klein()["index.html"]

    assert "erkend_gedurende_looptijd: 0 meldingen van" in page.tekst
    assert "leerbedrijf_bekend: 1 melding van 5 beoordeeld" in page.tekst
    assert "Geen enkele melding." in page.tekst
    assert {caption for caption in page.tabellen if caption.startswith(("De eerste", "Alle"))} == {"Alle 1", "Alle 2"}


def test_the_list_has_every_melding_with_what_it_is_about() -> None:
    rows = klein()["meldingen.html"].tabel("Meldingen, per regel")[1:]

    assert [(row[1], row[7]) for row in rows] == MELDINGEN
    (laat,) = [row for row in rows if row[1] == "tijdig_bij_duo"]
    assert laat[:7] == ["3", "tijdig_bij_duo", "fout", "instelling", "79140", "25655", "geen"]


def test_a_subject_has_its_picture_and_says_what_why_who_and_how() -> None:
    page = klein()["dossiers-001.html"]

    assert "Leerbedrijf 100000002 is op 1 september 2018 niet erkend voor opleiding 25655." in page.tekst
    assert "instelling: Controleer leerbedrijf, opleiding en begindatum" in page.tekst
    assert "bron: WEB art. 7.2.8-7.2.10: bpv alleen bij een erkend leerbedrijf" in page.tekst
    assert len(page.alle("svg")) == len(page.alle("section")) == 6
    koud = melding_id("erkend_bij_aanvang", "Bpvo", "27DV/KOUD/1/1")
    evidence = {row[0]: row[1] for row in page.tabel(f"Bewijs bij melding {koud}")[1:]}
    assert "1 september 2018" in evidence.values()


def test_white_label_has_its_outages() -> None:
    """Two measurements in a row without an answer are one outage, from ten to eleven by the clock there."""
    page = klein()["white-label.html"]

    assert "3 metingen beoordeeld" in page.tekst
    assert page.tabel("Storingen")[1:] == [["zoeken", "landelijk", "2018-09-03 10:00", "2018-09-03 11:00", "2"]]


def test_without_measurements_there_is_no_page_of_them() -> None:
    found = bladen(judge(kleine_keten(white_label_metingen=None), peildatum=DAG))

    assert "white-label.html" not in found
    assert "white-label.html" not in Blad(found["index.html"]).links


def test_every_rule_that_ran_has_a_page_with_its_source_and_a_row_with_its_outcomes() -> None:
    judgement = judge(kleine_keten(), peildatum=DAG)
    rows = {row[1]: row[4:] for row in klein()["regels.html"].tabel("Regels en hun uitkomsten")[1:]}

    assert rows["tijdig_bij_duo"] == ["5", "1", "0", "0"]
    assert list(rows) == [rule.code for rule in judgement.rules]
    for rule in judgement.rules:
        page = klein()[f"regels/{rule.code}.html"]
        assert rule.sentence.nl in page.tekst
        assert all(source.title in page.tekst for source in rule.sources)
        assert all(norm.text.nl in page.tekst for norm in rule.norms)
        assert all(assumption.nl in page.tekst for assumption in rule.assumptions)


def test_the_download_is_what_a_spreadsheet_reads() -> None:
    text = bladen(judge(kleine_keten(), peildatum=DAG))["meldingen.csv"]
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))

    assert text.startswith("\ufeff")
    assert [(row["rule"], row["subject"]) for row in rows] == MELDINGEN


def test_a_toelichting_is_shown_and_counted_apart() -> None:
    laat = melding_id("tijdig_bij_duo", "Bpvo", "27DV/LAAT/1/1")
    profile = Profile(
        naam="Proef",
        datum=date(2018, 9, 1),
        toelichtingen=(Toelichting(melding=laat, reason=BOOS, tot_en_met=date(2018, 12, 31)),),
    )
    found = {pad: Blad(tekst) for pad, tekst in bladen(judge(kleine_keten(), peildatum=DAG, profile=profile)).items()}

    assert "1 met toelichting" in found["index.html"].tekst
    assert "Profiel Proef (1 september 2018)" in found["index.html"].tekst
    assert f"Toelichting tot en met 31 december 2018: {BOOS}" in found["dossiers-001.html"].tekst
    states = {row[7]: row[6] for row in found["meldingen.html"].tabel("Meldingen, per regel")[1:]}
    assert [key for key, state in states.items() if state == "toegelicht"] == ["27DV/LAAT/1/1"]


def test_what_was_not_judged_is_said_on_the_first_page(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = met_een_fout(monkeypatch)
    assert isinstance(failed, Judgement)
    assert "is gestopt met een fout" in Blad(bladen(failed)["index.html"]).tekst

    without = judge(kleine_keten(erkenningen=None), peildatum=DAG)
    assert "Niet opgezocht: erkenningen." in Blad(bladen(without)["index.html"]).tekst


def test_a_question_that_was_not_looked_up_has_no_numbers() -> None:
    page = Blad(bladen(judge(kleine_keten(erkenningsaanvragen=None), peildatum=DAG))["index.html"])
    (row,) = [row for row in page.tabel("Uitkomsten per vraag") if row[0].startswith("5.")]

    assert row[2:] == ["niet opgezocht"]


def test_more_meldingen_than_fit_are_counted_and_stand_in_the_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page shows fifty of a rule, the list what it may hold; the totals are always whole."""
    keten = kleine_keten(
        uitwisselingen=[levering(f"S{n:03}", ontvangen_duo_op=date(2018, 9, 7)) for n in range(60)],
        white_label_metingen=None,
        erkenningsaanvragen=None,
    )
    judgement = judge(keten, peildatum=DAG, only_rules=["tijdig_bij_duo"])
    index = Blad(bladen(judgement)["index.html"])
    assert "tijdig_bij_duo: 60 meldingen van 60 beoordeeld" in index.tekst
    (rows,) = [rows for caption, rows in index.tabellen.items() if caption.startswith("De eerste 50 van 60")]
    assert len(rows) == 1 + 50

    monkeypatch.setattr(dossiers_module.Dossiers.__init__, "__kwdefaults__", {"hoogstens": 55})
    cut = bladen(judgement)
    page = Blad(cut["meldingen.html"])
    assert len(page.tabel("Meldingen, per regel")) == 1 + 55
    assert "60 meldingen" in page.tekst
    assert "Hier staan er 55: van elke regel de eerste; de andere 5 staan alleen in het csv-bestand." in page.tekst
    assert cut["meldingen.csv"].count("\n") == 1 + 60
    # Forty subjects on a page.
    sizes = [len(Blad(tekst).alle("section")) for pad, tekst in cut.items() if pad.startswith("dossiers-")]
    assert sizes == [40, 15]


def test_english_pages_are_english() -> None:
    """But for the titles of laws and documents, which are in Dutch."""
    judgement = judge(kleine_keten(), peildatum=DAG)
    titles = [source.title for rule in judgement.rules for source in rule.sources]
    titles += [value.source.title for norm in judgement.settings.norms.values() for value in norm.values]
    found = bladen(judgement, say=EN)
    for pad in ("index.html", "meldingen.html", "dossiers-001.html", "white-label.html", "regels.html"):
        tekst = Blad(found[pad]).tekst
        for title in titles:
            tekst = tekst.replace(title, "")
        words = set(tekst.lower().split())
        assert not words & {"de", "het", "een", "van", "niet", "voldoet", "wordt", "zijn", "naar", "geen", "voor"}, pad


def test_the_same_judgement_gives_the_same_pages() -> None:
    assert bladen(judge(kleine_keten(), peildatum=DAG)) == bladen(judge(kleine_keten(), peildatum=DAG))


# ---- links


def broken_links(found: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Give each link, with its page, that leads to a page or place that is not there."""
    pages = {pad: Blad(tekst) for pad, tekst in found.items() if pad.endswith(".html")}
    for pad, page in pages.items():
        for link in page.links:
            if link.startswith("http"):
                continue
            target, _, anchor = link.partition("#")
            full = normpath(join(dirname(pad), target)) if target else pad
            if full not in found or (anchor and anchor not in pages[full].ids):
                yield pad, link


def test_every_link_leads_to_a_page_and_a_place_that_is_there() -> None:
    assert list(broken_links(bladen(judge(kleine_keten(), peildatum=DAG)))) == []


def test_every_link_of_a_larger_report_leads_somewhere() -> None:
    assert list(broken_links(bladen(twee_scholen()))) == []


def test_no_id_stands_twice_on_a_page() -> None:
    for pad, tekst in bladen(twee_scholen()).items():
        ids = Blad(tekst).ids
        assert len(ids) == len(set(ids)), pad


def test_every_table_has_a_caption_and_headers_that_say_of_what() -> None:
    for pad, tekst in bladen(twee_scholen()).items():
        page = Blad(tekst)
        assert len(page.alle("table")) == len(page.alle("caption")), pad
        assert all(one.get("scope") in {"col", "row"} for one in page.alle("th")), pad
        assert all(one.get("role") == "img" and one.get("aria-label") for one in page.alle("svg")), pad


# ---- who may see what


def test_only_who_keeps_the_records_of_the_keten_sees_all() -> None:
    """Inspectie and ministry get fotos; there is no value that gives them records."""
    assert [*Ketenpartij] == ["SBB", "DUO"]
    with pytest.raises(ValueError, match="inspectie"):
        Ketenpartij("inspectie")


def test_a_school_sees_nothing_of_another_school() -> None:
    """Not a student, request, or name of a school, in any byte of any file."""
    keten = twee_scholen().keten
    own, other = (school.brin for school in keten.instellingen or ())
    shown = "\n".join(bladen(twee_scholen(), EigenRecords(own)).values())
    rows = keten.uitwisselingen or ()
    needles = {str(other)} | {row.student for row in rows if row.brin == other}
    needles -= {row.student for row in rows if row.brin == own}
    needles |= {row.aanvraag_id for row in keten.erkenningsaanvragen or () if row.brin != own}

    assert len(needles) > 80
    assert [needle for needle in needles if needle in shown] == []
    assert f"school {own}: alleen de eigen records" in shown


def test_a_school_sees_its_own_meldingen_and_national_measurements() -> None:
    judgement = twee_scholen()
    own = next(school.brin for school in judgement.keten.instellingen or ())
    shown = bladen(judgement, EigenRecords(own))["meldingen.csv"].removeprefix("\ufeff")
    ids = {row["melding"] for row in csv.DictReader(io.StringIO(shown), delimiter=";")}

    assert ids == {
        melding.id
        for melding in judgement.meldingen()
        if melding.brin == own or (melding.subject_type == "WhiteLabelMeting" and melding.brin is None)
    }


def test_the_part_of_a_school_has_the_outcomes_of_the_whole() -> None:
    judgement = twee_scholen()
    for school in judgement.keten.instellingen or ():
        own = judgement.of_school(school.brin)
        assert own.school == school.brin
        for rule in judgement.rules:
            whole = judgement.outcomes(rule.code)
            part = own.outcomes(rule.code)
            assert part.items() <= whole.items()
            if rule.subject.name in {"Bpvo", "Uitwisseling"}:
                assert set(part) == {key for key in whole if key.startswith(f"{school.brin}/")}
            for outcome in Outcome:
                assert own.counts[rule.code][outcome] == list(part.values()).count(outcome)


def test_undated_bpvos_are_counted_per_school() -> None:
    keten = kleine_keten(
        instellingen=[Instelling(brin=Brin("27DV"), naam="A"), Instelling(brin=ANDER, naam="B")],
        uitwisselingen=[
            levering("EEN", begindatum=None),
            levering("TWEE", begindatum=None, brin=ANDER),
            levering("DRIE", begindatum=None, brin=ANDER),
        ],
    )
    judgement = judge(keten, peildatum=DAG)

    assert judgement.bpvos_without_begindatum == 3
    assert judgement.of_school(ANDER).bpvos_without_begindatum == 2


def test_a_school_of_which_nothing_was_judged_gets_no_report() -> None:
    """No meldingen would look good."""
    with pytest.raises(UnknownSubjectError, match="30ZZ"):
        bladen(judge(kleine_keten(), peildatum=DAG), EigenRecords(ANDER))


def test_no_foto_is_made_of_what_a_school_may_see() -> None:
    own = judge(kleine_keten(), peildatum=DAG).of_school(Brin("27DV"))

    with pytest.raises(ValueError, match="all schools"):
        aggregate(own, policy=Policy.NIVEAU)
    with pytest.raises(ValueError, match="all schools"):
        seal(own)


# ---- input is text


def boze_keten() -> Keten:
    """Give a keten whose texts are markup, quotes and marks that turn the reading direction."""
    return kleine_keten(
        uitwisselingen=[
            levering(BOOS, ontvangen_duo_op=date(2018, 9, 7)),
            levering('"><img src=x onerror=alert(1)>', ontvangen_duo_op=date(2018, 9, 7)),
            levering("a\u202eb'\x00</section>", leerbedrijf_id=LeerbedrijfId("100000003")),
        ],
        erkenningsaanvragen=[attrs.evolve(aanvraag("X", date(2018, 9, 18)), aanvraag_id="</table>{{ 7*7 }}&lt;")],
    )


def test_no_value_of_the_input_is_markup() -> None:
    for pad, tekst in bladen(judge(boze_keten(), peildatum=DAG)).items():
        if not pad.endswith(".html"):
            continue
        page = Blad(tekst)
        assert (len(page.alle("script")), len(page.alle("img"))) == (1, 0), pad
        assert len(page.alle("table")) == tekst.count("</table>"), pad
        assert len(page.alle("section")) == tekst.count("</section>"), pad
        assert not {"\u202e", "\x00"} & set(tekst), pad
        tekst.encode()


def test_values_are_shown_as_they_are() -> None:
    subjects = {
        row[7] for row in Blad(bladen(judge(boze_keten(), peildatum=DAG))["meldingen.html"]).tabel("Meldingen, ")
    }

    assert f"27DV/{BOOS}/1/1" in subjects
    assert '27DV/"><img src=x onerror=alert(1)>/1/1' in subjects
    assert "</table>{{ 7*7 }}&lt;" in subjects
