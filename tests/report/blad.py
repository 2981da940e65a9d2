"""A page as a reader gets it: its text, tables, links and elements, read by the parser of Python."""

from html.parser import HTMLParser
from typing import Any

LEEG = {"meta", "br", "input", "link", "img", "hr"}
APART = {"p", "li", "dt", "dd", "td", "th", "h1", "h2", "h3", "caption", "summary", "option"}
ONZICHTBAAR = {"style", "script", "title"}


class Blad(HTMLParser):
    """
    One page, parsed.

    ``elementen`` are all tags with their attributes; ``tabellen`` per caption the rows of cell texts;
    ``tekst`` is what a reader sees.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elementen: list[tuple[str, dict[str, str | None]]] = []
        self.tabellen: dict[str, list[list[str]]] = {}
        self.stukken: list[str] = []
        self.inhoud: dict[str, str] = {}
        self._open: list[str] = []
        self._caption: list[str] | None = None
        self._rows: list[list[str]] | None = None
        self._cell: list[str] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elementen.append((tag, dict(attrs)))
        if tag not in LEEG:
            self._open.append(tag)
        if tag in APART:
            self.stukken.append(" ")
        if tag == "table":
            self._rows, self._caption = [], None
        elif tag == "caption":
            self._caption = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in {"td", "th"}:
            self._cell = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elementen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag in {"td", "th"} and self._cell is not None and self._rows:
            self._rows[-1].append(schoongeveegd(self._cell))
            self._cell = None
        elif tag == "table" and self._rows is not None:
            self.tabellen[schoongeveegd(self._caption or [])] = self._rows
            self._rows = None

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            if tag in ONZICHTBAAR:
                self.inhoud[tag] = self.inhoud.get(tag, "") + data
                return
        self.stukken.append(data)
        if self._cell is not None:
            self._cell.append(data)
        elif self._open and "caption" in self._open and self._caption is not None:
            self._caption.append(data)

    @property
    def tekst(self) -> str:
        """Everything that is written on it, with single spaces."""
        return schoongeveegd(self.stukken)

    def alle(self, tag: str) -> list[dict[str, str | None]]:
        """Give the attributes of each element with this tag."""
        return [attributes for name, attributes in self.elementen if name == tag]

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [href for one in self.alle("a") if (href := one.get("href")) is not None]

    @property
    def ids(self) -> list[str]:
        """The ids on it."""
        return [found for _, one in self.elementen if (found := one.get("id")) is not None]

    def tabel(self, begin: str) -> list[list[str]]:
        """Give the rows of the one table whose caption begins like this, its header first."""
        (found,) = (rows for caption, rows in self.tabellen.items() if caption.startswith(begin))
        return found


def schoongeveegd(stukken: Any) -> str:
    return " ".join("".join(stukken).split())
