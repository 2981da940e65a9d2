"""
Question 5: does SBB recognise new leerbedrijven in time?

The reglement lets SBB exceed the term with reasons; a request whose excess was
explained on the kennisdatum moves from the first rule to the second. That the
clock does not stop for missing information is an assumption.
"""

from collections.abc import Callable
from typing import Any

from bpvo_rules.questions import norms, sources
from bpvo_rules.questions.subjects import AANVRAAG
from bpvo_rules.rules import (
    KENNISDATUM,
    Dimension,
    Executability,
    Kind,
    Party,
    Question,
    Rule,
    Term,
    Text,
    ValueType,
    is_filled,
    on_time,
)

dagtekening: Term = AANVRAAG.start_day
soort: Term = AANVRAAG.column(
    "soort", ValueType.WORD, "Nieuw, uitbreiding of herbeoordeling.", "Nieuw, uitbreiding or herbeoordeling."
)
leerbedrijf_id: Term = AANVRAAG.column("leerbedrijf_id", ValueType.CODE, "Het bedrijf.", "The company.")
opleidingcode: Term = AANVRAAG.column(
    "opleidingcode", ValueType.CODE, "Waarvoor erkenning is gevraagd.", "What recognition is asked for."
)


def _known_day(name: str, nl: str, en: str) -> Term:
    """Declare a day of the request that counts only when it is not after the kennisdatum."""

    def compute(_: Any, kennisdatum: Any, aanvraag: Any) -> Any:
        day = getattr(aanvraag, name)
        return day if day is not None and day <= kennisdatum else None

    declare: Callable[[Callable[..., Any]], Term] = AANVRAAG.fact(
        ValueType.DAY,
        nl,
        en,
        name=name,
        needs=(KENNISDATUM, AANVRAAG.this),
        tables=(("erkenningsaanvragen", name),),
    )
    return declare(compute)


besluit_op: Term = _known_day(
    "besluit_op",
    "Dag van het besluit, voor zover op de kennisdatum bekend.",
    "Day of the decision, as far as known on the kennisdatum.",
)
kennisgeving_op: Term = _known_day(
    "kennisgeving_op",
    "Dag van de schriftelijke kennisgeving, voor zover op de kennisdatum bekend.",
    "Day of the written notice, as far as known on the kennisdatum.",
)
overschrijding_gemotiveerd_op: Term = _known_day(
    "overschrijding_gemotiveerd_op",
    "Dag waarop SBB de overschrijding motiveerde, voor zover op de kennisdatum bekend.",
    "Day on which SBB gave its reasons for being late, as far as known on the kennisdatum.",
)
uiterste_dag_besluit: Term = AANVRAAG.limit(
    "uiterste_dag_besluit",
    start=dagtekening,
    norm=norms.TERMIJN_BESLUIT,
    nl="Laatste dag waarop het besluit op tijd is.",
    en="Last day on which the decision is in time.",
)
uiterste_dag_kennisgeving: Term = AANVRAAG.limit(
    "uiterste_dag_kennisgeving",
    start=dagtekening,
    norm=norms.TERMIJN_KENNISGEVING,
    nl="Laatste dag waarop de kennisgeving op tijd is.",
    en="Last day on which the notice is in time.",
)

NIEUW = soort == "nieuw"
_BESLUIT = (sources.REGLEMENT_2015_BESLUIT, sources.REGLEMENT_2016_BESLUIT)
_KLOK = Text(
    "De termijn staat niet stil als het bedrijf nog gegevens moet geven.",
    "The clock does not stop while the company must still give information.",
)
_EVIDENCE = (leerbedrijf_id, opleidingcode)

