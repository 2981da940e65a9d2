"""Deliveries of BPVO's to DUO: in time and late, accepted and rejected, changed, withdrawn and added again."""

from collections.abc import Mapping
from typing import final

import attrs

from bpvo_rules.model import SoortUitwisseling, Uitkomst, Uitwisseling
from bpvo_rules.simulate.dagen import als_dag, maand_later
from bpvo_rules.simulate.inhoud import Inhoud, inhoud_van, onzin
from bpvo_rules.simulate.loterij import Loterij
from bpvo_rules.simulate.schets import Schets, Waarheid

__all__ = ["Leveraar"]

_NEW, _CHANGE, _REMOVE = SoortUitwisseling.TOEVOEGING, SoortUitwisseling.WIJZIGING, SoortUitwisseling.VERWIJDERING
_YES, _NO = Uitkomst.GEACCEPTEERD, Uitkomst.AFGEKEURD
_WEEK = 7
_ANTWOORD = 14


@final
class Leveraar:
    """
    Delivers BPVO's, and keeps the rows and the truth about them.

    Attributes:
        rijen: Every delivery made.

    """

    def __init__(self, waarheid: Waarheid, rates: Mapping[str, float], lot: Loterij, *, k: int) -> None:
        self.rijen: list[Uitwisseling] = []
        self._waarheid = waarheid
        self._rates = rates
        self._lot = lot
        self._k = k
        self._schets: Schets
        self._sleutel = ""
        self._volgorde = 0
        self._verplicht: str | None = None

    def lever(self, s: Schets, gebrek: str | None = None) -> bool:
        """
        Deliver one BPVO with all that happens to it, and say whether it exists on K.

        A BPVO that is ``zeker`` exists. ``gebrek`` is a kind of defect of deliveries that it must have.
        """
        lot, k = self._lot, self._k
        self._schets, self._sleutel, self._volgorde, self._verplicht = s, s.sleutel, 0, gebrek
        inhoud = inhoud_van(s)
        late = inhoud.afsluitdatum is not None and s.getekend + _WEEK < k and self._trek("te_laat_bij_duo")
        if late:
            eerste = s.getekend + _WEEK + 1
            eerste += 0 if lot.kans(0.3) else lot.geheel(0, min(120, k - eerste))
        else:
            eerste = s.getekend + (_WEEK if lot.kans(0.12) else lot.geheel(0, _WEEK))
        if eerste > k or (not s.zeker and lot.kans(0.004)):
            # Received after K, or never sent: on K nobody at DUO knows of it.
            self._zend(_NEW, inhoud, eerste if eerste > k else None)
            return False
        soort = self._voorgeschiedenis(inhoud, eerste)
        laatste, te_laat_bij_sbb = self._leven(inhoud, soort, eerste)
        bestaat = self._nasleep(inhoud, laatste)
        if bestaat and late:
            self._waarheid.noteer("te_laat_bij_duo", self._sleutel, "tijdig_bij_duo")
        if bestaat and te_laat_bij_sbb:
            self._waarheid.noteer("te_laat_bij_sbb", self._sleutel, "tijdig_bij_sbb")
        return bestaat

    def _trek(self, gebrek: str) -> bool:
        if self._verplicht is not None:
            # Nothing else may be late before what must be.
            if gebrek != self._verplicht:
                return False
            self._verplicht = None
            return True
        return self._lot.kans(self._rates[gebrek])

    def _voorgeschiedenis(self, inhoud: Inhoud, eerste: int) -> SoortUitwisseling:
        """Send what came before the first delivery that counts, and say of which soort that one is."""
        lot = self._lot
        vanaf = max(self._schets.getekend, eerste - 10)
        if not self._schets.zeker and lot.kans(0.012):
            # An earlier life: added and removed. Its receipts say nothing of this one.
            begin = eerste - lot.geheel(10, 60)
            eerder = attrs.evolve(onzin(inhoud), afsluitdatum=als_dag(begin - lot.geheel(0, 30)))
            vanaf = lot.geheel(vanaf, eerste)
            self._zend(_NEW, eerder, begin, sbb=begin + lot.geheel(0, 60))
            self._zend(_REMOVE, eerder, vanaf, sbb=vanaf + lot.geheel(0, 28))
        if not self._trek("levering_afgekeurd"):
            return _NEW
        op = lot.geheel(vanaf, eerste)
        self._zend(_NEW, self._eerder(inhoud), op, afgekeurd_op=lot.geheel(op, eerste))
        return _CHANGE if lot.kans(0.6) else _NEW

    def _leven(self, inhoud: Inhoud, soort: SoortUitwisseling, eerste: int) -> tuple[int, bool]:
        """Send what counts, and give the day of the last delivery and whether SBB had none of it in time."""
        lot, k, s = self._lot, self._k, self._schets
        dagen = [eerste]
        u = lot.deel()
        changes = 2 if u < 0.02 else 1 if u < 0.12 or self._verplicht == "wijziging_te_laat" else 0
        for _ in range(changes):
            if dagen[-1] < k:
                dagen.append(min(k, dagen[-1] + lot.geheel(1, 60)))
        if s.werkelijk is not None and dagen[-1] < s.werkelijk <= k:
            # The actual end is reported when it is there.
            dagen.append(lot.geheel(s.werkelijk, min(k, s.werkelijk + _WEEK)))
        uiterst = maand_later(eerste)
        te_laat = uiterst <= k and self._trek("te_laat_bij_sbb")
        laatste = len(dagen) - 1
        for i, op in enumerate(dagen):
            if te_laat:
                sbb = None if lot.kans(0.4) else max(uiterst + 1, op) + (0 if lot.kans(0.4) else lot.geheel(0, 60))
            elif i == 0 and lot.kans(0.08):
                sbb = uiterst
            else:
                sbb = op + lot.geheel(0, 28)
            dit = inhoud
            if i < laatste:
                dit = self._eerder(inhoud)
            elif i and inhoud.afsluitdatum is not None and lot.kans(0.1):
                # Changed later, which does not change how late the first delivery was.
                dit = attrs.evolve(inhoud, afsluitdatum=als_dag(s.getekend + lot.geheel(-40, 40)))
            self._zend(soort if i == 0 else _CHANGE, dit, op, sbb=sbb)
        return dagen[-1], te_laat

    def _eerder(self, inhoud: Inhoud) -> Inhoud:
        """Content as it was before a change: not ended yet, and perhaps wrong in a way that no longer counts."""
        if self._lot.kans(0.25):
            return onzin(inhoud)
        return attrs.evolve(inhoud, einddatum_werkelijk=None)

    def _nasleep(self, inhoud: Inhoud, laatste: int) -> bool:
        """Send what came after, and say whether the BPVO exists on K."""
        lot, k = self._lot, self._k
        if lot.kans(self._rates["levering_afgekeurd"] / 3):
            laatste = lot.geheel(laatste, min(k, laatste + 90))
            soort = _CHANGE if lot.kans(0.7) else _REMOVE
            self._zend(soort, onzin(inhoud), laatste, afgekeurd_op=lot.geheel(laatste, min(k, laatste + _ANTWOORD)))
        bestaat = self._schets.zeker or not lot.kans(0.02)
        if not bestaat:
            laatste = lot.geheel(laatste, k)
            self._zend(_REMOVE, inhoud, laatste, sbb=laatste + lot.geheel(0, 28))
        if lot.kans(0.02):
            later = None if lot.kans(0.3) else k + lot.geheel(1, 40)
            self._zend(_CHANGE if lot.kans(0.7) else _REMOVE, onzin(inhoud), later)
        return bestaat

    def _zend(
        self,
        soort: SoortUitwisseling,
        inhoud: Inhoud,
        op: int | None,
        *,
        sbb: int | None = None,
        afgekeurd_op: int | None = None,
    ) -> None:
        """Add a delivery that DUO receives on a day, with its own defects; ``None`` is not received."""
        lot, s = self._lot, self._schets
        self._volgorde += 2 if lot.kans(0.02) else 1
        antwoord, uitkomst = self._antwoord(op, afgekeurd_op)
        ontstaan = self._ontstaan(soort, op)
        self.rijen.append(
            Uitwisseling(
                brin=s.brin,
                student=s.student,
                inschrijvingvolgnummer=s.inschrijving,
                volgnummer=s.volgnummer,
                volgorde=self._volgorde,
                soort=soort,
                ontstaan_op=None if ontstaan is None else als_dag(ontstaan),
                ontvangen_duo_op=None if op is None else als_dag(op),
                teruggekoppeld_op=None if antwoord is None else als_dag(antwoord),
                uitkomst=uitkomst,
                ontvangen_sbb_op=None if sbb is None else als_dag(sbb),
                afsluitdatum=inhoud.afsluitdatum,
                begindatum=inhoud.begindatum,
                einddatum_gepland=inhoud.einddatum_gepland,
                einddatum_werkelijk=inhoud.einddatum_werkelijk,
                omvang=inhoud.omvang,
                leerbedrijf_id=inhoud.leerbedrijf_id,
                opleidingcode=inhoud.opleidingcode,
                keuzedeelcode=inhoud.keuzedeelcode,
            )
        )

    def _antwoord(self, op: int | None, afgekeurd_op: int | None) -> tuple[int | None, Uitkomst | None]:
        lot, k = self._lot, self._k
        if op is None:
            return None, None
        if afgekeurd_op is not None:
            self._noteer("levering_afgekeurd", "levering_geaccepteerd")
            return afgekeurd_op, _NO
        if op + _ANTWOORD <= k and self._trek("terugkoppeling_te_laat"):
            self._noteer("terugkoppeling_te_laat", "terugkoppeling_tijdig")
            if lot.kans(0.4):
                return None, None
            return op + _ANTWOORD + (1 if lot.kans(0.4) else lot.geheel(1, 60)), _YES
        antwoord = op + (_ANTWOORD if lot.kans(0.08) else lot.geheel(0, _ANTWOORD))
        if antwoord > k and lot.kans(self._rates["levering_afgekeurd"]):
            # Rejected, but nobody knows it yet on K: until then the delivery counts.
            return antwoord, _NO
        return antwoord, None if lot.kans(0.004) else _YES

    def _ontstaan(self, soort: SoortUitwisseling, op: int | None) -> int | None:
        lot = self._lot
        if soort is _NEW:
            return self._schets.getekend if lot.kans(0.6) else None
        if op is None or lot.kans(0.01):
            return None
        if soort is _CHANGE and op <= self._k and self._trek("wijziging_te_laat"):
            self._noteer("wijziging_te_laat", "wijziging_tijdig_bij_duo")
            return op - _WEEK - (1 if lot.kans(0.4) else lot.geheel(1, 90))
        return op - (_WEEK if lot.kans(0.15) else lot.geheel(0, _WEEK))

    def _noteer(self, gebrek: str, regel: str) -> None:
        self._waarheid.noteer(gebrek, f"{self._sleutel}#{self._volgorde}", regel)
