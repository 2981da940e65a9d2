"""
Looks at the wheel and the sdist as they would be published, and uses the wheel where nothing else is installed.

`make wheel` builds them and runs this: `python -m tests.wheel.controle FOLDER`. Stops at the first thing that is wrong.
"""

import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Sequence
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Final

from tests.api.publiek import MODULES
from tests.test_conventions import CORE, FILES, SRC, layer

from bpvo_rules.version import __version__

ROOT: Final = Path(__file__).parents[2]
HERE: Final = Path(__file__).parent
COMES_ALONG: Final = {"bpvo-rules", "attrs", "python-dateutil", "six", "tzdata", "pip", "setuptools"}
"""The library, what it needs, what those need, and what every environment has."""
EXTRAS: Final = {"cli", "foto", "frames", "report", "sql", "testing"}
CLASSIFIERS: Final = {
    "Typing :: Typed",
    "Natural Language :: Dutch",
    *(f"Programming Language :: Python :: 3.{minor}" for minor in (11, 12, 13, 14)),
}
KETEN: Final = ("keten", "--peildatum", "2019-07-01", "--quiet")
ASKED: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("frames", ("check", *KETEN, "--engine", "polars")),
    ("frames", ("check", *KETEN, "--format", "parquet", "--output", "meldingen.parquet")),
    ("frames", ("check", *KETEN, "--verdicts", "verdicts.parquet")),
    ("report", ("report", *KETEN, "--output", "verslag")),
    ("foto", ("foto", "keten", "--peildatum", "2018-10-01", "--output", "fotos")),
    ("sql", ("rules", "een_grondslag", "--format", "sql")),
)
"""Commands that need an extra, and which."""
NEEDS: Final = {
    "bpvo_rules.frames": "frames",
    **dict.fromkeys(("bpvo_rules.testing.strategies", "bpvo_rules.testing.subjects"), "testing"),
    "bpvo_rules.testing.machine": "testing",
}
"""Public modules that need an extra to be imported."""


