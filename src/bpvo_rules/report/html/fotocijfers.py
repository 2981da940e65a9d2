"""
Fotocijfers: what the pages about fotos show, worked out of published numbers and of nothing else.

Here are numbers and texts; how they look is decided elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from statistics import fmean
from typing import Final, TypeVar, final

import attrs

from bpvo_rules.codes import Brin
from bpvo_rules.foto import FOTOKALENDER, Cel, Domein, Fotobestand, Getal, Plaats, Status
from bpvo_rules.questions import QUESTIONS
from bpvo_rules.report.statistics import FEWEST, funnel, wilson
from bpvo_rules.rules import Question

__all__ = ["ALLE", "Fotoreeks", "Place", "Score", "Stand", "Trechter", "Trechterpunt", "Zekerheid", "trechter"]

Place = tuple[Brin | Plaats, Domein | Plaats]
T = TypeVar("T", Brin | Plaats, Domein | Plaats)
ALLE: Final[Place] = (Plaats.ALLE, Plaats.ALLE)

BREEDST: Final = 0.2
"""An interval wider than this says too little about a score."""
WAARSCHUWING: Final = 0.95
ALARM: Final = 0.998


@final
@attrs.frozen
class Score:
    """
    The score of one cell or margin.

    Attributes:
        voldoet_niet: The published number that does not meet a rule.
        beslist: The published number of which that can be said.
        niet_te_bepalen: The published number of which it cannot.

    """

    voldoet_niet: Getal
    beslist: Getal
    niet_te_bepalen: Getal

    @classmethod
    def van(cls, cel: Cel) -> "Score":
        """Give the score of a cell or margin of a foto."""
        return cls(cel.voldoet_niet.subjects, cel.beslist.subjects, cel.niet_te_bepalen.subjects)

    @property
    def getallen(self) -> tuple[int, int] | None:
        """How many meet every rule, and of how many; ``None`` when a number is withheld or nothing was decided."""
        failed, decided = self.voldoet_niet.waarde, self.beslist.waarde
        if failed is None or not decided:
            return None
        # Rounded numbers may cross each other.
        return max(0, decided - failed), decided

    @property
    def is_onderdrukt(self) -> bool:
        """Whether a number that the score needs is withheld."""
        return self.voldoet_niet.waarde is None or self.beslist.waarde is None

    @property
    def is_afgerond(self) -> bool:
        """Whether a number that the score needs is the middle of a class."""
        return Status.AFGEROND in {self.voldoet_niet.status, self.beslist.status}

    @property
    def deel(self) -> float | None:
        """The share that meets every rule, for a chart; ``None`` as for :attr:`getallen`."""
        return None if self.getallen is None else self.getallen[0] / self.getallen[1]

    @property
    def interval(self) -> tuple[float, float] | None:
        """How sure the share is, by Wilson at 95 %; ``None`` as for :attr:`getallen`."""
        return None if self.getallen is None else wilson(*self.getallen)

    @property
    def is_weinig(self) -> bool:
        """Whether it is of too few to say anything: an interval wider than 20 points."""
        return self.interval is not None and self.interval[1] - self.interval[0] > BREEDST


@final
@attrs.frozen
class Stand:
    """
    The scores of one foto.

    Attributes:
        scores: Those of every cell and margin, by question and place.

    """

    scores: Mapping[tuple[str, Place], Score]

    @classmethod
    def van(cls, bestand: Fotobestand) -> "Stand":
        """Give the scores of a foto."""
        cels = (*bestand.foto.cellen, *bestand.foto.marges)
        return cls({(str(cel.vraag), (cel.instelling, cel.domein)): Score.van(cel) for cel in cels})

    def score(self, vraag: str, place: Place) -> Score | None:
        """Give the score of a cell or margin; ``None`` when the foto does not count it."""
        return self.scores.get((vraag, place))

    def instellingen(self, vraag: str) -> tuple[Brin | Plaats, ...]:
        """Give the schools that are counted for a question, by BRIN; what is of no school comes last."""
        return _sorted(place[0] for code, place in self.scores if code == vraag)

    def domeinen(self, vraag: str) -> tuple[Domein | Plaats, ...]:
        """Give the domeinen that are counted for a question, by code; none for a question without."""
        return _sorted(place[1] for code, place in self.scores if code == vraag)


def _in_order(given: Iterable[Fotobestand]) -> tuple[Fotobestand, ...]:
    return tuple(sorted(given, key=lambda one: (one.foto.peildatum, one.id.correctie)))


@final
@attrs.frozen(slots=False)
class Fotoreeks:
    """
    Fotos that are shown together.

    Attributes:
        alle: Every foto that was given, by peildatum and correction.

    Raises:
        ValueError: for none at all, fotos under more than one policy, or two with one name.

    """

    alle: tuple[Fotobestand, ...] = attrs.field(converter=_in_order)

    def __attrs_post_init__(self) -> None:
        if not self.alle:
            raise ValueError("There is no foto to show.")
        if len({one.foto.policy for one in self.alle}) > 1:
            raise ValueError("Only fotos under one policy are shown together: a rounded number is no exact one.")
        if len({one.id for one in self.alle}) < len(self.alle):
            raise ValueError("Two fotos have one name.")

    @cached_property
    def fotos(self) -> tuple[Fotobestand, ...]:
        """Of each peildatum the foto that counts: its last correction."""
        return tuple({one.foto.peildatum: one for one in self.alle}.values())

    @property
    def laatste(self) -> Fotobestand:
        """The foto of the last peildatum."""
        return self.fotos[-1]

    @cached_property
    def momenten(self) -> tuple[date, ...]:
        """The peildata from the first foto to the last, also those of fotos of the calendar that are not there."""
        days = [one.foto.peildatum for one in self.fotos]
        found = set(days)
        if all((day.month, day.day) in FOTOKALENDER.momenten for day in days):
            found |= set(FOTOKALENDER.between(days[0], days[-1]))
        return tuple(sorted(found))

    @cached_property
    def vragen(self) -> tuple[Question, ...]:
        """The questions of which the last foto has counts, in their order."""
        counted = {str(cel.vraag) for cel in (*self.laatste.foto.cellen, *self.laatste.foto.marges)}
        return tuple(question for question in QUESTIONS if question.code in counted)

    @cached_property
    def _standen(self) -> Mapping[date, Stand]:
        return {one.foto.peildatum: Stand.van(one) for one in self.fotos}

    def trend(self, vraag: str, place: Place) -> tuple[tuple[date, Score | None], ...]:
        """Give the score at each moment; ``None`` when there is no foto of it, or it has no such count."""
        standen = self._standen
        return tuple(
            (moment, standen[moment].score(vraag, place) if moment in standen else None) for moment in self.momenten
        )

    def heeft(self, moment: date) -> bool:
        """Say whether there is a foto of a day."""
        return moment in self._standen

    def is_andere_versie(self, moment: date) -> bool:
        """Say whether the foto of a day was counted by other rules than the last one."""
        return any(
            one.rule_set_digest != self.laatste.rule_set_digest for one in self.fotos if one.foto.peildatum == moment
        )

    @property
    def nu(self) -> Stand:
        """The scores of the last foto."""
        return self._standen[self.laatste.foto.peildatum]


def _sorted(found: Iterator[T]) -> tuple[T, ...]:
    kept = {one for one in found if one is not Plaats.ALLE}
    return tuple(sorted(kept, key=lambda one: (isinstance(one, Plaats), str(one))))


# ---- the funnel


@final
class Zekerheid(StrEnum):
    """How far a school is from the country: within chance, outside 95 % or outside 99.8 % of what chance gives."""

    TOEVAL = "toeval"
    WAARSCHUWING = "waarschuwing"
    ALARM = "alarm"


@final
@attrs.frozen
class Trechterpunt:
    """
    A school in a funnel.

    Attributes:
        instelling: The school, or ``landelijk`` for what is of none.
        voldoet: How many meet every rule.
        beslist: Of how many.
        zekerheid: Whether chance explains it.

    """

    instelling: Brin | Plaats
    voldoet: int
    beslist: int
    zekerheid: Zekerheid


@final
@attrs.frozen
class Trechter:
    """
    Schools around the share of the country.

    Attributes:
        deel: How many meet every rule in the country, and of how many.
        punten: The schools, by BRIN.
        te_klein: Number of schools with fewer than :data:`FEWEST` decided, which are left out.
        onderdrukt: Number of schools with a number that is withheld.
        spreiding: How many times as wide the schools lie as chance alone would have it, as a variance; ``None``
            when that cannot be said, for fewer than two schools or a share of 0 or all.

    """

    deel: tuple[int, int]
    punten: tuple[Trechterpunt, ...]
    te_klein: int
    onderdrukt: int
    spreiding: float | None


def trechter(reeks: Fotoreeks, vraag: str) -> Trechter | None:
    """Give the funnel of a question in the last foto; ``None`` when the share of the country is withheld or nothing."""
    nu = reeks.nu
    country = nu.score(vraag, ALLE)
    if country is None or country.getallen is None:
        return None
    met, decided = country.getallen
    rate = met / decided
    punten, small, hidden = [], 0, 0
    for instelling in nu.instellingen(vraag):
        score = nu.score(vraag, (instelling, Plaats.ALLE))
        if score is None or (score.getallen is None and not score.is_onderdrukt):
            continue
        if score.getallen is None:
            hidden += 1
        elif score.getallen[1] < FEWEST:
            small += 1
        else:
            punten.append(Trechterpunt(instelling, *score.getallen, _zekerheid(score.getallen, rate)))
    return Trechter(country.getallen, tuple(punten), small, hidden, _spreiding(punten, rate))


def _zekerheid(getallen: tuple[int, int], rate: float) -> Zekerheid:
    met, decided = getallen
    for level, word in ((ALARM, Zekerheid.ALARM), (WAARSCHUWING, Zekerheid.WAARSCHUWING)):
        low, high = funnel(decided, rate, level=level)
        if not low <= met <= high:
            return word
    return Zekerheid.TOEVAL


def _spreiding(punten: Sequence[Trechterpunt], rate: float) -> float | None:
    """Give the mean squared z-score (Spiegelhalter 2005): 1 when there is nothing but chance."""
    if len(punten) < 2 or not 0 < rate < 1:
        return None
    return fmean((p.voldoet / p.beslist - rate) ** 2 / (rate * (1 - rate) / p.beslist) for p in punten)
