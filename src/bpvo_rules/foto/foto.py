"""
Foto: the static picture of a year, at domein x onderwijsinstelling, without a record in it.

The boundary is held by types: nothing reachable from :class:`Foto` can hold a
record, a person, a company or free text. A test walks the types.
"""

import re
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Final, Self, final

import attrs

from bpvo_rules.codes import Brin, Code
from bpvo_rules.errors import InvalidCodeError
from bpvo_rules.questions import QUESTIONS, RULES

__all__ = [
    "MIDPUNT6_MOST",
    "Aantal",
    "Cel",
    "Domein",
    "Drempels",
    "Foto",
    "Getal",
    "Plaats",
    "Policy",
    "RegelAantal",
    "Regelcode",
    "Status",
    "Vraagcode",
]

_VRAGEN = frozenset(question.code for question in QUESTIONS if question.number is not None)
_REGELS = frozenset(rule.code for rule in RULES)


@final
class Domein(Code):
    """A column of the table: an opleidingsdomein, ``geen`` (as for Entree) or ``onbekend``."""

    __slots__ = ()
    SHAPE = re.compile(r"[0-9]{5}|geen|onbekend", re.ASCII)
    FORM: ClassVar[str] = "5 digits, or the word geen or onbekend"


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
@attrs.frozen(kw_only=True)
class Drempels:
    """
    From how many persons on a count is no longer small.

    Attributes:
        personen: Of *voldoet_niet*, *voldoet*, *niet_te_bepalen*, and of a rule on a margin: fewer
            than this, and not 0, is small. DUO: 5 (open onderwijsdata, files after 1 November 2023).
        beslist: The same for *beslist*, the base of a share. SBB: 10 (uitgangspunten of its doelmatigheidscijfers).

    Raises:
        ValueError: below 1; at 1 nothing is small.

    """

    personen: int
    beslist: int

    def __attrs_post_init__(self) -> None:
        if min(self.personen, self.beslist) < 1:
            raise ValueError("A drempel is at least 1.")


@final
class Policy(StrEnum):
    """
    How much a foto protects; never chosen for the caller.

    ``niveau``: true counts at domein x instelling. **Not protected**: a count
    of 1 to 4 is a record in all but name.

    ``midpunt6``: every count rounded to the middle of its class of six: 0 stays
    0, 1 to 6 becomes 3, 7 to 12 becomes 9.

    ``onderdruk``: exact counts; small ones withheld, and as many others as that needs.
    """

    NIVEAU = "niveau"
    MIDPUNT6 = "midpunt6"
    ONDERDRUK = "onderdruk"

    @property
    def protects(self) -> bool:
        """Whether small counts are protected."""
        return self is not Policy.NIVEAU

    @property
    def drempels(self) -> Drempels:
        """
        What is small unless its maker says otherwise: 5 persons, and 10 for *beslist* under ``onderdruk``.

        Under ``midpunt6`` the class itself already says no more than 1-6. Under ``niveau`` nothing is small.
        """
        small = {Policy.NIVEAU: (1, 1), Policy.MIDPUNT6: (5, 5), Policy.ONDERDRUK: (5, 10)}[self]
        return Drempels(personen=small[0], beslist=small[1])


@final
class Plaats(StrEnum):
    """Where a count belongs that is not of one school or not of one domein."""

    LANDELIJK = "landelijk"
    ALLE = "alle"


@final
class Status(StrEnum):
    """How a number in a foto relates to the true count."""

    GEPUBLICEERD = "gepubliceerd"
    AFGEROND = "afgerond"
    ONDERDRUKT = "onderdrukt"


_KLASSE = 6
MIDPUNT6_MOST: Final = _KLASSE + 1
"""The highest drempel under ``midpunt6``: a class of six can hide that a count is 1 up to and including 6."""


