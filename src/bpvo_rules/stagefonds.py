"""
Stagefonds Zorg: category and size of a placement, as pure functions.

Source: Subsidieregeling stageplaatsen zorg II (BWBR0030326), art. 1, art. 2
lid 8, and bijlage 1 (bol) and 2 (bbl).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import final

import attrs

from bpvo_rules.codes import Opleidingcode
from bpvo_rules.model.inschrijving import Leerweg
from bpvo_rules.periode import Periode, Studiejaar

__all__ = [
    "TWEEDE_ERKENNING",
    "Categorie",
    "Stagefondslijst",
    "Stagefondsregel",
    "Volgorde",
    "fte",
    "lijst_van_kracht",
]


@final
class Categorie(StrEnum):
    """Category of subsidy of a placement; F and G are for hbo and not judged here."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


@final
@attrs.frozen(kw_only=True)
class Stagefondsregel:
    """
    One line of bijlage 1 or 2.

    Attributes:
        leerweg: BOL (bijlage 1) or BBL (bijlage 2).
        opleidingcode: The code of the opleiding.
        naam: Its name in the annex.
        niveau: 1-4; ``None`` when the line holds for every niveau of a dossier.
        categorie: What the placement counts as.

    """

    leerweg: Leerweg
    opleidingcode: Opleidingcode
    naam: str
    niveau: int | None
    categorie: Categorie


@final
@attrs.frozen(kw_only=True, slots=False, eq=False)
class Stagefondslijst:
    """
    The annexes as they stood from a day on, until the next list.

    Attributes:
        van: First day on which this list is in force, inclusive.
        regels: Its lines.

    """

    van: date
    regels: tuple[Stagefondsregel, ...]

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every code of the list, of either leerweg."""
        return frozenset(regel.opleidingcode for regel in self.regels)

    @cached_property
    def _lines(self) -> Mapping[tuple[str, str], tuple[Stagefondsregel, ...]]:
        lines: dict[tuple[str, str], list[Stagefondsregel]] = {}
        for regel in self.regels:
            lines.setdefault((regel.leerweg, regel.opleidingcode), []).append(regel)
        return {key: tuple(found) for key, found in lines.items()}

    def staat_op_lijst(self, leerweg: str, opleidingcode: str) -> bool:
        """Say whether a code is listed for a leerweg."""
        return (leerweg, opleidingcode) in self._lines

    def niveau_nodig(self, leerweg: str, opleidingcode: str) -> bool:
        """Say whether the category of this code also depends on the niveau of the student."""
        return len(self._lines.get((leerweg, opleidingcode), ())) > 1

    def categorieen(self, leerweg: str, opleidingcode: str, niveau: int | None) -> frozenset[Categorie]:
        """
        Give the categories that fit; exactly one is right.

        ``niveau`` is looked at only when the list has several lines for the
        code, and then ``None`` fits none of them.

        Args:
            leerweg: The leerweg of the student, as its word.
            opleidingcode: The opleiding of the BPVO.
            niveau: The niveau of the student; ``None`` when it is not known.

        """
        lines = self._lines.get((leerweg, opleidingcode), ())
        if len(lines) > 1:
            lines = tuple(regel for regel in lines if regel.niveau == niveau)
        return frozenset(regel.categorie for regel in lines)

    @cached_property
    def _tweede(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for code, (named, niveaus) in TWEEDE_ERKENNING.items():
            listed = {r.opleidingcode for r in self.regels if r.niveau in niveaus and r.opleidingcode != code}
            found[code] = frozenset(named) | frozenset(str(c) for c in listed)
        return found

    def tweede_erkenningen(self, opleidingcode: str) -> frozenset[str]:
        """
        Give the codes of which a leerbedrijf must also be recognised for at least one.

        Empty for a code that needs no second recognition. *Listed niveau* is
        the niveau of a code in the list of either leerweg.
        """
        return self._tweede.get(opleidingcode, frozenset())


TWEEDE_ERKENNING: Mapping[str, tuple[tuple[str, ...], frozenset[int]]] = {
    "23189": (("25498", "92640"), frozenset()),
    "23110": (("25251",), frozenset({2, 3, 4})),
    "26007": ((), frozenset({2, 3, 4})),
    "26002": ((), frozenset({4})),
}
"""
Per code, the codes named under bijlage 1 and 2, and the listed niveaus of which any other code will do.
"""


def lijst_van_kracht(lijsten: Iterable[Stagefondslijst], dag: date) -> Stagefondslijst | None:
    """Give the list in force on a day; ``None`` before the first."""
    return max((lijst for lijst in lijsten if lijst.van <= dag), key=lambda lijst: lijst.van, default=None)


@final
class Volgorde(StrEnum):
    """In which order hours are capped and prorated; the regulation leaves it open (art. 1 sub h)."""

    PRORATE_FIRST = "prorate_first"
    CAP_FIRST = "cap_first"


_CAP = {Leerweg.BOL: 1440, Leerweg.BBL: 1280}


def fte(
    *,
    omvang: int,
    begindatum: date,
    einde: date,
    leerweg: Leerweg,
    studiejaar: Studiejaar,
    volgorde: Volgorde = Volgorde.PRORATE_FIRST,
) -> Fraction | None:
    """
    Give the size of a placement in a study year, between 0 and 1, as an exact fraction.

    The hours are spread evenly over the days of the placement; the part in the
    study year, at most 1440 (BOL) or 1280 (BBL), is divided by that maximum.

    Args:
        omvang: Total of practice hours of the agreement.
        begindatum: First day of the placement, inclusive.
        einde: The earlier of the planned and the actual last day, inclusive.
        leerweg: BOL or BBL.
        studiejaar: The year to count.
        volgorde: Prorate first and cap the hours of the year (default), or cap
            the hours of the agreement first and prorate those.

    Returns:
        The size, or ``None`` for a placement without days (``einde`` before
        ``begindatum``) or another leerweg.

    """
    cap = _CAP.get(leerweg)
    if cap is None or einde < begindatum:
        return None
    year = studiejaar.periode
    overlap = min(einde, year.tot_en_met).toordinal() - max(begindatum, year.van).toordinal() + 1
    share = Fraction(max(overlap, 0), Periode(begindatum, einde).dagen)
    if volgorde is Volgorde.CAP_FIRST:
        return Fraction(min(omvang, cap), cap) * share
    return min(omvang * share, Fraction(cap)) / cap