BESLUIT_TIJDIG = Rule(
    code="besluit_tijdig",
    signaalcode="E01",
    subject=AANVRAAG,
    kind=Kind.FOUT,
    party=Party.SBB,
    scope=NIEUW & ~is_filled(overschrijding_gemotiveerd_op),
    requirement=on_time(besluit_op, uiterste_dag_besluit),
    evidence=_EVIDENCE,
    sources=_BESLUIT,
    sentence=Text(
        "SBB besluit binnen de termijn op een nieuwe aanvraag.", "SBB decides on a new request within the term."
    ),
    melding=Text(
        "SBB had uiterlijk {uiterste_dag_besluit} moeten besluiten op de aanvraag van {dagtekening};"
        " besluit: {besluit_op}.",
        "SBB should have decided on the request of {dagtekening} by {uiterste_dag_besluit}; decision: {besluit_op}.",
    ),
    repair=Text("Besluit, of motiveer de overschrijding.", "Decide, or give reasons for the delay."),
    dimension=Dimension.ACTUALITEIT,
    executability=Executability.TE_VEEL,
    assumptions=(_KLOK,),
)

BESLUIT_OVERSCHRIJDING_GEMOTIVEERD = Rule(
    code="besluit_overschrijding_gemotiveerd",
    signaalcode="E02",
    subject=AANVRAAG,
    kind=Kind.SIGNAAL,
    party=Party.SBB,
    scope=NIEUW & is_filled(overschrijding_gemotiveerd_op),
    requirement=on_time(besluit_op, uiterste_dag_besluit),
    evidence=_EVIDENCE,
    sources=_BESLUIT,
    sentence=Text(
        "Een aanvraag waarvoor SBB een overschrijding motiveerde, is toch binnen de termijn beslist.",
        "A request for which SBB gave reasons for a delay was decided within the term after all.",
    ),
    melding=Text(
        "SBB motiveerde op {overschrijding_gemotiveerd_op} waarom het besluit op de aanvraag van {dagtekening} later"
        " komt dan {uiterste_dag_besluit}; besluit: {besluit_op}.",
        "On {overschrijding_gemotiveerd_op} SBB gave its reasons why the decision on the request of {dagtekening}"
        " comes later than {uiterste_dag_besluit}; decision: {besluit_op}.",
    ),
    repair=Text("Besluit zo spoedig mogelijk.", "Decide as soon as possible."),
    dimension=Dimension.ACTUALITEIT,
)

KENNISGEVING_TIJDIG = Rule(
    code="kennisgeving_tijdig",
    signaalcode="E03",
    subject=AANVRAAG,
    kind=Kind.FOUT,
    party=Party.SBB,
    scope=NIEUW,
    requirement=on_time(kennisgeving_op, uiterste_dag_kennisgeving),
    evidence=_EVIDENCE,
    sources=(sources.REGLEMENT_2015_KENNISGEVING, sources.REGLEMENT_2016_KENNISGEVING),
    sentence=Text(
        "SBB stuurt binnen de termijn de schriftelijke kennisgeving van het besluit op een nieuwe aanvraag.",
        "SBB sends the written notice of the decision on a new request within the term.",
    ),
    melding=Text(
        "SBB had uiterlijk {uiterste_dag_kennisgeving} schriftelijk moeten berichten over de aanvraag van"
        " {dagtekening}; kennisgeving: {kennisgeving_op}.",
        "SBB should have sent its written notice on the request of {dagtekening} by {uiterste_dag_kennisgeving};"
        " notice: {kennisgeving_op}.",
    ),
    repair=Text("Stuur de kennisgeving.", "Send the notice."),
    dimension=Dimension.ACTUALITEIT,
    executability=Executability.TE_VEEL,
    assumptions=(_KLOK,),
)

QUESTION = Question(
    code="erkenning_tijdig",
    number=5,
    title=Text("Erkent SBB nieuwe leerbedrijven tijdig?", "Does SBB recognise new leerbedrijven in time?"),
    subject=AANVRAAG,
    rules=(BESLUIT_TIJDIG, BESLUIT_OVERSCHRIJDING_GEMOTIVEERD, KENNISGEVING_TIJDIG),
)
