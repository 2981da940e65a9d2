"""Termijn: how long something may take, counted from the day on which it starts."""

from datetime import date, timedelta
from enum import StrEnum
from typing import final

from dateutil.relativedelta import relativedelta

from bpvo_rules.periode.werkdagen import Werkkalender

__all__ = ["Eenheid", "add_term"]


@final
class Eenheid(StrEnum):
    """
    Unit of a norm.

    The first three are terms: days of the calendar, months (the same day
    number, or the last day of the month when that day does not exist) and
    werkdagen. The others measure something else than time from a day on.
    """

    DAGEN = "dagen"
    MAANDEN = "maanden"
    WERKDAGEN = "werkdagen"
    UREN_PER_WEEK = "uren per week"
    MILLISECONDEN = "ms"
    VENSTER = "venster"


def add_term(start: date, aantal: int, eenheid: Eenheid, kalender: Werkkalender) -> date:
    """
    Give the last day on which something that must happen within a term is in time.

    The start day itself does not count; a term of 0 days or months ends on it.
    A term that would run past the end of the calendar ends on ``date.max``.

    Args:
        start: The day on which the term starts.
        aantal: How many units it lasts; at least 1 for werkdagen.
        eenheid: Days, months or werkdagen.
        kalender: Says which days are werkdagen; not asked for the other units.

    Raises:
        ValueError: for a unit that is no term, or fewer than 1 werkdagen.

    """
    try:
        match eenheid:
            case Eenheid.DAGEN:
                return start + timedelta(days=aantal)
            case Eenheid.MAANDEN:
                return start + relativedelta(months=aantal)
    except (OverflowError, ValueError):
        return date.max
    if eenheid is not Eenheid.WERKDAGEN:
        raise ValueError(f"{eenheid} is not a unit of time from a day on")
    # The date of Easter is not defined after 4099, and no term reaches that far.
    return kalender.na(start, aantal) if start.year < 4000 else date.max
