"""
Does an engine answer every conformance case as it must? For Spark, which takes seconds for any request.

Run `PYTHONPATH=. python benchmarks/gevallen.py [ENGINE]`, of `polars`, `duckdb`, `pandas` and `pyspark`; without it the
last. Cases that go by the same arguments are asked as one. It prints the groups as they are answered, and ends with
status 1 when an answer was wrong.
"""

import sys
import time

from tests.conformance.samen import groups, together
from tests.frames.motoren import engine

from bpvo_rules.testing.conformance import by_engine, verify
from bpvo_rules.testing.kit import cases


def main(name: str) -> int:
    """Verify an engine group by group; give the number of cases that it got wrong."""
    known = {case.id: case for case in cases()}
    start, asked, wrong = time.perf_counter(), 0, 0
    with engine(name):
        implementation = together(by_engine(name))
        for group in groups({"id": case.id, **case.request} for case in known.values()):
            report = verify(implementation, [known[request["id"]] for request in group])
            asked, wrong = asked + len(group), wrong + len(report.failures)
            for failure in report.failures:
                print(f"{failure.case.id}: {'; '.join(failure.mistakes)}")
            print(f"{asked} of {len(known)} cases, {wrong} wrong, {time.perf_counter() - start:.0f} s", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1] if len(sys.argv) > 1 else "pyspark")))
