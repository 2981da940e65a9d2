"""Canonical JSON: RFC 8785, as far as a foto needs it."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpvo_rules.errors import InvalidCodeError
from bpvo_rules.foto import Digest, Status
from bpvo_rules.foto.canonical import canonical, digest_of, parse_canonical

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
ascii_keys = st.text(alphabet=st.characters(max_codepoint=127), max_size=6)
atoms = st.none() | st.integers(-(2**53) + 1, 2**53 - 1) | texts
values = st.recursive(
    atoms, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ascii_keys, inner, max_size=4), max_leaves=12
)


def test_keys_stand_in_the_order_of_their_utf_16_units() -> None:
    """The example of RFC 8785, 3.2.3: a character beyond the first plane comes before U+FB33."""
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    expected = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]

    assert list(json.loads(canonical(dict.fromkeys(names)))) == expected
    assert sorted(names) != expected


def test_texts_are_escaped_as_little_as_json_allows() -> None:
    """The example of RFC 8785, 3.2.2: only quote, backslash and control characters are escaped."""
    assert canonical('\u20ac$\x0f\nA\'B"\\\\"/') == '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


@pytest.mark.parametrize("code", range(0x20))
def test_control_characters_have_one_form(code: int) -> None:
    """Two characters for the five that have a letter, lower-case hexadecimal for the others (RFC 8785, 3.2.2.2)."""
    short = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"}

    expected = short.get(code, f"\\u{code:04x}")

    assert canonical(chr(code)).decode() == f'"{expected}"'


def test_nothing_else_is_escaped() -> None:
    assert canonical("\x7f\u2028</script>") == '"\x7f\u2028</script>"'.encode()


@given(values)
def test_with_ascii_keys_it_is_what_json_writes_sorted_and_tight(value: Any) -> None:
    written = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert canonical(value) == written.encode()


@given(values)
def test_what_is_written_reads_back(value: Any) -> None:
    assert parse_canonical(canonical(value)) == value


def test_words_of_an_enumeration_are_their_texts() -> None:
    assert canonical([Status.AFGEROND, {"a": Digest(f"sha256:{'0' * 64}")}]) == (
        b'["afgerond",{"a":"sha256:' + b"0" * 64 + b'"}]'
    )


@pytest.mark.parametrize("value", [1.0, float("nan"), True, False, 2**53, -(2**53), "\ud800", {1: "a"}, {"a": {b"b"}}])
def test_what_has_more_than_one_way_to_be_written_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical([value])


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b'{"a":1}\n',
        b"\xef\xbb\xbf{}",
        b"1.0",
        b"1e2",
        b"-0",
        b"NaN",
        b"true",
        b'"\\u0041"',
        b'"\\/"',
        b"9007199254740992",
        b'"\xff"',
        b'"\\ud800"',
        b"",
        b"[" * 100_000,
    ],
)
def test_only_the_one_way_to_write_something_is_read(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_canonical(data)


def test_a_digest_says_which_one_it_is() -> None:
    assert digest_of(b"foto") == f"sha256:{hashlib.sha256(b'foto').hexdigest()}"
    with pytest.raises(InvalidCodeError):
        Digest("sha256:ABC")
