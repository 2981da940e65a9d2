"""An RO that is written holds the state at DUO, and reads back as that state."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bpvo_rules.errors import InvalidRecordError
from bpvo_rules.io import read_ro, write_ro
from bpvo_rules.keten import Keten
from bpvo_rules.keten.persoonsnummer import Pseudonyms
from bpvo_rules.model import TABLES, Inschrijving, Inschrijvingsperiode, Uitwisseling

KEY = b"sleutel"
NUMBERS = {"s1": "BSN1", "s2": "BSN2", "s3": "BSN3"}


def inschrijving(student: str, volgnummer: str, **changes: Any) -> Inschrijving:
    row: dict[str, Any] = {"brin": "27DV", "student": student, "inschrijvingvolgnummer": volgnummer}
    return Inschrijving(**{**row, "datum_inschrijving": date(2023, 8, 1), **changes})


def periode(student: str, volgnummer: str, **changes: Any) -> Inschrijvingsperiode:
    row: dict[str, Any] = {"brin": "27DV", "student": student, "inschrijvingvolgnummer": volgnummer}
    return Inschrijvingsperiode(**{**row, "begindatum": date(2023, 8, 1), **changes})


def levering(student: str, volgnummer: str, volgorde: int = 1, **changes: Any) -> Uitwisseling:
    """Give a delivery of a BPVO with hours 100 times its volgorde, received on the day of that number."""
    row: dict[str, Any] = {
        "brin": "27DV",
        "student": student,
        "inschrijvingvolgnummer": volgnummer,
        "volgnummer": "C1",
        "volgorde": volgorde,
        "soort": "toevoeging",
        "ontvangen_duo_op": date(2023, 9, volgorde),
        "omvang": volgorde * 100,
    }
    return Uitwisseling(**{**row, **changes})


KETEN = Keten(
    inschrijvingen=(
        inschrijving("s2", "1", datum_uitschrijving_gepland=date(2025, 7, 31)),
        inschrijving("s1", "C2"),
        inschrijving("s1", "C1", datum_uitschrijving_werkelijk=date(2023, 12, 31)),
        inschrijving("s3", "1", brin="00AA"),
    ),
    inschrijvingsperiodes=(
        periode("s1", "C2", opleidingcode="25655", leerweg="BBL", niveau=3),
        periode("s2", "1", leerweg="BOL_DT"),
    ),
    uitwisselingen=(
        levering(
            "s1",
            "C2",
            afsluitdatum=date(2023, 8, 2),
            begindatum=date(2023, 9, 4),
            einddatum_gepland=date(2024, 7, 31),
            einddatum_werkelijk=date(2024, 5, 31),
            leerbedrijf_id="100018965",
            opleidingcode="25655",
            keuzedeelcode="K0067",
        ),
        levering("s3", "1", brin="00AA"),
    ),
)


def write(keten: Keten, path: Path, *, made_on: date = date(2023, 10, 1)) -> str:
    write_ro(
        keten,
        path,
        brin="27DV",
        begin=date(2023, 8, 1),
        eind=date(2024, 7, 31),
        made_on=made_on,
        person=NUMBERS.__getitem__,
    )
    return path.read_bytes().decode()


def test_the_standard_form(tmp_path: Path) -> None:
    """Delimiter '|', ISO dates, per student PER and then per inschrijving ISG, ISP and BPV; SLR counts them."""
    text = write(KETEN, tmp_path / "ro.csv")

    assert text.split("\r\n") == [
        "VLP|27DV|2023-08-01|2024-07-31|2023-10-01",
        "PER|BSN1|||",
        "ISG|BSN1||C1|2023-08-01||2023-12-31|",
        "ISG|BSN1||C2|2023-08-01|||",
        "ISP|BSN1||C2|2023-08-01|25655|BBL|MBO-3||||||",
        "BPV|BSN1||C2|C1|2023-08-02|2023-09-04|2024-07-31|2024-05-31|100|100018965|25655|K0067",
        "PER|BSN2|||",
        "ISG|BSN2||1|2023-08-01|2025-07-31||",
        "ISP|BSN2||1|2023-08-01||BOL_DT|||||||",
        "SLR|2|3|2|0|1|0|0|0|0",
        "",
    ]


def test_it_reads_back_as_the_same_state(tmp_path: Path) -> None:
    """Of one school, with the pseudonyms of the key."""
    write(KETEN, tmp_path / "ro.csv")
    found = read_ro(tmp_path / "ro.csv", key=KEY)
    pseudonyms = {Pseudonyms(KEY).pseudonym("bsn", number): student for student, number in NUMBERS.items()}

    def contents(rows: tuple[Any, ...] | None, names: dict[str, str]) -> set[tuple[Any, ...]]:
        skipped = {"student", "ontvangen_duo_op"}
        columns = [
            name for table in TABLES.values() if rows and table.record is type(rows[0]) for name in table.columns
        ]
        return {
            (names.get(row.student, row.student), *(getattr(row, name) for name in columns if name not in skipped))
            for row in rows or ()
            if row.brin == "27DV"
        }

    for table in ("inschrijvingen", "inschrijvingsperiodes", "uitwisselingen"):
        assert contents(found.table(table), pseudonyms) == contents(KETEN.table(table), {})
    assert found.invoerfouten == ()
    assert [note.code for note in found.opmerkingen] == ["persoonsnummer_vorm"]


@pytest.mark.parametrize(
    ("second", "hours"),
    [
        ({}, ["200"]),
        ({"ontvangen_duo_op": date(2023, 9, 30)}, ["200"]),
        ({"ontvangen_duo_op": date(2023, 10, 1)}, ["200"]),
        ({"ontvangen_duo_op": date(2023, 10, 2)}, ["100"]),
        ({"ontvangen_duo_op": None}, ["100"]),
        ({"uitkomst": "afgekeurd", "teruggekoppeld_op": date(2023, 10, 1)}, ["100"]),
        ({"uitkomst": "afgekeurd", "teruggekoppeld_op": date(2023, 10, 2)}, ["200"]),
        ({"uitkomst": "geaccepteerd", "teruggekoppeld_op": date(2023, 10, 1)}, ["200"]),
        ({"soort": "verwijdering"}, []),
    ],
)
def test_the_content_is_that_of_the_last_delivery_that_counts(
    tmp_path: Path, second: dict[str, Any], hours: list[str]
) -> None:
    """Received by DUO on the day that the file was made, or before, and not known to be rejected then."""
    keten = Keten(uitwisselingen=(levering("s1", "1"), levering("s1", "1", 2, **{"soort": "wijziging", **second})))
    lines = write(keten, tmp_path / "ro.csv").splitlines()

    assert [line.split("|")[9] for line in lines if line.startswith("BPV")] == hours


def test_a_bpvo_without_an_inschrijving_is_not_lost(tmp_path: Path) -> None:
    lines = write(Keten(uitwisselingen=(levering("s1", "1"),)), tmp_path / "ro.csv").splitlines()

    assert [line[:8] for line in lines[1:]] == ["PER|BSN1", "BPV|BSN1", "SLR|1|0|"]


@pytest.mark.parametrize("number", ["", "a|b", "a b", "x" * 21, "a\nb"])
def test_a_number_that_would_break_the_file(tmp_path: Path, number: str) -> None:
    """Nothing is written then."""
    with pytest.raises(InvalidRecordError, match=r"^person must be 1-20 letters or digits"):
        write_ro(
            KETEN,
            tmp_path / "ro.csv",
            brin="27DV",
            begin=date(2023, 8, 1),
            eind=date(2024, 7, 31),
            made_on=date(2023, 10, 1),
            person=lambda _: number,
        )
    assert list(tmp_path.iterdir()) == []
