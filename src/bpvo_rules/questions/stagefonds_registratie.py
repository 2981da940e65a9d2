"""
Question 6: is the BPVO registration in order for Stagefonds Zorg?

A BPVO is in scope when its opleiding is in the list in force on its begindatum;
one that begins before the first list given is out of scope. The list says which
codes need a second recognition; that such a recognition must be for one of the
named or listed codes itself, not for an equivalent, is a reading of its text.
"""

from typing import Any

from bpvo_rules.questions import norms, sources
from bpvo_rules.questions.bpvo_erkend_leerbedrijf import OP_OPLEIDING, WELKE_ERKENNING
from bpvo_rules.questions.subjects import (
    ANDERE_BPVOS,
    BPVO,
    begindatum,
    brin,
    codes,
    dagen_zonder_erkenning,
    eerste_dag_zonder_erkenning,
    einddatum_gepland,
    einddatum_werkelijk,
    einde,
    erkend_op_begindatum,
    erkende_periodes,
    gedekt_tot_peildatum,
    inschrijvingsperiode_gevonden,
    leerbedrijf_id,
    leerweg,
    niveau,
    omvang,
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
    Term,
    Text,
    ValueType,
    is_filled,
    is_in,
)
from bpvo_rules.stagefonds import TWEEDE_ERKENNING


@BPVO.fact(
    ValueType.INTERNAL,
    "De stagefondslijst die op de begindatum van kracht is.",
    "The list of Stagefonds in force on the begindatum.",
    needs=(begindatum,),
)
def stagefondslijst(context: Any, begindatum: Any) -> Any:
    return context.stagefondslijst(begindatum)


@BPVO.fact(
    ValueType.BOOL,
    "Op de begindatum is een bekende stagefondslijst van kracht.",
    "A known list of Stagefonds is in force on the begindatum.",
    needs=(begindatum,),
    maybe=(stagefondslijst,),
)
def stagefondslijst_van_kracht(_: Any, __: Any, lijst: Any) -> Any:
    return lijst is not None


@BPVO.fact(
    ValueType.BOOL,
    "De opleiding staat op die lijst.",
    "The opleiding is in that list.",
    needs=(stagefondslijst, opleidingcode),
)
def opleiding_op_stagefondslijst(_: Any, lijst: Any, opleidingcode: Any) -> Any:
    return opleidingcode in lijst.codes


@BPVO.fact(
    ValueType.BOOL,
    "De school staat in de lijst van instellingen.",
    "The school is in the list of instellingen.",
    needs=(brin,),
    tables=(("instellingen", None),),
)
def instelling_bekend(context: Any, brin: Any) -> Any:
    return context.is_instelling(brin)


@BPVO.fact(
    ValueType.BOOL,
    "De opleiding staat op die lijst voor de leerweg van de student.",
    "The opleiding is in that list for the leerweg of the student.",
    needs=(stagefondslijst, leerweg, opleidingcode),
)
def leerweg_op_stagefondslijst(_: Any, lijst: Any, leerweg: Any, opleidingcode: Any) -> Any:
    return lijst.staat_op_lijst(leerweg, opleidingcode)


@BPVO.fact(
    ValueType.CODES,
    "De categorieen van de lijst die passen bij leerweg, opleiding en zo nodig niveau.",
    "The categories of the list that fit leerweg, opleiding and where needed niveau.",
    needs=(stagefondslijst, leerweg, opleidingcode),
    maybe=(niveau,),
)
def stagefonds_categorieen(_: Any, lijst: Any, leerweg: Any, opleidingcode: Any, niveau: Any) -> Any:
    if niveau is None and lijst.niveau_nodig(leerweg, opleidingcode):
        return None
    return tuple(sorted(lijst.categorieen(leerweg, opleidingcode, niveau)))


@BPVO.fact(
    ValueType.BOOL,
    "Precies een categorie past.",
    "Exactly one category fits.",
    needs=(stagefonds_categorieen,),
)
def een_stagefonds_categorie(_: Any, categorieen: Any) -> Any:
    return len(categorieen) == 1


@BPVO.fact(
    ValueType.CODES,
    "De codes waarvan het leerbedrijf er ook een moet hebben.",
    "The codes of which the company must have one too.",
    needs=(stagefondslijst, opleidingcode),
)
def tweede_erkenningen(_: Any, lijst: Any, opleidingcode: Any) -> Any:
    return tuple(sorted(lijst.tweede_erkenningen(opleidingcode)))


