"""Cycles and programs: what they find is always a possible world, and they find what is there."""

from collections.abc import Mapping, Sequence
from itertools import product

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from bpvo_rules.foto.audit.attack import Place
from bpvo_rules.foto.audit.cycles import COUNTRY, DOMEIN, SCHOOL, Cycles
from bpvo_rules.foto.audit.programs import Options, Programs, Wanted
from bpvo_rules.foto.audit.room import Room, Step
from bpvo_rules.foto.audit.solver import Model

SCHOOLS = ("10AA", "11AA", "12AA")
DOMEINEN = ("79000", "79010", "79020")
Cells = dict[Place, int]


def table(
    world: Sequence[int], *, schools: int, domeinen: int, withheld: Sequence[str] = (), shown: Sequence[Place] = ()
) -> tuple[Room, Cells, dict[int, int]]:
    """Make a table of withheld cells with shown margins, but for those that are named."""
    model = Model()
    cells = {(s, d): model.column() for s in SCHOOLS[:schools] for d in DOMEINEN[:domeinen]}
    value = dict(zip(cells.values(), world, strict=True))
    sides: dict[int, int] = {}
    margins = [(s, SCHOOL, [c for (i, _), c in cells.items() if i == s]) for s in SCHOOLS[:schools]]
    margins += [(d, DOMEIN, [c for (_, i), c in cells.items() if i == d]) for d in DOMEINEN[:domeinen]]
    margins += [("land", COUNTRY, list(cells.values()))]
    for name, side, columns in margins:
        if name not in withheld:
            total = sum(value[column] for column in columns)
            sides[model.row(columns, total, total)] = side
    for cell in shown:
        model.row([cells[cell]], value[cells[cell]], value[cells[cell]])
    return Room(model, world), cells, sides


def fits(change: Mapping[int, int], world: Sequence[int], cells: Cells, withheld: Sequence[str]) -> bool:
    """Whether no count falls below 0 and no margin that is shown comes to another sum."""
    margins = {name: 0 for cell in cells for name in (*cell, "land")}
    for cell, column in cells.items():
        for name in (*cell, "land"):
            margins[name] += change.get(column, 0)
    shown = [total for name, total in margins.items() if name not in withheld]
    return not any(shown) and all(at + change.get(column, 0) >= 0 for column, at in enumerate(world))


def single(cells: Cells) -> list[tuple[Place, Step]]:
    return [(cell, ((column, 1),)) for cell, column in cells.items()]


def test_one_less_here_is_one_more_beside_it_and_so_on_round() -> None:
    room, cells, sides = table([3] * 4, schools=2, domeinen=2)

    found = Cycles(room, sides, single(cells)).search([cells["10AA", "79000"]], -2, banned=())

    assert found == {
        cells["10AA", "79000"]: -2,
        cells["10AA", "79010"]: 2,
        cells["11AA", "79000"]: 2,
        cells["11AA", "79010"]: -2,
    }


def test_a_path_may_end_where_the_number_of_a_school_is_withheld() -> None:
    """The domein is mended in another school; both schools are withheld."""
    room, cells, sides = table([1, 2, 2, 4], schools=2, domeinen=2, withheld=("10AA", "11AA"))

    found = Cycles(room, sides, single(cells)).search([cells["10AA", "79000"]], 1, banned=())

    assert found == {cells["10AA", "79000"]: 1, cells["11AA", "79000"]: -1}


def test_several_cycles_together_reach_what_one_cannot() -> None:
    """Two more in a cell takes one from each of the two others in its row, because each holds only one."""
    room, cells, sides = table([0, 1, 1, 2, 0, 0], schools=2, domeinen=3)

    found = Cycles(room, sides, single(cells)).search([cells["10AA", "79000"]], 2, banned=())

    assert found is not None
    assert found[cells["10AA", "79000"]] == 2
    assert room.keeps(found)


def test_a_school_that_may_not_move_is_gone_around() -> None:
    room, cells, sides = table([3] * 6, schools=3, domeinen=2)

    found = Cycles(room, sides, single(cells)).search([cells["10AA", "79000"]], 1, banned={"11AA"})

    assert found is not None
    assert {cell[0] for cell, column in cells.items() if column in found} == {"10AA", "12AA"}


def test_a_count_of_none_cannot_become_less() -> None:
    """The only cycle needs one less where there is nothing."""
    room, cells, sides = table([3, 0, 3, 3], schools=2, domeinen=2)

    assert Cycles(room, sides, single(cells)).search([cells["10AA", "79000"]], 1, banned=()) is None


