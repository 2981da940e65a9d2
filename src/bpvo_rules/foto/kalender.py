"""When fotos are taken: the moments of a year."""

from datetime import date
from typing import Final, final

import attrs
from dateutil.relativedelta import relativedelta

__all__ = ["FOTOKALENDER", "Fotokalender", "parts"]


def _sorted_days(_: object, __: object, value: tuple[tuple[int, int], ...]) -> None:
    # A leap year has every day of a month, and 29 February is no moment of every year.
    for month, day in value:
        date(2000, month, day)
    if not value or (2, 29) in value or list(value) != sorted(set(value)):
        raise ValueError("The moments of a fotokalender are days of every year, each once and in order.")


@final
@attrs.frozen
class Fotokalender:
    """
    The days of a year on which fotos are taken.

    Attributes:
        momenten: Month and day of each, in the order of the year; at least one.

    Raises:
        ValueError: for days that do not exist every year, are there twice or are not in order.

    """

    momenten: tuple[tuple[int, int], ...] = attrs.field(validator=_sorted_days)

    def between(self, na: date, tot: date) -> tuple[date, ...]:
        """Give the moments after a day and before another, neither inclusive, in order."""
        days = (date(year, *one) for year in range(na.year, tot.year + 1) for one in self.momenten)
        return tuple(day for day in days if na < day < tot)

    def year_to(self, peildatum: date) -> tuple[date, ...]:
        """
        Give the fotos of the year up to and including a moment, in order.

        Raises:
            ValueError: when the day is no moment of this calendar.

        """
        if (peildatum.month, peildatum.day) not in self.momenten:
            raise ValueError(f"{peildatum} is no moment of this fotokalender.")
        return (*self.between(peildatum - relativedelta(years=1), peildatum), peildatum)


FOTOKALENDER: Final = Fotokalender(((1, 1), (4, 1), (7, 1), (10, 1)))
"""Four times a year, a quarter apart: an assumption, no source names the days."""

_QUARTERS: Final = 4


def parts(peildatum: date, kalender: Fotokalender | None) -> tuple[date, ...]:
    """
    Give the days after which the parts of a window start: the window itself, and what is left of it at each moment.

    Args:
        peildatum: The last day of the window, a rolling year.
        kalender: When other fotos are taken; ``None``: every three months from this day, back and on.

    """
    na = peildatum - relativedelta(years=1)
    if kalender is not None:
        return na, *kalender.between(na, peildatum)
    return na, *(peildatum - relativedelta(months=3 * (_QUARTERS - at)) for at in range(1, _QUARTERS))
