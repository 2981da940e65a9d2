"""What is refused when questions are put together, because only then it shows."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import attrs
import pytest
from tests.examples.test_nightly import keten, levering
from tests.rules.klein import DING, EIGEN, TERMIJN, rule, vlag

from bpvo_rules import judge
from bpvo_rules.errors import DeclarationError
from bpvo_rules.judge import make_settings
from bpvo_rules.questions import BPVO, NORMS, QUESTIONS, UITWISSELING
from bpvo_rules.questions.bpvo_tijdig import soort
from bpvo_rules.questions.subjects import begindatum, brin
from bpvo_rules.rules import Kind, NormValue, Question, Rule, SubjectType, Term, Text, ValueType, is_filled, on_time


def eigen(requirement: Term = begindatum <= begindatum, **changes: Any) -> Rule:  # noqa: PLR0124 - a condition, as data
    """Declare a rule about a BPVO."""
    return rule(changes.pop("code", "eigen_regel"), requirement, **{"subject": BPVO, **changes})


def with_(*rules: Rule, **changes: Any) -> Question:
    """Declare a question of those rules."""
    declared = {"code": "eigen", "number": None, "title": Text("Zo?", "So?"), "subject": BPVO, "rules": rules}
    return Question(**{**declared, **changes})


@pytest.fixture(autouse=True)
def kept() -> Iterator[None]:
    """Take facts away that a test declared."""
    before = dict(BPVO._facts)
    yield
    BPVO._facts.clear()
    BPVO._facts.update(before)


def limit(norm_id: str) -> Term:
    """Declare a term of a norm of one's own."""
    norm = attrs.evolve(TERMIJN, id=norm_id, values=(NormValue(value=3, source=EIGEN),))
    return BPVO.limit(f"uiterste_dag_{norm_id}_eigen", start=begindatum, norm=norm, nl="Zo.", en="So.")


def reading(*columns: tuple[str, str | None]) -> Term:
    """Declare a fact that reads columns."""
    declare = BPVO.fact(ValueType.BOOL, "Zo.", "So.", name="eigen_feit", needs=(begindatum,), tables=columns)
    return declare(lambda _, begindatum: begindatum > date.min)


WRONG: dict[str, tuple[Callable[[], Any], str]] = {
    "rules instead of questions": (lambda: (eigen(),), "sequence of Question"),
    "one question by itself": (lambda: with_(eigen()), "sequence of Question"),
    "a code of ours": (lambda: (*QUESTIONS, with_(eigen(code="tijdig_bij_duo"))), "same code: tijdig_bij_duo"),
    "a question of ours": (lambda: (*QUESTIONS, with_(eigen(), code="registratie")), "same code: registratie"),
    "a number of ours": (lambda: (*QUESTIONS, with_(eigen(), number=3)), "same number: 3"),
    "a signaalcode of ours": (
        lambda: (*QUESTIONS, with_(eigen(signaalcode=QUESTIONS[0].rules[0].signaalcode))),
        f"Two rules have the same signaalcode: {QUESTIONS[0].rules[0].signaalcode}",
    ),
    "no rules": (lambda: (with_(),), "Question eigen has no rules"),
    "a subject that is not judged": (
        lambda: (with_(rule("eigen_regel", vlag), subject=DING),),
        "Rule eigen_regel is about Ding",
    ),
    "the name of a fact": (lambda: (with_(eigen(code="begindatum")),), "Rule begindatum has the name of a fact"),
    "the name of a norm": (lambda: (with_(eigen(code=NORMS[0].id)),), "has the name of a norm"),
    "the name of its own norm": (
        lambda: (with_(eigen(on_time(begindatum, limit("eigen_norm")), code="eigen_norm")),),
        "Rule eigen_norm has the name of a norm",
    ),
    "an id of a norm of ours": (
        lambda: (with_(eigen(on_time(begindatum, limit(NORMS[0].id)))),),
        f"norm {NORMS[0].id}, but another",
    ),
    "a norm with the name of a fact": (
        lambda: (with_(eigen(on_time(begindatum, limit("brin")))),),
        "norm brin, which is the name of a fact",
    ),
    "a table that no keten has": (
        lambda: (with_(eigen(reading(("ekenningen", None)))),),
        "Rule eigen_regel goes by fact eigen_feit, which reads table ekenningen",
    ),
    "a column that no keten has": (
        lambda: (with_(eigen(reading(("erkenningen", "tot")))),),
        "reads column erkenningen.tot",
    ),
    "a cell that no record has": (
        lambda: (with_(eigen(is_filled(BPVO.column("plaats", ValueType.WORD, "Zo.", "So.")))),),
        "reads column uitwisselingen.plaats",
    ),
}


