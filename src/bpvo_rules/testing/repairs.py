"""
What repairs a melding, as a change of the tables; per rule for which the data can carry it.

A school repairs by delivering again, SBB by recognising or deciding. What was late stays late, and what happened
stays as it happened: of those rules no change of the data makes a melding go away, and :data:`BEYOND_REPAIR` says so.
For a rule about BPVO's of which no repair is written down one is looked for: another value in one of the cells that
it reads, and else the repairs of other rules. A repair gives ``None`` when the chain has nothing to repair it with,
such as a company that is recognised.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

import attrs

from bpvo_rules.codes import Brin, Volgnummer
from bpvo_rules.judge import subject_key
from bpvo_rules.keten import Keten, Perspectief, Stand
from bpvo_rules.model import (
    TABLES,
    Bpvo,
    Erkenning,
    Erkenningsaanvraag,
    Inschrijvingsperiode,
    Leerweg,
    SoortUitwisseling,
    Uitwisseling,
)
from bpvo_rules.model.fields import Soort
from bpvo_rules.questions import RULES
from bpvo_rules.reference import stagefondslijsten
from bpvo_rules.rules import Outcome, Rule, Term
from bpvo_rules.rules.term import facts_read
from bpvo_rules.stagefonds import lijst_van_kracht
from bpvo_rules.testing.answer import ready_judge
from bpvo_rules.testing.later import known_on
from bpvo_rules.testing.worlds import BPVO_CODES, COMPANIES, KEUZEDELEN, World

__all__ = ["BEYOND_REPAIR", "REPAIRS", "NobodyError", "Patient", "repaired"]


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
        "erkend_bij_aanvang": _recognised_company,
        "erkend_gedurende_looptijd": _recognised_from_gap("eerste_dag_zonder_erkenning"),
        "erkenning_dekt_planning": _recognised_from_gap("eerste_dag_zonder_erkenning_na_peildatum"),
        "keuzedeel_erkend_bij_aanvang": _recognised_company,
        "keuzedeel_erkend_gedurende_looptijd": _recognised_for_anything,
        "keuzedeel_geldig": _valid_keuzedeel,
        "besluit_tijdig": _reasons_given,
        "stagefonds_inschrijving": _enrolled,
        "stagefonds_instelling": _known_school,
        "stagefonds_leerweg": _enrolment(leerweg=Leerweg.BOL),
        "stagefonds_categorie": _one_category,
        "stagefonds_leerbedrijf": _recognised_from_start,
        "stagefonds_tweede_erkenning": _second_recognition,
        "geen_dubbele_bpvo": _without_doubles,
        "verplichte_gegevens": _complete,
    }
)
"""What repairs a melding of a rule where a change of one cell of the BPVO does not, or would not be what is done."""


# ---- rules of which no repair is written down


def _asks_on_time(term: Term) -> bool:
    return term.op == "on_time" or any(_asks_on_time(part) for part in term.args if isinstance(part, Term))


_HAPPENED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Uitwisseling": "a delivery stays as it was made; the next one is another subject",
        "Erkenningsaanvraag": "a request stays as it was made",
        "WhiteLabelMeting": "a measurement stays as it was measured",
    }
)
_TE_LAAT: Final = "what was late stays late, whatever is delivered or answered after it"


def _beyond_repair() -> Iterator[tuple[str, str]]:
    for rule in RULES:
        if rule.code not in REPAIRS:
            if _asks_on_time(rule.requirement):
                yield rule.code, _TE_LAAT
            elif rule.subject.name in _HAPPENED:
                yield rule.code, _HAPPENED[rule.subject.name]


BEYOND_REPAIR: Final[Mapping[str, str]] = MappingProxyType(dict(_beyond_repair()))
"""Rules of which no change of the data makes a melding go away, and why."""

_CONTENT: Final = tuple(field.name for field in attrs.fields(Bpvo) if not field.metadata.get("key"))
_DAY: Final = timedelta(days=1)


def _cells(rule: Rule) -> list[str]:
    """Give the cells by which a rule about a BPVO can change: first what it asks, last the day by which it applies."""
    start = rule.subject.start_day.fact.cells
    asked, applies = (
        frozenset[str]().union(*(fact.cells for fact in facts_read(term)))
        for term in (rule.requirement, rule.full_scope)
    )
    found = [name for name in _CONTENT if name in asked | applies]
    return sorted(found, key=lambda name: (name in start, name not in asked))


def _values(patient: Patient, cell: str) -> Iterator[Any]:
    """Give what could stand in a cell instead: what is near at hand, then what the chain has, and nothing at last."""
    column = TABLES["uitwisselingen"].columns[cell]
    if column.soort is Soort.DAY:
        own = (getattr(patient.bpvo, name) for name in _CONTENT)
        known = (*own, *patient.evidence.values(), patient.world.peildatum, patient.stand.kennisdatum)
        days = [day for day in dict.fromkeys(known) if isinstance(day, date)]
        yield from days
        yield from (day + step for day in days for step in (_DAY, -_DAY))
    elif column.soort is Soort.WHOLE:
        yield from (1, 0)
    else:
        yield from {
            "leerbedrijf_id": (*sorted({*patient.stand.leerbedrijven, *patient.stand.erkenningen}), *COMPANIES),
            "opleidingcode": (*(row.code for row in patient.keten.opleidingen or ()), *BPVO_CODES),
            "keuzedeelcode": (*(row.code for row in patient.keten.keuzedelen or ()), *KEUZEDELEN),
        }[cell]
    yield None


def _changes(patient: Patient, rule: Rule) -> Iterator[Keten]:
    """Give the chain with one cell of the BPVO delivered anew, and then with each repair that is written down."""
    for cell in _cells(rule):
        if ("uitwisselingen", cell) not in patient.keten.niet_opgezocht:
            now = getattr(patient.bpvo, cell)
            for value in dict.fromkeys(_values(patient, cell)):
                if value != now:
                    yield patient.changed(**{cell: value})
    for repair in REPAIRS.values():
        try:
            keten = repair(patient)
        except KeyError:
            # It goes by something that a melding of this rule does not show.
            continue
        if keten is not None:
            yield keten


def _searched(patient: Patient, rule: Rule) -> Keten | None:
    """
    Give the first change after which the rule is met; without any the first one that takes the BPVO out of its scope.

    What makes the rule impossible to decide is no repair, nor is what breaks it for another subject.
    """
    run = {name: value for name, value in patient.world.arguments.items() if name != "norms"}
    judge = ready_judge(patient.world.norms, rule=rule.code)
    broken = {key for key, outcome in judge.keten(patient.keten, **run).outcomes(rule.code).items() if _fails(outcome)}
    beside = None
    for keten in _changes(patient, rule):
        outcomes = judge.keten(keten, **run).outcomes(rule.code)
        now = outcomes.get(patient.subject)
        if any(_fails(outcome) and key not in broken for key, outcome in outcomes.items()):
            continue
        if now is Outcome.MET:
            return keten
        if now is Outcome.OUT_OF_SCOPE and beside is None:
            beside = keten
    return beside


def _fails(outcome: Outcome) -> bool:
    return outcome is Outcome.NOT_MET


def repaired(world: World, rule: str, subject: str, evidence: Mapping[str, Any]) -> Keten | None:
    """
    Give the chain of a world with the melding of a rule about a subject repaired.

    Args:
        world: The chain and the run that gave the melding.
        rule: Code of the rule, none of :data:`BEYOND_REPAIR`.
        subject: Key of the subject.
        evidence: What the melding shows, by name.

    Returns:
        The chain, or ``None`` when there is nothing in it to repair this melding with.

    """
    patient = Patient(world, subject, evidence)
    if rule in REPAIRS:
        return REPAIRS[rule](patient)
    (declared,) = (one for one in RULES if one.code == rule)
    return _searched(patient, declared)
