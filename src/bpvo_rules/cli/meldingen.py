"""Meldingen and verdicts as files for programs: csv and json."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

import attrs

from bpvo_rules.cli.judging import profile_problems
from bpvo_rules.judge import Evidence, Melding, Result, storingen
from bpvo_rules.judge.catalogue import source_json
from bpvo_rules.periode import Periode
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Kind, Rule, Venster
from bpvo_rules.version import RULE_SET_VERSION, __version__

__all__ = ["check_json", "kinds", "meldingen_csv", "rules_missing", "verdicts_csv", "written_json"]

MELDINGEN = "melding kind question rule subject_type subject brin domein party text evidence repair source".split()
VERDICTS = "question rule subject_type subject outcome reason".split()

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _cell(value: Any) -> str:
    """Write a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv(header: Sequence[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    # The writer only quotes what stands in its own line end, so that must hold both characters.
    ending = "\r\n"
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";", lineterminator=ending)
    for row in chain([header], rows):
        line.seek(0)
        line.truncate()
        writer.writerow([_cell(value) for value in row])
        yield line.getvalue().removesuffix(ending) + "\n"


def meldingen_csv(judgement: Result, say: Say) -> Iterator[str]:
    """Give the meldingen as lines of csv."""
    return _csv(
        MELDINGEN,
        (
            (
                melding.id,
                melding.kind,
                melding.question,
                melding.rule,
                melding.subject_type,
                melding.subject,
                melding.brin,
                melding.domein,
                melding.party,
                say.text(melding.text),
                " | ".join(map(str, melding.evidence)),
                say.text(melding.repair),
                melding.source.title,
            )
            for melding in judgement.meldingen()
        ),
    )


def verdicts_csv(judgement: Result, say: Say) -> Iterator[str]:
    """Give every outcome as a line of csv, in rule order and then by subject."""
    return _csv(
        VERDICTS,
        (
            (
                verdict.question,
                verdict.rule,
                verdict.subject_type,
                verdict.subject,
                verdict.outcome,
                ", ".join(missing.in_lang(say.lang) for missing in verdict.missing),
            )
            for verdict in judgement.verdicts()
        ),
    )


def kinds(meldingen: Iterable[Melding]) -> dict[Kind, int]:
    """Count meldingen per kind; every kind is there, also with 0."""
    found = Counter(melding.kind for melding in meldingen)
    return {kind: found[kind] for kind in Kind}


def rules_missing(judgement: Result, declared: Iterable[Rule]) -> list[Rule]:
    """Give those of some declared rules whose outcomes are not in a judgement."""
    ran = {rule.code for rule in judgement.rules}
    return [rule for rule in declared if rule.code not in ran]


def check_json(judgement: Result, say: Say) -> dict[str, Any]:
    """Give everything that the table says as plain JSON values."""
    meldingen = judgement.meldingen()
    expired, unmatched = profile_problems(judgement)
    ran = {judgement.settings.question_of[rule.code].code for rule in judgement.rules}
    return {
        "format": "bpvo-rules/check",
        "format_version": 1,
        "library_version": __version__,
        "rule_set_version": RULE_SET_VERSION,
        "lang": say.lang,
        "peildatum": judgement.peildatum.isoformat(),
        "kennisdatum": judgement.kennisdatum.isoformat(),
        "perspectief": str(judgement.perspectief),
        "subjects": {subject.name: number for subject, number in judgement.sizes.items()},
        "questions": {
            code: {str(outcome): number for outcome, number in counts.items()}
            for code, counts in judgement.question_counts.items()
            if code in ran and judgement.question(code).number is not None
        },
        "rules": {
            code: {str(outcome): number for outcome, number in counts.items()}
            for code, counts in judgement.counts.items()
        },
        "totals": {
            "meldingen": len(meldingen),
            **{str(kind): number for kind, number in kinds(meldingen).items()},
            "with_toelichting": sum(melding.toelichting is not None for melding in meldingen),
        },
        "meldingen": [_melding(melding, say) for melding in meldingen],
        "storingen": [
            {
                "functie": str(storing.functie),
                "brin": storing.brin or None,
                "van": storing.van.isoformat(),
                "tot_en_met": storing.tot_en_met.isoformat(),
                "metingen": storing.metingen,
            }
            for storing in storingen(judgement)
        ],
        "rules_not_run": [
            {"rule": skipped.rule, "reason": say.text(skipped.reason)} for skipped in judgement.settings.not_run
        ],
        "rules_failed": [attrs.asdict(failure) for failure in judgement.failures],
        "tables_not_looked_up": list(judgement.tabellen_niet_opgezocht),
        "columns_not_looked_up": sorted(f"{table}.{column}" for table, column in judgement.kolommen_niet_opgezocht),
        "invoerfouten": [attrs.asdict(fault) for fault in judgement.invoerfouten],
        "opmerkingen": [attrs.asdict(note) for note in judgement.opmerkingen],
        "norms_to_verify": list(judgement.settings.stale_norms(judgement.peildatum)),
        "toelichtingen_expired": expired,
        "toelichtingen_without_melding": unmatched,
    }


def _melding(melding: Melding, say: Say) -> dict[str, Any]:
    explained = melding.toelichting
    return {
        "melding": melding.id,
        "kind": str(melding.kind),
        "question": melding.question,
        "rule": melding.rule,
        "subject_type": melding.subject_type,
        "subject": melding.subject,
        "brin": melding.brin,
        "domein": melding.domein,
        "party": str(melding.party),
        "text": say.text(melding.text),
        "evidence": [_evidence(evidence, say) for evidence in melding.evidence],
        "repair": say.text(melding.repair),
        "source": source_json(melding.source),
        "toelichting": None
        if explained is None
        else {"reason": explained.reason, "tot_en_met": explained.tot_en_met.isoformat()},
    }


def _evidence(evidence: Evidence, say: Say) -> dict[str, Any]:
    return {"name": evidence.name, "value": _plain(evidence.value), "text": say.text(evidence.text)}


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
        case Venster() | Periode():
            return str(value)
        case str():
            # Codes and enumerations are texts of their own types.
            return str(value)
    return value


def written_json(value: Any) -> Iterator[str]:
    """Give a JSON value as text, piece by piece."""
    yield from json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(value)
    yield "\n"
