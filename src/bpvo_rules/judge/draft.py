"""
Draft: a BPVO that is being drawn up in a form, with what the rules say of it so far.

After a change only the rules that depend on what changed are judged again; what the others said stays. So the
register is asked when a change needs it, and nothing of its answer is kept: only verdicts and meldingen are.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypedDict, Unpack, final

import attrs

from bpvo_rules.codes import Brin, Keuzedeelcode, LeerbedrijfId, Opleidingcode, Volgnummer
from bpvo_rules.judge.context import Registerantwoord, SingleContext
from bpvo_rules.judge.judgement import Judgement, run
from bpvo_rules.judge.melding import Melding, Verdict
from bpvo_rules.judge.register import Register, ask
from bpvo_rules.judge.result import Failure, Result
from bpvo_rules.judge.settings import Settings
from bpvo_rules.keten import Stand
from bpvo_rules.model import Bpvo, Inschrijvingsperiode, Uitwisseling
from bpvo_rules.questions import BPVO
from bpvo_rules.rules import Absence, Kind, Outcome, combine

__all__ = ["BpvoCells", "Desk", "Draft"]


class BpvoCells(TypedDict, total=False):
    """
    New values of cells of a BPVO, by the names of its fields; each may be left out, and ``None`` empties a cell.

    Attributes:
        brin: The school.
        student: A pseudonym.
        inschrijvingvolgnummer: The enrolment.
        volgnummer: Its number within the enrolment.
        afsluitdatum: Day on which it was drawn up.
        begindatum: First day, inclusive.
        einddatum_gepland: Planned last day, inclusive.
        einddatum_werkelijk: Actual last day, inclusive.
        omvang: Whole hours.
        leerbedrijf_id: Where the placement is.
        opleidingcode: The opleiding on which it is based.
        keuzedeelcode: The keuzedeel on which it is based.
        leveringen: The deliveries of its current life; ``None`` when not looked up.

    """

    brin: Brin | str
    student: str
    inschrijvingvolgnummer: Volgnummer | str
    volgnummer: Volgnummer | str
    afsluitdatum: date | None
    begindatum: date | None
    einddatum_gepland: date | None
    einddatum_werkelijk: date | None
    omvang: int | None
    leerbedrijf_id: LeerbedrijfId | str | None
    opleidingcode: Opleidingcode | str | None
    keuzedeelcode: Keuzedeelcode | str | None
    leveringen: tuple[Uitwisseling, ...] | None


_FIELDS: Final = tuple(field.name for field in attrs.fields(Bpvo))
_WHOLE: Final = frozenset({"brin", "student", "inschrijvingvolgnummer", "volgnummer", "leveringen"})
"""A change of the key makes it another BPVO; and facts that are given the BPVO itself read these."""
_UNASKED: Final = Registerantwoord(bekend=False)
"""Stands in for an answer where no rule whose verdict is taken reads it."""


@final
@attrs.frozen(kw_only=True, eq=False)
class Desk:
    """
    What stays the same while one BPVO is drawn up; the attributes are the arguments of :meth:`bpvo_rules.Judge.bpvo`.

    Attributes:
        settings: The rules and norms.
        peildatum: The day about which is judged.
        stand: Reference tables, and the register when there is no other.
        register: Asked about the company; ``None`` when the stand has the tables.
        inschrijvingsperiodes: Those of the same inschrijving; ``None`` for those of the stand.
        andere_bpvos: The other BPVO's of the student; ``None`` when not looked up.

    """

    settings: Settings
    peildatum: date
    stand: Stand
    register: Register | None
    inschrijvingsperiodes: Sequence[Inschrijvingsperiode] | None
    andere_bpvos: Sequence[Bpvo] | None

    def judged(self, bpvo: Bpvo, *, asks: bool) -> Judgement:
        """Judge a BPVO by every rule; without asking, what rules about the register say means nothing."""
        answer = None if self.register is None else _UNASKED
        if asks and self.register is not None:
            answer = ask(self.register, self.settings.context(self.stand, self.peildatum), bpvo)
        context = SingleContext(
            self.stand,
            bpvo,
            answer=answer,
            uses_register=self.register is not None,
            inschrijvingsperiodes=self.inschrijvingsperiodes,
            andere_bpvos=self.andere_bpvos,
            peildatum=self.peildatum,
            calendar=self.settings.calendar,
            stagefondslijsten=self.settings.stagefondslijsten,
        )
        return run(self.settings, context, {BPVO: (bpvo,)})

    def start(self, bpvo: Bpvo) -> "Draft":
        """Judge a BPVO for the first time."""
        found = self.judged(bpvo, asks=True)
        every = frozenset(rule.code for rule in self.settings.rules if rule.subject is BPVO)
        verdicts, meldingen = found.only_one(every)
        return Draft(
            bpvo=bpvo,
            verdicts=tuple(verdicts),
            meldingen=tuple(melding for melding, _ in meldingen),
            cells={melding.rule: cells for melding, cells in meldingen},
            failures=found.failures,
            judged=every,
            desk=self,
        )

    def depending_on(self, cells: Collection[str]) -> frozenset[str]:
        """Give the codes of the rules that a change of these cells can change anything about."""
        found = {
            rule.code for rule in self.settings.rules if rule.subject is BPVO and not rule.depends_on.isdisjoint(cells)
        }
        # What is asked anew is used for everything: two answers of a register never stand side by side.
        if self.register is not None and not found.isdisjoint(self.settings.asking):
            found |= self.settings.asking
        return frozenset(found)


@final
@attrs.frozen(kw_only=True, eq=False)
class Draft:
    """
    One BPVO as it stands in a form, and what the rules say of it: that is what judging it whole would say.

    A draft never changes; :meth:`change` gives the next one. So it is safe to share between threads.

    Attributes:
        bpvo: The BPVO.
        verdicts: What each rule says, in rule order.
        meldingen: What needs attention, in rule order; :meth:`meldingen_per_cell` has them by field, as
            :meth:`undecided_per_cell` has what cannot be determined yet.
        failures: Rules that stopped with an error.
        judged: Codes of the rules that were judged for the last change; all of them at the start.

    """

    bpvo: Bpvo
    verdicts: tuple[Verdict, ...] = attrs.field(repr=False)
    meldingen: tuple[Melding, ...] = attrs.field(repr=False)
    failures: tuple[Failure, ...] = ()
    judged: frozenset[str] = attrs.field(repr=False)
    _cells: dict[str, tuple[str, ...]] = attrs.field(repr=False)
    _desk: Desk = attrs.field(repr=False)

    def change(self, **cells: Unpack[BpvoCells]) -> "Draft":
        """
        Give the draft in which some cells have other values.

        An exception of the register itself, other than RegisterUnavailableError, comes out of this; this draft
        stays as it is.

        Args:
            **cells: New values by the name of a field; ``None`` empties a cell.

        Raises:
            InvalidRecordError: for a value that cannot be in that cell at all; this draft stays as it is.
            InvalidCodeError: for a code that does not have the shape of one.
            TypeError: for a name that is no field.

        """
        given: Mapping[str, Any] = cells  # a plain text becomes the code that it stands for
        bpvo = attrs.evolve(self.bpvo, **given)
        changed = {name for name in _FIELDS if getattr(bpvo, name) != getattr(self.bpvo, name)}
        if not changed:
            return attrs.evolve(self, bpvo=bpvo, judged=frozenset())
        desk = self._desk
        if not changed.isdisjoint(_WHOLE):
            return desk.start(bpvo)
        again = desk.depending_on(changed)
        found = desk.judged(bpvo, asks=not again.isdisjoint(desk.settings.asking))
        verdicts, meldingen = found.only_one(again)
        return Draft(
            bpvo=bpvo,
            verdicts=self._merged(self.verdicts, verdicts, again),
            meldingen=self._merged(self.meldingen, (melding for melding, _ in meldingen), again),
            cells=self._cells | {melding.rule: cells for melding, cells in meldingen},
            failures=self._merged(self.failures, found.failures, again),
            judged=again,
            desk=desk,
        )

    def again(self) -> "Draft":
        """
        Give this draft judged anew by every rule, with the register asked once more: for when it was silent before.

        Raises:
            InvalidRecordError: when the register answers about another company.

        """
        return self._desk.start(self.bpvo)

    def meldingen_per_cell(self) -> dict[str, list[Melding]]:
        """
        Give the meldingen by the field that each concerns: beside which a form shows it.

        Returns:
            Per name of a field, in the order of the record, its meldingen. One that concerns several fields stands
            under each; one that concerns none, because another record must be repaired, under an empty name.

        """
        found: dict[str, list[Melding]] = {}
        for melding in self.meldingen:
            for name in self._cells[melding.rule] or ("",):
                found.setdefault(name, []).append(melding)
        return {name: found[name] for name in (*_FIELDS, "") if name in found}

    def undecided_per_cell(self) -> dict[str, list[Verdict]]:
        """
        Give what cannot be determined yet by the empty field that it waits for: what a form may still ask.

        Returns:
            Per name of a field, in the order of the record, the verdicts that are *niet te bepalen* because it is
            empty. One that waits for several fields stands under each. Under an empty name stand those that wait for
            anything else too, or only: a register that gave no answer, a table that was not looked up, a day to come.

        """
        found: dict[str, list[Verdict]] = {}
        for verdict in self.verdicts:
            waits = {one.name if one.absence is Absence.EMPTY else "" for one in verdict.missing}
            for name in waits:
                found.setdefault(name if name in _FIELDS else "", []).append(verdict)
        return {name: found[name] for name in (*_FIELDS, "") if name in found}

    def question_outcomes(self) -> Mapping[str, Outcome]:
        """Give the outcome per question that has a rule of kind ``fout`` about a BPVO; the others have none."""
        outcomes = {verdict.rule: verdict.outcome for verdict in self.verdicts}
        return {
            question.code: combine(
                # What a rule that failed would have said is not known, and that never counts as good.
                outcomes.get(rule.code, Outcome.UNKNOWN)
                for rule in question.rules
                if rule.kind is Kind.FOUT and rule.subject is BPVO
            )
            for question in self._desk.settings.questions
            if question.subject is BPVO and Result.is_scored(question)
        }

    def _merged(self, before: Any, found: Any, again: frozenset[str]) -> Any:
        kept = {one.rule: one for one in before if one.rule not in again}
        kept |= {one.rule: one for one in found if one.rule in again}
        return tuple(kept[rule.code] for rule in self._desk.settings.rules if rule.code in kept)
