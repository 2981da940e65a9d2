"""
What every declaration must be.

Each check says of what, which attribute and what to do, because a mistake that is seen where it is made is mended at
once; one that comes up while somebody judges is not.
"""

import re
import string
from collections.abc import Collection
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from bpvo_rules.errors import DeclarationError
from bpvo_rules.rules.text import Text

__all__ = [
    "check_days",
    "check_melding",
    "check_name",
    "check_plain",
    "check_signaalcode",
    "check_text",
    "check_tuple",
    "check_type",
    "is_day",
    "is_number",
]

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_SIGNAALCODE: Final = re.compile(r"[A-Z][0-9]{2}", re.ASCII)
_PLACEHOLDER: Final = "a fact is named as {name}, and a brace itself is doubled: {{ or }}"


def is_day(value: object) -> bool:
    """Say whether a value is a day; a moment is not, though Python takes it for one."""
    return isinstance(value, date) and not isinstance(value, datetime)


def is_number(value: object) -> bool:
    """Say whether a value is a whole number; a boolean is not, though Python takes it for one."""
    return isinstance(value, int) and not isinstance(value, bool)


def check_name(of: str, attribute: str, value: object) -> None:
    """Hold a code, a name or an id to the shape that columns of frames, files and the command line can carry."""
    if not isinstance(value, str) or _NAME.fullmatch(value) is None:
        raise DeclarationError(
            f"{of}: {attribute} must be of lowercase letters, digits and _, and begin with a letter: eigen_regel."
        )


def check_signaalcode(of: str, value: object) -> None:
    """Hold a signaalcode to three characters that can be none of DUO, which are numbers."""
    if not isinstance(value, str) or _SIGNAALCODE.fullmatch(value) is None:
        raise DeclarationError(f"{of}: signaalcode must be a capital and two digits, such as X01.")


def check_type(of: str, attribute: str, value: object, type_: type[Any]) -> None:
    """Hold a value to its type; a text that reads like one of an enumeration is not one."""
    if isinstance(value, type_):
        return
    members = f": {type_.__name__}.{', .'.join(map(str, type_.__members__))}" if issubclass(type_, Enum) else ""
    raise DeclarationError(f"{of}: {attribute} must be of type {type_.__name__}{members}.")


def check_tuple(of: str, attribute: str, value: object, type_: type[Any], *, least: int = 0) -> None:
    """Hold a value to a tuple of one type; one thing by itself is not a tuple."""
    if not isinstance(value, tuple) or not all(isinstance(item, type_) for item in value):
        raise DeclarationError(f"{of}: {attribute} must be a tuple of {type_.__name__}; one by itself is (it,).")
    if len(value) < least:
        raise DeclarationError(f"{of}: {attribute} is empty; give at least {least} {type_.__name__}.")


def check_text(of: str, attribute: str, value: object) -> None:
    """Hold a value to a text that says something in both languages."""
    if not isinstance(value, Text):
        raise DeclarationError(f"{of}: {attribute} must be a Text: Text(in Dutch, in English).")
    for lang, said in (("nl", value.nl), ("en", value.en)):
        if not isinstance(said, str) or not said.strip():
            raise DeclarationError(f"{of}: {attribute}.{lang} is empty; say it in Dutch and in English.")


def check_plain(of: str, attribute: str, value: Text) -> None:
    """Hold a value to a text that is shown as it is, so that a placeholder in it would be shown too."""
    check_text(of, attribute, value)
    for lang, said in (("nl", value.nl), ("en", value.en)):
        if "{" in said or "}" in said:
            raise DeclarationError(
                f"{of}: {attribute}.{lang} has a brace, but only the text of a melding can name facts; leave it out."
            )


def check_melding(of: str, value: Text, shown: Collection[str]) -> None:
    """Hold a text to placeholders that can be filled: plain names, of what the melding shows."""
    check_text(of, "melding", value)
    for lang, said in (("nl", value.nl), ("en", value.en)):
        try:
            fields = [field for field in string.Formatter().parse(said) if field[1] is not None]
        except ValueError:
            raise DeclarationError(f"{of}: melding.{lang} has a brace by itself; {_PLACEHOLDER}.") from None
        for _, name, spec, conversion in fields:
            if name is None or spec or conversion or _NAME.fullmatch(name) is None:
                raise DeclarationError(f"{of}: melding.{lang} has a placeholder of another form; {_PLACEHOLDER}.")
            if name not in shown:
                raise DeclarationError(
                    f"{of}: melding.{lang} names {{{name}}}, which a melding does not show; put that fact in evidence."
                    f" It shows: {', '.join(sorted(shown)) or 'nothing'}."
                )


def check_days(of: str, first: tuple[str, object], last: tuple[str, object]) -> None:
    """Hold two bounds to days, the first not after the last; ``None`` is an open bound."""
    for attribute, value in (first, last):
        if value is not None and not is_day(value):
            raise DeclarationError(f"{of}: {attribute} must be a date, or None for an open bound.")
    if isinstance(first[1], date) and isinstance(last[1], date) and first[1] > last[1]:
        raise DeclarationError(f"{of}: {first[0]} lies after {last[0]}, so that no day is in between; turn them round.")
