"""Keys: how a subject is named outside the library."""

from collections.abc import Callable, Mapping
from typing import Any

from bpvo_rules.model import Bpvo, Erkenningsaanvraag, Uitwisseling, WhiteLabelMeting
from bpvo_rules.questions import AANVRAAG, BPVO, METING, UITWISSELING
from bpvo_rules.rules import SubjectType

__all__ = ["KEYS", "subject_key"]


def _bpvo(row: Bpvo | Uitwisseling) -> str:
    return f"{row.brin}/{row.student}/{row.inschrijvingvolgnummer}/{row.volgnummer}"


def _uitwisseling(row: Uitwisseling) -> str:
    return f"{_bpvo(row)}#{row.volgorde}"


def _aanvraag(row: Erkenningsaanvraag) -> str:
    return row.aanvraag_id


def _meting(row: WhiteLabelMeting) -> str:
    return f"{row.functie}@{row.tijdstip_tekst}@{row.brin or ''}"


KEYS: Mapping[SubjectType, Callable[[Any], str]] = {
    BPVO: _bpvo,
    UITWISSELING: _uitwisseling,
    AANVRAAG: _aanvraag,
    METING: _meting,
}
"""How the key of a subject is made, per subject type."""


def subject_key(subject: Bpvo | Uitwisseling | Erkenningsaanvraag | WhiteLabelMeting) -> str:
    """
    Give the key of a subject.

    Bpvo ``brin/student/inschrijvingvolgnummer/volgnummer``; Uitwisseling the
    same and ``#volgorde``; Erkenningsaanvraag its ``aanvraag_id``;
    WhiteLabelMeting ``functie@tijdstip@brin``, the moment as in the input.
    """
    match subject:
        case Bpvo():
            return _bpvo(subject)
        case Uitwisseling():
            return _uitwisseling(subject)
        case Erkenningsaanvraag():
            return _aanvraag(subject)
    return _meting(subject)
