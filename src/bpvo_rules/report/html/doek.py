"""
Doek: a small canvas for the pictures of the report.

An SVG is text, and hundreds of them stand in one page. So nothing here has an id, nothing is random, hatching is
a dashed line instead of a pattern, and every text is cleaned and escaped where it is written. What a picture says
without colour it also says in shape: filled, outlined, hatched, dotted.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Final, final
from xml.sax.saxutils import escape, quoteattr

import attrs

__all__ = ["KLEUREN", "TEKSTKLEUREN", "Doek", "Etiket", "Etiketten", "Schaal", "getal", "schoon", "tekstbreedte"]

BLAUW: Final = "#12436D"
GROEN: Final = "#28A197"
PAARS: Final = "#801650"
ORANJE: Final = "#F46A25"
GRIJS: Final = "#767676"
INKT: Final = "#1D1D1D"
ZACHT: Final = "#595959"
RASTER: Final = "#DDDDDD"

KLEUREN: Final = (BLAUW, GROEN, PAARS, ORANJE, GRIJS)
"""Colours that carry a meaning: each at least 3 to 1 to white."""
TEKSTKLEUREN: Final = (INKT, ZACHT, PAARS)
"""Colours of letters: each at least 4.5 to 1 to white."""

LETTER: Final = 12
_PER_TEKEN: Final = 0.56
"""Mean width of a character in letter heights, somewhat wide: a label that seems longer than it is never overlaps."""

# What XML does not allow at all, and the marks that turn the reading direction of what follows.
_ONGEWENST = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)


def schoon(tekst: str) -> str:
    """Give a text without characters that XML refuses or that change how others are read."""
    return tekst if tekst.isascii() and tekst.isprintable() else _ONGEWENST.sub("", tekst)


def getal(waarde: float) -> str:
    """Write a coordinate: one decimal at most, and none when it is whole."""
    return _tienden(round(waarde * 10))


@lru_cache(maxsize=16384)
def _tienden(aantal: int) -> str:
    # A picture has some hundred coordinates, and thousands of pictures share them.
    return f"{aantal / 10:.1f}".removesuffix(".0")


def tekstbreedte(tekst: str, letter: int = LETTER) -> float:
    """Estimate the width of a text in the units of the picture; rather too wide than too narrow."""
    return len(schoon(tekst)) * letter * _PER_TEKEN


@final
@attrs.frozen
class Schaal:
    """
    From a place in time to a place in the picture.

    Attributes:
        eerste: Place in time of the left edge.
        laatste: That of the right edge, later than ``eerste``.
        links: The left edge in the picture.
        rechts: The right edge.

    """

    eerste: float
    laatste: float
    links: float
    rechts: float

    def x(self, plaats: float) -> float:
        """Give the place in the picture; what lies outside the view is put on its edge."""
        if plaats <= self.eerste:
            return self.links
        if plaats >= self.laatste:
            return self.rechts
        return self.links + (plaats - self.eerste) / (self.laatste - self.eerste) * (self.rechts - self.links)

    def bevat(self, plaats: float) -> bool:
        """Say whether a place in time lies in the view, its edges included."""
        return self.eerste <= plaats <= self.laatste


@final
@attrs.frozen
class Etiket:
    """
    A short text at a place in a row.

    Attributes:
        x: Where it points to.
        tekst: What it says.
        gewicht: Labels of a low weight are kept when there is no room for all.
        vet: Whether it stands out.
        kleur: Colour of the letters.

    """

    x: float
    tekst: str
    gewicht: int = 1
    vet: bool = False
    kleur: str = INKT


@final
@attrs.frozen
class Etiketten:
    """
    Labels with a lane each, so that none overlaps another.

    Attributes:
        geplaatst: Each label with its left edge and its lane, counted from 0 at the top.
        banen: Number of lanes in use.
        weggelaten: Number of labels for which there was no room.

    """

    geplaatst: tuple[tuple[Etiket, float, int], ...]
    banen: int
    weggelaten: int

    @classmethod
    def leg(cls, etiketten: Sequence[Etiket], links: float, rechts: float, hoogstens: int) -> "Etiketten":
        """
        Give every label a lane, from right to left.

        The line from a label to what it points at then runs left of every label above it.
        """
        blijft = sorted(etiketten, key=lambda one: one.gewicht)[:hoogstens]
        lanes: list[list[tuple[float, float]]] = []
        geplaatst = []
        for etiket in sorted(blijft, key=lambda one: -one.x):
            width = tekstbreedte(etiket.tekst) * (1.06 if etiket.vet else 1)
            left = max(links, min(etiket.x - 1, rechts - width))
            free = (
                place
                for place, taken in enumerate(lanes)
                if all(left + width + 8 <= a or b + 8 <= left for a, b in taken)
            )
            lane = next(free, len(lanes))
            if lane == len(lanes):
                lanes.append([])
            # Nothing may come to stand on the line that leads here.
            lanes[lane].append((left, left + width))
            for above in lanes[:lane]:
                above.append((etiket.x, etiket.x))
            geplaatst.append((etiket, left, lane))
        return cls(tuple(geplaatst), len(lanes), len(etiketten) - len(blijft))


@final
class Doek:
    """Collects the shapes of one picture; everything that is a text of others goes through :meth:`tekst`."""

    def __init__(self, breedte: int) -> None:
        self.breedte = breedte
        self._delen: list[str] = []

    def vlak(self, x: float, y: float, breedte: float, hoogte: float, opmaak: str) -> None:
        """Draw a rectangle; ``opmaak`` is text of our own with its attributes."""
        self._delen.append(
            f'<rect x="{getal(x)}" y="{getal(y)}" width="{getal(breedte)}" height="{getal(hoogte)}" {opmaak}/>'
        )

    def arcering(self, x: float, y: float, breedte: float, hoogte: float, *, kleur: str, streep: str) -> None:
        """Hatch a rectangle: one thick line, cut into stripes by its dashes."""
        self._delen.append(
            f'<path d="M{getal(x)} {getal(y + hoogte / 2)}h{getal(breedte)}" stroke="{kleur}"'
            f' stroke-width="{getal(hoogte)}" stroke-dasharray="{streep}"/>'
        )

    def pad(self, d: str, opmaak: str) -> None:
        """Draw a path."""
        self._delen.append(f'<path d="{d}" {opmaak}/>')

    def lijn(self, x: float, y: float, naar_y: float, opmaak: str) -> None:
        """Draw a vertical line."""
        self.pad(f"M{getal(x)} {getal(y)}V{getal(naar_y)}", opmaak)

    def cirkel(self, x: float, y: float, straal: float, opmaak: str) -> None:
        """Draw a circle around a point."""
        self._delen.append(f'<circle cx="{getal(x)}" cy="{getal(y)}" r="{getal(straal)}" {opmaak}/>')

    def pijl(self, x: float, y: float, *, naar_links: bool, kleur: str) -> None:
        """Point outward on an edge: what is drawn goes on outside the view."""
        tip = 6 if naar_links else -6
        self.pad(f"M{getal(x)} {getal(y)}l{tip}-5v10z", f'fill="{kleur}" stroke="#fff"')

    def tekst(self, x: float, y: float, tekst: str, opmaak: str = "") -> None:
        """Write a text, cleaned and escaped."""
        ruimte = " " if opmaak else ""
        self._delen.append(f'<text x="{x:.0f}" y="{y:.0f}"{ruimte}{opmaak}>{escape(schoon(tekst))}</text>')

    @contextmanager
    def groep(self, opmaak: str) -> Iterator[None]:
        """Put what is drawn within in a group with attributes of its own."""
        self._delen.append(f"<g {opmaak}>")
        yield
        self._delen.append("</g>")

    def wijzers(self, gelegd: Etiketten, van_y: float, y: float, baan: float) -> None:
        """Draw a thin line from what a label points at to each label that does not stand right under it."""
        lines = [
            f"M{getal(etiket.x)} {getal(van_y)}V{getal(y + lane * baan - LETTER + 2)}"
            for etiket, _, lane in gelegd.geplaatst
            if lane
        ]
        if lines:
            self.pad("".join(lines), f'stroke="{GRIJS}" stroke-width=".7"')

    def etiketten(self, gelegd: Etiketten, y: float, baan: float) -> None:
        """Write labels under a row, of which ``y`` is the first line and ``baan`` the height of one."""
        for etiket, left, lane in gelegd.geplaatst:
            vet = ' font-weight="700"' if etiket.vet else ""
            kleur = "" if etiket.kleur == INKT else f' fill="{etiket.kleur}"'
            self.tekst(left, y + lane * baan, etiket.tekst, (vet + kleur).strip())

    def svg(self, hoogte: float, omschrijving: str) -> str:
        """
        Give the picture.

        Args:
            hoogte: Its height in the units of its width.
            omschrijving: What one sees, in one sentence, for who does not see it.

        """
        size = f"{self.breedte} {getal(hoogte)}"
        width, height = size.split()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{width}" height="{height}"'
            f' role="img" aria-label={quoteattr(schoon(omschrijving))}'
            f' font-family="Arial,Helvetica,sans-serif" font-size="{LETTER}" fill="{INKT}">'
            f'<rect width="{width}" height="{height}" fill="#fff"/>{"".join(self._delen)}</svg>'
        )


def opsomming(delen: Iterable[str], hoogstens: int, rest: Callable[[int], str]) -> str:
    """Join texts with semicolons; after ``hoogstens`` of them ``rest`` says how many are left."""
    alle = [deel for deel in delen if deel]
    extra = len(alle) - hoogstens
    return "; ".join([*alle[:hoogstens], rest(extra)] if extra > 0 else alle)
