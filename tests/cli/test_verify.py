"""``verify``: another implementation held to the rules."""

import json
from pathlib import Path

import pytest
from tests.cli.runner import Run
from tests.conformance.test_program import GOOD, program

from bpvo_rules.testing.kit import Level, cases


def test_the_reference_passes_its_own_cases(run: Run) -> None:
    result = run(
        "verify", "--level", "foto", "--level", "perioden", "--rule", "erkenning_tijdig", "--rule", "besluit_tijdig"
    )

    assert result.status == 0
    assert "foto       deels" in result.out
    assert "perioden   deels" in result.out
    assert "vorm" not in result.out


def test_a_program_of_the_user_is_asked(run: Run, tmp_path: Path) -> None:
    command = " ".join(program(tmp_path, GOOD))
    result = run("verify", "--command", command, "--level", "foto", "--generated", "3", "--lang", "en")

    assert result.status == 0
    number = len(cases([Level.FOTO]))
    assert f"foto       passed        {number} of {number} cases right" in result.out
    assert "3 of 3 chains equal to the reference" in result.out


def test_a_wrong_answer_gives_status_1_and_says_what_and_why(run: Run, tmp_path: Path) -> None:
    wrong = GOOD.replace("print(", 'answer.get("verdicts", [[0, 0, 0]])[0:1] = []; print(')
    command = " ".join(program(tmp_path, wrong))
    result = run("verify", "--command", command, "--rule", "een_grondslag", "--level", "vorm")
    told = json.loads(run("verify", "--command", command, "--rule", "een_grondslag", "--format", "json").out)

    assert result.status == 1
    assert "vorm       niet gehaald" in result.out
    assert "expected and not answered" in result.out
    assert f"bpvo-rules verify --show {told['failures'][0]['id']}" in result.out
    assert told["passed"] is False
    assert told["levels"]["vorm"]["right"] == 0
    assert "One ground only." in told["failures"][0]["why"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--rule", "geen_regel"],
        ["--rule", "besluit_tijdig", "--level", "foto"],
        ["--command", "cat", "--engine", "polars"],
        ["--command", "/geen/programma"],
        ["--level", "hoog"],
        ["--command", ""],
        ["--command", "cat", "--show", "generated/3"],
        ["--command", "cat", "--export", "kit"],
        ["--show", "generated/3", "--rule", "geen_regel"],
        ["--command", "node 'x"],
    ],
)
def test_wrong_use_is_one_sentence(run: Run, arguments: list[str]) -> None:
    result = run("verify", *arguments)

    assert result.status == 2
    assert len(result.err.splitlines()) == 1
    assert result.out == ""


def test_a_case_is_shown_with_what_is_asked_and_why(run: Run) -> None:
    """Also one that is generated, by the number that its id has."""
    case = cases([Level.PERIODEN])[5]

    assert json.loads(run("verify", "--show", case.id).out) == case.to_json()
    assert json.loads(run("verify", "--show", "generated/25").out)["id"] == "generated/25"
    assert run("verify", "--show", "geen/geval").status == 2


def test_everything_that_another_language_needs_is_written_out(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "kit"

    assert run("verify", "--export", folder, "--level", "vorm", "--generated", 3).status == 0
    assert {path.name for path in folder.iterdir()} == {
        "vorm.jsonl",
        "catalogue.json",
        "generated.jsonl",
        *(f"{name}.schema.json" for name in ("answer", "case", "catalogue", "check", "request", "signalen")),
    }
    lines = [json.loads(line) for line in (folder / "vorm.jsonl").read_text("utf-8").splitlines()]
    assert lines == [case.to_json() for case in cases([Level.VORM])]
    assert run("verify", "--export", folder).status == 2


def test_whose_answer_changes_between_two_profiles(run: Run, keten: Path, tmp_path: Path) -> None:
    """A term of 3 days instead of 7: LAAT was late already, and who was in time by less than 4 days is late now."""
    before, after = tmp_path / "oud.csv", tmp_path / "nieuw.csv"
    run("check", keten, "--peildatum", "2018-10-01", "--verdicts", before)
    run("check", keten, "--peildatum", "2018-10-01", "--verdicts", after, "--norm", "termijn_aanlevering=3")
    told = json.loads(run("verify", "--before", before, "--after", after, "--format", "json").out)

    assert {change["rule"] for change in told} == {"tijdig_bij_duo"}
    assert {(change["brin"], change["before"], change["after"]) for change in told} == {
        ("27DV", "voldoet", "voldoet_niet")
    }
    assert (
        "| tijdig_bij_duo | 27DV | voldoet | voldoet_niet |" in run("verify", "--before", before, "--after", after).out
    )


def test_nothing_changes_between_a_file_and_itself(run: Run, keten: Path, tmp_path: Path) -> None:
    file = tmp_path / "oud.csv"
    run("check", keten, "--peildatum", "2018-10-01", "--verdicts", file)

    assert run("verify", "--before", file, "--after", file).out == "Geen uitkomst is anders.\n"
    assert run("verify", "--before", file).status == 2
    assert run("verify", "--before", file, "--after", keten / "uitwisselingen.csv").status == 2
    assert run("verify", "--before", file, "--after", tmp_path / "geen.csv").status == 2
    for wrong in ("x;y\n", "rule;subject;outcome\na;b\n", "rule;subject;outcome\na;b;c\na;b;d\n"):
        (tmp_path / "fout.csv").write_text(wrong, "utf-8")
        assert run("verify", "--before", file, "--after", tmp_path / "fout.csv").status == 2
