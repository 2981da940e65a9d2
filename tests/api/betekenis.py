"""What public names say of themselves, as it stands in the source."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import attrs
from tests.api.publiek import Name, defined, kind_of, methods, names, node_of, tree_of

__all__ = ["Said", "arguments", "constants", "entries", "everything_said", "fields", "properties", "raised"]

SECTIONS: Final = ("Args", "Attributes", "Raises", "Returns", "Yields")


class Said(NamedTuple):
    """
    What a name says of itself.

    Attributes:
        name: The name, behind that of its module and class.
        node: The class or function in the source.
        thing: The class itself; nothing for a function or a method.
        text: Its docstring; empty when it has none.

    """

    name: str
    node: ast.ClassDef | ast.FunctionDef
    thing: type | None
    text: str


def everything_said() -> Iterator[Said]:
    """Give every public class, function, method and property once, where it is described."""
    for found in names():
        node = node_of(found.thing)
        if node is None or found.home != f"{found.module}.{found.name}":
            continue
        thing = found.thing if inspect.isclass(found.thing) else None
        yield Said(found.home, node, thing, ast.get_docstring(node) or "")
        if thing is not None:
            yield from _members(found.home, thing)


def _members(home: str, thing: type) -> Iterator[Said]:
    """A method that says nothing means what the one of its base means."""
    said: dict[str, Said] = {}
    for base in defined(thing):
        for method in methods(base):
            text = ast.get_docstring(method) or ""
            if method.name not in said or not said[method.name].text:
                said[method.name] = Said(f"{home}.{method.name}", method, None, text)
    yield from said.values()


def entries(text: str, section: str) -> list[str] | None:
    """Give the names that a section of a docstring explains; nothing when there is no such section."""
    found = re.search(rf"^{section}:\n((?:(?: .*)?\n)*)", f"{text}\n", re.MULTILINE)
    if found is None:
        return None
    lines = re.findall(r"^ {4}(\*{0,2}\w[\w, *]*):", found[1], re.MULTILINE)
    return [name.lstrip("*") for line in lines for name in line.split(", ")]


def fields(said: Said) -> list[str]:
    """Give what a class must list: its fields, or what it sets of itself when it is made."""
    assert said.thing is not None
    if attrs.has(said.thing):
        return [field.name for field in attrs.fields(said.thing) if not field.name.startswith("_")]
    if hasattr(said.thing, "_fields"):
        return list(said.thing._fields)
    public = {found.thing for found in names() if inspect.isclass(found.thing)}
    found: list[str] = []
    known: set[str] = set()
    for base in defined(said.thing):
        # A base that is public, or that gives a shape to codes, says for itself what it has.
        (known.update if base is not said.thing and base in public else found.extend)(_set_by(base))
    return [name for name in dict.fromkeys(found) if name not in known]


def _set_by(base: type) -> Iterator[str]:
    """Give the public names that a class declares, or sets of itself in its methods."""
    node = node_of(base)
    assert node is not None
    for line in ast.walk(node):
        target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
        if not isinstance(line, ast.Assign | ast.AnnAssign) or target is None:
            continue
        word = ast.unparse(target)
        name = word.removeprefix("self.")
        declared = isinstance(line, ast.AnnAssign) and line in node.body
        if (declared or name != word) and name.isidentifier() and not name.startswith("_"):
            yield name


def properties(said: Said) -> set[str]:
    """Give the properties of a class, which it may list among its attributes."""
    assert said.thing is not None
    return {m.name for base in defined(said.thing) for m in methods(base) if kind_of(m) == "property"}


def arguments(node: ast.FunctionDef) -> list[str]:
    """Give the names of what a function is given, but for itself and what is passed on unread."""
    given = node.args
    found = [*given.posonlyargs, *given.args, *([given.vararg] if given.vararg else []), *given.kwonlyargs]
    found += [given.kwarg] if given.kwarg else []
    return [one.arg for one in found if one.arg not in {"self", "cls"} and not one.arg.startswith("_")]


def raised(node: ast.AST) -> set[str]:
    """Give the errors of this library that stand behind a `raise` in a function."""
    calls = (line.exc for line in ast.walk(node) if isinstance(line, ast.Raise) and line.exc is not None)
    words = {ast.unparse(one.func if isinstance(one, ast.Call) else one) for one in calls}
    return words & set(vars(importlib.import_module("bpvo_rules.errors")))


def constants() -> Iterator[tuple[Name, str]]:
    """Give every public name that is neither class nor function, with the text that stands under it."""
    for found in names():
        if node_of(found.thing) is None and found.home == f"{found.module}.{found.name}":
            yield found, _below(found.module, found.name)


def _below(module: str, name: str) -> str:
    for one in ast.walk(tree_of(module)):
        if isinstance(one, ast.ImportFrom) and name in {alias.asname or alias.name for alias in one.names}:
            # What is only handed on says what it is where it comes from.
            return _below(str(one.module), name)
    body = tree_of(module).body
    for line, after in zip(body, [*body[1:], None], strict=True):
        targets: list[Any] = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
        if name in {ast.unparse(target) for target in targets if target is not None}:
            is_text = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            return str(after.value.value) if is_text else ""  # type: ignore[union-attr]
    return ""