@BPVO.fact(
    ValueType.BOOL,
    "Het leerbedrijf is op de begindatum ook erkend voor een van die codes.",
    "The company is also recognised for one of those codes on the begindatum.",
    needs=(leerbedrijf_id, begindatum, stagefondslijst, opleidingcode),
    tables=(("erkenningen", None), ("erkenningen", "tot_en_met")),
)
def tweede_erkenning_op_begindatum(
    context: Any, leerbedrijf_id: Any, begindatum: Any, lijst: Any, opleidingcode: Any
) -> Any:
    wanted = lijst.tweede_erkenningen(opleidingcode)
    return bool(wanted) and context.is_erkend(leerbedrijf_id, wanted, begindatum)


@BPVO.fact(
    ValueType.WHOLE,
    "Aantal dagen van de geplande periode, beide einddagen meegeteld.",
    "Number of days of the planned period, both ends counted.",
    unit="dagen",
    needs=(begindatum, einddatum_gepland),
)
def dagen_gepland(_: Any, begindatum: Any, einddatum_gepland: Any) -> Any:
    return (einddatum_gepland - begindatum).days + 1


@BPVO.fact(
    ValueType.CODES,
    "Andere BPVO's van deze student bij dit leerbedrijf voor deze opleiding, in een overlappende periode.",
    "Other BPVO's of this student at this company for this opleiding, in an overlapping period.",
    needs=(opleidingcode, leerbedrijf_id, begindatum, einde, BPVO.this),
    tables=(ANDERE_BPVOS, ("uitwisselingen", "keuzedeelcode")),
    uses=(("uitwisselingen", "einddatum_gepland"),),
)
def dubbele_bpvos(context: Any, _: Any, __: Any, begindatum: Any, einde: Any, bpvo: Any) -> Any:
    gepland_known = context.opgezocht("uitwisselingen", "einddatum_gepland")
    found, possible = [], False
    for other in context.bpvos_op_zelfde_plaats(bpvo):
        first, last = other.begindatum, other.einddatum_werkelijk or other.einddatum_gepland
        if other.keuzedeelcode is not None or first is None or first > einde:
            continue
        lijst = context.stagefondslijst(first)
        if lijst is None or other.opleidingcode not in lijst.codes:
            continue
        if last is None:
            # Its planned end is empty, so that it is out of scope, or was not looked up, so that it may overlap.
            possible = possible or not gepland_known
        elif max(first, begindatum) <= min(last, einde):
            found.append(f"{other.inschrijvingvolgnummer}/{other.volgnummer}")
    return tuple(sorted(found)) if found or not possible else None


@BPVO.fact(
    ValueType.BOOL,
    "Er is zo'n andere BPVO.",
    "There is such another BPVO.",
    needs=(dubbele_bpvos,),
)
def heeft_dubbele_bpvo(_: Any, dubbele_bpvos: Any) -> Any:
    return bool(dubbele_bpvos)


norm_uren_per_week: Term = BPVO.norm(norms.UREN_PER_WEEK)

IN_STAGEFONDS = OP_OPLEIDING & stagefondslijst_van_kracht & opleiding_op_stagefondslijst

TWEEDE_ERKENNING_ZELF = Text(
    "De tweede erkenning is er een voor een van de genoemde of vermelde codes zelf, niet voor een equivalent.",
    "The second recognition is one for one of the named or listed codes itself, not for an equivalent.",
)


def _rule(
    code: str,
    *,
    signaalcode: str,
    requirement: Term,
    sentence: Text,
    melding: Text,
    repair: Text,
    dimension: Dimension,
    kind: Kind = Kind.FOUT,
    scope: Term = IN_STAGEFONDS,
    evidence: tuple[Term, ...] = (),
    source: Any = sources.STAGEFONDS_GEGEVENS,
    executability: Executability = Executability.VOLLEDIG,
    assumptions: tuple[Text, ...] = (),
) -> Rule:
    """Declare a rule of this question: all are of the school and about a Bpvo in the list."""
    return Rule(
        code=code,
        signaalcode=signaalcode,
        subject=BPVO,
        kind=kind,
        party=Party.INSTELLING,
        scope=scope,
        requirement=requirement,
        evidence=evidence,
        sources=(source,),
        sentence=sentence,
        melding=melding,
        repair=repair,
        dimension=dimension,
        executability=executability,
        assumptions=assumptions,
    )


