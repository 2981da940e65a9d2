"""Chains that several tests look at; they are made once and never changed."""

import pytest

from bpvo_rules.simulate import GEEN_GEBREKEN, Simulatie, simulate


@pytest.fixture(scope="session")
def simulatie() -> Simulatie:
    """Give a chain with the default rates, large enough for every kind of thing to be in it."""
    return simulate(seed=7, bpvos=4000)


@pytest.fixture(scope="session")
def gaaf() -> Simulatie:
    """Give a chain in which nothing is planted."""
    return simulate(seed=11, bpvos=2000, rates=GEEN_GEBREKEN)
