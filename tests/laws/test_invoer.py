"""Neither the order of the input nor how it is split changes an answer."""

import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.judge.werelden import JUDGE, judged, run_of

from bpvo_rules import Judgement
from bpvo_rules.judge import storingen
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES
from bpvo_rules.testing.strategies import worlds
from bpvo_rules.testing.worlds import World, seeded_world

PER_SCHOOL = tuple(name for name, table in TABLES.items() if "brin" in table.columns and name != "instellingen")


def said(judgement: Judgement) -> tuple[Any, ...]:
    """Give everything that is said of subjects, in its order."""
    return list(judgement.verdicts()), judgement.meldingen(), judgement.counts, judgement.question_counts


def shuffled(keten: Keten, chance: random.Random) -> Keten:
    """Give a chain with the rows of every table in another order."""
    tables = {name: list(keten.table(name) or ()) for name in TABLES if keten.is_opgezocht(name)}
    for rows in tables.values():
        chance.shuffle(rows)
    return keten.with_tables(tables)


@settings(max_examples=40, deadline=None)
@given(world=worlds(), chance=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(world: World, chance: random.Random) -> None:
    """Not even the order of what comes out."""
    assert said(JUDGE.keten(shuffled(world.keten, chance), **run_of(world))) == said(judged(world))


def split(keten: Keten) -> list[Keten]:
    """Give a chain per school, and one of what no school has; all share the register and the reference."""
    schools = {row.brin for name in PER_SCHOOL for row in keten.table(name) or ()}
    return [
        keten.with_tables(
            {
                name: [row for row in rows if row.brin == brin]
                for name in PER_SCHOOL
                if (rows := keten.table(name)) is not None
            }
        )
        for brin in sorted(schools, key=str) or [None]
    ]


def test_every_table_of_a_school_is_split() -> None:
    assert PER_SCHOOL == (
        "inschrijvingen",
        "inschrijvingsperiodes",
        "uitwisselingen",
        "erkenningsaanvragen",
        "white_label_metingen",
    )


@pytest.mark.parametrize("batch", range(3))
def test_judging_school_by_school_gives_what_judging_them_together_gives(batch: int) -> None:
    """The verdicts and meldingen of the parts together are those of the whole, and the counts add up."""
    parts_seen = 0
    for seed in range(batch * 60, (batch + 1) * 60):
        world = seeded_world(seed)
        whole = judged(world)
        parts = [JUDGE.keten(keten, **run_of(world)) for keten in split(world.keten)]
        parts_seen += len(parts)

        verdicts = sorted((v for p in parts for v in p.verdicts()), key=lambda v: (v.rule, v.subject))
        assert verdicts == sorted(whole.verdicts(), key=lambda v: (v.rule, v.subject)), seed
        meldingen = sorted((m for p in parts for m in p.meldingen()), key=lambda m: m.id)
        assert meldingen == sorted(whole.meldingen(), key=lambda m: m.id), seed
        assert sorted(s for p in parts for s in storingen(p)) == sorted(storingen(whole)), seed
        for question, counts in whole.question_counts.items():
            added = sum((Counter(p.question_counts[question]) for p in parts), Counter())
            assert all(added[outcome] == number for outcome, number in counts.items()), seed
    assert parts_seen > 100
