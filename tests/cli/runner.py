"""A small keten of which every answer is worked out by hand, and a way to run the command line on it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import attrs

from bpvo_rules.codes import Brin, Keuzedeelcode, LeerbedrijfId, Opleidingcode, Volgnummer
from bpvo_rules.keten import Keten
from bpvo_rules.model import (
    Erkenning,
    Erkenningsaanvraag,
    Functie,
    Instelling,
    Leerbedrijf,
    Opleiding,
    SoortAanvraag,
    SoortOpleiding,
    SoortUitwisseling,
    Uitkomst,
    Uitwisseling,
    WhiteLabelMeting,
)

PEILDATUM = "2018-10-01"

BRIN = Brin("27DV")
OPLEIDING = Opleidingcode("25655")
ERKEND = LeerbedrijfId("100000001")
NIET_ERKEND = LeerbedrijfId("100000002")
ONBEKEND = LeerbedrijfId("100000003")


@attrs.frozen
class Result:
    """What a run gave: its exit status, and what it wrote."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


def levering(student: str, **other: Any) -> Uitwisseling:
    """Give a delivery in which nothing is wrong on the peildatum, every term used up to its last day."""
    right = Uitwisseling(
        brin=BRIN,
        student=student,
        inschrijvingvolgnummer=Volgnummer("1"),
        volgnummer=Volgnummer("1"),
        volgorde=1,
        soort=SoortUitwisseling.TOEVOEGING,
        ontstaan_op=date(2018, 8, 20),
        ontvangen_duo_op=date(2018, 8, 27),  # 7 days after the afsluitdatum
        teruggekoppeld_op=date(2018, 9, 10),  # 14 days after that
        uitkomst=Uitkomst.GEACCEPTEERD,
        ontvangen_sbb_op=date(2018, 9, 27),  # a month after DUO
        afsluitdatum=date(2018, 8, 20),
        begindatum=date(2018, 9, 1),
        einddatum_gepland=date(2018, 12, 31),
        omvang=400,
        leerbedrijf_id=ERKEND,
        opleidingcode=OPLEIDING,
    )
    return attrs.evolve(right, **other)


def keuzedeel(code: str) -> dict[str, Any]:
    """Give what makes a delivery one of a keuzedeel."""
    return {"opleidingcode": None, "keuzedeelcode": Keuzedeelcode(code)}


def aanvraag(aanvraag_id: str, besluit_op: date) -> Erkenningsaanvraag:
    """Give a request of Monday 3 September 2018: 10 werkdagen later is the 17th, 20 is 1 October."""
    return Erkenningsaanvraag(
        aanvraag_id=aanvraag_id,
        soort=SoortAanvraag.NIEUW,
        dagtekening=date(2018, 9, 3),
        brin=BRIN,
        besluit_op=besluit_op,
        kennisgeving_op=date(2018, 10, 1),
    )


def meting(uur: int, *, gelukt: bool) -> WhiteLabelMeting:
    """Give a national measurement of the search function on 3 September 2018."""
    moment = datetime.fromisoformat(f"2018-09-03T{uur:02}:00:00+02:00")
    return WhiteLabelMeting(functie=Functie.ZOEKEN, tijdstip=moment, gelukt=gelukt)


def kleine_keten(**tables: Any) -> Keten:
    """
    Give the keten that the tests reckon with.

    Student GOED has nothing wrong. KOUD is at a company without a recognition,
    VREEMD at one that the register does not know, KORT at one whose recognition
    ends on 31 December while the placement runs on, LAAT reached DUO on the
    8th day, LEEG names no company. One request was decided a day late, and two
    measurements in a row had no answer.
    """
    found: dict[str, Any] = {
        "instellingen": [Instelling(brin=BRIN, naam="School")],
        "opleidingen": [
            Opleiding(code=OPLEIDING, soort=SoortOpleiding.KWALIFICATIE, domein=Opleidingcode("79140")),
        ],
        "equivalenten": [],
        "keuzedelen": [],
        "leerbedrijven": [Leerbedrijf(leerbedrijf_id=ERKEND), Leerbedrijf(leerbedrijf_id=NIET_ERKEND)],
        "erkenningen": [
            Erkenning(
                leerbedrijf_id=ERKEND, opleidingcode=OPLEIDING, van=date(2018, 1, 1), tot_en_met=date(2018, 12, 31)
            )
        ],
        "inschrijvingen": [],
        "inschrijvingsperiodes": [],
        "uitwisselingen": [
            levering("GOED"),
            levering("KOUD", leerbedrijf_id=NIET_ERKEND),
            levering("VREEMD", leerbedrijf_id=ONBEKEND),
            levering("KORT", einddatum_gepland=date(2019, 1, 1)),
            levering("LAAT", ontvangen_duo_op=date(2018, 8, 28)),
            levering("LEEG", leerbedrijf_id=None),
        ],
        "erkenningsaanvragen": [aanvraag("X1", date(2018, 9, 17)), aanvraag("X2", date(2018, 9, 18))],
        "white_label_metingen": [meting(9, gelukt=True), meting(10, gelukt=False), meting(11, gelukt=False)],
        "white_label_onderhoud": [],
    }
    return Keten(**{**found, **tables})


# Rule and subject of every melding of that keten, in rule order and then by subject.
MELDINGEN = [
    ("leerbedrijf_bekend", "27DV/VREEMD/1/1"),
    ("erkend_bij_aanvang", "27DV/KOUD/1/1"),
    ("erkend_bij_aanvang", "27DV/VREEMD/1/1"),
    ("erkenning_dekt_planning", "27DV/KORT/1/1"),
    ("tijdig_bij_duo", "27DV/LAAT/1/1"),
    ("white_label_antwoordt", "zoeken@2018-09-03T10:00:00+02:00@"),
    ("white_label_antwoordt", "zoeken@2018-09-03T11:00:00+02:00@"),
    ("besluit_tijdig", "X2"),
    ("verplichte_gegevens", "27DV/LEEG/1/1"),
]

# Per question: voldoet, voldoet niet, niet te bepalen, niet van toepassing.
VRAGEN = {
    "bpvo_erkend_leerbedrijf": (3, 2, 1, 0),
    "keuzedeel_erkend_leerbedrijf": (0, 0, 0, 6),
    "bpvo_tijdig": (5, 1, 0, 0),
    "white_label_beschikbaar": (1, 2, 0, 0),
    "erkenning_tijdig": (1, 1, 0, 0),
    "stagefonds_registratie": (0, 0, 0, 6),
}
