"""
Writes down what of this library is public: every name that is for users, with its kind and its shape.

`make api` writes `publiek.txt`; a test holds the code to it. What is described is what stands in the source, so that
every version of Python gives the same text.
"""

import ast
import enum
import importlib
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple

import attrs

__all__ = ["FILE", "MODULES", "Name", "defined", "kind_of", "methods", "names", "node_of", "text", "tree_of"]

FILE: Final = Path(__file__).parent / "publiek.txt"
MODULES: Final = tuple(
    f"bpvo_rules.{name}" if name else "bpvo_rules"
    for name in (
        "",
        *("codes", "errors", "periode", "model", "stagefonds", "reference", "keten", "rules", "questions", "judge"),
        *("foto", "foto.audit", "plugins", "frames", "io", "io.foto", "simulate"),
        *("testing.worlds", "testing.answer", "testing.laws", "testing.kit", "testing.conformance"),
        *("testing.differences", "testing.strategies", "testing.subjects", "testing.machine"),
        *("report.wording", "report.statistics", "report.formats", "report.formats.cells"),
        *("report.html", "report.html.tijdlijn", "report.html.tijdlijn_beeld", "report.html.storingen"),
        *("cli", "version"),
    )
)
"""The modules that users import from, from the bottom up behind the package itself; others may change at any time."""


class Name(NamedTuple):
    """
    A public name.

    Attributes:
        module: The module that it is imported from.
        name: What it is called there.
        thing: What it is.
        home: Module and name where it is described: the lowest module that has it.

    """

    module: str
    name: str
    thing: Any
    home: str


def _exported(module: ModuleType) -> list[str]:
    """Give the names of a module that are for users; without a list, those that it defines itself."""
    listed: list[str] | None = getattr(module, "__all__", None)
    if listed is not None:
        return sorted(listed)
    own = (n for n, thing in vars(module).items() if getattr(thing, "__module__", None) == module.__name__)
    return sorted(n for n in own if not n.startswith("_"))


@cache
def names() -> tuple[Name, ...]:
    """Give every public name, in the order of the modules."""
    homes: dict[int, str] = {}
    found = [(m, n, getattr(importlib.import_module(m), n)) for m in MODULES for n in _exported(_module(m))]
    for module, name, thing in (*(one for one in found if one[0] != MODULES[0]), *found):
        if inspect.isclass(thing) or callable(thing):
            homes.setdefault(id(thing), f"{module}.{name}")
    return tuple(Name(m, n, thing, homes.get(id(thing), f"{m}.{n}")) for m, n, thing in found)


def _module(name: str) -> ModuleType:
    return importlib.import_module(name)


@cache
def tree_of(module: str) -> ast.Module:
    """Read the source of a module."""
    return ast.parse(Path(str(sys.modules[module].__file__)).read_text("utf-8"))


def node_of(thing: Any) -> ast.ClassDef | ast.FunctionDef | None:
    """Give the class or function in the source that something was made of; nothing for a constant or a type."""
    if not inspect.isclass(thing) and not (callable(thing) and inspect.isfunction(inspect.unwrap(thing))):
        return None
    # What is made of a function, such as one that remembers, keeps its name and module.
    body = tree_of(thing.__module__).body
    found = [n for n in body if isinstance(n, ast.ClassDef | ast.FunctionDef) and n.name == thing.__name__]
    return found[-1]  # those before it, if any, only state types


def defined(thing: type) -> Iterator[type]:
    """Give a class and what it inherits from within this library, itself first."""
    return (base for base in thing.__mro__ if base.__module__.startswith("bpvo_rules"))


def methods(thing: type) -> Iterator[ast.FunctionDef]:
    """Give the public methods and properties that stand in a class; the last of those that only state types."""
    node = node_of(thing)
    assert node is not None
    found = {n.name: n for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")}
    yield from found.values()


def _signature(node: ast.FunctionDef) -> str:
    back = "" if node.returns is None else f" -> {_plain(node.returns)}"
    return f"({_plain(node.args)}){back}"


def _plain(node: ast.AST) -> str:
    return ast.unparse(node).replace('"', "'")


def kind_of(node: ast.FunctionDef) -> str:
    """Say how a method is used."""
    for decorator in map(ast.unparse, node.decorator_list):
        if decorator in {"property", "cached_property"}:
            return "property"
        if decorator in {"classmethod", "staticmethod"}:
            return decorator
    return "method"


def _class(thing: type) -> Iterator[str]:
    public = {id(found.thing) for found in names()}
    for base in defined(thing):
        node = node_of(base)
        assert isinstance(node, ast.ClassDef)
        if base is not thing and id(base) in public:
            continue  # it is described by itself, and named as a base
        for line in node.body:
            if isinstance(line, ast.AnnAssign) and not ast.unparse(line.target).startswith("_"):
                yield f"field {_plain(line.target)}: {_plain(line.annotation)}{_default(thing, line)}"
        if "__init__" in vars(base) and not attrs.has(thing):
            made = next((n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"), None)
            if made is not None:
                yield f"init {_signature(made)}"
        for method in methods(base):
            yield f"{kind_of(method)} {method.name}{_signature(method)}"


def _default(thing: type, line: ast.AnnAssign) -> str:
    """Say that a field need not be given; what it is then is in the source."""
    name = ast.unparse(line.target)
    field = getattr(attrs.fields_dict(thing).get(name), "default", attrs.NOTHING) if attrs.has(thing) else line.value
    return "" if field is attrs.NOTHING or (field is None and not attrs.has(thing)) else " = ..."


def _shape(found: Name) -> Iterator[str]:
    thing, node = found.thing, node_of(found.thing)
    if isinstance(node, ast.FunctionDef):
        yield f"def {found.name}{_signature(node)}"
    elif node is None:
        yield f"{found.name}: {_declared(found)}"
    else:
        bases = [ast.unparse(base) for base in node.bases]
        keywords = [d for d in map(ast.unparse, node.decorator_list) if d.startswith("attrs.")]
        yield f"class {found.name}({', '.join(bases)})" + "".join(f" {k}" for k in keywords)
        if issubclass(thing, enum.Enum):
            yield from (f"  {name} = {member.value!r}" for name, member in thing.__members__.items())
        yield from (f"  {line}" for line in _class(thing))


def _declared(found: Name) -> str:
    """Say the type of a constant as it is declared, or else what it is; never its contents."""
    for line in tree_of(found.module).body:
        if isinstance(line, ast.AnnAssign) and ast.unparse(line.target) == found.name:
            stated = _plain(line.annotation)
            if stated != "Final":
                return stated.removeprefix("Final[").removesuffix("]") if stated.startswith("Final[") else stated
    return type(found.thing).__name__


def text() -> str:
    """Give the whole list."""
    lines: list[str] = []
    for found in names():
        if f"[{found.module}]" not in lines:
            lines += ["", f"[{found.module}]"]
        if found.home == f"{found.module}.{found.name}":
            lines += _shape(found)
        else:
            lines.append(f"{found.name} is {found.home}")
    return "\n".join(lines[1:]) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
