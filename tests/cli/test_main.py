"""What holds for every command: help, language, exit status, streams."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.cli.runner import PEILDATUM, Run

import bpvo_rules
from bpvo_rules.cli import main
from bpvo_rules.version import __version__

COMMANDS = ("demo", "check", "explain", "foto", "compare", "report", "rules", "simulate", "verify")


def program(*arguments: object, **options: Any) -> "subprocess.CompletedProcess[bytes]":
    """Run the program as its users do."""
    command = [sys.executable, "-m", "bpvo_rules", *map(str, arguments)]
    environment = {**os.environ, **options.pop("env", {})}
    return subprocess.run(command, capture_output=True, check=False, env=environment, **options)  # noqa: S603 - our own program


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    result = run(command, "--help")

    assert result.status == 0
    assert "gebruik: bpvo-rules" in result.out
    assert f"Voorbeeld:\n  bpvo-rules {command}" in result.out
    assert "--lang" in result.out
    assert "--quiet" in result.out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_english_when_asked(run: Run, command: str) -> None:
    out = run(command, "--help", "--lang", "en").out

    assert "usage: bpvo-rules" in out
    assert f"Example:\n  bpvo-rules {command}" in out
    assert "gebruik" not in out


def test_help_names_every_command(run: Run) -> None:
    out = run("--help").out

    assert all(f"\n    {command} " in out for command in COMMANDS)


def test_help_of_check_says_what_a_toelichting_does_to_the_status(run: Run) -> None:
    assert "ook als die is toegelicht" in " ".join(run("check", "--help").out.split())


def test_version(run: Run) -> None:
    assert __version__ in run("--version").out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "OPDRACHT ontbreekt"),
        (("GEHEIM",), "kies uit demo, check"),
        (("check",), "SOURCE, --peildatum ontbreekt"),
        (("check", "x"), "--peildatum ontbreekt"),
        (("check", "x", "--peildatum"), "--peildatum vraagt een waarde"),
        (("check", "x", "GEHEIM", "--peildatum", PEILDATUM), "onbekend argument"),
        (("check", "x", "--peildtum=GEHEIM", "--peildatum", PEILDATUM), "onbekend argument --peildtum"),
        (
            ("check", "x", "--peildatum", PEILDATUM, "--format", "xlsx"),
            "--format: kies uit table, csv, json, parquet, sarif, junit, signaal",
        ),
        (("check", "x", "--peildatum", PEILDATUM, "--engine", "excel"), "--engine: kies uit reference, polars"),
        (("check", "x", "--peildatum", PEILDATUM, "--perspectief", "GEHEIM"), "kies uit keten, instelling"),
        (("check", "x", "--peildatum", PEILDATUM, "--strict=GEHEIM"), "--strict heeft geen waarde"),
        (("check", "x", "--peildatum", "GEHEIM"), "--peildatum: geef een bestaande dag"),
        (("check", "x", "--peildatum", PEILDATUM, "--limit", "GEHEIM"), "--limit: geef een geheel getal"),
        (("check", "x", "--peildatum", PEILDATUM, "--lang", "fr"), "--lang: kies uit nl, en"),
        (("check", "x", "--peil", PEILDATUM), "--peildatum ontbreekt"),
    ],
)
def test_wrong_use_gives_status_2_and_one_sentence_without_values(
    run: Run, arguments: tuple[str, ...], says: str
) -> None:
    result = run(*arguments)

    assert (result.status, result.out) == (2, "")
    assert says in result.err
    assert len(result.err.splitlines()) == 1
    assert "GEHEIM" not in result.err


def test_wrong_use_is_said_in_english_when_asked(run: Run) -> None:
    assert "--peildatum is missing" in run("check", "x", "--lang", "en").err


def test_an_interrupt_stops_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("bpvo_rules.cli.rules.run", interrupted)

    assert run("rules").status == 130


def test_an_unexpected_error_shows_no_value(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A traceback, or the message of an error, may hold what stood in a record."""

    def broken(*_: Any) -> int:
        raise KeyError("GEHEIM")

    monkeypatch.setattr("bpvo_rules.cli.rules.run", broken)

    result = run("rules")
    assert result.status == 3
    assert "KeyError" in result.err
    assert "GEHEIM" not in result.err
    assert len(result.err.splitlines()) == 1


def test_arguments_of_the_process_are_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["bpvo-rules", "--version"])

    assert main() == 0


