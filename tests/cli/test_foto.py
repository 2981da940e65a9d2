"""``foto``: the counts of a year."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.cli.runner import PEILDATUM, Run, kleine_keten

from bpvo_rules.foto import Policy, cells_csv, take_foto, to_json


def test_the_foto_is_json_and_says_that_it_is_not_protected(run: Run, keten: Path) -> None:
    result = run("foto", keten, "--peildatum", PEILDATUM, "--policy", "niveau")

    found = json.loads(result.out)
    assert result.status == 0
    assert "onbeschermd" in result.out
    assert found["peildatum"] == PEILDATUM
    assert "onbeschermd" in result.err


def test_the_command_takes_the_foto_that_the_library_takes(run: Run, keten: Path) -> None:
    """What a foto must hold is tested with the foto; the command adds nothing and drops nothing."""
    arguments = ("foto", keten, "--peildatum", PEILDATUM, "--policy", "niveau")
    foto = take_foto(kleine_keten(), peildatum=date.fromisoformat(PEILDATUM), policy=Policy.NIVEAU)

    assert json.loads(run(*arguments).out) == json.loads(json.dumps(to_json(foto)))
    assert run(*arguments, "--csv").out == cells_csv(foto)


def test_a_foto_holds_no_record(run: Run, keten: Path) -> None:
    out = run("foto", keten, "--peildatum", PEILDATUM, "--policy", "niveau").out

    assert not any(student in out for student in ("GOED", "KOUD", "VREEMD", "KORT", "LAAT", "LEEG", "100000001"))


def test_csv_gives_the_cells(run: Run, keten: Path) -> None:
    out = run("foto", keten, "--peildatum", PEILDATUM, "--policy", "niveau", "--csv").out

    assert out.splitlines()[0].startswith("vraag;instelling;domein;")
    assert any(line.startswith("bpvo_erkend_leerbedrijf;27DV;79140;") for line in out.splitlines())


def test_the_foto_can_go_to_a_file(run: Run, keten: Path, tmp_path: Path) -> None:
    arguments = ("foto", keten, "--peildatum", PEILDATUM, "--policy", "niveau")
    out = run(*arguments).out

    assert run(*arguments, "--output", tmp_path / "foto.json").out == ""
    assert (tmp_path / "foto.json").read_text() == out


@pytest.mark.parametrize("policy", [(), ("--policy", "midpunt6"), ("--policy", "onderdruk"), ("--policy", "x")])
def test_without_a_policy_that_is_there_no_foto_is_taken(
    run: Run, keten: Path, tmp_path: Path, policy: tuple[str, ...]
) -> None:
    """The protecting policies are not there yet, and nobody gets an unprotected foto by default."""
    result = run("foto", keten, "--peildatum", PEILDATUM, *policy, "--output", tmp_path / "foto.json")

    assert (result.status, result.out) == (2, "")
    assert "--policy niveau" in result.err
    assert "midpunt6" in result.err
    assert len(result.err.splitlines()) == 1
    assert not (tmp_path / "foto.json").exists()


def test_no_foto_when_a_rule_fails(run: Run, keten: Path, tmp_path: Path, broken_rule: str) -> None:
    """Without the rule the score would look better than the truth."""
    result = run("foto", keten, "--peildatum", PEILDATUM, "--policy", "niveau", "--output", tmp_path / "foto.json")

    assert result.status == 3
    assert broken_rule in result.err
    assert not (tmp_path / "foto.json").exists()


def test_invoerfouten_are_counted_beside_the_foto(run: Run, keten: Path) -> None:
    with (keten / "erkenningsaanvragen.csv").open("a") as file:
        file.write("Z;;;nieuw;32-13-2018;;;;;\n")

    assert "Invoerfouten: 1." in run("foto", keten, "--peildatum", PEILDATUM, "--policy", "niveau").err


def test_what_was_not_looked_up_is_said(run: Run, keten: Path) -> None:
    (keten / "erkenningen.csv").unlink()

    assert "Niet opgezocht: erkenningen." in run("foto", keten, "--peildatum", PEILDATUM, "--policy", "niveau").err


def test_quiet_leaves_only_the_foto(run: Run, keten: Path) -> None:
    assert run("foto", keten, "--peildatum", PEILDATUM, "--policy", "niveau", "--quiet").err == ""
