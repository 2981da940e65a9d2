"""Every example of the README and the docs runs: Python as it stands, commands in a folder of their own."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mypy import api
from sybil import Example
from sybil.document import Document
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser
from tests.examples.leverancier import supplied

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [
    page
    for page in (ROOT / "README.md", *sorted(DOCS.rglob("*.md")))
    if "_build" not in page.parts and ("```python" in (text := page.read_text("utf-8")) or "```console" in text)
]

STRICT = """
[tool.mypy]
strict = true
mypy_path = "{src}"
[[tool.mypy.overrides]]
# What is not ours takes five times as long to read as what is, and the examples are about ours.
module = ["polars.*", "narwhals.*", "duckdb.*", "pandas.*", "pyspark.*", "pyarrow.*", "numpy.*", "scipy.*"]
follow_imports = "skip"
"""


@pytest.fixture
def supplier(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder where the package of the supplier is installed."""
    yield from supplied(tmp_path_factory.mktemp("site"), monkeypatch)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_examples_of_a_page_run(
    page: Path, tmp_path: Path, supplier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order of the page; a command may end with 0, or with 1: there are meldingen of kind fout."""
    # What an example writes goes into a folder of its own too, and the rule set of the supplier is installed elsewhere.
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(supplier), os.environ.get("PYTHONPATH")])))

    def run_commands(example: Example) -> None:
        for line in example.parsed.splitlines():
            command = line.removeprefix("$ ")
            # Those of make build an environment, or run this very suite.
            if line.startswith("$ ") and not command.startswith("make "):
                run_command(command, tmp_path)

    parsers = PythonCodeBlockParser(), CodeBlockParser(language="console", evaluator=run_commands)
    for example in Document.parse(str(page), *parsers, encoding="utf-8").examples():
        example.evaluate()


def run_command(command: str, folder: Path) -> None:
    """Run one of our own commands as a shell would: words with a star stand for the files that fit."""
    program, *words = shlex.split(command)
    assert program == "bpvo-rules", f"{command}: only our own command and make are used in examples"
    arguments = [str(found) for w in words for found in (sorted(folder.glob(w)) if "*" in w else [w])]
    done = subprocess.run(  # noqa: S603 - a command from our own documents
        [sys.executable, "-m", "bpvo_rules", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode in {0, 1}, f"{command}\n{done.stderr}"
    assert "Traceback" not in done.stderr


def test_the_python_of_every_page_passes_a_strict_type_checker(tmp_path: Path) -> None:
    """Who copies an example into a typed program must not begin with its errors; a page is one module."""
    modules = []
    for page in PAGES:
        found = re.findall(r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        if found:
            name = re.sub(r"\W", "_", page.relative_to(ROOT).with_suffix("").as_posix())
            module = tmp_path / f"example_{name}.py"
            module.write_text("\n".join(found), encoding="utf-8")
            modules.append(str(module))
    config = tmp_path / "mypy.toml"
    config.write_text(STRICT.format(src=(ROOT / "src").as_posix()), encoding="utf-8")
    out, err, status = api.run(["--config-file", str(config), "--cache-dir", str(tmp_path / "cache"), *modules])

    assert (status, err) == (0, ""), out
