"""The receipt: what a result rests on, the same bytes for the same input."""

import json
import random
from datetime import date, timedelta
from typing import Any

import pytest
from tests.judge.werelden import judged, run_of
from tests.questions.spec import EEN_BPVO, build

from bpvo_rules import Judge, Keten, Outcome, judge
from bpvo_rules.errors import NormError
from bpvo_rules.judge import NormSetting, OffSetting, Profile, catalogue_digest, make_settings, receipt
from bpvo_rules.keten import Invoerfout, Opmerking
from bpvo_rules.model import TABLES
from bpvo_rules.questions import RULES
from bpvo_rules.testing.worlds import World, seeded_world
from bpvo_rules.version import RULE_SET_VERSION, __version__

VERIFIED = date(2026, 11, 23)
"""The day on which the sources of the shipped norms were last checked."""
AGE = 1096


def the_receipt(cells: dict[str, str] | None = None, *, settings: dict[str, Any] | None = None, **others: str) -> Any:
    """Give the receipt of a chain of one BPVO."""
    keten, arguments = build(EEN_BPVO, [cells or {}], others)
    return receipt(judge(keten, **{**arguments, **(settings or {})}))


def test_a_receipt_says_what_was_run_on_what() -> None:
    found = the_receipt(P="2018-11-15", K="2018-11-20")

    assert found["library_version"] == __version__
    assert found["rule_set_version"] == RULE_SET_VERSION
    assert found["rule_set_digest"] == catalogue_digest()
    assert (found["peildatum"], found["kennisdatum"], found["perspectief"]) == ("2018-11-15", "2018-11-20", "keten")
    assert found["subjects"] == {"Bpvo": 1, "Uitwisseling": 1, "Erkenningsaanvraag": 0, "WhiteLabelMeting": 0}
    assert found["questions"]["bpvo_erkend_leerbedrijf"] == {
        "voldoet": 1,
        "voldoet_niet": 0,
        "niet_te_bepalen": 0,
        "niet_van_toepassing": 0,
    }
    assert "registratie" not in found["questions"]
    assert found["meldingen"] == {"total": 0, "with_toelichting": 0}
    assert found["profile"] is None
    assert found["rules_failed"] == []


def test_open_norms_are_listed_as_not_run() -> None:
    """And so is nothing else, unless the caller chose it."""
    assert the_receipt()["rules_not_run"] == [
        {
            "rule": "bij_duo_rond_aanvang",
            "reason": {
                "nl": "norm zonder waarde: speling_na_aanvang",
                "en": "norm without a value: speling_na_aanvang",
            },
        },
        {
            "rule": "white_label_vlot",
            "reason": {"nl": "norm zonder waarde: maximale_duur_ms", "en": "norm without a value: maximale_duur_ms"},
        },
    ]
    given = the_receipt(settings={"norms": {"speling_na_aanvang": 0, "maximale_duur_ms": 500}})
    assert given["rules_not_run"] == []
    assert given["rules"]["bij_duo_rond_aanvang"]["voldoet"] == 1


def test_rules_that_were_not_chosen_are_listed_as_not_run() -> None:
    found = the_receipt(settings={"only_rules": ["erkend_bij_aanvang"]})

    assert list(found["rules"]) == ["erkend_bij_aanvang"]
    assert [r["rule"] for r in found["rules_not_run"]] == [r.code for r in RULES if r.code != "erkend_bij_aanvang"]
    assert {r["reason"]["nl"] for r in found["rules_not_run"]} == {"niet gekozen"}


def test_the_norms_in_use_are_listed_with_values_and_sources() -> None:
    norms = {norm["id"]: norm for norm in the_receipt()["norms"]}

    assert list(norms) == [
        "termijn_aanlevering",
        "termijn_doorlevering",
        "termijn_terugkoppeling",
        "venster",
        "termijn_besluit",
        "termijn_kennisgeving",
        "uren_per_week",
    ]
    assert [(v["van"], v["value"]) for v in norms["termijn_aanlevering"]["values"]] == [(None, 7), ("2020-07-01", 7)]
    assert norms["venster"]["values"][0]["value"] == "altijd"
    assert all(v["source"]["title"] for norm in norms.values() for v in norm["values"])
    assert not any(norm["given"] for norm in norms.values())
    assert {norm["verified_on"] for norm in norms.values()} == {VERIFIED.isoformat()}


def test_norms_of_the_caller_are_marked_as_given() -> None:
    profile = Profile(
        naam="eigen",
        datum=date(2018, 1, 1),
        norms=(NormSetting(norm="uren_per_week", value=36, reason="cao"),),
    )
    found = the_receipt(settings={"norms": {"termijn_aanlevering": 5}, "profile": profile})
    norms = {norm["id"]: norm for norm in found["norms"]}

    assert {name for name, norm in norms.items() if norm["given"]} == {"termijn_aanlevering", "uren_per_week"}
    assert [(v["van"], v["value"], v["source"]["title"]) for v in norms["uren_per_week"]["values"]] == [
        (None, 36, "cao")
    ]
    assert [v["value"] for v in norms["termijn_aanlevering"]["values"]] == [5]


def test_a_rule_that_is_off_takes_its_norm_with_it() -> None:
    profile = Profile(naam="p", datum=date(2018, 1, 1), off=(OffSetting(rule="omvang_aannemelijk", reason="ruis"),))

    assert "uren_per_week" not in {n["id"] for n in the_receipt(settings={"profile": profile})["norms"]}


