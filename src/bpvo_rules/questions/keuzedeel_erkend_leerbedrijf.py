"""
Question 2: is the BPV part of a keuzedeel run at an erkend leerbedrijf?

Any recognition will do: the company need not be recognised for the
kwalificatie of the student. Keuzedelen came on 1 August 2016, so these rules
hold for BPVO's that begin on or after that day.
"""

from datetime import date
from typing import Any

from bpvo_rules.questions import sources
from bpvo_rules.questions.subjects import (
    BPVO,
    begindatum,
    einde_tot_peildatum,
    grondslag,
    in_register,
    keuzedeelcode,
    leerbedrijf_id,
)
from bpvo_rules.rules import PEILDATUM, Dimension, Kind, Party, Question, Rule, Text, ValueType

OP_KEUZEDEEL = grondslag == "keuzedeel"
INVOERING = date(2016, 8, 1)


@BPVO.fact(
    ValueType.INTERNAL,
    "De dagen waarop het leerbedrijf voor wat dan ook erkend is.",
    "The days on which the company is recognised for anything at all.",
    needs=(leerbedrijf_id,),
    tables=(("erkenningen", None), ("erkenningen", "tot_en_met")),
)
def dekking_elke(context: Any, leerbedrijf_id: Any) -> Any:
    return context.dekking_elke(leerbedrijf_id)


@BPVO.fact(
    ValueType.BOOL,
    "Het leerbedrijf is op de begindatum erkend, voor wat dan ook.",
    "The company is recognised on the begindatum, for anything at all.",
    needs=(dekking_elke, begindatum),
)
def elke_erkend_op_begindatum(_: Any, dekking: Any, begindatum: Any) -> Any:
    return dekking.bevat(begindatum)


@BPVO.fact(
    ValueType.BOOL,
    "Het leerbedrijf heeft enige erkenning op elke dag van de begindatum tot en met het einde of de peildatum.",
    "The company has any recognition on every day from the begindatum to the einde or the peildatum, both inclusive.",
    needs=(dekking_elke, begindatum, einde_tot_peildatum),
)
def elke_gedekt_tot_peildatum(_: Any, dekking: Any, begindatum: Any, tot: Any) -> Any:
    return dekking.dekt(begindatum, tot)


@BPVO.fact(
    ValueType.DAY,
    "Eerste dag zonder enige erkenning in die periode.",
    "First day without any recognition in that period.",
    needs=(dekking_elke, begindatum, einde_tot_peildatum, elke_gedekt_tot_peildatum),
)
def elke_eerste_dag_zonder_erkenning(_: Any, dekking: Any, begindatum: Any, tot: Any, __: Any) -> Any:
    return dekking.eerste_dag_zonder(begindatum, tot)


@BPVO.fact(
    ValueType.WHOLE,
    "Aantal dagen zonder enige erkenning in die periode.",
    "Number of days without any recognition in that period.",
    unit="dagen",
    needs=(dekking_elke, begindatum, einde_tot_peildatum, elke_gedekt_tot_peildatum),
)
def elke_dagen_zonder_erkenning(_: Any, dekking: Any, begindatum: Any, tot: Any, __: Any) -> Any:
    return dekking.dagen_zonder(begindatum, tot)


@BPVO.fact(
    ValueType.BOOL,
    "Het keuzedeel staat in de lijst van keuzedelen.",
    "The keuzedeel is in the list of keuzedelen.",
    needs=(keuzedeelcode,),
    tables=(("keuzedelen", None),),
)
def keuzedeel_bekend(context: Any, keuzedeelcode: Any) -> Any:
    return context.keuzedeel(keuzedeelcode) is not None


@BPVO.fact(
    ValueType.BOOL,
    "De begindatum valt niet voor de geldigheid van het keuzedeel.",
    "The begindatum is not before the validity of the keuzedeel.",
    needs=(keuzedeelcode, begindatum),
    tables=(("keuzedelen", None), ("keuzedelen", "geldig_van")),
)
def keuzedeel_al_geldig(context: Any, keuzedeelcode: Any, begindatum: Any) -> Any:
    row = context.keuzedeel(keuzedeelcode)
    return row is not None and (row.geldig_van is None or row.geldig_van <= begindatum)


@BPVO.fact(
    ValueType.BOOL,
    "De begindatum valt niet na de geldigheid van het keuzedeel.",
    "The begindatum is not after the validity of the keuzedeel.",
    needs=(keuzedeelcode, begindatum),
    tables=(("keuzedelen", None), ("keuzedelen", "geldig_tot_en_met")),
)
def keuzedeel_nog_geldig(context: Any, keuzedeelcode: Any, begindatum: Any) -> Any:
    row = context.keuzedeel(keuzedeelcode)
    return row is not None and (row.geldig_tot_en_met is None or begindatum <= row.geldig_tot_en_met)


KEUZEDEEL_LEERBEDRIJF_BEKEND = Rule(
    code="keuzedeel_leerbedrijf_bekend",
    signaalcode="B01",
    subject=BPVO,
    kind=Kind.FOUT,
    party=Party.INSTELLING,
    scope=OP_KEUZEDEEL,
    requirement=in_register,
    evidence=(leerbedrijf_id, keuzedeelcode),
    sources=(sources.KEUZEDEEL_ELKE_ERKENNING, sources.WEB_ERKEND),
    sentence=Text(
        "Het leerbedrijf van de BPVO voor een keuzedeel staat in het register van SBB.",
        "The company of the BPVO for a keuzedeel is in the register of SBB.",
    ),
    melding=Text(
        "Leerbedrijf {leerbedrijf_id} staat niet in het register van SBB (keuzedeel {keuzedeelcode}).",
        "Company {leerbedrijf_id} is not in the register of SBB (keuzedeel {keuzedeelcode}).",
    ),
    repair=Text(
        "Zoek het leerbedrijf op in White Label en lever de BPVO met het juiste nummer.",
        "Look the company up in White Label and deliver the BPVO with the right number.",
    ),
    dimension=Dimension.JUISTHEID,
    geldig_van=INVOERING,
)

