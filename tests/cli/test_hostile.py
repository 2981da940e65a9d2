"""Sources in any state: status 2 and one sentence, or invoerfouten; never a traceback, never a value."""

from pathlib import Path

import pytest
from tests.cli.runner import PEILDATUM, Run

NUMBER = "123456782"

COMMANDS = {
    "check": ("--peildatum", PEILDATUM),
    "explain": ("27DV/x/1/1", "--peildatum", PEILDATUM),
    "foto": ("--peildatum", PEILDATUM, "--policy", "niveau"),
}


def header(keten: Path, table: str) -> str:
    return (keten / f"{table}.csv").read_text().splitlines()[0]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"\xff\xfe\x00a",
        f"{NUMBER}\n".encode(),
        f"a;b\n{NUMBER};{NUMBER}\n".encode(),
        b"brin;brin\n27DV;27DV\n",
        b"\x81\x8d\x8f",
    ],
    ids=["empty", "nulls", "utf-16", "no header", "other columns", "twice", "no text"],
)
def test_a_table_that_cannot_be_read_gives_one_sentence(run: Run, keten: Path, command: str, content: bytes) -> None:
    (keten / "uitwisselingen.csv").write_bytes(content)

    result = run(command, keten, *COMMANDS[command])

    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("bpvo-rules: ")
    assert len(result.err.splitlines()) == 1
    assert NUMBER not in result.err


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_no_source_gives_one_sentence(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "leeg").mkdir()
    (tmp_path / "tekst.csv").write_text(f"{NUMBER}\n")
    for source in ("nergens", "leeg", "tekst.csv"):
        result = run(command, tmp_path / source, *COMMANDS[command])

        assert (result.status, result.out) == (2, "")
        assert len(result.err.splitlines()) == 1
        assert NUMBER not in result.err


def test_persoonsnummers_are_refused_and_not_repeated(run: Run, keten: Path) -> None:
    """Five numbers that pass the 11-proef; each was worked out from 9 digits with weights 9 to 2 and -1."""
    numbers = ("111222333", "123456782", "100000009", "111111110", "999999990")
    line = "27DV;{};1;2018-08-01;;\n"
    (keten / "inschrijvingen.csv").write_text(
        header(keten, "inschrijvingen") + "\n" + "".join(line.format(number) for number in numbers)
    )

    result = run("check", keten, "--peildatum", PEILDATUM)

    assert (result.status, result.out) == (2, "")
    assert len(result.err.splitlines()) == 1
    assert not any(number in result.err for number in numbers)


def test_bad_rows_are_counted_and_never_shown(run: Run, keten: Path, tmp_path: Path) -> None:
    """Each row has something else wrong; the rest of the table is judged."""
    names = header(keten, "uitwisselingen").split(";")
    good = {"brin": "27DV", "student": NUMBER, "inschrijvingvolgnummer": "1", "volgnummer": "1", "volgorde": "1"}
    good |= {"soort": "toevoeging"}
    wrong = [{"brin": NUMBER}, {"volgorde": "0"}, {"soort": NUMBER}, {"begindatum": NUMBER}, {"omvang": "-1"}]
    with (keten / "uitwisselingen.csv").open("a") as file:
        for change in wrong:
            file.write(";".join(({**good, **change}).get(name, "") for name in names) + "\n")
        file.write(f"{NUMBER}\n")
    written = [tmp_path / "v.csv", tmp_path / "r.json"]

    for form in ("table", "csv", "json", "sarif", "junit", "signaal"):
        result = run(
            *("check", keten, "--peildatum", PEILDATUM, "--format", form),
            *("--verdicts", written[0], "--receipt", written[1]),
        )

        assert result.status == 1
        assert NUMBER not in result.out + result.err
        assert not any(NUMBER in path.read_text() for path in written)
        if form == "table":
            assert "6 invoerfouten" in result.out
            assert "Beoordeeld: 6 Bpvo" in result.out


def test_a_file_that_may_not_be_read_or_written_gives_one_sentence(run: Run, keten: Path, tmp_path: Path) -> None:
    for option in ("--ro-key-file", "--profile", "--register"):
        result = run("check", keten, "--peildatum", PEILDATUM, option, tmp_path / "nergens")

        assert (result.status, result.out) == (2, "")
        assert len(result.err.splitlines()) == 1


def test_a_key_file_is_only_read_for_an_ro_but_always_has_to_be_there(run: Run, keten: Path, tmp_path: Path) -> None:
    """A mistake in its name must not pass in silence."""
    assert run("check", keten, "--peildatum", PEILDATUM, "--ro-key-file", tmp_path / "nergens").status == 2
