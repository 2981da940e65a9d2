"""Timelines: what the facts say, at its place on the scale of days."""

import itertools
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.judge.werelden import judged
from tests.questions.spec import BPVO, EEN_AANVRAAG, EEN_BPVO, EEN_METING, build
from tests.report.beeld import KLIK, in_beeld, lees, teksten, vlakken

from bpvo_rules import Judgement, judge
from bpvo_rules.errors import UnknownSubjectError
from bpvo_rules.judge import Melding
from bpvo_rules.judge.keys import KEYS
from bpvo_rules.report.html.doek import KLEUREN, TEKSTKLEUREN, Doek, Etiket, Etiketten, getal, schoon, tekstbreedte
from bpvo_rules.report.html.tijdlijn import Momentsoort, Strook, Strooksoort, Tijdlijn, Tijdlijnen
from bpvo_rules.report.html.tijdlijn_beeld import korte_dag, tijdlijn_svg
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import render_value
from bpvo_rules.testing.strategies import worlds
from bpvo_rules.testing.worlds import World

NL, EN = Say("nl"), Say("en")
LINKS, RECHTS = 112, 634


def keten(*cells: dict[str, str], **changes: str) -> Judgement:
    """Judge deliveries, each with what differs from the one with which everything is in order."""
    found, arguments = build(EEN_BPVO, list(cells), changes)
    return judge(found, **arguments)


def tijdlijn(*cells: dict[str, str], soort: str = "Bpvo", sleutel: str = BPVO, **changes: str) -> Tijdlijn:
    """Give the timeline of one subject of such a chain."""
    found = Tijdlijnen(keten(*cells, **changes)).van(soort, sleutel)
    assert found is not None
    return found


def stroken(lijn: Tijdlijn, soort: Strooksoort) -> list[tuple[str, str]]:
    """Give first and last day of the runs of a kind."""
    found = [s for rij in lijn.rijen for s in rij.stroken if s.soort is soort]
    return [(str(s.van), str(s.tot_en_met)) for s in found]


def gezegd(lijn: Tijdlijn, say: Say = NL) -> list[str]:
    """Give every text in the picture of a timeline, after checking that it is one."""
    root = lees(tijdlijn_svg(lijn, say))
    in_beeld(root)
    return teksten(root)


# 1 October 2018 up to and including 8 January 2019: 31 + 30 + 31 + 8 = 100 days.
HONDERD = {"begindatum": "2018-10-01", "einddatum_gepland": "2019-01-08"}

# ---- the gap


def test_thirty_days_of_a_hundred_without_recognition_are_thirty_percent_of_the_placement() -> None:
    """Recognised from 31 October on: the 30 days before it are hatched."""
    lijn = tijdlijn(HONDERD, erkenningen="25655 2018-10-31..2019-07-31", P="2019-02-01")
    root = lees(tijdlijn_svg(lijn, NL))
    [(x, breedte)] = vlakken(root, "bpv")
    [(gat_x, gat)] = vlakken(root, "niet-erkend")

    assert stroken(lijn, Strooksoort.NIET_ERKEND) == [("2018-10-01", "2018-10-30")]
    assert gat_x == pytest.approx(x, abs=KLIK)
    assert gat == pytest.approx(breedte * 0.30, abs=2 * KLIK)
    assert "30 dagen niet erkend vanaf 1 okt 2018" in teksten(root)


def test_a_day_is_as_wide_as_its_part_of_the_view() -> None:
    lijn = tijdlijn(HONDERD, P="2019-02-01")
    root = lees(tijdlijn_svg(lijn, NL))
    [(x, breedte)] = vlakken(root, "bpv")
    [peil] = [e for e in root.iter() if e.get("data-soort") == "peildatum"]
    dag = (RECHTS - LINKS) / lijn.venster.dagen

    assert x == pytest.approx(LINKS + (date(2018, 10, 1) - lijn.venster.van).days * dag, abs=KLIK)
    assert breedte == pytest.approx(100 * dag, abs=KLIK)
    # The peildatum itself still counts: its line stands at the end of that day.
    at = LINKS + ((date(2019, 2, 1) - lijn.venster.van).days + 1) * dag
    assert float((peil.get("d") or "").split()[0][1:]) == pytest.approx(at, abs=KLIK)


