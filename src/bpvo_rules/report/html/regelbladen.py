"""Regelbladen: a page per rule, so that every number in a report leads to what it counts and to the law behind it."""

from collections.abc import Iterator, Sequence
from typing import Any

from bpvo_rules.report.html.bladen import Blad, Zetter
from bpvo_rules.report.wording import executability_word, in_force
from bpvo_rules.rules import Norm, Question, Rule
from bpvo_rules.rules.formal import formula

__all__ = ["norm_values", "regel_bladen", "regel_pad"]


def regel_pad(code: str) -> str:
    """Give where the page of a rule stands in a report."""
    return f"regels/{code}.html"


def norm_values(norm: Norm, zetter: Zetter) -> list[dict[str, Any]]:
    """Give the dated values of a norm for a page, each with its source."""
    return [
        {
            "waarde": str(value.value),
            "van": value.van,
            "bron": value.source,
            "geldig": in_force(value.source, zetter.say),
        }
        for value in norm.values
    ]


def regel_bladen(questions: Sequence[Question], norms: dict[str, Norm], zetter: Zetter) -> Iterator[Blad]:
    """
    Give the page of each rule.

    Args:
        questions: The questions with their rules, as they ran.
        norms: The norms by their id, with the values that were used.
        zetter: Makes the pages.

    """
    for question in questions:
        for rule in question.rules:
            yield _regel_blad(question, rule, norms, zetter)


def _regel_blad(question: Question, rule: Rule, norms: dict[str, Norm], zetter: Zetter) -> Blad:
    say = zetter.say
    return zetter.zet(
        regel_pad(rule.code),
        "regel",
        titel=rule.code,
        vraag=question,
        regel=rule,
        geldt_als=formula(rule.full_scope, say.lang),
        eist=formula(rule.requirement, say.lang),
        normen=[(norms[norm.id], norm_values(norms[norm.id], zetter)) for norm in rule.norms],
        bronnen=[(source, in_force(source, say)) for source in rule.sources],
        uitvoerbaar=executability_word(rule.executability, say),
    )
