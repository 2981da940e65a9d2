"""Verdict and Melding: what came out for one subject, ready to be shown."""

import hashlib
from collections.abc import Mapping
from typing import Any, final

import attrs

from bpvo_rules.codes import Brin
from bpvo_rules.judge.profile import Toelichting
from bpvo_rules.rules import Fact, Kind, Lang, Missing, Outcome, Party, Rule, Source, Text, ValueType, render_value

__all__ = ["Evidence", "Melding", "Verdict", "evidence_of", "melding_id", "plain", "render"]


def melding_id(rule: str, subject_type: str, subject: str) -> str:
    """
    Give the id of a melding: the same for a rule and subject in every run and engine.

    Sixteen hexadecimal digits of SHA-256 over rule code, subject type and key.

    Args:
        rule: The code of the rule.
        subject_type: The name of what it judges, such as ``Bpvo``.
        subject: The key of the subject.

    """
    return hashlib.sha256(f"{rule}\n{subject_type}\n{subject}".encode()).hexdigest()[:16]


@final
@attrs.frozen(kw_only=True)
class Evidence:
    """
    The value of one fact or norm.

    Attributes:
        name: Name of the fact, or id of the norm.
        value: Its value: a day, number, boolean, word, code or tuple of codes; ``None`` is missing.
        text: What it means.

    """

    name: str
    value: Any
    text: Text

    def __str__(self) -> str:
        return f"{self.name}={plain(self.value)}"


def plain(value: Any) -> str:
    """Write a value for a program: days as JJJJ-MM-DD, booleans as ja or nee, missing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return str(value)


def evidence_of(rule: Rule, values: Mapping[Fact, Any], norms: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """Give what a rule read and lists, and the norms behind its terms, without what is only for other facts."""
    shown = [
        Evidence(name=fact.name, value=values[fact], text=fact.text)
        for fact in rule.shows
        if fact.type is not ValueType.INTERNAL and fact.name not in norms
    ]
    used = [Evidence(name=norm.id, value=norms[norm.id], text=norm.text) for norm in rule.norms if norm.id in norms]
    return (*shown, *used)


@final
@attrs.frozen(kw_only=True)
class Verdict:
    """
    What one rule says about one subject.

    Attributes:
        question: Code of the question.
        rule: Code of the rule.
        subject_type: Name of the subject type.
        subject: Key of the subject.
        outcome: One of the four outcomes.
        missing: What was missing, when the outcome is *niet te bepalen*.

    """

    question: str
    rule: str
    subject_type: str
    subject: str
    outcome: Outcome
    missing: tuple[Missing, ...] = ()

    @property
    def reason(self) -> str:
        """What was missing, in Dutch; empty when the outcome was decided."""
        return ", ".join(map(str, self.missing))


@final
@attrs.frozen(kw_only=True)
class Melding:
    """
    A record that needs attention: one rule that one subject does not meet.

    Attributes:
        id: The same in every run and engine.
        kind: What it asks for.
        question: Code of the question.
        rule: Code of the rule.
        subject_type: Name of the subject type.
        subject: Key of the subject.
        brin: The school; ``None`` for a request or measurement without one.
        domein: The opleidingsdomein, ``geen`` or ``onbekend``; ``None`` for a measurement.
        party: Who can repair it.
        text: What is wrong.
        evidence: Every fact and norm that the rule read, and what it lists beside them.
        repair: What makes it right.
        source: The law or document in force on the day on which the term of the rule starts, or else the subject.
        toelichting: The explanation of the caller, when there is a valid one.

    """

    id: str
    kind: Kind
    question: str
    rule: str
    subject_type: str
    subject: str
    brin: Brin | None
    domein: str | None
    party: Party
    text: Text
    evidence: tuple[Evidence, ...]
    repair: Text
    source: Source
    toelichting: Toelichting | None = None


def render(text: Text, values: Mapping[str, Any]) -> Text:
    """Fill the values of facts into a text, in both languages."""

    def filled(template: str, lang: Lang) -> str:
        return template.format_map(_Rendered(values, lang))

    return Text(filled(text.nl, "nl"), filled(text.en, "en"))


class _Rendered(dict[str, str]):
    def __init__(self, values: Mapping[str, Any], lang: Lang) -> None:
        self._values = values
        self._lang: Lang = lang

    def __missing__(self, name: str) -> str:
        return render_value(self._values[name], self._lang)
