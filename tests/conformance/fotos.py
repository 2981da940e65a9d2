"""Fotos of small chains, counted by hand: lines of instelling, domein, outcome, subjects and persons."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from tests.questions.spec import EEN_AANVRAAG, EEN_BPVO, EEN_METING, TABLES_IN_ORDER, About

ALLE, LANDELIJK = "alle", "landelijk"


class Geteld(NamedTuple):
    """One chain, the question that is counted, and the counts."""

    why: str
    vraag: str
    expected: list[list[Any]]
    rows: list[dict[str, str]]
    about: About = EEN_BPVO
    others: Mapping[str, str] = MappingProxyType({})


def around(brin: str, domein: str, outcome: str, subjects: int, persons: int | None) -> list[list[Any]]:
    """Give the lines of a single cell: itself and the three margins that it is in."""
    places = ((brin, domein), (brin, ALLE), (ALLE, domein), (ALLE, ALLE))
    return [[b, d, outcome, subjects, persons] for b, d in places]


ZORG = "79140"
LATE = {"ontvangen_duo_op": "2018-10-02"}
EARLY = {"afsluitdatum": "2016-01-01", "ontvangen_duo_op": "2016-01-01", "ontvangen_sbb_op": "2016-01-02"}
"""Everything in time long before, so that the begindatum can lie anywhere."""
VRAAG_1, VRAAG_2, VRAAG_3 = "bpvo_erkend_leerbedrijf", "keuzedeel_erkend_leerbedrijf", "bpvo_tijdig"
VRAAG_4, VRAAG_5, VRAAG_6 = "white_label_beschikbaar", "erkenning_tijdig", "stagefonds_registratie"
DRIE_AANVRAGEN = [
    {"aanvraag_id": "A1"},
    {"aanvraag_id": "A2", "opleidingcode": "25656"},
    {"aanvraag_id": "A3", "leerbedrijf_id": ""},
]

FOTOS = (
    Geteld("One BPVO in time is one subject and one person.", VRAAG_3, around("27DV", ZORG, "voldoet", 1, 1), [{}]),
    Geteld(
        "Two BPVO's of one student are two subjects and one person.",
        VRAAG_3,
        around("27DV", ZORG, "voldoet", 2, 1),
        [{"volgnummer": "1"}, {"volgnummer": "2"}],
    ),
    Geteld(
        "A student with a BPVO in time and one that came a day late is a person behind both outcomes.",
        VRAAG_3,
        [*around("27DV", ZORG, "voldoet", 1, 1), *around("27DV", ZORG, "voldoet_niet", 1, 1)],
        [{"volgnummer": "1"}, {"volgnummer": "2", **LATE}],
    ),
    Geteld(
        "One pseudonym at two schools is two persons: schools do not share students.",
        VRAAG_3,
        [
            ["27DV", ZORG, "voldoet", 1, 1],
            ["27DV", ALLE, "voldoet", 1, 1],
            ["25LX", ZORG, "voldoet", 1, 1],
            ["25LX", ALLE, "voldoet", 1, 1],
            [ALLE, ZORG, "voldoet", 2, 2],
            [ALLE, ALLE, "voldoet", 2, 2],
        ],
        [{"brin": "27DV"}, {"brin": "25LX"}],
    ),
    Geteld(
        "Entree has no domein, and a code that is not in the reference has an unknown one; both are cells.",
        VRAAG_3,
        [
            ["27DV", "geen", "voldoet", 1, 1],
            ["27DV", "onbekend", "voldoet", 1, 1],
            ["27DV", ALLE, "voldoet", 2, 2],
            [ALLE, "geen", "voldoet", 1, 1],
            [ALLE, "onbekend", "voldoet", 1, 1],
            [ALLE, ALLE, "voldoet", 2, 2],
        ],
        [{"student": "s1", "opleidingcode": "25251"}, {"student": "s2", "opleidingcode": "99999"}],
    ),
    Geteld(
        "Of a BPVO for a keuzedeel the domein is that of the inschrijving.",
        VRAAG_2,
        around("27DV", ZORG, "voldoet", 1, 1),
        [{"opleidingcode": "", "keuzedeelcode": "K0067"}],
    ),
    Geteld(
        "To question 1 a BPVO for a keuzedeel does not apply, which is counted as well.",
        VRAAG_1,
        around("27DV", ZORG, "niet_van_toepassing", 1, 1),
        [{"opleidingcode": "", "keuzedeelcode": "K0067"}],
    ),
    Geteld(
        "An afsluitdatum that is missing makes the answer niet te bepalen, never voldoet.",
        VRAAG_3,
        around("27DV", ZORG, "niet_te_bepalen", 1, 1),
        [{"afsluitdatum": ""}],
    ),
    Geteld(
        "The same day a year before the foto lies outside the window.",
        VRAAG_3,
        [],
        [{**EARLY, "begindatum": "2017-11-15"}],
    ),
    Geteld(
        "The day after that is the first of the window.",
        VRAAG_3,
        around("27DV", ZORG, "voldoet", 1, 1),
        [{**EARLY, "begindatum": "2017-11-16"}],
    ),
    Geteld(
        "The day of the foto itself is the last of the window.",
        VRAAG_3,
        around("27DV", ZORG, "voldoet", 1, 1),
        [{**EARLY, "begindatum": "2018-11-15"}],
    ),
    Geteld(
        "A begindatum after the day of the foto is in a later one.",
        VRAAG_3,
        [],
        [{**EARLY, "begindatum": "2018-11-16"}],
    ),
    Geteld(
        "A year before 29 February 2020 is 28 February 2019: that day is out.",
        VRAAG_3,
        [],
        [{**EARLY, "begindatum": "2019-02-28"}],
        others={"P": "2020-02-29"},
    ),
    Geteld(
        "A year before 28 February 2021 is 28 February 2020, so 29 February 2020 is in.",
        VRAAG_3,
        around("27DV", ZORG, "voldoet", 1, 1),
        [{**EARLY, "begindatum": "2020-02-29"}],
        others={"P": "2021-02-28"},
    ),
    Geteld("A BPVO without a begindatum is in no window.", VRAAG_3, [], [{"begindatum": ""}]),
    Geteld(
        "A delivery that DUO receives after the day of the foto does not exist yet.",
        VRAAG_3,
        [],
        [{"ontvangen_duo_op": "2018-11-16"}],
    ),
    Geteld(
        "A removed BPVO is not counted.",
        VRAAG_3,
        [],
        [{"volgorde": "1"}, {"volgorde": "2", "soort": "verwijdering", "ontvangen_duo_op": "2018-10-10"}],
    ),
    Geteld(
        "The company is known and not recognised on the begindatum: one rule fails, so the question does.",
        VRAAG_1,
        around("27DV", ZORG, "voldoet_niet", 1, 1),
        [{}],
        others={"erkenningen": "25655 2018-10-02.."},
    ),
    Geteld(
        "A signal that fails, here about recognition in the planned time to come, leaves the question voldoet.",
        VRAAG_1,
        around("27DV", ZORG, "voldoet", 1, 1),
        [{}],
        others={"erkenningen": "25655 2018-08-01..2018-11-20"},
    ),
    Geteld(
        "Measurements have no domein and no persons; one without a school belongs to the country.",
        VRAAG_4,
        [
            [LANDELIJK, ALLE, "voldoet", 1, None],
            ["27DV", ALLE, "voldoet_niet", 1, None],
            [ALLE, ALLE, "voldoet", 1, None],
            [ALLE, ALLE, "voldoet_niet", 1, None],
        ],
        [{}, {"brin": "27DV", "gelukt": "nee"}],
        EEN_METING,
    ),
    Geteld(
        "The day of a measurement is that in the Netherlands: 22:00 UTC in summer is the next day, and in the window.",
        VRAAG_4,
        [[LANDELIJK, ALLE, "voldoet", 1, None], [ALLE, ALLE, "voldoet", 1, None]],
        [{"tijdstip": "2017-10-01T22:00:00+00:00"}],
        EEN_METING,
        {"P": "2018-10-01"},
    ),
    Geteld(
        "A second before midnight in the Netherlands it is still the day that lies outside the window.",
        VRAAG_4,
        [],
        [{"tijdstip": "2017-10-01T23:59:59+02:00"}],
        EEN_METING,
        {"P": "2018-10-01"},
    ),
    Geteld(
        "Behind requests stand companies: one with two requests is one; one without a number is known by its request.",
        VRAAG_5,
        around("27DV", ZORG, "voldoet", 3, 2),
        DRIE_AANVRAGEN,
        EEN_AANVRAAG,
        {"opleidingen": TABLES_IN_ORDER["opleidingen"]},
    ),
    Geteld(
        "A request without a school belongs to the country, and without an opleiding to domein onbekend.",
        VRAAG_5,
        around(LANDELIJK, "onbekend", "voldoet", 1, 1),
        [{"brin": "", "opleidingcode": ""}],
        EEN_AANVRAAG,
        {"opleidingen": TABLES_IN_ORDER["opleidingen"]},
    ),
    Geteld(
        "A request of another soort than nieuw is counted, as one to which the question does not apply.",
        VRAAG_5,
        around("27DV", ZORG, "niet_van_toepassing", 1, 1),
        [{"soort": "uitbreiding"}],
        EEN_AANVRAAG,
        {"opleidingen": TABLES_IN_ORDER["opleidingen"]},
    ),
    Geteld(
        "A dagtekening on the same day a year ago lies outside the window.",
        VRAAG_5,
        [],
        [{"dagtekening": "2017-11-15"}],
        EEN_AANVRAAG,
    ),
    Geteld(
        "In the list of Stagefonds and in order in everything that it asks.",
        VRAAG_6,
        around("27DV", ZORG, "voldoet", 1, 1),
        [{"opleidingcode": "25480"}],
        others={
            "erkenningen": "25480 2018-08-01..",
            "opleidingen": "79140 domein - -, 25480 kwalificatie 23182 79140",
        },
    ),
    Geteld(
        "No recognition was looked up, so question 1 cannot be answered.",
        VRAAG_1,
        around("27DV", ZORG, "niet_te_bepalen", 1, 1),
        [{}],
        others={"erkenningen": "?", "leerbedrijven": "100000000"},
    ),
    Geteld(
        "A keuzedeel at a company without any recognition on the begindatum does not meet question 2.",
        VRAAG_2,
        around("27DV", ZORG, "voldoet_niet", 1, 1),
        [{"opleidingcode": "", "keuzedeelcode": "K0067"}],
        others={"erkenningen": "25655 2018-10-02.."},
    ),
    Geteld(
        "Whether the company of a keuzedeel is recognised cannot be said without the recognitions.",
        VRAAG_2,
        around("27DV", ZORG, "niet_te_bepalen", 1, 1),
        [{"opleidingcode": "", "keuzedeelcode": "K0067"}],
        others={"erkenningen": "?"},
    ),
    Geteld(
        "To question 2 a BPVO for an opleiding does not apply.",
        VRAAG_2,
        around("27DV", ZORG, "niet_van_toepassing", 1, 1),
        [{}],
    ),
    Geteld(
        "Whether a measurement lies in maintenance cannot be said when maintenance was not looked up.",
        VRAAG_4,
        [[LANDELIJK, ALLE, "niet_te_bepalen", 1, None], [ALLE, ALLE, "niet_te_bepalen", 1, None]],
        [{}],
        EEN_METING,
        {"white_label_onderhoud": "?"},
    ),
    Geteld(
        "A measurement in announced maintenance is counted, as one to which the question does not apply.",
        VRAAG_4,
        [[LANDELIJK, ALLE, "niet_van_toepassing", 1, None], [ALLE, ALLE, "niet_van_toepassing", 1, None]],
        [{"gelukt": "nee"}],
        EEN_METING,
        {"white_label_onderhoud": "- 2018-10-01T09:00:00+02:00 2018-10-01T10:00:00+02:00 2018-09-24"},
    ),
    Geteld(
        "A decision on 16 October is a day too late for a request of 1 October.",
        VRAAG_5,
        around("27DV", ZORG, "voldoet_niet", 1, 1),
        [{"besluit_op": "2018-10-16"}],
        EEN_AANVRAAG,
        {"opleidingen": TABLES_IN_ORDER["opleidingen"]},
    ),
    Geteld(
        "A request of 8 November that was not decided on 15 November can still be in time.",
        VRAAG_5,
        around("27DV", ZORG, "niet_te_bepalen", 1, 1),
        [{"dagtekening": "2018-11-08", "besluit_op": "", "kennisgeving_op": ""}],
        EEN_AANVRAAG,
        {"opleidingen": TABLES_IN_ORDER["opleidingen"]},
    ),
    Geteld(
        "In the list of Stagefonds with an omvang of zero hours.",
        VRAAG_6,
        around("27DV", ZORG, "voldoet_niet", 1, 1),
        [{"opleidingcode": "25480", "omvang": "0"}],
        others={
            "erkenningen": "25480 2018-08-01..",
            "opleidingen": "79140 domein - -, 25480 kwalificatie 23182 79140",
        },
    ),
    Geteld(
        "In the list of Stagefonds, and whether there is an inschrijvingsperiode was not looked up.",
        VRAAG_6,
        around("27DV", ZORG, "niet_te_bepalen", 1, 1),
        [{"opleidingcode": "25480"}],
        others={
            "erkenningen": "25480 2018-08-01..",
            "opleidingen": "79140 domein - -, 25480 kwalificatie 23182 79140",
            "periodes": "?",
        },
    ),
    Geteld(
        "A code that is not in the list of Stagefonds does not apply.",
        VRAAG_6,
        around("27DV", ZORG, "niet_van_toepassing", 1, 1),
        [{}],
    ),
)
