"""What changed between two fotos, from published numbers only."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, Final, final

import attrs

from bpvo_rules.codes import Brin
from bpvo_rules.foto.foto import Aantal, Cel, Domein, Foto, Getal, Plaats, Policy, Vraagcode
from bpvo_rules.foto.write import MARK
from bpvo_rules.questions import QUESTIONS

__all__ = ["SoortVerschil", "Vergelijking", "Verschil", "compare", "compare_csv", "compare_json", "shown"]

COUNTS: Final = ("voldoet", "voldoet_niet", "beslist", "niet_te_bepalen", "niet_van_toepassing", "totaal")
_ORDER: Final = {question.code: at for at, question in enumerate(QUESTIONS)}


@final
class SoortVerschil(StrEnum):
    """
    What became of a count.

    ``T``: it is only in the new foto. ``W``: it is in both, with another number or status. ``V``: it is only in the
    old one.
    """

    NIEUW = "T"
    GEWIJZIGD = "W"
    VERDWENEN = "V"


@final
@attrs.frozen(kw_only=True)
class Verschil:
    """
    A cell or margin that is not the same in two fotos.

    Attributes:
        soort: T, W or V.
        vraag: The question.
        instelling: As in :class:`bpvo_rules.foto.Cel`.
        domein: As in :class:`bpvo_rules.foto.Cel`.
        oud: What the old foto has; ``None`` when it is not there.
        nieuw: What the new foto has; ``None`` when it is not there.

    """

    soort: SoortVerschil
    vraag: Vraagcode
    instelling: Brin | Plaats
    domein: Domein | Plaats
    oud: Cel | None
    nieuw: Cel | None

    def counts(self) -> Iterator[tuple[str, Getal | None, Getal | None]]:
        """
        Give each count that the fotos publish: its name, and the number in the old and in the new one.

        Subjects under the name of the outcome, and persons, which only a foto under ``niveau`` has,
        under that name with ``_personen``.
        """
        for name in COUNTS:
            was, now = _aantal(self.oud, name), _aantal(self.nieuw, name)
            for ending, piece in (("", "subjects"), ("_personen", "personen")):
                old: Getal | None = None if was is None else getattr(was, piece)
                new: Getal | None = None if now is None else getattr(now, piece)
                if old is not None or new is not None:
                    yield f"{name}{ending}", old, new


@final
@attrs.frozen(kw_only=True)
class Vergelijking:
    """
    The differences between two fotos.

    Attributes:
        oud: Peildatum of the old foto.
        nieuw: Peildatum of the new one.
        policy: Of both.
        cellen: Differences in cells, by question and place; what is the same is not there.
        marges: The same for the margins.

    """

    oud: date
    nieuw: date
    policy: Policy
    cellen: tuple[Verschil, ...]
    marges: tuple[Verschil, ...]


def _aantal(cel: Cel | None, name: str) -> Aantal | None:
    return None if cel is None else getattr(cel, name)


def _key(cel: Cel) -> tuple[int, str, str]:
    return _ORDER[cel.vraag], str(cel.instelling), str(cel.domein)


def _differences(old: Iterable[Cel], new: Iterable[Cel]) -> tuple[Verschil, ...]:
    before, after = {_key(cel): cel for cel in old}, {_key(cel): cel for cel in new}
    found = []
    for key in sorted({*before, *after}):
        was, now = before.get(key), after.get(key)
        if was == now:
            continue
        one = now or was
        if one is None:
            continue
        soort = SoortVerschil.GEWIJZIGD
        if was is None:
            soort = SoortVerschil.NIEUW
        elif now is None:
            soort = SoortVerschil.VERDWENEN
        found.append(
            Verschil(soort=soort, vraag=one.vraag, instelling=one.instelling, domein=one.domein, oud=was, nieuw=now)
        )
    return tuple(found)


def compare(old: Foto, new: Foto) -> Vergelijking:
    """
    Compare two fotos, cell by cell and margin by margin.

    Nothing but the numbers in the fotos is read, so it says nothing that the two do not say together.

    Raises:
        ValueError: for fotos under two policies: a rounded number is no other number than an exact one.

    """
    if old.policy is not new.policy:
        raise ValueError("Only fotos under the same policy can be compared.")
    return Vergelijking(
        oud=old.peildatum,
        nieuw=new.peildatum,
        policy=old.policy,
        cellen=_differences(old.cellen, new.cellen),
        marges=_differences(old.marges, new.marges),
    )


def _getal(getal: Getal | None) -> dict[str, Any] | None:
    return None if getal is None else {"waarde": getal.waarde, "status": str(getal.status)}


def _json(verschil: Verschil) -> dict[str, Any]:
    return {
        "soort": str(verschil.soort),
        "vraag": str(verschil.vraag),
        "instelling": str(verschil.instelling),
        "domein": str(verschil.domein),
        "aantallen": {name: {"oud": _getal(old), "nieuw": _getal(new)} for name, old, new in verschil.counts()},
    }


def compare_json(found: Vergelijking) -> dict[str, Any]:
    """Give a comparison as plain JSON values; null where a foto has no such cell."""
    return {
        "format": "bpvo-rules/vergelijking",
        "format_version": 1,
        "oud": found.oud.isoformat(),
        "nieuw": found.nieuw.isoformat(),
        "policy": str(found.policy),
        "cellen": [_json(one) for one in found.cellen],
        "marges": [_json(one) for one in found.marges],
    }


def shown(getal: Getal | None) -> str:
    """Give a number for a reader: ``[g]`` when it is withheld, nothing when the foto has no such cell."""
    if getal is None:
        return ""
    return MARK if getal.waarde is None else str(getal.waarde)


def compare_csv(found: Vergelijking) -> str:
    """Give a comparison as CSV, separated by ``;``: a row per cell or margin and count, the cells first."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["soort", "vraag", "instelling", "domein", "telling", "oud", "nieuw"])
    for one in (*found.cellen, *found.marges):
        for name, old, new in one.counts():
            writer.writerow([one.soort, one.vraag, one.instelling, one.domein, name, shown(old), shown(new)])
    return out.getvalue()
