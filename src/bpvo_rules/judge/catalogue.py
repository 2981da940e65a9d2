"""Catalogue: facts, norms, rules and questions in a form that another language can read."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from bpvo_rules.questions import NORMS, QUESTIONS, SUBJECTS
from bpvo_rules.reference import gelijkgestelde_dagen, stagefondslijsten
from bpvo_rules.rules import Fact, Norm, Question, Rule, Source, Text, Venster
from bpvo_rules.rules.fact import input_name
from bpvo_rules.rules.formal import formula, to_json
from bpvo_rules.stagefonds import Stagefondslijst
from bpvo_rules.version import RULE_SET_VERSION, __version__

__all__ = ["catalogue", "catalogue_digest"]


def _text(text: Text | None) -> Any:
    return None if text is None else {"nl": text.nl, "en": text.en}


def _day(day: Any) -> Any:
    return None if day is None else day.isoformat()


def source_json(source: Source) -> dict[str, Any]:
    """Give a source with the days on which it was in force."""
    return {
        "title": source.title,
        "url": source.url,
        "van": _day(source.van),
        "tot_en_met": _day(source.tot_en_met),
    }


def norm_json(norm: Norm) -> dict[str, Any]:
    """Give a norm with its dated values."""
    return {
        "id": norm.id,
        "unit": str(norm.unit),
        "text": _text(norm.text),
        "edge": _text(norm.edge),
        "open": norm.is_open,
        "values": [
            {
                "van": _day(value.van),
                "value": str(value.value) if isinstance(value.value, Venster) else value.value,
                "source": source_json(value.source),
            }
            for value in norm.values
        ],
        "verified_on": _day(norm.verified_on),
        "assumption": _text(norm.assumption),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "name": fact.name,
        "subject": fact.subject.name,
        "type": str(fact.type),
        "unit": fact.unit,
        "text": _text(fact.text),
        "needs": [input_name(term) for term in fact.needs],
        "looked_up": [input_name(term) for term in fact.looked_up],
        "maybe": [input_name(term) for term in fact.maybe],
        "tables": [list(column) for column in fact.tables],
        "uses": [list(column) for column in fact.uses],
        "attribute": fact.attribute,
        "norm": None if fact.norm is None else fact.norm.id,
    }


def rule_json(question: Question, rule: Rule) -> dict[str, Any]:
    """Give a rule with its conditions, as terms and as formulas."""
    return {
        "code": rule.code,
        "version": rule.version,
        "question": question.code,
        "subject": rule.subject.name,
        "kind": str(rule.kind),
        "party": str(rule.party),
        "scope": to_json(rule.full_scope),
        "requirement": to_json(rule.requirement),
        "formula": {
            lang: {"scope": formula(rule.full_scope, lang), "requirement": formula(rule.requirement, lang)}
            for lang in ("nl", "en")
        },
        "reads": [fact.name for fact in rule.reads],
        "shows": [fact.name for fact in rule.shows],
        "norms": [norm.id for norm in rule.norms],
        "sources": [source_json(source) for source in rule.sources],
        "sentence": _text(rule.sentence),
        "melding": _text(rule.melding),
        "repair": _text(rule.repair),
        "dimension": str(rule.dimension),
        "executability": str(rule.executability),
        "assumptions": [_text(assumption) for assumption in rule.assumptions],
        "geldig_van": _day(rule.geldig_van),
        "geldig_tot_en_met": _day(rule.geldig_tot_en_met),
    }


def _lijst(lijst: Stagefondslijst) -> dict[str, Any]:
    return {
        "van": _day(lijst.van),
        "regels": [
            {
                "leerweg": str(regel.leerweg),
                "opleidingcode": str(regel.opleidingcode),
                "niveau": regel.niveau,
                "categorie": str(regel.categorie),
            }
            for regel in lijst.regels
        ],
        "tweede_erkenning": {
            code: sorted(codes) for code in sorted(lijst.codes) if (codes := lijst.tweede_erkenningen(code))
        },
    }


def catalogue(questions: Sequence[Question] = QUESTIONS) -> dict[str, Any]:
    """
    Give the whole catalogue as plain JSON values.

    Conditions are ``{"op": ..., "args": [...]}`` over ``{"fact": name}``,
    ``{"value": constant}``, ``{"day": "JJJJ-MM-DD"}`` and the two dates of a run.
    Under ``reference`` stand the dated data that facts are computed with and no
    table holds: days without werkdag by decree, and the lists of Stagefonds.

    Args:
        questions: The questions, ours by default; the norms of others stand behind ours.

    """
    norms = dict.fromkeys((*NORMS, *(norm for question in questions for rule in question.rules for norm in rule.norms)))
    return {
        "format": "bpvo-rules/catalogue",
        "format_version": 1,
        "library_version": __version__,
        "rule_set_version": RULE_SET_VERSION,
        "outcomes": ["voldoet", "voldoet_niet", "niet_te_bepalen", "niet_van_toepassing"],
        "subjects": [
            {"name": subject.name, "table": subject.table, "start_day": subject.start_day.fact.name}
            for subject in SUBJECTS
        ],
        "facts": [_fact(fact) for subject in SUBJECTS for fact in subject.facts],
        "norms": [norm_json(norm) for norm in norms],
        "reference": {
            "gelijkgestelde_dagen": [_day(dag) for dag in sorted(gelijkgestelde_dagen())],
            "stagefondslijsten": [_lijst(lijst) for lijst in stagefondslijsten()],
        },
        "questions": [
            {
                "code": question.code,
                "number": question.number,
                "title": _text(question.title),
                "subject": question.subject.name,
                "rules": [rule_json(question, rule) for rule in question.rules],
            }
            for question in questions
        ],
    }


def catalogue_digest(questions: Sequence[Question] = QUESTIONS) -> str:
    """Give the SHA-256 of the catalogue: another digest means other declarations."""
    text = json.dumps(catalogue(questions), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
