"""
The conformance cases: small chains, and what a person worked out that must be said of them.

Requests and answers are plain JSON values, as ``docs/howto/conformance.md`` describes
them, so that a program in any language can be asked. What is expected was written
down from the text of a rule, never taken from a program.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from importlib import resources
from typing import Any, Final, final

import attrs

from bpvo_rules.errors import RequestError
from bpvo_rules.io.cells import CellCaches, Texts
from bpvo_rules.io.records import RecordReader, tekst_field
from bpvo_rules.keten import Invoerfout, Keten
from bpvo_rules.model import TABLES
from bpvo_rules.rules import Outcome

__all__ = ["Case", "Level", "cases", "keten_of", "run_of", "tables_of"]


@final
class Level(StrEnum):
    """
    What a part of the cases is about, so that an implementation of a part can claim something.

    ``VORM``: rules about the record itself and short lists, and rows that cannot be read. ``PERIODEN``: recognised
    periods, terms, werkdagen. ``KENNIS``: what was known when, in whose view, and what was not looked up. ``FOTO``:
    counts per school and domein.
    """

    VORM = "vorm"
    PERIODEN = "perioden"
    KENNIS = "kennis"
    FOTO = "foto"


@final
@attrs.frozen(kw_only=True)
class Case:
    """
    One small chain and what must be said of it.

    Attributes:
        id: Its name, the same in every version of the kit that has it.
        level: What it is about; ``None`` for a generated one.
        code: The rule, or at level foto the question, that is asked.
        why: The reasoning, in English.
        request: What is asked, as the protocol writes it.
        expected: The lines of ``verdicts`` or ``geteld`` that an answer must have, each as often as it stands here.

    """

    id: str
    level: Level | None
    code: str
    why: str
    request: Mapping[str, Any] = attrs.field(repr=False)
    expected: tuple[tuple[Any, ...], ...]

    @property
    def answers_in(self) -> str:
        """The key of an answer under which its lines stand."""
        return "geteld" if self.level is Level.FOTO else "verdicts"

    def to_json(self) -> dict[str, Any]:
        """Give the case as a line of the file of its level."""
        return {
            "id": self.id,
            "code": self.code,
            "why": self.why,
            "request": self.request,
            "expected": [list(line) for line in self.expected],
        }

    def mistakes(self, answer: Mapping[str, Any]) -> tuple[str, ...]:
        """
        Say what is wrong with an answer, one sentence per line that is missing or too much; nothing when it is right.

        Args:
            answer: An answer as the protocol writes it.

        """
        if answer.get("error") is not None:
            return (f"no answer: {str(answer['error'])[:200]}",)
        lines = answer.get(self.answers_in)
        if not isinstance(lines, list) or not all(isinstance(line, list) for line in lines):
            return (f"the answer has no list of lines under {self.answers_in}",)
        wanted, found = (
            Counter(json.dumps(list(line), ensure_ascii=False) for line in part) for part in (self.expected, lines)
        )
        missing = [json.loads(line) for line in sorted((wanted - found).elements())]
        spare = [json.loads(line) for line in sorted((found - wanted).elements())]
        return _told(missing, spare)


def _told(missing: list[list[Any]], spare: list[list[Any]]) -> tuple[str, ...]:
    """Say what is missing and what is too much; two outcomes of one rule and subject in one sentence."""
    told = []
    for line in missing:
        other = next((one for one in spare if len(one) == len(line) == _VERDICT and one[:2] == line[:2]), None)
        if other is None:
            told.append(f"expected and not answered: {json.dumps(line, ensure_ascii=False)}")
        else:
            spare.remove(other)
            # What is no outcome stands between quotes, or nobody would see a space too many.
            is_outcome = isinstance(other[2], str) and other[2] in _OUTCOMES
            answered = other[2] if is_outcome else json.dumps(other[2], ensure_ascii=False)
            told.append(f"{line[0]} of {line[1]}: expected {line[2]}, answered {answered}")
    return (*told, *(f"answered and not expected: {json.dumps(line, ensure_ascii=False)}" for line in spare))


_OUTCOMES: Final = frozenset(map(str, Outcome))
_VERDICT: Final = 3
"""Parts of a line of verdicts: rule, subject, outcome."""


def cases(levels: Collection[Level] | None = None, codes: Collection[str] | None = None) -> tuple[Case, ...]:
    """
    Give the cases, in the order of the levels and of the file.

    Args:
        levels: Only those of these levels; ``None``: of all.
        codes: Only those about these rules and questions; ``None``: about all.

    """
    found = []
    for level in Level:
        if levels is None or level in levels:
            text = resources.files(__package__).joinpath("cases", f"{level}.jsonl").read_text("utf-8")
            found += [_case(level, json.loads(line)) for line in text.splitlines()]
    return tuple(case for case in found if codes is None or case.code in codes)


def _case(level: Level, value: Mapping[str, Any]) -> Case:
    return Case(
        id=value["id"],
        level=level,
        code=value["code"],
        why=value["why"],
        request=value["request"],
        expected=tuple(tuple(line) for line in value["expected"]),
    )


# ---- between requests and the types of the library


def keten_of(request: Mapping[str, Any]) -> Keten:
    """
    Give the chain of a request; rows that cannot be read are left out, and counted as invoerfouten.

    Raises:
        RequestError: for a request without tables, a table or column that does not exist, or a cell that is no text.

    """
    if "tables" not in request:
        raise RequestError("The request has no tables.")
    tables = request["tables"]
    closed = frozenset((table, column) for table, column in request.get("niet_opgezocht", ()))
    unknown = sorted(set(tables) - set(TABLES)) + sorted(
        f"{table}.{column}" for table, column in closed if table not in TABLES or column not in TABLES[table].columns
    )
    if unknown:
        raise RequestError(f"There is no {', '.join(unknown)}.")
    caches, faults = CellCaches(), []
    records: dict[str, Any] = {}
    for name, rows in tables.items():
        columns = [column for column in TABLES[name].columns if (name, column) not in closed]

        def report(line: int, column: str | None, reason: str, name: str = name) -> None:
            faults.append(Invoerfout(name, f"{name} (request)", line, column, reason))

        reader = RecordReader(TABLES[name], columns, caches, report)
        for line, row in enumerate(rows, start=1):
            reader.add(line, _cells(name, columns, row))
        records[name] = reader.records
    return Keten(**records, niet_opgezocht=closed, invoerfouten=tuple(faults))


def _cells(table: str, columns: Sequence[str], row: Mapping[str, Any]) -> list[str]:
    strange = sorted(set(row) - set(columns))
    if strange:
        raise RequestError(f"Table {table} has no column {', '.join(strange)} that was looked up.")
    texts = [row.get(column) for column in columns]
    if not all(text is None or isinstance(text, str) for text in texts):
        raise RequestError(f"Every cell of {table} must be a text or null.")
    return [text or "" for text in texts]


def run_of(request: Mapping[str, Any]) -> dict[str, Any]:
    """Give the arguments of :func:`bpvo_rules.judge` that a request asks for."""
    return {
        "peildatum": date.fromisoformat(request["peildatum"]),
        "kennisdatum": date.fromisoformat(request["kennisdatum"]),
        "perspectief": request["perspectief"],
        "norms": dict(request["norms"]),
    }


def tables_of(keten: Keten) -> dict[str, list[dict[str, str | None]]]:
    """Give the tables of a chain as a request holds them."""
    found = {}
    for name, table in TABLES.items():
        rows = keten.table(name)
        if rows is not None:
            columns = [c for c in table.columns if (name, c) not in keten.niet_opgezocht]
            texts = {c: (Texts(c, table.columns[c]), tekst_field(table, c)) for c in columns}
            found[name] = [
                {
                    c: writer.text(getattr(row, c), None if tekst is None else getattr(row, tekst)) or None
                    for c, (writer, tekst) in texts.items()
                }
                for row in rows
            ]
    return found
