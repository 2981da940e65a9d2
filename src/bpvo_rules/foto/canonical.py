"""Canonical JSON (RFC 8785) of what a foto holds: integers, texts, null, lists and objects; and its digest."""

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any, ClassVar, Final, final

from bpvo_rules.codes import Code

__all__ = ["Digest", "canonical", "digest_of", "parse_canonical"]

_LARGEST: Final = 2**53 - 1
"""Beyond this a reader that has only floating-point numbers would see another number (RFC 7493)."""


@final
class Digest(Code):
    """The SHA-256 of some bytes, written as ``sha256:`` and 64 hexadecimal digits."""

    __slots__ = ()
    SHAPE = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
    FORM: ClassVar[str] = "sha256: and 64 small hexadecimal digits"


def digest_of(data: bytes) -> Digest:
    """Give the digest of bytes."""
    return Digest(f"sha256:{hashlib.sha256(data).hexdigest()}")


def _utf_16(key: str) -> bytes:
    return key.encode("utf-16-be")


def _ordered(value: Any) -> Any:
    """Give the same value with the keys of its objects in order, by UTF-16 units; refuse what has no place in it."""
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("Keys of canonical JSON are texts.")
        return {key: _ordered(value[key]) for key in sorted(value, key=_utf_16)}
    if isinstance(value, list | tuple):
        return [_ordered(item) for item in value]
    if isinstance(value, str):
        # The plain text of an enumeration or code, whatever it says of itself.
        return str.__str__(value)
    if value is None or (type(value) is int and -_LARGEST <= value <= _LARGEST):
        return value
    raise ValueError("Canonical JSON holds only whole numbers up to 2**53, texts, null, lists and objects.")


def canonical(value: Any) -> bytes:
    """
    Give the one way to write a JSON value: RFC 8785, without fractions, true and false.

    Raises:
        ValueError: for a float, a boolean, a number of 2**53 or more, a key that is no text,
            or a text with half a character (a lone surrogate).

    """
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _object(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError("An object has the same key twice.")
        found[key] = value
    return found


def parse_canonical(data: bytes) -> Any:
    """
    Read canonical JSON.

    Raises:
        ValueError: when the bytes are no JSON, or not the one way to write what they say.

    """
    try:
        value = json.loads(data.decode(), object_pairs_hook=_object)
        same = canonical(value) == data
    except RecursionError:
        raise ValueError("The JSON is too deep.") from None
    if not same:
        raise ValueError("The JSON is not canonical.")
    return value