def test_a_gap_stops_at_the_peildatum_and_goes_on_in_another_way() -> None:
    """11 to 15 November are five days; what comes then can still be recognised."""
    lijn = tijdlijn(HONDERD, erkenningen="25655 2018-08-01..2018-11-10", P="2018-11-15")

    assert stroken(lijn, Strooksoort.NIET_ERKEND) == [("2018-11-11", "2018-11-15")]
    assert stroken(lijn, Strooksoort.NOG_NIET_ERKEND) == [("2018-11-16", "2019-01-08")]
    woorden = gezegd(lijn)
    assert "5 dagen niet erkend vanaf 11 nov 2018" in woorden
    assert "nog niet erkend vanaf 16 nov 2018" in woorden


def test_every_gap_is_shown_and_periods_that_touch_are_one() -> None:
    lijn = tijdlijn(
        HONDERD,
        erkenningen="25655 2018-10-01..2018-10-10, 25655 2018-10-11..2018-10-20, 25655 2018-10-22..2018-12-31",
        P="2019-02-01",
    )

    assert stroken(lijn, Strooksoort.ERKEND) == [("2018-10-01", "2018-10-20"), ("2018-10-22", "2018-12-31")]
    assert stroken(lijn, Strooksoort.NIET_ERKEND) == [("2018-10-21", "2018-10-21"), ("2019-01-01", "2019-01-08")]
    assert "1 dag niet erkend vanaf 21 okt 2018" in gezegd(lijn)


def test_a_recognition_for_an_equivalent_counts_and_one_for_another_does_not() -> None:
    register = "25480 2018-08-01..2019-07-31"

    assert stroken(tijdlijn(HONDERD, erkenningen=register), Strooksoort.ERKEND) == []
    lijn = tijdlijn(HONDERD, erkenningen=register, equivalenten="25655>25480")
    assert stroken(lijn, Strooksoort.ERKEND) == [("2018-08-01", "2019-07-31")]
    assert "geen enkele erkenning voor deze opleiding" in gezegd(tijdlijn(HONDERD, erkenningen=register))


def test_for_a_keuzedeel_any_recognition_counts() -> None:
    cells = HONDERD | {"keuzedeelcode": "K0067", "opleidingcode": ""}
    lijn = tijdlijn(cells, erkenningen="25480 2018-08-01..2019-07-31")

    assert stroken(lijn, Strooksoort.ERKEND) == [("2018-08-01", "2019-07-31")]
    assert "K0067" in gezegd(lijn)


def _evidence(melding: Melding) -> dict[str, Any]:
    return {evidence.name.removeprefix("elke_"): evidence.value for evidence in melding.evidence}


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_a_picture_never_says_another_number_of_days_than_the_melding(world: World) -> None:
    judgement = judged(world)
    lijnen = Tijdlijnen(judgement)
    for melding in judgement.meldingen():
        if melding.rule.endswith("erkend_gedurende_looptijd"):
            lijn = lijnen.van(melding.subject_type, melding.subject)
            assert lijn is not None
            gaten = [s for rij in lijn.rijen for s in rij.stroken if s.soort is Strooksoort.NIET_ERKEND]
            assert sum(gat.dagen for gat in gaten) == _evidence(melding)["dagen_zonder_erkenning"]
            assert min(gat.van for gat in gaten) == _evidence(melding)["eerste_dag_zonder_erkenning"]


# ---- what is missing is said


@pytest.mark.parametrize(
    ("cells", "changes", "words"),
    [
        ({}, {"erkenningen": "?"}, "erkenningen niet opgezocht"),
        ({"begindatum": ""}, {}, "geen begindatum"),
        ({"leerbedrijf_id": ""}, {}, "geen leerbedrijf"),
        ({"einddatum_gepland": ""}, {}, "geen einddatum"),
        ({"opleidingcode": ""}, {}, "geen opleiding of keuzedeel"),
        ({"afsluitdatum": ""}, {}, "geen afsluitdatum"),
        ({"ontvangen_sbb_op": "?"}, {}, "uitwisselingen.ontvangen sbb op niet opgezocht"),
        ({"leerbedrijf_id": "100000009"}, {}, "leerbedrijf staat niet in het register"),
        ({"einddatum_gepland": "2018-09-01"}, {}, "het einde ligt voor het begin"),
        ({}, {"erkenningen": "", "equivalenten": "?"}, "equivalenten niet opgezocht"),
    ],
)
def test_what_is_missing_is_said(cells: dict[str, str], changes: dict[str, str], words: str) -> None:
    assert words in gezegd(tijdlijn(cells, **changes))


