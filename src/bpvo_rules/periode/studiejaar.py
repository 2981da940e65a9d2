"""Studiejaar: the year from 1 August to 31 July in which mbo counts its placements."""

from datetime import date
from typing import final

import attrs

from bpvo_rules.periode.periode import Periode

__all__ = ["Studiejaar"]


@final
@attrs.frozen(order=True)
class Studiejaar:
    """
    A study year of mbo: 1 August up to and including 31 July (STG II, art. 1 sub e; BWBR0030326).

    Attributes:
        beginjaar: The calendar year in which it starts; 2018 for 2018-2019.

    """

    beginjaar: int

    @classmethod
    def van(cls, dag: date) -> "Studiejaar":
        """Give the study year that a day is in."""
        return cls(dag.year if dag.month >= 8 else dag.year - 1)

    @property
    def periode(self) -> Periode:
        """Its days, both ends inclusive."""
        return Periode(date(self.beginjaar, 8, 1), date(self.beginjaar + 1, 7, 31))

    def __str__(self) -> str:
        return f"{self.beginjaar}-{self.beginjaar + 1}"
