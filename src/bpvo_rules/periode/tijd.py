"""Moments, and the day and clock in the Netherlands that they fall on."""

from datetime import date, datetime, tzinfo
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


def dag_van(tijdstip: datetime) -> date:
    """Give the calendar day in the Netherlands of a moment."""
    return amsterdam(tijdstip).date()
