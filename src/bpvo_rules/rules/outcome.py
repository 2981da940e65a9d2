"""Outcome: what a rule says about a subject, and how outcomes of rules make one of a question."""

from collections.abc import Iterable
from enum import StrEnum
from typing import final

__all__ = ["Kind", "Outcome", "Party", "combine"]


@final
class Outcome(StrEnum):
    """
    One of four answers; a missing fact never counts as good.

    Not a boolean or ``None``: those are misread.
    """

    MET = "voldoet"
    NOT_MET = "voldoet_niet"
    UNKNOWN = "niet_te_bepalen"
    OUT_OF_SCOPE = "niet_van_toepassing"


@final
class Kind(StrEnum):
    """
    What a melding of a rule asks for.

    ``fout``: this is wrong and counts in the score. ``signaal``: look at this.
    ``vraag``: amend it or explain it. The last two never worsen a score.
    """

    FOUT = "fout"
    SIGNAAL = "signaal"
    VRAAG = "vraag"


@final
class Party(StrEnum):
    """The party of the keten that can repair what a melding is about."""

    INSTELLING = "instelling"
    DUO = "DUO"
    SBB = "SBB"


_WORST_FIRST = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.MET)


def combine(outcomes: Iterable[Outcome]) -> Outcome:
    """Give the outcome of a question from those of its rules of kind ``fout``."""
    found = set(outcomes)
    for outcome in _WORST_FIRST:
        if outcome in found:
            return outcome
    return Outcome.OUT_OF_SCOPE
