"""
How fast a Ketendata folder is read: uitwisselingen per second, beside ``csv.reader`` over the same file.

    python benchmarks/read_ketendata.py [ROWS]

The ratio is what to watch: both run in the same process on the same file, so
the speed of the machine falls away. Peak memory is that of the whole process.
"""

import csv
import resource
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from bpvo_rules.io import read_ketendata
from bpvo_rules.model import TABLES

ROUNDS = 3


def write(path: Path, rows: int) -> None:
    """Write a file of deliveries, about two for each BPVO, that differ as those of a country do."""
    first = date(2018, 8, 1)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(TABLES["uitwisselingen"].columns)
        for number in range(rows):
            bpvo, volgorde = divmod(number, 2)
            start = first + timedelta(days=bpvo % 700)
            sent = start + timedelta(days=bpvo % 13)
            writer.writerow(
                [
                    f"{bpvo % 60:02}AA",
                    f"s{bpvo // 2:07x}",
                    "1",
                    f"C{bpvo % 2 + 1}",
                    volgorde + 1,
                    "wijziging" if volgorde else "toevoeging",
                    *[sent, sent + timedelta(days=2), sent + timedelta(days=9), "geaccepteerd", sent],
                    *[start - timedelta(days=5), start, start + timedelta(days=180), "", 160 + bpvo % 1000],
                    100_000_000 + bpvo % 200_000,
                    25_000 + bpvo % 600,
                    "",
                ]
            )


def best(run: Callable[[], object]) -> float:
    """Give the shortest of a few runs, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    return min(times)


def main(rows: int) -> None:
    """Write a file, read it both ways, and print what that took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "uitwisselingen.csv"
        write(path, rows)

        def plain() -> None:
            with path.open(encoding="utf-8", newline="") as handle:
                for _ in csv.reader(handle, delimiter=";"):
                    pass

        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        keten = read_ketendata(folder)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert len(keten.uitwisselingen or ()) == rows
        del keten
        reading, splitting = best(lambda: read_ketendata(folder)), best(plain)
    print(f"rows                {rows:>12,}")
    print(f"rows per second     {rows / reading:>12,.0f}")
    print(f"times csv.reader    {reading / splitting:>12.1f}")
    print(f"peak memory, MB     {after / 1024:>12,.0f}  ({before / 1024:,.0f} before reading)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000)
