"""A number in a foto: what it says, and what it leaves open."""

import pytest

from bpvo_rules.foto import Getal, Status


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (1, 3), (6, 3), (7, 9), (12, 9), (13, 15), (18, 15), (600, 597), (601, 603)]
)
def test_rounding_gives_the_middle_of_a_class_of_six(count: int, shown: int) -> None:
    number = Getal.rounded(count)

    assert number.waarde == shown
    assert number.least <= count
    assert number.most is not None
    assert count <= number.most


def test_a_class_is_six_wide_and_begins_after_a_multiple_of_six() -> None:
    assert (Getal.rounded(3).least, Getal.rounded(3).most) == (1, 6)
    assert (Getal.rounded(8).least, Getal.rounded(8).most) == (7, 12)


def test_zero_stays_zero_and_is_the_true_count() -> None:
    assert Getal.rounded(0) == Getal(0, Status.GEPUBLICEERD)


def test_what_is_withheld_says_nothing() -> None:
    """Not even that it is not 0."""
    assert (Getal.withheld().waarde, Getal.withheld().least, Getal.withheld().most) == (None, 0, None)


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (None, Status.GEPUBLICEERD),
        (None, Status.AFGEROND),
        (0, Status.AFGEROND),
        (4, Status.AFGEROND),
        (4, Status.ONDERDRUKT),
        (-1, Status.GEPUBLICEERD),
    ],
)
def test_a_number_and_its_status_must_fit(number: int | None, status: Status) -> None:
    with pytest.raises(ValueError, match="cannot have this status"):
        Getal(number, status)
