"""
Bladen: pages of HTML that open from disk, need nothing beside them and work without script.

Every page holds its own style and script, and a policy by which a browser runs these and nothing else. Every value
that comes into a page is cleaned and escaped, unless it was made as HTML or SVG by this library.
"""

import shutil
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any, Final, final

import attrs

from bpvo_rules.errors import ExistingFileError, ExtraMissingError
from bpvo_rules.keten.collector import collector_paused
from bpvo_rules.report.html.doek import schoon
from bpvo_rules.report.wording import Say, share, whole
from bpvo_rules.rules import render_value
from bpvo_rules.version import RULE_SET_VERSION, __version__

__all__ = ["Blad", "Schakel", "Zetter", "beeld", "is_verslag", "onder", "schrijf_bladen"]

_HERE: Final = "bpvo_rules.report.html"
_MARK: Final = '<meta name="generator" content="bpvo-rules report">'
"""Stands in every page, so that a later report knows what it may write over."""
_HEAD: Final = 1000


@final
@attrs.frozen
class Blad:
    """
    A file of a report.

    Attributes:
        pad: Where it stands in its folder, with ``/`` between the parts.
        tekst: What is in it.

    """

    pad: str
    tekst: str


@final
@attrs.frozen
class Schakel:
    """A link: where it leads, seen from the folder of the report, and what it says."""

    naar: str
    tekst: str


def _source(name: str) -> str:
    return resources.files(_HERE).joinpath("sjablonen", name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@final
@attrs.define(slots=False)
class Zetter:
    """
    Makes pages that belong together.

    Attributes:
        say: The language.
        merk: What the pages are of; stands above each.
        schakels: The pages that every page links to.

    Raises:
        ExtraMissingError: when a page is made without the extra ``report``.

    """

    say: Say
    merk: str
    schakels: Sequence[Schakel] = ()

    def zet(self, pad: str, sjabloon: str, /, *, titel: str, **waarden: Any) -> Blad:
        """Give a page: the template with these values, in the frame that all pages share."""
        up = "../" * pad.count("/")
        template = self._env.get_template(f"{sjabloon}.html")
        return Blad(pad, template.render(titel=titel, merk=self.merk, hier=pad, op=up, **waarden))

    @cached_property
    def _env(self) -> Any:
        try:
            from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - an extra
        except ImportError:
            raise ExtraMissingError("report") from None
        env = Environment(
            loader=PackageLoader(_HERE, "sjablonen"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_cleaned,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        style, script = _source("stijl.css"), _source("script.js")
        env.globals |= {
            "say": self.say,
            "schakels": self.schakels,
            # Written by us, and named by their digest in the policy: nothing else of the kind will do.
            "stijl": _trusted(style),
            "script": _trusted(script),
            "beleid": _trusted(f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}"),
            "merkteken": _trusted(_MARK),
            "versie": f"bpvo-rules {__version__}",
            "regelversie": RULE_SET_VERSION,
        }
        env.filters |= {
            "waarde": lambda value: render_value(value, self.say.lang),
            "getal": lambda number: whole(number, self.say),
            "tekst": self.say.text,
        }
        env.globals["aandeel"] = lambda met, decided: share(met, decided, self.say)
        return env


def _trusted(text: str) -> Any:
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    return Markup(text)  # noqa: S704 - only for what this library wrote itself


def beeld(svg: str) -> Any:
    """Let a picture of this library into a page as it is; its texts were escaped where it was made."""
    return _trusted(svg)


def _cleaned(value: Any) -> Any:
    """Clean a value before it is escaped; what is HTML already was cleaned when it was made."""
    if type(value) is str:
        return schoon(value)
    return value if hasattr(value, "__html__") else schoon(str(value))


# ---- folders


def onder(map_: str, bladen: Iterable[Blad]) -> Iterator[Blad]:
    """Give pages their place in a folder of the report."""
    for blad in bladen:
        yield Blad(f"{map_}/{blad.pad}", blad.tekst)


def is_verslag(folder: Path) -> bool:
    """Say whether a folder holds a report that was made by this library."""
    try:
        with (folder / "index.html").open(encoding="utf-8") as page:
            return _MARK in page.read(_HEAD)
    except (OSError, UnicodeDecodeError):
        return False


def schrijf_bladen(bladen: Iterable[Blad], folder: Path) -> None:
    """
    Write a report whole or not at all, in the place of an earlier one.

    Raises:
        ExistingFileError: when the folder holds anything but an earlier report.

    """
    earlier = folder.is_dir() and is_verslag(folder)
    if not earlier and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExistingFileError(f"{folder.name} is not empty and no earlier report.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    made, old = (folder.with_name(f".{folder.name}.{ending}") for ending in ("part", "old"))
    for path in (made, old):
        shutil.rmtree(path, ignore_errors=True)
    try:
        made.mkdir()
        # The records of the chain stay while the pages are made.
        with collector_paused():
            for blad in bladen:
                path = made / blad.pad
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(blad.tekst, encoding="utf-8", newline="")
        if folder.exists():
            folder.rename(old)
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
