"""The command line in this process, and folders to run it on."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from tests.cli.runner import Result, Run, kleine_keten

from bpvo_rules.cli import main
from bpvo_rules.io import write_ketendata
from bpvo_rules.judge.context import Context
from bpvo_rules.keten import Keten

WriteKeten = Callable[[Keten], Path]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line with arguments that are written as they would be typed, or given as paths."""
    monkeypatch.delenv("BPVO_RULES_RO_KEY", raising=False)

    def start(*arguments: object) -> Result:
        status = main([str(argument) for argument in arguments])
        written = capsys.readouterr()
        return Result(status, written.out, written.err)

    return start


@pytest.fixture
def broken_rule(monkeypatch: pytest.MonkeyPatch) -> str:
    """Break what only one rule reads, and give the code of that rule."""

    def broken(_: Context, functie: str, tijdstip: datetime) -> bool:
        raise RuntimeError(f"no idea about {functie} at {tijdstip}")

    monkeypatch.setattr(Context, "in_onderhoud", broken)
    return "white_label_antwoordt"


@pytest.fixture
def keten(tmp_path: Path) -> Path:
    """Give the folder of the small keten."""
    folder = tmp_path / "keten"
    write_ketendata(kleine_keten(), folder)
    return folder


@pytest.fixture
def goed(tmp_path: Path) -> Path:
    """Give the folder of a keten of one student, with whom nothing is wrong."""
    whole = kleine_keten()
    rows = [row for row in whole.uitwisselingen or () if row.student == "GOED"]
    folder = tmp_path / "goed"
    write_ketendata(
        whole.with_tables({"uitwisselingen": rows, "erkenningsaanvragen": [], "white_label_metingen": []}), folder
    )
    return folder
