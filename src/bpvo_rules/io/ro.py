"""
The registratieoverzicht (RO) of DUO, read into a ``Keten`` and written from one.

Tolerant of the layout that real files have, strict about what cells mean. The
BSN or onderwijsnummer of a student never leaves the reader.
"""

import csv
import re
import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, final

from bpvo_rules.codes import Brin
from bpvo_rules.errors import InvalidCodeError, InvalidRecordError, SourceError
from bpvo_rules.io.cells import CellCaches
from bpvo_rules.io.records import RecordReader
from bpvo_rules.io.ro_records import KNOWN, LAYOUTS, NIET_OPGEZOCHT, SLR_ORDER
from bpvo_rules.io.rows import lines, open_rows
from bpvo_rules.io.textfile import TextFile, survey, write_whole
from bpvo_rules.keten import Invoerfout, Keten, Opmerking
from bpvo_rules.keten.persoonsnummer import Pseudonyms
from bpvo_rules.keten.stand import Stand
from bpvo_rules.model import TABLES

__all__ = ["read_ro", "write_ro"]

_TYPE = re.compile(r"[A-Z]{3}", re.ASCII)
_START = re.compile(rf'[\s"]*(?P<type>{"|".join(KNOWN)})[\s"]*(?P<delimiter>[|;])')
_FILE_NAME = re.compile(r"RO_([0-9]{2}[A-Z]{2})_", re.ASCII)
_PERSON = re.compile(r"[0-9A-Za-z]{1,20}", re.ASCII)
_WHOLE_PERSON = re.compile(r"[0-9]{9}", re.ASCII)
_PERSON_CELLS = ("bsn", "onderwijsnummer")
_PERSON_COLUMN = "persoonsnummer"
_COUNT = re.compile(r"[0-9]{1,12}", re.ASCII)


def read_ro(path: Path, *, key: bytes | None = None, brin: str | None = None) -> Keten:
    """
    Read a registratieoverzicht: the state at DUO of the students of one school.

    Fills inschrijvingen, inschrijvingsperiodes and uitwisselingen; every other
    table is ``None``. Each BPV is one delivery, a toevoeging with volgorde 1, and
    the columns about its exchange were not looked up. Every row that cannot be
    read is one invoerfout, under its record type. Differences with the closing
    counts, unknown record types and the like are opmerkingen.

    Args:
        path: The file.
        key: Makes the pseudonyms of students, the same ones in every run with
            the same key; ``None`` for a random one, and an opmerking.
        brin: The school, for a file whose VLP record does not say; ``None``
            to take it from the name of the file then.

    Raises:
        SourceError: when the file cannot be read at all, holds no known record
            types, or is of no school or of another one. One sentence in Dutch.

    """
    if key is not None and not key:
        raise SourceError("De sleutel voor de pseudoniemen is leeg.")
    file = survey(path)
    front = _Front(file)
    overzicht = _Overzicht(file, front, front.school(brin), Pseudonyms(key or secrets.token_bytes(32)))
    if key is None:
        overzicht.note(
            "willekeurige_sleutel",
            "Zonder sleutel komen de pseudoniemen van studenten niet overeen met die van een andere keer.",
        )
    overzicht.read()
    return overzicht.keten()


@final
class _Front:
    """
    What must be known before records can be read: the delimiter and the school.

    Attributes:
        delimiter: That of the first record of a known type.
        faults: VLP records that could not be read.

    """

    def __init__(self, file: TextFile) -> None:
        self._name = file.name
        self._brin: Brin | None = None
        self.delimiter = ""
        self.faults: list[Invoerfout] = []
        for number, line in enumerate(lines(file), start=1):
            start = _START.match(line)
            if start is not None:
                self.delimiter = self.delimiter or start["delimiter"]
                if start["type"] == "VLP":
                    self._read(number, [cell.strip().strip('"').strip() for cell in line.split(self.delimiter)])
        if not self.delimiter:
            raise SourceError(
                f"{file.name} is geen registratieoverzicht: geen regel begint met een recordtype en '|' of ';'."
            )

    def _read(self, number: int, cells: list[str]) -> None:
        try:
            brin = Brin(cells[1] if len(cells) > 1 else "")
        except InvalidCodeError:
            reason = "heeft niet de vorm: 2 cijfers en 2 hoofdletters"
            self.faults.append(Invoerfout("VLP", self._name, number, "brin", reason))
            return
        if self._brin not in {None, brin}:
            raise SourceError(f"{self._name} heeft VLP-records van meer dan een instelling: {self._brin} en {brin}.")
        self._brin = brin

    def school(self, given: str | None) -> Brin:
        """Give the school: as VLP says, or else as given, or else as the name of the file says."""
        named = _FILE_NAME.match(self._name)
        if self._brin is not None and given not in {None, self._brin}:
            raise SourceError(f"{self._name} is van instelling {self._brin}, niet van de gevraagde.")
        found = self._brin or given or (named and named[1])
        if found is None:
            raise SourceError(
                f"{self._name} noemt geen BRIN: niet in een VLP-record en niet in de naam van het bestand."
            )
        return Brin(found)

    def differs_from_name(self) -> bool:
        """Say whether VLP and the name of the file name different schools."""
        named = _FILE_NAME.match(self._name)
        return self._brin is not None and named is not None and named[1] != self._brin


