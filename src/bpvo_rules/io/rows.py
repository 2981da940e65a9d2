"""
Rows: the cells of a text file, and what to do with lines that are no row.

A file of any size, or with a single line of any size, costs no more memory than
the longest line that is allowed.
"""

import csv
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, final

from bpvo_rules.errors import SourceError
from bpvo_rules.io.textfile import TextFile, opened

__all__ = ["LINE_LIMIT", "ROW_LIMIT", "Fault", "Rows", "lines", "open_rows"]

LINE_LIMIT = 1_000_000
"""Longest line that is read, in characters."""

ROW_LIMIT = 100
"""Most lines that one row may span, by line ends inside quotation marks."""

Fault = Callable[[int, str], None]
"""Takes the line, counted from 1, and the reason, in Dutch, of a row that could not be read."""


class _EndlessRowError(Exception):
    """A row spans more lines than any row does, so its quotation mark was never meant to be one."""


@final
class _Lines:
    """The lines of an open file, of which those of the current row can be given back."""

    def __init__(self, handle: IO[str], name: str) -> None:
        self._readline = handle.readline
        self._name = name
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.start = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= ROW_LIMIT:
            raise _EndlessRowError
        line = self._again.popleft() if self._again else self._read()
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line

    def _read(self) -> str:
        try:
            line = self._readline(LINE_LIMIT + 1)
        except (OSError, UnicodeDecodeError):
            raise SourceError(f"{self._name} kan niet verder worden gelezen: is het intussen veranderd?") from None
        if len(line) > LINE_LIMIT:
            number = self.start + len(self.taken)
            raise SourceError(f"{self._name} heeft op regel {number} een regel van meer dan {LINE_LIMIT} tekens.")
        return line

    def next_row(self, lines: int) -> int:
        """Go on after the first so many of the lines taken, and give the number of the first one."""
        start = self.start
        if lines < len(self.taken):
            self._again.extendleft(reversed(self.taken[lines:]))
        self.taken.clear()
        self.start += lines
        return start


@final
class Rows:
    """
    The rows of an open text file, by the line on which each one starts.

    A row may span lines, by line ends inside quotation marks. When such a row
    turns out to be no row, only its first line is given up: the lines that it
    would have swallowed are read again, one by one.

    Attributes:
        spanning: Lines on which rows start that were believed to span lines.

    """

    def __init__(self, handle: IO[str], name: str, delimiter: str) -> None:
        self._lines = _Lines(handle, name)
        self.spanning: list[int] = []
        self._reader = csv.reader(self._lines, delimiter=delimiter, strict=True)

    def rows(self, width: int | None, fault: Fault) -> Iterator[tuple[int, list[str]]]:
        """
        Go on with the next row; lines without anything are passed over.

        Args:
            width: The cells that a row must have to be believed when it spans
                lines; ``None`` when no row may span lines. Rows on one line
                come with as many cells as they have.
            fault: Told of every row that cannot be taken apart.

        Raises:
            SourceError: when a line is longer than ``LINE_LIMIT``, or cannot be read.

        """
        lines, reader = self._lines, self._reader
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, _EndlessRowError):
                cells = None
            count = len(lines.taken)
            if cells is None or (count > 1 and len(cells) != width):
                fault(
                    lines.next_row(1), "niet te ontleden: een aanhalingsteken is niet gesloten, of een cel is te lang"
                )
                continue
            start = lines.next_row(count)
            if count > 1:
                self.spanning.append(start)
            if cells:
                yield start, cells


def lines(file: TextFile) -> Iterator[str]:
    """
    Give the lines of a text file, whatever quotation marks say.

    Raises:
        SourceError: when it cannot be opened or read, or a line is longer than ``LINE_LIMIT``.

    """
    with opened(file) as handle:
        found = _Lines(handle, file.name)
        for line in found:
            found.next_row(1)
            yield line


@contextmanager
def open_rows(file: TextFile, delimiter: str) -> Iterator[Rows]:
    """
    Open a text file as rows.

    Raises:
        SourceError: when it cannot be opened.

    """
    with opened(file) as handle:
        yield Rows(handle, file.name, delimiter)
