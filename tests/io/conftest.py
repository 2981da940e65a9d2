"""Folders of Ketendata for the tests of files."""

from collections.abc import Callable
from pathlib import Path

import pytest

MakeFolder = Callable[..., Path]


@pytest.fixture
def make_folder(tmp_path: Path) -> MakeFolder:
    """Write a folder; each keyword is a table, each value the text or bytes of its file."""

    def make(**files: str | bytes) -> Path:
        folder = tmp_path / "ketendata"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            (folder / f"{name}.csv").write_bytes(data)
        return folder

    return make
