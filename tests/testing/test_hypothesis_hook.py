"""Hypothesis knows the strategies as soon as it and the library are both imported, and imports no rule by itself."""

import os
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOOK = "import _bpvo_rules_hypothesis; _bpvo_rules_hypothesis.register_later()"
DRAW = """
from hypothesis import given, settings, strategies as st
from bpvo_rules import Bpvo

@settings(max_examples=3, database=None, deadline=None)
@given(st.from_type(Bpvo))
def check(bpvo):
    assert type(bpvo) is Bpvo
    seen.append(bpvo)

seen = []
check()
assert seen
"""
GONE = """
import sys
import bpvo_rules
assert not any(type(finder).__module__ == "_bpvo_rules_hypothesis" for finder in sys.meta_path)
assert type(bpvo_rules.__loader__).__module__ != "_bpvo_rules_hypothesis"
assert bpvo_rules.__spec__.loader is bpvo_rules.__loader__
"""


def run(source: str) -> None:
    """Run a program in a fresh Python that sees the sources, with no plugin of Hypothesis but what it names."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "HYPOTHESIS_NO_PLUGINS": "1"}
    done = subprocess.run(  # noqa: S603 - our own Python and program
        [sys.executable, "-c", source], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_hypothesis_first_then_the_rules() -> None:
    """The hook imports no rule; the first import of the rules registers, and leaves no trace."""
    run(f"import hypothesis, sys; {HOOK}; assert 'bpvo_rules' not in sys.modules; {HOOK}\n{DRAW}\n{GONE}")


def test_the_rules_first_then_hypothesis() -> None:
    """The library imports no Hypothesis; the hook of the later import registers at once."""
    run(f"import bpvo_rules, sys; assert 'hypothesis' not in sys.modules; import hypothesis; {HOOK}\n{DRAW}\n{GONE}")


def test_the_strategies_themselves_import_hypothesis() -> None:
    """They are in the middle of their own import when the hook runs, and register at its end."""
    run(
        "import sys, types\n"
        "class Late:\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'hypothesis.version':\n"
        f"            sys.meta_path.remove(self); {HOOK}\n"
        "sys.meta_path.insert(0, Late())\n"
        "import bpvo_rules.testing.strategies\n"
        "assert 'Late' not in map(lambda f: type(f).__name__, sys.meta_path)\n" + DRAW
    )


MODULES = sorted(
    path.stem
    for path in (ROOT / "src" / "bpvo_rules" / "testing").glob("*.py")
    if "import hypothesis" in (text := path.read_text("utf-8")) or "from hypothesis" in text
)


@pytest.mark.parametrize("module", MODULES)
def test_every_module_can_be_the_first(module: str) -> None:
    """Whichever of those that import Hypothesis does so, the hook runs in the middle of that."""
    run(
        "import sys, importlib\n"
        "class Late:\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'hypothesis.version':\n"
        f"            sys.meta_path.remove(self); {HOOK}\n"
        "sys.meta_path.insert(0, Late())\n"
        f"importlib.import_module('bpvo_rules.testing.{module}')\n"
        "import bpvo_rules.testing.strategies\n" + DRAW
    )


def test_looking_where_the_package_is_imports_nothing() -> None:
    """Tools ask for the spec of a package and its loader without importing it."""
    run(
        f"import hypothesis, sys, importlib.util; {HOOK}\n"
        "spec = importlib.util.find_spec('bpvo_rules')\n"
        "assert spec.loader.get_filename('bpvo_rules') == spec.origin\n"
        "assert importlib.util.find_spec('no_such_module_at_all') is None\n"
        f"assert 'bpvo_rules' not in sys.modules\n{DRAW}\n{GONE}"
    )


def test_a_package_that_fails_to_import_can_be_imported_again(tmp_path: Path) -> None:
    """The watcher stays until an import went well."""
    broken = tmp_path / "bpvo_rules"
    broken.mkdir()
    (broken / "__init__.py").write_text("raise RuntimeError('half')", "utf-8")
    run(
        f"import hypothesis, sys; {HOOK}\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        "try:\n    import bpvo_rules\nexcept RuntimeError:\n    pass\n"
        f"sys.path.remove({str(tmp_path)!r})\n{DRAW}\n{GONE}"
    )


def test_threads_that_import_at_once() -> None:
    run(
        f"import hypothesis, threading; {HOOK}\n"
        "def both():\n    import bpvo_rules\n    import bpvo_rules.testing.strategies\n"
        "threads = [threading.Thread(target=both) for _ in range(6)]\n"
        "[t.start() for t in threads]; [t.join(30) for t in threads]\n" + DRAW + GONE
    )


def test_what_needs_no_hypothesis_does_not_import_it() -> None:
    modules = ", ".join(f"bpvo_rules.testing{name}" for name in ("", ".worlds", ".laws", ".repairs"))
    run(f"import sys; sys.modules['hypothesis'] = None; import {modules}")


def test_the_project_names_the_hook() -> None:
    """In the group that Hypothesis reads, and the module is in the wheel."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    assert project["project"]["entry-points"]["hypothesis"] == {"bpvo_rules": "_bpvo_rules_hypothesis:register_later"}
    assert "src/_bpvo_rules_hypothesis.py" in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert project["project"]["optional-dependencies"]["testing"] == ["hypothesis>=6.101"]
    # An installation of before this entry point was declared does not have it; one that has, has this one.
    installed = [e for e in entry_points(group="hypothesis") if e.name == "bpvo_rules"]
    assert {e.value for e in installed} <= {"_bpvo_rules_hypothesis:register_later"}
