"""Records refuse only what cannot be such a record; everything else is data to be judged."""

from datetime import UTC, date, datetime
from typing import Any, TypeVar

import attrs
import pytest

from bpvo_rules.errors import BpvoRulesError, InvalidCodeError, InvalidRecordError
from bpvo_rules.model import (
    TABLES,
    Bpvo,
    Erkenning,
    Erkenningsaanvraag,
    Inschrijvingsperiode,
    Keuzedeel,
    Leerweg,
    Opleiding,
    SoortUitwisseling,
    Uitkomst,
    Uitwisseling,
    WhiteLabelMeting,
    WhiteLabelOnderhoud,
)

R = TypeVar("R")

STUDENT = "pseudoniem-geheim-4711"
SLEUTEL: dict[str, Any] = {"brin": "27DV", "student": STUDENT, "inschrijvingvolgnummer": "1", "volgnummer": "2"}
LEVERING: dict[str, Any] = {**SLEUTEL, "volgorde": 1, "soort": "toevoeging"}
MOMENT = datetime(2018, 10, 1, 9, 15, tzinfo=UTC)


def row(record: type[R], **cells: Any) -> R:
    """Make a record of plain words, as a reader of files does."""
    return record(**cells)


# The smallest row of every table: its required cells and nothing else.
SMALLEST: dict[str, dict[str, Any]] = {
    "instellingen": {"brin": "27DV"},
    "opleidingen": {"code": "25655", "soort": "kwalificatie"},
    "equivalenten": {"opleidingcode": "25655", "equivalent": "25656"},
    "keuzedelen": {"code": "K0067"},
    "leerbedrijven": {"leerbedrijf_id": "100000000"},
    "erkenningen": {"leerbedrijf_id": "100000000", "opleidingcode": "25655", "van": date(2018, 1, 1)},
    "inschrijvingen": {
        "brin": "27DV",
        "student": STUDENT,
        "inschrijvingvolgnummer": "1",
        "datum_inschrijving": date(2018, 8, 1),
    },
    "inschrijvingsperiodes": {
        "brin": "27DV",
        "student": STUDENT,
        "inschrijvingvolgnummer": "1",
        "begindatum": date(2018, 8, 1),
    },
    "uitwisselingen": LEVERING,
    "erkenningsaanvragen": {"aanvraag_id": "A1", "soort": "nieuw", "dagtekening": date(2018, 10, 1)},
    "white_label_metingen": {"functie": "zoeken", "tijdstip": MOMENT, "gelukt": True},
    "white_label_onderhoud": {"van": MOMENT, "tot": MOMENT, "aangekondigd_op": date(2018, 9, 1)},
}

# Keys and required cells, copied from the page about Ketendata.
KEYS = {
    "instellingen": "brin",
    "opleidingen": "code",
    "equivalenten": "opleidingcode equivalent",
    "keuzedelen": "code",
    "leerbedrijven": "leerbedrijf_id",
    "erkenningen": "",
    "inschrijvingen": "brin student inschrijvingvolgnummer",
    "inschrijvingsperiodes": "brin student inschrijvingvolgnummer begindatum",
    "uitwisselingen": "brin student inschrijvingvolgnummer volgnummer volgorde",
    "erkenningsaanvragen": "aanvraag_id",
    "white_label_metingen": "functie tijdstip brin",
    "white_label_onderhoud": "",
}

COLUMNS = {
    "instellingen": "brin naam",
    "opleidingen": "code naam soort niveau dossier domein",
    "equivalenten": "opleidingcode equivalent",
    "keuzedelen": "code naam geldig_van geldig_tot_en_met",
    "leerbedrijven": "leerbedrijf_id naam land bekend_vanaf bekend_tot",
    "erkenningen": "leerbedrijf_id opleidingcode van tot_en_met bekend_vanaf bekend_tot",
    "inschrijvingen": "brin student inschrijvingvolgnummer datum_inschrijving datum_uitschrijving_gepland"
    " datum_uitschrijving_werkelijk",
    "inschrijvingsperiodes": "brin student inschrijvingvolgnummer begindatum opleidingcode leerweg niveau",
    "uitwisselingen": "brin student inschrijvingvolgnummer volgnummer volgorde soort ontstaan_op ontvangen_duo_op"
    " teruggekoppeld_op uitkomst ontvangen_sbb_op afsluitdatum begindatum einddatum_gepland einddatum_werkelijk"
    " omvang leerbedrijf_id opleidingcode keuzedeelcode",
    "erkenningsaanvragen": "aanvraag_id leerbedrijf_id opleidingcode soort dagtekening brin besluit_op besluit"
    " kennisgeving_op overschrijding_gemotiveerd_op",
    "white_label_metingen": "functie tijdstip brin gelukt duur_ms",
    "white_label_onderhoud": "functie van tot aangekondigd_op",
}


