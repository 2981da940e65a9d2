"""The reference data that ship with the library, counted against their sources."""

import csv
from collections import Counter
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from bpvo_rules import reference
from bpvo_rules.model import Leerweg, SoortOpleiding
from bpvo_rules.periode import Werkkalender

OPLEIDINGEN = {str(o.code): o for o in reference.opleidingen()}


def test_the_opleidingen_are_counted_as_in_the_source() -> None:
    """BWBR0036352, bijlage 1: 17 domeinen, 172 dossiers, 470 kwalificaties: 12, 126, 154 and 178 of niveau 1 to 4."""
    assert len(OPLEIDINGEN) == len(reference.opleidingen())
    assert Counter(str(o.soort) for o in OPLEIDINGEN.values()) == {"domein": 17, "dossier": 172, "kwalificatie": 470}
    niveaus = Counter(o.niveau for o in OPLEIDINGEN.values() if o.soort is SoortOpleiding.KWALIFICATIE)
    assert niveaus == {1: 12, 2: 126, 3: 154, 4: 178}


def test_kwalificaties_dossiers_and_domeinen_belong_together() -> None:
    """Each kwalificatie to a dossier of the same domein; only Entree has no domein."""
    for opleiding in OPLEIDINGEN.values():
        if opleiding.soort is SoortOpleiding.KWALIFICATIE:
            assert opleiding.dossier is not None
            dossier = OPLEIDINGEN[opleiding.dossier]
            assert dossier.soort is SoortOpleiding.DOSSIER
            assert dossier.domein == opleiding.domein
        else:
            assert opleiding.dossier is None
        if opleiding.domein is not None:
            assert OPLEIDINGEN[opleiding.domein].soort is SoortOpleiding.DOMEIN
    without = {str(o.code) for o in OPLEIDINGEN.values() if o.domein is None and o.soort is not SoortOpleiding.DOMEIN}
    assert without == {"23110", "23192", *(str(code) for code in range(25250, 25262))}
    assert {OPLEIDINGEN[str(code)].niveau for code in range(25250, 25262)} == {1}


@pytest.mark.parametrize(
    ("code", "niveau", "dossier", "domein"),
    [
        ("25168", 2, "23081", "79120"),
        ("25175", 4, "23083", "79120"),
        ("25467", 3, "23176", "79150"),
        ("25480", 4, "23182", "79140"),
    ],
)
def test_some_kwalificaties_by_hand(code: str, niveau: int, dossier: str, domein: str) -> None:
    found = OPLEIDINGEN[code]

    assert (found.niveau, found.dossier, found.domein) == (niveau, dossier, domein)


def test_the_stagefonds_list_holds_58_codes_for_each_leerweg() -> None:
    """The same codes in both, in force from 1 August 2018."""
    (lijst,) = reference.stagefondslijsten()
    codes = {
        leerweg: {regel.opleidingcode for regel in lijst.regels if regel.leerweg is leerweg}
        for leerweg in (Leerweg.BOL, Leerweg.BBL)
    }

    assert lijst.van == date(2018, 8, 1)
    assert {regel.leerweg for regel in lijst.regels} == set(codes)
    assert len(codes[Leerweg.BOL]) == 58
    assert codes[Leerweg.BOL] == codes[Leerweg.BBL] == lijst.codes


def test_the_stagefonds_list_is_the_one_of_the_regulation_line_by_line() -> None:
    """Against a copy that was made apart from the one that ships."""
    (lijst,) = reference.stagefondslijsten()
    with (Path(__file__).parent.parent / "data" / "stagefonds_2018.csv").open(encoding="utf-8") as file:
        expected = Counter(
            (row["leerweg"], row["opleidingcode"], row["niveau"], row["categorie"])
            for row in csv.DictReader(file, delimiter=";")
        )
    found = Counter(
        (str(r.leerweg), str(r.opleidingcode), "" if r.niveau is None else str(r.niveau), str(r.categorie))
        for r in lijst.regels
    )

    assert found == expected


def test_days_equated_by_decree_are_no_werkdagen_and_lie_on_days_that_would_be() -> None:
    """A day on which nobody works needs no decree."""
    days = reference.gelijkgestelde_dagen()
    law, with_decrees = Werkkalender(frozenset()), Werkkalender(days)

    assert date(2022, 5, 27) in days
    assert all(day.weekday() < 5 for day in days)
    assert all(law.is_werkdag(day) and not with_decrees.is_werkdag(day) for day in days)


def test_every_file_names_its_source() -> None:
    """Official name, address, and the day whose state it gives."""
    shipped = {f.name for f in resources.files("bpvo_rules.reference").joinpath("data").iterdir()}
    bronnen = {bron.bestand: bron for bron in reference.bronnen()}

    assert set(bronnen) == shipped - {"bronnen.csv"}
    for bron in bronnen.values():
        assert "BWBR" in bron.bron
        assert bron.adres.startswith("https://wetten.overheid.nl/BWBR")
        assert bron.opmerking.endswith("."), "a semicolon inside a cell asks for quotes"
    assert bronnen["stagefonds_2018-08-01.csv"].stand == date(2018, 8, 1)
    assert bronnen["opleidingen_2015-08-01.csv"].stand == date(2015, 8, 1)


def test_nothing_is_kept_between_calls() -> None:
    """Who changes what he got changes nothing for another."""
    assert reference.opleidingen() == reference.opleidingen()
    assert reference.opleidingen() is not reference.opleidingen()
    assert reference.stagefondslijsten()[0] is not reference.stagefondslijsten()[0]
