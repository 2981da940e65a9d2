"""What one cell of a Ketendata file may hold, per kind of column."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bpvo_rules.errors import InvalidRecordError
from bpvo_rules.io import read_ketendata
from bpvo_rules.io.cells import Texts
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES, Functie, Inschrijving, SoortOpleiding

MakeFolder = Callable[..., Path]


@pytest.fixture
def read(make_folder: MakeFolder) -> Callable[..., Keten]:
    def read(**files: str) -> Keten:
        return read_ketendata(make_folder(**files))

    return read


def one_fault(keten: Keten) -> tuple[int, str | None, str]:
    (fault,) = keten.invoerfouten
    return fault.line, fault.column, fault.reason


class TestDays:
    """Dates are JJJJ-MM-DD, from 1900-01-01 up to and including 9999-12-31."""

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("1900-01-01", date(1900, 1, 1)),
            ("2016-02-29", date(2016, 2, 29)),
            ("2018-10-01", date(2018, 10, 1)),
            ("9999-12-31", date(9999, 12, 31)),
        ],
    )
    def test_a_day_is_read(self, read: Callable[..., Keten], text: str, day: date) -> None:
        keten = read(keuzedelen=f"code;geldig_van\nK0067;{text}\n")
        assert keten.keuzedelen is not None

        assert keten.invoerfouten == ()
        assert keten.keuzedelen[0].geldig_van == day

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("2018-02-30", "deze datum bestaat niet"),
            ("2018-02-29", "deze datum bestaat niet"),
            ("0000-01-01", "deze datum bestaat niet"),
            ("0001-01-01", "deze datum ligt voor 1900-01-01"),
            ("1899-12-31", "deze datum ligt voor 1900-01-01"),
            ("10000-01-01", "geen datum in de vorm JJJJ-MM-DD"),
            ("20181001", "geen datum in de vorm JJJJ-MM-DD"),
            ("1-10-2018", "geen datum in de vorm JJJJ-MM-DD"),
            ("2018-W40-1", "geen datum in de vorm JJJJ-MM-DD"),
            ("2018-10-01T00:00:00", "geen datum in de vorm JJJJ-MM-DD"),
            (" 2018-10-01", "geen datum in de vorm JJJJ-MM-DD"),
            ("2018-10-0\u0661", "geen datum in de vorm JJJJ-MM-DD"),
        ],
    )
    def test_what_is_no_day_is_an_invoerfout(self, read: Callable[..., Keten], text: str, reason: str) -> None:
        keten = read(keuzedelen=f"code;geldig_van\nK0067;{text}\nK0068;\n")
        assert keten.keuzedelen is not None

        assert one_fault(keten) == (2, "geldig_van", reason)
        assert [str(row.code) for row in keten.keuzedelen] == ["K0068"]


class TestCodes:
    """Codes are strings: leading zeros and letters stay as they are, and another shape is an invoerfout."""

    def test_leading_zeros_stay(self, read: Callable[..., Keten]) -> None:
        keten = read(
            instellingen="brin\n00AA\n",
            opleidingen="code;soort\n00123;kwalificatie\n",
        )

        assert keten.instellingen is not None
        assert keten.opleidingen is not None
        assert (keten.instellingen[0].brin, keten.opleidingen[0].code) == ("00AA", "00123")

    @pytest.mark.parametrize(
        ("table", "content", "column", "form"),
        [
            ("instellingen", "brin\n27dv\n", "brin", "2 cijfers en 2 hoofdletters"),
            ("opleidingen", "code;soort\n2565;kwalificatie\n", "code", "5 cijfers"),
            ("keuzedelen", "code\nK067\n", "code", "een K en 4 cijfers"),
            ("leerbedrijven", "leerbedrijf_id\n099999999\n", "leerbedrijf_id", "9 cijfers, waarvan het eerste geen 0"),
            (
                "inschrijvingen",
                "brin;student;inschrijvingvolgnummer;datum_inschrijving\n27DV;s1;C-1;2018-08-01\n",
                "inschrijvingvolgnummer",
                "1 tot en met 20 letters of cijfers",
            ),
        ],
    )
    def test_wrong_shape(self, read: Callable[..., Keten], table: str, content: str, column: str, form: str) -> None:
        keten = read(**{table: content})

        assert keten.table(table) == ()
        assert one_fault(keten) == (2, column, f"heeft niet de vorm: {form}")

    @pytest.mark.parametrize("text", ["100000000", "999999999"])
    def test_both_ends_of_the_leerbedrijf_ids_count(self, read: Callable[..., Keten], text: str) -> None:
        assert read(leerbedrijven=f"leerbedrijf_id\n{text}\n").invoerfouten == ()

    @pytest.mark.parametrize(("text", "good"), [("C" * 20, True), ("C" * 21, False)])
    def test_a_volgnummer_has_at_most_20_letters_or_digits(
        self, read: Callable[..., Keten], text: str, *, good: bool
    ) -> None:
        header = "brin;student;inschrijvingvolgnummer;datum_inschrijving"
        keten = read(inschrijvingen=f"{header}\n27DV;s1;{text};2018-08-01\n")

        assert (keten.invoerfouten == ()) is good


class TestWords:
    """An unknown word of an enumeration is an invoerfout, and so is one in other capitals."""

    @pytest.mark.parametrize("text", ["Kwalificatie", "kwalificaties", "1"])
    def test_unknown_word(self, read: Callable[..., Keten], text: str) -> None:
        keten = read(opleidingen=f"code;soort\n25655;{text}\n")

        assert one_fault(keten) == (2, "soort", "onbekende waarde; verwacht: kwalificatie, dossier, domein")

    def test_known_word(self, read: Callable[..., Keten]) -> None:
        keten = read(opleidingen="code;soort\n79000;domein\n")

        assert keten.opleidingen is not None
        assert keten.opleidingen[0].soort is SoortOpleiding.DOMEIN

    @pytest.mark.parametrize(("text", "value"), [("ja", True), ("nee", False)])
    def test_gelukt_is_ja_or_nee(self, read: Callable[..., Keten], text: str, *, value: bool) -> None:
        keten = read(white_label_metingen=f"functie;tijdstip;brin;gelukt\nzoeken;2018-10-01T09:15:00Z;;{text}\n")

        assert keten.white_label_metingen is not None
        assert keten.white_label_metingen[0].gelukt is value

    @pytest.mark.parametrize("text", ["J", "true", "1", "Ja"])
    def test_another_yes_is_an_invoerfout(self, read: Callable[..., Keten], text: str) -> None:
        keten = read(white_label_metingen=f"functie;tijdstip;brin;gelukt\nzoeken;2018-10-01T09:15:00Z;;{text}\n")

        assert one_fault(keten) == (2, "gelukt", "onbekende waarde; verwacht: ja of nee")


class TestWholeNumbers:
    """Niveau is 1-4, omvang and duur_ms are whole numbers from 0, volgorde is a whole number from 1."""

    @pytest.mark.parametrize("text", ["1", "4"])
    def test_niveau(self, read: Callable[..., Keten], text: str) -> None:
        keten = read(opleidingen=f"code;soort;niveau\n25655;kwalificatie;{text}\n")

        assert keten.opleidingen is not None
        assert keten.opleidingen[0].niveau == int(text)

    @pytest.mark.parametrize("text", ["0", "5", "-1", "3,0", "3.0", "x", "1e1", "\u0663", "9" * 5000])
    def test_other_niveau(self, read: Callable[..., Keten], text: str) -> None:
        keten = read(opleidingen=f"code;soort;niveau\n25655;kwalificatie;{text}\n")

        assert one_fault(keten) == (2, "niveau", "geen geheel getal van ten minste 1 en ten hoogste 4")

    @pytest.mark.parametrize(("omvang", "volgorde", "column"), [("0", "1", None), ("1", "0", "volgorde")])
    def test_omvang_and_volgorde(
        self, read: Callable[..., Keten], omvang: str, volgorde: str, column: str | None
    ) -> None:
        header = "brin;student;inschrijvingvolgnummer;volgnummer;volgorde;soort;omvang"
        keten = read(uitwisselingen=f"{header}\n27DV;s1;C1;C1;{volgorde};toevoeging;{omvang}\n")

        assert [fault.column for fault in keten.invoerfouten] == ([] if column is None else [column])


class TestMoments:
    """White Label times are ISO 8601 with an offset."""

    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("2018-10-01T09:15:00+02:00", datetime(2018, 10, 1, 9, 15, tzinfo=timezone(timedelta(hours=2)))),
            ("2018-10-01T07:15:00Z", datetime(2018, 10, 1, 9, 15, tzinfo=timezone(timedelta(hours=2)))),
            ("2018-10-01T09:15+02:00", datetime(2018, 10, 1, 9, 15, tzinfo=timezone(timedelta(hours=2)))),
            ("2018-10-01T09:15:00.25-03:30", datetime(2018, 10, 1, 12, 45, 0, 250_000, tzinfo=timezone.utc)),  # noqa: UP017
        ],
    )
    def test_a_moment_is_read_and_its_text_is_kept(
        self, read: Callable[..., Keten], text: str, moment: datetime
    ) -> None:
        keten = read(white_label_metingen=f"functie;tijdstip;brin;gelukt\nzoeken;{text};;ja\n")

        assert keten.white_label_metingen is not None
        (meting,) = keten.white_label_metingen
        assert (meting.tijdstip, meting.tijdstip_tekst) == (moment, text)
        assert meting.functie is Functie.ZOEKEN

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("2018-10-01T09:15:00", "tijdstip zonder tijdzone (een afstand tot UTC, zoals +02:00)"),
            ("2018-10-01T09:15", "tijdstip zonder tijdzone (een afstand tot UTC, zoals +02:00)"),
            ("2018-10-01", "geen tijdstip in de vorm JJJJ-MM-DDTuu:mm:ss+uu:mm"),
            ("2018-10-01 09:15:00+02:00", "geen tijdstip in de vorm JJJJ-MM-DDTuu:mm:ss+uu:mm"),
            ("2018-10-01T24:00:00+02:00", "geen tijdstip in de vorm JJJJ-MM-DDTuu:mm:ss+uu:mm"),
            ("2018-02-30T09:15:00+02:00", "dit tijdstip bestaat niet"),
            ("0001-01-01T00:00:00+02:00", "dit tijdstip ligt niet tussen 1900-01-01 en 9999-12-31"),
            ("9999-12-31T23:30:00Z", "dit tijdstip ligt niet tussen 1900-01-01 en 9999-12-31"),
        ],
    )
    def test_what_is_no_moment_is_an_invoerfout(self, read: Callable[..., Keten], text: str, reason: str) -> None:
        keten = read(white_label_metingen=f"functie;tijdstip;brin;gelukt\nzoeken;{text};;ja\n")

        assert keten.white_label_metingen == ()
        assert one_fault(keten) == (2, "tijdstip", reason)

    def test_the_same_moment_in_two_forms_is_one_key(self, read: Callable[..., Keten]) -> None:
        keten = read(
            white_label_metingen=(
                "functie;tijdstip;brin;gelukt\nzoeken;2018-10-01T09:15:00+02:00;;ja\nzoeken;2018-10-01T07:15:00Z;;nee\n"
            )
        )

        assert one_fault(keten) == (3, None, "dubbele sleutel: dezelfde als op regel 2")


class TestTexts:
    """What a file cannot hold is refused when it is written, not when it is read back."""

    @pytest.mark.parametrize(
        ("table", "column", "value"),
        [
            ("instellingen", "naam", "\0"),
            ("instellingen", "naam", "\ud800"),
            ("keuzedelen", "geldig_van", date(1899, 12, 31)),
            ("uitwisselingen", "omvang", 10**18),
            ("white_label_onderhoud", "van", datetime(1, 1, 2, tzinfo=timezone.utc)),  # noqa: UP017
        ],
    )
    def test_a_value_that_would_not_come_back(self, table: str, column: str, value: object) -> None:
        texts = Texts(column, TABLES[table].columns[column])

        with pytest.raises(InvalidRecordError, match=rf"^{column} must be a value that a Ketendata file can hold"):
            texts.text(value)

    def test_a_kept_text_that_says_another_moment(self) -> None:
        texts = Texts("tijdstip", TABLES["white_label_metingen"].columns["tijdstip"])
        moment = datetime(2018, 10, 1, 9, 15, tzinfo=timezone(timedelta(hours=2)))

        with pytest.raises(InvalidRecordError):
            texts.text(moment, "2018-10-01T09:15:00Z")
        assert texts.text(moment, "2018-10-01T07:15:00Z") == "2018-10-01T07:15:00Z"

    def test_rows_share_one_object_per_value(self, read: Callable[..., Keten]) -> None:
        header = "brin;student;inschrijvingvolgnummer;datum_inschrijving"
        keten = read(inschrijvingen=f"{header}\n27DV;s1;C1;2018-08-01\n27DV;s1;C2;2018-08-01\n")

        assert keten.inschrijvingen is not None
        first, second = keten.inschrijvingen
        assert isinstance(first, Inschrijving)
        assert first.student is second.student
        assert first.brin is second.brin
        assert first.datum_inschrijving is second.datum_inschrijving

    def test_tables_share_them_too(self, read: Callable[..., Keten]) -> None:
        """Being part of a key in one of them makes no difference."""
        keten = read(
            leerbedrijven="leerbedrijf_id\n100000001\n",
            erkenningen="leerbedrijf_id;opleidingcode;van\n100000001;25655;2018-08-01\n",
        )

        assert keten.leerbedrijven is not None
        assert keten.erkenningen is not None
        assert keten.leerbedrijven[0].leerbedrijf_id is keten.erkenningen[0].leerbedrijf_id
