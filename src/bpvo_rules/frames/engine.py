"""
Engines: the few things that each kind of data frame does in its own way.

Everything else goes through narwhals, in the same words for every engine. An
engine brings frames in and out, turns days into numbers of days at the door,
and says when something is worked out: an eager engine does so at once, the
others when :meth:`Engine.hold` or :meth:`Engine.rows` asks for it.
"""

import itertools
import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, time
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, Final, Literal, TypeVar, final

import narwhals.stable.v2 as nw

from bpvo_rules.errors import BpvoRulesError, DuplicateKeyError, EngineError, EngineMissingError

__all__ = ["ENGINES", "EPOCH", "Engine", "Frame", "Kind", "careful", "engine_named", "engine_of"]

Frame = Any
"""A narwhals frame, eager or lazy: both have the methods that are used here."""

EPOCH: Final = 719163
"""The ordinal of 1970-01-01: days are counted from there inside frames."""

Kind = Literal["text", "whole", "day", "bool"]
"""What a column holds; a day is a whole number too, see :meth:`Engine.days`."""

_T = TypeVar("_T")


class Engine(ABC):
    """
    One kind of data frame.

    Attributes:
        name: Its name, as in :data:`ENGINES`.
        ordered: Whether its rows have an order that stays.
        packages: The packages whose versions are told beside that of narwhals.
        day_type: What holds the number of a day.

    """

    name: ClassVar[str]
    ordered: ClassVar[bool]
    packages: ClassVar[tuple[str, ...]]
    day_type: ClassVar[Any] = nw.Int64

    @property
    def versions(self) -> dict[str, str]:
        """The versions of the packages that do the work."""
        # Not read with everything else: it takes longer to load than a small table to judge.
        version = import_module("importlib.metadata").version
        return {package: version(package) for package in ("narwhals", *self.packages)}

    @abstractmethod
    def wrap(self, native: Any, columns: Collection[str]) -> Frame:
        """Take in a frame of a caller; only these columns of it are wanted, as far as it has them."""

    @abstractmethod
    def days(self, frame: Frame, columns: Sequence[str]) -> Frame:
        """Make days (dates) of columns into whole numbers of days since 1970-01-01."""

    @abstractmethod
    def dates(self, frame: Frame, columns: Sequence[str]) -> Frame:
        """Make such whole numbers into days again; each must be in the years 1 to 9999."""

    @abstractmethod
    def small(self, columns: Mapping[str, tuple[Kind, Sequence[Any]]]) -> Frame:
        """Make a small frame of this engine."""

    @abstractmethod
    def rows(self, frame: Frame) -> Iterator[tuple[Any, ...]]:
        """Work out a frame that is known to be small, or must be written out, and give its rows."""

    @abstractmethod
    def read_parquet(self, path: Path) -> Any:
        """Give the native frame of a Parquet file."""

    @abstractmethod
    def write_parquet(self, frames: Sequence[Frame], path: Path) -> None:
        """Write frames with the same columns, one after the other, into one Parquet file."""

    def hold(self, frame: Frame, *, mostly_held: bool = False) -> Frame:
        """
        Work a frame out now, because more than one thing is made of it.

        Args:
            frame: The frame.
            mostly_held: Most of its columns are held already, and pass through unchanged.

        """
        del mostly_held
        return frame

    def each(self, tasks: Sequence[Callable[[], _T]], *, begin: Sequence[int] = ()) -> list[_T]:
        """
        Do tasks that do not need each other, and give what each gave, in their order.

        An engine that leaves Python free while it works does them at the same time. Of those that raise, the
        first in their order is heard, as if they were done one by one.

        Args:
            tasks: The tasks.
            begin: The places of those that such an engine had better begin with, in that order.

        """
        del begin
        return [task() for task in tasks]

    def apart(self) -> "Engine":
        """Give an engine for the same frames that holds its own things, to be given back by themselves."""
        return self

    def release(self) -> None:
        """Give back what was held; only DuckDB and Spark hold anything outside this process's own memory."""
        return

    def refuse_doubles(self, frame: Frame, table: str, key: Sequence[str]) -> None:
        """
        Refuse two rows with the same key.

        Args:
            frame: The rows.
            table: The table that they are of.
            key: The columns of its key.

        Raises:
            DuplicateKeyError: when there are any.

        """
        if self.has_doubles(frame, key):
            raise DuplicateKeyError(table)

    def has_doubles(self, frame: Frame, key: Sequence[str]) -> bool:
        """Say whether two rows have the same key."""
        keys = frame.select(*key)
        return self.count(keys.unique()) != self.count(keys)

    def values(self, frame: Frame, columns: Sequence[str]) -> Sequence[tuple[Sequence[str], Frame]]:
        """Give every value of columns that have few different ones, to see whether some are wrong: by columns."""
        return [(columns, frame)]

    def in_order(self, frame: Frame) -> Frame:
        """Work a frame out to one whose rows can be looked at in their order; only for an ordered engine."""
        return frame

    def out_of_order(self, frame: Frame) -> Frame:
        """Give such a frame back to the others."""
        return frame

    def numbered(self, frame: Frame, name: str) -> Frame:
        """Number the rows; only for an ordered engine."""
        return frame.with_row_index(name).with_columns(nw.col(name).cast(nw.Int64))

    def with_key_number(self, frame: Frame, key: Sequence[str], name: str) -> Frame | None:
        """
        Give each row a whole number for its key: the same for the same key, and for no other.

        ``None`` from an engine that groups by the key itself as fast.

        Args:
            frame: The rows.
            key: The columns of the key; all of them filled.
            name: The column to make.

        """
        del frame, key, name
        return None

    def beside(self, frame: Frame, others: Sequence[Frame], place: str) -> Frame:
        """
        Put beside each row what other frames say about it.

        Args:
            frame: The rows. Where ``place`` is a number, it is that of the row, from 0 on and none left out: as
                :meth:`numbered` makes it.
            others: Frames with ``place``, each at most once, and columns of their own.
            place: The column that says about which row it is.

        """
        for other in others:
            frame = frame.join(other, on=place, how="left")
        return frame

    def native(self, frame: Frame) -> Any:
        """Give a frame as its user knows it."""
        return frame.to_native()

    def count(self, frame: Frame) -> int:
        """Count the rows of a frame."""
        return int(next(self.rows(frame.select(nw.len())))[0])


