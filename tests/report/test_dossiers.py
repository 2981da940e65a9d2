"""Dossiers: counts are of all meldingen, and what is written out is shared fairly."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.runner import kleine_keten
from tests.report.resultaten import DAG

from bpvo_rules import judge
from bpvo_rules.report.html.dossiers import Dossiers, Teller, verdeeld


@pytest.mark.parametrize(
    ("asked", "most", "given_"),
    [
        ({"a": 3, "b": 2}, 10, {"a": 3, "b": 2}),
        ({"a": 10, "b": 1, "c": 5}, 9, {"a": 4, "b": 1, "c": 4}),
        ({"a": 10, "b": 10}, 5, {"a": 3, "b": 2}),
        ({"a": 0, "b": 4}, 2, {"a": 0, "b": 2}),
        ({}, 5, {}),
    ],
)
def test_places_are_shared_evenly(asked: Mapping[str, int], most: int, given_: Mapping[str, int]) -> None:
    """Who asks for less leaves the rest: of nine places b takes one, and a and c share eight."""
    assert verdeeld(asked, most) == given_


@given(asked=st.dictionaries(st.text(max_size=3), st.integers(0, 50), max_size=8), most=st.integers(0, 100))
def test_every_place_is_given_and_none_too_many(asked: dict[str, int], most: int) -> None:
    """Whoever gets less than asked has no fewer than anybody else, but for one place of rounding."""
    found = verdeeld(asked, most)

    assert sum(found.values()) == min(most, sum(asked.values()))
    assert list(found) == list(asked)
    for name, places in found.items():
        assert 0 <= places <= asked[name]
        if places < asked[name]:
            assert places >= max(found.values()) - 1


def test_the_counters_are_of_bpvos_students_and_meldingen_apart() -> None:
    """
    The small keten has six students with a BPVO each.

    Five have something wrong: KOUD, VREEMD, KORT, LAAT and LEEG; GOED has nothing.
    """
    found = Dossiers(judge(kleine_keten(), peildatum=DAG))

    assert found.bpvos == Teller(5, 6)
    assert found.studenten == Teller(5, 6)
    subjects = {
        (one.type.name, one.subject.split("/")[1]) for one in found.lijst if one.type.name != "Erkenningsaanvraag"
    }
    assert {student for _, student in subjects} == {"KOUD", "VREEMD", "KORT", "LAAT", "LEEG"}


def test_what_is_cut_is_counted() -> None:
    judgement = judge(kleine_keten(), peildatum=DAG)
    total = len(judgement.meldingen())
    found = Dossiers(judgement, hoogstens=3)

    assert len(found.meldingen) == total > 3
    assert sum(map(len, found.getoond.values())) == 3
    assert found.weggelaten == total - 3
    assert found.bpvos == Teller(5, 6)
