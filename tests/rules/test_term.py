"""Terms refuse what could only be a mistake of their author."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.rules.klein import BEGIN, DING, Ding, KleineContext, dag, dubbel, getal, rule, vlag, woord

from bpvo_rules.errors import DeclarationError
from bpvo_rules.rules import (
    ALWAYS,
    KENNISDATUM,
    PEILDATUM,
    SubjectType,
    Term,
    ValueType,
    all_of,
    any_of,
    evaluate,
    is_filled,
    on_time,
)
from bpvo_rules.rules.kleene import Facts
from bpvo_rules.rules.source import OUTCOMES, compile_rules
from bpvo_rules.rules.term import facts_read


@pytest.mark.parametrize("term", [vlag, getal, getal == 1, ALWAYS, PEILDATUM], ids=repr)
def test_a_term_has_no_truth_of_its_own(term: Term) -> None:
    """``a and b``, ``1 < x < 3`` and ``if term`` would silently drop a condition."""
    with pytest.raises(DeclarationError, match="no truth of its own"):
        bool(term)


def test_chained_comparisons_and_the_words_of_python_raise() -> None:
    with pytest.raises(DeclarationError):
        _ = 1 < getal < 3
    with pytest.raises(DeclarationError):
        _ = vlag and woord == "a"
    with pytest.raises(DeclarationError):
        _ = not vlag


NOT_CONDITIONS: dict[str, Any] = {
    "a number": getal,
    "a derived number": dubbel,
    "a day": dag,
    "a product": getal * 7,
    "the peildatum": PEILDATUM,
    "a constant": Term("const", True),
    "a boolean of Python": True,
    "a text": "a",
    "nothing": None,
}


@pytest.mark.parametrize("other", NOT_CONDITIONS.values(), ids=NOT_CONDITIONS)
@pytest.mark.parametrize(
    "combine",
    [lambda t: vlag & t, lambda t: vlag | t, lambda t: all_of(vlag, t), lambda t: any_of(t, vlag)],
    ids=["and", "or", "all_of", "any_of"],
)
def test_only_conditions_can_be_combined(combine: Callable[[Any], Term], other: Any) -> None:
    with pytest.raises(DeclarationError, match="not a condition"):
        combine(other)


@pytest.mark.parametrize("term", [getal, PEILDATUM, getal * 2], ids=repr)
def test_only_conditions_can_be_denied_or_required(term: Term) -> None:
    with pytest.raises(DeclarationError, match="not a condition"):
        _ = ~term
    with pytest.raises(DeclarationError, match="not a condition"):
        rule("proef", term)
    with pytest.raises(DeclarationError, match="not a condition"):
        rule("proef", vlag, scope=term)


def test_filled_and_on_time_read_facts_only() -> None:
    for make in (is_filled, lambda t: on_time(t, PEILDATUM)):
        for term in (PEILDATUM, getal * 2, vlag & vlag):
            with pytest.raises(DeclarationError, match="not a fact"):
                make(term)


def test_a_comparison_with_none_is_no_way_to_ask_whether_something_is_filled() -> None:
    """It is refused, or it is unknown in every form; never true or false in one of them."""
    try:
        term = getal == None  # noqa: E711 - the mistake that is looked for
    except DeclarationError:
        return
    program = compile_rules(DING, [rule("proef", term)], evidence=True)
    facts = Facts(values={getal.fact: 1}, peildatum=BEGIN, kennisdatum=BEGIN)

    assert evaluate(term, facts)[0] is None
    assert OUTCOMES[program.run(Ding(getal=1), KleineContext())[0][0]] == "niet_te_bepalen"


def test_conditions_of_one_kind_are_kept_flat() -> None:
    """So that a shared part of two scopes is found whatever brackets stand around it."""
    first, second, third = vlag, getal == 1, woord == "a"

    assert repr((first & second) & third) == repr(first & (second & third)) == repr(all_of(first, second, third))
    assert repr((first | second) | third) == repr(any_of(first, second, third))
    assert repr(all_of(first)) == repr(first)
    assert (first & (second | third)).op == "and"


def test_the_facts_of_a_condition_are_given_once_in_the_order_in_which_it_names_them() -> None:
    term = is_filled(woord) & (getal * 7 <= dubbel) & on_time(dag, KENNISDATUM) & (getal == 1)

    assert [fact.name for fact in facts_read(term)] == ["woord", "getal", "dubbel", "dag"]


def test_a_subject_type_has_no_two_facts_of_one_name() -> None:
    other = SubjectType("Ander", "andere")
    other.column("getal", ValueType.WHOLE, "Getal.", "Number.")

    with pytest.raises(DeclarationError, match="two facts named getal"):
        other.column("getal", ValueType.WHOLE, "Getal.", "Number.")


@pytest.mark.parametrize("needed", [getal, getal * 2, vlag & vlag], ids=["of another subject", "a product", "and"])
def test_a_fact_needs_only_what_is_declared_before_it(needed: Term) -> None:
    other = SubjectType("Ander", "andere")

    with pytest.raises(DeclarationError, match="not declared before it"):
        other.fact(ValueType.BOOL, "Iets.", "Something.", name="iets", needs=(needed,))(lambda _, __: True)


def test_a_rule_reads_facts_of_its_own_subject_only() -> None:
    other = SubjectType("Ander", "andere")
    strange = other.column("vlag", ValueType.BOOL, "Vlag.", "Flag.")

    with pytest.raises(DeclarationError, match="no fact of Ding"):
        rule("proef", strange)
    with pytest.raises(DeclarationError, match="no fact of Ding"):
        rule("proef", vlag, evidence=(strange,))


def test_a_subject_type_without_a_start_day_says_so() -> None:
    with pytest.raises(DeclarationError, match="Ander has no start day"):
        _ = SubjectType("Ander", "andere").start_day
