"""A Ketendata folder as ketendata.md describes it: files, tables, columns, rows."""

import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bpvo_rules.codes import Brin, Keuzedeelcode, LeerbedrijfId, Opleidingcode, Volgnummer
from bpvo_rules.errors import SourceError
from bpvo_rules.io import read_ketendata
from bpvo_rules.io.ketendata import PROGRESS_STEP
from bpvo_rules.keten import Invoerfout
from bpvo_rules.model import (
    TABLES,
    Instelling,
    Keuzedeel,
    SoortUitwisseling,
    Uitkomst,
    Uitwisseling,
)

MakeFolder = Callable[..., Path]

UITWISSELINGEN = (
    "brin;student;inschrijvingvolgnummer;volgnummer;volgorde;soort;ontstaan_op;ontvangen_duo_op;teruggekoppeld_op;"
    "uitkomst;ontvangen_sbb_op;afsluitdatum;begindatum;einddatum_gepland;einddatum_werkelijk;omvang;leerbedrijf_id;"
    "opleidingcode;keuzedeelcode"
)
EVENT = "27DV;s1;C3;C1;1;toevoeging;2023-01-08;2023-01-09;2023-01-10;geaccepteerd;2023-01-11"
CONTENT = "2023-01-07;2023-02-01;2025-01-29;;2163;100018965;25655;K0067"


