"""
A second attacker on a series of fotos, written apart from `bpvo_rules.foto.audit`.

It asks one whole-number program (OR-tools CP-SAT) over the complete system per sensitive count: can
it be small, can it be large? Nothing is looked for nearby, nothing is relaxed and no float is used.
Only *which* counts are sensitive is taken from the project.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from itertools import pairwise
from typing import Any, Final

import attrs

from bpvo_rules.foto import Foto, Opname, Plaats, Vraagcode, WareCel, Zegel
from bpvo_rules.foto.audit.targets import Target, targets

__all__ = ["Attack", "Finding", "Undecided", "attack"]

ALLE: Final = str(Plaats.ALLE)
FOUT, GOED, BASIS, ONBEKEND = "voldoet_niet", "voldoet", "beslist", "niet_te_bepalen"
LIMIT: Final = 1_000_000
"""No count is larger; far more than the thresholds, so that it stands in no world's way."""

Cell = tuple[str, str]
Key = tuple[int, Cell, str]
"""A quarter (from 0) or a foto (-1 and down) with a cell and what is counted."""
World = tuple[int, ...]


class Undecided(Exception):  # noqa: N818 - not an error of the fotos
    """The solver gave up."""


@attrs.frozen
class Finding:
    """
    A count of which somebody finds out too much.

    Attributes:
        target: Which count, and what had to stay possible.
        insider: The school that finds it out; ``None`` when everybody can.
        least: The smallest value it can have.
        most: The largest.

    """

    target: Target
    insider: str | None
    least: int
    most: int

    @property
    def exact(self) -> bool:
        """Whether it is known."""
        return self.least == self.most


@attrs.frozen
class Attack:
    """What the attackers found."""

    targets: int
    questions_asked: int
    findings: tuple[Finding, ...]


def attack(made: Sequence[Opname], vraag: Vraagcode, *, insiders: bool = True) -> Attack:
    """
    Attack every sensitive count of a question, from outside and from every school.

    Raises:
        AssertionError: when the truth itself does not fit what was published.
        Undecided: when the solver gives up.

    """
    system = System([one.foto for one in made], [one.zegel for one in made], vraag)
    goals = list(targets([one.zegel for one in made], [one.foto.drempels for one in made], vraag))
    schools = sorted({cell[0] for cell in system.cells}) if insiders else []
    worlds = [system.truth]
    findings: list[Finding] = []
    asked = 0
    for insider in (None, *schools):
        known = [at for at, key in enumerate(system.keys) if key[1][0] == insider]
        own = [world for world in worlds if all(world[at] == system.truth[at] for at in known)]
        for goal in goals:
            school = str(goal.place[0])
            if insider is not None and school in {insider, ALLE}:
                continue
            parts = system.total(goal.foto, (school, str(goal.place[1])), goal.kind)
            seen = [sum(world[at] for at in parts) for world in own]
            broken = False
            if min(seen) > goal.low:
                asked += 1
                world = system.solve(parts, known, most=int(goal.low))
                broken = world is None
                own.extend(system.keep(world, worlds))
            if max(seen) < goal.high:
                asked += 1
                world = system.solve(parts, known, least=int(goal.high))
                broken = broken or world is None
                own.extend(system.keep(world, worlds))
            if broken:
                least, most = (system.extreme(parts, known, sign=sign) for sign in (1, -1))
                findings.append(Finding(goal, insider, least, most))
    return Attack(len(goals), asked, tuple(findings))


