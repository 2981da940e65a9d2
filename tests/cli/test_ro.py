"""A registratieoverzicht of DUO as the source, with and without a register."""

import csv
import io
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.cli.runner import Run, kleine_keten

from bpvo_rules.codes import LeerbedrijfId, Opleidingcode
from bpvo_rules.io import write_ketendata
from bpvo_rules.model import Erkenning, Leerbedrijf

RO = Path(__file__).parent.parent / "data" / "ro" / "RO_27DV_20240731_20260324.csv"
DAY = "2026-03-25"

# Lines of the file that start with BPV, counted by hand: 2, 4, 1, 3, 1, 2, 1, 1, 1 and 1 of its ten students.
BPVS = 17


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """
    Give a register that knows one company of the file, recognised for its opleiding without an end.

    100312093 has four placements of BSN2, on 25311, from 2020-08-01 on.
    """
    company = LeerbedrijfId("100312093")
    found = Erkenning(leerbedrijf_id=company, opleidingcode=Opleidingcode("25311"), van=date(2020, 8, 1))
    keten = kleine_keten(leerbedrijven=[Leerbedrijf(leerbedrijf_id=company)], erkenningen=[found])
    write_ketendata(keten, tmp_path / "register")
    return tmp_path / "register"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "sleutel"
    path.write_text("zestien tekens of meer\n")
    return path


def subjects(text: str) -> list[str]:
    """Give the BPVO's that meldingen are about; the requests of the register have other keys."""
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    return [row["subject"] for row in rows if row["subject_type"] == "Bpvo"]


def test_every_bpv_of_the_file_is_a_bpvo(run: Run) -> None:
    """The count agrees with the lines of the file, not with what its SLR says."""
    result = run("check", RO, "--peildatum", DAY)

    assert f"Beoordeeld: {BPVS} Bpvo, {BPVS} Uitwisseling" in result.out
    assert f"BPV {BPVS} gelezen en 28260 volgens SLR" in " ".join(result.out.split())


def test_on_its_own_nothing_about_recognition_or_time_can_be_said(run: Run) -> None:
    result = run("check", RO, "--peildatum", DAY)

    assert result.status == 0
    assert re.search(rf"1 bpvo_erkend_leerbedrijf +0 +0 +{BPVS} +0", result.out)
    assert re.search(rf"3 bpvo_tijdig +0 +0 +{BPVS} +0", result.out)
    assert "uitwisselingen.ontvangen_duo_op" in result.out


def test_with_a_register_question_1_is_answered(run: Run, register: Path) -> None:
    """Four placements are at the company that is recognised; the register knows none of the other thirteen."""
    result = run("check", RO, "--register", register, "--peildatum", DAY)

    assert result.status == 1
    assert re.search(r"1 bpvo_erkend_leerbedrijf +4 +13 +0 +0", result.out)
    assert re.search(rf"3 bpvo_tijdig +0 +0 +{BPVS} +0", result.out)
    assert "leerbedrijf_bekend: 13 meldingen" in result.out


def test_the_number_of_a_student_never_leaves_the_reader(run: Run, register: Path, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("m", "v", "r")]

    run(
        *("check", RO, "--register", register, "--peildatum", DAY, "--format", "json"),
        *("--output", paths[0], "--verdicts", paths[1], "--receipt", paths[2]),
    )

    assert not any("BSN1" in path.read_text() for path in paths)


def test_without_a_key_pseudonyms_differ_between_runs_and_that_is_said(run: Run, register: Path) -> None:
    arguments = ("check", RO, "--register", register, "--peildatum", DAY, "--format", "csv")

    first, second = run(*arguments), run(*arguments)

    assert set(subjects(first.out)).isdisjoint(subjects(second.out))
    assert "Zonder sleutel" in first.err


def test_with_a_key_pseudonyms_are_the_same_in_every_run(
    run: Run, register: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a file or from the environment: the white space around it is no part of the key."""
    arguments = ("check", RO, "--register", register, "--peildatum", DAY, "--format", "csv")

    from_file = subjects(run(*arguments, "--ro-key-file", key_file).out)
    no_key = subjects(run(*arguments).out)
    monkeypatch.setenv("BPVO_RULES_RO_KEY", "zestien tekens of meer")
    from_environment = subjects(run(*arguments).out)

    assert from_file == from_environment
    assert set(from_file).isdisjoint(no_key)


def test_a_subject_of_an_ro_can_be_explained_with_the_key(run: Run, register: Path, key_file: Path) -> None:
    common = (RO, "--register", register, "--peildatum", DAY, "--ro-key-file", key_file)
    subject = subjects(run("check", *common, "--format", "csv").out)[0]

    assert subject.startswith("27DV/")
    assert run("explain", RO, subject, *common[1:]).status == 1


def test_without_the_key_explain_says_why_it_finds_nothing(run: Run, register: Path) -> None:
    result = run("explain", RO, "27DV/x/1/1", "--register", register, "--peildatum", DAY)

    assert result.status == 2
    assert "--ro-key-file" in result.err
    assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize("key", ["", "kort", "vijftien tekens"])
def test_a_key_that_can_be_guessed_is_refused(run: Run, tmp_path: Path, key: str) -> None:
    """Who guesses the key can try every BSN; fifteen bytes is one too few."""
    path = tmp_path / "sleutel"
    path.write_text(key)

    result = run("check", RO, "--peildatum", DAY, "--ro-key-file", path)

    assert result.status == 2
    assert "16 bytes" in result.err
    assert not key or key not in result.err


def test_sixteen_bytes_will_do(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "sleutel"
    path.write_text("zestien tekens!!")

    assert run("check", RO, "--peildatum", DAY, "--ro-key-file", path).status == 0


def test_there_is_no_option_for_the_key_itself(run: Run) -> None:
    """Any user of the machine can read a command line."""
    assert run("check", RO, "--peildatum", DAY, "--ro-key", "zestien tekens of meer").status == 2
    assert "nooit op de opdrachtregel" in " ".join(run("check", "--help").out.split())


def test_a_register_belongs_to_an_ro_only(run: Run, keten: Path, register: Path) -> None:
    result = run("check", keten, "--register", register, "--peildatum", DAY)

    assert result.status == 2
    assert len(result.err.splitlines()) == 1


def test_a_foto_can_be_taken_of_an_ro(run: Run, register: Path) -> None:
    assert run("foto", RO, "--register", register, "--peildatum", DAY, "--policy", "niveau").status == 0


def test_a_result_never_overwrites_what_was_read(run: Run, key_file: Path, tmp_path: Path) -> None:
    """Neither the overzicht itself nor the file with the key."""
    copy = tmp_path / RO.name
    shutil.copy(RO, copy)

    for path in (copy, key_file):
        before = path.read_bytes()
        result = run("check", copy, "--peildatum", DAY, "--ro-key-file", key_file, "--output", path)
        assert result.status == 2
        assert path.read_bytes() == before


def test_the_age_of_the_list_of_stagefonds_is_told(run: Run) -> None:
    """A list holds until the next; who judges years later should know that no later one was there."""
    told = "De nieuwste stagefondslijst waarmee is gerekend, is die van 1 augustus 2018."

    assert told in " ".join(run("check", RO, "--peildatum", "2026-03-01").out.split())
    assert told not in " ".join(run("check", RO, "--peildatum", "2019-08-02").out.split())
    assert told in " ".join(run("check", RO, "--peildatum", "2019-08-03").out.split())
