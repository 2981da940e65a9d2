"""
Again: a keten of which most was judged before.

A subject whose records, and those that it is judged by, are the same as before has the same outcomes. Only the
others are judged; what comes out is what judging everything would give.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from bpvo_rules.judge.context import Context
from bpvo_rules.judge.judgement import Judgement, run
from bpvo_rules.judge.result import Pattern
from bpvo_rules.keten import Keten, Stand
from bpvo_rules.keten.collector import collector_paused
from bpvo_rules.questions import AANVRAAG, BPVO, METING, UITWISSELING
from bpvo_rules.rules import SubjectType

__all__ = ["judge_again"]

_PER_STUDENT: Final = ("uitwisselingen", "inschrijvingen", "inschrijvingsperiodes")
_PER_LEERBEDRIJF: Final = ("leerbedrijven", "erkenningen")
_FOR_ALL: Final = ("instellingen", "opleidingen", "equivalenten", "keuzedelen", "white_label_onderhoud")
"""A change in one of these tables can change the outcome of anything."""


def judge_again(earlier: Judgement, keten: Keten) -> Judgement:
    """
    Judge a keten that is little other than the one judged before, about the same days.

    What changed is found by comparing the tables: records that are the same object cost next to nothing. A change
    of a reference table, or of what was looked up, makes that everything is judged.

    Args:
        earlier: A judgement of a whole keten, by settings that hold for this one too.
        keten: The tables as they are now.

    Returns:
        What :meth:`bpvo_rules.Judge.keten` gives for these tables and the days and perspectief of ``earlier``.

    Raises:
        DuplicateKeyError: when a table holds two records with the same key.
        ValueError: when ``earlier`` is the part of one school, or of a single BPVO.

    """
    if earlier.school is not None or type(earlier.context) is not Context:
        raise ValueError("Only a judgement of a whole keten can be taken further.")
    settings, before = earlier.settings, earlier.keten
    with collector_paused():
        stand = Stand(keten=keten, kennisdatum=earlier.kennisdatum, perspectief=earlier.perspectief)
        context = settings.context(stand, earlier.peildatum)
        subjects: dict[SubjectType, Sequence[Any]] = {
            BPVO: stand.bpvos,
            UITWISSELING: stand.uitwisselingen,
            AANVRAAG: stand.erkenningsaanvragen,
            METING: stand.white_label_metingen,
        }
        if earlier.failures or _differs_for_all(before, keten):
            return run(settings, context, subjects)
        students = {(row.brin, row.student) for row in _changed(before, keten, _PER_STUDENT)}
        companies = {row.leerbedrijf_id for row in _changed(before, keten, _PER_LEERBEDRIJF)}

        def same(subject: SubjectType, row: Any) -> Any:
            """Give what a subject has in common with its earlier self only; ``None`` when it may have changed."""
            if subject is AANVRAAG or subject is METING:
                return row
            if (row.brin, row.student) in students or row.leerbedrijf_id in companies:
                return None
            number = row.volgorde if subject is UITWISSELING else None
            return row.brin, row.student, row.inschrijvingvolgnummer, row.volgnummer, number

        known = {}
        for subject, part in earlier.parts.items():
            patterns: dict[Any, Pattern | None] = {
                same(subject, row): old for row, old in zip(part.subjects, part.patterns, strict=True)
            }
            patterns[None] = None
            known[subject] = [patterns.get(same(subject, row)) for row in subjects[subject]]
        return run(settings, context, subjects, known=known)


def _differs_for_all(before: Keten, now: Keten) -> bool:
    if before.niet_opgezocht != now.niet_opgezocht or before.tabellen_niet_opgezocht != now.tabellen_niet_opgezocht:
        return True
    return any(before.table(name) != now.table(name) for name in _FOR_ALL)


def _changed(before: Keten, now: Keten, tables: Iterable[str]) -> set[Any]:
    """Give every record that only one of two ketens has."""
    found: set[Any] = set()
    for name in tables:
        old, new = before.table(name) or (), now.table(name) or ()
        if old is not new:
            # Most records are the very same object: only of the others the cells are compared.
            seen, kept = set(map(id, old)), set(map(id, new))
            found |= {row for row in old if id(row) not in kept} ^ {row for row in new if id(row) not in seen}
    return found
