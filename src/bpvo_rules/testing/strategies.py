"""Strategies for Hypothesis: whole chains."""

from hypothesis import strategies as st

from bpvo_rules.keten import Keten
from bpvo_rules.testing.worlds import World, world


def worlds() -> st.SearchStrategy[World]:
    """Make worlds that Hypothesis can shrink."""
    return st.randoms(use_true_random=False, note_method_calls=False).map(world)


def ketens() -> st.SearchStrategy[Keten]:
    """Make chains alone."""
    return worlds().map(lambda found: found.keten)
