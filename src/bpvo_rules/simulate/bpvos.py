"""BPVO's before anything goes wrong: dates, hours and what they are based on."""

from typing import final

from bpvo_rules.codes import Opleidingcode
from bpvo_rules.simulate.dagen import ordinaal
from bpvo_rules.simulate.loterij import Loterij, Weging
from bpvo_rules.simulate.opleidingen import Opleidingenwereld
from bpvo_rules.simulate.schets import Schets, volgnummer
from bpvo_rules.simulate.studenten import Loopbaan

__all__ = ["AANTAL_PER_INSCHRIJVING", "VOORUIT", "Bpvomaker"]

# 1.4 on average, as in DUO's overviews of two schools.
AANTAL_PER_INSCHRIJVING = Weging([(0, 15.0), (1, 45.0), (2, 28.0), (3, 9.0), (4, 3.0)])
VOORUIT = 90
"""How many days after K a placement can start at most."""

_UREN_BOL = Weging([(16, 2.0), (24, 3.0), (32, 4.0), (36, 2.0), (40, 1.0)])
_UREN_BBL = Weging([(24, 3.0), (32, 3.0), (36, 2.0)])
# From the drawing up to the first day; public rows of three schools: median -3, from -67 to +185.
_LAG = Weging(
    [((-67, -46), 4.0), ((-45, -8), 34.0), ((-7, 0), 24.0), ((1, 20), 24.0), ((21, 60), 10.0), ((61, 185), 4.0)]
)


@final
class Bpvomaker:
    """Makes sound BPVO's: what one delivers when all is well."""

    def __init__(self, wereld: Opleidingenwereld, lot: Loterij, *, k: int) -> None:
        self.wereld = wereld
        self._lot = lot
        self._k = k
        self._keuzedeel_van = ordinaal(2016, 8, 1)
        self._rijen = [
            (
                keuzedeel.code,
                0 if keuzedeel.geldig_van is None else keuzedeel.geldig_van.toordinal(),
                10**7 if keuzedeel.geldig_tot_en_met is None else keuzedeel.geldig_tot_en_met.toordinal(),
            )
            for keuzedeel in wereld.keuzedelen
        ]

    def eerste_dag(self, loopbaan: Loopbaan, vorige: Schets | None) -> int | None:
        """Draw the first day of the next placement; ``None`` when it would lie too far ahead."""
        lot = self._lot
        if vorige is None:
            dag = loopbaan.begin + (0 if lot.kans(0.1) else lot.geheel(5, 200))
        elif lot.kans(0.1):
            dag = lot.geheel(vorige.begin, max(vorige.begin, vorige.einde))
        else:
            dag = max(vorige.begin, vorige.einde) + lot.geheel(1, 120)
        return dag if dag <= self._k + VOORUIT else None

    def maak(
        self,
        loopbaan: Loopbaan,
        begin: int,
        *,
        code: Opleidingcode | None = None,
        dagen: int | None = None,
        keuzedeel: bool | None = None,
        zeker: bool = False,
    ) -> Schets:
        """Make a sound BPVO that starts on a day; what is not given is drawn, and the company is still to be chosen."""
        lot, k = self._lot, self._k
        enrolled, leerweg = loopbaan.op(begin)
        if dagen is None:
            dagen = lot.geheel(240, 800) if leerweg == "BBL" else lot.geheel(34, 300)
        loopbaan.bpvos += 1
        schets = Schets(
            brin=loopbaan.student.brin,
            student=loopbaan.student.pseudoniem,
            inschrijving=loopbaan.nummer,
            volgnummer=volgnummer(loopbaan.bpvos),
            getekend=self._getekend(begin),
            begin=begin,
            gepland=begin + dagen - 1,
            omvang=lot.weeg(_UREN_BBL if leerweg == "BBL" else _UREN_BOL) * dagen // 7,
            opleidingcode=enrolled if code is None else code,
            leerweg=leerweg,
            zeker=zeker,
        )
        if keuzedeel is None:
            keuzedeel = begin >= self._keuzedeel_van and lot.kans(0.07)
        if keuzedeel:
            schets.opleidingcode = None
            schets.keuzedeelcode = lot.kies([code_ for code_, van, tot in self._rijen if van <= begin <= tot])
        elif code is None and (dossier := self.wereld.dossier.get(enrolled)) is not None and lot.kans(0.03):
            # The agreement may rest on the dossier while the enrolment names the kwalificatie.
            schets.opleidingcode = dossier
        schets.zorg = schets.opleidingcode in self.wereld.zorg and begin >= self.wereld.zorg_van
        if zeker:
            schets.getekend = min(schets.getekend, k - 75)
        self._beeindig(schets)
        return schets

    def _getekend(self, begin: int) -> int:
        laagste, hoogste = self._lot.weeg(_LAG)
        if begin > self._k:
            return self._k - self._lot.geheel(0, 40)
        return begin + self._lot.geheel(laagste, hoogste)

    def _beeindig(self, schets: Schets) -> None:
        """Fill the actual end; for care always when the planned end has passed."""
        lot, k = self._lot, self._k
        if schets.gepland < k:
            if not schets.zorg and lot.kans(0.45):
                return
            schets.werkelijk = schets.gepland
            u = lot.deel()
            if u < 0.2:
                schets.werkelijk = max(schets.begin, schets.gepland - lot.geheel(1, 40))
            elif u < 0.25:
                schets.werkelijk = min(k, schets.gepland + lot.geheel(1, 30))
        elif schets.begin <= k and not schets.zeker and lot.kans(0.05):
            schets.werkelijk = lot.geheel(schets.begin, k)

    def ongeldig_keuzedeel(self, begin: int) -> str:
        """Give a code of a keuzedeel that does not exist, or not on a day."""
        outside = [code for code, van, tot in self._rijen if not van <= begin <= tot]
        if outside and self._lot.kans(0.7):
            return self._lot.kies(outside)
        return "K0999"

    def nieuwe_sleutel(self, schets: Schets, loopbaan: Loopbaan) -> None:
        """Move a BPVO to another enrolment, perhaps of another school."""
        loopbaan.bpvos += 1
        schets.brin = loopbaan.student.brin
        schets.inschrijving = loopbaan.nummer
        schets.volgnummer = volgnummer(loopbaan.bpvos)
