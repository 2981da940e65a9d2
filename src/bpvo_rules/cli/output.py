"""Output: pages of text, files written whole or not at all, and progress."""

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import IO, final

import attrs

from bpvo_rules.cli.usage import UsageError
from bpvo_rules.io import write_whole
from bpvo_rules.io.datapackage import DESCRIPTOR
from bpvo_rules.model import TABLES
from bpvo_rules.report.wording import Say

__all__ = ["Page", "Progress", "Style", "check_targets", "page_width", "show_page", "tell", "watched", "write_result"]

WIDTH = 80
_WIDEST = 100


@final
class Style(StrEnum):
    """How a line looks on a terminal; the words are those of rich."""

    PLAIN = ""
    STRONG = "bold"
    FAINT = "dim"
    WRONG = "bold red"


def _printable(text: str) -> str:
    """Keep a value from steering the terminal: what is no visible character becomes a replacement mark."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in text)


@final
@attrs.define
class Page:
    """
    Lines of text for a reader.

    Attributes:
        width: Longer lines are folded; a word is never broken.
        lines: What stands on it, with its style.

    """

    width: int = WIDTH
    lines: list[tuple[str, Style]] = attrs.field(factory=list)

    def line(self, text: str, style: Style = Style.PLAIN) -> None:
        """Add one line as it is."""
        self.lines.append((_printable(text).rstrip(), style))

    def blank(self) -> None:
        """Add an empty line, never two."""
        if self.lines and self.lines[-1][0]:
            self.line("")

    def heading(self, text: str) -> None:
        """Add a heading with air above it."""
        self.blank()
        self.fold(text, style=Style.STRONG)

    def fold(self, text: str, *, indent: int = 0, hang: int = 0, style: Style = Style.PLAIN) -> None:
        """Add a text on as many lines as it needs; ``hang`` indents all but the first."""
        folded = textwrap.wrap(
            _printable(text),
            self.width,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hang),
            break_long_words=False,
            break_on_hyphens=False,
        )
        self.lines.extend((line, style) for line in folded)

    @property
    def text(self) -> str:
        """The page as plain text."""
        return "".join(f"{line}\n" for line, _ in self.lines)


def write_result(pieces: Iterable[str], path: Path | None) -> None:
    """Write text to stdout, or to a file that is written whole or not at all."""
    if path is None:
        sys.stdout.writelines(pieces)
    else:
        with write_whole(path) as handle:
            handle.writelines(pieces)


def page_width(path: Path | None) -> int:
    """Give the width of pages: that of the terminal within bounds, or 80."""
    if path is None and sys.stdout.isatty():
        return max(WIDTH, min(_WIDEST, shutil.get_terminal_size().columns))
    return WIDTH


def show_page(page: Page, path: Path | None = None) -> None:
    """Write a page; on a terminal with rich its headings stand out."""
    if path is None and _may_colour(sys.stdout):
        from rich.console import Console  # noqa: PLC0415 - an extra, and only a terminal needs it
        from rich.text import Text as RichText  # noqa: PLC0415 - as above

        console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
        for line, style in page.lines:
            console.print(RichText(line, style=style.value))
    else:
        write_result([page.text], path)


def _may_colour(stream: IO[str]) -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain and find_spec("rich") is not None


def tell(text: str) -> None:
    """Say something beside the result, on stderr."""
    print(_printable(text), file=sys.stderr)


def check_targets(say: Say, targets: Iterable[Path | None], sources: Iterable[Path | None]) -> None:
    """
    Refuse to write over what is read, or two results into one file.

    Raises:
        UsageError: when a file to be written is a source, a table of a source, or given twice.

    """
    read = {path.resolve() for path in sources if path is not None}
    tables = {f"{name}.{form}" for name in TABLES for form in ("csv", "parquet")} | {DESCRIPTOR}
    seen: set[Path] = set()
    for target in targets:
        if target is None:
            continue
        path = target.resolve()
        if path in seen:
            raise UsageError(say("twee uitvoerbestanden zijn hetzelfde.", "two output files are the same."))
        if path in read or (path.parent in read and path.name in tables):
            raise UsageError(
                say("een uitvoerbestand zou de bron overschrijven.", "an output file would overwrite the source.")
            )
        if path.is_dir():
            raise UsageError(say(f"{target} is een map, geen bestand.", f"{target} is a folder, not a file."))
        if not path.parent.is_dir():
            raise UsageError(
                say(f"de map van {target} bestaat niet.", f"the folder of {target} does not exist."),
            )
        seen.add(path)


@final
class Progress:
    """Shows how far a run is, on stderr."""

    def __init__(self, say: Say, bars: "_Bars | None", *, lines: bool) -> None:
        self._say = say
        self._bars = bars
        self._lines = lines
        self._told: set[str] = set()

    def reading(self, table: str, rows: int) -> None:
        """Tell that so many rows of a table were read."""
        self._show(self._say("Lezen", "Reading"), f"{table} {rows}", None, None)

    def judging(self, done: int, total: int) -> None:
        """Tell that so many subjects of all were judged."""
        self._show(self._say("Beoordelen", "Judging"), f"{done}/{total}", done, total)

    def asking(self, done: int, total: int) -> None:
        """Tell that so many requests of all were answered."""
        self._show(self._say("Vragen", "Asking"), f"{done}/{total}", done, total)

    def writing(self, done: int) -> None:
        """Tell that so many pages were written."""
        self._show(self._say("Schrijven", "Writing"), self._say(f"{done} bladen", f"{done} pages"), None, None)

    def _show(self, step: str, detail: str, done: int | None, total: int | None) -> None:
        if self._bars is not None:
            self._bars.show(f"{step} {detail}", done, total)
        elif self._lines and step not in self._told:
            self._told.add(step)
            tell(f"{step}...")


@final
class _Bars:
    """One bar of rich."""

    def __init__(self) -> None:
        from rich.console import Console  # noqa: PLC0415 - an extra, and only a terminal needs it
        from rich.progress import BarColumn, TextColumn  # noqa: PLC0415 - as above
        from rich.progress import Progress as RichProgress  # noqa: PLC0415 - as above

        columns = (TextColumn("{task.description}"), BarColumn())
        self.rich: RichProgress = RichProgress(*columns, console=Console(stderr=True), transient=True)
        self._task = self.rich.add_task("", total=None)

    def show(self, text: str, done: int | None, total: int | None) -> None:
        self.rich.update(self._task, description=text, completed=done or 0, total=total)


@contextmanager
def watched(say: Say, *, quiet: bool) -> Iterator[Progress]:
    """Show progress while something runs: only on a terminal, and not when asked to be quiet."""
    if quiet or not sys.stderr.isatty():
        yield Progress(say, None, lines=False)
    elif not _may_colour(sys.stderr):
        yield Progress(say, None, lines=True)
    else:
        bars = _Bars()
        with bars.rich:
            yield Progress(say, bars, lines=False)
