"""
Why outcomes cannot be determined, for a great many subjects at once.

A reason depends on which facts are missing and on which of the conditions of a
rule are true, false or unknown; nothing else. Subjects that agree in those have
the same reason, and there are few different ones. So one subject of each kind
is fetched, and the reference says its reason.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import narwhals.stable.v2 as nw

from bpvo_rules.frames.compile import Conditions
from bpvo_rules.rules import Missing, Rule, Term
from bpvo_rules.rules.term import CONDITIONS

__all__ = ["SIGNATURE", "Reasons", "atoms", "signature"]

SIGNATURE: Final = "_signature"

Reasons = Mapping[str, tuple[Missing, ...]]
"""What is missing, per signature."""

_JOINING: Final = frozenset({"and", "or", "not"})


def atoms(rule: Rule) -> list[Term]:
    """Give the conditions that a rule is made of, each of which is true, false or unknown by itself."""
    found: dict[str, Term] = {}

    def visit(term: Term) -> None:
        if term.op in _JOINING:
            for arg in term.args:
                visit(arg)
        elif term.op in CONDITIONS or term.op == "fact":
            found[repr(term)] = term

    visit(rule.full_scope)
    visit(rule.requirement)
    return list(found.values())


def signature(conditions: Conditions, rule: Rule, columns: Sequence[str]) -> Any:
    """
    Give what a reason depends on, as one text per subject.

    Args:
        conditions: What makes expressions of conditions.
        rule: The rule.
        columns: The columns of facts that may be missing.

    """
    known = [conditions.truth(term) for term in atoms(rule)]
    empty = [nw.when(nw.col(name).is_null()).then(nw.lit(1)).otherwise(nw.lit(0)) for name in columns]
    return nw.concat_str(*(part.cast(nw.String) for part in (*known, *empty)), separator="")
