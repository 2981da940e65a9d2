"""
Werkdagen: Monday to Friday without the days of art. 3 of the Algemene termijnenwet (Atw).

The calendar of the ``holidays`` package is the second opinion; each day on which
it differs is listed here with the reason.
"""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpvo_rules.periode import Werkkalender, feestdagen

YEARS = range(2010, 2036)

# Sundays that art. 3 lid 1 of the law counts as Sundays and does not name (`holidays` does).
EERSTE_PAASDAG = """
    2010-04-04 2011-04-24 2012-04-08 2013-03-31 2014-04-20 2015-04-05 2016-03-27 2017-04-16 2018-04-01
    2019-04-21 2020-04-12 2021-04-04 2022-04-17 2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28
    2028-04-16 2029-04-01 2030-04-21 2031-04-13 2032-03-28 2033-04-17 2034-04-09 2035-03-25
"""
EERSTE_PINKSTERDAG = """
    2010-05-23 2011-06-12 2012-05-27 2013-05-19 2014-06-08 2015-05-24 2016-05-15 2017-06-04 2018-05-20
    2019-06-09 2020-05-31 2021-05-23 2022-06-05 2023-05-28 2024-05-19 2025-06-08 2026-05-24 2027-05-16
    2028-06-04 2029-05-20 2030-06-09 2031-06-01 2032-05-16 2033-06-05 2034-05-28 2035-05-13
"""
# Art. 3 lid 1 names 5 May without exception; `holidays` counts it in the years of collective labour
# agreements (2010, 2015, ...), and when it is another holiday too (Hemelvaartsdag 2016).
VIJF_MEI = """
    2011-05-05 2012-05-05 2013-05-05 2014-05-05 2017-05-05 2018-05-05 2019-05-05 2021-05-05 2022-05-05
    2023-05-05 2024-05-05 2026-05-05 2027-05-05 2028-05-05 2029-05-05 2031-05-05 2032-05-05 2033-05-05 2034-05-05
"""


def days(text: str) -> set[date]:
    """Read days from a list in words."""
    return {date.fromisoformat(word) for word in text.split()}


def test_every_difference_with_the_holidays_package_is_known() -> None:
    """The package names two Sundays a year that need no naming, and leaves 5 May out in most years."""
    theirs = set(holidays.country_holidays("NL", years=YEARS))
    ours = {dag for year in YEARS for dag in feestdagen(year)}

    assert theirs - ours == days(EERSTE_PAASDAG) | days(EERSTE_PINKSTERDAG)
    assert ours - theirs == days(VIJF_MEI)
    assert {dag.weekday() for dag in theirs - ours} == {6}


def test_every_day_of_the_calendar_is_a_werkdag_for_both_or_explained() -> None:
    """On each of the 9,496 days both calendars agree, but for the fifth of May on a weekday."""
    theirs = holidays.country_holidays("NL", years=YEARS)
    kalender = Werkkalender()
    first, last = date(2010, 1, 1), date(2035, 12, 31)
    calendar = [first + timedelta(days=n) for n in range((last - first).days + 1)]

    different = {dag for dag in calendar if kalender.is_werkdag(dag) is not (dag.weekday() < 5 and dag not in theirs)}

    assert len(calendar) == 9496
    assert different == {dag for dag in days(VIJF_MEI) if dag.weekday() < 5}


def test_the_optional_fifth_of_may_of_the_package_is_ours_every_year() -> None:
    """With its optional days the package names the fifth of May every year, as the law does."""
    theirs = set(holidays.country_holidays("NL", years=YEARS, categories=("public", "optional")))

    assert {dag for year in YEARS for dag in feestdagen(year)} - theirs == set()


def test_a_year_of_the_law_by_hand() -> None:
    """The days of 2018, each from the text of art. 3 and the date of Easter (1 April)."""
    assert feestdagen(2018) == {
        date(2018, 1, 1),  # Nieuwjaarsdag
        date(2018, 3, 30),  # Goede Vrijdag
        date(2018, 4, 2),  # Tweede Paasdag
        date(2018, 4, 27),  # Koningsdag
        date(2018, 5, 5),  # 5 mei
        date(2018, 5, 10),  # Hemelvaartsdag
        date(2018, 5, 21),  # Tweede Pinksterdag
        date(2018, 12, 25),
        date(2018, 12, 26),
    }


@pytest.mark.parametrize(
    ("dag", "reason"),
    [
        ("2012-04-30", "Koninginnedag, a Monday"),
        ("2013-04-30", "Koninginnedag, the last one"),
        ("2006-04-29", "Koninginnedag, as 30 April 2006 is a Sunday"),
        ("2014-04-26", "the first Koningsdag, as 27 April 2014 is a Sunday"),
        ("2025-04-26", "Koningsdag, as 27 April 2025 is a Sunday"),
        ("2031-04-26", "Koningsdag, as 27 April 2031 is a Sunday"),
        ("2026-04-27", "Koningsdag, a Monday"),
    ],
)
def test_the_day_of_the_king_or_queen(dag: str, reason: str) -> None:
    """It is 27 April, before 2014 30 April, and the day before when that is a Sunday."""
    assert date.fromisoformat(dag) in feestdagen(int(dag[:4])), reason


