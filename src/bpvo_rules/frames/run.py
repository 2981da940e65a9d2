"""Run: everything that the frames of one judgement share."""

import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property, partial, reduce
from operator import or_
from typing import Any, final

import attrs
import narwhals.stable.v2 as nw

from bpvo_rules.errors import DeclarationError
from bpvo_rules.frames.compile import Conditions
from bpvo_rules.frames.engine import Engine, Frame
from bpvo_rules.frames.keten import FrameKeten
from bpvo_rules.frames.records import day_number, day_of
from bpvo_rules.judge.context import Context
from bpvo_rules.judge.settings import Settings
from bpvo_rules.keten import Perspectief, Stand
from bpvo_rules.periode import Eenheid
from bpvo_rules.rules import Fact, Norm, Rule, SubjectType, ValueType, Venster
from bpvo_rules.rules.fact import Column
from bpvo_rules.rules.source import closed_facts, skips, with_needs
from bpvo_rules.rules.term import Term, facts_read

__all__ = ["EXISTS", "ID", "Beside", "Need", "Run", "Stage", "existing", "lookup"]

ID = "_id"
"""What tells the subjects of a frame apart: a number in an eager engine, otherwise the key."""

EXISTS = "_exists"
"""Column that says which rows of a frame are subjects; where nearly all are, the others are cheapest left out last."""


@final
@attrs.frozen(kw_only=True)
class Beside:
    """
    Facts that are made of something beside the subjects, so that one join does for what would take two.

    A stage of the library may give it in place of a frame with the facts.

    Attributes:
        frames: What is put beside each subject, made of what is held; each key once, and columns of names that no
            other stage uses.
        on: Their columns that tell for which subjects; the others are only for what is made.
        made: Per fact, how it is made of both.

    """

    frames: tuple[Frame, ...]
    on: tuple[str, ...]
    made: Mapping[str, Any]

    def only(self, names: Collection[str]) -> "Beside":
        """Give the same with only some of the facts; what is looked up by anything but a name stays."""
        own = {name for one in self.frames for name in one.collect_schema().names()} - {*self.on}
        if own != self.made.keys():
            return self
        frames = tuple(
            one.select(
                *self.on, *(name for name in one.collect_schema().names() if name in self.made and name in names)
            )
            for one in self.frames
        )
        return attrs.evolve(self, frames=frames, made={n: value for n, value in self.made.items() if n in names})


@final
@attrs.frozen(kw_only=True)
class Stage:
    """
    Facts that are computed together, for all subjects at once.

    Attributes:
        facts: Names of the facts that it gives.
        compute: Takes the run, the frame of the subjects, and what is needed; gives a frame with ``ID`` and a column
            for each of the facts. A subject that is not in it misses them.
        builds_on: Facts of earlier stages that it looks at.

    """

    facts: tuple[str, ...]
    compute: Callable[["Run", Frame, "Need"], Frame]
    builds_on: tuple[str, ...] = ()


@final
@attrs.frozen
class Need:
    """
    What is needed of a stage.

    Attributes:
        names: The facts; the others of the stage may be left empty.
        where: The subjects for which; ``None``: all of them.

    """

    names: frozenset[str]
    where: Any | None


@final
class _Shared:
    """What was made once in a run; several threads may ask for it."""

    def __init__(self) -> None:
        self.made: dict[str, Frame] = {}
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}

    def once(self, name: str, make: Callable[[], Frame]) -> Frame:
        with self._lock:
            making = self._making.setdefault(name, threading.Lock())
        # Who asks for something else need not wait.
        with making:
            if name not in self.made:
                self.made[name] = make()
            return self.made[name]


