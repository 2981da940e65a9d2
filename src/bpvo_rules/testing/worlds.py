"""
Small, nasty chains: few companies, few codes, few days that lie close together.

``world`` makes one from any source of chance: a seeded ``random.Random``, or the
one of Hypothesis. Days lie around a handful of anchors on which something
changes, and at the distances at which terms end, so that boundaries are hit.
Nothing here needs Hypothesis; its strategies are in :mod:`bpvo_rules.testing.strategies`.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any, NamedTuple, TypeVar

import attrs

from bpvo_rules.keten import Keten
from bpvo_rules.model import (
    Equivalent,
    Erkenning,
    Erkenningsaanvraag,
    Inschrijvingsperiode,
    Instelling,
    Keuzedeel,
    Leerbedrijf,
    Opleiding,
    Uitwisseling,
    WhiteLabelMeting,
    WhiteLabelOnderhoud,
)
from bpvo_rules.periode import Eenheid, Werkkalender, add_term
from bpvo_rules.reference import gelijkgestelde_dagen

__all__ = ["NORMS_FOR_EVERY_RULE", "World", "seeded_world", "without_columns", "world"]

T = TypeVar("T")

ANCHORS = tuple(
    date.fromisoformat(day)
    for day in (
        "2015-08-01",  # the reglement of SBB
        "2015-08-14",
        "2016-08-01",  # keuzedelen
        "2016-02-29",
        "2018-01-31",
        "2018-05-10",  # Hemelvaartsdag
        "2018-08-01",  # the first Stagefonds list
        "2018-08-02",
        "2018-08-20",
        "2018-10-15",
        "2018-10-28",  # the clock goes back
        "2018-12-31",
        "2019-03-31",  # the clock goes forward
        "2022-05-31",  # after a decree day
    )
)
SMALL = (0, 0, 0, 1, -1, 1, -1, 2, -2)
TERMS = (0, 1, 6, 7, 8, 13, 14, 15, 28, 29, 30, 31, 32, 61)

BRINS = ("27DV", "25LX", "00AA")
STUDENTS = ("a", "b")
COMPANIES = ("100000000", "100000001", "999999999")
KEUZEDELEN = ("K0067", "K0001", "K9999")

# code, soort, niveau, dossier, domein
OPLEIDINGEN: tuple[tuple[str, str, int | None, str | None, str | None], ...] = (
    ("79140", "domein", None, None, None),
    ("23264", "dossier", None, None, "79140"),
    ("25655", "kwalificatie", 4, "23264", "79140"),
    ("25656", "kwalificatie", 3, "23264", "79140"),
    ("23110", "dossier", 1, None, None),
    ("25251", "kwalificatie", 1, "23110", None),
    ("25250", "kwalificatie", 1, "23110", None),
    ("23181", "dossier", None, None, "79140"),
    ("25475", "kwalificatie", 3, "23181", "79140"),
    ("25477", "kwalificatie", 4, "23181", "79140"),
    ("23189", "dossier", 2, None, "79140"),
    ("25498", "kwalificatie", 2, "23189", "79140"),
    ("25499", "kwalificatie", 2, "23189", "79140"),
    ("26007", "kwalificatie", 2, None, "79120"),
    ("26002", "kwalificatie", 4, None, "79140"),
    ("92640", "kwalificatie", 2, None, "79140"),
    ("25480", "kwalificatie", 4, "23182", "79140"),
    ("25491", "kwalificatie", 3, "23187", "79140"),
)
UNKNOWN_CODES = ("99998", "22195")
BPVO_CODES = tuple(o[0] for o in OPLEIDINGEN) + UNKNOWN_CODES
STAGEFONDS_CODES = ("23181", "23189", "23110", "26007", "26002", "25475", "25480", "22195", "25251", "25498")
KWALIFICATIES = tuple(o[0] for o in OPLEIDINGEN if o[1] == "kwalificatie")

# Columns that a source may lack; without the days on which its rows were known a register has no past, so these stay.
OPTIONAL_COLUMNS = tuple(
    (table, column)
    for table, columns in {
        "uitwisselingen": "ontstaan_op ontvangen_duo_op teruggekoppeld_op uitkomst ontvangen_sbb_op afsluitdatum"
        " begindatum einddatum_gepland einddatum_werkelijk omvang leerbedrijf_id opleidingcode keuzedeelcode",
        "inschrijvingsperiodes": "opleidingcode leerweg niveau",
        "erkenningsaanvragen": "leerbedrijf_id opleidingcode brin besluit_op besluit kennisgeving_op"
        " overschrijding_gemotiveerd_op",
        "opleidingen": "naam niveau dossier domein",
        "keuzedelen": "naam geldig_van geldig_tot_en_met",
        "erkenningen": "tot_en_met",
        "leerbedrijven": "naam land",
        "white_label_metingen": "duur_ms",
    }.items()
    for column in columns.split()
)
NORMS_FOR_EVERY_RULE: Mapping[str, int] = {"speling_na_aanvang": 1, "maximale_duur_ms": 500}
"""Values for the norms that no source sets, so that no rule stays out."""
EVENT_COLUMNS = ("ontstaan_op", "ontvangen_duo_op", "teruggekoppeld_op", "uitkomst", "ontvangen_sbb_op")


class World(NamedTuple):
    """
    A chain and the arguments of a run over it.

    Attributes:
        keten: The chain.
        peildatum: The day about which is judged.
        kennisdatum: The last day whose knowledge counts; the peildatum when ``None``.
        perspectief: ``keten`` or ``instelling``.
        norms: Values for norms by their ids, instead of those of the library.

    """

    keten: Keten
    peildatum: date
    kennisdatum: date | None
    perspectief: str
    norms: Mapping[str, object]

    @property
    def arguments(self) -> dict[str, Any]:
        """Everything but the chain, by name."""
        return {
            "peildatum": self.peildatum,
            "kennisdatum": self.kennisdatum,
            "perspectief": self.perspectief,
            "norms": self.norms,
        }


def row(record: type[T], **cells: Any) -> T:
    """Make a record of plain words."""
    return record(**cells)


def record_of_opleiding(line: tuple[str, str, int | None, str | None, str | None]) -> Opleiding:
    """Make the record of a line of ``OPLEIDINGEN``."""
    code, soort, niveau, dossier, domein = line
    return row(Opleiding, code=code, soort=soort, niveau=niveau, dossier=dossier, domein=domein)


@cache
def kalender() -> Werkkalender:
    """Give the werkdagen of the law and the decrees that ship."""
    return Werkkalender(gelijkgestelde_dagen())


def after_months(day: date, number: int) -> date:
    """Give the same day some months later, or the last day of that month."""
    return add_term(day, number, Eenheid.MAANDEN, kalender())


def after_werkdagen(day: date, number: int) -> date:
    """Give the ``number``-th werkdag after a day."""
    return add_term(day, number, Eenheid.WERKDAGEN, kalender())


class Maker:
    """
    Draws the rows of one world.

    Attributes:
        chance: Where every choice comes from.
        P: The peildatum of the world.
        K: Its kennisdatum.

    """

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.P = self.pick(ANCHORS) + timedelta(days=self.pick(SMALL))
        self.K = self.P + timedelta(days=self.pick((0, 0, 0, 0, 1, -1, 7, -7, 14, 30, -30, 60, 365)))

    def pick(self, choices: Sequence[T]) -> T:
        """Choose one."""
        return self.chance.choice(choices)

    def often(self, value: T, percentage: int = 90) -> T | None:
        """Keep a value, or leave the cell empty."""
        return value if self.chance.randint(1, 100) <= percentage else None

    def seldom(self, percentage: int = 10) -> bool:
        """Say yes now and then."""
        return self.chance.randint(1, 100) <= percentage

    def near(self, day: date | None = None) -> date:
        """Give a day at or beside a day, by default near P or K."""
        around = day or self.pick((self.P, self.K))
        return around + timedelta(days=self.pick(SMALL))

    def earlier(self, day: date) -> date:
        """Give a day before a day, at the distance of some term."""
        return day - timedelta(days=self.pick(TERMS))

    def later(self, day: date) -> date:
        """Give a day after a day, at the distance of some term, in days, months or werkdagen."""
        kind = self.chance.randint(1, 10)
        if kind == 1:
            return after_months(day, self.pick((1, 2))) + timedelta(days=self.pick((-1, 0, 1)))
        return day + timedelta(days=self.pick(TERMS) + (self.pick((0, 0, 0, -1)) if kind < 5 else 0))

    def content(self) -> dict[str, Any]:
        """Draw what an agreement says."""
        begin = self.pick((self.near(), self.earlier(self.near()), self.earlier(self.near()), self.later(self.near())))
        gepland = self.later(self.near(begin))
        keuzedeel = self.seldom(25)
        return {
            "afsluitdatum": self.often(self.pick((self.earlier(self.K), self.near(), self.earlier(begin)))),
            "begindatum": self.often(begin, 94),
            "einddatum_gepland": self.often(gepland, 94),
            "einddatum_werkelijk": self.often(
                self.pick((gepland, self.near(), self.near(begin), self.near(gepland))), 35
            ),
            "omvang": self.often(self.pick((0, 1, 40, 41, 45, 46, 80, 81, 200, 1600))),
            "leerbedrijf_id": self.often(self.pick(COMPANIES), 94),
            "opleidingcode": self.often(
                self.pick(STAGEFONDS_CODES if self.seldom(60) else BPVO_CODES), 5 if keuzedeel else 94
            ),
            "keuzedeelcode": self.pick(KEUZEDELEN) if keuzedeel else None,
        }

    def other_ends(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Draw the ends of an agreement that is like another one but for these."""
        last = self.near(content["einddatum_gepland"])
        return {
            "einddatum_gepland": self.often(self.pick((last, self.near(content["begindatum"]))), 94),
            "einddatum_werkelijk": self.often(self.pick((last, self.near(content["begindatum"]))), 35),
        }

    def events(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Draw when a delivery arose and what became of it."""
        ontstaan = self.pick((self.earlier(self.K), self.near(), content["afsluitdatum"] or self.near()))
        duo = self.often(
            self.pick((self.later(content["afsluitdatum"] or ontstaan), self.later(ontstaan), self.near()))
        )
        answer = self.often(self.later(duo or ontstaan), 70)
        return {
            "ontstaan_op": self.often(ontstaan),
            "ontvangen_duo_op": duo,
            "teruggekoppeld_op": answer,
            "uitkomst": self.pick(("geaccepteerd", "geaccepteerd", "afgekeurd", None))
            if answer or self.seldom()
            else None,
            "ontvangen_sbb_op": self.often(
                self.pick((after_months(duo or ontstaan, 1) + timedelta(days=self.pick((-1, 0, 1))), self.near())), 70
            ),
        }

    def uitwisselingen(self) -> list[Uitwisseling]:
        """Draw the deliveries of a few BPVO's, some of which resemble each other."""
        found = []
        shared, alike = self.content(), self.pick((20, 40, 100))
        brins, students = (BRINS[:1], STUDENTS[:1]) if self.seldom(40) else (BRINS, STUDENTS)
        sleutels = {
            (self.pick(brins), self.pick(students), self.pick(("1", "1", "2")), self.pick(("1", "2", "03")))
            for _ in range(self.chance.randint(0, 5))
        }
        for brin, student, inschrijving, volgnummer in sorted(sleutels):
            content = (
                {**shared, "begindatum": self.often(self.near(shared["begindatum"]), 94), **self.other_ends(shared)}
                if self.seldom(alike)
                else self.content()
            )
            volgorde = 0
            for number in range(self.pick((1, 1, 1, 2, 2, 3, 4))):
                volgorde += self.pick((1, 1, 1, 3))
                if number and self.seldom(60):
                    changed = self.content()
                    content = {**content, **{c: changed[c] for c in changed if self.seldom(30)}}
                soort = (
                    "toevoeging" if number == 0 else self.pick(("wijziging", "wijziging", "verwijdering", "toevoeging"))
                )
                found.append(
                    row(
                        Uitwisseling,
                        brin=brin,
                        student=student,
                        inschrijvingvolgnummer=inschrijving,
                        volgnummer=volgnummer,
                        volgorde=volgorde,
                        soort="wijziging" if self.seldom(4) else soort,
                        **self.events(content),
                        **content,
                    )
                )
        return found

    def known(self) -> dict[str, date | None]:
        """Draw since when and until when a register row was known."""
        return {
            "bekend_vanaf": self.often(self.pick((self.near(), self.earlier(self.K))), 40),
            "bekend_tot": self.often(self.pick((self.near(), self.later(self.K))), 15),
        }

    def erkenningen(self, leveringen: Sequence[Uitwisseling]) -> list[Erkenning]:
        """Draw recognitions: some at random, more in chains around the placements, with and without gaps."""
        found = [
            row(
                Erkenning,
                leerbedrijf_id=self.pick(COMPANIES),
                opleidingcode=self.pick(KWALIFICATIES),
                van=self.earlier(self.near()),
                tot_en_met=self.often(self.near(), 50),
                **self.known(),
            )
            for _ in range(self.chance.randint(0, 4))
        ]
        for levering in leveringen:
            if levering.leerbedrijf_id is None or self.seldom(25):
                continue
            fitting = [
                o[0] for o in OPLEIDINGEN if o[1] == "kwalificatie" and levering.opleidingcode in (o[0], o[3], o[4])
            ]
            van = (levering.begindatum or self.near()) + timedelta(days=self.pick((0, 0, -1, -7, 1)))
            for _ in range(self.pick((1, 2, 2, 3))):
                last = self.pick((levering.einddatum_werkelijk, levering.einddatum_gepland, self.P, self.K)) or self.P
                short = van + timedelta(days=self.pick((0, 1, 6)))
                tot = self.pick((short, short, self.near(last), self.later(last)))
                found.append(
                    row(
                        Erkenning,
                        leerbedrijf_id=levering.leerbedrijf_id,
                        opleidingcode=self.pick(fitting or KWALIFICATIES),
                        van=van,
                        tot_en_met=self.often(tot, 85),
                        **(self.known() if self.seldom(30) else {}),
                    )
                )
                van = tot + timedelta(days=self.pick((1, 1, 2, 2, 0)))
        return found

    def reference(self) -> dict[str, list[Any]]:
        """Draw the reference tables, with lines left out."""
        keuzedelen = [
            row(
                Keuzedeel,
                code=code,
                geldig_van=self.often(self.pick((self.near(), self.earlier(self.P))), 60),
                geldig_tot_en_met=self.often(self.pick((self.near(), self.later(self.P))), 50),
            )
            for code in KEUZEDELEN[:2]
        ]
        pairs = {(self.pick(BPVO_CODES), self.pick(KWALIFICATIES)) for _ in range(self.chance.randint(0, 5))}
        return {
            "instellingen": [row(Instelling, brin=brin) for brin in BRINS[:2]],
            "opleidingen": [record_of_opleiding(line) for line in OPLEIDINGEN if not self.seldom(4)],
            "equivalenten": [row(Equivalent, opleidingcode=a, equivalent=b) for a, b in sorted(pairs)],
            "keuzedelen": keuzedelen,
            "leerbedrijven": [
                row(Leerbedrijf, leerbedrijf_id=company, **self.known())
                for company in COMPANIES[:2]
                if not self.seldom(30)
            ],
        }

    def inschrijvingsperiodes(self, leveringen: Sequence[Uitwisseling]) -> list[Inschrijvingsperiode]:
        """Draw periods that begin on, before or after the placements."""
        found = {}
        for u in leveringen:
            for _ in range(self.pick((0, 1, 1, 1, 2))):
                begin = self.pick((self.near(u.begindatum), self.earlier(self.near(u.begindatum))))
                found[u.brin, u.student, u.inschrijvingvolgnummer, begin] = row(
                    Inschrijvingsperiode,
                    brin=u.brin,
                    student=u.student,
                    inschrijvingvolgnummer=u.inschrijvingvolgnummer,
                    begindatum=begin,
                    opleidingcode=self.often(self.pick(BPVO_CODES)),
                    leerweg=self.often(self.pick(("BOL", "BBL", "BBL", "OVO", "BOL_DT"))),
                    niveau=self.often(self.pick((1, 2, 3, 4)), 80),
                )
        return [found[key] for key in sorted(found)]

    def aanvragen(self) -> list[Erkenningsaanvraag]:
        """Draw requests with decisions on, before and after the last werkdag."""
        found = []
        for number in range(self.chance.randint(0, 3)):
            dagtekening = self.pick(
                (self.near(), self.earlier(self.K), self.K - timedelta(days=self.chance.randint(8, 32)))
            )
            besluit = after_werkdagen(dagtekening, 10) + timedelta(days=self.pick(SMALL))
            kennisgeving = after_werkdagen(dagtekening, 20) + timedelta(days=self.pick(SMALL))
            found.append(
                row(
                    Erkenningsaanvraag,
                    aanvraag_id=f"A{number}",
                    soort=self.pick(("nieuw", "nieuw", "nieuw", "uitbreiding", "herbeoordeling")),
                    dagtekening=dagtekening,
                    besluit_op=self.often(self.pick((besluit, self.near())), 70),
                    kennisgeving_op=self.often(self.pick((kennisgeving, self.near())), 70),
                    overschrijding_gemotiveerd_op=self.often(self.near(), 30),
                )
            )
        return found

    def moment(self) -> datetime:
        """Draw a moment near the end or the start of a day in Amsterdam, with some offset."""
        zone = timezone(timedelta(hours=self.pick((0, 1, 2, -5))))
        hour, minute = self.pick(((0, 0), (21, 59), (22, 0), (22, 30), (23, 0), (23, 59), (9, 15)))
        day = self.near(self.K)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)

    def white_label(self) -> dict[str, list[Any]]:
        """Draw measurements and maintenance about the same moments."""
        moments = [self.moment() for _ in range(3)]
        metingen = {}
        for _ in range(self.chance.randint(0, 4)):
            key = self.pick(("zoeken", "verificatie")), self.pick(moments), self.pick((None, "27DV"))
            metingen[key] = row(
                WhiteLabelMeting,
                functie=key[0],
                tijdstip=key[1],
                brin=key[2],
                gelukt=self.seldom(70),
                duur_ms=self.often(self.pick((0, 499, 500, 501))),
            )
        onderhoud = []
        for _ in range(self.chance.randint(0, 2)):
            van = self.pick(moments) - timedelta(minutes=self.pick((0, 0, 1, 60, 1440)))
            onderhoud.append(
                row(
                    WhiteLabelOnderhoud,
                    functie=self.pick((None, "zoeken", "verificatie")),
                    van=van,
                    tot=self.pick((self.pick(moments), van + timedelta(hours=2))),
                    aangekondigd_op=van.date() + timedelta(days=self.pick((-2, -1, 0, 1))),
                )
            )
        return {"white_label_metingen": list(metingen.values()), "white_label_onderhoud": onderhoud}

    def norms(self) -> dict[str, object]:
        """Draw values that the caller gives."""
        choices: dict[str, tuple[object, ...]] = {
            "termijn_aanlevering": (0, 1, 7, 14),
            "termijn_doorlevering": (1, 2),
            "termijn_terugkoppeling": (7, 14),
            "speling_na_aanvang": (0, 7),
            "maximale_duur_ms": (499, 500),
            "uren_per_week": (36, 40),
        }
        return {name: self.pick(values) for name, values in choices.items() if self.seldom(15)}


