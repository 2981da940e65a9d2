"""``foto``: the counts of a year, in a folder that is checked to the byte."""

import json
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.cli.runner import PEILDATUM, Run, kleine_keten

from bpvo_rules.foto import Policy, cells_csv, take_foto, to_json
from bpvo_rules.io.foto import read_foto, verify_foto


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

    found, counted = json.loads(run(*arguments).out), json.loads(json.dumps(to_json(foto)))
    assert {key: found[key] for key in counted} == counted
    assert run(*arguments, "--csv").out == cells_csv(foto)


def test_a_foto_holds_no_record(run: Run, keten: Path) -> None:
    out = run("foto", keten, "--peildatum", PEILDATUM, "--policy", "niveau").out

    assert not any(student in out for student in ("GOED", "KOUD", "VREEMD", "KORT", "LAAT", "LEEG", "100000001"))


def test_csv_gives_the_cells(run: Run, keten: Path) -> None:
    out = run("foto", keten, "--peildatum", PEILDATUM, "--policy", "niveau", "--csv").out

    assert out.splitlines()[0].startswith("vraag;instelling;domein;")
    assert any(line.startswith("bpvo_erkend_leerbedrijf;27DV;79140;") for line in out.splitlines())


NIVEAU = ("--peildatum", PEILDATUM, "--policy", "niveau")


def test_the_foto_can_go_to_a_folder(run: Run, keten: Path, tmp_path: Path) -> None:
    """With the bytes that go to stdout without it, and a copy in the archive of its maker."""
    shown = run("foto", keten, *NIVEAU).out
    result = run("foto", keten, *NIVEAU, "--output", tmp_path / "fotos")
    folder = tmp_path / "fotos" / "foto-2018-10-01"

    assert (result.status, result.out) == (0, "")
    assert (folder / "foto.json").read_text() + "\n" == shown
    assert verify_foto(folder).in_orde
    assert [path.name for path in (tmp_path / "fotos").iterdir()] == ["foto-2018-10-01"]
    assert verify_foto(tmp_path / "fotos-archief" / "niveau" / "foto-2018-10-01").in_orde


def test_a_foto_is_never_overwritten(run: Run, keten: Path, tmp_path: Path) -> None:
    arguments = ("foto", keten, *NIVEAU, "--output", tmp_path / "fotos")
    assert run(*arguments).status == 0
    folder = tmp_path / "fotos" / "foto-2018-10-01"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (keten / "white_label_metingen.csv").unlink()
    result = run(*arguments)

    assert (result.status, result.out) == (2, "")
    assert "nooit overschreven" in result.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_correction_names_what_it_replaces(run: Run, keten: Path, tmp_path: Path) -> None:
    arguments = ("foto", keten, *NIVEAU, "--output", tmp_path / "fotos")
    run(*arguments)
    (keten / "white_label_metingen.csv").unlink()
    result = run(*arguments, "--vervangt", "foto-2018-10-01", "--reden", "bron", "--gemaakt-op", "2018-10-09")
    found = read_foto(tmp_path / "fotos" / "foto-2018-10-01-c1")

    assert result.status == 0
    assert found.vervangt is not None
    assert (found.vervangt.foto, str(found.vervangt.reden)) == ("foto-2018-10-01", "bron")
    assert found.vorige == found.vervangt.digest == verify_foto(tmp_path / "fotos" / "foto-2018-10-01").digest
    assert found.gemaakt_op == date(2018, 10, 9)
    assert run("foto", "--verify", tmp_path / "fotos").status == 0


