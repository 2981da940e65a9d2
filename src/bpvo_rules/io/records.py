"""RecordReader: rows of cells become records of one table, or invoerfouten."""

from collections.abc import Callable, Sequence
from operator import getitem, itemgetter
from typing import Any, final

import attrs

from bpvo_rules.io.cells import CellCaches, CellError
from bpvo_rules.model import Table
from bpvo_rules.model.checked import maker
from bpvo_rules.model.fields import Soort

__all__ = ["RecordReader", "Report", "tekst_field"]

Report = Callable[[int, str | None, str], None]
"""Takes the line, the column (``None`` for the row as a whole) and the reason, in Dutch, of an invoerfout."""


def tekst_field(table: Table, column: str) -> str | None:
    """Give the field that keeps a moment as it was written, if the records of the table have one."""
    if table.columns[column].soort is not Soort.MOMENT:
        return None
    name = f"{column}_tekst"
    return name if name in attrs.fields_dict(table.record) else None


def _picker(indices: Sequence[int]) -> Callable[[Sequence[str]], Sequence[str]]:
    if len(indices) == 1:
        (only,) = indices
        return lambda cells: (cells[only],)
    return itemgetter(*indices)


@final
class RecordReader:
    """
    Makes the records of one table out of rows of cells.

    A row that cannot be read is reported once, for the first column at fault,
    and left out. Of rows with the same key the first one stays.

    Attributes:
        records: What was read so far, in the order of the file.
        width: Number of cells that a row must have.

    """

    def __init__(self, table: Table, columns: Sequence[str | None], caches: CellCaches, report: Report) -> None:
        """
        Prepare for rows of one shape.

        Args:
            table: The table; all of its required columns are among the columns.
            columns: What each cell of a row holds; ``None`` for a cell that is passed over.
            caches: Shared by all readers of one run.
            report: Told of every row that cannot be read.

        """
        names = [name for name in columns if name is not None]
        self.width: int = len(columns)
        self.records: list[Any] = []
        self._report = report
        self._columns = names
        self._pick = None if None not in columns else _picker([i for i, name in enumerate(columns) if name is not None])
        self._cells = [caches.cells(table.columns[name]) for name in names]
        teksten = [(names.index(name), tekst) for name in names if (tekst := tekst_field(table, name)) is not None]
        self._teksten = [index for index, _ in teksten]
        self._make = maker(table.record, [*names, *(tekst for _, tekst in teksten)])
        # A key column that was not looked up is empty in every row, so it tells no two rows apart.
        key = [names.index(name) for name in table.key if name in names]
        self._key: Callable[[list[Any]], Any] | None = itemgetter(*key) if key else None
        self._lines: dict[Any, int] = {}

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Read one row, that starts on this line; every row starts on a line of its own."""
        if len(cells) != self.width:
            self._report(line, None, f"{len(cells)} cellen gevonden, {self.width} verwacht")
            return
        if self._pick is not None:
            cells = self._pick(cells)
        try:
            values = list(map(getitem, self._cells, cells))
        except CellError:
            self._report(line, *self._fault(cells))
            return
        if self._key is not None:
            first = self._lines.setdefault(self._key(values), line)
            if first != line:
                self._report(line, None, f"dubbele sleutel: dezelfde als op regel {first}")
                return
        if self._teksten:
            values.extend(cells[index] for index in self._teksten)
        self.records.append(self._make(values))

    def _fault(self, cells: Sequence[str]) -> tuple[str, str]:
        for name, known, text in zip(self._columns, self._cells, cells, strict=True):
            try:
                known[text]
            except CellError as fault:
                return name, fault.reason
        raise AssertionError("only called for a row with a fault")  # pragma: no cover - see add()
