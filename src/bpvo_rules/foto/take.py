"""The aggregator: the only way from records to a foto."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs
from dateutil.relativedelta import relativedelta

from bpvo_rules.codes import Brin
from bpvo_rules.foto.foto import Aantal, Cel, Domein, Foto, Plaats, Policy, RegelAantal, Regelcode, Vraagcode
from bpvo_rules.judge.judge import Judge
from bpvo_rules.judge.judgement import Judgement, Part, Progress
from bpvo_rules.judge.settings import make_settings
from bpvo_rules.keten import Keten, Perspectief
from bpvo_rules.questions import AANVRAAG, BPVO, METING, UITWISSELING
from bpvo_rules.rules import Outcome, SubjectType
from bpvo_rules.rules.source import OUTCOMES

__all__ = ["aggregate", "take_foto"]

Place = tuple[Brin | Plaats, Domein | Plaats]

_DAY: Mapping[SubjectType, str] = {BPVO: "begindatum", UITWISSELING: "begindatum", AANVRAAG: "dagtekening"}
_NOT_MET = OUTCOMES.index(Outcome.NOT_MET)


def _person(part: Part) -> Callable[[Any], Hashable] | None:
    """Give who or what stands behind a subject, so that it is counted once per school."""
    if part.subject is METING:
        return None
    if part.subject is AANVRAAG:
        return lambda row: (row.brin, row.leerbedrijf_id or row.aanvraag_id)
    return lambda row: (row.brin, row.student)


@attrs.define
class _Tally:
    """Subjects and persons per outcome of one cell or margin, while counting."""

    subjects: Counter[Outcome] = attrs.field(factory=Counter)
    persons: dict[Outcome, set[Hashable]] = attrs.field(factory=lambda: {o: set() for o in Outcome})

    def add(self, outcome: Outcome, person: Hashable | None) -> None:
        self.subjects[outcome] += 1
        if person is not None:
            self.persons[outcome].add(person)

    def cel(self, vraag: Vraagcode, place: Place, *, counts_persons: bool) -> Cel:
        def aantal(*outcomes: Outcome) -> Aantal:
            persons = set[Hashable]().union(*(self.persons[o] for o in outcomes))
            return Aantal(
                subjects=sum(self.subjects[o] for o in outcomes), personen=len(persons) if counts_persons else None
            )

        return Cel(
            vraag=vraag,
            instelling=place[0],
            domein=place[1],
            voldoet=aantal(Outcome.MET),
            voldoet_niet=aantal(Outcome.NOT_MET),
            niet_te_bepalen=aantal(Outcome.UNKNOWN),
            niet_van_toepassing=aantal(Outcome.OUT_OF_SCOPE),
            totaal=aantal(*Outcome),
        )


def _margins(place: Place) -> tuple[Place, ...]:
    instelling, domein = place
    if domein is Plaats.ALLE:
        return ((Plaats.ALLE, Plaats.ALLE),)
    return ((instelling, Plaats.ALLE), (Plaats.ALLE, domein), (Plaats.ALLE, Plaats.ALLE))


def _in_window(judgement: Judgement, part: Part, na: date) -> Iterator[tuple[int, Any, Place]]:
    """Give place, subject and cell of the subjects in the window of a foto."""
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
        yield index, subject, place


def aggregate(judgement: Judgement, *, policy: Policy) -> Foto:
    """
    Count a judgement into a foto.

    Args:
        judgement: In perspectief keten, with the kennisdatum equal to the peildatum.
        policy: How much to protect; there is no default.

    Raises:
        ValueError: for another perspectief or kennisdatum.

    """
    if judgement.perspectief is not Perspectief.KETEN or judgement.kennisdatum != judgement.peildatum:
        raise ValueError("A foto is of the keten as known on its own day.")
    na = judgement.peildatum - relativedelta(years=1)
    questions = [question for question in judgement.settings.questions if question.number is not None]
    cells: dict[str, dict[Place, _Tally]] = {q.code: {} for q in questions}
    margins: dict[str, dict[Place, _Tally]] = {q.code: {} for q in questions}
    failed: Counter[tuple[str, str, Place]] = Counter()
    for part in judgement.parts.values():
        person = _person(part)
        mine = [(q.code, judgement.combined(q, part)) for q in questions if q.subject is part.subject]
        coded = [
            (place, judgement.settings.question_of[rule.code].code, rule.code)
            for place, rule in enumerate(part.program.rules)
        ]
        numbered = [(place, question, rule) for place, question, rule in coded if question in cells]
        for index, subject, place in _in_window(judgement, part, na):
            pattern = part.patterns[index]
            who = None if person is None else person(subject)
            around = _margins(place)
            for code, combined in mine:
                outcome = combined(pattern)
                cells[code].setdefault(place, _Tally()).add(outcome, who)
                for margin in around:
                    margins[code].setdefault(margin, _Tally()).add(outcome, who)
            if _NOT_MET in pattern:
                for at, question, rule in numbered:
                    if pattern[at] == _NOT_MET:
                        failed.update((question, rule, margin) for margin in around)
    order = {question.code: place for place, question in enumerate(questions)}

    def cels(tallies: dict[str, dict[Place, _Tally]]) -> tuple[Cel, ...]:
        return tuple(
            tally.cel(Vraagcode(code), place, counts_persons=judgement.question(code).subject is not METING)
            for code, found in tallies.items()
            for place, tally in sorted(found.items(), key=lambda item: item[0])
        )

    return Foto(
        peildatum=judgement.peildatum,
        na=na,
        policy=policy,
        cellen=cels(cells),
        marges=cels(margins),
        regels=tuple(
            RegelAantal(
                vraag=Vraagcode(question),
                regel=Regelcode(rule),
                instelling=place[0],
                domein=place[1],
                voldoet_niet=number,
            )
            for (question, rule, place), number in sorted(
                failed.items(), key=lambda item: (order[item[0][0]], item[0][1], item[0][2])
            )
        ),
    )


def take_foto(
    keten: Keten, *, peildatum: date, policy: Policy, progress: Progress | None = None, **settings: Any
) -> Foto:
    """
    Take the foto of a day: judge the keten as known on it, and count the year up to it.

    Args:
        keten: The tables.
        peildatum: P and K; the window is the year up to and including this day.
        policy: How much to protect; there is no default.
        progress: Called now and then with subjects judged and subjects in all.
        settings: Those of :func:`bpvo_rules.judge.make_settings`.

    """
    judgement = Judge(make_settings(**settings)).keten(keten, peildatum=peildatum, progress=progress)
    return aggregate(judgement, policy=policy)
