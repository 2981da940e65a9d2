"""Holding this library to its laws, on worlds in which every rule runs."""

import random
from collections.abc import Iterable, Iterator
from itertools import count, islice

from bpvo_rules.testing.laws import judge_of_library, law_named
from bpvo_rules.testing.worlds import NORMS_FOR_EVERY_RULE, World, seeded_world


def ready(world: World) -> World:
    """Give a world with a value for every norm, so that every rule runs and rules are compiled once."""
    return world._replace(norms=NORMS_FOR_EVERY_RULE)


def held(law: str, worlds: Iterable[World], *, seed: int = 0, thorough: bool = False) -> int:
    """Hold the library to a law on some worlds, and give how often it had something to say."""
    chance = random.Random(seed)  # noqa: S311 - chance for tests, not for secrets
    return sum(law_named(law).check(judge_of_library, ready(w), chance, thorough=thorough) for w in worlds)


def seeded(seeds: Iterable[int]) -> Iterator[World]:
    """Give the worlds of some numbers."""
    return map(seeded_world, seeds)


def complete(first: int, start: int, stop: int) -> Iterator[World]:
    """
    Give worlds in which everything was looked up but the table that no rule reads.

    Args:
        first: The number from which on they are looked for.
        start: Which of these is the first one that is given, from 0.
        stop: Which is the first one that no longer is.

    """
    worlds = (
        world
        for world in seeded(count(first))
        if world.keten.tabellen_niet_opgezocht == ("inschrijvingen",) and not world.keten.niet_opgezocht
    )
    return islice(worlds, start, stop)
