"""What is written as JSON is what the published schemas promise, and the schemas promise something."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
from tests.report.resultaten import RESULTATEN, gewoon, met_een_fout, met_invoerfouten, met_toelichting

from bpvo_rules.judge import Result
from bpvo_rules.model import Functie
from bpvo_rules.report.formats import (
    check_json,
    check_schema,
    schema_files,
    signalen_json,
    signalen_schema,
    written_json,
)
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Kind, Lang, Outcome, Party

Made = Callable[[Result, Say], dict[str, Any]]
DOCUMENTS = [(check_json, check_schema), (signalen_json, signalen_schema)]
# Objects whose keys are codes, not names of the format; any code may stand there.
MAPS = {("subjects",), ("questions",), ("rules",)}


def validator(schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def written(made: Made, result: Result, lang: Lang) -> Any:
    """Give a document as its reader has it: through the text."""
    return json.loads("".join(written_json(made(result, Say(lang)))))


@pytest.mark.parametrize(("made", "schema"), DOCUMENTS)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_document_is_valid(
    resultaat: Result, made: Made, schema: Callable[[], dict[str, Any]], lang: Lang
) -> None:
    validator(schema()).validate(written(made, resultaat, lang))


def objects(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the path of every object whose keys are names of the format."""
    if isinstance(value, dict):
        if path not in MAPS or (path == ("subjects",) and "subject" in value):
            yield path
        for key, inner in value.items():
            yield from objects(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value[:3]):
            yield from objects(inner, (*path, place))


def at(document: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


@pytest.mark.parametrize(("made", "schema"), DOCUMENTS)
@pytest.mark.parametrize("result", [met_toelichting, met_invoerfouten])
def test_a_name_too_many_or_too_few_is_wrong(
    made: Made, schema: Callable[[], dict[str, Any]], result: Callable[[], Result]
) -> None:
    """In every object of the format: then no reader can miss what it does not know, or lack what it needs."""
    right = written(made, result(), "nl")
    check = validator(schema())
    for path in objects(right):
        for name in at(right, path):
            wrong = copy.deepcopy(right)
            del at(wrong, path)[name]
            assert not check.is_valid(wrong), (path, name)
        wrong = copy.deepcopy(right)
        at(wrong, path)["verzonnen"] = 1
        assert not check.is_valid(wrong), path


WRONG: list[tuple[tuple[Any, ...], Any]] = [
    (("format",), "bpvo-rules/foto"),
    (("format_version",), 2),
    (("lang",), "de"),
    (("peildatum",), "1-10-2018"),
    (("perspectief",), "inspectie"),
    (("totals", "meldingen"), -1),
    (("totals", "fout"), "8"),
    (("rules", "tijdig_bij_duo", "voldoet"), 1.5),
    (("questions", "Vraag 1"), {}),
    (("subjects", "Student"), 1),
    (("meldingen", 0, "kind"), "waarschuwing"),
    (("meldingen", 0, "party"), "OCW"),
    (("meldingen", 0, "subject_type"), "Student"),
    (("meldingen", 0, "melding"), "1234"),
    (("meldingen", 0, "melding"), "51B8592AF8682E43"),
    (("meldingen", 0, "brin"), "27dv"),
    (("meldingen", 0, "domein"), "zorg"),
    (("meldingen", 0, "text"), ""),
    (("meldingen", 0, "evidence", 0, "value"), {}),
    (("storingen", 0, "functie"), "bellen"),
    (("storingen", 0, "metingen"), 0),
    (("storingen", 0, "van"), "2018-09-03"),
]


@pytest.mark.parametrize(("path", "value"), WRONG)
def test_a_value_that_cannot_be_is_wrong(path: tuple[Any, ...], value: Any) -> None:
    document = written(check_json, gewoon(), "nl")
    at(document, path[:-1])[path[-1]] = value

    assert not validator(check_schema()).is_valid(document)


WRONG_SIGNALS: list[tuple[str, Any]] = [
    ("volgnummer", "100"),
    ("volgnummer", "0"),
    ("volgnummer", 1),
    ("signaalcode", "A001"),
    ("signaalcode", ""),
    ("omschrijving", "x" * 256),
    ("omschrijving", ""),
    ("parameters", [{"naam": "x" * 51, "waarde": "1"}]),
    ("parameters", [{"naam": "x", "waarde": "1" * 81}]),
    ("parameters", [{"naam": "x", "waarde": ""}]),
]


@pytest.mark.parametrize(("name", "value"), WRONG_SIGNALS)
def test_a_signal_past_its_limits_is_wrong(name: str, value: Any) -> None:
    document = written(signalen_json, gewoon(), "nl")
    document["subjects"][0]["signalen"][0][name] = value

    assert not validator(signalen_schema()).is_valid(document)


def test_the_words_of_the_schema_are_those_of_the_library() -> None:
    """A word that is added to one must be added to the other."""
    schema = check_schema()
    melding = schema["$defs"]["melding"]["properties"]

    assert schema["$defs"]["kind"]["enum"] == list(Kind)
    assert melding["party"]["enum"] == list(Party)
    assert list(schema["$defs"]["outcomes"]["properties"]) == list(Outcome)
    assert schema["properties"]["storingen"]["items"]["properties"]["functie"]["enum"] == list(Functie)


def test_a_schema_names_the_format_and_version_that_it_is_for() -> None:
    for schema, name in ((check_schema(), "check"), (signalen_schema(), "signalen")):
        version = schema["properties"]["format_version"]["const"]
        assert schema["properties"]["format"]["const"] == f"bpvo-rules/{name}"
        assert schema["$id"] == f"urn:bpvo-rules:{name}:{version}"
    assert [file.name for file in schema_files()] == ["check.schema.json", "signalen.schema.json"]


def test_totals_count_every_melding_once() -> None:
    """Eight fout and one signaal; the profile makes one of them a vraag, with a toelichting."""
    totals = written(check_json, met_toelichting(), "nl")["totals"]

    assert totals == {"meldingen": 9, "fout": 7, "signaal": 1, "vraag": 1, "with_toelichting": 1}


def test_a_rule_that_failed_is_named_by_its_type_of_error_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the error said may hold values."""
    document = written(check_json, met_een_fout(monkeypatch), "nl")

    assert document["rules_failed"] == [{"rule": "white_label_antwoordt", "error": "RuntimeError"}]


def test_half_a_surrogate_pair_can_be_written_and_read_back() -> None:
    text = "".join(written_json({"a": "x\ud800y"}))

    assert text.encode("utf-8")
    assert json.loads(text) == {"a": "x\ud800y"}


@pytest.mark.parametrize("made", [check_json, signalen_json])
def test_the_document_of_frames_is_that_of_the_reference(made: Made) -> None:
    texts = ["".join(written_json(made(RESULTATEN[name](), Say("nl")))) for name in ("gewoon", "met_frames")]

    assert texts[0] == texts[1]
