"""Draws: the same everywhere, within their bounds, and as likely as they should be."""

from collections import Counter

import pytest

from bpvo_rules.simulate.loterij import Loterij, Weging


def test_the_draws_are_those_of_the_published_generator() -> None:
    """The first number of the Mersenne Twister for seed 0, as every Python since 2.3 gives it."""
    assert Loterij(0, "").deel() == 0.8444218515250481


def test_a_seed_and_a_name_always_give_the_same_stream() -> None:
    one, other = Loterij(5, "register"), Loterij(5, "register")

    assert [one.deel() for _ in range(20)] == [other.deel() for _ in range(20)]


@pytest.mark.parametrize(("seed", "stroom"), [(5, "keten"), (6, "register")])
def test_another_seed_or_name_gives_another_stream(seed: int, stroom: str) -> None:
    assert Loterij(5, "register").deel() != Loterij(seed, stroom).deel()


def test_a_negative_seed_is_refused() -> None:
    """The generator drops the sign, so that -1 and 1 would be one seed under two names."""
    with pytest.raises(ValueError, match="seed must be 0 or more"):
        Loterij(-1, "register")


def test_both_bounds_of_a_whole_number_are_drawn_and_nothing_outside() -> None:
    lot = Loterij(1, "x")

    assert {lot.geheel(3, 6) for _ in range(500)} == {3, 4, 5, 6}


def test_the_lowest_is_given_when_the_highest_lies_under_it() -> None:
    assert Loterij(1, "x").geheel(4, 2) == 4


def test_chances_of_nothing_and_everything_are_certain() -> None:
    lot = Loterij(1, "x")

    assert not any(lot.kans(0.0) for _ in range(1000))
    assert all(lot.kans(1.0) for _ in range(1000))


def test_a_thing_is_drawn_as_often_as_its_weight_says() -> None:
    """Of 10,000 draws, 6,000 are expected of a weight of 3 in 5; the bound is over 8 standard deviations."""
    lot = Loterij(1, "x")
    weging = Weging([("a", 1.0), ("never", 0.0), ("b", 3.0), ("c", 1.0)])
    drawn = Counter(lot.weeg(weging) for _ in range(10_000))

    assert 5600 < drawn["b"] < 6400
    assert drawn["never"] == 0


def test_a_pseudonym_looks_like_no_number_of_a_person() -> None:
    """A BSN has nine characters; these have twelve."""
    assert {len(Loterij(n, "x").pseudoniem()) for n in range(100)} == {12}
