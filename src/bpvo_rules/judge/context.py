"""
Context: everything outside the subject that the facts of a run read.

One context serves one judgement. It answers from indexes and from what it was
given; it reads no clock and keeps nothing of a register that may not be kept.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, final

import attrs

from bpvo_rules.keten import Stand
from bpvo_rules.model import (
    TABLES,
    Bpvo,
    Erkenning,
    Functie,
    Inschrijvingsperiode,
    Keuzedeel,
    Opleiding,
    SoortOpleiding,
    Uitwisseling,
)
from bpvo_rules.periode import Dekking, Periode, Werkkalender, add_term
from bpvo_rules.questions.subjects import ANDERE_BPVOS
from bpvo_rules.rules import Norm
from bpvo_rules.rules.fact import Column
from bpvo_rules.stagefonds import Stagefondslijst, lijst_van_kracht

__all__ = ["Calendar", "Context", "Registerantwoord", "SingleContext", "asked_codes"]


class Calendar:
    """
    The last day of each term, per norm and start day, worked out once per run.

    A year of start days are few; the subjects that start on them are many.
    """

    def __init__(self, norms: Mapping[str, Norm], kalender: Werkkalender) -> None:
        self._norms = norms
        self._kalender = kalender
        self._limits: dict[tuple[str, date], date | None] = {}
        self._values: dict[tuple[str, date], Any] = {}

    def value(self, norm_id: str, dag: date) -> Any:
        """Give the value of a norm in force on a day; ``None`` when there is none."""
        key = (norm_id, dag)
        if key not in self._values:
            found = self._norms[norm_id].on(dag)
            self._values[key] = None if found is None else found.value
        return self._values[key]

    def limit(self, norm_id: str, start: date) -> date | None:
        """Give the last day of a term that starts on a day; ``None`` without a norm in force."""
        key = (norm_id, start)
        try:
            return self._limits[key]
        except KeyError:
            value = self.value(norm_id, start)
            unit = self._norms[norm_id].unit
            found = None if value is None else add_term(start, value, unit, self._kalender)
            return self._limits.setdefault(key, found)


class Context:
    """The context of a judgement of a whole keten."""

    def __init__(
        self,
        stand: Stand,
        *,
        peildatum: date,
        calendar: Calendar,
        stagefondslijsten: Sequence[Stagefondslijst],
    ) -> None:
        self.stand = stand
        self.peildatum = peildatum
        self.kennisdatum: date = stand.kennisdatum
        self._calendar = calendar
        self.limit: Callable[[str, date], date | None] = calendar.limit
        self.norm_value: Callable[[str, date], Any] = calendar.value
        self._lijsten = tuple(stagefondslijsten)
        self._lijst_op: dict[date, Stagefondslijst | None] = {}
        self._codes: dict[str, tuple[str, ...]] = {}
        self._dekking: dict[tuple[str, str], Dekking] = {}

    # ---- what was looked up

    def opgezocht(self, table: str, column: str | None = None) -> bool:
        """Say whether a table, or one of its columns, was looked up."""
        closed = self.not_looked_up
        return not closed or ((table, column) not in closed and (table, None) not in closed)

    @cached_property
    def not_looked_up(self) -> frozenset[Column]:
        """Every table and column that was not looked up."""
        return self._closed()

    @property
    def silent(self) -> frozenset[str]:
        """The tables of a register that was asked and gave no answer; none when no register is asked."""
        return frozenset()

    def _closed(self) -> frozenset[Column]:
        keten = self.stand.keten
        return frozenset({*((table, None) for table in keten.tabellen_niet_opgezocht), *keten.niet_opgezocht})

    # ---- register

    def _erkenningen(self, leerbedrijf_id: str) -> Iterable[Erkenning]:
        return self.stand.erkenningen.get(leerbedrijf_id, ())

    def in_register(self, leerbedrijf_id: str) -> bool | None:
        """Say whether a company is in the register; ``None`` when a table that could tell was not looked up."""
        if leerbedrijf_id in self.stand.leerbedrijven or leerbedrijf_id in self.stand.erkenningen:
            return True
        complete = self.opgezocht("leerbedrijven") and self.opgezocht("erkenningen")
        return False if complete else None

    def codes(self, opleidingcode: str) -> tuple[str, ...]:
        """Give the codes of which a recognition will do for an opleidingcode."""
        found = self._codes.get(opleidingcode)
        if found is None:
            found = self._codes[opleidingcode] = self.stand.codes_voor(opleidingcode)
        return found

    def dekking(self, leerbedrijf_id: str, opleidingcode: str) -> Dekking:
        """Give the days on which a company is recognised for an opleidingcode."""
        key = (leerbedrijf_id, opleidingcode)
        found = self._dekking.get(key)
        if found is None:
            codes = self.codes(opleidingcode)
            rows = (row for row in self._erkenningen(leerbedrijf_id) if row.opleidingcode in codes)
            found = self._dekking[key] = _dekking(rows, volledig=self.codes_complete(opleidingcode))
        return found

    def codes_complete(self, opleidingcode: str) -> bool:
        """Say whether everything that could add a code for an opleidingcode was looked up."""
        if not (self.opgezocht("opleidingen") and self.opgezocht("equivalenten")):
            return False
        row = self.opleiding(opleidingcode)
        # A dossier or domein is made of the kwalificaties that name it in the column of that name.
        return row is None or row.soort is SoortOpleiding.KWALIFICATIE or self.opgezocht("opleidingen", row.soort)

    def dekking_elke(self, leerbedrijf_id: str) -> Dekking:
        """Give the days on which a company is recognised for anything at all."""
        return _dekking(self._erkenningen(leerbedrijf_id), volledig=True)

    def is_erkend(self, leerbedrijf_id: str, codes: frozenset[str], dag: date) -> bool:
        """Say whether a company is recognised for one of these codes themselves on a day."""
        return any(
            row.opleidingcode in codes and row.van <= dag and (row.tot_en_met is None or dag <= row.tot_en_met)
            for row in self._erkenningen(leerbedrijf_id)
        )

    # ---- reference data

    def opleiding(self, code: str) -> Opleiding | None:
        """Give an opleiding by its code; ``None`` when the reference has none, or was not looked up."""
        return self.stand.opleidingen.get(code)

    def keuzedeel(self, code: str) -> Keuzedeel | None:
        """Give a keuzedeel by its code; ``None`` when the list has none."""
        return self.stand.keuzedelen.get(code)

    def is_instelling(self, brin: str) -> bool:
        """Say whether a school is in the list of instellingen."""
        return brin in self.stand.instellingen

    def stagefondslijst(self, dag: date) -> Stagefondslijst | None:
        """Give the list of Stagefonds in force on a day; ``None`` before the first."""
        try:
            return self._lijst_op[dag]
        except KeyError:
            return self._lijst_op.setdefault(dag, lijst_van_kracht(self._lijsten, dag))

    # ---- other records

    def inschrijvingsperiode(self, bpvo: Bpvo | Uitwisseling, dag: date) -> Inschrijvingsperiode | None:
        """Give the period of the same inschrijving that runs on a day; ``None`` when there is none."""
        return self.stand.inschrijvingsperiode(bpvo, dag)

    def bpvos_op_zelfde_plaats(self, bpvo: Bpvo) -> Iterable[Bpvo]:
        """Give the other BPVO's of the same school, student, leerbedrijf and opleidingcode."""
        key = (bpvo.brin, bpvo.student, bpvo.leerbedrijf_id, bpvo.opleidingcode)
        number = (bpvo.inschrijvingvolgnummer, bpvo.volgnummer)
        for other in self.stand.bpvos_per_plaats.get(key, ()):  # type: ignore[arg-type] # both are filled here
            if (other.inschrijvingvolgnummer, other.volgnummer) != number:
                yield other

    def in_onderhoud(self, functie: Functie, tijdstip: datetime) -> bool:
        """Say whether a moment lies in announced maintenance of a functie, or of all."""
        return self.stand.in_onderhoud(functie, tijdstip)


