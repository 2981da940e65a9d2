"""``report``: the pages, in a folder of their own, for one who may see them."""

import shutil
import sys
from pathlib import Path

import pytest
from tests.cli.runner import PEILDATUM, Run, kleine_keten, levering
from tests.report.blad import Blad

from bpvo_rules.codes import Brin
from bpvo_rules.io import write_ketendata
from bpvo_rules.model import Instelling

RO = Path(__file__).parent.parent / "data" / "ro" / "RO_27DV_20240731_20260324.csv"
OP = ("--peildatum", PEILDATUM)
ANDER = Brin("30ZZ")


def bladen(folder: Path) -> dict[str, str]:
    """Give every file in a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def twee(tmp_path: Path) -> Path:
    """Give a keten of two schools; at the second one a delivery of student ELDERS was a day late."""
    whole = kleine_keten()
    late = next(row for row in whole.uitwisselingen or () if row.student == "LAAT")
    elders = levering("ELDERS", brin=ANDER, ontvangen_duo_op=late.ontvangen_duo_op)
    schools = [*(whole.instellingen or ()), Instelling(brin=ANDER, naam="Ander")]
    folder = tmp_path / "twee"
    write_ketendata(
        whole.with_tables({"instellingen": schools, "uitwisselingen": [*(whole.uitwisselingen or ()), elders]}), folder
    )
    return folder


@pytest.fixture
def fotos(run: Run, twee: Path, tmp_path: Path) -> Path:
    """Give a folder with two unprotected fotos of that keten."""
    for day in (PEILDATUM, "2019-01-01"):
        assert run("foto", twee, "--peildatum", day, "--policy", "niveau", "--output", tmp_path / "fotos").status == 0
    return tmp_path / "fotos"


def test_a_report_has_a_first_page_and_two_parts(run: Run, twee: Path, tmp_path: Path) -> None:
    """Status 1: there are meldingen of kind fout. Who made it for all schools is told so."""
    result = run("report", twee, *OP, "--output", tmp_path / "verslag")
    found = bladen(tmp_path / "verslag")

    assert (result.status, result.out) == (1, "")
    assert f"Open {tmp_path / 'verslag' / 'index.html'}" in result.err
    assert "Gemaakt voor SBB, met records van alle scholen" in result.err
    assert Blad(found["index.html"]).links[1:] == ["realtime/index.html", "foto/index.html"]
    assert {path.split("/")[0] for path in found} == {"index.html", "realtime", "foto"}
    assert "ELDERS" in found["realtime/meldingen.html"]


def test_the_pages_about_fotos_hold_no_record(run: Run, twee: Path, tmp_path: Path) -> None:
    run("report", twee, *OP, "--output", tmp_path / "verslag")
    pages = "".join(text for path, text in bladen(tmp_path / "verslag").items() if path.startswith("foto/"))

    names = ("GOED", "KOUD", "VREEMD", "KORT", "LAAT", "LEEG", "ELDERS", "100000001", "X1", "X2")
    assert [name for name in names if name in pages] == []


def test_a_report_without_a_melding_of_kind_fout_gives_status_0(run: Run, goed: Path, tmp_path: Path) -> None:
    assert run("report", goed, *OP, "--output", tmp_path / "verslag").status == 0


def test_a_school_gets_its_own_records_and_no_foto(run: Run, twee: Path, tmp_path: Path) -> None:
    """A foto of the same records would be unprotected, and of all schools."""
    run("report", twee, *OP, "--instelling", "27DV", "--output", tmp_path / "verslag")
    found = bladen(tmp_path / "verslag")

    assert {path.split("/")[0] for path in found} == {"index.html", "realtime"}
    assert [path for path, text in found.items() if "ELDERS" in text or "30ZZ" in text] == []


@pytest.mark.parametrize(("brin", "status"), [("27DV", 1), ("30ZZ", 0)])
def test_the_status_is_about_what_is_shown(run: Run, twee: Path, tmp_path: Path, brin: str, status: int) -> None:
    """The one BPVO that names no company is of 27DV."""
    chosen = ("--rule", "verplichte_gegevens", "--instelling", brin)

    assert run("report", twee, *OP, *chosen, "--output", tmp_path / "verslag").status == status


def test_a_source_of_one_school_is_for_that_school(run: Run, keten: Path, tmp_path: Path) -> None:
    run("report", keten, *OP, "--output", tmp_path / "verslag")

    assert "school 27DV: alleen de eigen records" in Blad(bladen(tmp_path / "verslag")["realtime/index.html"]).tekst


def test_a_registratieoverzicht_is_of_its_school(run: Run, keten: Path, tmp_path: Path) -> None:
    """No foto can be of it: its perspectief is what was asked, but it is for the school."""
    result = run(
        *("report", RO, "--register", keten, "--peildatum", "2026-03-25", "--output", tmp_path / "verslag"), "--quiet"
    )

    assert result.err == ""
    assert "school 27DV: alleen de eigen records" in Blad(bladen(tmp_path / "verslag")["realtime/index.html"]).tekst


@pytest.mark.parametrize(("partij", "named"), [("sbb", "SBB: de hele keten"), ("duo", "DUO: de hele keten")])
def test_the_pages_say_for_whom_they_were_made(run: Run, keten: Path, tmp_path: Path, partij: str, named: str) -> None:
    run("report", keten, *OP, "--partij", partij, "--output", tmp_path / "verslag")

    assert named in Blad(bladen(tmp_path / "verslag")["realtime/index.html"]).tekst


def test_with_fotos_alone_there_is_nothing_else(run: Run, fotos: Path, twee: Path, tmp_path: Path) -> None:
    """The records are gone, and the pages are made."""
    shutil.rmtree(twee)
    result = run("report", "--foto", fotos, "--output", tmp_path / "verslag")
    found = bladen(tmp_path / "verslag")

    assert result.status == 0
    assert {path.split("/")[0] for path in found} == {"index.html", "foto"}
    assert "1 oktober 2018" in Blad(found["foto/index.html"]).tekst
    assert "onbeschermd" in found["foto/index.html"].lower()


def test_fotos_may_be_named_one_by_one(run: Run, fotos: Path, tmp_path: Path) -> None:
    names = [argument for path in sorted(fotos.iterdir()) for argument in ("--foto", path)]
    run("report", *names, "--output", tmp_path / "los")
    run("report", "--foto", fotos, "--output", tmp_path / "samen")

    assert bladen(tmp_path / "los") == bladen(tmp_path / "samen")


def test_a_later_report_takes_the_place_of_an_earlier_one(run: Run, twee: Path, fotos: Path, tmp_path: Path) -> None:
    run("report", twee, *OP, "--output", tmp_path / "verslag")
    assert run("report", "--foto", fotos, "--output", tmp_path / "verslag").status == 0

    assert not (tmp_path / "verslag" / "realtime").exists()


def test_a_report_is_english_when_asked(run: Run, twee: Path, tmp_path: Path) -> None:
    run("report", twee, *OP, "--output", tmp_path / "verslag", "--lang", "en")

    for path, text in bladen(tmp_path / "verslag").items():
        if path.endswith(".html"):
            assert '<html lang="en">' in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--output", "{tmp}/v"), "geef SOURCE, --foto of beide"),
        (("{keten}", "--output", "{tmp}/v"), "--peildatum ontbreekt"),
        (("{keten}", *OP), "--output ontbreekt"),
        (("{keten}", *OP, "--output", "{keten}"), "niet leeg en geen eerder verslag"),
        (("{keten}", *OP, "--output", "{keten}/verslag"), "niet in of om een bron"),
        (("{keten}", *OP, "--output", "{tmp}/v", "--instelling", "27DV", "--partij", "sbb"), "gaan niet samen"),
        (("{keten}", *OP, "--output", "{tmp}/v", "--instelling", "GEHEIM"), "vraagt een BRIN"),
        (("{keten}", *OP, "--output", "{tmp}/v", "--instelling", "99ZZ"), "niets van school 99ZZ"),
        (("{keten}", *OP, "--output", "{tmp}/v", "--partij", "inspectie"), "kies uit sbb, duo"),
        (("--foto", "{keten}", "--output", "{tmp}/v"), "staat geen foto"),
        (("--foto", "{tmp}/niets", "--output", "{tmp}/v"), "staat geen foto"),
        (("--foto", "{keten}", "--partij", "sbb", "--output", "{tmp}/v"), "--partij hoort bij SOURCE"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    run: Run, keten: Path, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    result = run("report", *(argument.format(keten=keten, tmp=tmp_path) for argument in arguments))

    assert result.status == 2
    assert says in result.err
    assert "GEHEIM" not in result.err
    assert len(result.err.splitlines()) == 1
    assert not (tmp_path / "v").exists()


def test_a_foto_is_given_once_and_under_one_policy(run: Run, twee: Path, fotos: Path, tmp_path: Path) -> None:
    twice = run("report", "--foto", fotos, "--foto", fotos / "foto-2019-01-01", "--output", tmp_path / "v")
    assert (twice.status, "twee keer" in twice.err) == (2, True)

    other = tmp_path / "beschermd"
    run("foto", twee, *OP, "--policy", "midpunt6", "--output", other)
    mixed = run("report", "--foto", fotos, "--foto", other, "--output", tmp_path / "v")
    assert (mixed.status, "dezelfde policy" in mixed.err) == (2, True)


def test_what_is_read_is_never_written_over(run: Run, keten: Path, tmp_path: Path) -> None:
    """An earlier report that somebody put a source into is refused too: it would be gone."""
    verslag = tmp_path / "verslag"
    run("report", keten, *OP, "--output", verslag)
    inside = Path(shutil.copytree(keten, verslag / "keten"))

    assert run("report", inside, *OP, "--output", verslag).status == 2
    assert (inside / "uitwisselingen.csv").is_file()


@pytest.mark.parametrize("module", ["jinja2", "vl_convert"])
def test_without_the_extra_the_command_says_what_to_install(
    run: Run, keten: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.setattr("bpvo_rules.cli.report.find_spec", lambda name: None if name == module else sys)

    result = run("report", keten, *OP, "--output", tmp_path / "v")

    assert result.status == 2
    assert "installeer bpvo-rules[report]" in result.err


def test_an_error_in_a_rule_is_said_and_no_foto_is_made(run: Run, twee: Path, tmp_path: Path, broken_rule: str) -> None:
    """Counts in which a rule is missing would look better than the truth."""
    result = run("report", twee, *OP, "--output", tmp_path / "verslag")
    found = bladen(tmp_path / "verslag")

    assert result.status == 3
    assert f"Regel {broken_rule} is gestopt met een fout" in Blad(found["realtime/index.html"]).tekst
    assert {path.split("/")[0] for path in found} == {"index.html", "realtime"}
