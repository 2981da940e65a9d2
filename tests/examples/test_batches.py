"""The batches on Polars and on Spark, and the profile: each says what the reference says."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.examples.laden import example
from tests.frames.motoren import start_spark

from bpvo_rules import judge, receipt
from bpvo_rules.io import write_ketendata
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES
from bpvo_rules.rules import Outcome
from bpvo_rules.simulate import simulate

P = date(2019, 7, 1)


def chain(bpvos: int) -> Keten:
    """Give a small simulated chain."""
    return simulate(seed=4, instellingen=1, bpvos=bpvos).keten


def folder(tmp_path: Path, keten: Keten) -> Path:
    """Write a chain as Parquet."""
    write_ketendata(keten, tmp_path / "keten", form="parquet")
    return tmp_path / "keten"


def assert_written(out: Path, keten: Keten, counts: Mapping[str, Mapping[Outcome, int]], **settings: Any) -> None:
    """Hold counts and files of a batch to the reference."""
    reference = judge(keten, peildatum=P, **settings)
    written = out / "verdicts.parquet"
    # Spark writes a folder of parts.
    verdicts = pl.read_parquet(written / "*.parquet" if written.is_dir() else written).rows(named=True)
    meldingen = pl.read_parquet(out / "meldingen.parquet")["melding"].to_list()

    assert counts == reference.question_counts
    assert {(v["rule"], v["subject"]): v["outcome"] for v in verdicts} == {
        (v.rule, v.subject): str(v.outcome) for v in reference.verdicts()
    }
    assert meldingen == [melding.id for melding in reference.meldingen()]


def test_the_batch_on_polars(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keten = chain(200)
    source = folder(tmp_path, keten)
    counts = example("batch_polars").batch(source, tmp_path / "uit", peildatum=P)

    assert_written(tmp_path / "uit", keten, counts)
    example("batch_polars").main([str(source), str(tmp_path / "weer"), "--peildatum", "2019-07-01"])
    assert "bpvo_tijdig voldoet=" in capsys.readouterr().out


@pytest.mark.xdist_group("spark")
def test_the_batch_on_spark(tmp_path: Path) -> None:
    start_spark()
    from pyspark.sql import SparkSession

    # Spark takes seconds for each table and each rule, however few records there are.
    tables = {name: None for name in TABLES if name != "uitwisselingen"}
    keten = chain(12).with_tables(tables)
    spark = SparkSession.builder.getOrCreate()
    few: dict[str, Any] = {"only_rules": ["tijdig_bij_duo"]}
    counts = example("batch_spark").batch(spark, folder(tmp_path, keten), tmp_path / "uit", peildatum=P, **few)

    assert_written(tmp_path / "uit", keten, counts, **few)


def test_a_rule_that_fails_stops_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A count without its outcomes would look good."""
    module: Any = example("batch_polars")
    real = module.judge_frames

    def broken(*given: Any, **options: Any) -> Any:
        found = real(*given, **options)
        object.__setattr__(found, "failures", (type("Failure", (), {"rule": "erkend_bij_aanvang", "error": "E"})(),))
        return found

    monkeypatch.setattr(module, "judge_frames", broken)
    with pytest.raises(RuntimeError, match="erkend_bij_aanvang"):
        module.batch(folder(tmp_path, chain(20)), tmp_path / "uit", peildatum=P)


def test_rows_that_cannot_be_read_stop_a_batch(tmp_path: Path) -> None:
    """A delivery that is left out changes what is said of others, so the batch does not end well."""
    source = folder(tmp_path, chain(20))
    table = source / "uitwisselingen.parquet"
    pl.read_parquet(table).with_columns(soort=pl.lit("TOEVOEGING")).write_parquet(table)

    with pytest.raises(RuntimeError, match="rows could not be read"):
        example("batch_polars").batch(source, tmp_path / "uit", peildatum=P)


def test_a_profile_departs_where_it_says_and_nowhere_else(capsys: pytest.CaptureFixture[str]) -> None:
    """Question 1 gets stricter, question 3 milder, the others stay; every line of it stands in the receipt."""
    simulatie = simulate(seed=1, instellingen=1, bpvos=300)
    found = example("school_profile").both(simulatie.keten, simulatie.peildatum)
    differ = {
        question: {str(outcome): after - before for outcome, (before, after) in outcomes.items() if before != after}
        for question, outcomes in found.items()
    }

    assert {question for question, changes in differ.items() if changes} == {"bpvo_erkend_leerbedrijf", "bpvo_tijdig"}
    assert differ["bpvo_erkend_leerbedrijf"]["voldoet_niet"] > 0
    assert differ["bpvo_tijdig"]["voldoet_niet"] < 0
    profile = receipt(judge(simulatie.keten, peildatum=simulatie.peildatum, profile=example("school_profile").PROFILE))
    assert [line["rule"] for line in profile["profile"]["kinds"]] == ["erkenning_dekt_planning", "tijdig_bij_sbb"]
    example("school_profile").main()
    assert "Een stage die haar erkenning overleeft, plannen wij niet." in capsys.readouterr().out
