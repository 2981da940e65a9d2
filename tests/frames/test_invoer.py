"""What frames may hold, and what happens to what they may not."""

from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.frames.motoren import LOCAL, NAMES, assert_equal, engine, start_spark
from tests.judge.werelden import JUDGE, judged, run_of

from bpvo_rules import judge
from bpvo_rules.errors import DuplicateKeyError, EngineError, InvalidCodeError, SourceError
from bpvo_rules.frames import FrameKeten, judge_frames
from bpvo_rules.frames.keten import LARGE, SMALL
from bpvo_rules.frames.records import EARLIEST, cells_of, day_of, moment_of
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES
from bpvo_rules.model.fields import Soort
from bpvo_rules.reference import stagefondslijsten
from bpvo_rules.testing.worlds import seeded_world

TYPES = {Soort.DAY: pl.Date, Soort.WHOLE: pl.Int64, Soort.YES_NO: pl.Boolean}
DAG = date(2018, 10, 1)


def polars_frames(keten: Keten) -> dict[str, pl.DataFrame]:
    """Give the tables of a keten as a caller would have them in Polars."""
    found = {}
    for name, table in TABLES.items():
        rows = keten.table(name)
        if rows is None:
            continue
        columns = {c: spec for c, spec in table.columns.items() if (name, c) not in keten.niet_opgezocht}
        cells = cells_of(name, rows)
        found[name] = pl.DataFrame(
            [
                pl.Series(
                    c,
                    [None if v is None else day_of(v) for v in cells[c]] if spec.soort is Soort.DAY else cells[c],
                    dtype=TYPES.get(spec.soort, pl.String),
                )
                for c, spec in columns.items()
            ]
        )
    return found


def as_lazy(frame: pl.DataFrame) -> Any:
    """Give a frame that was not evaluated."""
    return frame.lazy()


def as_pandas(frame: pl.DataFrame) -> Any:
    """Give a frame as numpy keeps it: days as moments, whole numbers with gaps as floats."""
    pandas = import_module("pandas")
    made = pandas.DataFrame({name: frame[name].to_list() for name in frame.columns})
    for name in frame.columns:
        if frame[name].dtype == pl.Date:
            made[name] = pandas.to_datetime(made[name], errors="coerce") if _within_numpy(frame[name]) else made[name]
    return made


def _within_numpy(days: pl.Series) -> bool:
    return all(day is None or 1700 < day.year < 2200 for day in days)


def as_duckdb(frame: pl.DataFrame) -> Any:
    """Give a relation; all of one connection."""
    duckdb = import_module("duckdb")
    return duckdb.from_arrow(frame.to_arrow())


