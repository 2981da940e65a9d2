"""Counts that every form of a result shows alike."""

from collections import Counter
from collections.abc import Iterable

from bpvo_rules.judge import Melding, Result
from bpvo_rules.rules import Kind, Rule

__all__ = ["kinds", "rules_missing"]


def kinds(meldingen: Iterable[Melding]) -> dict[Kind, int]:
    """Count meldingen per kind; every kind is there, also with 0."""
    found = Counter(melding.kind for melding in meldingen)
    return {kind: found[kind] for kind in Kind}


def rules_missing(judgement: Result, declared: Iterable[Rule]) -> list[Rule]:
    """Give those of some declared rules whose outcomes are not in a judgement."""
    ran = {rule.code for rule in judgement.rules}
    return [rule for rule in declared if rule.code not in ran]
