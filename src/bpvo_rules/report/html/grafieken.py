"""
Grafieken: charts as SVG, drawn by Vega-Lite without a browser or a network.

What a chart shows also stands in a table beside it. Nothing in one is said by colour alone: shapes, outlines and
labels say it too.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Any, Final, final

import attrs

from bpvo_rules.errors import ExtraMissingError
from bpvo_rules.report.html.doek import GRIJS, GROEN, INKT, LETTER, PAARS, RASTER, ZACHT, schoon, tekstbreedte
from bpvo_rules.report.wording import Say, whole

__all__ = ["Stapel", "stapels", "teken"]

_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"
_CONFIG: Final[Mapping[str, Any]] = {
    "aria": False,
    "font": "Arial, Helvetica, sans-serif",
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INKT,
        "labelFontSize": LETTER,
        "labelLimit": 0,
        "titleColor": ZACHT,
        "titleFontSize": LETTER,
        "titleFontWeight": "normal",
        "gridColor": RASTER,
        "domainColor": GRIJS,
        "tickColor": GRIJS,
    },
    "header": {"labelColor": INKT, "labelFontSize": LETTER, "labelFontWeight": "bold", "title": None},
    "legend": {
        "columnPadding": 24,
        "labelColor": INKT,
        "labelFontSize": LETTER,
        "labelLimit": 0,
        "title": None,
        "symbolStrokeWidth": 1,
    },
    "text": {"color": INKT, "fontSize": LETTER},
}
_ARIA: Final = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')


def teken(spec: Mapping[str, Any], omschrijving: str, say: Say) -> str:
    """
    Draw a Vega-Lite specification, and give SVG for in a page.

    Args:
        spec: The chart, without schema and config; numbers are written as the language does.
        omschrijving: What it shows, for who does not see it.
        say: The language.

    Raises:
        ExtraMissingError: without the extra ``report``.

    """
    try:
        import vl_convert  # noqa: PLC0415 - an extra
    except ImportError:
        raise ExtraMissingError("report") from None
    locale = {
        "decimal": say(",", "."),
        "thousands": say(".", ","),
        "grouping": [3],
        "currency": ["", ""],
    }
    whole = {"$schema": _SCHEMA, "config": dict(_CONFIG), **_cleaned(spec)}
    drawn = vl_convert.vegalite_to_svg(whole, format_locale=locale)
    # It is one picture with one description; parts of it that say something by themselves would be read twice.
    _, _, rest = _ARIA.sub("", drawn).partition("<svg ")
    return f'<svg role="img" aria-label="{escape(schoon(omschrijving))}" {rest}'


def _cleaned(value: Any) -> Any:
    """Clean every text in a specification, as those in other pictures are."""
    if isinstance(value, str):
        return schoon(value)
    if isinstance(value, Mapping):
        return {name: _cleaned(one) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [_cleaned(one) for one in value]
    return value


# ---- stacked bars


@final
@attrs.frozen
class Stapel:
    """
    A bar of outcomes.

    Attributes:
        naam: What it is of.
        voldoet: How many meet it.
        voldoet_niet: How many do not.
        niet_te_bepalen: Of how many that cannot be said; ``None`` when that number is withheld.

    """

    naam: str
    voldoet: int
    voldoet_niet: int
    niet_te_bepalen: int | None


_SMALST: Final = 0.07
"""The share below which a number does not fit into its part of a bar."""


def stapels(gegeven: Sequence[Stapel], say: Say) -> str:
    """Draw outcomes as bars of one length, with their numbers; what counts nothing has no bar."""
    names = (say("voldoet", "met"), say("voldoet niet", "not met"), say("niet te bepalen", "cannot be determined"))
    values, spoken = [], []
    for stapel in gegeven:
        numbers = (stapel.voldoet, stapel.voldoet_niet, stapel.niet_te_bepalen or 0)
        total = sum(numbers)
        at = 0
        for place, (name, number) in enumerate(zip(names, numbers, strict=True)):
            if number:
                values.append(
                    {
                        "naam": stapel.naam,
                        "soort": name,
                        "van": at / total,
                        "tot": (at + number) / total,
                        "midden": (at + number / 2) / total,
                        "tekst": whole(number, say) if number / total >= _SMALST else "",
                        "kleur": "#fff" if place == 1 else INKT,
                    }
                )
            at += number
        # A withheld number has no part in the bar, and is never said to be 0.
        told = [*map(partial(whole, say=say), numbers[:2]), _told(stapel.niet_te_bepalen, say)]
        listed = ", ".join(f"{name} {number}" for name, number in zip(names, told, strict=True))
        spoken.append(f"{stapel.naam}: {listed}")
    bar = {
        "mark": {"type": "bar", "height": 20, "stroke": INKT, "strokeWidth": 0.75},
        "encoding": {
            "x": {"field": "van", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": _share_axis()},
            "x2": {"field": "tot"},
            "color": {
                "field": "soort",
                "type": "nominal",
                "scale": {"domain": list(names), "range": [GROEN, PAARS, "#FFFFFF"]},
                "legend": {"orient": "top", "symbolType": "square", "symbolSize": 180, "symbolStrokeColor": INKT},
            },
        },
    }
    label = {
        "mark": {"type": "text", "baseline": "middle"},
        "encoding": {
            "x": {"field": "midden", "type": "quantitative"},
            "text": {"field": "tekst"},
            "color": {"field": "kleur", "type": "nominal", "scale": None},
        },
    }
    spec = {
        "width": 420,
        "height": {"step": 32},
        "data": {"values": values},
        "encoding": {
            "y": {
                "field": "naam",
                "type": "nominal",
                "sort": None,
                "scale": {"domain": [stapel.naam for stapel in gegeven]},
                "axis": {
                    "title": None,
                    "domain": False,
                    "ticks": False,
                    # Letters of the reader may be wider than those that it is drawn with.
                    "minExtent": max((tekstbreedte(stapel.naam) for stapel in gegeven), default=0),
                },
            }
        },
        "layer": [bar, label],
    }
    return teken(spec, ". ".join(spoken) + ".", say)


def _told(number: int | None, say: Say) -> str:
    return say("niet getoond", "withheld") if number is None else whole(number, say)


def _share_axis() -> dict[str, Any]:
    return {"format": ".0%", "title": None, "values": [0, 0.25, 0.5, 0.75, 1], "grid": True}
