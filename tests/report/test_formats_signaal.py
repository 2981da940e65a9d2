"""Signals: the lengths of the Programma van eisen ROD, and codes that never change."""

import unicodedata
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.questions.spec import EEN_BPVO, build
from tests.report.resultaten import gewoon, met_toelichting

from bpvo_rules import judge
from bpvo_rules.errors import DeclarationError
from bpvo_rules.judge import Evidence, Melding, Result
from bpvo_rules.questions import QUESTIONS, RULES
from bpvo_rules.questions.registratie import VERPLICHTE_GEGEVENS
from bpvo_rules.report.formats import SIGNAALCODES, Signaal, Signaalparameter, signalen, signalen_json
from bpvo_rules.report.formats.signaal import afgekort
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Text


def melding(**other: Any) -> Melding:
    return attrs.evolve(gewoon().meldingen()[0], **other)


def test_every_rule_has_a_code_of_its_own_that_is_none_of_duo() -> None:
    """Three characters, the first a letter: DUO's are numbers. Which code is whose stands in the spec tests."""
    assert dict(SIGNAALCODES) == {rule.code: rule.signaalcode for rule in RULES}
    assert len(set(SIGNAALCODES.values())) == len(RULES)
    assert all(len(code) == 3 and code[0].isalpha() and code[1:].isdecimal() for code in SIGNAALCODES.values())


def test_our_rules_cannot_give_a_subject_more_signals_than_there_are_numbers() -> None:
    """A rule gives a subject one melding at most, and a volgnummer has two digits."""
    assert len(RULES) <= 99


def test_the_signals_of_the_small_keten() -> None:
    """By subject; VREEMD has two, in rule order."""
    found = signalen(gewoon().meldingen())

    assert [(one.subject, one.volgnummer, one.signaalcode) for one in found] == [
        ("27DV/KORT/1/1", 1, "A04"),
        ("27DV/KOUD/1/1", 1, "A02"),
        ("27DV/LAAT/1/1", 1, "C01"),
        ("27DV/LEEG/1/1", 1, "R01"),
        ("27DV/VREEMD/1/1", 1, "A01"),
        ("27DV/VREEMD/1/1", 2, "A02"),
        ("X2", 1, "E01"),
        ("zoeken@2018-09-03T10:00:00+02:00@", 1, "D01"),
        ("zoeken@2018-09-03T11:00:00+02:00@", 1, "D01"),
    ]


def test_every_signal_keeps_its_limits(resultaat: Result) -> None:
    for lang in ("nl", "en"):
        for one in signalen(resultaat.meldingen(), lang=lang):
            assert 1 <= one.volgnummer <= 99
            assert 1 <= len(one.signaalcode) <= 3
            assert 1 <= len(one.omschrijving) <= 255
            assert all(1 <= len(p.naam) <= 50 and 1 <= len(p.waarde) <= 80 for p in one.parameters)


def test_no_melding_is_left_out_and_each_is_found_back(resultaat: Result) -> None:
    document = signalen_json(resultaat, Say("nl"))
    ids = [one["melding"] for subject in document["subjects"] for one in subject["signalen"]]

    assert sorted(ids) == sorted(m.id for m in resultaat.meldingen())
    assert document["totals"] == {"subjects": len(document["subjects"]), "signalen": len(ids)}


def test_parameters_are_what_the_rule_read_without_what_is_missing() -> None:
    """A value has at least one character, so an empty one is no parameter."""
    evidence = tuple(
        Evidence(name=name, value=value, text=Text("", ""))
        for name, value in (("a", True), ("b", None), ("c", ()), ("d", ("K0001", "K0002")), ("e" * 60, "x" * 90))
    )
    (found,) = signalen([melding(evidence=evidence)])

    assert [(p.naam, p.waarde) for p in found.parameters] == [
        ("a", "ja"),
        ("d", "K0001 K0002"),
        ("e" * 49 + "…", "x" * 79 + "…"),
    ]


