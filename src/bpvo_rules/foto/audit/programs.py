"""
A program that looks for another world, of a whole table.

A column is how often a step is taken: a single count, or what changes together in
a cell, of which fewer are needed and which mostly come out in whole numbers by
themselves. The program stays with the solver: a question only says which sum must
change, which schools stay as they are, and whether published numbers may be missed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Any, Final

import attrs

from bpvo_rules.foto.audit.attack import Place
from bpvo_rules.foto.audit.room import FREE, Move, Room, Step
from bpvo_rules.foto.audit.solver import Matrix, Model, Search, arrays

__all__ = ["Program", "Wanted", "interval"]

_MOVING: Final = 1 / 1024
"""The least that it costs to move a count by one; the most is twice that."""
_TURNS: Final = 5
"""Times that a program is solved again with other costs of moving, until its answer is in whole numbers."""
_MIX: Final = 1009
_GAP: Final = 0.2
"""What a world may cost more than the cheapest."""
_NODES: Final = 200
"""Branches after which a search gives up: a world that is so hard to find is taken not to be there."""
_MANY: Final = 5000
"""So many steps are too many to look for whole numbers among."""
_PLENTY: Final = 30
"""A count that is so large is not used up by steps that are looked for together."""


@attrs.frozen
class Wanted:
    """
    What is asked.

    Attributes:
        terms: The columns of a sum.
        need: How much more it must be; negative: how much less; 0: nothing must change but what breaks a row.
        banned: Schools that must stay as they are.
        missing: Rows that have a price may be missed.

    """

    terms: Collection[int]
    need: int
    banned: Collection[str] = ()
    missing: bool = False


@attrs.frozen
class _Way:
    """
    A step in one direction.

    Attributes:
        cell: Where.
        step: Columns that change together.
        sign: As it is, or the other way round.
        most: How often it can be taken.
        effect: The rows that it changes, each with how much.
        shut: Of these the rows of its own cell that it breaks.

    """

    cell: Place
    step: Step
    sign: int
    most: int
    effect: Sequence[tuple[int, int]]
    shut: Sequence[int]


def _ways(room: Room, steps: Iterable[tuple[Place, Step]], own: Collection[int]) -> Iterator[_Way]:
    """Give the directions in which steps can be taken."""
    for cell, step in steps:
        times = [(sign, most) for sign in (1, -1) if (most := room.times(step, sign)) > 0]
        rows = [one for one in room.effect(step) if not room.never_binds(one[0])] if times else []
        for sign, most in times:
            effect = [(row, sign * change) for row, change in rows]
            shut = [row for row, change in effect if row in own and room.breaks(row, change)]
            yield _Way(cell, step, sign, most, effect, shut)


class Program:
    """Steps away from a known world, all of which may be taken together."""

    def __init__(
        self,
        room: Room,
        steps: Iterable[tuple[Place, Step]],
        *,
        own: Collection[int] = (),
        prices: Mapping[int, float] | None = None,
    ) -> None:
        """
        Get ready.

        Args:
            room: The known world.
            steps: What can change together in one cell, each with the cell.
            own: Rows of a single cell, which no other cell mends: a step that breaks one by itself is only taken where
                the row is let go or may be missed, in the cells of what is looked for, or by who looks everywhere.
            prices: What it costs to miss a row; others cannot be missed.

        """
        self._room, self._prices = room, prices or {}
        # Of single counts every world is a sum; other steps that cannot be mended are of no use.
        ways = [way for way in _ways(room, steps, own) if len(way.step) == 1 or not self._is_barred(way)]
        self._steps: list[tuple[Place, Step, int]] = [(way.cell, way.step, way.sign) for way in ways]
        self._using: dict[int, list[tuple[int, int]]] = {}
        self._shutting: dict[int, list[int]] = {}
        for at, way in enumerate(ways):
            for column, factor in way.step:
                self._using.setdefault(column, []).append((at, way.sign * factor))
            for row in way.shut:
                self._shutting.setdefault(row, []).append(at)
        self._row: dict[int, int] = {}
        self._missed: dict[int, int] = {}
        self._matrix = Matrix(*self._model(ways), steps=len(ways))
        np, size = arrays(), len(self._matrix.upper)
        self._mix: Any = np.arange(size, dtype=np.int64)
        self._is_step: Any = self._mix < len(ways)
        self._barred: Any = np.zeros(size, dtype=bool)
        self._barred[: len(ways)] = [self._is_barred(way) for way in ways]
        self._shut: Any = np.zeros(size, dtype=int)
        self._shut[: len(ways)] = [len(way.shut) for way in ways]
        self._number: dict[Place, int] = {}
        for way in ways:
            self._number.setdefault(way.cell, len(self._number))
        self._cell: Any = np.full(size, -1)
        self._cell[: len(ways)] = [self._number[way.cell] for way in ways]

    def _is_barred(self, way: _Way) -> bool:
        """Whether a step breaks what cannot be missed."""
        return any(row not in self._prices for row in way.shut)

    def _model(self, ways: Iterable[_Way]) -> tuple[Model, dict[int, float]]:
        """Give columns for steps and for what is missed, what they cost, and the rows that they change."""
        model, costs = Model(), dict[int, float]()
        touched: dict[int, dict[int, float]] = {}
        for way in ways:
            at = model.column(0, _end(way.most))
            # The world that moves least also moves the fewest schools; next to missing a number it costs nothing.
            costs[at] = _MOVING * len(way.step)
            for row, change in way.effect:
                touched.setdefault(row, {})[at] = change
        for row, factors in sorted(touched.items()):
            for sign in (1.0, -1.0) if row in self._prices else ():
                at = model.column()
                factors[at], self._missed[at], costs[at] = sign, row, self._prices[row]
            self._row[row] = model.row((), *self._ends(row), extra=factors)
        for column, uses in self._using.items():
            # A small count is not used up by several steps together.
            less = self._room.less(column)
            if less < _PLENTY and sum(factor < 0 for _, factor in uses) > 1:
                model.row((), -less, inf, extra={at: float(factor) for at, factor in uses})
        return model, costs

    def _ends(self, row: int) -> tuple[float, float]:
        return -_end(self._room.down[row]), _end(self._room.up[row])

    @property
    def solves(self) -> int:
        """Number of programs solved."""
        return self._matrix.solves

    def renew(self, row: int) -> None:
        """Look again at a row that was let go, or is held again."""
        if row in self._row:
            self._matrix.hold(self._row[row], *self._ends(row))
        if row in self._shutting:
            self._shut[self._shutting[row]] += -1 if self._room.is_loose(row) else 1

    def search(
        self,
        wanted: Wanted,
        cells: Collection[Place] | None = None,
        *,
        everywhere: bool = False,
        whole: bool = False,
    ) -> tuple[Move, frozenset[int]] | None:
        """
        Find a cheap world.

        Args:
            wanted: What must change.
            cells: The part of the table that may move; ``None``: all of it.
            everywhere: Take steps that by themselves break what no other cell mends, too, and look for other cheap
                worlds when the cheapest comes out in parts.
            whole: When no answer comes out in whole numbers, look for one in whole numbers, which takes longer.

        Returns:
            What differs from the known world, and the rows that it misses; ``None`` when none was found.

        """
        sums: dict[int, float] = {}
        for column in wanted.terms if wanted.need else ():
            for at, factor in self._using.get(column, ()):
                sums[at] = sums.get(at, 0) + factor
        sums = {at: factor for at, factor in sums.items() if factor}
        if wanted.need and not sums:
            return None
        upper = self._upper(wanted, sums, cells, everywhere=everywhere)
        # Where every step costs the same there are thousands of cheapest worlds, among which the solver loses its way.
        parts = self._matrix.solve(upper, sums, wanted.need, factors=self._mixed(0))
        found = self._read(parts, wanted)
        if parts is None or found is not None:
            return found
        found = self._near(wanted, sums, upper, parts, whole=whole)
        if found is None and (everywhere or whole):
            found = self._anywhere(wanted, sums, upper, parts, whole=whole)
        return found

    def _near(
        self, wanted: Wanted, sums: Mapping[int, float], upper: Any, parts: Mapping[int, int], *, whole: bool
    ) -> tuple[Move, frozenset[int]] | None:
        """Look where most of a world is that came out in parts: there mostly is one in whole numbers."""
        near = self._around(upper, [{at: times for at, times in parts.items() if times}])
        for turn in range(1, _TURNS + 1):
            world = self._matrix.solve(near, sums, wanted.need, factors=self._mixed(turn))
            if (found := self._read(world, wanted)) is not None:
                return found
        if wanted.missing and not whole:
            # Of what may be missed the cheapest is sought, for long: a wider part may do without.
            return None
        return self._read(self._matrix.solve(near, sums, wanted.need, search=_search(wanted)), wanted)

    def _anywhere(
        self, wanted: Wanted, sums: Mapping[int, float], upper: Any, parts: Mapping[int, int], *, whole: bool
    ) -> tuple[Move, frozenset[int]] | None:
        """
        Look in all of a table for other cheap worlds, of which one mostly is in whole numbers.

        Whole numbers themselves are looked for last. Among many steps that can take the solver a quarter of an
        hour and more, whatever the branches, so of a large table only in the schools and domeinen of those worlds.
        """
        worlds: list[Mapping[int, int] | None] = [parts]
        for turn in range(1, _TURNS + 1):
            worlds.append(self._matrix.solve(upper, sums, wanted.need, factors=self._mixed(turn)))
            if (found := self._read(worlds[-1], wanted)) is not None:
                return found
        if not whole:
            return None
        if arrays().count_nonzero(upper) > _MANY:
            upper = self._around(upper, worlds)
        return self._read(self._matrix.solve(upper, sums, wanted.need, search=_search(wanted)), wanted)

    def _around(self, upper: Any, worlds: Iterable[Mapping[int, int] | None]) -> Any:
        """Leave of a table the schools and domeinen where worlds are."""
        there = [self._steps[at][0] for world in worlds for at in world or () if at < len(self._steps)]
        schools, domeinen = ({cell[side] for cell in there} for side in (0, 1))
        return self._inside(upper, lambda cell: cell[0] in schools and cell[1] in domeinen)

    def _mixed(self, turn: int) -> Any:
        """Give factors that make another world the cheapest every turn; what is missed costs the same."""
        mixed = 1 + (self._mix * (2654435761 + 40503 * turn)) % _MIX / _MIX
        return arrays().where(self._is_step, mixed, 1.0)

    def _upper(
        self, wanted: Wanted, sums: Collection[int], cells: Collection[Place] | None, *, everywhere: bool
    ) -> Any:
        """Give how often each step can be taken, and how much may be missed."""
        np = arrays()
        shut = self._barred if wanted.missing else self._shut > 0
        free = self._is_step if everywhere else ~shut | np.isin(self._cell, self._cell[list(sums)])
        upper = np.where(free & self._is_step | (wanted.missing & ~self._is_step), self._matrix.upper, 0.0)
        if not wanted.banned and cells is None:
            return upper
        return self._inside(upper, lambda cell: cell[0] not in wanted.banned and (cells is None or cell in cells))

    def _inside(self, upper: Any, chosen: Callable[[Place], bool]) -> Any:
        """Let only steps in some cells be taken."""
        numbers = [number for cell, number in self._number.items() if chosen(cell)]
        return arrays().where(arrays().isin(self._cell, numbers) | ~self._is_step, upper, 0.0)

    def _read(self, world: Mapping[int, int] | None, wanted: Wanted) -> tuple[Move, frozenset[int]] | None:
        """Give the move of a solution, when it does what is wanted and keeps to everything that it does not miss."""
        if world is None:
            return None
        move: Move = {}
        for at, times in world.items():
            if at < len(self._steps):
                _, step, sign = self._steps[at]
                for column, factor in step:
                    move[column] = move.get(column, 0) + factor * sign * times
        move = {column: change for column, change in move.items() if change}
        changed = sum(move.get(column, 0) for column in wanted.terms)
        enough = changed <= wanted.need if wanted.need < 0 else changed >= wanted.need or not wanted.need
        missed = frozenset(self._missed[at] for at, times in world.items() if times and at in self._missed)
        return (move, missed) if enough and self._room.keeps(move, missed) else None


def _search(wanted: Wanted) -> Search:
    return Search(nodes=_NODES, gap=_GAP, any_will_do=not wanted.missing)


def interval(room: Room, columns: Iterable[int], terms: Collection[int]) -> tuple[float, float] | None:
    """
    Say how much less and more a sum can be in whole numbers.

    Args:
        room: The known world.
        columns: What may move.
        terms: The columns of the sum.

    Returns:
        The least and the most; ``None`` when rows contradict each other.

    """
    model = Model()
    place: dict[int, int] = {}
    touched: dict[int, list[tuple[int, int]]] = {}
    for column in columns:
        place[column] = model.column(-_end(room.less(column)), _end(room.more(column)))
        for row, factor in room.rows[column]:
            touched.setdefault(row, []).append((place[column], factor))
    for row, found in touched.items():
        if not room.is_loose(row):
            model.row((), -_end(room.down[row]), _end(room.up[row]), extra={at: float(way) for at, way in found})
    return model.interval([place[column] for column in terms if column in place])


def _end(room: int) -> float:
    return inf if room >= FREE else room
