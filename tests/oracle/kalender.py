"""A wall calendar: which days are werkdagen, and when a term ends. Written again, day by day."""

from datetime import date, timedelta

ONE_DAY = timedelta(days=1)

# Days equated with holidays by decree (Algemene termijnenwet, art. 3 lid 3).
GELIJKGESTELD = frozenset(
    date.fromisoformat(day)
    for day in (
        "2022-05-27",
        "2023-04-28",
        "2023-05-19",
        "2024-05-10",
        "2024-12-27",
        "2025-05-30",
        "2026-01-02",
        "2026-05-15",
        "2027-05-07",
        "2028-04-28",
        "2028-05-26",
    )
)


def easter_sunday(year: int) -> date:
    """Give Easter as the first Sunday after the paschal full moon (Gauss, with the Gregorian corrections)."""
    golden, century = year % 19, year // 100
    shift = (15 + century - century // 4 - (8 * century + 13) // 25) % 30
    moon = (19 * golden + shift) % 30
    if moon == 29 or (moon == 28 and golden > 10):
        moon -= 1
    full_moon = date(year, 3, 21) + timedelta(days=moon)
    day = full_moon + ONE_DAY
    while day.weekday() != 6:
        day += ONE_DAY
    return day


def is_werkdag(day: date) -> bool:
    """Monday to Friday, minus the days of art. 3, minus the days of a decree."""
    if day.weekday() in (5, 6) or day in GELIJKGESTELD:
        return False
    if (day.month, day.day) in ((1, 1), (5, 5), (12, 25), (12, 26)):
        return False
    if (day - easter_sunday(day.year)).days in (-2, 1, 39, 50):
        return False
    king = date(day.year, 4, 27 if day.year >= 2014 else 30)
    return day != (king - ONE_DAY if king.weekday() == 6 else king)


def after_werkdagen(day: date, number: int) -> date:
    """Give the number-th werkdag after a day."""
    while number:
        day += ONE_DAY
        if is_werkdag(day):
            number -= 1
    return day


def after_months(day: date, number: int) -> date:
    """Give the same day number some months later, or the last day of that month when it has no such day."""
    year, month = day.year, day.month
    for _ in range(number):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    number_of_day = day.day
    while True:
        try:
            return date(year, month, number_of_day)
        except ValueError:
            number_of_day -= 1
