"""Defects in the content of a BPVO, or in the enrolment that it belongs to."""

from collections.abc import Callable
from typing import final

from bpvo_rules.codes import Keuzedeelcode, Opleidingcode
from bpvo_rules.model import Leerweg
from bpvo_rules.simulate.bpvos import Bpvomaker
from bpvo_rules.simulate.loterij import Loterij
from bpvo_rules.simulate.opleidingen import NIVEAU_NODIG
from bpvo_rules.simulate.schets import Schets
from bpvo_rules.simulate.scholen import MAX_SCHOLEN, make_brin
from bpvo_rules.simulate.studenten import Loopbaan, Student, Studentenmaker

__all__ = ["LEEG", "Inhoudsplanter"]

LEEG = ("getekend", "begin", "gepland", "leerbedrijf", "grondslag")
"""The cells that no BPVO can do without, by their names in a Schets."""


@final
class Inhoudsplanter:
    """Plants defects that need no company of their own."""

    def __init__(self, studenten: Studentenmaker, bpvos: Bpvomaker, lot: Loterij, *, k: int) -> None:
        self._studenten = studenten
        self._bpvos = bpvos
        self._lot = lot
        self._k = k
        self.soorten: dict[str, Callable[[Schets, Student], tuple[str, ...]]] = {
            "gegeven_ontbreekt": self._gegeven,
            "keuzedeel_ongeldig": self._keuzedeel,
            "dubbele_grondslag": self._grondslag,
            "inschrijving_ontbreekt": self._inschrijving,
            "instelling_onbekend": self._instelling,
            "leerweg_past_niet": self._leerweg,
            "niveau_past_niet": self._niveau,
            "leerweg_leeg": self._leerweg_leeg,
            "einde_voor_begin": self._einde_voor_begin,
            "omvang_ontbreekt": self._omvang,
            "omvang_onaannemelijk": self._te_veel_uren,
            "einde_in_toekomst": self._toekomst,
            "einde_niet_geregistreerd": self._niet_geregistreerd,
        }

    def past(self, gebrek: str, schets: Schets) -> bool:
        """Say whether a kind of defect can be planted in this BPVO."""
        if gebrek == "niveau_past_niet":
            return schets.opleidingcode in NIVEAU_NODIG
        if gebrek == "einde_in_toekomst":
            return schets.begin <= self._k
        if gebrek == "einde_niet_geregistreerd":
            return schets.gepland < self._k
        return True

    def plant(self, gebrek: str, schets: Schets, student: Student) -> None:
        """Plant one kind of defect, and set which rules it breaks."""
        schets.gebrek = gebrek
        schets.gebroken = self.soorten[gebrek](schets, student)

    def _gegeven(self, schets: Schets, _: Student) -> tuple[str, ...]:
        lot = self._lot
        schets.leeg = (lot.kies(LEEG),)
        if lot.kans(0.15):
            schets.leeg = (*schets.leeg, lot.kies(LEEG))
        return ("verplichte_gegevens",)

    def _keuzedeel(self, schets: Schets, _: Student) -> tuple[str, ...]:
        schets.keuzedeelcode = Keuzedeelcode(self._bpvos.ongeldig_keuzedeel(schets.begin))
        return ("keuzedeel_geldig",)

    def _grondslag(self, schets: Schets, _: Student) -> tuple[str, ...]:
        # The keuzedeel is then what it rests on, so nothing else changes, whatever the code.
        schets.opleidingcode = Opleidingcode(self._lot.kies(("25180", "25491", "23189")))
        return ("een_grondslag",)

    def _nieuwe_loopbaan(self, schets: Schets, student: Student) -> Loopbaan:
        """Move a BPVO to an enrolment of its own, so that what is wrong there breaks no other BPVO."""
        loopbaan = Loopbaan(
            student=student,
            nummer=student.nieuw_nummer(),
            begin=schets.begin - self._lot.geheel(0, 60),
            perioden=[],
        )
        self._bpvos.nieuwe_sleutel(schets, loopbaan)
        return loopbaan

    def _inschrijving(self, schets: Schets, student: Student) -> tuple[str, ...]:
        lot = self._lot
        code = schets.opleidingcode
        loopbaan = self._nieuwe_loopbaan(schets, student)
        if lot.kans(0.8):
            self._studenten.schrijf_inschrijving(loopbaan)
        if code is not None and lot.kans(0.6):
            later = schets.begin + (1 if lot.kans(0.4) else lot.geheel(1, 200))
            self._studenten.schrijf_periode(loopbaan, later, code, Leerweg.BOL, 3)
        return ("stagefonds_inschrijving",)

    def _instelling(self, schets: Schets, student: Student) -> tuple[str, ...]:
        # A BRIN that no school of this chain has; the enrolment is in order.
        brin = make_brin(MAX_SCHOLEN + self._lot.geheel(0, 3))
        elders = Student(brin=brin, pseudoniem=student.pseudoniem, inschrijvingen=student.inschrijvingen)
        student.nieuw_nummer()
        loopbaan = self._nieuwe_loopbaan(schets, elders)
        self._schrijf(schets, loopbaan, Leerweg(schets.leerweg), 3)
        return ("stagefonds_instelling",)

    def _leerweg(self, schets: Schets, student: Student) -> tuple[str, ...]:
        loopbaan = self._nieuwe_loopbaan(schets, student)
        leerweg = self._lot.kies((Leerweg.OVO, Leerweg.EX, Leerweg.ODT, Leerweg.BOL_DT))
        self._schrijf(schets, loopbaan, leerweg, 3)
        return ("stagefonds_leerweg",)

    def _niveau(self, schets: Schets, student: Student) -> tuple[str, ...]:
        loopbaan = self._nieuwe_loopbaan(schets, student)
        self._schrijf(schets, loopbaan, Leerweg.BBL, self._lot.geheel(1, 2))
        return ("stagefonds_categorie",)

    def _leerweg_leeg(self, schets: Schets, student: Student) -> tuple[str, ...]:
        loopbaan = self._nieuwe_loopbaan(schets, student)
        self._schrijf(schets, loopbaan, None, 3)
        return ()

    def _schrijf(self, schets: Schets, loopbaan: Loopbaan, leerweg: Leerweg | None, niveau: int) -> None:
        code = schets.opleidingcode
        if code is not None:
            self._studenten.schrijf_inschrijving(loopbaan)
            self._studenten.schrijf_periode(loopbaan, loopbaan.begin, code, leerweg, niveau)

    def _einde_voor_begin(self, schets: Schets, _: Student) -> tuple[str, ...]:
        lot, k = self._lot, self._k
        before = schets.begin - (1 if lot.kans(0.4) else lot.geheel(1, 60))
        if lot.kans(0.5):
            # Called off before it began.
            schets.werkelijk = min(before, k)
            return ("stagefonds_periode",)
        schets.werkelijk = schets.einde if schets.einde <= k else None
        schets.gepland = before
        if before < k and schets.werkelijk is None:
            return ("stagefonds_periode", "einddatum_geregistreerd")
        return ("stagefonds_periode",)

    def _omvang(self, schets: Schets, _: Student) -> tuple[str, ...]:
        schets.omvang = 0 if self._lot.kans(0.4) else None
        return ("stagefonds_omvang",)

    def _te_veel_uren(self, schets: Schets, _: Student) -> tuple[str, ...]:
        days = schets.gepland - schets.begin + 1
        schets.omvang = 40 * days // 7 + (1 if self._lot.kans(0.4) else self._lot.geheel(1, 2000))
        return ("omvang_aannemelijk",)

    def _toekomst(self, schets: Schets, _: Student) -> tuple[str, ...]:
        schets.werkelijk = self._k + (1 if self._lot.kans(0.3) else self._lot.geheel(1, 200))
        return ("einddatum_niet_in_toekomst",)

    def _niet_geregistreerd(self, schets: Schets, _: Student) -> tuple[str, ...]:
        schets.werkelijk = None
        return ("einddatum_geregistreerd",)
