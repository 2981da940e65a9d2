"""The pages: made ones are as they would be made now, links lead somewhere, and every page is in the site."""

import re
import unicodedata
from importlib import import_module
from pathlib import Path

import pytest
from tests.examples.laden import loaded

from bpvo_rules.cli import INTERRUPTED, NO_READER
from bpvo_rules.cli.usage import ERROR_IN_RULE, FOUND, NOTHING_FOUND, WRONG_USE
from bpvo_rules.questions import RULES, SUBJECTS
from bpvo_rules.rules.source import with_needs

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
generate = loaded(DOCS / "generate.py")
PAGES = sorted(page for page in (*ROOT.glob("*.md"), *DOCS.rglob("*.md")) if "_build" not in page.parts)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def names(path: Path) -> str:
    """Name a page within the project."""
    return path.relative_to(ROOT).as_posix()


def test_made_pages_are_as_they_would_be_made_now() -> None:
    stale = [names(path) for path, text in generate.pages() if not path.exists() or path.read_text("utf-8") != text]

    assert stale == [], "Declarations changed: run `make pages` and commit what it writes."


def test_no_made_page_is_left_of_what_is_gone() -> None:
    made = {path for path, _ in generate.pages()}
    there = {path for folder in ("rules", "api") for path in (DOCS / "reference" / folder).glob("*.md")}

    assert sorted(map(names, there - made)) == [], "Run `make pages`: it takes these away."


def test_every_rule_has_a_page_with_its_mutation_score_and_its_cases() -> None:
    """What a reader is told of each rule stands on its page."""
    for rule in RULES:
        text = (DOCS / "reference" / "rules" / f"{rule.code}.md").read_text("utf-8")
        assert rule.sentence.nl in text
        assert rule.sentence.en in text
        assert re.search(r"\| Mutants \| of [0-9]+ of .* survive \(\[[0-9.]+ %", text)
        assert re.search(r"\| Conformance cases \| [1-9]", text), f"{rule.code} has no conformance case"
        assert all(source.title in text for source in rule.sources)
        assert all(f"### {norm.id}" in text and str(norm.verified_on) in text for norm in rule.norms)
        assert all(assumption.nl in text for assumption in rule.assumptions)
        assert all(f"| `{fact.name}` |" in text for fact in with_needs(rule.shows))


def test_every_fact_is_listed_under_a_name_by_which_it_can_be_imported() -> None:
    """An author copies the line of import and the name of the row."""
    text = (DOCS / "reference" / "facts.md").read_text("utf-8")
    found = set()
    for block in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        lines = block.splitlines()
        module = import_module(lines[0].split("`")[1])
        names = [line.split("`")[1] for line in lines if line.startswith("| `")]
        imported = re.search(r"`from (\S+) import (\w+)`", block)
        assert imported is not None
        assert imported[1] == module.__name__
        assert imported[2] in names
        found |= {getattr(module, name).fact for name in names}

    assert found == {fact for subject in SUBJECTS for fact in subject.facts}


def anchor(heading: str) -> str:
    """Give the anchor of a heading, as GitHub and the site make it."""
    plain = re.sub(r"[`*]|\]\([^)]*\)|\[", "", heading).strip().lower()
    kept = "".join(c for c in unicodedata.normalize("NFC", plain) if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=names)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    """Links within the project to a file and a heading that exist; others are https."""
    for target in LINK.findall(CODE.sub("", page.read_text("utf-8"))):
        if "://" in target:
            assert re.fullmatch(r"https?://[\w.-]+\.[a-z]{2,}(/\S*)?", target), target
            continue
        path, _, heading = target.partition("#")
        file = page if not path else (page.parent / path).resolve()
        assert file.exists(), f"{names(page)} links to {target}"
        if heading:
            headings = {anchor(found) for found in HEADING.findall(file.read_text("utf-8"))}
            assert heading in headings, f"{names(page)} links to {target}"


def test_every_page_is_in_the_site() -> None:
    """A page that no table of contents names is found by nobody."""
    listed = set()
    for page in DOCS.rglob("*.md"):
        for toc in re.findall(r"^```\{toctree\}\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
            listed |= {(page.parent / f"{line}.md").resolve() for line in toc.split() if not line.startswith(":")}

    assert sorted(map(names, {p for p in PAGES if DOCS in p.parents} - listed)) == ["docs/index.md"]


def test_the_page_of_statuses_names_every_status() -> None:
    page = (DOCS / "reference" / "exit-status.md").read_text("utf-8")

    wanted = {NOTHING_FOUND, FOUND, WRONG_USE, ERROR_IN_RULE, INTERRUPTED, NO_READER}
    assert {int(n) for n in re.findall(r"^\| ([0-9]+) \|", page, re.MULTILINE)} == wanted
