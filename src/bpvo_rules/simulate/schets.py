"""Schets: a BPVO while it is being made, with days as ordinals."""

from typing import final

import attrs

from bpvo_rules.codes import Brin, Keuzedeelcode, LeerbedrijfId, Opleidingcode, Volgnummer

__all__ = ["Schets", "Waarheid", "volgnummer"]

_NUMMERS = tuple(Volgnummer(str(n)) for n in range(1, 200))


def volgnummer(n: int) -> Volgnummer:
    """Give the n-th number, counted from 1; equal numbers share one object."""
    return _NUMMERS[n - 1] if n <= len(_NUMMERS) else Volgnummer(str(n))


@final
@attrs.define(kw_only=True)
class Schets:
    """
    What will be in the last delivery that counts on K, and what only the simulator knows.

    Attributes:
        getekend: The day on which it was drawn up, also when the cell ``afsluitdatum`` stays empty.
        leerweg: That of the enrolment on ``begin``.
        zorg: On a code of a Stagefonds list in force on the first day.
        zeker: Must be in the chain on K, whatever else is drawn.
        solide: Its company is recognised on every day, whatever its own days are.
        gebrek: The kind of defect in its content; ``None`` when there is none.
        gebroken: The rules that this defect breaks, if the BPVO exists on K.
        leeg: Names of the cells that stay empty although the values are known here.

    """

    brin: Brin
    student: str
    inschrijving: Volgnummer
    volgnummer: Volgnummer
    getekend: int
    begin: int
    gepland: int
    werkelijk: int | None = None
    omvang: int | None = None
    leerbedrijf: LeerbedrijfId | None = None
    opleidingcode: Opleidingcode | None = None
    keuzedeelcode: Keuzedeelcode | None = None
    leerweg: str = "BOL"
    zorg: bool = False
    zeker: bool = False
    solide: bool = False
    gebrek: str | None = None
    gebroken: tuple[str, ...] = ()
    leeg: tuple[str, ...] = ()

    @property
    def einde(self) -> int:
        """The actual end, or else the planned one."""
        return self.gepland if self.werkelijk is None else self.werkelijk

    @property
    def sleutel(self) -> str:
        """The subject key."""
        return f"{self.brin}/{self.student}/{self.inschrijving}/{self.volgnummer}"


@final
class Waarheid:
    """What was planted: pairs of subject key and rule, and a count per kind of defect."""

    __slots__ = ("geplant", "verwacht")

    def __init__(self) -> None:
        self.verwacht: list[tuple[str, str]] = []
        self.geplant: dict[str, int] = {}

    def noteer(self, gebrek: str, subject: str, *regels: str) -> None:
        """Record that this defect makes this subject break these rules."""
        self.geplant[gebrek] = self.geplant.get(gebrek, 0) + 1
        for regel in regels:
            self.verwacht.append((subject, regel))
