"""
Integer linear programs, and HiGHS that solves them.

A solver works with floats and tolerances, so nothing that protects rests on its
word: a solution counts as a possible world only after it was checked in whole
numbers, row by row. What a solver calls impossible is believed, which errs on
the safe side.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from itertools import pairwise
from math import inf
from operator import mul
from typing import Any, Final

import attrs

from bpvo_rules.errors import SolverMissingError

__all__ = ["Model", "Solution", "solve", "solver_name"]

_OPTIONS: Final = (
    ("output_flag", False),
    ("threads", 1),
    ("parallel", "off"),
    ("random_seed", 0),
)
"""One thread and one seed, so that the same fotos give the same answer on every machine."""


def _load(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise SolverMissingError(
            "A protected foto needs a solver to prove that it is safe: install bpvo-rules[foto], which brings highspy."
        ) from error


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
            solution = solve(self, dict.fromkeys(terms, sign), integer=integer)
            if solution.infeasible:
                return None
            found.append(sign * solution.bound)
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
class Solution:
    """
    What a solver found.

    Attributes:
        infeasible: No world keeps to all rows.
        bound: The least that the costs can be, as far as the solver could prove; -infinity without an end.
        world: A best solution in whole numbers that was checked; ``None`` when the solver's own, rounded, is none.

    """

    infeasible: bool
    bound: float
    world: tuple[int, ...] | None


_NEVER: Final = Solution(infeasible=True, bound=inf, world=None)


def solve(
    model: Model,
    costs: Mapping[int, float],
    *,
    integer: bool,
    nodes: int | None = None,
    gap: float = 0.0,
    any_will_do: bool = False,
) -> Solution:
    """
    Find a world with the least costs.

    Args:
        model: The columns and rows.
        costs: Per column; what is not there costs nothing.
        integer: In whole numbers; otherwise any numbers will do, which is quicker and less strict.
        nodes: Give up after so many branches, with the best world until then or with none.
        gap: A world that costs at most this share more than the best is good enough.
        any_will_do: The first world in whole numbers is good enough.

    Raises:
        SolverMissingError: when there is no solver.

    """
    np, highspy = _load("numpy"), _load("highspy")
    engine = highspy.Highs()
    for name, value in _OPTIONS:
        engine.setOptionValue(name, value)
    engine.setOptionValue("mip_rel_gap", gap)
    if any_will_do:
        engine.setOptionValue("mip_max_improving_sols", 1)
    if nodes is not None:
        engine.setOptionValue("mip_max_nodes", nodes)
    size, rows = len(model.lower), len(model.least)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = size, rows
    prices = np.zeros(size)
    prices[list(costs)] = list(costs.values())
    program.col_cost_ = prices
    program.col_lower_, program.col_upper_ = np.array(model.lower, dtype=float), np.array(model.upper, dtype=float)
    program.row_lower_, program.row_upper_ = np.array(model.least, dtype=float), np.array(model.most, dtype=float)
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_, matrix.num_row_ = size, rows
    matrix.start_ = np.array(model.starts, dtype=np.int32)
    matrix.index_ = np.array(model.columns, dtype=np.int32)
    matrix.value_ = np.array(model.factors, dtype=float)
    if integer:
        program.integrality_ = [highspy.HighsVarType.kInteger] * size
    engine.passModel(program)
    engine.run()
    status, known = engine.getModelStatus(), highspy.HighsModelStatus
    if status in {known.kUnbounded, known.kUnboundedOrInfeasible}:
        if not costs or solve(model, {}, integer=integer).infeasible:
            return _NEVER
        return Solution(infeasible=False, bound=-inf, world=None)
    if status == known.kModelEmpty:
        return Solution(infeasible=False, bound=0.0, world=())
    info = engine.getInfo()
    incumbent = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if status != known.kOptimal and (nodes is None or not incumbent):
        return _NEVER
    raw = engine.getSolution().col_value
    world = tuple(round(value) for value in raw)
    bound = info.mip_dual_bound if integer else info.objective_function_value
    return Solution(infeasible=False, bound=float(bound), world=world if model.keeps(world) else None)
