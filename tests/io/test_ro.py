"""The registratieoverzicht (RO) of DUO as a source, as ketendata.md describes it."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bpvo_rules.codes import Brin, Keuzedeelcode, LeerbedrijfId, Opleidingcode, Volgnummer
from bpvo_rules.errors import SourceError
from bpvo_rules.io import read_ro
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES, Inschrijving, Inschrijvingsperiode, Leerweg, SoortUitwisseling, Uitwisseling

DATA = Path(__file__).parent.parent / "data" / "ro"
KEY = b"sleutel"

# HMAC-SHA-256 under KEY of 'bsn:BSN1' and of 'onderwijsnummer:BSN2', worked out with openssl.
STUDENT_1 = "edf25fe3e2c5ebcb322b916e242938c1"
STUDENT_2 = "c62210ea602ed624ecf104e24ea344cb"

STANDARD = """\
VLP|27DV|2024-07-31|2026-03-24|2026-03-25
PER|BSN1||1987-11-23|V
ISG|BSN1||C3|2023-01-30|2025-01-29|2025-01-16|08
ISP|BSN1||C3|2023-01-30|25655|BBL|MBO-3|J||100A501|101X591||
BPV|BSN1||C3|C1|2023-01-07|2023-02-01|2025-01-29|2024-08-30|2163|100018965|25655|
BPV|BSN1||C3|C2|2024-09-17|2024-09-01|2025-01-29||160|100642111||K0067
PER||BSN2|1989-01-28|M
ISG||BSN2|1|2020-08-01|2025-07-31||
ISP||BSN2|1|2020-08-01|25311|BOL||J||100A500|101X589||
SLR|2|2|2|0|2|0|0|0|0
"""

EVENTS = ("ontstaan_op", "ontvangen_duo_op", "teruggekoppeld_op", "uitkomst", "ontvangen_sbb_op")

Read = Callable[..., Keten]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(content: str | bytes, *, name: str = "RO_27DV_20240731_20260324.CSV", brin: str | None = None) -> Keten:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_ro(path, key=KEY, brin=brin)

    return read


def tables(keten: Keten) -> dict[str, object]:
    return {name: keten.table(name) for name in TABLES}


def codes(keten: Keten) -> list[str]:
    """Codes of the opmerkingen, without the one about masked numbers that every test file has."""
    return [note.code for note in keten.opmerkingen if note.code != "persoonsnummer_vorm"]


def counts(keten: Keten) -> tuple[int, int, int]:
    """Count inschrijvingen, inschrijvingsperiodes and uitwisselingen."""
    return len(keten.inschrijvingen or ()), len(keten.inschrijvingsperiodes or ()), len(keten.uitwisselingen or ())


class TestStandard:
    def test_isg_becomes_an_inschrijving(self, read: Read) -> None:
        assert read(STANDARD).inschrijvingen == (
            Inschrijving(
                brin=Brin("27DV"),
                student=STUDENT_1,
                inschrijvingvolgnummer=Volgnummer("C3"),
                datum_inschrijving=date(2023, 1, 30),
                datum_uitschrijving_gepland=date(2025, 1, 29),
                datum_uitschrijving_werkelijk=date(2025, 1, 16),
            ),
            Inschrijving(
                brin=Brin("27DV"),
                student=STUDENT_2,
                inschrijvingvolgnummer=Volgnummer("1"),
                datum_inschrijving=date(2020, 8, 1),
                datum_uitschrijving_gepland=date(2025, 7, 31),
            ),
        )

    def test_isp_becomes_an_inschrijvingsperiode(self, read: Read) -> None:
        """Leertraject is the leerweg, MBO-3 is niveau 3."""
        assert read(STANDARD).inschrijvingsperiodes == (
            Inschrijvingsperiode(
                brin=Brin("27DV"),
                student=STUDENT_1,
                inschrijvingvolgnummer=Volgnummer("C3"),
                begindatum=date(2023, 1, 30),
                opleidingcode=Opleidingcode("25655"),
                leerweg=Leerweg.BBL,
                niveau=3,
            ),
            Inschrijvingsperiode(
                brin=Brin("27DV"),
                student=STUDENT_2,
                inschrijvingvolgnummer=Volgnummer("1"),
                begindatum=date(2020, 8, 1),
                opleidingcode=Opleidingcode("25311"),
                leerweg=Leerweg.BOL,
            ),
        )

    def test_bpv_becomes_one_delivery(self, read: Read) -> None:
        """A toevoeging with volgorde 1; keuzedeel is the last cell."""
        assert read(STANDARD).uitwisselingen == (
            Uitwisseling(
                brin=Brin("27DV"),
                student=STUDENT_1,
                inschrijvingvolgnummer=Volgnummer("C3"),
                volgnummer=Volgnummer("C1"),
                volgorde=1,
                soort=SoortUitwisseling.TOEVOEGING,
                afsluitdatum=date(2023, 1, 7),
                begindatum=date(2023, 2, 1),
                einddatum_gepland=date(2025, 1, 29),
                einddatum_werkelijk=date(2024, 8, 30),
                omvang=2163,
                leerbedrijf_id=LeerbedrijfId("100018965"),
                opleidingcode=Opleidingcode("25655"),
            ),
            Uitwisseling(
                brin=Brin("27DV"),
                student=STUDENT_1,
                inschrijvingvolgnummer=Volgnummer("C3"),
                volgnummer=Volgnummer("C2"),
                volgorde=1,
                soort=SoortUitwisseling.TOEVOEGING,
                afsluitdatum=date(2024, 9, 17),
                begindatum=date(2024, 9, 1),
                einddatum_gepland=date(2025, 1, 29),
                omvang=160,
                leerbedrijf_id=LeerbedrijfId("100642111"),
                keuzedeelcode=Keuzedeelcode("K0067"),
            ),
        )

    def test_the_event_columns_and_all_other_tables_were_not_looked_up(self, read: Read) -> None:
        keten = read(STANDARD)

        assert keten.niet_opgezocht == {("uitwisselingen", column) for column in EVENTS}
        looked_up = {"inschrijvingen", "inschrijvingsperiodes", "uitwisselingen"}
        assert keten.tabellen_niet_opgezocht == tuple(name for name in TABLES if name not in looked_up)

    def test_nothing_else_is_told(self, read: Read) -> None:
        keten = read(STANDARD)

        assert (keten.invoerfouten, codes(keten)) == ((), [])


def dutch_dates(text: str) -> str:
    return re.sub(r"(\d{4})-(\d\d)-(\d\d)", lambda m: f"{int(m[3])}-{int(m[2])}-{m[1]}", text)


def padded(text: str, cells: int = 14) -> str:
    """Fill each line with empty cells, as a spreadsheet does."""
    return "".join(f"{line}{'|' * (cells - 1 - line.count('|'))}\n" for line in text.splitlines())


def spreadsheet(text: str) -> str:
    return padded(dutch_dates(text)).replace("|", ";")


VARIANTS: dict[str, Callable[[str], str | bytes]] = {
    "semicolons": lambda text: text.replace("|", ";"),
    "dates d-m-jjjj": dutch_dates,
    "dates dd-mm-jjjj": lambda text: re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3-\2-\1", text),
    "dates jjjjmmdd": lambda text: re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\1\2\3", text),
    "trailing empty cells": padded,
    "many trailing empty cells": lambda text: padded(text, 40),
    "trailing cells left off": lambda text: re.sub(r"\|+$", "", text, flags=re.MULTILINE),
    "BOM": lambda text: f"\ufeff{text}",
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "BOM, CRLF and spreadsheet": lambda text: "\ufeff" + spreadsheet(text).replace("\n", "\r\n"),
    "spaces around cells": lambda text: text.replace("|", " |\u00a0"),
    "quoted cells": lambda text: re.sub(r"[^|\n]+", r'"\g<0>"', text),
    "blank lines": lambda text: text.replace("\n", "\n\n") + "||||\n",
    "hours with a decimal comma": lambda text: text.replace("|160|", "|160,0|").replace("|2163|", "|2163,00|"),
    "no line end at the end": lambda text: text.rstrip("\n"),
}


class TestVariants:
    """Real files differ from the standard, and hold the same keten."""

    @pytest.mark.parametrize("variant", VARIANTS)
    def test_every_variant_gives_the_same_keten(self, read: Read, variant: str) -> None:
        keten = read(VARIANTS[variant](STANDARD))

        assert tables(keten) == tables(read(STANDARD))
        assert keten.invoerfouten == ()
        assert codes(keten) == (["geen_regeleinde"] if variant == "no line end at the end" else [])

    def test_windows_1252_is_read_and_told(self, read: Read) -> None:
        """A note in a cell that is not read has a letter with an accent."""
        keten = read(STANDARD.replace("|08\n", "|\u00e9\n").encode("cp1252"))

        assert tables(keten) == tables(read(STANDARD))
        assert codes(keten) == ["cp1252"]

    def test_records_may_stand_in_any_order(self, read: Read) -> None:
        """VLP and SLR included; the records of a table keep the order of the file."""
        keten = read("".join(reversed(STANDARD.splitlines(keepends=True))))
        standard = read(STANDARD)

        for name in ("inschrijvingen", "inschrijvingsperiodes", "uitwisselingen"):
            assert keten.table(name) == tuple(reversed(standard.table(name) or ()))
        assert (keten.invoerfouten, codes(keten)) == ((), [])

    def test_unknown_record_types_are_counted_and_not_guessed(self, read: Read) -> None:
        keten = read(STANDARD + "XYZ|BSN1|geheim\n" * 3 + "ABC|1\n")

        assert tables(keten) == tables(read(STANDARD))
        assert [(n.code, n.text) for n in keten.opmerkingen if n.code != "persoonsnummer_vorm"] == [
            ("onbekend_recordtype", "Recordtype ABC is onbekend; 1 keer overgeslagen."),
            ("onbekend_recordtype", "Recordtype XYZ is onbekend; 3 keer overgeslagen."),
        ]

    @pytest.mark.parametrize("kind", ["PER", "ISE", "DIP", "AMO", "GEO", "KZD"])
    def test_known_types_without_a_table_are_only_counted(self, read: Read, kind: str) -> None:
        keten = read(STANDARD + f"{kind}|BSN1||2018-02-30|x|y|z\n")

        assert tables(keten) == tables(read(STANDARD))
        assert (keten.invoerfouten, codes(keten)) == ((), ["slr_verschil"])

    def test_an_isp_may_have_more_cells(self, read: Read) -> None:
        keten = read(STANDARD.replace("101X589||", "101X589||a|b|c"))

        assert tables(keten) == tables(read(STANDARD))


class TestSchool:
    """The BRIN comes from VLP, or else from the name of the file."""

    WITHOUT = STANDARD.partition("\n")[2]

    def test_from_the_name(self, read: Read) -> None:
        keten = read(self.WITHOUT, name="RO_00AA_20240731_20260324.CSV")

        assert {row.brin for row in keten.uitwisselingen or ()} == {"00AA"}

    def test_vlp_goes_before_the_name(self, read: Read) -> None:
        keten = read(STANDARD, name="RO_00AA_20240731_20260324.CSV")

        assert {row.brin for row in keten.uitwisselingen or ()} == {"27DV"}
        assert codes(keten) == ["brin_verschil"]

    def test_from_the_caller(self, read: Read) -> None:
        assert {row.brin for row in read(self.WITHOUT, brin="11BB").uitwisselingen or ()} == {"11BB"}
        assert read(STANDARD, brin="27DV").uitwisselingen is not None

    def test_another_school_than_the_caller_wants(self, read: Read) -> None:
        with pytest.raises(SourceError, match="is van instelling 27DV, niet van de gevraagde"):
            read(STANDARD, brin="11BB")

    @pytest.mark.parametrize("name", ["bestand.csv", "RO_1234_20240731.csv", "RO_27dv_20240731.csv"])
    def test_from_nowhere(self, read: Read, name: str) -> None:
        with pytest.raises(SourceError, match="noemt geen BRIN"):
            read(self.WITHOUT, name=name)

    @pytest.mark.parametrize("vlp", ["VLP|25lx|2024-07-31", "VLP|", "VLP|123456782"])
    def test_a_vlp_without_a_brin_is_an_invoerfout(self, read: Read, vlp: str) -> None:
        """The name of the file says it then."""
        keten = read(f"{self.WITHOUT}{vlp}\n", name="RO_00AA_20240731_20260324.CSV")
        (fault,) = keten.invoerfouten

        assert (fault.table, fault.line, fault.column) == ("VLP", 10, "brin")
        assert {row.brin for row in keten.uitwisselingen or ()} == {"00AA"}

    def test_two_schools_in_one_file(self, read: Read) -> None:
        with pytest.raises(SourceError, match="VLP-records van meer dan een instelling: 27DV en 00AA"):
            read(STANDARD + "VLP|00AA|2024-07-31\n")

    def test_the_same_school_twice(self, read: Read) -> None:
        assert tables(read(STANDARD + STANDARD.partition("\n")[0])) == tables(read(STANDARD))


class TestRows:
    """A record that cannot be read is one invoerfout under its record type; the rest goes on."""

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ("C1|2023-01-07", "C1|2018-02-30", ("BPV", 5, "afsluitdatum", "deze datum bestaat niet")),
            ("C1|2023-01-07", "C1|30-2-2018", ("BPV", 5, "afsluitdatum", "deze datum bestaat niet")),
            ("C1|2023-01-07", "C1|1-13-2018", ("BPV", 5, "afsluitdatum", "deze datum bestaat niet")),
            ("C1|2023-01-07", "C1|1-1-0001", ("BPV", 5, "afsluitdatum", "deze datum ligt voor 1900-01-01")),
            ("C1|2023-01-07", "C1|1/7/2023", ("BPV", 5, "afsluitdatum", "geen datum in de vorm JJJJ-MM-DD")),
            ("C1|2023-01-07", "C1|1-7-23", ("BPV", 5, "afsluitdatum", "geen datum in de vorm JJJJ-MM-DD")),
            ("|2163|", "|1.512|", ("BPV", 5, "omvang", "geen geheel getal van ten minste 0")),
            ("|2163|", "|1,000|", ("BPV", 5, "omvang", "geen geheel getal van ten minste 0")),
            ("|2163|", "|160,5|", ("BPV", 5, "omvang", "geen geheel getal van ten minste 0")),
            (
                "100018965",
                "1018965",
                ("BPV", 5, "leerbedrijf_id", "heeft niet de vorm: 9 cijfers, waarvan het eerste geen 0"),
            ),
            ("|25655|\n", "|2565|\n", ("BPV", 5, "opleidingcode", "heeft niet de vorm: 5 cijfers")),
            ("K0067", "K067", ("BPV", 6, "keuzedeelcode", "heeft niet de vorm: een K en 4 cijfers")),
            ("C3|C1|", "C3||", ("BPV", 5, "volgnummer", "verplichte cel is leeg")),
            ("|25655|\n", "|25655||x\n", ("BPV", 5, None, "14 cellen gevonden, hoogstens 13 verwacht")),
            ("C3|C2|", "C3|C1|", ("BPV", 6, None, "dubbele sleutel: dezelfde als op regel 5")),
            (
                "|BBL|",
                "|BEROEPS|",
                ("ISP", 4, "leerweg", "onbekende waarde; verwacht: BOL, BBL, OVO, EX, ODT, BOL_DT"),
            ),
            ("MBO-3", "MBO-5", ("ISP", 4, "niveau", "geen geheel getal van ten minste 1 en ten hoogste 4")),
            ("|08\n", "|08|x\n", ("ISG", 3, None, "9 cellen gevonden, hoogstens 8 verwacht")),
            ("C3|2023-01-30|2025", "C3||2025", ("ISG", 3, "datum_inschrijving", "verplichte cel is leeg")),
        ],
    )
    def test_one_bad_record(self, read: Read, old: str, new: str, fault: tuple[str, int, str | None, str]) -> None:
        assert STANDARD.count(old) == 1
        keten = read(STANDARD.replace(old, new))

        assert [(f.table, f.line, f.column, f.reason) for f in keten.invoerfouten] == [fault]
        assert {f.file for f in keten.invoerfouten} == {"RO_27DV_20240731_20260324.CSV"}
        rows = Counter(name for name in TABLES for _ in keten.table(name) or ())
        assert sum(rows.values()) == 5
        assert codes(keten) == []

    @pytest.mark.parametrize("record", ["ISG||", "ISP||", "BPV||", "BPV|BSN1|BSN2", "BPV"])
    def test_exactly_one_of_both_person_cells_is_filled(self, read: Read, record: str) -> None:
        rest = "|C9|2023-01-30|2025-01-29" if record != "BPV" else ""
        keten = read(f"{STANDARD}{record}{rest}\n")
        (fault,) = keten.invoerfouten

        assert (fault.table, fault.line, fault.column) == (record[:3], 11, "persoonsnummer")
        assert fault.reason == "BSN en onderwijsnummer: precies een van beide moet gevuld zijn"

    @pytest.mark.parametrize("number", ["1,23E+08", "999 99 999", "x" * 21])
    def test_what_is_no_person_number(self, read: Read, number: str) -> None:
        (fault,) = read(f"{STANDARD}ISG|{number}||C9|2023-01-30\n").invoerfouten

        assert (fault.table, fault.column) == ("ISG", "persoonsnummer")

    @pytest.mark.parametrize("line", ["geheim|1", "1|2", "|BPV|1", "bpv|BSN1", "BPV;BSN9;;C3;C1"])
    def test_a_line_that_begins_with_no_record_type(self, read: Read, line: str) -> None:
        """It may be anything, so its text is not shown."""
        keten = read(f"{STANDARD}{line}\n")

        assert [(f.table, f.line, f.column, f.reason) for f in keten.invoerfouten] == [
            ("RO", 11, None, "begint niet met een recordtype")
        ]
        assert tables(keten) == tables(read(STANDARD))

    def test_a_quotation_mark_that_is_never_closed(self, read: Read) -> None:
        keten = read(STANDARD.replace("|C3|C1|", '|"C3|C1|'))

        assert [(fault.table, fault.line) for fault in keten.invoerfouten] == [("RO", 5)]
        assert len(keten.uitwisselingen or ()) == 1

    def test_invoerfouten_come_by_line(self, read: Read) -> None:
        """Also that of a VLP, which is read before all others."""
        keten = read(STANDARD.replace("MBO-3", "x") + 'BPV||\na"|"\nVLP|x\n')

        assert [fault.line for fault in keten.invoerfouten] == [4, 11, 12, 13]

    def test_a_truncated_file(self, read: Read) -> None:
        """The record that was cut is told of, and so are the missing SLR and the missing line end."""
        keten = read(STANDARD[: STANDARD.index("|100642111")])

        assert len(keten.uitwisselingen or ()) + len(keten.invoerfouten) == 2
        assert codes(keten) == ["geen_regeleinde", "slr_ontbreekt"]


class TestCounts:
    """The counts read are reconciled with SLR, and a difference is reported."""

    def test_a_difference(self, read: Read) -> None:
        """Records that could not be read count as read here: they were in the file."""
        keten = read(STANDARD.replace("SLR|2|2|2|0|2|0", "SLR|3|2|2|0|20|1").replace("MBO-3", "x"))
        (note,) = [note for note in keten.opmerkingen if note.code == "slr_verschil"]

        assert note.text == (
            "De aantallen wijken af van het SLR-record:"
            " PER 2 gelezen en 3 volgens SLR; BPV 2 gelezen en 20 volgens SLR; DIP 0 gelezen en 1 volgens SLR."
        )

    def test_no_slr(self, read: Read) -> None:
        assert codes(read(STANDARD.partition("SLR")[0])) == ["slr_ontbreekt"]

    def test_a_count_that_is_no_number(self, read: Read) -> None:
        keten = read(STANDARD.replace("SLR|2|2", "SLR|2|x"))

        assert [(f.table, f.line, f.column, f.reason) for f in keten.invoerfouten] == [
            ("SLR", 10, "ISG", "geen geheel getal")
        ]
        assert codes(keten) == []

    def test_a_second_slr(self, read: Read) -> None:
        keten = read(STANDARD + "SLR|0|0|0|0|0|0|0|0|0\n")

        assert [(f.table, f.line, f.reason) for f in keten.invoerfouten] == [
            ("SLR", 11, "tweede SLR-record; het eerste telt")
        ]
        assert codes(keten) == []


class TestPersons:
    """The BSN or onderwijsnummer never leaves the reader."""

    def test_the_same_number_and_key_give_the_same_pseudonym(self, read: Read) -> None:
        first, second = read(STANDARD), read(STANDARD)

        assert tables(first) == tables(second)
        assert {row.student for row in first.inschrijvingen or ()} == {STUDENT_1, STUDENT_2}

    def test_another_key_gives_other_pseudonyms(self, tmp_path: Path) -> None:
        path = tmp_path / "ro.csv"
        path.write_text(STANDARD, encoding="utf-8")

        (first, _), (second, _) = (read_ro(path, key=key).inschrijvingen or () for key in (b"a", b"b"))
        assert first.student != second.student

    def test_without_a_key_a_random_one_is_used_and_told(self, tmp_path: Path) -> None:
        path = tmp_path / "ro.csv"
        path.write_text(STANDARD, encoding="utf-8")
        first, second = read_ro(path), read_ro(path)

        assert first.inschrijvingen is not None
        assert second.inschrijvingen is not None
        assert first.inschrijvingen[0].student != second.inschrijvingen[0].student
        assert first.uitwisselingen is not None
        assert first.inschrijvingen[0].student == first.uitwisselingen[0].student
        assert "willekeurige_sleutel" in codes(first)

    def test_an_empty_key_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match="sleutel"):
            read_ro(tmp_path / "ro.csv", key=b"")

    def test_a_bsn_and_an_onderwijsnummer_of_the_same_digits_are_two_students(self, read: Read) -> None:
        keten = read(STANDARD.replace("BSN2", "BSN1"))

        assert len({row.student for row in keten.inschrijvingen or ()}) == 2
        assert keten.invoerfouten == ()

    def test_numbers_of_another_length_are_counted(self, read: Read) -> None:
        """A spreadsheet takes zeros away, and then a pseudonym matches no other file."""
        (note,) = read(STANDARD.replace("BSN1", "900000004").replace("BSN2", "5")).opmerkingen

        assert note.code == "persoonsnummer_vorm"
        assert note.text.startswith("Bij 1 studenten heeft het persoonsnummer geen 9 cijfers")
        assert read(STANDARD.replace("BSN1", "900000004").replace("BSN2", "900000016")).opmerkingen == ()

    def test_no_number_is_in_anything_that_comes_out(self, read: Read) -> None:
        """Damaged in every way that is told of, and none of the messages holds a number."""
        number = "900000004"
        damaged = STANDARD.replace("BSN1", number).replace("BSN2", number) + "".join(
            f"{line}\n"
            for line in (
                f"BPV|{number}||C3|C1|2023-01-07",
                f"BPV|{number}|{number}|C3|C1",
                f"BPV|{number}||{number}-|C1",
                f"BPV|{number}||C4|C1|{number}",
                f"ISP|{number}||C3|2023-01-31|{number}|{number}|{number}",
                f"{number}|BPV",
                f'BPV|"{number}',
                f"XXX|{number}",
                f"VLP|{number}",
                f"SLR|{number}",
                f"BPV|{number}" + "|x" * 40,
            )
        )
        keten = read(damaged)
        shown = [repr(keten), str(keten), repr(keten.invoerfouten), repr(keten.opmerkingen)]
        shown += [str(told) for told in (*keten.invoerfouten, *keten.opmerkingen)]
        shown += [repr(keten.table(name)) for name in TABLES]

        assert len(keten.invoerfouten) == 10
        assert not [text for text in shown if number in text]
        assert number not in {row.student for row in keten.uitwisselingen or ()}


class TestNoRo:
    @pytest.mark.parametrize(
        "content",
        [
            "brin;naam\n27DV;x\n",
            "VLP\nBPV\n",
            "VLP,27DV,2024-07-31\n",
            "VLP\t27DV\n",
            "XYZ|1|2\n",
            "\n\n",
            "vlp|27DV\n",
        ],
    )
    def test_no_known_record_type_with_a_delimiter(self, read: Read, content: str) -> None:
        with pytest.raises(SourceError, match="is geen registratieoverzicht: geen regel begint met een recordtype"):
            read(content)

    def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match=r"^ro.csv is geen bestand dat gelezen kan worden.$"):
            read_ro(tmp_path / "ro.csv")


class TestDemoFiles:
    """The two masked files of DUO's format; all numbers were counted by hand."""

    def test_25lx(self) -> None:
        """Written by a spreadsheet: ';', dates such as 1-8-2025, empty cells at the end."""
        keten = read_ro(DATA / "RO_25LX_20250101_20251231.csv", key=KEY)

        assert keten.invoerfouten == ()
        assert [
            len(keten.table(name) or ()) for name in ("inschrijvingen", "inschrijvingsperiodes", "uitwisselingen")
        ] == [
            3,
            3,
            2,
        ]
        assert keten.uitwisselingen is not None
        first, second = keten.uitwisselingen
        assert (first.brin, first.begindatum, first.omvang) == ("25LX", date(2023, 8, 1), 1512)
        assert (second.leerbedrijf_id, second.opleidingcode, second.keuzedeelcode) == ("100036191", "25960", None)
        assert [row.leerweg for row in keten.inschrijvingsperiodes or ()] == [Leerweg.BBL, Leerweg.BBL, Leerweg.ODT]
        assert codes(keten) == ["slr_verschil"]
        assert "BPV 2 gelezen en 31117 volgens SLR" in keten.opmerkingen[-1].text
        assert "GEO 3 gelezen en 13179 volgens SLR" in keten.opmerkingen[-1].text

    def test_27dv(self) -> None:
        """The standard form; seven students with a BSN and three with an onderwijsnummer."""
        keten = read_ro(DATA / "RO_27DV_20240731_20260324.csv", key=KEY)

        assert keten.invoerfouten == ()
        assert [
            len(keten.table(name) or ()) for name in ("inschrijvingen", "inschrijvingsperiodes", "uitwisselingen")
        ] == [
            12,
            19,
            17,
        ]
        assert len({row.student for row in keten.inschrijvingen or ()}) == 10
        assert [row.niveau for row in keten.inschrijvingsperiodes or () if row.niveau is not None] == [1]
        assert sum(row.einddatum_werkelijk is None for row in keten.uitwisselingen or ()) == 5
        assert sum(row.omvang or 0 for row in keten.uitwisselingen or ()) == 26889
        assert codes(keten) == ["slr_verschil"]
        assert "PER 10 gelezen en 16616 volgens SLR" in keten.opmerkingen[-1].text
        assert "KZD 9 gelezen en 11511 volgens SLR" in keten.opmerkingen[-1].text
