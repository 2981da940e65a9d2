"""Conventions of the code; each message says what to do when it is broken."""

import ast
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import bpvo_rules
from bpvo_rules.questions import QUESTIONS

PACKAGE = "bpvo_rules"
SRC = Path(bpvo_rules.__file__).parent
FILES = sorted(SRC.rglob("*.py"))

LAYERS = (
    "errors",
    "version",
    "codes",
    "periode",
    "model",
    "stagefonds",
    "reference",
    "keten",
    "rules",
    "questions",
    "judge",
    "foto",
    "plugins",
    "frames",
    "io",
    "simulate",
    "testing",
    "report",
    "cli",
)
"""From the bottom up. A module imports its own layer or a lower one."""
TOP_OF_THE_CORE = "foto"
CORE = LAYERS[: LAYERS.index(TOP_OF_THE_CORE) + 1]
OUTSIDE = {"attrs", "attr", "dateutil"}
NO_CLOCK_OR_CHANCE = {
    "random",
    "secrets",
    "uuid",
    "time",
    "logging",
    "warnings",
    "socket",
    "subprocess",
    "urllib",
    "http",
}
FORBIDDEN_FUNCTIONS = {"open", "print", "input", "exec", "eval", "breakpoint"}
FORBIDDEN_METHODS = {
    *("today", "now", "utcnow", "fromtimestamp", "getenv"),
    *("read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink"),
}
ALLOWED_CALLS = {
    ("rules/source.py", "exec"): "runs the source that it made itself of declarations",
    ("reference/__init__.py", "read_text"): "reads what ships inside the package",
}
ALLOWED_MODULES = {
    ("foto/audit/solver.py", "numpy"): "the audit of a protected foto needs a solver, imported when it is asked for",
    ("foto/audit/solver.py", "scipy"): "the audit of a protected foto needs a solver, imported when it is asked for",
}


def name_of(path: Path) -> str:
    """Name a file within the package."""
    return path.relative_to(SRC).as_posix()


def layer(path: Path) -> str:
    """Give the layer of a file: the first folder or module below the package; none for the package itself."""
    first = path.relative_to(SRC).parts[0]
    return first.removesuffix(".py")


def parse(path: Path) -> ast.Module:
    """Read a file as Python does."""
    return ast.parse(path.read_text("utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Give every module that is imported anywhere, inside functions too, in either form."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module is not None
            yield node.module
            # `from bpvo_rules import reference` names the layer only after the word import.
            if node.module == PACKAGE:
                yield from (f"{PACKAGE}.{alias.name}" for alias in node.names)


def layers_used(tree: ast.AST) -> set[str]:
    """Give the layers that a file imports from; exported names of the package itself stand for the judge."""
    parts = [name.split(".") for name in imported(tree) if name.split(".")[0] == PACKAGE]
    return {part[1] if part[1] in LAYERS else "judge" for part in parts if len(part) > 1}


files = pytest.mark.parametrize("path", FILES, ids=name_of)
core_files = pytest.mark.parametrize(
    "path",
    [p for p in FILES if layer(p) in {*CORE, "__init__"}],
    ids=name_of,
)


def test_every_file_is_in_a_layer() -> None:
    found = {layer(path) for path in FILES} - {"__init__", "__main__"}

    assert found <= set(LAYERS), (
        f"{sorted(found - set(LAYERS))}: give a new layer its place in LAYERS here and in docs/explanation/design.md,"
        " above everything that it imports."
    )


@files
def test_imports_point_down(path: Path) -> None:
    if layer(path) in {"__init__", "__main__"}:
        return
    mine = LAYERS.index(layer(path))
    too_high = {used for used in layers_used(parse(path)) if LAYERS.index(used) > mine}

    assert too_high == set(), (
        f"{name_of(path)} imports {sorted(too_high)}, which lie above {layer(path)}. Imports point down only: move what"
        " both need to the lower layer, or hand it in as an argument."
    )


@core_files
def test_the_core_needs_attrs_dateutil_and_the_standard_library_only(path: Path) -> None:
    roots = {name.split(".")[0] for name in imported(parse(path))}
    strange = {root for root in roots - {PACKAGE} - OUTSIDE if (name_of(path), root) not in ALLOWED_MODULES}
    strange -= set(sys.stdlib_module_names)

    assert strange == set(), (
        f"{name_of(path)} imports {sorted(strange)}. The core runs in any system of a school: what needs more belongs"
        " in a layer above foto, with an extra in pyproject.toml."
    )


@core_files
def test_the_core_reads_no_clock_no_chance_and_no_file_and_logs_nothing(path: Path) -> None:
    tree = parse(path)
    modules = {name.split(".")[0] for name in imported(tree)} & NO_CLOCK_OR_CHANCE
    functions = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    methods = {n.func.attr for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)}
    called = (functions & FORBIDDEN_FUNCTIONS) | (methods & FORBIDDEN_METHODS)
    calls = {call for call in called if (name_of(path), call) not in ALLOWED_CALLS}

    assert modules == set(), (
        f"{name_of(path)} imports {sorted(modules)}. Two runs on the same input give the same bytes, and no record"
        " ends up in a log: days and values come in as arguments, what must be told goes into the result."
    )
    assert calls == set(), (
        f"{name_of(path)} calls {sorted(calls)}. Every day is an argument of the caller, and files are read in io."
    )


def test_what_is_allowed_to_the_core_is_still_needed() -> None:
    for name, call in ALLOWED_CALLS:
        assert f"{call}(" in (SRC / name).read_text("utf-8"), (
            f"{name} no longer calls {call}: drop it from ALLOWED_CALLS."
        )


def is_public(name: str) -> bool:
    """Say whether a name is for users."""
    return not name.startswith("_")


def is_overload(node: ast.AST) -> bool:
    """Say whether a function only states a type."""
    return isinstance(node, ast.FunctionDef) and any("overload" in ast.unparse(d) for d in node.decorator_list)


def declares_a_fact(path: Path, node: ast.AST) -> bool:
    """Say whether a function is the computation of a fact, of which the declaration above it says what it means."""
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef) else []
    return layer(path) == "questions" and any(".fact(" in ast.unparse(d) for d in decorators)


