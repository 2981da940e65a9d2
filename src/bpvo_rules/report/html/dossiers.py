"""
Dossiers: the meldingen of a judgement by what they are about, as many as a reader can page through.

Totals are always of all meldingen; what is cut is counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from operator import attrgetter
from typing import Any, Final, final

import attrs

from bpvo_rules.judge import Judgement, Melding
from bpvo_rules.judge.keys import KEYS
from bpvo_rules.questions import BPVO, METING, SUBJECTS, UITWISSELING
from bpvo_rules.report.counts import by_rule
from bpvo_rules.rules import Outcome, SubjectType
from bpvo_rules.rules.source import OUTCOMES

__all__ = ["Dossier", "Dossiers", "Teller", "verdeeld"]

PER_BLAD: Final = 40
"""Dossiers on one page: with their pictures that is about as much as a browser shows at once."""
HOOGSTENS: Final = 5000
"""Meldingen that are written out; a list of more is for a program, which has the csv."""


@final
@attrs.frozen
class Dossier:
    """
    A subject with its meldingen.

    Attributes:
        nummer: Its place among all dossiers, from 1.
        type: What it is.
        subject: Its key.
        opleiding: Code of the opleiding that its record names; empty when it names none.
        meldingen: In rule order.

    """

    nummer: int
    type: SubjectType
    subject: str
    opleiding: str
    meldingen: tuple[Melding, ...]

    @property
    def blad(self) -> int:
        """The page that it stands on, from 1."""
        return (self.nummer - 1) // PER_BLAD + 1


@final
@attrs.frozen
class Teller:
    """How many of something have a melding, and of how many."""

    met_melding: int
    beoordeeld: int


def verdeeld(aantallen: Mapping[str, int], hoogstens: int) -> dict[str, int]:
    """
    Divide a number of places over names: who asks for less than an even share leaves the rest to the others.

    The places that do not divide evenly go to the first names.
    """
    found: dict[str, int] = {}
    left = hoogstens
    rising = sorted(aantallen, key=lambda name: aantallen[name])
    for place, name in enumerate(rising):
        share = -(-left // (len(rising) - place))
        found[name] = min(aantallen[name], share)
        left -= found[name]
    return {name: found[name] for name in aantallen}


@final
class Dossiers:
    """The dossiers of a judgement."""

    def __init__(self, judgement: Judgement, *, hoogstens: int = HOOGSTENS) -> None:
        self._judgement = judgement
        self.meldingen: tuple[Melding, ...] = judgement.meldingen()
        self.per_regel: dict[str, list[Melding]] = by_rule(self.meldingen)
        places = verdeeld({code: len(found) for code, found in self.per_regel.items()}, hoogstens)
        self.getoond: dict[str, tuple[Melding, ...]] = {
            code: tuple(found[: places[code]]) for code, found in self.per_regel.items()
        }

    @property
    def weggelaten(self) -> int:
        """Number of meldingen that are not written out."""
        return len(self.meldingen) - sum(map(len, self.getoond.values()))

    @cached_property
    def lijst(self) -> tuple[Dossier, ...]:
        """Every dossier, by subject type and key; a measurement of White Label has none."""
        grouped: dict[tuple[str, str], list[Melding]] = {}
        for melding in (one for found in self.getoond.values() for one in found):
            grouped.setdefault((melding.subject_type, melding.subject), []).append(melding)
        found: list[Dossier] = []
        for type_ in SUBJECTS:
            if type_ is METING:
                continue
            codes = self._opleidingen(type_)
            for subject in sorted(subject for name, subject in grouped if name == type_.name):
                meldingen = tuple(grouped[type_.name, subject])
                found.append(Dossier(len(found) + 1, type_, subject, codes.get(subject, ""), meldingen))
        return tuple(found)

    def _opleidingen(self, type_: SubjectType) -> dict[str, str]:
        key = KEYS[type_]
        return {key(row): str(row.opleidingcode) for row in self._failing(type_) if row.opleidingcode}

    @cached_property
    def van(self) -> Mapping[tuple[str, str], Dossier]:
        """The dossier of each subject, by type and key."""
        return {(dossier.type.name, dossier.subject): dossier for dossier in self.lijst}

    def bladen(self) -> Iterator[Sequence[Dossier]]:
        """Give the dossiers per page."""
        for at in range(0, len(self.lijst), PER_BLAD):
            yield self.lijst[at : at + PER_BLAD]

    # ---- counters

    def _subjects(self, type_: SubjectType) -> Sequence[Any]:
        part = self._judgement.parts.get(type_)
        return () if part is None else part.subjects

    def _failing(self, type_: SubjectType) -> Iterator[Any]:
        """Give each subject of a type with a melding."""
        part = self._judgement.parts.get(type_)
        if part is None:
            return iter(())
        # Thousands of subjects share a pattern, and one is compared with others by all of its numbers.
        shared = {id(pattern): pattern for pattern in part.patterns}
        failing = {at for at, pattern in shared.items() if OUTCOMES.index(Outcome.NOT_MET) in pattern}
        return compress(part.subjects, (id(pattern) in failing for pattern in part.patterns))

    @cached_property
    def _bpvos(self) -> tuple[set[Any], set[Any]]:
        """The BPVO's with a melding about them or one of their deliveries, and all that were judged."""
        types = (BPVO, UITWISSELING)
        return (
            {_of_bpvo(row) for type_ in types for row in self._failing(type_)},
            {key for type_ in types for key in map(_of_bpvo, self._subjects(type_))},
        )

    @property
    def bpvos(self) -> Teller:
        """BPVO's with a melding about them or one of their deliveries, of all that were judged."""
        return Teller(*map(len, self._bpvos))

    @property
    def studenten(self) -> Teller:
        """Students, per school, with a melding about a BPVO or a delivery of theirs, of all behind what was judged."""
        return Teller(*(len({key[:2] for key in keys}) for keys in self._bpvos))


_of_bpvo = attrgetter("brin", "student", "inschrijvingvolgnummer", "volgnummer")