class TestProgram:
    """Real runs of the program."""

    def test_it_gives_its_status(self, keten: Path, goed: Path) -> None:
        assert program("check", keten, "--peildatum", PEILDATUM).returncode == 1
        assert program("check", goed, "--peildatum", PEILDATUM).returncode == 0
        assert program("check", keten / "nergens", "--peildatum", PEILDATUM).returncode == 2

    def test_stdout_is_utf_8_whatever_the_machine_thinks(self, keten: Path) -> None:
        text = (keten / "erkenningsaanvragen.csv").read_text()
        (keten / "erkenningsaanvragen.csv").write_text(text.replace("X2", "Caf\u00e9 \u20ac"))
        ascii_machine = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}

        done = program("check", keten, "--peildatum", PEILDATUM, env=ascii_machine)

        assert "Caf\u00e9 \u20ac" in done.stdout.decode()
        assert done.returncode == 1

    def test_no_progress_and_no_colour_without_a_terminal(self, keten: Path) -> None:
        done = program("check", keten, "--peildatum", PEILDATUM, env={"FORCE_COLOR": "1"})

        assert done.stderr == b""
        assert b"\x1b" not in done.stdout

    def test_a_reader_that_goes_away_is_no_traceback(self, tmp_path: Path) -> None:
        """As in ``bpvo-rules rules --format json | head -1``."""
        command = [sys.executable, "-m", "bpvo_rules", "rules", "--format", "json"]
        with (tmp_path / "err").open("wb") as errors:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors)  # noqa: S603 - our own program
            assert process.stdout is not None
            process.stdout.readline()
            process.stdout.close()
            status = process.wait(timeout=60)

        assert status == 141
        assert (tmp_path / "err").read_bytes() == b""

    def test_a_file_name_that_is_no_text_is_no_traceback(self, tmp_path: Path) -> None:
        done = program("check", tmp_path / os.fsdecode(b"\xff\xfe"), "--peildatum", PEILDATUM)

        assert done.returncode == 2
        assert b"Traceback" not in done.stderr

    def test_importing_the_command_line_is_cheap(self) -> None:
        """What only some commands need is imported when they run."""
        heavy = ["rich", "bpvo_rules.io", "bpvo_rules.simulate", "bpvo_rules.foto"]
        code = f"import sys, bpvo_rules.cli; print([name for name in {heavy} if name in sys.modules])"

        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603 - our own code

        assert done.stdout.strip() == b"[]"


class TestTerminal:
    """How it looks to somebody at a terminal."""

    @pytest.fixture
    def at_terminal(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> pytest.MonkeyPatch:
        """Make stdout and stderr say that they are terminals; what is written is caught all the same."""
        for name in ("NO_COLOR", "TERM", "FORCE_COLOR"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("TERM", "xterm-256color")
        capsys.readouterr()
        monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)
        return monkeypatch

    def arguments(self, keten: Path) -> Sequence[object]:
        return ("check", keten, "--peildatum", PEILDATUM)

    @pytest.mark.usefixtures("at_terminal")
    def test_headings_stand_out_and_progress_goes_to_stderr(self, run: Run, keten: Path) -> None:
        result = run(*self.arguments(keten))

        assert "\x1b[1m" in result.out
        assert "Beoordelen" not in result.out
        assert result.err != ""

    def test_no_color_is_respected(self, run: Run, keten: Path, at_terminal: pytest.MonkeyPatch) -> None:
        at_terminal.setenv("NO_COLOR", "1")

        result = run(*self.arguments(keten))

        assert "\x1b" not in result.out + result.err
        assert "Beoordelen" in result.err

    def test_without_rich_it_is_plain(self, run: Run, keten: Path, at_terminal: pytest.MonkeyPatch) -> None:
        """The package rich is an extra."""
        at_terminal.setattr("bpvo_rules.cli.output.find_spec", lambda _: None)

        result = run(*self.arguments(keten))

        assert result.status == 1
        assert "\x1b" not in result.out + result.err
        assert result.err.splitlines() == ["Lezen...", "Beoordelen..."]

    @pytest.mark.usefixtures("at_terminal")
    def test_quiet_shows_no_progress(self, run: Run, keten: Path) -> None:
        assert run(*self.arguments(keten), "--quiet").err == ""

    def test_the_text_is_the_same_as_without_a_terminal(
        self, run: Run, keten: Path, at_terminal: pytest.MonkeyPatch
    ) -> None:
        at_terminal.setenv("NO_COLOR", "1")
        at_terminal.setenv("COLUMNS", "80")
        there = run(*self.arguments(keten)).out
        at_terminal.undo()

        assert there == run(*self.arguments(keten)).out


def test_the_package_that_runs_is_the_one_under_test() -> None:
    """Real runs and runs in this process use the same source."""
    code = "import bpvo_rules; print(bpvo_rules.__file__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)  # noqa: S603 - our own code

    assert done.stdout.strip() == bpvo_rules.__file__