WAYS: dict[str, Callable[[pl.DataFrame], Any]] = {
    "polars": lambda frame: frame,
    "lazy": as_lazy,
    "pandas": as_pandas,
    "duckdb": as_duckdb,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", [801, 802])
def test_the_frames_of_a_caller(way: str, seed: int) -> None:
    """Native frames, eager and lazy, with the columns that were looked up and no others."""
    world = seeded_world(seed)
    tables = {name: WAYS[way](frame) for name, frame in polars_frames(world.keten).items()}
    with judge_frames(FrameKeten.van(tables), settings=JUDGE.settings, **run_of(world)) as found:
        assert_equal(found, judged(world))


def two_deliveries(**cells: Any) -> pl.DataFrame:
    """Give a good delivery, and one with other cells."""
    good = {
        "brin": "27DV",
        "student": "s1",
        "inschrijvingvolgnummer": "1",
        "volgnummer": "1",
        "volgorde": 1,
        "soort": "toevoeging",
        "ontvangen_duo_op": DAG,
        "begindatum": DAG,
        "leerbedrijf_id": "100000001",
        "omvang": 100,
    }
    other = {**good, "student": "s2", **cells}
    types = {"ontvangen_duo_op": pl.Date, "begindatum": pl.Date, "volgorde": pl.Int64, "omvang": pl.Int64}
    return pl.DataFrame([good, other], schema={name: types.get(name, pl.String) for name in good})


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"brin": "27dv"}, "brin"),
        ({"brin": "27DV\n"}, "brin"),
        ({"brin": None}, "brin"),
        ({"student": ""}, "student"),
        ({"volgnummer": "a b"}, "volgnummer"),
        ({"volgnummer": "1" * 21}, "volgnummer"),
        ({"volgorde": 0}, "volgorde"),
        ({"soort": "iets"}, "soort"),
        ({"begindatum": date(1899, 12, 31)}, "begindatum"),
        ({"leerbedrijf_id": "099999999"}, "leerbedrijf_id"),
        ({"omvang": -1}, "omvang"),
    ],
)
@pytest.mark.parametrize("name", LOCAL)
def test_a_row_that_cannot_be_read_is_counted_and_left_out(name: str, cells: dict[str, Any], column: str) -> None:
    """One invoerfout for the first column at fault; the other row is judged."""
    way = {"polars": "polars", "duckdb": "duckdb", "pandas": "pandas"}[name]
    keten = FrameKeten.van({"uitwisselingen": WAYS[way](two_deliveries(**cells))})

    (fault,) = keten.invoerfouten
    assert (fault.table, fault.column, fault.aantal) == ("uitwisselingen", column, 1)
    assert keten.engine.count(keten.frames["uitwisselingen"]) == 1
    keten.engine.release()


def as_spark(frame: pl.DataFrame) -> Any:
    """Give a frame of the session of the tests."""
    start_spark()
    session = import_module("pyspark.sql").SparkSession.getActiveSession()
    types = {pl.Date: "date", pl.Int64: "bigint", pl.Boolean: "boolean"}
    schema = ", ".join(f"`{name}` {types.get(type(kind), 'string')}" for name, kind in frame.schema.items())
    return session.createDataFrame(frame.rows(), schema)


def rows_of(native: Any) -> list[dict[str, Any]]:
    """Give the rows of a frame of any engine, by the reason why they were left out."""
    if hasattr(native, "toArrow"):
        native = native.toArrow()
    elif hasattr(native, "to_arrow_table"):
        native = native.to_arrow_table()
    frame = native if isinstance(native, pl.DataFrame) else pl.DataFrame(native)
    return list(frame.sort("reden").rows(named=True))


@pytest.mark.parametrize("name", NAMES)
def test_rows_that_were_left_out_are_given_back(name: str) -> None:
    """As they came, with the columns that nobody looked up empty, and with the first column at fault and why."""
    way = {**WAYS, "pyspark": as_spark}[name]
    wrong: list[tuple[dict[str, Any], str, str]] = [
        ({"volgorde": 0, "ontvangen_duo_op": date(2018, 8, 31)}, "volgorde", "buiten de grenzen"),
        ({"begindatum": date(1899, 12, 31)}, "begindatum", "datum niet tussen 1900-01-01 en 9999-12-31"),
        ({"student": None}, "student", "leeg"),
        ({"soort": "iets"}, "soort", "onbekende waarde"),
        ({"brin": "27dv", "omvang": -1, "begindatum": None}, "brin", "verkeerde vorm"),
    ]
    frame = pl.concat([two_deliveries().head(1), *(two_deliveries(**cells).tail(1) for cells, _, _ in wrong)])
    with FrameKeten.van({"uitwisselingen": way(frame), "instellingen": way(frame.head(1).select("brin"))}) as keten:
        left = rows_of(keten.left_out("uitwisselingen"))
        assert keten.left_out("instellingen") is None
        assert keten.left_out("erkenningen") is None
        assert sum(fault.aantal for fault in keten.invoerfouten) == len(wrong)

    columns = dict.fromkeys(TABLES["uitwisselingen"].columns)
    good = two_deliveries().rows(named=True)[1]
    assert left == [
        {**columns, **good, **cells, "kolom": column, "reden": reason}
        for cells, column, reason in sorted(wrong, key=lambda row: row[2])
    ]
    assert list(left[0]) == [*columns, "kolom", "reden"]


