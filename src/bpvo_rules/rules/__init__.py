"""Declarations: terms, facts, norms, rules and questions; and what can be made of them."""

from bpvo_rules.rules.fact import Fact, SubjectType, ValueType
from bpvo_rules.rules.kleene import Absence, Facts, Missing, cells_at_fault, evaluate, judge_rule
from bpvo_rules.rules.norm import Norm, NormValue, Source
from bpvo_rules.rules.outcome import Kind, Outcome, Party, combine
from bpvo_rules.rules.rule import Dimension, Executability, Question, Rule, RuleSet
from bpvo_rules.rules.term import (
    ALWAYS,
    KENNISDATUM,
    PEILDATUM,
    Term,
    all_of,
    any_of,
    is_filled,
    is_in,
    on_time,
)
from bpvo_rules.rules.text import Lang, Text, render_value
from bpvo_rules.rules.venster import ALTIJD, Venster

__all__ = [
    "ALTIJD",
    "ALWAYS",
    "KENNISDATUM",
    "PEILDATUM",
    "Absence",
    "Dimension",
    "Executability",
    "Fact",
    "Facts",
    "Kind",
    "Lang",
    "Missing",
    "Norm",
    "NormValue",
    "Outcome",
    "Party",
    "Question",
    "Rule",
    "RuleSet",
    "Source",
    "SubjectType",
    "Term",
    "Text",
    "ValueType",
    "Venster",
    "all_of",
    "any_of",
    "cells_at_fault",
    "combine",
    "evaluate",
    "is_filled",
    "is_in",
    "judge_rule",
    "on_time",
    "render_value",
]
