"""Studiejaar: 1 August up to and including 31 July."""

from datetime import date

import pytest

from bpvo_rules.periode import Periode, Studiejaar


@pytest.mark.parametrize(
    ("dag", "beginjaar"),
    [
        ("2018-07-30", 2017),
        ("2018-07-31", 2017),
        ("2018-08-01", 2018),
        ("2018-08-02", 2018),
        ("2018-12-31", 2018),
        ("2019-01-01", 2018),
        ("2019-07-31", 2018),
        ("2019-08-01", 2019),
    ],
)
def test_the_study_year_turns_on_1_august(dag: str, beginjaar: int) -> None:
    """31 July is the last day of a study year, 1 August the first of the next."""
    assert Studiejaar.van(date.fromisoformat(dag)) == Studiejaar(beginjaar)


def test_its_days_and_its_name() -> None:
    jaar = Studiejaar(2018)

    assert jaar.periode == Periode(date(2018, 8, 1), date(2019, 7, 31))
    assert jaar.periode.dagen == 365
    assert Studiejaar(2019).periode.dagen == 366
    assert str(jaar) == "2018-2019"
    assert str(Studiejaar(2019)) == "2019-2020"
    assert jaar < Studiejaar(2019)


def test_every_day_is_in_the_period_of_its_own_study_year() -> None:
    """The days of three years in a row each lie in exactly the study year that they are given."""
    for ordinal in range(date(2017, 1, 1).toordinal(), date(2020, 1, 1).toordinal()):
        dag = date.fromordinal(ordinal)
        inside = [jaar for jaar in range(2015, 2022) if dag in Studiejaar(jaar).periode]

        assert inside == [Studiejaar.van(dag).beginjaar]
