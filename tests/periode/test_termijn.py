"""Terms: the last day on which something is in time."""

from datetime import date, timedelta

import pytest

from bpvo_rules.periode import Eenheid, Werkkalender, add_term

KALENDER = Werkkalender()


@pytest.mark.parametrize(
    ("start", "aantal", "last"),
    [
        ("2018-10-01", 0, "2018-10-01"),
        ("2018-10-01", 7, "2018-10-08"),
        ("2018-12-25", 7, "2019-01-01"),
        ("2018-02-22", 7, "2018-03-01"),
        ("2016-02-22", 7, "2016-02-29"),
        ("2018-10-01", 14, "2018-10-15"),
    ],
)
def test_days_count_from_the_day_after_the_start(start: str, aantal: int, last: str) -> None:
    """Day 1 of a term is the day after its start; a term of 0 days ends on the start day."""
    assert add_term(date.fromisoformat(start), aantal, Eenheid.DAGEN, KALENDER) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("start", "aantal", "last"),
    [
        ("2018-10-01", 0, "2018-10-01"),
        ("2018-10-01", 1, "2018-11-01"),
        ("2018-01-28", 1, "2018-02-28"),
        ("2018-01-29", 1, "2018-02-28"),
        ("2018-01-30", 1, "2018-02-28"),
        ("2018-01-31", 1, "2018-02-28"),
        ("2016-01-30", 1, "2016-02-29"),
        ("2016-01-31", 1, "2016-02-29"),
        ("2018-02-28", 1, "2018-03-28"),
        ("2018-03-31", 1, "2018-04-30"),
        ("2018-12-31", 1, "2019-01-31"),
        ("2018-12-31", 2, "2019-02-28"),
        ("2016-02-29", 12, "2017-02-28"),
    ],
)
def test_a_month_later_is_the_same_day_number_or_the_last_day(start: str, aantal: int, last: str) -> None:
    """When the month has no such day, the term ends on its last day; it never runs into the next month."""
    assert add_term(date.fromisoformat(start), aantal, Eenheid.MAANDEN, KALENDER) == date.fromisoformat(last)


def test_werkdagen_follow_the_calendar_that_is_given() -> None:
    """A decree day in the calendar makes a term of werkdagen one day longer."""
    start = date(2018, 10, 1)

    assert add_term(start, 10, Eenheid.WERKDAGEN, KALENDER) == date(2018, 10, 15)
    assert add_term(start, 10, Eenheid.WERKDAGEN, KALENDER.met([date(2018, 10, 2)])) == date(2018, 10, 16)


@pytest.mark.parametrize("eenheid", [Eenheid.DAGEN, Eenheid.MAANDEN, Eenheid.WERKDAGEN])
def test_a_term_past_the_end_of_the_calendar_ends_on_its_last_day(eenheid: Eenheid) -> None:
    """A nonsense date in the data must not stop the run."""
    assert add_term(date.max, 7, eenheid, KALENDER) == date.max
    assert add_term(date.max - timedelta(days=3), 10, eenheid, KALENDER) == date.max


def test_a_term_may_end_exactly_on_the_last_day_of_the_calendar() -> None:
    assert add_term(date(9999, 12, 24), 7, Eenheid.DAGEN, KALENDER) == date.max
    assert add_term(date(9999, 12, 23), 7, Eenheid.DAGEN, KALENDER) == date(9999, 12, 30)
    assert add_term(date(9999, 11, 30), 1, Eenheid.MAANDEN, KALENDER) == date(9999, 12, 30)


@pytest.mark.parametrize("eenheid", [Eenheid.UREN_PER_WEEK, Eenheid.MILLISECONDEN, Eenheid.VENSTER])
def test_what_is_not_time_from_a_day_on_is_refused(eenheid: Eenheid) -> None:
    with pytest.raises(ValueError, match="not a unit of time"):
        add_term(date(2018, 10, 1), 1, eenheid, KALENDER)


def test_fewer_than_one_werkdag_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        add_term(date(2018, 10, 1), 0, Eenheid.WERKDAGEN, KALENDER)


def test_werkdagen_are_counted_until_the_year_4000() -> None:
    """The date of Easter is not defined for ever. 31 December 3999 is a Friday, as in 1999, and 3 January a Monday."""
    assert add_term(date(3999, 12, 31), 1, Eenheid.WERKDAGEN, KALENDER) == date(4000, 1, 3)
    assert add_term(date(4000, 1, 1), 1, Eenheid.WERKDAGEN, KALENDER) == date.max