_INSCHRIJVING_HERSTEL = Text(
    "Controleer de inschrijving en de begindatum van de BPVO.",
    "Check the inschrijving and the begindatum of the BPVO.",
)

STAGEFONDS_INSCHRIJVING = _rule(
    "stagefonds_inschrijving",
    signaalcode="F01",
    requirement=inschrijvingsperiode_gevonden,
    evidence=(begindatum,),
    sentence=Text(
        "Bij de BPVO is een inschrijvingsperiode van de student te vinden.",
        "An inschrijvingsperiode of the student can be found with the BPVO.",
    ),
    melding=Text(
        "Bij de BPVO die op {begindatum} begint, is geen inschrijvingsperiode te vinden.",
        "No inschrijvingsperiode can be found with the BPVO that begins on {begindatum}.",
    ),
    repair=_INSCHRIJVING_HERSTEL,
    dimension=Dimension.CONSISTENTIE,
)

STAGEFONDS_INSTELLING = _rule(
    "stagefonds_instelling",
    signaalcode="F02",
    requirement=instelling_bekend,
    evidence=(brin,),
    sentence=Text("De school van de BPVO is bekend.", "The school of the BPVO is known."),
    melding=Text(
        "School {brin} staat niet in de lijst van instellingen.", "School {brin} is not in the list of instellingen."
    ),
    repair=Text("Lever de BPVO onder de juiste BRIN.", "Deliver the BPVO under the right BRIN."),
    dimension=Dimension.JUISTHEID,
)

STAGEFONDS_LEERWEG = _rule(
    "stagefonds_leerweg",
    signaalcode="F03",
    requirement=leerweg_op_stagefondslijst,
    evidence=(leerweg, opleidingcode),
    source=sources.STAGEFONDS_BIJLAGEN,
    sentence=Text(
        "De opleiding staat op de lijst voor de leerweg van de student.",
        "The opleiding is in the list for the leerweg of the student.",
    ),
    melding=Text(
        "Opleiding {opleidingcode} staat niet op de stagefondslijst voor leerweg {leerweg}.",
        "Opleiding {opleidingcode} is not in the list of Stagefonds for leerweg {leerweg}.",
    ),
    repair=_INSCHRIJVING_HERSTEL,
    dimension=Dimension.VALIDITEIT,
)

STAGEFONDS_CATEGORIE = _rule(
    "stagefonds_categorie",
    signaalcode="F04",
    scope=IN_STAGEFONDS & leerweg_op_stagefondslijst,
    requirement=een_stagefonds_categorie,
    evidence=(leerweg, opleidingcode, niveau, stagefonds_categorieen),
    source=sources.STAGEFONDS_BIJLAGEN,
    sentence=Text(
        "Leerweg, opleiding en zo nodig niveau wijzen precies een categorie aan.",
        "Leerweg, opleiding and where needed niveau point at exactly one category.",
    ),
    melding=Text(
        "Voor opleiding {opleidingcode}, leerweg {leerweg} en niveau {niveau} past niet precies een categorie:"
        " {stagefonds_categorieen}.",
        "For opleiding {opleidingcode}, leerweg {leerweg} and niveau {niveau} not exactly one category fits:"
        " {stagefonds_categorieen}.",
    ),
    repair=Text("Controleer het niveau van de inschrijving.", "Check the niveau of the inschrijving."),
    dimension=Dimension.CONSISTENTIE,
)

STAGEFONDS_PERIODE = _rule(
    "stagefonds_periode",
    signaalcode="F05",
    requirement=(begindatum <= einddatum_gepland)
    & (~is_filled(einddatum_werkelijk) | (begindatum <= einddatum_werkelijk)),
    evidence=(begindatum, einddatum_gepland, einddatum_werkelijk),
    sentence=Text("De bpv eindigt niet voordat zij begint.", "The placement does not end before it begins."),
    melding=Text(
        "De bpv begint op {begindatum}, maar eindigt eerder (gepland {einddatum_gepland}, werkelijk"
        " {einddatum_werkelijk}).",
        "The placement begins on {begindatum} but ends earlier (planned {einddatum_gepland}, actual"
        " {einddatum_werkelijk}).",
    ),
    repair=Text("Herstel de begin- of einddatum.", "Mend the begindatum or the einddatum."),
    dimension=Dimension.VALIDITEIT,
)

