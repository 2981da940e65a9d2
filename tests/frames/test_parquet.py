"""Parquet in and out: the same tables, the same faults, the same verdicts."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from tests.cli.runner import PEILDATUM, kleine_keten

from bpvo_rules import judge
from bpvo_rules.cli import main
from bpvo_rules.errors import SourceError
from bpvo_rules.frames import FrameKeten, judge_frames
from bpvo_rules.frames.keten import LARGE
from bpvo_rules.io import parquet as io_parquet
from bpvo_rules.io import read_ketendata, write_ketendata
from bpvo_rules.io.parquet import write_verdicts
from bpvo_rules.keten import Keten
from bpvo_rules.keten.digest import digest
from bpvo_rules.testing.strategies import ketens

DAG = date.fromisoformat(PEILDATUM)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keten=ketens())
def test_what_is_written_reads_back(tmp_path: Path, keten: Keten) -> None:
    """The same records, and the same tables and columns that were not looked up."""
    write_ketendata(keten, tmp_path, overwrite=True, form="parquet")
    found = read_ketendata(tmp_path)

    assert digest(found) == digest(keten)
    assert found.niet_opgezocht == keten.niet_opgezocht
    assert found.invoerfouten == ()
    assert {path.suffix for path in tmp_path.iterdir()} == {".parquet", ".json"}


def test_the_types_are_those_of_the_specification(tmp_path: Path) -> None:
    """Days as dates, codes as text, whole numbers and booleans as such; the moment as its source wrote it."""
    write_ketendata(kleine_keten(), tmp_path, form="parquet")

    sent = pl.read_parquet(tmp_path / "uitwisselingen.parquet")
    assert sent.schema["begindatum"] == pl.Date
    assert sent.schema["leerbedrijf_id"] == pl.String
    assert sent.schema["omvang"] == pl.Int64
    measured = pl.read_parquet(tmp_path / "white_label_metingen.parquet")
    assert measured.schema["gelukt"] == pl.Boolean
    assert measured["tijdstip"][0] == "2018-09-03T09:00:00+02:00"


def test_rows_that_cannot_be_read_are_found_as_in_a_csv(tmp_path: Path) -> None:
    """One invoerfout for the first column at fault, with the number of the row."""
    frame = pl.DataFrame({"brin": ["27DV", "27dv", None, "27DV"], "naam": ["a", "b", "c", "d"]})
    frame.write_parquet(tmp_path / "instellingen.parquet")
    found = read_ketendata(tmp_path)

    assert [(f.line, f.column) for f in found.invoerfouten] == [(2, "brin"), (3, "brin"), (4, None)]
    assert [row.naam for row in found.instellingen or ()] == ["a"]


@pytest.mark.parametrize("column", ["van", "leerbedrijf_id"])
def test_a_file_that_cannot_be_read_at_all(tmp_path: Path, column: str) -> None:
    """A required column that is missing, or a file that is no Parquet: one sentence."""
    columns = {"leerbedrijf_id": ["100000001"], "opleidingcode": ["25655"], "van": [DAG]}
    pl.DataFrame(columns).drop(column).write_parquet(tmp_path / "erkenningen.parquet")
    with pytest.raises(SourceError, match=f"erkenningen.parquet mist de verplichte kolom {column}"):
        read_ketendata(tmp_path)
    (tmp_path / "erkenningen.parquet").write_bytes(b"PAR1")
    with pytest.raises(SourceError, match=r"erkenningen\.parquet is geen Parquet-bestand"):
        read_ketendata(tmp_path)


def test_without_the_extra_one_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ModuleNotFoundError(name)

    write_ketendata(kleine_keten(), tmp_path, form="parquet")
    monkeypatch.setattr(io_parquet, "import_module", absent)
    with pytest.raises(SourceError, match="Parquet vraagt de extra 'frames'"):
        read_ketendata(tmp_path)


@pytest.mark.parametrize("name", ["reference", "polars", "duckdb", "pandas"])
def test_a_folder_of_parquet_gives_what_csv_gives(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The meldingen of a check are the same, byte for byte."""
    write_ketendata(kleine_keten(), tmp_path / "csv")
    write_ketendata(kleine_keten(), tmp_path / "parquet", form="parquet")
    said = []
    for folder, engine in (("csv", "reference"), ("parquet", name)):
        status = main(
            ["check", str(tmp_path / folder), "--peildatum", PEILDATUM, "--format", "csv", "--engine", engine]
        )
        assert status == 1
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