@final
@attrs.frozen
class Getal:
    """
    One number in a foto.

    Attributes:
        waarde: The number; ``None`` when it is withheld, and only then.
        status: ``gepubliceerd``: the true count. ``afgerond``: 3, 9, 15, ..., the middle of a
            class of six. ``onderdrukt``: withheld, for whatever reason; says nothing about the count.

    Raises:
        ValueError: when number and status do not fit.

    """

    waarde: int | None
    status: Status

    def __attrs_post_init__(self) -> None:
        if self.waarde is None:
            fits = self.status is Status.ONDERDRUKT
        elif self.status is Status.AFGEROND:
            fits = self.waarde > 0 and self.waarde % _KLASSE == _KLASSE // 2
        else:
            fits = self.waarde >= 0 and self.status is Status.GEPUBLICEERD
        if not fits:
            raise ValueError("This number cannot have this status.")

    @classmethod
    def exact(cls, count: int) -> Self:
        """Publish a count as it is."""
        return cls(count, Status.GEPUBLICEERD)

    @classmethod
    def rounded(cls, count: int) -> Self:
        """Publish the middle of the class of six that a count lies in; 0 stays 0."""
        if count == 0:
            return cls.exact(0)
        return cls((count - 1) // _KLASSE * _KLASSE + _KLASSE // 2, Status.AFGEROND)

    @classmethod
    def withheld(cls) -> Self:
        """Publish nothing."""
        return cls(None, Status.ONDERDRUKT)

    @property
    def least(self) -> int:
        """The smallest count that this number allows."""
        if self.waarde is None:
            return 0
        return self.waarde - (_KLASSE // 2 - 1 if self.status is Status.AFGEROND else 0)

    @property
    def most(self) -> int | None:
        """The largest count that this number allows; ``None`` when there is no limit."""
        if self.waarde is None:
            return None
        return self.waarde + (_KLASSE // 2 if self.status is Status.AFGEROND else 0)


@final
@attrs.frozen(kw_only=True)
class Aantal:
    """
    How many subjects, and how many behind them.

    Attributes:
        subjects: Number of subjects.
        personen: Number of distinct students behind them, per school; for question 5 the number
            of distinct leerbedrijven, per school; ``None`` for question 4, which has neither, and
            in a protected foto, which does not give it.

    """

    subjects: Getal
    personen: Getal | None


@final
@attrs.frozen(kw_only=True)
class Cel:
    """
    The counts of one question for one cell or margin.

    A protected foto gives as few numbers as it can, because every number is an
    equation for who wants to undo it: there *voldoet* is what is left of
    *beslist*, and the last two are not there.

    Attributes:
        vraag: The question.
        instelling: The school; ``landelijk`` for what no school belongs to; ``alle`` in a margin.
        domein: The domein; ``alle`` in a margin, and for question 4, which has none.
        voldoet_niet: Subjects that fail at least one rule.
        beslist: Subjects of which can be said whether they fail: *voldoet* and *voldoet_niet* together.
        niet_te_bepalen: Subjects of which that cannot be said.
        voldoet: Subjects that meet every rule; ``None`` in a protected foto.
        niet_van_toepassing: Subjects that the question is not about; ``None`` in a protected foto.
        totaal: All of these together; ``None`` in a protected foto.

    """

    vraag: Vraagcode
    instelling: Brin | Plaats
    domein: Domein | Plaats
    voldoet_niet: Aantal
    beslist: Aantal
    niet_te_bepalen: Aantal
    voldoet: Aantal | None = None
    niet_van_toepassing: Aantal | None = None
    totaal: Aantal | None = None

    @property
    def score(self) -> Fraction | None:
        """
        Totaalscore: share of *voldoet* among the decided, from the numbers in the foto only.

        ``None`` when none was decided, or when one of the two numbers is withheld.
        """
        failed, decided = self.voldoet_niet.subjects.waarde, self.beslist.subjects.waarde
        if failed is None or not decided:
            return None
        return Fraction(decided - failed, decided)


@final
@attrs.frozen(kw_only=True)
class RegelAantal:
    """
    The number of subjects of a margin that do not meet one rule.

    Attributes:
        vraag: The question that the rule belongs to.
        regel: The code of the rule.
        instelling: The school, or a word that stands for all or for none.
        domein: The domein, or a word that stands for all of them.
        voldoet_niet: How many do not meet it.

    """

    vraag: Vraagcode
    regel: Regelcode
    instelling: Brin | Plaats
    domein: Domein | Plaats
    voldoet_niet: Getal


@final
@attrs.frozen(kw_only=True)
class Foto:
    """
    The counts of a rolling year.

    Attributes:
        peildatum: The day of the foto: P and K, and last day of the window, inclusive.
        na: The window starts on the day after this one, a year before the peildatum.
        policy: How it is protected.
        cellen: Counts per question, instelling and domein, sorted. In a protected foto also those
            of earlier ones, at 0 when nothing is left of them.
        marges: Counts per question and instelling, per question and domein, and per question, sorted.
        regels: Per rule the number not met on the margins, sorted. Under ``niveau`` only what is not 0;
            under the other policies every rule on every margin of its question.
        drempels: What was small; by default that of the policy.

    Raises:
        ValueError: for drempels that do not go with the policy: under ``midpunt6`` a class of six can hide at
            most 6 persons, so a drempel is at most 7; under ``niveau`` there are none.

    """

    peildatum: date
    na: date
    policy: Policy
    cellen: tuple[Cel, ...]
    marges: tuple[Cel, ...]
    regels: tuple[RegelAantal, ...]
    drempels: Drempels = attrs.field(default=attrs.Factory(lambda self: self.policy.drempels, takes_self=True))

    def __attrs_post_init__(self) -> None:
        if self.policy is Policy.MIDPUNT6 and max(self.drempels.personen, self.drempels.beslist) > MIDPUNT6_MOST:
            raise ValueError(f"Under midpunt6 a drempel is at most {MIDPUNT6_MOST}: a class of six hides no more.")
        if not self.policy.protects and self.drempels != self.policy.drempels:
            raise ValueError("Under niveau nothing is protected, so there are no drempels.")
