"""Every engine says what the reference says: on simulated chains, and on small nasty ones in which much is missing."""

from collections import Counter
from datetime import date, timedelta
from functools import cache

import attrs
import polars as pl
import pytest
from tests.cli.runner import kleine_keten
from tests.frames.motoren import LOCAL, NAMES, assert_equal, assert_same_outcomes, engine
from tests.frames.test_invoer import WAYS
from tests.judge.werelden import JUDGE, judged, run_of

from bpvo_rules import Judgement, judge
from bpvo_rules.frames import FrameKeten, judge_frames
from bpvo_rules.model import TABLES
from bpvo_rules.rules import Outcome
from bpvo_rules.simulate import Simulatie, simulate
from bpvo_rules.testing.worlds import seeded_world

DAG, EEN = date(2018, 10, 1), timedelta(days=1)
NORMS = {"speling_na_aanvang": 3, "maximale_duur_ms": 500}
WORLDS = {"polars": range(28), "duckdb": range(100, 102), "pandas": range(200, 208), "pyspark": range(301, 302)}


@cache
def _simulatie(bpvos: int) -> Simulatie:
    return simulate(seed=3, instellingen=4, bpvos=bpvos)


@cache
def _reference(bpvos: int, perspectief: str) -> Judgement:
    chain = _simulatie(bpvos)
    return judge(chain.keten, peildatum=chain.peildatum, perspectief=perspectief, norms=NORMS)


@pytest.mark.parametrize("perspectief", ["keten", "instelling"])
@pytest.mark.parametrize("name", LOCAL)
def test_a_simulated_chain(name: str, perspectief: str) -> None:
    """Equal in outcomes, reasons, meldingen with evidence, storingen, receipt and the counts of a foto."""
    chain = _simulatie(700)
    with engine(name) as made:
        found = judge_frames(
            FrameKeten.uit(chain.keten, made), peildatum=chain.peildatum, perspectief=perspectief, norms=NORMS
        )
        assert_equal(found, _reference(700, perspectief))


@pytest.mark.parametrize("name", LOCAL)
@pytest.mark.parametrize("question", ["white_label_beschikbaar", "bpvo_erkend_leerbedrijf"])
def test_one_question(name: str, question: str) -> None:
    """Other subject types have no rule then, and are only counted."""
    chain = _simulatie(120)
    with engine(name) as made:
        found = judge_frames(FrameKeten.uit(chain.keten, made), peildatum=chain.peildatum, only_questions=[question])
        assert_equal(found, judge(chain.keten, peildatum=chain.peildatum, only_questions=[question]))


@pytest.mark.parametrize("day", ["2016-09-01", "2018-05-01", "2019-01-31", "2020-08-15"])
def test_other_days(day: str) -> None:
    """A year before the chain was known well, and a year after it."""
    chain = _simulatie(700)
    peildatum = date.fromisoformat(day)
    with engine("polars") as made:
        found = judge_frames(FrameKeten.uit(chain.keten, made), peildatum=peildatum, norms=NORMS)
        assert_equal(found, judge(chain.keten, peildatum=peildatum, norms=NORMS))


def test_a_simulated_chain_on_spark() -> None:
    """
    The distributed engine runs for real, in local mode: a rule with many reasons, of many subjects.

    Every rule is asked of a small chain below; reasons take a query per rule.
    """
    chain = _simulatie(120)
    one, day = ["tijdig_bij_sbb"], chain.peildatum
    with engine("pyspark") as made:
        found = judge_frames(FrameKeten.uit(chain.keten, made), peildatum=day, only_rules=one)
        assert_equal(found, judge(chain.keten, peildatum=day, only_rules=one))


@pytest.mark.parametrize(("name", "seed"), [(name, seed) for name in NAMES for seed in WORLDS[name]])
def test_small_chains_in_which_much_is_missing(name: str, seed: int) -> None:
    """Equal also where tables and columns were not looked up, cells are empty, and days lie on boundaries."""
    world = seeded_world(seed)
    with engine(name) as made:
        found = judge_frames(FrameKeten.uit(world.keten, made), settings=JUDGE.settings, **run_of(world))
        same = assert_same_outcomes if name == "pyspark" else assert_equal
        same(found, judged(world))


def test_the_chains_exercise_every_rule_in_every_way() -> None:
    """An equality says nothing about a rule that never ran, nor about one that always says the same."""
    seen: dict[str, Counter[Outcome]] = {}
    for counts in (
        _reference(700, "keten").counts,
        *(judged(seeded_world(seed)).counts for seed in WORLDS["polars"]),
    ):
        for rule, found in counts.items():
            seen.setdefault(rule, Counter()).update(found)

    assert set(seen) == {rule.code for rule in JUDGE.settings.rules}
    for rule, outcomes in seen.items():
        assert outcomes[Outcome.MET], rule
        assert outcomes[Outcome.NOT_MET], rule


@pytest.mark.parametrize(
    ("vanaf", "tot", "known"),
    [(DAG, None, True), (DAG + EEN, None, False), (None, DAG + EEN, True), (None, DAG, False), (DAG, DAG + EEN, True)],
)
@pytest.mark.parametrize("name", LOCAL)
def test_a_row_of_the_register_is_known_from_its_first_day_until_the_day_before_its_last(
    name: str, vanaf: date | None, tot: date | None, *, known: bool
) -> None:
    """``bekend_vanaf <= K < bekend_tot``; an empty bound is open."""
    keten = kleine_keten()
    rows = [attrs.evolve(row, bekend_vanaf=vanaf, bekend_tot=tot) for row in keten.erkenningen or ()]
    changed = keten.with_tables({"erkenningen": rows})
    with engine(name) as made:
        found = judge_frames(FrameKeten.uit(changed, made), peildatum=DAG)
        assert found.counts["erkend_bij_aanvang"][Outcome.MET] == (3 if known else 0)
        assert found.counts == judge(changed, peildatum=DAG).counts


@pytest.mark.parametrize("name", LOCAL)
def test_more_rows_than_an_engine_takes_at_once(name: str) -> None:
    """Engines work in batches and threads; what belongs to one BPVO must stay together."""
    number = 66_000  # twice that is more than DuckDB keeps in one row group
    on_time = kleine_keten().uitwisselingen[0]  # type: ignore[index] # it was looked up
    cells = {column: getattr(on_time, column) for column in TABLES["uitwisselingen"].columns}
    rows = {column: [value] * (2 * number) for column, value in cells.items()}
    rows["student"] = [f"s{at // 2}" for at in range(2 * number)]
    rows["volgorde"] = [1 + at % 2 for at in range(2 * number)]
    # Every third BPVO first reached DUO a day late; a second delivery, a month later, changes nothing about that.
    last_day = date(2018, 8, 27)
    assert on_time.ontvangen_duo_op == last_day
    first = [last_day + (EEN if at % 3 == 0 else 0 * EEN) for at in range(number)]
    rows["ontvangen_duo_op"] = [day + at % 2 * 20 * EEN for at, day in enumerate(d for d in first for _ in range(2))]
    turned = [at * 7919 % (2 * number) for at in range(2 * number)]  # 7919 is prime, so each row comes once
    frame = pl.DataFrame({column: [values[at] for at in turned] for column, values in rows.items()})
    with FrameKeten.van({"uitwisselingen": WAYS[name](frame)}) as keten:
        found = judge_frames(keten, peildatum=DAG, only_rules=["tijdig_bij_duo"])
        assert found.counts["tijdig_bij_duo"][Outcome.NOT_MET] == number / 3
        assert found.counts["tijdig_bij_duo"][Outcome.MET] == number - number / 3
