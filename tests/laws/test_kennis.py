"""Never look ahead: what is not known on K changes nothing for K, in either perspectief."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.judge.werelden import JUDGE, judged, run_of

from bpvo_rules import Judgement
from bpvo_rules.foto import Policy, aggregate
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES
from bpvo_rules.testing.strategies import worlds
from bpvo_rules.testing.worlds import World, seeded_world

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
KNOWLEDGE = ("ontvangen_duo_op", "ontstaan_op", "afsluitdatum", "soort")


def said(judgement: Judgement) -> tuple[Any, ...]:
    """Give everything that is said of subjects, reasons and evidence included."""
    return list(judgement.verdicts()), judgement.meldingen(), judgement.question_counts


def known_on(world: World) -> date:
    """Give K."""
    return world.kennisdatum or world.peildatum


class Later:
    """Makes rows out of those of another world, so that none of them is known on K."""

    def __init__(self, chance: random.Random, k: date) -> None:
        self.chance, self.k = chance, k

    def day(self) -> date:
        """Give a day after K, most often the next one."""
        return self.k + timedelta(days=self.chance.choice((1, 1, 2, 7, 400)))

    def register(self, row: Any) -> Any:
        """Make a register row that is not yet known on K, or no longer."""
        if self.chance.random() < 0.5:
            return attrs.evolve(row, bekend_vanaf=self.day(), bekend_tot=None)
        return attrs.evolve(row, bekend_vanaf=None, bekend_tot=self.k - timedelta(days=self.chance.choice((0, 0, 3))))

    def levering(self, row: Any) -> Any:
        """Make a delivery that has not arisen and has not been received on K."""
        arisen: dict[str, Any] = {"ontstaan_op": self.day()}
        if row.soort == "toevoeging" and self.chance.random() < 0.3:
            arisen = {"ontstaan_op": None, "afsluitdatum": self.day()}
        received = self.chance.choice((self.day(), None))
        return attrs.evolve(row, volgorde=row.volgorde + 1000, ontvangen_duo_op=received, **arisen)

    def meting(self, row: Any) -> Any:
        """Make a measurement after the end of K in the Netherlands; the first moment counts as after it."""
        next_day = self.day()
        moment = datetime(next_day.year, next_day.month, next_day.day, tzinfo=AMSTERDAM)
        return attrs.evolve(row, tijdstip=moment, tijdstip_tekst=moment.isoformat())

    def filled(self, table: str, row: Any) -> Any:
        """Fill the cells of a row that is there already with what happens only after K."""
        changes: dict[str, Any] = {}
        if table == "uitwisselingen":
            if row.teruggekoppeld_op is None:
                changes |= {"teruggekoppeld_op": self.day(), "uitkomst": self.chance.choice(("afgekeurd", None))}
            changes |= {name: self.day() for name in ("ontvangen_sbb_op", "ontvangen_duo_op") if not getattr(row, name)}
        elif table == "erkenningsaanvragen":
            names = ("besluit_op", "kennisgeving_op", "overschrijding_gemotiveerd_op")
            changes |= {name: self.day() for name in names if getattr(row, name) is None}
        elif table in {"erkenningen", "leerbedrijven"} and row.bekend_tot is None:
            changes |= {"bekend_tot": self.day()}
        return attrs.evolve(row, **changes)

    def rows(self, other: Keten, present: Keten) -> dict[str, list[Any]]:
        """Give the rows to add."""
        companies = {row.leerbedrijf_id for row in present.leerbedrijven or ()}
        return {
            "uitwisselingen": [self.levering(row) for row in other.uitwisselingen or ()],
            "erkenningen": [self.register(row) for row in other.erkenningen or ()],
            "leerbedrijven": [self.register(r) for r in other.leerbedrijven or () if r.leerbedrijf_id not in companies],
            "erkenningsaanvragen": [
                attrs.evolve(row, aanvraag_id=f"later-{row.aanvraag_id}", dagtekening=self.day())
                for row in other.erkenningsaanvragen or ()
            ],
            "white_label_metingen": [self.meting(row) for row in (other.white_label_metingen or ())[:1]],
            "white_label_onderhoud": [
                attrs.evolve(row, aangekondigd_op=self.day()) for row in other.white_label_onderhoud or ()
            ],
        }


def comparable(world: World) -> bool:
    """Say whether it is looked up when deliveries were known; otherwise every one of them counts."""
    closed = world.keten.niet_opgezocht
    return world.keten.uitwisselingen is not None and not any(("uitwisselingen", name) in closed for name in KNOWLEDGE)


def added(world: World, other: World, chance: random.Random) -> Keten:
    """Give the chain of a world with rows that are not known on K among its own."""
    tables: dict[str, list[Any]] = {}
    for name, rows in Later(chance, known_on(world)).rows(other.keten, world.keten).items():
        present: Sequence[Any] | None = world.keten.table(name)
        if present is not None:
            tables[name] = [*present, *rows]
            chance.shuffle(tables[name])
    return world.keten.with_tables(tables)


def filled(world: World, chance: random.Random) -> Keten:
    """Give the chain of a world in which empty cells of events say what happens only after K."""
    later = Later(chance, known_on(world))
    closed = world.keten.niet_opgezocht
    tables = {
        name: [later.filled(name, row) for row in world.keten.table(name) or ()]
        for name in ("uitwisselingen", "erkenningsaanvragen", "erkenningen", "leerbedrijven")
        if world.keten.table(name) is not None and not any(table == name for table, _ in closed)
    }
    return world.keten.with_tables(tables)


@pytest.mark.parametrize("batch", range(4))
def test_rows_that_are_not_known_on_k_change_nothing(batch: int) -> None:
    """Deliveries, register rows, requests, measurements and maintenance alike."""
    chance = random.Random(batch)  # noqa: S311 - chance for tests, not for secrets
    more = 0
    for seed in range(batch * 60, (batch + 1) * 60):
        world, other = seeded_world(seed), seeded_world(seed + 5000)
        if comparable(world):
            keten = added(world, other, chance)
            more += len(keten.uitwisselingen or ()) - len(world.keten.uitwisselingen or ())
            assert said(JUDGE.keten(keten, **run_of(world))) == said(judged(world)), seed
    assert more > 20


@pytest.mark.parametrize("batch", range(2))
def test_what_happens_after_k_to_rows_that_are_there_changes_nothing(batch: int) -> None:
    """An answer, a receipt, a decision or a withdrawal that comes later is not there yet."""
    chance = random.Random(batch)  # noqa: S311 - chance for tests, not for secrets
    for seed in range(batch * 60, (batch + 1) * 60):
        world = seeded_world(seed)
        if comparable(world):
            assert said(JUDGE.keten(filled(world, chance), **run_of(world))) == said(judged(world)), seed


@settings(max_examples=40, deadline=None)
@given(world=worlds(), other=worlds(), chance=st.randoms(use_true_random=False))
def test_other_rows_that_are_not_known_on_k(world: World, other: World, chance: random.Random) -> None:
    """Other worlds in every run."""
    if comparable(world):
        assert said(JUDGE.keten(added(world, other, chance), **run_of(world))) == said(judged(world))


def test_a_foto_does_not_look_ahead_either() -> None:
    """K is the day of the foto: what came later is in the next one."""
    chance = random.Random(0)  # noqa: S311 - chance for tests, not for secrets
    for seed in range(60):
        world = seeded_world(seed)._replace(kennisdatum=None, perspectief="keten")
        if comparable(world):
            fotos = [
                aggregate(JUDGE.keten(keten, **run_of(world)), policy=Policy.NIVEAU)
                for keten in (world.keten, added(world, seeded_world(seed + 5000), chance), filled(world, chance))
            ]
            assert fotos[0] == fotos[1] == fotos[2], seed


def test_the_laws_are_about_every_table_with_a_day_on_which_rows_became_known() -> None:
    """The others hold reference data and inschrijvingen, which have no such day."""
    later = Later(random.Random(0), date(2018, 10, 1))  # noqa: S311 - chance for tests, not for secrets
    timeless = {"instellingen", "opleidingen", "equivalenten", "keuzedelen", "inschrijvingen", "inschrijvingsperiodes"}

    assert set(later.rows(Keten(), Keten())) | timeless == set(TABLES)