def test_what_was_not_looked_up_is_never_drawn_as_good() -> None:
    lijn = tijdlijn(HONDERD, erkenningen="?", P="2019-02-01")

    assert stroken(lijn, Strooksoort.ERKEND) == []
    assert stroken(lijn, Strooksoort.ONBEKEND) == [("2018-10-01", "2019-01-08")]


def test_days_that_an_equivalent_could_cover_are_unknown() -> None:
    lijn = tijdlijn(HONDERD, erkenningen="25655 2018-08-01..2018-11-10", equivalenten="?", P="2019-02-01")

    assert stroken(lijn, Strooksoort.NIET_ERKEND) == []
    assert stroken(lijn, Strooksoort.ONBEKEND) == [("2018-11-11", "2019-01-08")]
    assert "niet te bepalen vanaf 11 nov 2018" in gezegd(lijn)


def test_without_a_last_day_only_the_first_is_judged() -> None:
    cells = {"einddatum_gepland": ""}

    assert "niet erkend op 1 okt 2018" in gezegd(tijdlijn(cells, erkenningen="25655 2018-10-05.."))
    lijn = tijdlijn(cells, erkenningen="25655 2018-08-01..2018-11-10")
    assert stroken(lijn, Strooksoort.BPV) == [("2018-10-01", "9999-12-31")]
    assert stroken(lijn, Strooksoort.NIET_ERKEND) == []


def test_a_planned_end_after_the_actual_one_is_marked() -> None:
    lijn = tijdlijn({"einddatum_werkelijk": "2018-12-01"})

    assert stroken(lijn, Strooksoort.BPV) == [("2018-10-01", "2018-12-01")]
    assert stroken(lijn, Strooksoort.GEPLAND) == [("2018-12-02", "2019-01-31")]
    assert "gepland t/m 31 jan 2019" in gezegd(lijn)


@pytest.mark.parametrize(
    "cells",
    [
        {"einddatum_gepland": "9999-12-31"},
        {"begindatum": "1900-01-01"},
        {"begindatum": "1900-01-01", "einddatum_gepland": "9999-12-31"},
        {"begindatum": "9999-12-31", "einddatum_gepland": "9999-12-31"},
        {"afsluitdatum": "1900-01-01"},
    ],
)
@pytest.mark.parametrize("erkend", ["25655 1900-01-01..9999-12-31", "25655 9999-12-31..", ""])
def test_a_day_far_away_does_not_press_the_others_together(cells: dict[str, str], erkend: str) -> None:
    lijn = tijdlijn(cells, erkenningen=erkend)

    assert lijn.venster.dagen < 4 * 366
    assert date(2018, 9, 28) in lijn.venster
    gezegd(lijn)


def test_a_peildatum_far_away_is_named_with_an_arrow() -> None:
    assert "peildatum 15 nov 2030 →" in gezegd(tijdlijn({}, P="2030-11-15"))
    assert "← peildatum 15 nov 2012" in gezegd(tijdlijn({}, P="2012-11-15", K="2019-01-01"))


# ---- deliveries and terms


def test_a_late_delivery_shows_how_late() -> None:
    """Drawn up on 24 September, so due on 1 October; twelve days later is 13 October."""
    lijn = tijdlijn({"ontvangen_duo_op": "2018-10-13", "ontvangen_sbb_op": "2018-10-20"})

    assert stroken(lijn, Strooksoort.TERMIJN)[0] == ("2018-09-24", "2018-10-01")
    assert stroken(lijn, Strooksoort.TE_LAAT) == [("2018-10-02", "2018-10-13")]
    woorden = gezegd(lijn)
    assert {"afsluitdatum 24 sep 2018", "uiterlijk 1 okt 2018: 12 dagen te laat", "toevoeging 13 okt 2018"} <= {
        *woorden
    }


def test_what_did_not_come_is_late_up_to_the_kennisdatum() -> None:
    """From 1 October to 15 November are 45 days."""
    lijn = tijdlijn({"ontvangen_duo_op": "", "ontvangen_sbb_op": ""}, perspectief="instelling")

    assert stroken(lijn, Strooksoort.TE_LAAT) == [("2018-10-02", "2018-11-15")]
    woorden = gezegd(lijn)
    assert "uiterlijk 1 okt 2018: er nog niet, 45 dagen te laat" in woorden
    assert "toevoeging is nog niet bij DUO" in woorden


