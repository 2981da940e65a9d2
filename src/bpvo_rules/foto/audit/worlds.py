"""
Other worlds close to one that is known.

A chain of steps finds most of them. Where it finds none a program looks, in a
small part of the table before a large one, in any numbers before whole numbers.
A world that moves few schools also holds against every school that it does not
move.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Final

from bpvo_rules.foto.audit.attack import BASIS, FOUT, GOED, LAND, ONBEKEND, Attack, Place, is_cell
from bpvo_rules.foto.audit.chains import Chains, Move, Step
from bpvo_rules.foto.audit.solver import Model, solve
from bpvo_rules.foto.audit.targets import Target
from bpvo_rules.foto.foto import Plaats

__all__ = ["Worlds"]

_ALLE: Final = str(Plaats.ALLE)
_SIZES: Final = ((4, 5), (9, 16))
"""Domeinen and other schools that take part, from the nearest worlds to the widest."""
_REPAIR_SIZES: Final = ((4, 5), (6, 8), (17, 30))
"""The same when numbers may be missed."""
_TURNS: Final = 30
"""Chains that are tried before a program, which takes long when the table is large."""
_MAKING_TURNS: Final = 10
"""The same when numbers can be missed."""
_FEW_TURNS: Final = 2
"""The same when it is small, or tight."""
_MOVING: Final = 1 / 1024
"""What it costs to move a count by one."""
_GAP: Final = 0.2
"""What a world may cost more than the cheapest."""
_NODES: Final = 200
"""Branches after which a search gives up: a world that is so hard to find is taken not to be there."""
_LOOSE: Final = 100
"""How much more it counts that a number is loose in the foto of a target than in another one."""
_FEW: Final = 0.5
"""Share of the columns below which it is worth it to look at the loose ones alone."""
_FILLED: Final = 12
"""Cells of a margin that take part because they are not empty."""
_SMALL: Final = 400
"""With so few columns, all of them take part at once."""


class Worlds:
    """
    Moves away from a known world of an attack.

    Attributes:
        attack: The attack.
        world: The known world.
        making: Numbers can still be withheld: look with chains only, because :meth:`mend` follows.
        tight: Most numbers are exact, so that chains find little.
        solves: Number of programs solved.

    """

    def __init__(self, attack: Attack, world: Sequence[int], *, making: bool, tight: bool) -> None:
        model = attack.model
        self.attack = attack
        self.world = world
        self.making = making
        self.tight = tight
        self._model = model
        self._rows: list[list[tuple[int, float]]] = [[] for _ in model.lower]
        self.sums = [0] * len(model.least)
        for row, (first, last) in enumerate(zip(model.starts[:-1], model.starts[1:], strict=True)):
            for at in range(first, last):
                column, factor = model.columns[at], model.factors[at]
                self._rows[column].append((row, factor))
                self.sums[row] += int(factor) * world[column]
        self.least, self.most = list(model.least), list(model.most)
        self.lower, self.upper = list(model.lower), list(model.upper)
        self._by_cell: dict[Place, dict[str, list[int]]] = defaultdict(dict)
        self.school: dict[int, str] = {}
        self._kind: dict[int, str] = {}
        for cell, kind, _, column in attack.places():
            self._by_cell[cell].setdefault(kind, []).append(column)
            self.school[column] = cell[0]
            self._kind[column] = kind
        self._schools: dict[str, list[Place]] = defaultdict(list)
        self._domeinen: dict[str, list[Place]] = defaultdict(list)
        for cell in sorted(self._by_cell):
            self._schools[cell[0]].append(cell)
            self._domeinen[cell[1]].append(cell)
        self._size = {
            cell: sum(world[column] for columns in kinds.values() for column in columns)
            for cell, kinds in self._by_cell.items()
        }
        self._zeros = {
            row
            for row in attack.rows.values()
            if self.most[row] == 0
            and all(self.lower[c] == 0 for c in model.columns[model.starts[row] : model.starts[row + 1]])
        }
        self._stuck = [0] * len(world)
        for row, (first, last) in enumerate(zip(model.starts[:-1], model.starts[1:], strict=True)):
            for at in range(first, last) if self._shows_none(row) else ():
                self._stuck[model.columns[at]] += 1
        self._loose: dict[tuple[int, str], dict[Place, int]] = {}
        self._size_of: dict[frozenset[str], int] = {}
        self._chains: dict[frozenset[str], Chains] = {}
        self.solves = 0

    def _family(self, kind: str) -> frozenset[str]:
        """Give the kinds of count that one kind hangs together with."""
        deciding = self.attack.deciding
        if kind == ONBEKEND or (kind in self.attack.rules and kind not in deciding):
            return frozenset({kind})
        return frozenset({FOUT, GOED, *deciding})

    def _movable(self, family: frozenset[str]) -> int:
        """Give the number of columns of a family that can move."""
        if family not in self._size_of:
            self._size_of[family] = sum(
                not self._stuck[column] for column, kind in self._kind.items() if kind in family
            )
        return self._size_of[family]

    def _chains_of(self, family: frozenset[str]) -> Chains:
        if family not in self._chains:
            owner = {column: self.school[column] for column, kind in self._kind.items() if kind in family}
            steps = self._steps() if FOUT in family else []
            self._chains[family] = Chains(self._model, self.world, self.sums, owner, steps)
        return self._chains[family]

    def _steps(self) -> Iterator[Step]:
        """Give what changes together when one subject fails that did not: the question, and mostly one rule."""
        at = {(cell, kind, segment): column for cell, kind, segment, column in self.attack.places() if segment}
        for (cell, kind, segment), failed in at.items():
            good = at.get((cell, GOED, segment))
            if kind != FOUT:
                continue
            switch = ((failed, 1),) if good is None else ((failed, 1), (good, -1))
            if good is not None:
                yield switch
            for rule in sorted(self.attack.deciding):
                if (column := at.get((cell, rule, segment))) is not None:
                    yield (*switch, (column, 1))

    def loosen(self, row: int) -> None:
        """Let a row go, because its number is withheld."""
        if self._shows_none(row):
            for at in range(self._model.starts[row], self._model.starts[row + 1]):
                self._stuck[self._model.columns[at]] -= 1
        self.least[row], self.most[row] = -inf, inf
        for chains in self._chains.values():
            chains.loosen(row)
        self._loose.clear()
        self._size_of.clear()

    def _shows_none(self, row: int) -> bool:
        """Whether a row is a published 0 in which nothing can move: no count in it is free to make up for another."""
        return self.least[row] == self.most[row] == self.sums[row] == 0 and row in self._zeros

    def _looseness(self, foto: int, kind: str) -> dict[Place, int]:
        """Say per cell how freely a count can move in a foto: its own number, and those in the other fotos."""
        key = (foto, kind)
        if key not in self._loose:
            base = kind if kind in {ONBEKEND, BASIS} else FOUT
            found = {}
            for cell in self._by_cell:
                score = 0
                for at in range(len(self.attack.fotos)):
                    number = self.attack.numbers[at].get((cell, base))
                    row = self.attack.rows.get((at, cell, base))
                    gone = row is not None and self.most[row] == inf
                    if number is not None and (gone or number.most != number.least):
                        score += _LOOSE if at == foto else 1
                found[cell] = score
            self._loose[key] = found
        return self._loose[key]

    def _part(self, target: Target, domeinen: int, scholen: int, banned: Collection[str]) -> list[Place]:
        """Give a part of the table around a target, with so many domeinen and schools beside its own."""
        loose = self._looseness(target.foto, target.kind)

        def best(cells: Iterable[Place], number: int) -> list[Place]:
            return sorted((c for c in cells if c[0] not in banned), key=lambda c: (-loose[c], self._size[c], c))[
                :number
            ]

        instelling, domein = target.place
        if is_cell(target.place):
            own = [target.place] if target.place in self._by_cell else []
        else:
            # To make a margin small, every cell in it that is not empty must take part.
            inside = self._schools[instelling] if instelling != _ALLE else self._domeinen[domein]
            inside = list(self._by_cell) if target.place == LAND else inside
            filled = [c for c in inside if c[0] not in banned and self._filled(c, target.kind)]
            own = [*filled[:_FILLED], *best((c for c in inside if c not in filled), 3)]
        columns, rows = {c[1] for c in own}, {c[0] for c in own}
        beside = best((c for row in rows for c in self._schools[row] if c[1] not in columns), len(self._by_cell))
        columns |= set(list(dict.fromkeys(c[1] for c in beside))[: max(0, domeinen - len(columns))])

        def cycles(school: str) -> tuple[int, str]:
            # A school that is loose in several of the domeinen can close a cycle.
            return -sum(loose.get((school, d), 0) for d in columns), school

        others = sorted((school for school in self._schools if school not in rows | set(banned)), key=cycles)
        rows |= set(others[: max(0, scholen - len(rows) + 1)])
        near = [(row, column) for row in sorted(rows) for column in sorted(columns)]
        return [cell for cell in near if cell in self._by_cell and cell[0] not in banned]

    def _filled(self, cell: Place, kind: str) -> bool:
        parts = (FOUT, GOED) if kind == BASIS else (kind,)
        return any(self.world[column] for part in parts for column in self._by_cell[cell].get(part, ()))

    def _columns(self, target: Target, cells: Iterable[Place], *, with_stuck: bool = False) -> list[int]:
        """Give the columns of cells that have to do with a kind of count; mostly those that can move."""
        family = self._family(target.kind)
        return [
            column
            for cell in cells
            for kind, columns in self._by_cell[cell].items()
            if kind in family
            for column in columns
            if with_stuck or not self._stuck[column]
        ]

    def find(self, target: Target, terms: Sequence[int], *, small: bool, banned: Collection[str] = ()) -> Move | None:
        """
        Find a world near the known one in which a target is small, or large, enough.

        Args:
            target: What must be small or large.
            terms: Its columns.
            small: Small, rather than large.
            banned: Schools that must stay as they are.

        Returns:
            What differs from the known world, or ``None`` when there is no such world.

        """
        need = self._need(target, terms, small=small)
        if not need:
            return {}
        family = self._family(target.kind)
        small_enough = self._movable(family) <= _SMALL
        turns = _FEW_TURNS if small_enough or self.tight else _MAKING_TURNS if self.making else _TURNS
        chain = self._chains_of(family).search(terms, need, banned=banned, turns=turns)
        if chain is not None or self.making:
            return chain
        everything = self._everything(target, banned)
        before: list[int] = []
        for columns in [everything] if small_enough else self._neighbourhoods(target, banned, everything):
            if columns != before:
                before = columns
                found = self._solve(columns, terms, need, {})
                if found is not None:
                    return found[0]
        return None

    def mend(
        self,
        target: Target,
        terms: Sequence[int],
        *,
        small: bool,
        banned: Collection[str],
        prices: Mapping[int, float],
    ) -> tuple[Move, frozenset[int]] | None:
        """
        Find a cheap world in which a target is small, or large, enough, when rows may be missed.

        Args:
            target: What must be small or large.
            terms: Its columns.
            small: Small, rather than large.
            banned: Schools that must stay as they are.
            prices: What it costs to miss a row.

        Returns:
            What differs from the known world, and the rows that it misses; ``None`` when there is no such world.

        """
        need = self._need(target, terms, small=small)
        for domeinen, scholen in _REPAIR_SIZES:
            columns = self._columns(target, self._part(target, domeinen, scholen, banned), with_stuck=True)
            found = self._solve(columns, terms, need, prices)
            if found is not None:
                return found
        return self._solve(self._everything(target, banned, with_stuck=True), terms, need, prices)

    def _need(self, target: Target, terms: Sequence[int], *, small: bool) -> int:
        """Say how much must change."""
        value = sum(self.world[column] for column in terms)
        if small:
            return min(0, int(target.low) - value)
        return 0 if target.high == -inf else max(0, int(target.high) - value)

    def _everything(self, target: Target, banned: Collection[str], *, with_stuck: bool = False) -> list[int]:
        cells = (cell for cell in self._by_cell if cell[0] not in banned)
        return self._columns(target, cells, with_stuck=with_stuck)

    def _neighbourhoods(self, target: Target, banned: Collection[str], everything: list[int]) -> Iterator[list[int]]:
        for domeinen, scholen in _SIZES:
            yield self._columns(target, self._part(target, domeinen, scholen, banned))
        # Where most counts are exact, only the others can move.
        loose = self._looseness(target.foto, target.kind)
        free = self._columns(target, [c for c in self._by_cell if c[0] not in banned and loose[c] >= _LOOSE])
        if len(free) < len(everything) * _FEW:
            yield free
        yield everything

    def interval(self, target: Target, terms: Sequence[int], *, banned: Collection[str] = ()) -> tuple[float, float]:
        """Give the least and the most that a target can be, in whole numbers."""
        model, place, _, _ = self._program(self._everything(target, banned), {})
        value = sum(self.world[column] for column in terms)
        found = model.interval([place[column] for column in terms if column in place])
        self.solves += 2
        return (value, value) if found is None else (value + found[0], value + found[1])

    def _program(
        self, columns: Sequence[int], prices: Mapping[int, float]
    ) -> tuple[Model, dict[int, int], dict[int, float], dict[int, int]]:
        """Give the program of some columns, where each stands in it, the costs, and the rows that columns may miss."""
        model = Model()
        place = {
            column: model.column(self.lower[column] - self.world[column], self.upper[column] - self.world[column])
            for column in columns
        }
        touched: dict[int, dict[int, float]] = {}
        for column, at in place.items():
            for row, factor in self._rows[column]:
                if self.least[row] > -inf or self.most[row] < inf:
                    touched.setdefault(row, {})[at] = factor
        costs: dict[int, float] = {}
        missing: dict[int, int] = {}
        for row, factors in touched.items():
            for sign in (1.0, -1.0) if row in prices else ():
                at = model.column()
                factors[at], costs[at], missing[at] = sign, prices[row], row
            model.row((), self.least[row] - self.sums[row], self.most[row] - self.sums[row], extra=factors)
        return model, place, costs, missing

    def _solve(
        self, columns: Sequence[int], terms: Sequence[int], need: int, prices: Mapping[int, float]
    ) -> tuple[Move, frozenset[int]] | None:
        model, place, costs, missing = self._program(columns, prices)
        moving = [place[column] for column in terms if column in place]
        if not moving:
            return None
        model.row(moving, *((-inf, need) if need < 0 else (need, inf)))
        # The world that moves least also moves the fewest schools; next to missing a number it costs next to nothing.
        for at in place.values():
            less = model.column()
            model.row((at, less), 0)
            costs[at], costs[less] = _MOVING, 2 * _MOVING
        self.solves += 1
        solution = solve(model, costs, integer=False)
        if solution.world is None and not solution.infeasible:
            self.solves += 1
            solution = solve(model, costs, integer=True, nodes=_NODES, gap=_GAP)
        if solution.world is None:
            return None
        world = solution.world
        move = {column: world[at] for column, at in place.items() if world[at]}
        return move, frozenset(row for at, row in missing.items() if world[at])

    def moved(self, move: Move) -> frozenset[str]:
        """Give the schools that a move moves."""
        return frozenset(self.school[column] for column in move if column in self.school)
