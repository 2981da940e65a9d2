"""Receipt: what a result rests on, so that anyone can tell how it came about."""

from typing import Any

import attrs

from bpvo_rules.judge.catalogue import catalogue_digest, source_json
from bpvo_rules.judge.result import Result
from bpvo_rules.keten.invoerfout import count_per_table
from bpvo_rules.rules import Venster
from bpvo_rules.version import RULE_SET_VERSION, __version__

__all__ = ["receipt"]


def receipt(judgement: Result) -> dict[str, Any]:
    """
    Give the receipt of a judgement as plain JSON values.

    Two judgements of the same input with the same settings have the same
    receipt, whatever the order of the input. It holds counts and no records.
    """
    settings = judgement.settings
    meldingen = judgement.meldingen()
    return {
        "format": "bpvo-rules/receipt",
        "format_version": 1,
        "library_version": __version__,
        "rule_set_version": RULE_SET_VERSION,
        "rule_set_digest": catalogue_digest(settings.declared),
        "rule_sets": [attrs.asdict(rule_set) for rule_set in settings.rule_sets],
        "engine": dict(judgement.engine),
        "peildatum": judgement.peildatum.isoformat(),
        "kennisdatum": judgement.kennisdatum.isoformat(),
        "perspectief": str(judgement.perspectief),
        "input_digest": judgement.input_digest,
        "norms": _norms(judgement),
        "norms_to_verify": list(settings.stale_norms(judgement.peildatum)),
        "stagefondslijsten": [lijst.van.isoformat() for lijst in settings.stagefondslijsten],
        "days_equated_with_holidays": sorted(dag.isoformat() for dag in settings.kalender.gelijkgesteld),
        "profile": _profile(judgement),
        "rules_not_run": [{"rule": n.rule, "reason": {"nl": n.reason.nl, "en": n.reason.en}} for n in settings.not_run],
        "rules_failed": [{"rule": f.rule, "error": f.error} for f in judgement.failures],
        "tables_not_looked_up": list(judgement.tabellen_niet_opgezocht),
        "columns_not_looked_up": sorted(f"{table}.{column}" for table, column in judgement.kolommen_niet_opgezocht),
        "invoerfouten": count_per_table(judgement.invoerfouten),
        "opmerkingen": sorted({f"{o.code}: {o.text}" for o in judgement.opmerkingen}),
        "subjects": {subject.name: number for subject, number in judgement.sizes.items()},
        "bpvos_without_begindatum": judgement.bpvos_without_begindatum,
        "questions": {
            code: {str(outcome): number for outcome, number in counts.items()}
            for code, counts in judgement.question_counts.items()
            if judgement.question(code).number is not None
        },
        "rules": {
            code: {str(outcome): number for outcome, number in counts.items()}
            for code, counts in judgement.counts.items()
        },
        "meldingen": {
            "total": len(meldingen),
            "with_toelichting": sum(m.toelichting is not None for m in meldingen),
        },
    }


def _norms(judgement: Result) -> list[dict[str, Any]]:
    used = dict.fromkeys(norm.id for rule in judgement.rules for norm in rule.norms)
    norms = [judgement.settings.norms[name] for name in used]
    return [
        {
            "id": norm.id,
            "unit": str(norm.unit),
            "given": norm.id in judgement.settings.given,
            "values": [
                {
                    "van": None if value.van is None else value.van.isoformat(),
                    "value": str(value.value) if isinstance(value.value, Venster) else value.value,
                    "source": source_json(value.source),
                }
                for value in norm.values
            ],
            # Nobody checked a value of the caller against a source.
            "verified_on": None if norm.id in judgement.settings.given else norm.verified_on.isoformat(),
        }
        for norm in norms
    ]


def _profile(judgement: Result) -> dict[str, Any] | None:
    profile = judgement.settings.profile
    if profile is None:
        return None
    there = {melding.id for melding in judgement.meldingen()}
    day = judgement.peildatum
    return {
        "naam": profile.naam,
        "datum": profile.datum.isoformat(),
        "norms": [{"norm": s.norm, "value": str(s.value), "reason": s.reason} for s in profile.norms],
        "kinds": [{"rule": s.rule, "kind": str(s.kind), "reason": s.reason} for s in profile.kinds],
        "off": [{"rule": s.rule, "reason": s.reason} for s in profile.off],
        "toelichtingen": len(profile.toelichtingen),
        "toelichtingen_expired": sorted(t.melding for t in profile.toelichtingen if t.tot_en_met < day),
        "toelichtingen_without_melding": sorted(t.melding for t in profile.toelichtingen if t.melding not in there),
    }
