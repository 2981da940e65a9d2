"""
SARIF 2.1.0: meldingen for programs that show the findings of checkers.

A table has no lines that a judgement knows, so a result points at the table of its subject, and names the subject
as a logical location. There is no time in it: two runs on the same input give the same bytes.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from bpvo_rules.judge import Melding, Result
from bpvo_rules.judge.catalogue import source_json
from bpvo_rules.judge.problems import profile_problems
from bpvo_rules.report.counts import kinds
from bpvo_rules.report.formats.jsontext import evidence_json
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Kind, Question, Rule, Text
from bpvo_rules.version import RULE_SET_VERSION, __version__

__all__ = ["sarif_json"]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Kind.FOUT: "error", Kind.SIGNAAL: "warning", Kind.VRAAG: "note"}
_SOURCE: Final = "SOURCE"
"""Stands for the folder of the source, which is not written down: it would name a machine."""
_FINGERPRINT: Final = "melding/v1"

_NOTIFICATIONS: Final = {
    "rule_failed": Text("Een regel is gestopt met een fout.", "A rule stopped with an error."),
    "rule_not_run": Text("Een regel is niet uitgevoerd.", "A rule did not run."),
    "not_looked_up": Text("Een tabel of kolom is niet opgezocht.", "A table or column was not looked up."),
    "invoerfout": Text("Een rij kon niet worden gelezen.", "A row could not be read."),
    "opmerking": Text("Een opmerking over de bron.", "A remark on the source."),
    "norm_to_verify": Text("De bron van een norm is lang geleden nagekeken.", "A norm was last checked long ago."),
    "toelichting_expired": Text("Een toelichting is verlopen.", "A toelichting has expired."),
    "toelichting_without_melding": Text("Een toelichting heeft geen melding.", "A toelichting has no melding."),
}
_LEVEL_OF_NOTIFICATION: Final = {
    "rule_failed": "error",
    "not_looked_up": "warning",
    "invoerfout": "warning",
    "toelichting_expired": "warning",
}


def sarif_json(judgement: Result, say: Say) -> dict[str, Any]:
    """Give the meldingen as a SARIF log of one run; every melding is in it, one with a toelichting as suppressed."""
    rules = list(_rules(judgement))
    places = {rule.code: place for place, (_, rule, _) in enumerate(rules)}
    meldingen = judgement.meldingen()
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "bpvo-rules",
                        "version": __version__,
                        "language": say.lang,
                        "rules": [_rule(judgement, *declared, say) for declared in rules],
                        "notifications": [
                            {"id": code, "shortDescription": {"text": say.text(text)}}
                            for code, text in _NOTIFICATIONS.items()
                        ],
                        "properties": {"rule_set_version": RULE_SET_VERSION},
                    }
                },
                "invocations": [
                    {
                        "executionSuccessful": not judgement.failures,
                        "toolExecutionNotifications": list(_notifications(judgement, places, say)),
                    }
                ],
                "originalUriBaseIds": {
                    _SOURCE: {"description": {"text": say("De map van de bron.", "The folder of the source.")}}
                },
                "results": [_result(judgement, melding, places, say) for melding in meldingen],
                "columnKind": "unicodeCodePoints",
                "properties": {
                    "peildatum": judgement.peildatum.isoformat(),
                    "kennisdatum": judgement.kennisdatum.isoformat(),
                    "perspectief": str(judgement.perspectief),
                    "subjects": {subject.name: number for subject, number in judgement.sizes.items()},
                    "meldingen": {str(kind): number for kind, number in kinds(meldingen).items()},
                    "outcomes": {
                        code: {str(outcome): number for outcome, number in counts.items()}
                        for code, counts in judgement.counts.items()
                    },
                },
            }
        ],
    }


def _rules(judgement: Result) -> Iterator[tuple[Question, Rule, bool]]:
    """Give every declared rule with its question, graded as in this run, and whether it was to run."""
    chosen = {rule.code: rule for rule in judgement.settings.rules}
    for question in judgement.settings.declared:
        for rule in question.rules:
            yield question, chosen.get(rule.code, rule), rule.code in chosen


def _rule(judgement: Result, question: Question, rule: Rule, enabled: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - one of three that go together
    source = rule.source_on(judgement.peildatum)
    sentence, repair = say.text(rule.sentence), say.text(rule.repair)
    assumed = [say.text(text) for text in rule.assumptions]
    named = f"{say('Bron', 'Source')}: {source.title}."
    return {
        "id": rule.code,
        "shortDescription": {"text": sentence},
        "fullDescription": {"text": " ".join([sentence, *assumed])},
        **({"helpUri": source.url} if source.url else {}),
        "help": {"text": f"{repair} {named}"},
        "defaultConfiguration": {"enabled": enabled, "level": _LEVELS[rule.kind]},
        "properties": {
            "question": question.code,
            "kind": str(rule.kind),
            "party": str(rule.party),
            "version": rule.version,
            "dimension": str(rule.dimension),
            "executability": str(rule.executability),
        },
    }


def _result(judgement: Result, melding: Melding, places: Mapping[str, int], say: Say) -> dict[str, Any]:
    explained = melding.toelichting
    subject = next(s for s in judgement.ran if s.name == melding.subject_type)
    return {
        "ruleId": melding.rule,
        "ruleIndex": places[melding.rule],
        "level": _LEVELS[melding.kind],
        "message": _message(say.text(melding.text)),
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": quote(subject.table), "uriBaseId": _SOURCE}},
                "logicalLocations": [
                    {
                        "name": melding.subject,
                        "fullyQualifiedName": f"{melding.subject_type}:{melding.subject}",
                        "kind": "record",
                    }
                ],
            }
        ],
        "partialFingerprints": {_FINGERPRINT: melding.id},
        # All results have it or none: an empty list says that nobody explained this one.
        "suppressions": []
        if explained is None
        else [
            {
                "kind": "external",
                "status": "accepted",
                "justification": explained.reason,
                "properties": {"tot_en_met": explained.tot_en_met.isoformat()},
            }
        ],
        "properties": {
            "melding": melding.id,
            "kind": str(melding.kind),
            "question": melding.question,
            "subject_type": melding.subject_type,
            "subject": melding.subject,
            "brin": melding.brin,
            "domein": melding.domein,
            "party": str(melding.party),
            "evidence": [evidence_json(evidence, say) for evidence in melding.evidence],
            "repair": say.text(melding.repair),
            "source": source_json(melding.source),
        },
    }


def _message(text: str) -> dict[str, str]:
    """Give a message that says a text as it is: braces stand for an argument, and a bracket can begin a link."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("[", "\\[").replace("]", "\\]")}


