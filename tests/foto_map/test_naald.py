"""
No identifier of the input is in any byte of the folder of a foto: a needle, looked for in every way of writing it.

Looked for is each student, inschrijvingvolgnummer, volgnummer, leerbedrijf (number and name) and aanvraag of the input,
and the key of each BPVO and inschrijving; as it is, in hexadecimal, in base64, and as a digest of a usual kind of which
the first 16 characters are enough. Capitals make no difference.
"""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

import attrs
import pytest
from tests.foto_map.kit import DAYS, JUDGE, outcome, rounded

from bpvo_rules.foto import Policy, aggregate, describe
from bpvo_rules.io.foto import write_foto
from bpvo_rules.keten import Keten
from bpvo_rules.model import TABLES
from bpvo_rules.simulate import simulate

COLUMNS = ("student", "inschrijvingvolgnummer", "volgnummer", "leerbedrijf_id", "naam", "aanvraag_id")
KEYS = {
    "inschrijving": ("brin", "student", "inschrijvingvolgnummer"),
    "bpvo": ("brin", "student", "inschrijvingvolgnummer", "volgnummer"),
}
DIGESTS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "md5": lambda data: hashlib.md5(data, usedforsecurity=False).digest(),
    "sha1": lambda data: hashlib.sha1(data, usedforsecurity=False).digest(),
    "sha224": lambda data: hashlib.sha224(data).digest(),
    "sha256": lambda data: hashlib.sha256(data).digest(),
    "sha384": lambda data: hashlib.sha384(data).digest(),
    "sha512": lambda data: hashlib.sha512(data).digest(),
    "sha3_256": lambda data: hashlib.sha3_256(data).digest(),
    "blake2b": lambda data: hashlib.blake2b(data).digest(),
    "blake2b_32": lambda data: hashlib.blake2b(data, digest_size=32).digest(),
    "blake2s": lambda data: hashlib.blake2s(data).digest(),
}
ENOUGH = 16
"""Characters of a digest that are looked for: few, so that a part is found, and too many to meet by chance."""
GRAM = 5


# ---- the needles


def marked(keten: Keten) -> Keten:
    """Give a keten in which every identifier is long enough to be found nowhere by chance."""

    def row(found: Any) -> Any:
        changes: dict[str, Any] = {}
        for name in ("inschrijvingvolgnummer", "volgnummer"):
            if hasattr(found, name):
                changes[name] = f"{name[0]}zqx{getattr(found, name)}"
        if hasattr(found, "student"):
            changes["student"] = f"Persoon-{found.student}"
        if hasattr(found, "aanvraag_id"):
            changes["aanvraag_id"] = f"aanvraag-{found.aanvraag_id}"
        if hasattr(found, "naam") and hasattr(found, "leerbedrijf_id"):
            changes["naam"] = f"Bakkerij {found.leerbedrijf_id}"
        return attrs.evolve(found, **changes) if changes else found

    return keten.with_tables(
        {name: [row(one) for one in keten.table(name) or ()] for name in TABLES if keten.table(name) is not None}
    )


def identifiers(keten: Keten) -> dict[str, set[str]]:
    """Give every identifier in a keten by its kind. A school and a code of an opleiding are none."""
    found: dict[str, set[str]] = {kind: set() for kind in (*COLUMNS, *KEYS)}
    for name in TABLES:
        for row in keten.table(name) or ():
            for column in COLUMNS:
                value = getattr(row, column, None)
                if value is not None and (column != "naam" or hasattr(row, "leerbedrijf_id")):
                    found[column].add(str(value))
            for kind, columns in KEYS.items():
                if all(hasattr(row, column) for column in columns):
                    found[kind].add("/".join(str(getattr(row, column)) for column in columns))
    return found