def test_verify_says_what_is_wrong_and_gives_status_1(run: Run, keten: Path, tmp_path: Path) -> None:
    for day in ("2018-10-01", "2019-01-01"):
        run("foto", keten, "--peildatum", day, "--policy", "niveau", "--output", tmp_path / "fotos")
    first, second = (tmp_path / "fotos" / f"foto-{day}" for day in ("2018-10-01", "2019-01-01"))
    assert "in orde" in run("foto", "--verify", first).out
    assert run("foto", "--verify", second, "--vorige", first).status == 0
    assert run("foto", "--verify", first, "--vorige", second).status == 1
    with (first / "cellen.csv").open("a") as file:
        file.write(" ")

    for folder in (first, tmp_path / "fotos"):
        result = run("foto", "--verify", folder)
        assert result.status == 1
        assert "gewijzigd: cellen.csv" in result.out
    assert run("foto", "--verify", second).status == 0
    assert "all right" in run("foto", "--verify", second, "--lang", "en").out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "SOURCE ontbreekt"),
        (("SOURCE",), "--peildatum ontbreekt"),
        (("SOURCE", "--peildatum", PEILDATUM), "--output"),
        (("SOURCE", "--peildatum", PEILDATUM, "--policy", "onderdruk"), "--output"),
        (("SOURCE", "--peildatum", PEILDATUM, "--policy", "x"), "kies uit midpunt6, onderdruk, niveau"),
        (("SOURCE", *NIVEAU, "--output", "FOTOS", "--csv"), "--csv hoort niet bij --output"),
        (("SOURCE", *NIVEAU, "--archief", "A"), "--archief hoort bij --output"),
        (("SOURCE", *NIVEAU, "--output", "FOTOS", "--vervangt", "foto-2018-10-01"), "horen bij elkaar"),
        (("SOURCE", *NIVEAU, "--output", "FOTOS", "--reden", "bron"), "horen bij elkaar"),
        (("SOURCE", *NIVEAU, "--output", "FOTOS", "--vervangt", "GEHEIM", "--reden", "bron"), "de naam van een foto"),
        (("SOURCE", *NIVEAU, "--output", "FOTOS", "--vervangt", "foto-2018-07-01", "--reden", "bron"), "peildatum"),
        (("SOURCE", *NIVEAU, "--output", "FOTOS", "--vervangt", "foto-2018-10-01", "--reden", "bron"), "archief"),
        (("SOURCE", *NIVEAU, "--output", "FOTOS", "--gemaakt-op", "2018-09-30"), "niet voor 2018-10-01"),
        (("SOURCE", *NIVEAU, "--output", "FOTOS", "--archief", "FOTOS"), "archief mag niet"),
        (("SOURCE", *NIVEAU, "--output", "SOURCE"), "map van de bron"),
        (("SOURCE", *NIVEAU, "--vorige", "X"), "--vorige hoort bij --verify"),
        (("SOURCE", *NIVEAU, "--output", "FOTOS", "--drempel", "5"), "--drempel hoort niet bij"),
        (("SOURCE", "--peildatum", PEILDATUM, "--output", "FOTOS", "--drempel", "8"), "hoogstens 7"),
        (("SOURCE", "--peildatum", PEILDATUM, "--output", "FOTOS", "--drempel-beslist", "8"), "hoogstens 7"),
        (("SOURCE", "--peildatum", PEILDATUM, "--output", "FOTOS", "--drempel", "1"), "--drempel"),
        (("SOURCE", "--verify", "SOURCE"), "--verify gaat niet samen"),
        (("--verify", "SOURCE"), "staat geen foto"),
        (("--verify", "NERGENS"), "geen map"),
    ],
)
def test_wrong_use_gives_status_2_and_writes_nothing(
    run: Run, keten: Path, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    """Nobody gets an unprotected foto by default, and a protected one goes nowhere without its archive."""
    places: dict[str, Path] = {"SOURCE": keten, "FOTOS": tmp_path / "fotos", "NERGENS": tmp_path / "x"}
    before = sorted(tmp_path.rglob("*"))
    result = run("foto", *(places.get(argument, argument) for argument in arguments))

    assert (result.status, result.out) == (2, "")
    assert says in result.err
    assert len(result.err.splitlines()) == 1
    assert "GEHEIM" not in result.err
    assert sorted(tmp_path.rglob("*")) == before


def test_who_makes_a_foto_says_what_is_small(run: Run, keten: Path, tmp_path: Path) -> None:
    arguments = ("foto", keten, "--peildatum", PEILDATUM, "--policy", "onderdruk")
    result = run(*arguments, "--output", tmp_path / "fotos", "--drempel", "6", "--drempel-beslist", "12")

    assert result.status == 0
    found = json.loads((tmp_path / "fotos" / "foto-2018-10-01" / "foto.json").read_text())
    assert found["drempels"] == {"drempel": 6, "drempel_beslist": 12}


@pytest.mark.parametrize("policy", [(), ("--policy", "midpunt6"), ("--policy", "onderdruk")])
def test_without_a_solver_there_is_no_protected_foto(
    run: Run, keten: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, policy: tuple[str, ...]
) -> None:
    """midpunt6 is what one gets without asking."""
    monkeypatch.setitem(sys.modules, "highspy", None)
    result = run("foto", keten, "--peildatum", PEILDATUM, *policy, "--output", tmp_path / "fotos")

    assert (result.status, result.out) == (2, "")
    assert "bpvo-rules[foto]" in result.err
    assert len(result.err.splitlines()) == 1
    assert not (tmp_path / "fotos").exists()
    assert not (tmp_path / "fotos-archief").exists()


def test_a_protected_foto_is_not_made_beside_fotos_without_a_zegel(run: Run, keten: Path, tmp_path: Path) -> None:
    """It cannot be held against them."""
    run("foto", keten, *NIVEAU, "--output", tmp_path / "fotos")
    result = run(
        "foto", keten, "--peildatum", "2019-01-01", "--output", tmp_path / "fotos", "--archief", tmp_path / "b"
    )

    assert result.status == 2
    assert "niet in het archief" in result.err


def test_no_foto_when_a_rule_fails(run: Run, keten: Path, tmp_path: Path, broken_rule: str) -> None:
    """Without the rule the score would look better than the truth."""
    result = run("foto", keten, *NIVEAU, "--output", tmp_path / "fotos")

    assert result.status == 3
    assert broken_rule in result.err
    assert not (tmp_path / "fotos").exists()


def test_invoerfouten_are_counted_beside_the_foto(run: Run, keten: Path) -> None:
    with (keten / "erkenningsaanvragen.csv").open("a") as file:
        file.write("Z;;;nieuw;32-13-2018;;;;;\n")

    assert "Invoerfouten: 1." in run("foto", keten, "--peildatum", PEILDATUM, "--policy", "niveau").err


def test_what_was_not_looked_up_is_said(run: Run, keten: Path) -> None:
    (keten / "erkenningen.csv").unlink()

    assert "Niet opgezocht: erkenningen." in run("foto", keten, "--peildatum", PEILDATUM, "--policy", "niveau").err


def test_quiet_leaves_only_the_foto(run: Run, keten: Path) -> None:
    assert run("foto", keten, "--peildatum", PEILDATUM, "--policy", "niveau", "--quiet").err == ""
