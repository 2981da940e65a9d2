"""
How fast the reference judges, and how much memory it takes.

Run `python benchmarks/judge.py [BPVOS]`. Times are CPU seconds of one process;
the yardstick is one SHA-256 per record of the same keten, measured in the same
run, because machines differ and are noisy.
"""

import gc
import os
import random
import resource
import runpy
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs

from bpvo_rules import Judge, Registerantwoord, Stand, judge, judge_again
from bpvo_rules.judge import receipt
from bpvo_rules.keten.digest import digest
from bpvo_rules.simulate import simulate

REPEATS = 5
EXAMPLES = Path(__file__).parents[1] / "examples"
TYPED = {
    "opleidingcode": ("25655", "25490", "25180", "23110", ""),
    "leerbedrijf_id": ("100000001", "100000002", ""),
    "keuzedeelcode": ("K0001", "K0205", "", ""),
    "afsluitdatum": ("30-9-2018", "31-9-2018", "1-8-2018", "2-10-2018", ""),
    "begindatum": ("1-11-2018", "5-11-2018", "1-9-2018", "1-2-2019", ""),
    "einddatum_gepland": ("30-6-2019", "1-1-2019", ""),
    "omvang": ("400", "0", "1600", ""),
}
"""What is typed in each field; 31 September cannot be read."""


