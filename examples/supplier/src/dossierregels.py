"""
Rules of a supplier, on facts that are there: what its schools agreed with each other, and no law asks.

They are loaded when somebody asks for them by name, and never because they are installed:
`make_settings(questions=(*QUESTIONS, *load_rule_set("dossierregels")))`, or on the command line
`--rule-set dossierregels`.
"""

from datetime import date

from bpvo_rules.questions import BPVO
from bpvo_rules.questions.subjects import afsluitdatum, begindatum
from bpvo_rules.rules import Dimension, Kind, Party, Question, Rule, Source, Text, is_filled

AFSPRAAK = Source(title="Afspraak dossiervorming van de aangesloten scholen, artikel 4", van=date(2018, 8, 1))

OPGEMAAKT_VOOR_AANVANG = Rule(
    code="dossier_opgemaakt_voor_aanvang",
    subject=BPVO,
    kind=Kind.SIGNAAL,
    party=Party.INSTELLING,
    scope=is_filled(begindatum) & is_filled(afsluitdatum),
    requirement=afsluitdatum <= begindatum,
    sources=(AFSPRAAK,),
    sentence=Text(
        "De BPVO is opgemaakt op of voor de begindatum.", "The BPVO was drawn up on or before its begindatum."
    ),
    melding=Text(
        "De BPVO is opgemaakt op {afsluitdatum}, na de begindatum {begindatum}.",
        "The BPVO was drawn up on {afsluitdatum}, after its begindatum {begindatum}.",
    ),
    repair=Text("Maak de BPVO op voordat de bpv begint.", "Draw up the BPVO before the placement begins."),
    dimension=Dimension.CONSISTENTIE,
)

QUESTIONS = (
    Question(
        code="dossier",
        number=None,
        title=Text("Is het dossier op orde?", "Is the file in order?"),
        subject=BPVO,
        rules=(OPGEMAAKT_VOOR_AANVANG,),
    ),
)
