"""
Makes the conformance cases of the drawn tables: every row of `tests/questions` becomes one, as do the lists below.

Nothing is judged here. What is expected of a case is what its author wrote in the last column; the reasoning is the
sentence that the test is named after, with its explanation, and what the row changes. `make kit` writes the cases into
the package.
"""

import contextlib
import hashlib
import inspect
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from tests.conformance.fotos import FOTOS
from tests.conformance.onleesbaar import METING, ONLEESBAAR
from tests.questions.spec import (
    ARGUMENTS,
    EEN_AANVRAAG,
    EEN_BPVO,
    EEN_LEVERING,
    EEN_METING,
    GEEN,
    ZONDER,
    About,
    build,
    parse_table,
)
from tests.questions.verklaard import VRAGEN, verklaard

from bpvo_rules.testing import kit
from bpvo_rules.testing.kit import Level, tables_of

FOLDER = Path(kit.__file__).parent / "cases"
MODULES = ("tests.questions.test_bestaan", *(f"tests.questions.test_{vraag}" for vraag in VRAGEN))


class Drawn(NamedTuple):
    """One case as it was drawn."""

    about: About
    rule: str
    rows: list[dict[str, str]]
    others: dict[str, str]
    expected: list[list[Any]]


class _NotACase(Exception):  # noqa: N818 - it is no error
    """A test that looks at something else than what is said of the subjects of one chain."""


class Recorder:
    """Has the methods of a Spec, and writes down what they are given."""

    def __init__(self) -> None:
        self.drawn: list[Drawn] = []

    def __call__(self, rule: str, table: str, **fixed: str) -> None:
        self._rows(EEN_BPVO, rule, table, fixed)

    def levering(self, rule: str, table: str, **fixed: str) -> None:
        """Note the rows about a delivery."""
        self._rows(EEN_LEVERING, rule, table, fixed)

    def aanvraag(self, rule: str, table: str, **fixed: str) -> None:
        """Note the rows about a request."""
        self._rows(EEN_AANVRAAG, rule, table, fixed)

    def meting(self, rule: str, table: str, **fixed: str) -> None:
        """Note the rows about a measurement."""
        self._rows(EEN_METING, rule, table, fixed)

    def verdicts(self, rule: str, table: str, expected: Mapping[str, str], **changes: str) -> None:
        """Note a chain of deliveries."""
        lines = [[rule, subject, outcome] for subject, outcome in expected.items()]
        self.drawn.append(Drawn(EEN_BPVO, rule, parse_table(table), dict(changes), lines))

    def keten(self, *_: Any, **__: Any) -> Any:
        """Stop: what comes of it is compared in some other way."""
        raise _NotACase

    engine = keten

    def _rows(self, about: About, rule: str, table: str, fixed: Mapping[str, str]) -> None:
        for row in parse_table(table):
            given = {**fixed, **row}
            outcome = given.pop("verwacht")
            record = {n: t for n, t in given.items() if n in about.cells}
            others = {n: t for n, t in given.items() if n not in about.cells}
            subject = about.subject({**about.cells, **record})
            lines = [] if outcome == GEEN else [[rule, subject, outcome]]
            self.drawn.append(Drawn(about, rule, [record], others, lines))


def _parameters(function: Callable[..., None]) -> Iterator[dict[str, Any]]:
    """Give the arguments of each time that pytest would call a test."""
    sets = []
    for mark in getattr(function, "pytestmark", ()):
        if mark.name == "parametrize":
            names, values = mark.args
            names = [n.strip() for n in names.split(",")] if isinstance(names, str) else list(names)
            sets.append([dict(zip(names, value if len(names) > 1 else [value], strict=True)) for value in values])
    for chosen in itertools.product(*sets):
        yield {name: value for part in chosen for name, value in part.items()}


def _tests() -> Iterator[tuple[str, Callable[..., None]]]:
    for module in MODULES:
        for name, function in vars(import_module(module)).items():
            if name.startswith("test_") and "spec" in inspect.signature(function).parameters:
                yield name.removeprefix("test_"), function


def _sentence(name: str, function: Callable[..., None]) -> str:
    words = name.replace("_", " ")
    told = " ".join((function.__doc__ or "").replace("``", "").split())
    return f"{words[0].upper()}{words[1:]}.{' ' + told if told else ''}"


