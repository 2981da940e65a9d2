"""
Foto: the static picture of a year, at domein x onderwijsinstelling, without a record in it.

The boundary is held by types: nothing reachable from :class:`Foto` can hold a
record, a person, a company or free text. A test walks the types.
"""

import re
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Self, final

import attrs

from bpvo_rules.codes import Brin, Code
from bpvo_rules.errors import InvalidCodeError
from bpvo_rules.questions import QUESTIONS, RULES

__all__ = ["Aantal", "Cel", "Domein", "Foto", "Plaats", "Policy", "RegelAantal", "Regelcode", "Vraagcode"]

_VRAGEN = frozenset(question.code for question in QUESTIONS if question.number is not None)
_REGELS = frozenset(rule.code for rule in RULES)


@final
class Domein(Code):
    """A column of the table: an opleidingsdomein, ``geen`` (as for Entree) or ``onbekend``."""

    __slots__ = ()
    SHAPE = re.compile(r"[0-9]{5}|geen|onbekend", re.ASCII)
    FORM = "5 digits, or the word geen or onbekend"


class _Declared(Code):
    """A code that exists among the declarations; nothing else can be written in its place."""

    __slots__ = ()

    @classmethod
    def _names(cls) -> frozenset[str]:
        raise NotImplementedError

    def __new__(cls, value: str) -> Self:
        if value not in cls._names():
            raise InvalidCodeError(cls.__name__, "one of the declared codes")
        return str.__new__(cls, value)


@final
class Vraagcode(_Declared):
    """The code of one of the six questions."""

    __slots__ = ()

    @classmethod
    def _names(cls) -> frozenset[str]:
        return _VRAGEN


@final
class Regelcode(_Declared):
    """The code of a rule of this library."""

    __slots__ = ()

    @classmethod
    def _names(cls) -> frozenset[str]:
        return _REGELS


@final
class Policy(StrEnum):
    """
    How much a foto protects; never chosen for the caller.

    ``niveau``: true counts at domein x instelling. **Not protected**: a count
    of 1 to 4 is a record in all but name.
    """

    NIVEAU = "niveau"


@final
class Plaats(StrEnum):
    """Where a count belongs that is not of one school or not of one domein."""

    LANDELIJK = "landelijk"
    ALLE = "alle"


@final
@attrs.frozen(kw_only=True)
class Aantal:
    """
    How many subjects, and how many behind them.

    Attributes:
        subjects: Number of subjects.
        personen: Number of distinct students behind them, per school; for question 5 the number
            of distinct leerbedrijven, per school; ``None`` for question 4, which has neither.

    """

    subjects: int
    personen: int | None


@final
@attrs.frozen(kw_only=True)
class Cel:
    """
    The counts of one question for one cell or margin.

    Attributes:
        vraag: The question.
        instelling: The school; ``landelijk`` for what no school belongs to; ``alle`` in a margin.
        domein: The domein; ``alle`` in a margin, and for question 4, which has none.
        voldoet: Subjects that meet every rule.
        voldoet_niet: Subjects that fail at least one.
        niet_te_bepalen: Subjects of which that cannot be said.
        niet_van_toepassing: Subjects that the question is not about.
        totaal: All of these together.

    """

    vraag: Vraagcode
    instelling: Brin | Plaats
    domein: Domein | Plaats
    voldoet: Aantal
    voldoet_niet: Aantal
    niet_te_bepalen: Aantal
    niet_van_toepassing: Aantal
    totaal: Aantal

    @property
    def score(self) -> Fraction | None:
        """Totaalscore: share of *voldoet* among the decided; ``None`` when none was decided."""
        decided = self.voldoet.subjects + self.voldoet_niet.subjects
        return Fraction(self.voldoet.subjects, decided) if decided else None


@final
@attrs.frozen(kw_only=True)
class RegelAantal:
    """The number of subjects of a margin that do not meet one rule."""

    vraag: Vraagcode
    regel: Regelcode
    instelling: Brin | Plaats
    domein: Domein | Plaats
    voldoet_niet: int


@final
@attrs.frozen(kw_only=True)
class Foto:
    """
    The counts of a rolling year.

    Attributes:
        peildatum: The day of the foto: P and K, and last day of the window, inclusive.
        na: The window starts on the day after this one, a year before the peildatum.
        policy: How it is protected.
        cellen: Counts per question, instelling and domein, sorted.
        marges: Counts per question and instelling, per question and domein, and per question, sorted.
        regels: Per rule the number not met on the margins, sorted; only what is not 0.

    """

    peildatum: date
    na: date
    policy: Policy
    cellen: tuple[Cel, ...]
    marges: tuple[Cel, ...]
    regels: tuple[RegelAantal, ...]
