"""
What is refused of a rule, question, norm or fact of somebody else, and that the sentence says where and what to do.

Each of these once gave a bare error of Python while somebody judged, or an answer that was silently wrong.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import attrs
import pytest
from tests.rules.klein import (
    BEGIN,
    DING,
    EIGEN,
    MAXIMUM,
    TERMIJN,
    brin,
    dag,
    dubbel,
    getal,
    rule,
    uiterste_dag,
    vlag,
    woord,
)

from bpvo_rules.errors import DeclarationError
from bpvo_rules.periode import Eenheid
from bpvo_rules.rules import (
    ALWAYS,
    PEILDATUM,
    Fact,
    NormValue,
    Question,
    RuleSet,
    Source,
    SubjectType,
    Term,
    Text,
    ValueType,
    Venster,
    is_filled,
    is_in,
    on_time,
)

A = Text("Zo.", "So.")
ANDER = SubjectType("Ander", "andere")
vreemd = ANDER.column("vreemd", ValueType.BOOL, "Vreemd.", "Strange.")
INTERN = SubjectType("Intern", "intern")


@INTERN.fact(ValueType.INTERNAL, "Alleen voor andere.", "For others only.")
def binnenwerk(_: Any) -> Any:
    """Stand for a value that no text can show."""


def refused(make: Callable[[], Any], words: str) -> None:
    """Hold a refusal to one sentence with these words, each in it."""
    with pytest.raises(DeclarationError) as caught:
        make()
    said = str(caught.value)
    assert [word for word in words.split(" | ") if word not in said] == [], said
    assert said.endswith(".")


RULE: dict[str, tuple[dict[str, Any], str]] = {
    "no code": ({"code": ""}, "Rule '' | code | lowercase"),
    "code with capitals and spaces": ({"code": "Eigen Regel"}, "Rule 'Eigen Regel' | code"),
    "code that begins with a digit": ({"code": "1e_regel"}, "code | begin with a letter"),
    "code of another type": ({"code": None}, "Rule None | code"),
    "version 0": ({"version": 0}, "proef | version | at least 1"),
    "version true": ({"version": True}, "proef | version"),
    "subject by its name": ({"subject": "Ding"}, "proef | subject | SubjectType"),
    "kind as a word": ({"kind": "fout"}, "proef | kind | Kind.FOUT, .SIGNAAL, .VRAAG"),
    "party as a word": ({"party": "school"}, "proef | party | Party.INSTELLING"),
    "dimension as a word": ({"dimension": "juistheid"}, "proef | dimension | Dimension.JUISTHEID"),
    "executability as a word": ({"executability": "volledig"}, "proef | executability | Executability.VOLLEDIG"),
    "scope that is no term": ({"scope": True}, "proef | scope | not a condition"),
    "scope that is a number": ({"scope": getal}, "proef | scope | not a condition"),
    "requirement in words": ({"requirement": "vlag"}, "proef | requirement | not a condition"),
    "scope of another subject": ({"scope": vreemd}, "proef | scope | vreemd | no fact of Ding but of Ander"),
    "requirement of another subject": ({"requirement": vreemd}, "proef | requirement | vreemd | Ander"),
    "evidence of another subject": ({"evidence": (vreemd,)}, "proef | evidence | vreemd | Ander"),
    "evidence by its name": ({"evidence": ("woord",)}, "proef | evidence | tuple of Term"),
    "evidence without brackets": ({"evidence": woord}, "proef | evidence | (it,)"),
    "evidence in a list": ({"evidence": [woord]}, "proef | evidence | tuple"),
    "evidence that is a condition": ({"evidence": (getal == 1,)}, "proef | evidence | not a fact"),
    "evidence that is the peildatum": ({"evidence": (PEILDATUM,)}, "proef | evidence | peildatum"),
    "evidence twice": ({"evidence": (woord, woord)}, "proef | evidence | woord twice"),
    "evidence for other facts only": (
        {"subject": INTERN, "requirement": Term("and"), "evidence": (binnenwerk,)},
        "proef | evidence | binnenwerk | only for other facts",
    ),
    "requirement for other facts only": (
        {"subject": INTERN, "requirement": is_filled(binnenwerk)},
        "proef | requirement | binnenwerk | only for other facts",
    ),
    "no sources": ({"sources": ()}, "proef | sources | empty | Source"),
    "source without brackets": ({"sources": EIGEN}, "proef | sources | (it,)"),
    "source in words": ({"sources": ("een afspraak",)}, "proef | sources | tuple of Source"),
    "assumption without brackets": ({"assumptions": A}, "proef | assumptions | (it,)"),
    "bounds turned round": ({"geldig_van": date(2019, 1, 1), "geldig_tot_en_met": BEGIN}, "proef | geldig_van | after"),
    "bound in words": ({"geldig_van": "2018-08-01"}, "proef | geldig_van | date"),
    "bound that is a moment": ({"geldig_tot_en_met": datetime(2018, 8, 1)}, "proef | geldig_tot_en_met | date"),
    "sentence in one language": ({"sentence": "Zo."}, "proef | sentence | Text"),
    "melding without Dutch": ({"melding": Text("", "So.")}, "proef | melding.nl | empty"),
    "melding without English": ({"melding": Text("Zo.", " ")}, "proef | melding.en | empty"),
    "melding of another type": ({"melding": Text("Zo.", None)}, "proef | melding.en | empty"),  # type: ignore[arg-type]
    "repair as a word": ({"repair": "Zo."}, "proef | repair | Text"),
}


@pytest.mark.parametrize(("wrong", "words"), RULE.values(), ids=RULE)
def test_a_rule_that_cannot_work_is_refused_where_it_is_declared(wrong: dict[str, Any], words: str) -> None:
    declared: dict[str, Any] = {"code": "proef", "requirement": vlag, **wrong}

    refused(lambda: rule(**declared), words)


@pytest.mark.parametrize(
    "wrong",
    ["{onbekend}", "{getal}", "{", "}", "{}", "{0}", "{woord.a}", "{woord[0]}", "{woord!r}", "{woord:>9}", "{Woord}"],
)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_melding_names_only_what_it_shows_and_only_by_a_plain_name(wrong: str, lang: str) -> None:
    """``getal`` is a fact of the subject, but no rule reads it here: it would be filled or not by chance."""
    melding = Text(wrong, "So.") if lang == "nl" else Text("Zo.", wrong)

    refused(lambda: rule("proef", vlag, evidence=(woord,), melding=melding), f"Rule proef | melding.{lang}")


@pytest.mark.parametrize("brace", ["{vlag}", "{vlag", "vlag}"])
@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("attribute", ["repair", "sentence", "assumptions"])
def test_only_a_melding_names_facts(attribute: str, lang: str, brace: str) -> None:
    """The others are shown as they are, with the braces."""
    text = Text(brace, "So.") if lang == "nl" else Text("Zo.", brace)
    given: dict[str, Any] = {attribute: (text,) if attribute == "assumptions" else text}

    refused(lambda: rule("proef", vlag, **given), f"Rule proef | {attribute}.{lang} | brace")


def test_a_refused_melding_says_what_it_can_name() -> None:
    """Sorted, because that is how one looks a name up."""
    text = Text("{onbekend}", "So.")

    refused(lambda: rule("proef", woord == "a", evidence=(vlag,), melding=text), "It shows: vlag, woord.")
    refused(lambda: rule("proef", ALWAYS, melding=text), "It shows: nothing.")


def test_a_melding_can_name_what_is_read_what_is_listed_where_terms_start_and_norms() -> None:
    text = "{vlag} {woord} {uiterste_dag} {dag} {termijn}, {{zo}}"
    late = on_time(dag, uiterste_dag)

    assert rule("proef", vlag & late, evidence=(woord,), melding=Text(text, text)).melding.nl == text


WRONG_TYPES: dict[str, tuple[Callable[[], Term], str]] = {
    "a number with a day": (lambda: getal <= dag, "getal (a whole number) | dag (a day)"),
    "a number with a word": (lambda: getal == "1", "getal (a whole number) | (a word)"),
    "a number with a fraction": (lambda: getal <= 1.5, "getal | (a float)"),
    "a number with a boolean": (lambda: getal == True, "getal | (a boolean)"),  # noqa: E712 - the mistake
    "a day with a word": (lambda: dag <= "2018-10-01", "dag (a day) | (a word)"),
    "a day with a moment": (lambda: dag <= datetime(2018, 10, 1), "dag (a day) | (a datetime)"),
    "a word with a list": (lambda: woord == ["a"], "woord | (a list)"),
    "the order of booleans": (lambda: vlag < True, "vlag (a boolean)"),
    "a condition with a boolean": (lambda: (getal == 1) == True, "a condition"),  # noqa: E712 - the mistake
    "a product with a day": (lambda: getal * 2 <= dag, "(a whole number) | dag"),
    "a product of a word": (lambda: woord * 2 == "aa", "multiplies woord (a word)"),
    "a product of a day": (lambda: dag * 2 == 2, "multiplies dag (a day)"),
    "a product by a word": (lambda: getal * "2" == 2, "multiplies getal (a whole number) by const('2') (a word)"),
    "a product by a day": (lambda: getal * dag == 2, "multiplies getal (a whole number) by dag (a day)"),
    "a list of another type": (lambda: is_in(getal, (1, "2")), "getal | (a word)"),
    "a list with a fact": (lambda: is_in(getal, (1, dubbel)), "asks whether getal is dubbel | plain values"),
    "a list with a condition": (lambda: is_in(getal, (1, vlag & vlag)), "asks whether getal is | plain values"),
    "an event that is no day": (lambda: on_time(woord, dag), "woord (a word)"),
    "a limit that is no day": (lambda: on_time(dag, getal), "getal (a whole number)"),
    "within others": (lambda: vlag & ~(vlag | (getal == "1")), "getal (a whole number)"),
}


@pytest.mark.parametrize(("make", "words"), WRONG_TYPES.values(), ids=WRONG_TYPES)
@pytest.mark.parametrize("attribute", ["scope", "requirement"])
def test_what_cannot_be_compared_is_refused(attribute: str, make: Callable[[], Term], words: str) -> None:
    """It would be unknown for every subject, or would stop the rule."""
    declared: dict[str, Any] = {"requirement": vlag, attribute: make()}

    refused(lambda: rule("proef", **declared), f"Rule proef: {attribute} | {words}")


def test_what_can_be_compared_is_not_refused() -> None:
    either = (vlag == True) | (brin == woord) | (woord < "b") | is_in(brin, ("27DV",))  # noqa: E712 - data, not truth

    rule("proef", either & (dag <= PEILDATUM) & (dag >= BEGIN) & (getal * dubbel <= 3) & on_time(dag, PEILDATUM))


TERMS: dict[str, tuple[Callable[[], Any], str]] = {
    "one text for several": (lambda: is_in(woord, "ab"), "is_in(woord | (it,)"),  # type: ignore[arg-type]
    "a list": (lambda: is_in(woord, ["a"]), "is_in(woord | (it,)"),  # type: ignore[arg-type]
    "a name to is_in": (lambda: is_in("woord", ("a",)), "'woord' is no term"),  # type: ignore[arg-type]
    "a name to is_filled": (lambda: is_filled("woord"), "'woord' is no term"),  # type: ignore[arg-type]
    "a name to on_time": (lambda: on_time("dag", PEILDATUM), "'dag' is no term"),  # type: ignore[arg-type]
    "a plain day as limit": (lambda: on_time(dag, BEGIN), "is no term"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize(("make", "words"), TERMS.values(), ids=TERMS)
def test_a_condition_is_made_of_terms(make: Callable[[], Any], words: str) -> None:
    refused(make, words)


def question(**wrong: Any) -> Question:
    """Declare a question; what is not given does not matter."""
    declared = {"code": "proef", "number": None, "title": A, "subject": DING, "rules": (rule("een", vlag),), **wrong}
    return Question(**declared)


QUESTION: dict[str, tuple[dict[str, Any], str]] = {
    "no code": ({"code": ""}, "Question '' | code"),
    "code with a hyphen": ({"code": "mijn-vraag"}, "Question 'mijn-vraag' | code"),
    "number 0": ({"number": 0}, "proef | number | 1-6 | None"),
    "number 7": ({"number": 7}, "proef | number | 1-6"),
    "number as a word": ({"number": "1"}, "proef | number"),
    "title in one language": ({"title": "Op orde?"}, "proef | title | Text"),
    "subject by its name": ({"subject": "Ding"}, "proef | subject | SubjectType"),
    "rule without brackets": ({"rules": rule("een", vlag)}, "proef | rules | (it,)"),
    "rules by their codes": ({"rules": ("een",)}, "proef | rules | tuple of Rule"),
}


@pytest.mark.parametrize(("wrong", "words"), QUESTION.values(), ids=QUESTION)
def test_a_question_that_cannot_work_is_refused(wrong: dict[str, Any], words: str) -> None:
    refused(lambda: question(**wrong), words)


def value(**wrong: Any) -> NormValue:
    """Make a value of a norm; what is not given does not matter."""
    return NormValue(**{"value": 3, "source": EIGEN, **wrong})


FIRST, LATER = value(), value(van=BEGIN)
NORM: dict[str, tuple[dict[str, Any], str]] = {
    "id with a space": ({"id": "een norm"}, "Norm 'een norm' | id"),
    "unit as a word": ({"unit": "weken"}, "termijn | unit | Eenheid.DAGEN"),
    "text in one language": ({"text": "Zo."}, "termijn | text | Text"),
    "edge in one language": ({"edge": Text("Zo.", "")}, "termijn | edge.en"),
    "assumption in one language": ({"assumption": "Zo."}, "termijn | assumption"),
    "checked at no day": ({"verified_on": "2018-10-01"}, "termijn | verified_on"),
    "value without brackets": ({"values": FIRST}, "termijn | values | (it,)"),
    "value in words": ({"values": (value(value="3"),)}, "termijn | values.value | whole number"),
    "value true": ({"values": (value(value=True),)}, "termijn | values.value"),
    "value below zero": ({"values": (value(value=-1),)}, "termijn | values.value | at least 0"),
    "no werkdagen": (
        {"values": (value(value=0),), "unit": Eenheid.WERKDAGEN},
        "termijn | values.value | at least 1",
    ),
    "a window of days": ({"values": (value(value=Venster()),)}, "termijn | values.value"),
    "a number for a window": ({"values": (FIRST,), "unit": Eenheid.VENSTER}, "termijn | values.value | Venster"),
    "from no day": ({"values": (value(van="2018"),)}, "termijn | values.van"),
    "without a source": ({"values": (value(source="zo"),)}, "termijn | values.source | Source"),
    "newest first": ({"values": (LATER, FIRST)}, "termijn | values | oldest first"),
    "one day twice": ({"values": (LATER, LATER)}, "termijn | values | another day"),
    "one day twice before another": ({"values": (FIRST, FIRST, LATER)}, "termijn | values | another day"),
}


@pytest.mark.parametrize(("wrong", "words"), NORM.values(), ids=NORM)
def test_a_norm_that_cannot_work_is_refused(wrong: dict[str, Any], words: str) -> None:
    refused(lambda: attrs.evolve(TERMIJN, **wrong), words)


def test_a_source_has_a_title_and_its_days_in_order() -> None:
    refused(lambda: Source(title=" "), "Source | title | empty")
    refused(lambda: Source(title="wet", van=BEGIN, tot_en_met=date(2018, 1, 1)), "Source wet | van | tot_en_met")
    assert Source(title="wet", van=BEGIN, tot_en_met=BEGIN).in_force(BEGIN)


def test_the_parts_of_a_declaration_are_given_by_name() -> None:
    """Their order says nothing: the second text of a source could be anything."""
    with pytest.raises(TypeError):
        Source("wet", "https://wetten.overheid.nl")  # type: ignore[call-arg] # the mistake
    with pytest.raises(TypeError):
        RuleSet("eigen", "pakket", "1.0")  # type: ignore[call-arg] # the mistake
    assert RuleSet(name="eigen") == RuleSet(name="eigen", distribution=None, version=None)
    with pytest.raises(TypeError):
        Question("vraag", None, A, DING, ())  # type: ignore[call-arg] # the mistake
    with pytest.raises(TypeError):
        Fact("feit", DING, ValueType.BOOL, A)  # type: ignore[call-arg] # the mistake


def subject() -> tuple[SubjectType, Term]:
    """Make a subject type with its start day and one number."""
    made = SubjectType("Proef", "proeven")
    made.starts_on(made.column("dag", ValueType.DAY, "Dag.", "Day."))
    return made, made.column("getal", ValueType.WHOLE, "Getal.", "Number.")


def fact(**wrong: Any) -> Term:
    """Declare a fact that needs one number; what is not given does not matter."""
    made, number = subject()
    given: dict[str, Any] = {"name": "feit", "needs": (number,), "nl": "Zo.", "en": "So.", "type_": ValueType.BOOL}
    given |= {"compute": lambda _, getal: getal > 1, **wrong}
    compute = given.pop("compute")
    return made.fact(given.pop("type_"), given.pop("nl"), given.pop("en"), **given)(compute)


FACT: dict[str, tuple[dict[str, Any], str]] = {
    "name with a space": ({"name": "een feit"}, "Fact 'een feit' of Proef | name"),
    "name of a lambda": ({"name": None}, "Fact '<lambda>' of Proef | name"),
    "name that is a word of Python": ({"name": "class"}, "Fact 'class' of Proef | name | another"),
    "name that is taken": ({"name": "getal"}, "two facts named getal | another name"),
    "type as a word": ({"type_": "bool"}, "feit | type | ValueType.BOOL"),
    "no English": ({"en": ""}, "feit | text.en"),
    "need by its name": ({"needs": ("getal",)}, "feit | needs | tuple of Term"),
    "need without brackets": ({"needs": PEILDATUM}, "feit | needs | (it,)"),
    "looked up without brackets": ({"needs": (), "looked_up": PEILDATUM}, "feit | looked_up | (it,)"),
    "maybe without brackets": ({"needs": (), "maybe": PEILDATUM}, "feit | maybe | (it,)"),
    "need that is a constant": ({"needs": (Term("const", 3),)}, "feit | constant"),
    "table by itself": ({"tables": ("erkenningen",)}, "feit | tables"),
    "table of three": ({"tables": (("erkenningen", None, None),)}, 'feit | tables | ("erkenningen", None)'),
    "table of one": ({"tables": (("erkenningen",),)}, "feit | tables | pairs"),
    "use of a number": ({"uses": ((1, None),)}, "feit | uses | pairs"),
    "column that is a number": ({"uses": (("erkenningen", 1),)}, "feit | uses | pairs"),
    "function of too few": ({"compute": lambda _: True}, "feit | 2 values | context"),
    "function of too many": ({"compute": lambda _, a, b: a == b}, "feit | 2 values"),
}


@pytest.mark.parametrize(("wrong", "words"), FACT.values(), ids=FACT)
def test_a_fact_that_cannot_work_is_refused(wrong: dict[str, Any], words: str) -> None:
    refused(lambda: fact(**wrong), words)


def test_a_function_that_takes_what_it_is_given_in_another_way_is_not_refused() -> None:
    assert fact(compute=lambda *given: bool(given)).fact.name == "feit"
    assert fact(compute=lambda _, getal, extra=1: getal == extra).fact.name == "feit"
    # Of this one Python itself does not know what it takes.
    assert fact(compute=max).fact.name == "feit"


@pytest.mark.parametrize("start", [PEILDATUM, dag == BEGIN, DING.this], ids=repr)
def test_a_term_starts_on_a_fact_itself(start: Term) -> None:
    """A day of the run, a condition and the record are no fact, though the last two are made of facts."""
    made, _ = subject()
    words = {"nl": "Zo.", "en": "So."}

    refused(lambda: made.limit("uiterste", start=start, norm=TERMIJN, **words), "start must be a fact of Proef")


def test_a_term_starts_on_a_day_and_counts_time() -> None:
    made, number = subject()
    words = {"nl": "Zo.", "en": "So."}
    flag = made.column("vlag", ValueType.BOOL, "Vlag.", "Flag.")

    refused(lambda: made.limit("uiterste", start=number, norm=TERMIJN, **words), "'uiterste' of Proef | start | day")
    refused(lambda: made.limit("uiterste", start=flag, norm=TERMIJN, **words), "'uiterste' of Proef | start | day")
    refused(lambda: made.limit("uiterste", start=dag, norm=TERMIJN, **words), "'uiterste' of Proef | start")
    refused(lambda: made.limit("uiterste", start="dag", norm=TERMIJN, **words), "start")  # type: ignore[arg-type]
    refused(lambda: made.limit("uiterste", start=made.start_day, norm=MAXIMUM, **words), "maximum counts ms | dagen")
    refused(lambda: made.limit("uiterste", start=made.start_day, norm=3, **words), "norm | Norm")  # type: ignore[arg-type]
    refused(lambda: made.norm(3), "Proef | norm | Norm")  # type: ignore[arg-type]
    refused(lambda: made.starts_on(number), "Proef | start day")
    refused(lambda: made.starts_on(dag), "Proef | start day")
