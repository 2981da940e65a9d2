"""Codes: strings of one shape, that never show what was refused."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import brin as stdnum_brin

from bpvo_rules.codes import Brin, Code, Keuzedeelcode, LeerbedrijfId, Opleidingcode, Volgnummer
from bpvo_rules.errors import BpvoRulesError, InvalidCodeError

GOOD = [
    (Brin, "00AA"),
    (Brin, "27DV"),
    (Brin, "99ZZ"),
    (Opleidingcode, "00000"),
    (Opleidingcode, "25655"),
    (Opleidingcode, "99999"),
    (Keuzedeelcode, "K0000"),
    (Keuzedeelcode, "K0067"),
    (Keuzedeelcode, "K9999"),
    (LeerbedrijfId, "100000000"),
    (LeerbedrijfId, "100000001"),
    (LeerbedrijfId, "999999998"),
    (LeerbedrijfId, "999999999"),
    (Volgnummer, "1"),
    (Volgnummer, "01"),
    (Volgnummer, "aB9"),
    (Volgnummer, "x" * 19),
    (Volgnummer, "x" * 20),
]

BAD = [
    (Brin, ""),
    (Brin, "7DV"),
    (Brin, "27DV0"),
    (Brin, "27DV00"),
    (Brin, "27dv"),
    (Brin, "2DVA"),
    (Brin, "DV27"),
    (Brin, " 27DV"),
    (Brin, "27DV "),
    (Brin, "27DV\n"),
    (Brin, "٢٧DV"),  # noqa: RUF001 - digits of another script are no digits here
    (Brin, "27ÐV"),
    (Brin, "123456782"),
    (Opleidingcode, "2565"),
    (Opleidingcode, "256555"),
    (Opleidingcode, "2565A"),
    (Opleidingcode, "25 65"),
    (Opleidingcode, "-2565"),
    (Opleidingcode, "25655\n"),
    (Opleidingcode, "K0067"),
    (Keuzedeelcode, "K006"),
    (Keuzedeelcode, "K00677"),
    (Keuzedeelcode, "k0067"),
    (Keuzedeelcode, "00067"),
    (Keuzedeelcode, "L0067"),
    (LeerbedrijfId, "99999999"),
    (LeerbedrijfId, "099999999"),
    (LeerbedrijfId, "000000000"),
    (LeerbedrijfId, "1000000000"),
    (LeerbedrijfId, "10000000A"),
    (LeerbedrijfId, "100000000.0"),
    (Volgnummer, ""),
    (Volgnummer, "x" * 21),
    (Volgnummer, "a-b"),
    (Volgnummer, "a b"),
    (Volgnummer, "é"),
]


@pytest.mark.parametrize(("code", "text"), GOOD)
def test_a_code_of_the_right_shape_stays_the_text_that_it_is(code: type[Code], text: str) -> None:
    """Leading zeros and letters stay; it compares, hashes and sorts as its text."""
    value = code(text)

    assert value == text
    assert hash(value) == hash(text)
    assert type(value) is code
    assert str(value) == text
    assert f"{value}" == text
    assert code(value) is value


@pytest.mark.parametrize(("code", "text"), BAD)
def test_another_shape_is_refused(code: type[Code], text: str) -> None:
    with pytest.raises(InvalidCodeError):
        code(text)


@pytest.mark.parametrize("value", [None, 25655, 123456789, b"27DV", 1.5])
@pytest.mark.parametrize("code", [Brin, Opleidingcode, Keuzedeelcode, LeerbedrijfId, Volgnummer])
def test_what_is_no_text_is_no_code(code: Callable[[object], Code], value: object) -> None:
    """A number is not quietly made into text: it may have lost its leading zeros."""
    with pytest.raises(InvalidCodeError):
        code(value)


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, text in BAD if len(text.strip()) > 2])
def test_the_error_names_the_code_and_its_shape_and_never_the_value(code: type[Code], text: str) -> None:
    """What was in the column may be a personal number."""
    with pytest.raises(InvalidCodeError) as caught:
        code(text)

    message = str(caught.value)
    assert code.__name__ in message
    assert code.FORM in message
    assert text not in message.replace(code.FORM, "")
    assert text not in repr(caught.value.args).replace(code.FORM, "")
    assert caught.value.__cause__ is None
    assert isinstance(caught.value, BpvoRulesError)
    assert isinstance(caught.value, ValueError)


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_a_personal_number_in_the_wrong_column_is_not_shown(number: str) -> None:
    with pytest.raises(InvalidCodeError) as caught:
        Brin(number)

    assert number not in str(caught.value)


@given(st.text(alphabet="0123456789ABCXYZabc-. é", min_size=0, max_size=6))
def test_a_brin_is_what_stdnum_calls_a_brin_of_four_characters(text: str) -> None:
    """The package also takes separators, small letters and a site of two digits; we take four plain characters."""
    try:
        ours = Brin(text) == text
    except InvalidCodeError:
        ours = False

    assert ours is (len(text) == 4 and stdnum_brin.compact(text) == text and stdnum_brin.is_valid(text))


@given(st.from_regex(re.compile(r"[0-9]{2}[A-Z]{2}", re.ASCII), fullmatch=True))
def test_every_brin_of_ours_is_one_of_stdnum(text: str) -> None:
    assert stdnum_brin.validate(Brin(text)) == text


def test_codes_sort_as_text_and_show_their_type() -> None:
    assert sorted([Brin("27DV"), Brin("01AA"), Brin("25LX")]) == ["01AA", "25LX", "27DV"]
    assert repr(Brin("27DV")) == "Brin('27DV')"


def test_a_code_of_no_known_shape_accepts_nothing() -> None:
    with pytest.raises(InvalidCodeError):
        Code("x")
