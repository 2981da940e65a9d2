"""What is public is written down, and says what it is."""

import ast
import re
from pathlib import Path

import pytest
from tests.api.betekenis import (
    Said,
    arguments,
    constants,
    entries,
    everything_said,
    fields,
    properties,
    raised,
)
from tests.api.publiek import FILE, MODULES, kind_of, names, text
from tests.examples.laden import loaded

from bpvo_rules import errors

ROOT = Path(__file__).parents[2]
generate = loaded(ROOT / "docs" / "generate.py")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SAID = list(everything_said())
CLASSES = [said for said in SAID if said.thing is not None]
CALLED = [said for said in SAID if isinstance(said.node, ast.FunctionDef) and kind_of(said.node) != "property"]
MANY = 3
"""From so many arguments on, each is explained."""
ABBREVIATIONS = r"(?<!\bart)(?<!\blid)(?<!\bbijv)"


def functions(said: Said) -> ast.FunctionDef:
    assert isinstance(said.node, ast.FunctionDef)
    return said.node


def drawn_by_hypothesis(node: ast.FunctionDef) -> bool:
    """Say whether Hypothesis gives a method its arguments: nobody calls it."""
    return any(ast.unparse(decorator).startswith(("rule(", "initialize(")) for decorator in node.decorator_list)


def test_what_is_public_is_what_is_written_down() -> None:
    assert text() == FILE.read_text("utf-8"), (
        "The public names are not those of tests/api/publiek.txt. When that is meant: run `make api`, and say under"
        " Added, Changed or Removed in CHANGELOG.md which names changed, and what their users must do."
    )


def test_a_changed_signature_field_or_member_is_seen() -> None:
    """The list holds each of them; without one it would be another list."""
    lines = FILE.read_text("utf-8").splitlines()

    assert "def add_term(start: date, aantal: int, eenheid: Eenheid, kalender: Werkkalender) -> date" in lines
    assert "  field kennisdatum: date" in lines
    assert "  WERKDAGEN = 'werkdagen'" in lines
    assert "Bpvo is bpvo_rules.model.Bpvo" in lines
    assert "  method bevat(self, dag: date) -> bool | None" in lines
    assert "  property tabellen_niet_opgezocht(self) -> tuple[str, ...]" in lines


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_use_public_names_only(page: Path) -> None:
    """Otherwise users would copy what may change at any time; the names of facts stand on their own page."""
    public = {f"{found.module}.{found.name}" for found in names()} | set(MODULES)
    public |= {f"{module}.{name}" for module, name in generate.imports().values()}
    found = re.findall(r"^from (bpvo_rules[\w.]*) import ([^(\n]+)$", page.read_text("utf-8"), re.MULTILINE)
    used = {f"{module}.{name.strip()}" for module, listed in found for name in listed.split(",")}

    assert used - public == set()


def test_every_public_name_says_what_it_is() -> None:
    silent = [said.name for said in SAID if not said.text]
    silent += [f"{found.module}.{found.name}" for found, told in constants() if not told]

    assert silent == [], "Say what it means; of a constant in a text below it."


def test_the_first_line_is_one_sentence() -> None:
    """It may run over two lines; what else there is to say stands below it."""
    wrong = []
    for said in SAID:
        first = " ".join(said.text.split("\n\n")[0].split())
        if not first.endswith((".", "?", "!")) or re.search(rf"{ABBREVIATIONS}[.?!] [A-Z`]", first):
            wrong.append(said.name)

    assert wrong == []


def test_every_class_lists_its_fields() -> None:
    """All of them and no others, in their order; a property may be listed with them."""
    wrong = {}
    for said in CLASSES:
        listed = entries(said.text, "Attributes") or []
        mine = fields(said)
        if [name for name in listed if name in mine or name not in properties(said)] != mine:
            wrong[said.name] = (mine, listed)

    assert wrong == {}


def test_arguments_that_are_explained_are_those_that_there_are() -> None:
    """All of them and no others, in their order; and when there are many they are explained."""
    wrong = {}
    for said in CALLED:
        listed, mine = entries(said.text, "Args"), arguments(functions(said))
        must = len(mine) >= MANY and not drawn_by_hypothesis(functions(said))
        if (must or listed is not None) and listed != mine:
            wrong[said.name] = (mine, listed)

    assert wrong == {}


def test_errors_are_said() -> None:
    """What a function or property raises itself, it names; and what it names exists."""
    known = {name for name in vars(errors) if name.endswith("Error")} | {"KeyError", "TypeError", "ValueError"}
    unsaid, unknown = {}, {}
    for said in SAID:
        listed = set(entries(said.text, "Raises") or ())
        if said.thing is None and raised(said.node) - listed:
            unsaid[said.name] = raised(said.node) - listed
        if listed - known:
            unknown[said.name] = listed - known

    assert unsaid == {}
    assert unknown == {}
