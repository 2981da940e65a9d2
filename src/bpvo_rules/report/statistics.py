"""
Statistics: how sure a share is, and which schools differ from the country by more than chance.

Everything is worked out of two whole numbers, so that it can be made of the
published numbers of a foto and of nothing else.
"""

from itertools import accumulate
from math import exp, floor, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import Final

__all__ = ["FEWEST", "funnel", "wilson"]

FEWEST: Final = 10
"""The smallest base that a school needs to stand in a funnel: below it nearly nothing is beyond chance."""

_ROUNDING: Final = 1e-12
"""A count exactly on the edge is explained by chance, whichever way a float falls."""
_SPREADS: Final = 12
"""How many standard deviations from the middle are counted; what lies beyond is less than a rounding of a float."""


def wilson(hits: int, base: int, *, level: float = 0.95) -> tuple[float, float]:
    """
    Give the interval of Wilson for a share, which holds at 0 and at all of them too.

    Args:
        hits: How many of them.
        base: Of how many, at least 1.
        level: How sure, between 0 and 1.

    Returns:
        Lowest and highest share, from 0 to 1, both inclusive.

    Raises:
        ValueError: when there can be no such share.

    Source: E.B. Wilson, Probable inference, the law of succession, and statistical inference (JASA 22, 1927).

    """
    if not 0 <= hits <= base or base < 1 or not 0 < level < 1:
        raise ValueError("A share needs 0 <= hits <= base, base >= 1 and 0 < level < 1.")
    z = NormalDist().inv_cdf((1 + level) / 2)
    weight = z * z / base
    middle = (hits / base + weight / 2) / (1 + weight)
    half = z / (1 + weight) * sqrt(hits * (base - hits) / base**3 + weight / (4 * base))
    # At the ends the interval touches 0 or 1 exactly; a float may land just beside it.
    return (max(0.0, middle - half) if hits else 0.0), (min(1.0, middle + half) if hits < base else 1.0)


def funnel(base: int, rate: float, *, level: float = 0.95) -> tuple[int, int]:
    """
    Give the lowest and the highest count that chance explains, both inclusive.

    A school outside them is out of control: so far from the country that chance
    alone does it in ``1 - level`` of the cases, half of them on either side. The
    probability of the count itself counts for half (mid-p), because with whole
    numbers the alarms would otherwise be rarer than ``1 - level`` says.

    Args:
        base: Of how many the count is, at least 1.
        rate: The share in the country, from 0 to 1, both inclusive.
        level: 0.95 for a warning, 0.998 for an alarm.

    Raises:
        ValueError: for numbers that cannot be.

    Source: D.J. Spiegelhalter, Funnel plots for comparing institutional performance (Statistics in Medicine 24, 2005).

    """
    if base < 1 or not 0 <= rate <= 1 or not 0 < level < 1:
        raise ValueError("A funnel needs base >= 1, 0 <= rate <= 1 and 0 < level < 1.")
    if rate in {0, 1}:
        return (0, 0) if rate == 0 else (base, base)
    tail = (1 - level) / 2 - _ROUNDING
    reach = _SPREADS * (1 + sqrt(base * rate * (1 - rate)))
    first, last = max(0, floor(base * rate - reach)), min(base, floor(base * rate + reach) + 1)
    chances = [_chance(count, base, rate) for count in range(first, last + 1)]
    below = [up_to - own / 2 for up_to, own in zip(accumulate(chances), chances, strict=True)]
    whole = sum(chances)
    inside = [first + at for at, mid in enumerate(below) if mid >= tail and whole - mid >= tail]
    return inside[0], inside[-1]


def _chance(count: int, base: int, rate: float) -> float:
    """Give the probability of a count under a binomial distribution; by logarithms, so that any base will do."""
    ways = lgamma(base + 1) - lgamma(count + 1) - lgamma(base - count + 1)
    return exp(ways + count * log(rate) + (base - count) * log1p(-rate))
