"""The form of a school system: a melding beside its field, and nothing good when White Label is silent."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from tests.examples.laden import example

from bpvo_rules import Judge

RIGHT = {
    "opleidingcode": "25655",
    "leerbedrijf_id": "100000001",
    "afsluitdatum": "30-9-2018",
    "begindatum": "1-11-2018",
    "einddatum_gepland": "31-1-2019",
}
JUDGE = Judge()
REFERENCE = example("form").reference_on(date(2018, 10, 1))


class Lijn:
    """The client of White Label of a school, in which 100000001 is recognised for 25655; counts the questions."""

    def __init__(self) -> None:
        self.asked = 0
        self.fault: OSError | None = None

    def __call__(self, leerbedrijf_id: str) -> Sequence[tuple[str, date, date | None]] | None:
        self.asked += 1
        if self.fault is not None:
            raise self.fault
        return {"100000001": [("25655", date(2018, 8, 1), date(2019, 1, 31))]}.get(leerbedrijf_id)


def form(lijn: Lijn, typed: dict[str, str] = RIGHT) -> Any:
    """Open a form and fill it in."""
    module = example("form")
    made = module.open_form(JUDGE, module.WhiteLabel(lijn), REFERENCE, brin="27DV")
    for field, text in typed.items():
        made.typed(field, text)
    return made


def test_a_form_that_is_right_says_nothing() -> None:
    made = form(Lijn())

    assert [made.beside(field) for field in example("form").READ] == [[]] * 7


def test_a_company_without_recognition_is_said_beside_what_it_concerns() -> None:
    made = form(Lijn(), RIGHT | {"leerbedrijf_id": "100000002"})
    said = "Leerbedrijf 100000002 is op 1 november 2018 niet erkend voor opleiding 25655."

    assert [field for field in example("form").READ if said in made.beside(field)] == [
        "leerbedrijf_id",
        "opleidingcode",
        "begindatum",
    ]


@pytest.mark.parametrize("fault", [TimeoutError(), ConnectionError(), OSError()])
def test_without_an_answer_nothing_about_the_company_is_decided(fault: OSError) -> None:
    """What is not known is not good, and no melding either: below the form stands why."""
    lijn = Lijn()
    lijn.fault = fault
    made = form(lijn)

    assert made.beside("leerbedrijf_id") == []
    assert "erkend_bij_aanvang: erkenningen geen antwoord" in made.undecided()


def test_an_empty_field_that_something_waits_for_is_named() -> None:
    """The end that was planned decides whether the recognition lasts; hours decide nothing, and are not asked for."""
    assert form(Lijn()).asked_for() == []

    empty = form(Lijn(), RIGHT | {"einddatum_gepland": "", "begindatum": ""})
    assert empty.asked_for() == ["begindatum", "einddatum_gepland"]
    assert not [text for text in empty.undecided() if text.startswith("erkend_bij_aanvang")]


def test_an_answer_that_comes_back_decides_again() -> None:
    lijn = Lijn()
    lijn.fault = TimeoutError()
    made = form(lijn)
    lijn.fault = None
    made.typed("begindatum", "2-11-2018")

    assert not [text for text in made.undecided() if text.startswith("erkend")]


def test_what_cannot_be_read_counts_as_empty() -> None:
    """31 September does not exist, and the day that stood there before is not judged any more."""
    made = form(Lijn())
    made.typed("afsluitdatum", "31-9-2018")

    assert made.beside("afsluitdatum") == ["Dit is niet te lezen."]
    assert made.draft.bpvo.afsluitdatum is None


def test_white_label_is_not_asked_for_hours() -> None:
    lijn = Lijn()
    made = form(lijn)
    before = lijn.asked
    for text in ("4", "40", "400"):
        made.typed("omvang", text)

    assert lijn.asked == before


def test_eight_forms_in_eight_threads() -> None:
    """They share one Judge and its reference tables; each says what it would say alone."""

    def filled(number: int) -> object:
        made = form(Lijn(), RIGHT | {"leerbedrijf_id": f"10000000{number}"})
        return made.draft.meldingen, made.undecided()

    alone = [filled(number) for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(filled, range(8))) == alone


def test_it_runs_as_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    """Three times the form: with faults, without, and without White Label."""
    example("form").main()
    out = capsys.readouterr().out

    assert out.count("opleidingcode: 25655") == 3
    assert "Leerbedrijf 100000002 staat niet in het register van SBB." in out
    assert "leerbedrijf_bekend: erkenningen geen antwoord, leerbedrijven geen antwoord" in out
