"""
Other worlds close to one that is known.

Most sensitive counts are protected by a few cells around them: move one student
there, and back elsewhere. Such a world is found in a small program, in whole
numbers, and because it moves few schools it also holds against every school
that it does not move.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Final

from bpvo_rules.foto.audit.attack import BASIS, FOUT, GOED, LAND, ONBEKEND, Attack, Place, is_cell
from bpvo_rules.foto.audit.solver import Model, solve
from bpvo_rules.foto.audit.targets import Target
from bpvo_rules.foto.foto import Plaats

__all__ = ["Local", "Move"]

Move = dict[int, int]
"""Columns with how much they differ from the known world."""

_ALLE: Final = str(Plaats.ALLE)
_SIZES: Final = ((1, 0), (3, 2), (4, 5), (6, 8), (9, 16))
"""Domeinen and other schools that take part, from the nearest worlds to the widest."""
_REPAIR_SIZES: Final = (*_SIZES[2:4], (17, 30))
"""The same when numbers may be missed: nearer is possible, but not cheap."""
_NODES: Final = 200
"""Branches after which a search gives up: a world that is so hard to find is taken not to be there."""
_LOOSE: Final = 100
_FEW: Final = 0.5
_FILLED: Final = 12
"""Cells of a margin that take part because they are not empty."""
_SMALL: Final = 400
"""With so few columns, all of them take part at once."""


class Local:
    """
    Moves away from a known world of an attack.

    Attributes:
        attack: The attack.
        world: The known world.
        exhaustive: Look at all cells before saying that there is no world; otherwise only nearby.
        solves: Number of programs solved.

    """

    def __init__(self, attack: Attack, world: Sequence[int], *, exhaustive: bool) -> None:
        model = attack.model
        self.attack = attack
        self.world = world
        self.exhaustive = exhaustive
        self._model = model
        self._rows: list[list[tuple[int, float]]] = [[] for _ in model.lower]
        self.sums = [0.0] * len(model.least)
        for row, (first, last) in enumerate(zip(model.starts[:-1], model.starts[1:], strict=True)):
            for at in range(first, last):
                column, factor = model.columns[at], model.factors[at]
                self._rows[column].append((row, factor))
                self.sums[row] += factor * world[column]
        self.least, self.most = list(model.least), list(model.most)
        self.lower, self.upper = list(model.lower), list(model.upper)
        self._land: list[int] = []
        self._by_cell: dict[Place, dict[str, list[int]]] = defaultdict(dict)
        self.school: dict[int, str] = {}
        for cell, kind, column in attack.places():
            if is_cell(cell):
                self._by_cell[cell].setdefault(kind, []).append(column)
                self.school[column] = cell[0]
            else:
                self._land.append(column)
        self._schools: dict[str, list[Place]] = defaultdict(list)
        self._domeinen: dict[str, list[Place]] = defaultdict(list)
        for cell in sorted(self._by_cell):
            self._schools[cell[0]].append(cell)
            self._domeinen[cell[1]].append(cell)
        self._size = {
            cell: sum(world[column] for columns in kinds.values() for column in columns)
            for cell, kinds in self._by_cell.items()
        }
        self._loose: dict[tuple[int, str], dict[Place, int]] = {}
        self.solves = 0

    def loosen(self, row: int) -> None:
        """Let a row go, because its number is withheld."""
        self.least[row], self.most[row] = 0, inf
        self._loose.clear()

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

    def _part(self, target: Target, domeinen: int, scholen: int, banned: Collection[str]) -> Iterator[Place]:
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
        columns = {c[1] for c in own}
        rows = {c[0] for c in own}
        for cell in own:
            rest = [c for c in self._schools[cell[0]] if c not in own]
            columns |= {c[1] for c in best(rest, domeinen - 1)}
        for cell in own:
            rest = [c for c in self._domeinen[cell[1]] if c[0] not in rows]
            # A school that is also loose in the other domeinen can close a cycle.
            rest.sort(key=lambda c: (-loose[c] - sum(loose.get((c[0], d), 0) for d in columns), c))
            rows |= {c[0] for c in [c for c in rest if c[0] not in banned][:scholen]}
        for row in sorted(rows):
            for column in sorted(columns):
                if (row, column) in self._by_cell and (row not in banned):
                    yield row, column

    def _filled(self, cell: Place, kind: str) -> bool:
        parts = (FOUT, GOED) if kind == BASIS else (kind,)
        return any(self.world[column] for part in parts for column in self._by_cell[cell].get(part, ()))

    def _columns(self, target: Target, cells: Sequence[Place]) -> list[int]:
        """Give the columns of cells that have to do with a kind of count."""
        apart = target.kind == ONBEKEND
        found = [
            column
            for cell in cells
            for kind, columns in self._by_cell[cell].items()
            if (kind == ONBEKEND) == apart
            for column in columns
        ]
        return found if apart else [*found, *self._land]

    def find(
        self,
        target: Target,
        terms: Sequence[int],
        *,
        small: bool,
        banned: Collection[str] = (),
        slack: Mapping[int, float] | None = None,
    ) -> Move | None:
        """
        Find a world near the known one in which a target is small, or large, enough.

        Args:
            target: What must be small or large.
            terms: Its columns.
            small: Small, rather than large.
            banned: Schools that must stay as they are.
            slack: Columns by which numbers may be missed, with their price; the cheapest world then.

        Returns:
            What differs from the known world, or ``None`` when there is no such world.

        """
        value = sum(self.world[column] for column in terms)
        need = target.low - value if small else target.high - value
        if (need >= 0) if small else (need <= 0):
            return {}
        before: list[int] = []
        for columns in self._neighbourhoods(target, banned, widest=slack is None):
            if columns != before:
                before = columns
                move = self._solve(columns, terms, need, small=small, slack=slack)
                if move is not None:
                    return move
        return None

    def _neighbourhoods(self, target: Target, banned: Collection[str], *, widest: bool) -> Iterator[list[int]]:
        everything = self._columns(target, [cell for cell in self._by_cell if cell[0] not in banned])
        if len(everything) > _SMALL:
            for domeinen, scholen in _SIZES if widest else _REPAIR_SIZES:
                yield self._columns(target, list(self._part(target, domeinen, scholen, banned)))
            # Where most counts are exact, only the others can move.
            loose = self._looseness(target.foto, target.kind)
            free = self._columns(target, [c for c in self._by_cell if c[0] not in banned and loose[c] >= _LOOSE])
            if len(free) < len(everything) * _FEW:
                yield free
        if self.exhaustive or not widest or len(everything) <= _SMALL:
            yield everything

    def interval(self, target: Target, terms: Sequence[int], *, banned: Collection[str] = ()) -> tuple[float, float]:
        """Give the least and the most that a target can be, in whole numbers."""
        columns = self._columns(target, [cell for cell in self._by_cell if cell[0] not in banned])
        model, place, _, _ = self._program(columns, None)
        value = sum(self.world[column] for column in terms)
        found = model.interval([place[column] for column in terms if column in place])
        self.solves += 2
        return (value, value) if found is None else (value + found[0], value + found[1])

    def _program(
        self, columns: Sequence[int], slack: Mapping[int, float] | None
    ) -> tuple[Model, dict[int, int], dict[int, float], dict[int, int]]:
        model = Model()
        place = {
            column: model.column(self.lower[column] - self.world[column], self.upper[column] - self.world[column])
            for column in columns
        }
        touched: dict[int, dict[int, float]] = {}
        for column in columns:
            for row, factor in self._rows[column]:
                if self.least[row] > -inf or self.most[row] < inf:
                    touched.setdefault(row, {})[place[column]] = factor
        costs: dict[int, float] = {}
        back = {at: column for column, at in place.items()}
        for row, factors in touched.items():
            if slack is not None:
                for column, factor in self.attack.slack_of.get(row, ()):
                    if column in slack:
                        at = model.column()
                        factors[at], costs[at], back[at] = factor, slack[column], column
            model.row((), self.least[row] - self.sums[row], self.most[row] - self.sums[row], extra=factors)
        return model, place, costs, back

    def _solve(
        self,
        columns: Sequence[int],
        terms: Sequence[int],
        need: float,
        *,
        small: bool,
        slack: Mapping[int, float] | None,
    ) -> Move | None:
        model, place, costs, back = self._program(columns, slack)
        moving = [place[column] for column in terms if column in place]
        if not moving:
            return None
        model.row(moving, *((-inf, need) if small else (need, inf)))
        self.solves += 1
        solution = solve(model, costs, integer=True, nodes=_NODES)
        if solution.world is None:
            return None
        return {back[at]: value for at, value in enumerate(solution.world) if value}

    def moved(self, move: Move) -> frozenset[str]:
        """Give the schools that a move moves."""
        return frozenset(self.school[column] for column in move if column in self.school)
