"""The same foto has the same bytes, and no byte of it tells who is in it."""

import base64
import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
from tests.foto_map.kit import DAYS, bestand, outcome, rounded, small_keten

from bpvo_rules.foto import Policy, aggregate, describe, foto_digest, foto_files
from bpvo_rules.io import write_ketendata
from bpvo_rules.judge import Judge
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES


def shuffled(keten: Keten, seed: int) -> Keten:
    """Give a keten with its records in another order."""
    chance = random.Random(seed)  # noqa: S311 - chance for tests, not for secrets
    tables = {name: list(keten.table(name) or ()) for name in TABLES}
    for rows in tables.values():
        chance.shuffle(rows)
    return keten.with_tables(tables)


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


def marked(keten: Keten) -> Keten:
    """Give a keten in which every identifier is easy to find."""

    def row(found: Any) -> Any:
        changes: dict[str, Any] = {}
        for name in ("inschrijvingvolgnummer", "volgnummer"):
            if hasattr(found, name):
                changes[name] = f"{name[0]}zqx{getattr(found, name)}"
        if hasattr(found, "student"):
            changes["student"] = f"persoon-{found.student}"
        if hasattr(found, "aanvraag_id"):
            changes["aanvraag_id"] = f"aanvraag-{found.aanvraag_id}"
        if hasattr(found, "naam") and hasattr(found, "leerbedrijf_id"):
            changes["naam"] = f"Bakkerij {found.leerbedrijf_id}"
        return attrs.evolve(found, **changes) if changes else found

    return keten.with_tables(
        {name: [row(one) for one in keten.table(name) or ()] for name in TABLES if keten.table(name) is not None}
    )


def identifiers(keten: Keten) -> set[str]:
    """Give every identifier in a keten, and the key of every BPVO."""
    found: set[str] = set()
    for name in TABLES:
        for row in keten.table(name) or ():
            for column in ("student", "inschrijvingvolgnummer", "volgnummer", "leerbedrijf_id", "aanvraag_id"):
                value = getattr(row, column, None)
                if value is not None:
                    found.add(str(value))
            if getattr(row, "leerbedrijf_id", None) and getattr(row, "naam", None):
                found.add(row.naam)
            if hasattr(row, "volgnummer"):
                found.add(f"{row.brin}/{row.student}/{row.inschrijvingvolgnummer}/{row.volgnummer}")
    return found


def traces(identifier: str) -> set[bytes]:
    """Give an identifier as it is and as usual digests, in hexadecimal and base64."""
    plain = identifier.encode()
    found = {plain, base64.b64encode(plain).rstrip(b"=")}
    for name in ("md5", "sha1", "sha256"):
        digest = hashlib.new(name, plain, usedforsecurity=False).digest()
        found |= {digest.hex().encode(), base64.b64encode(digest).rstrip(b"=")}
        found.add(base64.urlsafe_b64encode(digest).rstrip(b"="))
    return found


def test_no_identifier_of_the_input_is_in_any_file() -> None:
    """Students, volgnummers, companies and requests: plain, in base64, or as a digest of the usual kinds."""
    keten = marked(small_keten())
    judgement = Judge().keten(keten, peildatum=DAYS[3])
    foto = aggregate(judgement, policy=Policy.NIVEAU)
    made = [foto_files(describe(foto, judgement.settings, gemaakt_op=DAYS[3]))]
    made.append(foto_files(describe(rounded(foto), judgement.settings, gemaakt_op=DAYS[3]), audit=outcome()))
    content = b"\n".join(data for files in made for data in files.values()).lower()
    names = identifiers(keten)

    assert len(names) > 300
    assert not [name for name in names if any(trace.lower() in content for trace in traces(name))]


def test_the_search_would_find_one() -> None:
    """A digest of a student in a file is found in either way of writing."""
    digest = hashlib.sha256(b"persoon-1")

    assert {digest.hexdigest().encode(), base64.b64encode(digest.digest()).rstrip(b"=")} <= traces("persoon-1")
