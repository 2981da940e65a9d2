"""A judgement as one JSON document, of the shape of ``check.schema.json``."""

from typing import Any

import attrs

from bpvo_rules.judge import Melding, Result, storingen
from bpvo_rules.judge.catalogue import source_json
from bpvo_rules.judge.problems import profile_problems
from bpvo_rules.report.counts import kinds
from bpvo_rules.report.formats.jsontext import evidence_json, heading_json
from bpvo_rules.report.wording import Say

__all__ = ["check_json"]


def check_json(judgement: Result, say: Say) -> dict[str, Any]:
    """Give everything that the table says as plain JSON values."""
    meldingen = judgement.meldingen()
    expired, unmatched = profile_problems(judgement)
    ran = {judgement.settings.question_of[rule.code].code for rule in judgement.rules}
    return {
        **heading_json("check", judgement, say),
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
        "evidence": [evidence_json(evidence, say) for evidence in melding.evidence],
        "repair": say.text(melding.repair),
        "source": source_json(melding.source),
        "toelichting": None
        if explained is None
        else {"reason": explained.reason, "tot_en_met": explained.tot_en_met.isoformat()},
    }
