"""
Do the engines say what the reference says? On whole simulated chains, larger than a test can take.

Run `PYTHONPATH=. python benchmarks/gelijk.py BPVOS SEED... [--engines polars,duckdb,pandas,pyspark]`. Per seed a chain
of about so many BPVO's is simulated, written as Parquet, and judged by the reference and by each engine, in both
perspectieven.
Compared are: every verdict (every rule about every subject) with what was missing, every melding with its text and
evidence, the counts of rules and questions, the receipt, the storingen of White Label and, in perspectief keten, every
true count behind a foto. Nothing is sampled. It prints a line per seed and engine, and ends with status 1 at the first
difference, which it names.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any

import attrs
from tests.frames.motoren import start_spark

from bpvo_rules import Judgement, judge
from bpvo_rules.errors import EngineDisagreementError
from bpvo_rules.foto import seal
from bpvo_rules.frames import ENGINES, FrameJudgement, FrameKeten, judge_frames
from bpvo_rules.io import write_ketendata
from bpvo_rules.judge import Result, receipt, storingen
from bpvo_rules.keten import Perspectief
from bpvo_rules.rules import Outcome
from bpvo_rules.simulate import Simulatie, simulate

NORMS = {"speling_na_aanvang": 3, "maximale_duur_ms": 500}
"""No source gives these; without a value two rules would not run."""
BPVOS_PER_SCHOOL = 1500
LONGEST = 2000
"""A difference may hold a list of thousands; its beginning says enough."""

Compared = Sequence[tuple[str, Callable[[Result], Iterable[Any]]]]


def told(result: Result) -> dict[str, Any]:
    """Give the receipt without what only one of the two has: the engine, and a digest of the input."""
    return {name: value for name, value in receipt(result).items() if name not in {"engine", "input_digest"}}


def counts(result: Result) -> Iterator[tuple[str, Any]]:
    """Give the sizes, and the counts of rules and questions."""
    yield from ((subject.name, number) for subject, number in result.sizes.items())
    yield from result.counts.items()
    yield from result.question_counts.items()


def true_counts(result: Result) -> Iterator[Any]:
    """Give every true count behind a foto, and what else its zegel says; nothing when no foto can be taken."""
    if result.perspectief is Perspectief.KETEN:
        zegel = seal(result)
        for field in attrs.fields(type(zegel)):
            value = getattr(zegel, field.name)
            if field.name in {"cellen", "marges", "regels"}:
                yield from value
            else:
                yield field.name, value


# Verdicts come first: the others would only say that something differs, not where.
COMPARED: Compared = (
    ("failures", lambda result: result.failures),
    ("verdicts", lambda result: result.verdicts()),
    ("counts", counts),
    ("meldingen", lambda result: result.meldingen()),
    ("storingen", storingen),
    ("receipt", lambda result: told(result).items()),
    ("foto counts", true_counts),
)


def difference(one: Any, other: Any) -> str:
    """Say in what two things of the same kind differ."""
    if attrs.has(type(one)) and type(one) is type(other):
        values = {f.name: (getattr(one, f.name), getattr(other, f.name)) for f in attrs.fields(type(one))}
        unequal = "; ".join(
            f"{name}: {mine!r} and not {theirs!r}" for name, (mine, theirs) in values.items() if mine != theirs
        )
        return f"{unequal} in {one!r}"[:LONGEST]
    return f"{one!r} and not {other!r}"[:LONGEST]


def first_difference(found: FrameJudgement, reference: Judgement, numbers: dict[str, int]) -> str | None:
    """
    Give the first thing in which an engine differs from the reference.

    Args:
        found: What the engine says.
        reference: What the reference says.
        numbers: Told how many things of each kind were the same.

    """
    nothing = object()
    for name, of in COMPARED:
        number = 0
        try:
            for one, other in zip_longest(of(found), of(reference), fillvalue=nothing):
                if one is nothing or other is nothing:
                    which, extra = ("lacks", other) if one is nothing else ("has too many", one)
                    return f"{name}: the engine {which} {extra!r}"[:LONGEST]
                if one != other:
                    return f"{name}: {difference(one, other)}"
                number += 1
        except EngineDisagreementError as error:
            return f"{name}: {error}"
        numbers[name] = number
    return None


@contextmanager
def written(chain: Simulatie) -> Iterator[Path]:
    """Write a chain as Parquet, so that an engine reads it as it would read a country."""
    with tempfile.TemporaryDirectory() as folder:
        write_ketendata(chain.keten, Path(folder), form="parquet")
        yield Path(folder)


def compare(chain: Simulatie, folder: Path, engine: str, references: Sequence[Judgement]) -> bool:
    """Hold an engine to the reference, print a line about it, and say whether they are the same."""
    start, said = time.perf_counter(), []
    for reference in references:
        numbers: dict[str, int] = {}
        with (
            FrameKeten.lees(folder, engine) as keten,
            judge_frames(keten, peildatum=chain.peildatum, perspectief=reference.perspectief, norms=NORMS) as found,
        ):
            wrong = first_difference(found, reference, numbers)
        if wrong is not None:
            print(f"seed {chain.seed} {engine} {reference.perspectief}: DIFFERENT in {wrong}", flush=True)
            return False
        unknown = sum(by_outcome[Outcome.UNKNOWN] for by_outcome in reference.counts.values())
        foto = f", {numbers['foto counts']:,} foto counts" if numbers["foto counts"] else ""
        said.append(
            f"{reference.perspectief}: {numbers['verdicts']:,} verdicts ({unknown:,} with a reason),"
            f" {numbers['meldingen']:,} meldingen{foto}"
        )
    print(f"seed {chain.seed} {engine:<7} equal; {'; '.join(said)}; {time.perf_counter() - start:.0f} s", flush=True)
    return True


def main(bpvos: int, seeds: Sequence[int], engines: Sequence[str]) -> int:
    """Compare the engines for each seed; gives the exit status."""
    if "pyspark" in engines:
        start_spark()
    for seed in seeds:
        chain = simulate(seed=seed, instellingen=max(4, bpvos // BPVOS_PER_SCHOOL), bpvos=bpvos)
        references = [
            judge(chain.keten, peildatum=chain.peildatum, perspectief=perspectief, norms=NORMS)
            for perspectief in Perspectief
        ]
        with written(chain) as folder:
            if not all(compare(chain, folder, engine, references) for engine in engines):
                return 1
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Hold the engines to the reference.")
    parser.add_argument("bpvos", type=int)
    parser.add_argument("seeds", type=int, nargs="+")
    parser.add_argument("--engines", default=",".join(ENGINES))
    given = parser.parse_args()
    sys.exit(main(given.bpvos, given.seeds, given.engines.split(",")))