class TestFiles:
    def test_a_full_row(self, make_folder: MakeFolder) -> None:
        """Every column of a delivery comes out as the value that it stands for, and an empty cell as None."""
        keten = read_ketendata(make_folder(uitwisselingen=f"{UITWISSELINGEN}\n{EVENT};{CONTENT}\n"))

        assert keten.uitwisselingen == (
            Uitwisseling(
                brin=Brin("27DV"),
                student="s1",
                inschrijvingvolgnummer=Volgnummer("C3"),
                volgnummer=Volgnummer("C1"),
                volgorde=1,
                soort=SoortUitwisseling.TOEVOEGING,
                ontstaan_op=date(2023, 1, 8),
                ontvangen_duo_op=date(2023, 1, 9),
                teruggekoppeld_op=date(2023, 1, 10),
                uitkomst=Uitkomst.GEACCEPTEERD,
                ontvangen_sbb_op=date(2023, 1, 11),
                afsluitdatum=date(2023, 1, 7),
                begindatum=date(2023, 2, 1),
                einddatum_gepland=date(2025, 1, 29),
                einddatum_werkelijk=None,
                omvang=2163,
                leerbedrijf_id=LeerbedrijfId("100018965"),
                opleidingcode=Opleidingcode("25655"),
                keuzedeelcode=Keuzedeelcode("K0067"),
            ),
        )
        assert keten.niet_opgezocht == frozenset()
        assert keten.invoerfouten == ()
        assert keten.opmerkingen == ()

    def test_content_cells_may_be_missing(self, make_folder: MakeFolder) -> None:
        """An incomplete BPVO is data to be judged, not an invoerfout."""
        keten = read_ketendata(make_folder(uitwisselingen=f"{UITWISSELINGEN}\n{EVENT};;;;;;;;\n"))

        assert keten.invoerfouten == ()
        assert keten.uitwisselingen is not None
        assert keten.uitwisselingen[0].begindatum is None
        assert keten.uitwisselingen[0].leerbedrijf_id is None

    def test_a_table_without_a_file_was_not_looked_up(self, make_folder: MakeFolder) -> None:
        """That is not the same as an empty table, which is a file with a header only."""
        keten = read_ketendata(make_folder(instellingen="brin;naam\n", keuzedelen="code\nK0067\n"))

        assert keten.instellingen == ()
        assert keten.leerbedrijven is None
        assert keten.tabellen_niet_opgezocht == tuple(n for n in TABLES if n not in {"instellingen", "keuzedelen"})

    def test_a_missing_optional_column_was_not_looked_up(self, make_folder: MakeFolder) -> None:
        """An empty cell of a column that is there says 'looked up, nothing there'."""
        keten = read_ketendata(
            make_folder(keuzedelen="code;naam;geldig_van\nK0067;;\n", instellingen="brin;naam\n27DV;\n")
        )

        assert keten.keuzedelen == (Keuzedeel(code=Keuzedeelcode("K0067")),)
        assert keten.niet_opgezocht == {("keuzedelen", "geldig_tot_en_met")}
        assert keten.is_opgezocht("keuzedelen", "naam")
        assert keten.is_opgezocht("instellingen", "naam")

    def test_columns_may_stand_in_any_order(self, make_folder: MakeFolder) -> None:
        keten = read_ketendata(make_folder(instellingen="naam;brin\nEen school;27DV\n"))

        assert keten.instellingen == (Instelling(brin=Brin("27DV"), naam="Een school"),)

    def test_an_unknown_column_is_passed_over_and_told(self, make_folder: MakeFolder) -> None:
        keten = read_ketendata(make_folder(instellingen="plaats;brin\nEde;27DV\n"))
        (note,) = keten.opmerkingen

        assert keten.instellingen == (Instelling(brin=Brin("27DV")),)
        assert (note.file, note.code) == ("instellingen.csv", "onbekende_kolom")
        assert note.text == "De kolom plaats is onbekend en is niet gelezen."

    def test_an_unknown_column_among_known_ones(self, make_folder: MakeFolder) -> None:
        keten = read_ketendata(make_folder(instellingen="brin;plaats;naam\n27DV;Ede;Een school\n"))

        assert keten.instellingen == (Instelling(brin=Brin("27DV"), naam="Een school"),)

    def test_a_column_without_the_name_of_a_column_is_not_shown(self, make_folder: MakeFolder) -> None:
        """It may be a value, of a file whose header is not one."""
        keten = read_ketendata(make_folder(instellingen="brin;999999990\n27DV;x\n"))

        assert [note.text for note in keten.opmerkingen] == ["De kolom op plaats 2 is onbekend en is niet gelezen."]

    def test_an_unknown_csv_is_told_and_other_files_are_not(self, make_folder: MakeFolder) -> None:
        folder = make_folder(instellingen="brin\n27DV\n", leerlingen="a\n")
        (folder / "README.md").write_text("x", encoding="utf-8")
        (folder / "leerlingen.parquet").write_bytes(b"x")
        # The ground truth that a simulation writes beside its tables.
        (folder / "verwacht.csv").write_text("subject;rule\n", encoding="utf-8")
        keten = read_ketendata(folder)

        assert [(note.file, note.code) for note in keten.opmerkingen] == [("leerlingen.csv", "onbekend_bestand")]

    def test_only_the_tables_asked_for_are_read(self, make_folder: MakeFolder) -> None:
        """The others are as if they had no file, also when theirs cannot be read."""
        folder = make_folder(instellingen="brin\n27DV\n", keuzedelen=b"\0")
        keten = read_ketendata(folder, tables=["instellingen", "erkenningen"])

        assert keten.instellingen is not None
        assert keten.keuzedelen is None
        with pytest.raises(SourceError, match=r"geen enkele tabel van Ketendata \(erkenningen\)"):
            read_ketendata(folder, tables=["erkenningen"])

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param("brin;naam\n27DV;Caf\u00e9 & zn\n".encode(), id="plain"),
            pytest.param("\ufeffbrin;naam\n27DV;Caf\u00e9 & zn\n".encode(), id="BOM"),
            pytest.param("brin;naam\r\n27DV;Caf\u00e9 & zn\r\n".encode(), id="CRLF"),
            pytest.param("brin;naam\r27DV;Caf\u00e9 & zn\r".encode(), id="CR"),
            pytest.param('"brin";"naam"\n"27DV";"Caf\u00e9 & zn"\n'.encode(), id="quoted"),
            pytest.param("brin;naam\n\n27DV;Caf\u00e9 & zn\n\n\n".encode(), id="blank lines"),
        ],
    )
    def test_forms_of_the_same_file(self, make_folder: MakeFolder, content: bytes) -> None:
        keten = read_ketendata(make_folder(instellingen=content))

        assert keten.instellingen == (Instelling(brin=Brin("27DV"), naam="Caf\u00e9 & zn"),)
        assert (keten.invoerfouten, keten.opmerkingen) == ((), ())

    def test_windows_1252_is_read_and_told(self, make_folder: MakeFolder) -> None:
        keten = read_ketendata(make_folder(instellingen="brin;naam\n27DV;Caf\u00e9 \u20ac\n".encode("cp1252")))

        assert keten.instellingen == (Instelling(brin=Brin("27DV"), naam="Caf\u00e9 \u20ac"),)
        assert [(note.file, note.code) for note in keten.opmerkingen] == [("instellingen.csv", "cp1252")]

    def test_quoted_cells_may_hold_delimiters_quotes_and_line_ends(self, make_folder: MakeFolder) -> None:
        """The row counts from the line on which it starts, and the next one from the line after its end."""
        keten = read_ketendata(make_folder(instellingen='brin;naam\n27DV;"een;twee ""drie""\nvier"\n27dv;x\n'))
        (fault,) = keten.invoerfouten

        assert keten.instellingen == (Instelling(brin=Brin("27DV"), naam='een;twee "drie"\nvier'),)
        assert fault.line == 4

    def test_progress_is_told_now_and_then_and_at_the_end(self, make_folder: MakeFolder) -> None:
        rows = "".join(f"K{n % 10_000:04}\n" for n in range(PROGRESS_STEP + 3))
        told: list[tuple[str, int]] = []
        read_ketendata(
            make_folder(keuzedelen=f"code\n{rows}", instellingen="brin\n"),
            progress=lambda table, rows: told.append((table, rows)),
        )

        assert told == [("instellingen", 0), ("keuzedelen", PROGRESS_STEP), ("keuzedelen", PROGRESS_STEP + 3)]


