"""``simulate``: a folder of which every defect is known."""

from pathlib import Path

import pytest
from tests.cli.runner import Run


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_simulated_can_be_checked(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "k"

    made = run("simulate", folder, "--instellingen", 2, "--bpvos", 100, "--seed", 3)

    assert (made.status, made.out) == (0, "")
    assert (folder / "verwacht.csv").is_file()
    assert "bpvo-rules check" in made.err
    assert run("check", folder, "--peildatum", "2019-07-01").status == 1


def test_the_same_seed_gives_the_same_folder(run: Run, tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        run("simulate", tmp_path / name, "--bpvos", 100, "--seed", seed)

    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert files(tmp_path / "a") != files(tmp_path / "c")


def test_the_tables_in_parquet_are_those_in_csv(run: Run, tmp_path: Path) -> None:
    """The same meldingen come out of both, and the truth beside the tables is csv in both."""
    said = []
    for form in ("csv", "parquet"):
        folder = tmp_path / form
        assert run("simulate", folder, "--bpvos", 100, "--seed", 3, "--format", form).status == 0
        assert {path.suffix for path in folder.iterdir() if path.stem == "uitwisselingen"} == {f".{form}"}
        said.append(
            (run("check", folder, "--peildatum", "2019-07-01", "--format", "csv").out, files(folder)["verwacht.csv"])
        )

    assert said[0] == said[1]
    assert said[0][0].count("\n") > 2


def test_an_empty_folder_will_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "k").mkdir()

    assert run("simulate", tmp_path / "k", "--bpvos", 100).status == 0


def test_an_earlier_simulation_is_overwritten(run: Run, tmp_path: Path) -> None:
    run("simulate", tmp_path / "k", "--bpvos", 100, "--seed", 3, "--ro")

    assert run("simulate", tmp_path / "k", "--bpvos", 100, "--seed", 4).status == 0

    run("simulate", tmp_path / "new", "--bpvos", 100, "--seed", 4)
    again = {name: text for name, text in files(tmp_path / "k").items() if not name.startswith("ro")}
    assert again == files(tmp_path / "new")


def test_overzichten_of_schools_that_are_gone_are_taken_away(run: Run, tmp_path: Path) -> None:
    """They would belong to another chain than the tables beside them."""
    for schools in (3, 2):
        run("simulate", tmp_path / "k", "--instellingen", schools, "--bpvos", 100, "--ro")

    assert len(list((tmp_path / "k" / "ro").iterdir())) == 2


def test_any_other_folder_is_left_alone(run: Run, keten: Path) -> None:
    """A Ketendata folder without verwacht.csv may be somebody's real data."""
    before = files(keten)

    result = run("simulate", keten, "--bpvos", 100)

    assert result.status == 2
    assert len(result.err.splitlines()) == 1
    assert files(keten) == before


def test_a_file_is_no_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "k").write_text("x")

    assert run("simulate", tmp_path / "k").status == 2


def test_ro_writes_a_file_per_school_that_can_be_checked(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "k"
    run("simulate", folder, "--instellingen", 3, "--bpvos", 100, "--ro")

    overzichten = sorted((folder / "ro").iterdir())

    assert len(overzichten) == 3
    assert run("check", overzichten[0], "--register", folder, "--peildatum", "2019-07-01").status in {0, 1}


def test_a_rate_plants_more_of_a_kind_of_defect(run: Run, tmp_path: Path) -> None:
    """At 0 nobody is late, at 1 everybody whose term has passed."""
    run("simulate", tmp_path / "a", "--bpvos", 100, "--rate", "te_laat_bij_duo=0")
    run("simulate", tmp_path / "b", "--bpvos", 100, "--rate", "te_laat_bij_duo=1")

    few, many = ((tmp_path / name / "verwacht.csv").read_text().count("tijdig_bij_duo") for name in ("a", "b"))
    assert few < 10 < many


@pytest.mark.parametrize(
    "arguments",
    [
        ("--rate", "bestaat_niet=0.1"),
        ("--rate", "te_laat_bij_duo=1.1"),
        ("--rate", "te_laat_bij_duo=-0.1"),
        ("--rate", "te_laat_bij_duo=nan"),
        ("--rate", "te_laat_bij_duo=veel"),
        ("--rate", "te_laat_bij_duo"),
        ("--rate", "niet_erkend=0.9", "--rate", "leerbedrijf_onbekend=0.9"),
        ("--instellingen", "0"),
        ("--instellingen", "6001"),
        ("--bpvos", "0"),
        ("--bpvos", "veel"),
        ("--seed", "-1"),
    ],
)
def test_wrong_settings_give_status_2_and_no_folder(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = run("simulate", tmp_path / "k", *arguments)

    assert result.status == 2
    assert len(result.err.splitlines()) == 1
    assert not (tmp_path / "k").exists()


@pytest.mark.parametrize("day", ["1900-01-01", "9999-12-31"])
def test_a_peildatum_that_no_chain_can_have_gives_a_sentence(run: Run, tmp_path: Path, day: str) -> None:
    result = run("simulate", tmp_path / "k", "--bpvos", 100, "--peildatum", day)

    assert result.status == 2
    assert len(result.err.splitlines()) == 1
