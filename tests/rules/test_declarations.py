"""The real facts, norms and rules, held to what every declaration must be."""

import string
from collections import Counter
from datetime import date
from typing import Any, get_args

import pytest

from bpvo_rules.judge.melding import render
from bpvo_rules.model import TABLES
from bpvo_rules.periode import Periode
from bpvo_rules.questions import NORMS, QUESTIONS, RULES, SUBJECTS
from bpvo_rules.questions.subjects import ANDERE_BPVOS
from bpvo_rules.rules import Fact, Lang, Rule, Text, ValueType
from bpvo_rules.rules.formal import formula

FACTS = [fact for subject in SUBJECTS for fact in subject.facts]
LANGS: tuple[Lang, ...] = get_args(Lang)

rules = pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
facts = pytest.mark.parametrize("fact", FACTS, ids=lambda f: f"{f.subject.name}.{f.name}")


def fields(text: str) -> set[str]:
    """Give the names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_no_name_is_used_twice() -> None:
    """A fact and a rule never share a name, nor do two rules, or a norm and a rule."""
    rule_codes = [rule.code for rule in RULES]
    fact_names = {fact.name for fact in FACTS}
    norm_ids = {norm.id for norm in NORMS}
    questions = {question.code for question in QUESTIONS}

    assert [code for code, number in Counter(rule_codes).items() if number > 1] == []
    assert fact_names & set(rule_codes) == set()
    assert norm_ids & set(rule_codes) == set()
    assert questions & ({*rule_codes} | fact_names | norm_ids) == set()


@rules
def test_the_texts_of_a_rule_name_facts_that_its_melding_shows(rule: Rule) -> None:
    """In both languages the same ones; only a melding names facts."""
    shown = {fact.name for fact in rule.shows} | {norm.id for norm in rule.norms}

    assert fields(rule.melding.nl) == fields(rule.melding.en)
    assert fields(rule.melding.nl) <= shown
    for text in (rule.sentence, rule.repair):
        assert fields(text.nl) == fields(text.en) == set()


SAMPLES: dict[ValueType, Any] = {
    ValueType.BOOL: True,
    ValueType.DAY: None,
    ValueType.WHOLE: 12345,
    ValueType.WORD: "eenwoord",
    ValueType.CODE: "99999",
    ValueType.CODES: ("99998", "99997"),
    ValueType.PERIODES: (Periode(date(2018, 8, 1), date(2019, 7, 31)),),
    ValueType.INTERNAL: object(),
}
WRITTEN: dict[ValueType, dict[Lang, str]] = {
    ValueType.BOOL: {"nl": "ja", "en": "yes"},
    ValueType.DAY: {"nl": "niet bekend", "en": "not known"},
    ValueType.WHOLE: {"nl": "12345", "en": "12345"},
    ValueType.WORD: {"nl": "eenwoord", "en": "eenwoord"},
    ValueType.CODE: {"nl": "99999", "en": "99999"},
    ValueType.CODES: {"nl": "99998, 99997", "en": "99998, 99997"},
    ValueType.PERIODES: {"nl": "2018-08-01/2019-07-31", "en": "2018-08-01/2019-07-31"},
}


@rules
@pytest.mark.parametrize("lang", LANGS)
def test_every_melding_renders_with_the_facts_that_it_names(rule: Rule, lang: Lang) -> None:
    by_name = {fact.name: fact for fact in rule.shows}
    filled = render(rule.melding, {name: SAMPLES[fact.type] for name, fact in by_name.items()}).in_lang(lang)

    assert "{" not in filled
    for name in fields(rule.melding.in_lang(lang)):
        assert WRITTEN[by_name[name].type][lang] in filled
    empty = render(rule.melding, dict.fromkeys(by_name)).in_lang(lang)
    assert empty.count(WRITTEN[ValueType.DAY][lang]) == sum(
        name is not None for _, name, _, _ in string.Formatter().parse(rule.melding.in_lang(lang))
    )


@rules
def test_a_rule_shows_no_value_that_is_only_for_other_facts(rule: Rule) -> None:
    """A text would show the object itself, and another engine has no such object."""
    named = fields(rule.melding.nl) | {term.fact.name for term in rule.evidence}

    assert [f.name for f in rule.shows if f.type is ValueType.INTERNAL and f.name in named] == []
    assert [f.name for f in rule.reads if f.type is ValueType.INTERNAL] == []


@rules
def test_a_rule_can_be_said_as_a_sentence_and_as_a_formula(rule: Rule) -> None:
    for lang in LANGS:
        for text in (rule.sentence, rule.melding, rule.repair):
            said = text.in_lang(lang)
            assert said == said.strip()
            assert said.endswith(".")
            assert said[0].isupper() or said.startswith("{")
        requirement = formula(rule.requirement, lang)
        assert all(fact.name in formula(rule.full_scope, lang) + requirement for fact in rule.reads)


@facts
def test_a_fact_reads_tables_and_columns_that_exist(fact: Fact) -> None:
    for table, column in {*fact.tables, *fact.uses} - {ANDERE_BPVOS}:
        assert table in TABLES
        assert column is None or column in TABLES[table].columns


@facts
def test_a_fact_is_said_in_one_line_in_both_languages(fact: Fact) -> None:
    for text in (fact.text.nl, fact.text.en):
        assert text.endswith(".")
        assert "\n" not in text
    assert fact.text.nl != fact.text.en or fact.name == "soort"
    assert bool(fact.unit) is (fact.type is ValueType.WHOLE or (fact.norm is not None and fact.name == fact.norm.id))


def test_every_fact_is_read_by_a_rule_or_by_a_fact_or_shown() -> None:
    """A fact that nothing reads says nothing; ``brin`` and ``domein`` place a subject in a melding and in a foto."""
    used = {fact for rule in RULES for fact in rule.shows}
    used |= {term.fact for fact in FACTS for term in fact.inputs if term.op == "fact"}
    used |= {subject.start_day.fact for subject in SUBJECTS}

    assert {fact.name for fact in FACTS if fact not in used} <= {"brin", "domein"}


def test_every_norm_is_read_by_a_rule_and_listed() -> None:
    assert {norm.id for rule in RULES for norm in rule.norms} == {norm.id for norm in NORMS}
    assert len({norm.id for norm in NORMS}) == len(NORMS)


def test_every_rule_belongs_to_one_question() -> None:
    for question in QUESTIONS:
        assert any(rule.kind == "fout" and rule.subject is question.subject for rule in question.rules), question.code
    assert [q.number for q in QUESTIONS] == [1, 2, 3, 4, 5, 6, None]


def test_every_domain_choice_is_said_in_two_languages() -> None:
    """Assumptions are shown wherever an answer is shown."""
    said: list[Text] = [a for rule in RULES for a in rule.assumptions]
    said += [norm.assumption for norm in NORMS if norm.assumption is not None]

    assert said
    assert all(text.nl and text.en and text.nl != text.en for text in said)
