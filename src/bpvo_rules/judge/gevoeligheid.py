"""Gevoeligheid: how many outcomes change when a norm gets another value."""

from collections import Counter
from typing import Any, final

import attrs

from bpvo_rules.judge.judge import Judge
from bpvo_rules.judge.settings import make_settings
from bpvo_rules.keten import Keten
from bpvo_rules.rules import Outcome, Venster

__all__ = ["Flips", "gevoeligheid"]


@final
@attrs.frozen(kw_only=True)
class Flips:
    """
    Outcomes of one rule that differ between two values of a norm.

    Attributes:
        rule: Code of the rule.
        before: Outcome with the first value.
        after: Outcome with the second value.
        subjects: Number of subjects for which that is so, at least 1.

    """

    rule: str
    before: Outcome
    after: Outcome
    subjects: int


def gevoeligheid(
    keten: Keten, norm: str, first: int | str | Venster, second: int | str | Venster, **run: Any
) -> tuple[Flips, ...]:
    """
    Count which outcomes flip between two values of a norm, per rule that reads it.

    Args:
        keten: The tables.
        norm: Id of the norm.
        first: One value, in its unit.
        second: The other value.
        run: What :meth:`Judge.keten` takes: at least ``peildatum``.

    Raises:
        DeclarationError: for an unknown norm.
        NormError: for a value that does not fit it.

    """
    settings = make_settings(norms={norm: first})
    reading = [rule.code for rule in settings.rules if any(n.id == norm for n in rule.norms)]
    before, after = (
        Judge(make_settings(norms={norm: value}, only_rules=reading)).keten(keten, **run) for value in (first, second)
    )
    flips: Counter[tuple[str, Outcome, Outcome]] = Counter()
    for code in reading:
        pairs = zip(before.outcomes(code).values(), after.outcomes(code).values(), strict=True)
        flips.update((code, a, b) for a, b in pairs if a is not b)
    return tuple(Flips(rule=rule, before=a, after=b, subjects=number) for (rule, a, b), number in sorted(flips.items()))
