"""Meldingen as Parquet, for data platforms; needs the extra ``frames``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bpvo_rules.io.parquet import write_meldingen
from bpvo_rules.judge import Result
from bpvo_rules.judge.melding import plain
from bpvo_rules.report.formats.cells import plain_cell
from bpvo_rules.report.formats.csvfile import MELDINGEN, meldingen_rows
from bpvo_rules.report.wording import Say

__all__ = ["meldingen_parquet"]


def _rows(judgement: Result, say: Say) -> Iterator[list[Any]]:
    for row in meldingen_rows(judgement, say):
        yield [_value(value) for value in row]


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [(e.name, None if e.value is None else plain_cell(plain(e.value))) for e in value]
    return None if value is None else plain_cell(value)


def meldingen_parquet(judgement: Result, say: Say, path: Path) -> None:
    """
    Write the meldingen into one Parquet file, whole or not at all.

    The columns are those of the csv, without marks. ``brin`` and ``domein`` are null where there is none;
    ``evidence`` is a list of ``name`` and ``value``, the value written as in the csv and null when missing.

    Args:
        judgement: What was judged, by any engine.
        say: The language of the texts.
        path: The file.

    Raises:
        SourceError: without the extra ``frames``.

    """
    write_meldingen(path, MELDINGEN, _rows(judgement, say))
