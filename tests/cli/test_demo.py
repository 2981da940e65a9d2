"""``demo``: everything at once, on a simulated chain."""

import csv
import json
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import attrs
import pytest
from tests.cli.runner import Result, Run

from bpvo_rules.cli import main
from bpvo_rules.io.foto import verify_fotos
from bpvo_rules.simulate import Simulatie, simulate

FEW = 150
"""BPVO's where it is not about what is found."""
FOTOS = ("2018-10-01", "2019-01-01", "2019-04-01", "2019-07-01")


# One process makes the demo once, for all that only look at it.
pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(["demo", str(folder)])
    return Result(status, out.getvalue(), err.getvalue()), folder


def test_a_demo_that_works_gives_status_0_although_there_are_meldingen(demo: tuple[Result, Path]) -> None:
    result, folder = demo

    assert result.status == 0
    assert len((folder / "meldingen.csv").read_text().splitlines()) > 1


def test_the_demo_has_four_schools(demo: tuple[Result, Path]) -> None:
    with (demo[1] / "keten" / "instellingen.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file, delimiter=";"))) == 4


def test_the_demo_writes_keten_results_and_four_fotos(demo: tuple[Result, Path]) -> None:
    _, folder = demo

    for name in ("keten/verwacht.csv", "keten/uitwisselingen.csv", "meldingen.csv", "verdicts.csv", "receipt.json"):
        assert (folder / name).is_file()
    for day in FOTOS:
        foto = json.loads((folder / "fotos" / f"foto-{day}" / "foto.json").read_text())
        assert (foto["peildatum"], foto["bescherming"]) == (day, "onbeschermd")
    assert all(controle.in_orde for _, controle in verify_fotos(folder / "fotos"))
    assert len(list((folder / "ro").glob("RO_*.csv"))) == 1


def test_the_demo_finds_what_was_planted(demo: tuple[Result, Path]) -> None:
    """What verwacht.csv says was stated by the planter of the defects."""
    result, folder = demo
    with (folder / "keten" / "verwacht.csv").open(newline="") as file:
        expected = {(row["subject"], row["rule"]) for row in csv.DictReader(file, delimiter=";")}
    with (folder / "meldingen.csv").open(newline="") as file:
        found = {(row["subject"], row["rule"]) for row in csv.DictReader(file, delimiter=";")}

    assert found == expected
    assert f"Alle {len(expected)} meldingen" in result.out


def test_the_demo_writes_the_pages_to_look_at(demo: tuple[Result, Path]) -> None:
    """Realtime pages and those of its four fotos, and says where."""
    result, folder = demo

    assert f"{folder / 'report' / 'index.html'}:" in result.out
    assert (folder / "report" / "realtime" / "meldingen.html").is_file()
    for day in FOTOS:
        assert day in (folder / "report" / "foto" / "index.html").read_text()


def test_a_demo_without_the_extra_says_so_and_goes_on(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bpvo_rules.cli.report.find_spec", lambda _: None)
    monkeypatch.setattr("bpvo_rules.cli.demo._BPVOS", FEW)

    result = run("demo", tmp_path / "demo")

    assert result.status == 0
    assert "bpvo-rules[report]" in result.out
    assert not (tmp_path / "demo" / "report").exists()


def test_the_demo_says_where_to_look_and_what_to_try(
    run: Run, demo: tuple[Result, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commands that it names work."""
    monkeypatch.chdir(tmp_path)
    result, folder = demo

    assert str(folder / "meldingen.csv") in " ".join(result.out.split())
    commands = [line.split()[1:] for line in result.out.splitlines() if line.startswith("  bpvo-rules ")]
    assert {command[0] for command in commands} == {"check", "explain", "compare", "foto", "report", "rules"}
    for command in commands:
        assert run(*command).status in {0, 1}, command


def test_the_demo_gives_counts_and_a_totaalscore_per_question(demo: tuple[Result, Path]) -> None:
    result, folder = demo
    counts = json.loads((folder / "receipt.json").read_text())["questions"]

    for question, found in counts.items():
        (line,) = [line for line in result.out.splitlines() if question in line and "%" in line][:1]
        assert line.split()[2:6] == [str(number) for number in found.values()]
        share = 100 * found["voldoet"] / (found["voldoet"] + found["voldoet_niet"])
        shown = float(line.split()[6].rstrip("%").replace(",", "."))
        assert 0 <= share - shown < 0.1


def test_the_demo_can_be_run_again(run: Run, demo: tuple[Result, Path]) -> None:
    result, folder = demo

    assert run("demo", folder) == result


def test_the_demo_leaves_another_folder_alone(run: Run, keten: Path) -> None:
    before = sorted(keten.iterdir())

    assert run("demo", keten).status == 2
    assert sorted(keten.iterdir()) == before


def test_the_demo_goes_to_a_folder_demo_by_itself(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bpvo_rules.cli.demo._BPVOS", FEW)
    monkeypatch.setattr("bpvo_rules.cli.report.find_spec", lambda _: None)

    assert run("demo", "--lang", "en", "--quiet").status == 0
    assert (tmp_path / "demo" / "receipt.json").is_file()


def test_a_demo_that_does_not_find_what_was_planted_gives_status_3(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One melding that was planted is not found, and one that was found was not planted."""

    def other(**arguments: Any) -> Simulatie:
        made = simulate(**arguments)
        planted = sorted(made.verwacht)
        return attrs.evolve(made, verwacht=frozenset([("nergens", planted[0][1]), *planted[1:]]))

    monkeypatch.setattr("bpvo_rules.cli.demo.simulate", other)
    monkeypatch.setattr("bpvo_rules.cli.demo._BPVOS", FEW)
    monkeypatch.setattr("bpvo_rules.cli.report.find_spec", lambda _: None)

    result = run("demo", tmp_path / "demo")

    assert result.status == 3
    assert "Anders dan verwacht: 1 meldingen ontbreken, 1 zijn er te veel." in " ".join(result.out.split())
