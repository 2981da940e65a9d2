"""
Plugins: rule sets of others, found by their entry point and loaded only when asked for.

A package names its questions under ``bpvo_rules.questions``::

    [project.entry-points."bpvo_rules.questions"]
    dossier = "dossierregels:QUESTIONS"

Nothing is loaded because it is installed: whoever judges says which rule sets count, so that the same call gives
the same answer on every machine.
"""

from importlib.metadata import EntryPoint, entry_points
from typing import Final

import attrs

from bpvo_rules.errors import DeclarationError, RuleSetError
from bpvo_rules.rules import Question, RuleSet

__all__ = ["GROUP", "installed_rule_sets", "load_rule_set"]

GROUP: Final = "bpvo_rules.questions"
"""The group of the entry points; each stands for a question, or for a sequence of questions."""


def installed_rule_sets() -> tuple[str, ...]:
    """Give the names of the rule sets that are installed, in the order of the alphabet; none of them is imported."""
    return tuple(sorted({found.name for found in _found()}))


def load_rule_set(name: str) -> tuple[Question, ...]:
    """
    Import a rule set of another package.

    Hand it over with ours: ``make_settings(questions=(*QUESTIONS, *load_rule_set("dossier")))``; two rules with one
    code are refused there. Each question says where it came from, and the receipt repeats that.

    Args:
        name: The name of its entry point.

    Raises:
        RuleSetError: when it is not installed, is installed by two packages, cannot be imported, or is something
            else than questions.

    """
    found = [one for one in _found() if one.name == name]
    if not found:
        raise RuleSetError(name, "absent", ", ".join(installed_rule_sets()))
    if len({one.value for one in found}) > 1:
        raise RuleSetError(name, "several", ", ".join(sorted(_origin(one).distribution or "?" for one in found)))
    try:
        given = found[0].load()
    except DeclarationError as error:
        # Its sentence is ours: it names a rule and what to do, and nothing of a record.
        raise RuleSetError(name, "broken", f"{type(error).__name__}: {error}") from error
    except Exception as error:  # whatever the package of another raises while it is imported
        raise RuleSetError(name, "broken", type(error).__name__) from error
    questions = (given,) if isinstance(given, Question) else given
    if not isinstance(questions, (tuple, list)) or not all(isinstance(one, Question) for one in questions):
        raise RuleSetError(name, "strange")
    return tuple(attrs.evolve(question, rule_set=_origin(found[0])) for question in questions)


def _origin(found: EntryPoint) -> RuleSet:
    if found.dist is None:
        return RuleSet(name=found.name)
    # A package whose description is damaged has neither.
    stated = dict(found.dist.metadata.json)
    name, version = (str(stated[key]) if key in stated else None for key in ("name", "version"))
    return RuleSet(name=found.name, distribution=name, version=version)


def _found() -> list[EntryPoint]:
    return list(entry_points(group=GROUP))
