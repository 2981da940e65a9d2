"""
Question 1: are all BPVO's run at an erkend leerbedrijf?

The deck does not say on which day the recognition must hold, nor which
recognition a BPVO on a dossier or domein needs. Read here: on the first day for
the start, on every day so far for the term, and any kwalificatie of the dossier
or domein will do; both are assumptions of the rules below.
"""

from typing import Any

from bpvo_rules.questions import sources
from bpvo_rules.questions.subjects import (
    BPVO,
    begindatum,
    codes,
    dagen_zonder_erkenning,
    dekking,
    eerste_dag_zonder_erkenning,
    einde,
    erkend_op_begindatum,
    erkende_periodes,
    gedekt_tot_peildatum,
    grondslag,
    in_register,
    leerbedrijf_id,
    opleidingcode,
)
from bpvo_rules.rules import (
    PEILDATUM,
    Dimension,
    Executability,
    Kind,
    Party,
    Question,
    Rule,
    Text,
    ValueType,
)

OP_OPLEIDING = grondslag == "opleiding"

WELKE_ERKENNING = Text(
    "Welke erkenning een BPVO op een dossier of domein nodig heeft, is nergens voorgeschreven: elke kwalificatie"
    " daarvan telt, en elke equivalent daarvan.",
    "Which recognition a BPVO on a dossier or domein needs is nowhere prescribed: any of its kwalificaties counts,"
    " and any equivalent of those.",
)


@BPVO.fact(
    ValueType.DAY,
    "Eerste dag van de erkende periode die het dichtst bij de begindatum ligt.",
    "First day of the recognised period nearest to the begindatum.",
    needs=(dekking, begindatum),
)
def dichtstbijzijnde_erkenning_van(_: Any, dekking: Any, begindatum: Any) -> Any:
    found = dekking.dichtstbij(begindatum)
    return None if found is None else found.van


@BPVO.fact(
    ValueType.DAY,
    "Laatste dag van die erkende periode; leeg als er geen einde bekend is.",
    "Last day of that recognised period, inclusive; empty when no end is known.",
    needs=(dekking, begindatum),
)
def dichtstbijzijnde_erkenning_tot_en_met(_: Any, dekking: Any, begindatum: Any) -> Any:
    found = dekking.dichtstbij(begindatum)
    return None if found is None or not found.has_end else found.tot_en_met


@BPVO.fact(
    ValueType.BOOL,
    "Het leerbedrijf is op de peildatum erkend voor de opleiding.",
    "The company is recognised for the opleiding on the peildatum.",
    needs=(dekking, PEILDATUM),
)
def erkend_op_peildatum(_: Any, dekking: Any, peildatum: Any) -> Any:
    return dekking.bevat(peildatum)


@BPVO.fact(
    ValueType.BOOL,
    "Het leerbedrijf is erkend op elke dag van de peildatum tot en met het einde.",
    "The company is recognised on every day from the peildatum to the einde, both inclusive.",
    needs=(dekking, PEILDATUM, einde),
)
def gedekt_vanaf_peildatum(_: Any, dekking: Any, peildatum: Any, einde: Any) -> Any:
    return dekking.dekt(peildatum, einde)


@BPVO.fact(
    ValueType.DAY,
    "Eerste dag vanaf de peildatum waarop er nog geen erkenning is.",
    "First day from the peildatum on for which there is no recognition yet.",
    needs=(dekking, PEILDATUM, einde, gedekt_vanaf_peildatum),
)
def eerste_dag_zonder_erkenning_na_peildatum(_: Any, dekking: Any, peildatum: Any, einde: Any, __: Any) -> Any:
    return dekking.eerste_dag_zonder(peildatum, einde)


LEERBEDRIJF_BEKEND = Rule(
    code="leerbedrijf_bekend",
    signaalcode="A01",
    subject=BPVO,
    kind=Kind.FOUT,
    party=Party.INSTELLING,
    scope=OP_OPLEIDING,
    requirement=in_register,
    evidence=(leerbedrijf_id,),
    sources=(sources.WEB_ERKEND,),
    sentence=Text(
        "Het leerbedrijf van de BPVO staat in het register van SBB.",
        "The company of the BPVO is in the register of SBB.",
    ),
    melding=Text(
        "Leerbedrijf {leerbedrijf_id} staat niet in het register van SBB.",
        "Company {leerbedrijf_id} is not in the register of SBB.",
    ),
    repair=Text(
        "Zoek het leerbedrijf op in White Label en lever de BPVO met het juiste nummer.",
        "Look the company up in White Label and deliver the BPVO with the right number.",
    ),
    dimension=Dimension.JUISTHEID,
)

