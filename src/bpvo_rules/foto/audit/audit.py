"""The audit: whether what was published can be undone, from the fotos and the sealed truth alone."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import final

import attrs

from bpvo_rules.errors import FotoRefusedError
from bpvo_rules.foto.audit.attack import Attack, Place, Truth, true_counts
from bpvo_rules.foto.audit.room import Move
from bpvo_rules.foto.audit.solver import solver_name
from bpvo_rules.foto.audit.targets import Target, targets
from bpvo_rules.foto.audit.worlds import Effort, Worlds, settled
from bpvo_rules.foto.foto import Foto, Getal, Plaats, Policy, Vraagcode
from bpvo_rules.foto.zegel import Zegel
from bpvo_rules.keten.collector import collector_paused
from bpvo_rules.questions import QUESTIONS

__all__ = [
    "Audit",
    "Bevinding",
    "Genomen",
    "NoOverlapError",
    "Price",
    "Probe",
    "Weakness",
    "audit",
    "check_moments",
    "is_asked",
    "overlapping",
]


@final
@attrs.frozen
class Genomen:
    """
    What the audit reads of one foto.

    Attributes:
        foto: What was published, as it was read back.
        zegel: The truth behind it.

    """

    foto: Foto
    zegel: Zegel


@final
@attrs.frozen(kw_only=True)
class Bevinding:
    """
    A count that an attacker knows too much about; for the maker only.

    Attributes:
        vraag: The question.
        peildatum: Of the foto that the count is in.
        instelling: Of the cell or margin.
        domein: Of the cell or margin.
        soort: Which count: an outcome, *beslist*, or the code of a rule.
        least: The least that it can be.
        most: The most that it can be.
        needed: What must stay possible: from and up to and including.
        insider: The school that can tell, from its own records; ``None`` when everyone can.
        overlap: Only who takes every count to be the same in all fotos, although some were revised, is led
            to this; it need not be true.
        between: It is a count of a cell between two fotos, which no foto gives.

    """

    vraag: Vraagcode
    peildatum: date
    instelling: str
    domein: str
    soort: str
    least: float
    most: float
    needed: tuple[float, float]
    insider: str | None
    overlap: bool = False
    between: bool = False

    @property
    def exact(self) -> bool:
        """Whether the attacker knows the count itself."""
        return self.least == self.most


@final
@attrs.frozen(kw_only=True)
class Audit:
    """
    What an audit found; without ``bevindingen`` it says nothing about any cell.

    Attributes:
        exact: Number of sensitive counts that can be found out exactly, by anyone or by a school.
        narrowed: Number that cannot, but of which too much can be said.
        protected: Number of the others.
        insider: Number of the first two that only a school can find out, with its own records.
        overlap: Number of sensitive counts of which only who takes every count to be the same in all fotos,
            although some were revised, thinks to know too much. Some of it may be true. ``None`` when that
            was not looked at for some question, because the fotos contradict each other unless counts were revised.
        derived: Number of small counts that no foto gives, of a cell between two fotos, that everyone can find out
            exactly; what a school can find out with its own records is not looked at.
        worst: The narrowest interval of a sensitive count that is not protected.
        revised: Number of counts that were revised between fotos, and so are free.
        solves: Number of programs solved.
        solver: Name and version.
        bevindingen: Which counts, for the maker only; last those between two fotos and those with ``overlap``.

    """

    exact: int
    narrowed: int
    protected: int
    insider: int
    overlap: int | None
    derived: int
    worst: tuple[float, float] | None
    revised: int
    solves: int
    solver: str
    bevindingen: tuple[Bevinding, ...] = attrs.field(repr=False)

    @property
    def passed(self) -> bool:
        """Whether no sensitive count can be found out or narrowed, and none between two fotos found out."""
        return not self.exact and not self.narrowed and not self.derived


class NoOverlapError(Exception):
    """There is no world, or none was found, in which every count is the same in all fotos."""


@attrs.frozen
class Weakness:
    """
    A target that does not hold.

    Attributes:
        at: Its number.
        small: There is no world in which it is small enough; otherwise none in which it is large enough.
        school: Who can tell; ``None`` when everyone can.

    """

    at: int
    small: bool
    school: str | None


@attrs.frozen(eq=False)
class _World:
    """
    A world that was found.

    Attributes:
        moved: The schools that are otherwise in it.
        rows: The rows that come to something else in it; none where no number can be missed any more.
        sides: What it shows to be possible.

    """

    moved: frozenset[str]
    rows: frozenset[int]
    sides: "set[_Side]" = attrs.field(factory=set)


Price = Callable[[Place, str, Getal], float]
"""Says what it costs to miss a number, of a place and a kind."""
_Side = tuple[int, bool]
"""A target by its number, and whether it must be small, rather than large."""


class Probe:
    """
    The attack on one question, with its targets.

    A target holds when there is a world in which it is small enough and one in
    which it is large enough. It holds against a school when there are such worlds
    in which that school is as it is; so a world says which schools could still
    tell, and a second one, in which these stay as they are, often settles it.

    Attributes:
        attack: The system.
        targets: What is sensitive.
        worlds: Worlds near the true one.
        numbers: The numbers that can be missed, by their rows.
        prices: What that costs.
        overlap: Every count is taken to be the same in all fotos. A school that knows its own records knows
            better, so no school is asked what it could tell.

    """

    def __init__(
        self, taken: Sequence[Genomen], vraag: str, *, price: Price | None = None, overlap: bool = False
    ) -> None:
        """
        Set up the attack on one question with its targets.

        Args:
            taken: The fotos with their zegels.
            vraag: The question.
            price: The last one is being made: what it costs to miss one of its numbers. What the next fotos will
                hold of it is a target then too. ``None``: all have been made.
            overlap: Take every count to be the same in all fotos, although some were revised; only what
                stands in fotos is a target then.

        Raises:
            FotoRefusedError: when the true counts do not fit what was published.
            NoOverlapError: when with ``overlap`` no world was found that fits, mostly because the fotos contradict
                each other unless counts were revised.

        """
        self.overlap = overlap
        # A foto in which a question was not asked says nothing about it: not that there was none.
        taken = [one for one in taken if is_asked(one.zegel, vraag)]
        fotos, zegels = [one.foto for one in taken], [one.zegel for one in taken]
        last = None if price is None else len(taken) - 1
        truth = Truth(zegels, vraag)
        days = () if price is None or overlap else zegels[-1].delen
        self.attack: Attack = Attack(fotos, vraag, truth=truth, days=days, making=last, overlap=overlap)
        world = settled(self.attack) if overlap else self.attack.world()
        if world is None:
            raise NoOverlapError
        limits = [foto.drempels for foto in fotos]
        shown = tuple(targets(zegels, limits, vraag, parts_of=None if overlap else last))
        self.terms: list[tuple[int, ...]] = [self.attack.columns(t.foto, t.place, t.kind, t.na) for t in shown]
        has_persons = any(count.personen is not None for zegel in zegels for *_, count, _ in true_counts(zegel, vraag))
        derived = list(self._derived(world)) if has_persons and not overlap else []
        self.targets: tuple[Target, ...] = (*shown, *(target for target, _ in derived))
        self.terms += [(column,) for _, column in derived]
        if self.targets and not self.attack.model.keeps(world):
            raise FotoRefusedError("The true counts do not fit what was published, so nothing can be proven about it.")
        self.numbers: dict[int, tuple[Place, str]] = {
            row: (place, kind) for (foto, place, kind), row in self.attack.rows.items() if foto == last
        }
        self.prices: dict[int, float] = (
            {}
            if price is None
            else {row: price(*number, self.attack.numbers[-1][number]) for row, number in self.numbers.items()}
        )
        tight = fotos[-1].policy is Policy.ONDERDRUK
        self.worlds: Worlds = Worlds(self.attack, world, prices=self.prices, tight=tight)
        self._making = price is not None
        self._found: dict[_Side, list[_World]] = {}
        self._missing: dict[int, list[_World]] = {}
        self._suspects: dict[_Side, frozenset[str]] = {}
        self._touching: dict[int, list[int]] = {}
        for at, terms in enumerate(self.terms):
            for column in terms:
                self._touching.setdefault(column, []).append(at)

    def _derived(self, world: Sequence[int]) -> Iterator[tuple[Target, int]]:
        """Give the small counts between fotos: of a cell in a part of the calendar that no window splits."""
        inside = dict(self.attack.segments)
        windows = {(foto.na, foto.peildatum) for foto in self.attack.fotos}
        for cell, kind, segment, column in self.attack.places():
            value = world[column]
            if segment is None or segment in windows or kind in self.attack.rules:
                continue
            foto = max(inside[segment])
            if 0 < value < self.attack.fotos[foto].drempels.personen:
                yield Target(foto, cell, kind, segment[0], value - 1, value + 1, either=True), column

    def weak(self, *, tries: int = 1) -> Iterator[Weakness]:
        """
        Give every target that does not hold.

        Args:
            tries: How often to come back to one target, for who does something about it in between.

        """
        # What is not found quickly while making is mended.
        effort = Effort.QUICK if self._making else Effort.THOROUGH
        for at in range(len(self.targets)):
            for _ in range(tries):
                found = self._weak(at, effort)
                if found is None:
                    break
                yield found

    def regains(self, row: int) -> bool:
        """
        Publish a number after all that was withheld while making, unless a target would not hold without it.

        Args:
            row: Its row, which was let go; it is held again when every target holds.

        """
        self.worlds.tighten(row)
        sides = {side for world in self._missing.get(row, ()) for side in world.sides}
        before = {side: self._found[side] for side in sides}
        for side, found in before.items():
            self._settle(side, [world for world in found if row not in world.rows])
        # What has no world left shows first that it cannot do without.
        order = sorted(sides, key=lambda side: (side in self._suspects, side))
        if not any(self._weak(at, Effort.FAR) for at in dict.fromkeys(at for at, _ in order)):
            self._missing.pop(row, None)
            return True
        self.worlds.loosen(row)
        for side, found in before.items():
            self._settle(side, found)
        return False

    def _settle(self, side: _Side, found: list[_World]) -> None:
        """Go by these worlds about one side of a target."""
        self._found[side] = found
        self._suspects.pop(side, None)
        for world in found:
            self._narrow(side, world)
            if not self._suspects[side]:
                break

    def _weak(self, at: int, effort: Effort) -> Weakness | None:
        if self.targets[at].either:
            # One more is mostly possible where one less is not: a 1 that is shown to be there cannot be a 0.
            sides = (False, True)
            if any((at, small) in self._suspects for small in sides):
                return None
            if any(self._look(at, small=small, effort=effort) for small in sides):
                return None
            return Weakness(at, small=True, school=None)
        for small in (True, False):
            key = (at, small)
            if key not in self._suspects and not self._look(at, small=small, effort=effort):
                return Weakness(at, small=small, school=None)
            suspects = self._suspects[key]
            # Where several could tell, each is asked by itself when no world is found for all of them together.
            together = effort if len(suspects) == 1 else min(effort, Effort.FAR)
            if suspects and not self._look(at, small=small, banned=suspects, effort=together):
                for school in sorted(suspects):
                    known = school not in self._suspects[key]
                    if not known and not self._look(at, small=small, banned={school}, effort=effort):
                        return Weakness(at, small=small, school=school)
        return None

    def _look(self, at: int, *, small: bool, banned: Collection[str] = (), effort: Effort) -> bool:
        move = self.worlds.find(self.targets[at], self.terms[at], small=small, banned=banned, effort=effort)
        if move is None:
            return False
        self.learn(at, move, small=small)
        return True

    def learn(self, at: int, move: Move, *, small: bool) -> None:
        """Take in that a world exists: what it says about a target, and about the others."""
        world = _World(self.worlds.moved(move), self.worlds.touched(move) if self._making else frozenset())
        for row in world.rows:
            self._missing.setdefault(row, []).append(world)
        self._take_in((at, small), world)
        changes: dict[int, int] = {}
        for column, change in move.items():
            for other in self._touching.get(column, ()):
                changes[other] = changes.get(other, 0) + change
        for other, change in changes.items():
            target, value = self.targets[other], change + self.value(other)
            for side, enough in ((True, value <= target.low), (False, value >= target.high)):
                if enough and (other, side) != (at, small):
                    self._take_in((other, side), world)

    def value(self, at: int) -> int:
        """Give the true value of a target."""
        return sum(self.worlds.world[column] for column in self.terms[at])

    def _take_in(self, side: _Side, world: _World) -> None:
        self._narrow(side, world)
        if self._making:
            world.sides.add(side)
            self._found.setdefault(side, []).append(world)

    def _narrow(self, side: _Side, world: _World) -> None:
        # A school has a part in the margins of its domeinen; what is not its own in them stands in the cells of others.
        owner = self.targets[side[0]].place[0]
        nobody = owner == Plaats.ALLE or self.overlap
        suspects = frozenset[str]() if nobody else world.moved - {owner, str(Plaats.LANDELIJK)}
        self._suspects[side] = self._suspects.get(side, suspects) & suspects


def is_asked(zegel: Zegel, vraag: str) -> bool:
    """Whether a question was asked when a foto was taken: whether a rule of it ran."""
    rules = {rule.code for question in QUESTIONS if question.code == vraag for rule in question.rules}
    return not rules.isdisjoint(zegel.uitgevoerd)


def overlapping(taken: Sequence[Genomen], vraag: str, *, price: Price | None = None) -> Probe | None:
    """
    Set up the attack of who takes every count to be the same in all fotos, although some were revised.

    Returns:
        ``None`` when no world was found that fits, mostly because the fotos contradict that.

    """
    try:
        return Probe(taken, vraag, price=price, overlap=True)
    except NoOverlapError:
        return None


def check_moments(taken: Sequence[Genomen]) -> None:
    """
    Check that the windows can be held against each other.

    Raises:
        FotoRefusedError: when they are not on the moments of one fotokalender.

    """
    ends = sorted({day for one in taken for day in (one.zegel.na, one.zegel.peildatum)})
    known = [frozenset(one.zegel.delen) | {one.zegel.peildatum} for one in taken]
    for segment in pairwise(ends):
        inside = any(one.zegel.na <= segment[0] and segment[1] <= one.zegel.peildatum for one in taken)
        if inside and not any(set(segment) <= days for days in known):
            raise FotoRefusedError(
                "Protected fotos must be whole quarters apart, or on the moments of the fotokalender that each was"
                " taken with: what lies between other days is a small count too."
            )


# Steps and worlds are made by the million and hold no cycles.
@collector_paused()
def audit(taken: Sequence[Genomen]) -> Audit:
    """
    Attack fotos with everything that a receiver can have, and as every school.

    Args:
        taken: Every foto made so far with its zegel, withdrawn ones too, in the order of their making.

    Raises:
        FotoRefusedError: when there is no solver, or when windows are not on the moments of one fotokalender.

    """
    solver = solver_name()
    check_moments(taken)
    found: list[Bevinding] = []
    total = revised = solves = 0
    contradicted = False
    order = [question.code for question in QUESTIONS]
    for vraag in sorted({cel.vraag for one in taken for cel in one.zegel.marges}, key=order.index):
        probe = Probe(taken, vraag)
        total += sum(not target.either for target in probe.targets)
        revised += len(probe.attack.revised)
        other = overlapping(taken, vraag) if probe.attack.revised else None
        contradicted |= other is None and bool(probe.attack.revised)
        known = set[Target]()
        for attacker in (probe,) if other is None else (probe, other):
            for weakness in attacker.weak():
                target = attacker.targets[weakness.at]
                if target not in known:
                    known.add(target)
                    found.append(_finding(attacker, weakness, vraag))
            solves += attacker.worlds.solves
    bevindingen = [one for one in found if not one.between and not one.overlap]
    others = [one for one in found if one.between or one.overlap]
    exact = sum(one.exact for one in bevindingen)
    return Audit(
        exact=exact,
        narrowed=len(bevindingen) - exact,
        protected=total - len(bevindingen),
        insider=sum(one.insider is not None for one in bevindingen),
        overlap=None if contradicted else sum(one.overlap for one in others),
        derived=sum(one.between for one in others),
        worst=min(((b.least, b.most) for b in bevindingen), key=lambda ends: (ends[1] - ends[0], ends), default=None),
        revised=revised,
        solves=solves,
        solver=solver,
        bevindingen=(*bevindingen, *others),
    )


def _finding(probe: Probe, weakness: Weakness, vraag: Vraagcode) -> Bevinding:
    at, school = weakness.at, weakness.school
    target = probe.targets[at]
    least, most = probe.worlds.interval(target, probe.terms[at], banned=() if school is None else {school})
    return Bevinding(
        vraag=vraag,
        peildatum=probe.attack.fotos[target.foto].peildatum,
        instelling=target.place[0],
        domein=target.place[1],
        soort=target.kind,
        least=least,
        most=most,
        needed=(target.low, target.high),
        insider=school,
        overlap=probe.overlap,
        between=target.either,
    )
