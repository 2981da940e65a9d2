"""Days as ordinals: whole numbers that are quick to count with, and made into dates at the end."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

__all__ = ["als_dag", "maand_later", "ordinaal", "studiejaar_begin"]

als_dag: Callable[[int], date] = lru_cache(maxsize=1 << 15)(date.fromordinal)
"""Give the date of an ordinal; equal days share one object, which keeps large chains small."""


def ordinaal(jaar: int, maand: int, dag: int) -> int:
    """Give the ordinal of a date."""
    return date(jaar, maand, dag).toordinal()


def maand_later(dag: int) -> int:
    """Give the same day number a month later, or the last day of that month when it does not exist."""
    start = als_dag(dag)
    jaar, maand = (start.year + 1, 1) if start.month == 12 else (start.year, start.month + 1)
    after = date(jaar + 1, 1, 1) if maand == 12 else date(jaar, maand + 1, 1)
    return min(date(jaar, maand, 1).toordinal() + start.day - 1, after.toordinal() - 1)


def studiejaar_begin(dag: int) -> int:
    """Give the calendar year in which the study year (1 August - 31 July) of a day starts."""
    start = als_dag(dag)
    return start.year if start.month >= 8 else start.year - 1