def in_base64(plain: bytes) -> Iterator[bytes]:
    """Give how bytes look in base64, alone or at any place in something longer."""
    for before in range(3):
        start, end = (0, 2, 3)[before], -(-8 * (before + len(plain)) // 6)
        # A last character that also holds bits of what follows tells nothing.
        end -= (before + len(plain)) % 3 != 0
        yield base64.b64encode(bytes(before) + plain)[start:end]


def writings(identifier: str) -> Iterator[tuple[str, bytes]]:
    """Give the ways of writing an identifier, each with its name."""
    plain = identifier.encode()
    yield "plain", plain
    yield "hex", plain.hex().encode()
    for written in in_base64(plain):
        yield "base64", written
    for about, variant in {"": plain, "lower ": plain.lower(), "upper ": plain.upper()}.items():
        if about and variant == plain:
            continue
        for name, digest in DIGESTS.items():
            found = digest(variant)
            yield f"{about}{name} hex", found.hex()[:ENOUGH].encode()
            yield f"{about}{name} base64", base64.b64encode(found)[:ENOUGH]
            yield f"{about}{name} base64url", base64.urlsafe_b64encode(found)[:ENOUGH]


def traces(by_kind: Mapping[str, set[str]]) -> dict[bytes, str]:
    """Give everything to look for, in small letters, and of which identifier it is a trace."""
    found = {written.lower(): name for several in by_kind.values() for name in several for _, written in writings(name)}
    assert min(map(len, found)) >= GRAM
    return found


def search(needles: Mapping[bytes, str], files: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Look for every needle in every file and its name; gives what was found, and where."""
    found = set()
    for name, data in files.items():
        text = name.encode().lower() + b"\n" + data.lower()
        # What does not begin with five characters that are there is not there.
        grams = {text[at : at + GRAM] for at in range(len(text))}
        found |= {
            (identifier, name) for needle, identifier in needles.items() if needle[:GRAM] in grams and needle in text
        }
    return found


# ---- the hay


@cache
def chain() -> Keten:
    """Give a simulated chain of six schools."""
    return marked(simulate(seed=5, instellingen=6, bpvos=3000, peildatum=DAYS[3]).keten)


@cache
def names() -> dict[str, set[str]]:
    """Give every identifier of that chain by its kind."""
    return identifiers(chain())


@cache
def needles() -> dict[bytes, str]:
    """Give everything to look for in a foto of that chain."""
    return traces(names())


@pytest.fixture(scope="module", params=[Policy.NIVEAU, Policy.MIDPUNT6])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files of a delivered foto, with and without protection; their names begin with that of the folder."""
    judgement = JUDGE.keten(chain(), peildatum=DAYS[3])
    foto = aggregate(judgement, policy=Policy.NIVEAU)
    shown = rounded(foto) if request.param.protects else foto
    into = tmp_path_factory.mktemp("fotos")
    made = write_foto(describe(shown, judgement.settings, gemaakt_op=DAYS[3]), into, audit=outcome())
    return {path.relative_to(into).as_posix(): path.read_bytes() for path in made.rglob("*")}


def test_there_is_enough_to_look_for(folder: dict[str, bytes]) -> None:
    """More than a thousand of each kind that has so many, and more than a million times looking."""
    counts = {kind: len(found) for kind, found in names().items()}

    assert min(counts[kind] for kind in ("student", "inschrijving", "bpvo")) > 1000
    assert min(counts.values()) >= 1
    assert len(folder) == 6
    assert len(needles()) * len(folder) > 1_000_000


def test_no_identifier_of_the_input_is_in_the_folder_of_a_foto(folder: dict[str, bytes]) -> None:
    assert search(needles(), folder) == set()


# ---- whether the search finds


@pytest.mark.parametrize("kind", [*COLUMNS, *KEYS])
def test_the_search_finds_every_kind_in_every_way(kind: str) -> None:
    """In a file between other words, in capitals too, and in the name of a file."""
    name = min(names()[kind])
    few = traces({kind: {name}})
    for _, written in writings(name):
        hidden = b"<td>" + written + b"</td>"
        assert search(few, {"index.html": hidden}) == {(name, "index.html")}
        assert search(few, {"index.html": hidden.upper(), "x": b"<td></td>"}) == {(name, "index.html")}
        assert search(few, {f"{written.decode()}.csv": b""}) == {(name, f"{written.decode()}.csv")}


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda name: name, id="as it is"),
        pytest.param(lambda name: f"12{name}34", id="among other signs"),
        pytest.param(lambda name: name.upper(), id="in capitals"),
        pytest.param(lambda name: name.lower(), id="in small letters"),
        pytest.param(lambda name: hashlib.sha256(name.encode()).hexdigest(), id="a digest"),
        pytest.param(lambda name: hashlib.sha512(name.encode()).hexdigest().upper(), id="a digest in capitals"),
        pytest.param(lambda name: hashlib.blake2b(name.encode()).hexdigest()[:20], id="a part of a digest"),
        pytest.param(lambda name: hashlib.sha256(name.upper().encode()).hexdigest(), id="a digest of capitals"),
        pytest.param(lambda name: base64.b64encode(hashlib.sha256(name.encode()).digest()).decode(), id="in base64"),
        pytest.param(lambda name: base64.b64encode(name.encode()).decode(), id="base64"),
        pytest.param(lambda name: base64.b64encode(f"tijdig;{name};3".encode()).decode(), id="base64 of a row"),
        pytest.param(lambda name: base64.b64encode(f"rij {name};3".encode()).decode(), id="base64 of another"),
        pytest.param(lambda name: base64.b64encode(f"een: {name}".encode()).decode(), id="base64 of a third"),
    ],
)
def test_the_search_finds_what_is_put_into_a_folder(write: Callable[[str], str], folder: dict[str, bytes]) -> None:
    """Of one of each kind, in the middle of each of the six files."""
    few = {kind: {max(names()[kind])} for kind in ("student", "leerbedrijf_id", "naam", "aanvraag_id", "bpvo")}
    put = [name for found in few.values() for name in found]
    text = " ".join(["", *map(write, put), ""]).encode()
    spoilt = {file: data[: len(data) // 2] + text + data[len(data) // 2 :] for file, data in folder.items()}

    assert search(traces(few), folder) == set()
    assert search(traces(few), spoilt) == {(name, file) for name in put for file in folder}
