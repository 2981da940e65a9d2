"""Engines on the command line: the same words for the same chain, and clear sentences for what cannot be."""

import json
import sys
from itertools import product
from pathlib import Path

import pytest
from tests.cli.runner import PEILDATUM, kleine_keten

from bpvo_rules.cli import main
from bpvo_rules.errors import EngineMissingError
from bpvo_rules.frames import engine as frames_engine
from bpvo_rules.io import write_ketendata

FORMATS = ("table", "csv", "json", "sarif", "junit", "signaal")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the small chain."""
    write_ketendata(kleine_keten(), tmp_path / "keten")
    return tmp_path / "keten"


@pytest.mark.parametrize(
    ("engine", "form"),
    # A format does not know what judged, so the slower engines need not show that of each.
    [*(("polars", form) for form in FORMATS), *product(("duckdb", "pandas"), ("table", "json"))],
)
def test_check_says_the_same(folder: Path, engine: str, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for name in ("reference", engine):
        assert main(["check", str(folder), "--peildatum", PEILDATUM, "--format", form, "--engine", name]) == 1
        said.append(capsys.readouterr())
    assert said[0] == said[1]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_foto_is_the_same(folder: Path, tmp_path: Path, engine: str) -> None:
    """Byte for byte, also a protected one with its zegel."""
    for name in ("reference", engine):
        command = ["foto", str(folder), "--peildatum", PEILDATUM, "--output", str(tmp_path / name), "--engine", name]
        assert main([*command, "--quiet"]) == 0
    files = sorted(p.relative_to(tmp_path / "reference") for p in (tmp_path / "reference").rglob("*") if p.is_file())
    assert files
    for file in files:
        assert (tmp_path / "reference" / file).read_bytes() == (tmp_path / engine / file).read_bytes()


def test_the_receipt_names_the_engine(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    main(["check", str(folder), "--peildatum", PEILDATUM, "--quiet", "--engine", "polars", "--receipt", str(path)])
    told = json.loads(path.read_text())
    assert told["engine"]["name"] == "polars"
    assert told["rules"]["tijdig_bij_duo"]["voldoet_niet"] == 1


def test_without_the_extra(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in [n for n in sys.modules if n.startswith("bpvo_rules.frames")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "bpvo_rules.frames", None)
    assert main(["check", str(folder), "--peildatum", PEILDATUM, "--engine", "polars"]) == 2
    assert "vraagt de extra 'frames'" in capsys.readouterr().err


def test_an_engine_that_is_not_installed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def absent(name: str) -> object:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(frames_engine, "import_module", absent)
    asked = [str(folder), "--peildatum", PEILDATUM, "--engine"]
    foto = ["foto", *asked, "duckdb", "--policy", "niveau"]
    for command in (["check", *asked, "duckdb"], foto, ["verify", "--engine", "duckdb"]):
        assert main(command) == 2
        assert "engine duckdb is niet geïnstalleerd: nodig is duckdb en pyarrow." in capsys.readouterr().err
        assert main([*command, "--lang", "en"]) == 2
        assert "engine duckdb is not installed: it needs duckdb and pyarrow." in capsys.readouterr().err
    assert main(["check", *asked, "polars"]) == 2
    assert "engine polars is niet geïnstalleerd: nodig is polars." in capsys.readouterr().err


def test_an_engine_that_is_not_there_says_which_packages_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service can show that in its own words."""

    def absent(name: str) -> object:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(frames_engine, "import_module", absent)
    with pytest.raises(EngineMissingError) as found:
        frames_engine.engine_named("pandas")
    assert (found.value.engine, found.value.needs) == ("pandas", ("pandas", "pyarrow"))


def test_explain_takes_no_engine(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The reference explains: it is the one that has reasons."""
    command = ["explain", str(folder), "27DV/GOED/1/1", "--peildatum", PEILDATUM, "--engine", "polars"]
    assert main(command) == 2
    assert "--engine" in capsys.readouterr().err
