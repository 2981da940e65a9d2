"""The same foto has the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.foto_map.kit import DAYS, bestand, outcome, rounded, shuffled, small_keten

from bpvo_rules.foto import Policy, aggregate, describe, foto_digest, foto_files
from bpvo_rules.io import write_ketendata
from bpvo_rules.judge import Judge


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_records_changes_no_byte(seed: int) -> None:
    judgement = Judge().keten(shuffled(small_keten(), seed), peildatum=DAYS[0])
    foto = aggregate(judgement, policy=Policy.NIVEAU)

    assert foto_files(describe(foto, judgement.settings, gemaakt_op=DAYS[0])) == foto_files(bestand())
    hidden = describe(rounded(foto), judgement.settings, gemaakt_op=DAYS[0])
    assert foto_files(hidden, audit=outcome()) == foto_files(bestand(policy=Policy.MIDPUNT6), audit=outcome())


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    """With other hashes of texts, another language, another time zone, and the tables in another order."""
    expected = foto_files(bestand())
    for number, seed in enumerate(("0", "1", "4294967295")):
        source, output = tmp_path / f"keten{number}", tmp_path / f"fotos{number}"
        write_ketendata(shuffled(small_keten(), number), source)
        arguments = ["foto", str(source), "--peildatum", str(DAYS[0]), "--policy", "niveau", "--output", str(output)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
        command = [sys.executable, "-m", "bpvo_rules", *arguments]
        subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603 - our own program

        folder = output / "foto-2018-10-01"
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == expected


def test_any_argument_that_differs_gives_another_digest() -> None:
    digests = {
        foto_digest(made)
        for made in (
            bestand(),
            bestand(DAYS[1]),
            bestand(gemaakt_op=DAYS[1]),
            bestand(policy=Policy.MIDPUNT6),
            bestand(vorige=foto_digest(bestand())),
        )
    }

    assert len(digests) == 5
