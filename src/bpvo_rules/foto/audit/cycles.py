"""
A quick search where most numbers are exact: one subject more here, one less beside it, and so on round.

A change in one cell breaks the number of its school and that of its domein. A
change in another cell of that school mends the first and breaks the number of
another domein, and so on, until one of them mends both ends or comes where a
number is withheld. That is a path, which is found by going breadth first.
What is found is checked against every row; that nothing is found says nothing.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from bpvo_rules.foto.audit.attack import Place
from bpvo_rules.foto.audit.room import Move, Room, Step

__all__ = ["COUNTRY", "DOMEIN", "SCHOOL", "Cycles"]

_Broken = tuple[tuple[int, int], ...]
"""Rows that cannot change so much, each with how much, sorted."""
_Taken = tuple[int, int]
"""A step, by its number, and its direction."""
_State = tuple[int, _Broken]
"""What is broken, and on which side."""

SCHOOL, DOMEIN, COUNTRY = range(3)
"""Whose number a margin is: of a school, a domein or the country."""

_STARTS: Final = 24
"""Steps of a count that are tried as the beginning."""
_PATHS: Final = 12
"""Paths that together may change a count enough."""


class Cycles:
    """Paths of steps away from a known world."""

    def __init__(self, room: Room, sides: Mapping[int, int], steps: Iterable[tuple[Place, Step]]) -> None:
        """
        Get ready.

        Args:
            room: The known world.
            sides: Of the rows that are numbers of margins: whose they are.
            steps: What can change together in one cell, each with the cell.

        """
        self._room = room
        self._sides = sides
        self._steps: list[Step] = []
        self._signs: list[list[int]] = []
        self._school: list[str] = []
        self._effects: list[list[tuple[int, int]]] = []
        self._with_row: dict[int, list[int]] = defaultdict(list)
        self._with_column: dict[int, list[int]] = defaultdict(list)
        self._breaks: dict[_Taken, dict[int, _Broken]] = {}
        self._breaking: dict[int, dict[_Broken, dict[_Taken, None]]] = {
            side: defaultdict(dict) for side in (SCHOOL, DOMEIN)
        }
        for cell, step in steps:
            signs = [sign for sign in (1, -1) if room.times(step, sign) > 0]
            if not signs:
                continue
            number = len(self._steps)
            self._steps.append(step)
            self._signs.append(signs)
            self._school.append(cell[0])
            effect = [one for one in room.effect(step) if not room.never_binds(one[0])]
            self._effects.append(effect)
            for row, _ in effect:
                self._with_row[row].append(number)
            for column, _ in step:
                self._with_column[column].append(number)
            self._enter(number)

    def _enter(self, number: int) -> None:
        """Say of a step what it breaks, in the directions in which it can be taken."""
        up, down, sides = self._room.up, self._room.down, self._sides
        for sign in self._signs[number]:
            broken: dict[int, list[tuple[int, int]]] = {SCHOOL: [], DOMEIN: [], COUNTRY: []}
            for row, size in self._effects[number]:
                change = sign * size
                if change > up[row] or -change > down[row]:
                    if row not in sides:
                        # What it breaks in its own cell is mended by no other cell.
                        break
                    broken[sides[row]].append((row, change))
            else:
                keys = {side: tuple(sorted(broken[side])) for side in self._breaking}
                self._breaks[number, sign] = keys
                for side, found in self._breaking.items():
                    found[keys[side]][number, sign] = None

    def renew(self, row: int) -> None:
        """Look again at the steps in a row that was let go, or is held again."""
        for number in self._with_row.get(row, ()):
            for sign in (1, -1):
                if (keys := self._breaks.pop((number, sign), None)) is not None:
                    for side, found in self._breaking.items():
                        del found[keys[side]][number, sign]
            self._enter(number)

    def search(self, terms: Collection[int], need: int, *, banned: Collection[str]) -> Move | None:
        """
        Find a world in which a sum is larger, or smaller, by so much.

        Args:
            terms: The columns of the sum.
            need: How much more it must be; negative: how much less.
            banned: Schools that must stay as they are.

        Returns:
            What differs from the known world; ``None`` when none was found.

        """
        self._inside, self._banned = frozenset(terms), banned
        self._counted = {number for column in terms for number in self._with_column.get(column, ())}
        starts = self._starts(need)[:_STARTS]
        self._moved: Move = {}
        self._hopeless: set[tuple[_State, _Broken | None]] = set()
        for _ in range(_PATHS):
            left = abs(need) - abs(sum(self._moved.get(column, 0) for column in terms))
            if left <= 0:
                return {column: change for column, change in self._moved.items() if change}
            if not any(self._go(start, left) for start in starts):
                return None
        return None

    def _starts(self, need: int) -> list[_Taken]:
        """Give the steps that change the sum in the right direction, those first that break least."""
        found: list[tuple[int, _Taken]] = []
        for number in self._counted:
            change = sum(sign for column, sign in self._steps[number] if column in self._inside)
            taken = (number, 1 if (change > 0) == (need > 0) else -1)
            if change and self._school[number] not in self._banned and taken in self._breaks:
                broken = self._breaks[taken]
                found.append((len(broken[SCHOOL]) + len(broken[DOMEIN]), taken))
        return [taken for _, taken in sorted(found)]

    def _go(self, start: _Taken, left: int) -> bool:
        """Go the path from a step, as often as possible; whether there is one."""
        path = self._path(start)
        if path is None:
            return False
        net: Move = {}
        for number, sign in path:
            for column, factor in self._steps[number]:
                net[column] = net.get(column, 0) + sign * factor
        for times in range(left, 0, -1):
            after = {column: self._moved.get(column, 0) + times * change for column, change in net.items()}
            moved = {**self._moved, **after}
            if self._room.keeps(moved):
                self._moved = moved
                self._hopeless.clear()
                return True
        return False

    def _path(self, start: _Taken) -> list[_Taken] | None:
        """Give steps that together break nothing, from one on."""
        if self._room.times(self._steps[start[0]], start[1], self._moved) <= 0:
            return None
        broken = self._breaks[start]
        path = [start]
        ends = broken[DOMEIN]
        if broken[SCHOOL]:
            rest = self._mend((SCHOOL, broken[SCHOOL]), _against(ends))
            if rest is None:
                return None
            path += rest
            # Sides take turns: after an odd number of steps the last one changed something in a domein.
            if len(rest) % 2 and self._breaks[rest[-1]][DOMEIN] == _against(ends):
                return path
        if ends:
            rest = self._mend((DOMEIN, ends), None)
            if rest is None:
                return None
            path += rest
        return path

    def _mend(self, first: _State, wanted: _Broken | None) -> list[_Taken] | None:
        """
        Give steps that mend what is broken on one side.

        Args:
            first: What is broken.
            wanted: What may be broken on the side of the domein in the end, because it mends the other end.

        """
        if (first, wanted) in self._hopeless:
            # Another beginning of the same count broke the same.
            return None
        before: dict[_State, tuple[_State, _Taken] | None] = {first: None}
        queue = deque([first])
        while queue:
            state = queue.popleft()
            here, rows = state
            there = DOMEIN if here == SCHOOL else SCHOOL
            for taken in self._breaking[here].get(_against(rows), ()):
                number, sign = taken
                new = (there, self._breaks[taken][there])
                if new in before or self._school[number] in self._banned or number in self._counted:
                    continue
                if self._moved and self._room.times(self._steps[number], sign, self._moved) <= 0:
                    continue
                before[new] = (state, taken)
                if not new[1] or (there == DOMEIN and new[1] == wanted):
                    return _back(before, new)
                queue.append(new)
        self._hopeless.add((first, wanted))
        return None


def _against(broken: _Broken) -> _Broken:
    return tuple([(row, -change) for row, change in broken])


def _back(before: Mapping[_State, tuple[_State, _Taken] | None], last: _State) -> list[_Taken]:
    """Give the steps that led to a state, in their order."""
    found: list[_Taken] = []
    step = before[last]
    while step is not None:
        state, taken = step
        found.append(taken)
        step = before[state]
    return found[::-1]