@pytest.mark.parametrize("was_on", [True, False])
def test_the_search_for_cycles_is_left_as_it_was(make_folder: MakeFolder, *, was_on: bool) -> None:
    """It rests while a folder is read, and goes on afterwards when it did before, also after an error."""
    before = gc.isenabled()
    seen: list[bool] = []
    try:
        (gc.enable if was_on else gc.disable)()
        read_ketendata(make_folder(instellingen="brin\n"), progress=lambda *_: seen.append(gc.isenabled()))
        seen.append(gc.isenabled())
        with pytest.raises(SourceError):
            read_ketendata(make_folder(instellingen=""))
        seen.append(gc.isenabled())
    finally:
        (gc.enable if before else gc.disable)()

    assert seen == [False, was_on, was_on]


class TestFolders:
    def test_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match=r"is geen map die gelezen kan worden"):
            read_ketendata(tmp_path / "nergens")

    def test_a_file_is_no_folder(self, tmp_path: Path) -> None:
        (tmp_path / "bestand").write_text("x", encoding="utf-8")

        with pytest.raises(SourceError, match=r"is geen map die gelezen kan worden"):
            read_ketendata(tmp_path / "bestand")

    def test_a_folder_without_a_single_known_table(self, make_folder: MakeFolder) -> None:
        with pytest.raises(SourceError, match=r"heeft geen enkele tabel van Ketendata"):
            read_ketendata(make_folder(leerlingen="brin\n27DV\n"))

    def test_a_folder_holds_one_form_per_table(self, make_folder: MakeFolder) -> None:
        folder = make_folder(instellingen="brin\n27DV\n")
        (folder / "instellingen.parquet").write_bytes(b"PAR1")

        with pytest.raises(SourceError, match=r"instellingen.csv en instellingen.parquet"):
            read_ketendata(folder)

    def test_a_table_that_is_a_folder(self, make_folder: MakeFolder) -> None:
        folder = make_folder(instellingen="brin\n27DV\n")
        (folder / "keuzedelen.csv").mkdir()

        with pytest.raises(SourceError, match=r"^keuzedelen.csv is geen bestand dat gelezen kan worden.$"):
            read_ketendata(folder)


