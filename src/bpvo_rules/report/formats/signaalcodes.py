"""
Signaalcodes: a code of three characters per rule, for systems that take signals in the shape of DUO.

Written down and never worked out: a code stays with its rule for ever, also when rules are added or moved, and the
code of a rule that is gone is not given again. They begin with a letter; those of DUO are numbers.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["SIGNAALCODES"]

SIGNAALCODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # bpvo_erkend_leerbedrijf
        "leerbedrijf_bekend": "A01",
        "erkend_bij_aanvang": "A02",
        "erkend_gedurende_looptijd": "A03",
        "erkenning_dekt_planning": "A04",
        # keuzedeel_erkend_leerbedrijf
        "keuzedeel_leerbedrijf_bekend": "B01",
        "keuzedeel_erkend_bij_aanvang": "B02",
        "keuzedeel_erkend_gedurende_looptijd": "B03",
        "keuzedeel_geldig": "B04",
        # bpvo_tijdig
        "tijdig_bij_duo": "C01",
        "tijdig_bij_sbb": "C02",
        "bij_duo_rond_aanvang": "C03",
        "wijziging_tijdig_bij_duo": "C04",
        "terugkoppeling_tijdig": "C05",
        "levering_geaccepteerd": "C06",
        # white_label_beschikbaar
        "white_label_antwoordt": "D01",
        "white_label_vlot": "D02",
        # erkenning_tijdig
        "besluit_tijdig": "E01",
        "besluit_overschrijding_gemotiveerd": "E02",
        "kennisgeving_tijdig": "E03",
        # stagefonds_registratie
        "stagefonds_inschrijving": "F01",
        "stagefonds_instelling": "F02",
        "stagefonds_leerweg": "F03",
        "stagefonds_categorie": "F04",
        "stagefonds_periode": "F05",
        "stagefonds_omvang": "F06",
        "stagefonds_leerbedrijf": "F07",
        "stagefonds_tweede_erkenning": "F08",
        "omvang_aannemelijk": "F09",
        "einddatum_niet_in_toekomst": "F10",
        "einddatum_geregistreerd": "F11",
        "geen_dubbele_bpvo": "F12",
        # registratie
        "verplichte_gegevens": "R01",
        "een_grondslag": "R02",
    }
)
"""The code of each rule, by the code that it has here."""
