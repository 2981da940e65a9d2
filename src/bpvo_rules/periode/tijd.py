"""Moments, and the day and clock in the Netherlands that they fall on."""

from datetime import date, datetime, timedelta, tzinfo
from functools import cache

from dateutil import tz

__all__ = ["amsterdam", "dag_van"]


@cache
def _zone() -> tzinfo:
    found = tz.gettz("Europe/Amsterdam")
    if found is None:
        raise LookupError("This machine has no time zone data for Europe/Amsterdam; install the package tzdata.")
    return found


def amsterdam(tijdstip: datetime) -> datetime:
    """Give a moment as the clock in the Netherlands shows it."""
    return tijdstip.astimezone(_zone())


_DUTCH_OFFSETS = frozenset({timedelta(hours=1), timedelta(hours=2)})


def dag_van(tijdstip: datetime) -> date:
    """Give the calendar day in the Netherlands of a moment."""
    # The Netherlands are 1 or 2 hours ahead of UTC since 1946. A moment written with one of those
    # offsets is at most an hour off the Dutch clock, so only around midnight its day may differ.
    if 1 <= tijdstip.hour <= 22 and tijdstip.utcoffset() in _DUTCH_OFFSETS and tijdstip.year > 1946:
        return tijdstip.date()
    return amsterdam(tijdstip).date()
