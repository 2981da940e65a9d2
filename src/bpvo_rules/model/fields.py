"""
Fields of the records: one function per kind of cell.

Each function makes an attrs field that refuses what cannot be such a cell at
all, and that carries in its metadata what a table of these records looks like.
The schema of a table is read from there, so that it is written only once.
"""

from datetime import date, datetime
from enum import Enum, StrEnum
from typing import Any, TypeVar

import attrs

from bpvo_rules.codes import Code
from bpvo_rules.errors import InvalidRecordError

C = TypeVar("C", bound=Code)
E = TypeVar("E", bound=StrEnum)

COLUMN = "bpvo_rules.column"


class Soort(Enum):
    """What kind of value a column holds, as readers and writers need to know it."""

    CODE = "code"
    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    WHOLE = "whole"
    CHOICE = "choice"
    YES_NO = "yes_no"


@attrs.frozen
class Column:
    """
    What a table says about one column.

    Attributes:
        soort: The kind of value.
        type: The type that a value must have or be made into.
        required: An empty cell makes the row unreadable.
        key: Part of the key of the table.
        identifying: May identify a person; the value stays out of every message.
        minimum: Smallest whole number that counts, inclusive; ``None`` for no bound.
        maximum: Largest whole number that counts, inclusive; ``None`` for no bound.

    """

    soort: Soort
    type: Any
    required: bool = False
    key: bool = False
    identifying: bool = False
    minimum: int | None = None
    maximum: int | None = None


def _field(column: Column, **options: Any) -> Any:
    if not column.required:
        options.setdefault("default", None)
    return attrs.field(metadata={COLUMN: column}, repr=not column.identifying, **options)


def code(type_: type[C], *, required: bool = False, key: bool = False) -> Any:
    """A code; a plain string of the right shape is made into one."""

    def convert(value: Any) -> Any:
        return value if value is None or type(value) is type_ else type_(value)

    def check(_: Any, field: "attrs.Attribute[Any]", value: Any) -> None:
        if value is None:
            raise InvalidRecordError(field.name, f"filled with {type_.FORM}")

    column = Column(Soort.CODE, type_, required=required, key=key)
    return _field(column, converter=convert, validator=check if required else None)


def text(*, required: bool = False, key: bool = False, identifying: bool = False) -> Any:
    """Free text, or a pseudonym when ``identifying``; an empty text is refused, ``None`` is empty."""

    def check(_: Any, field: "attrs.Attribute[Any]", value: Any) -> None:
        if value is None and not required:
            return
        if not isinstance(value, str) or not value:
            raise InvalidRecordError(field.name, "a text that is not empty")

    return _field(Column(Soort.TEXT, str, required=required, key=key, identifying=identifying), validator=check)


def day(*, required: bool = False, key: bool = False) -> Any:
    """A calendar day in the Netherlands; a moment with a clock is refused."""

    def check(_: Any, field: "attrs.Attribute[Any]", value: Any) -> None:
        if type(value) is not date and (value is not None or required):
            raise InvalidRecordError(field.name, "a datetime.date without a clock")

    return _field(Column(Soort.DAY, date, required=required, key=key), validator=check)


def moment(*, required: bool = False, key: bool = False) -> Any:
    """A moment with its offset from UTC."""

    def check(_: Any, field: "attrs.Attribute[Any]", value: Any) -> None:
        if value is None and not required:
            return
        if not isinstance(value, datetime) or value.utcoffset() is None:
            raise InvalidRecordError(field.name, "a datetime.datetime with an offset from UTC")

    return _field(Column(Soort.MOMENT, datetime, required=required, key=key), validator=check)


def whole(*, minimum: int, maximum: int | None = None, required: bool = False, key: bool = False) -> Any:
    """A whole number, both bounds inclusive."""
    bounds = f"a whole number of at least {minimum}" + ("" if maximum is None else f" and at most {maximum}")

    def check(_: Any, field: "attrs.Attribute[Any]", value: Any) -> None:
        if value is None and not required:
            return
        if type(value) is not int or value < minimum or (maximum is not None and value > maximum):
            raise InvalidRecordError(field.name, bounds)

    column = Column(Soort.WHOLE, int, required=required, key=key, minimum=minimum, maximum=maximum)
    return _field(column, validator=check)


def choice(type_: type[E], *, required: bool = False, key: bool = False) -> Any:
    """One of the words of an enumeration; the plain word is made into its member."""
    words = " or ".join(type_)

    def convert(value: Any) -> Any:
        if value is None or type(value) is type_:
            return value
        try:
            return type_(value)
        except ValueError:
            raise InvalidRecordError(type_.__name__, words) from None

    def check(_: Any, field: "attrs.Attribute[Any]", value: Any) -> None:
        if value is None:
            raise InvalidRecordError(field.name, words)

    column = Column(Soort.CHOICE, type_, required=required, key=key)
    return _field(column, converter=convert, validator=check if required else None)


def yes_no(*, required: bool = False) -> Any:
    """A boolean, written ``ja`` or ``nee``."""

    def check(_: Any, field: "attrs.Attribute[Any]", value: Any) -> None:
        if type(value) is not bool and (value is not None or required):
            raise InvalidRecordError(field.name, "True or False")

    return _field(Column(Soort.YES_NO, bool, required=required), validator=check)
