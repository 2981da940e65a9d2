"""The chains of chance reach every condition of every rule, on each side of it, and every reason for not knowing."""

from collections.abc import Iterator

from tests.judge.werelden import JUDGE, judged

from bpvo_rules.rules import Absence, Term
from bpvo_rules.rules.kleene import evaluate
from bpvo_rules.rules.term import ALWAYS, CONDITIONS, OPS
from bpvo_rules.testing.worlds import seeded_world

CHAINS = 1500
"""At most so many are tried."""

ALWAYS_KNOWN = {
    "in_venster": "every moment lies in the window or not",
    "gelukt": "it is required",
    "eq(soort, const('wijziging'))": "it is required",
    "eq(soort, const('nieuw'))": "it is required",
    "ge(dagtekening, const(datetime.date(2015, 8, 1)))": "it is required",
}
"""Conditions that can never be unknown, each with the reason."""

NEVER_FALSE = {"in_venster": "the window is always open when the caller gives no other"}
"""Conditions that chains without a window of the caller cannot make false."""

REASONS = set(Absence) - {Absence.NO_ANSWER}
"""Only a register that is asked about one BPVO can be silent; a chain has its tables or has them not."""


def conditions(term: Term) -> Iterator[Term]:
    """Give every condition within a condition, and itself."""
    if term.is_condition and term is not ALWAYS:
        yield term
    if term.op in CONDITIONS:
        for part in term.args:
            if isinstance(part, Term):
                yield from conditions(part)


def test_every_condition_is_true_false_and_unknown_for_some_subject() -> None:
    """By the plain reading; what can never be unknown is named, and is never unknown."""
    nodes = {
        rule: list(dict.fromkeys([*conditions(rule.full_scope), *conditions(rule.requirement)]))
        for rule in JUDGE.settings.rules
    }
    missing = {
        (rule.code, repr(term)): {True, False, None}
        - ({None} if repr(term) in ALWAYS_KNOWN else set())
        - ({False} if repr(term) in NEVER_FALSE else set())
        for rule, terms in nodes.items()
        for term in terms
    }
    reasons: set[Absence] = set()
    for seed in range(CHAINS):
        judgement = judged(seeded_world(seed))
        for part in judgement.parts.values():
            for index in range(min(3, len(part.subjects))):
                facts = judgement._facts(part, index)
                for rule in part.program.rules:
                    for term in nodes[rule]:
                        value, why = evaluate(term, facts)
                        missing[rule.code, repr(term)].discard(value)
                        reasons.update(one.absence for one in why)
                        assert value is not None or repr(term) not in ALWAYS_KNOWN
        if not any(missing.values()) and reasons == REASONS:
            break

    assert {node: values for node, values in missing.items() if values} == {}
    assert reasons == REASONS


def test_every_operation_of_the_vocabulary_is_in_a_rule() -> None:
    used = set()

    def walk(term: Term) -> None:
        used.add(term.op)
        for part in term.args:
            if isinstance(part, Term):
                walk(part)

    for rule in JUDGE.settings.rules:
        walk(rule.full_scope)
        walk(rule.requirement)
    # A rule that goes by the kennisdatum asks for it in on_time, not by its name.
    assert used | {"kennisdatum"} == set(OPS)
