"""Invoerfout: a row, or part of a file, that could not be read; counted, never guessed."""

from collections.abc import Iterable
from typing import final

import attrs

__all__ = ["Invoerfout", "Opmerking", "count_per_table"]


@final
@attrs.frozen(order=True)
class Invoerfout:
    """
    A row that is not in the data, and why.

    Neither field ever carries the value of an identifying column.

    Attributes:
        table: Name of the table, or the record type of an RO file.
        file: Name of the file, without its folder.
        line: Line of the file on which the row starts, counted from 1; 0 when rows have no line.
        column: Name of the column at fault; ``None`` when the row as a whole is.
        reason: Why, in Dutch, for whoever must mend the file.
        aantal: Number of rows that this is about; more than 1 only when rows have no line.

    """

    table: str
    file: str
    line: int
    column: str | None
    reason: str
    aantal: int = 1

    def __str__(self) -> str:
        where = f"{self.file}, regel {self.line}" if self.line else f"{self.file}, {self.aantal} rijen"
        return f"{where}{'' if self.column is None else f', kolom {self.column}'}: {self.reason}"


def count_per_table(invoerfouten: Iterable[Invoerfout]) -> dict[str, int]:
    """Count the rows that could not be read, per table."""
    found: dict[str, int] = {}
    for fout in invoerfouten:
        found[fout.table] = found.get(fout.table, 0) + fout.aantal
    return dict(sorted(found.items()))


@final
@attrs.frozen(order=True)
class Opmerking:
    """
    Something about a source that its user should know, though nothing was lost.

    Attributes:
        file: Name of the file, without its folder.
        code: A short fixed word for programs, such as ``slr_verschil``.
        text: One sentence in Dutch.

    """

    file: str
    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.file}: {self.text}"
