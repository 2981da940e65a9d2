"""compare: T, W and V, from published numbers only."""

import inspect

import attrs
import pytest
from tests.foto_map.kit import DAYS, rounded, true_foto

from bpvo_rules.foto import Aantal, Cel, Foto, Getal, SoortVerschil, compare
from bpvo_rules.foto.compare import compare_csv, compare_json


def with_cells(foto: Foto, *cells: Cel) -> Foto:
    """Give a foto of these cells and no margins."""
    return attrs.evolve(foto, cellen=cells, marges=())


def changed(cel: Cel, number: Getal) -> Cel:
    """Give a cell with another number that does not meet the rules."""
    return attrs.evolve(cel, voldoet_niet=Aantal(subjects=number, personen=None))


OLD, NEW = rounded(true_foto(DAYS[0])), rounded(true_foto(DAYS[3]))
FIRST, SECOND, THIRD = (changed(cel, Getal.exact(0)) for cel in OLD.cellen[:3])


def test_a_cell_is_new_changed_or_gone() -> None:
    old = with_cells(OLD, FIRST, SECOND)
    new = with_cells(NEW, changed(SECOND, Getal.rounded(4)), THIRD)
    found = compare(old, new)

    assert [(one.soort, one.instelling, one.domein) for one in found.cellen] == [
        (SoortVerschil.VERDWENEN, FIRST.instelling, FIRST.domein),
        (SoortVerschil.GEWIJZIGD, SECOND.instelling, SECOND.domein),
        (SoortVerschil.NIEUW, THIRD.instelling, THIRD.domein),
    ]
    gone, other, fresh = found.cellen
    assert (gone.oud, gone.nieuw, fresh.oud, fresh.nieuw) == (FIRST, None, None, THIRD)
    assert ("voldoet_niet", Getal.exact(0), Getal.rounded(4)) in list(other.counts())
    assert (found.oud, found.nieuw) == (DAYS[0], DAYS[3])


def test_what_is_the_same_is_not_told() -> None:
    assert compare(with_cells(OLD, FIRST), with_cells(NEW, FIRST)).cellen == ()
    whole = compare(OLD, OLD)
    assert (whole.cellen, whole.marges) == ((), ())


def test_a_number_that_is_withheld_in_one_of_both_is_a_change_that_says_no_more() -> None:
    (one,) = compare(with_cells(OLD, FIRST), with_cells(NEW, changed(FIRST, Getal.withheld()))).cellen

    assert one.soort is SoortVerschil.GEWIJZIGD
    assert ("voldoet_niet", Getal.exact(0), Getal.withheld()) in list(one.counts())
    assert compare(with_cells(OLD, one.nieuw or FIRST), with_cells(NEW, one.nieuw or FIRST)).cellen == ()


def test_turning_it_around_swaps_new_and_gone() -> None:
    there, back = compare(OLD, NEW), compare(NEW, OLD)
    swap = {SoortVerschil.NIEUW: SoortVerschil.VERDWENEN, SoortVerschil.VERDWENEN: SoortVerschil.NIEUW}

    for one, other in zip((*there.cellen, *there.marges), (*back.cellen, *back.marges), strict=True):
        assert swap.get(one.soort, one.soort) is other.soort
        assert (one.oud, one.nieuw) == (other.nieuw, other.oud)


def test_every_difference_is_told_once() -> None:
    """Against counting by hand over both fotos."""

    def places(foto: Foto) -> dict[tuple[str, str, str], Cel]:
        return {(str(c.vraag), str(c.instelling), str(c.domein)): c for c in (*foto.cellen, *foto.marges)}

    before, after = places(OLD), places(NEW)
    found = compare(OLD, NEW)
    told = [(str(o.vraag), str(o.instelling), str(o.domein)) for o in (*found.cellen, *found.marges)]

    assert len(told) == len(set(told))
    assert set(told) == {key for key in {*before, *after} if before.get(key) != after.get(key)}
    assert {str(one.soort) for one in (*found.cellen, *found.marges)} == {"T", "W", "V"}


def test_two_policies_are_not_compared() -> None:
    with pytest.raises(ValueError, match="same policy"):
        compare(true_foto(DAYS[0]), NEW)


def test_it_reads_fotos_and_nothing_else() -> None:
    assert [p.annotation for p in inspect.signature(compare).parameters.values()] == [Foto, Foto]


def test_no_number_is_in_the_files_that_the_fotos_do_not_publish() -> None:
    """What is withheld has its mark; a change is never worked out."""
    found = compare(with_cells(OLD, FIRST), with_cells(NEW, changed(FIRST, Getal.withheld())))

    assert compare_json(found)["cellen"][0]["aantallen"]["voldoet_niet"] == {
        "oud": {"waarde": 0, "status": "gepubliceerd"},
        "nieuw": {"waarde": None, "status": "onderdrukt"},
    }
    line = next(line for line in compare_csv(found).splitlines() if ";voldoet_niet;" in line)
    assert line == f"W;{FIRST.vraag};{FIRST.instelling};{FIRST.domein};voldoet_niet;0;[g]"
    assert any(";voldoet_personen;" in line for line in compare_csv(compare(*map(true_foto, DAYS[:2]))).splitlines())
