"""Writes a simulation: the Ketendata folder with its truth beside it, and the registratieoverzicht of a school."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Literal

from bpvo_rules.io.ketendata import refuse_tables, write_ketendata
from bpvo_rules.io.ro import write_ro
from bpvo_rules.io.textfile import write_whole
from bpvo_rules.model import TABLES
from bpvo_rules.periode import Studiejaar
from bpvo_rules.simulate.gebreken import GEBREKEN
from bpvo_rules.simulate.simulatie import Simulatie

__all__ = ["SIMULATIE", "VERWACHT", "write_school_ro", "write_simulatie"]

VERWACHT = "verwacht.csv"
"""The truth: a row ``subject;rule`` per melding that must be found, sorted."""

SIMULATIE = "simulatie.json"
"""What the chain was made from, and of which rules the truth is complete."""


def write_simulatie(
    simulatie: Simulatie, folder: Path, *, overwrite: bool = False, form: Literal["csv", "parquet"] = "csv"
) -> None:
    """
    Write ``simulatie.json``, the tables, and ``verwacht.csv``.

    Args:
        simulatie: The chain with its truth.
        folder: Where to; made when it is not there.
        overwrite: Whether tables that are there may be replaced.
        form: The form of the tables; Parquet needs the extra ``frames``. The truth is csv in both.

    Raises:
        ExistingFileError: when the folder holds tables already, and ``overwrite`` is not set.
        SourceError: for Parquet without the extra ``frames``.

    """
    if not overwrite:
        refuse_tables(folder)
    folder.mkdir(parents=True, exist_ok=True)
    # First what tells that this is a simulation, so that one that was cut short can be overwritten.
    made_from = {
        "seed": simulatie.seed,
        "peildatum": simulatie.peildatum.isoformat(),
        "kennisdatum": simulatie.peildatum.isoformat(),
        "perspectief": "keten",
        "instellingen": simulatie.instellingen,
        "bpvos": simulatie.bpvos,
        "erkenningen_per_bpvo": simulatie.erkenningen_per_bpvo,
        "rates": dict(simulatie.rates),
        "gebreken": {code: gebrek.wat for code, gebrek in GEBREKEN.items()},
        "geplant": dict(simulatie.geplant),
        "verwacht": len(simulatie.verwacht),
        "volledig": list(simulatie.volledig),
        "rijen": {name: len(simulatie.keten.table(name) or ()) for name in TABLES},
    }
    with write_whole(folder / SIMULATIE) as handle:
        json.dump(made_from, handle, ensure_ascii=False, indent=2)
        handle.write("\n")
    write_ketendata(simulatie.keten, folder, overwrite=True, form=form)
    with write_whole(folder / VERWACHT) as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(("subject", "rule"))
        writer.writerows(sorted(simulatie.verwacht))


def write_school_ro(simulatie: Simulatie, brin: str, folder: Path) -> Path:
    """
    Write the registratieoverzicht of one school as it was on the peildatum, and give its path.

    The period in its name is the study year of the peildatum. Persons are
    numbered as in DUO's masked demonstration files: BSN1, BSN2, by pseudonym.

    Args:
        simulatie: The chain.
        brin: The school.
        folder: Where to; made when it is not there.

    Raises:
        ValueError: when the chain has no such school.

    """
    keten = simulatie.keten
    if brin not in {school.brin for school in keten.instellingen or ()}:
        raise ValueError("brin must be that of a school of this chain")
    periode = Studiejaar.van(simulatie.peildatum).periode
    students = sorted({row.student for row in keten.inschrijvingen or () if row.brin == brin})
    numbers = {student: f"BSN{n}" for n, student in enumerate(students, start=1)}

    def person(student: str) -> str:
        # A BPVO may belong to an enrolment that the school does not have.
        return numbers.setdefault(student, f"BSN{len(numbers) + 1}")

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"RO_{brin}_{_compact(periode.van)}_{_compact(periode.tot_en_met)}.csv"
    write_ro(
        keten,
        path,
        brin=brin,
        begin=periode.van,
        eind=periode.tot_en_met,
        made_on=simulatie.peildatum,
        person=person,
    )
    return path


def _compact(dag: date) -> str:
    return dag.isoformat().replace("-", "")
