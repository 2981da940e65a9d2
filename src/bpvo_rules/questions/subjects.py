"""
The four things that rules judge, with the facts that several questions read.

Facts that only one question reads stand in the file of that question.
"""

from typing import Any

from bpvo_rules.model import SoortOpleiding
from bpvo_rules.periode.tijd import dag_van
from bpvo_rules.rules import PEILDATUM, SubjectType, Term, ValueType
from bpvo_rules.rules.fact import Column

BPVO = SubjectType("Bpvo", "uitwisselingen")
"""A BPVO as its deliveries make it on the kennisdatum."""
UITWISSELING = SubjectType("Uitwisseling", "uitwisselingen")
"""One delivery of a BPVO."""
AANVRAAG = SubjectType("Erkenningsaanvraag", "erkenningsaanvragen")
"""A request of a company to be recognised."""
METING = SubjectType("WhiteLabelMeting", "white_label_metingen")
"""One measurement of White Label."""

SUBJECTS = (BPVO, UITWISSELING, AANVRAAG, METING)
"""All subject types, in the order in which they are judged."""

ANDERE_BPVOS: Column = ("andere_bpvos", None)
"""Stands for the other BPVO's of a student: in a keten they are all there, with one BPVO only when given."""

GEEN_DOMEIN = "geen"
ONBEKEND_DOMEIN = "onbekend"

_ERKENNINGEN = (("erkenningen", None), ("erkenningen", "tot_en_met"))
_OPLEIDINGEN = (("opleidingen", None),)
_CODES = (("equivalenten", None), ("opleidingen", None), ("opleidingen", "dossier"), ("opleidingen", "domein"))
_PERIODES = (("inschrijvingsperiodes", None),)

# ---- Bpvo: its own cells

begindatum: Term = BPVO.starts_on(
    BPVO.column("begindatum", ValueType.DAY, "Eerste dag van de bpv.", "First day of the placement, inclusive.")
)
brin: Term = BPVO.column("brin", ValueType.CODE, "De school.", "The school.")
afsluitdatum: Term = BPVO.column(
    "afsluitdatum",
    ValueType.DAY,
    "Dag waarop de BPVO is opgemaakt, zoals de BPVO zelf die noemt.",
    "Day on which the BPVO was drawn up, as stated in it.",
)
einddatum_gepland: Term = BPVO.column(
    "einddatum_gepland", ValueType.DAY, "Geplande laatste dag van de bpv.", "Planned last day, inclusive."
)
einddatum_werkelijk: Term = BPVO.column(
    "einddatum_werkelijk",
    ValueType.DAY,
    "Werkelijke laatste dag van de bpv; leeg zolang die loopt.",
    "Actual last day, inclusive; empty while it runs.",
)
omvang: Term = BPVO.column(
    "omvang", ValueType.WHOLE, "Totaal aantal uren van de bpv.", "Total of practice hours.", unit="uren"
)
leerbedrijf_id: Term = BPVO.column("leerbedrijf_id", ValueType.CODE, "Het leerbedrijf.", "The company.")
opleidingcode: Term = BPVO.column(
    "opleidingcode",
    ValueType.CODE,
    "De opleiding waarop de BPVO berust.",
    "The opleiding on which the BPVO is based.",
)
keuzedeelcode: Term = BPVO.column(
    "keuzedeelcode",
    ValueType.CODE,
    "Het keuzedeel waarop de BPVO berust.",
    "The keuzedeel on which the BPVO is based.",
)

# ---- Bpvo: derived


@BPVO.fact(
    ValueType.WORD,
    "Waarop de BPVO berust: opleiding of keuzedeel.",
    "What the BPVO is based on: opleiding or keuzedeel.",
    maybe=(keuzedeelcode, opleidingcode),
)
def grondslag(context: Any, keuzedeelcode: Any, opleidingcode: Any) -> Any:
    if keuzedeelcode is not None:
        return "keuzedeel"
    # An opleidingcode decides only when it is known that there is no keuzedeel.
    if opleidingcode is not None and context.opgezocht("uitwisselingen", "keuzedeelcode"):
        return "opleiding"
    return None


@BPVO.fact(
    ValueType.DAY,
    "Laatste dag: de werkelijke einddatum, of anders de geplande.",
    "Last day, inclusive: the actual one, or else the planned one.",
    looked_up=(einddatum_werkelijk,),
    maybe=(einddatum_gepland,),
)
def einde(_: Any, einddatum_werkelijk: Any, einddatum_gepland: Any) -> Any:
    return einddatum_gepland if einddatum_werkelijk is None else einddatum_werkelijk


