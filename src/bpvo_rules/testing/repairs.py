"""
What repairs a melding, as a change of the tables; per rule for which the data can carry it.

A school repairs by delivering again, SBB by recognising or deciding. What was late stays late, and what DUO
rejected stays rejected: of those rules no change of the data makes a melding go away, and :data:`BEYOND_REPAIR`
says so. A repair gives ``None`` when the chain has nothing to repair it with, such as a company that is recognised.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import attrs

from bpvo_rules.codes import Brin, Volgnummer
from bpvo_rules.judge import subject_key
from bpvo_rules.keten import Keten, Perspectief, Stand
from bpvo_rules.model import (
    Bpvo,
    Erkenning,
    Erkenningsaanvraag,
    Inschrijvingsperiode,
    Leerweg,
    SoortUitwisseling,
    Uitwisseling,
)
from bpvo_rules.reference import stagefondslijsten
from bpvo_rules.stagefonds import lijst_van_kracht
from bpvo_rules.testing.later import known_on
from bpvo_rules.testing.worlds import BPVO_CODES, COMPANIES, World

__all__ = ["BEYOND_REPAIR", "REPAIRS", "NobodyError", "Patient", "repaired"]

_TE_LAAT: Final = "what was late stays late, whatever is delivered or answered after it"
BEYOND_REPAIR: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                *("tijdig_bij_duo", "tijdig_bij_sbb", "bij_duo_rond_aanvang", "wijziging_tijdig_bij_duo"),
                *("terugkoppeling_tijdig", "besluit_overschrijding_gemotiveerd", "kennisgeving_tijdig"),
            ),
            _TE_LAAT,
        ),
        "levering_geaccepteerd": "a rejected delivery stays rejected; the next one is another subject",
        "white_label_antwoordt": "a measurement stays as it was measured",
        "white_label_vlot": "a measurement stays as it was measured",
    }
)
"""Rules of which no change of the data makes a melding go away, and why."""


class NobodyError(Exception):
    """A melding is about a subject that does not exist; the law says so."""


class Patient:
    """
    A chain and the subject in it that a melding is about.

    Attributes:
        world: The chain and the run.
        subject: The key of the subject.
        evidence: What the melding shows, by name.
        stand: The chain as known on K.

    """

    def __init__(self, world: World, subject: str, evidence: Mapping[str, Any]) -> None:
        self.world = world
        self.subject = subject
        self.evidence = evidence
        self.stand: Stand = Stand(
            keten=world.keten, kennisdatum=known_on(world), perspectief=Perspectief(world.perspectief)
        )

    @property
    def keten(self) -> Keten:
        """The chain."""
        return self.world.keten

    @property
    def bpvo(self) -> Bpvo:
        """The BPVO that the melding is about."""
        for bpvo in self.stand.bpvos:
            if subject_key(bpvo) == self.subject:
                return bpvo
        raise NobodyError(self.subject)

    def deliver(self, bpvo: Bpvo, soort: SoortUitwisseling, **changes: Any) -> Uitwisseling:
        """Make the next delivery of a BPVO, made and received on K, with the cells of columns not looked up empty."""
        key = (bpvo.brin, bpvo.student, bpvo.inschrijvingvolgnummer, bpvo.volgnummer)
        before = [
            row.volgorde
            for row in self.keten.uitwisselingen or ()
            if (row.brin, row.student, row.inschrijvingvolgnummer, row.volgnummer) == key
        ]
        names = [field.name for field in attrs.fields(Bpvo) if field.name != "leveringen"]
        cells: dict[str, Any] = {name: getattr(bpvo, name) for name in names}
        cells |= {"ontstaan_op": self.stand.kennisdatum, "ontvangen_duo_op": self.stand.kennisdatum, **changes}
        for table, column in self.keten.niet_opgezocht:
            if table == "uitwisselingen":
                cells[column] = None
        return Uitwisseling(volgorde=max(before, default=0) + 1, soort=soort, **cells)

    def changed(self, **changes: Any) -> Keten:
        """Deliver the BPVO again with other content."""
        return self.with_rows("uitwisselingen", self.deliver(self.bpvo, SoortUitwisseling.WIJZIGING, **changes))

    def with_rows(self, table: str, *rows: Any) -> Keten:
        """Give the chain with rows more."""
        return self.keten.with_tables({table: [*(self.keten.table(table) or ()), *rows]})

    @property
    def erkenningen(self) -> Iterable[Erkenning]:
        """The recognitions known on K."""
        return (row for rows in self.stand.erkenningen.values() for row in rows)

    def recognised(self, codes: Iterable[Any], van: date) -> Keten | None:
        """Give the chain in which the company is recognised from a day on, for the first code of some."""
        code = next(iter(codes), None)
        if code is None or self.bpvo.leerbedrijf_id is None:
            return None
        return self.with_rows(
            "erkenningen", Erkenning(leerbedrijf_id=self.bpvo.leerbedrijf_id, opleidingcode=code, van=van)
        )


def _known_company(patient: Patient) -> Keten | None:
    """Deliver the number of a company that is in the register."""
    known = sorted({*patient.stand.leerbedrijven, *patient.stand.erkenningen})
    return patient.changed(leerbedrijf_id=known[0]) if known else None


def _recognised_company(patient: Patient) -> Keten | None:
    """Deliver a company, and for an opleiding the code, of which a recognition covers the begindatum."""
    day = patient.evidence["begindatum"]
    for row in patient.erkenningen:
        if row.van <= day and (row.tot_en_met is None or day <= row.tot_en_met):
            is_keuzedeel = patient.bpvo.keuzedeelcode is not None
            code = {} if is_keuzedeel else {"opleidingcode": row.opleidingcode}
            found = patient.changed(leerbedrijf_id=row.leerbedrijf_id, **code)
            if not is_keuzedeel and row.opleidingcode not in patient.stand.codes_voor(row.opleidingcode):
                continue
            return found
    return None


def _recognised_from_gap(name: str) -> "Repair":
    """Make SBB recognise the company from the first day without, without an end."""
    return lambda patient: patient.recognised(patient.evidence["codes"], patient.evidence[name])


def _recognised_for_anything(patient: Patient) -> Keten | None:
    return patient.recognised(BPVO_CODES[2:3], patient.evidence["elke_eerste_dag_zonder_erkenning"])


def _recognised_from_start(patient: Patient) -> Keten | None:
    begin = patient.bpvo.begindatum
    return None if begin is None else patient.recognised(patient.evidence["codes"], begin)


def _second_recognition(patient: Patient) -> Keten | None:
    return patient.recognised(patient.evidence["tweede_erkenningen"], patient.evidence["begindatum"])


def _valid_keuzedeel(patient: Patient) -> Keten | None:
    day = patient.bpvo.begindatum
    for row in patient.keten.keuzedelen or ():
        first, last = row.geldig_van or date.min, row.geldig_tot_en_met or date.max
        if day is not None and first <= day <= last:
            return patient.changed(keuzedeelcode=row.code)
    return None


def _reasons_given(patient: Patient) -> Keten:
    """Let SBB give its reasons."""

    def given(row: Erkenningsaanvraag) -> Erkenningsaanvraag:
        if row.aanvraag_id != patient.subject:
            return row
        return attrs.evolve(row, overschrijding_gemotiveerd_op=patient.stand.kennisdatum)

    return patient.keten.with_tables({"erkenningsaanvragen": map(given, patient.keten.erkenningsaanvragen or ())})


def _enrolled(patient: Patient) -> Keten | None:
    """Let the inschrijving have a period from the begindatum on."""
    bpvo = patient.bpvo
    if bpvo.begindatum is None:
        return None
    return patient.with_rows(
        "inschrijvingsperiodes",
        Inschrijvingsperiode(
            brin=bpvo.brin,
            student=bpvo.student,
            inschrijvingvolgnummer=bpvo.inschrijvingvolgnummer,
            begindatum=bpvo.begindatum,
        ),
    )


def _enrolment(**changes: Any) -> "Repair":
    """Mend the inschrijvingsperiode of a BPVO."""

    def repair(patient: Patient) -> Keten | None:
        bpvo = patient.bpvo
        if bpvo.begindatum is None:
            return None
        wrong = patient.stand.inschrijvingsperiode(bpvo, bpvo.begindatum)
        rows = patient.keten.inschrijvingsperiodes or ()
        mended = [attrs.evolve(row, **changes) if row is wrong else row for row in rows]
        return patient.keten.with_tables({"inschrijvingsperiodes": mended})

    return repair


def _known_school(patient: Patient) -> Keten | None:
    """Remove the BPVO, and add it under a school that is known."""
    known = sorted(patient.stand.instellingen)
    if not known:
        return None
    bpvo = patient.bpvo
    taken = {(row.brin, row.student, row.inschrijvingvolgnummer, row.volgnummer) for row in patient.stand.bpvos}
    number = next(
        text
        for text in map(str, range(1, 1000))
        if (known[0], bpvo.student, bpvo.inschrijvingvolgnummer, text) not in taken
        and all(row.volgnummer != text for row in patient.keten.uitwisselingen or ())
    )
    moved = attrs.evolve(bpvo, brin=Brin(known[0]), volgnummer=Volgnummer(number), leveringen=None)
    return patient.with_rows(
        "uitwisselingen",
        patient.deliver(bpvo, SoortUitwisseling.VERWIJDERING),
        patient.deliver(moved, SoortUitwisseling.TOEVOEGING),
    )


def _right_order(patient: Patient) -> Keten:
    bpvo = patient.bpvo
    ends = {"einddatum_gepland": bpvo.einddatum_gepland, "einddatum_werkelijk": bpvo.einddatum_werkelijk}
    begin = bpvo.begindatum
    return patient.changed(**{n: begin for n, end in ends.items() if end and begin and end < begin})


def _possible_hours(patient: Patient) -> Keten:
    days, hours = patient.evidence["dagen_gepland"], patient.evidence["uren_per_week"]
    return patient.changed(omvang=days * hours // 7)


def _without_doubles(patient: Patient) -> Keten:
    """Remove the others that the melding names."""
    bpvo, named = patient.bpvo, set(patient.evidence["dubbele_bpvos"])
    doubles = [
        other
        for other in patient.stand.bpvos
        if (other.brin, other.student) == (bpvo.brin, bpvo.student)
        and f"{other.inschrijvingvolgnummer}/{other.volgnummer}" in named
    ]
    rows = [patient.deliver(other, SoortUitwisseling.VERWIJDERING) for other in doubles]
    return patient.with_rows("uitwisselingen", *rows)


def _complete(patient: Patient) -> Keten:
    """Deliver with everything that must be filled."""
    bpvo, day = patient.bpvo, patient.stand.kennisdatum
    default = {
        "afsluitdatum": day,
        "begindatum": day,
        "einddatum_gepland": day,
        "leerbedrijf_id": COMPANIES[0],
        "opleidingcode": None if bpvo.keuzedeelcode else BPVO_CODES[2],
    }
    return patient.changed(**{name: getattr(bpvo, name) or value for name, value in default.items()})


def _one_category(patient: Patient) -> Keten | None:
    """Give the inschrijving a niveau that the list has for the code."""
    bpvo = patient.bpvo
    lijst = None if bpvo.begindatum is None else lijst_van_kracht(stagefondslijsten(), bpvo.begindatum)
    code, leerweg = patient.evidence["opleidingcode"], patient.evidence["leerweg"]
    for niveau in (3, 4, 2, 1):
        if lijst is not None and len(lijst.categorieen(leerweg, code, niveau)) == 1:
            return _enrolment(niveau=niveau)(patient)
    return None


Repair = Callable[[Patient], Keten | None]

REPAIRS: Final[Mapping[str, Repair]] = MappingProxyType(
    {
        "leerbedrijf_bekend": _known_company,
        "erkend_bij_aanvang": _recognised_company,
        "erkend_gedurende_looptijd": _recognised_from_gap("eerste_dag_zonder_erkenning"),
        "erkenning_dekt_planning": _recognised_from_gap("eerste_dag_zonder_erkenning_na_peildatum"),
        "keuzedeel_leerbedrijf_bekend": _known_company,
        "keuzedeel_erkend_bij_aanvang": _recognised_company,
        "keuzedeel_erkend_gedurende_looptijd": _recognised_for_anything,
        "keuzedeel_geldig": _valid_keuzedeel,
        "besluit_tijdig": _reasons_given,
        "stagefonds_inschrijving": _enrolled,
        "stagefonds_instelling": _known_school,
        "stagefonds_leerweg": _enrolment(leerweg=Leerweg.BOL),
        "stagefonds_categorie": _one_category,
        "stagefonds_periode": _right_order,
        "stagefonds_omvang": lambda patient: patient.changed(omvang=1),
        "stagefonds_leerbedrijf": _recognised_from_start,
        "stagefonds_tweede_erkenning": _second_recognition,
        "omvang_aannemelijk": _possible_hours,
        "einddatum_niet_in_toekomst": lambda patient: patient.changed(einddatum_werkelijk=None),
        "einddatum_geregistreerd": lambda patient: patient.changed(
            einddatum_werkelijk=patient.evidence["einddatum_gepland"]
        ),
        "geen_dubbele_bpvo": _without_doubles,
        "verplichte_gegevens": _complete,
        "een_grondslag": lambda patient: patient.changed(opleidingcode=None),
    }
)
"""Per rule what repairs a melding of it."""


def repaired(world: World, rule: str, subject: str, evidence: Mapping[str, Any]) -> Keten | None:
    """
    Give the chain of a world with the melding of a rule about a subject repaired.

    Args:
        world: The chain and the run that gave the melding.
        rule: Code of the rule, one of :data:`REPAIRS`.
        subject: Key of the subject.
        evidence: What the melding shows, by name.

    Returns:
        The chain, or ``None`` when there is nothing in it to repair this melding with.

    """
    return REPAIRS[rule](Patient(world, subject, evidence))