class System:
    """Everything that is known about the counts of one question: sums of unknowns between bounds."""

    def __init__(self, fotos: Sequence[Foto], zegels: Sequence[Zegel], vraag: Vraagcode) -> None:
        self.fotos = fotos
        self.vraag = vraag
        listed = [
            {(str(cel.instelling), str(cel.domein)) for cel in foto.cellen if cel.vraag == vraag} for foto in fotos
        ]
        self.cells = sorted(set().union(*listed))
        self.rules = sorted({str(regel.regel) for foto in fotos for regel in foto.regels if regel.vraag == vraag})
        days = sorted({day for foto in fotos for day in (foto.na, foto.peildatum)})
        self.quarters = list(pairwise(days))
        self.keys: list[Key] = []
        self.at: dict[Key, int] = {}
        truth: list[int] = []
        sealed = [_sealed(zegel, vraag) for zegel in zegels]

        def unknown(key: Key, value: int) -> None:
            self.at[key] = len(self.keys)
            self.keys.append(key)
            truth.append(value)

        kinds = (FOUT, GOED, ONBEKEND, *self.rules)
        for quarter, (na, until) in enumerate(self.quarters):
            newest = max(
                number
                for number, zegel in enumerate(zegels)
                if na in zegel.delen and until in {*zegel.delen, zegel.peildatum}
            )
            for cell in self.cells:
                for kind in kinds:
                    counts = sealed[newest]
                    unknown((quarter, cell, kind), counts.get((na, cell, kind), 0) - counts.get((until, cell, kind), 0))
        for number, foto in enumerate(fotos):
            inside = self._inside(foto)
            for cell in self.cells:
                now = {kind: sealed[number].get((foto.na, cell, kind), 0) for kind in kinds}
                other = {
                    kind
                    for kind, then in now.items()
                    if then != sum(truth[self.at[quarter, cell, kind]] for quarter in inside)
                }
                # Nobody knows that what meets the rules was counted as before when what fails was not.
                for kind in sorted(other | ({GOED} if FOUT in other else set())):
                    unknown((-1 - number, cell, kind), now[kind])
        self.truth: World = tuple(truth)
        self.bounds: list[tuple[tuple[int, ...], int, int | None]] = []
        self.links: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
        for number, foto in enumerate(fotos):
            self._published(number, foto, listed[number])
        deciding = [
            rule
            for rule in self.rules
            if all(rule in {str(one) for one in zegel.beslissend & set(zegel.uitgevoerd)} for zegel in zegels)
        ]
        self._linked(deciding)
        assert self.fits(self.truth), "the truth does not fit what was published"

    def _inside(self, foto: Foto) -> list[int]:
        return [at for at, (na, until) in enumerate(self.quarters) if foto.na <= na and until <= foto.peildatum]

    def one(self, number: int, cell: Cell, kind: str) -> Iterator[int]:
        """Give the unknowns that make up the count of a cell in a foto."""
        revised = self.at.get((-1 - number, cell, kind))
        if revised is not None:
            yield revised
        else:
            yield from (self.at[quarter, cell, kind] for quarter in self._inside(self.fotos[number]))

    def total(self, number: int, place: Cell, kind: str) -> tuple[int, ...]:
        """Do the same for a cell or margin, and for *beslist*."""
        return tuple(
            at
            for cell in self.cells
            if place[0] in {cell[0], ALLE} and place[1] in {cell[1], ALLE}
            for part in ((FOUT, GOED) if kind == BASIS else (kind,))
            for at in self.one(number, cell, part)
        )

    def _published(self, number: int, foto: Foto, listed: set[Cell]) -> None:
        for cel in (*foto.cellen, *foto.marges):
            if cel.vraag != self.vraag:
                continue
            place = (str(cel.instelling), str(cel.domein))
            for kind, aantal in ((FOUT, cel.voldoet_niet), (BASIS, cel.beslist), (ONBEKEND, cel.niet_te_bepalen)):
                if aantal.subjects.waarde is not None:
                    parts = self.total(number, place, kind)
                    self.bounds.append((parts, aantal.subjects.least, aantal.subjects.most))
        for regel in foto.regels:
            if regel.vraag == self.vraag and regel.voldoet_niet.waarde is not None:
                parts = self.total(number, (str(regel.instelling), str(regel.domein)), str(regel.regel))
                self.bounds.append((parts, regel.voldoet_niet.least, regel.voldoet_niet.most))
        for cell in self.cells:
            if cell not in listed:
                for kind in (BASIS, ONBEKEND, *self.rules):
                    self.bounds.append((self.total(number, cell, kind), 0, 0))

    def _linked(self, deciding: Sequence[str]) -> None:
        """Who fails, fails one of the deciding rules; who fails one of them, fails."""
        if not deciding:
            return
        for cell in self.cells:
            for quarter in range(len(self.quarters)):
                fails = (self.at[quarter, cell, FOUT],)
                rules = tuple(self.at[quarter, cell, rule] for rule in deciding)
                self.links.extend(((rule,), fails) for rule in rules)
                self.links.append((fails, rules))
            for number in range(len(self.fotos)):
                whole = tuple(self.one(number, cell, FOUT))
                each = [tuple(self.one(number, cell, rule)) for rule in deciding]
                self.links.extend((rule, whole) for rule in each)
                self.links.append((whole, tuple(at for rule in each for at in rule)))

    def fits(self, world: World) -> bool:
        """Check a world against everything, in whole numbers."""

        def count(parts: Iterable[int]) -> int:
            return sum(world[at] for at in parts)

        return (
            all(value >= 0 for value in world)
            and all(
                least <= count(parts) and (most is None or count(parts) <= most) for parts, least, most in self.bounds
            )
            and all(count(small) <= count(large) for small, large in self.links)
        )

    def keep(self, world: World | None, worlds: list[World]) -> list[World]:
        """Remember a world for the other counts."""
        if world is None:
            return []
        assert self.fits(world), "the solver gave a world that does not fit"
        worlds.append(world)
        return [world]

    def solve(
        self, parts: Sequence[int], known: Sequence[int], *, least: int = 0, most: int | None = None
    ) -> World | None:
        """Find a world in which a sum of unknowns is between bounds; ``None`` when there is none."""
        cp: Any = import_module("ortools.sat.python.cp_model")
        model, unknowns = self._model(cp, known)
        model.add(sum(unknowns[at] for at in parts) >= least)
        if most is not None:
            model.add(sum(unknowns[at] for at in parts) <= most)
        return self._run(cp, model, unknowns)

    def extreme(self, parts: Sequence[int], known: Sequence[int], *, sign: int) -> int:
        """Give the smallest (sign 1) or largest (-1) value of a sum of unknowns."""
        cp: Any = import_module("ortools.sat.python.cp_model")
        model, unknowns = self._model(cp, known)
        model.minimize(sign * sum(unknowns[at] for at in parts))
        world = self._run(cp, model, unknowns)
        assert world is not None, "the truth is a world"
        assert self.fits(world), "the solver gave a world that does not fit"
        return sum(world[at] for at in parts)

    def _model(self, cp: Any, known: Sequence[int]) -> tuple[Any, list[Any]]:
        model = cp.CpModel()
        fixed = set(known)
        unknowns = [
            model.new_constant(value) if at in fixed else model.new_int_var(0, LIMIT, f"x{at}")
            for at, value in enumerate(self.truth)
        ]
        for parts, least, most in self.bounds:
            model.add_linear_constraint(
                sum(unknowns[at] for at in parts), least, LIMIT * LIMIT if most is None else most
            )
        for small, large in self.links:
            model.add(sum(unknowns[at] for at in small) <= sum(unknowns[at] for at in large))
        return model, unknowns

    @staticmethod
    def _run(cp: Any, model: Any, unknowns: Sequence[Any]) -> World | None:
        solver = cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_time_in_seconds = 60
        status = solver.solve(model)
        if status == cp.INFEASIBLE:
            return None
        if status != cp.OPTIMAL:
            raise Undecided(solver.status_name(status))
        return tuple(solver.value(unknown) for unknown in unknowns)


def _sealed(zegel: Zegel, vraag: Vraagcode) -> Mapping[tuple[date, Cell, str], int]:
    """Give the true counts of the cells after each day."""

    def counts(cel: WareCel) -> Iterator[tuple[str, int]]:
        yield FOUT, cel.voldoet_niet.subjects
        yield GOED, cel.voldoet.subjects
        yield ONBEKEND, cel.niet_te_bepalen.subjects

    found = {
        (cel.na, (str(cel.instelling), str(cel.domein)), kind): value
        for cel in zegel.cellen
        if cel.vraag == vraag
        for kind, value in counts(cel)
    }
    for regel in zegel.regels:
        cell = (str(regel.instelling), str(regel.domein))
        if regel.vraag == vraag and ALLE not in cell:
            found[regel.na, cell, str(regel.regel)] = regel.voldoet_niet.subjects
    return found