def test_on_the_last_day_itself_what_did_not_come_is_late_by_no_day() -> None:
    lijn = tijdlijn({"ontvangen_duo_op": "", "ontvangen_sbb_op": ""}, perspectief="instelling", P="2018-10-01")

    assert stroken(lijn, Strooksoort.TE_LAAT) == []
    assert "uiterlijk 1 okt 2018: er nog niet" in gezegd(lijn)


def test_what_came_after_the_kennisdatum_is_not_shown() -> None:
    woorden = gezegd(tijdlijn({}, K="2018-10-11", P="2018-10-11"))

    assert "niets ontvangen" in woorden
    assert not any("12 okt" in woord for woord in woorden)
    assert "er nog niet, kan nog op tijd komen" in woorden


def test_every_delivery_has_its_kind_and_a_rejected_one_looks_different() -> None:
    rows = (
        {"uitkomst": "afgekeurd"},
        {"volgorde": "2", "ontvangen_duo_op": "2018-10-20", "ontvangen_sbb_op": "2018-10-27"},
        {"volgorde": "3", "soort": "wijziging", "ontvangen_duo_op": "2018-11-10", "ontvangen_sbb_op": ""},
    )
    lijn = tijdlijn(*rows)
    momenten = [m.soort for rij in lijn.rijen if rij.naam.nl == "Bij DUO" for m in rij.momenten]

    assert momenten.count(Momentsoort.AFGEKEURD) == 1
    assert momenten.count(Momentsoort.ONTVANGEN) == 2
    assert {
        "1e toevoeging afgekeurd 28 sep 2018",
        "2e toevoeging 20 okt 2018",
        "3e wijziging 10 nov 2018",
        "2e toevoeging 27 okt 2018",
    } <= {*gezegd(lijn)}


def test_the_timeline_of_a_delivery_is_that_of_its_bpvo_with_that_one_marked() -> None:
    rows: tuple[dict[str, str], ...] = (
        {},
        {"volgorde": "2", "soort": "wijziging", "ontstaan_op": "2018-10-30", "ontvangen_duo_op": "2018-11-10"},
    )
    lijn = tijdlijn(*rows, soort="Uitwisseling", sleutel=f"{BPVO}#2")
    of_bpvo = tijdlijn(*rows)

    assert [r.naam for r in lijn.rijen][:4] == [r.naam for r in of_bpvo.rijen]
    assert lijn.rijen[0] == of_bpvo.rijen[0]
    marked = [m for m in lijn.rijen[2].momenten if m.uitgelicht]
    assert [m.dag for m in marked] == [date(2018, 11, 10)]
    # It arose on 30 October, so it was due on 6 November.
    assert "uiterlijk 6 nov 2018: 4 dagen te laat" in gezegd(lijn)


def test_a_delivery_of_a_bpvo_that_does_not_exist_shows_what_it_said() -> None:
    lijn = tijdlijn({"uitkomst": "afgekeurd"}, soort="Uitwisseling", sleutel=f"{BPVO}#1")

    woorden = gezegd(lijn)
    assert "deze BPVO bestaat niet (meer)" in woorden
    assert "toevoeging afgekeurd 28 sep 2018" in woorden
    assert stroken(lijn, Strooksoort.BPV) == [("2018-10-01", "2019-01-31")]


def aanvraag(**cells: str) -> Tijdlijn:
    """Give the timeline of a request."""
    found, arguments = build(EEN_AANVRAAG, [cells], {})
    lijn = Tijdlijnen(judge(found, **arguments)).van("Erkenningsaanvraag", "A1")
    assert lijn is not None
    return lijn


def test_a_request_shows_both_terms() -> None:
    """Ten werkdagen after Monday 1 October is Monday 15 October, twenty is the 29th."""
    lijn = aanvraag(besluit_op="2018-10-18", kennisgeving_op="2018-10-19")

    assert stroken(lijn, Strooksoort.TERMIJN) == [("2018-10-01", "2018-10-15"), ("2018-10-01", "2018-10-29")]
    assert stroken(lijn, Strooksoort.TE_LAAT) == [("2018-10-16", "2018-10-18")]
    assert {
        "dagtekening 1 okt 2018 (nieuw)",
        "uiterlijk 15 okt 2018: 3 dagen te laat",
        "besluit 18 okt 2018 (erkend)",
        "kennisgeving 19 okt 2018",
    } <= {*gezegd(lijn)}


