"""
Cells: the text of one cell of a file, read into a value and written back.

How a cell looks follows from its ``Column`` alone, so that nothing about a
column is written twice. A cell never becomes a guessed value.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, final

import attrs

from bpvo_rules.codes import Brin, Code, Keuzedeelcode, LeerbedrijfId, Opleidingcode, Volgnummer
from bpvo_rules.errors import InvalidCodeError, InvalidRecordError
from bpvo_rules.model.fields import Column, Soort

__all__ = ["EERSTE_DAG", "CellCaches", "CellError", "Cells", "Texts"]

EERSTE_DAG = date(1900, 1, 1)
"""First day that a file can hold, inclusive: an earlier one is a filler such as 0001-01-01."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?"
_MOMENT = re.compile(rf"{_DAY.pattern}T{_CLOCK}(?P<offset>Z|[+-]{_CLOCK})?", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,18}", re.ASCII)

_FORMS: Mapping[type[Code], str] = {
    Brin: "2 cijfers en 2 hoofdletters",
    Opleidingcode: "5 cijfers",
    Keuzedeelcode: "een K en 4 cijfers",
    LeerbedrijfId: "9 cijfers, waarvan het eerste geen 0",
    Volgnummer: "1 tot en met 20 letters of cijfers",
}


class CellError(Exception):
    """
    A cell that cannot be read; it becomes an invoerfout and never leaves this layer.

    Attributes:
        reason: Why, in Dutch, without the value.

    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def _day(text: str) -> date:
    if _DAY.fullmatch(text) is None:
        raise CellError("geen datum in de vorm JJJJ-MM-DD")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CellError("deze datum bestaat niet") from None
    if day < EERSTE_DAG:
        raise CellError(f"deze datum ligt voor {EERSTE_DAG}")
    return day


def _moment(text: str) -> datetime:
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise CellError("geen tijdstip in de vorm JJJJ-MM-DDTuu:mm:ss+uu:mm")
    if match["offset"] is None:
        raise CellError("tijdstip zonder tijdzone (een afstand tot UTC, zoals +02:00)")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CellError("dit tijdstip bestaat niet") from None
    # The day in Europe/Amsterdam must exist too, so the outermost days fall away.
    if not EERSTE_DAG < moment.date() < date.max:
        raise CellError(f"dit tijdstip ligt niet tussen {EERSTE_DAG} en {date.max}")
    return moment


def _yes_no(text: str) -> bool:
    if text not in {"ja", "nee"}:
        raise CellError("onbekende waarde; verwacht: ja of nee")
    return text == "ja"


def _code(type_: type[Code]) -> Callable[[str], Code]:
    reason = f"heeft niet de vorm: {_FORMS.get(type_, type_.FORM)}"

    def read(text: str) -> Code:
        try:
            return type_(text)
        except InvalidCodeError:
            raise CellError(reason) from None

    return read


def _choice(type_: type[StrEnum]) -> Callable[[str], StrEnum]:
    words = {str(word): word for word in type_}
    reason = f"onbekende waarde; verwacht: {', '.join(words)}"

    def read(text: str) -> StrEnum:
        if text not in words:
            raise CellError(reason)
        return words[text]

    return read


def _whole(minimum: int | None, maximum: int | None) -> Callable[[str], int]:
    least = "" if minimum is None else f" van ten minste {minimum}"
    most = "" if maximum is None else f" en ten hoogste {maximum}"
    reason = f"geen geheel getal{least}{most}"

    def read(text: str) -> int:
        if _WHOLE.fullmatch(text) is None:
            raise CellError(reason)
        number = int(text)
        if (minimum is not None and number < minimum) or (maximum is not None and number > maximum):
            raise CellError(reason)
        return number

    return read


def _reader(column: Column) -> Callable[[str], Any]:
    readers: Mapping[Soort, Callable[[], Callable[[str], Any]]] = {
        Soort.CODE: lambda: _code(column.type),
        Soort.CHOICE: lambda: _choice(column.type),
        Soort.WHOLE: lambda: _whole(column.minimum, column.maximum),
        Soort.DAY: lambda: _day,
        Soort.MOMENT: lambda: _moment,
        Soort.YES_NO: lambda: _yes_no,
        Soort.TEXT: lambda: str,
    }
    return readers[column.soort]()


@final
class Cells(dict[str, Any]):
    """
    The value of each text that a column held so far; a new text is read once and kept.

    Keeping them makes rows share one object per value, and reading fast. An
    empty text is ``None``, unless the column is required.
    """

    def __init__(self, column: Column) -> None:
        super().__init__()
        self._read = _reader(column)
        if not column.required:
            self[""] = None

    def __missing__(self, text: str) -> Any:
        """
        Read a text that was not seen before.

        Raises:
            CellError: when it cannot be a value of the column.

        """
        if not text:
            raise CellError("verplichte cel is leeg")
        value = self[text] = self._read(text)
        return value


@final
class CellCaches:
    """The ``Cells`` of one run, shared by all columns that are of one kind."""

    def __init__(self) -> None:
        self._cells: dict[Column, Cells] = {}

    def cells(self, column: Column) -> Cells:
        """Give the cells of a column; columns of all tables that differ in nothing but being a key share them."""
        kind = attrs.evolve(column, key=False)
        if kind not in self._cells:
            self._cells[kind] = Cells(kind)
        return self._cells[kind]


@final
class Texts:
    """
    Writes the values of one column as texts that read back as the same values.

    Attributes:
        name: Name of the column, for messages.

    """

    def __init__(self, name: str, column: Column) -> None:
        self.name = name
        self._soort = column.soort
        self._read = _reader(column)
        self._texts: dict[Any, str] = {}

    def text(self, value: Any, written: str | None = None) -> str:
        """
        Give the text of a value; ``None`` is an empty text.

        Args:
            value: A value of the column.
            written: The text that it was read from, if that must be kept.

        Raises:
            InvalidRecordError: when no text would read back as this value, such
                as a day before 1900 or a text with a NUL.

        """
        if value is None:
            return ""
        if self._soort is Soort.MOMENT:
            # Equal moments may be written with different offsets, so they share no text.
            return self._checked(value, written or value.isoformat())
        known = self._texts.get(value)
        if known is None:
            known = self._texts[value] = self._checked(value, self._plain(value))
        return known

    def _plain(self, value: Any) -> str:
        match self._soort:
            case Soort.DAY:
                return str(value.isoformat())
            case Soort.YES_NO:
                return "ja" if value else "nee"
            case _:
                return str(value)

    def _checked(self, value: Any, text: str) -> str:
        try:
            text.encode()
            same = "\0" not in text and self._read(text) == value
        except (CellError, UnicodeEncodeError):
            same = False
        if not same:
            raise InvalidRecordError(self.name, "a value that a Ketendata file can hold")
        return text
