"""Programs: they find what is there, what they find is a possible world, and they miss what is cheap."""

from itertools import product

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from tests.foto_beveiliging.cellen import DOMEINEN, SCHOOLS, fits, single, table

from bpvo_rules.foto.audit import programs
from bpvo_rules.foto.audit.programs import Program, Wanted
from bpvo_rules.foto.audit.room import Room
from bpvo_rules.foto.audit.solver import Model


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_program_finds_a_world_when_there_is_one(data: st.DataObject) -> None:
    """Held against going through every world of small counts."""
    schools, domeinen = data.draw(st.integers(1, 2)), data.draw(st.integers(1, 2))
    size = schools * domeinen
    world = data.draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))
    names = [*SCHOOLS[:schools], *DOMEINEN[:domeinen], "land"]
    withheld = data.draw(st.lists(st.sampled_from(names), unique=True))
    banned = data.draw(st.sets(st.sampled_from(SCHOOLS[:schools])))
    room, cells, _ = table(world, schools=schools, domeinen=domeinen, withheld=withheld)
    terms = data.draw(st.lists(st.sampled_from(sorted(cells.values())), unique=True, min_size=1))
    need = data.draw(st.integers(-2, 2).filter(bool))

    found = Program(room, single(cells)).search(Wanted(terms, need, banned), whole=True)

    moving = {column for cell, column in cells.items() if cell[0] not in banned}
    possible = any(
        fits(dict(enumerate(changes)), world, cells, withheld)
        and (sum(changes[c] for c in terms) >= need if need > 0 else sum(changes[c] for c in terms) <= need)
        for changes in product(*(range(-at, 9 - at) if c in moving else (0,) for c, at in enumerate(world)))
    )
    assert (found is not None) == possible
    if found is not None:
        move, missed = found
        assert not missed
        assert fits(move, world, cells, withheld)
        assert set(move) <= moving


def test_of_a_sum_only_what_may_move_counts_each_in_its_own_direction() -> None:
    """A school that may not move has a count of none, which can only become more; the other must become less."""
    room, cells, _ = table([0, 3], schools=2, domeinen=1, withheld=("10AA", "11AA", "79000", "land"))

    found = Program(room, single(cells)).search(Wanted(list(cells.values()), -1, ("10AA",)))

    assert found == ({cells["11AA", "79000"]: -1}, frozenset())


@pytest.mark.parametrize("many", [5000, 0])
def test_an_answer_in_parts_is_asked_again_in_whole_numbers(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three counts each pair makes 1: halves do, whole numbers cannot; where a pair may make 2 as well, they can."""
    # A table of more than so many steps is large.
    monkeypatch.setattr(programs, "_MANY", many)
    for most, possible in ((1, False), (2, True)):
        model = Model()
        first, second, third = (model.column(0, 1) for _ in range(3))
        for pair in ((first, second), (second, third), (first, third)):
            model.row(pair, 1, most)
        worlds = [
            w for w in product((0, 1), repeat=3) if all(1 <= w[a] + w[b] <= most for a, b in ((0, 1), (1, 2), (0, 2)))
        ]
        assert bool(worlds) == possible
        # From a world that breaks rows when none of them is anything.
        program = Program(Room(model, [0, 0, 0]), [(("10AA", "79000"), ((at, 1),)) for at in (first, second, third)])

        assert (program.search(Wanted((), 0), whole=True) is not None) == possible


def test_a_row_that_is_let_go_lets_a_step_be_taken() -> None:
    """A published cell cannot move, can once it is withheld, and cannot when it is published after all."""
    room, cells, _ = table([3] * 4, schools=2, domeinen=2, shown=[("11AA", "79010")])
    shown = len(room.sums) - 1
    program, wanted = Program(room, single(cells), own={shown}), Wanted([cells["10AA", "79000"]], 1)
    assert program.search(wanted) is None

    room.loosen(shown)
    program.renew(shown)
    assert program.search(wanted) is not None

    room.tighten(shown)
    program.renew(shown)
    assert program.search(wanted) is None


def test_only_cells_of_the_part_move() -> None:
    """One more needs one less beside it and below it: the third school has no part in it, the second one must."""
    room, cells, _ = table([3] * 6, schools=3, domeinen=2)
    program, wanted = Program(room, single(cells)), Wanted([cells["10AA", "79000"]], 1)

    found = program.search(wanted, {cell for cell in cells if cell[0] != "12AA"})

    assert found is not None
    assert {cell[0] for cell, column in cells.items() if column in found[0]} == {"10AA", "11AA"}
    assert program.search(wanted, {cell for cell in cells if cell[0] == "10AA"}) is None


def test_what_breaks_its_own_cell_is_taken_by_who_looks_everywhere() -> None:
    """
    A published cell of two counts: one more of the first is one less of the second, which no step says.

    The other cells follow; the cell of what is looked for may do anything, another one only when that is asked.
    """
    model = Model()
    ours, theirs = model.column(), (model.column(), model.column())
    model.row((ours, theirs[0]), 6, 6)
    own = model.row(theirs, 6, 6)
    room = Room(model, [3, 3, 3])
    steps = [(("10AA", "79000"), ((ours, 1),)), *((("11AA", "79000"), ((at, 1),)) for at in theirs)]
    program = Program(room, steps, own={own})

    assert program.search(Wanted([ours], 1)) is None
    assert program.search(Wanted([ours], 1), everywhere=True) == ({ours: 1, theirs[0]: -1, theirs[1]: 1}, frozenset())
    assert program.search(Wanted([theirs[0]], 1)) == ({ours: -1, theirs[0]: 1, theirs[1]: -1}, frozenset())


def test_what_is_dear_is_missed_last() -> None:
    """One more in the only cell breaks the numbers of its school, domein and country: all three are missed."""
    room, cells, sides = table([1], schools=1, domeinen=1)
    program = Program(room, single(cells), prices=dict.fromkeys(sides, 5.0))

    assert program.search(Wanted([0], 1, missing=True)) == ({0: 1}, frozenset(sides))
    assert program.search(Wanted([0], 1)) is None


def test_of_two_ways_the_cheap_one_is_taken() -> None:
    """One less in a row of two: the other cell makes up for it at the price of its domein, or the totals are missed."""
    room, cells, sides = table([2, 2], schools=1, domeinen=2)
    school, first, second, country = sorted(sides)

    def missed(*, totals: float, other: float) -> object:
        prices = {school: totals, first: 1.0, second: other, country: totals}
        return Program(room, single(cells), prices=prices).search(Wanted([0], -1, missing=True))

    # 1 for its own domein in both; beside it 1 against 18, and 9 against 1.
    assert missed(totals=9.0, other=1.0) == ({0: -1, 1: 1}, frozenset({first, second}))
    assert missed(totals=0.5, other=9.0) == ({0: -1}, frozenset({school, first, country}))
