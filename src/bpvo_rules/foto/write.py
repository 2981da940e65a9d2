"""A foto as JSON values and as CSV."""

import csv
import io
from typing import Any

from bpvo_rules.foto.foto import Aantal, Cel, Foto, Getal, Policy
from bpvo_rules.version import RULE_SET_VERSION, __version__

__all__ = ["cells_csv", "to_json"]

_OUTCOMES = ("voldoet", "voldoet_niet", "niet_te_bepalen", "niet_van_toepassing", "totaal")
_PUBLIC = ("voldoet_niet", "beslist", "niet_te_bepalen")
_PROTECTION = {
    Policy.NIVEAU: "onbeschermd",
    Policy.MIDPUNT6: "afgerond op het midden van klassen van zes",
    Policy.ONDERDRUK: "kleine aantallen weggelaten",
}


def _outcomes(foto: Foto) -> tuple[str, ...]:
    return _PUBLIC if foto.policy.protects else _OUTCOMES


def _getal(getal: Getal) -> dict[str, Any]:
    return {"waarde": getal.waarde, "status": str(getal.status)}


def _cel(cel: Cel, foto: Foto) -> dict[str, Any]:
    counts: dict[str, Any] = {}
    for outcome in _outcomes(foto):
        aantal: Aantal = getattr(cel, outcome)
        if foto.policy.protects:
            counts[outcome] = _getal(aantal.subjects)
        else:
            personen = None if aantal.personen is None else aantal.personen.waarde
            counts[outcome] = {"subjects": aantal.subjects.waarde, "personen": personen}
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
        "cellen": [_cel(cel, foto) for cel in foto.cellen],
        "marges": [_cel(cel, foto) for cel in foto.marges],
        "regels": [
            {
                "vraag": regel.vraag,
                "regel": regel.regel,
                "instelling": str(regel.instelling),
                "domein": str(regel.domein),
                "voldoet_niet": _getal(regel.voldoet_niet) if foto.policy.protects else regel.voldoet_niet.waarde,
            }
            for regel in foto.regels
        ],
    }


def cells_csv(foto: Foto) -> str:
    """Give the cells of a foto as CSV with a header, separated by ``;``; what is withheld is empty."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    outcomes = _outcomes(foto)
    pieces = ("waarde", "status") if foto.policy.protects else ("subjects", "personen")
    writer.writerow(
        ["vraag", "instelling", "domein", *(f"{outcome}_{piece}" for outcome in outcomes for piece in pieces)]
    )
    for cel in foto.cellen:
        counts = _cel(cel, foto)
        numbers = [counts[outcome][piece] for outcome in outcomes for piece in pieces]
        writer.writerow([cel.vraag, str(cel.instelling), str(cel.domein), *numbers])
    return out.getvalue()