def _as_known(frame: Frame, columns: Collection[str]) -> Frame:
    names = frame.collect_schema().names()
    return frame.select([name for name in names if name in columns])


@final
class _Polars(Engine):
    """Polars, lazy between the points where something is held: so that it can see what is not needed."""

    name = "polars"
    ordered = True
    packages = ("polars",)
    # As a day of Polars itself; half the memory, of which a country asks most for its days and texts.
    day_type = nw.Int32

    def wrap(self, native: Any, columns: Collection[str]) -> Frame:
        return _as_known(nw.from_native(native.lazy()), columns)

    def days(self, frame: Frame, columns: Sequence[str]) -> Frame:
        return frame.with_columns(nw.col(name).cast(self.day_type) for name in columns) if columns else frame

    def dates(self, frame: Frame, columns: Sequence[str]) -> Frame:
        return frame.with_columns(nw.col(name).cast(nw.Date) for name in columns)

    def small(self, columns: Mapping[str, tuple[Kind, Sequence[Any]]]) -> Frame:
        pl = import_module("polars")
        types = {"text": pl.String, "whole": pl.Int64, "day": pl.Int32, "bool": pl.Boolean}
        made = {name: pl.Series(name, values, dtype=types[kind]) for name, (kind, values) in columns.items()}
        return nw.from_native(pl.LazyFrame(made))

    def hold(self, frame: Frame, *, mostly_held: bool = False) -> Frame:
        # Streaming is faster at what it makes and slower at what it only passes on: that is copied.
        engine = "in-memory" if mostly_held else "streaming"
        return nw.from_native(frame.to_native().collect(engine=engine).lazy())

    def each(self, tasks: Sequence[Callable[[], _T]], *, begin: Sequence[int] = ()) -> list[_T]:
        # While Polars works for one of them, Python makes plans for another: neither fills the cores by itself.
        with ThreadPoolExecutor(max_workers=1 + 2 * import_module("polars").thread_pool_size()) as pool:
            doing = {at: pool.submit(tasks[at]) for at in dict.fromkeys([*begin, *range(len(tasks))])}
            try:
                return [doing[at].result() for at in range(len(tasks))]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def has_doubles(self, frame: Frame, key: Sequence[str]) -> bool:
        pl = import_module("polars")
        hashes = frame.to_native().select(pl.struct(*key).hash()).collect(engine="streaming").to_series()
        # Rows with the same key have the same hash; only when hashes meet it must be seen whether keys do.
        return hashes.n_unique() != len(hashes) and super().has_doubles(frame, key)

    def values(self, frame: Frame, columns: Sequence[str]) -> Sequence[tuple[Sequence[str], Frame]]:
        # Telling texts apart is faster than matching each with a pattern.
        pl = import_module("polars")
        found = (
            frame.to_native().select(pl.col(name).unique().implode() for name in columns).collect(engine="in-memory")
        )
        return [([name], nw.from_native(found.lazy().select(pl.col(name).explode()))) for name in columns]

    def in_order(self, frame: Frame) -> Frame:
        return nw.from_native(self.native(frame))

    def out_of_order(self, frame: Frame) -> Frame:
        return frame.lazy()

    def numbered(self, frame: Frame, name: str) -> Frame:
        numbered = nw.from_native(frame.to_native().with_row_index(name))
        return numbered.with_columns(nw.col(name).cast(nw.Int64))

    def with_key_number(self, frame: Frame, key: Sequence[str], name: str) -> Frame | None:
        pl = import_module("polars")
        # Each with words of its own, that are forgotten with it: their numbers are then counted from 0 on.
        words = [pl.col(one).cast(pl.Categorical(pl.Categories.random())) for one in key]
        numbers = frame.to_native().select(word.to_physical().cast(pl.Int64) for word in words)
        numbers = numbers.collect(engine="in-memory")
        number, size = pl.lit(0, dtype=pl.Int64), 1
        for one in numbers.get_columns():
            count = (one.max() or 0) + 1
            number, size = number * count + one, size * count
        if size > 1 << 63:
            return None
        return nw.from_native(frame.to_native().with_columns(numbers.select(number.alias(name)).get_columns()))

    def beside(self, frame: Frame, others: Sequence[Frame], place: str) -> Frame:
        if not frame.collect_schema()[place].is_integer():
            return super().beside(frame, others, place)
        # Where a row is known by its number, nothing need be looked up by a value.
        height = self.count(frame)
        columns = [column for other in others for column in _spread(other.to_native(), place, height)]
        return nw.from_native(frame.to_native().with_columns(columns))

    def native(self, frame: Frame) -> Any:
        return frame.to_native().collect(engine="streaming")

    def rows(self, frame: Frame) -> Iterator[tuple[Any, ...]]:
        return iter(self.native(frame).iter_rows())

    def read_parquet(self, path: Path) -> Any:
        return import_module("polars").scan_parquet(path)

    def write_parquet(self, frames: Sequence[Frame], path: Path) -> None:
        native = import_module("polars").concat([frame.to_native() for frame in frames])
        # Statistics help who reads a part; these are read whole.
        native.sink_parquet(path, compression="snappy", statistics=False)


