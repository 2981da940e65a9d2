"""
Text files with rows of cells, whatever state they are in.

Everything is read in bounded pieces: a file of any size, or with a single line
of any size, costs no more memory than the longest line that is allowed.
"""

import csv
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, final

import attrs

from bpvo_rules.errors import SourceError
from bpvo_rules.keten import Opmerking

__all__ = ["LINE_LIMIT", "ROW_LIMIT", "Fault", "Rows", "TextFile", "lines", "open_rows", "survey", "write_whole"]

LINE_LIMIT = 1_000_000
"""Longest line that is read, in characters."""

ROW_LIMIT = 100
"""Most lines that one row may span, by line ends inside quotation marks."""

_CHUNK = 1 << 20

Fault = Callable[[int, str], None]
"""Takes the line, counted from 1, and the reason, in Dutch, of a row that could not be read."""


@final
@attrs.frozen(kw_only=True)
class TextFile:
    """
    What a first pass over the bytes of a file found.

    Attributes:
        path: Where it is.
        encoding: ``utf-8-sig`` or ``cp1252``.
        size: In bytes.
        opmerkingen: What its reader should know: another encoding, or no line end at its end.

    """

    path: Path
    encoding: str
    size: int
    opmerkingen: tuple[Opmerking, ...]

    @property
    def name(self) -> str:
        """Its name without the folder, for messages."""
        return self.path.name


def _no_file(path: Path) -> SourceError:
    return SourceError(f"{path.name} is geen bestand dat gelezen kan worden.")


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as handle:
            while chunk := handle.read(_CHUNK):
                yield chunk
    except OSError:
        raise _no_file(path) from None


class _Attempt:
    """Whether the bytes of a file fit one encoding, piece by piece."""

    def __init__(self, encoding: str) -> None:
        self._decoder = getincrementaldecoder(encoding)()
        self.fits = True
        self.multibyte = False

    def feed(self, chunk: bytes) -> None:
        try:
            self.multibyte = not self._decoder.decode(chunk).isascii() or self.multibyte
        except UnicodeDecodeError:
            self.fits = False

    def is_cut(self) -> bool:
        """Say whether the last character so far lacks bytes."""
        return self.fits and self._decoder.getstate()[0] != b""


def survey(path: Path) -> TextFile:
    """
    Look through the bytes of a file once, and tell how its text must be read.

    Raises:
        SourceError: when it cannot be opened, is empty, is no text, or breaks
            off within a character.

    """
    utf_8, cp1252 = _Attempt("utf-8-sig"), _Attempt("cp1252")
    size, line, last = 0, 1, b""
    for chunk in _chunks(path):
        if b"\0" in chunk:
            raise SourceError(f"{path.name} bevat nulbytes en is dus geen tekstbestand in UTF-8.")
        utf_8.feed(chunk)
        cp1252.feed(chunk)
        size += len(chunk)
        line += chunk.count(b"\n")
        last = chunk[-1:]
    if not last:
        raise SourceError(f"{path.name} is leeg: er staat niets in het bestand.")
    if utf_8.is_cut() and utf_8.multibyte:
        raise SourceError(f"{path.name} breekt op regel {line} af, midden in een teken.")
    is_utf_8 = utf_8.fits and not utf_8.is_cut()
    if not is_utf_8 and not cp1252.fits:
        raise SourceError(f"{path.name} is geen tekstbestand in UTF-8 of Windows-1252.")
    return TextFile(
        path=path,
        encoding="utf-8-sig" if is_utf_8 else "cp1252",
        size=size,
        opmerkingen=_opmerkingen(path.name, is_utf_8=is_utf_8, ended=last in b"\r\n"),
    )


def _opmerkingen(name: str, *, is_utf_8: bool, ended: bool) -> tuple[Opmerking, ...]:
    notes = []
    if not is_utf_8:
        notes.append(Opmerking(name, "cp1252", "Het bestand is geen UTF-8 en is gelezen als Windows-1252."))
    if not ended:
        text = "De laatste regel eindigt niet op een regeleinde; ga na of het bestand is afgebroken."
        notes.append(Opmerking(name, "geen_regeleinde", text))
    return tuple(notes)


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
    """

    def __init__(self, handle: IO[str], name: str, delimiter: str) -> None:
        self._lines = _Lines(handle, name)
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
            if cells:
                yield start, cells


@contextmanager
def _opened(file: TextFile) -> Iterator[IO[str]]:
    try:
        handle = file.path.open(encoding=file.encoding, newline="")
    except OSError:
        raise _no_file(file.path) from None
    with handle:
        yield handle


def lines(file: TextFile) -> Iterator[str]:
    """
    Give the lines of a text file, whatever quotation marks say.

    Raises:
        SourceError: when it cannot be opened or read, or a line is longer than ``LINE_LIMIT``.

    """
    with _opened(file) as handle:
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
    with _opened(file) as handle:
        yield Rows(handle, file.name, delimiter)


@contextmanager
def write_whole(path: Path) -> Iterator[IO[str]]:
    """
    Write a text file (UTF-8) whole or not at all.

    The text goes to a hidden file beside it, that takes its place at the end; when
    anything fails, what stood there stays as it was.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as handle:
            yield handle
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
