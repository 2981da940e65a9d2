"""Changes of a chain of which a law says what they may do to an answer."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

import attrs

from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES, Erkenning, Uitwisseling
from bpvo_rules.model.fields import Soort
from bpvo_rules.periode import Periode
from bpvo_rules.questions import RULES
from bpvo_rules.testing.worlds import ANCHORS, COMPANIES, KWALIFICATIES, OPLEIDINGEN, World, row

__all__ = [
    "DAYS_OF_KNOWLEDGE",
    "DEKKING",
    "EMPTINESS",
    "PART_OF_A_KEY",
    "PER_SCHOOL",
    "Cell",
    "another_erkenning",
    "columns",
    "later",
    "shifted",
    "shorter",
    "shuffled",
    "split",
    "stands_for_itself",
    "without_cells",
    "without_column",
    "without_table",
]

Cell = tuple[str, str]
"""A table and one of its columns."""

# ---- order and parts

PER_SCHOOL: Final = tuple(name for name, table in TABLES.items() if "brin" in table.columns and name != "instellingen")
"""The tables of which each row is of one school, or of none."""


def shuffled(keten: Keten, chance: random.Random) -> Keten:
    """Give a chain with the rows of every table in another order."""
    tables = {name: list(keten.table(name) or ()) for name in TABLES if keten.is_opgezocht(name)}
    for rows in tables.values():
        chance.shuffle(rows)
    return keten.with_tables(tables)


def split(keten: Keten) -> list[Keten]:
    """Give a chain per school, and one of what no school has; all share the register and the reference."""
    schools = {row.brin for name in PER_SCHOOL for row in keten.table(name) or ()}
    return [
        keten.with_tables(
            {
                name: [row for row in rows if row.brin == brin]
                for name in PER_SCHOOL
                if (rows := keten.table(name)) is not None
            }
        )
        for brin in sorted(schools, key=str) or [None]
    ]


# ---- recognitions and periods


def another_erkenning(levering: Uitwisseling, chance: random.Random) -> Erkenning:
    """Draw a recognition that is known on K, most often of a fitting code, for the company of a delivery."""
    fitting = [o[0] for o in OPLEIDINGEN if o[1] == "kwalificatie" and levering.opleidingcode in (o[0], o[3], o[4])]
    start = (levering.begindatum or chance.choice(ANCHORS)) + timedelta(days=chance.choice((0, 0, -1, 1, -30)))
    end = chance.choice((None, start, start + timedelta(days=chance.randint(0, 60)), start - timedelta(days=1)))
    return row(
        Erkenning,
        leerbedrijf_id=levering.leerbedrijf_id or chance.choice(COMPANIES),
        opleidingcode=chance.choice([*KWALIFICATIES, *fitting * 9]),
        van=start,
        tot_en_met=end,
    )


def shorter(keten: Keten, peildatum: date, chance: random.Random) -> Keten:
    """
    Give a chain in which every placement has fewer days, all within those that it had.

    One that has begun on P still has.
    """

    def less(levering: Uitwisseling) -> Uitwisseling:
        first, last = levering.begindatum, levering.einddatum_werkelijk or levering.einddatum_gepland
        if first is None or last is None or last < first:
            return levering
        begin = first + timedelta(days=chance.choice((0, 0, 1, (last - first).days)))
        begin = min(begin, max(first, min(last, peildatum)))
        end = max(begin, last - timedelta(days=chance.choice((0, 1, 2, (last - first).days))))
        which = "einddatum_gepland" if levering.einddatum_werkelijk is None else "einddatum_werkelijk"
        changes: dict[str, Any] = {"begindatum": begin, which: end}
        return attrs.evolve(levering, **changes)

    return keten.with_tables({"uitwisselingen": map(less, keten.uitwisselingen or ())})


# ---- shifts


def later(value: Any, by: timedelta) -> Any:
    """Shift a day, or the days of periods; a period without a known end stays without, and so does another value."""
    if isinstance(value, Periode):
        return Periode(later(value.van, by), later(value.tot_en_met, by) if value.has_end else value.tot_en_met)
    if isinstance(value, tuple):
        return tuple(later(item, by) for item in value)
    return value + by if isinstance(value, date) else value


def shifted(keten: Keten, by: timedelta) -> Keten:
    """Give a chain in which everything happens some time later or earlier."""
    tables = {}
    for name, table in TABLES.items():
        days = [c for c, spec in table.columns.items() if spec.soort in {Soort.DAY, Soort.MOMENT}]
        rows = keten.table(name)
        if rows is not None:
            tables[name] = [
                attrs.evolve(row, **{c: later(getattr(row, c), by) for c in days if getattr(row, c) is not None})
                for row in rows
            ]
    return keten.with_tables(tables)


# ---- what is missing

DEKKING: Final = frozenset(
    (
        "erkend_bij_aanvang",
        "erkend_gedurende_looptijd",
        "erkenning_dekt_planning",
        "keuzedeel_erkend_bij_aanvang",
        "keuzedeel_erkend_gedurende_looptijd",
        "stagefonds_leerbedrijf",
        "stagefonds_tweede_erkenning",
    )
)
"""The rules that read on which days a company is recognised."""
_REGISTER: Final = frozenset(("leerbedrijf_bekend", "keuzedeel_leerbedrijf_bekend"))
_ALS_OPLEIDING: Final = frozenset(
    rule.code for rule in RULES if rule.subject.name == "Bpvo" and any(fact.name == "grondslag" for fact in rule.reads)
) - {"verplichte_gegevens"}

EMPTINESS: Final[Mapping[Cell, tuple[frozenset[str], str]]] = MappingProxyType(
    {
        ("erkenningen", "tot_en_met"): (DEKKING, "empty means that no end is known"),
        ("erkenningen", "bekend_vanaf"): (DEKKING | _REGISTER, "an empty bound is open"),
        ("erkenningen", "bekend_tot"): (DEKKING | _REGISTER, "an empty bound is open"),
        ("leerbedrijven", "bekend_vanaf"): (_REGISTER, "an empty bound is open"),
        ("leerbedrijven", "bekend_tot"): (_REGISTER, "an empty bound is open"),
        ("keuzedelen", "geldig_van"): (frozenset({"keuzedeel_geldig"}), "an empty bound is open"),
        ("keuzedelen", "geldig_tot_en_met"): (frozenset({"keuzedeel_geldig"}), "an empty bound is open"),
        ("uitwisselingen", "einddatum_werkelijk"): (
            frozenset(
                (
                    "erkend_gedurende_looptijd",
                    "erkenning_dekt_planning",
                    "keuzedeel_erkend_gedurende_looptijd",
                    "stagefonds_leerbedrijf",
                    "stagefonds_periode",
                    "geen_dubbele_bpvo",
                )
            ),
            "empty means that it still runs, so that the planned end counts",
        ),
        ("uitwisselingen", "keuzedeelcode"): (
            _ALS_OPLEIDING | {"een_grondslag"},
            "without it the BPVO is based on its opleiding, and belongs to another question",
        ),
        ("uitwisselingen", "opleidingcode"): (
            frozenset({"een_grondslag", "geen_dubbele_bpvo"}),
            "the rule asks that not both are filled; another BPVO without it is not in scope",
        ),
        ("uitwisselingen", "begindatum"): (
            frozenset({"geen_dubbele_bpvo"}),
            "another BPVO without it is not in scope",
        ),
        ("uitwisselingen", "einddatum_gepland"): (
            frozenset({"geen_dubbele_bpvo"}),
            "another BPVO without einde is not in scope",
        ),
        ("uitwisselingen", "leerbedrijf_id"): (
            frozenset({"geen_dubbele_bpvo"}),
            "another BPVO without it is not in scope",
        ),
        ("uitwisselingen", "ontvangen_duo_op"): (
            frozenset({"tijdig_bij_sbb"}),
            "of several deliveries the earliest receipt starts the term; without the first the second does",
        ),
        ("erkenningsaanvragen", "overschrijding_gemotiveerd_op"): (
            frozenset({"besluit_tijdig"}),
            "without reasons the request moves to the rule for decisions without reasons",
        ),
    }
)
"""Cells of which emptiness means something, with the rules that may turn to *voldoet*, and why."""
PART_OF_A_KEY: Final[frozenset[Cell]] = frozenset({("white_label_metingen", "brin")})
"""Cells that may be empty and are part of a key: without them it is another subject."""
DAYS_OF_KNOWLEDGE: Final[frozenset[Cell]] = frozenset(
    (table, column) for table in ("erkenningen", "leerbedrijven") for column in ("bekend_vanaf", "bekend_tot")
)
"""Without these columns a register has no past: every row in it is taken as known."""


def columns(keten: Keten) -> list[Cell]:
    """Give the columns of a chain that may be missing as a whole, and are not."""
    return [
        (name, column)
        for name, table in TABLES.items()
        for column, spec in table.columns.items()
        if not spec.required
        and keten.is_opgezocht(name, column)
        and (name, column) not in DAYS_OF_KNOWLEDGE | PART_OF_A_KEY
    ]


def without_table(keten: Keten, table: str) -> Keten:
    """Give a chain in which a table was not looked up."""
    closed = frozenset(pair for pair in keten.niet_opgezocht if pair[0] != table)
    return keten.with_tables({table: None}, niet_opgezocht=closed)


def without_column(keten: Keten, cell: Cell) -> Keten:
    """Give a chain in which a column was not looked up."""
    table, column = cell
    rows = [attrs.evolve(row, **{column: None}) for row in keten.table(table) or ()]
    return keten.with_tables({table: rows}, niet_opgezocht=keten.niet_opgezocht | {cell})


def without_cells(keten: Keten) -> Iterator[tuple[Cell, Keten]]:
    """Give a chain once for each filled cell that may be empty, with that cell empty."""
    for table, spec in TABLES.items():
        rows = keten.table(table) or ()
        for number, record in enumerate(rows):
            for column, kind in spec.columns.items():
                if not kind.required and getattr(record, column) is not None:
                    emptied = attrs.evolve(record, **{column: None})
                    yield (table, column), keten.with_tables({table: (*rows[:number], emptied, *rows[number + 1 :])})


def stands_for_itself(world: World) -> frozenset[str]:
    """
    Give the codes of a dossier or domein for which a recognition or equivalent is found once it is no longer known.

    Where the table opleidingen is there, only those of its kwalificaties count.
    """
    keten = world.keten
    several = {o.code for o in keten.opleidingen or () if o.soort != "kwalificatie"}
    named = {e.opleidingcode for e in keten.erkenningen or ()} | {e.opleidingcode for e in keten.equivalenten or ()}
    return frozenset(several & named)
