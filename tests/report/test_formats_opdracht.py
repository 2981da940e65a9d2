"""Every format on the command line: the same status, whole files, both languages, the same bytes each time."""

from pathlib import Path

import pytest
from tests.cli.runner import PEILDATUM, kleine_keten

from bpvo_rules.cli import main
from bpvo_rules.io import write_ketendata

FORMATS = ("table", "csv", "json", "parquet", "sarif", "junit", "signaal")
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def keten(tmp_path: Path) -> Path:
    write_ketendata(kleine_keten(), tmp_path / "keten")
    return tmp_path / "keten"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_status_is_that_of_the_meldingen_and_the_bytes_are_always_the_same(
    keten: Path, form: str, lang: str
) -> None:
    arguments = ["check", str(keten), "--peildatum", PEILDATUM, "--format", form, "--lang", lang, "--quiet"]
    for name in ("een", "twee"):
        assert main([*arguments, "--output", str(keten.parent / name)]) == 1
    written = [(keten.parent / name).read_bytes() for name in ("een", "twee")]

    assert written[0] == written[1]
    assert sorted(path.name for path in keten.parent.iterdir()) == ["een", "keten", "twee"]
    assert (
        main([*arguments[:4], "--rule", "een_grondslag", *arguments[4:], "--output", str(keten.parent / "drie")]) == 0
    )


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in {"table", "parquet", "csv"}])
def test_stdout_and_a_file_hold_the_same(keten: Path, form: str, capsys: Capture) -> None:
    arguments = ["check", str(keten), "--peildatum", PEILDATUM, "--format", form, "--quiet"]
    main(arguments)
    out = capsys.readouterr().out
    main([*arguments, "--output", str(keten.parent / "m")])

    assert (keten.parent / "m").read_bytes() == out.encode()


def test_parquet_needs_a_file(keten: Path, capsys: Capture) -> None:
    """Bytes of Parquet on a terminal help nobody; it is said before anything is read."""
    arguments = ["check", str(keten / "nergens"), "--peildatum", PEILDATUM, "--format", "parquet"]

    assert main(arguments) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err == "bpvo-rules: --format parquet vraagt --output FILE.\n"
    assert main([*arguments, "--lang", "en"]) == 2
    assert capsys.readouterr().err == "bpvo-rules: --format parquet needs --output FILE.\n"


def test_what_an_engine_judged_is_the_same_in_parquet(keten: Path) -> None:
    """The formats that are text are held with the engines."""
    arguments = ["check", str(keten), "--peildatum", PEILDATUM, "--format", "parquet", "--quiet"]
    for engine in ("reference", "duckdb"):
        assert main([*arguments, "--engine", engine, "--output", str(keten.parent / engine)]) == 1

    assert (keten.parent / "reference").read_bytes() == (keten.parent / "duckdb").read_bytes()
