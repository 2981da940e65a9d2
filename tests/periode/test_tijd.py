"""The day in the Netherlands on which a moment falls: 1 hour ahead of UTC in winter, 2 in summer."""

from datetime import date, datetime

import pytest

from bpvo_rules.periode.tijd import amsterdam, dag_van


@pytest.mark.parametrize(
    ("tijdstip", "dag"),
    [
        # Written by the Dutch clock, the day is the one that is written.
        ("2018-07-01T00:00:00+02:00", "2018-07-01"),
        ("2018-07-01T23:59:59+02:00", "2018-07-01"),
        ("2018-01-01T00:00:00+01:00", "2018-01-01"),
        ("2018-01-01T23:59:59+01:00", "2018-01-01"),
        # Written by the clock of winter in summer, it is an hour later there.
        ("2018-07-01T22:59:59+01:00", "2018-07-01"),
        ("2018-07-01T23:00:00+01:00", "2018-07-02"),
        # Written by the clock of summer in winter, it is an hour earlier.
        ("2018-01-02T00:59:59+02:00", "2018-01-01"),
        ("2018-01-02T01:00:00+02:00", "2018-01-02"),
        # By other clocks.
        ("2018-07-01T21:59:59+00:00", "2018-07-01"),
        ("2018-07-01T22:00:00+00:00", "2018-07-02"),
        ("2018-01-01T22:59:59+00:00", "2018-01-01"),
        ("2018-01-01T23:00:00+00:00", "2018-01-02"),
        ("2018-01-02T01:59:59+03:00", "2018-01-01"),
        ("2018-01-02T02:00:00+03:00", "2018-01-02"),
        ("2018-07-01T12:00:00-11:00", "2018-07-02"),
        # In 1930 the Dutch clock was some 20 minutes ahead of UTC.
        ("1930-01-01T01:30:00+02:00", "1929-12-31"),
        ("1930-01-01T02:30:00+02:00", "1930-01-01"),
    ],
)
def test_the_day_of_a_moment_is_that_of_the_dutch_clock(tijdstip: str, dag: str) -> None:
    moment = datetime.fromisoformat(tijdstip)

    assert dag_van(moment) == date.fromisoformat(dag)
    assert amsterdam(moment).date() == date.fromisoformat(dag)
    assert amsterdam(moment) == moment
