"""Parquet: the columns and rows of the csv, as types of a data platform."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest
from tests.report.resultaten import RESULTATEN, gewoon, leeg

from bpvo_rules.judge import Result
from bpvo_rules.report.formats import meldingen_csv, meldingen_parquet
from bpvo_rules.report.formats.cells import MARK
from bpvo_rules.report.wording import Say

COLUMNS = "melding kind question rule subject_type subject brin domein party text evidence repair source".split()


def test_it_says_what_the_csv_says(resultaat: Result, tmp_path: Path) -> None:
    """Row by row; what is an empty cell there is null here, and evidence is taken apart."""
    meldingen_parquet(resultaat, Say("en"), tmp_path / "m.parquet")
    found = pl.read_parquet(tmp_path / "m.parquet")
    text = "".join(meldingen_csv(resultaat, Say("en")))
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))

    assert found.columns == COLUMNS
    assert [
        {
            name: " | ".join(f"{e['name']}={e['value'] or ''}" for e in value) if name == "evidence" else value or ""
            for name, value in row.items()
        }
        for row in found.to_dicts()
    ] == [{name: cell.removeprefix(MARK) for name, cell in row.items()} for row in rows]


@pytest.mark.parametrize("made", [gewoon, leeg])
def test_the_types_are_the_same_with_and_without_rows(tmp_path: Path, made: object) -> None:
    meldingen_parquet((gewoon if made is gewoon else leeg)(), Say("nl"), tmp_path / "m.parquet")
    schema = pl.read_parquet(tmp_path / "m.parquet").schema

    assert schema["evidence"] == pl.List(pl.Struct({"name": pl.String, "value": pl.String}))
    assert {schema[name] for name in COLUMNS if name != "evidence"} == {pl.String()}


def test_what_is_missing_is_null(tmp_path: Path) -> None:
    """A national measurement has no school; a fact without a value has none."""
    meldingen_parquet(gewoon(), Say("nl"), tmp_path / "m.parquet")
    found = pl.read_parquet(tmp_path / "m.parquet")
    national = found.filter(pl.col("subject_type") == "WhiteLabelMeting")

    assert national["brin"].null_count() == national.height == 2
    cold = {e["name"]: e["value"] for e in found.to_dicts()[1]["evidence"]}
    assert cold["dichtstbijzijnde_erkenning_van"] is None
    assert cold["begindatum"] == "2018-09-01"
    assert cold["erkend_op_begindatum"] == "nee"


def test_two_runs_and_two_engines_write_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for number, name in enumerate(("gewoon", "gewoon", "met_frames")):
        meldingen_parquet(RESULTATEN[name](), Say("nl"), tmp_path / f"{number}")
        written.append((tmp_path / f"{number}").read_bytes())

    assert written[0] == written[1] == written[2]
    assert len(list(tmp_path.iterdir())) == 3
