"""The package of the supplier as an installer would leave it, in a folder of its own."""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.examples.laden import EXAMPLES

from bpvo_rules.plugins import GROUP

__all__ = ["install", "supplied"]

SUPPLIER = EXAMPLES / "supplier"
MODULES = ("dossierregels", "kapot", "anders")
"""What tests write and import, and what the next one must not find."""


def install(site: Path, project: str, entry_points: dict[str, str]) -> None:
    """Write what an installer writes about a project that names entry points."""
    made = site / f"{project}-1.0.0.dist-info"
    made.mkdir()
    (made / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project}\nVersion: 1.0.0\n")
    lines = [f"{name} = {value}" for name, value in entry_points.items()]
    (made / "entry_points.txt").write_text("\n".join([f"[{GROUP}]", *lines, ""]))


def supplied(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Install the supplier as its own project file says, and take it away again."""
    project = tomllib.loads((SUPPLIER / "pyproject.toml").read_text("utf-8"))["project"]
    install(site, project["name"], project["entry-points"][GROUP])
    (site / "dossierregels.py").write_text((SUPPLIER / "src" / "dossierregels.py").read_text("utf-8"))
    monkeypatch.syspath_prepend(str(site))
    yield site
    for name in MODULES:
        sys.modules.pop(name, None)
