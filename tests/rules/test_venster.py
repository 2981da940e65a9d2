"""A Venster: hours of the week by the clock in the Netherlands, also on the nights on which that clock is moved."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpvo_rules.errors import NormError
from bpvo_rules.rules import ALTIJD, Venster

UTC = timezone.utc  # noqa: UP017 - beside other offsets this reads best
KANTOOR = Venster.parse("ma-vr 08:00-18:00, za 09:00-13:00")


@pytest.mark.parametrize("text", ["altijd", "ALTIJD", " altijd ", "always"])
def test_always_has_no_parts(text: str) -> None:
    assert Venster.parse(text) == ALTIJD == Venster()
    assert str(Venster.parse(text)) == "altijd"


def test_days_and_hours_are_read() -> None:
    """0 is Monday; minutes from midnight, the first inclusive and the last exclusive."""
    assert Venster.parse("di 00:00-24:00").parts == ((1, 0, 1440),)
    assert Venster.parse("Vr-Zo 08:30-09:00").parts == ((4, 510, 540), (5, 510, 540), (6, 510, 540))
    assert Venster.parse("za 09:00-13:00,ma 08:00-18:00").parts == ((0, 480, 1080), (5, 540, 780))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ma",
        "08:00-18:00",
        "maandag 08:00-18:00",
        "ma-vr 8:00-18:00",
        "ma-vr 08.00-18.00",
        "xx 08:00-18:00",
        "ma-xx 08:00-18:00",
        "vr-ma 08:00-18:00",
        "ma 18:00-08:00",
        "ma 08:00-08:00",
        "ma 08:60-18:00",
        "ma 08:00-24:01",
        "ma 25:00-26:00",
        "ma 24:00-24:00",
        "ma 08:00-18:00,",
        "ma 08:00-18:00; di 08:00-18:00",
        "nooit",
    ],
)
def test_what_is_no_window_is_refused(text: str) -> None:
    with pytest.raises(NormError):
        Venster.parse(text)


@st.composite
def vensters(draw: st.DrawFn) -> Venster:
    """Draw windows of a few runs of hours."""
    parts = draw(
        st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440)).filter(lambda p: p[1] < p[2]))
    )
    return Venster(tuple(sorted(parts)))


@given(venster=vensters())
def test_what_is_written_is_read_back(venster: Venster) -> None:
    assert Venster.parse(str(venster)) == venster


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        ("2018-10-01T07:59:59+02:00", False),
        ("2018-10-01T08:00:00+02:00", True),
        ("2018-10-01T17:59:59+02:00", True),
        ("2018-10-01T18:00:00+02:00", False),
        ("2018-10-06T08:59:00+02:00", False),
        ("2018-10-06T09:00:00+02:00", True),
        ("2018-10-06T13:00:00+02:00", False),
        ("2018-10-07T10:00:00+02:00", False),
        # The same moments, told by other clocks.
        ("2018-10-01T06:00:00+00:00", True),
        ("2018-10-01T05:59:59+00:00", False),
        ("2018-09-30T23:00:00-07:00", True),
        ("2018-10-05T15:59:59+00:00", True),
        ("2018-10-05T16:00:00+00:00", False),
        # In winter the Netherlands is one hour ahead of UTC.
        ("2018-11-01T07:00:00+00:00", True),
        ("2018-11-01T06:59:59+00:00", False),
    ],
)
def test_the_first_minute_counts_and_the_last_one_does_not(moment: str, *, inside: bool) -> None:
    assert (datetime.fromisoformat(moment) in KANTOOR) is inside


@pytest.mark.parametrize(
    ("clock", "inside"),
    [("13:19", False), ("13:20", True), ("13:31", True), ("13:44", True), ("13:45", False), ("13:59", False)],
)
def test_an_hour_can_be_cut_at_any_minute(clock: str, *, inside: bool) -> None:
    assert (datetime.fromisoformat(f"2018-10-01T{clock}:00+02:00") in Venster.parse("ma 13:20-13:45")) is inside


def minutes_inside(venster: Venster, first: str, hours: int) -> int:
    """Count the minutes of a window among the minutes from a moment on."""
    start = datetime.fromisoformat(first)
    return sum(start + timedelta(minutes=n) in venster for n in range(hours * 60))


@pytest.mark.parametrize(
    ("text", "first", "minutes"),
    [
        # On 25 March 2018 the clock jumps from 02:00 to 03:00: that hour is not there.
        ("zo 02:00-03:00", "2018-03-24T23:00:00+00:00", 0),
        ("zo 01:00-03:00", "2018-03-24T23:00:00+00:00", 60),
        ("zo 01:00-04:00", "2018-03-24T23:00:00+00:00", 120),
        ("zo 00:00-24:00", "2018-03-24T20:00:00+00:00", 23 * 60),
        # On 28 October 2018 the hour from 02:00 to 03:00 comes twice.
        ("zo 02:00-03:00", "2018-10-27T22:00:00+00:00", 120),
        ("zo 03:00-04:00", "2018-10-27T22:00:00+00:00", 60),
        ("zo 00:00-24:00", "2018-10-27T20:00:00+00:00", 25 * 60),
        # A week later both are ordinary.
        ("zo 02:00-03:00", "2018-04-01T00:00:00+02:00", 60),
        ("zo 02:00-03:00", "2018-11-04T00:00:00+01:00", 60),
    ],
)
def test_the_nights_on_which_the_clock_is_moved(text: str, first: str, minutes: int) -> None:
    assert minutes_inside(Venster.parse(text), first, 27) == minutes


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        ("2018-03-25T00:59:59+00:00", True),  # 01:59:59, winter time
        ("2018-03-25T01:00:00+00:00", False),  # 03:00:00, summer time
        ("2018-10-28T00:30:00+00:00", False),  # 02:30, summer time
        ("2018-10-28T01:30:00+00:00", False),  # 02:30 again, winter time
        ("2018-10-27T23:59:59+00:00", True),  # 01:59:59, summer time
    ],
)
def test_moments_beside_the_moved_hour(moment: str, *, inside: bool) -> None:
    assert (datetime.fromisoformat(moment) in Venster.parse("zo 01:00-02:00")) is inside


@given(st.datetimes(timezones=st.just(UTC)))
def test_always_holds_every_moment(moment: datetime) -> None:
    assert moment in ALTIJD
