"""``compare``: what changed between two fotos."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from tests.cli.runner import BRIN, Run, kleine_keten, levering

from bpvo_rules.foto import Digest, Policy, describe, foto_digest, take_foto
from bpvo_rules.io.foto import write_foto
from bpvo_rules.judge import make_settings


@pytest.fixture
def fotos(tmp_path: Path) -> tuple[Path, Path]:
    """Give two fotos of a day; in the second one student VREEMD is gone and there is one more at another school."""
    keten = kleine_keten()
    rows = [row for row in keten.uitwisselingen or () if row.student != "VREEMD"]
    rows.append(levering("NIEUW", brin="25LX"))
    made = []
    vorige: Digest | None = None
    for name, one in (("a", keten), ("b", keten.with_tables({"uitwisselingen": rows}))):
        foto = take_foto(one, peildatum=date(2018, 10, 1), policy=Policy.NIVEAU)
        bestand = describe(foto, make_settings(), gemaakt_op=date(2018, 10, 1), vorige=vorige)
        vorige = foto_digest(bestand)
        made.append(write_foto(bestand, tmp_path / name))
    return made[0], made[1]


def test_new_changed_and_gone_are_told_with_old_and_new_counts(run: Run, fotos: tuple[Path, Path]) -> None:
    """Of the six BPVO's of 27DV two failed question 1; one of these is gone."""
    out = run("compare", *fotos, "--format", "csv").out
    rows = [row for row in csv.DictReader(io.StringIO(out), delimiter=";") if row["vraag"] == "bpvo_erkend_leerbedrijf"]
    found = {(r["soort"], r["instelling"], r["domein"], r["telling"]): (r["oud"], r["nieuw"]) for r in rows}

    assert found["W", BRIN, "79140", "voldoet_niet"] == ("2", "1")
    assert found["T", "25LX", "79140", "voldoet"] == ("", "1")
    assert found["W", "alle", "alle", "voldoet"] == ("3", "4")

    back = run("compare", *reversed(fotos), "--format", "csv").out
    assert any(line.startswith("V;bpvo_erkend_leerbedrijf;25LX;79140;voldoet;1;") for line in back.splitlines())


def test_the_table_says_the_same(run: Run, fotos: tuple[Path, Path]) -> None:
    result = run("compare", *fotos)

    assert result.status == 0
    assert "W 27DV 79140: voldoet_niet 2 > 1" in result.out
    assert "T 25LX 79140: voldoet - > 1" in result.out
    assert "T: new" in run("compare", *fotos, "--lang", "en").out


def test_json_has_numbers_with_their_status(run: Run, fotos: tuple[Path, Path], tmp_path: Path) -> None:
    run("compare", *fotos, "--format", "json", "--output", tmp_path / "verschil.json")
    found = json.loads((tmp_path / "verschil.json").read_text())
    first = found["cellen"][0]

    assert (first["soort"], first["instelling"]) == ("T", "25LX")
    assert first["aantallen"]["voldoet"] == {"oud": None, "nieuw": {"waarde": 1, "status": "gepubliceerd"}}


def test_a_foto_with_itself_has_no_difference(run: Run, fotos: tuple[Path, Path]) -> None:
    assert run("compare", fotos[0], fotos[0]).out.count("Geen verschil.") == 2


def test_a_foto_that_is_not_whole_is_not_compared(run: Run, fotos: tuple[Path, Path]) -> None:
    (fotos[1] / "cellen.csv").unlink()
    result = run("compare", *fotos)

    assert (result.status, result.out) == (2, "")
    assert "cellen.csv ontbreekt" in result.err


def test_other_norms_are_said(run: Run, fotos: tuple[Path, Path], tmp_path: Path) -> None:
    settings = make_settings(norms={"termijn_aanlevering": 9})
    foto = take_foto(kleine_keten(), peildatum=date(2018, 10, 1), policy=Policy.NIVEAU)
    other = write_foto(describe(foto, settings, gemaakt_op=date(2018, 10, 1)), tmp_path / "c")

    assert "normen" in run("compare", fotos[0], other).err
    assert run("compare", fotos[0], other, "--quiet").err == ""
    assert run("compare", *fotos).err == ""


def test_nothing_is_written_into_the_folder_of_a_foto(run: Run, fotos: tuple[Path, Path]) -> None:
    assert run("compare", *fotos, "--output", fotos[0] / "verschil.txt").status == 2
    assert not (fotos[0] / "verschil.txt").exists()
