"""
Ketendata folders: one file per table, read into a ``Keten`` and written from one.

Reading streams: what is kept is the records, not the text, and rows share one
object per value.
"""

import csv
import json
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, Never

from bpvo_rules.errors import ExistingFileError, InvalidRecordError, SourceError
from bpvo_rules.io.cells import CellCaches, Texts
from bpvo_rules.io.datapackage import DESCRIPTOR, descriptor
from bpvo_rules.io.datapackage import sizes as described_sizes
from bpvo_rules.io.parquet import parquet_rows, write_parquet_table
from bpvo_rules.io.records import RecordReader, Report, tekst_field
from bpvo_rules.io.rows import open_rows
from bpvo_rules.io.textfile import survey, write_whole
from bpvo_rules.keten import Invoerfout, Keten, Opmerking
from bpvo_rules.keten.collector import collector_paused
from bpvo_rules.keten.persoonsnummer import are_persoonsnummers
from bpvo_rules.model import TABLES, Table

__all__ = ["Progress", "parquet_only", "read_ketendata", "write_ketendata"]

DELIMITER = ";"

PROGRESS_STEP = 10_000

Progress = Callable[[str, int], None]
"""Takes the name of a table and the rows of it that were read so far."""

# What a simulation writes beside its tables; not known to be anything else, so not worth a remark.
_COMPANIONS = frozenset({"verwacht.csv"})
# Only what looks like the name of a column is shown: a file without a header has values there.
_NAME = re.compile(r"[A-Za-z][A-Za-z_ -]{0,39}", re.ASCII)


def read_ketendata(folder: Path, *, tables: Collection[str] | None = None, progress: Progress | None = None) -> Keten:
    """
    Read a Ketendata folder.

    A table without a file is ``None``, a missing optional column is in
    ``niet_opgezocht``. Every row that cannot be read is one invoerfout, for the
    first column at fault; of rows with the same key the first one stays. Lines
    without anything are no rows.

    A column ``student`` that seems to hold BSNs or onderwijsnummers is refused:
    at least 5 distinct values of 9 digits, and more than half of all distinct
    values pass the 11-proef of a BSN or the test of an onderwijsnummer.

    Args:
        folder: The folder.
        tables: Names of the tables to read; ``None`` for all. The others are as if they had no file.
        progress: Called now and then, and at the end of each table.

    Raises:
        SourceError: when the folder, or one of its files, cannot be read at
            all: no folder, no table in it, a file that is empty, no text or
            without a required column, a table in two forms, Parquet without the
            extra ``frames``, persoonsnummers instead of pseudonyms. One sentence in Dutch.

    """
    wanted = [name for name in TABLES if tables is None or name in tables]
    files = _files(folder, wanted)
    run = _Run(progress, folder_notes(folder, wanted))
    with collector_paused():
        for name in wanted:
            if folder / f"{name}.csv" in files:
                run.read(folder / f"{name}.csv", TABLES[name])
            elif folder / f"{name}.parquet" in files:
                run.read_parquet(folder / f"{name}.parquet", TABLES[name])
    return run.keten()


def folder_notes(folder: Path, tables: Collection[str] = tuple(TABLES)) -> list[Opmerking]:
    """Give what stands out in a folder before it is read: files that are no table, or of another size than said."""
    sizes = described_sizes(folder)
    found = []
    for path in sorted(folder.iterdir()):
        known = path.stem in TABLES and path.suffix in {".csv", ".parquet"}
        if path.suffix.lower() == ".csv" and path.stem not in TABLES and path.name not in _COMPANIONS:
            text = "Dit bestand is geen tabel van Ketendata en is niet gelezen."
            found.append(Opmerking(path.name, "onbekend_bestand", text))
        elif known and path.stem in tables and path.name in sizes and sizes[path.name] != path.stat().st_size:
            text = f"Het bestand heeft een andere omvang dan {DESCRIPTOR} noemt: het is bewerkt of afgebroken."
            found.append(Opmerking(path.name, "omvang_verschil", text))
    return found


def parquet_only(folder: Path) -> bool:
    """Say whether every table that a folder holds is in Parquet."""
    if not folder.is_dir():
        return False
    forms = {path.suffix for path in folder.iterdir() if path.stem in TABLES and path.suffix in {".csv", ".parquet"}}
    return forms == {".parquet"}


