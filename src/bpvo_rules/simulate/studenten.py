"""Students: their enrolments, and the periods of those."""

from typing import final

import attrs

from bpvo_rules.codes import Brin, Opleidingcode, Volgnummer
from bpvo_rules.model import Inschrijving, Inschrijvingsperiode, Leerweg
from bpvo_rules.simulate.dagen import als_dag, ordinaal, studiejaar_begin
from bpvo_rules.simulate.loterij import Loterij, Weging
from bpvo_rules.simulate.opleidingen import BIJZONDER, ENTREE, NIVEAU_NODIG, ZORGDOMEIN, Opleidingenwereld
from bpvo_rules.simulate.schets import volgnummer

__all__ = ["Loopbaan", "Student", "Studentenmaker"]

# Shares of BBL per niveau: SBB, feiten en cijfers 2015-2016.
_BBL = {1: 0.24, 2: 0.31, 3: 0.33, 4: 0.10}
_START = Weging([((8, 1), 70.0), ((9, 1), 8.0), ((2, 1), 14.0), ((11, 15), 4.0), ((4, 1), 4.0)])
_ANDERS = Weging([(Leerweg.OVO, 2.0), (Leerweg.EX, 1.0), (Leerweg.BOL_DT, 1.0)])
_ZORG_EXTRA = Weging(
    [("23189", 3.0), ("26007", 1.5), ("26002", 1.5), ("92660", 2.0), ("92600", 1.0), ("92610", 1.5), ("23181", 3.0)]
)


@final
@attrs.define(kw_only=True)
class Student:
    """
    A student of one school.

    Attributes:
        gebruikt: The companies where this student has been, so that no placement is a double by chance.

    """

    brin: Brin
    pseudoniem: str
    inschrijvingen: int = 0
    gebruikt: set[str] = attrs.Factory(set)

    def nieuw_nummer(self) -> Volgnummer:
        """Give the number of the next enrolment."""
        self.inschrijvingen += 1
        return volgnummer(self.inschrijvingen)


@final
@attrs.define(kw_only=True)
class Loopbaan:
    """
    One enrolment, as placements need it.

    Attributes:
        perioden: First day, code and leerweg of each period, by first day.
        bpvos: How many BPVO's have been made in it.

    """

    student: Student
    nummer: Volgnummer
    begin: int
    perioden: list[tuple[int, Opleidingcode, Leerweg]]
    bpvos: int = 0

    def op(self, dag: int) -> tuple[Opleidingcode, Leerweg]:
        """Give the code and leerweg of the period that a day is in."""
        found = self.perioden[0]
        for periode in self.perioden:
            if periode[0] <= dag:
                found = periode
        return found[1], found[2]


@final
class Studentenmaker:
    """Makes students and their enrolments, and keeps the rows."""

    def __init__(self, wereld: Opleidingenwereld, lot: Loterij, *, k: int) -> None:
        self.wereld = wereld
        self.inschrijvingen: list[Inschrijving] = []
        self.perioden: list[Inschrijvingsperiode] = []
        self._lot = lot
        self._k = k
        self._jaar = studiejaar_begin(k)

    def maak_student(self, brin: Brin) -> Student:
        """Make a student without enrolments."""
        return Student(brin=brin, pseudoniem=self._lot.pseudoniem())

    def kies_code(self, themas: Weging[str]) -> Opleidingcode:
        """Give what a student enrols for: mostly a kwalificatie, sometimes a dossier or a domein."""
        lot, wereld = self._lot, self.wereld
        theme = lot.weeg(themas)
        u = lot.deel()
        if theme == ZORGDOMEIN and u < 0.12:
            return Opleidingcode(lot.weeg(_ZORG_EXTRA))
        if u > 0.995:
            return Opleidingcode(lot.kies(("25655", "25604")))
        code = lot.weeg(wereld.keuze[theme])
        if u > 0.905:
            dossier = wereld.dossier[code]
            return dossier if dossier is not None else code
        if u > 0.89 and theme != ENTREE:
            return Opleidingcode(theme)
        return code

    def maak_inschrijving(self, student: Student, code: Opleidingcode, begin: int | None = None) -> Loopbaan:
        """Enrol a student, from a first day on (default: drawn from the study years around K)."""
        lot, wereld = self._lot, self.wereld
        if begin is None:
            maand, dag = lot.weeg(_START)
            jaar = self._jaar - lot.geheel(0, 3)
            begin = ordinaal(jaar if maand >= 8 else jaar + 1, maand, dag)
            begin = min(begin, self._k - 20) + (lot.geheel(0, 30) if lot.kans(0.1) else 0)
        niveau = self._niveau(code)
        domein = code in wereld.kwalificaties
        leerweg = Leerweg.BBL if not domein and lot.kans(_BBL[niveau or 3]) else Leerweg.BOL
        zorg = code in wereld.zorg
        if wereld.domein(code) not in {None, ZORGDOMEIN} and lot.kans(0.01):
            leerweg = lot.weeg(_ANDERS)
        loopbaan = Loopbaan(student=student, nummer=student.nieuw_nummer(), begin=begin, perioden=[])
        self.schrijf_inschrijving(loopbaan)
        self.schrijf_periode(loopbaan, begin, code, leerweg, niveau)
        # A change of leerweg, or from a dossier or domein to a kwalificatie of it.
        if lot.kans(0.2):
            later = begin + lot.geheel(100, 420)
            if zorg or code in BIJZONDER or lot.kans(0.5):
                leerweg = Leerweg.BBL if leerweg is Leerweg.BOL else Leerweg.BOL
            else:
                code = lot.kies(wereld.tel_mee[code])
                niveau = self._niveau(code)
            self.schrijf_periode(loopbaan, later, code, leerweg, niveau)
        return loopbaan

    def _niveau(self, code: Opleidingcode) -> int | None:
        if code in NIVEAU_NODIG:
            return self._lot.geheel(3, 4)
        found = self.wereld.niveau.get(code)
        if found is None and code in self.wereld.dossiers:
            found = self.wereld.niveau[self.wereld.dossiers[code][0]]
        return found

    def schrijf_inschrijving(self, loopbaan: Loopbaan) -> None:
        """Add the row of an enrolment."""
        lot = self._lot
        gepland = loopbaan.begin + lot.geheel(350, 1400)
        gestopt = gepland if gepland < self._k else None
        if lot.kans(0.08) and loopbaan.begin + 60 < self._k:
            gestopt = lot.geheel(loopbaan.begin + 60, min(gepland, self._k))
        self.inschrijvingen.append(
            Inschrijving(
                brin=loopbaan.student.brin,
                student=loopbaan.student.pseudoniem,
                inschrijvingvolgnummer=loopbaan.nummer,
                datum_inschrijving=als_dag(loopbaan.begin),
                datum_uitschrijving_gepland=als_dag(gepland),
                datum_uitschrijving_werkelijk=None if gestopt is None else als_dag(gestopt),
            )
        )

    def schrijf_periode(
        self, loopbaan: Loopbaan, begin: int, code: Opleidingcode, leerweg: Leerweg | None, niveau: int | None
    ) -> None:
        """Add the row of a period."""
        loopbaan.perioden.append((begin, code, leerweg or Leerweg.BOL))
        self.perioden.append(
            Inschrijvingsperiode(
                brin=loopbaan.student.brin,
                student=loopbaan.student.pseudoniem,
                inschrijvingvolgnummer=loopbaan.nummer,
                begindatum=als_dag(begin),
                opleidingcode=code,
                leerweg=leerweg,
                niveau=niveau,
            )
        )
