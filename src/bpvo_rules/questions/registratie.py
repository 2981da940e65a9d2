"""
The registration itself: no question and no score.

What makes an answer *niet te bepalen* deserves a melding that somebody can
repair. These rules run in every check and are in no foto.
"""

from typing import Any

from bpvo_rules.questions import sources
from bpvo_rules.questions.subjects import (
    BPVO,
    afsluitdatum,
    begindatum,
    einddatum_gepland,
    grondslag,
    keuzedeelcode,
    leerbedrijf_id,
    opleidingcode,
)
from bpvo_rules.rules import Dimension, Kind, Party, Question, Rule, Text, ValueType, is_filled

_VERPLICHT = (afsluitdatum, begindatum, einddatum_gepland, leerbedrijf_id, grondslag)


@BPVO.fact(
    ValueType.CODES,
    "De verplichte gegevens die niet gevuld zijn.",
    "The required data that are not filled.",
    maybe=_VERPLICHT,
)
def ontbrekende_gegevens(_: Any, *values: Any) -> Any:
    return tuple(term.fact.name for term, value in zip(_VERPLICHT, values, strict=True) if value is None)


VERPLICHTE_GEGEVENS = Rule(
    code="verplichte_gegevens",
    signaalcode="R01",
    subject=BPVO,
    kind=Kind.FOUT,
    party=Party.INSTELLING,
    requirement=is_filled(afsluitdatum)
    & is_filled(begindatum)
    & is_filled(einddatum_gepland)
    & is_filled(leerbedrijf_id)
    & is_filled(grondslag),
    evidence=(ontbrekende_gegevens,),
    sources=(sources.WEB_JUIST_EN_VOLLEDIG, sources.ROD_GEGEVENS),
    sentence=Text(
        "Afsluitdatum, begindatum, geplande einddatum, leerbedrijf en grondslag zijn gevuld.",
        "Afsluitdatum, begindatum, planned einddatum, leerbedrijf and grondslag are filled.",
    ),
    melding=Text("Niet gevuld: {ontbrekende_gegevens}.", "Not filled: {ontbrekende_gegevens}."),
    repair=Text("Vul de gegevens aan en lever de BPVO opnieuw.", "Fill in the data and deliver the BPVO again."),
    dimension=Dimension.COMPLETEHEID,
)

EEN_GRONDSLAG = Rule(
    code="een_grondslag",
    signaalcode="R02",
    subject=BPVO,
    kind=Kind.SIGNAAL,
    party=Party.INSTELLING,
    requirement=~(is_filled(opleidingcode) & is_filled(keuzedeelcode)),
    sources=(sources.ROD_GEGEVENS,),
    sentence=Text(
        "De BPVO berust op een opleiding of op een keuzedeel, niet op beide.",
        "The BPVO is based on an opleiding or on a keuzedeel, not on both.",
    ),
    melding=Text(
        "De BPVO noemt opleiding {opleidingcode} en keuzedeel {keuzedeelcode}; zij telt als keuzedeel.",
        "The BPVO names opleiding {opleidingcode} and keuzedeel {keuzedeelcode}; it counts as keuzedeel.",
    ),
    repair=Text(
        "Laat een van beide weg; een keuzedeel in de bpv heeft een eigen BPVO.",
        "Leave one of the two out; a keuzedeel in the placement has a BPVO of its own.",
    ),
    dimension=Dimension.CONSISTENTIE,
)

QUESTION = Question(
    code="registratie",
    number=None,
    title=Text("Is de registratie van de BPVO volledig?", "Is the registration of the BPVO complete?"),
    subject=BPVO,
    rules=(VERPLICHTE_GEGEVENS, EEN_GRONDSLAG),
)