@pytest.mark.parametrize("name", NAMES)
def test_rows_of_small_tables_that_were_left_out_are_given_back(name: str) -> None:
    """Those with a cell that cannot stand, and those that are no record as a whole."""
    way = {**WAYS, "pyspark": as_spark}[name]
    good: dict[str, Any] = {"functie": "zoeken", "van": "2018-09-01T00:00:00+02:00", "tot": "2018-09-01T06:00:00+02:00"}
    good["aangekondigd_op"] = date(2018, 8, 1)
    never = "2018-02-30T00:00:00+01:00"
    frame = pl.DataFrame([good, {**good, "functie": "vinden"}, {**good, "van": never}])
    with FrameKeten.van({"white_label_onderhoud": way(frame)}) as keten:
        assert [(f.column, f.aantal) for f in keten.invoerfouten] == [("functie", 1), (None, 1)]
        assert rows_of(keten.left_out("white_label_onderhoud")) == [
            {**good, "functie": "vinden", "kolom": "functie", "reden": "onbekende waarde"},
            {**good, "van": never, "kolom": None, "reden": "onleesbaar"},
        ]


CELLS = st.one_of(
    st.none(),
    st.text(max_size=22),
    st.from_regex(r"\A[0-9]{2}[A-Z]{2}\Z"),
    st.from_regex(r"\A[0-9]{5}\Z"),
    st.from_regex(r"\AK[0-9]{4}\Z"),
    st.from_regex(r"\A[0-9]{9}\Z"),
    st.sampled_from(
        ["27DV\n", "25655\n", "\u0663\u0663\u0663\u0663\u0663", "100000001\r", "1\n", "toevoeging", "nieuw"]
    ),
)


TESTED = sorted({*SMALL, *LARGE} - {"white_label_metingen", "white_label_onderhoud"})
"""Inschrijvingen are read by no rule, so frames of them are not looked at; moments have a test of their own."""


@settings(max_examples=150, deadline=None)
@given(table=st.sampled_from(TESTED), data=st.data())
def test_frames_and_records_refuse_the_same_text(table: str, data: st.DataObject) -> None:
    """The check of a column is that of the field of the record."""
    spec = TABLES[table]
    codes = [n for n, column in spec.columns.items() if column.soort in {Soort.CODE, Soort.CHOICE}]
    name = data.draw(st.sampled_from(codes))
    cell = data.draw(CELLS)
    column = spec.columns[name]
    made: Any = column.type
    try:
        fits = (not column.required) if not cell else bool(made(cell))
    except (InvalidCodeError, ValueError):
        fits = False
    if cell and "\x00" in cell:
        return
    row = {n: _right(c) for n, c in spec.columns.items()} | {name: cell}
    types = {n: TYPES.get(c.soort, pl.String) for n, c in spec.columns.items()}
    found = FrameKeten.van({table: pl.DataFrame([row], schema=types)})
    assert bool(found.invoerfouten) is not fits


def _right(column: Any) -> Any:
    """Give a cell that fits a column."""
    match column.soort:
        case Soort.DAY:
            return DAG
        case Soort.WHOLE:
            return max(column.minimum, 1)
        case Soort.YES_NO:
            return True
        case Soort.CHOICE:
            return str(next(iter(column.type)))
        case Soort.TEXT:
            return "tekst"
    return {"Brin": "27DV", "Opleidingcode": "25655", "Keuzedeelcode": "K0067", "LeerbedrijfId": "100000001"}.get(
        column.type.__name__, "1"
    )


