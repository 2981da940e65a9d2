"""Defects of recognition: each with a company of its own, made around the days of one placement."""

from collections.abc import Sequence
from typing import final

from bpvo_rules.codes import LeerbedrijfId, Opleidingcode
from bpvo_rules.simulate.dekking import Dekkingmaker
from bpvo_rules.simulate.loterij import Loterij
from bpvo_rules.simulate.opleidingen import BIJZONDER
from bpvo_rules.simulate.register import Register
from bpvo_rules.simulate.schets import Schets

__all__ = ["Erkenningsplanter"]


@final
class Erkenningsplanter:
    """Gives a BPVO the company that makes it sound or broken, and states what is broken."""

    def __init__(self, register: Register, lot: Loterij, *, k: int) -> None:
        self.register = register
        self._wereld = register.wereld
        self._maker = Dekkingmaker(register, lot)
        self._lot = lot
        self._k = k

    def past(self, gebrek: str, schets: Schets) -> bool:
        """Say whether a kind of defect can be planted in this BPVO."""
        if gebrek == "erkenning_vervallen":
            return schets.begin < min(schets.einde, self._k)
        if gebrek == "erkenning_loopt_af":
            return schets.begin <= self._k < schets.einde
        if gebrek == "tweede_erkenning_ontbreekt":
            return schets.opleidingcode in BIJZONDER
        return True

    def plant(self, gebrek: str, schets: Schets) -> None:
        """Plant one kind of defect, and set which rules it breaks."""
        plant = {
            "leerbedrijf_onbekend": self._onbekend,
            "niet_erkend": self._niet_erkend,
            "erkenning_te_laat": self._te_laat,
            "erkenning_verlopen": self._verlopen,
            "erkenning_vervallen": self._vervallen,
            "erkenning_loopt_af": self._loopt_af,
            "tweede_erkenning_ontbreekt": self._geen_tweede,
        }[gebrek]
        schets.gebrek = gebrek
        schets.gebroken = plant(schets)

    def net_op_tijd(self, schets: Schets) -> None:
        """Give a company that is recognised on the first up to and including the last day, and on no other."""
        bedrijf = self._nieuw(schets)
        self._dek(schets, bedrijf, schets.begin, max(schets.begin, schets.einde))
        self._tweede(schets, bedrijf, schets.begin, schets.begin)

    # Which codes count, and the rules in the words of the grondslag

    def _codes(self, schets: Schets) -> Sequence[Opleidingcode]:
        code = schets.opleidingcode
        if code is None:
            # For a keuzedeel any recognition will do, also of several opleidingen in turn.
            return [self._wereld.andere_code(self._lot), self._wereld.andere_code(self._lot)]
        if code in BIJZONDER:
            return [Opleidingcode(BIJZONDER[code][0])]
        return self._wereld.tel_mee[code]

    def _nieuw(self, schets: Schets) -> LeerbedrijfId:
        bedrijf = self.register.schrijf_in()
        schets.leerbedrijf = bedrijf
        return bedrijf

    def _dek(self, schets: Schets, bedrijf: LeerbedrijfId, van: int, tot: int | None) -> None:
        codes = self._codes(schets)
        self._maker.dek(bedrijf, codes, van, tot)
        self._maker.ruis(bedrijf, codes)

    def _tweede(self, schets: Schets, bedrijf: LeerbedrijfId, van: int, tot: int | None) -> None:
        """Add the second recognition that some codes of care ask; it covers nothing of the first."""
        code = schets.opleidingcode
        if code is not None and code in BIJZONDER:
            self.register.erken(bedrijf, Opleidingcode(BIJZONDER[code][1]), van, tot)

    def _regels(self, schets: Schets, *names: str, zorg: bool = True) -> tuple[str, ...]:
        if schets.keuzedeelcode is not None:
            return tuple(f"keuzedeel_{name}" for name in names)
        return (*names, "stagefonds_leerbedrijf") if schets.zorg and zorg else names

    def _misschien_tweede(self, schets: Schets, regels: tuple[str, ...]) -> tuple[str, ...]:
        """Leave the second recognition out, or not: what breaks the first need not break the second."""
        if schets.opleidingcode not in BIJZONDER:
            return regels
        if schets.leerbedrijf is not None and self._lot.kans(0.5):
            self._tweede(schets, schets.leerbedrijf, schets.begin - 40, None)
            return regels
        return (*regels, "stagefonds_tweede_erkenning") if schets.zorg else regels

    # The kinds

    def _onbekend(self, schets: Schets) -> tuple[str, ...]:
        register, lot, k = self.register, self._lot, self._k
        u = lot.deel()
        if u < 0.6:
            bedrijf = register.nieuw_nummer()
        elif u < 0.8:
            bedrijf = register.schrijf_in(k + lot.geheel(1, 50))
        else:
            bedrijf = register.schrijf_in(register.vroeg, k - lot.geheel(0, 200))
        schets.leerbedrijf = bedrijf
        self._maker.ruis(bedrijf, self._codes(schets))
        regels = self._regels(schets, "leerbedrijf_bekend", "erkend_bij_aanvang")
        if schets.zorg and schets.opleidingcode in BIJZONDER:
            return (*regels, "stagefonds_tweede_erkenning")
        return regels

    def _niet_erkend(self, schets: Schets) -> tuple[str, ...]:
        bedrijf = self._nieuw(schets)
        self._maker.ruis(bedrijf, self._codes(schets))
        code = schets.opleidingcode
        if code is not None:
            near = self._wereld.bijna.get(code)
            if near is not None and self._lot.kans(0.6):
                self.register.erken(bedrijf, self._lot.kies(near), self.register.vroeg, None)
            elif self._lot.kans(0.7):
                self.register.erken(bedrijf, self._wereld.vreemde_code(code, self._lot), self.register.vroeg, None)
        return self._misschien_tweede(schets, self._regels(schets, "erkend_bij_aanvang"))

    def _te_laat(self, schets: Schets) -> tuple[str, ...]:
        bedrijf = self._nieuw(schets)
        later = schets.begin + (1 if self._lot.kans(0.3) else self._lot.geheel(1, 90))
        self._dek(schets, bedrijf, later, None)
        return self._misschien_tweede(schets, self._regels(schets, "erkend_bij_aanvang"))

    def _verlopen(self, schets: Schets) -> tuple[str, ...]:
        bedrijf = self._nieuw(schets)
        last = schets.begin - (1 if self._lot.kans(0.3) else self._lot.geheel(1, 300))
        self._dek(schets, bedrijf, last - 1460, last)
        return self._misschien_tweede(schets, self._regels(schets, "erkend_bij_aanvang"))

    def _vervallen(self, schets: Schets) -> tuple[str, ...]:
        lot = self._lot
        bedrijf = self._nieuw(schets)
        end = min(schets.einde, self._k)
        u = lot.deel()
        # Lost on the last day only, after the first day, or somewhere between.
        last = end - 1 if u < 0.25 else schets.begin if u < 0.4 else lot.geheel(schets.begin, end - 1)
        self._dek(schets, bedrijf, schets.begin - lot.geheel(0, 900), last)
        if lot.kans(0.5):
            # Renewed, but not back to back: one day is already a gap.
            again = last + (2 if lot.kans(0.4) else lot.geheel(2, 60))
            self._maker.dek(bedrijf, self._codes(schets), again, None)
        self._tweede(schets, bedrijf, schets.begin - 40, None)
        return self._regels(schets, "erkend_gedurende_looptijd")

    def _loopt_af(self, schets: Schets) -> tuple[str, ...]:
        lot = self._lot
        bedrijf = self._nieuw(schets)
        u = lot.deel()
        last = self._k if u < 0.25 else schets.einde - 1 if u < 0.5 else lot.geheel(self._k, schets.einde - 1)
        self._dek(schets, bedrijf, schets.begin - lot.geheel(0, 900), last)
        self._tweede(schets, bedrijf, schets.begin - 40, None)
        return self._regels(schets, "erkenning_dekt_planning", zorg=False)

    def _geen_tweede(self, schets: Schets) -> tuple[str, ...]:
        lot, register = self._lot, self.register
        bedrijf = self._nieuw(schets)
        self._dek(schets, bedrijf, schets.begin - lot.geheel(0, 900), None)
        u = lot.deel()
        if u < 0.25:
            self._tweede(schets, bedrijf, schets.begin - 1461, schets.begin - 1)
        elif u < 0.5:
            self._tweede(schets, bedrijf, schets.begin + 1, None)
        elif schets.opleidingcode == "26002":
            # Recognised for another code of care too, but of a lower niveau than 4.
            register.erken(bedrijf, Opleidingcode(lot.kies(("25491", "25498"))), register.vroeg, None)
        return ("stagefonds_tweede_erkenning",)
