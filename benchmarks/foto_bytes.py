"""
Whether every changed byte is found: each byte of a protected foto that was really made, as it stands on disk.

Run `python benchmarks/foto_bytes.py`; it takes a minute or two, and ends with 1 when a change was missed.
Everything is generated with fixed seeds. Needs the extra `foto`, for its solver.
"""

import random
import sys
import tempfile
from datetime import date
from pathlib import Path

from bpvo_rules.foto import Policy
from bpvo_rules.io.foto import Archief, verify_foto
from bpvo_rules.judge import Judge, make_settings
from bpvo_rules.simulate import simulate

DAY = date(2018, 10, 1)


def make(into: Path) -> Path:
    """Make a small foto under ``midpunt6``, attacked and audited as every other one."""
    keten = simulate(seed=5, instellingen=1, bpvos=3, peildatum=DAY).keten
    judge = Judge(make_settings(only_questions=["erkenning_tijdig"]))
    return Archief(into).take(judge.keten(keten, peildatum=DAY), policy=Policy.MIDPUNT6)


def measure(path: Path, chance: random.Random) -> tuple[int, int]:
    """Change every byte of a file to another one and back; give how many changes, and how many were found."""
    whole = path.read_bytes()
    found = 0
    for at, byte in enumerate(whole):
        other = (byte + chance.randint(1, 255)) % 256
        path.write_bytes(whole[:at] + bytes([other]) + whole[at + 1 :])
        found += not verify_foto(path.parent).in_orde
    path.write_bytes(whole)
    return len(whole), found


if __name__ == "__main__":
    rng = random.Random(1)  # noqa: S311 - generated data
    changes, caught = 0, 0
    with tempfile.TemporaryDirectory() as kept:
        folder = make(Path(kept))
        for file in sorted(folder.iterdir()):
            tried, seen = measure(file, rng)
            print(f"{file.name:<20} {seen} of {tried} changed bytes found", flush=True)
            changes, caught = changes + tried, caught + seen
        assert verify_foto(folder).in_orde
    print(f"{'in all':<20} {caught} of {changes} changed bytes found")
    sys.exit(caught != changes)