def test_the_tables_have_the_columns_and_keys_of_the_page() -> None:
    assert {name: " ".join(table.columns) for name, table in TABLES.items()} == COLUMNS
    assert {name: " ".join(table.key) for name, table in TABLES.items()} == KEYS


@pytest.mark.parametrize("name", TABLES)
def test_a_row_of_required_cells_only_is_a_record(name: str) -> None:
    """An incomplete row is data to be judged: every other cell is None."""
    record = TABLES[name].record(**SMALLEST[name])

    for column in TABLES[name].columns:
        if column not in SMALLEST[name]:
            assert getattr(record, column) is None, column


@pytest.mark.parametrize(("name", "cell"), [(name, cell) for name, row in SMALLEST.items() for cell in row])
def test_a_required_cell_may_not_be_empty(name: str, cell: str) -> None:
    """Without it the row is no record at all, and the message names the field."""
    assert TABLES[name].columns[cell].required

    with pytest.raises((InvalidRecordError, InvalidCodeError)) as caught:
        TABLES[name].record(**{**SMALLEST[name], cell: None})

    assert STUDENT not in str(caught.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"begindatum": date(2019, 1, 1), "einddatum_gepland": date(2018, 1, 1)},
        {"einddatum_werkelijk": date(1999, 1, 1)},
        {"omvang": 0},
        {"opleidingcode": "25655", "keuzedeelcode": "K0067"},
        {"ontvangen_sbb_op": date(2018, 1, 1), "ontvangen_duo_op": date(2018, 2, 1)},
        {"uitkomst": "geaccepteerd"},
        {"soort": "verwijdering"},
        {"afsluitdatum": date.max, "begindatum": date.min},
        {"volgorde": 999_999},
    ],
)
def test_a_contradictory_delivery_is_a_valid_record(changes: dict[str, Any]) -> None:
    """Late, incomplete or contradictory data are for the rules to judge."""
    assert Uitwisseling(**{**LEVERING, **changes})


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"brin": "geheim"}, InvalidCodeError),
        ({"student": ""}, InvalidRecordError),
        ({"student": 123456782}, InvalidRecordError),
        ({"volgorde": 0}, InvalidRecordError),
        ({"volgorde": -1}, InvalidRecordError),
        ({"volgorde": True}, InvalidRecordError),
        ({"volgorde": 1.0}, InvalidRecordError),
        ({"soort": "geheim"}, InvalidRecordError),
        ({"uitkomst": "geheim"}, InvalidRecordError),
        ({"omvang": -1}, InvalidRecordError),
        ({"omvang": "40"}, InvalidRecordError),
        ({"begindatum": "2018-10-01"}, InvalidRecordError),
        ({"begindatum": datetime(2018, 10, 1, 9, 0, tzinfo=UTC)}, InvalidRecordError),
        ({"leerbedrijf_id": "99999999"}, InvalidCodeError),
        ({"opleidingcode": "K0067"}, InvalidCodeError),
        ({"keuzedeelcode": "25655"}, InvalidCodeError),
    ],
)
def test_what_cannot_be_a_cell_is_refused_without_its_value(changes: dict[str, Any], error: type[Exception]) -> None:
    """The message says which field and what was expected, never what was in it."""
    with pytest.raises(error) as caught:
        Uitwisseling(**{**LEVERING, **changes})

    message = str(caught.value)
    assert isinstance(caught.value, BpvoRulesError)
    assert STUDENT not in message
    assert "geheim" not in message
    assert "123456782" not in message


@pytest.mark.parametrize("niveau", [0, 5])
def test_a_niveau_outside_1_to_4_is_refused(niveau: int) -> None:
    with pytest.raises(InvalidRecordError, match="niveau"):
        row(Opleiding, code="25655", soort="kwalificatie", niveau=niveau)
    with pytest.raises(InvalidRecordError, match="niveau"):
        row(Inschrijvingsperiode, **SMALLEST["inschrijvingsperiodes"], niveau=niveau)


@pytest.mark.parametrize("niveau", [1, 4, None])
def test_a_niveau_from_1_to_4_or_none_is_accepted(niveau: int | None) -> None:
    assert row(Opleiding, code="25655", soort="kwalificatie", niveau=niveau).niveau == niveau


