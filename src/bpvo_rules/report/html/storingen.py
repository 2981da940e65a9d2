"""
Storingen: the outages of White Label on one scale of time, a row per functie and school.

Everything in the picture stands in the rows of :class:`Storingenbeeld` too, and in more detail.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, final

import attrs

from bpvo_rules.judge import Storing, storingen
from bpvo_rules.judge.result import Result
from bpvo_rules.model import Functie
from bpvo_rules.periode.tijd import amsterdam
from bpvo_rules.report.html.doek import (
    GRIJS,
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
from bpvo_rules.report.html.tijdlijn_beeld import korte_dag
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Outcome, render_value

__all__ = ["Storingenbeeld", "Storingsrij", "storingen_svg", "storingenbeeld"]

_RULE: Final = "white_label_antwoordt"
HOOGSTENS: Final = 15
"""Rows in the picture; the others are counted in words."""


@final
@attrs.frozen
class Storingsrij:
    """
    What was measured of one functie by one school.

    Attributes:
        functie: The function.
        brin: The school; empty for national measurements.
        storingen: Its outages, by time.
        niet_geteld:
            Moments of measurements without an answer that are in no outage: in announced maintenance, outside
            the service window, or not to be decided.

    """

    functie: Functie
    brin: str
    storingen: tuple[Storing, ...]
    niet_geteld: tuple[datetime, ...] = ()

    @property
    def metingen(self) -> int:
        """Number of failed measurements in its outages."""
        return sum(storing.metingen for storing in self.storingen)

    @property
    def langste(self) -> Storing | None:
        """The outage with the most time between its first and last failed measurement; of equal ones the first."""
        return max(self.storingen, key=lambda one: one.tot_en_met - one.van, default=None)


@final
@attrs.frozen
class Storingenbeeld:
    """
    The outages of a judgement.

    Attributes:
        rijen: By functie and school; those without a measurement that failed are left out.
        metingen: Number of measurements judged; ``None`` when the rule did not run or none were looked up.

    """

    rijen: tuple[Storingsrij, ...]
    metingen: int | None

    @property
    def getoond(self) -> tuple[Storingsrij, ...]:
        """The rows that the picture has room for: those with the most failed measurements."""
        order = sorted(self.rijen, key=lambda rij: (-rij.metingen, -len(rij.niet_geteld), rij.functie, rij.brin))
        kept = {(rij.functie, rij.brin) for rij in order[:HOOGSTENS]}
        return tuple(rij for rij in self.rijen if (rij.functie, rij.brin) in kept)


def storingenbeeld(judgement: Result) -> Storingenbeeld:
    """Give the outages of a judgement, by functie and school, with the failed measurements beside them."""
    per: dict[tuple[Functie, str], tuple[list[Storing], list[datetime]]] = {}
    for storing in storingen(judgement):
        per.setdefault((storing.functie, str(storing.brin)), ([], []))[0].append(storing)
    aantal = 0
    for meting, outcome in judgement.metingen(_RULE):
        aantal += 1
        if not meting.gelukt and outcome is not Outcome.NOT_MET:
            per.setdefault((meting.functie, str(meting.brin or "")), ([], []))[1].append(meting.tijdstip)
    ran = any(rule.code == _RULE for rule in judgement.rules)
    judged = ran and "white_label_metingen" not in judgement.tabellen_niet_opgezocht
    rijen = tuple(
        Storingsrij(functie, brin, tuple(sorted(found)), tuple(sorted(moments)))
        for (functie, brin), (found, moments) in sorted(per.items())
    )
    return Storingenbeeld(rijen, aantal if judged else None)


# ---- the picture

_BREEDTE: Final = 640
_LINKS: Final = 112
_RECHTS: Final = 526
_BAND: Final = 14
_REGEL: Final = 15
_SMALST: Final = 3.0
_BEREIK: Final = 2 * 366 * 86400.0
"""Seconds; what lies further from the middle moment is left outside, with an arrow."""


def storingen_svg(beeld: Storingenbeeld, say: Say) -> str:
    """
    Give the picture of outages as SVG that can stand in a page of HTML, or alone.

    An outage is at least three units wide, so that one of a moment is seen; outages that would touch are drawn as
    one. The same outages give the same bytes; no value of the input is markup.
    """
    doek = Doek(_BREEDTE)
    rijen = beeld.getoond
    if not rijen:
        doek.tekst(0, 16, _niets(beeld, say))
        return doek.svg(26, _niets(beeld, say))
    schaal = _schaal(rijen)
    y = 6.0
    words: list[tuple[Etiketten, float]] = []
    raster = []
    for rij in rijen:
        raster.append(y - 5)
        gelegd = _rij(doek, schaal, rij, y, say)
        words.append((gelegd, y + _BAND + 12))
        y += max(_BAND + 1 + gelegd.banen * _REGEL, 2 * _REGEL) + 9
    onder = y - 2
    _as(doek, schaal, raster, onder, say)
    with doek.groep('stroke="#fff" stroke-width="3" paint-order="stroke"'):
        for gelegd, at in words:
            doek.etiketten(gelegd, at, _REGEL)
    onder += 18
    for regel in _bijschrift(beeld, say):
        onder += _REGEL
        doek.tekst(0, onder, regel, f'font-style="italic" fill="{ZACHT}"')
    return doek.svg(onder + 6, _omschrijving(beeld, say))


def _niets(beeld: Storingenbeeld, say: Say) -> str:
    if beeld.metingen is None:
        return say("White Label is niet beoordeeld.", "White Label was not judged.")
    if not beeld.metingen:
        return say("Er zijn geen metingen van White Label.", "There are no measurements of White Label.")
    return say(
        f"Geen storingen in {beeld.metingen} metingen van White Label.",
        f"No outages in {beeld.metingen} measurements of White Label.",
    )


def _momenten(rijen: Sequence[Storingsrij]) -> Iterator[float]:
    for rij in rijen:
        for storing in rij.storingen:
            yield storing.van.timestamp()
            yield storing.tot_en_met.timestamp()
        for moment in rij.niet_geteld:
            yield moment.timestamp()


def _schaal(rijen: Sequence[Storingsrij]) -> Schaal:
    moments = sorted(_momenten(rijen))
    middle = moments[(len(moments) - 1) // 2]
    near = [moment for moment in moments if abs(moment - middle) <= _BEREIK]
    room = max((near[-1] - near[0]) * 0.03, 1800.0)
    return Schaal(near[0] - room, near[-1] + room, _LINKS, _RECHTS)


def _rij(doek: Doek, schaal: Schaal, rij: Storingsrij, y: float, say: Say) -> Etiketten:
    doek.tekst(0, y + 11, rij.functie, 'font-weight="700"')
    doek.tekst(0, y + 11 + _REGEL, rij.brin or say("landelijk", "national"), f'fill="{ZACHT}"')
    aantal = len(rij.storingen)
    doek.tekst(_RECHTS + 8, y + 11, say(*_geteld(aantal, "storing", "storingen", "outage", "outages")))
    metingen = say(f"{rij.metingen} x mislukt", f"{rij.metingen} x failed")
    doek.tekst(_RECHTS + 8, y + 11 + _REGEL, metingen, f'fill="{ZACHT}"')
    bars = "".join(
        f"M{getal(van)} {getal(y)}h{getal(tot - van)}v{_BAND}h-{getal(tot - van)}z" for van, tot in _balken(schaal, rij)
    )
    if bars:
        doek.pad(bars, f'fill="{PAARS}" data-soort="storing"')
    ticks = dict.fromkeys(getal(schaal.x(moment.timestamp())) for moment in rij.niet_geteld)
    if ticks:
        marks = "".join(f"M{x} {getal(y + 3)}v8" for x in ticks)
        doek.pad(marks, f'stroke="{GRIJS}" stroke-width="1.5" data-soort="niet-geteld"')
    all_moments = list(_momenten([rij]))
    if min(all_moments) < schaal.eerste:
        doek.pijl(_LINKS, y + _BAND / 2, naar_links=True, kleur=PAARS)
    if max(all_moments) > schaal.laatste:
        doek.pijl(_RECHTS, y + _BAND / 2, naar_links=False, kleur=PAARS)
    langste = rij.langste
    if langste is None:
        return Etiketten.leg((), _LINKS, _RECHTS, 1)
    tekst = _van_tot(langste, say)
    if aantal > 1:
        tekst = say(f"langste: {tekst}", f"longest: {tekst}")
    etiket = Etiket(schaal.x(langste.van.timestamp()), tekst)
    return Etiketten.leg((etiket,), _LINKS, _RECHTS, 1)


def _balken(schaal: Schaal, rij: Storingsrij) -> Iterator[tuple[float, float]]:
    """Give the left and right edges of the bars of a row; what would touch is one bar."""
    last: tuple[float, float] | None = None
    for storing in rij.storingen:
        van, tot = storing.van.timestamp(), storing.tot_en_met.timestamp()
        if tot < schaal.eerste or van > schaal.laatste:
            continue
        x = min(schaal.x(van), schaal.rechts - _SMALST)
        naar = max(schaal.x(tot), x + _SMALST)
        if last is not None and x <= last[1] + 0.5:
            last = (last[0], max(last[1], naar))
            continue
        if last is not None:
            yield last
        last = (x, naar)
    if last is not None:
        yield last


def _geteld(aantal: int, een: str, meer: str, one: str, more: str) -> tuple[str, str]:
    return (f"{aantal} {een}", f"{aantal} {one}") if aantal == 1 else (f"{aantal} {meer}", f"{aantal} {more}")


def _klok(moment: datetime) -> str:
    return f"{amsterdam(moment):%H:%M}"


def _van_tot(storing: Storing, say: Say) -> str:
    """Write from when to when, by the clock in the Netherlands; the day once when it is the same."""
    van, tot = amsterdam(storing.van), amsterdam(storing.tot_en_met)
    begin = f"{korte_dag(van.date(), say.lang)} {van:%H:%M}"
    if van == tot:
        return begin
    einde = f"{tot:%H:%M}" if van.date() == tot.date() else f"{korte_dag(tot.date(), say.lang)} {tot:%H:%M}"
    return f"{begin} {say('t/m', 'to')} {einde}"


def _as(doek: Doek, schaal: Schaal, rijen: Sequence[float], onder: float, say: Say) -> None:
    ticks = list(_ijk(schaal, say))
    doek.pad("".join(f"M0 {getal(y)}H{_BREEDTE}" for y in rijen), f'stroke="{RASTER}"')
    marks = "".join(f"M{getal(schaal.x(at))} {getal(onder)}v5" for at, _ in ticks)
    doek.pad(f"M{_LINKS} {getal(onder)}H{_RECHTS}{marks}", f'stroke="{GRIJS}" fill="none"')
    with doek.groep(f'fill="{ZACHT}" font-size="11"'):
        for at, tekst in ticks:
            if schaal.x(at) + len(tekst) * 6 <= _RECHTS + 20:
                doek.tekst(schaal.x(at) + 2, onder + 14, tekst)


def _ijk(schaal: Schaal, say: Say) -> Iterator[tuple[float, str]]:
    """Give the moments on the axis, by the clock in the Netherlands: minutes, days or months, so that they fit."""
    eerste = amsterdam(datetime.fromtimestamp(schaal.eerste, tz=UTC))
    minuten = (schaal.laatste - schaal.eerste) / 60
    middernacht = eerste.replace(hour=0, minute=0, second=0, microsecond=0)
    step = next((n for n in (5, 15, 30, 60, 180, 360, 720) if minuten / n <= 4), 0)
    dagen = next((n for n in (1, 2, 7, 14, 28) if minuten / 1440 / n <= 5), 0)
    maanden = next((n for n in (1, 2, 3, 6, 12) if minuten / 43800 / n <= 5), 12)
    place = 0
    while True:
        if step:
            moment = middernacht + timedelta(minutes=place * step)
        elif dagen:
            moment = middernacht + timedelta(days=place * dagen)
        else:
            maand = middernacht.year * 12 + (middernacht.month - 1) // maanden * maanden + place * maanden
            moment = middernacht.replace(year=maand // 12, month=maand % 12 + 1, day=1)
        if moment.timestamp() > schaal.laatste:
            return
        if moment.timestamp() >= schaal.eerste:
            dag = korte_dag(moment.date(), say.lang)
            yield moment.timestamp(), f"{dag} {moment:%H:%M}" if step else dag
        place += 1


def _bijschrift(beeld: Storingenbeeld, say: Say) -> Iterator[str]:
    weg = len(beeld.rijen) - len(beeld.getoond)
    if weg:
        getoond = {(rij.functie, rij.brin) for rij in beeld.getoond}
        aantal = sum(len(rij.storingen) for rij in beeld.rijen if (rij.functie, rij.brin) not in getoond)
        yield say(
            f"Niet getekend: {weg} rijen met minder mislukte metingen, samen {aantal} storingen.",
            f"Not drawn: {weg} rows with fewer failed measurements, {aantal} outages together.",
        )
    if any(rij.niet_geteld for rij in beeld.getoond):
        yield say(
            "Grijs streepje: een meting zonder antwoord die niet als storing telt.",
            "Grey stroke: a measurement without an answer that does not count as an outage.",
        )


def _omschrijving(beeld: Storingenbeeld, say: Say) -> str:
    def vol(moment: datetime) -> str:
        return f"{render_value(amsterdam(moment).date(), say.lang)} {_klok(moment)}"

    def gezegd(rij: Storingsrij) -> str:
        kop = f"{rij.functie} {rij.brin or say('landelijk', 'national')}"
        aantal = say(*_geteld(len(rij.storingen), "storing", "storingen", "outage", "outages"))
        metingen = say(*_geteld(rij.metingen, "mislukte meting", "mislukte metingen", "failure", "failures"))
        delen = [f"{kop}: {aantal}, {metingen}"]
        if rij.langste is not None:
            van, tot = vol(rij.langste.van), vol(rij.langste.tot_en_met)
            delen.append(say(f"de langste van {van} t/m {tot}", f"the longest from {van} to {tot}"))
        if rij.niet_geteld:
            delen.append(say(f"{len(rij.niet_geteld)} niet geteld", f"{len(rij.niet_geteld)} not counted"))
        return ", ".join(delen)

    def rest(aantal: int) -> str:
        return say(f"en nog {aantal} rijen", f"and {aantal} more rows")

    kop = say("Storingen van White Label", "Outages of White Label")
    bijschrift = " ".join(_bijschrift(beeld, say))
    return f"{kop}. {opsomming(map(gezegd, beeld.getoond), HOOGSTENS, rest)}. {bijschrift}".strip()
