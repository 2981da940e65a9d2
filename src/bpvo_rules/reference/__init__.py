"""
Reference data that ship with the library: dated, sourced, and for the caller to replace or extend.

Nothing is read before one of these functions is called, and nothing is kept:
every call gives fresh, immutable records.
"""

from collections.abc import Iterator
from datetime import date
from typing import final

import attrs

from bpvo_rules.codes import Opleidingcode
from bpvo_rules.model import Leerweg, Opleiding, SoortOpleiding
from bpvo_rules.stagefonds import Categorie, Stagefondslijst, Stagefondsregel

__all__ = ["Bron", "bronnen", "gelijkgestelde_dagen", "opleidingen", "stagefondslijsten"]


@final
@attrs.frozen(kw_only=True)
class Bron:
    """
    Where a file of reference data comes from.

    Attributes:
        bestand: Name of the file in the package.
        stand: The day whose state it gives.
        bron: The source, by its official name.
        adres: Where to read the source.
        opmerking: What its user should know, in Dutch.

    """

    bestand: str
    stand: date
    bron: str
    adres: str
    opmerking: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    # Slow to import, and only needed when reference data are asked for.
    import csv  # noqa: PLC0415
    from importlib import resources  # noqa: PLC0415

    text = resources.files(__package__).joinpath("data", name).read_text("utf-8")
    yield from csv.DictReader(text.splitlines(), delimiter=";")


def bronnen() -> tuple[Bron, ...]:
    """Give the source and state of every file of reference data."""
    return tuple(
        Bron(
            bestand=row["bestand"],
            stand=date.fromisoformat(row["stand"]),
            bron=row["bron"],
            adres=row["adres"],
            opmerking=row["opmerking"],
        )
        for row in _rows("bronnen.csv")
    )


def opleidingen() -> tuple[Opleiding, ...]:
    """
    Give the kwalificaties, dossiers and domeinen of 1 August 2015.

    Source: BWBR0036352, bijlage 1. Later codes are not in it: pass your own
    table when you judge them.
    """
    return tuple(
        Opleiding(
            code=Opleidingcode(row["code"]),
            naam=row["naam"] or None,
            soort=SoortOpleiding(row["soort"]),
            niveau=int(row["niveau"]) if row["niveau"] else None,
            dossier=Opleidingcode(row["dossier"]) if row["dossier"] else None,
            domein=Opleidingcode(row["domein"]) if row["domein"] else None,
        )
        for row in _rows("opleidingen_2015-08-01.csv")
    )


def stagefondslijsten() -> tuple[Stagefondslijst, ...]:
    """
    Give the lists of Stagefonds Zorg, oldest first; each is in force until the next.

    Source: BWBR0030326, bijlage 1 and 2. Shipped is the state of 1 August 2018.
    """
    regels = tuple(
        Stagefondsregel(
            leerweg=Leerweg(row["leerweg"]),
            opleidingcode=Opleidingcode(row["opleidingcode"]),
            naam=row["naam"],
            niveau=int(row["niveau"]) if row["niveau"] else None,
            categorie=Categorie(row["categorie"]),
        )
        for row in _rows("stagefonds_2018-08-01.csv")
    )
    return (Stagefondslijst(van=date(2018, 8, 1), regels=regels),)


def gelijkgestelde_dagen() -> frozenset[date]:
    """
    Give the days equated with holidays by decree (Algemene termijnenwet art. 3 lid 3).

    They come second-hand; check the Staatscourant before you decide on one.
    """
    return frozenset(date.fromisoformat(row["dag"]) for row in _rows("gelijkgestelde_dagen.csv"))
