"""
Question 4: does SBB always make White Label available?

"Altijd" is the only stated ambition, so the service window is day and night
unless the caller gives another one. Maintenance counts only when it was
announced before its day.
"""

from typing import Any

from bpvo_rules.questions import norms, sources
from bpvo_rules.questions.subjects import METING
from bpvo_rules.rules import Dimension, Executability, Kind, Party, Question, Rule, Term, Text, ValueType

functie: Term = METING.column(
    "functie", ValueType.WORD, "De functie die bevraagd werd.", "The function that was asked."
)
gelukt: Term = METING.column("gelukt", ValueType.BOOL, "White Label gaf antwoord.", "White Label answered.")
duur_ms: Term = METING.column(
    "duur_ms", ValueType.WHOLE, "Hoe lang het antwoord duurde.", "How long the answer took.", unit="ms"
)
venster: Term = METING.norm(norms.VENSTER, type_=ValueType.INTERNAL)
maximale_duur_ms: Term = METING.norm(norms.MAXIMALE_DUUR_MS)


@METING.fact(
    ValueType.WORD,
    "Tijdstip van de meting, zoals de bron het schrijft.",
    "Moment of the measurement, as the source writes it.",
    needs=(METING.this,),
)
def tijdstip(_: Any, meting: Any) -> Any:
    return meting.tijdstip_tekst


@METING.fact(
    ValueType.BOOL,
    "De meting valt in het venster waarin White Label beschikbaar hoort te zijn.",
    "The measurement lies in the window in which White Label should be available.",
    needs=(venster, METING.this),
)
def in_venster(_: Any, venster: Any, meting: Any) -> Any:
    return meting.tijdstip in venster


@METING.fact(
    ValueType.BOOL,
    "De meting valt in aangekondigd onderhoud van de functie.",
    "The measurement lies in announced maintenance of the function.",
    needs=(METING.this,),
    tables=(("white_label_onderhoud", None), ("white_label_onderhoud", "functie")),
)
def in_onderhoud(context: Any, meting: Any) -> Any:
    return context.in_onderhoud(meting.functie, meting.tijdstip)


BESCHIKBAAR_TE_ZIJN = in_venster & ~in_onderhoud

WHITE_LABEL_ANTWOORDT = Rule(
    code="white_label_antwoordt",
    signaalcode="D01",
    subject=METING,
    kind=Kind.FOUT,
    party=Party.SBB,
    scope=BESCHIKBAAR_TE_ZIJN,
    requirement=gelukt,
    evidence=(functie, tijdstip),
    sources=(sources.DECK, sources.WHITE_LABEL),
    sentence=Text("White Label geeft antwoord.", "White Label answers."),
    melding=Text(
        "White Label ({functie}) gaf op {tijdstip} geen antwoord.",
        "White Label ({functie}) did not answer at {tijdstip}.",
    ),
    repair=Text(
        "Herstel de functie, of kondig onderhoud vooraf aan.",
        "Restore the function, or announce maintenance before it.",
    ),
    dimension=Dimension.BESCHIKBAARHEID,
    executability=Executability.TE_WEINIG,
    assumptions=(
        Text(
            "Alleen wat gemeten is telt: tussen twee metingen kan White Label ongemerkt weg zijn geweest.",
            "Only what was measured counts: between two measurements White Label may have been away unnoticed.",
        ),
    ),
)

WHITE_LABEL_VLOT = Rule(
    code="white_label_vlot",
    signaalcode="D02",
    subject=METING,
    kind=Kind.SIGNAAL,
    party=Party.SBB,
    scope=BESCHIKBAAR_TE_ZIJN & gelukt,
    requirement=duur_ms <= maximale_duur_ms,
    evidence=(functie, tijdstip),
    sources=(sources.WHITE_LABEL,),
    sentence=Text("White Label antwoordt vlot genoeg.", "White Label answers fast enough."),
    melding=Text(
        "White Label ({functie}) deed op {tijdstip} {duur_ms} ms over een antwoord; {maximale_duur_ms} ms mag.",
        "White Label ({functie}) took {duur_ms} ms to answer at {tijdstip}; {maximale_duur_ms} ms is allowed.",
    ),
    repair=Text("Onderzoek waarom het antwoord traag was.", "Find out why the answer was slow."),
    dimension=Dimension.BESCHIKBAARHEID,
)

QUESTION = Question(
    code="white_label_beschikbaar",
    number=4,
    title=Text("Stelt SBB White Label altijd beschikbaar?", "Does SBB always make White Label available?"),
    subject=METING,
    rules=(WHITE_LABEL_ANTWOORDT, WHITE_LABEL_VLOT),
)
