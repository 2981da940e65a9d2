"""Venster: the hours of the week in which a service should be there."""

import re
from datetime import datetime, time
from typing import final

import attrs

from bpvo_rules.errors import NormError
from bpvo_rules.periode.tijd import amsterdam

__all__ = ["ALTIJD", "Venster"]

_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_PART = re.compile(r"(?P<eerste>[a-z]{2})(?:-(?P<laatste>[a-z]{2}))? (?P<van>\d\d:\d\d)-(?P<tot>\d\d:\d\d)")


@final
@attrs.frozen
class Venster:
    """
    Runs of hours per day of the week, by the clock in the Netherlands; no parts means always.

    Attributes:
        parts: Day of the week (0 is Monday), first minute inclusive, last minute
            exclusive, both in minutes from midnight (1440 is the end of the day).

    """

    parts: tuple[tuple[int, int, int], ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Venster":
        """
        Read a window such as ``ma-vr 08:00-18:00, za 09:00-13:00``, or ``altijd``.

        Raises:
            NormError: when the text is no window.

        """
        if text.strip().lower() in {"altijd", "always"}:
            return cls()
        parts = []
        for piece in text.lower().split(","):
            found = _PART.fullmatch(piece.strip())
            if found is None or {found["eerste"], found["laatste"] or "ma"} - set(_DAYS):
                raise NormError("A venster is written as 'altijd' or as 'ma-vr 08:00-18:00, za 09:00-13:00'.")
            first, last = _DAYS.index(found["eerste"]), _DAYS.index(found["laatste"] or found["eerste"])
            van, tot = _minutes(found["van"]), _minutes(found["tot"])
            if last < first or tot <= van:
                raise NormError("In a venster days and hours run from early to late; 24:00 is the end of a day.")
            parts += [(day, van, tot) for day in range(first, last + 1)]
        return cls(tuple(sorted(parts)))

    def __contains__(self, tijdstip: datetime) -> bool:
        if not self.parts:
            return True
        here = amsterdam(tijdstip)
        minute = here.hour * 60 + here.minute
        return any(day == here.weekday() and van <= minute < tot for day, van, tot in self.parts)

    def __str__(self) -> str:
        if not self.parts:
            return "altijd"
        return ", ".join(f"{_DAYS[d]} {v // 60:02}:{v % 60:02}-{t // 60:02}:{t % 60:02}" for d, v, t in self.parts)


def _minutes(text: str) -> int:
    if text == "24:00":
        return 24 * 60
    try:
        moment = time.fromisoformat(text)
    except ValueError:
        raise NormError("In a venster hours run from 00:00 to 24:00.") from None
    return moment.hour * 60 + moment.minute


ALTIJD = Venster()
"""The only stated ambition: every hour of every day."""
