"""Telling BSNs and onderwijsnummers from pseudonyms, with python-stdnum as oracle. All numbers come from counting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn, onderwijsnummer

from bpvo_rules.keten.persoonsnummer import Pseudonyms, are_persoonsnummers

BSNS = [f"{n:09}" for n in range(900_000_000, 900_000_200) if bsn.is_valid(f"{n:09}")]
ONDERWIJSNUMMERS = [f"{n}" for n in range(100_000_000, 100_000_200) if onderwijsnummer.is_valid(f"{n}")]
NEITHER = [
    f"{n}" for n in range(200_000_000, 200_000_100) if not bsn.is_valid(f"{n}") and not onderwijsnummer.is_valid(f"{n}")
]


@pytest.mark.parametrize("numbers", [BSNS, ONDERWIJSNUMMERS], ids=["bsn", "onderwijsnummer"])
def test_five_distinct_numbers_are_enough(numbers: list[str]) -> None:
    """At least 5 distinct values of 9 digits: four are too few, and repeating one of them does not help."""
    assert not are_persoonsnummers(numbers[:4] * 3)
    assert are_persoonsnummers(numbers[:5])


def test_more_than_half_of_all_distinct_values_must_pass() -> None:
    """Six of twelve is not more than half; six of eleven is."""
    assert not are_persoonsnummers(BSNS[:6] + NEITHER[:6])
    assert are_persoonsnummers(BSNS[:6] + NEITHER[:5])


def test_other_pseudonyms_count_too() -> None:
    """The half is of all distinct values, those that are not 9 digits included."""
    assert not are_persoonsnummers([*BSNS[:5], "a", "b", "c", "d", "e"])


@pytest.mark.parametrize("change", [lambda n: n[1:], lambda n: f"0{n}", lambda n: f"BSN{n}"])
def test_only_nine_digits_count(change: object) -> None:
    assert callable(change)

    assert not are_persoonsnummers(change(number) for number in BSNS)


@given(st.integers(0, 999_999_999).map(lambda n: f"{n:09}"))
def test_the_same_numbers_pass_as_by_the_oracle(number: str) -> None:
    """Four numbers that pass and one of unknown kind: with four that do not, the one decides."""
    rest = [n for n in NEITHER if n != number][:4]
    known = [n for n in BSNS if n != number][:4]
    # The number of all zeros passes the sum, and is no BSN; a column of it is no pseudonym either.
    passes = bsn.is_valid(number) or onderwijsnummer.is_valid(number) or number == "0" * 9

    assert are_persoonsnummers([*known, *rest, number]) is passes


def test_a_pseudonym_is_keyed() -> None:
    """The value was worked out with openssl: HMAC-SHA-256 of 'bsn:BSN1' under the key 'sleutel'."""
    first = Pseudonyms(b"sleutel")

    assert first.pseudonym("bsn", "BSN1") == "edf25fe3e2c5ebcb322b916e242938c1"
    assert first.pseudonym("bsn", "BSN1") == Pseudonyms(b"sleutel").pseudonym("bsn", "BSN1")
    assert first.pseudonym("bsn", "BSN1") != Pseudonyms(b"andere").pseudonym("bsn", "BSN1")
    assert first.pseudonym("bsn", "BSN1") != first.pseudonym("onderwijsnummer", "BSN1")
    assert first.pseudonym("bsn", "BSN1") != first.pseudonym("bsn", "BSN2")
