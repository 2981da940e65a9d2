"""
Coverage of a great many periods at once.

For each subject the recognitions that will do are found by a join. One of them
mostly covers the whole period, which is seen at once. Only the subjects of
which the first day is covered, but not by one recognition to the end, go on:
their own recognitions are joined into runs of days, as a Dekking does.
"""

from typing import Any, Final

import attrs
import narwhals.stable.v2 as nw

from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.run import ID, Run

__all__ = ["Cover", "cover", "is_known", "known_recognitions"]

_NO_END: Final = 4_000_000
"""Later than every day: a recognition without a known end."""


def is_known(run: Run) -> Any:
    """Say where a row of the register was known on the kennisdatum."""
    first = (nw.col("bekend_vanaf") <= run.k).fill_null(value=True)
    return first & (nw.col("bekend_tot") > run.k).fill_null(value=True)


def known_recognitions(run: Run) -> Frame:
    """Give the recognitions known on the kennisdatum that cover a day: company, code, first and last day."""
    last = nw.col("tot_en_met").fill_null(_NO_END)
    return (
        run.keten.frames["erkenningen"]
        .filter(is_known(run))
        .select(
            "leerbedrijf_id", nw.col("opleidingcode").alias("_code"), nw.col("van").alias("_van"), last.alias("_tot")
        )
        .filter(nw.col("_van") <= nw.col("_tot"))
    )


@attrs.frozen
class Cover:
    """
    A period of which it is asked whether it is covered.

    Attributes:
        van: Column with its first day.
        tot_en_met: Column with its last day.
        first: Column to make: whether the first day is covered.
        whole: Column to make: whether all of it is.

    """

    van: str
    tot_en_met: str
    first: str
    whole: str


def cover(run: Run, subjects: Frame, hits: Frame, covers: list[Cover], *, volledig: str | None) -> Frame:
    """
    Say which periods of subjects are covered.

    Args:
        run: The run.
        subjects: With ``ID`` and the columns of the periods; the columns to make are added to it.
        hits: Per subject the recognitions that will do: ``ID``, ``_van``, ``_tot``, and the days asked for.
        covers: What is asked.
        volledig: Column that says whether an uncovered day is known to be uncovered; ``None``: it always is.

    """
    frame = subjects
    short = []
    for at, one in enumerate(covers):
        reach = (
            hits.filter((nw.col("_van") <= nw.col(one.van)) & (nw.col(one.van) <= nw.col("_tot")))
            .group_by(ID)
            .agg(nw.col("_tot").max().alias(f"_reach{at}"))
        )
        frame = frame.join(reach, on=ID, how="left")
        short.append((nw.col(f"_reach{at}") < nw.col(one.tot_en_met)).fill_null(value=False))
    frame = run.engine.hold(frame)
    going_on = nw.any_horizontal(*short, ignore_nulls=True)
    runs = _runs(run, hits.join(frame.filter(going_on).select(ID), on=ID, how="semi"))
    for at, one in enumerate(covers):
        further = (
            runs.filter((nw.col("_van") <= nw.col(one.van)) & (nw.col(one.van) <= nw.col("_tot")))
            .group_by(ID)
            .agg(nw.col("_tot").max().alias("_further"))
        )
        frame = frame.join(further, on=ID, how="left").with_columns(
            nw.when(~nw.col("_further").is_null())
            .then(nw.col("_further"))
            .otherwise(nw.col(f"_reach{at}"))
            .alias(f"_reach{at}")
        )
        frame = frame.with_columns(*_answers(one, f"_reach{at}", volledig)).drop("_further")
    return frame


def _answers(one: Cover, reach: str, volledig: str | None) -> list[Any]:
    begins = ~nw.col(reach).is_null()
    has_days = (nw.col(one.van) <= nw.col(one.tot_en_met)).fill_null(value=False)
    all_of_it = begins & (nw.col(reach) >= nw.col(one.tot_en_met)).fill_null(value=False)
    if volledig is None:
        return [begins.alias(one.first), nw.when(has_days).then(all_of_it).alias(one.whole)]
    return [
        nw.when(begins | nw.col(volledig)).then(begins).alias(one.first),
        nw.when((all_of_it | nw.col(volledig)) & has_days).then(all_of_it).alias(one.whole),
    ]


def _runs(run: Run, hits: Frame) -> Frame:
    """Join the recognitions of each subject that overlap or touch into runs of days."""
    order = ["_van", "_tot"]
    days = [name for name in hits.collect_schema().names() if name not in {"_van", "_tot", "_code"}]
    hits = run.engine.hold(hits.select(*days, "_van", "_tot").unique([ID, "_van", "_tot"]))
    marked = run.engine.ordered(hits, ID, order, {"_so_far": nw.col("_tot").cum_max()})
    marked = run.engine.ordered(marked, ID, order, {"_before": nw.col("_so_far").shift(1)})
    new = nw.when(nw.col("_van") <= nw.col("_before") + 1).then(nw.lit(0)).otherwise(nw.lit(1))
    marked = marked.with_columns(new.alias("_new"))
    marked = run.engine.ordered(marked, ID, order, {"_run": nw.col("_new").cum_sum()})
    joined = marked.group_by(ID, "_run", *[name for name in days if name != ID]).agg(
        nw.col("_van").min().alias("_van"), nw.col("_tot").max().alias("_tot")
    )
    return run.engine.hold(joined)