def _files(folder: Path, wanted: Collection[str]) -> list[Path]:
    try:
        files = sorted(folder.iterdir())
    except OSError:
        raise SourceError(f"{folder} is geen map die gelezen kan worden.") from None
    names = {path.name for path in files}
    for name in wanted:
        if {f"{name}.csv", f"{name}.parquet"} <= names:
            raise SourceError(f"De map heeft {name}.csv en {name}.parquet; een tabel mag maar in een vorm voorkomen.")
    if not any(f"{name}.{form}" in names for name in wanted for form in ("csv", "parquet")):
        raise SourceError(f"De map {folder} heeft geen enkele tabel van Ketendata ({', '.join(wanted)}).")
    return files


class _Run:
    """What was found so far while reading one folder."""

    def __init__(self, progress: Progress | None, notes: list[Opmerking]) -> None:
        self._progress = progress
        self._caches = CellCaches()
        self._records: dict[str, Any] = {}
        self._absent: set[tuple[str, str]] = set()
        self._faults: list[Invoerfout] = []
        self._notes = notes

    def keten(self) -> Keten:
        found: dict[str, Any] = {"invoerfouten": self._faults, "opmerkingen": self._notes}
        return Keten(**self._records, **found, niet_opgezocht=frozenset(self._absent))

    def note(self, path: Path, code: str, text: str) -> None:
        self._notes.append(Opmerking(path.name, code, text))

    def _report(self, path: Path, table: Table) -> Report:
        def report(line: int, column: str | None, reason: str) -> None:
            self._faults.append(Invoerfout(table.name, path.name, line, column, reason))

        return report

    def _keep(self, path: Path, table: Table, reader: RecordReader, columns: Collection[str | None]) -> None:
        _refuse_persoonsnummers(path.name, table, reader.records)
        self._records[table.name] = reader.records
        self._absent.update((table.name, name) for name in table.columns if name not in columns)

    def read_parquet(self, path: Path, table: Table) -> None:
        """Read a table in Parquet; its rows are numbered from 1, as if they were lines."""
        header, rows = parquet_rows(path)
        columns = self._columns(path, table, header)
        reader = RecordReader(table, columns, self._caches, self._report(path, table))
        count = 0
        for count, cells in enumerate(rows, start=1):
            reader.add(count, cells)
            if self._progress is not None and count % PROGRESS_STEP == 0:
                self._progress(table.name, count)
        if self._progress is not None:
            self._progress(table.name, count)
        self._keep(path, table, reader, columns)

    def read(self, path: Path, table: Table) -> None:
        report = self._report(path, table)

        def report_row(line: int, reason: str) -> None:
            report(line, None, reason)

        def refuse(line: int, reason: str) -> Never:
            raise SourceError(f"De kopregel van {path.name} (regel {line}) is {reason}.")

        file = survey(path)
        self._notes.extend(file.opmerkingen)
        with open_rows(file, DELIMITER) as rows:
            line, header = next(rows.rows(None, refuse), (0, []))
            if line != 1:
                raise SourceError(f"{path.name} heeft geen kopregel op regel 1.")
            columns = self._columns(path, table, header)
            reader = RecordReader(table, columns, self._caches, report)
            count = 0
            for count, (line, cells) in enumerate(rows.rows(reader.width, report_row), start=1):
                reader.add(line, cells)
                if self._progress is not None and count % PROGRESS_STEP == 0:
                    self._progress(table.name, count)
        if self._progress is not None:
            self._progress(table.name, count)
        if rows.spanning:
            text = f"{len(rows.spanning)} rijen beslaan meer dan een regel, de eerste op regel {rows.spanning[0]}."
            self.note(path, "rij_over_regels", text)
        self._keep(path, table, reader, columns)

    def _columns(self, path: Path, table: Table, header: Sequence[str]) -> list[str | None]:
        for place, name in enumerate(header, start=1):
            if name and name in header[: place - 1]:
                raise SourceError(f"{path.name} heeft in de kopregel tweemaal de {_shown(name, place)}.")
        missing = [name for name, column in table.columns.items() if column.required and name not in header]
        if missing:
            hint = f" (geen '{DELIMITER}' in de kopregel)" if len(header) == 1 else ""
            raise SourceError(f"{path.name} mist de verplichte kolom {missing[0]}{hint}.")
        for place, name in enumerate(header, start=1):
            if name not in table.columns:
                self.note(path, "onbekende_kolom", f"De {_shown(name, place)} is onbekend en is niet gelezen.")
        return [name if name in table.columns else None for name in header]


