"""
Whose answer changes: what two judgements of the same chain say differently, per rule and school.

For the changelog of a new version of the rules, and for who thinks of another norm or profile. Judge one chain twice,
with either version or profile, and compare what was said; a chain of :func:`bpvo_rules.simulate.simulate` will do, and
is free of persons. What another value of a norm alone would flip, :func:`bpvo_rules.judge.gevoeligheid` counts.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, final

import attrs

from bpvo_rules.codes import Brin
from bpvo_rules.errors import VerdictsError

__all__ = ["Change", "changes", "read_verdicts", "table"]

LANDELIJK: Final = "landelijk"
"""Stands for the school of what no school has."""


@final
@attrs.frozen(kw_only=True, order=True)
class Change:
    """
    Outcomes of one rule that changed, for the subjects of one school.

    Attributes:
        rule: Code of the rule.
        brin: The school; ``landelijk`` for requests, and for measurements without one.
        before: Outcome before; empty when there was none: the rule did not run, or there was no such subject.
        after: Outcome after; empty when there is none.
        subjects: Number of subjects for which that is so, at least 1.

    """

    rule: str
    brin: str
    before: str
    after: str
    subjects: int


def changes(before: Mapping[tuple[str, str], str], after: Mapping[tuple[str, str], str]) -> tuple[Change, ...]:
    """
    Count which outcomes changed, sorted by rule, school and outcomes.

    Args:
        before: Outcome per code of a rule and key of a subject, as in the verdicts of a judgement.
        after: The same, of the other judgement of the same chain.

    """
    found: Counter[tuple[str, str, str, str]] = Counter()
    for key in before.keys() | after.keys():
        first, second = before.get(key, ""), after.get(key, "")
        if first != second:
            rule, subject = key
            found[rule, _school(subject), first, second] += 1
    return tuple(
        Change(rule=rule, brin=brin, before=first, after=second, subjects=number)
        for (rule, brin, first, second), number in sorted(found.items())
    )


def _school(subject: str) -> str:
    """Find the school in the key of a subject: a BPVO or delivery begins with it, a measurement ends with it."""
    for place, sign, signs in ((0, "/", 3), (-1, "@", 2)):
        part = subject.split(sign)[place]
        if subject.count(sign) >= signs and Brin.SHAPE.fullmatch(part):
            return part
    return LANDELIJK


_COLUMNS: Final = {"rule", "subject", "outcome"}


def read_verdicts(path: Path) -> dict[tuple[str, str], str]:
    """
    Read a file of verdicts, as ``check --verdicts FILE`` writes it as csv.

    Raises:
        VerdictsError: for a file that is none.

    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            return dict(_rows(csv.DictReader(handle, delimiter=";"), path))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise VerdictsError(f"{path} cannot be read as a csv file of verdicts.") from None


def _rows(rows: "csv.DictReader[str]", path: Path) -> Iterator[tuple[tuple[str, str], str]]:
    if not set(rows.fieldnames or ()) >= _COLUMNS:
        raise VerdictsError(f"{path} is no file of verdicts: it must have the columns {', '.join(sorted(_COLUMNS))}.")
    for row in rows:
        yield (row["rule"], row["subject"]), row["outcome"]


def table(found: Iterable[Change]) -> Iterator[str]:
    """Give changes as a table in Markdown, line by line, for a changelog."""
    yield "| rule | school | before | after | subjects |\n|---|---|---|---|---:|\n"
    for change in found:
        cells = (change.rule, change.brin, change.before or "-", change.after or "-", change.subjects)
        yield f"| {' | '.join(map(str, cells))} |\n"