@example("2018-10-01T09:15:00")
@example("2018-02-30T09:15:00+02:00")
@example("2018-10-01T09:15:00+02:00")
@example("0001-01-01T00:00:00+00:00")
@example("9999-12-31T23:30:00+00:00")
@given(st.text(max_size=30))
def test_a_moment_has_an_offset_and_exists(text: str) -> None:
    found = moment_of(text)
    assert found is None or (found.utcoffset() is not None and found.year >= EARLIEST.year)
    assert (found is not None) is (text == "2018-10-01T09:15:00+02:00") or found == datetime.fromisoformat(text)


def test_a_moment_that_is_none_is_an_invoerfout() -> None:
    row = {"functie": "zoeken", "tijdstip": "2018-02-30T09:15:00+01:00", "gelukt": True}
    good = {**row, "tijdstip": "2018-02-28T09:15:00+01:00"}
    keten = FrameKeten.van({"white_label_metingen": pl.DataFrame([row, good])})
    assert [(f.column, f.aantal) for f in keten.invoerfouten] == [("tijdstip", 1)]


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ({"iets": pl.DataFrame({"a": [1]})}, "There is no table iets"),
        ({}, "No table was given"),
        ({"instellingen": [1]}, "not list"),
        ({"instellingen": pl.DataFrame({"naam": ["x"]})}, "lacks the required column brin"),
        (
            {"erkenningen": pl.DataFrame({"leerbedrijf_id": ["1"], "opleidingcode": ["1"], "van": ["2018-01-01"]})},
            "Column van of erkenningen must hold days",
        ),
        ({"instellingen": pl.DataFrame({"brin": [1]})}, "Column brin of instellingen must hold text"),
    ],
)
def test_frames_that_cannot_be_judged(tables: dict[str, Any], sentence: str) -> None:
    with pytest.raises(EngineError, match=sentence):
        FrameKeten.van(tables)


def test_frames_of_two_engines() -> None:
    with pytest.raises(EngineError, match="several engines"):
        FrameKeten.van({"instellingen": pl.DataFrame({"brin": ["27DV"]}), "keuzedelen": as_pandas(pl.DataFrame())})


def test_moments_with_a_clock_are_no_days() -> None:
    """Nothing is cut off in silence."""
    pandas = import_module("pandas")
    frame = pandas.DataFrame(
        {
            "leerbedrijf_id": ["100000001"],
            "opleidingcode": ["25655"],
            "van": pandas.to_datetime(["2018-01-01 12:00"]),
        }
    )
    with pytest.raises(EngineError, match="Column van of erkenningen must hold days"):
        FrameKeten.van({"erkenningen": frame})


def one_row(table: str, **cells: Any) -> dict[str, Any]:
    """Give a row of a table that can be a record."""
    return {name: _right(column) for name, column in TABLES[table].columns.items()} | cells


def frame_of(table: str, *rows: dict[str, Any]) -> pl.DataFrame:
    """Give rows of a table as a frame."""
    types = {n: TYPES.get(c.soort, pl.String) for n, c in TABLES[table].columns.items()}
    return pl.DataFrame(list(rows), schema=types)


MOMENT = "2018-09-03T10:00:00+02:00"
KEUZEDEEL = one_row("uitwisselingen", opleidingcode=None, keuzedeelcode="K0067")
LATER = date(2019, 1, 1)


