"""JUnit: a build fails on meldingen of kind fout and on nothing less; what was not judged does not pass."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import junitparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.runner import PEILDATUM, aanvraag, kleine_keten
from tests.report.resultaten import (
    DAG,
    RESULTATEN,
    gewoon,
    met_een_fout,
    met_invoerfouten,
    met_toelichting,
    niet_opgezocht,
)

from bpvo_rules import judge
from bpvo_rules.judge import Result
from bpvo_rules.questions import QUESTIONS, RULES
from bpvo_rules.report.formats import junit_xml
from bpvo_rules.report.formats.junit import MOST_SHOWN
from bpvo_rules.report.formats.xmltext import closed
from bpvo_rules.report.wording import Say
from bpvo_rules.rules import Lang

# What each element may hold, in this order, and its attributes: as in the schema that Jenkins publishes (junit-10.xsd).
SHAPE: dict[str, tuple[str, set[str]]] = {
    "testsuites": (r"(testsuite )*", {"name", "tests", "failures", "errors"}),
    "testsuite": (r"(properties )?(testcase )*", {"name", "tests", "failures", "errors", "skipped"}),
    "properties": (r"(property )*", set()),
    "property": ("", {"name", "value"}),
    "testcase": (r"((skipped|failure|error) )?(system-out )?", {"classname", "name"}),
    "failure": ("", {"message", "type"}),
    "error": ("", {"message", "type"}),
    "skipped": ("", {"message"}),
    "system-out": ("", set()),
}


def root(result: Result, lang: Lang = "nl") -> ET.Element:
    return ET.fromstring("".join(junit_xml(result, Say(lang))))  # noqa: S314 - our own document


def tags(result: Result) -> dict[str, str]:
    """Give what a case has, per rule: failure, error, skipped or nothing."""
    return {
        case.attrib["name"]: next((child.tag for child in case if child.tag != "system-out"), "")
        for case in root(result).iter("testcase")
    }


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_elements_are_those_that_build_systems_read(resultaat: Result, lang: Lang) -> None:
    for element in root(resultaat, lang).iter():
        content, attributes = SHAPE[element.tag]
        assert re.fullmatch(content, "".join(f"{child.tag} " for child in element)), element.tag
        assert set(element.attrib) == attributes, element.tag


def test_counts_are_those_of_the_cases(resultaat: Result) -> None:
    """Per suite and of all together."""
    found = root(resultaat)
    for element in (found, *found):
        cases = list(element.iter("testcase"))
        assert element.attrib["tests"] == str(len(cases))
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            if element is not found or name != "skipped":
                assert element.attrib[name] == str(sum(case.find(tag) is not None for case in cases))


def test_another_reader_finds_the_same(resultaat: Result, tmp_path: Path) -> None:
    path = tmp_path / "junit.xml"
    path.write_text("".join(junit_xml(resultaat, Say("nl"))), "utf-8")
    read: Any = junitparser.JUnitXml.fromfile(str(path))

    assert [suite.name for suite in read] == [*(question.code for question in QUESTIONS), "invoer"]
    for suite in read:
        before = suite.tests, suite.failures, suite.errors, suite.skipped
        suite.update_statistics()
        assert (suite.tests, suite.failures, suite.errors, suite.skipped) == before


def test_every_rule_is_a_case_whatever_was_found(resultaat: Result) -> None:
    assert list(tags(resultaat)) == [*(rule.code for rule in RULES), "invoerfouten"]


def test_a_fout_fails_and_a_signaal_does_not() -> None:
    """The small keten has meldingen of six rules of kind fout, and one of a signaal."""
    found = tags(gewoon())

    assert {name for name, tag in found.items() if tag == "failure"} == {
        "leerbedrijf_bekend",
        "erkend_bij_aanvang",
        "tijdig_bij_duo",
        "white_label_antwoordt",
        "besluit_tijdig",
        "verplichte_gegevens",
    }
    assert found["erkenning_dekt_planning"] == ""
    (case,) = root(gewoon()).iterfind(".//testcase[@name='erkenning_dekt_planning']")
    assert (case.findtext("system-out") or "").startswith("signaal: 1 melding\n")


def test_a_failure_names_every_melding_and_counts_them() -> None:
    (failure,) = root(gewoon()).iterfind(".//testcase[@name='erkend_bij_aanvang']/failure")

    assert failure.attrib == {"message": "2 meldingen", "type": "fout"}
    lines = (failure.text or "").splitlines()
    assert [line.split(":")[0].split()[1] for line in lines] == ["27DV/KOUD/1/1", "27DV/VREEMD/1/1"]


def test_a_kind_is_as_the_profile_has_it_and_a_toelichting_changes_no_result() -> None:
    """As the exit status: a rule made a vraag no longer fails; an explained fout still does."""
    found = tags(met_toelichting())

    assert found["tijdig_bij_duo"] == ""
    assert found["geen_dubbele_bpvo"] == "skipped"
    (case,) = root(met_toelichting()).iterfind(".//testcase[@name='tijdig_bij_duo']")
    assert "vraag: 1 melding, waarvan 1 met toelichting" in (case.findtext("system-out") or "")


def test_what_was_not_judged_is_skipped_and_what_stopped_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules about recognition could decide about nobody; those about requests had no subjects."""
    found = tags(niet_opgezocht())

    assert found["erkend_bij_aanvang"] == found["besluit_tijdig"] == found["white_label_vlot"] == "skipped"
    assert tags(met_een_fout(monkeypatch))["white_label_antwoordt"] == "error"


