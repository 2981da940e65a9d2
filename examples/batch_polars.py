"""
A batch at SBB: a folder of Parquet, judged where it stands, with Polars.

Every verdict goes into one Parquet file and every melding into another. A table or column that is not there was not
looked up; a row that cannot be read is counted.

Run it: `python examples/batch_polars.py FOLDER OUT --peildatum 2019-07-01`
"""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from bpvo_rules.frames import FrameKeten, judge_frames
from bpvo_rules.report.formats import meldingen_parquet
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Outcome


def batch(folder: Path, out: Path, *, peildatum: date, **settings: Any) -> dict[str, dict[Outcome, int]]:
    """Judge the tables of a folder; gives the outcomes per question. Settings: those of `make_settings`."""
    out.mkdir(parents=True, exist_ok=True)
    with FrameKeten.lees(folder, "polars") as keten, judge_frames(keten, peildatum=peildatum, **settings) as judgement:
        judgement.write_verdicts(out / "verdicts.parquet")
        meldingen_parquet(judgement, Say("nl"), out / "meldingen.parquet")
        if keten.invoerfouten:
            lost = sum(fault.aantal for fault in keten.invoerfouten)
            raise RuntimeError(f"{lost} rows could not be read: what is missing changes the outcomes of others.")
        for failure in judgement.failures:
            raise RuntimeError(f"Rule {failure.rule} stopped with {failure.error}: its outcomes are not known.")
        return {code: dict(counts) for code, counts in judgement.question_counts.items()}


def main(given: list[str] | None = None) -> None:
    """Run the batch and say what came out."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--peildatum", type=date.fromisoformat, required=True)
    asked = parser.parse_args(given)
    for question, counts in batch(asked.folder, asked.out, peildatum=asked.peildatum).items():
        print(question, *(f"{outcome}={number}" for outcome, number in counts.items()))


if __name__ == "__main__":
    main()
