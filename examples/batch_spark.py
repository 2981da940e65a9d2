"""
The same batch on Spark: the session decides where the work is done, and only records behind meldingen come here.

On a cluster the session is configured there. In a country with many meldingen take the schools one by one: BPVO's and
deliveries of different schools do not meet, so their counts add up.

Run it: `python examples/batch_spark.py FOLDER OUT --peildatum 2019-07-01`
"""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from bpvo_rules.frames import FrameKeten, judge_frames
from bpvo_rules.model import TABLES
from bpvo_rules.report.formats import meldingen_parquet
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Outcome


def batch(
    spark: SparkSession, folder: Path, out: Path, *, peildatum: date, **settings: Any
) -> dict[str, dict[Outcome, int]]:
    """Judge a folder in a session; gives the outcomes per question. Settings are those of `make_settings`."""
    out.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{name}.parquet" for name in TABLES}
    tables = {name: spark.read.parquet(str(path)) for name, path in paths.items() if path.exists()}
    with FrameKeten.van(tables) as keten, judge_frames(keten, peildatum=peildatum, **settings) as judgement:
        judgement.write_verdicts(out / "verdicts.parquet")
        meldingen_parquet(judgement, Say("nl"), out / "meldingen.parquet")
        if keten.invoerfouten:
            lost = sum(fault.aantal for fault in keten.invoerfouten)
            raise RuntimeError(f"{lost} rows could not be read: what is missing changes the outcomes of others.")
        for failure in judgement.failures:
            raise RuntimeError(f"Rule {failure.rule} stopped with {failure.error}: its outcomes are not known.")
        return {code: dict(counts) for code, counts in judgement.question_counts.items()}


def main(given: list[str] | None = None) -> None:
    """Run the batch in the session that there is, or else in one on this machine."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--peildatum", type=date.fromisoformat, required=True)
    asked = parser.parse_args(given)
    spark = SparkSession.builder.appName("bpvo-rules").getOrCreate()
    for question, counts in batch(spark, asked.folder, asked.out, peildatum=asked.peildatum).items():
        print(question, *(f"{outcome}={number}" for outcome, number in counts.items()))


if __name__ == "__main__":
    main()