def _spread(frame: Any, place: str, height: int) -> list[Any]:
    """Give the columns of a frame of Polars with each value at its place, and nothing at the other places."""
    pl = import_module("polars")
    # In one piece: what streaming gave is in many, and each is looked into for each row.
    found = frame.collect(engine="in-memory").rechunk()

    def put(values: Any) -> Any:
        return values.clear(1).new_from_index(0, height).scatter(found[place], values)

    # A number is faster put in its place than fetched; a text is not, and other types cannot be put.
    numbers = [name for name, kind in found.schema.items() if kind.is_numeric() or kind == pl.Boolean]
    others = [name for name in found.columns if name not in numbers]
    columns = [put(found[name]) for name in numbers if name != place]
    if others:
        at = put(pl.int_range(len(found), dtype=pl.UInt32, eager=True))
        columns += found.select(pl.col(others).gather(at)).get_columns()
    return columns


def _arrow(columns: Mapping[str, tuple[Kind, Sequence[Any]]]) -> Any:
    pa = import_module("pyarrow")
    types = {"text": pa.string(), "whole": pa.int64(), "day": pa.int64(), "bool": pa.bool_()}
    return pa.table({name: pa.array(list(values), type=types[kind]) for name, (kind, values) in columns.items()})


@final
class _Pandas(Engine):
    """pandas at the door and Arrow inside: what numpy makes of missing values is not to be trusted."""

    name = "pandas"
    ordered = True
    packages = ("pandas", "pyarrow")

    def wrap(self, native: Any, columns: Collection[str]) -> Frame:
        pa = import_module("pyarrow")
        made = {name: _arrow_column(pa, name, native[name]) for name in native.columns if name in columns}
        return nw.from_native(pa.table(made))

    def days(self, frame: Frame, columns: Sequence[str]) -> Frame:
        return frame.with_columns(nw.col(name).cast(nw.Int32).cast(nw.Int64) for name in columns)

    def dates(self, frame: Frame, columns: Sequence[str]) -> Frame:
        return frame.with_columns(nw.col(name).cast(nw.Int32).cast(nw.Date) for name in columns)

    def small(self, columns: Mapping[str, tuple[Kind, Sequence[Any]]]) -> Frame:
        return nw.from_native(_arrow(columns))

    def native(self, frame: Frame) -> Any:
        return frame.to_native().to_pandas(types_mapper=import_module("pandas").ArrowDtype)

    def rows(self, frame: Frame) -> Iterator[tuple[Any, ...]]:
        table = frame.to_native()
        return zip(*(column.to_pylist() for column in table.columns), strict=True) if table.num_rows else iter(())

    def read_parquet(self, path: Path) -> Any:
        return import_module("pandas").read_parquet(path, dtype_backend="pyarrow")

    def write_parquet(self, frames: Sequence[Frame], path: Path) -> None:
        pq = import_module("pyarrow.parquet")
        with pq.ParquetWriter(path, frames[0].to_native().schema) as writer:
            for frame in frames:
                writer.write_table(frame.to_native().cast(frames[0].to_native().schema))


