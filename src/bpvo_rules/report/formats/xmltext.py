"""XML as text: elements with attributes, whatever characters the values have."""

import re
from collections.abc import Mapping
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

__all__ = ["closed", "opened", "xml_text"]

# What XML 1.0 allows in a document; everything else cannot be written in it in any way.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _allowed(value: Any) -> str:
    return _FORBIDDEN.sub("\ufffd", str(value))


def xml_text(value: Any) -> str:
    """Give a value as the text of an element; what XML cannot hold becomes a replacement mark."""
    return escape(_allowed(value), {"\r": "&#13;"})


def opened(name: str, attributes: Mapping[str, Any], *, empty: bool = False) -> str:
    """Give the opening tag of an element, or the whole of an empty one."""
    written = "".join(f" {key}={quoteattr(_allowed(value))}" for key, value in attributes.items())
    return f"<{name}{written}{'/' if empty else ''}>"


def closed(name: str, attributes: Mapping[str, Any], text: str) -> str:
    """Give an element with its attributes and text."""
    return f"{opened(name, attributes)}{xml_text(text)}</{name}>"
