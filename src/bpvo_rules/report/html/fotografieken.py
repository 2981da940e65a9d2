"""Charts of fotos: a funnel of schools, trends over the fotos, and what changed between two of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil, floor
from typing import Any, Final, final

import attrs

from bpvo_rules.report.html.doek import BLAUW, GRIJS, INKT, ORANJE, PAARS, tekstbreedte
from bpvo_rules.report.html.fotocijfers import ALARM, WAARSCHUWING, Fotoreeks, Place, Score, Trechter, Zekerheid
from bpvo_rules.report.html.grafieken import teken
from bpvo_rules.report.html.tijdlijn_beeld import korte_dag
from bpvo_rules.report.statistics import FEWEST, funnel
from bpvo_rules.report.wording import Say, share

__all__ = ["Lijn", "Verandering", "trechter_svg", "trend_svg", "verandering_svg"]

_STEPS: Final = 60
"""Points on a limit of a funnel: more cannot be seen."""
_PER_RIJ: Final = 4
"""Small charts beside each other."""
_TENTH: Final = 10


def _floor(deel: Iterable[float]) -> float:
    """Give where an axis of shares begins: at a whole tenth below the least, so that differences can be seen."""
    return max(0.0, floor(_TENTH * min(deel, default=0.0)) / _TENTH)


# ---- funnel


def trechter_svg(found: Trechter, say: Say, *, eigen: str | None = None) -> str:
    """Draw the schools by size and share, with what chance explains around the share of the country."""
    most = max(punt.beslist for punt in found.punten)
    rate = found.deel[0] / found.deel[1]
    limits = [row for level in (WAARSCHUWING, ALARM) for row in _limit(rate, most, level)]
    first = _floor([*(punt.voldoet / punt.beslist for punt in found.punten), *(row["laag"] for row in limits)])
    scale = {"domain": [first, 1], "nice": False}
    x = {
        "field": "beslist",
        "type": "quantitative",
        "scale": {"type": "log", "domain": [FEWEST, max(most, FEWEST + 1) * 1.15], "nice": False},
        "axis": {
            "title": say("te beoordelen (schaal in verhouding)", "decided (ratio scale)"),
            "values": [n for n in (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000) if n <= most * 1.15],
            "format": ",d",
            "grid": False,
        },
    }

    def y(field: str) -> dict[str, Any]:
        axis = {"format": ".0%", "title": say("voldoet", "met"), "tickCount": 6}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

    lines = [
        {
            "data": {"values": limits},
            "transform": [{"filter": f"datum.niveau == {level}"}],
            "mark": {"type": "line", "color": INKT, "strokeWidth": 1.25, "strokeDash": dash},
            "encoding": {"x": x, "y": y(field)},
        }
        for level, dash in ((WAARSCHUWING, [2, 3]), (ALARM, [7, 3]))
        for field in ("laag", "hoog")
    ]
    names = {
        Zekerheid.TOEVAL: say("binnen het toeval", "within chance"),
        Zekerheid.WAARSCHUWING: say("buiten 95 %", "outside 95 %"),
        Zekerheid.ALARM: say("buiten 99,8 %", "outside 99.8 %"),
    }
    rows = []
    # The school that looks lies on top.
    for punt in sorted(found.punten, key=lambda punt: str(punt.instelling) == eigen):
        own = str(punt.instelling) == eigen
        named = own or punt.zekerheid is Zekerheid.ALARM
        rows.append(
            {
                "beslist": punt.beslist,
                "deel": punt.voldoet / punt.beslist,
                "soort": say("deze school", "this school") if own else names[punt.zekerheid],
                "naam": str(punt.instelling) if named else "",
            }
        )
    domain = [*names.values(), say("deze school", "this school")][: 4 if eigen else 3]
    points = {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "stroke": "#fff", "strokeWidth": 0.75},
        "encoding": {
            "x": x,
            "y": y("deel"),
            "shape": {
                "field": "soort",
                "type": "nominal",
                "scale": {"domain": domain, "range": ["circle", "triangle-up", "diamond", "square"][: len(domain)]},
                "legend": {"orient": "top"},
            },
            "color": {
                "field": "soort",
                "type": "nominal",
                "scale": {"domain": domain, "range": [GRIJS, BLAUW, PAARS, ORANJE][: len(domain)]},
            },
        },
    }
    labels = {
        "data": {"values": [row for row in rows if row["naam"]]},
        "mark": {"type": "text", "align": "left", "dx": 7},
        "encoding": {"x": x, "y": y("deel"), "text": {"field": "naam"}},
    }
    middle = {
        "data": {"values": [{"deel": rate}]},
        "mark": {"type": "rule", "color": INKT, "strokeWidth": 1},
        "encoding": {"y": y("deel")},
    }
    spec = {"width": 520, "height": 300, "layer": [middle, *lines, points, labels]}
    counted = {word: sum(p.zekerheid is word for p in found.punten) for word in Zekerheid}
    spoken = ", ".join(f"{names[word]}: {number}" for word, number in counted.items())
    return teken(
        spec,
        say(
            f"Scholen naar grootte en score rond de landelijke score van {share(*found.deel, say)}. {spoken}.",
            f"Schools by size and score around the score of the country, {share(*found.deel, say)}. {spoken}.",
        ),
        say,
    )


def _limit(rate: float, most: int, level: float) -> list[dict[str, Any]]:
    """Give the limits of a funnel over the sizes that are shown, as even steps on a ratio scale."""
    top = max(most, FEWEST + 1) * 1.15
    sizes = {ceil(FEWEST * (top / FEWEST) ** (step / _STEPS)) for step in range(_STEPS + 1)}
    found = []
    for size in sorted(sizes):
        low, high = funnel(size, rate, level=level)
        found.append({"beslist": size, "laag": low / size, "hoog": high / size, "niveau": level})
    return found


# ---- trends


@final
@attrs.frozen
class Lijn:
    """
    The scores of one place over time.

    Attributes:
        naam: What it is of.
        place: Which cell or margin.

    """

    naam: str
    place: Place


def trend_svg(reeks: Fotoreeks, vraag: str, lijnen: Sequence[Lijn], say: Say) -> str:
    """
    Draw the scores at each foto with how sure they are; small charts beside each other when there are several.

    A moment without a foto, or with a number withheld, has no point, and no line runs over it. A foto that was
    counted by other rules than the last one has an open square.
    """
    days = [korte_dag(moment, say.lang) for moment in reeks.momenten]
    rows = [row for lijn in lijnen for row in _rows(reeks, vraag, lijn, say)]
    first = _floor(row["laag"] for row in rows)
    alone = len(lijnen) == 1
    x = {
        "field": "dag",
        "type": "ordinal",
        "scale": {"domain": days},
        "axis": {"title": None, "labelAngle": 0 if alone else -60, "labelFontSize": 12 if alone else 10},
    }

    def y(field: str) -> dict[str, Any]:
        axis = {"format": ".0%", "title": None, "tickCount": 4}
        return {"field": field, "type": "quantitative", "scale": {"domain": [first, 1], "nice": False}, "axis": axis}

    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "line", "color": BLAUW, "strokeWidth": 1.5},
            "encoding": {"x": x, "y": y("deel"), "detail": {"field": "stuk", "type": "nominal"}},
        },
        {
            "mark": {"type": "rule", "color": INKT, "strokeWidth": 1.25},
            "encoding": {"x": x, "y": y("laag"), "y2": {"field": "hoog"}},
        },
        *(
            {
                "transform": [{"filter": f"datum.andere == {apart}"}],
                "mark": {
                    "type": "point",
                    "size": 60,
                    "opacity": 1,
                    "strokeWidth": 2,
                    "stroke": BLAUW,
                    "shape": shape,
                    "fill": fill,
                },
                "encoding": {"x": x, "y": y("deel")},
            }
            for apart, shape, fill in (("false", "circle", BLAUW), ("true", "square", "#fff"))
        ),
    ]
    spec: dict[str, Any] = {"data": {"values": rows}}
    inner = {"width": 460 if alone else 105, "height": 180 if alone else 80, "layer": layers}
    if alone:
        spec |= inner
    else:
        spec |= {
            "facet": {"field": "naam", "type": "nominal", "sort": [lijn.naam for lijn in lijnen]},
            "columns": _PER_RIJ,
            "spacing": {"row": 12, "column": 14},
            "spec": inner,
            "resolve": {"axis": {"x": "independent"}},
        }
    spoken = [
        f"{lijn.naam}: " + ", ".join(f"{row['dag']} {row['tekst']}" for row in _rows(reeks, vraag, lijn, say))
        for lijn in lijnen
    ]
    return teken(spec, f"{'. '.join(spoken)}.", say)


def _rows(reeks: Fotoreeks, vraag: str, lijn: Lijn, say: Say) -> list[dict[str, Any]]:
    """Give the points of a line; ``stuk`` rises where a moment has none, so that no line runs over it."""
    found, stuk = [], 0
    for moment, score in reeks.trend(vraag, lijn.place):
        if score is None or score.getallen is None or score.interval is None:
            stuk += 1
            continue
        low, high = score.interval
        found.append(
            {
                "naam": lijn.naam,
                "dag": korte_dag(moment, say.lang),
                "deel": score.deel,
                "laag": low,
                "hoog": high,
                "stuk": f"{lijn.naam} {stuk}",
                "andere": reeks.is_andere_versie(moment),
                "tekst": share(*score.getallen, say),
            }
        )
    return found


# ---- what changed


@final
@attrs.frozen
class Verandering:
    """
    The score of one place in two fotos.

    Attributes:
        naam: What it is of.
        oud: In the old foto; with numbers.
        nieuw: In the new one; with numbers.

    """

    naam: str
    oud: Score
    nieuw: Score


def verandering_svg(found: Sequence[Verandering], oud: date, nieuw: date, say: Say) -> str:
    """Draw the scores in two fotos, a line per place: a ring for the old foto and a dot for the new one."""
    was, now = korte_dag(oud, say.lang), korte_dag(nieuw, say.lang)
    rows: list[dict[str, Any]] = [
        {"naam": one.naam, "foto": dag, "deel": score.deel}
        for one in found
        for dag, score in ((was, one.oud), (now, one.nieuw))
    ]
    pairs = [{"naam": one.naam, "van": one.oud.deel, "naar": one.nieuw.deel} for one in found]
    scale = {"domain": [_floor(row["deel"] for row in rows), 1], "nice": False}
    y = {
        "field": "naam",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": [one.naam for one in found]},
        "axis": {
            "title": None,
            "domain": False,
            "ticks": False,
            "grid": True,
            "minExtent": max(tekstbreedte(one.naam) for one in found),
        },
    }

    def x(field: str) -> dict[str, Any]:
        axis = {"format": ".0%", "title": None, "orient": "top", "tickCount": 6}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

    line = {
        "data": {"values": pairs},
        "mark": {"type": "rule", "color": GRIJS, "strokeWidth": 2},
        "encoding": {"y": y, "x": x("van"), "x2": {"field": "naar"}},
    }
    points = {
        "data": {"values": rows},
        "mark": {"type": "point", "size": 80, "opacity": 1, "strokeWidth": 2, "stroke": BLAUW},
        "encoding": {
            "y": y,
            "x": x("deel"),
            "fill": {
                "field": "foto",
                "type": "nominal",
                "scale": {"domain": [was, now], "range": ["#FFFFFF", BLAUW]},
                "legend": {"orient": "top", "symbolStrokeColor": BLAUW, "symbolStrokeWidth": 2},
            },
        },
    }
    spec = {"width": 420, "height": {"step": 22}, "layer": [line, points]}
    spoken = "; ".join(f"{one.naam} {_told(one.oud, say)}, {_told(one.nieuw, say)}" for one in found)
    return teken(spec, say(f"Score op {was} en op {now}: {spoken}.", f"Score on {was} and on {now}: {spoken}."), say)


def _told(score: Score, say: Say) -> str:
    return "" if score.getallen is None else share(*score.getallen, say)
