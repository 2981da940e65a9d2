"""A foto as JSON values and as CSV."""

import csv
import io
from collections.abc import Mapping
from typing import Any, Final

from bpvo_rules.foto.bestand import Fotobestand, RegelOpFoto
from bpvo_rules.foto.foto import Aantal, Cel, Foto, Getal, Plaats, Policy
from bpvo_rules.questions import NORMS, QUESTIONS
from bpvo_rules.rules import Kind, Question, Venster

__all__ = ["FORMAT", "FORMAT_VERSION", "MARK", "beleid", "cells_csv", "columns", "document", "to_json"]

FORMAT: Final = "bpvo-rules/foto"
FORMAT_VERSION: Final = 1
MARK: Final = "[g]"
"""What stands where a number is withheld, for a reader; JSON has null there."""

_OUTCOMES: Final = ("voldoet", "voldoet_niet", "niet_te_bepalen", "niet_van_toepassing", "totaal")
_PUBLIC: Final = ("voldoet_niet", "beslist", "niet_te_bepalen")
_PROTECTION: Final = {
    Policy.NIVEAU: "onbeschermd",
    Policy.MIDPUNT6: "afgerond op het midden van klassen van zes",
    Policy.ONDERDRUK: "kleine aantallen weggelaten",
}
_PER_MILLE: Final = 1000


def beleid(foto: Foto) -> dict[str, Any]:
    """Give how a foto is protected: the policy in words, its drempels in persons and the width of its classes."""
    found: dict[str, int] = {}
    if foto.policy.protects:
        found = {"drempel": foto.drempels.personen, "drempel_beslist": foto.drempels.beslist}
    if foto.policy is Policy.MIDPUNT6:
        found["klasse"] = 6
    return {"policy": str(foto.policy), "bescherming": _PROTECTION[foto.policy], "drempels": found}


def _outcomes(policy: Policy) -> tuple[str, ...]:
    return _PUBLIC if policy.protects else _OUTCOMES


def _getal(getal: Getal) -> dict[str, Any]:
    return {"waarde": getal.waarde, "status": str(getal.status)}


def _aantal(aantal: Aantal, policy: Policy) -> dict[str, Any]:
    found = _getal(aantal.subjects)
    if not policy.protects:
        found["personen"] = None if aantal.personen is None else aantal.personen.waarde
    return found


def _cel(cel: Cel, policy: Policy) -> dict[str, Any]:
    counts = {outcome: _aantal(getattr(cel, outcome), policy) for outcome in _outcomes(policy)}
    if not policy.protects:
        # What is decided follows from the rest; readers of any policy find it in the same place.
        counts["beslist"] = _aantal(cel.beslist, policy)
    return {"vraag": str(cel.vraag), "instelling": str(cel.instelling), "domein": str(cel.domein), **counts}


def to_json(foto: Foto) -> dict[str, Any]:
    """Give the counts of a foto as plain JSON values: integers, strings and null."""
    return {
        "peildatum": foto.peildatum.isoformat(),
        "kennisdatum": foto.peildatum.isoformat(),
        "venster_na": foto.na.isoformat(),
        "venster_tot_en_met": foto.peildatum.isoformat(),
        **beleid(foto),
        "cellen": [_cel(cel, foto.policy) for cel in foto.cellen],
        "marges": [_cel(cel, foto.policy) for cel in foto.marges],
        "regels": [
            {
                "vraag": str(regel.vraag),
                "regel": str(regel.regel),
                "instelling": str(regel.instelling),
                "domein": str(regel.domein),
                "voldoet_niet": _getal(regel.voldoet_niet),
            }
            for regel in foto.regels
        ],
    }


def document(bestand: Fotobestand) -> dict[str, Any]:
    """Give everything that stands in ``foto.json``, as plain JSON values."""
    vervangt = bestand.vervangt
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "foto_id": str(bestand.id),
        "gemaakt_op": bestand.gemaakt_op.isoformat(),
        "library_version": str(bestand.library_version),
        "rule_set_version": str(bestand.rule_set_version),
        "rule_set_digest": str(bestand.rule_set_digest),
        "vorige": None if bestand.vorige is None else str(bestand.vorige),
        "vervangt": None
        if vervangt is None
        else {"foto_id": str(vervangt.foto), "digest": str(vervangt.digest), "reden": str(vervangt.reden)},
        "norms": _norms(bestand),
        "questions": _questions(bestand),
        "rules_not_run": [{"regel": str(one.regel), "reden": str(one.reden)} for one in bestand.niet_uitgevoerd],
        **to_json(bestand.foto),
    }


