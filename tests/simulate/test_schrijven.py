"""A simulation on disk: tables, truth, what it was made from, and an overview of one school."""

import csv
import json
from pathlib import Path

import pytest

from bpvo_rules.errors import ExistingFileError
from bpvo_rules.io.ketendata import read_ketendata
from bpvo_rules.model import TABLES
from bpvo_rules.simulate import Simulatie, simulate, write_school_ro, write_simulatie


@pytest.fixture(scope="module")
def klein() -> Simulatie:
    return simulate(seed=2, bpvos=200)


def test_the_tables_come_back_as_they_were(klein: Simulatie, tmp_path: Path) -> None:
    write_simulatie(klein, tmp_path)
    read = read_ketendata(tmp_path)

    assert read.invoerfouten == ()
    assert all(read.table(name) == klein.keten.table(name) for name in TABLES)


def test_the_truth_is_a_sorted_file_of_subjects_and_rules(klein: Simulatie, tmp_path: Path) -> None:
    write_simulatie(klein, tmp_path)
    header, *rows = (tmp_path / "verwacht.csv").read_text("utf-8").splitlines()

    assert header == "subject;rule"
    assert [tuple(row) for row in csv.reader(rows, delimiter=";")] == sorted(klein.verwacht)


def test_what_it_was_made_from_makes_it_again(klein: Simulatie, tmp_path: Path) -> None:
    write_simulatie(klein, tmp_path)
    made_from = json.loads((tmp_path / "simulatie.json").read_text("utf-8"))
    again = simulate(**{name: made_from[name] for name in ("seed", "instellingen", "bpvos", "rates")})

    assert made_from["peildatum"] == made_from["kennisdatum"] == "2019-07-01"
    assert again.verwacht == klein.verwacht
    assert again.keten.uitwisselingen == klein.keten.uitwisselingen
    assert set(made_from["volledig"]) >= {rule for _, rule in klein.verwacht}
    assert made_from["rijen"]["uitwisselingen"] == len(klein.keten.uitwisselingen or ())


def test_two_writings_give_the_same_bytes(klein: Simulatie, tmp_path: Path) -> None:
    write_simulatie(klein, tmp_path / "a")
    write_simulatie(simulate(seed=2, bpvos=200), tmp_path / "b")

    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert [(tmp_path / "a" / name).read_bytes() for name in names] == [
        (tmp_path / "b" / name).read_bytes() for name in names
    ]


def test_an_existing_folder_is_not_overwritten_unless_asked(klein: Simulatie, tmp_path: Path) -> None:
    write_simulatie(klein, tmp_path)

    with pytest.raises(ExistingFileError):
        write_simulatie(klein, tmp_path)
    write_simulatie(klein, tmp_path, overwrite=True)


def test_an_overview_has_the_bpvos_of_one_school_and_no_pseudonym(klein: Simulatie, tmp_path: Path) -> None:
    """A BPVO of the overview exists on the peildatum: received, not rejected and not removed."""
    path = write_school_ro(klein, "90AA", tmp_path)
    lines = [line.split("|") for line in path.read_text("utf-8").splitlines()]
    ours = {u.student for u in klein.keten.uitwisselingen or () if u.brin == "90AA"}
    text = path.read_text("utf-8")

    assert path.name == "RO_90AA_20180801_20190731.csv"
    assert lines[0] == ["VLP", "90AA", "2018-08-01", "2019-07-31", "2019-07-01"]
    assert lines[-1][0] == "SLR"
    assert 0 < sum(line[0] == "BPV" for line in lines) <= 200
    assert not any(student in text for student in ours)
    assert all(line[1].startswith("BSN") for line in lines if line[0] in {"PER", "ISG", "ISP", "BPV"})


def test_an_overview_of_a_school_that_is_not_there_is_refused(klein: Simulatie, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="brin must be that of a school"):
        write_school_ro(klein, "27DV", tmp_path)