class Kaal:
    """An environment with the wheel and what it needs, in which nothing reaches the network."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.folder = folder
        subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)  # noqa: S603 - our own
        self.python = folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.run("-m", "pip", "install", "--quiet", str(wheel), network=True)

    def run(self, *arguments: str, network: bool = False, may_fail: bool = False) -> subprocess.CompletedProcess[str]:
        """Run Python there; its errors are ours unless they are what is looked for."""
        shown = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        if not network:
            shown["PYTHONPATH"] = str(HERE / "zonder_net")
        done = subprocess.run(  # noqa: S603 - our own programs
            [str(self.python), *arguments],
            cwd=self.folder,
            env=shown | {"PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert may_fail or done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
        return done


def check_contents(wheel: Path) -> None:
    """Only the package, its hook for Hypothesis and its metadata; all of the package, its data and licence."""
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    metadata = f"bpvo_rules-{__version__}.dist-info"
    tops = {name.split("/")[0] for name in names}
    assert tops == {"bpvo_rules", "_bpvo_rules_hypothesis.py", metadata}, tops
    here = {
        f"bpvo_rules/{path.relative_to(SRC).as_posix()}"
        for path in SRC.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    packed = {name for name in names if name.startswith("bpvo_rules/")}
    assert packed == here, packed ^ here
    assert {"bpvo_rules/py.typed", f"{metadata}/licenses/LICENSE"} <= names


def check_metadata(wheel: Path) -> None:
    """What an index shows is all there."""
    with zipfile.ZipFile(wheel) as opened:
        told = Parser().parsestr(opened.read(f"bpvo_rules-{__version__}.dist-info/METADATA").decode())
        points = opened.read(f"bpvo_rules-{__version__}.dist-info/entry_points.txt").decode()
    assert (told["Name"], told["Version"], told["License-Expression"]) == ("bpvo-rules", __version__, "MIT")
    assert told["Description-Content-Type"] == "text/markdown"
    assert told["Summary"]
    assert told["Author"]
    assert str(told.get_payload()).strip() == (ROOT / "README.md").read_text("utf-8").strip()
    assert told["Requires-Python"] == ">=3.11"
    assert set(told.get_all("Classifier", [])) >= CLASSIFIERS
    assert set(told.get_all("Provides-Extra", [])) == EXTRAS
    assert "bpvo-rules = bpvo_rules.cli:main" in points
    assert needed(told) == {"attrs", "python-dateutil"}, needed(told)


def needed(told: Message) -> set[str]:
    """Give what is installed without any extra."""
    lines = [line for line in told.get_all("Requires-Dist", []) if "extra ==" not in line]
    return {re.split(r"[^A-Za-z0-9-]", line)[0] for line in lines}


def check_alone(kaal: Kaal) -> None:
    """
    Nothing else is installed, and without a network the library does its work.

    The first example of the README runs, a folder is checked, and every conformance case is answered right.
    """
    installed = {one["name"] for one in json.loads(kaal.run("-m", "pip", "list", "--format", "json").stdout)}
    assert installed <= COMES_ALONG, installed - COMES_ALONG
    first = re.search(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert first is not None
    (kaal.folder / "voorbeeld.py").write_text(first[1], "utf-8")
    kaal.run("voorbeeld.py")
    kaal.run("-m", "bpvo_rules", "simulate", "keten", "--bpvos", "30", "--seed", "1")
    found = kaal.run("-m", "bpvo_rules", "check", *KETEN, may_fail=True)
    assert found.returncode == 1, found.stderr
    assert re.search(r"^Totaal: \d+ meldingen", found.stdout, re.MULTILINE), found.stdout
    verified = kaal.run("-m", "bpvo_rules", "verify", "--lang", "en")
    print(verified.stdout.strip())  # noqa: T201
    asks = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')"
    assert "without a network" in kaal.run("-c", asks, may_fail=True).stderr, "the network was not shut off"


def check_imports(kaal: Kaal) -> None:
    """Every module of the core can be imported, and every public one, or it says which extra it needs."""
    core = [".".join(("bpvo_rules", *p.relative_to(SRC).with_suffix("").parts)) for p in FILES if layer(p) in CORE]
    asked = dict.fromkeys([*(name.removesuffix(".__init__") for name in core), *MODULES])
    refused = json.loads(kaal.run(str(HERE / "invoer.py"), *asked).stdout)
    sentence = "This needs the extra {0}: install bpvo-rules[{0}]."
    assert refused == {name: ["ExtraMissingError", sentence.format(extra)] for name, extra in NEEDS.items()}, refused
    print(f"{len(asked)} modules without extras: {len(refused)} ask for one, the others are imported")  # noqa: T201


def check_extras(kaal: Kaal) -> None:
    """Who asks for an extra that is not there gets one sentence, which names it."""
    for extra, command in ASKED:
        found = kaal.run("-m", "bpvo_rules", *command, may_fail=True)
        assert found.returncode == 2, (command, found.returncode, found.stderr)
        (line,) = found.stderr.strip().splitlines()
        assert f"bpvo-rules[{extra}]" in line, line


def check_sdist(sdist: Path, folder: Path) -> None:
    """Every file that tests need is in it; unpacked, all tests can be collected, and some of them pass."""
    with tarfile.open(sdist) as opened:
        # Python before 3.11.4 has no filter to choose.
        opened.extraction_filter = getattr(tarfile, "data_filter", None)
        opened.extractall(folder)  # noqa: S202 - what we built ourselves
    (unpacked,) = folder.iterdir()
    wanted = [*ROOT.glob("*.md"), ROOT / "LICENSE", ROOT / "Makefile", ROOT / "pyproject.toml"]
    for name in ("src", "tests", "docs", "benchmarks", "examples"):
        wanted += [p for p in (ROOT / name).rglob("*") if p.is_file() and not _is_made(p)]
    missing = [path for path in wanted if not (unpacked / path.relative_to(ROOT)).is_file()]
    assert missing == [], missing
    _pytest(unpacked, "--collect-only", "tests")
    _pytest(unpacked, "tests/api", "tests/test_conventions.py", "tests/conformance/test_kit.py", "-k", "not engines")


def _is_made(path: Path) -> bool:
    """Say whether a file is made by running something: it is in no distribution."""
    return bool({"__pycache__", "node_modules", "_build"} & set(path.parts))


def _pytest(folder: Path, *arguments: str) -> str:
    shown = os.environ | {"PYTHONPATH": os.pathsep.join([str(folder / "src"), str(folder)])}
    done = subprocess.run(  # noqa: S603 - our own tests
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env=shown,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout


def main(arguments: Sequence[str]) -> None:
    """Check what was built in a folder."""
    (wheel,) = Path(arguments[0]).resolve().glob(f"bpvo_rules-{__version__}-*.whl")
    (sdist,) = Path(arguments[0]).resolve().glob(f"bpvo_rules-{__version__}.tar.gz")
    check_contents(wheel)
    check_metadata(wheel)
    with tempfile.TemporaryDirectory() as kept:
        kaal = Kaal(Path(kept), wheel)
        check_alone(kaal)
        check_imports(kaal)
        check_extras(kaal)
    with tempfile.TemporaryDirectory() as kept:
        check_sdist(sdist, Path(kept))
    print(f"{wheel.name} and {sdist.name} are what they should be")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
