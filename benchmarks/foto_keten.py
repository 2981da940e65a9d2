"""
What a protected foto of a whole chain costs, from records to what may leave: judge, count, protect, audit.

Run `python benchmarks/foto_keten.py [BPVOS] [POLICY]`; without arguments 450,000 and midpunt6. The chain is simulated.
"""

import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from bpvo_rules.foto import Policy, expose, seal
from bpvo_rules.foto.audit import Genomen, audit
from bpvo_rules.judge import Judge
from bpvo_rules.simulate import simulate

T = TypeVar("T")
DAY = date(2019, 7, 1)


def timed(name: str, work: Callable[[], T]) -> T:
    """Do some work and print what it cost."""
    start, wall = time.process_time(), time.perf_counter()
    found = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    cpu, passed = time.process_time() - start, time.perf_counter() - wall
    print(f"{name:<10} {cpu:6.1f}s of CPU  {passed:6.1f}s  {peak} MB so far", flush=True)
    return found


if __name__ == "__main__":
    bpvos = int(sys.argv[1]) if len(sys.argv) > 1 else 450_000
    policy = Policy(sys.argv[2]) if len(sys.argv) > 2 else Policy.MIDPUNT6
    keten = timed("simulate", lambda: simulate(seed=1, instellingen=65, bpvos=bpvos, peildatum=DAY).keten)
    judgement = timed("judge", lambda: Judge().keten(keten, peildatum=DAY))
    zegel = timed("seal", lambda: seal(judgement))
    opname = timed("protect", lambda: expose(zegel, policy=policy))
    found = timed("audit", lambda: audit([Genomen(opname.foto, opname.zegel)]))
    print(f"{len(opname.foto.cellen)} cells; {found.exact}/{found.narrowed}/{found.protected} insider {found.insider}")