@BPVO.fact(
    ValueType.DAY,
    "Laatste dag waarover al iets te zeggen is: het einde, of de peildatum als die eerder valt.",
    "Last day about which something can be said: the einde, or the peildatum when that is earlier.",
    needs=(einde, PEILDATUM),
)
def einde_tot_peildatum(_: Any, einde: Any, peildatum: Any) -> Any:
    return min(peildatum, einde)


@BPVO.fact(
    ValueType.BOOL,
    "Het leerbedrijf staat in het register van SBB.",
    "The company is in the register of SBB.",
    needs=(leerbedrijf_id,),
    uses=(("leerbedrijven", None), ("erkenningen", None)),
)
def in_register(context: Any, leerbedrijf_id: Any) -> Any:
    return context.in_register(leerbedrijf_id)


@BPVO.fact(
    ValueType.CODES,
    "De codes waarvan een erkenning volstaat: die van de opleiding, en hun equivalenten.",
    "The codes of which a recognition will do: those of the opleiding, and their equivalents.",
    needs=(opleidingcode,),
    uses=_CODES,
)
def codes(context: Any, opleidingcode: Any) -> Any:
    return context.codes(opleidingcode)


@BPVO.fact(
    ValueType.INTERNAL,
    "De dagen waarop het leerbedrijf voor een van de codes erkend is.",
    "The days on which the company is recognised for any of the codes.",
    needs=(leerbedrijf_id, opleidingcode),
    tables=_ERKENNINGEN,
    uses=_CODES,
)
def dekking(context: Any, leerbedrijf_id: Any, opleidingcode: Any) -> Any:
    return context.dekking(leerbedrijf_id, opleidingcode)


@BPVO.fact(
    ValueType.BOOL,
    "Het leerbedrijf is op de begindatum erkend voor de opleiding.",
    "The company is recognised for the opleiding on the begindatum.",
    needs=(dekking, begindatum),
)
def erkend_op_begindatum(_: Any, dekking: Any, begindatum: Any) -> Any:
    return dekking.bevat(begindatum)


@BPVO.fact(
    ValueType.BOOL,
    "Het leerbedrijf is erkend op elke dag van de begindatum tot en met het einde, of tot en met de peildatum.",
    "The company is recognised on every day from the begindatum to the einde or the peildatum, both inclusive.",
    needs=(dekking, begindatum, einde_tot_peildatum),
)
def gedekt_tot_peildatum(_: Any, dekking: Any, begindatum: Any, tot: Any) -> Any:
    return dekking.dekt(begindatum, tot)


@BPVO.fact(
    ValueType.DAY,
    "Eerste dag zonder erkenning in die periode.",
    "First day without recognition in that period.",
    needs=(dekking, begindatum, einde_tot_peildatum, gedekt_tot_peildatum),
)
def eerste_dag_zonder_erkenning(_: Any, dekking: Any, begindatum: Any, tot: Any, __: Any) -> Any:
    return dekking.eerste_dag_zonder(begindatum, tot)


@BPVO.fact(
    ValueType.WHOLE,
    "Aantal dagen zonder erkenning in die periode.",
    "Number of days without recognition in that period.",
    unit="dagen",
    needs=(dekking, begindatum, einde_tot_peildatum, gedekt_tot_peildatum),
)
def dagen_zonder_erkenning(_: Any, dekking: Any, begindatum: Any, tot: Any, __: Any) -> Any:
    return dekking.dagen_zonder(begindatum, tot)


@BPVO.fact(
    ValueType.PERIODES,
    "De periodes waarin het leerbedrijf voor een van de codes erkend is, eerste en laatste dag.",
    "The periods in which the company is recognised for any of the codes, first and last day inclusive.",
    needs=(dekking,),
)
def erkende_periodes(_: Any, dekking: Any) -> Any:
    return dekking.periodes


@BPVO.fact(
    ValueType.INTERNAL,
    "De inschrijvingsperiode waarin de BPVO begint.",
    "The inschrijvingsperiode in which the BPVO begins.",
    needs=(begindatum, BPVO.this),
    tables=_PERIODES,
)
def inschrijvingsperiode(context: Any, begindatum: Any, bpvo: Any) -> Any:
    return context.inschrijvingsperiode(bpvo, begindatum)


@BPVO.fact(
    ValueType.BOOL,
    "Er is een inschrijvingsperiode waarin de BPVO begint.",
    "There is an inschrijvingsperiode in which the BPVO begins.",
    needs=(begindatum,),
    maybe=(inschrijvingsperiode,),
    tables=_PERIODES,
)
def inschrijvingsperiode_gevonden(_: Any, __: Any, inschrijvingsperiode: Any) -> Any:
    return inschrijvingsperiode is not None


