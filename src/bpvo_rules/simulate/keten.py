"""Fills a chain: schools, students, enrolments and BPVO's in turn, with defects drawn on the way."""

from collections.abc import Mapping
from typing import final

from bpvo_rules.codes import Opleidingcode
from bpvo_rules.simulate.bpvos import AANTAL_PER_INSCHRIJVING, VOORUIT, Bpvomaker
from bpvo_rules.simulate.erkenningsgebreken import Erkenningsplanter
from bpvo_rules.simulate.gebreken import GEBREKEN, Groep
from bpvo_rules.simulate.inhoudsgebreken import Inhoudsplanter
from bpvo_rules.simulate.leveringen import Leveraar
from bpvo_rules.simulate.loterij import Loterij, Weging
from bpvo_rules.simulate.opleidingen import Opleidingenwereld
from bpvo_rules.simulate.register import Register
from bpvo_rules.simulate.schets import Schets, Waarheid
from bpvo_rules.simulate.scholen import School
from bpvo_rules.simulate.studenten import Loopbaan, Student, Studentenmaker

__all__ = ["Ketenvuller"]

_INSCHRIJVINGEN = Weging([(1, 84.0), (2, 13.0), (3, 3.0)])
_ZORGCODES = {"tweede_erkenning_ontbreekt": ("26007", "26002", "23189", "23110"), "niveau_past_niet": ("23181",)}