def _shown(name: str, place: int) -> str:
    return f"kolom {name}" if _NAME.fullmatch(name) else f"kolom op plaats {place}"


def _refuse_persoonsnummers(where: str, table: Table, records: Collection[Any]) -> None:
    for name, column in table.columns.items():
        if column.identifying and are_persoonsnummers(getattr(record, name) for record in records):
            raise SourceError(
                f"De kolom {name} van {where} lijkt BSN's of onderwijsnummers te bevatten;"
                " vervang die eerst door pseudoniemen."
            )


def write_ketendata(
    keten: Keten, folder: Path, *, overwrite: bool = False, form: Literal["csv", "parquet"] = "csv"
) -> None:
    """
    Write a keten as a Ketendata folder, with its descriptor ``datapackage.json``.

    Tables that are ``None`` get no file, columns in ``niet_opgezocht`` are left
    out. Each file is written whole or not at all, the descriptor last. Reading
    the folder gives the same tables; invoerfouten and opmerkingen are not written.

    Args:
        keten: What to write.
        folder: Where; made when it is not there.
        overwrite: Take away the tables that the folder holds; otherwise such a folder is refused.
        form: The form of the tables; Parquet needs the extra ``frames``.

    Raises:
        ExistingFileError: when the folder holds tables already.
        InvalidRecordError: when a value cannot stand in a file (a day before
            1900, a text with a NUL), or a required column is in ``niet_opgezocht``.
        SourceError: when a column ``student`` seems to hold persoonsnummers; see ``read_ketendata``.

    """
    columns = {name: _looked_up(keten, table) for name, table in TABLES.items() if keten.table(name) is not None}
    for name in columns:
        _refuse_persoonsnummers(f"{name}.{form}", TABLES[name], keten.table(name) or ())
    folder.mkdir(parents=True, exist_ok=True)
    old = tables_in(folder)
    if not overwrite:
        refuse_tables(folder)
    for name, names in columns.items():
        rows = _rows(TABLES[name], names, keten.table(name) or ())
        if form == "parquet":
            write_parquet_table(folder / f"{name}.parquet", TABLES[name], names, rows)
            continue
        with write_whole(folder / f"{name}.csv") as handle:
            writer = csv.writer(handle, delimiter=DELIMITER)
            writer.writerow(names)
            writer.writerows(rows)
    with write_whole(folder / DESCRIPTOR) as handle:
        sizes = {name: (folder / f"{name}.{form}").stat().st_size for name in columns}
        json.dump(descriptor(columns, sizes, form), handle, ensure_ascii=False, indent=2)
        handle.write("\n")
    for path in old:
        if path.name != DESCRIPTOR and (path.stem not in columns or path.suffix != f".{form}"):
            path.unlink()


def tables_in(folder: Path) -> list[Path]:
    """Give the descriptor and the files of tables that a folder holds."""
    files = [folder / f"{name}.{form}" for name in TABLES for form in ("csv", "parquet")]
    return [path for path in [folder / DESCRIPTOR, *files] if path.exists()]


def refuse_tables(folder: Path) -> None:
    """Raise ExistingFileError when a folder holds tables already."""
    for path in tables_in(folder):
        raise ExistingFileError(f"The folder holds {path.name} already; write to an empty folder, or overwrite.")


def _looked_up(keten: Keten, table: Table) -> list[str]:
    names = [name for name in table.columns if (table.name, name) not in keten.niet_opgezocht]
    if any(column.required and name not in names for name, column in table.columns.items()):
        raise InvalidRecordError("niet_opgezocht", "columns that are not required, for a folder to be written")
    return names


def _rows(table: Table, names: Sequence[str], records: Collection[Any]) -> Iterator[list[str]]:
    columns = [(name, tekst_field(table, name), Texts(name, table.columns[name])) for name in names]
    for record in records:
        yield [
            texts.text(getattr(record, name), None if tekst is None else getattr(record, tekst))
            for name, tekst, texts in columns
        ]
