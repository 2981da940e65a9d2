"""Cells: values as a spreadsheet may read them, without running or rewriting any."""

import re
import unicodedata
from typing import Any, Final

__all__ = ["MARK", "guarded", "plain_cell"]

MARK: Final = "'"
"""Stands before a cell that a spreadsheet would not leave as it is; take one away to have the value back."""

# Fullwidth signs start a formula in some editions; compatibility forms are folded to these before they are looked at.
_FORMULA: Final = ("=", "+", "-", "@", "\N{MINUS SIGN}")

_MONTHS: Final = (
    "januari jan februari feb maart mrt mar april apr mei may juni jun juli jul augustus aug september sept sep"
    " oktober okt oct november nov december dec january february march june july august october"
).split()
# A whole number that stays as it is: no zero in front, and no more digits than a spreadsheet keeps.
_HARMLESS: Final = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
# What another number, a date, a time or an amount is made of: digits, perhaps with an exponent, signs, months and parts
# of the day. Each part is looked for by itself: one pattern for all of them would try a long text in many ways, and the
# quantifiers that forbid this do not match what they should in Python 3.11.2, which is that of Debian 12.
_PART: Final = re.compile(
    r"[0-9]+(?:e[+-]?[0-9]+)?"
    rf"|{'|'.join(sorted(_MONTHS, key=len, reverse=True))}"
    r"|[ .,:;/\\'\-+()%\u20ac$\u00a3]|(?<=[0-9 ])[ap]m?(?![a-z])"
)
_DIGIT: Final = re.compile("[0-9]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def _invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp"}


def _is_rewritten(text: str) -> bool:
    return _DIGIT.search(text) is not None and not _PART.sub("", text)


def guarded(text: str) -> str:
    """
    Give a text as a cell that a spreadsheet shows as it is.

    A :data:`MARK` comes before what it would run as a formula, also behind signs that cannot be seen; before what it
    would take for a number, date or time and so write in another way (``12345678901234e5`` would lose digits,
    ``1-2`` would become a day); and before a mark, so that taking one away always gives the value. Whole numbers
    of at most 15 digits that do not begin with a zero stay as they are.
    """
    if not text or _HARMLESS.fullmatch(text):
        return text
    folded = unicodedata.normalize("NFKC", text).lower()
    start = next((place for place, character in enumerate(folded) if not _invisible(character)), len(folded))
    seen = folded[start:].strip()
    hidden = _invisible(text[0]) or start > 0
    risky = hidden or seen.startswith((MARK, *_FORMULA)) or _is_rewritten(seen)
    return f"{MARK}{text}" if risky else text


def plain_cell(value: Any) -> str:
    """Give a value as a text that can be written: ``None`` is empty, half a surrogate pair a replacement mark."""
    return "" if value is None else _SURROGATE.sub("\ufffd", str(value))
