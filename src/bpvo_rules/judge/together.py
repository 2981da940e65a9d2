"""What only shows when all questions of a judgement are seen together: names that are taken, and what nothing reads."""

from collections.abc import Iterable, Sequence
from functools import cache

from bpvo_rules.errors import DeclarationError
from bpvo_rules.model import TABLES
from bpvo_rules.questions import NORMS, SUBJECTS
from bpvo_rules.questions.subjects import ANDERE_BPVOS
from bpvo_rules.rules import Fact, Norm, Question, Rule

__all__ = ["check_together"]


def check_together(questions: Sequence[Question]) -> None:
    """
    Hold questions to what can be judged in one go.

    Raises:
        DeclarationError: for what cannot, in one sentence that names it and says what to do.

    """
    if not isinstance(questions, (tuple, list)) or not all(isinstance(one, Question) for one in questions):
        raise DeclarationError("questions must be a sequence of Question: (*QUESTIONS, *yours).")
    _no_twice("question", "code", [question.code for question in questions])
    _no_twice("question", "number", [q.number for q in questions if q.number is not None])
    rules = [rule for question in questions for rule in question.rules]
    _no_twice("rule", "code", [rule.code for rule in rules])
    _no_twice("rule", "signaalcode", [rule.signaalcode for rule in rules if rule.signaalcode is not None])
    for question in questions:
        if not question.rules:
            raise DeclarationError(f"Question {question.code} has no rules; give it one, or leave it out.")
    norms = {norm.id: norm for norm in NORMS}
    facts = {fact.name: fact for subject in SUBJECTS for fact in subject.facts}
    for rule in rules:
        _check_rule(rule, facts)
        for norm in rule.norms:
            _check_norm(rule, norm, norms.setdefault(norm.id, norm), facts.get(norm.id))


def _no_twice(what: str, attribute: str, given: Sequence[object]) -> None:
    twice = next((one for one in given if given.count(one) > 1), None)
    if twice is not None:
        raise DeclarationError(f"Two {what}s have the same {attribute}: {twice}. Give yours another.")


def _check_rule(rule: Rule, facts: Iterable[str]) -> None:
    if rule.subject not in SUBJECTS:
        judged = ", ".join(subject.name for subject in SUBJECTS)
        raise DeclarationError(
            f"Rule {rule.code} is about {rule.subject.name}, which is not judged; use one of the subjects of"
            f" bpvo_rules.questions: {judged}."
        )
    if rule.code in facts:
        raise DeclarationError(f"Rule {rule.code} has the name of a fact; give it another code.")
    if any(rule.code == norm.id for norm in (*NORMS, *rule.norms)):
        raise DeclarationError(f"Rule {rule.code} has the name of a norm; give it another code.")
    for fact in rule.tells:
        strange = _strange_column(fact)
        if strange is not None:
            raise DeclarationError(
                f"Rule {rule.code} goes by fact {fact.name}, which reads {strange}: no keten has it."
            )


@cache
def _strange_column(fact: Fact) -> str | None:
    """Give a table or column behind a fact that no keten has."""
    for table, column in sorted(fact.all_columns() - {ANDERE_BPVOS}, key=repr):
        if table not in TABLES:
            return f"table {table}"
        if column is not None and column not in TABLES[table].columns:
            return f"column {table}.{column}"
    return None


def _check_norm(rule: Rule, norm: Norm, first: Norm, fact: Fact | None) -> None:
    if norm != first:
        raise DeclarationError(
            f"Rule {rule.code} goes by norm {norm.id}, but another norm has that id; give yours another, or set the"
            " value of that one in a profile."
        )
    if fact is not None and fact.norm != norm:
        raise DeclarationError(
            f"Rule {rule.code} goes by norm {norm.id}, which is the name of a fact; give it another."
        )
