"""
Digest of a keten: the same for the same records, whatever their order or how they were split.

Each record adds the number that is its SHA-256; the sum, modulo 2**256, is the
digest. It tells two inputs apart. It stands in the receipt of whoever has the
records, never in something that is published.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from bpvo_rules.keten.keten import Keten
from bpvo_rules.model import TABLES

__all__ = ["digest"]

_MODULUS = 1 << 256


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")


def _rows(name: str, rows: Iterable[Any]) -> int:
    columns = tuple(TABLES[name].columns)
    if name == "white_label_metingen":
        # The key of a measurement has the moment as the source wrote it, so another text is another input.
        columns += ("tijdstip_tekst",)
    total = 0
    for row in rows:
        cells = "\x1f".join("" if (v := getattr(row, c)) is None else str(v) for c in columns)
        total += _number(f"{name}\x1e{cells}")
    return total


def digest(keten: Keten) -> str:
    """Give the digest of all tables and of what was not looked up, as 64 hexadecimal digits."""
    total = 0
    for name in TABLES:
        rows = keten.table(name)
        total += _number(f"not looked up\x1e{name}") if rows is None else _rows(name, rows)
    for table, column in keten.niet_opgezocht:
        total += _number(f"not looked up\x1e{table}\x1e{column}")
    return f"{total % _MODULUS:064x}"