@BPVO.fact(
    ValueType.WORD,
    "De leerweg van die inschrijvingsperiode.",
    "The leerweg of that inschrijvingsperiode.",
    needs=(inschrijvingsperiode,),
    tables=(("inschrijvingsperiodes", "leerweg"),),
)
def leerweg(_: Any, inschrijvingsperiode: Any) -> Any:
    return inschrijvingsperiode.leerweg


@BPVO.fact(
    ValueType.WHOLE,
    "Het niveau van die inschrijvingsperiode.",
    "The niveau of that inschrijvingsperiode.",
    unit="niveau",
    needs=(inschrijvingsperiode,),
    tables=(("inschrijvingsperiodes", "niveau"),),
)
def niveau(_: Any, inschrijvingsperiode: Any) -> Any:
    return inschrijvingsperiode.niveau


@BPVO.fact(
    ValueType.CODE,
    "De opleiding van die inschrijvingsperiode.",
    "The opleiding of that inschrijvingsperiode.",
    needs=(inschrijvingsperiode,),
    tables=(("inschrijvingsperiodes", "opleidingcode"),),
)
def opleidingcode_inschrijving(_: Any, inschrijvingsperiode: Any) -> Any:
    return inschrijvingsperiode.opleidingcode


def domein_van(context: Any, opleidingcode: Any) -> str:
    """
    Give the opleidingsdomein of a code.

    ``geen`` when the reference gives it none, ``onbekend`` when the code is
    missing or not in the reference. A domein is its own domein.
    """
    row = None if opleidingcode is None else context.opleiding(opleidingcode)
    if row is None:
        return ONBEKEND_DOMEIN
    if row.soort is SoortOpleiding.DOMEIN:
        return str(row.code)
    if row.domein is not None:
        return str(row.domein)
    return GEEN_DOMEIN if context.opgezocht("opleidingen", "domein") else ONBEKEND_DOMEIN


_DOMEIN = ("Het opleidingsdomein, of 'geen' of 'onbekend'.", "The opleidingsdomein, or 'geen' or 'onbekend'.")


@BPVO.fact(
    ValueType.WORD,
    *_DOMEIN,
    maybe=(grondslag, opleidingcode, opleidingcode_inschrijving),
    uses=_OPLEIDINGEN,
)
def domein(context: Any, grondslag: Any, opleidingcode: Any, opleidingcode_inschrijving: Any) -> Any:
    if grondslag is None:
        return ONBEKEND_DOMEIN
    return domein_van(context, opleidingcode if grondslag == "opleiding" else opleidingcode_inschrijving)


# ---- Uitwisseling

UITWISSELING.starts_on(
    UITWISSELING.column(
        "ontvangen_duo_op",
        ValueType.DAY,
        "Dag waarop DUO de levering ontving.",
        "Day on which DUO received the delivery.",
    )
)
brin_uitwisseling: Term = UITWISSELING.column("brin", ValueType.CODE, "De school.", "The school.")


@UITWISSELING.fact(
    ValueType.WORD, *_DOMEIN, name="domein", needs=(UITWISSELING.this,), uses=(*_OPLEIDINGEN, *_PERIODES)
)
def domein_uitwisseling(context: Any, levering: Any) -> Any:
    """Read the content as delivered in the way in which a Bpvo is read."""
    if levering.keuzedeelcode is None:
        return domein_van(
            context, levering.opleidingcode if context.opgezocht("uitwisselingen", "keuzedeelcode") else None
        )
    if levering.begindatum is None:
        return ONBEKEND_DOMEIN
    period = context.inschrijvingsperiode(levering, levering.begindatum)
    return domein_van(context, None if period is None else period.opleidingcode)


# ---- Erkenningsaanvraag

AANVRAAG.starts_on(
    AANVRAAG.column("dagtekening", ValueType.DAY, "Dagtekening van de aanvraag.", "Date of the request.")
)
brin_aanvraag: Term = AANVRAAG.column(
    "brin", ValueType.CODE, "De school die het bedrijf voordroeg.", "The school that nominated the company."
)


@AANVRAAG.fact(ValueType.WORD, *_DOMEIN, name="domein", needs=(AANVRAAG.this,), uses=_OPLEIDINGEN)
def domein_aanvraag(context: Any, aanvraag: Any) -> Any:
    return domein_van(context, aanvraag.opleidingcode)


# ---- WhiteLabelMeting


@METING.fact(
    ValueType.DAY, "Dag van de meting in Nederland.", "Day of the measurement in the Netherlands.", needs=(METING.this,)
)
def dag(_: Any, meting: Any) -> Any:
    return dag_van(meting.tijdstip)


METING.starts_on(dag)
brin_meting: Term = METING.column(
    "brin", ValueType.CODE, "De school die mat; leeg is landelijk.", "The school that measured; empty is national."
)
