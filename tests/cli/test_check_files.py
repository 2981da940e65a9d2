"""``check``: csv and json of meldingen, verdicts and receipt, and how files are written."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.cli.runner import MELDINGEN, PEILDATUM, VRAGEN, Run, aanvraag, kleine_keten

from bpvo_rules.cli import output
from bpvo_rules.io import write_ketendata

COLUMNS = "melding;kind;question;rule;subject_type;subject;brin;domein;party;text;evidence;repair;source"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.fixture
def meldingen(run: Run, keten: Path) -> list[dict[str, str]]:
    return rows(run("check", keten, "--peildatum", PEILDATUM, "--format", "csv").out)


@pytest.fixture
def whole(run: Run, keten: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("check", keten, "--peildatum", PEILDATUM, "--format", "json").out)
    return found


def test_the_csv_has_exactly_these_columns(run: Run, keten: Path) -> None:
    out = run("check", keten, "--peildatum", PEILDATUM, "--format", "csv").out

    assert out.splitlines()[0] == COLUMNS


def test_the_csv_has_a_row_per_melding(meldingen: list[dict[str, str]]) -> None:
    assert [(row["rule"], row["subject"]) for row in meldingen] == MELDINGEN


def test_a_row_of_the_csv_says_it_all(meldingen: list[dict[str, str]]) -> None:
    row = meldingen[1]

    assert row["kind"] == "fout"
    assert row["question"] == "bpvo_erkend_leerbedrijf"
    assert row["subject_type"] == "Bpvo"
    assert (row["brin"], row["domein"], row["party"]) == ("27DV", "79140", "instelling")
    assert row["text"] == "Leerbedrijf 100000002 is op 1 september 2018 niet erkend voor opleiding 25655."
    assert "begindatum=2018-09-01" in row["evidence"].split(" | ")
    assert "erkend_op_begindatum=nee" in row["evidence"].split(" | ")
    assert row["source"].startswith("WEB art. 7.2.8")


def test_what_has_no_school_or_domein_has_empty_cells(meldingen: list[dict[str, str]]) -> None:
    """A national measurement belongs to no school, and no measurement has a domein."""
    (first, _) = [row for row in meldingen if row["rule"] == "white_label_antwoordt"]

    assert (first["brin"], first["domein"]) == ("", "")


def test_ids_are_the_same_in_every_run(run: Run, keten: Path, meldingen: list[dict[str, str]]) -> None:
    again = rows(run("check", keten, "--peildatum", PEILDATUM, "--format", "csv", "--lang", "en").out)

    assert [row["melding"] for row in again] == [row["melding"] for row in meldingen]
    assert len({row["melding"] for row in meldingen}) == len(MELDINGEN)


def test_two_runs_write_the_same_bytes(run: Run, keten: Path, tmp_path: Path) -> None:
    written = []
    for number in range(2):
        names = [tmp_path / f"{number}{name}" for name in ("m", "v", "r")]
        run(
            *("check", keten, "--peildatum", PEILDATUM, "--format", "json"),
            *("--output", names[0], "--verdicts", names[1], "--receipt", names[2]),
        )
        written.append([name.read_bytes() for name in names])

    assert written[0] == written[1]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_starts_a_formula(run: Run, tmp_path: Path, start: str) -> None:
    """The number of a request is a text of SBB; a spreadsheet would run it."""
    late = aanvraag(f"{start}1+1", date(2018, 9, 18))
    write_ketendata(kleine_keten(erkenningsaanvragen=[late]), tmp_path / "k")
    arguments = ("check", tmp_path / "k", "--peildatum", PEILDATUM, "--question", "erkenning_tijdig")

    run(*arguments, "--format", "csv", "--output", tmp_path / "m.csv", "--verdicts", tmp_path / "v.csv")

    meldingen, verdicts = (rows((tmp_path / name).read_bytes().decode("utf-8-sig")) for name in ("m.csv", "v.csv"))
    assert [row["subject"] for row in meldingen] == [f"'{start}1+1"]
    assert {row["subject"] for row in verdicts} == {f"'{start}1+1"}
    for row in meldingen + verdicts:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_json_holds_the_same_meldingen(whole: dict[str, Any], meldingen: list[dict[str, str]]) -> None:
    same = ("melding", "kind", "question", "rule", "subject_type", "subject", "party", "text", "repair")

    assert [[m[name] for name in same] for m in whole["meldingen"]] == [[m[name] for name in same] for m in meldingen]


def test_json_holds_structured_evidence(whole: dict[str, Any]) -> None:
    evidence = {found["name"]: found["value"] for found in whole["meldingen"][1]["evidence"]}

    assert evidence["begindatum"] == "2018-09-01"
    assert evidence["erkend_op_begindatum"] is False
    assert evidence["codes"] == ["25655"]
    assert evidence["dichtstbijzijnde_erkenning_van"] is None


def test_json_holds_counts_totals_and_storingen(whole: dict[str, Any]) -> None:
    assert whole["format"] == "bpvo-rules/check"
    assert {code: tuple(counts.values()) for code, counts in whole["questions"].items()} == VRAGEN
    assert whole["totals"] == {"meldingen": 9, "fout": 8, "signaal": 1, "vraag": 0, "with_toelichting": 0}
    (storing,) = whole["storingen"]
    assert storing == {
        "functie": "zoeken",
        "brin": None,
        "van": "2018-09-03T10:00:00+02:00",
        "tot_en_met": "2018-09-03T11:00:00+02:00",
        "metingen": 2,
    }


def test_json_leaves_out_questions_that_were_not_judged(run: Run, keten: Path) -> None:
    out = run("check", keten, "--peildatum", PEILDATUM, "--format", "json", "--question", "bpvo_tijdig").out

    assert list(json.loads(out)["questions"]) == ["bpvo_tijdig"]


def test_beside_a_csv_stderr_says_what_was_not_judged(run: Run, tmp_path: Path) -> None:
    write_ketendata(kleine_keten(erkenningen=None), tmp_path / "k")
    arguments = ("check", tmp_path / "k", "--peildatum", PEILDATUM, "--format", "csv")

    assert "Niet opgezocht: erkenningen" in run(*arguments).err
    assert run(*arguments, "--quiet").err == ""


def test_verdicts_has_a_row_per_rule_and_subject(run: Run, keten: Path, tmp_path: Path) -> None:
    """Six BPVO's, one rule: one row each, sorted by subject."""
    path = tmp_path / "verdicts.csv"

    run("check", keten, "--peildatum", PEILDATUM, "--rule", "erkend_bij_aanvang", "--verdicts", path)

    assert path.read_text() == (
        "question;rule;subject_type;subject;outcome;reason\n"
        "bpvo_erkend_leerbedrijf;erkend_bij_aanvang;Bpvo;27DV/GOED/1/1;voldoet;\n"
        "bpvo_erkend_leerbedrijf;erkend_bij_aanvang;Bpvo;27DV/KORT/1/1;voldoet;\n"
        "bpvo_erkend_leerbedrijf;erkend_bij_aanvang;Bpvo;27DV/KOUD/1/1;voldoet_niet;\n"
        "bpvo_erkend_leerbedrijf;erkend_bij_aanvang;Bpvo;27DV/LAAT/1/1;voldoet;\n"
        "bpvo_erkend_leerbedrijf;erkend_bij_aanvang;Bpvo;27DV/LEEG/1/1;niet_te_bepalen;leerbedrijf_id leeg\n"
        "bpvo_erkend_leerbedrijf;erkend_bij_aanvang;Bpvo;27DV/VREEMD/1/1;voldoet_niet;\n"
    )


