"""
Integer linear programs, and HiGHS that solves them.

A solver works with floats and tolerances, so nothing that protects rests on its
word: a solution counts as a possible world only after it was checked in whole
numbers, row by row, by who asked for it. What a solver calls impossible is
believed, which errs on the safe side.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from itertools import pairwise
from math import inf
from operator import mul
from typing import Any, Final

import attrs

from bpvo_rules.errors import SolverMissingError

__all__ = ["Matrix", "Model", "Search", "arrays", "solver_name"]

_OPTIONS: Final[Mapping[str, object]] = {"output_flag": False, "threads": 1, "parallel": "off", "random_seed": 0}
"""One thread and one seed, so that the same fotos give the same answer on every machine."""
_NOTHING: Final = 1e-6
"""What a solver calls 0."""
_IN_ANY: Final[Mapping[str, object]] = {"presolve": "off"}
"""So few columns move that a model gets smaller no quicker than it is solved."""


def _load(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise SolverMissingError(
            "A protected foto needs a solver to prove that it is safe: install bpvo-rules[foto], which brings highspy."
        ) from error


def arrays() -> Any:
    """
    Give the library of the arrays that the solver takes.

    Raises:
        SolverMissingError: when it is not installed.

    """
    return _load("numpy")


def solver_name() -> str:
    """
    Give name and version of the solver.

    Raises:
        SolverMissingError: when it is not installed.

    """
    return f"HiGHS {_load('highspy').Highs().version()}"


@attrs.define
class Model:
    """
    Columns of whole numbers, and rows that a sum of them must keep to.

    Attributes:
        lower: The least that each column can be.
        upper: The most that each column can be.
        least: The least that the sum of each row can be.
        most: The most that the sum of each row can be.
        starts: Where each row begins in ``columns`` and ``factors``, and behind the last one where they end.
        columns: The columns of each row, one row after the other.
        factors: How often each of those counts in its sum.

    """

    lower: list[float] = attrs.field(factory=list)
    upper: list[float] = attrs.field(factory=list)
    least: list[float] = attrs.field(factory=list)
    most: list[float] = attrs.field(factory=list)
    starts: list[int] = attrs.field(factory=lambda: [0])
    columns: list[int] = attrs.field(factory=list)
    factors: list[float] = attrs.field(factory=list)

    def column(self, lower: float = 0, upper: float = inf) -> int:
        """Add a column with its bounds, both inclusive; give its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def row(
        self,
        columns: Iterable[int],
        least: float = -inf,
        most: float = inf,
        *,
        extra: Mapping[int, float] | None = None,
    ) -> int:
        """
        Add a row: the sum of columns, and of extra ones with a factor, is at least and at most this.

        Args:
            columns: Those that count once.
            least: The least that the sum can be.
            most: The most that the sum can be.
            extra: Per other column, how often it counts.

        Returns:
            Its number.

        """
        before = len(self.columns)
        self.columns.extend(columns)
        self.factors.extend([1.0] * (len(self.columns) - before))
        if extra:
            self.columns.extend(extra)
            self.factors.extend(extra.values())
        self.least.append(least)
        self.most.append(most)
        self.starts.append(len(self.columns))
        return len(self.least) - 1

    def interval(self, columns: Iterable[int], *, integer: bool = True) -> tuple[float, float] | None:
        """
        Give the least and the most that a sum of columns can be; ``None`` when the rows contradict each other.

        Raises:
            SolverMissingError: when there is no solver.

        """
        terms = list(columns)
        found = []
        for sign in (1.0, -1.0):
            least = _least(self, dict.fromkeys(terms, sign), integer=integer)
            if least is None:
                return None
            found.append(sign * least)
        return found[0], found[1]

    def keeps(self, world: Sequence[int]) -> bool:
        """Whether whole numbers keep to every bound and row, exactly."""
        if any(not low <= value <= high for low, value, high in zip(self.lower, world, self.upper, strict=True)):
            return False
        columns, factors = self.columns, list(map(int, self.factors))
        for row, (first, last) in enumerate(pairwise(self.starts)):
            total = sum(map(mul, factors[first:last], map(world.__getitem__, columns[first:last])))
            if not self.least[row] <= total <= self.most[row]:
                return False
        return True


