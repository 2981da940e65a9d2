"""
Coverage to measure: recognitions of one company that together cover exactly the days asked for.

The rows are split, overlapped, corrected and spread over the codes that count,
so that only their union says what is covered.
"""

from collections.abc import Sequence
from typing import final

from bpvo_rules.codes import LeerbedrijfId, Opleidingcode
from bpvo_rules.simulate.loterij import Loterij
from bpvo_rules.simulate.register import Register

__all__ = ["Dekkingmaker"]


@final
class Dekkingmaker:
    """Makes coverage for one placement at a company of its own."""

    def __init__(self, register: Register, lot: Loterij) -> None:
        self.register = register
        self._lot = lot

    def dek(self, bedrijf: LeerbedrijfId, codes: Sequence[Opleidingcode], van: int, tot: int | None) -> None:
        """Cover the days from ``van`` up to and including ``tot`` (``None`` is open) by these codes, and no other."""
        lot, erken = self._lot, self.register.erken
        first = lot.kies(codes)
        room = 400 if tot is None else tot - van
        shape = lot.deel()
        if room < 1 or shape < 0.4:
            erken(bedrijf, first, van, tot)
            return
        split = van + lot.geheel(0, room - 1)
        if shape < 0.65:
            erken(bedrijf, first, van, split)
            erken(bedrijf, lot.kies(codes), split + 1, tot)
        elif shape < 0.8:
            erken(bedrijf, first, van, split)
            erken(bedrijf, lot.kies(codes), lot.geheel(van, split), tot)
        else:
            corrected = self.register.k - lot.geheel(0, 200)
            erken(bedrijf, first, van - lot.geheel(0, 200), None, (van - 30, corrected))
            erken(bedrijf, first, van, tot, (corrected, None))

    def ruis(self, bedrijf: LeerbedrijfId, codes: Sequence[Opleidingcode]) -> None:
        """Now and then add rows that would cover everything, if they were known on K."""
        lot, register = self._lot, self.register
        if lot.kans(0.25):
            register.erken(bedrijf, lot.kies(codes), register.vroeg, None, (register.k + lot.geheel(1, 40), None))
        if lot.kans(0.2):
            register.erken(
                bedrijf, lot.kies(codes), register.vroeg, None, (register.vroeg, register.k - lot.geheel(0, 40))
            )
