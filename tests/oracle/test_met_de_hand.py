"""The rules written by hand in SQL and in Polars, from their texts alone, say what the judge says of every subject."""

from datetime import date
from functools import cache
from pathlib import Path
from runpy import run_path

import polars as pl
import pytest

from bpvo_rules import judge
from bpvo_rules.io import write_ketendata
from bpvo_rules.keten import Keten
from bpvo_rules.rules import Outcome
from bpvo_rules.simulate import simulate

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
NAMED = frozenset(run_path(str(BENCHMARKS / "landelijk.py"))["RULES"])
"""The rules that are written by hand; a rule that is added later need not be among them."""
WRITTEN = 31
"""As many were written first, all that run without a norm of the caller; there never are fewer."""
OUTCOMES = (Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.OUT_OF_SCOPE)


@cache
def _keten() -> Keten:
    return simulate(seed=11, instellingen=4, bpvos=600).keten


@pytest.mark.parametrize("day", ["2018-03-01", "2018-10-15", "2019-07-01"])
@pytest.mark.parametrize("language", ["duckdb", "polars"])
def test_the_second_reading_agrees_on_every_subject(language: str, day: str, tmp_path: Path) -> None:
    """Every rule that is named, and no other, on a chain in which everything was looked up."""
    peildatum = date.fromisoformat(day)
    write_ketendata(_keten(), tmp_path / "keten", form="parquet")
    by_hand = run_path(str(BENCHMARKS / f"landelijk_{language}.py"))
    by_hand["judge"](tmp_path / "keten", tmp_path / "uit", peildatum)
    judgement = judge(_keten(), peildatum=peildatum)
    seen = set()
    for path in (tmp_path / "uit").glob("*.parquet"):
        table = pl.read_parquet(path)
        for rule in (name for name in table.columns if name != "subject"):
            found = dict(zip(table["subject"], (OUTCOMES[number] for number in table[rule]), strict=True))
            assert found == judgement.outcomes(rule), rule
            seen.add(rule)

    assert seen == NAMED


def test_the_rules_that_were_written_by_hand_stay_written() -> None:
    assert len(NAMED) >= WRITTEN
