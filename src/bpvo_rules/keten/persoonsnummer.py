"""Persoonsnummers: telling real ones from pseudonyms, and making pseudonyms of them."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from typing import final

__all__ = ["Pseudonyms", "are_persoonsnummers"]

_NUMBER = re.compile(r"[0-9]{9}", re.ASCII)
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_FEWEST = 5


def _passes(text: str) -> bool:
    """Say whether 9 digits pass the 11-proef of a BSN, or the test of an onderwijsnummer (10 in front, remainder 5)."""
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=True)) % 11
    return remainder == 0 or (remainder == 5 and text.startswith("10"))


def are_persoonsnummers(values: Iterable[str], *, among: int | None = None) -> bool:
    """
    Say whether the values of a column seem to be BSNs or onderwijsnummers instead of pseudonyms.

    That is so when at least 5 distinct values are 9 digits, and more than half
    of all distinct values pass the test of a BSN or an onderwijsnummer. One in
    eleven numbers passes by chance, so pseudonyms of 9 digits are no problem.

    Args:
        values: The values, or only those of 9 digits.
        among: Number of distinct values that there are, when only some are given.

    """
    distinct = set(values)
    numbers = [value for value in distinct if _NUMBER.fullmatch(value)]
    return len(numbers) >= _FEWEST and 2 * sum(map(_passes, numbers)) > (len(distinct) if among is None else among)


@final
class Pseudonyms:
    """
    Keyed pseudonyms: 32 hexadecimal digits of HMAC-SHA-256, the same for the same number and key.

    A BSN and an onderwijsnummer of the same digits are two numbers, so they get two pseudonyms.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._known: dict[tuple[str, str], str] = {}

    def pseudonym(self, kind: str, number: str) -> str:
        """Give the pseudonym of a number of a kind (``bsn`` or ``onderwijsnummer``)."""
        known = self._known.get((kind, number))
        if known is None:
            digest = hmac.new(self._key, f"{kind}:{number}".encode(), hashlib.sha256).hexdigest()
            known = self._known[kind, number] = digest[:32]
        return known
