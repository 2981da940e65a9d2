"""The collector of cycles is paused during a judgement, and afterwards is as it was."""

import gc
from collections.abc import Iterator
from datetime import date

import pytest

from bpvo_rules import Keten, judge
from bpvo_rules.keten.collector import collector_paused


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Leave the collector as it was before a test."""
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


@pytest.mark.parametrize("on", [True, False])
def test_it_is_set_back_to_how_it_was(*, on: bool) -> None:
    (gc.enable if on else gc.disable)()
    seen = []

    judge(Keten(uitwisselingen=[]), peildatum=date(2018, 10, 1), progress=lambda *_: seen.append(gc.isenabled()))

    assert seen
    assert set(seen) == {False}
    assert gc.isenabled() is on


def test_it_is_set_back_after_an_error() -> None:
    gc.enable()

    with pytest.raises(KeyError), collector_paused():
        raise KeyError

    assert gc.isenabled()