@final
class _Overzicht:
    """What was read so far of one file."""

    def __init__(self, file: TextFile, front: _Front, brin: Brin, pseudonyms: Pseudonyms) -> None:
        self._file = file
        self._delimiter = front.delimiter
        self._brin = brin
        self._pseudonyms = pseudonyms
        self._odd_persons: set[str] = set()
        self._faults = list(front.faults)
        self._notes = list(file.opmerkingen)
        self._counts: Counter[str] = Counter()
        self._said: dict[str, int] | None = None
        caches = CellCaches()
        self._readers = {
            kind: RecordReader(TABLES[layout.table], layout.columns, caches, partial(self._fault, kind))
            for kind, layout in LAYOUTS.items()
        }
        if front.differs_from_name():
            self.note("brin_verschil", f"De naam van het bestand noemt een andere BRIN dan VLP; gelezen als {brin}.")

    def keten(self) -> Keten:
        found: dict[str, Any] = {LAYOUTS[kind].table: reader.records for kind, reader in self._readers.items()}
        found["invoerfouten"] = sorted(self._faults, key=lambda fault: fault.line)
        found["opmerkingen"] = self._notes
        return Keten(**found, niet_opgezocht=NIET_OPGEZOCHT)

    def note(self, code: str, text: str) -> None:
        self._notes.append(Opmerking(self._file.name, code, text))

    def _fault(self, kind: str, line: int, column: str | None, reason: str) -> None:
        self._faults.append(Invoerfout(kind, self._file.name, line, column, reason))

    def read(self) -> None:
        def fault(line: int, reason: str) -> None:
            self._fault("RO", line, None, reason)

        with open_rows(self._file, self._delimiter) as rows:
            for line, cells in rows.rows(None, fault):
                self._read_record(line, [cell.strip() for cell in cells])
        self._note_unknown()
        self._note_persons()
        self._note_counts()

    def _read_record(self, line: int, cells: list[str]) -> None:
        kind = cells[0]
        if _TYPE.fullmatch(kind) is None:
            if any(cells):
                self._fault("RO", line, None, "begint niet met een recordtype")
            return
        self._counts[kind] += 1
        while not cells[-1]:
            cells.pop()
        if kind == "SLR":
            self._read_slr(line, cells[1:])
        elif kind in LAYOUTS:
            self._read_row(kind, line, cells)

    def _read_row(self, kind: str, line: int, cells: list[str]) -> None:
        layout = LAYOUTS[kind]
        if layout.most is not None and len(cells) > layout.most:
            self._fault(kind, line, None, f"{len(cells)} cellen gevonden, hoogstens {layout.most} verwacht")
            return
        persons = [(soort, number) for soort, number in zip(_PERSON_CELLS, cells[1:3], strict=False) if number]
        if len(persons) != 1:
            self._fault(kind, line, _PERSON_COLUMN, "BSN en onderwijsnummer: precies een van beide moet gevuld zijn")
            return
        ((soort, number),) = persons
        if _PERSON.fullmatch(number) is None:
            self._fault(kind, line, _PERSON_COLUMN, "heeft niet de vorm: 1 tot en met 20 letters of cijfers")
            return
        student = self._pseudonyms.pseudonym(soort, number)
        if _WHOLE_PERSON.fullmatch(number) is None:
            self._odd_persons.add(student)
        self._readers[kind].add(line, layout.row(self._brin, student, cells[3:]))

    def _read_slr(self, line: int, cells: list[str]) -> None:
        if self._said is not None:
            self._fault("SLR", line, None, "tweede SLR-record; het eerste telt")
            return
        self._said = {}
        for kind, text in zip(SLR_ORDER, cells, strict=False):
            if _COUNT.fullmatch(text) is None:
                self._fault("SLR", line, kind, "geen geheel getal")
            else:
                self._said[kind] = int(text)

    def _note_unknown(self) -> None:
        for kind in sorted(self._counts.keys() - set(KNOWN)):
            text = f"Recordtype {kind} is onbekend; {self._counts[kind]} keer overgeslagen."
            self.note("onbekend_recordtype", text)

    def _note_persons(self) -> None:
        if self._odd_persons:
            self.note(
                "persoonsnummer_vorm",
                f"Bij {len(self._odd_persons)} studenten heeft het persoonsnummer geen 9 cijfers:"
                " gemaskeerd, of beschadigd zodat het pseudoniem nergens anders bij past.",
            )

    def _note_counts(self) -> None:
        if self._said is None:
            self.note("slr_ontbreekt", "Er is geen SLR-record; ga na of het bestand is afgebroken.")
            return
        differences = [
            f"{kind} {self._counts[kind]} gelezen en {said} volgens SLR"
            for kind, said in self._said.items()
            if self._counts[kind] != said
        ]
        if differences:
            self.note("slr_verschil", f"De aantallen wijken af van het SLR-record: {'; '.join(differences)}.")


