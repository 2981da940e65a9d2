"""The aggregator: the only way from records to a foto."""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import singledispatch
from importlib import import_module
from typing import Any, final

from bpvo_rules.codes import Brin
from bpvo_rules.foto.foto import Domein, Drempels, Foto, Plaats, Policy, Regelcode, Vraagcode
from bpvo_rules.foto.kalender import Fotokalender, parts
from bpvo_rules.foto.protect import Opname, expose
from bpvo_rules.foto.zegel import Waar, WareCel, WareRegel, Zegel
from bpvo_rules.judge.judge import Judge
from bpvo_rules.judge.judgement import Judgement, Part, Progress
from bpvo_rules.judge.result import Result
from bpvo_rules.judge.settings import make_settings
from bpvo_rules.keten import Keten, Perspectief
from bpvo_rules.questions import AANVRAAG, BPVO, METING, UITWISSELING
from bpvo_rules.rules import Kind, Outcome, Question, SubjectType
from bpvo_rules.rules.source import OUTCOMES

__all__ = ["Place", "Tally", "aggregate", "counted_questions", "seal", "take_foto", "take_opname", "window", "zegel_of"]

Place = tuple[Brin | Plaats, Domein | Plaats]

_DAY: Mapping[SubjectType, str] = {BPVO: "begindatum", UITWISSELING: "begindatum", AANVRAAG: "dagtekening"}
_NOT_MET = OUTCOMES.index(Outcome.NOT_MET)
_DECIDED = (Outcome.MET, Outcome.NOT_MET)
_COUNTED: Mapping[str, tuple[Outcome, ...]] = {
    "voldoet": (Outcome.MET,),
    "voldoet_niet": (Outcome.NOT_MET,),
    "beslist": _DECIDED,
    "niet_te_bepalen": (Outcome.UNKNOWN,),
    "niet_van_toepassing": (Outcome.OUT_OF_SCOPE,),
    "totaal": tuple(Outcome),
}
_COUNTED_IN: Mapping[str, str] = {"bpvo_rules.frames.judgement": "bpvo_rules.frames.telling"}
"""Modules that register how a result is counted, by where it is declared: who only judges need not load them."""


def _person(part: Part) -> Callable[[Any], Hashable] | None:
    """Give who or what stands behind a subject, so that it is counted once per school."""
    if part.subject is METING:
        return None
    if part.subject is AANVRAAG:
        return lambda row: (row.brin, row.leerbedrijf_id or row.aanvraag_id)
    return lambda row: (row.brin, row.student)


def _margins(place: Place) -> tuple[Place, ...]:
    instelling, domein = place
    if domein is Plaats.ALLE:
        return ((Plaats.ALLE, Plaats.ALLE),)
    return ((instelling, Plaats.ALLE), (Plaats.ALLE, domein), (Plaats.ALLE, Plaats.ALLE))


def _in_window(judgement: Judgement, part: Part, na: date) -> Iterator[tuple[int, Any, Place, date]]:
    """Give place, subject, cell and day of the subjects in the window of a foto."""
    program = judgement.settings.program(part.subject, (), evidence=True, not_looked_up=judgement.context.not_looked_up)
    names = [fact.name for fact in program.facts]
    brin, day = names.index("brin"), names.index(part.subject.start_day.fact.name)
    domein = names.index("domein") if "domein" in names else None
    attribute = _DAY.get(part.subject)
    for index, subject in enumerate(part.subjects):
        values = program.run(subject, judgement.context)[1]
        dated = values[day] if attribute is None else getattr(subject, attribute)
        if dated is None or not na < dated <= judgement.peildatum:
            continue
        place: Place = (
            Plaats.LANDELIJK if values[brin] is None else values[brin],
            Plaats.ALLE if domein is None else Domein(values[domein]),
        )
        yield index, subject, place, dated


class Tally(ABC):
    """Subjects, and the persons behind them, by cell and quarter of a window; for a question also by outcome."""

    @property
    @abstractmethod
    def cells(self) -> Sequence[Place]:
        """The cells with a subject, sorted."""

    @property
    @abstractmethod
    def has_persons(self) -> bool:
        """Whether there are persons behind the subjects."""

    @abstractmethod
    def waar(self, area: Place, cells: Sequence[Place], first: int, outcomes: Sequence[Outcome] | None) -> Waar:
        """
        Count what is in a cell or margin.

        Args:
            area: The cell or margin.
            cells: The cells that it is made of.
            first: The first quarter that counts.
            outcomes: Those of the question that count; ``None`` for the count of a rule.

        """


