"""
Programs that look for another world among given steps.

A column is how often a step is taken; the steps may be single counts, or what
changes together in a cell, of which fewer are needed and which mostly come out
in whole numbers by themselves.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Final

import attrs

from bpvo_rules.foto.audit.attack import Place
from bpvo_rules.foto.audit.room import FREE, Move, Room, Step
from bpvo_rules.foto.audit.solver import Model, Solution, solve

__all__ = ["Option", "Options", "Programs", "Wanted"]

_MOVING: Final = 1 / 1024
"""What it costs to move a count by one."""
_TURNS: Final = 4
"""Times that a program is solved with other costs of moving, until its answer is in whole numbers."""
_MANY_TURNS: Final = 20
"""The same when there are so many options that looking for whole numbers takes minutes."""
_MANY: Final = 5000
_MIX: Final = 1009
_GAP: Final = 0.2
"""What a world may cost more than the cheapest."""
_NODES: Final = 200
"""Branches after which a search gives up: a world that is so hard to find is taken not to be there."""
_PLENTY: Final = 30
"""A count that is so large is not used up by steps that are looked for together."""


@attrs.frozen
class Option:
    """
    A step in one direction.

    Attributes:
        step: Columns that change together.
        sign: As it is, or the other way round.
        most: How often it can be taken.
        effect: The rows that it changes, each with how much.

    """

    step: Step
    sign: int
    most: int
    effect: tuple[tuple[int, int], ...]


@attrs.frozen
class Wanted:
    """
    What must change.

    Attributes:
        terms: The columns of a sum.
        need: How much more it must be; negative: how much less; 0: nothing must change but what breaks a row.
        prices: What it costs to miss a row; other rows cannot be missed.

    """

    terms: Collection[int]
    need: int
    prices: Mapping[int, float] = attrs.field(factory=dict)


class Options:
    """The steps of every cell that can be of use in a program."""

    def __init__(
        self, room: Room, steps: Iterable[tuple[Place, Step]], *, published: Collection[int], fixed: Collection[int]
    ) -> None:
        """
        Get ready.

        Args:
            room: The known world.
            steps: What can change together in one cell, each with the cell.
            published: The rows that are numbers in a foto.
            fixed: Of these the rows of a single cell that cannot be missed, so that no other cell mends them.

        """
        self._room = room
        self._published, self._fixed = published, fixed
        self._steps: dict[Place, list[tuple[Step, list[tuple[int, int]]]]] = {}
        self._cell: dict[int, Place] = {}
        for cell, step in steps:
            self._steps.setdefault(cell, []).append((step, room.effect(step)))
            for column, _ in step:
                self._cell[column] = cell
        self._known: dict[Place, dict[tuple[int, bool], list[Option]]] = {}

    def renew(self, columns: Iterable[int]) -> None:
        """Look again at the cells of columns, because a row of theirs was let go, or is held again."""
        for column in columns:
            if column in self._cell:
                self._known.pop(self._cell[column], None)

    def of(self, cell: Place, need: int, *, apart: bool) -> list[Option]:
        """
        Give the steps of a cell.

        Args:
            cell: The cell.
            need: Of steps that do the same to published numbers, enough to be taken so often are given.
            apart: Give all of them, because they do not do the same to what is looked for.

        """
        known = self._known.setdefault(cell, {})
        if (need, apart) not in known:
            known[need, apart] = list(self._useful(cell, need, apart=apart))
        return known[need, apart]

    def _useful(self, cell: Place, need: int, *, apart: bool) -> Iterator[Option]:
        alike: dict[object, list[tuple[int, int, Option]]] = {}
        for number, (step, rows) in enumerate(self._steps.get(cell, ())):
            effect = [one for one in rows if not self._room.is_loose(one[0])]
            for sign in (1, -1):
                most = self._room.times(step, sign)
                changes = tuple((row, sign * change) for row, change in effect)
                if most > 0 and not any(row in self._fixed and self._room.breaks(row, c) for row, c in changes):
                    does = frozenset(one for one in changes if one[0] in self._published)
                    key = (number, sign) if apart else (does, sign)
                    alike.setdefault(key, []).append((-most, number, Option(step, sign, most, changes)))
        for found in alike.values():
            total = 0
            for less, _, option in sorted(found, key=lambda one: one[:2]):
                yield option
                total -= less
                if total >= need:
                    break


class Programs:
    """
    Programs over options.

    Attributes:
        solves: Number of programs solved.

    """

    def __init__(self, room: Room) -> None:
        self._room = room
        self.solves: int = 0

    def single(self, columns: Iterable[int]) -> Iterator[Option]:
        """Give the options to change each column by itself."""
        for column in columns:
            step = ((column, 1),)
            effect = [one for one in self._room.rows[column] if not self._room.is_loose(one[0])]
            for sign in (1, -1):
                if (most := self._room.times(step, sign)) > 0:
                    yield Option(step, sign, most, tuple((row, sign * change) for row, change in effect))

    def search(self, options: Iterable[Option], wanted: Wanted, *, integer: bool) -> tuple[Move, frozenset[int]] | None:
        """
        Find a cheap world in which a sum is larger, or smaller, by so much.

        Args:
            options: The steps that may be taken.
            wanted: What must change.
            integer: In whole numbers; otherwise in any numbers, which is quicker and does not always give a world.

        Returns:
            What differs from the known world, and the rows that it misses; ``None`` when none was found.

        """
        model, costs, chosen = Model(), dict[int, float](), list(options)
        touched: dict[int, dict[int, float]] = {}
        used: dict[int, dict[int, float]] = {}
        less: dict[int, int] = {}
        for option in chosen:
            at = model.column(0, _end(option.most))
            # The world that moves least also moves the fewest schools; next to missing a number it costs nothing.
            costs[at] = _MOVING * len(option.step)
            for row, change in option.effect:
                touched.setdefault(row, {})[at] = change
            for column, sign in option.step:
                used.setdefault(column, {})[at] = sign * option.sign
                if sign * option.sign < 0:
                    less[column] = less.get(column, 0) + 1
        if not _add_wanted(model, used, wanted):
            return None
        missing = self._add_rows(model, touched, wanted.prices)
        costs |= {at: wanted.prices[row] for at, row in missing.items()}
        for column, ways in less.items():
            if ways > 1 and self._room.less(column) < _PLENTY:
                model.row((), -self._room.less(column), inf, extra=used[column])
        solution = self._solved(model, costs, missing, integer=integer)
        return None if solution is None or solution.world is None else self._read(chosen, solution.world, missing)

    def _add_rows(
        self, model: Model, touched: Mapping[int, dict[int, float]], prices: Mapping[int, float]
    ) -> dict[int, int]:
        """Add the rows that options change, and give the columns with which they are missed."""
        missing: dict[int, int] = {}
        for row, factors in touched.items():
            for sign in (1.0, -1.0) if row in prices else ():
                at = model.column()
                factors[at], missing[at] = sign, row
            model.row((), -_end(self._room.down[row]), _end(self._room.up[row]), extra=factors)
        return missing

    def _read(
        self, options: Sequence[Option], world: Sequence[int], missing: Mapping[int, int]
    ) -> tuple[Move, frozenset[int]] | None:
        """Give the move of a solution, when it keeps to everything that it does not miss."""
        move: Move = {}
        for option, times in zip(options, world, strict=False):
            for column, sign in option.step if times else ():
                move[column] = move.get(column, 0) + sign * option.sign * times
        move = {column: change for column, change in move.items() if change}
        missed = frozenset(row for at, row in missing.items() if world[at])
        return (move, missed) if self._room.keeps(move, missed) else None

    def _solved(
        self, model: Model, costs: Mapping[int, float], missing: Mapping[int, int], *, integer: bool
    ) -> Solution | None:
        if integer:
            self.solves += 1
            return solve(model, costs, integer=True, nodes=_NODES, gap=_GAP, any_will_do=not missing)
        for turn in range(_TURNS if len(costs) < _MANY else _MANY_TURNS):
            self.solves += 1
            mixed = {at: cost if at in missing else cost * _mixed(at, turn) for at, cost in costs.items()}
            solution = solve(model, mixed, integer=False)
            if solution.infeasible or solution.world is not None:
                return solution
        return None

    def interval(self, columns: Sequence[int], terms: Collection[int]) -> tuple[float, float] | None:
        """Give how much less and more a sum can be when columns may move; ``None`` when rows contradict each other."""
        model = Model()
        place = {
            column: model.column(*(-_end(self._room.less(column)), _end(self._room.more(column)))) for column in columns
        }
        touched: dict[int, dict[int, float]] = {}
        for column, at in place.items():
            for row, factor in self._room.rows[column]:
                if not self._room.is_loose(row):
                    touched.setdefault(row, {})[at] = factor
        self._add_rows(model, touched, {})
        self.solves += 2
        return model.interval([place[column] for column in terms if column in place])


def _add_wanted(model: Model, used: Mapping[int, Mapping[int, float]], wanted: Wanted) -> bool:
    """Add the row of what must change; whether anything can change it."""
    if not wanted.need:
        return True
    moving: dict[int, float] = {}
    for column in wanted.terms:
        for at, factor in used.get(column, {}).items():
            moving[at] = moving.get(at, 0) + factor
    model.row((), *((-inf, wanted.need) if wanted.need < 0 else (wanted.need, inf)), extra=moving)
    return any(moving.values())


def _end(room: int) -> float:
    return inf if room >= FREE else room


def _mixed(at: int, turn: int) -> float:
    """Give a factor that makes another world the cheapest every turn but the first."""
    return 1 + (at * (2654435761 + 40503 * turn)) % _MIX / _MIX if turn else 1.0
