"""
A subject for a rule and an outcome: a chain, the arguments of a run, and the subject that has that outcome in it.

Every one starts from a conformance case that a person worked out, and is made unlike it: other names, cells that the
rule does not read, days moved a little, rows of others beside it. What no longer has the outcome is put back, so that
there is always one, and it is judged before it is given.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

import attrs

from bpvo_rules.errors import ExtraMissingError

try:
    from hypothesis import strategies as st
except ModuleNotFoundError:
    raise ExtraMissingError("testing") from None

from bpvo_rules.codes import Brin, Volgnummer
from bpvo_rules.errors import DuplicateKeyError, UnreachableError
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES
from bpvo_rules.model.fields import Soort
from bpvo_rules.questions import RULES
from bpvo_rules.rules import Outcome, Rule
from bpvo_rules.rules.term import ALWAYS
from bpvo_rules.testing.answer import ready_judge
from bpvo_rules.testing.kit import Case, cases, keten_of, run_of
from bpvo_rules.testing.worlds import World, seeded_world

__all__ = ["Subject", "subject_for", "unreachable"]


class Subject(NamedTuple):
    """
    A subject that has an outcome.

    Attributes:
        world: The chain, and the arguments of a run over it.
        key: The key of the subject in it.
        rule: Code of the rule.
        outcome: The outcome that it has for that subject.

    """

    world: World
    key: str
    rule: str
    outcome: Outcome


def unreachable() -> Mapping[tuple[str, Outcome], str]:
    """Give the pairs of a rule and an outcome that no subject can have, with the reason."""
    return {
        (rule.code, Outcome.OUT_OF_SCOPE): "it has no scope, and is valid on every day"
        for rule in RULES
        if rule.full_scope is ALWAYS
    }


def subject_for(rule: str | Rule, outcome: Outcome | str) -> st.SearchStrategy[Subject]:
    """
    Make subjects for which a rule has an outcome.

    Args:
        rule: A rule of the library, or its code.
        outcome: The outcome that it must have.

    Raises:
        UnreachableError: for a rule that the library does not have, or an outcome that the rule can never have.
        ValueError: for a word that is no outcome.

    """
    code, wanted = rule if isinstance(rule, str) else rule.code, Outcome(outcome)
    reason = unreachable().get((code, wanted))
    if reason is not None:
        raise UnreachableError(f"{code} is never {wanted}: {reason}.")
    starts = _starts().get((code, wanted), ())
    if not starts:
        raise UnreachableError(f"There is no rule {code} of which a case is known that is {wanted}.")
    return st.builds(
        _made, st.sampled_from(starts), st.randoms(use_true_random=False, note_method_calls=False), st.integers(0, 3)
    )


class _Start(NamedTuple):
    case: Case
    key: str
    outcome: Outcome


@cache
def _starts() -> Mapping[tuple[str, Outcome], tuple[_Start, ...]]:
    found: dict[tuple[str, Outcome], list[_Start]] = {}
    for case in cases():
        for line in case.expected:
            # A line of a foto counts; the others name their subject.
            if len(line) == 3:
                code, key, outcome = line
                found.setdefault((code, Outcome(outcome)), []).append(_Start(case, key, Outcome(outcome)))
    return {pair: tuple(starts) for pair, starts in found.items()}


def _has_outcome(subject: Subject) -> bool:
    arguments = subject.world.arguments
    judge = ready_judge(arguments.pop("norms"), rule=subject.rule)
    try:
        outcomes = judge.keten(subject.world.keten, **arguments).outcomes(subject.rule)
    except DuplicateKeyError:
        # Another name may be that of somebody else.
        return False
    return outcomes.get(subject.key) is subject.outcome


def _made(start: _Start, chance: random.Random, steps: int) -> Subject:
    """Change a case step by step, as long as the subject keeps its outcome."""
    run = run_of(start.case.request)
    world = World(keten_of(start.case.request), run["peildatum"], run["kennisdatum"], run["perspectief"], run["norms"])
    found = Subject(world, start.key, start.case.code, start.outcome)
    for step in chance.sample(_STEPS, steps):
        changed = step(found, chance)
        if _has_outcome(changed):
            found = changed
    return found


# ---- the steps


def _renamed(subject: Subject, chance: random.Random) -> Subject:
    """Give school, student and numbers other names, in every table and in the key."""
    names = {
        "brin": Brin(f"{chance.randint(0, 99):02}{chance.choice('ABLXYZ')}{chance.choice('ADFGXZ')}"),
        "student": "".join(chance.choice("abcdefghjkmnpqrstuvwxyz") for _ in range(chance.randint(1, 12))),
        "inschrijvingvolgnummer": Volgnummer(str(chance.randint(1, 10**6))),
    }
    parts = subject.key.split("/", 3)
    if len(parts) < 4:
        return subject
    old = dict(zip(names, parts, strict=False))
    tables = {}
    for name, table in TABLES.items():
        rows = subject.world.keten.table(name)
        columns = [column for column in names if column in table.columns]
        if rows and columns:
            tables[name] = [
                attrs.evolve(row, **{c: names[c] for c in columns if str(getattr(row, c)) == old[c]}) for row in rows
            ]
    key = "/".join([*map(str, names.values()), parts[3]])
    return subject._replace(world=subject.world._replace(keten=subject.world.keten.with_tables(tables)), key=key)


def _beside(subject: Subject, chance: random.Random) -> Subject:
    """Put the deliveries, recognitions and requests of a chain of chance beside those that are there."""
    other, keten = seeded_world(chance.randint(0, 10**6)).keten, subject.world.keten
    tables = {}
    for name in ("uitwisselingen", "erkenningen", "inschrijvingsperiodes", "erkenningsaanvragen"):
        rows, more = keten.table(name), other.table(name)
        if rows is not None and more and not any(table == name for table, _ in keten.niet_opgezocht):
            tables[name] = [*rows, *(_of_another(row) for row in more)]
            chance.shuffle(tables[name])
    return subject._replace(world=subject.world._replace(keten=keten.with_tables(tables)))


def _of_another(row: Any) -> Any:
    if hasattr(row, "student"):
        return attrs.evolve(row, student=f"other-{row.student}")
    return attrs.evolve(row, aanvraag_id=f"other-{row.aanvraag_id}") if hasattr(row, "aanvraag_id") else row


def _moved(subject: Subject, chance: random.Random) -> Subject:
    """Move one day of one row to a day beside it."""
    found = _cells(subject.world.keten, (Soort.DAY,))
    if not found:
        return subject
    table, at, column, day = chance.choice(found)
    near = day + timedelta(days=chance.choice((-7, -1, 1, 7)))
    return _with(subject, table, at, column, near)


def _other_number(subject: Subject, chance: random.Random) -> Subject:
    """Give one whole number of one row another value."""
    found = [cell for cell in _cells(subject.world.keten, (Soort.WHOLE,)) if cell[2] not in {"volgorde", "niveau"}]
    if not found:
        return subject
    table, at, column, number = chance.choice(found)
    return _with(subject, table, at, column, max(0, number + chance.choice((-1, 1, 10))))


def _later(subject: Subject, chance: random.Random) -> Subject:
    """Judge about another day, and know until another one."""
    days = timedelta(days=chance.choice((-1, 1, 3)))
    known = subject.world.kennisdatum
    return subject._replace(
        world=subject.world._replace(
            peildatum=subject.world.peildatum + days, kennisdatum=None if known is None else known + days
        )
    )


_STEPS = (_renamed, _beside, _moved, _other_number, _later)


def _cells(keten: Keten, kinds: Sequence[Soort]) -> list[tuple[str, int, str, Any]]:
    return [
        (name, at, column, value)
        for name, table in TABLES.items()
        for at, row in enumerate(keten.table(name) or ())
        for column, spec in table.columns.items()
        if spec.soort in kinds
        and not spec.key
        and (value := getattr(row, column)) is not None
        and (type(value) is not date or date(1901, 1, 1) < value < date(9000, 1, 1))
    ]


def _with(subject: Subject, table: str, at: int, column: str, value: Any) -> Subject:
    rows = list(subject.world.keten.table(table) or ())
    rows[at] = attrs.evolve(rows[at], **{column: value})
    return subject._replace(world=subject.world._replace(keten=subject.world.keten.with_tables({table: rows})))