@final
class _Tally(Tally):
    """A tally that is filled subject by subject."""

    def __init__(self) -> None:
        self._subjects: defaultdict[Hashable, int] = defaultdict(int)
        self._persons: defaultdict[Hashable, set[int]] = defaultdict(set)
        self._cells: set[Place] = set()

    def add(self, cell: Place, quarter: int, outcome: Outcome | None, person: int | None) -> None:
        key = (cell, quarter, outcome)
        self._cells.add(cell)
        self._subjects[key] += 1
        if person is not None:
            self._persons[key].add(person)

    @property
    def cells(self) -> Sequence[Place]:
        return sorted(self._cells)

    @property
    def has_persons(self) -> bool:
        return bool(self._persons)

    def waar(self, area: Place, cells: Sequence[Place], first: int, outcomes: Sequence[Outcome] | None) -> Waar:
        del area
        keys = [
            key
            for cell in cells
            for quarter in range(first, 4)
            for outcome in outcomes or (None,)
            if (key := (cell, quarter, outcome)) in self._subjects
        ]
        persons = len(set[int]().union(*(self._persons[key] for key in keys))) if self.has_persons else None
        return Waar(sum(self._subjects[key] for key in keys), persons)


def _areas(cells: Iterable[Place], *, with_cells: bool = False) -> dict[Place, list[Place]]:
    """Give the cells of every margin, sorted; ``with_cells``: and each cell as an area of its own."""
    found: defaultdict[Place, list[Place]] = defaultdict(list)
    for cell in cells:
        for area in {*_margins(cell), cell} if with_cells else _margins(cell):
            found[area].append(cell)
    return dict(sorted(found.items()))


def _cels(
    tally: Tally, vraag: Vraagcode, areas: Mapping[Place, Sequence[Place]], starts: Sequence[date]
) -> list[WareCel]:
    return [
        WareCel(
            vraag=vraag,
            instelling=place[0],
            domein=place[1],
            na=na,
            **{name: tally.waar(place, cells, first, outcomes) for name, outcomes in _COUNTED.items()},
        )
        for place, cells in areas.items()
        for first, na in enumerate(starts)
    ]


def _regels(tally: Tally, vraag: Vraagcode, regel: Regelcode, starts: Sequence[date]) -> list[WareRegel]:
    found = [
        WareRegel(
            vraag=vraag,
            regel=regel,
            instelling=place[0],
            domein=place[1],
            na=na,
            voldoet_niet=tally.waar(place, inside, first, None),
        )
        for place, inside in _areas(tally.cells, with_cells=True).items()
        for first, na in enumerate(starts)
    ]
    return [one for one in found if one.voldoet_niet.subjects]


def counted_questions(judgement: Result) -> list[Question]:
    """Give the questions that a foto counts: of one of which no deciding rule ran a 0 would look like an answer."""
    return [q for q in judgement.settings.questions if q.number is not None and judgement.is_scored(q)]


def window(judgement: Result, kalender: Fotokalender | None) -> tuple[date, ...]:
    """
    Give the first days, exclusive, of the parts of the window of a foto.

    Raises:
        ValueError: for another perspectief than keten, another kennisdatum than the peildatum, or one school.

    """
    if judgement.perspectief is not Perspectief.KETEN or judgement.kennisdatum != judgement.peildatum:
        raise ValueError("A foto is of the keten as known on its own day.")
    if judgement.school is not None:
        raise ValueError("A foto is of all schools: what one school may see would pass for the country.")
    return parts(judgement.peildatum, kalender)


def zegel_of(
    judgement: Result,
    starts: Sequence[date],
    counted: Mapping[str, Tally],
    failed: Mapping[tuple[str, str], Tally],
) -> Zegel:
    """
    Make the zegel of what was counted.

    Args:
        judgement: What was counted.
        starts: The parts of the window, see :func:`window`.
        counted: Per question its primary subjects by outcome.
        failed: Per question and rule the subjects that do not meet it.

    """
    questions = counted_questions(judgement)
    cellen: list[WareCel] = []
    marges: list[WareCel] = []
    for code, tally in counted.items():
        cellen += _cels(tally, Vraagcode(code), {cell: [cell] for cell in tally.cells}, starts)
        marges += _cels(tally, Vraagcode(code), _areas(tally.cells), starts)
    order = {question.code: at for at, question in enumerate(questions)}
    return Zegel(
        peildatum=judgement.peildatum,
        na=starts[0],
        delen=tuple(starts),
        uitgevoerd=tuple(Regelcode(rule.code) for question in questions for rule in question.rules),
        beslissend=frozenset(
            Regelcode(rule.code)
            for question in questions
            for rule in question.rules
            if rule.kind is Kind.FOUT and rule.subject is question.subject
        ),
        cellen=tuple(cellen),
        marges=tuple(marges),
        regels=tuple(
            one
            for (vraag, regel), tally in sorted(failed.items(), key=lambda item: (order[item[0][0]], item[0][1]))
            for one in _regels(tally, Vraagcode(vraag), Regelcode(regel), starts)
        ),
    )


@singledispatch
def seal(judgement: Result, *, kalender: Fotokalender | None = None) -> Zegel:
    """
    Count a judgement: the truth behind the foto of its day, for the maker only.

    Args:
        judgement: In perspectief keten, with the kennisdatum equal to the peildatum; of the
            reference, or of data frames.
        kalender: When fotos are taken; ``None``: every three months, back and on from this one.

    Raises:
        ValueError: for another perspectief or kennisdatum.

    """
    counted_in = _COUNTED_IN.get(type(judgement).__module__)
    if counted_in is None:
        raise TypeError(f"{type(judgement).__name__} cannot be counted.")
    import_module(counted_in)
    return seal.dispatch(type(judgement))(judgement, kalender=kalender)


