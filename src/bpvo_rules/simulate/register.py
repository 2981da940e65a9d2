"""The register of SBB: companies, and what they are recognised for."""

from collections.abc import Container
from typing import final

from bpvo_rules.codes import LeerbedrijfId, Opleidingcode
from bpvo_rules.model import Erkenning, Leerbedrijf
from bpvo_rules.simulate.dagen import als_dag
from bpvo_rules.simulate.loterij import Loterij, Weging
from bpvo_rules.simulate.opleidingen import BIJZONDER, Opleidingenwereld

__all__ = ["Register"]

_VIER_JAAR = 1461
_LAND = Weging([("NL", 96.2), ("BE", 1.6), ("DE", 1.0), ("ES", 0.6), ("GB", 0.6)])


@final
class Register:
    """
    The register while it is being made.

    A *solid* company is recognised, as known on K, on every day on which a
    placement can be, for each code under which it is found in the index.
    Companies for one defect are made on the spot and never used again.

    Attributes:
        k: The kennisdatum, as an ordinal.
        vroeg: A day before every placement.
        laat: A day after every placement.

    """

    def __init__(self, wereld: Opleidingenwereld, lot: Loterij, *, k: int) -> None:
        self.wereld = wereld
        self.k = k
        self.vroeg: int = k - 1600
        self.laat: int = k + 1200
        self.leerbedrijven: list[Leerbedrijf] = []
        self.erkenningen: list[Erkenning] = []
        self.solide: list[LeerbedrijfId] = []
        self._lot = lot
        self._index: dict[str, list[LeerbedrijfId]] = {}
        self._nummer = 900_000_000

    def nieuw_nummer(self) -> LeerbedrijfId:
        """Give a number that no company has."""
        self._nummer += 1 + int(self._lot.deel() * 60)
        return LeerbedrijfId(str(self._nummer))

    def schrijf_in(self, van: int | None = None, tot: int | None = None) -> LeerbedrijfId:
        """Add a company, known from ``van`` (default: long ago) until ``tot`` (default: open)."""
        lot = self._lot
        number = self.nieuw_nummer()
        if van is None and lot.kans(0.7):
            van = self.vroeg - lot.geheel(30, 3000)
        self.leerbedrijven.append(
            Leerbedrijf(
                leerbedrijf_id=number,
                naam=f"Leerbedrijf {number[-6:]}",
                land=lot.weeg(_LAND) if lot.kans(0.99) else None,
                bekend_vanaf=None if van is None else als_dag(van),
                bekend_tot=None if tot is None else als_dag(tot),
            )
        )
        return number

    def erken(
        self,
        bedrijf: LeerbedrijfId,
        code: Opleidingcode,
        van: int,
        tot: int | None,
        bekend: tuple[int | None, int | None] | None = None,
    ) -> None:
        """Add a row, both days inclusive; known on K, or as ``bekend`` says (second bound exclusive)."""
        if bekend is None:
            # Mostly entered shortly before the first day; a row of long ago may lack the day.
            known = van - self._lot.geheel(0, 60)
            bekend = (None if known < self.vroeg - 700 else min(known, self.k), None)
        vanaf, tot_bekend = bekend
        self.erkenningen.append(
            Erkenning(
                leerbedrijf_id=bedrijf,
                opleidingcode=code,
                van=als_dag(van),
                tot_en_met=None if tot is None else als_dag(tot),
                bekend_vanaf=None if vanaf is None else als_dag(vanaf),
                bekend_tot=None if tot_bekend is None else als_dag(tot_bekend),
            )
        )

    def kies(self, code: Opleidingcode, gebruikt: Container[str]) -> LeerbedrijfId:
        """Give a solid company for a BPVO on a code, other than those already used."""
        lot = self._lot
        found = self._index.get(code)
        if found is not None and (len(found) > 3 or lot.kans(0.5)):
            for _ in range(3):
                bedrijf = lot.kies(found)
                if bedrijf not in gebruikt:
                    return bedrijf
        return self.maak_solide(code)

    def kies_willekeurig(self, gebruikt: Container[str]) -> LeerbedrijfId:
        """Give a solid company, recognised for whatever."""
        for _ in range(5):
            if self.solide and (bedrijf := self._lot.kies(self.solide)) not in gebruikt:
                return bedrijf
        return self.maak_solide(self.wereld.andere_code(self._lot))

    def maak_solide(self, code: Opleidingcode) -> LeerbedrijfId:
        """Make a solid company for BPVO's on a code."""
        lot = self._lot
        if code in BIJZONDER:
            return self._maak_bijzonder(code)
        counting = self.wereld.tel_mee[code]
        first = lot.kies(counting) if len(counting) > 2 or lot.kans(0.2) else counting[0]
        chosen = [first]
        related = self.wereld.dossiers.get(str(self.wereld.dossier.get(first)), ())
        for other in related:
            if len(chosen) < 4 and other != first and lot.kans(0.35):
                chosen.append(other)
        bedrijf = self._schrijf_in_solide()
        for other in chosen:
            self._dek_altijd(bedrijf, other)
            for covered in self.wereld.dekt.get(other, ()):
                self._zet_in_index(covered, bedrijf)
        self.solide.append(bedrijf)
        return bedrijf

    def _schrijf_in_solide(self) -> LeerbedrijfId:
        # Now and then a recognition is all that the register shows of a company, which is enough.
        if self._lot.kans(0.01):
            return self.nieuw_nummer()
        if self._lot.kans(0.01):
            return self.schrijf_in(self.k, self.k + 1)
        return self.schrijf_in()

    def _zet_in_index(self, code: str, bedrijf: LeerbedrijfId) -> None:
        found = self._index.setdefault(code, [])
        if not found or found[-1] != bedrijf:
            found.append(bedrijf)

    def _maak_bijzonder(self, code: Opleidingcode) -> LeerbedrijfId:
        lot = self._lot
        first, second = BIJZONDER[code]
        bedrijf = self._schrijf_in_solide()
        if code == "23189" and lot.kans(0.5):
            self._dek_altijd(bedrijf, Opleidingcode("25498"))
        elif code == "23110" and lot.kans(0.5):
            self._dek_altijd(bedrijf, Opleidingcode("25251"))
        else:
            self._dek_altijd(bedrijf, Opleidingcode(first))
            self._dek_altijd(bedrijf, Opleidingcode(second))
        self._zet_in_index(code, bedrijf)
        return bedrijf

    def _dek_altijd(self, bedrijf: LeerbedrijfId, code: Opleidingcode) -> None:
        """Recognise from before ``vroeg`` until after ``laat``, in one of the ways that registers do."""
        lot, k = self._lot, self.k
        start = self.vroeg - lot.geheel(0, 1400)
        shape = lot.deel()
        if shape < 0.45:
            self.erken(bedrijf, code, start, None)
        elif shape < 0.85:
            # Renewed every four years, back to back or with some overlap.
            overlap = lot.geheel(1, 60) if shape > 0.75 else 0
            while start <= self.laat:
                self.erken(bedrijf, code, start, start + _VIER_JAAR - 1)
                start += _VIER_JAAR - overlap
        elif shape < 0.94:
            corrected = k - lot.geheel(0, 900)
            self.erken(bedrijf, code, start, start + lot.geheel(100, 1500), (start, corrected))
            self.erken(bedrijf, code, start, None, (corrected, None))
        else:
            # What is found out after K changes nothing on K.
            later = k + lot.geheel(1, 60)
            self.erken(bedrijf, code, start, None, (start, later))
            self.erken(bedrijf, code, start, start + lot.geheel(100, 1500), (later, None))
