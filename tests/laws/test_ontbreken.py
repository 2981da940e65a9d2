"""
Missing never counts as good: what is taken away never makes an outcome *voldoet* that was something else.

Three ways in which something can be missing: a table that was not looked up, a
column that was not looked up, and an empty cell. For the first two the law holds
for what a judgement can do without, but for a code that stands for itself. An empty
cell is different where the text gives emptiness a meaning, or where the rule is
about other records too; each such cell is listed here with its reason, shown by
an example, and nothing else may break the law.
"""

import random
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import pytest
from tests.judge.werelden import JUDGE, run_of
from tests.questions.spec import BPVO, EEN_AANVRAAG, EEN_BPVO, About, build

from bpvo_rules import Judgement, judge
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES
from bpvo_rules.questions import RULES
from bpvo_rules.rules import Outcome
from bpvo_rules.testing.worlds import OPTIONAL_COLUMNS, World, seeded_world

Cell = tuple[str, str]
Key = tuple[str, str]

DEKKING = {
    "erkend_bij_aanvang",
    "erkend_gedurende_looptijd",
    "erkenning_dekt_planning",
    "keuzedeel_erkend_bij_aanvang",
    "keuzedeel_erkend_gedurende_looptijd",
    "stagefonds_leerbedrijf",
    "stagefonds_tweede_erkenning",
}
REGISTER = {"leerbedrijf_bekend", "keuzedeel_leerbedrijf_bekend"}
ALS_OPLEIDING = {
    rule.code
    for rule in RULES
    if rule.subject.name == "Bpvo" and rule.reads and any(f.name == "grondslag" for f in rule.reads)
} - {"verplichte_gegevens"}

# Cells of which emptiness means something, with the rules that may turn to voldoet, and why.
EXCEPTIONS: Mapping[Cell, tuple[set[str], str]] = {
    ("erkenningen", "tot_en_met"): (DEKKING, "empty means that no end is known"),
    ("erkenningen", "bekend_vanaf"): (DEKKING | REGISTER, "an empty bound is open"),
    ("erkenningen", "bekend_tot"): (DEKKING | REGISTER, "an empty bound is open"),
    ("leerbedrijven", "bekend_vanaf"): (REGISTER, "an empty bound is open"),
    ("leerbedrijven", "bekend_tot"): (REGISTER, "an empty bound is open"),
    ("keuzedelen", "geldig_van"): ({"keuzedeel_geldig"}, "an empty bound is open"),
    ("keuzedelen", "geldig_tot_en_met"): ({"keuzedeel_geldig"}, "an empty bound is open"),
    ("uitwisselingen", "einddatum_werkelijk"): (
        {
            "erkend_gedurende_looptijd",
            "erkenning_dekt_planning",
            "keuzedeel_erkend_gedurende_looptijd",
            "stagefonds_leerbedrijf",
            "stagefonds_periode",
            "geen_dubbele_bpvo",
        },
        "empty means that it still runs, so that the planned end counts",
    ),
    ("uitwisselingen", "keuzedeelcode"): (
        ALS_OPLEIDING | {"een_grondslag"},
        "without it the BPVO is based on its opleiding, and belongs to another question",
    ),
    ("uitwisselingen", "opleidingcode"): (
        {"een_grondslag", "geen_dubbele_bpvo"},
        "the rule asks that not both are filled; another BPVO without it is not in scope",
    ),
    ("uitwisselingen", "begindatum"): ({"geen_dubbele_bpvo"}, "another BPVO without it is not in scope"),
    ("uitwisselingen", "einddatum_gepland"): ({"geen_dubbele_bpvo"}, "another BPVO without einde is not in scope"),
    ("uitwisselingen", "leerbedrijf_id"): ({"geen_dubbele_bpvo"}, "another BPVO without it is not in scope"),
    ("uitwisselingen", "ontvangen_duo_op"): (
        {"tijdig_bij_sbb"},
        "of several deliveries the earliest receipt starts the term; without the first the second does",
    ),
    ("erkenningsaanvragen", "overschrijding_gemotiveerd_op"): (
        {"besluit_tijdig"},
        "without reasons the request moves to the rule for decisions without reasons",
    ),
}
PART_OF_A_KEY = {("white_label_metingen", "brin")}
DAYS_OF_KNOWLEDGE = {
    (table, column) for table in ("erkenningen", "leerbedrijven") for column in ("bekend_vanaf", "bekend_tot")
}
"""Without these columns a register has no past: every row in it is taken as known."""


def outcomes(judgement: Judgement) -> dict[Key, Outcome]:
    """Give every outcome by rule and subject."""
    return {(rule.code, k): o for rule in judgement.rules for k, o in judgement.outcomes(rule.code).items()}


