"""The interval of a share, and what chance explains."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpvo_rules.report.statistics import FEWEST, funnel, wilson


@pytest.mark.parametrize(
    ("hits", "base", "low", "high"),
    [
        (0, 10, 0.00, 27.75),
        (1, 10, 1.79, 40.42),
        (0, 50, 0.00, 7.13),
        (3, 200, 0.51, 4.32),
        (12, 400, 1.72, 5.17),
        (10, 10, 72.25, 100.00),
        (95, 100, 88.82, 97.85),
    ],
)
def test_wilson_gives_the_values_that_are_known(hits: int, base: int, low: float, high: float) -> None:
    found = wilson(hits, base)

    assert [round(100 * end, 2) for end in found] == [low, high]


@given(st.integers(1, 100_000), st.data())
def test_the_interval_holds_the_share_and_turns_with_it(base: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, base))
    low, high = wilson(hits, base)
    turned = wilson(base - hits, base)

    assert 0 <= low <= hits / base <= high <= 1
    assert turned == pytest.approx((1 - high, 1 - low))


@given(st.integers(1, 1000), st.data())
def test_an_end_of_the_interval_solves_the_equation_of_wilson(base: int, data: st.DataObject) -> None:
    """A share p is at an end when the count lies z standard deviations from it: (k - np)^2 = z^2 np(1 - p)."""
    hits = data.draw(st.integers(0, base))
    z = 1.959963984540054

    for p in wilson(hits, base):
        assert (hits - base * p) ** 2 == pytest.approx(z * z * base * p * (1 - p), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(("hits", "base", "level"), [(-1, 5, 0.95), (6, 5, 0.95), (0, 0, 0.95), (1, 5, 0), (1, 5, 1)])
def test_a_share_that_cannot_be_is_refused(hits: int, base: int, level: float) -> None:
    with pytest.raises(ValueError, match="share"):
        wilson(hits, base, level=level)


def exact(base: int, rate: Fraction) -> list[Fraction]:
    """Give the probability of every count, in whole fractions."""
    return [comb(base, k) * rate**k * (1 - rate) ** (base - k) for k in range(base + 1)]


def explained(base: int, rate: Fraction, level: Fraction) -> list[int]:
    """Give every count of which neither tail, with half of the count itself, is rarer than half of what is left."""
    chances = exact(base, rate)
    tail = (1 - level) / 2
    return [
        k
        for k, own in enumerate(chances)
        if sum(chances[:k]) + own / 2 >= tail and sum(chances[k + 1 :]) + own / 2 >= tail
    ]


@given(st.integers(1, 60), st.integers(1, 99), st.sampled_from([Fraction(95, 100), Fraction(998, 1000)]))
def test_a_funnel_is_what_exact_probabilities_say(base: int, percent: int, level: Fraction) -> None:
    inside = explained(base, Fraction(percent, 100), level)

    assert funnel(base, percent / 100, level=float(level)) == (inside[0], inside[-1])


@pytest.mark.parametrize(("level", "alarms", "room"), [(0.95, 0.05, 0.01), (0.998, 0.002, 0.001)])
def test_schools_that_are_in_control_raise_as_many_alarms_as_they_should(
    level: float, alarms: float, room: float
) -> None:
    """The exact probability of an alarm, over 21,000 schools of 10 to 750 BPVO's in countries that score 60-97 %."""
    chance = 0.0
    rates = (60, 70, 80, 85, 90, 95, 97)
    schools = range(FEWEST, FEWEST + 750, 5)
    for percent in rates:
        for base in schools:
            low, high = funnel(base, percent / 100, level=level)
            chances = binomial(base, percent / 100)
            chance += 1 - sum(chances[low : high + 1])
    # Each of these 1,050 stands for 20 schools alike: chance does not differ between them.
    assert abs(chance / (len(rates) * len(schools)) - alarms) <= room


def binomial(base: int, rate: float) -> list[float]:
    """Give the probability of every count, each from the one before it, starting at the end that is not too small."""
    if rate > 1 / 2:
        return binomial(base, 1 - rate)[::-1]
    found = [(1 - rate) ** base]
    for k in range(1, base + 1):
        found.append(found[-1] * (base - k + 1) / k * rate / (1 - rate))
    return found


@pytest.mark.parametrize("base", [1, 10, 450_000])
def test_where_all_are_alike_any_other_count_is_an_alarm(base: int) -> None:
    assert funnel(base, 0) == (0, 0)
    assert funnel(base, 1) == (base, base)


def test_a_funnel_of_the_country_is_narrow() -> None:
    """With 450,000 at 90 % the normal approximation is right to a count: 405,000 -+ 1.96 x 201.2."""
    assert funnel(450_000, 0.9) == pytest.approx((404_605.5, 405_394.5), abs=1.5)


@pytest.mark.parametrize(("base", "rate", "level"), [(0, 0.5, 0.95), (5, -0.1, 0.95), (5, 1.1, 0.95), (5, 0.5, 1)])
def test_a_funnel_that_cannot_be_is_refused(base: int, rate: float, level: float) -> None:
    with pytest.raises(ValueError, match="funnel"):
        funnel(base, rate, level=level)
