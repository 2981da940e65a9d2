"""
How long the pages of a school take, and how large they are.

Run `python benchmarks/report.py [BPVOS]`. One school with about a tenth as many meldingen as BPVO's; the yardstick is
the judgement of the same records with all of its meldingen, in the same run. The first chart loads the drawing
library, which is in the time of the pages.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bpvo_rules import judge
from bpvo_rules.report.html import EigenRecords, write_realtime
from bpvo_rules.report.wording import Say
from bpvo_rules.simulate import simulate
from bpvo_rules.simulate.gebreken import RATES

_SHARE = 0.58
"""Of the default rates of defects: that gives a melding on one BPVO in ten."""


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Give the wall time of some work, and what came out."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def main(bpvos: int) -> None:
    """Make the pages of a school and say what they took."""
    rates = {kind: rate * _SHARE for kind, rate in RATES.items()}
    simulatie = simulate(seed=1, instellingen=1, bpvos=bpvos, rates=rates)
    (school,) = simulatie.keten.instellingen or ()

    def judged() -> Any:
        judgement = judge(simulatie.keten, peildatum=simulatie.peildatum)
        judgement.meldingen()
        return judgement

    yardstick, judgement = seconds(judged)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "realtime"
        inzage = EigenRecords(school.brin)
        made, _ = seconds(lambda: write_realtime(judgement, out, inzage=inzage, say=Say("nl")))
        files = {path.relative_to(out).as_posix(): path.stat().st_size for path in out.rglob("*") if path.is_file()}
    print(f"BPVO's                            {bpvos:>12,}")
    print(f"meldingen                         {len(judgement.meldingen()):>12,}")
    print(f"judging, with meldingen           {yardstick:>12.1f} s")
    print(f"the pages                         {made:>12.1f} s, {made / yardstick:.1f} times that")
    print(f"the first page                    {files['index.html'] / 1000:>12,.0f} kB")
    print(f"the list of meldingen             {files['meldingen.html'] / 1000:>12,.0f} kB")
    print(f"files                             {len(files):>12,}, {sum(files.values()) / 1e6:.0f} MB together")
    print(f"peak memory                       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>12,.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30_000)
