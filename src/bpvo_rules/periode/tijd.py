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


_WINTER, _SUMMER = timedelta(hours=1), timedelta(hours=2)
_DUTCH_OFFSETS = frozenset({_WINTER, _SUMMER})


def dag_van(tijdstip: datetime) -> date:
    """Give the calendar day in the Netherlands of a moment."""
    # The Netherlands are 1 or 2 hours ahead of UTC since 1946, so that the zone need only be asked, which takes ten
    # times as long, where these differ in their day. A moment written with one of them shows that by its hour.
    offset = tijdstip.utcoffset()
    if offset is None or not 1946 < tijdstip.year < 9999:
        return amsterdam(tijdstip).date()
    if 1 <= tijdstip.hour <= 22 and offset in _DUTCH_OFFSETS:
        return tijdstip.date()
    utc = tijdstip.replace(tzinfo=None) - offset
    dag = (utc + _WINTER).date()
    return dag if dag == (utc + _SUMMER).date() else amsterdam(tijdstip).date()
