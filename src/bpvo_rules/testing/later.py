"""Rows and events that are not known on a kennisdatum, made out of those of any other world."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import attrs
from dateutil import tz

from bpvo_rules.keten import Keten
from bpvo_rules.testing.worlds import World

__all__ = ["Later", "added", "comparable", "filled", "known_on"]

_KNOWLEDGE = ("ontvangen_duo_op", "ontstaan_op", "afsluitdatum", "soort")
_FILLED = ("uitwisselingen", "erkenningsaanvragen", "erkenningen", "leerbedrijven")


def known_on(world: World) -> date:
    """Give K."""
    return world.kennisdatum or world.peildatum


def comparable(world: World) -> bool:
    """Say whether it is looked up when deliveries were known; otherwise every one of them counts."""
    closed = world.keten.niet_opgezocht
    return world.keten.uitwisselingen is not None and not any(("uitwisselingen", name) in closed for name in _KNOWLEDGE)


class Later:
    """
    Makes rows that are not known on K.

    Attributes:
        chance: Where every choice comes from.
        k: The kennisdatum.

    """

    def __init__(self, chance: random.Random, k: date) -> None:
        self.chance: random.Random = chance
        self.k: date = k

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
        moment = datetime(next_day.year, next_day.month, next_day.day, tzinfo=tz.gettz("Europe/Amsterdam"))
        return attrs.evolve(row, tijdstip=moment, tijdstip_tekst=moment.isoformat())

    def filled(self, table: str, row: Any) -> Any:
        """Fill the empty cells of a row that is there already with what happens only after K."""
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
        """Give rows to add to a chain, made of those of another one."""
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
        for name in _FILLED
        if world.keten.table(name) is not None and not any(table == name for table, _ in closed)
    }
    return world.keten.with_tables(tables)
