"""
Coverage of a great many periods at once.

For each subject the recognitions that will do are found by a join. One of them
mostly covers the whole period, which is seen at once. Only the subjects of
which the first day is covered, but not by one recognition to the end, go on:
their own recognitions are joined into runs of days, as a Dekking does.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, final

import attrs
import narwhals.stable.v2 as nw

from bpvo_rules.frames.engine import Frame
from bpvo_rules.frames.run import ID, Beside, Run

__all__ = ["Cover", "cover", "is_known", "known_recognitions", "register_key"]

_NO_END: Final = 4_000_000
"""Later than every day: a recognition without a known end."""

_CODES: Final = 100_000
"""More than any code of five digits."""

_RECOGNITIONS: Final = "known recognitions"

_DIGITS: Final = 10_000_000
"""More than any day; days before 1970 are below 0, and less far."""


def is_known(run: Run) -> Any:
    """Say where a row of the register was known on the kennisdatum."""
    first = (nw.col("bekend_vanaf") <= run.k).fill_null(value=True)
    return first & (nw.col("bekend_tot") > run.k).fill_null(value=True)


def known_recognitions(run: Run) -> Frame:
    """
    Give the recognitions known on the kennisdatum that cover a day: first and last day.

    With the number of the company in ``_company``, and in ``_register`` the company and the code together, see
    :func:`register_key`.
    """
    return run.once(_RECOGNITIONS, lambda: run.engine.hold(_known_recognitions(run)))


def _known_recognitions(run: Run) -> Frame:
    company, code = nw.col("leerbedrijf_id").cast(nw.Int64), nw.col("opleidingcode").cast(nw.Int64)
    known = run.keten.frames["erkenningen"].filter(is_known(run))
    return known.select(
        company.alias("_company"),
        register_key(company, code).alias("_register"),
        nw.col("van").alias("_van"),
        nw.col("tot_en_met").fill_null(_NO_END).alias("_tot"),
    ).filter(nw.col("_van") <= nw.col("_tot"))


def register_key(company: Any, code: Any) -> Any:
    """Make one whole number of the numbers of a company and a code: joining on it takes half the time."""
    return company * _CODES + code


@final
@attrs.frozen
class Cover:
    """
    A period of which it is asked whether it is covered.

    Attributes:
        van: Its first day, as an expression.
        tot_en_met: Its last day, as an expression.
        first: Column to make: whether the first day is covered.
        whole: Column to make: whether all of it is.

    """

    van: Any
    tot_en_met: Any
    first: str
    whole: str


def cover(
    run: Run,
    subjects: Frame,
    hits: Callable[[Frame], Frame],
    covers: Sequence[Cover],
    *,
    asked: Any,
    volledig: Any | None,
) -> Beside:
    """
    Say which periods of subjects are covered.

    Args:
        run: The run.
        subjects: Those of which it is asked: ``ID``, the columns of the periods, and what ``hits`` looks at.
        hits: Gives per subject the recognitions that will do: ``ID``, ``_van``, ``_tot``, and the columns of the
            periods. It is asked twice: of all subjects, and of the few that go on.
        covers: What is asked.
        asked: Says of which subjects it is asked.
        volledig: Says whether an uncovered day is known to be uncovered; ``None``: it always is.

    """
    subjects = run.engine.hold(subjects)
    beyond = run.engine.hold(_beyond(hits(subjects), covers, _AT_ONCE))
    short = [(nw.col(_named(one, _AT_ONCE)) < 0).fill_null(value=False) for one in covers]
    going_on = beyond.filter(nw.any_horizontal(*short, ignore_nulls=True)).select(ID)
    runs = _runs(run, hits(run.engine.hold(subjects.join(going_on, on=ID, how="semi"))))
    further = run.engine.hold(_beyond(runs, covers, _IN_THE_END))
    made: dict[str, Any] = {}
    for one in covers:
        at_once, in_the_end = nw.col(_named(one, _AT_ONCE)), nw.col(_named(one, _IN_THE_END))
        found = nw.when(in_the_end.is_null()).then(at_once).otherwise(in_the_end)
        made |= {name: nw.when(asked).then(answer) for name, answer in _answers(one, found, volledig).items()}
    return Beside(frames=(beyond, further), on=(ID,), made=made)


_AT_ONCE: Final = "_at_once"
_IN_THE_END: Final = "_in_the_end"


def _named(one: Cover, what: str) -> str:
    """Name a column about a period, by what no other stage makes."""
    return f"{what}_{one.first}"


def _beyond(periods: Frame, covers: Sequence[Cover], what: str) -> Frame:
    """
    Give how many days the periods that hold a first day go beyond the last one that is asked for: below 0 when short.

    Where it is not known until when is asked, it is short.
    """
    held = [((nw.col("_van") <= one.van) & (one.van <= nw.col("_tot"))).fill_null(value=False) for one in covers]
    names = [_named(one, what) for one in covers]
    beyond = [
        nw.when(has).then((nw.col("_tot") - one.tot_en_met).fill_null(-1)).alias(name)
        for name, one, has in zip(names, covers, held, strict=True)
    ]
    found = periods.filter(nw.any_horizontal(*held, ignore_nulls=True)).select(ID, *beyond)
    return found.group_by(ID).agg(nw.col(*names).max())


def _answers(one: Cover, beyond: Any, volledig: Any | None) -> dict[str, Any]:
    begins = ~beyond.is_null()
    has_days = (one.van <= one.tot_en_met).fill_null(value=False)
    all_of_it = (beyond >= 0).fill_null(value=False)
    if volledig is None:
        return {one.first: begins, one.whole: nw.when(has_days).then(all_of_it)}
    return {
        one.first: nw.when(begins | volledig).then(begins),
        one.whole: nw.when((all_of_it | volledig) & has_days).then(all_of_it),
    }


def _runs(run: Run, hits: Frame) -> Frame:
    """Join the recognitions of each subject that overlap or touch into runs of days."""
    days = [name for name in hits.collect_schema().names() if name not in {ID, "_van", "_tot"}]
    marked = _in_order(run, hits) if run.engine.ordered else _in_windows(run, hits)
    joined = marked.group_by(ID, "_run", *days).agg(nw.col("_van").min(), nw.col("_tot").max())
    return run.engine.hold(joined)


def _in_order(run: Run, hits: Frame) -> Frame:
    """
    Number the runs of each subject in a frame whose rows have an order.

    The largest last day so far, with the subject in front of it as the higher digits, only rises
    when subjects follow each other; so nothing has to be done subject by subject.
    """
    ordered = (
        run.engine.in_order(hits)
        .sort(ID, "_van")
        .with_columns((nw.col(ID) * _DIGITS + nw.col("_tot")).alias("_reached"))
    )
    before = nw.col("_reached").cum_max().shift(1)
    new = (nw.col(ID) * _DIGITS + nw.col("_van") > before + 1).fill_null(value=True)
    numbered = ordered.with_columns(nw.when(new).then(nw.lit(1)).otherwise(nw.lit(0)).alias("_new"))
    return run.engine.out_of_order(numbered.with_columns(nw.col("_new").cum_sum().alias("_run")))


def _in_windows(run: Run, hits: Frame) -> Frame:
    """Do the same where rows have no order but that of a window."""
    order = ["_van", "_tot"]
    marked = run.engine.hold(hits).with_columns(nw.col("_tot").cum_max().over(ID, order_by=order).alias("_so_far"))
    marked = marked.with_columns(nw.col("_so_far").shift(1).over(ID, order_by=order).alias("_before"))
    new = nw.when(nw.col("_van") <= nw.col("_before") + 1).then(nw.lit(0)).otherwise(nw.lit(1))
    return marked.with_columns(new.alias("_new")).with_columns(
        nw.col("_new").cum_sum().over(ID, order_by=order).alias("_run")
    )