def _norms(bestand: Fotobestand) -> list[dict[str, Any]]:
    declared = {norm.id: norm for norm in NORMS}
    found = []
    for norm in bestand.norms:
        about = declared[norm.id]
        # An assumption of ours is none when the maker of the foto chose the value.
        own = about.assumption if norm.herkomst == "bibliotheek" else None
        found.append(
            {
                "id": str(norm.id),
                "eenheid": str(about.unit),
                "tekst": about.text.nl,
                "waarden": [
                    {
                        "van": None if one.van is None else one.van.isoformat(),
                        "waarde": str(one.waarde) if isinstance(one.waarde, Venster) else one.waarde,
                    }
                    for one in norm.waarden
                ],
                "herkomst": str(norm.herkomst),
                "aanname": None if own is None else own.nl,
            }
        )
    return found


def _questions(bestand: Fotobestand) -> list[dict[str, Any]]:
    ran = {str(one.regel): one for one in bestand.regels}
    return [
        {
            "vraag": question.code,
            "nummer": question.number,
            "titel": question.title.nl,
            "niet_te_bepalen_promille": _undecided(bestand.foto, question.code),
            "aannames": _assumptions(question, ran),
            "regels": [
                {
                    "regel": rule.code,
                    "versie": rule.version,
                    "kind": str(ran[rule.code].kind),
                    "uitvoerbaarheid": str(rule.executability),
                    "zin": rule.sentence.nl,
                }
                for rule in question.rules
                if rule.code in ran
            ],
        }
        for question in QUESTIONS
        if question.number is not None
    ]


def _assumptions(question: Question, ran: Mapping[str, RegelOpFoto]) -> list[str]:
    """Give what was chosen where a source leaves it open, for the rules that decide and those that do not."""
    rules = [rule for rule in question.rules if rule.code in ran]
    deciding = [rule for rule in rules if ran[rule.code].kind is Kind.FOUT]
    ordered = [*deciding, *(rule for rule in rules if rule not in deciding)]
    return list(dict.fromkeys(text.nl for rule in ordered for text in rule.assumptions))


def _undecided(foto: Foto, question: str) -> int | None:
    """Give the share of *niet te bepalen* in the country, in thousandths, from numbers in the foto only."""
    for cel in foto.marges:
        if cel.vraag == question and cel.instelling is Plaats.ALLE and cel.domein is Plaats.ALLE:
            unknown, decided = cel.niet_te_bepalen.subjects.waarde, cel.beslist.subjects.waarde
            if unknown is None or decided is None or unknown + decided == 0:
                return None
            return (2 * _PER_MILLE * unknown + unknown + decided) // (2 * (unknown + decided))
    return None


def columns(policy: Policy) -> tuple[tuple[str, str, str], ...]:
    """Give the columns of numbers in ``cellen.csv``: name, which count, and which piece of it."""
    pieces = (("waarde", "status") if policy.protects else ("subjects", "personen"),)
    return tuple((f"{outcome}_{piece}", outcome, piece) for outcome in _outcomes(policy) for piece in pieces[0])


def cells_csv(foto: Foto) -> str:
    """Give the cells of a foto as CSV with a header, separated by ``;``; ``[g]`` where a number is withheld."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    names = columns(foto.policy)
    writer.writerow(["vraag", "instelling", "domein", *(name for name, _, _ in names)])
    for cel in foto.cellen:
        counts = _cel(cel, foto.policy)
        numbers: list[Any] = []
        for _, outcome, piece in names:
            value = counts[outcome]["waarde" if piece == "subjects" else piece]
            numbers.append(MARK if value is None and piece != "personen" else value)
        writer.writerow([cel.vraag, str(cel.instelling), str(cel.domein), *numbers])
    return out.getvalue()