STAGEFONDS_OMVANG = _rule(
    "stagefonds_omvang",
    signaalcode="F06",
    requirement=is_filled(omvang) & (omvang > 0),
    evidence=(omvang,),
    sentence=Text(
        "De omvang van de bpv is gevuld en meer dan nul.", "The omvang of the placement is filled and more than zero."
    ),
    melding=Text(
        "De omvang van de bpv is {omvang}; het Stagefonds rekent met uren.",
        "The omvang of the placement is {omvang}; Stagefonds counts hours.",
    ),
    repair=Text("Vul het totaal aantal uren in.", "Fill in the total of hours."),
    dimension=Dimension.COMPLETEHEID,
)

STAGEFONDS_LEERBEDRIJF = _rule(
    "stagefonds_leerbedrijf",
    signaalcode="F07",
    requirement=((begindatum <= PEILDATUM) & gedekt_tot_peildatum) | ((begindatum > PEILDATUM) & erkend_op_begindatum),
    evidence=(
        leerbedrijf_id,
        opleidingcode,
        einde,
        codes,
        erkende_periodes,
        eerste_dag_zonder_erkenning,
        dagen_zonder_erkenning,
    ),
    source=sources.STAGEFONDS_STAGEPLAATS,
    sentence=Text(
        "Het leerbedrijf is voor de opleiding erkend op elke dag van de bpv tot nu toe, of op de begindatum als die"
        " nog komt.",
        "The company is recognised for the opleiding on every day of the placement so far, or on the begindatum when"
        " that is still to come.",
    ),
    melding=Text(
        "Leerbedrijf {leerbedrijf_id} is niet de hele bpv erkend voor opleiding {opleidingcode} (begindatum"
        " {begindatum}, eerste dag zonder erkenning {eerste_dag_zonder_erkenning}).",
        "Company {leerbedrijf_id} is not recognised for opleiding {opleidingcode} during the whole placement"
        " (begindatum {begindatum}, first day without recognition {eerste_dag_zonder_erkenning}).",
    ),
    repair=Text(
        "Overleg met SBB over de erkenning, of bevorder een vervangende plaats.",
        "Consult SBB about the recognition, or find a replacement place.",
    ),
    dimension=Dimension.JUISTHEID,
    executability=Executability.TE_WEINIG,
    assumptions=(WELKE_ERKENNING,),
)

STAGEFONDS_TWEEDE_ERKENNING = _rule(
    "stagefonds_tweede_erkenning",
    signaalcode="F08",
    scope=IN_STAGEFONDS & is_in(opleidingcode, tuple(TWEEDE_ERKENNING)),
    requirement=tweede_erkenning_op_begindatum,
    evidence=(leerbedrijf_id, opleidingcode, begindatum, tweede_erkenningen),
    source=sources.STAGEFONDS_BIJLAGEN,
    sentence=Text(
        "Het leerbedrijf heeft ook de tweede erkenning die deze opleiding vraagt.",
        "The company also has the second recognition that this opleiding asks for.",
    ),
    melding=Text(
        "Voor opleiding {opleidingcode} moet leerbedrijf {leerbedrijf_id} op {begindatum} ook erkend zijn voor een van:"
        " {tweede_erkenningen}.",
        "For opleiding {opleidingcode} company {leerbedrijf_id} must on {begindatum} also be recognised for one of:"
        " {tweede_erkenningen}.",
    ),
    repair=Text(
        "Vraag de tweede erkenning aan of kies een ander leerbedrijf.",
        "Ask for the second recognition or choose another company.",
    ),
    dimension=Dimension.CONSISTENTIE,
    executability=Executability.TE_VEEL,
    assumptions=(TWEEDE_ERKENNING_ZELF,),
)

OMVANG_AANNEMELIJK = _rule(
    "omvang_aannemelijk",
    signaalcode="F09",
    kind=Kind.SIGNAAL,
    scope=IN_STAGEFONDS
    & is_filled(omvang)
    & is_filled(begindatum)
    & is_filled(einddatum_gepland)
    & (begindatum <= einddatum_gepland),
    requirement=omvang * 7 <= norm_uren_per_week * dagen_gepland,
    evidence=(omvang, dagen_gepland),
    sentence=Text("De omvang past in de geplande periode.", "The omvang fits in the planned period."),
    melding=Text(
        "{omvang} uren in {dagen_gepland} dagen is meer dan {uren_per_week} uur per week.",
        "{omvang} hours in {dagen_gepland} days is more than {uren_per_week} hours a week.",
    ),
    repair=Text("Controleer de omvang en de geplande periode.", "Check the omvang and the planned period."),
    dimension=Dimension.PLAUSIBILITEIT,
    executability=Executability.TE_VEEL,
    assumptions=tuple(text for text in (norms.UREN_PER_WEEK.assumption,) if text is not None),
)

