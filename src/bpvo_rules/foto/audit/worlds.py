"""
Other worlds close to one that is known.

A chain of steps finds most of them, or a cycle where most numbers are exact. Where
there is none a program looks, in a small part of the table before a large one, in
any numbers before whole numbers. A world that moves few schools also holds against
every school that it does not move.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf
from typing import Final

import attrs

from bpvo_rules.foto.audit.attack import BASIS, FOUT, GOED, LAND, ONBEKEND, Attack, Place, is_cell
from bpvo_rules.foto.audit.chains import Chains
from bpvo_rules.foto.audit.cycles import COUNTRY, DOMEIN, SCHOOL, Cycles
from bpvo_rules.foto.audit.programs import Option, Options, Programs, Wanted
from bpvo_rules.foto.audit.room import Move, Room
from bpvo_rules.foto.audit.steps import Family, family_of, local_steps, switches
from bpvo_rules.foto.audit.targets import Target
from bpvo_rules.foto.foto import Plaats

__all__ = ["Worlds", "settled"]

_ALLE: Final = str(Plaats.ALLE)


@attrs.frozen
class _Try:
    """
    One program.

    Attributes:
        domeinen: How many take part.
        scholen: How many others take part.
        steps: Look for what changes together in a cell, rather than for single counts.
        integer: In whole numbers.

    """

    domeinen: int
    scholen: int
    steps: bool = False
    integer: bool = False


_FINDING: Final = (
    _Try(4, 5, steps=True),
    _Try(4, 5),
    _Try(9, 16, steps=True),
    _Try(9, 16),
    _Try(17, 80, steps=True),
    _Try(4, 5, integer=True),
    _Try(9, 16, integer=True),
)
"""From quick to thorough."""
_MENDING: Final = (
    _Try(4, 5, steps=True),
    _Try(4, 5),
    _Try(6, 8),
    _Try(9, 16, steps=True),
    _Try(4, 5, integer=True),
    _Try(17, 30),
    _Try(6, 8, integer=True),
    _Try(17, 30, integer=True),
)
"""The same when numbers may be missed."""
_REGAINING: Final[Mapping[bool, Sequence[_Try]]] = {
    True: (_Try(4, 5, steps=True), _Try(9, 16, steps=True)),
    False: (_Try(4, 5), _Try(9, 16)),
}
"""What is tried before a number that was withheld is taken to be needed, where most numbers are exact and where not."""
_TURNS: Final = 30
"""Chains that are tried before a program, which takes long when the table is large."""
_MAKING_TURNS: Final = 10
"""The same when numbers can be missed."""
_FEW_TURNS: Final = 2
"""The same when it is small."""
_SHORT: Final = 12
"""Steps in one chain when it is small."""
_LOOSE: Final = 100
"""How much more it counts that a number is loose in the foto of a target than in another one."""
_FEW: Final = 0.5
"""Share of the columns below which it is worth it to look at the loose ones alone."""
_FILLED: Final = 12
"""Cells of a margin that take part because they are not empty."""
_SMALL: Final = 400
"""With so few columns, all of them take part at once."""


def settled(attack: Attack) -> list[int] | None:
    """Give a world that fits an attack, near the true one, which need not; ``None`` when none was found."""
    world = attack.world()
    if attack.model.keeps(world):
        return world
    programs = Programs(Room(attack.model, world))
    options = list(programs.single(range(len(world))))
    for integer in (False, True):
        found = programs.search(options, Wanted((), 0), integer=integer)
        if found is not None:
            near = [value + found[0].get(column, 0) for column, value in enumerate(world)]
            return near if attack.model.keeps(near) else None
    return None


class Worlds:
    """
    Moves away from a known world of an attack.

    Attributes:
        attack: The attack.
        world: The known world.
        making: Numbers can still be withheld: look without programs, because :meth:`mend` follows.
        tight: Most numbers are exact: look for cycles rather than for chains.

    """

    def __init__(self, attack: Attack, world: Sequence[int], *, making: bool, tight: bool) -> None:
        model = attack.model
        self.attack = attack
        self.world = world
        self.making = making
        self.tight = tight
        self._room = Room(model, world)
        self._programs = Programs(self._room)
        self._by_cell: dict[Place, dict[str, list[int]]] = defaultdict(dict)
        self._school: dict[int, str] = {}
        self._kind: dict[int, str] = {}
        for cell, kind, _, column in attack.places():
            self._by_cell[cell].setdefault(kind, []).append(column)
            self._school[column] = cell[0]
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
        self._in_row = {row: model.columns[first:last] for row, (first, last) in enumerate(pairwise(model.starts))}
        zeros = (row for row in attack.rows.values() if model.most[row] == 0)
        self._zeros = {row for row in zeros if all(model.lower[column] == 0 for column in self._in_row[row])}
        self._stuck = [0] * len(world)
        for row in self._zeros:
            for column in self._in_row[row] if self._shows_none(row) else ():
                self._stuck[column] += 1
        self._loose: dict[tuple[int, str], dict[Place, int]] = {}
        self._size_of: dict[Family, int] = {}
        self._chains: dict[Family, Chains] = {}
        self._cycles: dict[Family, Cycles] = {}
        self._options: dict[Family, Options] = {}

    @property
    def solves(self) -> int:
        """The number of programs solved."""
        return self._programs.solves

    def _movable(self, family: Family) -> int:
        """Give the number of columns of a family that can move."""
        if family not in self._size_of:
            self._size_of[family] = sum(
                not self._stuck[column] for column, kind in self._kind.items() if kind in family
            )
        return self._size_of[family]

    def _chains_of(self, family: Family) -> Chains:
        if family not in self._chains:
            owner = {column: self._school[column] for column, kind in self._kind.items() if kind in family}
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
            steps = ((one.cell, one.step) for one in local_steps(self.attack, family))
            self._cycles[family] = Cycles(self._room, sides, steps)
        return self._cycles[family]

    def _options_of(self, family: Family) -> Options:
        if family not in self._options:
            last = len(self.attack.fotos) - 1 if self.making else None
            cells = {row for (foto, place, _), row in self.attack.rows.items() if is_cell(place) and foto != last}
            steps = ((one.cell, one.step) for one in local_steps(self.attack, family) if one.basic)
            published = frozenset(self.attack.rows.values())
            self._options[family] = Options(self._room, steps, published=published, fixed=cells)
        return self._options[family]

    def loosen(self, row: int) -> None:
        """Let a row go, because its number is withheld."""
        if self._shows_none(row):
            for column in self._in_row[row]:
                self._stuck[column] -= 1
        for chains in self._chains.values():
            chains.loosen(row)
        self._room.loosen(row)
        self._renew(row)

    def tighten(self, row: int) -> None:
        """Hold a row again that was let go, because its number is published after all."""
        self._room.tighten(row)
        for chains in self._chains.values():
            chains.tighten(row)
        if self._shows_none(row):
            for column in self._in_row[row]:
                self._stuck[column] += 1
        self._renew(row)

    def _renew(self, row: int) -> None:
        for cycles in self._cycles.values():
            cycles.renew(row)
        for options in self._options.values():
            options.renew(self._in_row[row])
        self._loose.clear()
        self._size_of.clear()

    def _shows_none(self, row: int) -> bool:
        """Whether a row is a published 0 in which nothing can move: no count in it is free to make up for another."""
        return row in self._zeros and self._room.is_exact(row) and self._room.sums[row] == 0

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

    def _columns(self, target: Target, cells: Iterable[Place], *, with_stuck: bool = False) -> list[int]:
        """Give the columns of cells that have to do with a kind of count; mostly those that can move."""
        family = family_of(self.attack, target.kind)
        return [
            column
            for cell in cells
            for kind, columns in self._by_cell[cell].items()
            if kind in family
            for column in columns
            if with_stuck or not self._stuck[column]
        ]

    def find(
        self,
        target: Target,
        terms: Sequence[int],
        *,
        small: bool,
        banned: Collection[str] = (),
        regaining: bool = False,
        whole: bool = True,
    ) -> Move | None:
        """
        Find a world near the known one in which a target is small, or large, enough.

        Args:
            target: What must be small or large.
            terms: Its columns.
            small: Small, rather than large.
            banned: Schools that must stay as they are.
            regaining: While making, solve some small programs when the quick search finds none.
            whole: Search the whole table when a part of it gives none.

        Returns:
            What differs from the known world, or ``None`` when there is no such world; while making, or not in the
            whole table, when the search found none.

        """
        need = self._need(target, terms, small=small)
        if not need:
            return {}
        family = family_of(self.attack, target.kind)
        small_enough = self._movable(family) <= _SMALL
        if self.tight:
            found = self._cycles_of(family).search(terms, need, banned=banned)
        else:
            turns = _MAKING_TURNS if self.making else _TURNS
            effort = {"turns": _FEW_TURNS, "length": _SHORT} if small_enough else {"turns": turns}
            found = self._chains_of(family).search(terms, need, banned=banned, **effort)
        if found is not None or (self.making and not regaining):
            return found
        wanted = Wanted(terms, need)
        if self.making:
            solved = self._tried(_REGAINING[self.tight], target, wanted, banned)
        else:
            solved = self._tried(() if small_enough else _FINDING, target, wanted, banned)
            if solved is None and (whole or small_enough):
                solved = self._searched(target, wanted, banned)
        return None if solved is None else solved[0]

    def _tried(
        self, tries: Iterable[_Try], target: Target, wanted: Wanted, banned: Collection[str]
    ) -> tuple[Move, frozenset[int]] | None:
        """Solve programs of a part of the table until one gives a world."""
        for one in tries:
            if one.steps and not self.tight:
                continue
            cells = self._part(target, one.domeinen, one.scholen, banned)
            options = self._together(target, cells, wanted) if one.steps else self._apart(target, cells, wanted)
            found = self._programs.search(options, wanted, integer=one.integer)
            if found is not None:
                return found
        return None

    def _together(self, target: Target, cells: Iterable[Place], wanted: Wanted) -> Iterator[Option]:
        """Give the options to change what changes together in cells."""
        options, terms = self._options_of(family_of(self.attack, target.kind)), set(wanted.terms)
        for cell in cells:
            yield from options.of(cell, abs(wanted.need), apart=self._touches(cell, terms))

    def _apart(self, target: Target, cells: Iterable[Place], wanted: Wanted) -> Iterator[Option]:
        """Give the options to change single counts of cells."""
        return self._programs.single(self._columns(target, cells, with_stuck=bool(wanted.prices)))

    def _touches(self, cell: Place, columns: Collection[int]) -> bool:
        return any(column in columns for kinds in self._by_cell[cell].values() for column in kinds)

    def _searched(self, target: Target, wanted: Wanted, banned: Collection[str]) -> tuple[Move, frozenset[int]] | None:
        """Solve programs of the whole table."""
        everything = self._everything(target, banned, with_stuck=bool(wanted.prices))
        # Where most counts are exact, only the others can move.
        loose = self._looseness(target.foto, target.kind)
        free = self._columns(target, [c for c in self._by_cell if c[0] not in banned and loose[c] >= _LOOSE])
        for columns in (free, everything) if len(free) < len(everything) * _FEW else (everything,):
            options = list(self._programs.single(columns))
            for integer in (False, True):
                found = self._programs.search(options, wanted, integer=integer)
                if found is not None:
                    return found
        return None

    def mend(
        self,
        target: Target,
        terms: Sequence[int],
        *,
        sides: Sequence[bool],
        banned: Collection[str],
        prices: Mapping[int, float],
    ) -> tuple[Move, frozenset[int], bool] | None:
        """
        Find a cheap world in which a target is small, or large, enough, when rows may be missed.

        Args:
            target: What must be small or large.
            terms: Its columns.
            sides: Small (true) or large (false); of several, one will do, the first rather than the next.
            banned: Schools that must stay as they are.
            prices: What it costs to miss a row.

        Returns:
            What differs from the known world, the rows that it misses, and the side; ``None`` when there is no such
            world.

        """
        wanted = {small: Wanted(terms, self._need(target, terms, small=small), prices) for small in sides}
        for small, one in wanted.items():
            found = self._tried(_MENDING, target, one, banned)
            if found is not None:
                return *found, small
        for small, one in wanted.items():
            found = self._searched(target, one, banned)
            if found is not None:
                return *found, small
        return None

    def _need(self, target: Target, terms: Sequence[int], *, small: bool) -> int:
        """Say how much must change."""
        value = sum(self.world[column] for column in terms)
        if small:
            return min(0, int(target.low) - value)
        return 0 if target.high == -inf else max(0, int(target.high) - value)

    def _everything(self, target: Target, banned: Collection[str], *, with_stuck: bool = False) -> list[int]:
        cells = (cell for cell in self._by_cell if cell[0] not in banned)
        return self._columns(target, cells, with_stuck=with_stuck)

    def interval(self, target: Target, terms: Sequence[int], *, banned: Collection[str] = ()) -> tuple[float, float]:
        """Give the least and the most that a target can be, in whole numbers."""
        value = sum(self.world[column] for column in terms)
        found = self._programs.interval(self._everything(target, banned), terms)
        return (value, value) if found is None else (value + found[0], value + found[1])

    def touched(self, move: Move) -> frozenset[int]:
        """Give the rows that come to something else by a move."""
        return self._room.touched(move)

    def moved(self, move: Move) -> frozenset[str]:
        """Give the schools that a move moves."""
        return frozenset(self._school[column] for column in move)