@pytest.mark.parametrize(
    ("tables", "refused"),
    [
        ({"uitwisselingen": [one_row("uitwisselingen")] * 2}, True),
        ({"erkenningsaanvragen": [one_row("erkenningsaanvragen")] * 2}, True),
        ({"erkenningsaanvragen": [one_row("erkenningsaanvragen", dagtekening=LATER)] * 2}, False),
        ({"white_label_metingen": [one_row("white_label_metingen", tijdstip=MOMENT)] * 2}, True),
        (
            {
                "white_label_metingen": [
                    one_row("white_label_metingen", tijdstip=moment) for moment in (MOMENT, "2018-09-03T08:00:00Z")
                ]
            },
            True,
        ),
        ({"keuzedelen": [one_row("keuzedelen")] * 2, "uitwisselingen": [KEUZEDEEL]}, True),
        (
            {"inschrijvingsperiodes": [one_row("inschrijvingsperiodes")] * 2, "uitwisselingen": [KEUZEDEEL]},
            False,  # no rule about a keuzedeel looks for its period
        ),
    ],
)
def test_two_rows_with_one_key(tables: dict[str, list[dict[str, Any]]], *, refused: bool) -> None:
    """Of two records with one key neither can be chosen; what was not known yet, or is not needed, is not looked at."""
    keten = FrameKeten.van({name: frame_of(name, *rows) for name, rows in tables.items()})
    if refused:
        with pytest.raises(DuplicateKeyError):
            judge_frames(keten, peildatum=DAG)
    else:
        assert judge_frames(keten, peildatum=DAG).counts


def test_two_periods_with_one_key() -> None:
    """Found when a BPVO of Stagefonds looks for its period: 10426 is in the list of 2018."""
    row = one_row("uitwisselingen", opleidingcode="10426", keuzedeelcode=None)
    assert "10426" in stagefondslijsten()[0].codes
    tables = {
        "uitwisselingen": frame_of("uitwisselingen", row),
        "inschrijvingsperiodes": frame_of("inschrijvingsperiodes", *[one_row("inschrijvingsperiodes")] * 2),
    }
    with pytest.raises(DuplicateKeyError):
        judge_frames(FrameKeten.van(tables), peildatum=DAG)


def test_two_received_deliveries_with_one_key_in_perspectief_instelling() -> None:
    """Also when they had not arisen yet, so that no BPVO is made of them."""
    row = one_row("uitwisselingen", ontstaan_op=LATER, afsluitdatum=LATER, ontvangen_duo_op=DAG)
    keten = FrameKeten.van({"uitwisselingen": frame_of("uitwisselingen", row, row)})
    with pytest.raises(DuplicateKeyError):
        judge_frames(keten, peildatum=DAG, perspectief="instelling")


def test_a_student_column_full_of_persoonsnummers_is_refused() -> None:
    """Nine digits that pass the 11-proef; none of them is in the message."""
    numbers = ["123456782", "111222333", "100000009", "100000010", "999990019", "100000022"]
    rows = [two_deliveries(student=number)[1] for number in numbers]
    with pytest.raises(SourceError, match="lijkt BSN's") as caught:
        FrameKeten.van({"uitwisselingen": pl.concat(rows)})
    assert not any(number in str(caught.value) for number in numbers)


def test_a_lazy_frame_that_fails_never_looks_like_a_result() -> None:
    """What cannot be evaluated is an error when it is taken in, long before there are counts."""

    def broken(_: Any) -> Any:
        raise ZeroDivisionError

    lazy = two_deliveries().lazy().map_batches(broken)
    with pytest.raises(EngineError, match="could not work out the frames"):
        FrameKeten.van({"uitwisselingen": lazy})


GEHEIM = "geheim-a1b2"


def mixed(**columns: list[Any]) -> Any:
    """Give a pandas frame of deliveries with other columns."""
    frame = as_pandas(two_deliveries())
    for name, values in columns.items():
        frame[name] = import_module("pandas").Series(values, dtype="object")
    return frame


@pytest.mark.parametrize(
    "frame",
    [
        mixed(student=[123, GEHEIM]),
        mixed(omvang=[float("inf"), 1e300]),
        mixed(begindatum=[date(2018, 8, 10), datetime(2018, 8, 11, 12)]),
        mixed(begindatum=[date(2018, 8, 10), GEHEIM]),
    ],
    ids=["text and numbers", "infinite", "a clock", "text and days"],
)
def test_columns_of_pandas_that_hold_several_things(frame: Any) -> None:
    """One clear sentence that names the column; nothing is cut off, and no value is shown."""
    with pytest.raises(EngineError, match=r"Column (student|omvang|begindatum)") as caught:
        FrameKeten.van({"uitwisselingen": frame})
    assert GEHEIM not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__cause__ is None


