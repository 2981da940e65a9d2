"""Requests for recognition: before and after holidays, decided on the last day and a day too late."""

from collections.abc import Callable, Mapping
from typing import final

from bpvo_rules.codes import Brin
from bpvo_rules.model import Besluit, Erkenningsaanvraag, SoortAanvraag
from bpvo_rules.periode import Werkkalender, feestdagen
from bpvo_rules.reference import gelijkgestelde_dagen
from bpvo_rules.simulate.dagen import als_dag
from bpvo_rules.simulate.loterij import Loterij, Weging
from bpvo_rules.simulate.opleidingen import Opleidingenwereld
from bpvo_rules.simulate.register import Register
from bpvo_rules.simulate.schets import Waarheid

__all__ = ["Aanvraagmaker"]

_SOORT = Weging([(SoortAanvraag.NIEUW, 7.0), (SoortAanvraag.UITBREIDING, 2.0), (SoortAanvraag.HERBEOORDELING, 1.0)])
_VERPLICHT = ("besluit_te_laat", "besluit_gemotiveerd_te_laat", "kennisgeving_te_laat")


@final
class Aanvraagmaker:
    """Makes requests, and keeps the rows and the truth about them."""

    def __init__(
        self, register: Register, waarheid: Waarheid, rates: Mapping[str, float], lot: Loterij, *, k: int
    ) -> None:
        self.rijen: list[Erkenningsaanvraag] = []
        self._register = register
        self._wereld: Opleidingenwereld = register.wereld
        self._waarheid = waarheid
        self._rates = rates
        self._lot = lot
        self._k = k
        self._kalender = Werkkalender(gelijkgestelde_dagen())
        this_year = als_dag(k).year
        years = range(this_year - 2, this_year + 1)
        equated = [dag for dag in sorted(gelijkgestelde_dagen()) if dag.year in years]
        holidays = [dag for year in years for dag in sorted(feestdagen(year))]
        days = [dag.toordinal() for dag in (*holidays, *equated)]
        self._feestdagen = [dag for dag in days if k - 700 <= dag <= k + 10]

    def maak(self, aantal: int, brins: tuple[Brin, ...]) -> None:
        """Make so many requests of the two years before K, and one of each kind of defect with a rate above 0."""
        for gebrek in _VERPLICHT:
            if self._rates[gebrek] > 0:
                self._maak(self._k - 60, SoortAanvraag.NIEUW, brins, gebrek)
        while len(self.rijen) < aantal:
            self._maak(self._dagtekening(), self._lot.weeg(_SOORT), brins, None)

    def _dagtekening(self) -> int:
        lot, k = self._lot, self._k
        u = lot.deel()
        if u < 0.35:
            return lot.kies(self._feestdagen) - lot.geheel(-1, 29)
        if u < 0.45:
            # Of which the term has not passed on K, or only just.
            return k - lot.geheel(0, 35)
        if u < 0.47:
            return k + lot.geheel(1, 20)
        return k - lot.geheel(0, 730)

    def _maak(self, dag: int, soort: SoortAanvraag, brins: tuple[Brin, ...], verplicht: str | None) -> None:
        lot, k = self._lot, self._k
        nummer = f"A{len(self.rijen) + 1:07d}"
        na = self._kalender.na
        tien = na(als_dag(dag), 10).toordinal()
        twintig = na(als_dag(tien), 10).toordinal()
        besluit: int | None = tien if lot.kans(0.2) else lot.geheel(dag + 1, tien)
        kennis: int | None = twintig if lot.kans(0.2) else lot.geheel(besluit or tien, twintig)
        motief: int | None = None
        draw: Callable[[str], bool] = lambda gebrek: gebrek == verplicht or lot.kans(self._rates[gebrek])  # noqa: E731
        if soort is not SoortAanvraag.NIEUW:
            # No term is set for these, so nothing about them is late.
            besluit = dag + lot.geheel(1, 90)
            kennis = besluit + lot.geheel(0, 40)
        elif dag > k:
            # Not known on K, so nothing about it counts.
            kennis = besluit = None
        elif tien <= k and draw("besluit_te_laat"):
            besluit, kennis = self._te_laat(tien, twintig, kennis)
            if lot.kans(0.1):
                # Reasons that come after K are no reasons on K.
                motief = k + lot.geheel(1, 20)
            self._waarheid.noteer("besluit_te_laat", nummer, "besluit_tijdig")
            self._noteer_kennisgeving(nummer, kennis, twintig)
        elif tien <= k and draw("besluit_gemotiveerd_te_laat"):
            besluit, kennis = self._te_laat(tien, twintig, kennis)
            motief = lot.geheel(dag, min(k, tien + 5))
            self._waarheid.noteer("besluit_gemotiveerd_te_laat", nummer, "besluit_overschrijding_gemotiveerd")
            self._noteer_kennisgeving(nummer, kennis, twintig)
        elif twintig <= k and draw("kennisgeving_te_laat"):
            kennis = None if lot.kans(0.3) else twintig + (1 if lot.kans(0.4) else lot.geheel(1, 30))
            self._waarheid.noteer("kennisgeving_te_laat", nummer, "kennisgeving_tijdig")
        elif lot.kans(0.03):
            # Reasons given although it was in time after all.
            motief = lot.geheel(dag, tien)
        self.rijen.append(
            Erkenningsaanvraag(
                aanvraag_id=nummer,
                leerbedrijf_id=self._register.kies_willekeurig(()) if lot.kans(0.8) else None,
                opleidingcode=self._wereld.andere_code(lot),
                soort=soort,
                dagtekening=als_dag(dag),
                brin=lot.kies(brins) if lot.kans(0.5) else None,
                besluit_op=None if besluit is None else als_dag(besluit),
                besluit=None if besluit is None else Besluit.ERKEND if lot.kans(0.93) else Besluit.GEWEIGERD,
                kennisgeving_op=None if kennis is None else als_dag(kennis),
                overschrijding_gemotiveerd_op=None if motief is None else als_dag(motief),
            )
        )

    def _te_laat(self, tien: int, twintig: int, kennis: int | None) -> tuple[int | None, int | None]:
        """Give a decision after its term or none at all, and the notice that goes with it."""
        lot = self._lot
        u = lot.deel()
        if u < 0.3:
            return None, None
        if u < 0.75:
            besluit = tien + (1 if lot.kans(0.4) else lot.geheel(1, twintig - tien))
            return besluit, max(besluit, kennis or besluit)
        besluit = twintig + lot.geheel(1, 40)
        return besluit, besluit + lot.geheel(0, 10)

    def _noteer_kennisgeving(self, nummer: str, kennis: int | None, twintig: int) -> None:
        """Record a notice that is late because the decision was: after 20 werkdagen, or still to come."""
        if (kennis is None or kennis > twintig) and twintig <= self._k:
            self._waarheid.noteer("kennisgeving_te_laat", nummer, "kennisgeving_tijdig")
