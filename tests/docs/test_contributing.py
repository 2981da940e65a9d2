"""The worked example of CONTRIBUTING.md is a rule that works, and touches what it says and nothing else."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bpvo_rules.questions import RULES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
CODE = "keuzedeel_periode"
COPIED = ("src", "tests", "docs", "benchmarks")
PYTHON = "$(BIN)/python"
KINDS = (
    "CHANGELOG.md",
    r"src/bpvo_rules/questions/\w+\.py",
    r"tests/questions/test_\w+\.py",
    r"src/bpvo_rules/testing/cases/\w+\.jsonl",
    r"docs/reference/rules/\w+\.md",
)
"""What a rule on facts that are there touches: its question, its test, and what is made of these."""
ABOUT_RULES = (
    "questions/test_registratie.py",
    "questions/test_verklaard.py",
    *(
        f"conformance/test_kit.py::test_{name}"
        for name in (
            "what_is_shipped_is_what_was_drawn",
            "every_rule_has_a_case_for_every_outcome_that_it_can_have",
            "the_reference_passes",
        )
    ),
    "docs/test_glossary.py::test_every_dutch_word_is_in_the_glossary",
    "docs/test_pages.py::test_made_pages_are_as_they_would_be_made_now",
    "docs/test_pages.py::test_every_rule_has_a_page_with_its_mutation_score_and_its_cases",
    *(
        f"laws/test_{name}"
        for name in (
            "herstel.py::test_a_melding_of_every_rule_is_repaired_or_there_is_a_reason_why_none_can_be",
            "herstel.py::test_a_repair_removes_its_melding_and_adds_none_of_the_same_rule[0]",
            "wetten.py::test_a_law_says_of_every_rule_whether_it_holds",
            "wetten.py::test_every_exception_is_shown",
        )
    ),
    "oracle/test_differential.py::test_seeded_worlds[0]",
    "oracle/test_met_de_hand.py::test_the_second_reading_agrees_on_every_subject[polars-2018-10-15]",
    "oracle/test_oracle.py",
    "report/test_formats_signaal.py::test_every_rule_has_a_code_of_its_own_that_is_none_of_duo",
    "rules/test_declarations.py",
    "rules/test_source.py::test_every_rule_is_compiled_once_for_what_was_looked_up",
    *(
        f"simulate/test_waarheid.py::test_{name}"
        for name in (
            "every_planted_defect_is_found_and_nothing_else_is[1]",
            "a_second_opinion_finds_the_same",
            "every_rule_is_broken_somewhere",
            "the_rules_of_which_the_truth_is_complete_are_named",
        )
    ),
)
"""The quick ones among the tests that a new rule must pass."""


def blocks(language: str) -> list[str]:
    """Give the blocks of code of the page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def hunks(block: str) -> Iterator[tuple[str, str, str]]:
    """Give per change of a patch: the file, what stands there, and what takes its place."""
    header, *changes = block.split("@@\n")
    found = re.fullmatch(r"--- a/(\S+)\n\+\+\+ b/(\S+)\n", header)
    assert found is not None
    assert found[1] == found[2]
    for change in changes:
        lines = change.splitlines(keepends=True)
        assert {line[0] for line in lines} <= set(" +-\n"), change
        before = "".join(line[1:] if line != "\n" else line for line in lines if line[0] != "+")
        yield found[1], before, "".join(line[1:] if line != "\n" else line for line in lines if line[0] != "-")


def commands() -> list[list[str]]:
    """Give what the commands of the page run: those in the recipe of each target of make, but for the whole suite."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = [line.removeprefix("$ make ") for block in blocks("console") for line in block.splitlines()]
    recipes = [re.search(rf"^{target}:.*\n((?:\t.*\n)*)", makefile, re.MULTILINE) for target in targets]
    assert all(recipes), targets
    lines = [line.strip() for recipe in recipes if recipe is not None for line in recipe[1].splitlines()]
    assert all(line.startswith(f"{PYTHON} ") for line in lines), lines
    return [[sys.executable, *line.removeprefix(f"{PYTHON} ").split()] for line in lines]


def contents(tree: Path) -> dict[str, bytes]:
    """Read every file of a tree, but for what running Python makes."""
    files = (path for path in tree.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in files}


def run(tree: Path, *command: str) -> None:
    """Run something in a copy of the tree, on the library that stands there."""
    paths = os.pathsep.join([str(tree / "src"), str(tree)])
    done = subprocess.run(  # noqa: S603 - our own programs
        command,
        cwd=tree,
        env=os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-2000:]}"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of what a rule can touch."""
    copy = tmp_path_factory.mktemp("boom")
    left_out = shutil.ignore_patterns("__pycache__", "node_modules", "_build")
    for name in COPIED:
        shutil.copytree(ROOT / name, copy / name, ignore=left_out)
    for path in (*ROOT.glob("*.md"), ROOT / "pyproject.toml", ROOT / "Makefile"):
        shutil.copy(path, copy)
    return copy


def test_the_example_is_not_shipped() -> None:
    assert CODE not in {rule.code for rule in RULES}
    assert "an example that is not shipped" in " ".join(PAGE.split())


def test_the_example_touches_its_question_its_test_and_what_is_made_of_these() -> None:
    """One question and one test; nothing else of the suite, the library or the other pages."""
    (listed,) = blocks("text")
    kinds = {name: [kind for kind in KINDS if re.fullmatch(kind, name)] for name in listed.split()}
    by_hand = {name for block in blocks("diff") for name, _, _ in hunks(block)}

    assert [name for name, found in kinds.items() if not found] == []
    assert {kind for found in kinds.values() for kind in found} == set(KINDS)
    assert len(by_hand) == 3


def test_the_example_works_and_touches_what_it_says(tree: Path) -> None:
    """Applied to a copy, exactly the files that are listed change, and the tests that each change is for pass."""
    before = contents(tree)
    for block in blocks("diff"):
        for name, old, new in hunks(block):
            text = (tree / name).read_text("utf-8")
            assert text.count(old) == 1, f"{name} has {text.count(old)} times\n{old}"
            (tree / name).write_text(text.replace(old, new), "utf-8")
    for command in commands():
        run(tree, *command)
    after = contents(tree)
    (listed,) = blocks("text")

    assert sorted(name for name in after if after[name] != before.get(name)) == sorted(listed.split())
    assert set(before) <= set(after)
    run(tree, sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *(f"tests/{name}" for name in ABOUT_RULES))