def best(work: Callable[[], Any]) -> float:
    """Give the least CPU time of some runs: the one that was disturbed least."""
    times = []
    for _ in range(REPEATS):
        gc.collect()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def peak_mb() -> float:
    """Give the most memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def a_keten(bpvos: int) -> None:
    """Judge a simulated chain of all kinds of subjects."""
    simulatie = simulate(seed=1, instellingen=max(4, bpvos // 7000), bpvos=bpvos)
    keten, day = simulatie.keten, simulatie.peildatum
    judgement = judge(keten, peildatum=day)
    number = len(judgement.context.stand.bpvos)
    meldingen = judgement.meldingen()
    outcomes = best(lambda: judge(keten, peildatum=day))
    everything = best(lambda: judge(keten, peildatum=day).meldingen())
    yardstick = best(lambda: digest(keten))
    print(f"BPVO's that exist                 {number:>12,}")
    print(f"subjects of all types             {sum(receipt(judgement)['subjects'].values()):>12,}")
    print(f"rules                             {len(judgement.rules):>12,}")
    print(f"meldingen                         {len(meldingen):>12,}")
    print(f"BPVO's a second, outcomes         {number / outcomes:>12,.0f}")
    print(f"BPVO's a second, with meldingen   {number / everything:>12,.0f}")
    print(f"times one SHA-256 per record      {everything / yardstick:>12.2f}")
    print(f"peak memory, MB                   {peak_mb():>12,.0f}")


def a_form() -> None:
    """Judge one BPVO after each change of it, with a register that is asked each time."""
    simulatie = simulate(seed=2, instellingen=4, bpvos=2000)
    day = simulatie.peildatum
    stand = Stand(keten=simulatie.keten, kennisdatum=day)
    ready = Judge()
    drafts = [attrs.evolve(bpvo, leveringen=None) for bpvo in stand.bpvos]
    for draft in drafts[:100]:
        ready.bpvo(draft, peildatum=day, stand=stand).meldingen()
    times = []
    for draft in drafts:
        start = time.perf_counter()
        ready.bpvo(draft, peildatum=day, stand=stand).meldingen()
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    print(f"one BPVO in a form, ms: median    {statistics.median(times):>12.3f}")
    print(f"one BPVO in a form, ms: p99       {times[int(len(times) * 0.99)]:>12.3f}")


def a_draft() -> None:
    """Change one field of a draft after the other, as one types, with a register that answers at once."""
    simulatie = simulate(seed=2, instellingen=4, bpvos=2000)
    day = simulatie.peildatum
    stand = Stand(keten=simulatie.keten, kennisdatum=day)
    ready = Judge()
    register = _AtOnce(stand)
    fields = ("leerbedrijf_id", "opleidingcode", "begindatum", "einddatum_gepland", "omvang", "afsluitdatum")
    times = []
    bpvos = stand.bpvos
    for bpvo, other in zip(bpvos, [*bpvos[1:], bpvos[0]], strict=True):
        form = ready.draft(attrs.evolve(bpvo, leveringen=None), peildatum=day, stand=stand, register=register)
        for name in fields:
            start = time.perf_counter()
            form = form.change(**{name: getattr(other, name)})
            times.append((time.perf_counter() - start) * 1000)
    times = sorted(times[100 * len(fields) :])
    print(f"a change in a form, ms: median    {statistics.median(times):>12.3f}")
    print(f"a change in a form, ms: p99       {times[int(len(times) * 0.99)]:>12.3f}")
    print(f"a change in a form, ms: longest   {times[-1]:>12.3f}")


def the_example() -> None:
    """Change and empty the fields of the form of `examples/form.py` by chance, in one form after the other."""
    module = runpy.run_path(str(EXAMPLES / "form.py"))
    recognised = {"100000001": [("25655", date(2018, 8, 1), date(2019, 1, 31))]}
    reference = module["reference_on"](date(2018, 10, 1))
    ready, register, rng = Judge(), module["WhiteLabel"](recognised.get), random.Random(1)  # noqa: S311 - no secret
    times = []
    for _ in range(220):
        form = module["open_form"](ready, register, reference, brin="27DV")
        for _ in range(50):
            name = rng.choice(list(TYPED))
            text = rng.choice(TYPED[name])
            start = time.perf_counter()
            form.typed(name, text)
            times.append((time.perf_counter() - start) * 1000)
    times = sorted(times[1000:])
    print(f"the example form, ms: median      {statistics.median(times):>12.3f}")
    print(f"the example form, ms: p99         {times[int(len(times) * 0.99)]:>12.3f}")
    print(f"the example form, ms: longest     {times[-1]:>12.3f}")


class _AtOnce:
    """A register that costs no time."""

    def __init__(self, stand: Stand) -> None:
        self._stand = stand

    def raadpleeg(self, leerbedrijf_id: Any, codes: Any, /) -> Registerantwoord:
        rows = self._stand.erkenningen.get(leerbedrijf_id, ())
        return Registerantwoord(
            bekend=True, erkenningen=tuple(row for row in rows if codes is None or row.opleidingcode in codes)
        )


def again() -> None:
    """Judge a school of 30,000 BPVO's of which ten deliveries changed."""
    simulatie = simulate(seed=1, instellingen=1, bpvos=30_000)
    keten, day = simulatie.keten, simulatie.peildatum
    before = judge(keten, peildatum=day)
    rows = list(keten.uitwisselingen or ())
    for at in range(0, len(rows), len(rows) // 10):
        rows[at] = attrs.evolve(rows[at], omvang=1)
    now = keten.with_tables({"uitwisselingen": rows})
    everything = best(lambda: judge(now, peildatum=day))
    changed = best(lambda: judge_again(before, now))
    print(f"a school judged again, s          {changed:>12.2f}")
    print(f"  of the time of judging it whole {changed / everything:>12.2f}")


def an_import() -> None:
    """Import the library in a fresh process, with its compiled files in place as after an install."""
    code = "import time; s = time.process_time(); import bpvo_rules; print(time.process_time() - s)"
    bare = "import time; s = time.process_time(); import attrs, dateutil.relativedelta; print(time.process_time() - s)"

    with tempfile.TemporaryDirectory() as compiled:
        clean = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment = clean | {"PYTHONPYCACHEPREFIX": compiled}

        def least(program: str) -> float:
            command = [sys.executable, "-c", program]
            runs = (subprocess.run(command, capture_output=True, check=True, env=environment) for _ in range(10))  # noqa: S603 - our own program
            return min(float(run.stdout) for run in runs)

        print(f"import bpvo_rules, s              {least(code):>12.3f}")
        print(f"  of which attrs and dateutil, s  {least(bare):>12.3f}")


if __name__ == "__main__":
    a_keten(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
    a_form()
    a_draft()
    the_example()
    again()
    an_import()