@attrs.frozen
class Search:
    """
    How to look for whole numbers.

    Attributes:
        nodes: Give up after so many branches, with the best world until then or with none.
        gap: A world that costs at most this share more than the best is good enough.
        any_will_do: The first world in whole numbers is good enough.

    """

    nodes: int
    gap: float
    any_will_do: bool

    def options(self) -> Mapping[str, object]:
        """Give what the solver takes."""
        most = {"mip_max_improving_sols": 1} if self.any_will_do else {}
        return {"mip_max_nodes": self.nodes, "mip_rel_gap": self.gap, **most}


def _passed_on(
    options: Mapping[str, object],
    *,
    costs: Any,
    columns: tuple[Any, Any],
    rows: tuple[Any, Any],
    starts: Any,
    index: Any,
    factors: Any,
    by_row: bool,
    integer: bool,
) -> Any:
    """Give a solver that was given a program: the ends of its columns and rows, and its factors by row or by column."""
    np, highspy = arrays(), _load("highspy")
    engine = highspy.Highs()
    for name, value in {**_OPTIONS, **options}.items():
        engine.setOptionValue(name, value)
    kind = highspy.HighsVarType.kInteger if integer else highspy.HighsVarType.kContinuous
    # As arrays: column by column, or as a program that is filled first, takes longer than most of the solving.
    engine.passModel(
        len(costs),
        len(rows[0]),
        len(index),
        int(highspy.MatrixFormat.kRowwise if by_row else highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        costs,
        *columns,
        *rows,
        np.asarray(starts, dtype=np.int32),
        np.asarray(index, dtype=np.int32),
        np.asarray(factors, dtype=float),
        np.full(len(costs), int(kind), dtype=np.int32),
    )
    return engine


def _least(model: Model, costs: Mapping[int, float], *, integer: bool) -> float | None:
    """
    Give the least that costs can be, as far as the solver can prove.

    Returns:
        -infinity without an end; ``None`` when the rows contradict each other.

    """
    known = _load("highspy").HighsModelStatus
    np = arrays()
    prices = np.zeros(len(model.lower))
    prices[list(costs)] = list(costs.values())
    engine = _passed_on(
        {},
        costs=prices,
        columns=(np.array(model.lower, dtype=float), np.array(model.upper, dtype=float)),
        rows=(np.array(model.least, dtype=float), np.array(model.most, dtype=float)),
        starts=model.starts,
        index=model.columns,
        factors=model.factors,
        by_row=True,
        integer=integer,
    )
    engine.run()
    status, info = engine.getModelStatus(), engine.getInfo()
    if status in {known.kUnbounded, known.kUnboundedOrInfeasible}:
        return None if not costs or _least(model, {}, integer=integer) is None else -inf
    if status == known.kModelEmpty:
        return 0.0
    if status != known.kOptimal:
        return None
    return float(info.mip_dual_bound if integer else info.objective_function_value)


class Matrix:
    """
    A model in arrays, of which parts are quickly handed to a solver.

    Attributes:
        upper: The most that each column can be.
        solves: Number of programs solved.

    """

    def __init__(self, model: Model, costs: Mapping[int, float], *, steps: int) -> None:
        """
        Take in a model.

        Args:
            model: The columns, of which the least is 0, and the rows.
            costs: Per column; what is not there costs nothing.
            steps: So many columns are steps; each of those behind them is in one row and makes up for the steps there.

        Raises:
            SolverMissingError: when there is no solver.

        """
        np, self._highspy = arrays(), _load("highspy")
        size = len(model.lower)
        self.upper: Any = np.array(model.upper, dtype=float)
        self._least: Any = np.array(model.least, dtype=float)
        self._most: Any = np.array(model.most, dtype=float)
        self._costs: Any = np.zeros(size)
        self._costs[list(costs)] = list(costs.values())
        columns = np.array(model.columns, dtype=np.int64)
        order = np.argsort(columns, kind="stable")
        rows = np.repeat(np.arange(len(model.least)), np.diff(model.starts))
        self._rows: Any = rows[order]
        self._factors: Any = np.array(model.factors, dtype=float)[order]
        self._starts: Any = np.concatenate(([0], np.cumsum(np.bincount(columns, minlength=size))))
        self._steps = steps
        self.solves: int = 0

    def hold(self, row: int, least: float, most: float) -> None:
        """Change what the sum of a row must keep to."""
        self._least[row], self._most[row] = least, most

    def _places(self, columns: Any) -> tuple[Any, Any]:
        """Give where the factors of columns are, one column after the other; and where each of them ends."""
        np = arrays()
        lengths = self._starts[columns + 1] - self._starts[columns]
        ends = np.cumsum(lengths)
        total = ends[-1] if len(ends) else 0
        return np.arange(total) + np.repeat(self._starts[columns] - ends + lengths, lengths), ends

    def solve(
        self,
        upper: Any,
        wanted: Mapping[int, float],
        need: float,
        *,
        factors: Any = None,
        search: Search | None = None,
    ) -> dict[int, int] | None:
        """
        Find a cheap world.

        Args:
            upper: The most that each column can be; those that cannot be more than 0 are left out, and what makes up
                for no step.
            wanted: Columns, with how often each counts in a sum; none: nothing is wanted.
            need: The least that the sum must be; negative: the most.
            factors: How many times its costs each column costs; ``None``: once.
            search: In whole numbers; ``None``: in any numbers.

        Returns:
            The columns that are not 0, rounded to whole numbers, which may be 0; to be checked by the caller. ``None``:
            there is none.

        """
        np, highspy = arrays(), self._highspy
        self.solves += 1
        steps = np.flatnonzero(upper[: self._steps] > 0)
        changed = np.zeros(len(self._least), dtype=bool)
        changed[self._rows[self._places(steps)[0]]] = True
        others = self._steps + np.flatnonzero(upper[self._steps :] > 0)
        chosen = np.concatenate((steps, others[changed[self._rows[self._starts[others]]]]))
        places, ends = self._places(chosen)
        rows, new = np.unique(self._rows[places], return_inverse=True)
        left = np.ones(len(self._least), dtype=bool)
        left[rows] = False
        if np.any((self._least > 0) & left) or np.any((self._most < 0) & left):
            return None
        engine = _passed_on(
            _IN_ANY if search is None else search.options(),
            costs=(self._costs if factors is None else self._costs * factors)[chosen],
            columns=(np.zeros(len(chosen)), upper[chosen]),
            rows=(self._least[rows], self._most[rows]),
            starts=np.concatenate(([0], ends)),
            index=new,
            factors=self._factors[places],
            by_row=False,
            integer=search is not None,
        )
        if wanted:
            asked = np.array(list(wanted), dtype=np.int64)
            here = np.isin(asked, chosen)
            # Rising, so that a column is found by its number.
            columns = np.searchsorted(chosen, asked[here]).astype(np.int32)
            ways = np.array(list(wanted.values()), dtype=float)[here]
            engine.addRow(*((-inf, need) if need < 0 else (need, inf)), len(columns), columns, ways)
        engine.run()
        status, known = engine.getModelStatus(), highspy.HighsModelStatus
        found = engine.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if status not in {known.kOptimal, known.kModelEmpty} and not found:
            return None
        world = np.array(engine.getSolution().col_value)
        return {int(chosen[at]): round(world[at]) for at in np.flatnonzero(world > _NOTHING)}
