"""
Dekking: the union of the days of periods.

The exhaustive test counts days one by one over every small world, so that what
it expects shares no idea with the intervals of the code.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations_with_replacement, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpvo_rules.periode import Dekking, Periode

START = date(2018, 7, 30)
DAYS = tuple(START + timedelta(days=n) for n in range(6))
AROUND = tuple(START + timedelta(days=n) for n in range(-1, 7))
PERIODES = tuple(Periode(a, b) for a in DAYS for b in DAYS if a <= b)


def days_of(periodes: tuple[Periode, ...]) -> frozenset[date]:
    """Walk over the days around the world and keep those that lie in some period."""
    return frozenset(d for d in AROUND if any(p.van <= d <= p.tot_en_met for p in periodes))


def worlds() -> Iterator[tuple[Periode, ...]]:
    """Give every multiset of up to three recognitions within six days."""
    for number in range(4):
        yield from combinations_with_replacement(PERIODES, number)


def test_the_small_world_is_whole() -> None:
    """Six days hold 21 closed periods; up to three of them make 1 + 21 + 231 + 1771 multisets."""
    assert len(PERIODES) == 21
    assert sum(1 for _ in worlds()) == 2024


@pytest.mark.parametrize("volledig", [True, False])
def test_every_small_world_agrees_with_counting_days(*, volledig: bool) -> None:
    """Every question about coverage is answered as counting the days one by one answers it."""
    otherwise = False if volledig else None
    queries = [(a, b, [AROUND[n] for n in range(i, j + 1)]) for i, a in enumerate(AROUND) for j, b in enumerate(AROUND)]
    for world in worlds():
        covered = days_of(world)
        dekking = Dekking.van(world, volledig=volledig)

        for dag in AROUND:
            assert dekking.bevat(dag) is (True if dag in covered else otherwise), (world, dag)
        for van, tot_en_met, days in queries:
            without = [d for d in days if d not in covered]
            expected = None if not days else (otherwise if without else True)
            assert dekking.dekt(van, tot_en_met) is expected, (world, van, tot_en_met)
            assert dekking.eerste_dag_zonder(van, tot_en_met) == (without[0] if without else None), (world, van)
            assert dekking.dagen_zonder(van, tot_en_met) == len(without), (world, van, tot_en_met)


def test_every_small_world_is_joined_into_the_fewest_runs() -> None:
    """The covered runs are sorted, at least one day apart, and hold exactly the days of the union."""
    for world in worlds():
        runs = Dekking.van(world).periodes

        assert days_of(runs) == days_of(world), world
        for earlier, later in pairwise(runs):
            assert later.van - earlier.tot_en_met > timedelta(days=1), world


def d(day: int) -> date:
    """Give a day of October 2018."""
    return date(2018, 10, day)


@pytest.mark.parametrize(
    ("second_starts", "covered", "first_without", "without"),
    [
        (9, True, None, 0),
        (10, True, None, 0),
        (11, True, None, 0),
        (12, False, d(11), 1),
        (13, False, d(11), 2),
    ],
)
def test_back_to_back_periods_cover_together(
    second_starts: int, *, covered: bool, first_without: date | None, without: int
) -> None:
    """A first period up to the 10th and a second from the 11th leave no day out; from the 12th on they do."""
    dekking = Dekking.van([Periode(d(second_starts), d(20)), Periode(d(1), d(10))])

    assert dekking.dekt(d(5), d(15)) is covered
    assert dekking.eerste_dag_zonder(d(5), d(15)) == first_without
    assert dekking.dagen_zonder(d(5), d(15)) == without


def test_a_period_within_another_does_not_shorten_it() -> None:
    """The union ends on the latest last day, whichever period began last."""
    dekking = Dekking.van([Periode(d(1), d(20)), Periode(d(3), d(4))])

    assert dekking.periodes == (Periode(d(1), d(20)),)


def test_no_end_known_covers_up_to_the_end_of_the_calendar() -> None:
    """A recognition without a last day joins with whatever comes after its first day."""
    dekking = Dekking.van([Periode(d(1)), Periode(d(25), d(26))])

    assert dekking.dekt(d(1), date.max) is True
    assert dekking.eerste_dag_zonder(d(1), date.max) is None
    assert dekking.dagen_zonder(date(2018, 9, 30), date.max) == 1


def test_incomplete_coverage_never_says_uncovered() -> None:
    """When something was not looked up, a covered day is covered and any other day is unknown."""
    dekking = Dekking.van([Periode(d(5), d(10))], volledig=False)

    assert dekking.bevat(d(4)) is None
    assert dekking.bevat(d(5)) is True
    assert dekking.bevat(d(10)) is True
    assert dekking.bevat(d(11)) is None
    assert dekking.dekt(d(5), d(10)) is True
    assert dekking.dekt(d(5), d(11)) is None


def test_of_a_period_without_days_nothing_is_said() -> None:
    """With the last day before the first the answer is unknown, also where both days are covered."""
    dekking = Dekking.van([Periode(d(1), d(20))])

    assert dekking.dekt(d(6), d(5)) is None
    assert dekking.eerste_dag_zonder(d(6), d(5)) is None
    assert dekking.dagen_zonder(d(6), d(5)) == 0
    assert Dekking().dekt(d(6), d(5)) is None


@pytest.mark.parametrize(
    ("dag", "nearest"),
    [
        (d(1), Periode(d(5), d(6))),
        (d(5), Periode(d(5), d(6))),
        (d(7), Periode(d(5), d(6))),
        (d(8), Periode(d(5), d(6))),
        (d(9), Periode(d(10), d(12))),
        (d(11), Periode(d(10), d(12))),
        (d(31), Periode(d(10), d(12))),
    ],
)
def test_the_nearest_run_is_the_one_with_the_fewest_days_between(dag: date, nearest: Periode) -> None:
    """Of two equally near runs (the 8th lies two days from both) the earlier one is named."""
    assert Dekking.van([Periode(d(10), d(12)), Periode(d(5), d(6))]).dichtstbij(dag) == nearest


def test_a_run_that_is_to_come_can_be_the_nearest() -> None:
    """The 20th lies ten days after the first run and three days before the second."""
    assert Dekking.van([Periode(d(1), d(10)), Periode(d(23), d(25))]).dichtstbij(d(20)) == Periode(d(23), d(25))


def test_without_any_run_none_is_nearest() -> None:
    assert Dekking().dichtstbij(d(1)) is None


def test_without_any_run_no_day_is_covered() -> None:
    """Unless it is said that something was not looked up."""
    assert Dekking().bevat(d(1)) is False
    assert Dekking(volledig=False).bevat(d(1)) is None


days = st.integers(min_value=0, max_value=60).map(lambda n: START + timedelta(days=n))
runs = st.tuples(days, st.integers(min_value=0, max_value=20)).map(
    lambda t: Periode(t[0], t[0] + timedelta(days=t[1])),
)


@given(periodes=st.lists(runs, max_size=6), extra=runs, van=days, length=st.integers(0, 20), volledig=st.booleans())
def test_another_period_never_uncovers_a_day(
    periodes: list[Periode], extra: Periode, van: date, length: int, *, volledig: bool
) -> None:
    """Adding a recognition can only add covered days."""
    tot_en_met = van + timedelta(days=length)
    before, after = Dekking.van(periodes, volledig=volledig), Dekking.van([*periodes, extra], volledig=volledig)

    if before.bevat(van):
        assert after.bevat(van)
    if before.dekt(van, tot_en_met):
        assert after.dekt(van, tot_en_met)
    assert after.dagen_zonder(van, tot_en_met) <= before.dagen_zonder(van, tot_en_met)


@given(periodes=st.lists(runs, max_size=6), data=st.data())
def test_the_order_of_the_periods_does_not_matter(periodes: list[Periode], data: st.DataObject) -> None:
    """A register is a set of rows: in another order, or with a row twice, it covers the same days."""
    shuffled = data.draw(st.permutations(periodes))

    assert Dekking.van(shuffled + periodes[:1]) == Dekking.van(periodes)


@given(
    periodes=st.lists(runs, max_size=4),
    van=days,
    length=st.integers(0, 20),
    before=st.integers(0, 5),
    after=st.integers(0, 5),
)
def test_a_longer_period_is_never_covered_when_a_shorter_one_inside_is_not(
    periodes: list[Periode], van: date, length: int, before: int, after: int
) -> None:
    """Whoever is recognised for the whole is recognised for every part of it."""
    dekking = Dekking.van(periodes)
    tot_en_met = van + timedelta(days=length)
    longer = van - timedelta(days=before), tot_en_met + timedelta(days=after)

    if not dekking.dekt(van, tot_en_met):
        assert not dekking.dekt(*longer)
        first, first_of_longer = dekking.eerste_dag_zonder(van, tot_en_met), dekking.eerste_dag_zonder(*longer)
        assert first is not None
        assert first_of_longer is not None
        assert first_of_longer <= first
    assert dekking.dagen_zonder(*longer) >= dekking.dagen_zonder(van, tot_en_met)
