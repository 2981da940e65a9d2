"""The conformance cases: whole, as they were drawn, and passed by what must pass them."""

import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from tests.conformance.samen import groups, together
from tests.conformance.tekenbord import FOLDER, files
from tests.frames.motoren import engine

from bpvo_rules.errors import ProgramError, RequestError
from bpvo_rules.judge import catalogue
from bpvo_rules.questions import QUESTIONS, RULES
from bpvo_rules.rules.term import ALWAYS
from bpvo_rules.testing import kit
from bpvo_rules.testing.conformance import by_engine, generated, reference, verify
from bpvo_rules.testing.kit import Level, cases, keten_of, run_of, tables_of

SCHEMAS = Path(kit.__file__).parent / "schemas"
CASES = cases()
MET, NOT_MET, UNKNOWN, OUT = "voldoet", "voldoet_niet", "niet_te_bepalen", "niet_van_toepassing"

UNREACHABLE = {(rule.code, OUT) for rule in RULES if rule.full_scope is ALWAYS}
"""A rule without a scope, and valid on every day, leaves nobody out."""


def schema(name: str) -> jsonschema.Draft202012Validator:
    """Give the validator of a published schema."""
    text = (SCHEMAS / f"{name}.schema.json").read_text("utf-8")
    jsonschema.Draft202012Validator.check_schema(json.loads(text))
    return jsonschema.Draft202012Validator(json.loads(text))


def test_what_is_shipped_is_what_was_drawn() -> None:
    """The cases are written out of the drawn tables with `make kit`; nothing is judged on the way."""
    assert {level: (FOLDER / f"{level}.jsonl").read_text("utf-8") for level in Level} == files()


def test_every_rule_has_a_case_for_every_outcome_that_it_can_have() -> None:
    expected = {(rule.code, outcome) for rule in RULES for outcome in (MET, NOT_MET, UNKNOWN, OUT)} - UNREACHABLE
    seen = {(line[0], line[2]) for case in CASES if case.level is not Level.FOTO for line in case.expected}

    assert seen == expected


def test_every_question_is_counted_in_a_foto_with_every_outcome_that_it_can_have() -> None:
    """Question 3 has no scope: it applies to every BPVO that exists."""
    seen = {(line[0], line[3]) for case in cases([Level.FOTO]) for line in case.expected}
    questions = [question.code for question in QUESTIONS if question.number is not None]

    assert seen == {(q, outcome) for q in questions for outcome in (MET, NOT_MET, UNKNOWN, OUT)} - {
        ("bpvo_tijdig", OUT)
    }


def test_a_case_has_a_name_of_its_own_and_its_reasoning() -> None:
    assert [name for name, number in Counter(case.id for case in CASES).items() if number > 1] == []
    assert [case.id for case in CASES if len(case.why.split()) < 5] == []


def test_a_rule_can_be_asked_alone_and_a_level() -> None:
    found = cases([Level.PERIODEN], ["besluit_tijdig"])

    assert found
    assert {(case.level, case.code) for case in found} == {(Level.PERIODEN, "besluit_tijdig")}


def test_cases_requests_and_the_catalogue_fit_their_schemas() -> None:
    """Also the requests of chains of chance, and what the reference answers to them."""
    case, request, answer = schema("case"), schema("request"), schema("answer")
    for one in CASES[::4]:
        case.validate(one.to_json())
    made = [{"id": c.id, **c.request} for c in generated(5)]
    for asked, answered in zip(made, reference(made), strict=True):
        request.validate(asked)
        answer.validate(answered)
    for answered in reference({"id": c.id, **c.request} for c in cases([Level.FOTO])):
        answer.validate(answered)
    schema("catalogue").validate(catalogue())


def test_a_schema_refuses_what_does_not_belong() -> None:
    """Otherwise it would fit anything."""
    wrong = catalogue()
    wrong["questions"][0]["rules"][0]["kind"] = "mening"
    assert not schema("catalogue").is_valid(wrong)
    assert not schema("answer").is_valid({"id": "1", "verdicts": [["a", "b", "goed"]]})
    assert not schema("request").is_valid({"id": "1", "rules": []})


def test_the_reference_passes() -> None:
    report = verify(reference, CASES)

    assert report.passed, report.failures[:3]
    assert {level: of for level, (_, of) in report.levels.items()} == Counter(case.level for case in CASES)