def world(chance: random.Random) -> World:
    """Make one world."""
    maker = Maker(chance)
    leveringen = maker.uitwisselingen()
    tables: dict[str, list[Any] | None] = {
        **maker.reference(),
        "uitwisselingen": leveringen,
        "erkenningen": maker.erkenningen(leveringen),
        "inschrijvingsperiodes": maker.inschrijvingsperiodes(leveringen),
        "erkenningsaanvragen": maker.aanvragen(),
        **maker.white_label(),
    }
    if maker.seldom(30):
        for _ in range(maker.pick((1, 1, 2))):
            tables[maker.pick(sorted(tables))] = None
    for rows in tables.values():
        if rows is not None:
            chance.shuffle(rows)
    missing: set[tuple[str, str]] = set()
    if maker.seldom(30):
        missing = {maker.pick(OPTIONAL_COLUMNS) for _ in range(maker.pick((1, 1, 2, 3)))}
    elif maker.seldom(10):
        missing = {("uitwisselingen", column) for column in EVENT_COLUMNS}
    keten = without_columns(row(Keten, **tables), {pair for pair in missing if tables[pair[0]] is not None})
    return World(
        keten,
        maker.P,
        None if maker.K == maker.P and maker.seldom(50) else maker.K,
        maker.pick(("keten", "keten", "instelling")),
        maker.norms(),
    )


def without_columns(keten: Keten, missing: set[tuple[str, str]]) -> Keten:
    """Give a chain in which some columns were not looked up: their cells are empty and they are named."""
    tables = {
        table: [attrs.evolve(r, **{c: None for t, c in missing if t == table}) for r in keten.table(table) or ()]
        for table in {t for t, _ in missing}
    }
    return keten.with_tables(tables, niet_opgezocht=keten.niet_opgezocht | missing)


def seeded_world(seed: int) -> World:
    """Make the world of a number; the same in every run."""
    return world(random.Random(seed))  # noqa: S311 - chance for tests, not for secrets