def test_a_long_text_ends_in_an_ellipsis_within_its_length() -> None:
    (found,) = signalen([melding(text=Text("x" * 256, ""))])
    (whole,) = signalen([melding(text=Text("x" * 255, ""))])

    assert found.omschrijving == "x" * 254 + "…"
    assert whole.omschrijving == "x" * 255


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abcde…"),
        ("abcd efgh", 6, "abcd…"),  # no space before the ellipsis
        ("abce\u0301fgh", 5, "abc…"),  # the accent would lose its letter, so both go
        ("abce\u0301fgh", 6, "abce\u0301…"),
        ("ab\U0001f469\u200d\U0001f4bbcd", 5, "ab…"),  # a woman at a computer: three characters that are one
        ("ab\U0001f44d\U0001f3fdcd", 4, "ab…"),  # a thumb and its tint
        ("a\nb\x00c", 9, "a b c"),
        ("a\ud800b", 9, "a\ufffdb"),
        ("  a  ", 9, "a"),
    ],
)
def test_nothing_is_cut_in_the_middle_of_a_character(text: str, most: int, cut: str) -> None:
    assert afgekort(text, most) == cut


@given(st.text(st.characters()), st.integers(1, 20))
def test_a_cut_text_is_short_enough_and_can_be_written(text: str, most: int) -> None:
    found = afgekort(text, most)

    assert len(found) <= most
    assert found.encode("utf-8") is not None
    assert not any(unicodedata.category(character) == "Cc" for character in found)


def test_a_hundredth_signal_about_one_subject_is_refused_and_never_left_out() -> None:
    """Only rules of the caller's own can be so many."""
    codes = {f"eigen_{number}": "X" for number in range(100)}
    found = [melding(rule=code) for code in codes]

    assert [one.volgnummer for one in signalen(found[:99], codes=codes)] == list(range(1, 100))
    with pytest.raises(DeclarationError, match="99"):
        signalen(found, codes=codes)


def test_a_rule_of_the_caller_needs_a_code_of_the_caller() -> None:
    own = melding(rule="eigen_regel")
    with pytest.raises(DeclarationError, match="eigen_regel"):
        signalen([own])
    (found,) = signalen([own], codes={**SIGNAALCODES, "eigen_regel": "X01"})
    assert found.signaalcode == "X01"


def test_a_rule_of_the_caller_that_declares_its_code_is_told_with_it() -> None:
    """The file takes the codes of the rules that ran, ours and those of the caller."""
    own = attrs.evolve(VERPLICHTE_GEGEVENS, code="eigen_regel", signaalcode="X01")
    question = attrs.evolve(QUESTIONS[-1], code="eigen", rules=(own,))
    keten, run = build(EEN_BPVO, [{"afsluitdatum": ""}], {})
    judgement = judge(keten, peildatum=run["peildatum"], questions=[*QUESTIONS, question])
    (subject,) = signalen_json(judgement, Say("nl"))["subjects"]

    assert [one["signaalcode"] for one in subject["signalen"]] == ["R01", "X01"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("volgnummer", 0), ("volgnummer", 100), ("signaalcode", "A001"), ("signaalcode", ""), ("omschrijving", "")],
)
def test_a_signal_past_its_limits_cannot_be_made(name: str, value: Any) -> None:
    right = signalen(gewoon().meldingen())[0]
    with pytest.raises(DeclarationError):
        attrs.evolve(right, **{name: value})
    assert isinstance(right, Signaal)


def test_an_error_about_a_value_does_not_show_it() -> None:
    with pytest.raises(DeclarationError) as caught:
        Signaalparameter(naam="a", waarde="123456782" * 10)
    assert "123456782" not in str(caught.value)


def test_a_melding_with_a_toelichting_is_still_a_signal() -> None:
    """DUO has no toelichting; leaving the signal out would hide it."""
    assert "C01" in {one.signaalcode for one in signalen(met_toelichting().meldingen())}