def _dekking(rows: Iterable[Erkenning], *, volledig: bool) -> Dekking:
    # A row whose end lies before its start covers no day.
    periods = [
        Periode(row.van, date.max if row.tot_en_met is None else row.tot_en_met)
        for row in rows
        if row.tot_en_met is None or row.van <= row.tot_en_met
    ]
    return Dekking.van(periods, volledig=volledig)


@final
@attrs.frozen(kw_only=True)
class Registerantwoord:
    """
    What a register answered about one company, for one judgement.

    Attributes:
        bekend: Whether the company is in the register.
        erkenningen: Its recognitions for the codes that were asked.

    """

    bekend: bool
    erkenningen: tuple[Erkenning, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.erkenningen and not self.bekend:
            raise ValueError("A company with a recognition is in the register: bekend must be True.")


@final
class SingleContext(Context):
    """
    The context of a judgement of one BPVO, with a register that is asked once and never kept.

    What the caller did not give is not looked up, whatever the tables of the stand say about others.
    """

    def __init__(  # the same settings as a whole keten, and what belongs to one BPVO
        self,
        stand: Stand,
        bpvo: Bpvo,
        *,
        answer: Registerantwoord | None,
        uses_register: bool,
        inschrijvingsperiodes: Sequence[Inschrijvingsperiode] | None,
        andere_bpvos: Sequence[Bpvo] | None,
        **settings: Any,
    ) -> None:
        super().__init__(stand, **settings)
        self._bpvo = bpvo
        self._answer = answer
        self._uses_register = uses_register
        self._andere = andere_bpvos
        self._periodes = inschrijvingsperiodes

    def _closed(self) -> frozenset[Column]:
        """Give what was not looked up for this BPVO."""
        closed = {c for c in super()._closed() if c[0] != "uitwisselingen"}
        if self._bpvo.leveringen is None:
            closed |= {("uitwisselingen", column) for column in _EVENT_COLUMNS}
        if self._periodes is not None:
            closed = {c for c in closed if c[0] != "inschrijvingsperiodes"}
        if self._uses_register:
            closed = {c for c in closed if c[0] not in {"leerbedrijven", "erkenningen"}}
            closed |= {(table, None) for table in self.silent}
        if self._andere is None:
            closed.add(ANDERE_BPVOS)
        return frozenset(closed)

    @property
    def silent(self) -> frozenset[str]:
        """The tables about which the register was asked, when it gave no answer."""
        is_silent = self._uses_register and self._answer is None
        return frozenset({"leerbedrijven", "erkenningen"}) if is_silent else frozenset()

    def _erkenningen(self, leerbedrijf_id: str) -> Iterable[Erkenning]:
        if not self._uses_register:
            return super()._erkenningen(leerbedrijf_id)
        return () if self._answer is None else self._answer.erkenningen

    def in_register(self, leerbedrijf_id: str) -> bool | None:
        """Say whether the company is in the register; ``None`` when the register gave no answer."""
        if not self._uses_register:
            return super().in_register(leerbedrijf_id)
        return None if self._answer is None else self._answer.bekend

    def inschrijvingsperiode(self, bpvo: Bpvo | Uitwisseling, dag: date) -> Inschrijvingsperiode | None:
        """Give the period that runs on a day, of those that were given, or else of the stand."""
        if self._periodes is None:
            return super().inschrijvingsperiode(bpvo, dag)
        begun = [p for p in self._periodes if p.begindatum <= dag]
        return max(begun, key=lambda p: p.begindatum, default=None)

    def bpvos_op_zelfde_plaats(self, bpvo: Bpvo) -> Iterable[Bpvo]:
        """Give those of the other BPVO's that are at the same place."""
        same = (bpvo.brin, bpvo.student, bpvo.leerbedrijf_id, bpvo.opleidingcode)
        number = (bpvo.inschrijvingvolgnummer, bpvo.volgnummer)
        for other in self._andere or ():
            place = (other.brin, other.student, other.leerbedrijf_id, other.opleidingcode)
            if place == same and (other.inschrijvingvolgnummer, other.volgnummer) != number:
                yield other


_CONTENT = frozenset(field.name for field in attrs.fields(Bpvo))
_EVENT_COLUMNS = tuple(name for name in TABLES["uitwisselingen"].columns if name not in _CONTENT)


def asked_codes(context: Context, bpvo: Bpvo) -> frozenset[str] | None:
    """
    Give the codes of which a register must tell the recognitions for this BPVO.

    ``None`` means any code: for a keuzedeel every recognition counts.
    """
    if bpvo.keuzedeelcode is not None or bpvo.opleidingcode is None:
        return None
    codes = set(context.codes(bpvo.opleidingcode))
    if bpvo.begindatum is not None and (lijst := context.stagefondslijst(bpvo.begindatum)) is not None:
        codes |= lijst.tweede_erkenningen(bpvo.opleidingcode)
    return frozenset(codes)
