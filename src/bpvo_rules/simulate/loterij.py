"""
Loterij: the draws of a simulation.

Only ``random()`` of the standard generator is used: its numbers are the same in
every version of Python, which is not promised of the methods built on it.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar, final

__all__ = ["Loterij", "Weging"]

T = TypeVar("T")


@final
class Weging(Generic[T]):
    """Things to draw from, each with a weight of at least 0; at least one weight is above 0."""

    __slots__ = ("cumulatief", "dingen", "totaal")

    def __init__(self, dingen: Sequence[tuple[T, float]]) -> None:
        self.dingen: tuple[T, ...] = tuple(ding for ding, _ in dingen)
        self.cumulatief: tuple[float, ...] = tuple(accumulate(gewicht for _, gewicht in dingen))
        self.totaal: float = self.cumulatief[-1]


@final
class Loterij:
    """
    One stream of draws.

    Streams of the same seed with another name are apart, so that more draws in
    one part of the chain change nothing in another part.
    """

    __slots__ = ("_random",)

    def __init__(self, seed: int, stroom: str) -> None:
        if seed < 0:
            raise ValueError("seed must be 0 or more")
        number = (seed << 128) + int.from_bytes(stroom.encode("ascii"), "big")
        self._random = Random(number).random  # noqa: S311 - nothing here is a secret

    def kans(self, kans: float) -> bool:
        """Say yes with this chance; never for 0, always for 1."""
        return self._random() < kans

    def deel(self) -> float:
        """Give a number from 0 up to, but not including, 1."""
        return self._random()

    def geheel(self, laagste: int, hoogste: int) -> int:
        """Give a whole number, both bounds inclusive; the lowest when the highest lies under it."""
        if hoogste <= laagste:
            return laagste
        return laagste + int(self._random() * (hoogste - laagste + 1))

    def kies(self, dingen: Sequence[T]) -> T:
        """Give one of these, each as likely as the others."""
        return dingen[int(self._random() * len(dingen))]

    def weeg(self, weging: Weging[T]) -> T:
        """Give one of these, each as likely as its weight says."""
        found = bisect_right(weging.cumulatief, self._random() * weging.totaal)
        return weging.dingen[min(found, len(weging.dingen) - 1)]

    def pseudoniem(self) -> str:
        """Give 12 hexadecimal digits."""
        return f"{int(self._random() * 2**48):012x}"
