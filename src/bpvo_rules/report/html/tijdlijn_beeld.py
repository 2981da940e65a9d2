"""
The picture of a timeline: rows of bands and marks on one scale of days.

A day is as wide as a day: a band from one day to another covers both. What lies after the peildatum is only an
outline. Hatched is what should not be so; dotted is what cannot be known.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Final, final

import attrs

from bpvo_rules.report.html.doek import (
    BLAUW,
    GRIJS,
    GROEN,
    INKT,
    ORANJE,
    PAARS,
    RASTER,
    ZACHT,
    Doek,
    Etiket,
    Etiketten,
    Schaal,
    getal,
    opsomming,
)
from bpvo_rules.report.html.tijdlijn import Moment, Momentsoort, Rij, Strook, Strooksoort, Tijdlijn, Zin
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Lang, render_value

__all__ = ["korte_dag", "tijdlijn_svg"]

BREEDTE: Final = 640
LINKS: Final = 112
RECHTS: Final = 634
_BAND: Final = 14
_REGEL: Final = 15
_ONDER: Final = 9
_HOOGSTENS: Final = 6
"""Labels per row in the picture."""
_GENOEMD: Final = 12
"""Things per row in the description."""

_MAANDEN: Final[Mapping[Lang, list[str]]] = {
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}


@lru_cache(maxsize=8192)
def korte_dag(dag: date, lang: Lang) -> str:
    """Write a day as short as it stays clear: ``3 mrt 2019``."""
    return f"{dag.day} {_MAANDEN[lang][dag.month - 1]} {dag.year}"


def tijdlijn_svg(tijdlijn: Tijdlijn, say: Say) -> str:
    """
    Give the picture of a timeline as SVG that can stand in a page of HTML, or alone.

    The same timeline gives the same bytes. No value of the input is markup; there is no id in it, and no student.
    """
    beeld = _Beeld(tijdlijn, say)
    return beeld.svg()


def omschrijving(tijdlijn: Tijdlijn, say: Say) -> str:
    """Say in one sentence what a timeline shows, with every day that stands in it written in full."""

    def dag(day: date) -> str:
        return render_value(day, say.lang)

    def rest(aantal: int) -> str:
        return say(f"en nog {aantal}", f"and {aantal} more")

    rijen = []
    for rij in tijdlijn.rijen:
        zinnen = [s.zin for s in rij.stroken] + [m.zin for m in rij.momenten]
        delen = [zin.lees(say.lang, dag) for zin in zinnen if zin is not None] + [say.text(o) for o in rij.opmerkingen]
        code = f" {rij.code}" if rij.code else ""
        rijen.append(f"{say.text(rij.naam)}{code}: {opsomming(delen, _GENOEMD, rest) or say('niets', 'nothing')}")
    peil = dag(tijdlijn.peildatum)
    kop = say(f"Tijdlijn op peildatum {peil}", f"Timeline on peildatum {peil}")
    if tijdlijn.kennisdatum != tijdlijn.peildatum:
        bekend = dag(tijdlijn.kennisdatum)
        kop += say(f", bekend t/m {bekend}", f", known up to {bekend}")
    return f"{kop}. {'. '.join(rijen)}."


@final
@attrs.frozen
class _Gelegd:
    """A row with its place in the picture and its labels."""

    rij: Rij
    y: float
    etiketten: Etiketten
    regels: tuple[str, ...]

    @property
    def is_leeg(self) -> bool:
        """Whether nothing is drawn in its band, so that words can stand there."""
        return not self.rij.stroken and not self.rij.momenten

    @property
    def tekst_y(self) -> float:
        """The first line under the band."""
        return self.y + _BAND + 12

    @property
    def hoogte(self) -> float:
        banden = 0 if self.is_leeg else 1
        lines = self.etiketten.banen + len(self.regels)
        own = banden * _BAND + 1 + lines * _REGEL
        return max(own, _BAND + (_REGEL if self.rij.code else 0)) + _ONDER


@final
class _Beeld:
    """One picture while it is made."""

    def __init__(self, tijdlijn: Tijdlijn, say: Say) -> None:
        self._tijdlijn = tijdlijn
        self._say = say
        self._doek = Doek(BREEDTE)
        venster = tijdlijn.venster
        self._schaal = Schaal(venster.van.toordinal(), venster.tot_en_met.toordinal() + 1, LINKS, RECHTS)
        self._peil = tijdlijn.peildatum.toordinal() + 1

    def svg(self) -> str:
        kop = self._kop()
        y = 4.0 + kop.banen * _REGEL
        boven = y
        gelegd = []
        for rij in self._tijdlijn.rijen:
            gelegd.append(self._leg(rij, y + 5))
            y += gelegd[-1].hoogte
        onder = y + 3
        self._achtergrond(boven, onder, gelegd)
        self._doek.wijzers(kop, boven, 12, _REGEL)
        self._doek.etiketten(kop, 12, _REGEL)
        for een in gelegd:
            self._rij(een)
        if self._schaal.bevat(self._peil):
            self._doek.lijn(
                self._schaal.x(self._peil), boven, onder, f'data-soort="peildatum" stroke="{INKT}" stroke-width="1.5"'
            )
        # Letters last, on a rim of white: no line runs through them.
        with self._doek.groep('stroke="#fff" stroke-width="3" paint-order="stroke"'):
            for een in gelegd:
                self._woorden(een)
        return self._doek.svg(onder + 18, omschrijving(self._tijdlijn, self._say))

    # ---- around the rows

    def _kop(self) -> Etiketten:
        """Name the peildatum above its line, with an arrow in words when it lies outside the view."""
        say, tijdlijn = self._say, self._tijdlijn
        found = []
        dagen = {tijdlijn.peildatum: "peildatum"}
        if tijdlijn.kennisdatum != tijdlijn.peildatum:
            dagen[tijdlijn.kennisdatum] = say("bekend t/m", "known up to")
        for dag, naam in dagen.items():
            tekst = f"{naam} {korte_dag(dag, say.lang)}"
            if dag < tijdlijn.venster.van:
                tekst = f"← {tekst}"
            elif dag > tijdlijn.venster.tot_en_met:
                tekst = f"{tekst} →"
            found.append(Etiket(self._schaal.x(dag.toordinal() + 1), tekst, kleur=ZACHT))
        return Etiketten.leg(found, LINKS, RECHTS, _HOOGSTENS)

    def _achtergrond(self, boven: float, onder: float, gelegd: list[_Gelegd]) -> None:
        """Draw the axis, and a grey field for what lies after the peildatum."""
        doek, x = self._doek, self._schaal.x(self._peil)
        if x < RECHTS:
            doek.vlak(x, boven, RECHTS - x, onder - boven, 'fill="#F4F4F4"')
        if self._tijdlijn.kennisdatum != self._tijdlijn.peildatum:
            known = self._schaal.x(self._tijdlijn.kennisdatum.toordinal() + 1)
            doek.lijn(known, boven, onder, f'stroke="{GRIJS}" stroke-dasharray="2 3"')
        ticks = list(_ijk(self._tijdlijn, self._say.lang))
        raster = "".join(f"M{getal(self._schaal.x(dag.toordinal()))} {getal(boven)}V{getal(onder)}" for dag, _ in ticks)
        raster += "".join(f"M0 {getal(een.y - 5)}H{RECHTS}" for een in gelegd)
        if raster:
            doek.pad(raster, f'stroke="{RASTER}"')
        doek.pad(f"M{LINKS} {getal(onder)}H{RECHTS}", f'stroke="{GRIJS}"')
        with doek.groep(f'fill="{ZACHT}" font-size="11"'):
            for dag, tekst in ticks:
                at = self._schaal.x(dag.toordinal())
                if at + 2 + len(tekst) * 6 <= RECHTS:
                    doek.tekst(at + 2, onder + 13, tekst)

    # ---- rows

    def _leg(self, rij: Rij, y: float) -> _Gelegd:
        """Give a row its labels; what is not labelled is counted in words."""
        say = self._say
        etiketten = [*self._van_stroken(rij), *self._van_momenten(rij)]
        gelegd = Etiketten.leg(etiketten, LINKS, RECHTS, _HOOGSTENS)
        regels = [say.text(opmerking) for opmerking in rij.opmerkingen]
        if gelegd.weggelaten:
            regels.append(say(f"en nog {gelegd.weggelaten}", f"and {gelegd.weggelaten} more"))
        return _Gelegd(rij, y, gelegd, tuple(regels))

    def _van_stroken(self, rij: Rij) -> Iterator[Etiket]:
        for strook in rij.stroken:
            if strook.zin is not None:
                mis = strook.soort in _MIS
                x = self._schaal.x(strook.van.toordinal())
                gewicht = 0 if mis else 2 if strook.soort is Strooksoort.ERKEND else 1
                yield Etiket(x, self._kort(strook.zin), gewicht, vet=mis, kleur=PAARS if mis else INKT)

    def _van_momenten(self, rij: Rij) -> Iterator[Etiket]:
        for moment in rij.momenten:
            te_laat = moment.uitgelicht and moment.soort is Momentsoort.UITERLIJK
            yield Etiket(
                self._x(moment),
                self._kort(moment.zin),
                0 if moment.uitgelicht else 1,
                vet=moment.uitgelicht,
                kleur=PAARS if te_laat or moment.soort is Momentsoort.AFGEKEURD else INKT,
            )

    def _kort(self, zin: Zin) -> str:
        return zin.lees(self._say.lang, lambda dag: korte_dag(dag, self._say.lang))

    def _x(self, moment: Moment) -> float:
        # The last day of a term ends with its day; what happens does so within it.
        deel = 1.0 if moment.soort in {Momentsoort.UITERLIJK, Momentsoort.EINDE} else 0.5
        return self._schaal.x(moment.dag.toordinal() + deel)

    def _rij(self, een: _Gelegd) -> None:
        doek = self._doek
        doek.tekst(0, een.y + 11, self._say.text(een.rij.naam), 'font-weight="700"')
        if een.rij.code:
            doek.tekst(0, een.y + 11 + _REGEL, een.rij.code, f'fill="{ZACHT}"')
        for strook in een.rij.stroken:
            self._strook(strook, een.y)
        for moment in een.rij.momenten:
            self._moment(moment, een.y)
        doek.wijzers(een.etiketten, een.y + _BAND, een.tekst_y, _REGEL)

    def _woorden(self, een: _Gelegd) -> None:
        doek = self._doek
        doek.etiketten(een.etiketten, een.tekst_y, _REGEL)
        first = een.y + 11 if een.is_leeg else een.tekst_y + een.etiketten.banen * _REGEL
        for place, regel in enumerate(een.regels):
            doek.tekst(LINKS, first + place * _REGEL, regel, f'font-style="italic" fill="{ZACHT}"')

    def _strook(self, strook: Strook, y: float) -> None:
        van, tot = strook.van.toordinal(), strook.tot_en_met.toordinal() + 1
        x, naar = self._schaal.x(van), self._schaal.x(tot)
        if naar - x < _SMALST:
            # Wholly outside the view, or too thin to be seen.
            x = min(x, RECHTS - _SMALST)
            naar = x + _SMALST
        buiten = tot <= self._schaal.eerste or van >= self._schaal.laatste
        if not buiten:
            midden = min(max(self._schaal.x(self._peil), x), naar)
            with self._doek.groep(f'data-soort="{strook.soort}"'):
                _TEKEN[strook.soort](self._doek, x, midden, naar, y)
        kleur = _KLEUR[strook.soort]
        if van < self._schaal.eerste:
            self._doek.pijl(LINKS, y + _BAND / 2, naar_links=True, kleur=kleur)
        if tot > self._schaal.laatste:
            self._doek.pijl(RECHTS, y + _BAND / 2, naar_links=False, kleur=kleur)

    def _moment(self, moment: Moment, y: float) -> None:
        x, midden = self._x(moment), y + _BAND / 2
        dag = moment.dag.toordinal()
        if not self._schaal.bevat(dag):
            links = dag < self._schaal.eerste
            self._doek.pijl(LINKS if links else RECHTS, midden, naar_links=links, kleur=INKT)
            return
        _MERK[moment.soort](self._doek, x, y)
        if moment.uitgelicht and moment.soort is not Momentsoort.UITERLIJK:
            self._doek.cirkel(x, midden, 8, f'fill="none" stroke="{INKT}" stroke-width="1.5"')


# ---- how each thing looks: up to the peildatum, and from there on

_SMALST: Final = 3.0
_MIS: Final = {Strooksoort.NIET_ERKEND, Strooksoort.NOG_NIET_ERKEND, Strooksoort.ONBEKEND, Strooksoort.TE_LAAT}
_KLEUR: Final = {
    Strooksoort.BPV: BLAUW,
    Strooksoort.GEPLAND: BLAUW,
    Strooksoort.ERKEND: GROEN,
    Strooksoort.NIET_ERKEND: PAARS,
    Strooksoort.NOG_NIET_ERKEND: PAARS,
    Strooksoort.ONBEKEND: GRIJS,
    Strooksoort.TERMIJN: GRIJS,
    Strooksoort.TE_LAAT: PAARS,
}


def _vol(kleur: str, licht: str) -> Callable[[Doek, float, float, float, float], None]:
    """Fill up to the peildatum, and only outline what comes after."""

    def teken(doek: Doek, x: float, peil: float, naar: float, y: float) -> None:
        doek.vlak(x, y, naar - x, _BAND, f'fill="{licht}" stroke="{kleur}"')
        if peil > x:
            doek.vlak(x, y, peil - x, _BAND, f'fill="{kleur}"')

    return teken


def _gearceerd(kleur: str, streep: str, rand: str = "") -> Callable[[Doek, float, float, float, float], None]:
    def teken(doek: Doek, x: float, _: float, naar: float, y: float) -> None:
        doek.vlak(x, y, naar - x, _BAND, f'fill="#fff" stroke="{kleur}"{rand}')
        doek.arcering(x, y, naar - x, _BAND, kleur=kleur, streep=streep)

    return teken


def _omlijnd(doek: Doek, x: float, _: float, naar: float, y: float) -> None:
    doek.vlak(x, y, naar - x, _BAND, f'fill="none" stroke="{BLAUW}" stroke-dasharray="4 3"')


def _dun(doek: Doek, x: float, _: float, naar: float, y: float) -> None:
    doek.vlak(x, y + 4, naar - x, _BAND - 8, f'fill="#DDDDDD" stroke="{GRIJS}"')


_TEKEN: Final[Mapping[Strooksoort, Callable[[Doek, float, float, float, float], None]]] = {
    Strooksoort.BPV: _vol(BLAUW, "#D5DDE6"),
    Strooksoort.GEPLAND: _omlijnd,
    Strooksoort.ERKEND: _vol(GROEN, "#D9F0EE"),
    Strooksoort.NIET_ERKEND: _gearceerd(PAARS, "2 3"),
    Strooksoort.NOG_NIET_ERKEND: _gearceerd(PAARS, "1 7", ' stroke-dasharray="4 3"'),
    Strooksoort.ONBEKEND: _gearceerd(GRIJS, "1 9", ' stroke-dasharray="1 3"'),
    Strooksoort.TERMIJN: _dun,
    Strooksoort.TE_LAAT: _gearceerd(PAARS, "2 3"),
}


def _stip(doek: Doek, x: float, y: float) -> None:
    doek.cirkel(x, y + _BAND / 2, 4.5, f'fill="{BLAUW}" stroke="#fff"')


def _ring(doek: Doek, x: float, y: float) -> None:
    doek.cirkel(x, y + _BAND / 2, 3.5, f'fill="#fff" stroke="{BLAUW}" stroke-width="2"')


def _kruis(doek: Doek, x: float, y: float) -> None:
    doek.pad(f"M{getal(x - 4)} {getal(y + 3)}l8 8m0-8l-8 8", f'stroke="{PAARS}" stroke-width="2.5"')


def _vlag(doek: Doek, x: float, y: float) -> None:
    doek.pad(f"M{getal(x)} {getal(y - 3)}V{getal(y + _BAND + 2)}", f'stroke="{INKT}" stroke-width="1.5"')
    doek.pad(f"M{getal(x)} {getal(y - 3)}h7l-2.5 3 2.5 3h-7z", f'fill="{ORANJE}"')


def _streep(doek: Doek, x: float, y: float) -> None:
    doek.pad(f"M{getal(x)} {getal(y - 2)}V{getal(y + _BAND + 2)}", f'stroke="{BLAUW}" stroke-width="2"')


_MERK: Final[Mapping[Momentsoort, Callable[[Doek, float, float], None]]] = {
    Momentsoort.BEGIN: _ring,
    Momentsoort.EINDE: _streep,
    Momentsoort.ONTVANGEN: _stip,
    Momentsoort.AFGEKEURD: _kruis,
    Momentsoort.UITERLIJK: _vlag,
}


# ---- the axis


def _ijk(tijdlijn: Tijdlijn, lang: Lang) -> Iterator[tuple[date, str]]:
    """Give the days on the axis: weeks, months or years, so that their names fit."""
    venster = tijdlijn.venster
    hoogstens = 8
    weken = next((n for n in (1, 2) if venster.dagen / (7 * n) <= hoogstens), 0)
    if weken:
        # Mondays; day 1 of the calendar was one.
        first = venster.van.toordinal() + (-venster.van.toordinal() + 1) % 7
        for day in range(first, venster.tot_en_met.toordinal() + 1, 7 * weken):
            dag = date.fromordinal(day)
            yield dag, f"{dag.day} {_MAANDEN[lang][dag.month - 1]}"
        return
    maanden = next((n for n in (1, 2, 3, 6, 12, 24) if venster.dagen / (30.4 * n) <= hoogstens), 60)
    month = venster.van.year * 12 + venster.van.month - 1
    month += -month % maanden
    while month // 12 <= date.max.year and (dag := date(month // 12, month % 12 + 1, 1)) <= venster.tot_en_met:
        if dag >= venster.van:
            yield dag, str(dag.year) if maanden >= 12 else f"{_MAANDEN[lang][dag.month - 1]} {dag.year}"
        month += maanden