EINDDATUM_NIET_IN_TOEKOMST = _rule(
    "einddatum_niet_in_toekomst",
    signaalcode="F10",
    kind=Kind.SIGNAAL,
    scope=IN_STAGEFONDS & is_filled(einddatum_werkelijk),
    requirement=einddatum_werkelijk <= PEILDATUM,
    evidence=(einddatum_werkelijk,),
    source=sources.DUO_889,
    sentence=Text("De werkelijke einddatum ligt niet in de toekomst.", "The actual einddatum is not in the future."),
    melding=Text(
        "De werkelijke einddatum {einddatum_werkelijk} ligt in de toekomst.",
        "The actual einddatum {einddatum_werkelijk} is in the future.",
    ),
    repair=Text(
        "Vul de werkelijke einddatum pas in als de bpv is geeindigd.",
        "Fill in the actual einddatum only when the placement has ended.",
    ),
    dimension=Dimension.VALIDITEIT,
)

EINDDATUM_GEREGISTREERD = _rule(
    "einddatum_geregistreerd",
    signaalcode="F11",
    kind=Kind.SIGNAAL,
    scope=IN_STAGEFONDS & (einddatum_gepland < PEILDATUM),
    requirement=is_filled(einddatum_werkelijk),
    evidence=(einddatum_gepland,),
    sentence=Text(
        "Een bpv waarvan de geplande einddatum voorbij is, heeft een werkelijke einddatum.",
        "A placement whose planned einddatum has passed has an actual einddatum.",
    ),
    melding=Text(
        "De bpv zou op {einddatum_gepland} eindigen; een werkelijke einddatum ontbreekt.",
        "The placement was to end on {einddatum_gepland}; an actual einddatum is missing.",
    ),
    repair=Text(
        "Vul de werkelijke einddatum in, of verleng de geplande.",
        "Fill in the actual einddatum, or extend the planned one.",
    ),
    dimension=Dimension.ACTUALITEIT,
)

GEEN_DUBBELE_BPVO = _rule(
    "geen_dubbele_bpvo",
    signaalcode="F12",
    kind=Kind.VRAAG,
    scope=IN_STAGEFONDS & is_filled(leerbedrijf_id) & is_filled(begindatum) & is_filled(einde),
    requirement=~heeft_dubbele_bpvo,
    evidence=(leerbedrijf_id, opleidingcode, begindatum, einde, dubbele_bpvos),
    sentence=Text(
        "Geen andere BPVO van dezelfde student, bij hetzelfde leerbedrijf en voor dezelfde opleiding overlapt.",
        "No other BPVO of the same student, at the same company and for the same opleiding overlaps.",
    ),
    melding=Text(
        "Bij leerbedrijf {leerbedrijf_id} loopt voor opleiding {opleidingcode} in die periode ook: {dubbele_bpvos}.",
        "At company {leerbedrijf_id} there is for opleiding {opleidingcode} in the same period also: {dubbele_bpvos}.",
    ),
    repair=Text(
        "Verwijder de dubbele BPVO, of licht toe waarom beide nodig zijn.",
        "Remove the double BPVO, or explain why both are needed.",
    ),
    dimension=Dimension.CONSISTENTIE,
)

QUESTION = Question(
    code="stagefonds_registratie",
    number=6,
    title=Text(
        "Is de kwaliteit van de BPVO-registratie voor Stagefonds op orde?",
        "Is the BPVO registration in order for Stagefonds Zorg?",
    ),
    subject=BPVO,
    rules=(
        STAGEFONDS_INSCHRIJVING,
        STAGEFONDS_INSTELLING,
        STAGEFONDS_LEERWEG,
        STAGEFONDS_CATEGORIE,
        STAGEFONDS_PERIODE,
        STAGEFONDS_OMVANG,
        STAGEFONDS_LEERBEDRIJF,
        STAGEFONDS_TWEEDE_ERKENNING,
        OMVANG_AANNEMELIJK,
        EINDDATUM_NIET_IN_TOEKOMST,
        EINDDATUM_GEREGISTREERD,
        GEEN_DUBBELE_BPVO,
    ),
)