@pytest.mark.parametrize(
    ("dag", "reason"),
    [
        ("2013-04-26", "before 2014 there is no Koningsdag"),
        ("2012-04-27", "before 2014 there is no Koningsdag"),
        ("2014-04-30", "from 2014 on there is no Koninginnedag"),
        ("2014-04-28", "a holiday on a Sunday moves back, never forward"),
        ("2025-04-28", "a holiday on a Sunday moves back, never forward"),
        ("2031-04-28", "a holiday on a Sunday moves back, never forward"),
        ("2018-12-24", "Christmas eve"),
        ("2018-12-31", "the last day of the year"),
        ("2018-05-11", "the Friday after Hemelvaartsdag, when no decree says so"),
        ("2019-05-03", "the Friday before 5 May"),
        ("2021-12-27", "Christmas in a weekend is not made up for"),
    ],
)
def test_days_that_remain_werkdagen(dag: str, reason: str) -> None:
    """Near a holiday is not a holiday."""
    assert Werkkalender().is_werkdag(date.fromisoformat(dag)), reason


@pytest.mark.parametrize(
    ("dag", "aantal", "last"),
    [
        # Christmas 2018: Tue 25 and Wed 26 December fall out, and 1 January 2019.
        ("2018-12-21", 1, "2018-12-24"),
        ("2018-12-24", 1, "2018-12-27"),
        ("2018-12-21", 3, "2018-12-28"),
        ("2018-12-21", 5, "2019-01-02"),
        ("2018-12-21", 10, "2019-01-09"),
        # Easter 2018: 30 March (Goede Vrijdag) and 2 April fall out.
        ("2018-03-29", 1, "2018-04-03"),
        ("2018-03-28", 2, "2018-04-03"),
        ("2018-03-26", 10, "2018-04-11"),
        # Koningsdag 2014 is Saturday 26 April: Monday 28 April counts.
        ("2014-04-25", 1, "2014-04-28"),
        ("2025-04-25", 1, "2025-04-28"),
        ("2031-04-25", 1, "2031-04-28"),
        # Koningsdag 2018 is Friday 27 April.
        ("2018-04-26", 1, "2018-04-30"),
        # Koninginnedag 2013 is Tuesday 30 April, and 26 April 2013 counts.
        ("2013-04-29", 1, "2013-05-01"),
        ("2013-04-25", 1, "2013-04-26"),
        # Hemelvaartsdag 2018 is Thursday 10 May; the Friday after it counts.
        ("2018-05-09", 1, "2018-05-11"),
        ("2018-05-09", 2, "2018-05-14"),
        # Tweede Pinksterdag 2018 is Monday 21 May.
        ("2018-05-18", 1, "2018-05-22"),
        # 5 May 2017 is a Friday; 2017 is no multiple of five and it falls out all the same.
        ("2017-05-04", 1, "2017-05-08"),
        # A weekend day as the start does not count and loses nothing.
        ("2018-10-05", 1, "2018-10-08"),
        ("2018-10-06", 1, "2018-10-08"),
        ("2018-10-07", 1, "2018-10-08"),
        ("2018-10-01", 10, "2018-10-15"),
        ("2018-10-01", 20, "2018-10-29"),
    ],
)
def test_terms_of_werkdagen_by_hand(dag: str, aantal: int, last: str) -> None:
    """The n-th werkdag after a day, counted on a wall calendar."""
    assert Werkkalender().na(date.fromisoformat(dag), aantal) == date.fromisoformat(last)


def test_a_decree_day_is_no_werkdag() -> None:
    """The government may equate a day with the holidays; such days are data on top of the law."""
    vrijdag_na_hemelvaart = date(2022, 5, 27)
    plain = Werkkalender()
    extended = plain.met([vrijdag_na_hemelvaart])

    assert plain.is_werkdag(vrijdag_na_hemelvaart)
    assert not extended.is_werkdag(vrijdag_na_hemelvaart)
    assert extended.na(date(2022, 5, 25), 1) == date(2022, 5, 30)
    assert plain.na(date(2022, 5, 25), 1) == vrijdag_na_hemelvaart
    assert extended.met([date(2023, 5, 19)]).gelijkgesteld == {vrijdag_na_hemelvaart, date(2023, 5, 19)}


@pytest.mark.parametrize("aantal", [0, -1])
def test_a_term_of_less_than_one_werkdag_is_refused(aantal: int) -> None:
    """The n-th werkdag after a day exists for n of at least 1."""
    with pytest.raises(ValueError, match="at least 1"):
        Werkkalender().na(date(2018, 10, 1), aantal)


@given(dag=st.dates(date(2000, 1, 1), date(2040, 12, 31)), aantal=st.integers(1, 30))
def test_the_last_day_of_a_term_is_a_werkdag_and_the_count_is_right(dag: date, aantal: int) -> None:
    """Between the start day and the n-th werkdag after it lie exactly n werkdagen, the last one included."""
    kalender = Werkkalender()
    last = kalender.na(dag, aantal)
    passed = [dag + timedelta(days=n) for n in range(1, (last - dag).days + 1)]

    assert kalender.is_werkdag(last)
    assert sum(map(kalender.is_werkdag, passed)) == aantal


def test_a_day_that_is_equated_twice_stays_equated() -> None:
    """2 October 2018 is a Tuesday; a caller may name a day that a decree named already."""
    tuesday = date(2018, 10, 2)

    assert Werkkalender().is_werkdag(tuesday)
    assert not Werkkalender().met([tuesday]).met([tuesday]).is_werkdag(tuesday)
