"""SOURCE is a Ketendata folder, or an RO file that a register completes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bpvo_rules.errors import SourceError
from bpvo_rules.io import read_ketendata, read_ro, read_source

MakeFolder = Callable[..., Path]

DATA = Path(__file__).parent.parent / "data" / "ro"
RO = DATA / "RO_27DV_20240731_20260324.csv"
KEY = b"sleutel"

REGISTER = {
    "instellingen": "brin;naam\n27DV;x\n27dv;y\n",
    "opleidingen": "code;soort;plaats\n25655;kwalificatie;Ede\n",
    "erkenningen": "leerbedrijf_id;opleidingcode;van;tot_en_met\n100018965;25655;2020-01-01;\n",
    "white_label_metingen": "functie;tijdstip;brin;gelukt\n",
}


def test_a_folder(make_folder: MakeFolder) -> None:
    folder = make_folder(**REGISTER)

    assert repr(read_source(folder)) == repr(read_ketendata(folder))
    assert read_source(folder).erkenningen == read_ketendata(folder).erkenningen


def test_an_ro_alone() -> None:
    """Every table that an RO does not give was not looked up."""
    keten = read_source(RO, ro_key=KEY)

    assert keten.uitwisselingen == read_ro(RO, key=KEY).uitwisselingen
    assert keten.erkenningen is None


def test_an_ro_with_a_register(make_folder: MakeFolder) -> None:
    """The register and reference tables come from the folder, with all that was said about both; no measurements."""
    folder = make_folder(**REGISTER)
    keten, ro, register = read_source(RO, register=folder, ro_key=KEY), read_ro(RO, key=KEY), read_ketendata(folder)

    for table in ("inschrijvingen", "inschrijvingsperiodes", "uitwisselingen"):
        assert keten.table(table) == ro.table(table)
    for table in ("instellingen", "opleidingen", "erkenningen"):
        assert keten.table(table) == register.table(table)
    assert keten.white_label_metingen is None
    assert keten.leerbedrijven is None
    of_register = {pair for pair in register.niet_opgezocht if pair[0] != "white_label_metingen"}
    assert keten.niet_opgezocht == ro.niet_opgezocht | of_register
    assert {("uitwisselingen", "ontvangen_duo_op"), ("erkenningen", "bekend_tot")} <= keten.niet_opgezocht
    assert [fault.file for fault in keten.invoerfouten] == ["instellingen.csv"]
    assert {note.code for note in keten.opmerkingen} == {"persoonsnummer_vorm", "slr_verschil", "onbekende_kolom"}


def test_the_deliveries_of_the_register_folder_are_not_read(make_folder: MakeFolder) -> None:
    """They may be those of other schools, and their faults are none of this run."""
    folder = make_folder(**REGISTER, uitwisselingen=b"\0")

    assert read_source(RO, register=folder, ro_key=KEY).uitwisselingen == read_ro(RO, key=KEY).uitwisselingen


def test_a_folder_with_no_table_of_the_register(make_folder: MakeFolder) -> None:
    folder = make_folder(inschrijvingen="brin\n")

    with pytest.raises(SourceError, match="geen enkele tabel"):
        read_source(RO, register=folder, ro_key=KEY)


def test_a_folder_has_its_own_register(make_folder: MakeFolder) -> None:
    folder = make_folder(**REGISTER)

    with pytest.raises(SourceError, match="hoort bij een registratieoverzicht"):
        read_source(folder, register=folder)


def test_neither_a_folder_nor_a_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^nergens is geen bestand dat gelezen kan worden"):
        read_source(tmp_path / "nergens")


def test_the_school_of_a_file_that_does_not_name_it(tmp_path: Path) -> None:
    path = tmp_path / "ro.csv"
    path.write_text("SLR|0\n", encoding="utf-8")

    assert read_source(path, ro_key=KEY, brin="27DV").uitwisselingen == ()


def test_progress_is_told_of_the_register(make_folder: MakeFolder) -> None:
    told: list[tuple[str, int]] = []
    read_source(
        RO, register=make_folder(**REGISTER), ro_key=KEY, progress=lambda table, rows: told.append((table, rows))
    )

    assert told == [("instellingen", 2), ("opleidingen", 1), ("erkenningen", 1)]
