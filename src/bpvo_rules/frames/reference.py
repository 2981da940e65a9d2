"""
What the reference tables say, as small frames to join with.

The answers are those of the reference implementation itself, asked once per
code, list or moment: they are few, and so nothing about them is written twice.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import narwhals.stable.v2 as nw

from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.records import day_number
from bpvo_rules.frames.run import Run
from bpvo_rules.model import Functie
from bpvo_rules.periode.tijd import dag_van
from bpvo_rules.questions.subjects import ONBEKEND_DOMEIN, domein_van
from bpvo_rules.stagefonds import TWEEDE_ERKENNING, Stagefondslijst

__all__ = [
    "code_number",
    "codes",
    "list_on",
    "lists",
    "maintained",
    "moments",
    "on_list",
    "second_codes",
    "volledig",
    "with_domein",
]

NO_CODE: Final = -1
"""A code that no recognition has."""

_CODES: Final = 100_000
"""More than any code of five digits."""

_UNNAMED: Final = ""
"""A code that no reference table names."""

_FIRST_MOMENT: Final = datetime(1970, 1, 1, tzinfo=UTC)

NIVEAUS: Final = (1, 2, 3, 4)


def codes(run: Run, frame: Frame) -> Frame:
    """
    Give each row of a frame with an opleidingcode one row per code of which a recognition will do.

    The code is a whole number in ``_code``; ``NO_CODE`` for an opleidingcode of which none will do.
    """
    stand = run.context.stand
    named = sorted({*stand.opleidingen, *(row.opleidingcode for row in run.keten.klein.equivalenten or ())})
    pairs = [(code, number) for code in named for number in (list(map(int, run.context.codes(code))) or [NO_CODE])]
    small = run.engine.small({"_own": ("whole", [int(p[0]) for p in pairs]), "_code": ("whole", [p[1] for p in pairs])})
    joined = frame.with_columns(code_number().alias("_own")).join(small, on="_own", how="left")
    # A code that no reference table names stands for itself.
    return joined.with_columns(
        nw.when(nw.col("_code").is_null()).then(nw.col("_own")).otherwise(nw.col("_code")).alias("_code")
    )


def code_number() -> Any:
    """Give an opleidingcode as a whole number, which is faster to join on than its five digits."""
    return nw.col("opleidingcode").cast(nw.Int64)


def volledig(run: Run) -> Any | None:
    """Say whether all that could add a code to an opleidingcode was looked up; ``None`` when it always was."""
    context = run.context
    incomplete = [code for code in context.stand.opleidingen if not context.codes_complete(code)]
    if not context.codes_complete(_UNNAMED):
        return nw.lit(value=False)
    if not incomplete:
        return None
    return (~nw.col("opleidingcode").is_in(incomplete)).fill_null(value=True)


def with_domein(run: Run, frame: Frame, code: str, name: str) -> Frame:
    """Give a frame the domein of a column with codes."""
    known = sorted(run.context.stand.opleidingen)
    small = run.engine.small({code: ("text", known), name: ("text", [domein_van(run.context, one) for one in known])})
    return frame.join(small, on=code, how="left").with_columns(nw.col(name).fill_null(ONBEKEND_DOMEIN))


# ---- Stagefonds


def _ordered(run: Run) -> list[Stagefondslijst]:
    return sorted(run.settings.stagefondslijsten, key=lambda lijst: lijst.van)


def list_on(run: Run, day: Any) -> Any:
    """Give the place of the list in force on the days of an expression; nothing before the first."""
    found: Any = None
    for place, lijst in enumerate(_ordered(run)):
        later = nw.when(day >= day_number(lijst.van)).then(nw.lit(place))
        found = later if found is None else later.otherwise(found)
    return nw.lit(None).cast(nw.Int64) if found is None else found.cast(nw.Int64)


def on_list(run: Run) -> Any:
    """Say which rows, with their list in ``stagefondslijst``, have a code that is in it; what misses one is not."""
    pairs = [(place, code) for place, lijst in enumerate(_ordered(run)) for code in lijst.codes]
    listed = sorted(place * _CODES + int(code) for place, code in pairs)
    if not listed:
        return nw.lit(value=False)
    return (nw.col("stagefondslijst") * _CODES + code_number()).is_in(listed).fill_null(value=False)


def lists(run: Run) -> Frame:
    """
    Give per list, leerweg and code how many categories fit.

    ``_categorieen`` whatever the niveau, or nothing when it depends on it; then ``_categorieen_N`` for niveau N.
    """
    rows: list[tuple[Any, ...]] = []
    for place, lijst in enumerate(_ordered(run)):
        for leerweg, code in sorted({(r.leerweg, r.opleidingcode) for r in lijst.regels}):
            depends = lijst.niveau_nodig(leerweg, code)
            fits = [len(lijst.categorieen(leerweg, code, niveau)) for niveau in NIVEAUS]
            rows.append((place, str(leerweg), str(code), None if depends else fits[0], *fits))
    columns = list(zip(*rows, strict=True)) or [()] * (4 + len(NIVEAUS))
    return run.engine.small(
        {
            "stagefondslijst": ("whole", columns[0]),
            "leerweg": ("text", columns[1]),
            "opleidingcode": ("text", columns[2]),
            "_categorieen": ("whole", columns[3]),
            **{f"_categorieen_{niveau}": ("whole", columns[3 + niveau]) for niveau in NIVEAUS},
        }
    )


def second_codes(run: Run) -> Frame:
    """Give per list and code the codes of which a company must have one too."""
    rows = [
        (place, str(code), int(wanted))
        for place, lijst in enumerate(_ordered(run))
        for code in TWEEDE_ERKENNING
        for wanted in sorted(lijst.tweede_erkenningen(code))
    ]
    columns = list(zip(*rows, strict=True)) or [()] * 3
    return run.engine.small(
        {
            "stagefondslijst": ("whole", columns[0]),
            "opleidingcode": ("text", columns[1]),
            "_code": ("whole", columns[2]),
        }
    )


# ---- White Label


def moments(run: Run, texts: Iterable[str], venster_on: Any) -> Frame:
    """
    Say of moments what does not depend on a functie.

    Per ``tijdstip``, as the source writes it: its day in ``dag``, whether the service should be there in
    ``in_venster``, and in ``_moment`` how many microseconds after the start of 1970 it is.

    Args:
        run: The run.
        texts: The moments.
        venster_on: Gives the venster in force on a day.

    """
    rows = []
    for text in texts:
        moment = datetime.fromisoformat(text)
        day = dag_van(moment)
        venster = venster_on(day)
        since = (moment - _FIRST_MOMENT) // timedelta(microseconds=1)
        rows.append((text, day_number(day), None if venster is None else moment in venster, since))
    columns = list(zip(*rows, strict=True)) or [()] * 4
    return run.engine.small(
        {
            "tijdstip": ("text", columns[0]),
            "dag": ("day", columns[1]),
            "in_venster": ("bool", columns[2]),
            "_moment": ("whole", columns[3]),
        }
    )


def maintained(run: Run, texts: Iterable[str]) -> Frame:
    """Give which of some moments lie in announced maintenance of which functie; those are few."""
    asked = run.context.in_onderhoud
    read = [(text, datetime.fromisoformat(text)) for text in texts]
    found = [(str(functie), text) for functie in Functie for text, moment in read if asked(functie, moment)]
    return run.engine.small(
        {
            "functie": ("text", [functie for functie, _ in found]),
            "tijdstip": ("text", [text for _, text in found]),
            "_in_onderhoud": ("bool", [True] * len(found)),
        }
    )
