"""
Question 3: are the BPVO's in time at DUO and SBB?

The trigger of the legal term, "received or arisen", is no exchanged field; the
afsluitdatum of the first delivery stands for it. A later change of that date
does not change how late the delivery was.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from bpvo_rules.questions import norms, sources
from bpvo_rules.questions.subjects import BPVO, UITWISSELING, afsluitdatum, begindatum
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

AFSLUITDATUM_STAAT_VOOR = Text(
    "Wanneer de school de gegevens ontving, wordt niet uitgewisseld; de afsluitdatum staat daarvoor.",
    "When the school received the data is not exchanged; the afsluitdatum stands for it.",
)


def _earliest(days: Iterable[date | None], kennisdatum: date) -> date | None:
    found = None
    for day in days:
        if day is not None and day <= kennisdatum and (found is None or day < found):
            found = day
    return found


@BPVO.fact(
    ValueType.DAY,
    "Eerste dag waarop DUO een levering van de BPVO ontving.",
    "First day on which DUO received a delivery of the BPVO.",
    needs=(KENNISDATUM, BPVO.this),
    tables=(("uitwisselingen", "ontvangen_duo_op"),),
)
def ontvangen_duo(_: Any, kennisdatum: Any, bpvo: Any) -> Any:
    return _earliest([row.ontvangen_duo_op for row in bpvo.leveringen or ()], kennisdatum)


@BPVO.fact(
    ValueType.DAY,
    "Eerste dag waarop SBB een levering van de BPVO ontving.",
    "First day on which SBB received a delivery of the BPVO.",
    needs=(KENNISDATUM, BPVO.this),
    tables=(("uitwisselingen", "ontvangen_sbb_op"),),
)
def ontvangen_sbb(_: Any, kennisdatum: Any, bpvo: Any) -> Any:
    return _earliest([row.ontvangen_sbb_op for row in bpvo.leveringen or ()], kennisdatum)


@BPVO.fact(
    ValueType.DAY,
    "De afsluitdatum in de eerste levering van de BPVO.",
    "The afsluitdatum in the first delivery of the BPVO.",
    needs=(BPVO.this,),
    looked_up=(afsluitdatum,),
)
def afsluitdatum_aanlevering(_: Any, bpvo: Any, afsluitdatum: Any) -> Any:
    return bpvo.leveringen[0].afsluitdatum if bpvo.leveringen else afsluitdatum


uiterste_dag_duo: Term = BPVO.limit(
    "uiterste_dag_duo",
    start=afsluitdatum_aanlevering,
    norm=norms.TERMIJN_AANLEVERING,
    nl="Laatste dag waarop de BPVO op tijd bij DUO is.",
    en="Last day on which the BPVO is in time at DUO.",
)
uiterste_dag_sbb: Term = BPVO.limit(
    "uiterste_dag_sbb",
    start=ontvangen_duo,
    norm=norms.TERMIJN_DOORLEVERING,
    nl="Laatste dag waarop de BPVO op tijd bij SBB is.",
    en="Last day on which the BPVO is in time at SBB.",
)
uiterste_dag_rond_aanvang: Term = BPVO.limit(
    "uiterste_dag_rond_aanvang",
    start=begindatum,
    norm=norms.SPELING_NA_AANVANG,
    nl="Laatste dag waarop de BPVO rond de aanvang bij DUO is.",
    en="Last day on which the BPVO is at DUO around its start.",
)

soort: Term = UITWISSELING.column(
    "soort", ValueType.WORD, "Toevoeging, wijziging of verwijdering.", "Toevoeging, wijziging or verwijdering."
)
ontstaan_op: Term = UITWISSELING.column(
    "ontstaan_op",
    ValueType.DAY,
    "Dag waarop de gegevens bij de school ontstonden.",
    "Day on which the data arose at the school.",
)
ontvangen_duo_op: Term = UITWISSELING.start_day


@UITWISSELING.fact(
    ValueType.DAY,
    "Dag waarop DUO op de levering antwoordde, voor zover op de kennisdatum bekend.",
    "Day on which DUO answered the delivery, as far as known on the kennisdatum.",
    needs=(KENNISDATUM, UITWISSELING.this),
    tables=(("uitwisselingen", "teruggekoppeld_op"),),
)
def teruggekoppeld_op(_: Any, kennisdatum: Any, levering: Any) -> Any:
    return _earliest((levering.teruggekoppeld_op,), kennisdatum)


@UITWISSELING.fact(
    ValueType.WORD,
    "Het antwoord van DUO, voor zover op de kennisdatum bekend.",
    "The answer of DUO, as far as known on the kennisdatum.",
    needs=(teruggekoppeld_op, UITWISSELING.this),
    tables=(("uitwisselingen", "uitkomst"),),
)
def uitkomst(_: Any, __: Any, levering: Any) -> Any:
    return levering.uitkomst


uiterste_dag_wijziging: Term = UITWISSELING.limit(
    "uiterste_dag_wijziging",
    start=ontstaan_op,
    norm=norms.TERMIJN_AANLEVERING,
    nl="Laatste dag waarop de wijziging op tijd bij DUO is.",
    en="Last day on which the change is in time at DUO.",
)
uiterste_dag_terugkoppeling: Term = UITWISSELING.limit(
    "uiterste_dag_terugkoppeling",
    start=ontvangen_duo_op,
    norm=norms.TERMIJN_TERUGKOPPELING,
    nl="Laatste dag waarop DUO op tijd terugkoppelt.",
    en="Last day on which DUO reports back in time.",
)

TIJDIG_BIJ_DUO = Rule(
    code="tijdig_bij_duo",
    signaalcode="C01",
    subject=BPVO,
    kind=Kind.FOUT,
    party=Party.INSTELLING,
    requirement=on_time(ontvangen_duo, uiterste_dag_duo),
    sources=(sources.BVE_TERMIJN, sources.ROD_TERMIJN),
    sentence=Text(
        "De BPVO is binnen de termijn na de afsluitdatum bij DUO.",
        "The BPVO is at DUO within the term after the afsluitdatum.",
    ),
    melding=Text(
        "De BPVO had uiterlijk {uiterste_dag_duo} bij DUO moeten zijn; ontvangen: {ontvangen_duo}.",
        "The BPVO should have been at DUO by {uiterste_dag_duo}; received: {ontvangen_duo}.",
    ),
    repair=Text(
        "Lever de BPVO alsnog; is de afsluitdatum onjuist, lever dan de juiste.",
        "Deliver the BPVO after all; when the afsluitdatum is wrong, deliver the right one.",
    ),
    dimension=Dimension.ACTUALITEIT,
    executability=Executability.TE_VEEL,
    assumptions=(AFSLUITDATUM_STAAT_VOOR,),
)

TIJDIG_BIJ_SBB = Rule(
    code="tijdig_bij_sbb",
    signaalcode="C02",
    subject=BPVO,
    kind=Kind.FOUT,
    party=Party.DUO,
    scope=is_filled(ontvangen_duo),
    requirement=on_time(ontvangen_sbb, uiterste_dag_sbb),
    sources=(sources.SBB_MAANDELIJKS,),
    sentence=Text(
        "De BPVO is binnen de termijn na ontvangst door DUO bij SBB.",
        "The BPVO is at SBB within the term after DUO received it.",
    ),
    melding=Text(
        "De BPVO had uiterlijk {uiterste_dag_sbb} bij SBB moeten zijn; ontvangen: {ontvangen_sbb}.",
        "The BPVO should have been at SBB by {uiterste_dag_sbb}; received: {ontvangen_sbb}.",
    ),
    repair=Text("Lever de BPVO door aan SBB.", "Pass the BPVO on to SBB."),
    dimension=Dimension.ACTUALITEIT,
    executability=Executability.TE_VEEL,
    assumptions=(
        Text(
            "De termijn van een maand volgt uit het maandelijkse uittreksel; geen regeling noemt hem.",
            "The term of a month follows from the monthly extract; no regulation names it.",
        ),
    ),
)

BIJ_DUO_ROND_AANVANG = Rule(
    code="bij_duo_rond_aanvang",
    signaalcode="C03",
    subject=BPVO,
    kind=Kind.SIGNAAL,
    party=Party.INSTELLING,
    requirement=on_time(ontvangen_duo, uiterste_dag_rond_aanvang),
    sources=(sources.DECK,),
    sentence=Text("De BPVO is rond de begindatum bij DUO.", "The BPVO is at DUO around its begindatum."),
    melding=Text(
        "De BPVO begon op {begindatum} en had uiterlijk {uiterste_dag_rond_aanvang} bij DUO moeten zijn;"
        " ontvangen: {ontvangen_duo}.",
        "The BPVO began on {begindatum} and should have been at DUO by {uiterste_dag_rond_aanvang};"
        " received: {ontvangen_duo}.",
    ),
    repair=Text("Sluit en lever de BPVO voor de aanvang.", "Conclude and deliver the BPVO before it begins."),
    dimension=Dimension.ACTUALITEIT,
)

WIJZIGING_TIJDIG_BIJ_DUO = Rule(
    code="wijziging_tijdig_bij_duo",
    signaalcode="C04",
    subject=UITWISSELING,
    kind=Kind.FOUT,
    party=Party.INSTELLING,
    scope=soort == "wijziging",
    requirement=on_time(ontvangen_duo_op, uiterste_dag_wijziging),
    sources=(sources.BVE_TERMIJN, sources.ROD_TERMIJN),
    sentence=Text(
        "Een wijziging is binnen de termijn nadat zij ontstond bij DUO.",
        "A change is at DUO within the term after it arose.",
    ),
    melding=Text(
        "De wijziging ontstond op {ontstaan_op} en had uiterlijk {uiterste_dag_wijziging} bij DUO moeten zijn;"
        " ontvangen: {ontvangen_duo_op}.",
        "The change arose on {ontstaan_op} and should have been at DUO by {uiterste_dag_wijziging};"
        " received: {ontvangen_duo_op}.",
    ),
    repair=Text(
        "Lever wijzigingen binnen de termijn; deze is al ontvangen.",
        "Deliver changes within the term; this one has been received already.",
    ),
    dimension=Dimension.ACTUALITEIT,
)

TERUGKOPPELING_TIJDIG = Rule(
    code="terugkoppeling_tijdig",
    signaalcode="C05",
    subject=UITWISSELING,
    kind=Kind.FOUT,
    party=Party.DUO,
    requirement=on_time(teruggekoppeld_op, uiterste_dag_terugkoppeling),
    sources=(sources.BVE_TERUGKOPPELING, sources.ROD_TERUGKOPPELING),
    sentence=Text(
        "DUO koppelt een levering binnen de termijn terug.", "DUO reports back on a delivery within the term."
    ),
    melding=Text(
        "DUO had uiterlijk {uiterste_dag_terugkoppeling} moeten terugkoppelen; teruggekoppeld: {teruggekoppeld_op}.",
        "DUO should have reported back by {uiterste_dag_terugkoppeling}; reported back: {teruggekoppeld_op}.",
    ),
    repair=Text("Koppel de levering terug.", "Report back on the delivery."),
    dimension=Dimension.ACTUALITEIT,
)

LEVERING_GEACCEPTEERD = Rule(
    code="levering_geaccepteerd",
    signaalcode="C06",
    subject=UITWISSELING,
    kind=Kind.SIGNAAL,
    party=Party.INSTELLING,
    scope=is_filled(teruggekoppeld_op),
    requirement=uitkomst == "geaccepteerd",
    evidence=(soort,),
    sources=(sources.WEB_JUIST_EN_VOLLEDIG, sources.ROD_GEGEVENS),
    sentence=Text("DUO heeft de levering geaccepteerd.", "DUO accepted the delivery."),
    melding=Text(
        "DUO heeft de {soort} op {teruggekoppeld_op} afgekeurd.",
        "DUO rejected the {soort} on {teruggekoppeld_op}.",
    ),
    repair=Text("Herstel wat DUO noemt en lever opnieuw.", "Mend what DUO names and deliver again."),
    dimension=Dimension.JUISTHEID,
)

QUESTION = Question(
    code="bpvo_tijdig",
    number=3,
    title=Text("Zijn de BPVO's op tijd binnen bij DUO en SBB?", "Are the BPVO's in time at DUO and SBB?"),
    subject=BPVO,
    rules=(
        TIJDIG_BIJ_DUO,
        TIJDIG_BIJ_SBB,
        BIJ_DUO_ROND_AANVANG,
        WIJZIGING_TIJDIG_BIJ_DUO,
        TERUGKOPPELING_TIJDIG,
        LEVERING_GEACCEPTEERD,
    ),
)