def write_ro(
    keten: Keten, path: Path, *, brin: str, begin: date, eind: date, made_on: date, person: Callable[[str], str]
) -> None:
    """
    Write what DUO holds of one school as a registratieoverzicht, in the standard form.

    That is the state that is known on ``made_on``: of each BPVO that exists then,
    the content of the last delivery that DUO received and did not reject. Birth
    dates and the like, that a keten does not hold, are empty.

    Args:
        keten: What to write from.
        path: The file; written whole or not at all.
        brin: The school.
        begin: First day of the period that VLP names; it selects nothing.
        eind: Last day of that period.
        made_on: The kennisdatum.
        person: Gives the number to write for a pseudonym, such as ``BSN17``; it goes into the cell of the BSN.

    Raises:
        InvalidRecordError: when that number is not 1-20 letters or digits.

    """
    school = Brin(brin)
    written: Counter[str] = Counter()
    with write_whole(path) as handle:
        writer = csv.writer(handle, delimiter="|", quoting=csv.QUOTE_NONE)

        def write(kind: str, *cells: Any) -> None:
            written[kind] += 1
            writer.writerow([kind, *("" if cell is None else str(cell) for cell in cells)])

        write("VLP", school, begin, eind, made_on)
        records = _by_student(keten, school, made_on)
        for student in sorted(records):
            number = person(student)
            if _PERSON.fullmatch(number) is None:
                raise InvalidRecordError("person", "1-20 letters or digits")
            write("PER", number, "", "", "")
            for kind, record in records[student]:
                layout = LAYOUTS[kind]
                cells = [getattr(record, name) for name in layout.fields]
                if kind == "ISP" and record.niveau is not None:
                    cells[-1] = f"MBO-{record.niveau}"
                write(kind, number, "", *cells, *[""] * layout.unused)
        write("SLR", *(written[kind] for kind in SLR_ORDER))


def _by_student(keten: Keten, brin: Brin, made_on: date) -> dict[str, list[tuple[str, Any]]]:
    """Give the records of each student in the order of an RO: per inschrijving ISG, its ISP and its BPV."""
    sources: dict[str, Iterable[Any]] = {
        "ISG": keten.inschrijvingen or (),
        "ISP": keten.inschrijvingsperiodes or (),
        "BPV": Stand(keten=keten, kennisdatum=made_on).bpvos,
    }
    records: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for kind, rows in sources.items():
        for row in rows:
            if row.brin == brin:
                records[row.student].append((kind, row))
    for found in records.values():
        # Stable, so that within an inschrijving ISG comes before ISP and BPV.
        found.sort(key=lambda each: each[1].inschrijvingvolgnummer)
    return records
