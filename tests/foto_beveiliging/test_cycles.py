"""Cycles: what they find is always a possible world."""

import hypothesis.strategies as st
from hypothesis import given, settings
from tests.foto_beveiliging.cellen import DOMEINEN, SCHOOLS, fits, single, table

from bpvo_rules.foto.audit.cycles import Cycles


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
