"""Tables whose intervals are known from elsewhere: worked examples and other people's tests."""

from collections.abc import Mapping, Sequence

import pytest

from bpvo_rules.foto.audit import Model

Hidden = Mapping[str, tuple[float, float]]


def intervals(rows: Sequence[tuple[str, float]], names: Sequence[str], *, integer: bool = False) -> Hidden:
    """Give what can be said of each name when sums of names are known."""
    model = Model()
    column = {name: model.column() for name in names}
    for terms, total in rows:
        model.row([column[name] for name in terms.split()], total, total)
    found = {}
    for name in names:
        ends = model.interval([column[name]], integer=integer)
        assert ends is not None
        found[name] = ends
    return found


@pytest.mark.parametrize("integer", [False, True])
def test_the_example_of_the_handbook(integer: bool) -> None:  # noqa: FBT001 - a parameter of a test
    """Rows 7, 3 and 6, columns 9 and 7; the third row is 3 and 3, the other four are hidden."""
    rows = [
        ("a11 a12", 7),
        ("a21 a22", 3),
        ("a31 a32", 6),
        ("a11 a21 a31", 9),
        ("a12 a22 a32", 7),
        ("a31", 3),
        ("a32", 3),
    ]

    found = intervals(rows, ("a11", "a12", "a21", "a22", "a31", "a32"), integer=integer)

    assert found["a11"] == pytest.approx((3, 6), abs=1e-6)
    assert found["a12"] == pytest.approx((1, 4), abs=1e-6)
    assert found["a21"] == pytest.approx((0, 3), abs=1e-6)
    assert found["a22"] == pytest.approx((0, 3), abs=1e-6)


TABLE = {"w": (30, 47, 64, 89), "x": (90, 124, 5, 31), "y": (92, 100, 59, 85), "z": (800, 991, 651, 685)}


def four_by_four(hidden: set[str]) -> Hidden:
    names = sorted(hidden)
    rows = []
    for line, numbers in TABLE.items():
        inside = [f"{line}{column}" for column in "abcd" if f"{line}{column}" in hidden]
        rows.append((" ".join(inside), sum(n for c, n in zip("abcd", numbers, strict=True) if f"{line}{c}" in hidden)))
    for at, column in enumerate("abcd"):
        inside = [f"{line}{column}" for line in TABLE if f"{line}{column}" in hidden]
        rows.append((" ".join(inside), sum(TABLE[line][at] for line in TABLE if f"{line}{column}" in hidden)))
    return intervals([row for row in rows if row[0]], names)


def test_two_gaps_in_every_row_and_column_is_no_protection() -> None:
    """One cell is still exactly 47, and hiding one more opens it to 0 up to 141."""
    hidden = {"wa", "wb", "wc", "xa", "xc", "yb", "yd", "zb", "zd"}

    assert four_by_four(hidden)["wb"] == pytest.approx((47, 47), abs=1e-6)
    assert four_by_four(hidden | {"xb"})["wb"] == pytest.approx((0, 141), abs=1e-6)


def test_two_tables_that_are_safe_alone_give_a_cell_together() -> None:
    """County 1 is A+B+I+J = 20 and small is that with K and N = 30; with N = 7 published, K is 3."""
    names = ("A", "B", "I", "J", "K", "N")
    county, small = ("A B I J", 2 + 2 + 8 + 8), ("A B I J K N", 2 + 2 + 8 + 8 + 3 + 7)

    assert intervals([county], names)["K"] == (0, float("inf"))
    assert intervals([small], names)["K"] == pytest.approx((0, 30), abs=1e-6)
    assert intervals([county, small, ("N", 7)], names)["K"] == pytest.approx((3, 3), abs=1e-6)


def test_the_upper_left_corner_of_a_three_by_three_table() -> None:
    """(2, 9, 11), (7, 3, 12), (14, 8, 6) with the upper left 2 by 2 hidden."""
    found = intervals([("a b", 11), ("c d", 10), ("a c", 9), ("b d", 12)], ("a", "b", "c", "d"))

    assert found["a"] == pytest.approx((0, 9), abs=1e-6)
    assert found["b"] == pytest.approx((2, 11), abs=1e-6)
    assert found["c"] == pytest.approx((0, 9), abs=1e-6)
    assert found["d"] == pytest.approx((1, 10), abs=1e-6)


def test_a_table_of_all_and_a_table_of_men_give_the_one_woman() -> None:
    """No count is small in either table, 20 of all and 19 men, and yet one person is left."""
    found = intervals([("men women", 20), ("men", 19)], ("men", "women"))

    assert found["women"] == pytest.approx((1, 1), abs=1e-6)


def test_two_area_definitions_give_their_difference() -> None:
    """Households per area in two definitions of it, each large; what lies between is 2, 1, 2 and 0."""
    inner, between = (14, 21, 37, 12), (2, 1, 2, 0)
    names = [f"{kind}{at}" for at in range(4) for kind in ("in", "out")]
    rows = [(f"in{at}", n) for at, n in enumerate(inner)]
    rows += [(f"in{at} out{at}", n + between[at]) for at, n in enumerate(inner)]

    found = intervals(rows, names)

    assert [found[f"out{at}"] for at in range(4)] == [pytest.approx((n, n), abs=1e-6) for n in between]


def test_a_band_in_one_month_and_the_next_band_in_the_next_give_the_newcomer() -> None:
    """One person came: 10-19 with the attribute became 20-29, so the newcomer has it."""
    model = Model()
    before, newcomer = model.column(), model.column(0, 1)
    model.row([before], 10, 19)
    model.row([before, newcomer], 20, 29)

    assert model.interval([newcomer]) == pytest.approx((1, 1), abs=1e-6)
    assert model.interval([before]) == pytest.approx((19, 19), abs=1e-6)


def test_rows_that_contradict_each_other_have_no_interval() -> None:
    model = Model()
    column = model.column()
    model.row([column], 3, 3)
    model.row([column], 4, 4)

    assert model.interval([column]) is None


def test_whole_numbers_say_more_than_broken_ones() -> None:
    """Three counts, each pair of them at most 1 with the others: together at most 1, not 1.5."""
    model = Model()
    a, b, c = (model.column() for _ in range(3))
    for pair in ((a, b), (b, c), (a, c)):
        model.row(pair, 0, 1)

    assert model.interval((a, b, c), integer=False) == pytest.approx((0, 1.5), abs=1e-6)
    assert model.interval((a, b, c)) == pytest.approx((0, 1), abs=1e-6)
