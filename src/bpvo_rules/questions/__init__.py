"""The six questions of the dashboard, and the registration itself: one file each."""

from bpvo_rules.questions import (
    bpvo_erkend_leerbedrijf,
    bpvo_tijdig,
    erkenning_tijdig,
    keuzedeel_erkend_leerbedrijf,
    registratie,
    stagefonds_registratie,
    white_label_beschikbaar,
)
from bpvo_rules.questions.norms import NORMS
from bpvo_rules.questions.subjects import AANVRAAG, BPVO, METING, SUBJECTS, UITWISSELING
from bpvo_rules.rules import Question, Rule

__all__ = ["AANVRAAG", "BPVO", "METING", "NORMS", "QUESTIONS", "RULES", "SUBJECTS", "UITWISSELING"]

QUESTIONS: tuple[Question, ...] = (
    bpvo_erkend_leerbedrijf.QUESTION,
    keuzedeel_erkend_leerbedrijf.QUESTION,
    bpvo_tijdig.QUESTION,
    white_label_beschikbaar.QUESTION,
    erkenning_tijdig.QUESTION,
    stagefonds_registratie.QUESTION,
    registratie.QUESTION,
)
"""The six questions in their order, and last the registration, which is no question."""

RULES: tuple[Rule, ...] = tuple(rule for question in QUESTIONS for rule in question.rules)
"""Every rule, in rule order."""
