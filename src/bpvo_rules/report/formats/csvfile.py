"""Meldingen and verdicts as csv: for a spreadsheet in the Netherlands, and for programs."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Final

from bpvo_rules.judge import Result
from bpvo_rules.report.formats.cells import guarded, plain_cell
from bpvo_rules.report.wording import Say

__all__ = ["BYTE_ORDER_MARK", "MELDINGEN", "VERDICTS", "csv_lines", "meldingen_csv", "meldingen_rows", "verdicts_csv"]

MELDINGEN: Final = tuple(
    "melding kind question rule subject_type subject brin domein party text evidence repair source".split()
)
VERDICTS: Final = tuple("question rule subject_type subject outcome reason".split())

BYTE_ORDER_MARK: Final = "\ufeff"
"""Begins a file that a spreadsheet must read as UTF-8; what goes through a pipe has none."""


def csv_lines(header: Sequence[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Give rows as lines of csv, separated by ``;``, every cell as a spreadsheet will leave it."""
    # The writer only quotes what stands in its own line end, so that must hold both characters.
    ending = "\r\n"
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";", lineterminator=ending)
    for row in chain([header], rows):
        line.seek(0)
        line.truncate()
        writer.writerow([guarded(plain_cell(value)) for value in row])
        yield line.getvalue().removesuffix(ending) + "\n"


def meldingen_rows(judgement: Result, say: Say) -> Iterator[tuple[Any, ...]]:
    """Give the values of :data:`MELDINGEN` per melding; ``evidence`` is its evidence, ``None`` an empty cell."""
    for melding in judgement.meldingen():
        yield (
            melding.id,
            melding.kind,
            melding.question,
            melding.rule,
            melding.subject_type,
            melding.subject,
            melding.brin,
            melding.domein,
            melding.party,
            say.text(melding.text),
            melding.evidence,
            say.text(melding.repair),
            melding.source.title,
        )


def _evidence_in_one_cell(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(" | ".join(map(str, value)) if isinstance(value, tuple) else value for value in row)


def meldingen_csv(judgement: Result, say: Say) -> Iterator[str]:
    """Give the meldingen as lines of csv, without a :data:`BYTE_ORDER_MARK`."""
    return csv_lines(MELDINGEN, map(_evidence_in_one_cell, meldingen_rows(judgement, say)))


def verdicts_csv(judgement: Result, say: Say) -> Iterator[str]:
    """Give every outcome as a line of csv, in rule order and then by subject; for programs, so without a mark."""
    return csv_lines(
        VERDICTS,
        (
            (
                verdict.question,
                verdict.rule,
                verdict.subject_type,
                verdict.subject,
                verdict.outcome,
                ", ".join(missing.in_lang(say.lang) for missing in verdict.missing),
            )
            for verdict in judgement.verdicts()
        ),
    )