def test_a_number_that_is_let_go_lets_a_cell_move() -> None:
    """A published cell cannot move, can once it is withheld, and cannot when it is published after all."""
    room, cells, sides = table([3] * 4, schools=2, domeinen=2, shown=[("11AA", "79010")])
    shown = len(room.sums) - 1
    cycles = Cycles(room, sides, single(cells))
    assert cycles.search([cells["10AA", "79000"]], 1, banned=()) is None

    room.loosen(shown)
    cycles.renew(shown)
    assert cycles.search([cells["10AA", "79000"]], 1, banned=()) is not None

    room.tighten(shown)
    cycles.renew(shown)
    assert cycles.search([cells["10AA", "79000"]], 1, banned=()) is None


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_cycle_keeps_to_every_row_and_moves_no_school_that_may_not(data: st.DataObject) -> None:
    schools, domeinen = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3))
    world = data.draw(st.lists(st.integers(0, 3), min_size=schools * domeinen, max_size=schools * domeinen))
    names = [*SCHOOLS[:schools], *DOMEINEN[:domeinen], "land"]
    withheld = data.draw(st.lists(st.sampled_from(names), unique=True))
    room, cells, sides = table(world, schools=schools, domeinen=domeinen, withheld=withheld)
    terms = data.draw(st.lists(st.sampled_from(sorted(cells.values())), unique=True, min_size=1))
    need = data.draw(st.integers(-3, 3).filter(bool))
    banned = data.draw(st.sets(st.sampled_from(SCHOOLS[:schools])))

    found = Cycles(room, sides, single(cells)).search(terms, need, banned=banned)

    if found is not None:
        change = sum(found.get(column, 0) for column in terms)
        assert change >= need if need > 0 else change <= need
        assert fits(found, world, cells, withheld)
        assert not [cell for cell, column in cells.items() if column in found and cell[0] in banned]


@settings(max_examples=200, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("together", [True, False])
def test_a_program_finds_a_world_when_there_is_one(data: st.DataObject, together: bool) -> None:  # noqa: FBT001
    """Held against going through every world of small counts."""
    schools, domeinen = data.draw(st.integers(1, 2)), data.draw(st.integers(1, 2))
    size = schools * domeinen
    world = data.draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))
    names = [*SCHOOLS[:schools], *DOMEINEN[:domeinen], "land"]
    withheld = data.draw(st.lists(st.sampled_from(names), unique=True))
    room, cells, _ = table(world, schools=schools, domeinen=domeinen, withheld=withheld)
    terms = data.draw(st.lists(st.sampled_from(sorted(cells.values())), unique=True, min_size=1))
    need = data.draw(st.integers(-2, 2).filter(bool))
    programs = Programs(room)
    if together:
        steps = Options(room, single(cells), published=range(len(room.sums)), fixed=())
        options = [one for cell in cells for one in steps.of(cell, abs(need), apart=True)]
    else:
        options = list(programs.single(cells.values()))

    found = programs.search(options, Wanted(terms, need), integer=True)

    possible = any(
        fits(dict(enumerate(changes)), world, cells, withheld)
        and (sum(changes[c] for c in terms) >= need if need > 0 else sum(changes[c] for c in terms) <= need)
        for changes in product(*(range(-at, 9 - at) for at in world))
    )
    assert (found is not None) == possible
    if found is not None:
        move, missed = found
        assert not missed
        assert fits(move, world, cells, withheld)


def test_what_is_dear_is_missed_last() -> None:
    """One more in the only cell breaks the numbers of its school, domein and country: all three are missed."""
    room, cells, sides = table([1], schools=1, domeinen=1)
    programs = Programs(room)

    found = programs.search(programs.single(cells.values()), Wanted([0], 1, dict.fromkeys(sides, 5.0)), integer=True)

    assert found == ({0: 1}, frozenset(sides))


def test_of_two_ways_the_cheap_one_is_taken() -> None:
    """One less in a row of two: the other cell makes up for it, at the price of its own domein only."""
    room, cells, sides = table([2, 2], schools=1, domeinen=2)
    school, first, second, country = sorted(sides)
    programs = Programs(room)
    prices = {school: 9.0, first: 1.0, second: 1.0, country: 9.0}

    found = programs.search(programs.single(cells.values()), Wanted([0], -1, prices), integer=True)

    assert found == ({0: -1, 1: 1}, frozenset({first, second}))
