"""The opleidingen of the simulated chain: which codes there are, and which recognition counts for which."""

from collections.abc import Mapping
from typing import final

from bpvo_rules.codes import Keuzedeelcode, Opleidingcode
from bpvo_rules.model import Equivalent, Keuzedeel, Opleiding, SoortOpleiding
from bpvo_rules.reference import opleidingen, stagefondslijsten
from bpvo_rules.simulate.dagen import als_dag, ordinaal
from bpvo_rules.simulate.loterij import Loterij, Weging

__all__ = ["BIJZONDER", "ENTREE", "NIVEAU_NODIG", "ZORGDOMEIN", "Opleidingenwereld"]

ENTREE = "entree"
"""The theme of what has no domein."""

ZORGDOMEIN = "79140"

BIJZONDER: Mapping[str, tuple[str, str]] = {
    "23189": ("25499", "92640"),
    "23110": ("25250", "25491"),
    "26007": ("26007", "25498"),
    "26002": ("26002", "25480"),
}
"""Codes that ask a second recognition: a first that is no second, and a second that is no first."""

NIVEAU_NODIG: tuple[str, ...] = ("23181", "92660")
"""Codes of which the category in BBL depends on the niveau, 3 or 4."""

_OUDE_ZORG = (("25480", "92600"), ("25491", "92610"), ("25490", "91410"), ("25471", "91300"), ("25473", "91310"))
_NIVEAU_OUD = {"92600": 4, "92610": 3, "91410": 4, "91300": 4, "91310": 4, "92660": 3}
_NIVEAU_NIEUW = {"26007": 2, "26002": 4, "25655": 4, "25604": 4}

# Shares of students are not published per domein; these are only meant to differ as much as they do.
_GEWICHT = {
    "79140": 24, "79090": 12, "79080": 11, "79020": 11, "79050": 6, "79120": 7, "79100": 7, "79000": 5, "79060": 4,
    "79070": 4, "79150": 6, "79040": 4, "79110": 3, "79030": 2, "79130": 3, "79010": 2, "79160": 1, ENTREE: 5,
}  # fmt: skip


