"""Moments, and the day and clock in the Netherlands that they fall on."""

from datetime import date, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil import tz

__all__ = ["amsterdam", "dag_van"]


@cache
def _zone() -> tzinfo:
    try:
        # Much faster than that of dateutil, which moreover knows no summer after 2037.
        return ZoneInfo("Europe/Amsterdam")
    except ZoneInfoNotFoundError:
        # A machine without time zone data, such as one with Windows: dateutil brings its own.
        found = tz.gettz("Europe/Amsterdam")
    if found is None:
        raise LookupError("This machine has no time zone data for Europe/Amsterdam; install the package tzdata.")
    return found


def amsterdam(tijdstip: datetime) -> datetime:
    """Give a moment as the clock in the Netherlands shows it."""
    return tijdstip.astimezone(_zone())


def dag_van(tijdstip: datetime) -> date:
    """Give the calendar day in the Netherlands of a moment."""
    return tijdstip.astimezone(_zone()).date()