KEUZEDEEL_ERKEND_BIJ_AANVANG = Rule(
    code="keuzedeel_erkend_bij_aanvang",
    signaalcode="B02",
    subject=BPVO,
    kind=Kind.FOUT,
    party=Party.INSTELLING,
    scope=OP_KEUZEDEEL,
    requirement=elke_erkend_op_begindatum,
    evidence=(leerbedrijf_id, keuzedeelcode, begindatum),
    sources=(sources.KEUZEDEEL_ELKE_ERKENNING, sources.WEB_ERKEND),
    sentence=Text(
        "Het leerbedrijf heeft op de begindatum een erkenning, voor welke kwalificatie dan ook.",
        "The company has a recognition on the begindatum, for whichever kwalificatie.",
    ),
    melding=Text(
        "Leerbedrijf {leerbedrijf_id} heeft op {begindatum} geen enkele erkenning (keuzedeel {keuzedeelcode}).",
        "Company {leerbedrijf_id} has no recognition at all on {begindatum} (keuzedeel {keuzedeelcode}).",
    ),
    repair=Text(
        "Controleer leerbedrijf en begindatum; zonder erkenning is dit deel van het keuzedeel geen bpv.",
        "Check company and begindatum; without a recognition this part of the keuzedeel is no placement.",
    ),
    dimension=Dimension.JUISTHEID,
    geldig_van=INVOERING,
)

KEUZEDEEL_ERKEND_GEDURENDE_LOOPTIJD = Rule(
    code="keuzedeel_erkend_gedurende_looptijd",
    signaalcode="B03",
    subject=BPVO,
    kind=Kind.FOUT,
    party=Party.INSTELLING,
    scope=OP_KEUZEDEEL & (begindatum <= PEILDATUM) & elke_erkend_op_begindatum,
    requirement=elke_gedekt_tot_peildatum,
    evidence=(leerbedrijf_id, keuzedeelcode, elke_eerste_dag_zonder_erkenning, elke_dagen_zonder_erkenning),
    sources=(sources.WEB_VERVANGENDE_PLAATS,),
    sentence=Text(
        "Het leerbedrijf heeft op elke dag van de bpv tot nu toe een erkenning, voor welke kwalificatie dan ook.",
        "The company has a recognition on every day of the placement so far, for whichever kwalificatie.",
    ),
    melding=Text(
        "Leerbedrijf {leerbedrijf_id} verliest zijn erkenning tijdens de bpv voor keuzedeel {keuzedeelcode}: de eerste"
        " dag zonder is {elke_eerste_dag_zonder_erkenning}; dagen zonder: {elke_dagen_zonder_erkenning}.",
        "Company {leerbedrijf_id} loses its recognition during the placement for keuzedeel {keuzedeelcode}: the first"
        " day without is {elke_eerste_dag_zonder_erkenning}; days without: {elke_dagen_zonder_erkenning}.",
    ),
    repair=Text(
        "Overleg met SBB over de erkenning, of bevorder een vervangende plaats en lever de nieuwe BPVO.",
        "Consult SBB about the recognition, or find a replacement place and deliver the new BPVO.",
    ),
    dimension=Dimension.ACTUALITEIT,
    geldig_van=INVOERING,
)

KEUZEDEEL_GELDIG = Rule(
    code="keuzedeel_geldig",
    signaalcode="B04",
    subject=BPVO,
    kind=Kind.SIGNAAL,
    party=Party.INSTELLING,
    scope=OP_KEUZEDEEL,
    requirement=keuzedeel_bekend & keuzedeel_al_geldig & keuzedeel_nog_geldig,
    evidence=(keuzedeelcode, begindatum),
    sources=(sources.ROD_GEGEVENS,),
    sentence=Text(
        "Het keuzedeel bestaat, en de begindatum valt in de geldigheid ervan.",
        "The keuzedeel exists, and the begindatum lies in its validity.",
    ),
    melding=Text(
        "Keuzedeel {keuzedeelcode} staat niet in de lijst, of is niet geldig op {begindatum}.",
        "Keuzedeel {keuzedeelcode} is not in the list, or is not valid on {begindatum}.",
    ),
    repair=Text(
        "Controleer de code van het keuzedeel en de begindatum.", "Check the code of the keuzedeel and the begindatum."
    ),
    dimension=Dimension.VALIDITEIT,
    geldig_van=INVOERING,
)

QUESTION = Question(
    code="keuzedeel_erkend_leerbedrijf",
    number=2,
    title=Text(
        "Wordt het bpv-gedeelte van een keuzedeel bij een erkend leerbedrijf uitgevoerd?",
        "Is the BPV part of a keuzedeel run at an erkend leerbedrijf?",
    ),
    subject=BPVO,
    rules=(
        KEUZEDEEL_LEERBEDRIJF_BEKEND,
        KEUZEDEEL_ERKEND_BIJ_AANVANG,
        KEUZEDEEL_ERKEND_GEDURENDE_LOOPTIJD,
        KEUZEDEEL_GELDIG,
    ),
)
