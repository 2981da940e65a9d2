"""The conformance cases find every planted error."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.conformance.foute_motoren import FOUTE_MOTOREN

from bpvo_rules.testing.kit import cases

ROOT = Path(__file__).parents[2]


def test_errors_are_planted_in_every_part_of_the_rules() -> None:
    about = Counter(fout.about for fout in FOUTE_MOTOREN)

    assert set(about) == {
        "facts",
        "edges",
        "norms",
        "Kleene",
        "knowledge",
        "calendar",
        "coverage",
        "rules",
        "foto",
    }
    assert len({fout.claim for fout in FOUTE_MOTOREN}) == len(FOUTE_MOTOREN) >= 40


def test_every_wrong_engine_fails_a_case() -> None:
    """They run in a process of their own: each is the library with a few words replaced."""
    command = [sys.executable, "-m", "tests.conformance.foute_motoren"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    known = {case.id for case in cases()}

    assert [claim for claim, case in found.items() if case is None] == []
    assert set(found) == {fout.claim for fout in FOUTE_MOTOREN}
    assert set(found.values()) <= known
