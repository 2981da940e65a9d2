"""Rows that cannot be read: they are left out, whatever else they say, and nothing is guessed."""

from typing import Any, NamedTuple

BPVO = "27DV/s1/1/1"


class Onleesbaar(NamedTuple):
    """One chain in order but for some cells of the first row of tables."""

    why: str
    cells: dict[str, dict[str, str | None]]
    expected: list[list[Any]]
    rule: str = "verplichte_gegevens"
    also: tuple[str, dict[str, str | None]] | None = None
    """A table, and the cells in which one more row of it differs from the first."""


def _levering(column: str, text: str | None, why: str) -> Onleesbaar:
    """Give a delivery with a cell that no delivery can hold: there is no BPVO then."""
    return Onleesbaar(f"{why} The row is left out, so the BPVO does not exist.", {"uitwisselingen": {column: text}}, [])


def _leesbaar(column: str, text: str | None, why: str) -> Onleesbaar:
    """Give a delivery with a cell that is odd, and can be read."""
    return Onleesbaar(why, {"uitwisselingen": {column: text}}, [["verplichte_gegevens", BPVO, "voldoet"]])


METING = {
    "functie": "zoeken",
    "tijdstip": "2018-10-01T09:15:00+02:00",
    "brin": None,
    "gelukt": "ja",
    "duur_ms": "300",
}

ONLEESBAAR = (
    _levering("omvang", "0000000000000000400", "A whole number has at most 18 digits, and this is written with 19."),
    _leesbaar("omvang", "000000000000000400", "A whole number may begin with zeros, up to 18 digits."),
    Onleesbaar(
        "Two rows have the same key: the first one stays, in which the begindatum is filled.",
        {},
        [["verplichte_gegevens", BPVO, "voldoet"]],
        also=("uitwisselingen", {"begindatum": None}),
    ),
    Onleesbaar(
        "Two rows have the same key: the first one stays, in which the begindatum is empty.",
        {"uitwisselingen": {"begindatum": None}},
        [["verplichte_gegevens", BPVO, "voldoet_niet"]],
        also=("uitwisselingen", {"begindatum": "2018-10-01"}),
    ),
    Onleesbaar(
        "A row that cannot be read keeps no other from having its key: the second one is read.",
        {"uitwisselingen": {"begindatum": "2018-02-30"}},
        [["verplichte_gegevens", BPVO, "voldoet"]],
        also=("uitwisselingen", {"begindatum": "2018-10-01"}),
    ),
    Onleesbaar(
        "One moment written in two ways is one key: the first measurement stays, which succeeded.",
        {"white_label_metingen": {}},
        [["white_label_antwoordt", "zoeken@2018-10-01T09:15:00+02:00@", "voldoet"]],
        "white_label_antwoordt",
        ("white_label_metingen", {"tijdstip": "2018-10-01T07:15:00Z", "gelukt": "nee"}),
    ),
    Onleesbaar(
        "The land of a company is not checked, so the company is in the register whatever it says.",
        {"leerbedrijven": {"land": "Nederland"}, "erkenningen": {"leerbedrijf_id": "100000001"}},
        [["leerbedrijf_bekend", BPVO, "voldoet"]],
        "leerbedrijf_bekend",
    ),
    _levering("begindatum", "2018-02-30", "30 February does not exist."),
    _levering("begindatum", "01-10-2018", "A day is written JJJJ-MM-DD, with the year first."),
    _levering("begindatum", "2018-10-1", "A day has two digits."),
    _levering("begindatum", "2018-10-01T00:00:00", "A day has no clock."),
    _levering("begindatum", "0001-01-01", "A day before 1900 is a filler, not a day."),
    _leesbaar("begindatum", "1900-01-01", "1 January 1900 is the first day that a cell can hold."),
    _levering("begindatum", "1899-12-31", "31 December 1899 lies before the first day that a cell can hold."),
    _levering("einddatum_gepland", "2019-02-29", "2019 has no 29 February."),
    _leesbaar("einddatum_gepland", "2020-02-29", "2020 has a 29 February."),
    _levering("omvang", "-1", "A number of hours is not below zero."),
    _leesbaar("omvang", "0", "Zero hours can be written down; whether they are right is for a rule to say."),
    _levering("omvang", "40,5", "Hours are whole."),
    _levering("volgorde", "0", "The volgorde starts at 1."),
    _levering("volgorde", None, "The volgorde is required."),
    _levering("student", None, "The student is required."),
    _levering("soort", "vervanging", "The soort is one of toevoeging, wijziging and verwijdering."),
    _levering("soort", "Toevoeging", "Words are written as they are listed, without capitals."),
    _levering("brin", "27dv", "A BRIN is 2 digits and 2 capitals."),
    _levering("leerbedrijf_id", "099999999", "A leerbedrijf has 9 digits, of which the first is no 0."),
    _levering("leerbedrijf_id", "10000000", "A leerbedrijf has 9 digits, and this has 8."),
    _levering("opleidingcode", "2565", "An opleidingcode has 5 digits, and this has 4."),
    _levering("keuzedeelcode", "K067", "A keuzedeelcode is K and 4 digits, and this has 3."),
    _levering("volgnummer", "1-2", "A volgnummer has letters and digits only."),
    _levering("volgnummer", "123456789012345678901", "A volgnummer has at most 20 signs, and this has 21."),
    Onleesbaar(
        "The only recognition begins on a day that does not exist, so it is left out; nothing covers the begindatum.",
        {"erkenningen": {"van": "2018-13-01"}},
        [["erkend_bij_aanvang", BPVO, "voldoet_niet"]],
        "erkend_bij_aanvang",
    ),
    Onleesbaar(
        "A leerweg that does not exist makes the period unreadable, so that no inschrijvingsperiode is found.",
        {"uitwisselingen": {"opleidingcode": "25480"}, "inschrijvingsperiodes": {"leerweg": "bol"}},
        [["stagefonds_inschrijving", BPVO, "voldoet_niet"]],
        "stagefonds_inschrijving",
    ),
    Onleesbaar(
        "A niveau above 4 does not exist; the row is left out, and no inschrijvingsperiode is found.",
        {"uitwisselingen": {"opleidingcode": "25480"}, "inschrijvingsperiodes": {"niveau": "5"}},
        [["stagefonds_inschrijving", BPVO, "voldoet_niet"]],
        "stagefonds_inschrijving",
    ),
    Onleesbaar(
        "The other cells being in order, the period is found.",
        {"uitwisselingen": {"opleidingcode": "25480"}},
        [["stagefonds_inschrijving", BPVO, "voldoet"]],
        "stagefonds_inschrijving",
    ),
)
