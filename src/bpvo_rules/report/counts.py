"""Counts that every form of a result shows alike."""

from collections import Counter
from collections.abc import Iterable
from enum import Enum, auto
from typing import final

from bpvo_rules.judge import Melding, Result
from bpvo_rules.rules import Kind, Question, Rule

__all__ = ["Judged", "by_rule", "judged", "kinds", "rules_missing"]


@final
class Judged(Enum):
    """How far a question was judged: its table not looked up, no rule of its score run, some of them, or all."""

    NOT_LOOKED_UP = auto()
    NOT = auto()
    PARTLY = auto()
    WHOLLY = auto()


def judged(judgement: Result, question: Question) -> Judged:
    """Say how far a declared question was judged; only the rules that decide its score matter."""
    if question.subject.table in judgement.tabellen_niet_opgezocht:
        return Judged.NOT_LOOKED_UP
    counting = [rule for rule in question.rules if _counts(judgement, question, rule)]
    missing = rules_missing(judgement, counting)
    if len(missing) == len(counting):
        return Judged.NOT
    return Judged.PARTLY if missing else Judged.WHOLLY


def _counts(judgement: Result, question: Question, rule: Rule) -> bool:
    """Say whether a declared rule counts in the score: with the kind that the profile gives it."""
    profile = judgement.settings.profile
    kind = {} if profile is None else {setting.rule: setting.kind for setting in profile.kinds}
    return rule.subject is question.subject and kind.get(rule.code, rule.kind) is Kind.FOUT


def kinds(meldingen: Iterable[Melding]) -> dict[Kind, int]:
    """Count meldingen per kind; every kind is there, also with 0."""
    found = Counter(melding.kind for melding in meldingen)
    return {kind: found[kind] for kind in Kind}


def by_rule(meldingen: Iterable[Melding]) -> dict[str, list[Melding]]:
    """Group meldingen by the code of their rule; rules without any are not there."""
    found: dict[str, list[Melding]] = {}
    for melding in meldingen:
        found.setdefault(melding.rule, []).append(melding)
    return found


def rules_missing(judgement: Result, declared: Iterable[Rule]) -> list[Rule]:
    """Give those of some declared rules whose outcomes are not in a judgement."""
    ran = {rule.code for rule in judgement.rules}
    return [rule for rule in declared if rule.code not in ran]