@pytest.mark.parametrize("name", ["reference", "polars", "duckdb", "pandas"])
def test_verdicts_as_parquet_are_those_of_the_csv(tmp_path: Path, name: str) -> None:
    """The same columns, and the rows in the same order."""
    write_ketendata(kleine_keten(), tmp_path / "keten")
    command = ["check", str(tmp_path / "keten"), "--peildatum", PEILDATUM, "--quiet", "--output", str(tmp_path / "m")]
    main([*command, "--verdicts", str(tmp_path / "v.csv")])
    main([*command, "--verdicts", str(tmp_path / "v.parquet"), "--engine", name])

    csv = pl.read_csv(tmp_path / "v.csv", separator=";", schema_overrides={"reason": pl.String}).fill_null("")
    assert csv.equals(pl.read_parquet(tmp_path / "v.parquet"))


@pytest.mark.parametrize("name", ["reference", "polars"])
def test_a_double_row_in_parquet_is_an_invoerfout(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reader of files keeps the first row; so does a check with an engine."""
    write_ketendata(kleine_keten(), tmp_path / "keten", form="parquet")
    path = tmp_path / "keten" / "uitwisselingen.parquet"
    frame = pl.read_parquet(path)
    pl.concat([frame, frame.head(1)]).write_parquet(path)
    status = main(["check", str(tmp_path / "keten"), "--peildatum", PEILDATUM, "--format", "csv", "--engine", name])

    assert status == 1
    assert "1 invoerfout" in capsys.readouterr().err


def test_a_day_that_python_does_not_know(tmp_path: Path) -> None:
    frame = pl.DataFrame({"code": ["K0067"], "geldig_van": [3_000_000]}).with_columns(
        pl.col("geldig_van").cast(pl.Int32).cast(pl.Date)
    )
    frame.write_parquet(tmp_path / "keuzedelen.parquet")
    assert [(f.line, f.column) for f in read_ketendata(tmp_path).invoerfouten] == [(1, "geldig_van")]


def test_verdicts_of_a_judgement_in_memory(tmp_path: Path) -> None:
    judgement = judge(kleine_keten(), peildatum=DAG)
    write_verdicts(judgement, tmp_path / "v.parquet")
    frame = pl.read_parquet(tmp_path / "v.parquet")
    assert frame.height == len(list(judgement.verdicts()))


def test_outcomes_as_a_frame_of_the_engine() -> None:
    """A column per rule, in words; what was not judged has none."""
    from bpvo_rules.questions import AANVRAAG

    found = judge_frames(FrameKeten.uit(kleine_keten(), "polars"), peildatum=DAG)
    frame = found.outcomes(AANVRAAG)
    assert isinstance(frame, pl.DataFrame)
    words = dict(zip(frame["subject"], frame["besluit_tijdig"], strict=True))
    assert words == {"X1": "voldoet", "X2": "voldoet_niet"}


def test_verdicts_as_frames_of_the_engine() -> None:
    """A native frame per rule, sorted by subject."""
    found = judge_frames(FrameKeten.uit(kleine_keten(), "polars"), peildatum=DAG)
    frames = list(found.verdict_frames())
    assert [frame["rule"][0] for frame in frames if frame.height] == [rule.code for rule in found.rules]
    assert all(isinstance(frame, pl.DataFrame) and frame["subject"].is_sorted() for frame in frames)


def test_parquet_files_of_all_tables_are_judged_without_reading_a_csv(tmp_path: Path) -> None:
    write_ketendata(kleine_keten(), tmp_path, form="parquet")
    keten = FrameKeten.lees(tmp_path, "polars")
    assert set(keten.frames) == set(LARGE)
    found = judge_frames(keten, peildatum=DAG)
    assert found.question_counts == judge(kleine_keten(), peildatum=DAG).question_counts


def test_a_moment_that_python_does_not_know_is_an_invoerfout(tmp_path: Path) -> None:
    """Moments as such may stand in Parquet; one in the year 10000 does not stop the others."""
    # 2018-10-01 09:15 and the first day of the year 10001, in microseconds since 1970; Polars asks Python for neither.
    numbers = pl.Series([1_538_378_100_000_000, 253_433_923_200_000_000])
    moments = numbers.cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    columns = {"functie": ["zoeken"] * 2, "tijdstip": moments, "brin": [None, None], "gelukt": [True, True]}
    pl.DataFrame(columns).write_parquet(tmp_path / "white_label_metingen.parquet")
    found = read_ketendata(tmp_path)

    assert [row.tijdstip.isoformat() for row in found.white_label_metingen or ()] == ["2018-10-01T07:15:00+00:00"]
    assert [(fault.line, fault.column) for fault in found.invoerfouten] == [(2, "tijdstip")]
