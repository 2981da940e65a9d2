"""The evidence of a melding that no condition reads: what is shown so that somebody can find the error."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from tests.questions.spec import EEN_BPVO, build

from bpvo_rules import judge

KEUZEDEEL = {"keuzedeelcode": "K0067", "opleidingcode": ""}
VERZORGENDE = {"opleidingcode": "23189"}


def shown(rule: str, cells: Mapping[str, str], **others: str) -> dict[str, Any]:
    """Give the evidence of the only melding of a rule, by name."""
    keten, arguments = build(EEN_BPVO, [cells], others)
    (found,) = [m for m in judge(keten, **arguments).meldingen() if m.rule == rule]
    return {e.name: e.value for e in found.evidence}


@pytest.mark.parametrize(
    ("erkenningen", "van", "tot_en_met"),
    [
        # The placement begins on 1 October 2018.
        ("", None, None),
        ("25655 2017-08-01..2018-07-31", date(2017, 8, 1), date(2018, 7, 31)),
        ("25655 2018-11-01..2019-07-31", date(2018, 11, 1), date(2019, 7, 31)),
        # No end is known.
        ("25655 2018-11-01..", date(2018, 11, 1), None),
        # Two days before, and one day after.
        ("25655 2017-08-01..2018-09-29, 25655 2018-10-02..2018-12-31", date(2018, 10, 2), date(2018, 12, 31)),
        # Of another opleiding.
        ("25480 2018-08-01..2019-07-31", None, None),
    ],
)
def test_the_recognised_period_nearest_to_the_start(
    erkenningen: str, van: date | None, tot_en_met: date | None
) -> None:
    found = shown("erkend_bij_aanvang", {}, erkenningen=erkenningen)

    assert found["dichtstbijzijnde_erkenning_van"] == van
    assert found["dichtstbijzijnde_erkenning_tot_en_met"] == tot_en_met


def test_the_days_without_recognition_until_now() -> None:
    """Recognised until 31 October and looked at on 15 November 2018, so 15 days, of which 1 November is the first."""
    opleiding = shown("erkend_gedurende_looptijd", {}, erkenningen="25655 2018-08-01..2018-10-31")
    keuzedeel = shown("keuzedeel_erkend_gedurende_looptijd", KEUZEDEEL, erkenningen="25480 2018-08-01..2018-10-31")

    assert opleiding["eerste_dag_zonder_erkenning"] == date(2018, 11, 1)
    assert opleiding["dagen_zonder_erkenning"] == 15
    assert keuzedeel["elke_eerste_dag_zonder_erkenning"] == date(2018, 11, 1)
    assert keuzedeel["elke_dagen_zonder_erkenning"] == 15


def test_the_first_day_without_recognition_from_now_on() -> None:
    """Recognised until the end of the year; the placement goes on to the end of January."""
    found = shown("erkenning_dekt_planning", {}, erkenningen="25655 2018-08-01..2018-12-31")

    assert found["eerste_dag_zonder_erkenning_na_peildatum"] == date(2019, 1, 1)


def test_the_codes_of_which_a_recognition_will_do() -> None:
    """Those of the kwalificaties of the dossier, and their equivalents."""
    found = shown(
        "erkend_bij_aanvang", {"opleidingcode": "23264"}, erkenningen="", equivalenten="25656>25480, 25480>25251"
    )

    assert set(found["codes"]) == {"25655", "25656", "25480"}


def test_the_codes_of_which_one_is_needed_too() -> None:
    """Under bijlage 1 and 2 the code 23189 names two."""
    found = shown("stagefonds_tweede_erkenning", VERZORGENDE, erkenningen="23189 2018-08-01..2019-07-31")

    assert found["tweede_erkenningen"] == ("25498", "92640")


def test_the_data_that_are_not_filled() -> None:
    found = shown("verplichte_gegevens", {"begindatum": "", "leerbedrijf_id": ""})

    assert found["ontbrekende_gegevens"] == ("begindatum", "leerbedrijf_id")


def test_without_both_codes_the_grondslag_is_not_filled() -> None:
    found = shown("verplichte_gegevens", {"opleidingcode": "", "afsluitdatum": ""})

    assert found["ontbrekende_gegevens"] == ("afsluitdatum", "grondslag")
