"""
Builds fotos in whichever Python runs this, and tells the digest of every file of each.

Run `python -m tests.andere_python.herbouw KETEN FOTO ORDERS`: a Ketendata folder, the folder of a protected foto, and
how many orders to try. It needs no solver: what is built is the foto of the keten under `niveau`, the same one rounded,
and the protected foto once more from its `foto.json`. One line of JSON per foto.
"""

import hashlib
import json
import platform
import random
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.foto_map.kit import DAYS, JUDGE, outcome, rounded, shuffled

from bpvo_rules.foto import Policy, aggregate, describe, foto_files
from bpvo_rules.foto.canonical import parse_canonical
from bpvo_rules.foto.folder import check
from bpvo_rules.foto.read import parse_document
from bpvo_rules.io import read_ketendata
from bpvo_rules.keten import Keten

__all__ = ["digests", "rebuilds"]


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Give the SHA-256 of every file."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def jumbled(value: Any, chance: random.Random) -> Any:
    """Give a JSON value with the keys of its objects in another order."""
    if isinstance(value, dict):
        keys = sorted(value)
        chance.shuffle(keys)
        return {key: jumbled(value[key], chance) for key in keys}
    return [jumbled(item, chance) for item in value] if isinstance(value, list) else value


def rebuilds(keten: Keten, foto: bytes, order: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Build three fotos from records, and from keys of a `foto.json`, in one order; gives what and its digests."""
    judgement = JUDGE.keten(shuffled(keten, order), peildatum=DAYS[0])
    true = aggregate(judgement, policy=Policy.NIVEAU)
    again = parse_document(jumbled(parse_canonical(foto), random.Random(order)))  # noqa: S311 - chance for tests
    for what, made in (
        ("niveau", describe(true, judgement.settings, gemaakt_op=DAYS[0])),
        ("afgerond", describe(rounded(true), judgement.settings, gemaakt_op=DAYS[0])),
        ("uit foto.json", again),
    ):
        files = foto_files(made, audit=outcome())
        assert check(files).in_orde
        yield what, digests(files)


def main(keten: str, foto: str, orders: str) -> None:
    """Print what is built."""
    read = read_ketendata(Path(keten))
    document = (Path(foto) / "foto.json").read_bytes()
    about = {"python": platform.python_version(), "where": sys.platform, "hash": hash("bpvo")}
    for order in range(int(orders)):
        for what, found in rebuilds(read, document, order):
            print(json.dumps({**about, "order": order, "what": what, "files": found}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