def lives(judgement: Judgement) -> dict[str, Any]:
    """
    Give which deliveries each BPVO exists by.

    A delivery that no longer counts, or now does, makes it another BPVO: the law
    is about what a BPVO says, not about which of its deliveries count on K.
    """
    return {
        f"{b.brin}/{b.student}/{b.inschrijvingvolgnummer}/{b.volgnummer}": [u.volgorde for u in b.leveringen or ()]
        for b in judgement.context.stand.bpvos
    }


def improved(world: World, changed: Keten) -> set[Key]:
    """Give the rules and subjects that are voldoet in the changed chain and were something else."""
    before, after = (JUDGE.keten(keten, **run_of(world)) for keten in (world.keten, changed))
    old, new = outcomes(before), outcomes(after)
    was, now = lives(before), lives(after)
    return {
        (rule, subject)
        for (rule, subject), outcome in new.items()
        if outcome is Outcome.MET
        and old.get((rule, subject), Outcome.MET) is not Outcome.MET
        and was.get(subject) == now.get(subject)
        and (rule != "geen_dubbele_bpvo" or was == now)
    }


def complete_worlds(first: int, number: int) -> Iterator[World]:
    """Give worlds in which everything was looked up but the table that no rule reads."""
    seed = first
    while number:
        world = seeded_world(seed)
        if world.keten.tabellen_niet_opgezocht == ("inschrijvingen",) and not world.keten.niet_opgezocht:
            number -= 1
            yield world
        seed += 1


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
        for number, row in enumerate(rows):
            for column, kind in spec.columns.items():
                if not kind.required and getattr(row, column) is not None:
                    emptied = attrs.evolve(row, **{column: None})
                    yield (table, column), keten.with_tables({table: (*rows[:number], emptied, *rows[number + 1 :])})


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_was_not_looked_up_makes_nothing_good(table: str) -> None:
    for world in complete_worlds(0, 120):
        assert improved(world, without_table(world.keten, table)) == set()


@pytest.mark.parametrize(
    ("equivalenten", "erkenningen"), [("", "23264 2018-08-01.."), ("23264>25480", "25480 2018-08-01..")]
)
def test_without_opleidingen_the_code_of_a_dossier_stands_for_itself(equivalenten: str, erkenningen: str) -> None:
    """
    The one exception for tables: "a day found covered is covered".

    Recognitions and equivalenten are of kwalificaties. One of a dossier itself
    does not count where it is known to be a dossier; where it is not known, it is
    found like any other.
    """
    given = {"equivalenten": equivalenten, "erkenningen": erkenningen}
    keten, arguments = build(EEN_BPVO, [{"opleidingcode": "23264"}], given)
    blind = without_table(keten, "opleidingen")

    assert judge(keten, **arguments).outcomes("erkend_bij_aanvang")[BPVO] is Outcome.NOT_MET
    assert judge(blind, **arguments).outcomes("erkend_bij_aanvang")[BPVO] is Outcome.MET


def test_one_table_more_makes_nothing_good_in_chains_that_lack_some_already() -> None:
    chance = random.Random(1)  # noqa: S311 - chance for tests, not for secrets
    for seed in range(150):
        world = seeded_world(seed)
        there = [name for name in TABLES if world.keten.table(name) is not None]
        assert improved(world, without_table(world.keten, chance.choice(there))) == set(), seed


COLUMNS = sorted({*OPTIONAL_COLUMNS, ("erkenningsaanvragen", "besluit"), ("white_label_onderhoud", "functie")})


@pytest.mark.parametrize("cell", COLUMNS, ids=".".join)
def test_a_column_that_was_not_looked_up_makes_nothing_good(cell: Cell) -> None:
    for world in complete_worlds(300, 60):
        assert improved(world, without_column(world.keten, cell)) == set()


def test_the_planned_end_of_another_bpvo_that_was_not_looked_up_may_overlap() -> None:
    """The one has ended and the other runs until a day that was not looked up: they may well overlap."""
    cells = {"opleidingcode": "23181", "einddatum_werkelijk": "2018-10-31"}
    keten, arguments = build(EEN_BPVO, [cells, {**cells, "volgnummer": "2", "einddatum_werkelijk": ""}], {})
    blind = without_column(keten, ("uitwisselingen", "einddatum_gepland"))

    assert judge(keten, **arguments).outcomes("geen_dubbele_bpvo")[BPVO] is Outcome.NOT_MET
    assert judge(blind, **arguments).outcomes("geen_dubbele_bpvo")[BPVO] is Outcome.UNKNOWN


def test_the_columns_of_the_law_are_all_that_may_be_missing() -> None:
    optional = {(name, c) for name, table in TABLES.items() for c, kind in table.columns.items() if not kind.required}
    unread = {("instellingen", "naam"), *(p for p in optional if p[0] == "inschrijvingen")}

    assert optional - set(COLUMNS) == DAYS_OF_KNOWLEDGE | PART_OF_A_KEY | unread