@pytest.mark.parametrize(("days", "stale"), [(-3000, False), (0, False), (AGE, False), (AGE + 1, True)])
def test_norms_that_were_checked_long_ago_are_named(days: int, *, stale: bool) -> None:
    """Three years and a day is too long by default; on the day itself it is not. The peildatum is what counts."""
    peildatum = VERIFIED + timedelta(days=days)
    used = {"termijn_aanlevering", "termijn_doorlevering", "termijn_terugkoppeling", "venster"}
    used |= {"termijn_besluit", "termijn_kennisgeving", "uren_per_week"}
    judgement = judge(Keten(), peildatum=peildatum)

    assert set(receipt(judgement)["norms_to_verify"]) == (used if stale else set())
    given = judge(Keten(), peildatum=peildatum, norms={"termijn_besluit": 10})
    assert set(receipt(given)["norms_to_verify"]) == (used - {"termijn_besluit"} if stale else set())


def test_in_strict_mode_such_norms_stop_the_run() -> None:
    """Of a whole chain and of one BPVO alike, and it names them."""
    strict = Judge(make_settings(strict=True, norm_age_days=30))
    on_time, late = VERIFIED + timedelta(days=30), VERIFIED + timedelta(days=31)
    keten, _ = build(EEN_BPVO, [{}], {})
    strict.keten(keten, peildatum=on_time)
    (bpvo,) = strict.keten(keten, peildatum=on_time).context.stand.bpvos
    strict.bpvo(bpvo, peildatum=on_time)

    with pytest.raises(NormError, match=r"over 30 days .* termijn_aanlevering"):
        strict.keten(keten, peildatum=late)
    with pytest.raises(NormError):
        strict.bpvo(bpvo, peildatum=late)
    Judge(make_settings(strict=True, norm_age_days=30, only_rules=["erkend_bij_aanvang"])).keten(keten, peildatum=late)


def test_what_was_not_looked_up_is_named() -> None:
    found = the_receipt(erkenningen="?", zonder="opleidingen.niveau inschrijvingsperiodes.leerweg")

    assert found["tables_not_looked_up"] == [
        "erkenningen",
        "inschrijvingen",
        "erkenningsaanvragen",
        "white_label_metingen",
        "white_label_onderhoud",
    ]
    assert found["columns_not_looked_up"] == ["inschrijvingsperiodes.leerweg", "opleidingen.niveau"]


def test_what_could_not_be_read_is_counted_per_table() -> None:
    """With the counts only; which rows is for the reader of the files to say."""
    keten, arguments = build(EEN_BPVO, [{}], {})
    fouten = [Invoerfout(t, f"{t}.csv", line, None, "onleesbaar") for t, line in (("b", 2), ("a", 2), ("b", 3))]
    noted = [Opmerking("RO.csv", "slr_verschil", "Er zijn minder regels."), Opmerking("A.csv", "bom", "Er is een BOM.")]
    found = receipt(judge(keten.with_tables({}, invoerfouten=fouten, opmerkingen=[*noted, noted[0]]), **arguments))

    assert found["invoerfouten"] == {"a": 1, "b": 2}
    assert list(found["invoerfouten"]) == ["a", "b"]
    assert found["opmerkingen"] == ["bom: Er is een BOM.", "slr_verschil: Er zijn minder regels."]


def test_a_bpvo_without_begindatum_is_counted_because_no_foto_has_it() -> None:
    keten, arguments = build(EEN_BPVO, [{}, {"volgnummer": "2", "begindatum": ""}], {})

    assert receipt(judge(keten, **arguments))["bpvos_without_begindatum"] == 1


def shuffled(world: World, chance: random.Random) -> World:
    """Give a world with the rows of every table in another order."""
    rows = {name: list(world.keten.table(name) or ()) for name in TABLES if world.keten.table(name) is not None}
    for found in rows.values():
        chance.shuffle(found)
    return world._replace(keten=world.keten.with_tables(rows))


def test_the_order_of_the_input_does_not_change_a_byte() -> None:
    chance = random.Random(1)  # noqa: S311 - chance for tests, not for secrets
    for seed in range(9100, 9160):
        world = seeded_world(seed)
        first, second = (json.dumps(receipt(judged(w))) for w in (world, shuffled(world, chance)))
        assert first == second, seed


def test_a_receipt_is_json_and_its_counts_add_up_to_the_subjects() -> None:
    """For every rule and question over all four outcomes; and it holds no student."""
    for seed in range(9200, 9260):
        world = seeded_world(seed)
        judgement = judged(world)
        found = receipt(judgement)
        assert json.loads(json.dumps(found, allow_nan=False)) == found
        for rule in judgement.rules:
            counts = found["rules"][rule.code]
            assert sorted(counts) == sorted(Outcome)
            assert sum(counts.values()) == found["subjects"][rule.subject.name]
        for code, counts in found["questions"].items():
            assert sum(counts.values()) == found["subjects"][judgement.question(code).subject.name]
        assert found["meldingen"]["total"] == sum(c["voldoet_niet"] for c in found["rules"].values())
        assert found["kennisdatum"] == (world.kennisdatum or world.peildatum).isoformat()


def test_no_student_company_or_key_is_in_a_receipt() -> None:
    cells = {"student": "geheim-pseudoniem", "leerbedrijf_id": "123456789", "inschrijvingvolgnummer": "zqz"}
    text = json.dumps(the_receipt(cells))

    for value in cells.values():
        assert value not in text


def test_other_input_has_another_digest_and_other_settings_have_not() -> None:
    world = seeded_world(11)
    first = receipt(judged(world))
    fewer = {name: () for name in TABLES if world.keten.table(name)}

    assert (
        receipt(judged(world._replace(keten=world.keten.with_tables(fewer))))["input_digest"] != first["input_digest"]
    )
    other = receipt(judge(world.keten, **run_of(world), norms={"termijn_aanlevering": 3}))
    assert other["input_digest"] == first["input_digest"]
    assert other != first
