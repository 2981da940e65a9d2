"""Reading pictures: what stands where in an SVG."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

NS = "{http://www.w3.org/2000/svg}"
KLIK = 0.11
"""Coordinates are written in tenths."""


def lees(svg: str) -> ET.Element:
    """Parse a picture; it must be well-formed XML that stands in a page with others without harm."""
    root = ET.fromstring(svg)  # noqa: S314 - our own output
    assert root.tag == f"{NS}svg"
    assert root.get("role") == "img"
    assert root.get("aria-label") is not None
    allowed = {f"{NS}{name}" for name in "svg g rect path circle text".split()}
    for element in root.iter():
        assert element.tag in allowed
        assert not {"id", "class", "style", "href", "onload"} & set(element.attrib)
    return root


def teksten(root: ET.Element) -> list[str]:
    """Give every text in a picture."""
    return [text.text or "" for text in root.iter(f"{NS}text")]


def vlakken(root: ET.Element, soort: str) -> list[tuple[float, float]]:
    """Give left edge and width of each run of days of a kind: its outline, the first shape of its group."""
    groups = [g for g in root.iter(f"{NS}g") if g.get("data-soort") == soort]
    rects = [g.find(f"{NS}rect") for g in groups]
    return [(float(r.get("x", "")), float(r.get("width", ""))) for r in rects if r is not None]


def xs(root: ET.Element) -> Iterator[float]:
    """Give every place from left to right at which something is drawn."""
    for element in root.iter():
        match element.tag.removeprefix(NS):
            case "rect":
                x = float(element.get("x", "0"))
                yield x
                yield x + float(element.get("width", ""))
            case "circle":
                yield float(element.get("cx", ""))
            case "text":
                yield float(element.get("x", ""))
            case "path":
                d = element.get("d", "")
                yield from (float(x) for x in re.findall(r"[MH](-?[\d.]+)", d))
                assert re.sub(r"[MHVhvlmz\d.\s-]", "", d) == ""


def in_beeld(root: ET.Element) -> None:
    """Check that everything lies in the view."""
    width = float(root.get("viewBox", "").split()[2])
    outside = [x for x in xs(root) if not 0 <= x <= width]
    assert outside == []