class TestHeaders:
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("naam;plaats\n", "^instellingen.csv mist de verplichte kolom brin.$"),
            ("brin,naam\n27DV,x\n", r"^instellingen.csv mist de verplichte kolom brin \(geen ';' in de kopregel\).$"),
            ("Brin;naam\n", "mist de verplichte kolom brin"),
            ("brin;naam;brin\n", "^instellingen.csv heeft in de kopregel tweemaal de kolom brin.$"),
            ("brin;x;x\n", "tweemaal de kolom x"),
            ("brin;12;12\n", "tweemaal de kolom op plaats 3"),
            ("\n\n", "^instellingen.csv heeft geen kopregel op regel 1.$"),
            ("\nbrin;naam\n27DV;x\n", "heeft geen kopregel op regel 1"),
            ("\ufeff", "heeft geen kopregel op regel 1"),
            ('brin;"naam\n27DV;x\n', r"^De kopregel van instellingen.csv \(regel 1\) is niet te ontleden"),
        ],
    )
    def test_what_is_no_header(self, make_folder: MakeFolder, content: str, message: str) -> None:
        with pytest.raises(SourceError, match=message):
            read_ketendata(make_folder(instellingen=content))

    def test_empty_names_after_the_last_column_are_no_duplicates(self, make_folder: MakeFolder) -> None:
        """A spreadsheet adds them, to every line."""
        keten = read_ketendata(make_folder(instellingen="brin;naam;;\n27DV;x;;\n"))

        assert keten.instellingen == (Instelling(brin=Brin("27DV"), naam="x"),)
        assert [note.code for note in keten.opmerkingen] == ["onbekende_kolom"] * 2


class TestRows:
    """A row that cannot be read never stops the run; it is counted once, and the rest goes on."""

    @pytest.mark.parametrize(
        ("row", "column", "reason"),
        [
            (";Een school", "brin", "verplichte cel is leeg"),
            ("27DV", None, "1 cellen gevonden, 2 verwacht"),
            ("27DV;x;y", None, "3 cellen gevonden, 2 verwacht"),
            ("27dv;x", "brin", "heeft niet de vorm: 2 cijfers en 2 hoofdletters"),
            (" ", None, "1 cellen gevonden, 2 verwacht"),
        ],
    )
    def test_one_bad_row(self, make_folder: MakeFolder, row: str, column: str | None, reason: str) -> None:
        keten = read_ketendata(make_folder(instellingen=f"brin;naam\n00AA;a\n{row}\n00BB;b\n"))

        assert keten.invoerfouten == (Invoerfout("instellingen", "instellingen.csv", 3, column, reason),)
        assert [str(row.brin) for row in keten.instellingen or ()] == ["00AA", "00BB"]

    def test_a_row_is_counted_once_for_its_first_fault(self, make_folder: MakeFolder) -> None:
        content = "code;naam;geldig_van;geldig_tot_en_met\nK1;;2018;2019\n"

        assert [f.column for f in read_ketendata(make_folder(keuzedelen=content)).invoerfouten] == ["code"]

    def test_of_a_duplicate_key_the_first_row_stays(self, make_folder: MakeFolder) -> None:
        keten = read_ketendata(make_folder(instellingen="brin;naam\n00AA;a\n00BB;b\n00AA;c\n00AA;d\n"))

        assert [row.naam for row in keten.instellingen or ()] == ["a", "b"]
        assert [(f.line, f.column, f.reason) for f in keten.invoerfouten] == [
            (4, None, "dubbele sleutel: dezelfde als op regel 2"),
            (5, None, "dubbele sleutel: dezelfde als op regel 2"),
        ]

    def test_a_row_that_was_not_read_takes_no_key(self, make_folder: MakeFolder) -> None:
        keten = read_ketendata(make_folder(keuzedelen="code;geldig_van\nK0067;2018\nK0067;2018-08-01\n"))

        assert [fault.line for fault in keten.invoerfouten] == [2]
        assert keten.keuzedelen == (Keuzedeel(code=Keuzedeelcode("K0067"), geldig_van=date(2018, 8, 1)),)

    @pytest.mark.parametrize("part", range(5))
    def test_every_part_of_a_key_counts(self, make_folder: MakeFolder, part: int) -> None:
        """Brin, student, inschrijvingvolgnummer, volgnummer and volgorde together are the key of a delivery."""
        header = "brin;student;inschrijvingvolgnummer;volgnummer;volgorde;soort"
        one = ["27DV", "s1", "C1", "C1", "1", "toevoeging"]
        other = [*one]
        other[part] = ["27DW", "s2", "C2", "C2", "2"][part]
        content = "\n".join([header, ";".join(one), ";".join(other), ""])

        assert read_ketendata(make_folder(uitwisselingen=content)).invoerfouten == ()

    def test_a_table_without_a_key_may_repeat_rows(self, make_folder: MakeFolder) -> None:
        row = "100000001;25655;2018-08-01\n"
        keten = read_ketendata(make_folder(erkenningen=f"leerbedrijf_id;opleidingcode;van\n{row}{row}"))

        assert (len(keten.erkenningen or ()), keten.invoerfouten) == (2, ())

    def test_an_empty_part_of_a_key_is_a_value_of_its_own(self, make_folder: MakeFolder) -> None:
        """A measurement of a school is not the national one of the same moment."""
        rows = [f"zoeken;2018-10-01T09:15:00Z;{brin};ja" for brin in ("", "27DV", "")]
        keten = read_ketendata(make_folder(white_label_metingen="\n".join(["functie;tijdstip;brin;gelukt", *rows, ""])))

        assert [fault.line for fault in keten.invoerfouten] == [4]


