"""
Gebreken: every kind of defect that the simulator plants, and how often.

The rules that a planted defect breaks are stated where it is planted, by what
the planter knows of it. Nothing here asks the rules themselves.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import final

import attrs

__all__ = ["GEBREKEN", "GEEN_GEBREKEN", "RATES", "VOLLEDIG", "Groep", "check_rates"]


@final
class Groep(Enum):
    """Among what a kind of defect is drawn. Kinds of one content group exclude each other."""

    OPLEIDING = "BPVO's on an opleiding"
    ZORG = "BPVO's on a code of a Stagefonds list in force"
    KEUZEDEEL = "BPVO's on a keuzedeel"
    LEVERING = "deliveries, or the receipts of a BPVO"
    AANVRAAG = "requests of soort nieuw whose term has passed"
    METING = "moments of measuring"


@final
@attrs.frozen
class Gebrek:
    """
    A kind of defect.

    Attributes:
        groepen: Among what it is drawn.
        rate: Its default share, 0-1, of what it can be planted in.
        wat: What is wrong, in one line.

    """

    groepen: tuple[Groep, ...]
    rate: float
    wat: str


_O, _Z, _K = Groep.OPLEIDING, Groep.ZORG, Groep.KEUZEDEEL

GEBREKEN: Mapping[str, Gebrek] = MappingProxyType(
    {
        "leerbedrijf_onbekend": Gebrek((_O, _Z, _K), 0.006, "the company is not in the register on the kennisdatum"),
        "niet_erkend": Gebrek((_O, _Z, _K), 0.008, "the company is known, but was never recognised for this"),
        "erkenning_te_laat": Gebrek((_O, _Z, _K), 0.008, "the recognition starts after the placement"),
        "erkenning_verlopen": Gebrek((_O, _Z, _K), 0.008, "the recognition ended before the placement"),
        "erkenning_vervallen": Gebrek((_O, _Z, _K), 0.012, "the recognition is lost, or has a gap, in the term"),
        "erkenning_loopt_af": Gebrek((_O, _Z), 0.01, "the recognition ends before the planned end"),
        "gegeven_ontbreekt": Gebrek((_O, _Z, _K), 0.01, "a cell that no BPVO can do without is empty"),
        "keuzedeel_ongeldig": Gebrek((_K,), 0.02, "the keuzedeel does not exist, or not on that day"),
        "dubbele_grondslag": Gebrek((_K,), 0.01, "an opleiding and a keuzedeel are both filled"),
        "inschrijving_ontbreekt": Gebrek((_Z,), 0.01, "no period of enrolment on the first day"),
        "instelling_onbekend": Gebrek((_Z,), 0.01, "the school is not among the schools"),
        "leerweg_past_niet": Gebrek((_Z,), 0.01, "the leerweg is neither BOL nor BBL"),
        "niveau_past_niet": Gebrek((_Z,), 0.1, "no category fits the niveau of a dossier in BBL"),
        "leerweg_leeg": Gebrek((_Z,), 0.005, "the leerweg is not filled: nobody can tell"),
        "einde_voor_begin": Gebrek((_Z,), 0.01, "an end lies before the first day"),
        "omvang_ontbreekt": Gebrek((_Z,), 0.015, "the hours are empty or 0"),
        "omvang_onaannemelijk": Gebrek((_Z,), 0.01, "more hours than fit in the weeks"),
        "einde_in_toekomst": Gebrek((_Z,), 0.01, "the actual end lies after the peildatum"),
        "einde_niet_geregistreerd": Gebrek((_Z,), 0.02, "the planned end has passed without an actual end"),
        "dubbele_bpvo": Gebrek((_Z,), 0.01, "two BPVO's at one company on one code overlap"),
        "tweede_erkenning_ontbreekt": Gebrek((_Z,), 0.1, "the code asks a second recognition that is not there"),
        "te_laat_bij_duo": Gebrek((Groep.LEVERING,), 0.02, "received by DUO more than 7 days after it was drawn up"),
        "te_laat_bij_sbb": Gebrek((Groep.LEVERING,), 0.01, "received by SBB more than a month after DUO"),
        "wijziging_te_laat": Gebrek((Groep.LEVERING,), 0.02, "a change received more than 7 days after it arose"),
        "terugkoppeling_te_laat": Gebrek((Groep.LEVERING,), 0.01, "answered after more than 14 days, or never"),
        "levering_afgekeurd": Gebrek((Groep.LEVERING,), 0.03, "a delivery is rejected, and mended or not"),
        "besluit_te_laat": Gebrek((Groep.AANVRAAG,), 0.03, "decided after more than 10 werkdagen, or never"),
        "besluit_gemotiveerd_te_laat": Gebrek((Groep.AANVRAAG,), 0.02, "the same, and SBB has given its reasons"),
        "kennisgeving_te_laat": Gebrek(
            (Groep.AANVRAAG,), 0.02, "written notice after more than 20 werkdagen, or never"
        ),
        "white_label_storing": Gebrek((Groep.METING,), 0.005, "no answer, outside announced maintenance"),
        "onderhoud_te_laat_aangekondigd": Gebrek((Groep.METING,), 0.002, "maintenance that was not announced in time"),
    }
)
"""Every kind, by its code."""

RATES: Mapping[str, float] = MappingProxyType({code: gebrek.rate for code, gebrek in GEBREKEN.items()})
"""The default rate of every kind."""

GEEN_GEBREKEN: Mapping[str, float] = MappingProxyType(dict.fromkeys(GEBREKEN, 0.0))
"""Rates for a chain in which nothing is wrong."""

VOLLEDIG: tuple[str, ...] = (
    "leerbedrijf_bekend",
    "erkend_bij_aanvang",
    "erkend_gedurende_looptijd",
    "erkenning_dekt_planning",
    "keuzedeel_leerbedrijf_bekend",
    "keuzedeel_erkend_bij_aanvang",
    "keuzedeel_erkend_gedurende_looptijd",
    "keuzedeel_geldig",
    "tijdig_bij_duo",
    "tijdig_bij_sbb",
    "wijziging_tijdig_bij_duo",
    "terugkoppeling_tijdig",
    "levering_geaccepteerd",
    "white_label_antwoordt",
    "besluit_tijdig",
    "besluit_overschrijding_gemotiveerd",
    "kennisgeving_tijdig",
    "stagefonds_inschrijving",
    "stagefonds_instelling",
    "stagefonds_leerweg",
    "stagefonds_categorie",
    "stagefonds_periode",
    "stagefonds_omvang",
    "stagefonds_leerbedrijf",
    "stagefonds_tweede_erkenning",
    "omvang_aannemelijk",
    "einddatum_niet_in_toekomst",
    "einddatum_geregistreerd",
    "geen_dubbele_bpvo",
    "verplichte_gegevens",
    "een_grondslag",
)
"""The rules of which a simulation lists every melding: all but those whose norm is open."""


def check_rates(rates: Mapping[str, float] | None) -> dict[str, float]:
    """
    Give the rate of every kind: the default, or the one given.

    Raises:
        ValueError: for a kind that does not exist, a rate outside 0-1, or
            kinds that exclude each other and together take more than 1.

    """
    found = dict(RATES)
    for code, rate in (rates or {}).items():
        if code not in found:
            raise ValueError(f"{code} is no kind of defect; there are: {', '.join(sorted(found))}")
        if not 0 <= rate <= 1:
            raise ValueError(f"the rate of {code} must lie between 0 and 1")
        found[code] = float(rate)
    for groep in (_O, _Z, _K):
        total = sum(found[code] for code, gebrek in GEBREKEN.items() if groep in gebrek.groepen)
        if total > 1:
            raise ValueError(f"the rates of defects of {groep.value} exclude each other and add up to more than 1")
    return found