def test_invoerfouten_are_said_and_fail_nothing() -> None:
    """1 row with a line, and 3 without."""
    (case,) = root(met_invoerfouten()).iterfind(".//testcase[@name='invoerfouten']")

    assert [child.tag for child in case] == ["system-out"]
    assert (case.findtext("system-out") or "").splitlines()[0] == "4 invoerfouten"


def test_a_long_list_is_cut_and_says_so() -> None:
    """Of 103 late decisions 100 are written out; the number is exact."""
    late = [aanvraag(f"X{number:03}", DAG.replace(month=9, day=18)) for number in range(MOST_SHOWN + 3)]
    result = judge(kleine_keten(erkenningsaanvragen=late), peildatum=DAG)
    (failure,) = root(result).iterfind(".//testcase[@name='besluit_tijdig']/failure")

    assert failure.attrib["message"] == "103 meldingen"
    lines = (failure.text or "").splitlines()
    assert len(lines) == MOST_SHOWN + 1
    assert lines[-1] == "en nog 3, die hier niet staan"


@given(st.text(st.characters()), st.text(st.characters()))
def test_any_text_can_stand_in_it(text: str, value: str) -> None:
    """What XML 1.0 has no form for (its production Char) is one replacement mark; all else is read back."""
    found = ET.fromstring(closed("a", {"b": value}, text))  # noqa: S314 - our own document

    def has_a_form(character: str) -> bool:
        low, high = "\x20" <= character <= "\ud7ff", "\ue000" <= character not in "\ufffe\uffff"
        return character in "\t\n\r" or low or high

    for read, given_ in ((found.text or "", text), (found.attrib["b"], value)):
        assert read == "".join(c if has_a_form(c) else "\ufffd" for c in given_)


@pytest.mark.parametrize(
    "text", ["]]>", "<![CDATA[x]]>", "\x00\x0b\x1b[31m", "\ud800", "\udfff\ud800", "\ufffe", "&#0;", "a\r\nb\rc"]
)
def test_texts_that_break_documents_do_not_break_this_one(text: str) -> None:
    document = closed("a", {"b": text}, text)

    assert document.encode("utf-8")
    found = ET.fromstring(document)  # noqa: S314 - our own document
    assert found.text == found.attrib["b"]


def test_the_peildatum_stands_in_every_suite_and_no_time_in_any() -> None:
    text = "".join(junit_xml(gewoon(), Say("nl")))

    assert text.count(f'<property name="peildatum" value="{PEILDATUM}"/>') == len(QUESTIONS) + 1
    assert " time=" not in text
    assert "timestamp" not in text


def test_the_document_of_frames_is_that_of_the_reference() -> None:
    assert list(junit_xml(RESULTATEN["met_frames"](), Say("nl"))) == list(junit_xml(gewoon(), Say("nl")))
