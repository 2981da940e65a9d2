"""Days as ordinals: a month later, and the study year."""

from datetime import date

import pytest

from bpvo_rules.simulate.dagen import als_dag, maand_later, ordinaal, studiejaar_begin


@pytest.mark.parametrize(
    ("dag", "later"),
    [
        (date(2018, 9, 14), date(2018, 10, 14)),
        (date(2018, 12, 31), date(2019, 1, 31)),
        (date(2018, 11, 5), date(2018, 12, 5)),
        (date(2018, 10, 31), date(2018, 11, 30)),
        (date(2019, 1, 28), date(2019, 2, 28)),
        (date(2019, 1, 29), date(2019, 2, 28)),
        (date(2020, 1, 31), date(2020, 2, 29)),
    ],
)
def test_a_month_later_has_the_same_number_or_is_the_last_day(dag: date, later: date) -> None:
    assert als_dag(maand_later(dag.toordinal())) == later


@pytest.mark.parametrize(
    ("dag", "jaar"), [(date(2018, 7, 31), 2017), (date(2018, 8, 1), 2018), (date(2019, 1, 1), 2018)]
)
def test_a_study_year_starts_on_the_first_of_august(dag: date, jaar: int) -> None:
    assert studiejaar_begin(dag.toordinal()) == jaar


def test_an_ordinal_is_made_from_and_into_a_date() -> None:
    assert als_dag(ordinaal(2018, 10, 1)) == date(2018, 10, 1)
