"""
Parquet: tables of Ketendata, meldingen and verdicts, in the form of data platforms; needs the extra ``frames``.

A table in Parquet holds what its csv would: days as dates, whole numbers, booleans, and
text for the rest. Cells are read through the same readers as those of a csv,
so that a row which cannot be read is found in the same way.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from bpvo_rules.errors import SourceError
from bpvo_rules.judge import Result
from bpvo_rules.model import Table
from bpvo_rules.model.fields import Soort

__all__ = ["parquet_rows", "write_meldingen", "write_parquet_table", "write_verdicts"]

_BATCH: Final = 50_000
_VERDICTS: Final = ("question", "rule", "subject_type", "subject", "outcome", "reason")


def _polars() -> Any:
    try:
        return import_module("polars")
    except ImportError:
        raise SourceError("Parquet vraagt de extra 'frames': installeer bpvo-rules[frames].") from None


def _text(value: Any) -> str:
    """Write a cell of a rare type as a csv would have it."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _texts(pl: Any, name: str, values: Any) -> Any:
    """Give a column as texts; Polars makes those of nearly every column, much faster than one by one."""
    if values.dtype == pl.Boolean:
        return pl.when(pl.col(name)).then(pl.lit("ja")).when(~pl.col(name)).then(pl.lit("nee")).alias(name)
    # It knows days that Python does not, such as one in the year 10000; as text they can be refused.
    if values.dtype in {pl.Date, pl.String} or values.dtype.is_integer():
        return pl.col(name).cast(pl.String)
    if isinstance(values.dtype, pl.Datetime):
        offset = "" if values.dtype.time_zone is None else "%:z"
        return pl.col(name).dt.to_string(f"%Y-%m-%dT%H:%M:%S%.f{offset}")
    return pl.Series(name, [_text(value) for value in values], dtype=pl.String)


def parquet_rows(path: Path) -> tuple[list[str], Iterator[Sequence[str]]]:
    """
    Give the columns of a Parquet file, and its rows as the cells of a csv.

    Raises:
        SourceError: when it cannot be read, or without the extra ``frames``.

    """
    pl = _polars()
    try:
        frame = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError):
        raise SourceError(f"{path.name} is geen Parquet-bestand dat gelezen kan worden.") from None
    texts = frame.with_columns(_texts(pl, name, frame[name]) for name in frame.columns).fill_null("")
    return frame.columns, texts.iter_rows(buffer_size=_BATCH)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    beside = path.with_name(f".{path.name}.part")
    try:
        yield beside
        beside.replace(path)
    finally:
        if beside.is_file():
            beside.unlink()


def _types(pl: Any) -> Mapping[Soort, Any]:
    return {Soort.DAY: pl.Date, Soort.WHOLE: pl.Int64, Soort.YES_NO: pl.Boolean}


def write_parquet_table(path: Path, table: Table, names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """
    Write a table as Parquet, whole or not at all.

    Args:
        path: Where.
        table: The table.
        names: Its columns.
        rows: Its cells as a csv would have them.

    Raises:
        SourceError: without the extra ``frames``.

    """
    pl = _polars()
    types = _types(pl)
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    made = []
    for name, cells in zip(names, columns, strict=True):
        soort = table.columns[name].soort
        values: list[Any]
        match soort:
            case Soort.DAY:
                values = [date.fromisoformat(cell) if cell else None for cell in cells]
            case Soort.WHOLE:
                values = [int(cell) if cell else None for cell in cells]
            case Soort.YES_NO:
                values = [cell == "ja" if cell else None for cell in cells]
            case _:
                values = [cell or None for cell in cells]
        made.append(pl.Series(name, values, dtype=types.get(soort, pl.String)))
    with _whole(path) as beside:
        pl.DataFrame(made).write_parquet(beside)


def write_verdicts(judgement: Result, path: Path) -> None:
    """
    Write every verdict of a judgement into one Parquet file, whole or not at all.

    Columns as in a csv of verdicts; ``reason`` is in Dutch, empty where the outcome was decided.
    Sorted by rule, then by subject. A judgement of frames is written by its own engine.

    Raises:
        SourceError: without the extra ``frames``.

    """
    with _whole(path) as beside:
        written = getattr(judgement, "write_verdicts", None)
        if written is not None:
            written(beside)
            return
        pl = _polars()
        rows = [(v.question, v.rule, v.subject_type, v.subject, str(v.outcome), v.reason) for v in judgement.verdicts()]
        pl.DataFrame(rows, schema=dict.fromkeys(_VERDICTS, pl.String), orient="row").write_parquet(beside)


def write_meldingen(path: Path, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """
    Write rows about meldingen as Parquet, whole or not at all.

    Every column is text, and ``None`` is null; but a column ``evidence`` is a list of pairs of text,
    ``name`` and ``value``, in which a value that is missing is null.

    Args:
        path: Where.
        names: The columns.
        rows: Their values; those of ``evidence`` are pairs of a name and a text or ``None``.

    Raises:
        SourceError: without the extra ``frames``.

    """
    pl = _polars()
    pairs = pl.List(pl.Struct({"name": pl.String, "value": pl.String}))
    schema = {name: pairs if name == "evidence" else pl.String for name in names}
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    made = [
        pl.Series(
            name,
            [[{"name": key, "value": value} for key, value in cell] for cell in cells] if name == "evidence" else cells,
            dtype=schema[name],
        )
        for name, cells in zip(names, columns, strict=True)
    ]
    with _whole(path) as beside:
        pl.DataFrame(made, schema=schema).write_parquet(beside)
