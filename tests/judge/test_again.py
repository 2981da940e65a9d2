"""A keten of which most was judged before: what comes out is what judging everything gives."""

import random
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from tests.judge.werelden import JUDGE, judged, run_of

from bpvo_rules import Keten, judge_again
from bpvo_rules.errors import DuplicateKeyError
from bpvo_rules.judge import Judgement, receipt
from bpvo_rules.model import TABLES
from bpvo_rules.questions import SUBJECTS
from bpvo_rules.rules import SubjectType
from bpvo_rules.rules.source import Program
from bpvo_rules.testing.worlds import seeded_world


def said(judgement: Judgement) -> object:
    """Give everything that a judgement says."""
    return list(judgement.verdicts()), judgement.meldingen(), receipt(judgement), judgement.question_counts


@pytest.mark.parametrize("seed", range(8000, 8024))
def test_any_keten_after_any_other(seed: int) -> None:
    """Two small chains share companies, students and numbers of BPVO's, and little else."""
    before, now = seeded_world(seed), seeded_world(seed + 500)
    arguments = run_of(before)
    expected = JUDGE.keten(now.keten, **arguments)

    assert said(judge_again(judged(before), now.keten)) == said(expected)


def one_change(keten: Keten, chance: random.Random) -> Iterator[Keten]:
    """Give, per table, the chain with a row less, a row with the values of other rows, and the table not looked up."""
    for name in TABLES:
        rows = list(keten.table(name) or ())
        if rows:
            at = chance.randrange(len(rows))
            yield keten.with_tables({name: [*rows[:at], *rows[at + 1 :]]})
            free = [field.name for field in attrs.fields(type(rows[at])) if field.name not in TABLES[name].key]
            cells: dict[str, Any] = {n: getattr(chance.choice(rows), n) for n in free}
            yield keten.with_tables({name: [*rows[:at], attrs.evolve(rows[at], **cells), *rows[at + 1 :]]})
        yield keten.with_tables({name: None})


@pytest.mark.parametrize("seed", range(8124, 8148))
def test_one_change_of_one_table(seed: int) -> None:
    """Other rows may hold for many subjects: a company, a student, a reference table."""
    world = seeded_world(seed)
    before = judged(world)
    for keten in one_change(world.keten, random.Random(seed)):  # noqa: S311 - test data
        assert said(judge_again(before, keten)) == said(JUDGE.keten(keten, **run_of(world)))


def programs(monkeypatch: pytest.MonkeyPatch, judgement: Judgement) -> dict[SubjectType, list[Any]]:
    """Watch which subjects the programs of a judgement are run for."""
    ran: dict[SubjectType, list[Any]] = {subject: [] for subject in SUBJECTS}

    def watched(program: Program, subject: SubjectType) -> Program:
        def run(row: Any, context: Any) -> Any:
            ran[subject].append(row)
            return program.run(row, context)

        return attrs.evolve(program, run=run)

    settings = judgement.settings
    made = {subject: watched(part.program, subject) for subject, part in judgement.parts.items()}
    monkeypatch.setattr(type(settings), "program", lambda _, subject, *__, **___: made[subject])
    return ran


def test_only_what_can_have_changed_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """One BPVO moves to another company: those of that student are judged, and no other."""
    world = next(w for w in map(seeded_world, range(8200, 8300)) if len(judged(w).context.stand.bpvos) > 3)
    before = judged(world)
    rows = list(world.keten.uitwisselingen or ())
    mine = (rows[0].brin, rows[0].student)
    rows[0] = attrs.evolve(rows[0], omvang=(rows[0].omvang or 0) + 1)
    ran = programs(monkeypatch, before)

    judge_again(before, world.keten.with_tables({"uitwisselingen": rows}))

    found = [row for subject in SUBJECTS for row in ran[subject]]
    assert found
    assert {(row.brin, row.student) for row in found} == {mine}


def test_the_same_tables_are_not_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when every record was read anew: what counts is what stands in the cells."""
    world = seeded_world(8201)
    before = judged(world)
    copies = {name: [attrs.evolve(row) for row in world.keten.table(name) or ()] for name in TABLES}
    kept = {name: rows for name, rows in copies.items() if world.keten.table(name) is not None}
    ran = programs(monkeypatch, before)

    judge_again(before, world.keten.with_tables(kept))

    assert not any(ran.values())


def test_two_records_with_one_key_are_refused_as_ever() -> None:
    world = next(w for w in map(seeded_world, range(8200, 8300)) if w.keten.uitwisselingen)
    rows = tuple(world.keten.uitwisselingen or ())

    with pytest.raises(DuplicateKeyError):
        judge_again(judged(world), world.keten.with_tables({"uitwisselingen": (*rows, attrs.evolve(rows[0]))}))


def test_a_part_is_not_taken_further() -> None:
    """What one school may see is not what others were judged by; and one BPVO is no keten."""
    world = next(w for w in map(seeded_world, range(8200, 8300)) if judged(w).context.stand.bpvos)
    whole = judged(world)
    bpvo = whole.context.stand.bpvos[0]

    for part in (whole.of_school(bpvo.brin), JUDGE.bpvo(bpvo, peildatum=world.peildatum)):
        with pytest.raises(ValueError, match="whole keten"):
            judge_again(part, world.keten)
