"""
Which engine when: what reading, judging and the meldingen of one folder take with the reference and with each engine.

Run `PYTHONPATH=. python benchmarks/engines.py FOLDER [NAME ...]` on a folder of `landelijk_data.py`; without names it
does all of them: reference, polars, duckdb, pandas and pyspark (on this machine, with two cores). Each works in a
process of its own, all rules run, and all must find as many meldingen.
"""

import json
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from bpvo_rules.frames import ENGINES, FrameKeten, judge_frames
from bpvo_rules.io import read_ketendata
from bpvo_rules.judge import Result, judge

PEILDATUM = date(2019, 7, 1)


def run_one(name: str, folder: Path) -> None:
    """Do the work with one engine in this process and print what it took."""
    if name == "pyspark":
        # Starting Java says nothing about the data.
        from tests.frames.motoren import start_spark  # noqa: PLC0415 - the other engines do without Java

        start_spark()
    start = time.perf_counter()
    result: Result
    if name == "reference":
        records = read_ketendata(folder)
        read = time.perf_counter()
        result = judge(records, peildatum=PEILDATUM)
    else:
        frames = FrameKeten.lees(folder, name)
        read = time.perf_counter()
        result = judge_frames(frames, peildatum=PEILDATUM)
    judged = time.perf_counter()
    number = len(result.meldingen())
    done = time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([read - start, judged - read, done - judged, number, used.ru_maxrss // 1024]))


def main(folder: Path, names: list[str]) -> None:
    """Let each engine work, one after the other."""
    found = set()
    for name in names:
        command = [sys.executable, __file__, "--one", name, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - this very file
        reading, judging, meldingen, number, peak = json.loads(done.stdout.splitlines()[-1])
        found.add(number)
        print(
            f"{name:<10} reading {reading:5.1f} s  judging {judging:5.1f} s  {number:,} meldingen {meldingen:5.1f} s",
            end="",
        )
        print("" if name == "pyspark" else f"  {peak} MB", flush=True)
    if len(found) > 1:
        sys.exit("not the same meldingen")


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        run_one(sys.argv[2], Path(sys.argv[3]))
    else:
        main(Path(sys.argv[1]), sys.argv[2:] or ["reference", *ENGINES])
