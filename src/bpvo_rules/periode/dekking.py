"""
Dekking: the days that a set of periods covers together.

Recognitions are renewed back to back, so a placement may be covered by several
periods of which none contains it whole. Coverage is therefore the union of the
days, with adjacent and overlapping periods joined.
"""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import final

import attrs

from bpvo_rules.periode.periode import Periode

__all__ = ["Dekking"]

# Comparing periods themselves is several times as slow, and this is the hottest place of all.
_days = attrgetter("van", "tot_en_met")


@final
@attrs.frozen
class Dekking:
    """
    A union of closed periods.

    Attributes:
        periodes: The covered runs of days: sorted, apart by at least one day.
        volledig:
            Whether every day outside ``periodes`` is known to be uncovered.
            When ``False`` something that could cover more days was not looked
            up: a covered day is covered, any other day is unknown (``None``).

    """

    periodes: tuple[Periode, ...] = ()
    volledig: bool = True

    @classmethod
    def van(cls, periodes: Iterable[Periode], *, volledig: bool = True) -> "Dekking":
        """Join periods that overlap or touch, in whatever order they come."""
        ordered = sorted(periodes, key=_days)
        if len(ordered) < 2:
            return cls(tuple(ordered), volledig)
        joined: list[Periode] = []
        for periode in ordered:
            last = joined[-1] if joined else None
            if last is not None and periode.van.toordinal() <= last.tot_en_met.toordinal() + 1:
                if periode.tot_en_met > last.tot_en_met:
                    joined[-1] = Periode(last.van, periode.tot_en_met)
            else:
                joined.append(periode)
        return cls(tuple(joined), volledig)

    def bevat(self, dag: date) -> bool | None:
        """Say whether a day is covered; ``None`` when that cannot be known."""
        for periode in self.periodes:
            if periode.van <= dag <= periode.tot_en_met:
                return True
        return False if self.volledig else None

    def dekt(self, van: date, tot_en_met: date) -> bool | None:
        """
        Say whether every day of a closed period is covered.

        ``None`` when that cannot be known, and when ``tot_en_met`` lies before
        ``van``: of a period without days nothing can be said.
        """
        if tot_en_met < van:
            return None
        for periode in self.periodes:
            if periode.van <= van <= periode.tot_en_met:
                if tot_en_met <= periode.tot_en_met:
                    return True
                break
        return False if self.volledig else None

    def eerste_dag_zonder(self, van: date, tot_en_met: date) -> date | None:
        """Give the first day of a closed period that is not covered; ``None`` when there is none."""
        if tot_en_met < van:
            return None
        for periode in self.periodes:
            if periode.van <= van <= periode.tot_en_met:
                if tot_en_met <= periode.tot_en_met:
                    return None
                return date.fromordinal(periode.tot_en_met.toordinal() + 1)
        return van

    def dagen_zonder(self, van: date, tot_en_met: date) -> int:
        """Count the days of a closed period that are not covered; 0 for a period without days."""
        first, last = van.toordinal(), tot_en_met.toordinal()
        days = max(last - first + 1, 0)
        for periode in self.periodes:
            overlap = min(last, periode.tot_en_met.toordinal()) - max(first, periode.van.toordinal()) + 1
            days -= max(overlap, 0)
        return days

    def dichtstbij(self, dag: date) -> Periode | None:
        """
        Give the covered run nearest to a day: the one that contains it, or else the least days away.

        Of two equally near runs the earlier one. ``None`` when nothing is covered.
        """
        target = dag.toordinal()

        def distance(periode: Periode) -> int:
            return max(periode.van.toordinal() - target, target - periode.tot_en_met.toordinal(), 0)

        return min(self.periodes, key=distance, default=None)
