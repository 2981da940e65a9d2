"""Shifting every date by whole weeks shifts the evidence and nothing else, for rules that know no calendar."""

import random
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from tests.judge.werelden import JUDGE, judged

from bpvo_rules.judge import Melding
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES
from bpvo_rules.model.fields import Soort
from bpvo_rules.periode import Periode
from bpvo_rules.questions import RULES
from bpvo_rules.testing.worlds import World, seeded_world

SHIFTS = (
    "leerbedrijf_bekend",
    "erkend_bij_aanvang",
    "erkend_gedurende_looptijd",
    "erkenning_dekt_planning",
    "tijdig_bij_duo",
    "bij_duo_rond_aanvang",
    "wijziging_tijdig_bij_duo",
    "terugkoppeling_tijdig",
    "levering_geaccepteerd",
    "verplichte_gegevens",
    "een_grondslag",
)
DOES_NOT = {
    "tijdig_bij_sbb": "a month has not always as many days",
    "keuzedeel_leerbedrijf_bekend": "keuzedelen came on 1 August 2016",
    "keuzedeel_erkend_bij_aanvang": "keuzedelen came on 1 August 2016",
    "keuzedeel_erkend_gedurende_looptijd": "keuzedelen came on 1 August 2016",
    "keuzedeel_geldig": "keuzedelen came on 1 August 2016",
    "white_label_antwoordt": "the clock is moved twice a year",
    "white_label_vlot": "the clock is moved twice a year",
    "besluit_tijdig": "holidays are no werkdagen, and the reglement dates from 1 August 2015",
    "besluit_overschrijding_gemotiveerd": "holidays are no werkdagen, and the reglement dates from 1 August 2015",
    "kennisgeving_tijdig": "holidays are no werkdagen, and the reglement dates from 1 August 2015",
    **{
        rule.code: "the list of Stagefonds dates from 1 August 2018"
        for rule in RULES
        if rule.code.startswith("stagefonds_")
    },
    "omvang_aannemelijk": "the list of Stagefonds dates from 1 August 2018",
    "einddatum_niet_in_toekomst": "the list of Stagefonds dates from 1 August 2018",
    "einddatum_geregistreerd": "the list of Stagefonds dates from 1 August 2018",
    "geen_dubbele_bpvo": "the list of Stagefonds dates from 1 August 2018",
}


def test_the_law_is_about_these_rules_and_the_others_have_a_reason() -> None:
    assert {*SHIFTS} | set(DOES_NOT) == {rule.code for rule in RULES}
    assert not {*SHIFTS} & set(DOES_NOT)


def moved(value: Any, by: timedelta) -> Any:
    """Shift a day, or the days of periods; a period without a known end stays without."""
    if isinstance(value, Periode):
        return Periode(moved(value.van, by), moved(value.tot_en_met, by) if value.has_end else value.tot_en_met)
    if isinstance(value, tuple):
        return tuple(moved(item, by) for item in value)
    return value + by if isinstance(value, date) else value


def shifted(keten: Keten, by: timedelta) -> Keten:
    """Give a chain in which everything happens some time later or earlier."""
    tables = {}
    for name, table in TABLES.items():
        days = [c for c, spec in table.columns.items() if spec.soort in {Soort.DAY, Soort.MOMENT}]
        rows = keten.table(name)
        if rows is not None:
            tables[name] = [
                attrs.evolve(row, **{c: moved(getattr(row, c), by) for c in days if getattr(row, c) is not None})
                for row in rows
            ]
    return keten.with_tables(tables)


def evidence(meldingen: tuple[Melding, ...], by: timedelta) -> list[tuple[Any, ...]]:
    """Give what meldingen of the law's rules say and show, with days some time later or earlier."""
    return [
        (m.id, m.rule, m.subject, m.domein, [(e.name, moved(e.value, by)) for e in m.evidence])
        for m in meldingen
        if m.rule in SHIFTS
    ]


def check(world: World, weeks: int) -> int:
    """Hold a world to the law and give the number of meldingen that moved along."""
    by = timedelta(weeks=weeks)
    arguments: dict[str, Any] = {
        "peildatum": world.peildatum + by,
        "kennisdatum": None if world.kennisdatum is None else world.kennisdatum + by,
        "perspectief": world.perspectief,
    }
    here, there = judged(world), JUDGE.keten(shifted(world.keten, by), **arguments)
    verdicts = [[v for v in j.verdicts() if v.rule in SHIFTS] for j in (here, there)]
    assert verdicts[0] == verdicts[1]
    moved_along = evidence(here.meldingen(), by)
    assert moved_along == evidence(there.meldingen(), timedelta(0))
    return len(moved_along)


@pytest.mark.parametrize("batch", range(3))
def test_a_shift_by_whole_weeks_shifts_the_evidence(batch: int) -> None:
    """Over leap days, year ends and the days on which laws and lists changed."""
    chance = random.Random(batch)  # noqa: S311 - chance for tests, not for secrets
    found = [seeded_world(seed) for seed in range(batch * 50, (batch + 1) * 50)]

    assert sum(check(world, chance.choice((-200, -53, -1, 1, 4, 26, 104, 521))) for world in found) > 30
