"""The engines of the tests, and what the reference and an engine must agree in."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

from bpvo_rules import Judgement
from bpvo_rules.foto import seal
from bpvo_rules.frames import Engine, FrameJudgement, engine_named
from bpvo_rules.judge import Result, receipt, storingen

NAMES = ("polars", "duckdb", "pandas", "pyspark")
LOCAL = ("polars", "duckdb", "pandas")
"""Those that start at once: Spark is tested for real too, but on fewer chains."""


@cache
def start_spark() -> None:
    """Start Spark on this machine, with as few parts as the chains of tests need."""
    builder = import_module("pyspark.sql").SparkSession.builder.master("local[1]")
    for name, value in {
        "spark.sql.shuffle.partitions": "1",
        "spark.default.parallelism": "1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.log.level": "ERROR",
    }.items():
        builder = builder.config(name, value)
    builder.getOrCreate()


@contextmanager
def engine(name: str) -> Iterator[Engine]:
    """Give an engine, and give back what it held."""
    if name == "pyspark":
        start_spark()
    made = engine_named(name)
    yield made
    made.release()


def assert_equal(found: FrameJudgement, reference: Judgement) -> None:
    """Hold every outcome, reason, melding with its evidence, count and receipt of an engine to the reference."""
    assert_same_outcomes(found, reference)
    assert list(found.verdicts()) == list(reference.verdicts())


def assert_same_outcomes(found: FrameJudgement, reference: Judgement) -> None:
    """The same without the reason of every outcome that cannot be determined."""
    assert not found.failures
    assert found.sizes == reference.sizes
    assert found.counts == reference.counts
    assert found.question_counts == reference.question_counts
    assert found.meldingen() == reference.meldingen()
    assert storingen(found) == storingen(reference)
    assert _told(found) == _told(reference)
    if is_of_a_foto(reference):
        assert seal(found) == seal(reference)


def is_of_a_foto(result: Result) -> bool:
    """Say whether a foto can be taken of a result."""
    return result.perspectief == "keten" and result.kennisdatum == result.peildatum


def _told(result: Result) -> dict[str, Any]:
    """Give the receipt without what is of the engine only."""
    return {name: value for name, value in receipt(result).items() if name not in {"engine", "input_digest"}}
