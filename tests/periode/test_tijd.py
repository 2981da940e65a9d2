"""The day in the Netherlands of a moment, whatever offset it is written with."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpvo_rules.periode import tijd
from bpvo_rules.periode.tijd import dag_van

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=ZONES))
def test_it_is_the_day_that_the_zone_gives(moment: datetime) -> None:
    """By the zone data that Python reads itself."""
    assert dag_van(moment) == moment.astimezone(AMSTERDAM).date()


@given(st.dates(date(2000, 1, 1), date(2035, 1, 1)), st.integers(-7300, 7300), ZONES)
def test_it_is_so_around_midnight(day: date, seconds: int, zone: timezone) -> None:
    """Two hours before and after midnight in UTC, where the day is decided."""
    moment = (datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=seconds)).astimezone(zone)

    assert dag_van(moment) == moment.astimezone(AMSTERDAM).date()


def test_summers_go_on_after_2037() -> None:
    """A file of zone data may end there; the rule that the last Sunday of March begins summer does not."""
    assert dag_van(datetime(2040, 7, 1, 22, 0, tzinfo=UTC)) == date(2040, 7, 2)


def test_a_machine_without_zone_data_of_its_own_goes_by_those_of_dateutil(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> ZoneInfo:
        raise ZoneInfoNotFoundError

    monkeypatch.setattr(tijd, "ZoneInfo", missing)
    zone = tijd._zone.__wrapped__()

    assert datetime(2018, 7, 1, 22, 0, tzinfo=UTC).astimezone(zone).date() == date(2018, 7, 2)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2018-10-01T21:59:59+00:00", "2018-10-01"),
        ("2018-10-01T22:00:00+00:00", "2018-10-02"),
        ("2018-12-01T22:59:59+00:00", "2018-12-01"),
        ("2018-12-01T23:00:00+00:00", "2018-12-02"),
        ("2018-10-02T00:00:00+02:00", "2018-10-02"),
        ("2018-12-02T00:30:00+02:00", "2018-12-01"),
        ("2018-10-01T23:30:00+01:00", "2018-10-02"),
    ],
)
def test_summer_is_two_hours_ahead_of_utc_and_winter_one(moment: str, day: str) -> None:
    assert dag_van(datetime.fromisoformat(moment)) == date.fromisoformat(day)