def test_a_whole_number_that_does_not_fit_is_an_invoerfout() -> None:
    frame = two_deliveries().with_columns(volgorde=pl.Series([1, 2**63], dtype=pl.UInt64))
    keten = FrameKeten.van({"uitwisselingen": frame})
    assert [(f.column, f.aantal) for f in keten.invoerfouten] == [("volgorde", 1)]
    assert [row["volgorde"] for row in rows_of(keten.left_out("uitwisselingen"))] == [-1]


def test_a_day_that_python_does_not_know_is_an_invoerfout() -> None:
    """Such as the infinity of a database, in the register: it would be an error much later."""
    relation = as_duckdb(two_deliveries())
    never = relation.query("u", "SELECT * REPLACE ('infinity'::DATE AS begindatum) FROM u")
    with FrameKeten.van({"uitwisselingen": never}) as keten:
        assert [(f.column, f.aantal) for f in keten.invoerfouten] == [("begindatum", 2)]
        assert [row["begindatum"] for row in rows_of(keten.left_out("uitwisselingen"))] == [None, None]
    far = two_deliveries().with_columns(pl.lit(3_000_000, dtype=pl.Int32).cast(pl.Date).alias("begindatum"))
    keten = FrameKeten.van({"uitwisselingen": far})
    assert [(f.column, f.aantal) for f in keten.invoerfouten] == [("begindatum", 2)]
    assert [row["begindatum"] for row in rows_of(keten.left_out("uitwisselingen"))] == [None, None]


def test_a_judgement_is_given_back_by_itself() -> None:
    """The tables, and other judgements of them, stay; and with the tables nothing is left on the connection."""
    duckdb = import_module("duckdb")
    connection = duckdb.connect()
    arrow = two_deliveries().to_arrow()
    connection.register("u", arrow)
    with FrameKeten.van({"uitwisselingen": connection.table("u")}) as keten:
        first = judge_frames(keten, peildatum=DAG)
        with judge_frames(keten, peildatum=date(2018, 11, 1)) as second:
            assert list(second.verdicts())
        assert list(first.verdicts())
        first.close()
    left = connection.execute("SELECT table_name FROM information_schema.tables WHERE table_name <> 'u'").fetchall()
    assert left == []


def test_nothing_is_left_on_the_connection_after_an_error() -> None:
    duckdb = import_module("duckdb")
    connection = duckdb.connect()
    arrow = pl.concat([two_deliveries(), two_deliveries()]).to_arrow()
    connection.register("u", arrow)
    with FrameKeten.van({"uitwisselingen": connection.table("u")}) as keten, pytest.raises(DuplicateKeyError):
        judge_frames(keten, peildatum=DAG)
    left = connection.execute("SELECT table_name FROM information_schema.tables WHERE table_name <> 'u'").fetchall()
    assert left == []


def test_an_empty_keten() -> None:
    """Tables that were looked up and in which nothing was found."""
    keten = Keten().with_tables(dict.fromkeys(TABLES, ()))
    with engine("polars") as made:
        found = judge_frames(FrameKeten.uit(keten, made), peildatum=DAG)
        assert_equal(found, judge(keten, peildatum=DAG))


def test_a_day_before_1900_in_a_reference_table() -> None:
    frame = pl.DataFrame({"code": ["K0067", "K0068"], "geldig_van": [date(1, 1, 1), DAG]})
    keten = FrameKeten.van({"keuzedelen": frame})
    assert [(f.table, f.aantal) for f in keten.invoerfouten] == [("keuzedelen", 1)]
    assert [row.code for row in keten.klein.keuzedelen or ()] == ["K0068"]
