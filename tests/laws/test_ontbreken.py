"""
Missing never counts as good: what is taken away never makes an outcome *voldoet* that was something else.

Three ways in which something can be missing: a table that was not looked up, a
column that was not looked up, and an empty cell. For the first two the law holds
for what a judgement can do without, but for a code that stands for itself. An empty
cell is different where the text gives emptiness a meaning, or where the rule is
about other records too; each such cell is listed with its reason, shown here by
an example, and nothing else may break the law.
"""

import attrs
import pytest
from tests.laws.kit import complete, held, seeded
from tests.questions.spec import BPVO, EEN_AANVRAAG, EEN_BPVO, About, build

from bpvo_rules import judge
from bpvo_rules.model import TABLES
from bpvo_rules.rules import Outcome
from bpvo_rules.testing.changes import (
    DAYS_OF_KNOWLEDGE,
    EMPTINESS,
    PART_OF_A_KEY,
    Cell,
    columns,
    without_column,
    without_table,
)
from bpvo_rules.testing.worlds import OPTIONAL_COLUMNS


@pytest.mark.parametrize("batch", range(4))
def test_a_table_that_was_not_looked_up_makes_nothing_good(batch: int) -> None:
    """Every table, where all the others are there."""
    assert held("missing_table", complete(0, batch * 30, (batch + 1) * 30), thorough=True) > 100


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
    assert held("missing_table", seeded(range(50)), seed=1) > 50


@pytest.mark.parametrize("batch", range(4))
def test_a_column_that_was_not_looked_up_makes_nothing_good(batch: int) -> None:
    """Every column, where all the others are there."""
    assert held("missing_column", complete(300, batch * 15, (batch + 1) * 15), thorough=True) > 500


def test_the_planned_end_of_another_bpvo_that_was_not_looked_up_may_overlap() -> None:
    """The one has ended and the other runs until a day that was not looked up: they may well overlap."""
    cells = {"opleidingcode": "23181", "einddatum_werkelijk": "2018-10-31"}
    keten, arguments = build(EEN_BPVO, [cells, {**cells, "volgnummer": "2", "einddatum_werkelijk": ""}], {})
    blind = without_column(keten, ("uitwisselingen", "einddatum_gepland"))

    assert judge(keten, **arguments).outcomes("geen_dubbele_bpvo")[BPVO] is Outcome.NOT_MET
    assert judge(blind, **arguments).outcomes("geen_dubbele_bpvo")[BPVO] is Outcome.UNKNOWN


def test_the_columns_of_the_law_are_all_that_may_be_missing() -> None:
    """But for the days of knowledge, parts of keys, and a table that is never there."""
    optional = {(name, c) for name, table in TABLES.items() for c, kind in table.columns.items() if not kind.required}
    world = next(complete(0, 0, 1))
    left_out = DAYS_OF_KNOWLEDGE | PART_OF_A_KEY | {pair for pair in optional if pair[0] == "inschrijvingen"}

    assert optional - set(columns(world.keten)) == left_out
    assert set(OPTIONAL_COLUMNS) <= set(columns(world.keten))
    assert columns(without_column(world.keten, ("uitwisselingen", "omvang"))) == [
        cell for cell in columns(world.keten) if cell != ("uitwisselingen", "omvang")
    ]


@pytest.mark.parametrize("batch", range(4))
def test_an_empty_cell_makes_nothing_good_but_where_emptiness_means_something(batch: int) -> None:
    """Every cell of every row, one at a time."""
    assert held("empty_cell", seeded(range(batch * 20, (batch + 1) * 20)), thorough=True) > 100


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
    assert rule in EMPTINESS[cell][0]


def test_there_is_an_example_of_every_exception() -> None:
    assert {example[0] for example in EXAMPLES} == set(EMPTINESS)