class TestPersons:
    def test_a_column_of_persoonsnummers_is_refused(self, make_folder: MakeFolder) -> None:
        """The message says to make pseudonyms first, and shows none of the numbers."""
        rows = "".join(f"27DV;{n};C1;2018-08-01\n" for n in self._numbers(5))
        content = f"brin;student;inschrijvingvolgnummer;datum_inschrijving\n{rows}"

        with pytest.raises(SourceError, match=r"lijkt BSN's of onderwijsnummers te bevatten") as error:
            read_ketendata(make_folder(inschrijvingen=content))
        assert "student" in str(error.value)
        assert "pseudoniemen" in str(error.value)
        assert not any(number in str(error.value) for number in self._numbers(5))

    def test_four_of_them_may_be_chance(self, make_folder: MakeFolder) -> None:
        rows = "".join(f"27DV;{n};C1;2018-08-01\n" for n in self._numbers(4))
        content = f"brin;student;inschrijvingvolgnummer;datum_inschrijving\n{rows}"

        assert len(read_ketendata(make_folder(inschrijvingen=content)).inschrijvingen or ()) == 4

    @staticmethod
    def _numbers(count: int) -> list[str]:
        def passes(number: int) -> bool:
            digits = [int(d) for d in str(number)]
            return (sum((9 - i) * d for i, d in enumerate(digits[:8])) - digits[8]) % 11 == 0

        return [str(n) for n in range(900_000_000, 900_000_200) if passes(n)][:count]

    @pytest.mark.parametrize(
        "row",
        [
            "27DV;geheim-17;C-3;2018-08-01",
            "27DV;geheim-17;C3;2018-02-30",
            "27DV;geheim-17;C3",
            "27DV;geheim-17;C3;2018-08-01\n27DV;geheim-17;C3;2018-08-01",
            '27DV;"geheim-17;C3;2018-08-01',
        ],
    )
    def test_no_message_shows_a_student(self, make_folder: MakeFolder, row: str) -> None:
        content = f"brin;student;inschrijvingvolgnummer;datum_inschrijving\n{row}\n"
        keten = read_ketendata(make_folder(inschrijvingen=content))

        assert len(keten.invoerfouten) == 1
        for text in (repr(keten), repr(keten.invoerfouten), str(keten.invoerfouten[0]), repr(keten.inschrijvingen)):
            assert "geheim" not in text