@pytest.mark.parametrize(("make", "words"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_judged_together_is_refused(make: Callable[[], Any], words: str) -> None:
    """Before anything is judged, in one sentence."""
    questions = make()
    with pytest.raises(DeclarationError) as caught:
        make_settings(questions=questions)

    assert words in str(caught.value)
    assert str(caught.value).endswith(".")


def test_what_reads_the_tables_that_are_there_is_not_refused() -> None:
    own = with_(eigen(reading(("erkenningen", None), ("erkenningen", "tot_en_met"))))

    assert [q.code for q in make_settings(questions=(*QUESTIONS, own)).questions][-1] == "eigen"


def test_rules_need_no_signaalcode() -> None:
    """Two without one are not two with the same."""
    own = with_(eigen(), eigen(code="eigen_ander"), eigen(code="eigen_derde", signaalcode="X01"))

    assert [rule.signaalcode for rule in make_settings(questions=(own,)).questions[0].rules] == [None, None, "X01"]


def test_two_norms_that_are_the_same_are_one() -> None:
    """A rule set that is loaded twice, or two rules on one norm, say the same."""
    (ours,) = [norm for norm in NORMS if norm.id == "termijn_aanlevering"]
    copied = attrs.evolve(ours)
    term = BPVO.limit("uiterste_dag_eigen", start=begindatum, norm=copied, nl="Zo.", en="So.")

    assert make_settings(questions=(*QUESTIONS, with_(eigen(on_time(begindatum, term))))).norms[ours.id] == ours


def test_a_rule_about_another_subject_than_its_question_gives_meldingen_and_counts_in_no_score() -> None:
    """As ours about deliveries: the score of a question is about one thing."""
    other = rule("eigen_regel", soort == "x", subject=UITWISSELING, kind=Kind.FOUT)
    found = judge(
        keten(levering("a")), peildatum=date(2018, 10, 1), questions=(with_(other, eigen(code="eigen_ander")),)
    )

    assert [melding.rule for melding in found.meldingen()] == ["eigen_regel"]
    assert found.question_counts["eigen"]["voldoet"] == 1  # type: ignore[index]


def test_the_value_of_a_norm_can_stand_in_the_text_of_a_melding() -> None:
    """It is among the evidence, so a text may name it."""
    text = "{eigen_norm}: {uiterste_dag_eigen_norm_eigen}."
    late = eigen(brin == "00AA", melding=Text(text, text), scope=on_time(begindatum, limit("eigen_norm")))
    (found,) = judge(keten(levering("a")), peildatum=date(2018, 10, 1), questions=(with_(late),)).meldingen()

    assert found.text.nl == "3: 30 augustus 2018."


def test_a_subject_without_rules_of_its_own_is_not_confused_with_one_of_ours() -> None:
    """A type of the same name is another type."""
    same = SubjectType("Bpvo", "uitwisselingen")
    day = same.starts_on(same.column("begindatum", ValueType.DAY, "Zo.", "So."))
    with pytest.raises(DeclarationError, match="not judged"):
        make_settings(questions=(with_(rule("eigen_regel", is_filled(day), subject=same), subject=same),))