def undocumented(path: Path) -> Iterator[str]:
    """Give the public names of a file that say nothing of themselves."""
    tree = parse(path)
    if ast.get_docstring(tree) is None:
        yield "the module"
    todo: list[tuple[str, ast.AST]] = [("", node) for node in tree.body]
    for prefix, node in todo:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef) or not is_public(node.name):
            continue
        if isinstance(node, ast.ClassDef):
            todo += [(f"{prefix}{node.name}.", inner) for inner in node.body]
        if ast.get_docstring(node) is None and not is_overload(node) and not declares_a_fact(path, node):
            yield prefix + node.name


@files
def test_every_public_name_says_what_it_is(path: Path) -> None:
    missing = list(undocumented(path))

    assert missing == [], (
        f"{name_of(path)}: {missing} have no docstring. Say what the type cannot say: meaning, unit, edges, what None"
        " means, which errors; or give it a name that begins with an underscore."
    )


def modules() -> list[str]:
    """Name every module of the package that can be imported without doing anything."""
    found = [PACKAGE, *(m.name for m in pkgutil.walk_packages([str(SRC)], f"{PACKAGE}."))]
    return [name for name in found if not name.endswith("__main__")]


@pytest.mark.parametrize("name", [m for m in modules() if m.split(".")[1:2] != ["cli"]])
def test_every_exported_name_exists(name: str) -> None:
    module = importlib.import_module(name)
    names = getattr(module, "__all__", None)
    if names is None:
        return
    ghosts = [n for n in names if not hasattr(module, n)]

    assert ghosts == [], f"{name}.__all__ names {ghosts}, which are not there: drop them or import them."
    assert len(set(names)) == len(names), f"{name}.__all__ names something twice."
    hidden = [n for n in names if not is_public(n) and n != "__version__"]
    assert hidden == [], f"{name}.__all__ exports {hidden}: what is for users has no underscore."


def test_every_question_file_is_in_questions() -> None:
    """A file with a QUESTION that is not in the list would be declared and never asked."""
    files_ = [p for p in sorted((SRC / "questions").glob("*.py")) if p.stem != "__init__"]
    declared = {p.stem for p in files_ if "QUESTION" in {t.id for n in parse(p).body for t in _targets(n)}}
    listed = {question.code for question in QUESTIONS}

    assert declared == listed, (
        f"{sorted(declared ^ listed)}: a question stands in a file of its own code, and in QUESTIONS in"
        " questions/__init__.py, in its fixed place."
    )
    for name in declared:
        assert importlib.import_module(f"{PACKAGE}.questions.{name}").QUESTION in QUESTIONS


def _targets(node: ast.stmt) -> list[ast.Name]:
    return [t for t in getattr(node, "targets", []) if isinstance(t, ast.Name)]
