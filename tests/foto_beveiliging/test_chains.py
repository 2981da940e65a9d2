"""Chains of steps: what they find is always a possible world, and they find the simple ones."""

import hypothesis.strategies as st
from hypothesis import given, settings

from bpvo_rules.foto.audit.chains import Chains
from bpvo_rules.foto.audit.room import Room
from bpvo_rules.foto.audit.solver import Model

SCHOOLS = ("10AA", "11AA", "12AA")


def ready(model: Model, world: list[int], owner: dict[int, str]) -> Chains:
    """Get ready to search from a world."""
    return Chains(Room(model, world), owner, ())


def table(*, rows: int = 2, exact_margins: bool = True) -> tuple[Model, dict[tuple[int, int], int]]:
    """Make a table of withheld cells of 3 each, with its margins shown."""
    model = Model()
    cells = {(row, column): model.column() for row in range(rows) for column in range(2)}
    for row in range(rows):
        model.row([cells[row, 0], cells[row, 1]], 6, 6 if exact_margins else 8)
    for column in range(2):
        model.row([cells[row, column] for row in range(rows)], 3 * rows, 3 * rows if exact_margins else 3 * rows + 2)
    return model, cells


def test_a_cell_in_a_square_of_withheld_cells_is_moved_around_the_square() -> None:
    """Two less here is two more beside it and below it, and two less across."""
    model, cells = table()
    owner = {column: SCHOOLS[row] for (row, _), column in cells.items()}

    found = ready(model, [3] * 4, owner).search([cells[0, 0]], -2, banned=(), turns=1)

    assert found == {cells[0, 0]: -2, cells[0, 1]: 2, cells[1, 0]: 2, cells[1, 1]: -2}


def test_a_margin_with_room_needs_no_other_cell() -> None:
    model, cells = table(exact_margins=False)
    owner = {column: SCHOOLS[row] for (row, _), column in cells.items()}

    assert ready(model, [3] * 4, owner).search([cells[0, 0]], 2, banned=(), turns=1) == {cells[0, 0]: 2}


def test_a_school_that_may_not_move_is_gone_around() -> None:
    """Of three schools the second stays as it is, so the third closes the square."""
    model, cells = table(rows=3)
    owner = {column: SCHOOLS[row] for (row, _), column in cells.items()}

    found = ready(model, [3] * 6, owner).search([cells[0, 0]], 1, banned={"11AA"}, turns=4)

    assert found == {cells[0, 0]: 1, cells[0, 1]: -1, cells[2, 0]: -1, cells[2, 1]: 1}


def test_a_number_that_is_held_again_stops_a_chain_again() -> None:
    """The margins of one domein are let go, so that a row can make up for itself; then they are held once more."""
    model, cells = table(rows=1)
    room = Room(model, [3, 3])
    chains = Chains(room, dict.fromkeys(cells.values(), SCHOOLS[0]), ())
    margins = (1, 2)
    for row in margins:
        chains.loosen(row)
        room.loosen(row)
    assert chains.search([0], 1, banned=(), turns=1) == {0: 1, 1: -1}

    for row in margins:
        room.tighten(row)
        chains.tighten(row)
    assert chains.search([0], 1, banned=(), turns=4) is None


def test_what_is_impossible_is_not_found() -> None:
    """One row of two withheld cells, each in a column of its own: neither can move."""
    model, cells = table(rows=1)

    assert ready(model, [3, 3], dict.fromkeys(cells.values(), "10AA")).search([0], 1, banned=(), turns=4) is None


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_what_is_found_keeps_to_every_row_and_moves_no_school_that_may_not(data: st.DataObject) -> None:
    """Whatever the rows are, what was found is possible, as far off as asked, and leaves the others alone."""
    size = data.draw(st.integers(2, 8))
    world = data.draw(st.lists(st.integers(0, 6), min_size=size, max_size=size))
    model = Model()
    for _ in range(size):
        model.column()
    for _ in range(data.draw(st.integers(0, 5))):
        inside = data.draw(st.lists(st.integers(0, size - 1), unique=True, min_size=1))
        minus = set(data.draw(st.lists(st.sampled_from(inside), unique=True)))
        total = sum(-world[at] if at in minus else world[at] for at in inside)
        below, above = data.draw(st.integers(0, 3)), data.draw(st.integers(0, 3))
        model.row(
            [at for at in inside if at not in minus], total - below, total + above, extra=dict.fromkeys(minus, -1.0)
        )
    owner = {at: SCHOOLS[at % 3] for at in range(size)}
    terms = data.draw(st.lists(st.integers(0, size - 1), unique=True, min_size=1))
    need = data.draw(st.integers(-4, 4).filter(bool))
    banned = data.draw(st.sets(st.sampled_from(SCHOOLS), max_size=2))
    chains = ready(model, world, owner)

    first = chains.search(terms, need, banned=banned, turns=3)
    again = chains.search(terms, need, banned=banned, turns=3)

    assert first == again
    if first is not None:
        moved = [value + first.get(at, 0) for at, value in enumerate(world)]
        assert model.keeps(moved)
        change = sum(first.get(at, 0) for at in terms)
        assert change >= need if need > 0 else change <= need
        assert not {owner[at] for at in first} & banned