@seal.register
def _(judgement: Judgement, *, kalender: Fotokalender | None = None) -> Zegel:
    starts = window(judgement, kalender)
    questions = counted_questions(judgement)
    counted = {question.code: _Tally() for question in questions}
    failed = {(question.code, rule.code): _Tally() for question in questions for rule in question.rules}
    persons: dict[Hashable, int] = {}
    for part in judgement.parts.values():
        person = _person(part)
        mine = [(counted[q.code], judgement.combined(q, q.subject)) for q in questions if q.subject is part.subject]
        coded = [
            (at, (judgement.settings.question_of[rule.code].code, rule.code))
            for at, rule in enumerate(part.program.rules)
        ]
        numbered = [(at, failed[key]) for at, key in coded if key in failed]
        for index, subject, place, day in _in_window(judgement, part, starts[0]):
            pattern = part.patterns[index]
            who = None if person is None else persons.setdefault(person(subject), len(persons))
            quarter = bisect_left(starts, day) - 1
            for tally, combined in mine:
                tally.add(place, quarter, combined(pattern), who)
            if _NOT_MET in pattern:
                for at, tally in numbered:
                    if pattern[at] == _NOT_MET:
                        tally.add(place, quarter, None, who)
    return zegel_of(judgement, starts, counted, failed)


def aggregate(
    judgement: Result,
    *,
    policy: Policy,
    eerdere: Sequence[Opname] = (),
    drempels: Drempels | None = None,
    kalender: Fotokalender | None = None,
) -> Foto:
    """
    Count a judgement into a foto.

    Args:
        judgement: In perspectief keten, with the kennisdatum equal to the peildatum.
        policy: How much to protect; there is no default.
        eerdere: Every foto made so far with its zegel, withdrawn ones too; read by the protecting policies.
        drempels: What is small; ``None``: as the policy has it.
        kalender: When fotos are taken; ``None``: every three months, back and on from this one.

    Raises:
        ValueError: for another perspectief or kennisdatum, or for drempels that do not go with the policy.
        FotoRefusedError: for a foto that cannot be protected, or without a solver to prove that it is.

    """
    return expose(seal(judgement, kalender=kalender), policy=policy, eerdere=eerdere, drempels=drempels).foto


def take_opname(
    keten: Keten,
    *,
    peildatum: date,
    policy: Policy,
    eerdere: Sequence[Opname] = (),
    drempels: Drempels | None = None,
    kalender: Fotokalender | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> Opname:
    """
    Take the foto of a day, and keep the zegel that its maker needs for the next one.

    Args:
        keten: The tables.
        peildatum: P and K; the window is the year up to and including this day.
        policy: How much to protect; there is no default.
        eerdere: Every foto made so far with its zegel, withdrawn ones too; read by the protecting policies.
        drempels: What is small; ``None``: as the policy has it.
        kalender: When fotos are taken; ``None``: every three months, back and on from this one.
        progress: Called now and then with subjects judged and subjects in all.
        settings: Those of :func:`bpvo_rules.judge.make_settings`.

    Raises:
        ValueError: for drempels that do not go with the policy.
        FotoRefusedError: for a foto that cannot be protected, or without a solver to prove that it is.

    """
    judgement = Judge(make_settings(**settings)).keten(keten, peildatum=peildatum, progress=progress)
    return expose(seal(judgement, kalender=kalender), policy=policy, eerdere=eerdere, drempels=drempels)


def take_foto(
    keten: Keten,
    *,
    peildatum: date,
    policy: Policy,
    eerdere: Sequence[Opname] = (),
    drempels: Drempels | None = None,
    kalender: Fotokalender | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> Foto:
    """
    Take the foto of a day: judge the keten as known on it, and count the year up to it.

    The maker of a protected foto needs its zegel for the next one: see :func:`take_opname`.

    Args:
        keten: The tables.
        peildatum: P and K; the window is the year up to and including this day.
        policy: How much to protect; there is no default.
        eerdere: Every foto made so far with its zegel, withdrawn ones too; read by the protecting policies.
        drempels: What is small; ``None``: as the policy has it.
        kalender: When fotos are taken; ``None``: every three months, back and on from this one.
        progress: Called now and then with subjects judged and subjects in all.
        settings: Those of :func:`bpvo_rules.judge.make_settings`.

    Raises:
        ValueError: for drempels that do not go with the policy.
        FotoRefusedError: for a foto that cannot be protected, or without a solver to prove that it is.

    """
    return take_opname(
        keten,
        peildatum=peildatum,
        policy=policy,
        eerdere=eerdere,
        drempels=drempels,
        kalender=kalender,
        progress=progress,
        **settings,
    ).foto
