"""JSON as text, piece by piece, and the values of a judgement as plain JSON values."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from bpvo_rules.judge import Evidence, Result
from bpvo_rules.periode import Periode
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Venster
from bpvo_rules.version import RULE_SET_VERSION, __version__

__all__ = ["evidence_json", "heading_json", "plain_json", "written_json"]

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def plain_json(value: Any) -> Any:
    """Give the value of a fact or norm as JSON: days as JJJJ-MM-DD, several codes as a list, ``None`` is missing."""
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return [plain_json(item) for item in value]
        case Venster() | Periode():
            return str(value)
        case str():
            # Codes and enumerations are texts of their own types.
            return str(value)
    return value


def evidence_json(evidence: Evidence, say: Say) -> dict[str, Any]:
    """Give the value of one fact or norm with its name and what it means."""
    return {"name": evidence.name, "value": plain_json(evidence.value), "text": say.text(evidence.text)}


def written_json(value: Any) -> Iterator[str]:
    """Give a JSON value as text, piece by piece; half a surrogate pair is escaped, so that it can be written."""
    for piece in json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(value):
        yield _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", piece)
    yield "\n"


def heading_json(name: str, judgement: Result, say: Say) -> dict[str, Any]:
    """Give the keys that every document of ours about a judgement begins with."""
    return {
        "format": f"bpvo-rules/{name}",
        "format_version": 1,
        "library_version": __version__,
        "rule_set_version": RULE_SET_VERSION,
        "lang": say.lang,
        "peildatum": judgement.peildatum.isoformat(),
        "kennisdatum": judgement.kennisdatum.isoformat(),
        "perspectief": str(judgement.perspectief),
    }