@final
class Opleidingenwereld:
    """
    What is known of codes before anything is drawn.

    Attributes:
        opleidingen: The reference table.
        equivalenten: Directed pairs: per theme chains of three, and older codes of care.
        keuzedelen: Some without bounds, some with.
        tel_mee: Per code the kwalificaties of which a recognition counts for a BPVO on it.
        bijna: Per kwalificatie codes of which a recognition only seems to count.
        dekt: Per kwalificatie the codes of BPVO's that a recognition for it counts for.
        zorg: The codes of the Stagefonds list.
        zorg_van: First day of that list, as an ordinal.
        gewicht: Per theme how common it is.

    """

    def __init__(self) -> None:
        self.opleidingen: tuple[Opleiding, ...] = opleidingen()
        self.keuzedelen: tuple[Keuzedeel, ...] = _keuzedelen()
        lijst = stagefondslijsten()[0]
        self.zorg: frozenset[str] = lijst.codes
        self.zorg_van: int = lijst.van.toordinal()
        self.gewicht: Mapping[str, int] = _GEWICHT
        self.niveau: dict[str, int | None] = {o.code: o.niveau for o in self.opleidingen}
        self.niveau.update(_NIVEAU_OUD | _NIVEAU_NIEUW)
        self.dossier: dict[str, Opleidingcode | None] = {o.code: o.dossier for o in self.opleidingen}
        self._domeinen: dict[str, str | None] = {o.code: o.domein for o in self.opleidingen}
        self.kwalificaties: dict[str, list[Opleidingcode]] = {theme: [] for theme in _GEWICHT}
        self.dossiers: dict[str, list[Opleidingcode]] = {}
        for o in self.opleidingen:
            if o.soort is SoortOpleiding.KWALIFICATIE:
                self.kwalificaties[o.domein or ENTREE].append(o.code)
                self.dossiers.setdefault(str(o.dossier), []).append(o.code)
        self._connect()
        # Zipf-like: within a theme a few kwalificaties have most of the students.
        self.keuze: dict[str, Weging[Opleidingcode]] = {
            theme: Weging([(code, 1 / (3 + (i * 7) % len(codes))) for i, code in enumerate(codes)])
            for theme, codes in self.kwalificaties.items()
        }

    def _make_pairs(self) -> list[tuple[str, str]]:
        """Make the equivalents, and remember what only seems to count."""
        pairs: list[tuple[str, str]] = [*_OUDE_ZORG]
        self.bijna: dict[str, list[Opleidingcode]] = {new: [Opleidingcode(old)] for old, new in _OUDE_ZORG}
        taken = {code for pair in (*_OUDE_ZORG, *BIJZONDER.values()) for code in pair}
        taken.update(code for dossier in BIJZONDER for code in self.dossiers.get(dossier, ()))
        for codes in self.kwalificaties.values():
            free = [code for code in codes if code not in taken]
            for a, b, c in zip(free[0::6], free[1::6], free[2::6], strict=False):
                pairs += [(a, b), (b, c)]
                # The relation has a direction and does not pass on: c for a, and the way back, do not count.
                self.bijna |= {a: [c], b: [a], c: [a, b]}
        return pairs

    def _connect(self) -> None:
        """Work out which recognitions count for which BPVO's, from both sides."""
        pairs = self._make_pairs()
        self.equivalenten: tuple[Equivalent, ...] = tuple(
            Equivalent(opleidingcode=Opleidingcode(code), equivalent=Opleidingcode(other))
            for code, other in sorted(pairs)
        )
        single = [code for codes in self.kwalificaties.values() for code in codes]
        single += [Opleidingcode(code) for code in (*_NIVEAU_OUD, *_NIVEAU_NIEUW)]
        self.tel_mee: dict[str, list[Opleidingcode]] = {code: [code] for code in single}
        for code, other in pairs:
            self.tel_mee[code].append(Opleidingcode(other))
        groups: dict[str, list[Opleidingcode]] = dict(self.dossiers)
        groups.update({theme: codes for theme, codes in self.kwalificaties.items() if theme != ENTREE})
        for group, codes in groups.items():
            self.tel_mee[group] = list(dict.fromkeys(other for code in codes for other in self.tel_mee[code]))
        self.dekt: dict[str, list[Opleidingcode]] = {}
        for code, others in self.tel_mee.items():
            # A first recognition alone is not enough for a code that asks a second.
            if code not in BIJZONDER:
                for other in others:
                    self.dekt.setdefault(other, []).append(Opleidingcode(code))

    def andere_code(self, lot: Loterij) -> Opleidingcode:
        """Give a kwalificatie outside care and Entree, which has nothing to do with codes of those."""
        return lot.kies(self.kwalificaties[lot.kies(("79000", "79060", "79040", "79110"))])

    def vreemde_code(self, code: str, lot: Loterij) -> Opleidingcode:
        """Give a kwalificatie of another theme than that of a code, and outside care and Entree."""
        related = self.tel_mee[code]
        for _ in range(20):
            other = self.andere_code(lot)
            if other not in related and self.domein(other) != self.domein(code):
                return other
        return self.kwalificaties["79120" if self.domein(code) != "79120" else "79000"][0]

    def domein(self, code: str) -> str | None:
        """Give the domein of a code, or the code itself when it is a domein; ``None`` when there is none."""
        if code in self.kwalificaties:
            return code
        return self._domeinen.get(code)


def _keuzedelen() -> tuple[Keuzedeel, ...]:
    rows = []
    for i in range(60):
        van = ordinaal(2016, 8, 1) if i % 3 == 0 else None
        # Every fifth one came later or went out of use.
        if i % 5 == 0:
            van = ordinaal(2017, 8, 1)
        tot = ordinaal(2018, 7, 31) if i % 10 in {0, 7} else None
        rows.append(
            Keuzedeel(
                code=Keuzedeelcode(f"K{15 * i + 1:04d}"),
                naam=f"Keuzedeel {i + 1}",
                geldig_van=None if van is None else als_dag(van),
                geldig_tot_en_met=None if tot is None else als_dag(tot),
            )
        )
    return tuple(rows)