def test_verdicts_cover_every_subject_type(run: Run, keten: Path, tmp_path: Path) -> None:
    """Keys are those of cli.md."""
    path = tmp_path / "verdicts.csv"

    run("check", keten, "--peildatum", PEILDATUM, "--verdicts", path)

    found = {(row["subject_type"], row["subject"]) for row in rows(path.read_text())}
    assert ("Bpvo", "27DV/GOED/1/1") in found
    assert ("Uitwisseling", "27DV/GOED/1/1#1") in found
    assert ("Erkenningsaanvraag", "X1") in found
    assert ("WhiteLabelMeting", "zoeken@2018-09-03T09:00:00+02:00@") in found


def test_the_receipt_says_what_the_result_rests_on(run: Run, keten: Path, tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"

    run("check", keten, "--peildatum", PEILDATUM, "--kennisdatum", "2018-11-01", "--receipt", path)

    receipt = json.loads(path.read_text())
    assert (receipt["peildatum"], receipt["kennisdatum"]) == ("2018-10-01", "2018-11-01")
    assert receipt["subjects"]["Bpvo"] == 6
    assert {skipped["rule"] for skipped in receipt["rules_not_run"]} == {"bij_duo_rond_aanvang", "white_label_vlot"}
    assert "27DV" not in path.read_text()


def test_output_goes_to_the_file_and_not_to_stdout(run: Run, keten: Path, tmp_path: Path) -> None:
    """A file begins with the mark by which a spreadsheet knows UTF-8; what a program reads through a pipe has none."""
    arguments = ("check", keten, "--peildatum", PEILDATUM, "--format", "csv")
    out = run(*arguments).out

    result = run(*arguments, "--output", tmp_path / "m.csv")

    assert result.out == ""
    assert (tmp_path / "m.csv").read_bytes() == b"\xef\xbb\xbf" + out.encode()


def test_output_is_written_whole_or_not_at_all(
    run: Run, keten: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When writing stops halfway, what stood there stays."""
    path = tmp_path / "m.csv"
    path.write_text("eerder")

    def full(pieces: Any) -> Any:
        yield next(iter(pieces))
        raise OSError(28, "No space left on device")

    write = output.write_result
    monkeypatch.setattr("bpvo_rules.cli.check.write_result", lambda pieces, to: write(full(pieces), to))
    result = run("check", keten, "--peildatum", PEILDATUM, "--format", "csv", "--output", path)

    assert result.status == 2
    assert "No space left" in result.err
    assert path.read_text() == "eerder"
    assert sorted(tmp_path.iterdir()) == [keten, path]


def test_a_source_that_cannot_be_read_leaves_the_output_as_it_was(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("eerder")

    assert run("check", tmp_path / "nergens", "--peildatum", PEILDATUM, "--output", path).status == 2
    assert path.read_text() == "eerder"


@pytest.mark.parametrize("option", ["--output", "--verdicts", "--receipt"])
def test_a_result_never_overwrites_the_source(run: Run, keten: Path, option: str) -> None:
    before = (keten / "uitwisselingen.csv").read_bytes()

    result = run("check", keten, "--peildatum", PEILDATUM, option, keten / "uitwisselingen.csv")

    assert result.status == 2
    assert (keten / "uitwisselingen.csv").read_bytes() == before


def test_two_results_need_two_files(run: Run, keten: Path, tmp_path: Path) -> None:
    both = ("--output", tmp_path / "m", "--receipt", tmp_path / "m")

    assert run("check", keten, "--peildatum", PEILDATUM, *both).status == 2
    assert not (tmp_path / "m").exists()


def test_a_result_needs_a_folder_that_exists_and_is_a_file(run: Run, keten: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "geen" / "m.csv", tmp_path):
        result = run("check", keten, "--peildatum", PEILDATUM, "--output", path)
        assert result.status == 2
        assert len(result.err.splitlines()) == 1
