"""
Other worlds close to one that is known.

A chain of steps finds most of them, or a cycle where most numbers are exact. Where there
is none, a program looks in wider and wider parts of the table. A world that moves few
schools also holds against every school that it does not move.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from math import inf
from typing import Final

from bpvo_rules.foto.audit.attack import BASIS, FOUT, GOED, LAND, ONBEKEND, Attack, Place, is_cell
from bpvo_rules.foto.audit.chains import Chains
from bpvo_rules.foto.audit.cycles import COUNTRY, DOMEIN, SCHOOL, Cycles
from bpvo_rules.foto.audit.programs import Program, Wanted, interval
from bpvo_rules.foto.audit.room import Move, Room
from bpvo_rules.foto.audit.steps import Family, family_of, local_steps, switches
from bpvo_rules.foto.audit.targets import Target
from bpvo_rules.foto.foto import Plaats

__all__ = ["Effort", "Worlds", "settled"]


def settled(attack: Attack) -> list[int] | None:
    """Give a world that fits an attack, near the true one, which need not; ``None`` when none was found."""
    world = attack.world()
    if attack.model.keeps(world):
        return world
    program = Program(Room(attack.model, world), ((cell, ((at, 1),)) for cell, _, _, at in attack.places()))
    found = program.search(Wanted((), 0), whole=True)
    if found is None:
        return None
    near = [value + found[0].get(column, 0) for column, value in enumerate(world)]
    return near if attack.model.keeps(near) else None


class Effort(IntEnum):
    """How far to look for a world."""

    QUICK = 1
    """Chains or cycles alone."""
    FAR = 2
    """A program as well."""
    THOROUGH = 3
    """A program that leaves out nothing, in whole numbers when that is needed."""


Part = tuple[int, int]
"""Of a table around a target: the number of domeinen, and of schools beside its own."""

_FINDING: Final[Sequence[tuple[Effort, Part | None]]] = (
    (Effort.FAR, (4, 5)),
    (Effort.FAR, (9, 16)),
    (Effort.FAR, (17, 30)),
    (Effort.THOROUGH, None),
)
"""From quick to thorough, with the effort for which it is; ``None`` is the whole table."""
_WIDE: Final[Sequence[Part | None]] = ((9, 16), (17, 30), None)
"""The same when numbers may be missed, of which a small part misses more than needed; or when no step is left out."""
_LOOSE: Final = 100
"""How much more it counts that a number is loose in the foto of a target than in another one."""
_FILLED: Final = 12
"""Cells of a margin that take part because they are not empty."""
_ALLE: Final = str(Plaats.ALLE)


class Worlds:
    """
    Moves away from a known world of an attack.

    Attributes:
        attack: The attack.
        world: The known world.
        prices: What it costs to miss a number, by its row; others cannot be missed.
        tight: Most numbers are exact: look for cycles rather than for chains.

    """

    def __init__(self, attack: Attack, world: Sequence[int], *, prices: Mapping[int, float], tight: bool) -> None:
        self.attack = attack
        self.world = world
        self.prices = prices
        self.tight = tight
        self._room = Room(attack.model, world)
        self._school: dict[int, str] = {}
        self._columns: dict[str, list[tuple[Place, int]]] = defaultdict(list)
        self._by_cell: dict[Place, dict[str, list[int]]] = defaultdict(dict)
        for cell, kind, _, column in attack.places():
            self._school[column] = cell[0]
            self._columns[kind].append((cell, column))
            self._by_cell[cell].setdefault(kind, []).append(column)
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
        self._chains: dict[Family, Chains] = {}
        self._cycles: dict[Family, Cycles] = {}
        self._programs: dict[Family, Program] = {}

    @property
    def solves(self) -> int:
        """The number of programs solved."""
        return sum(program.solves for program in self._programs.values())

    def _chains_of(self, family: Family) -> Chains:
        if family not in self._chains:
            owner = {column: cell[0] for kind in sorted(family) for cell, column in self._columns[kind]}
            steps = switches(self.attack) if FOUT in family else ()
            self._chains[family] = Chains(self._room, owner, steps)
        return self._chains[family]

    def _cycles_of(self, family: Family) -> Cycles:
        if family not in self._cycles:
            sides = {
                row: COUNTRY if place == LAND else SCHOOL if place[1] == _ALLE else DOMEIN
                for (_, place, _), row in self.attack.rows.items()
                if not is_cell(place)
            }
            self._cycles[family] = Cycles(
                self._room, sides, ((o.cell, o.step) for o in local_steps(self.attack, family))
            )
        return self._cycles[family]

    def _program_of(self, family: Family) -> Program:
        if family not in self._programs:
            single = [(cell, ((column, 1),)) for kind in sorted(family) for cell, column in self._columns[kind]]
            steps = [
                (one.cell, one.step) for one in local_steps(self.attack, family) if one.basic and len(one.step) > 1
            ]
            own = {row for (_, place, _), row in self.attack.rows.items() if is_cell(place)}
            self._programs[family] = Program(self._room, [*single, *steps], own=own, prices=self.prices)
        return self._programs[family]

    def loosen(self, row: int) -> None:
        """Let a row go, because its number is withheld."""
        for chains in self._chains.values():
            chains.loosen(row)
        self._room.loosen(row)
        self._renew(row)

    def tighten(self, row: int) -> None:
        """Hold a row again that was let go, because its number is published after all."""
        self._room.tighten(row)
        for chains in self._chains.values():
            chains.tighten(row)
        self._renew(row)

    def _renew(self, row: int) -> None:
        self._loose.clear()
        for cycles in self._cycles.values():
            cycles.renew(row)
        for program in self._programs.values():
            program.renew(row)

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
                    gone = row is not None and self._room.is_loose(row)
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
        if len(columns) < domeinen:
            # A school with few domeinen needs others, in which the schools beside it make up for each other.
            rest = sorted(
                (domein for domein in self._domeinen if domein not in columns),
                key=lambda d: (-sum(loose[c] >= _LOOSE for c in self._domeinen[d] if c[0] not in banned), d),
            )
            columns |= set(rest[: domeinen - len(columns)])

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

    def find(
        self, target: Target, terms: Sequence[int], *, small: bool, banned: Collection[str] = (), effort: Effort
    ) -> Move | None:
        """
        Find a world near the known one in which a target is small, or large, enough.

        Args:
            target: What must be small or large.
            terms: Its columns.
            small: Small, rather than large.
            banned: Schools that must stay as they are.
            effort: How far to go before giving up.

        Returns:
            What differs from the known world, or ``None`` when none was found.

        """
        need = self._need(target, terms, small=small)
        if not need:
            return {}
        family = family_of(self.attack, target.kind)
        quick = self._cycles_of(family) if self.tight else self._chains_of(family)
        move = quick.search(terms, need, banned=banned)
        if move is not None or effort is Effort.QUICK:
            return move
        program, wanted = self._program_of(family), Wanted(terms, need, banned)
        parts = [part for least, part in _FINDING if effort >= least]
        for cells in self._wider(target, parts, banned):
            found = program.search(wanted, cells)
            if found is not None:
                return found[0]
        found = self._everywhere(program, target, wanted) if effort is Effort.THOROUGH else None
        return None if found is None else found[0]

    def _everywhere(self, program: Program, target: Target, wanted: Wanted) -> tuple[Move, frozenset[int]] | None:
        """Find a world when no step is left out, in whole numbers when that is needed."""
        parts = list(self._wider(target, _WIDE, wanted.banned))
        for cells in parts:
            found = program.search(wanted, cells, everywhere=True, whole=cells is parts[-1])
            if found is not None:
                return found
        return None

    def _wider(
        self, target: Target, parts: Iterable[Part | None], banned: Collection[str]
    ) -> Iterator[Collection[Place]]:
        """Give the cells of wider and wider parts of the table around a target; of a small table some are the same."""
        before: set[Place] | None = None
        for part in parts:
            inside = self._by_cell if part is None else self._part(target, *part, banned)
            cells = {cell for cell in inside if cell[0] not in banned}
            if cells != before:
                yield cells
            before = cells

    def mend(
        self, target: Target, terms: Sequence[int], *, sides: Sequence[bool], banned: Collection[str]
    ) -> tuple[Move, frozenset[int], bool] | None:
        """
        Find a cheap world in which a target is small, or large, enough, when rows may be missed.

        Args:
            target: What must be small or large.
            terms: Its columns.
            sides: Small (true) or large (false); of several, one will do, the first rather than the next.
            banned: Schools that must stay as they are.

        Returns:
            What differs from the known world, the rows that it misses, and the side; ``None`` when none was found.

        """
        program = self._program_of(family_of(self.attack, target.kind))
        wanted = {small: Wanted(terms, self._need(target, terms, small=small), banned, missing=True) for small in sides}
        for cells in self._wider(target, _WIDE, banned):
            for small, one in wanted.items():
                found = program.search(one, cells)
                if found is not None:
                    return *found, small
        for small, one in wanted.items():
            found = self._everywhere(program, target, one)
            if found is not None:
                return *found, small
        return None

    def _need(self, target: Target, terms: Sequence[int], *, small: bool) -> int:
        """Say how much must change."""
        value = sum(self.world[column] for column in terms)
        if small:
            return min(0, int(target.low) - value)
        return 0 if target.high == -inf else max(0, int(target.high) - value)

    def interval(self, target: Target, terms: Sequence[int], *, banned: Collection[str] = ()) -> tuple[float, float]:
        """Give the least and the most that a target can be, in whole numbers."""
        value = sum(self.world[column] for column in terms)
        family = family_of(self.attack, target.kind)
        columns = [c for kind in sorted(family) for cell, c in self._columns[kind] if cell[0] not in banned]
        found = interval(self._room, columns, terms)
        return (value, value) if found is None else (value + found[0], value + found[1])

    def touched(self, move: Move) -> frozenset[int]:
        """Give the rows that come to something else by a move."""
        return self._room.touched(move)

    def moved(self, move: Move) -> frozenset[str]:
        """Give the schools that a move moves."""
        return frozenset(self._school[column] for column in move)