def test_no_term_is_drawn_for_a_request_that_has_none() -> None:
    lijn = aanvraag(soort="uitbreiding")

    assert stroken(lijn, Strooksoort.TERMIJN) == []
    assert "hiervoor geldt geen termijn" in gezegd(lijn)


def test_reasons_for_a_delay_are_shown() -> None:
    lijn = aanvraag(besluit_op="2018-10-18", overschrijding_gemotiveerd_op="2018-10-10")

    assert "overschrijding gemotiveerd 10 okt 2018" in gezegd(lijn)
    assert "reasons for the delay 10 Oct 2018" in gezegd(lijn, EN)


# ---- which there are


def test_a_measurement_has_no_timeline() -> None:
    found, arguments = build(EEN_METING, [{"gelukt": "nee"}], {"white_label_onderhoud": ""})
    judgement = judge(found, **arguments)
    [melding] = judgement.meldingen()

    assert Tijdlijnen(judgement).van(melding.subject_type, melding.subject) is None


@pytest.mark.parametrize("soort", ["Bpvo", "Uitwisseling", "Erkenningsaanvraag", "Anders"])
def test_what_does_not_exist_has_no_timeline(soort: str) -> None:
    with pytest.raises(UnknownSubjectError, match="with this key"):
        Tijdlijnen(keten({})).van(soort, "27DV/s9/1/1")


def test_a_judgement_of_a_few_rules_has_the_same_timelines() -> None:
    found, arguments = build(EEN_BPVO, [{}], {})
    few = judge(found, **arguments, only_rules=["levering_geaccepteerd"])

    assert Tijdlijnen(few).van("Bpvo", BPVO) == tijdlijn({})


# ---- the picture as such


def test_the_same_timeline_gives_the_same_bytes() -> None:
    assert tijdlijn_svg(tijdlijn({}), NL) == tijdlijn_svg(tijdlijn({}), NL)


def test_in_english_every_word_is_english() -> None:
    woorden = " ".join(gezegd(tijdlijn({"ontvangen_duo_op": "2018-10-13"}, erkenningen="25655 2018-10-31.."), EN))

    assert "30 days not recognised from 1 Oct 2018" in woorden
    assert "by 1 Oct 2018: 12 days late" in woorden
    assert not re.search(r"\b(okt|dagen|erkend|vanaf|uiterlijk)\b", woorden)


def test_no_student_stands_in_a_picture() -> None:
    svg = tijdlijn_svg(tijdlijn({"student": "zoekmij"}, sleutel="27DV/zoekmij/1/1"), NL)

    assert "zoekmij" not in svg


def _dagen_in(woorden: list[str], say: Say) -> set[str]:
    """Give the days in the texts of a picture, but for its axis, as a reader would say them."""
    days = {korte_dag(d, say.lang): d for d in map(date.fromordinal, range(733000, 738500))}
    found = {short for word in woorden for short in re.findall(r"\d+ \w{3} \d{4}", word)}
    return {render_value(days[short], say.lang) for short in found if short in days}


@pytest.mark.parametrize("say", [NL, EN], ids=["nl", "en"])
def test_every_day_in_the_picture_is_in_its_description(say: Say) -> None:
    rows = ({"uitkomst": "afgekeurd"}, {"volgorde": "2", "ontvangen_duo_op": "2018-10-20"})
    lijn = tijdlijn(*rows, erkenningen="25655 2018-10-31..2018-12-01", P="2019-02-01", K="2019-02-03")
    root = lees(tijdlijn_svg(lijn, say))
    label = root.get("aria-label") or ""
    days = _dagen_in(teksten(root), say)

    assert len(days) >= 8
    assert {day for day in days if day not in label} == set()


def _licht(kleur: str) -> float:
    def deel(hexa: str) -> float:
        c = int(hexa, 16) / 255
        return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4

    rood, groen, blauw = (deel(kleur[i : i + 2]) for i in (1, 3, 5))
    return 0.2126 * rood + 0.7152 * groen + 0.0722 * blauw


