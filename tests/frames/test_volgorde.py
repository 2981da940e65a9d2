"""Whatever the numbers of deliveries and the order of their rows, frames find the same BPVO's as the reference."""

from collections.abc import Callable
from operator import attrgetter

import attrs
import polars as pl
import pytest
from tests.frames.motoren import LOCAL, assert_same_outcomes, engine

from bpvo_rules import Perspectief, judge
from bpvo_rules.errors import DuplicateKeyError
from bpvo_rules.frames import FrameKeten, judge_frames
from bpvo_rules.frames.keten import kind_of
from bpvo_rules.frames.records import cells_of
from bpvo_rules.model import TABLES
from bpvo_rules.simulate import simulate

CHAIN = simulate(seed=11, bpvos=300)
ONE = next(u for u in CHAIN.keten.uitwisselingen or () if u.volgorde == 1)

VOLGORDES: dict[str, Callable[[int], int]] = {
    "small": lambda volgorde: volgorde,
    "past 30": lambda volgorde: 29 + volgorde,
    "of ten digits": lambda volgorde: (1 << 30) - 2 + volgorde,
    "of 18 digits": lambda volgorde: volgorde * 10**17,
}


@pytest.mark.parametrize("name", LOCAL)
@pytest.mark.parametrize("perspectief", Perspectief)
@pytest.mark.parametrize("volgordes", VOLGORDES)
def test_the_same_bpvos(volgordes: str, perspectief: Perspectief, name: str) -> None:
    renumbered = [attrs.evolve(u, volgorde=VOLGORDES[volgordes](u.volgorde)) for u in CHAIN.keten.uitwisselingen or ()]
    keten = CHAIN.keten.with_tables({"uitwisselingen": sorted(renumbered, key=attrgetter("volgorde", "student"))})
    reference = judge(keten, peildatum=CHAIN.peildatum, perspectief=perspectief)
    with engine(name) as made:
        found = judge_frames(FrameKeten.uit(keten, made), peildatum=CHAIN.peildatum, perspectief=perspectief)
        assert_same_outcomes(found, reference)


@pytest.mark.parametrize("name", LOCAL)
@pytest.mark.parametrize("perspectief", Perspectief)
@pytest.mark.parametrize("volgordes", VOLGORDES)
def test_two_deliveries_of_one_number_are_refused(volgordes: str, perspectief: Perspectief, name: str) -> None:
    first = VOLGORDES[volgordes](1)
    rows = [attrs.evolve(ONE, volgorde=volgorde) for volgorde in (first, first + 1, first + 2)]
    cells = cells_of("uitwisselingen", [*rows, rows[1]])
    columns = {c: (kind_of(spec), cells[c]) for c, spec in TABLES["uitwisselingen"].columns.items()}
    with engine(name) as made:
        frames = FrameKeten.uit(CHAIN.keten, made)
        doubled = attrs.evolve(frames, frames={**frames.frames, "uitwisselingen": made.small(columns)})
        with pytest.raises(DuplicateKeyError):
            judge_frames(doubled, peildatum=CHAIN.peildatum, perspectief=perspectief)


def test_hashes_that_meet_are_no_doubles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Polars compares hashes first; where two are the same it must look at the keys themselves."""
    with engine("polars") as made:
        frame = made.small({"a": ("whole", [1, 1, 2]), "b": ("text", ["x", "y", "x"])})
        assert not made.has_doubles(frame, ["a", "b"])
        assert made.has_doubles(frame, ["a"])
        monkeypatch.setattr(pl.Expr, "hash", lambda self: self.is_null())
        assert not made.has_doubles(frame, ["a", "b"])
        assert made.has_doubles(frame, ["b"])
