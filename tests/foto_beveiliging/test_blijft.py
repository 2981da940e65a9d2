"""What was once in a foto stays in the next ones."""

import pytest
from tests.foto_beveiliging.tabel import DOMEINEN, SCHOLEN, Table, attacked, series

from bpvo_rules.foto import Policy

PROTECTED = [Policy.MIDPUNT6, Policy.ONDERDRUK]
LARGE = {(q, s, d): (90, 12, 0) for q in range(5) for s in range(3) for d in range(3)}
GONE: Table = {**LARGE, **{(q, 0, 0): (3 if q == 0 else 0, 0, 0) for q in range(5)}}


@pytest.mark.parametrize("policy", PROTECTED)
def test_a_cell_that_is_empty_now_is_still_there(policy: Policy) -> None:
    """Not being there would be a 0 that cannot be withheld."""
    first, second = series(GONE, policy, 2)

    place = (SCHOLEN[0], DOMEINEN[0])
    assert place in {(cel.instelling, cel.domein) for cel in first.foto.cellen}
    assert place in {(cel.instelling, cel.domein) for cel in second.foto.cellen}
    assert attacked([first, second]).passed


@pytest.mark.parametrize("policy", PROTECTED)
def test_cells_and_margins_are_sorted(policy: Policy) -> None:
    foto = series(GONE, policy, 2)[-1].foto

    for cels in (foto.cellen, foto.marges):
        places = [(str(cel.instelling), str(cel.domein)) for cel in cels]
        assert places == sorted(places)