def _notification(code: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "descriptor": {"id": code, "index": list(_NOTIFICATIONS).index(code)},
        "level": _LEVEL_OF_NOTIFICATION.get(code, "note"),
        "message": _message(text),
        **more,
    }


def _notifications(judgement: Result, places: Mapping[str, int], say: Say) -> Iterator[dict[str, Any]]:
    def about(code: str) -> dict[str, Any]:
        return {"associatedRule": {"id": code, "index": places[code]}}

    for failure in judgement.failures:
        text = say(f"Regel {failure.rule} is gestopt met een fout", f"Rule {failure.rule} stopped with an error")
        yield _notification("rule_failed", f"{text}: {failure.error}.", **about(failure.rule))
    for skipped in judgement.settings.not_run:
        text = say(f"Regel {skipped.rule} is niet uitgevoerd", f"Rule {skipped.rule} did not run")
        yield _notification("rule_not_run", f"{text}: {say.text(skipped.reason)}.", **about(skipped.rule))
    columns = sorted(f"{table}.{column}" for table, column in judgement.kolommen_niet_opgezocht)
    for name in (*judgement.tabellen_niet_opgezocht, *columns):
        yield _notification("not_looked_up", say(f"Niet opgezocht: {name}.", f"Not looked up: {name}."))
    for fout in judgement.invoerfouten:
        yield _notification(
            "invoerfout",
            str(fout),
            locations=[_place(fout.file, fout.line)],
            properties={"table": fout.table, "column": fout.column, "aantal": fout.aantal},
        )
    for note in judgement.opmerkingen:
        yield _notification("opmerking", note.text, locations=[_place(note.file, 0)], properties={"code": note.code})
    for norm in judgement.settings.stale_norms(judgement.peildatum):
        yield _notification("norm_to_verify", say(f"Kijk norm {norm} na.", f"Verify norm {norm}."))
    expired, unmatched = profile_problems(judgement)
    for code, named in (("toelichting_expired", expired), ("toelichting_without_melding", unmatched)):
        for melding in named:
            yield _notification(code, f"{say.text(_NOTIFICATIONS[code])} ({melding})")


def _place(file: str, line: int) -> dict[str, Any]:
    where: dict[str, Any] = {"artifactLocation": {"uri": quote(file), "uriBaseId": _SOURCE}}
    if line:
        where["region"] = {"startLine": line}
    return {"physicalLocation": where}