@pytest.mark.parametrize("name", [name for name, row in SMALLEST.items() if "student" in row])
def test_the_repr_of_a_record_hides_the_student(name: str) -> None:
    """A pseudonym may end up in no log."""
    record = TABLES[name].record(**SMALLEST[name])

    assert STUDENT not in repr(record)
    assert record.student == STUDENT


def test_the_repr_of_a_bpvo_hides_the_student_and_its_deliveries() -> None:
    bpvo = Bpvo(**SLEUTEL, leveringen=(Uitwisseling(**LEVERING),))

    assert STUDENT not in repr(bpvo)
    assert "leveringen" not in repr(bpvo)


@pytest.mark.parametrize("leveringen", [[], "", 0, ["x"]])
def test_deliveries_are_a_tuple_or_not_looked_up(leveringen: Any) -> None:
    """None says not looked up, an empty tuple says never sent."""
    assert Bpvo(**SLEUTEL).leveringen is None
    assert Bpvo(**SLEUTEL, leveringen=()).leveringen == ()

    with pytest.raises(InvalidRecordError, match="leveringen"):
        Bpvo(**SLEUTEL, leveringen=leveringen)


@pytest.mark.parametrize("name", TABLES)
def test_records_are_frozen_and_equal_by_value(name: str) -> None:
    record, again = TABLES[name].record(**SMALLEST[name]), TABLES[name].record(**SMALLEST[name])

    assert record == again
    assert hash(record) == hash(again)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(record, next(iter(TABLES[name].columns)), None)


@pytest.mark.parametrize("name", TABLES)
def test_records_take_their_fields_by_name_only(name: str) -> None:
    with pytest.raises(TypeError):
        TABLES[name].record(*SMALLEST[name].values())


def test_plain_words_and_codes_become_their_types() -> None:
    levering = row(Uitwisseling, **LEVERING, uitkomst="afgekeurd", teruggekoppeld_op=date(2018, 10, 1))

    assert levering.soort is SoortUitwisseling.TOEVOEGING
    assert levering.uitkomst is Uitkomst.AFGEKEURD
    assert row(Inschrijvingsperiode, **SMALLEST["inschrijvingsperiodes"], leerweg="BOL_DT").leerweg is Leerweg.BOL_DT


def test_a_moment_needs_its_offset() -> None:
    """A time without an offset could be two different moments."""
    naive = MOMENT.replace(tzinfo=None)

    with pytest.raises(InvalidRecordError, match="tijdstip"):
        row(WhiteLabelMeting, functie="zoeken", tijdstip=naive, gelukt=True)
    with pytest.raises(InvalidRecordError, match="van"):
        row(WhiteLabelOnderhoud, van=naive, tot=MOMENT, aangekondigd_op=date(2018, 9, 1))
    with pytest.raises(InvalidRecordError, match="gelukt"):
        row(WhiteLabelMeting, functie="zoeken", tijdstip=MOMENT, gelukt=1)
    with pytest.raises(InvalidRecordError, match="duur_ms"):
        row(WhiteLabelMeting, functie="zoeken", tijdstip=MOMENT, gelukt=True, duur_ms=-1)


def test_the_written_form_of_a_moment_is_no_part_of_its_value() -> None:
    """Two spellings of one moment are the same measurement."""
    plain = row(WhiteLabelMeting, functie="zoeken", tijdstip=MOMENT, gelukt=True)
    spelled = row(WhiteLabelMeting, functie="zoeken", tijdstip=MOMENT, gelukt=True, tijdstip_tekst="2018-10-01T09:15Z")

    assert plain == spelled
    assert plain.tijdstip_tekst == "2018-10-01T09:15:00+00:00"


def test_bounds_in_the_wrong_order_are_still_records() -> None:
    """A register row with its last day before its first covers nothing; it is not for a constructor to refuse."""
    assert row(
        Erkenning, leerbedrijf_id="100000000", opleidingcode="25655", van=date(2018, 2, 1), tot_en_met=date(2018, 1, 1)
    )
    assert row(Keuzedeel, code="K0067", geldig_van=date(2018, 2, 1), geldig_tot_en_met=date(2018, 1, 1))
    assert row(
        Erkenningsaanvraag, aanvraag_id="A1", soort="nieuw", dagtekening=date(2018, 10, 1), besluit_op=date(2018, 9, 1)
    )
