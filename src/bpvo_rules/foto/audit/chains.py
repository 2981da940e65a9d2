"""
A quick search for another world: change one count, and mend what that breaks.

Most sensitive counts are protected by a few counts around them: one student less
here, one more there. Such a world is a chain of steps, each of which mends a
published number that the steps before it broke. Everything is in whole numbers,
so what is found needs no check; that nothing is found says nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import Final

from bpvo_rules.foto.audit.room import Move, Room, Step

__all__ = ["Chains"]

_OFFERED: Final = 14
"""Steps that are weighed to mend one row."""
_WIDE: Final = 600
"""Steps of a row that are too many to look through for what mends another row as well."""
_LENGTH: Final = 40
"""Steps in one chain."""
_TURNS: Final = 10
"""Chains that are tried, unless the caller says otherwise: a program that looks when none does takes longer."""


class Chains:
    """Chains of steps away from a known world."""

    def __init__(self, room: Room, owner: Mapping[int, str], steps: Iterable[Step]) -> None:
        """
        Get ready.

        Args:
            room: The known world.
            owner: The school of each column that may move; other columns stay.
            steps: Columns that are good to change together.

        """
        self._up, self._down = room.up, room.down
        self._room = room
        self._owner = owner
        self._steps: list[Step] = [((column, 1),) for column in owner]
        self._steps += steps
        self._school = [owner[step[0][0]] for step in self._steps]
        self._rows = [[one for one in room.effect(step) if not room.never_binds(one[0])] for step in self._steps]
        self._using: dict[int, list[int]] = defaultdict(list)
        for number, step in enumerate(self._steps):
            for column, _ in step:
                self._using[column].append(number)
        self._in_row: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, rows in enumerate(self._rows):
            for row, factor in rows:
                self._in_row[row].append((number, factor))
        # Per direction and step: whether it can be taken from the known world, and how many rows it breaks there.
        self._open = {sign: [room.times(step, sign) > 0 for step in self._steps] for sign in (1, -1)}
        self._breaks = {
            sign: [
                sum((self._up[row] if factor * sign > 0 else self._down[row]) <= 0 for row, factor in rows)
                for rows in self._rows
            ]
            for sign in (1, -1)
        }
        self._ranked: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._factor: dict[int, dict[int, int]] = {}
        self._change = [0] * len(room.sums)
        self._broken: set[int] = set()

    def loosen(self, row: int) -> None:
        """Look again at the steps in a row, before it is let go."""
        self._count(row, -1)

    def tighten(self, row: int) -> None:
        """Look again at the steps in a row, after it is held again."""
        self._count(row, 1)

    def _count(self, row: int, one: int) -> None:
        """Count a row, or no longer, among those that steps break."""
        for number, factor in self._in_row[row]:
            self._breaks[1][number] += one * ((self._up[row] if factor > 0 else self._down[row]) <= 0)
            self._breaks[-1][number] += one * ((self._down[row] if factor > 0 else self._up[row]) <= 0)
        for other in {other for number, _ in self._in_row[row] for other, _ in self._rows[number]}:
            self._ranked.pop((other, 1), None)
            self._ranked.pop((other, -1), None)

    def search(
        self,
        terms: Collection[int],
        need: int,
        *,
        banned: Collection[str],
        turns: int = _TURNS,
    ) -> Move | None:
        """
        Find a world in which a sum is larger, or smaller, by so much.

        Args:
            terms: The columns of the sum.
            need: How much more it must be; negative: how much less.
            banned: Schools that must stay as they are.
            turns: How many chains are tried, each of which weighs other steps.

        Returns:
            What differs from the known world; ``None`` when none was found.

        """
        self._wanted = self._moving(terms)
        self._willing = [one for one in self._wanted.items() if self._open[_way(one[1], need)][one[0]]]
        self._banned = banned
        for self._turn in range(turns):
            self._need, self._sign = need, 1 if need > 0 else -1
            self._taken: dict[int, int] = {}
            self._moved: dict[int, int] = {}
            self._last: dict[int, int] = {}
            found = self._mend()
            move = self._shortened() if found else None
            for row in {row for number in self._taken for row, _ in self._rows[number]}:
                self._change[row] = 0
            self._broken.clear()
            if move is not None:
                return move
        return None

    def _moving(self, terms: Collection[int]) -> dict[int, int]:
        """Give the steps that change a sum, each with how much."""
        inside = set(terms)
        found: dict[int, int] = {}
        for number in dict.fromkeys(number for column in terms for number in self._using.get(column, ())):
            factor = sum(sign for column, sign in self._steps[number] if column in inside)
            if factor:
                found[number] = factor
        return found

    # ---- one chain

    def _mend(self) -> bool:
        """Take steps until nothing is wrong; whether that worked."""
        for at in range(_LENGTH):
            if self._is_short():
                row = None
            elif self._broken:
                row = self._next_row(at)
            else:
                return True
            options = self._options(row)
            if not options:
                return False
            _, number, amount = min(options)
            self._take(number, amount)
            self._last[number] = at
        return not self._is_short() and not self._broken

    def _is_short(self) -> bool:
        return self._need * self._sign > 0

    def _next_row(self, at: int) -> int:
        rows = sorted(self._broken, key=lambda one: (len(self._in_row[one]), one))
        return rows[0] if not self._turn else rows[_mixed(at, self._turn) % len(rows)]

    def _shortened(self) -> Move:
        """Leave out the steps that were not needed."""
        for number, amount in list(self._taken.items()):
            if amount and self._left(number, -1 if amount > 0 else 1) >= abs(amount):
                self._take(number, -amount)
                if self._is_short() or self._broken:
                    self._take(number, amount)
        return {column: change for column, change in self._moved.items() if change}

    def _take(self, number: int, amount: int) -> None:
        change, up, down, broken = self._change, self._up, self._down, self._broken
        for row, factor in self._rows[number]:
            new = change[row] + factor * amount
            change[row] = new
            if new > up[row] or -new > down[row]:
                broken.add(row)
            else:
                broken.discard(row)
        self._taken[number] = self._taken.get(number, 0) + amount
        for column, sign in self._steps[number]:
            self._moved[column] = self._moved.get(column, 0) + sign * amount
        self._need -= self._wanted.get(number, 0) * amount

    def _options(self, row: int | None) -> list[tuple[tuple[int, int], int, int]]:
        """Give the steps that mend a row, or the sum itself, each with how much more is wrong then."""
        if row is None:
            sign, size, offered = self._sign, abs(self._need), self._offer(self._willing, self._sign)
        else:
            over = self._change[row] - self._up[row]
            sign, size = (-1, over) if over > 0 else (1, -self._change[row] - self._down[row])
            offered = self._offer(self._best_of(row, sign), sign)
            offered += self._closing(row, sign, {number for number, _ in offered})
        found = []
        for number, direction in offered:
            amount = min(size, self._left(number, direction))
            if amount > 0:
                order = _mixed(number, self._turn) if self._turn else number
                found.append(((self._weigh(number, direction * amount), order), number, direction * amount))
        return found

    def _offer(self, steps: Sequence[tuple[int, int]], sign: int) -> list[tuple[int, int]]:
        """Give some of the first steps that may be taken, each with its direction; every turn others."""
        found: list[tuple[int, int]] = []
        first = (
            _mixed(len(self._last), self._turn) % min(len(steps), _OFFERED * _OFFERED) if self._turn and steps else 0
        )
        for number, factor in chain(islice(steps, first, None), islice(steps, first)):
            direction = _way(factor, sign)
            if self._school[number] not in self._banned and not self._undoes(number, direction):
                found.append((number, direction))
                if len(found) == _OFFERED:
                    break
        return found

    def _closing(self, row: int, sign: int, known: Collection[int]) -> list[tuple[int, int]]:
        """Give the steps that mend another broken row as well."""
        found: list[tuple[int, int]] = []
        factors = self._factors(row)
        for other in sorted(self._broken):
            others = self._factors(other)
            if other == row or min(len(factors), len(others)) > _WIDE:
                continue
            other_sign = -sign if self._change[other] > self._up[other] else sign
            few, many = (factors, others) if len(factors) < len(others) else (others, factors)
            for number in few:
                if number in many and number not in known:
                    factor = factors[number]
                    direction = _way(factor, sign)
                    if (
                        factor * others[number] * other_sign > 0
                        and self._school[number] not in self._banned
                        and not self._undoes(number, direction)
                    ):
                        found.append((number, direction))
                        if len(found) == _OFFERED:
                            return found
        return found

    def _factors(self, row: int) -> dict[int, int]:
        if row not in self._factor:
            self._factor[row] = dict(self._in_row[row])
        return self._factor[row]

    def _undoes(self, number: int, direction: int) -> bool:
        """Whether a step takes back one that was just taken."""
        return self._taken.get(number, 0) * direction < 0 and number in self._last

    def _left(self, number: int, direction: int) -> int:
        """Say how often a step can still be taken."""
        return self._room.times(self._steps[number], direction, self._moved)

    def _weigh(self, number: int, amount: int) -> int:
        """Say how much more is wrong after a step."""
        change, up, down = self._change, self._up, self._down
        need = self._need * self._sign
        after = need - self._wanted.get(number, 0) * amount * self._sign
        total = max(0, after) - max(0, need)
        for row, factor in self._rows[number]:
            old = change[row]
            new = old + factor * amount
            if new > up[row]:
                total += new - up[row]
            elif -new > down[row]:
                total -= new + down[row]
            if old > up[row]:
                total -= old - up[row]
            elif -old > down[row]:
                total += old + down[row]
        return total

    def _best_of(self, row: int, sign: int) -> list[tuple[int, int]]:
        """Give the steps in a row, those first that break least from the known world."""
        key = (row, sign)
        if key not in self._ranked:
            self._ranked[key] = sorted(
                (one for one in self._in_row[row] if self._open[_way(one[1], sign)][one[0]]),
                key=lambda one: (self._breaks[_way(one[1], sign)][one[0]], one[0]),
            )
        return self._ranked[key]


def _way(factor: int, sign: int) -> int:
    """Give the direction of a step with this factor that changes a sum in the direction of a sign."""
    return 1 if (factor > 0) == (sign > 0) else -1


def _mixed(number: int, turn: int) -> int:
    """Give a number that puts others in another order every turn."""
    return (number + 1) * (2654435761 + 40503 * turn) % 4294967291