def _arrow_column(pa: Any, name: str, values: Any) -> Any:
    """Make an Arrow column of a pandas one, without losing anything; raises EngineError, without any value."""
    if str(values.dtype) == "object" and any(isinstance(v, datetime) and v.time() != time.min for v in values):
        # Arrow would go by the first of them, and cut off the clock of the others.
        raise EngineError(f"Column {name} must hold days (dates); some of its values have a clock.")
    try:
        column = (
            pa.chunked_array([pa.array(values, from_pandas=True)]) if len(values) else pa.chunked_array([[]], pa.null())
        )
        kind = column.type
        if pa.types.is_dictionary(kind):
            kind = kind.value_type
        if pa.types.is_timestamp(kind) and kind.tz is None and _without_clock(pa, column):
            # What pandas calls a day.
            kind = pa.date32()
        elif pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
            kind = pa.string()
        elif pa.types.is_floating(kind) and _is_whole(column):
            # Whole numbers with a gap between them, as numpy keeps them.
            kind = pa.int64()
        return column.cast(kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        raise EngineError(f"Column {name} holds values that cannot stand in one column of its type.") from None


def _without_clock(pa: Any, column: Any) -> bool:
    compute = import_module("pyarrow.compute")
    days = column.cast(pa.date32()).cast(column.type)
    return bool(compute.all(compute.equal(days, column), min_count=0).as_py())


def _is_whole(column: Any) -> bool:
    compute = import_module("pyarrow.compute")
    return bool(compute.all(compute.equal(compute.floor(column), column), min_count=0).as_py())


_NUMBERS = itertools.count()
_LOCK = threading.Lock()


@final
class _DuckDB(Engine):
    """DuckDB; what is held stands in temporary tables of the caller's own connection until it is released."""

    name = "duckdb"
    ordered = False
    packages = ("duckdb", "pyarrow")

    def __init__(self, relation: Any, connection: Any = None) -> None:
        # A connection of our own closes when nothing holds it.
        self._relation, self._connection = relation, connection
        self._held: list[str] = []

    def apart(self) -> Engine:
        return _DuckDB(self._relation, self._connection)

    def _query(self, sql: str, relation: Any | None = None) -> Any:
        """Run SQL on the connection of a relation, which is called ``{it}`` in it, by a name of its own each time."""
        it = f"_bpvo_rules_in_{next(_NUMBERS)}"
        return (self._relation if relation is None else relation).query(it, sql.replace("{it}", it))

    def wrap(self, native: Any, columns: Collection[str]) -> Frame:
        return _as_known(nw.from_native(native), columns)

    def days(self, frame: Frame, columns: Sequence[str]) -> Frame:
        return self._replaced(frame, columns, "(\"{}\" - DATE '1970-01-01')::BIGINT")

    def dates(self, frame: Frame, columns: Sequence[str]) -> Frame:
        return self._replaced(frame, columns, "DATE '1970-01-01' + \"{}\"::INTEGER")

    def _replaced(self, frame: Frame, columns: Sequence[str], sql: str) -> Frame:
        """Put SQL of a column in its place."""
        if not columns:
            return frame
        made = ", ".join(f'{sql.format(name)} AS "{name}"' for name in columns)
        return nw.from_native(frame.to_native().project(f"* REPLACE ({made})"))

    def small(self, columns: Mapping[str, tuple[Kind, Sequence[Any]]]) -> Frame:
        name = self._name()
        _small = _arrow(columns)
        # DuckDB finds the local variable by its name, and only in the function that asks.
        self._relation.query(f"{name}_in", f"CREATE TEMP TABLE {name} AS SELECT * FROM _small")  # noqa: S608 - a name made here
        return nw.from_native(self._query(f"SELECT * FROM {name}"))  # noqa: S608 - as above

    def _name(self) -> str:
        with _LOCK:
            name = f"_bpvo_rules_{os.getpid()}_{next(_NUMBERS)}"
        self._held.append(name)
        return name

    def hold(self, frame: Frame, *, mostly_held: bool = False) -> Frame:
        del mostly_held
        name = self._name()
        self._query(f"CREATE TEMP TABLE {name} AS SELECT * FROM {{it}}", frame.to_native())  # noqa: S608 - a name made here
        return nw.from_native(self._query(f"SELECT * FROM {name}"))  # noqa: S608 - as above

    def release(self) -> None:
        while self._held:
            self._query(f"DROP TABLE IF EXISTS {self._held.pop()}")

    def rows(self, frame: Frame) -> Iterator[tuple[Any, ...]]:
        return iter(frame.to_native().fetchall())

    def read_parquet(self, path: Path) -> Any:
        quoted = str(path).replace("'", "''")
        return self._query(f"SELECT * FROM read_parquet('{quoted}')")  # noqa: S608 - a file of the caller, quoted

    def write_parquet(self, frames: Sequence[Frame], path: Path) -> None:
        nw.concat(list(frames)).to_native().write_parquet(str(path))


@final
class _Spark(Engine):
    """PySpark; what is held is cached in the cluster until it is released."""

    name = "pyspark"
    ordered = False
    packages = ("pyspark",)

    def __init__(self, session: Any) -> None:
        self._session = session
        self._held: list[Any] = []

    def apart(self) -> Engine:
        return _Spark(self._session)

    def wrap(self, native: Any, columns: Collection[str]) -> Frame:
        return _as_known(nw.from_native(native), columns)

    def days(self, frame: Frame, columns: Sequence[str]) -> Frame:
        functions = import_module("pyspark.sql.functions")
        return self._replaced(frame, {name: functions.unix_date(name).cast("bigint") for name in columns})

    def dates(self, frame: Frame, columns: Sequence[str]) -> Frame:
        functions = import_module("pyspark.sql.functions")
        return self._replaced(
            frame, {name: functions.date_from_unix_date(functions.col(name).cast("int")) for name in columns}
        )

    def _replaced(self, frame: Frame, made: Mapping[str, Any]) -> Frame:
        """Put what was made of columns in their places."""
        return nw.from_native(frame.to_native().withColumns(made)) if made else frame

    def small(self, columns: Mapping[str, tuple[Kind, Sequence[Any]]]) -> Frame:
        types = {"text": "string", "whole": "bigint", "day": "bigint", "bool": "boolean"}
        schema = ", ".join(f"`{name}` {types[kind]}" for name, (kind, _) in columns.items())
        rows = list(zip(*(values for _, values in columns.values()), strict=True))
        return nw.from_native(self._session.createDataFrame(rows, schema))

    def hold(self, frame: Frame, *, mostly_held: bool = False) -> Frame:
        del mostly_held
        native = frame.to_native().localCheckpoint(eager=True)
        self._held.append(native)
        return nw.from_native(native)

    def release(self) -> None:
        while self._held:
            self._held.pop().unpersist()

    def rows(self, frame: Frame) -> Iterator[tuple[Any, ...]]:
        return map(tuple, frame.to_native().collect())

    def read_parquet(self, path: Path) -> Any:
        return self._session.read.parquet(str(path))

    def write_parquet(self, frames: Sequence[Frame], path: Path) -> None:
        # Spark writes a folder of files, one per partition; that is what it reads back as one table.
        nw.concat(list(frames)).to_native().write.parquet(str(path))


def _spark_session() -> Any:
    builder = import_module("pyspark.sql").SparkSession.builder
    return builder.appName("bpvo_rules").config("spark.ui.enabled", "false").getOrCreate()


@contextmanager
def careful(engine: Engine, about: str) -> Iterator[None]:
    """
    Give back what an engine held when anything goes wrong, and keep the message of its error to ourselves.

    Raises:
        EngineError: for an error of the engine; by its type only, because its message may hold values.

    """
    try:
        yield
    except BpvoRulesError:
        engine.release()
        raise
    except Exception as error:  # noqa: BLE001 - whatever an engine raises, its message may hold values
        engine.release()
        name = type(error).__name__
        raise EngineError(f"Engine {engine.name} could not work out {about} ({name}).") from None


ENGINES: Final = ("polars", "duckdb", "pandas", "pyspark")
"""The engines that are known, by name."""


def engine_of(native: Any) -> Engine:
    """
    Give the engine of a frame.

    Raises:
        EngineError: for anything that is no frame of a known engine.

    """
    module = type(native).__module__.partition(".")[0]
    name = type(native).__name__
    if module == "polars" and name in {"DataFrame", "LazyFrame"}:
        return _Polars()
    if module == "pandas" and name == "DataFrame":
        return _Pandas()
    if name == "DuckDBPyRelation":
        return _DuckDB(native)
    if module == "pyspark" and name == "DataFrame":
        return _Spark(native.sparkSession)
    raise EngineError(f"Frames of Polars, DuckDB, pandas or PySpark are judged, not {type(native).__name__}.")


def engine_named(name: str) -> Engine:
    """
    Make an engine of its own for files.

    Raises:
        EngineError: for an unknown name.
        EngineMissingError: for an engine that is not installed.

    """
    if name not in ENGINES:
        raise EngineError(f"There is no engine {name}; there are: {', '.join(ENGINES)}.")
    needs = (name, "pyarrow") if name in {"pandas", "duckdb"} else (name,)
    try:
        for package in needs:
            import_module(package)
    except ImportError:
        raise EngineMissingError(name, needs) from None
    match name:
        case "polars":
            return _Polars()
        case "pandas":
            return _Pandas()
        case "duckdb":
            connection = import_module("duckdb").connect()
            return _DuckDB(connection.query("SELECT 1"), connection)
    return _Spark(_spark_session())
