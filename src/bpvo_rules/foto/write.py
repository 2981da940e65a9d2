"""A foto as JSON values and as CSV."""

import csv
import io
from typing import Any

import attrs

from bpvo_rules.foto.foto import Aantal, Cel, Foto, Policy
from bpvo_rules.version import RULE_SET_VERSION, __version__

__all__ = ["cells_csv", "to_json"]

_OUTCOMES = ("voldoet", "voldoet_niet", "niet_te_bepalen", "niet_van_toepassing", "totaal")
_PROTECTION = {Policy.NIVEAU: "onbeschermd"}


def _cel(cel: Cel) -> dict[str, Any]:
    counts: dict[str, Any] = {}
    for outcome in _OUTCOMES:
        aantal: Aantal = getattr(cel, outcome)
        counts[outcome] = {"subjects": aantal.subjects, "personen": aantal.personen}
    return {"vraag": cel.vraag, "instelling": str(cel.instelling), "domein": str(cel.domein), **counts}


def to_json(foto: Foto) -> dict[str, Any]:
    """Give a foto as plain JSON values: integers, strings and null."""
    return {
        "format": "bpvo-rules/foto",
        "format_version": 1,
        "library_version": __version__,
        "rule_set_version": RULE_SET_VERSION,
        "peildatum": foto.peildatum.isoformat(),
        "venster_na": foto.na.isoformat(),
        "venster_tot_en_met": foto.peildatum.isoformat(),
        "policy": str(foto.policy),
        "bescherming": _PROTECTION[foto.policy],
        "cellen": [_cel(cel) for cel in foto.cellen],
        "marges": [_cel(cel) for cel in foto.marges],
        "regels": [
            {**attrs.asdict(regel), "instelling": str(regel.instelling), "domein": str(regel.domein)}
            for regel in foto.regels
        ],
    }


def cells_csv(foto: Foto) -> str:
    """Give the cells of a foto as CSV with a header, separated by ``;``."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    columns = [f"{outcome}_{what}" for outcome in _OUTCOMES for what in ("subjects", "personen")]
    writer.writerow(["vraag", "instelling", "domein", *columns])
    for cel in foto.cellen:
        numbers = [number for outcome in _OUTCOMES for number in attrs.astuple(getattr(cel, outcome))]
        writer.writerow([cel.vraag, str(cel.instelling), str(cel.domein), *numbers])
    return out.getvalue()