def test_shapes_have_contrast_three_and_letters_four_and_a_half() -> None:
    """Letters also on the grey of what lies after the peildatum."""
    assert all(1.05 / (_licht(kleur) + 0.05) >= 3 for kleur in KLEUREN)
    grijs = _licht("#F4F4F4") + 0.05
    assert all(grijs / (_licht(kleur) + 0.05) >= 4.5 for kleur in TEKSTKLEUREN)


def test_letters_have_only_those_colours() -> None:
    rows = ({"uitkomst": "afgekeurd"}, {"volgorde": "2", "ontvangen_duo_op": "2018-10-20"})
    root = lees(tijdlijn_svg(tijdlijn(*rows, erkenningen=""), NL))

    assert {e.get("fill") for e in root.iter() if e.tag.endswith("text")} - {None} <= {*TEKSTKLEUREN}


HOSTILE = ["<script>alert(1)</script>&\"'", "a\x00b\x1bc", "\u202eevil\u2066", "]]>", "\ud800", "<!--"]


@pytest.mark.parametrize("tekst", HOSTILE)
def test_no_text_is_markup(tekst: str) -> None:
    doek = Doek(100)
    doek.tekst(0, 10, tekst)
    root = lees(doek.svg(20, tekst))

    assert teksten(root) == [schoon(tekst)]
    assert root.get("aria-label") == schoon(tekst)
    assert not re.search("[\x00-\x1f\u202a-\u202e\u2066-\u2069]", schoon(tekst))


@given(st.text())
def test_every_text_can_be_written(tekst: str) -> None:
    doek = Doek(100)
    doek.tekst(0, 10, tekst)

    assert teksten(lees(doek.svg(20, tekst + "x"))) == [schoon(tekst)]


@pytest.mark.parametrize(
    ("waarde", "tekst"), [(0, "0"), (-0.01, "0"), (12.34, "12.3"), (12.96, "13"), (634.0, "634"), (-3.5, "-3.5")]
)
def test_a_coordinate_is_written_short(waarde: float, tekst: str) -> None:
    assert getal(waarde) == tekst


@given(st.lists(st.builds(Etiket, st.floats(112, 634), st.text("abc ", min_size=1, max_size=60)), max_size=9))
def test_labels_never_overlap(etiketten: list[Etiket]) -> None:
    gelegd = Etiketten.leg(etiketten, LINKS, RECHTS, 6)

    assert len(gelegd.geplaatst) + gelegd.weggelaten == len(etiketten)
    for (a, a_x, a_lane), (b, b_x, b_lane) in itertools.combinations(gelegd.geplaatst, 2):
        if a_lane == b_lane:
            assert a_x + tekstbreedte(a.tekst) < b_x or b_x + tekstbreedte(b.tekst) < a_x
    for etiket, x, _ in gelegd.geplaatst:
        assert x >= LINKS
        assert x + tekstbreedte(etiket.tekst) <= RECHTS + 0.01


def test_when_there_are_too_many_labels_the_number_left_out_is_said() -> None:
    rows = [{"volgorde": str(n), "ontvangen_duo_op": f"2018-10-{n + 1:02}"} for n in range(1, 12)]
    woorden = gezegd(tijdlijn(*rows))

    # Eleven deliveries, an afsluitdatum and a last day: six of thirteen have a label.
    assert "en nog 7" in woorden


def test_nothing_that_is_wrong_is_left_out_for_lack_of_room() -> None:
    gaten = ", ".join(f"25655 2018-10-{n:02}..2018-10-{n:02}" for n in range(2, 30, 2))
    woorden = gezegd(tijdlijn({}, erkenningen=gaten, P="2019-03-01"))

    assert sum("niet erkend" in woord for woord in woorden) == 6


def test_a_run_of_days_counts_both_ends() -> None:
    assert Strook(Strooksoort.BPV, date(2018, 10, 1), date(2019, 1, 8)).dagen == 100


@settings(max_examples=40, deadline=None)
@given(worlds(), st.sampled_from([NL, EN]))
def test_every_subject_has_a_picture_that_is_well_formed(world: World, say: Say) -> None:
    """Also those without a melding."""
    judgement = judged(world)
    lijnen = Tijdlijnen(judgement)
    for subject, part in judgement.parts.items():
        for row in part.subjects:
            lijn = lijnen.van(subject.name, KEYS[subject](row))
            if lijn is not None:
                in_beeld(lees(tijdlijn_svg(lijn, say)))
