"""How many outcomes flip between two values of a norm, counted by hand."""

from datetime import date
from typing import Any

import pytest
from tests.questions.spec import EEN_BPVO, EEN_METING, build

from bpvo_rules.errors import DeclarationError, NormError
from bpvo_rules.judge import Flips, gevoeligheid
from bpvo_rules.keten import Keten
from bpvo_rules.rules import Outcome

MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
P = date(2018, 11, 15)

# Drawn up on 24 September: received after 3, 5, 7 and 9 days, and one that was not drawn up on any day.
RECEIVED = ("2018-09-27", "2018-09-29", "2018-10-01", "2018-10-03")


def vier_leveringen() -> Keten:
    """Give BPVO's that differ in the day on which DUO received them."""
    cells = [{"volgnummer": str(n), "ontvangen_duo_op": day} for n, day in enumerate(RECEIVED)]
    keten, _ = build(EEN_BPVO, [*cells, {"volgnummer": "9", "afsluitdatum": ""}], {})
    return keten


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (7, 7, ()),
        (7, 8, ()),
        (7, 4, (("tijdig_bij_duo", MET, NOT_MET, 2),)),
        (4, 7, (("tijdig_bij_duo", NOT_MET, MET, 2),)),
        (7, 5, (("tijdig_bij_duo", MET, NOT_MET, 1),)),
        ("2", 9, (("tijdig_bij_duo", NOT_MET, MET, 4),)),
    ],
)
def test_a_shorter_term_flips_the_deliveries_between(first: Any, second: Any, expected: tuple[Any, ...]) -> None:
    found = gevoeligheid(vier_leveringen(), "termijn_aanlevering", first, second, peildatum=P)

    assert found == tuple(Flips(rule=r, before=a, after=b, subjects=n) for r, a, b, n in expected)


def test_flips_are_counted_per_rule_that_reads_the_norm() -> None:
    """A change that arose on 24 September and came on 29 September is late by a term of four days, as the BPVO is."""
    cells = {"ontvangen_duo_op": "2018-09-29"}
    keten, _ = build(EEN_BPVO, [{**cells, "soort": "wijziging", "volgorde": "2"}, cells], {})
    found = gevoeligheid(keten, "termijn_aanlevering", 7, 4, peildatum=P)

    assert [(f.rule, f.subjects) for f in found] == [("tijdig_bij_duo", 1), ("wijziging_tijdig_bij_duo", 1)]


def test_a_term_that_has_not_ended_flips_to_unknown() -> None:
    """Not received on K = 30 September: a term of 6 days ended on that day, one of 7 days has not."""
    keten, _ = build(EEN_BPVO, [{"ontvangen_duo_op": ""}], {})
    found = gevoeligheid(
        keten, "termijn_aanlevering", 6, 7, peildatum=P, kennisdatum=date(2018, 9, 30), perspectief="instelling"
    )

    assert found == (Flips(rule="tijdig_bij_duo", before=NOT_MET, after=UNKNOWN, subjects=1),)


def test_an_open_norm_can_be_weighed_before_it_is_chosen() -> None:
    keten, _ = build(EEN_METING, [{"duur_ms": "500"}, {"duur_ms": "501", "functie": "verificatie"}], {})

    assert gevoeligheid(keten, "maximale_duur_ms", 500, 499, peildatum=P) == (
        Flips(rule="white_label_vlot", before=MET, after=NOT_MET, subjects=1),
    )


def test_a_window_can_be_weighed() -> None:
    """Both measurements are at a quarter past nine on a Monday."""
    keten, _ = build(EEN_METING, [{"gelukt": "nee"}, {"functie": "verificatie"}], {"white_label_onderhoud": ""})
    found = gevoeligheid(keten, "venster", "altijd", "za-zo 00:00-24:00", peildatum=P)

    assert {(f.before, f.after, f.subjects) for f in found} == {
        (NOT_MET, Outcome.OUT_OF_SCOPE, 1),
        (MET, Outcome.OUT_OF_SCOPE, 1),
    }


def test_unknown_norms_and_values_that_do_not_fit_are_refused() -> None:
    with pytest.raises(DeclarationError, match="Unknown norm"):
        gevoeligheid(Keten(), "termijn", 1, 2, peildatum=P)
    for first, second in ((-1, 7), (7, -1)):
        with pytest.raises(NormError):
            gevoeligheid(Keten(), "termijn_aanlevering", first, second, peildatum=P)
