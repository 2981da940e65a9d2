"""
How long it takes to make a subject for a rule and an outcome.

Run `PYTHONPATH=. python benchmarks/subject_for.py [EXAMPLES]`: so many examples (20 by default) for every rule and
outcome that it can have, with the time of Hypothesis itself; compared with judging one small chain.
"""

import sys
import time

from hypothesis import HealthCheck, given, settings

from bpvo_rules import judge
from bpvo_rules.questions import RULES
from bpvo_rules.rules import Outcome
from bpvo_rules.testing.subjects import Subject, subject_for, unreachable
from bpvo_rules.testing.worlds import seeded_world


def seconds(rule: str, outcome: Outcome, examples: int) -> float:
    """Give the seconds that one example takes."""
    quick = settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True
    )

    @quick
    @given(subject=subject_for(rule, outcome))
    def made(subject: Subject) -> None:
        assert subject.outcome is outcome

    start = time.perf_counter()
    made()
    return (time.perf_counter() - start) / examples


def main(examples: int) -> None:
    """Print the mean and the slowest, and what one judgement of a small chain takes."""
    pairs = [(r.code, o) for r in RULES for o in Outcome if (r.code, o) not in unreachable()]
    seconds(*pairs[0], 1)  # the cases are read once
    took = {pair: seconds(*pair, examples) for pair in pairs}
    worlds = [seeded_world(seed) for seed in range(50)]
    start = time.perf_counter()
    for world in worlds:
        judge(world.keten, **world.arguments)
    one = (time.perf_counter() - start) / len(worlds)
    mean, slowest = sum(took.values()) / len(took), max(took, key=lambda pair: took[pair])
    print(f"{len(pairs)} pairs: {1000 * mean:.1f} ms on average, x{mean / one:.1f} of one judgement")
    print(f"slowest: {slowest[0]}, {slowest[1]}: {1000 * took[slowest]:.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