@pytest.mark.parametrize(("name", "step"), [("polars", 15), ("pandas", 60), ("duckdb", 120)])
def test_the_engines_pass(name: str, step: int) -> None:
    """A part of the cases; all of them take minutes per engine, and `verify --engine` runs them."""
    with engine(name):
        report = verify(by_engine(name), CASES[step // 2 :: step])

    assert report.passed, report.failures[:3]


@pytest.mark.xdist_group("spark")
def test_spark_passes_what_can_be_asked_as_one() -> None:
    """Nearly half of the cases, in one run; Spark takes seconds for any, and `benchmarks/gevallen.py` asks them all."""
    asked = {request["id"] for request in groups({"id": case.id, **case.request} for case in CASES)[0]}
    assert len(asked) > 400
    with engine("pyspark"):
        report = verify(together(by_engine("pyspark")), [case for case in CASES if case.id in asked])

    assert report.passed, report.failures[:3]


def test_requests_that_are_asked_as_one_are_answered_as_by_themselves() -> None:
    report = verify(together(reference), CASES)

    assert report.passed, report.failures[:3]
    assert len(report.cases) == len(CASES)


def test_what_is_not_answered_is_not_right() -> None:
    """Nor may anything be answered twice, or that was not asked."""
    few = CASES[:5]
    answers = list(reference({"id": case.id, **case.request} for case in few))

    report = verify(lambda _: iter(answers[:3]), few)
    assert [failure.mistakes for failure in report.failures] == [("no answer",), ("no answer",)]
    assert len(report.cases) == 5
    with pytest.raises(ProgramError, match="twice"):
        verify(lambda _: iter([*answers, answers[0]]), few)
    with pytest.raises(ProgramError, match="not asked"):
        verify(lambda _: iter([{"id": "iets anders"}]), few)
    with pytest.raises(ValueError, match="same id"):
        verify(reference, [few[0], few[0]])


def test_a_request_and_its_chain_say_the_same() -> None:
    """What is written of a chain reads back as that chain."""
    for case in CASES[::10]:
        keten = keten_of(case.request)
        if not keten.invoerfouten:
            assert tables_of(keten) == case.request["tables"]
            assert run_of(case.request)["peildatum"].isoformat() == case.request["peildatum"]


@pytest.mark.parametrize(
    "changes",
    [
        {"tables": {"onbekend": []}},
        {"tables": {"instellingen": [{"brin": "27DV", "plaats": "x"}]}},
        {"tables": {"instellingen": [{"brin": 27}]}},
        {"tables": {}, "niet_opgezocht": [["uitwisselingen", "kleur"]]},
        {
            "tables": {"keuzedelen": [{"code": "K0067", "geldig_van": "2018-08-01"}]},
            "niet_opgezocht": [["keuzedelen", "geldig_van"]],
        },
    ],
)
def test_a_request_of_another_shape_is_refused(changes: dict[str, object]) -> None:
    """Rather than judged without a part of it."""
    with pytest.raises(RequestError):
        keten_of({"niet_opgezocht": [], **changes})


def test_an_answer_is_right_when_its_lines_are_the_expected_ones_in_any_order() -> None:
    case = next(case for case in cases([Level.FOTO]) if len(case.expected) > 2)
    lines = [list(line) for line in case.expected]

    assert case.mistakes({"id": case.id, "geteld": lines[::-1]}) == ()
    assert case.mistakes({"id": case.id, "geteld": lines[1:]})
    assert case.mistakes({"id": case.id, "geteld": [*lines, lines[0]]})
    assert case.mistakes({"id": case.id, "geteld": [[*lines[0][:4], lines[0][4] + 1, lines[0][5]], *lines[1:]]})
    assert case.mistakes({"id": case.id, "verdicts": lines})
    assert case.mistakes({"id": case.id, "error": "not yet"}) == ("no answer: not yet",)
    assert case.mistakes({"id": case.id, "geteld": lines, "error": None}) == ()


def test_two_outcomes_of_one_subject_are_told_in_one_sentence() -> None:
    case = next(case for case in cases([Level.VORM]) if len(case.expected) == 1)
    rule, subject, outcome = case.expected[0]
    other = NOT_MET if outcome == MET else MET

    assert case.mistakes({"verdicts": [[rule, subject, other]]}) == (
        f"{rule} of {subject}: expected {outcome}, answered {other}",
    )
    for wrong, shown in ((f"{outcome} ", f'"{outcome} "'), (outcome.upper(), f'"{outcome.upper()}"'), (["x"], '["x"]')):
        assert case.mistakes({"verdicts": [[rule, subject, wrong]]}) == (
            f"{rule} of {subject}: expected {outcome}, answered {shown}",
        )
    assert len(case.mistakes({"verdicts": [[rule, subject, outcome], [rule, subject, other]]})) == 1
    assert len(case.mistakes({"verdicts": [[rule, "27DV/x/1/1", outcome]]})) == 2


def test_generated_cases_ask_the_rules_of_a_question() -> None:
    """And never nothing, of which every answer would be right."""
    (case,) = generated(1, rules=["een_grondslag", "bpvo_tijdig"])

    assert set(case.request["rules"]) == {
        "een_grondslag",
        "tijdig_bij_duo",
        "tijdig_bij_sbb",
        "bij_duo_rond_aanvang",
        "wijziging_tijdig_bij_duo",
        "terugkoppeling_tijdig",
        "levering_geaccepteerd",
    }
    with pytest.raises(ValueError, match="no rule"):
        generated(1, rules=["geen_regel"])


def test_generated_cases_are_the_same_for_the_same_seed() -> None:
    assert generated(3, seed=7) == generated(3, seed=7)
    assert generated(3, seed=7) != generated(3, seed=8)
