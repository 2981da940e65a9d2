"""Periode: a run of days of which both ends count."""

from datetime import date
from typing import final

import attrs

from bpvo_rules.errors import InvalidRecordError

__all__ = ["Periode"]


@final
@attrs.frozen(order=True)
class Periode:
    """
    A closed run of days.

    Attributes:
        van: First day, inclusive.
        tot_en_met: Last day, inclusive. A run without a known end has ``date.max``.

    Raises:
        InvalidRecordError: when the last day lies before the first.

    """

    van: date
    tot_en_met: date = date.max

    def __attrs_post_init__(self) -> None:
        if self.tot_en_met < self.van:
            raise InvalidRecordError("tot_en_met", "on or after van")

    def __contains__(self, dag: date) -> bool:
        return self.van <= dag <= self.tot_en_met

    @property
    def has_end(self) -> bool:
        """Whether a last day is known."""
        return self.tot_en_met != date.max

    def __str__(self) -> str:
        """Write the run as ISO 8601 does, ``2018-08-01/2019-07-31``; nothing after the slash without a known end."""
        return f"{self.van}/{self.tot_en_met if self.has_end else ''}"

    def overlaps(self, other: "Periode") -> bool:
        """Say whether at least one day is in both."""
        return self.van <= other.tot_en_met and other.van <= self.tot_en_met

    @property
    def dagen(self) -> int:
        """Number of days, both ends counted."""
        return self.tot_en_met.toordinal() - self.van.toordinal() + 1