@final
@attrs.frozen(kw_only=True, eq=False, slots=False)
class Run:
    """
    One judgement of frames.

    Attributes:
        keten: The tables.
        engine: What works on the frames, and holds what this run made.
        settings: The rules and norms.
        context: The reference tables as the reference itself reads them, and the two dates.
        everywhere: Compute every fact for every subject, also where no rule needs it.
        times: Seconds per step, in the order of the subject types and their stages. Steps that were done at the
            same time each count in full.

    """

    keten: FrameKeten
    engine: Engine
    settings: Settings
    context: Context
    everywhere: bool = False
    _shared: _Shared = attrs.field(factory=_Shared, repr=False)
    times: dict[str, float] = attrs.field(factory=dict, init=False, repr=False)

    @classmethod
    def van(
        cls,
        keten: FrameKeten,
        settings: Settings,
        *,
        peildatum: date,
        kennisdatum: date,
        perspectief: Perspectief,
        everywhere: bool = False,
    ) -> "Run":
        """
        Make a run.

        Args:
            keten: The frames.
            settings: Rules, norms and profile.
            peildatum: The day about which is judged.
            kennisdatum: The last day whose knowledge counts.
            perspectief: Whose view of the deliveries counts.
            everywhere: Compute every fact for every subject, also where no rule needs it.

        """
        stand = Stand(keten=keten.klein, kennisdatum=kennisdatum, perspectief=perspectief)
        context = Context(
            stand,
            peildatum=peildatum,
            calendar=settings.calendar,
            stagefondslijsten=settings.stagefondslijsten,
        )
        return cls(keten=keten, engine=keten.engine.apart(), settings=settings, context=context, everywhere=everywhere)

    @cached_property
    def p(self) -> int:
        """The peildatum as it stands in frames."""
        return day_number(self.context.peildatum)

    @cached_property
    def k(self) -> int:
        """The kennisdatum as it stands in frames."""
        return day_number(self.context.kennisdatum)

    @property
    def perspectief(self) -> Perspectief:
        """Whose view of the deliveries counts."""
        return self.context.stand.perspectief

    @property
    def not_looked_up(self) -> frozenset[Column]:
        """Every table and column that was not looked up."""
        return self.context.not_looked_up

    def opgezocht(self, table: str, column: str | None = None) -> bool:
        """Say whether a table, or one of its columns, was looked up."""
        return self.context.opgezocht(table, column)

    def closed(self, subject: SubjectType) -> frozenset[Fact]:
        """Give the facts of a subject type that are missing for every subject of this run."""
        return closed_facts(subject, self.not_looked_up)

    def conditions(self, subject: SubjectType) -> Conditions:
        """Give what makes expressions of the conditions about a subject type."""
        return Conditions(
            peildatum=self.context.peildatum,
            kennisdatum=self.context.kennisdatum,
            not_looked_up=self.not_looked_up,
            closed=self.closed(subject),
        )

    def once(self, name: str, make: Callable[[], Frame]) -> Frame:
        """Give what more than one subject type or stage is made of: made once, by whichever asks first."""
        return self._shared.once(name, make)

    def has_made(self, name: str) -> bool:
        """Say whether :meth:`once` made something already."""
        return name in self._shared.made

    def apart(self) -> "Run":
        """Give the same run with times of its own, so that those of subject types do not mingle."""
        return attrs.evolve(self)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Note how long a step took; where the engine works later, that is in the step that makes it work."""
        start = time.perf_counter()
        yield
        self.times[step] = self.times.get(step, 0.0) + time.perf_counter() - start

    # ---- facts

    def with_facts(
        self,
        subject: SubjectType,
        frame: Frame,
        stages: Sequence[Stage],
        wanted: Collection[Fact],
        rules: Sequence[Rule],
    ) -> Frame:
        """
        Give a frame of subjects a column for every fact that is wanted.

        Args:
            subject: The subject type.
            frame: Its subjects, with the cells of their records under their own names; with a column ``EXISTS`` also
                rows that are none, which are in the outcome too.
            stages: How its other facts are computed, each after those that it builds on.
            wanted: The facts; what they need comes with them.
            rules: The rules that run: a fact that only rules out of scope would read is not computed.

        """
        closed = self.closed(subject)
        needed = [fact for fact in subject.facts if fact in with_needs(wanted) and fact not in closed]
        spared = {} if self.everywhere else skips(subject, rules)
        conditions = self.conditions(subject)
        there = set(frame.collect_schema().names())
        nothing = [fact for fact in closed if fact.attribute is None and fact.name in there]
        if nothing:
            frame = frame.with_columns(nw.lit(None).cast(_TYPES[fact.type]).alias(fact.name) for fact in nothing)
        # What a stage gives stays apart until the end, so that each stage only carries what it looks at.
        own = set(frame.collect_schema().names())
        asking = [f for f in needed if f.ask is not None and f.norm is not None and f.type is not ValueType.INTERNAL]
        # Terms that start on a day of the subject itself need no stage.
        listed = [fact for fact in asking if fact.needs[0].fact.name in own and self._needs_calendar(fact)]
        chains = _chains(stages, needed, spared)
        for at in sorted(at for chain in chains for at in chain):
            # In this order, whichever is done first.
            self.times.setdefault(_step(subject, stages[at]), 0.0)

        def computed(chain: Sequence[int]) -> dict[int, Beside]:
            found: dict[int, Beside] = {}
            known = set(there)
            for at in chain:
                stage = stages[at]
                mine = [fact for fact in needed if fact.name in stage.facts]
                where, looked_at = _where(mine, spared, conditions, known)
                asked = [side for side in found.values() if side.made.keys() & {*looked_at, *stage.builds_on}]
                need = Need(frozenset(fact.name for fact in mine), where)
                found[at] = self._computed(subject, stage, frame, asked, need)
                known |= found[at].made.keys()
            return found

        def listed_days(at: int) -> dict[int, Beside]:
            return {len(stages) + at: self._calendar(frame, listed[at])}

        tasks = [
            *(partial(computed, chain) for chain in chains),
            *(partial(listed_days, at) for at in range(len(listed))),
        ]
        # What is done in Python had better be begun first: the engine works on the stages meanwhile.
        given = self.engine.each(tasks, begin=range(len(chains), len(tasks)))
        sides = [side for _, side in sorted((at, side) for found in given for at, side in found.items())]
        there |= {name for side in sides for name in side.made}
        # What starts on a day of the subject itself is asked before the frame grows.
        for fact in sorted((f for f in asking if f not in listed), key=lambda f: f.needs[0].fact.name not in own):
            start = fact.needs[0].fact
            if start.name not in own:
                frame, sides = _together(self.engine, frame, sides), []
                frame = self._masked(frame, [start], there)
            frame = self._asked(frame, fact)
            there.add(fact.name)
        frame = _together(self.engine, frame, [side.only({fact.name for fact in needed}) for side in sides])
        masked = [fact for fact in needed if fact.attribute is None and fact.ask is None and fact.name in there]
        return self._masked(frame, masked, there)

    def _computed(
        self, subject: SubjectType, stage: Stage, frame: Frame, sides: Sequence[Beside], need: Need
    ) -> Beside:
        """Compute what is needed of a stage, and hold it."""
        with self.timed(_step(subject, stage)):
            found = stage.compute(self, existing(_together(self.engine, frame, sides)), need)
            if not isinstance(found, Beside):
                made = [name for name in stage.facts if name in set(found.collect_schema().names())]
                frame = self.engine.hold(found.select(ID, *made), mostly_held=True)
                found = Beside(frames=(frame,), on=(ID,), made={name: nw.col(name) for name in made})
            return found

    def without_frame_form(self, rule: Rule, made: Collection[str]) -> list[str]:
        """Give the facts behind a rule of which frames have no column, when these are made."""
        closed = self.closed(rule.subject)
        return sorted(
            fact.name
            for fact in with_needs(rule.reads)
            if fact.attribute is None and fact.ask is None and fact.name not in {*made, *_INSIDE} and fact not in closed
        )

    @staticmethod
    def _masked(frame: Frame, facts: Sequence[Fact], there: Collection[str]) -> Frame:
        """Make facts missing where something that they need is missing; each after those that it needs."""
        made: dict[str, Any] = {}
        for fact in facts:
            needs = sorted(set(_need_columns(fact, there)))
            if not needs:
                continue
            if made.keys() & {*needs, fact.name}:
                frame, made = frame.with_columns(**made), {}
            present = nw.all_horizontal(*(~nw.col(name).is_null() for name in needs), ignore_nulls=True)
            made[fact.name] = nw.when(present).then(nw.col(fact.name))
        return frame.with_columns(**made) if made else frame

    # ---- norms

    def norm_value(self, norm: Norm, start: Any) -> Any:
        """
        Give the value of a norm in force on the days of an expression; nothing before the first.

        Raises:
            DeclarationError: for a norm that is no number.

        """
        found: Any = None
        for value in self.settings.norms[norm.id].values:
            if isinstance(value.value, Venster):
                raise DeclarationError(f"Norm {norm.id} is no number.")
            number = nw.lit(value.value)
            if value.van is None:
                found = nw.when(~start.is_null()).then(number)
            else:
                later = nw.when(start >= day_number(value.van)).then(number)
                found = later if found is None else later.otherwise(found)
        return nw.lit(None).cast(nw.Int64) if found is None else found.cast(nw.Int64)

    def _asked(self, frame: Frame, fact: Fact) -> Frame:
        norm = fact.norm
        if norm is None:
            raise DeclarationError(f"{fact.name} asks for no norm.")
        start = fact.needs[0].fact.name
        if fact.ask == "norm_value":
            return frame.with_columns(self.norm_value(norm, nw.col(start)).alias(fact.name))
        if norm.unit is Eenheid.DAGEN:
            last = nw.col(start) + self.norm_value(norm, nw.col(start))
            end = day_number(date.max)
            last = nw.when(last > end).then(nw.lit(end)).otherwise(last).cast(self.engine.day_type)
            return frame.with_columns(last.alias(fact.name))
        return _together(self.engine, frame, [self._calendar(frame, fact)])

    @staticmethod
    def _needs_calendar(fact: Fact) -> bool:
        return fact.ask != "norm_value" and fact.norm is not None and fact.norm.unit is not Eenheid.DAGEN

    def _calendar(self, frame: Frame, fact: Fact) -> Beside:
        """Give the last day of a term of werkdagen or months, per day on which it starts."""
        if fact.norm is None:
            raise DeclarationError(f"{fact.name} asks for no norm.")
        # Worked out in Python, once per day: those are few.
        start = fact.needs[0].fact.name
        known = [row[0] for row in self.engine.rows(frame.select(start).unique()) if row[0] is not None]
        limits = [self.context.limit(fact.norm.id, day_of(number)) for number in known]
        last = [None if limit is None else day_number(limit) for limit in limits]
        small = self.engine.small({start: ("day", known), fact.name: ("day", last)})
        # A stage may give its days in another type.
        small = small.with_columns(nw.col(start).cast(frame.collect_schema()[start]))
        return Beside(frames=(small,), on=(start,), made={fact.name: nw.col(fact.name)})


def _step(subject: SubjectType, stage: Stage) -> str:
    return f"{subject.name}: {stage.facts[0]}"


def _chains(
    stages: Sequence[Stage], needed: Collection[Fact], spared: Mapping[Fact, Sequence[Term]]
) -> list[list[int]]:
    """Give the places of the stages that are needed, so that each only looks at what earlier ones of its chain give."""
    chains: list[list[int]] = []
    for at, stage in enumerate(stages):
        mine = [fact for fact in needed if fact.name in stage.facts]
        if not mine:
            continue
        reads = {read.name for fact in mine for term in spared.get(fact, ()) for read in facts_read(term)}
        looks_at = {*stage.builds_on, *reads}
        before = [chain for chain in chains if any(looks_at & {*stages[earlier].facts} for earlier in chain)]
        chains = [chain for chain in chains if chain not in before]
        chains.append(sorted([*(earlier for chain in before for earlier in chain), at]))
    return chains


def existing(frame: Frame) -> Frame:
    """Leave out the rows that are no subjects."""
    there = EXISTS in frame.collect_schema().names()
    return frame.filter(nw.col(EXISTS)).drop(EXISTS) if there else frame


def _together(engine: Engine, frame: Frame, sides: Sequence[Beside]) -> Frame:
    """Put what stages gave beside a frame."""
    frame = engine.beside(frame, [one for side in sides if side.on == (ID,) for one in side.frames], ID)
    for side in sides:
        if side.on != (ID,):
            for one in side.frames:
                frame = frame.join(one, on=list(side.on), how="left")
        own = {name for one in side.frames for name in one.collect_schema().names()} - {*side.on}
        if own != side.made.keys():
            made = [value.alias(name) for name, value in side.made.items()]
            frame = frame.with_columns(made).drop(*sorted(own - side.made.keys()))
    return frame


_TYPES: Mapping[ValueType, Any] = {
    ValueType.BOOL: nw.Boolean,
    ValueType.DAY: nw.Int64,
    ValueType.WHOLE: nw.Int64,
    ValueType.WORD: nw.String,
    ValueType.CODE: nw.String,
    ValueType.CODES: nw.Int64,
    ValueType.INTERNAL: nw.Int64,
}

_INSIDE = frozenset({"dekking", "dekking_elke", "venster"})
"""Facts that are only for other facts, and of which frames need no column."""


def _need_columns(fact: Fact, there: Collection[str]) -> list[str]:
    """Give the columns that must be filled for a fact; one without a column stands for its own needs."""
    found = []
    for term in fact.needs:
        if term.op == "fact":
            name = term.fact.name
            found += [name] if name in there else _need_columns(term.fact, there)
    return found


def _where(
    facts: Sequence[Fact], spared: Any, conditions: Conditions, there: Collection[str]
) -> tuple[Any | None, set[str]]:
    """Say for which subjects any of some facts is needed, ``None`` for all; and which facts tell that."""
    parts: list[Any] = []
    looked_at: set[str] = set()
    for fact in facts:
        terms = [t for t in spared.get(fact, ()) if {f.name for f in facts_read(t)} <= set(there)]
        false = [conditions.surely_false(term) for term in terms]
        if any(part is True for part in false):
            continue
        false = [part for part in false if part is not False]
        if not false:
            return None, set()
        looked_at |= {read.name for term in terms for read in facts_read(term)}
        parts.append(~reduce(or_, false))
    return (reduce(or_, parts) if parts else nw.lit(value=False)), looked_at


def lookup(frame: Frame, small: Frame, on: Sequence[str]) -> Frame:
    """Give a frame the columns of a small one that has each key once."""
    return frame.join(small, on=list(on), how="left")