@final
class Ketenvuller:
    """
    Makes the BPVO's of schools, one after the other, and plants defects in them.

    Attributes:
        leveraar: Holds the deliveries.
        studenten: Holds the enrolments and their periods.

    """

    def __init__(
        self, wereld: Opleidingenwereld, register: Register, waarheid: Waarheid, rates: Mapping[str, float], seed: int
    ) -> None:
        k = register.k
        self._k = k
        self._wereld = wereld
        self._register = register
        self._waarheid = waarheid
        self._rates = rates
        self._lot = Loterij(seed, "keten")
        self.studenten: Studentenmaker = Studentenmaker(wereld, Loterij(seed, "studenten"), k=k)
        self.leveraar: Leveraar = Leveraar(waarheid, rates, Loterij(seed, "leveringen"), k=k)
        self._bpvos = Bpvomaker(wereld, Loterij(seed, "bpvos"), k=k)
        self._erkenning = Erkenningsplanter(register, Loterij(seed, "erkenningsgebreken"), k=k)
        self._inhoud = Inhoudsplanter(self.studenten, self._bpvos, Loterij(seed, "inhoudsgebreken"), k=k)
        self._soorten = {
            groep: [code for code, gebrek in GEBREKEN.items() if groep in gebrek.groepen and rates[code] > 0]
            for groep in (Groep.OPLEIDING, Groep.ZORG, Groep.KEUZEDEEL)
        }

    def vul(self, school: School, *, verplicht: bool) -> None:
        """Make the BPVO's of one school; when ``verplicht``, first one of every kind of defect with a rate above 0."""
        lot, studenten = self._lot, self.studenten
        to_do = school.aantal
        if verplicht:
            for code, gebrek in GEBREKEN.items():
                if self._rates[code] > 0:
                    to_do -= sum(self._maak_verplicht(school, code, groep) for groep in gebrek.groepen)
        while to_do > 0:
            student = studenten.maak_student(school.brin)
            for _ in range(lot.weeg(_INSCHRIJVINGEN)):
                loopbaan = studenten.maak_inschrijving(student, studenten.kies_code(school.themas))
                aantal = min(lot.weeg(AANTAL_PER_INSCHRIJVING), to_do)
                to_do -= self._vul_inschrijving(loopbaan, aantal)

    def _vul_inschrijving(self, loopbaan: Loopbaan, aantal: int) -> int:
        """Make up to so many BPVO's in an enrolment, and say how many there are."""
        lot, student = self._lot, loopbaan.student
        vorige: Schets | None = None
        made = 0
        while made < aantal:
            verlengd = vorige if vorige is not None and self._kan_verlengen(vorige) and lot.kans(0.15) else None
            begin = self._bpvos.eerste_dag(loopbaan, vorige) if verlengd is None else verlengd.einde + 1
            if begin is None:
                break
            schets = self._bpvos.maak(loopbaan, begin)
            gebrek = self._trek_gebrek(schets)
            if gebrek is None and verlengd is not None and schets.opleidingcode == verlengd.opleidingcode:
                # At the same company, from the day after: close, but no double.
                schets.leerbedrijf, schets.solide = verlengd.leerbedrijf, True
            else:
                self._plaats(schets, gebrek, student)
            made += self._lever(schets, loopbaan)
            vorige = schets
        return made

    def _kan_verlengen(self, vorige: Schets) -> bool:
        return vorige.solide and vorige.gebrek is None and vorige.einde < self._k

    def _groep(self, schets: Schets) -> Groep:
        if schets.keuzedeelcode is not None:
            return Groep.KEUZEDEEL
        return Groep.ZORG if schets.zorg else Groep.OPLEIDING

    def _past(self, gebrek: str, schets: Schets) -> bool:
        planter = self._inhoud if gebrek in self._inhoud.soorten else self._erkenning
        return planter.past(gebrek, schets)

    def _trek_gebrek(self, schets: Schets) -> str | None:
        u = self._lot.deel()
        for code in self._soorten[self._groep(schets)]:
            u -= self._rates[code]
            if u < 0:
                return code if self._past(code, schets) else None
        return None

    def _plaats(self, schets: Schets, gebrek: str | None, student: Student) -> None:
        """Choose the company of a BPVO, and plant its defect."""
        register = self._register
        if gebrek is not None and gebrek != "dubbele_bpvo" and gebrek not in self._inhoud.soorten:
            self._erkenning.plant(gebrek, schets)
        elif gebrek is None and self._lot.kans(0.03):
            self._erkenning.net_op_tijd(schets)
        else:
            code, schets.solide = schets.opleidingcode, True
            used = student.gebruikt
            schets.leerbedrijf = register.kies_willekeurig(used) if code is None else register.kies(code, used)
        if schets.leerbedrijf is not None:
            student.gebruikt.add(schets.leerbedrijf)
        if gebrek == "dubbele_bpvo":
            schets.gebrek = gebrek
        elif gebrek is not None and gebrek in self._inhoud.soorten:
            self._inhoud.plant(gebrek, schets, student)

    def _lever(self, schets: Schets, loopbaan: Loopbaan, levergebrek: str | None = None) -> int:
        """Deliver a BPVO, record what is broken when it exists on K, and say how many BPVO's were made."""
        exists = self.leveraar.lever(schets, levergebrek)
        if not exists or schets.gebrek is None:
            return 1
        if schets.gebrek != "dubbele_bpvo":
            self._waarheid.noteer(schets.gebrek, schets.sleutel, *schets.gebroken)
            return 1
        last = min(schets.einde, self._k + VOORUIT)
        begin = last if self._lot.kans(0.3) else self._lot.geheel(schets.begin, last)
        double = self._bpvos.maak(loopbaan, begin, code=schets.opleidingcode, keuzedeel=False, zeker=True)
        double.leerbedrijf = schets.leerbedrijf
        self.leveraar.lever(double)
        for each in (schets, double):
            self._waarheid.noteer("dubbele_bpvo", each.sleutel, "geen_dubbele_bpvo")
        return 2

    def _maak_verplicht(self, school: School, gebrek: str, groep: Groep) -> int:
        """Make a BPVO of a group and plant a kind of defect in it; 0 when that does not fit in this chain."""
        begin = self._k - 200
        code = Opleidingcode("25180")
        if groep in {Groep.AANVRAAG, Groep.METING}:
            return 0
        if groep is Groep.ZORG:
            begin = max(begin, self._wereld.zorg_van)
            if begin > self._k - 130:
                # The list of Stagefonds is not, or not long enough, in force.
                return 0
            code = Opleidingcode(self._lot.kies(_ZORGCODES.get(gebrek, ("25491", "25498", "25480"))))
        student = self.studenten.maak_student(school.brin)
        loopbaan = self.studenten.maak_inschrijving(student, code, begin)
        dagen = 100 if gebrek == "einde_niet_geregistreerd" else 320
        keuzedeel = groep is Groep.KEUZEDEEL
        schets = self._bpvos.maak(loopbaan, begin, code=code, dagen=dagen, keuzedeel=keuzedeel, zeker=True)
        content = None if groep is Groep.LEVERING else gebrek
        self._plaats(schets, content, student)
        return self._lever(schets, loopbaan, gebrek if content is None else None)
