"""What the documents say in words about the declarations is true of the declarations."""

import re
from pathlib import Path

import pytest

from bpvo_rules.model import TABLES
from bpvo_rules.model.fields import Column, Soort

DOCS = Path(__file__).parents[2] / "docs" / "reference"
ROWS = dict(re.findall(r"^\| (\w+) \| (.+) \|$", (DOCS / "ketendata.md").read_text("utf-8"), re.MULTILINE))


def described(name: str, column: Column) -> str:
    """Write a column as the page does: required in bold, of the key with a star, and the words it may hold."""
    star = r"\*" if column.key else ""
    return f"**{name}{star}**" if column.required else f"{name}{star}"


@pytest.mark.parametrize("table", TABLES)
def test_the_page_names_every_column_of_a_table_and_says_what_it_asks(table: str) -> None:
    """In the order of the file; what a cell may hold stands between brackets."""
    cells = re.sub(r" \([^)]*\)", "", ROWS[table]).split(", ")

    assert cells == [described(name, column) for name, column in TABLES[table].columns.items()]


def test_the_page_names_every_word_that_a_cell_may_hold() -> None:
    for table, row in ROWS.items():
        if table in TABLES:
            words = {word for c in TABLES[table].columns.values() if c.soort is Soort.CHOICE for word in c.type}
            if table != "white_label_onderhoud":  # the words of functie stand with the measurements
                assert {word for word in words if word not in row} == set()


def test_there_is_no_other_table_on_the_page() -> None:
    assert {name for name in ROWS if name in TABLES} == set(TABLES)
