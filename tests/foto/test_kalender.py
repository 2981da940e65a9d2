"""When fotos are taken."""

from datetime import date

import pytest

from bpvo_rules.errors import FotoRefusedError
from bpvo_rules.foto import FOTOKALENDER, Fotokalender, Policy, expose, seal, take_foto
from bpvo_rules.judge import Judge
from bpvo_rules.keten import Keten

UNEQUAL = Fotokalender(((2, 1), (10, 1)))


def test_the_default_calendar_is_four_quarters() -> None:
    """1 October, 1 January, 1 April and 1 July; the year up to a moment ends with it."""
    assert FOTOKALENDER.year_to(date(2019, 7, 1)) == (
        date(2018, 10, 1),
        date(2019, 1, 1),
        date(2019, 4, 1),
        date(2019, 7, 1),
    )


def test_a_day_between_the_moments_has_no_year_of_fotos() -> None:
    with pytest.raises(ValueError, match="no moment"):
        FOTOKALENDER.year_to(date(2019, 7, 2))


@pytest.mark.parametrize("momenten", [(), ((2, 29),), ((4, 1), (1, 1)), ((1, 1), (1, 1)), ((13, 1),), ((4, 31),)])
def test_moments_are_days_of_every_year_in_order(momenten: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - also raised by date itself
        Fotokalender(momenten)


def test_moments_between_two_days_leave_both_out() -> None:
    assert UNEQUAL.between(date(2017, 10, 1), date(2018, 10, 1)) == (date(2018, 2, 1),)
    assert UNEQUAL.between(date(2017, 9, 30), date(2018, 10, 2)) == (
        date(2017, 10, 1),
        date(2018, 2, 1),
        date(2018, 10, 1),
    )


def test_a_window_is_cut_where_the_next_fotos_let_go_of_it() -> None:
    """The zegel counts what is left of the year at each moment of the calendar; without one, each quarter."""
    judgement = Judge().keten(Keten(), peildatum=date(2018, 10, 1))

    assert seal(judgement, kalender=UNEQUAL).delen == (date(2017, 10, 1), date(2018, 2, 1))
    quarters = (date(2017, 10, 1), date(2018, 1, 1), date(2018, 4, 1), date(2018, 7, 1))
    assert seal(judgement, kalender=FOTOKALENDER).delen == quarters
    assert seal(judgement).delen == quarters


def test_the_calendar_does_not_change_the_window() -> None:
    """A foto is of a rolling year, whenever the others are taken."""
    foto = take_foto(Keten(), peildatum=date(2018, 10, 1), policy=Policy.NIVEAU, kalender=UNEQUAL)

    assert (foto.na, foto.peildatum) == (date(2017, 10, 1), date(2018, 10, 1))


def test_protected_fotos_on_the_moments_of_an_unequal_calendar_can_be_held_against_each_other() -> None:
    """Without the calendar, what lies between 1 February and 1 October was not counted apart."""
    first, second = (Judge().keten(Keten(), peildatum=day) for day in (date(2018, 2, 1), date(2018, 10, 1)))
    made = expose(seal(first, kalender=UNEQUAL), policy=Policy.MIDPUNT6)

    assert expose(seal(second, kalender=UNEQUAL), policy=Policy.MIDPUNT6, eerdere=[made]).foto.policy.protects
    loose = expose(seal(first), policy=Policy.MIDPUNT6)
    with pytest.raises(FotoRefusedError, match="fotokalender"):
        expose(seal(second), policy=Policy.MIDPUNT6, eerdere=[loose])