def _given(drawn: Drawn) -> str:
    """Say what a case changes of the chain in which everything is in order."""
    parts = [
        ", ".join(f"{name} {_shown(text)}" for name, text in row.items() if text != drawn.about.cells[name])
        for row in drawn.rows
    ]
    parts += [
        ", ".join(f"{name} {_shown(text)}" for name, text in drawn.others.items() if name not in {*ARGUMENTS, ZONDER})
    ]
    if drawn.others.get(ZONDER):
        parts.append(f"not looked up: {drawn.others[ZONDER]}")
    run = {**ARGUMENTS, **drawn.others}
    parts = [part for part in parts if part] or ["everything in order"]
    parts.append(f"peildatum {run['P']}, kennisdatum {run['K'] or run['P']}, perspectief {run['perspectief']}")
    return "; ".join(parts)


def _shown(text: str) -> str:
    return {"": "empty", "?": "not looked up"}.get(text, text)


def _level(drawn: Drawn, *, about_existence: bool) -> Level:
    cells = [text for row in drawn.rows for text in row.values()] + list(drawn.others.values())
    asks_when = any(name in {"K", "perspectief", "zonder"} and text for name, text in drawn.others.items())
    if about_existence or asks_when or "?" in cells or any("bekend " in text for text in cells) or len(drawn.rows) > 1:
        return Level.KENNIS
    return Level(verklaard()[drawn.rule].kit)


def request(about: About, rows: Iterable[Mapping[str, str]], others: Mapping[str, str]) -> dict[str, Any]:
    """Write a drawn chain as the protocol does, but for what is asked of it."""
    keten, run = build(about, rows, others)
    return {
        "peildatum": run["peildatum"].isoformat(),
        "kennisdatum": (run["kennisdatum"] or run["peildatum"]).isoformat(),
        "perspectief": run["perspectief"],
        "norms": run["norms"],
        "tables": tables_of(keten),
        "niet_opgezocht": sorted(map(list, keten.niet_opgezocht)),
    }


def _of_tables() -> Iterator[tuple[Level, dict[str, Any]]]:
    for name, function in _tests():
        for parameters in _parameters(function):
            recorder = Recorder()
            with contextlib.suppress(_NotACase):
                function(recorder, **parameters)
            for drawn in recorder.drawn:
                yield (
                    _level(drawn, about_existence="bestaan" in function.__module__),
                    _case(
                        drawn.rule,
                        f"{_sentence(name, function)} Here: {_given(drawn)}",
                        {"rules": [drawn.rule], **request(drawn.about, drawn.rows, drawn.others)},
                        drawn.expected,
                    ),
                )


def _unreadable() -> Iterator[tuple[Level, dict[str, Any]]]:
    for case in ONLEESBAAR:
        made = request(EEN_BPVO, [{}], {"white_label_onderhoud": ""})
        made["tables"]["white_label_metingen"] = [dict(METING)]
        for table, cells in case.cells.items():
            made["tables"][table][0].update(cells)
        if case.also is not None:
            table, cells = case.also
            made["tables"][table].append({**made["tables"][table][0], **cells})
        yield Level.VORM, _case(case.rule, case.why, {"rules": [case.rule], **made}, case.expected)


def _fotos() -> Iterator[tuple[Level, dict[str, Any]]]:
    for foto in FOTOS:
        made = {"vraag": foto.vraag, "rules": [], **request(foto.about, foto.rows, foto.others)}
        yield Level.FOTO, _case(foto.vraag, foto.why, made, [[foto.vraag, *line] for line in foto.expected])


def _case(code: str, why: str, asked: dict[str, Any], expected: list[list[Any]]) -> dict[str, Any]:
    """Write a case; its id is made of what is asked, so that it stays the same as long as that does."""
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:8]
    return {"id": f"{code}/{digest}", "code": code, "why": why, "request": asked, "expected": expected}


def files() -> dict[Level, str]:
    """Give the text of the file of each level."""
    lines: dict[Level, list[str]] = {level: [] for level in Level}
    seen: dict[str, Any] = {}
    for level, case in itertools.chain(_of_tables(), _unreadable(), _fotos()):
        # What is drawn in two tables is asked once.
        if seen.setdefault(case["id"], case["expected"]) is case["expected"]:
            lines[level].append(json.dumps(case, ensure_ascii=False))
        elif seen[case["id"]] != case["expected"]:
            raise AssertionError(f"Two tables expect different things of one chain: {case['why']}")
    return {level: "".join(f"{line}\n" for line in found) for level, found in lines.items()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for level, text in files().items():
        (FOLDER / f"{level}.jsonl").write_text(text, "utf-8")