ERKEND_BIJ_AANVANG = Rule(
    code="erkend_bij_aanvang",
    signaalcode="A02",
    subject=BPVO,
    kind=Kind.FOUT,
    party=Party.INSTELLING,
    scope=OP_OPLEIDING,
    requirement=erkend_op_begindatum,
    evidence=(
        leerbedrijf_id,
        opleidingcode,
        begindatum,
        codes,
        erkende_periodes,
        dichtstbijzijnde_erkenning_van,
        dichtstbijzijnde_erkenning_tot_en_met,
    ),
    sources=(sources.WEB_ERKEND,),
    sentence=Text(
        "Het leerbedrijf is op de begindatum erkend voor de opleiding van de BPVO.",
        "The company is recognised for the opleiding of the BPVO on its begindatum.",
    ),
    melding=Text(
        "Leerbedrijf {leerbedrijf_id} is op {begindatum} niet erkend voor opleiding {opleidingcode}.",
        "Company {leerbedrijf_id} is not recognised for opleiding {opleidingcode} on {begindatum}.",
    ),
    repair=Text(
        "Controleer leerbedrijf, opleiding en begindatum; is er geen erkenning, dan kan de bpv daar niet plaatsvinden.",
        "Check company, opleiding and begindatum; without a recognition the placement cannot be there.",
    ),
    dimension=Dimension.JUISTHEID,
    executability=Executability.TE_WEINIG,
    assumptions=(WELKE_ERKENNING,),
)

ERKEND_GEDURENDE_LOOPTIJD = Rule(
    code="erkend_gedurende_looptijd",
    signaalcode="A03",
    subject=BPVO,
    kind=Kind.FOUT,
    party=Party.INSTELLING,
    scope=OP_OPLEIDING & (begindatum <= PEILDATUM) & erkend_op_begindatum,
    requirement=gedekt_tot_peildatum,
    evidence=(
        leerbedrijf_id,
        opleidingcode,
        einde,
        codes,
        erkende_periodes,
        eerste_dag_zonder_erkenning,
        dagen_zonder_erkenning,
    ),
    sources=(sources.WEB_VERVANGENDE_PLAATS,),
    sentence=Text(
        "Het leerbedrijf is erkend op elke dag van de bpv tot nu toe.",
        "The company is recognised on every day of the placement so far.",
    ),
    melding=Text(
        "De erkenning van leerbedrijf {leerbedrijf_id} voor opleiding {opleidingcode} ontbreekt tijdens de bpv:"
        " de eerste dag zonder is {eerste_dag_zonder_erkenning}; dagen zonder: {dagen_zonder_erkenning}.",
        "The recognition of company {leerbedrijf_id} for opleiding {opleidingcode} is missing during the placement:"
        " the first day without is {eerste_dag_zonder_erkenning}; days without: {dagen_zonder_erkenning}.",
    ),
    repair=Text(
        "Overleg met SBB over de erkenning, of bevorder een vervangende plaats en lever de nieuwe BPVO.",
        "Consult SBB about the recognition, or find a replacement place and deliver the new BPVO.",
    ),
    dimension=Dimension.ACTUALITEIT,
    executability=Executability.TE_WEINIG,
    assumptions=(WELKE_ERKENNING,),
)

ERKENNING_DEKT_PLANNING = Rule(
    code="erkenning_dekt_planning",
    signaalcode="A04",
    subject=BPVO,
    kind=Kind.SIGNAAL,
    party=Party.SBB,
    scope=OP_OPLEIDING & (begindatum <= PEILDATUM) & (einde > PEILDATUM) & erkend_op_peildatum,
    requirement=gedekt_vanaf_peildatum,
    evidence=(leerbedrijf_id, opleidingcode, codes, erkende_periodes, eerste_dag_zonder_erkenning_na_peildatum),
    sources=(sources.WEB_ERKEND,),
    sentence=Text(
        "De erkenning die op de peildatum geldt, loopt door tot het einde van de bpv.",
        "The recognition that holds on the peildatum runs on until the end of the placement.",
    ),
    melding=Text(
        "De erkenning van leerbedrijf {leerbedrijf_id} voor opleiding {opleidingcode} loopt af voor het einde van de"
        " bpv: vanaf {eerste_dag_zonder_erkenning_na_peildatum} is er geen.",
        "The recognition of company {leerbedrijf_id} for opleiding {opleidingcode} ends before the placement does:"
        " from {eerste_dag_zonder_erkenning_na_peildatum} on there is none.",
    ),
    repair=Text(
        "Verleng de erkenning tijdig of laat weten dat zij eindigt.",
        "Renew the recognition in time or tell that it ends.",
    ),
    dimension=Dimension.ACTUALITEIT,
    executability=Executability.TE_VEEL,
    assumptions=(
        WELKE_ERKENNING,
        Text(
            "Een verlenging kan nog komen: het signaal vraagt aandacht, het is geen fout.",
            "A renewal can still come: the signal asks for attention, it is no error.",
        ),
    ),
)

QUESTION = Question(
    code="bpvo_erkend_leerbedrijf",
    number=1,
    title=Text(
        "Worden alle BPVO's bij erkende leerbedrijven doorlopen?", "Are all BPVO's run at an erkend leerbedrijf?"
    ),
    subject=BPVO,
    rules=(LEERBEDRIJF_BEKEND, ERKEND_BIJ_AANVANG, ERKEND_GEDURENDE_LOOPTIJD, ERKENNING_DEKT_PLANNING),
)
