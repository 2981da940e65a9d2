"""The csv of meldingen opens right in a Dutch spreadsheet, runs nothing there, and loses nothing for programs."""

import csv
import io
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.cli.runner import PEILDATUM, aanvraag, kleine_keten

from bpvo_rules import judge
from bpvo_rules.report.formats import BYTE_ORDER_MARK, meldingen_csv, verdicts_csv
from bpvo_rules.report.formats.cells import MARK, guarded
from bpvo_rules.report.wording import Say

DAG = date.fromisoformat(PEILDATUM)
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"),
    *(" =1+1", "\N{NO-BREAK SPACE}=1", "\N{ZERO WIDTH SPACE}=1", "\ufeff=1", "\x00=1", "\x1f=1", "\u202e=1"),
    *("\N{FULLWIDTH EQUALS SIGN}1", "\N{FULLWIDTH PLUS SIGN}1", "\N{FULLWIDTH HYPHEN-MINUS}1"),
    *("\N{FULLWIDTH COMMERCIAL AT}x", "\N{MINUS SIGN}1", "=cmd|' /C calc'!A0", " \t", "\n"),
]
REWRITTEN = [
    "1234567890123456",  # an id of 16 digits: a spreadsheet keeps 15
    "12345678901234e5",  # an id that reads as a power of ten
    *("00012", "1e5", "1E5", "1E+5", "12.5", "12,5", "50%", "€ 5", "(5)", "1 000"),
    *("1-2", "1/2", "3-4-2018", "2018-10-01", "2018-10-01 12:00", "10:30", "10 AM", "10AM", "10 p"),
    *("1-mei", "1 mrt 2018", "SEPT2", "12OKT", "march1", "1 MARCH", "2018-10-01T10:00:00+02:00"[:10]),
]
PLAIN = [
    *("27DV/a/1/1", "27DV/GOED/1/1#1", "zoeken@2018-09-03T09:00:00+02:00@", "27DV", "79140", "0", "123456789012345"),
    *("51b8592af8682e43", "fout", "X1", "12EX", "mei", "Niet gevuld: afsluitdatum.", "begindatum=2018-09-01", "", "é"),
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_may_start_a_formula_gets_a_mark(text: str) -> None:
    """Also behind what cannot be seen, and in the wide forms of the signs."""
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", REWRITTEN)
def test_what_a_spreadsheet_would_rewrite_gets_a_mark(text: str) -> None:
    """A number loses digits or zeros in front, and a day looks different: then it is another key."""
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_what_stays_as_it_is_has_no_mark(text: str) -> None:
    assert guarded(text) == text


@given(st.text())
@example("'=1")
@example("''")
def test_one_mark_less_gives_the_value(text: str) -> None:
    """Programs take one mark away where there is one, and have every value back."""
    assert guarded(text).removeprefix(MARK) == text


@given(st.text(st.sampled_from("=+-@\t\r\n '\ufeff\u200b1eE/.mei;\"")))
def test_no_cell_starts_with_a_sign_whatever_it_holds(text: str) -> None:
    assert not guarded(text).startswith(STARTS)


def test_a_long_cell_takes_no_long_time() -> None:
    """What repeats a piece that can be read in two ways is read once; otherwise this would not end."""
    assert guarded("1e11" * 50_000 + "!") == "1e11" * 50_000 + "!"


@pytest.mark.parametrize("key", ["a\n=1+1", "a\r\n@x", 'a";=1+1', "a;=1+1", "a\n;\n=1"])
def test_a_sign_after_a_line_break_or_separator_stays_within_its_cell(key: str) -> None:
    """A reader of csv finds as many cells in a row as there are columns, and no cell that begins with a sign."""
    judgement = judge(kleine_keten(erkenningsaanvragen=[aanvraag(key, date(2018, 9, 18))]), peildatum=DAG)
    for made in (meldingen_csv, verdicts_csv):
        read = list(csv.reader(io.StringIO("".join(made(judgement, Say("nl"))), newline=""), delimiter=";"))

        assert {len(row) for row in read} == {len(read[0])}
        assert any(cell == key for row in read for cell in row)
        assert not any(cell.startswith(STARTS) for row in read for cell in row)


def test_an_id_of_digits_only_is_marked_in_its_column() -> None:
    """The number of a request is a text of SBB: 0012 is not 12."""
    judgement = judge(kleine_keten(erkenningsaanvragen=[aanvraag("0012", date(2018, 9, 18))]), peildatum=DAG)
    rows = list(csv.DictReader(io.StringIO("".join(meldingen_csv(judgement, Say("nl")))), delimiter=";"))

    assert [row["subject"] for row in rows if row["rule"] == "besluit_tijdig"] == ["'0012"]


def test_the_mark_of_a_file_is_that_of_utf_8() -> None:
    """Without it a spreadsheet on Windows reads the bytes of an e with an accent as two other letters."""
    assert BYTE_ORDER_MARK.encode() == b"\xef\xbb\xbf"


def test_what_is_no_character_is_replaced() -> None:
    """Half a surrogate pair cannot be written as UTF-8."""
    from bpvo_rules.report.formats.cells import plain_cell

    assert plain_cell("a\ud800b") == "a\ufffdb"
