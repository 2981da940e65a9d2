"""Every Dutch word in a public name has a line in the glossary."""

import importlib
import re
from enum import StrEnum
from pathlib import Path

from bpvo_rules.model import TABLES
from bpvo_rules.questions import NORMS, QUESTIONS, RULES, SUBJECTS

GLOSSARY = (Path(__file__).parents[2] / "docs" / "reference" / "glossary.md").read_text("utf-8")
WORDS = {
    word.strip().lower()
    for row in re.findall(r"^\| ([^|]+) \|", GLOSSARY, re.MULTILINE)
    for word in row.split(",")
    if word.strip() not in {"Word", "---"}
}
PACKAGES = (
    *("codes", "foto", "judge", "keten", "model", "periode", "reference", "rules", "stagefonds"),
    "report.formats",
)
ENGLISH = set(
    """
    absence add again aggregate all always any at byte catalogue cells check combine compare csv describe difference
    digest dimension document draft evaluate evidence executability explain explanation expose fact facts failure fault
    files filled flips is json judge judgement junit key kind label lang make mark missing not of off on order
    outcome parquet party per planning policy profile progress question receipt render result rule run sarif
    schema seal set setting settings source status subject table tables take term text time to type value verdict
    verdicts white written xml
    """.split()
)


def tokens(name: str) -> set[str]:
    """Split a name at underscores and at capitals."""
    return {part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def public_names() -> set[str]:
    names = {name for table in TABLES.values() for name in (table.name, *table.columns)}
    names |= {fact.name for subject in SUBJECTS for fact in subject.facts}
    names |= {rule.code for rule in RULES} | {question.code for question in QUESTIONS} | {norm.id for norm in NORMS}
    for package in PACKAGES:
        module = importlib.import_module(f"bpvo_rules.{package}")
        for name in module.__all__:
            names.add(name)
            thing = getattr(module, name)
            if package == "model" and isinstance(thing, type) and issubclass(thing, StrEnum):
                names |= {member.value for member in thing}
    return names


def test_every_dutch_word_is_in_the_glossary() -> None:
    """A word that is neither there nor plain English needs a line: the word, its English, and where it comes from."""
    missing = {token for name in public_names() for token in tokens(name)} - WORDS - ENGLISH

    assert missing == set(), (
        f"{sorted(missing)}: give each a line in docs/reference/glossary.md, or name it as English here."
    )


def test_no_word_stands_in_the_glossary_twice() -> None:
    words = [word.strip() for row in re.findall(r"^\| ([^|]+) \|", GLOSSARY, re.MULTILINE) for word in row.split(",")]
    twice = {word for word in words if words.count(word) > 1} - {"Word", "---"}

    assert twice == set()
