"""Text files, whatever state they are in: what a first look at their bytes tells, and writing them whole."""

from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, final

import attrs

from bpvo_rules.errors import SourceError
from bpvo_rules.keten import Opmerking

__all__ = ["TextFile", "opened", "survey", "write_whole"]

_CHUNK = 1 << 20


@final
@attrs.frozen(kw_only=True)
class TextFile:
    """
    What a first pass over the bytes of a file found.

    Attributes:
        path: Where it is.
        encoding: ``utf-8-sig`` or ``cp1252``.
        opmerkingen: What its reader should know: another encoding, or no line end at its end.

    """

    path: Path
    encoding: str
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
    line, last = 1, b""
    for chunk in _chunks(path):
        if b"\0" in chunk:
            raise SourceError(f"{path.name} bevat nulbytes en is dus geen tekstbestand in UTF-8.")
        utf_8.feed(chunk)
        cp1252.feed(chunk)
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


@contextmanager
def opened(file: TextFile) -> Iterator[IO[str]]:
    """
    Open a text file to read its lines, with line ends as they are.

    Raises:
        SourceError: when it cannot be opened.

    """
    try:
        handle = file.path.open(encoding=file.encoding, newline="")
    except OSError:
        raise _no_file(file.path) from None
    with handle:
        yield handle


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
