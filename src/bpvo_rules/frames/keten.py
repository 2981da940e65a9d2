"""FrameKeten: the tables of a keten as data frames of one engine."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import compress
from pathlib import Path
from typing import Any, Final, Self, final

import attrs
import narwhals.stable.v2 as nw

from bpvo_rules.errors import EngineError, SourceError
from bpvo_rules.frames.engine import Engine, Frame, Kind, careful, engine_named, engine_of
from bpvo_rules.frames.readable import faults, few_valued
from bpvo_rules.frames.records import UNREADABLE, cells_of, day_number, moment_of, records
from bpvo_rules.keten import Invoerfout, Keten, Opmerking
from bpvo_rules.keten.collector import collector_paused
from bpvo_rules.keten.persoonsnummer import are_persoonsnummers
from bpvo_rules.model import TABLES
from bpvo_rules.model.fields import Column, Soort

__all__ = ["LARGE", "SMALL", "FrameKeten"]

SMALL: Final = ("instellingen", "opleidingen", "equivalenten", "keuzedelen", "white_label_onderhoud")
"""Reference tables: a few thousand rows at most, used as records."""

LARGE: Final = (
    "leerbedrijven",
    "erkenningen",
    "inschrijvingsperiodes",
    "uitwisselingen",
    "erkenningsaanvragen",
    "white_label_metingen",
)
"""Tables that stay frames."""

_UNREADABLE: Final = "onleesbaar"
_KINDS: Final[Mapping[Soort, Kind]] = {Soort.WHOLE: "whole", Soort.YES_NO: "bool", Soort.DAY: "day"}
_MOST: Final = (1 << 63) - 1
"""The largest whole number inside frames."""


def _type(engine: Engine, kind: Kind) -> Any:
    return {"text": nw.String, "whole": nw.Int64, "day": engine.day_type, "bool": nw.Boolean}[kind]


def kind_of(column: Column) -> Kind:
    """Give the kind of value that a column holds inside frames."""
    return _KINDS.get(column.soort, "text")


@final
@attrs.frozen(kw_only=True, eq=False)
class FrameKeten:
    """
    What school, DUO and SBB know, as frames that one engine works on.

    Made with :meth:`van`. A table that is not there was not looked up, and so was
    an optional column that a frame lacks, as in a :class:`bpvo_rules.Keten`.

    Attributes:
        engine: What works on the frames.
        frames: The large tables, with every column; days are whole numbers.
        klein: The reference tables as records; of the others only whether they were looked up.
        invoerfouten: Rows that could not be read, counted per table and column; they are in no frame.
        opmerkingen: What a user should know about the source.

    """

    engine: Engine
    frames: Mapping[str, Frame]
    klein: Keten
    invoerfouten: tuple[Invoerfout, ...] = ()
    opmerkingen: tuple[Opmerking, ...] = ()
    _left_out: Mapping[str, Sequence[Frame]] = attrs.field(factory=dict, repr=False)

    @classmethod
    def van(cls, tables: Mapping[str, Any], *, engine: Engine | None = None) -> Self:
        """
        Take in the frames of a caller.

        Every cell is checked for what a record of its table can hold; a row that cannot be
        one is left out and counted, for its first column at fault. :meth:`left_out` gives it.

        Args:
            tables: Frames by the name of their table; ``None`` for a table that was not looked
                up. All of one engine: Polars (eager or lazy), DuckDB relations, pandas or PySpark.
                Days are dates, codes and moments are texts.
            engine: What works on them; ``None``: as the frames say.

        Raises:
            EngineError: for an unknown table, frames of several engines, a required column that
                is missing, a column of another type, or a frame that cannot be worked out.
            SourceError: when a column ``student`` seems to hold BSNs or onderwijsnummers.

        """
        given = {name: native for name, native in tables.items() if native is not None}
        unknown = sorted(set(given) - set(TABLES))
        if unknown:
            raise EngineError(f"There is no table {', '.join(unknown)}; there are: {', '.join(TABLES)}.")
        if not given:
            raise EngineError("No table was given.")
        engines = {name: engine_of(native) for name, native in given.items()}
        if len({found.name for found in engines.values()}) > 1:
            raise EngineError("The frames are of several engines; give frames of one.")
        engine = engine or next(iter(engines.values()))
        with careful(engine, "the frames"), collector_paused():
            return cls._of(engine, given)

    @classmethod
    def _of(cls, engine: Engine, given: Mapping[str, Any]) -> Self:
        taken = {name: _taken(engine, name, given[name]) for name in given if name in {*SMALL, *LARGE}}
        absent = {(name, column) for name, (_, missing) in taken.items() for column in missing}
        wrong: list[Invoerfout] = []
        frames: dict[str, Frame] = {}
        small: dict[str, Any] = {}
        left_out: dict[str, Sequence[Frame]] = {}
        tasks = [partial(_admitted, engine, name, *taken[name]) for name in taken]
        # The deliveries take longest by far, so the others are done meanwhile.
        admitted = engine.each(tasks, begin=[at for at, name in enumerate(taken) if name == "uitwisselingen"])
        for name, (good, found, bad) in zip(taken, admitted, strict=True):
            wrong += found
            left_out[name] = bad
            if name in SMALL:
                small[name] = good
            else:
                frames[name] = good
        notes = [
            Opmerking(f"{name} (frame)", "onbekende_kolom", f"De kolom {column} is onbekend en is niet gelezen.")
            for name, native in given.items()
            for column in _unknown(native, TABLES[name].columns)
        ]
        others = {name: () for name in given if name not in small}
        return cls(
            engine=engine,
            frames=frames,
            klein=Keten(**small, **others, niet_opgezocht=frozenset(absent)),
            invoerfouten=tuple(wrong),
            opmerkingen=tuple(notes),
            left_out=left_out,
        )

    @classmethod
    def uit(cls, keten: Keten, engine: Engine | str) -> Self:
        """Make frames of a keten that is in memory; its records were checked when they were made."""
        made = engine_named(engine) if isinstance(engine, str) else engine
        frames = {}
        for name in LARGE:
            rows = keten.table(name)
            if rows is not None:
                cells = cells_of(name, rows)
                columns = {c: (kind_of(spec), cells[c]) for c, spec in TABLES[name].columns.items()}
                frames[name] = made.small(columns)
        others = {name: None if keten.table(name) is None else () for name in TABLES if name not in SMALL}
        return cls(
            engine=made,
            frames=frames,
            klein=keten.with_tables(others, invoerfouten=(), opmerkingen=()),
            invoerfouten=keten.invoerfouten,
            opmerkingen=keten.opmerkingen,
        )

    @classmethod
    def lees(cls, folder: Path, engine: Engine | str) -> Self:
        """
        Read the Parquet files of a Ketendata folder, each by the name of its table.

        Raises:
            EngineError: as :meth:`van`, and for a folder without such a file.

        """
        made = engine_named(engine) if isinstance(engine, str) else engine
        paths = {name: folder / f"{name}.parquet" for name in TABLES}
        tables = {}
        for name, path in paths.items():
            if path.exists():
                with careful(made, path.name):
                    tables[name] = made.read_parquet(path)
        return cls.van(tables, engine=made)

    def left_out(self, table: str) -> Any:
        """
        Give the rows of a table that could not be read, as a frame of the caller's kind.

        They have the columns of the table, and ``kolom`` and ``reden``: the first column at fault and why, in Dutch;
        ``kolom`` is empty when the row as a whole is. As many as :attr:`invoerfouten` counts. A day outside the
        years 1 to 9999 is empty, and a whole number that does not fit in eight bytes is -1. What DuckDB or Spark
        gives can be read until :meth:`close`.

        Returns:
            ``None`` when every row could be read, or the table was not given.

        Raises:
            EngineError: when the engine cannot give them.

        """
        found = self._left_out.get(table, ())
        with careful(self.engine, f"the rows that were left out of {table}"):
            return self.engine.native(nw.concat(list(found))) if found else None

    def close(self) -> None:
        """Give back what DuckDB or Spark held of the tables; nothing can be judged after it."""
        self.engine.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def tabellen_niet_opgezocht(self) -> tuple[str, ...]:
        """Names of the tables that were not looked up."""
        return self.klein.tabellen_niet_opgezocht

    @property
    def niet_opgezocht(self) -> frozenset[tuple[str, str]]:
        """Pairs of table and column that were not looked up although the table was."""
        return self.klein.niet_opgezocht

    def is_opgezocht(self, table: str, column: str | None = None) -> bool:
        """Say whether a table, or one column of it, was looked up."""
        return self.klein.is_opgezocht(table, column)


def _taken(engine: Engine, name: str, native: Any) -> tuple[Frame, tuple[str, ...]]:
    """Give a frame with every column of its table, of the types that are used inside; and the columns it lacked."""
    columns = TABLES[name].columns
    frame = engine.wrap(native, columns)
    schema = frame.collect_schema()
    missing = tuple(column for column in columns if column not in schema)
    for column in missing:
        if columns[column].required:
            raise EngineError(f"Table {name} lacks the required column {column}.{_others(native, columns)}")
    empty = set(missing)
    wrong = []
    for column, spec in columns.items():
        if column in schema and not _fits(spec.soort, schema[column]):
            # A column without any value is of whatever type its maker happened to choose.
            if engine.count(frame.filter(~nw.col(column).is_null())):
                wanted = _WANTED[kind_name(spec.soort)]
                wrong.append(f"Column {column} of {name} must hold {wanted}, and holds {schema[column]}.")
            empty.add(column)
    if wrong:
        # All at once: who brings a table for the first time has several.
        raise EngineError(" ".join(wrong))
    frame = engine.days(frame, [c for c, spec in columns.items() if spec.soort is Soort.DAY and c not in empty])
    made = []
    for column, spec in columns.items():
        kind = kind_of(spec)
        value = nw.lit(None) if column in empty else nw.col(column)
        if kind == "whole" and column not in empty:
            # More than fits is more than any bound; it must become a fault, not an error of the engine.
            value = nw.when(nw.col(column) > _MOST).then(nw.lit(-1)).otherwise(value)
        made.append(value.cast(_type(engine, kind)).alias(column))
    # Not by select: of nothing but constants that would make one row, also of a table without rows.
    return frame.with_columns(made).select(list(columns)), missing


def _admitted(
    engine: Engine, name: str, frame: Frame, missing: Sequence[str]
) -> tuple[Any, list[Invoerfout], list[Frame]]:
    """Give what of a table can be records, as records for a small one; and what cannot, counted and as it is."""
    good, wrong, left_out = _readable(engine, name, frame, missing)
    if name in SMALL:
        columns = [column for column in TABLES[name].columns if column not in missing]
        rows, lost = _records(name, columns, engine.rows(good.select(columns)))
        if lost:
            wrong.append(Invoerfout(name, f"{name} (frame)", 0, None, _UNREADABLE, aantal=len(lost)))
            left_out.append(_again(engine, name, columns, lost))
        return rows, wrong, left_out
    _refuse_persoonsnummers(engine, name, good)
    return good, wrong, left_out


def _again(engine: Engine, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Frame:
    """Make a frame of rows that could not be read as a whole."""
    cells = dict(zip(columns, zip(*rows, strict=True), strict=True))
    specs = TABLES[name].columns
    made = engine.small({c: (kind_of(spec), list(cells.get(c, [None] * len(rows)))) for c, spec in specs.items()})
    return _explained(engine, name, made, nw.lit(None), nw.lit(_UNREADABLE))


def _explained(engine: Engine, name: str, frame: Frame, column: Any, reason: Any) -> Frame:
    """Give rows as they came, with the column at fault and why."""
    columns = TABLES[name].columns
    days = [day for day, spec in columns.items() if spec.soort is Soort.DAY]
    known = [
        nw.when((nw.col(day) >= day_number(date.min)) & (nw.col(day) <= day_number(date.max)))
        .then(nw.col(day))
        .alias(day)
        for day in days
    ]
    named = [column.cast(nw.String).alias("kolom"), reason.cast(nw.String).alias("reden")]
    return engine.dates(frame.with_columns(*known, *named).select([*columns, "kolom", "reden"]), days)


def _unknown(native: Any, columns: Collection[str]) -> list[str]:
    """Give the columns of a frame that its table does not have; a name that could be a value is not repeated."""
    names = map(str, nw.from_native(native).collect_schema().names())
    return [name if _NAME.fullmatch(name) else "?" for name in names if name not in columns]


def _others(native: Any, columns: Collection[str]) -> str:
    unknown = _unknown(native, columns)
    return f" It has other ones: {', '.join(unknown)}." if unknown else ""


_NAME: Final = re.compile(r"[A-Za-z][A-Za-z_]{0,40}", re.ASCII)

_WANTED: Final = {"day": "days (dates)", "whole": "whole numbers", "bool": "booleans", "text": "text"}


def kind_name(soort: Soort) -> str:
    """Name what a column holds, for its user."""
    return {Soort.DAY: "day", Soort.WHOLE: "whole", Soort.YES_NO: "bool"}.get(soort, "text")


def _fits(soort: Soort, dtype: Any) -> bool:
    match soort:
        case Soort.DAY:
            return bool(dtype == nw.Date)
        case Soort.WHOLE:
            return bool(dtype.is_integer())
        case Soort.YES_NO:
            return bool(dtype == nw.Boolean)
    return bool(dtype in {nw.String, nw.Categorical, nw.Enum} or isinstance(dtype, nw.Enum))


def _readable(
    engine: Engine, name: str, frame: Frame, missing: Sequence[str]
) -> tuple[Frame, list[Invoerfout], list[Frame]]:
    """Leave out the rows that cannot be records, give them, and count them by their first column at fault."""
    frame = engine.hold(frame, mostly_held=True)
    columns = [column for column in TABLES[name].columns if column not in missing]
    # Whether anything is wrong is seen much faster than in which rows it is; and mostly nothing is.
    empty = {c: nw.col(c) == nw.lit("") for c in columns if kind_of(TABLES[name].columns[c]) == "text"}
    emptied = list(compress(empty, _some(engine, frame, list(empty.values()))))
    if emptied:
        # An empty text is an empty cell, as in a file.
        filled = [nw.when(~empty[column]).then(nw.col(column)).alias(column) for column in emptied]
        frame = engine.hold(frame.with_columns(filled), mostly_held=True)
    unreadable = _unreadable_moments(engine, frame) if name == "white_label_metingen" else []
    few = [column for column in few_valued(name) if column in columns]
    found: list[tuple[str, str, Any]] = []
    for looked_at, part in ([c for c in columns if c not in few], frame), *engine.values(frame, few):
        mine = [fault for fault in faults(name, missing, unreadable) if fault[0] in looked_at]
        found += compress(mine, _some(engine, part, [is_wrong for _, _, is_wrong in mine]))
    if not found:
        return frame, [], []
    found.sort(key=lambda fault: columns.index(fault[0]))
    value = nw.lit(0)
    for at, (_, _, is_wrong) in reversed(list(enumerate(found, start=1))):
        value = nw.when(is_wrong).then(nw.lit(at)).otherwise(value)
    marked = engine.hold(frame.with_columns(_fault=value), mostly_held=True)
    counted = dict(engine.rows(marked.filter(nw.col("_fault") > 0).group_by("_fault").agg(nw.len())))
    wrong = [
        Invoerfout(name, f"{name} (frame)", 0, column, reason, aantal=counted[at])
        for at, (column, reason, _) in enumerate(found, start=1)
        if at in counted
    ]
    bad = marked.filter(nw.col("_fault") > 0)
    left_out = _explained(engine, name, bad, *(_named(found, part) for part in (0, 1)))
    return marked.filter(nw.col("_fault") == 0).drop("_fault"), wrong, [left_out]


def _named(found: Sequence[tuple[str, str, Any]], part: int) -> Any:
    """Say by the number of a fault in which column it is (0), or why (1)."""
    said = nw.lit(None).cast(nw.String)
    for at, fault in enumerate(found, start=1):
        said = nw.when(nw.col("_fault") == at).then(nw.lit(fault[part])).otherwise(said)
    return said


def _some(engine: Engine, frame: Frame, conditions: Sequence[Any]) -> list[bool]:
    """Say of each of some conditions whether it holds for any row."""
    if not conditions:
        return []
    asked = [condition.any().alias(f"_{at}") for at, condition in enumerate(conditions)]
    return [bool(found) for found in next(engine.rows(frame.select(asked)))]


def _records(name: str, columns: Sequence[str], rows: Any) -> tuple[list[Any], list[Sequence[Any]]]:
    """Make records of rows, and give the rows of which none can be made."""
    made: list[Any] = []
    lost: list[Sequence[Any]] = []
    for row in rows:
        try:
            made.extend(records(name, columns, [row]))
        except UNREADABLE:
            lost.append(row)
    return made, lost


def _unreadable_moments(engine: Engine, frame: Frame) -> list[str]:
    """Give the texts of moments that are none: those are read one by one."""
    texts = (row[0] for row in engine.rows(frame.select("tijdstip").unique()))
    return [text for text in texts if text is not None and moment_of(text) is None]


def _refuse_persoonsnummers(engine: Engine, name: str, frame: Frame) -> None:
    for column, spec in TABLES[name].columns.items():
        if not spec.identifying:
            continue
        is_long = nw.col(column).str.len_chars() == 9
        if not any(_some(engine, frame, [is_long])):
            continue
        values = engine.hold(frame.select(column).unique())
        numbers = values.filter(nw.col(column).str.contains("^[0-9]{9}") & is_long)
        count, among = engine.count(numbers), engine.count(values)
        # Only when most are of that shape they are looked at one by one: pseudonyms mostly are not.
        if 2 * count > among and are_persoonsnummers((row[0] for row in engine.rows(numbers)), among=among):
            raise SourceError(
                f"De kolom {column} van {name} lijkt BSN's of onderwijsnummers te bevatten;"
                " vervang die eerst door pseudoniemen."
            )
