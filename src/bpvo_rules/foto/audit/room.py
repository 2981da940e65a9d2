"""A known world, and the room that it leaves for others."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from math import inf
from typing import Final

from bpvo_rules.foto.audit.solver import Model

__all__ = ["FREE", "Move", "Room", "Step"]

Move = dict[int, int]
"""Columns with how much they differ from the known world."""
Step = tuple[tuple[int, int], ...]
"""Columns that change together, each with its sign."""

FREE: Final = 1 << 40
"""More than any count: no end."""


class Room:
    """
    A world that keeps to every row of a model; or mostly, and then a move must mend those that it breaks.

    Attributes:
        world: The count of each column.
        rows: Per column the rows that it is in, each with its factor.
        sums: What each row comes to.
        up: How much more each row may come to.
        down: How much less.

    """

    def __init__(self, model: Model, world: Sequence[int]) -> None:
        self.world = world
        self.rows: list[list[tuple[int, int]]] = [[] for _ in model.lower]
        self.sums: list[int] = [0] * len(model.least)
        for row, (first, last) in enumerate(pairwise(model.starts)):
            for at in range(first, last):
                column, factor = model.columns[at], int(model.factors[at])
                self.rows[column].append((row, factor))
                self.sums[row] += factor * world[column]
        self.up: list[int] = [
            FREE if most == inf else int(most) - at for most, at in zip(model.most, self.sums, strict=True)
        ]
        self.down: list[int] = [
            FREE if least == -inf else at - int(least) for least, at in zip(model.least, self.sums, strict=True)
        ]
        self._let_go: dict[int, tuple[int, int]] = {}
        self._broken = [row for row in range(len(self.sums)) if self.up[row] < 0 or self.down[row] < 0]
        self._more = [FREE if top == inf else int(top) - at for top, at in zip(model.upper, world, strict=True)]
        self._less = [FREE if low == -inf else at - int(low) for low, at in zip(model.lower, world, strict=True)]

    def loosen(self, row: int) -> None:
        """Let a row go, because its number is withheld."""
        self._let_go[row] = self.up[row], self.down[row]
        self.up[row] = self.down[row] = FREE

    def tighten(self, row: int) -> None:
        """Hold a row again that was let go, because its number is published after all."""
        self.up[row], self.down[row] = self._let_go.pop(row)

    def is_loose(self, row: int) -> bool:
        """Whether a row can come to anything."""
        return self.up[row] == self.down[row] == FREE

    def never_binds(self, row: int) -> bool:
        """Whether a row can come to anything, and will not be held again."""
        return self.is_loose(row) and row not in self._let_go

    def more(self, column: int) -> int:
        """Say how much larger a column can be."""
        return self._more[column]

    def less(self, column: int) -> int:
        """Say how much smaller a column can be."""
        return self._less[column]

    def times(self, step: Step, sign: int, moved: Mapping[int, int] | None = None) -> int:
        """
        Say how often a step can be taken, as far as its columns go.

        Args:
            step: Columns that change together.
            sign: Whether it is taken as it is, or the other way round.
            moved: What has moved already.

        """
        most = FREE
        for column, factor in step:
            at = moved.get(column, 0) if moved else 0
            most = min(most, self._more[column] - at if sign * factor > 0 else self._less[column] + at)
        return most

    def effect(self, step: Step) -> list[tuple[int, int]]:
        """Give the rows that a step changes, each with how much."""
        found: dict[int, int] = {}
        for column, sign in step:
            for row, factor in self.rows[column]:
                found[row] = found.get(row, 0) + sign * factor
        return [(row, change) for row, change in found.items() if change]

    def touched(self, move: Move) -> frozenset[int]:
        """Give the rows that come to something else by a move."""
        return frozenset(row for row, change in self.effect(tuple(move.items())) if change)

    def breaks(self, row: int, change: int) -> bool:
        """Whether a row cannot change so much."""
        return change > self.up[row] or -change > self.down[row]

    def keeps(self, move: Mapping[int, int], missed: Collection[int] = ()) -> bool:
        """Whether a move keeps to every bound, and to every row but those that it may miss."""
        for column, change in move.items():
            if change > self._more[column] or -change > self._less[column]:
                return False
        changes = dict.fromkeys(self._broken, 0)
        for column, change in move.items():
            for row, factor in self.rows[column]:
                changes[row] = changes.get(row, 0) + factor * change
        return not any(self.breaks(row, change) for row, change in changes.items() if row not in missed)
