"""What is written comes back: tables, missing tables, missing columns, and texts of moments."""

import csv
import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpvo_rules.codes import Brin
from bpvo_rules.errors import ExistingFileError, InvalidRecordError, SourceError
from bpvo_rules.io import read_ketendata, write_ketendata
from bpvo_rules.io.datapackage import table_schema
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES, Functie, Inschrijving, Instelling, Keuzedeel, Table, WhiteLabelMeting
from bpvo_rules.model.fields import Column, Soort

OFFSETS = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(9999, 12, 30), timezones=OFFSETS)
TEXTS = st.text(
    st.one_of(
        st.sampled_from(list(";\"\r\n\ufeff\u00e9 |,'=")),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    min_size=1,
    max_size=12,
)


def values(column: Column) -> st.SearchStrategy[Any]:
    """Make values of a column, None too when it is not required."""
    made: dict[Soort, st.SearchStrategy[Any]] = {
        Soort.DAY: st.dates(date(1900, 1, 1), date(9999, 12, 31)),
        Soort.MOMENT: MOMENTS,
        Soort.YES_NO: st.booleans(),
        Soort.TEXT: TEXTS,
        Soort.WHOLE: st.integers(column.minimum or 0, column.maximum or 10**18 - 1),
    }
    if column.soort is Soort.CODE:
        strategy = st.from_regex(column.type.SHAPE, fullmatch=True).map(column.type)
    elif column.soort is Soort.CHOICE:
        strategy = st.sampled_from(list(column.type))
    else:
        strategy = made[column.soort]
    return strategy if column.required else st.none() | strategy


@st.composite
def ketens(draw: st.DrawFn) -> Keten:
    """Make ketens with any tables, without duplicate keys, in which any optional columns were not looked up."""
    tables: dict[str, list[Any]] = {}
    absent: set[tuple[str, str]] = set()
    for name in draw(st.lists(st.sampled_from(list(TABLES)), min_size=1, max_size=3, unique=True)):
        table = TABLES[name]
        optional = [column for column, spec in table.columns.items() if not spec.required]
        gone = draw(st.frozensets(st.sampled_from(optional))) if optional else frozenset()
        absent |= {(name, column) for column in gone}
        cells = {column: st.none() if column in gone else values(spec) for column, spec in table.columns.items()}
        made = draw(st.lists(st.fixed_dictionaries(cells), max_size=4))
        rows = {tuple(row[part] for part in table.key) or number: row for number, row in enumerate(made)}
        tables[name] = [table.record(**row) for row in rows.values()]
    return keten_of(**tables, niet_opgezocht=frozenset(absent))


def keten_of(**tables: Any) -> Keten:
    """Make a keten of any rows."""
    return Keten(**tables)


def same(left: Keten, right: Keten) -> bool:
    return left.niet_opgezocht == right.niet_opgezocht and all(left.table(t) == right.table(t) for t in TABLES)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(keten=ketens())
def test_reading_gives_what_was_written(tmp_path: Path, keten: Keten) -> None:
    write_ketendata(keten, tmp_path / "map", overwrite=True)
    found = read_ketendata(tmp_path / "map")

    assert same(found, keten)
    assert found.invoerfouten == ()
    assert {note.code for note in found.opmerkingen} <= {"rij_over_regels"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(keten=ketens())
def test_writing_what_was_read_gives_the_same_bytes(tmp_path: Path, keten: Keten) -> None:
    write_ketendata(keten, tmp_path / "een", overwrite=True)
    write_ketendata(read_ketendata(tmp_path / "een"), tmp_path / "twee", overwrite=True)

    een, twee = ({p.name: p.read_bytes() for p in (tmp_path / map_).iterdir()} for map_ in ("een", "twee"))
    assert een == twee


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_records_that_were_read_are_the_records_of_the_model(tmp_path: Path, table: Table) -> None:
    """A cell lets nothing through that the record itself would refuse."""

    @settings(max_examples=10, deadline=None, database=None)
    @given(st.fixed_dictionaries({column: values(spec) for column, spec in table.columns.items()}))
    def check(row: dict[str, Any]) -> None:
        write_ketendata(keten_of(**{table.name: [table.record(**row)]}), tmp_path, overwrite=True)
        for record in read_ketendata(tmp_path).table(table.name) or ():
            attrs.validate(record)

    check()


class TestForm:
    """UTF-8, a header, the separator ';', dates JJJJ-MM-DD, an empty cell for what is missing."""

    def test_the_bytes_of_a_file(self, tmp_path: Path) -> None:
        keten = Keten(
            keuzedelen=[
                Keuzedeel(code="K0067", naam="Caf\u00e9", geldig_van=date(2018, 8, 1)),  # type: ignore[arg-type] # made into a code
                Keuzedeel(code="K0068"),  # type: ignore[arg-type] # made into a code
            ]
        )
        write_ketendata(keten, tmp_path)

        assert (tmp_path / "keuzedelen.csv").read_bytes().decode() == (
            "code;naam;geldig_van;geldig_tot_en_met\r\nK0067;Caf\u00e9;2018-08-01;\r\nK0068;;;\r\n"
        )

    def test_tables_and_columns_that_were_not_looked_up_are_not_written(self, tmp_path: Path) -> None:
        keten = keten_of(
            instellingen=[Instelling(brin=Brin("27DV"), naam="x")], niet_opgezocht=frozenset({("instellingen", "naam")})
        )
        write_ketendata(keten, tmp_path)

        assert sorted(path.name for path in tmp_path.iterdir()) == ["datapackage.json", "instellingen.csv"]
        assert (tmp_path / "instellingen.csv").read_bytes() == b"brin\r\n27DV\r\n"

    def test_a_required_column_must_be_there(self, tmp_path: Path) -> None:
        keten = keten_of(instellingen=(), niet_opgezocht=frozenset({("instellingen", "brin")}))

        with pytest.raises(InvalidRecordError, match=r"^niet_opgezocht must be columns that are not required"):
            write_ketendata(keten, tmp_path)

    def test_a_moment_keeps_the_text_that_it_was_read_from(self, tmp_path: Path) -> None:
        """The subject of a measurement is named by it."""
        metingen = [
            WhiteLabelMeting(functie=Functie.ZOEKEN, tijdstip=moment, gelukt=True, tijdstip_tekst=text)
            for moment, text in [
                (datetime(2018, 10, 1, 7, 15, tzinfo=UTC), "2018-10-01T09:15+02:00"),
                (datetime(2018, 10, 1, 8, 15, tzinfo=UTC), "2018-10-01T08:15:00.000Z"),
            ]
        ]
        write_ketendata(keten_of(white_label_metingen=metingen), tmp_path)

        found = read_ketendata(tmp_path).white_label_metingen or ()
        assert [meting.tijdstip_tekst for meting in found] == ["2018-10-01T09:15+02:00", "2018-10-01T08:15:00.000Z"]

    def test_equal_moments_keep_their_own_offset(self, tmp_path: Path) -> None:
        """Only the start of this announcement is written in summer time."""
        summer = timezone(timedelta(hours=2))
        record = TABLES["white_label_onderhoud"].record
        rows = [
            record(van=moment, tot=datetime(2018, 10, 2, tzinfo=UTC), aangekondigd_op=date(2018, 9, 1))
            for moment in (datetime(2018, 10, 1, 9, tzinfo=summer), datetime(2018, 10, 1, 7, tzinfo=UTC))
        ]
        write_ketendata(keten_of(white_label_onderhoud=rows), tmp_path)

        with (tmp_path / "white_label_onderhoud.csv").open(encoding="utf-8") as handle:
            written = [row["van"] for row in csv.DictReader(handle, delimiter=";")]
        assert written == ["2018-10-01T09:00:00+02:00", "2018-10-01T07:00:00+00:00"]


class TestWhole:
    """A file is written whole or not at all, and never over another without being asked."""

    def test_a_value_that_cannot_be_written_leaves_no_half_file(self, tmp_path: Path) -> None:
        keten = keten_of(instellingen=[Instelling(brin=Brin("27DV")), Instelling(brin=Brin("27DW"), naam="\0")])

        with pytest.raises(InvalidRecordError):
            write_ketendata(keten, tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_a_failed_overwrite_leaves_what_was_there(self, tmp_path: Path) -> None:
        write_ketendata(keten_of(instellingen=[Instelling(brin=Brin("27DV"))]), tmp_path)
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

        with pytest.raises(InvalidRecordError):
            write_ketendata(keten_of(instellingen=[Instelling(brin=Brin("27DW"), naam="\0")]), tmp_path, overwrite=True)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before

    @pytest.mark.parametrize("name", ["keuzedelen.csv", "keuzedelen.parquet", "datapackage.json"])
    def test_a_folder_with_tables_is_refused(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).write_bytes(b"x")

        with pytest.raises(ExistingFileError, match=name):
            write_ketendata(keten_of(instellingen=()), tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == [name]

    def test_overwriting_takes_away_tables_that_are_no_longer_there(self, tmp_path: Path) -> None:
        """Other files stay."""
        for name in ("keuzedelen.csv", "instellingen.parquet", "lees.md", "anders.csv"):
            (tmp_path / name).write_bytes(b"x")
        write_ketendata(keten_of(instellingen=()), tmp_path, overwrite=True)

        names = sorted(path.name for path in tmp_path.iterdir())
        assert names == ["anders.csv", "datapackage.json", "instellingen.csv", "lees.md"]

    def test_persoonsnummers_are_not_written(self, tmp_path: Path) -> None:
        """The column student holds pseudonyms, in every file of this library."""
        numbers = [n for n in range(900_000_000, 900_000_200) if self._passes(f"{n}")][:5]
        rows = [
            Inschrijving(
                brin=Brin("27DV"),
                student=str(number),
                inschrijvingvolgnummer="1",  # type: ignore[arg-type] # made into a code
                datum_inschrijving=date(2018, 8, 1),
            )
            for number in numbers
        ]

        with pytest.raises(SourceError, match="pseudoniemen"):
            write_ketendata(keten_of(inschrijvingen=rows), tmp_path / "map")
        assert not (tmp_path / "map").exists()

    @staticmethod
    def _passes(number: str) -> bool:
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        return sum(w * int(d) for w, d in zip(weights, number, strict=True)) % 11 == 0


class TestDescriptor:
    def test_it_names_every_file_and_its_columns(self, tmp_path: Path) -> None:
        keten = keten_of(instellingen=(), keuzedelen=(), niet_opgezocht=frozenset({("keuzedelen", "naam")}))
        write_ketendata(keten, tmp_path)
        package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))

        assert [resource["path"] for resource in package["resources"]] == ["instellingen.csv", "keuzedelen.csv"]
        assert [field["name"] for field in package["resources"][1]["schema"]["fields"]] == [
            "code",
            "geldig_van",
            "geldig_tot_en_met",
        ]
        for resource in package["resources"]:
            assert resource["bytes"] == (tmp_path / resource["path"]).stat().st_size
            assert resource["dialect"] == {"delimiter": ";"}
            assert resource["encoding"] == "utf-8"

    def test_the_schema_of_a_table_follows_from_its_columns(self) -> None:
        assert table_schema(TABLES["inschrijvingsperiodes"]) == {
            "fields": [
                {"name": "brin", "type": "string", "constraints": {"required": True, "pattern": "^[0-9]{2}[A-Z]{2}$"}},
                {"name": "student", "type": "string", "constraints": {"required": True}},
                {
                    "name": "inschrijvingvolgnummer",
                    "type": "string",
                    "constraints": {"required": True, "pattern": "^[0-9A-Za-z]{1,20}$"},
                },
                {"name": "begindatum", "type": "date", "constraints": {"required": True}},
                {"name": "opleidingcode", "type": "string", "constraints": {"pattern": "^[0-9]{5}$"}},
                {
                    "name": "leerweg",
                    "type": "string",
                    "constraints": {"enum": ["BOL", "BBL", "OVO", "EX", "ODT", "BOL_DT"]},
                },
                {"name": "niveau", "type": "integer", "constraints": {"minimum": 1, "maximum": 4}},
            ],
            "missingValues": [""],
            "primaryKey": ["brin", "student", "inschrijvingvolgnummer", "begindatum"],
        }

    def test_a_key_that_may_be_empty_is_no_primary_key(self) -> None:
        schema = table_schema(TABLES["white_label_metingen"])

        assert "primaryKey" not in schema
        assert schema["uniqueKeys"] == [["functie", "tijdstip", "brin"]]
        assert schema["fields"][1] == {
            "name": "tijdstip",
            "type": "datetime",
            "format": "any",
            "constraints": {"required": True},
        }
        assert schema["fields"][3] == {
            "name": "gelukt",
            "type": "boolean",
            "trueValues": ["ja"],
            "falseValues": ["nee"],
            "constraints": {"required": True},
        }

    def test_a_table_without_a_key_has_none(self) -> None:
        assert not {"primaryKey", "uniqueKeys"} & table_schema(TABLES["erkenningen"]).keys()
