"""
Spec: rules drawn as tables, one case per row.

A row starts from one BPVO with which everything is in order and changes the
cells that its columns name. In a cell, nothing means *looked up, nothing there*
and ``?`` means *not looked up*: the column, or the whole table for a column with
the name of a table. The last column is the outcome that the text of the rule gives.

Columns are the cells of the delivery (``begindatum``, ``ontvangen_duo_op``, ...),
the arguments ``P``, ``K``, ``perspectief`` and ``norm <id>``, and whole tables:

- ``erkenningen``: ``25655 2018-08-01..2019-07-31``, or ``25655@100000001 2018-08-01.. bekend 2018-10-01..``
- ``leerbedrijven``: ``100000000``, with ``bekend ..`` behind it; ``instellingen``: ``27DV``
- ``keuzedelen``: ``K0067 2018-08-01..``; ``equivalenten``: ``25655>25480``
- ``opleidingen``: ``25655 kwalificatie 23264 79140``: code, soort, dossier, domein; ``-`` is an empty cell
- ``zonder``: columns of other tables that were not looked up, as ``opleidingen.dossier``
- ``periodes``: ``2018-08-01 BOL 4 25655``: begindatum, leerweg, niveau, opleidingcode

Several lines of a table stand in one cell with a comma between them.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from bpvo_rules.keten import Keten
from bpvo_rules.model import (
    TABLES,
    Equivalent,
    Erkenning,
    Inschrijvingsperiode,
    Instelling,
    Keuzedeel,
    Leerbedrijf,
    Opleiding,
    WhiteLabelOnderhoud,
)
from bpvo_rules.model.fields import Soort

T = TypeVar("T")

Verdicts = Mapping[tuple[str, str], str]
Engine = Callable[[Keten, Mapping[str, Any]], Verdicts]

BPVO = "27DV/s1/1/1"
GEEN = "geen"
"""Expected where a rule gives no outcome at all: there is no such subject, or the rule does not run."""

LEVERING: dict[str, str] = {
    "brin": "27DV",
    "student": "s1",
    "inschrijvingvolgnummer": "1",
    "volgnummer": "1",
    "volgorde": "1",
    "soort": "toevoeging",
    "ontstaan_op": "2018-09-24",
    "ontvangen_duo_op": "2018-09-28",
    "teruggekoppeld_op": "2018-10-05",
    "uitkomst": "geaccepteerd",
    "ontvangen_sbb_op": "2018-10-12",
    "afsluitdatum": "2018-09-24",
    "begindatum": "2018-10-01",
    "einddatum_gepland": "2019-01-31",
    "einddatum_werkelijk": "",
    "omvang": "400",
    "leerbedrijf_id": "100000000",
    "opleidingcode": "25655",
    "keuzedeelcode": "",
}
AANVRAAG: dict[str, str] = {
    "aanvraag_id": "A1",
    "leerbedrijf_id": "100000000",
    "opleidingcode": "25655",
    "soort": "nieuw",
    "dagtekening": "2018-10-01",
    "brin": "27DV",
    "besluit_op": "2018-10-08",
    "besluit": "erkend",
    "kennisgeving_op": "2018-10-09",
    "overschrijding_gemotiveerd_op": "",
}
METING: dict[str, str] = {
    "functie": "zoeken",
    "tijdstip": "2018-10-01T09:15:00+02:00",
    "brin": "",
    "gelukt": "ja",
    "duur_ms": "300",
}
TABLES_IN_ORDER: dict[str, str] = {
    "instellingen": "27DV",
    "opleidingen": "79140 domein - -, 23264 dossier - 79140, 25655 kwalificatie 23264 79140,"
    " 25656 kwalificatie 23264 79140, 25480 kwalificatie 23182 79140, 23110 dossier - -, 25251 kwalificatie 23110 -",
    "equivalenten": "",
    "keuzedelen": "K0067 ..",
    "leerbedrijven": "100000000",
    "erkenningen": "25655 2018-08-01..2019-07-31",
    "periodes": "2018-08-01 BOL 4 25655",
}
ARGUMENTS: dict[str, str] = {"P": "2018-11-15", "K": "", "perspectief": "keten"}
ZONDER = "zonder"


def make(record: type[T], **cells: Any) -> T:
    """Make a record of plain words."""
    return record(**cells)


def parse_table(table: str) -> list[dict[str, str]]:
    """Read the rows of a drawn table: a header, perhaps a ruler, and the cases."""
    lines = [line.strip() for line in table.strip().splitlines()]
    lines = [line for line in lines if line and not set(line) <= set("-+| ")]
    header = [word.strip() for word in lines[0].split("|")]
    found = []
    for line in lines[1:]:
        cells = [word.strip() for word in line.split("|")]
        assert len(cells) == len(header), f"{line!r} has another number of cells than its header"
        found.append(dict(zip(header, cells, strict=True)))
    return found


def day(text: str) -> date | None:
    """Read a day; nothing is nothing."""
    return date.fromisoformat(text) if text and text != "-" else None


def bounds(text: str) -> tuple[date | None, date | None]:
    """Read ``from..to``, of which each side may be empty."""
    first, last = text.split("..")
    return day(first), day(last)


def record_of(table: str, cells: Mapping[str, str]) -> Any:
    """Make a record of one table from texts; ``?`` leaves the cell empty."""
    values: dict[str, Any] = {}
    for name, text in cells.items():
        kind = TABLES[table].columns[name].soort
        if text in {"", "?"}:
            values[name] = None
        elif kind is Soort.DAY:
            values[name] = date.fromisoformat(text)
        elif kind is Soort.MOMENT:
            values[name] = datetime.fromisoformat(text)
            if table == "white_label_metingen":
                values[f"{name}_tekst"] = text
        elif kind is Soort.WHOLE:
            values[name] = int(text)
        elif kind is Soort.YES_NO:
            values[name] = text == "ja"
        else:
            values[name] = text
    return TABLES[table].record(**values)


def items(text: str) -> Iterable[list[str]]:
    """Split the lines of a table in one cell into words."""
    return [item.split() for item in text.split(",") if item.strip()]


def known(words: list[str]) -> dict[str, date | None]:
    """Read ``bekend from..to`` behind a register row."""
    if "bekend" not in words:
        return {}
    vanaf, tot = bounds(words[words.index("bekend") + 1])
    return {"bekend_vanaf": vanaf, "bekend_tot": tot}


def erkenning(words: list[str]) -> Erkenning:
    """Read ``code[@leerbedrijf] van..tot [bekend ..]``."""
    code, _, company = words[0].partition("@")
    van, tot = bounds(words[1])
    return make(
        Erkenning,
        leerbedrijf_id=company or "100000000",
        opleidingcode=code,
        van=van,
        tot_en_met=tot,
        **known(words),
    )


def keuzedeel(words: list[str]) -> Keuzedeel:
    """Read ``code van..tot``."""
    van, tot = bounds(words[1])
    return make(Keuzedeel, code=words[0], geldig_van=van, geldig_tot_en_met=tot)


def opleiding(words: list[str]) -> Opleiding:
    """Read ``code soort dossier domein``."""
    code, soort, dossier, domein = (None if word == "-" else word for word in words)
    return make(Opleiding, code=code, soort=soort, dossier=dossier, domein=domein)


def periode(words: list[str]) -> Inschrijvingsperiode:
    """Read ``begindatum leerweg niveau opleidingcode [inschrijvingvolgnummer]``."""
    begin, leerweg, niveau, code, *number = (None if word == "-" else word for word in words)
    return make(
        Inschrijvingsperiode,
        brin="27DV",
        student="s1",
        inschrijvingvolgnummer=number[0] if number else "1",
        begindatum=day(begin or ""),
        leerweg=leerweg,
        niveau=int(niveau) if niveau else None,
        opleidingcode=code,
    )


def onderhoud(words: list[str]) -> WhiteLabelOnderhoud:
    """Read ``functie van tot aangekondigd_op``; ``-`` for all functions."""
    return make(
        WhiteLabelOnderhoud,
        functie=None if words[0] == "-" else words[0],
        van=datetime.fromisoformat(words[1]),
        tot=datetime.fromisoformat(words[2]),
        aangekondigd_op=date.fromisoformat(words[3]),
    )


READERS: dict[str, Callable[[list[str]], Any]] = {
    "instellingen": lambda words: make(Instelling, brin=words[0]),
    "opleidingen": opleiding,
    "equivalenten": lambda words: make(
        Equivalent, opleidingcode=words[0].split(">")[0], equivalent=words[0].split(">")[1]
    ),
    "keuzedelen": keuzedeel,
    "leerbedrijven": lambda words: make(Leerbedrijf, leerbedrijf_id=words[0], **known(words)),
    "erkenningen": erkenning,
    "periodes": periode,
    "white_label_onderhoud": onderhoud,
}


def read_tables(cells: Mapping[str, str]) -> dict[str, Any]:
    """Read whole tables; ``?`` is a table that was not looked up."""
    names = {"periodes": "inschrijvingsperiodes"}
    return {
        names.get(name, name): None if text == "?" else [READERS[name](words) for words in items(text)]
        for name, text in cells.items()
    }


def read_arguments(cells: Mapping[str, str]) -> dict[str, Any]:
    """Read the arguments of a run."""
    return {
        "peildatum": day(cells["P"]),
        "kennisdatum": day(cells["K"]),
        "perspectief": cells["perspectief"],
        "norms": {
            name.removeprefix("norm "): int(text) if text.isdecimal() else text
            for name, text in cells.items()
            if name.startswith("norm ")
        },
    }


def is_argument(name: str) -> bool:
    """Say whether a column is an argument of the run."""
    return name in {*ARGUMENTS, ZONDER} or name.startswith("norm ")


class About(NamedTuple):
    """
    What the rows of a table are about.

    Attributes:
        table: The table of which each row changes one record.
        cells: That record when nothing is changed.
        others: The other tables when nothing is changed.
        subject: The key of the subject, from its cells.

    """

    table: str
    cells: Mapping[str, str]
    others: Mapping[str, str]
    subject: Callable[[Mapping[str, str]], str]


EEN_BPVO = About("uitwisselingen", LEVERING, TABLES_IN_ORDER, lambda _: BPVO)
EEN_LEVERING = About("uitwisselingen", LEVERING, TABLES_IN_ORDER, lambda cells: f"{BPVO}#{cells['volgorde']}")
EEN_AANVRAAG = About("erkenningsaanvragen", AANVRAAG, {}, lambda cells: cells["aanvraag_id"])
EEN_METING = About(
    "white_label_metingen",
    METING,
    {"white_label_onderhoud": ""},
    lambda cells: f"{cells['functie']}@{cells['tijdstip']}@{cells['brin']}",
)


class Spec:
    """
    Holds drawn tables against an engine.

    Attributes:
        engine: Takes a chain and the arguments of a run, gives the outcome per rule and subject.

    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __call__(self, rule: str, table: str, **fixed: str) -> None:
        """Compare the outcome of a rule for the BPVO of every row; ``fixed`` holds for all rows."""
        self._compare(EEN_BPVO, rule, table, fixed)

    def levering(self, rule: str, table: str, **fixed: str) -> None:
        """Compare the outcome of a rule for the delivery of every row."""
        self._compare(EEN_LEVERING, rule, table, fixed)

    def aanvraag(self, rule: str, table: str, **fixed: str) -> None:
        """Compare the outcome of a rule for the request of every row."""
        self._compare(EEN_AANVRAAG, rule, table, fixed)

    def meting(self, rule: str, table: str, **fixed: str) -> None:
        """Compare the outcome of a rule for the measurement of every row."""
        self._compare(EEN_METING, rule, table, fixed)

    def keten(self, table: str, **changes: str) -> Verdicts:
        """Judge one chain of which every row is a delivery; ``changes`` are arguments and whole tables."""
        return self._judge(EEN_BPVO, parse_table(table), changes)

    def verdicts(self, rule: str, table: str, expected: Mapping[str, str], **changes: str) -> None:
        """Compare every outcome of a rule in one chain of which every row is a delivery, by subject."""
        found = self._judge(EEN_BPVO, parse_table(table), changes)
        assert {subject: outcome for (code, subject), outcome in found.items() if code == rule} == expected

    def _compare(self, about: About, rule: str, table: str, fixed: Mapping[str, str]) -> None:
        wrong = []
        for case in parse_table(table):
            given = {**fixed, **case}
            expected = given.pop("verwacht")
            record = {n: t for n, t in given.items() if n in about.cells}
            found = self._judge(about, [record], {n: t for n, t in given.items() if n not in about.cells})
            outcome = found.get((rule, about.subject({**about.cells, **record})), GEEN)
            if outcome != expected:
                wrong.append(f"{case}: expected {expected}, found {outcome}")
        assert not wrong, f"{rule}:\n" + "\n".join(wrong)

    def _judge(self, about: About, rows: Iterable[Mapping[str, str]], others: Mapping[str, str]) -> Verdicts:
        """Build the chain of some rows and the other tables, and judge it."""
        return self.engine(*build(about, rows, others))


def build(about: About, rows: Iterable[Mapping[str, str]], others: Mapping[str, str]) -> tuple[Keten, dict[str, Any]]:
    """Build a chain and the arguments of a run."""
    records = [{**about.cells, **cells} for cells in rows]
    strange = [n for n in (*others, *(n for r in records for n in r)) if not is_argument(n) and n not in READERS]
    strange = [n for n in strange if n not in about.cells]
    assert not strange, f"unknown columns {strange}"
    niet_opgezocht = frozenset((about.table, n) for cells in records for n, text in cells.items() if text == "?")
    niet_opgezocht |= {(t, c) for t, _, c in (pair.partition(".") for pair in others.get(ZONDER, "").split())}
    tables = {**about.others, **{n: t for n, t in others.items() if n in READERS}}
    keten = make(
        Keten,
        **{about.table: [record_of(about.table, cells) for cells in records]},
        **read_tables(tables),
        niet_opgezocht=niet_opgezocht,
    )
    return keten, read_arguments({**ARGUMENTS, **{n: t for n, t in others.items() if is_argument(n)}})
