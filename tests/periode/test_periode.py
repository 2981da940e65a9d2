"""Periode: a closed run of days."""

from datetime import date, timedelta

import pytest

from bpvo_rules.errors import InvalidRecordError
from bpvo_rules.periode import Periode

EEN_WEEK = Periode(date(2018, 10, 1), date(2018, 10, 7))


@pytest.mark.parametrize(
    ("dag", "inside"),
    [
        (date(2018, 9, 30), False),
        (date(2018, 10, 1), True),
        (date(2018, 10, 2), True),
        (date(2018, 10, 6), True),
        (date(2018, 10, 7), True),
        (date(2018, 10, 8), False),
    ],
)
def test_both_ends_are_inside(dag: date, *, inside: bool) -> None:
    """The first and the last day of a period count, the day before and the day after do not."""
    assert (dag in EEN_WEEK) is inside


@pytest.mark.parametrize(
    ("van", "tot_en_met", "shared"),
    [
        (date(2018, 9, 20), date(2018, 9, 30), False),
        (date(2018, 9, 20), date(2018, 10, 1), True),
        (date(2018, 10, 3), date(2018, 10, 4), True),
        (date(2018, 9, 20), date(2018, 11, 1), True),
        (date(2018, 10, 7), date(2018, 10, 9), True),
        (date(2018, 10, 8), date(2018, 10, 9), False),
    ],
)
def test_periods_overlap_when_they_share_a_day(van: date, tot_en_met: date, *, shared: bool) -> None:
    """One shared day is an overlap; touching ends are none; the question is symmetric."""
    other = Periode(van, tot_en_met)

    assert EEN_WEEK.overlaps(other) is shared
    assert other.overlaps(EEN_WEEK) is shared


@pytest.mark.parametrize(
    ("van", "tot_en_met", "dagen"),
    [
        (date(2018, 10, 1), date(2018, 10, 1), 1),
        (date(2018, 10, 1), date(2018, 10, 7), 7),
        (date(2016, 2, 28), date(2016, 3, 1), 3),
        (date(2017, 2, 28), date(2017, 3, 1), 2),
        (date(2017, 8, 1), date(2018, 7, 31), 365),
    ],
)
def test_both_ends_are_counted(van: date, tot_en_met: date, dagen: int) -> None:
    assert Periode(van, tot_en_met).dagen == dagen


def test_a_period_of_one_day_is_allowed_and_a_reversed_one_is_refused() -> None:
    """A last day before the first is no period at all."""
    dag = date(2018, 10, 1)
    assert Periode(dag, dag).dagen == 1

    with pytest.raises(InvalidRecordError, match="tot_en_met"):
        Periode(dag, dag - timedelta(days=1))


def test_a_period_without_a_known_end_contains_every_later_day() -> None:
    assert date.max in Periode(date(2018, 10, 1))
    assert date(2018, 9, 30) not in Periode(date(2018, 10, 1))


def test_a_run_is_written_with_its_last_day_when_that_is_known() -> None:
    """As ISO 8601 writes an interval; a run without a known end has nothing after the slash."""
    closed, open_ = Periode(date(2018, 8, 1), date(2019, 7, 31)), Periode(date(2018, 8, 1))

    assert (str(closed), closed.has_end) == ("2018-08-01/2019-07-31", True)
    assert (str(open_), open_.has_end) == ("2018-08-01/", False)


def test_a_run_of_all_days_has_as_many_as_there_are() -> None:
    """31 December 9999 is day 3,652,059 of the calendar of Python, 1 January of the year 1 its first."""
    assert Periode(date(1, 1, 1)).dagen == 3_652_059


def test_runs_sort_by_their_first_day_and_then_by_their_last() -> None:
    first, longer, later = (
        Periode(date(2018, 10, 1), date(2018, 10, 7)),
        Periode(date(2018, 10, 1), date(2018, 10, 8)),
        Periode(date(2018, 10, 2), date(2018, 10, 2)),
    )

    assert sorted([later, longer, first]) == [first, longer, later]
