"""Norm: a number that law or agreement sets, with its source and the days on which it is in force."""

from datetime import date
from typing import Any, final

import attrs

from bpvo_rules.errors import DeclarationError, NormError
from bpvo_rules.periode import Eenheid
from bpvo_rules.rules.declared import check_days, check_name, check_text, check_tuple, check_type, is_day, is_number
from bpvo_rules.rules.text import Text
from bpvo_rules.rules.venster import Venster

__all__ = ["Norm", "NormValue", "Source"]


@final
@attrs.frozen(kw_only=True)
class Source:
    """
    Where a rule or norm comes from.

    Attributes:
        title: Law or document with its article.
        url: Where to read it; empty when it is no public page.
        van: First day on which it was in force, inclusive; ``None`` is an open bound.
        tot_en_met: Last day on which it was in force, inclusive; ``None`` is an open bound.

    Raises:
        DeclarationError: without a title, or with days in the wrong order.

    """

    title: str
    url: str = ""
    van: date | None = None
    tot_en_met: date | None = None

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.title, str) or not self.title.strip():
            raise DeclarationError("Source: title is empty; name the law or document with its article.")
        check_days(f"Source {self.title}", ("van", self.van), ("tot_en_met", self.tot_en_met))

    def in_force(self, dag: date) -> bool:
        """Say whether the source was in force on a day."""
        return (self.van is None or self.van <= dag) and (self.tot_en_met is None or dag <= self.tot_en_met)


@final
@attrs.frozen(kw_only=True)
class NormValue:
    """
    A value of a norm from a day on, until the next value.

    Attributes:
        van: First day on which it is in force, inclusive; ``None`` means "always so far".
        value: A whole number in the unit of the norm, or a Venster.
        source: Where the value comes from.

    """

    van: date | None = None
    value: int | Venster
    source: Source


@final
@attrs.frozen(kw_only=True)
class Norm:
    """
    A number or window that rules compare with.

    Attributes:
        id: Its name; also the name under which evidence shows it.
        unit: What its value counts.
        text: What it says.
        edge: Which side the edge itself is on, in words.
        values: Dated values, oldest first. Empty means **open**: no source gives
            a number, so there is no default and rules that need it do not run.
        verified_on: Day on which the sources were last checked.
        assumption: What we filled in because no source says it; ``None`` when a source says it all.

    Raises:
        DeclarationError: for what cannot work, in one sentence that names the norm, the attribute and what to do.

    """

    id: str
    unit: Eenheid
    text: Text
    edge: Text
    values: tuple[NormValue, ...] = ()
    verified_on: date
    assumption: Text | None = None

    def __attrs_post_init__(self) -> None:
        check_name(f"Norm {self.id!r}", "id", self.id)
        of = f"Norm {self.id}"
        check_type(of, "unit", self.unit, Eenheid)
        check_text(of, "text", self.text)
        check_text(of, "edge", self.edge)
        check_tuple(of, "values", self.values, NormValue)
        if not is_day(self.verified_on):
            raise DeclarationError(f"{of}: verified_on must be the date on which you last read its sources.")
        if self.assumption is not None:
            check_text(of, "assumption", self.assumption)
        for value in self.values:
            check_days(of, ("values.van", value.van), ("values.van", None))
            check_type(of, "values.source", value.source, Source)
            if not _fits(self.unit, value.value):
                raise DeclarationError(f"{of}: values.value must be {_asked(self.unit)}.")
        # A norm in force takes the last value that began; in another order that is not the one of the day.
        days = [value.van or date.min for value in self.values]
        if days != sorted(set(days)):
            raise DeclarationError(f"{of}: values must stand oldest first, each from another day on.")

    @property
    def is_open(self) -> bool:
        """Whether the norm has no value at all."""
        return not self.values

    def on(self, dag: date) -> NormValue | None:
        """Give the value in force on a day; ``None`` before the first one."""
        found = None
        for value in self.values:
            if value.van is None or value.van <= dag:
                found = value
        return found

    def with_value(self, value: int | str | Venster, *, reason: str) -> "Norm":
        """
        Give this norm with one value of the caller, in force always.

        Args:
            value: A whole number in the unit of the norm, or for a venster its text.
            reason: Why, for the receipt.

        Raises:
            NormError: when the value does not fit the unit.

        """
        given = NormValue(value=parse_value(self, value), source=Source(title=reason))
        return attrs.evolve(self, values=(given,), assumption=None)


def _least(unit: Eenheid) -> int:
    return 1 if unit in {Eenheid.WERKDAGEN, Eenheid.UREN_PER_WEEK} else 0


def _fits(unit: Eenheid, value: object) -> bool:
    if unit is Eenheid.VENSTER:
        return isinstance(value, Venster)
    return isinstance(value, int) and is_number(value) and value >= _least(unit)


def _asked(unit: Eenheid) -> str:
    return "a Venster" if unit is Eenheid.VENSTER else f"a whole number of at least {_least(unit)} ({unit})"


def parse_value(norm: Norm, value: Any) -> int | Venster:
    """Make a value for a norm out of what a caller wrote; raises NormError."""
    if norm.unit is Eenheid.VENSTER:
        return value if isinstance(value, Venster) else Venster.parse(str(value))
    least = _least(norm.unit)
    text = str(value)
    if isinstance(value, bool) or not text.isascii() or not text.isdigit() or int(text) < least or len(text) > 9:
        raise NormError(f"Norm {norm.id} needs a whole number of at least {least} ({norm.unit}).")
    return int(text)