@pytest.mark.parametrize("batch", range(4))
def test_an_empty_cell_makes_nothing_good_but_where_emptiness_means_something(batch: int) -> None:
    """Every cell of every row, one at a time."""
    wrong = set()
    for seed in range(batch * 20, (batch + 1) * 20):
        world = seeded_world(seed)
        for cell, changed in without_cells(world.keten):
            if cell not in PART_OF_A_KEY:
                allowed = EXCEPTIONS.get(cell, (set[str](), ""))[0]
                wrong |= {(seed, cell, rule) for rule, _ in improved(world, changed) if rule not in allowed}

    assert wrong == set()


# Each exception happens: the cell, the rule, and a chain in which emptying the cell of its first row makes it voldoet.
DUBBEL = {"opleidingcode": "23181"}
EXAMPLES: list[tuple[Cell, str, About, list[dict[str, str]], dict[str, str]]] = [
    (
        ("erkenningen", "tot_en_met"),
        "erkend_bij_aanvang",
        EEN_BPVO,
        [{}],
        {"erkenningen": "25655 2018-08-01..2018-09-30"},
    ),
    (
        ("erkenningen", "bekend_vanaf"),
        "erkend_bij_aanvang",
        EEN_BPVO,
        [{}],
        {"erkenningen": "25655 2018-08-01.. bekend 2018-11-16.."},
    ),
    (
        ("erkenningen", "bekend_tot"),
        "leerbedrijf_bekend",
        EEN_BPVO,
        [{}],
        {"erkenningen": "25655 2018-08-01.. bekend ..2018-11-15", "leerbedrijven": ""},
    ),
    (
        ("leerbedrijven", "bekend_vanaf"),
        "leerbedrijf_bekend",
        EEN_BPVO,
        [{}],
        {"leerbedrijven": "100000000 bekend 2018-11-16..", "erkenningen": ""},
    ),
    (
        ("leerbedrijven", "bekend_tot"),
        "leerbedrijf_bekend",
        EEN_BPVO,
        [{}],
        {"leerbedrijven": "100000000 bekend ..2018-11-15", "erkenningen": ""},
    ),
    (
        ("keuzedelen", "geldig_van"),
        "keuzedeel_geldig",
        EEN_BPVO,
        [{"keuzedeelcode": "K0067"}],
        {"keuzedelen": "K0067 2018-10-02.."},
    ),
    (
        ("keuzedelen", "geldig_tot_en_met"),
        "keuzedeel_geldig",
        EEN_BPVO,
        [{"keuzedeelcode": "K0067"}],
        {"keuzedelen": "K0067 ..2018-09-30"},
    ),
    (
        ("uitwisselingen", "einddatum_werkelijk"),
        "stagefonds_periode",
        EEN_BPVO,
        [{**DUBBEL, "einddatum_werkelijk": "2018-09-30"}],
        {},
    ),
    (("uitwisselingen", "keuzedeelcode"), "leerbedrijf_bekend", EEN_BPVO, [{"keuzedeelcode": "K0067"}], {}),
    (("uitwisselingen", "opleidingcode"), "een_grondslag", EEN_BPVO, [{"keuzedeelcode": "K0067"}], {}),
    *(
        (("uitwisselingen", column), "geen_dubbele_bpvo", EEN_BPVO, [{**DUBBEL, "volgnummer": "2"}, DUBBEL], {})
        for column in ("begindatum", "einddatum_gepland", "leerbedrijf_id")
    ),
    (
        ("uitwisselingen", "ontvangen_duo_op"),
        "tijdig_bij_sbb",
        EEN_BPVO,
        [
            {"ontvangen_sbb_op": "", "ontvangen_duo_op": "2018-09-01"},
            {"volgorde": "2", "soort": "wijziging", "ontvangen_sbb_op": "2018-10-12"},
        ],
        {"perspectief": "instelling"},
    ),
    (
        ("erkenningsaanvragen", "overschrijding_gemotiveerd_op"),
        "besluit_tijdig",
        EEN_AANVRAAG,
        [{"overschrijding_gemotiveerd_op": "2018-10-03"}],
        {},
    ),
]


@pytest.mark.parametrize(("cell", "rule", "about", "rows", "others"), EXAMPLES, ids=[".".join(e[0]) for e in EXAMPLES])
def test_every_exception_happens(
    cell: Cell, rule: str, about: About, rows: list[dict[str, str]], others: dict[str, str]
) -> None:
    """So that the list of exceptions is not longer than it must be."""
    table, column = cell
    keten, arguments = build(about, rows, others)
    first, *rest = keten.table(table) or ()
    emptied = keten.with_tables({table: [attrs.evolve(first, **{column: None}), *rest]})
    before, after = (judge(k, **arguments).outcomes(rule) for k in (keten, emptied))

    assert [s for s, o in after.items() if o is Outcome.MET and before.get(s, Outcome.MET) is not Outcome.MET] != []
    assert rule in EXCEPTIONS[cell][0]


def test_there_is_an_example_of_every_exception() -> None:
    assert {example[0] for example in EXAMPLES} == set(EXCEPTIONS)
