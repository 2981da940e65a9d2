"""
Compares fotos built by several Pythons, under several seeds of its hashes, from records in several orders.

`make andere-python` runs it with the folder of a wheel. This Python is one of them; the others are in `package.json`
here, CPython compiled to WebAssembly, which node runs, and they import the library out of that wheel. Ends with 1 when
any file of any foto has another byte, or when one of them built nothing.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from tests.andere_python.herbouw import digests
from tests.foto_map.kit import bestand, outcome, small_keten

from bpvo_rules.foto import Policy, foto_files
from bpvo_rules.io import write_ketendata

__all__ = ["BUILT", "elsewhere", "expected", "here", "prepare", "unpack"]

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
MODULE: Final = "tests.andere_python.herbouw"
BUILT: Final = ("niveau", "afgerond", "uit foto.json")
ORDERS: Final = 3
SEEDS: Final = {
    "python": ("0", "1", "2", "3", "4", "4294967295"),
    "python-3.12": ("0", "1"),
    "python-3.13": ("0", "2"),
    "python-3.14": ("1", "4294967295"),
}
"""Of the hashes of texts, per Python. The first is the one that runs this; starting another one takes seconds."""

Rebuild = dict[str, Any]


def expected() -> dict[str, dict[str, str]]:
    """Give the digest of every file of each foto, as built here from records in the order of the simulation."""
    hidden = digests(foto_files(bestand(policy=Policy.MIDPUNT6), audit=outcome()))
    return {"niveau": digests(foto_files(bestand())), "afgerond": hidden, "uit foto.json": hidden}


def prepare(into: Path) -> None:
    """Write what every Python gets: a Ketendata folder, a protected foto, and the packages that the library needs."""
    write_ketendata(small_keten(), into / "keten")
    (into / "foto").mkdir()
    for name, data in foto_files(bestand(policy=Policy.MIDPUNT6), audit=outcome()).items():
        (into / "foto" / name).write_bytes(data)
    (into / "packages").mkdir()
    for package in ("attr", "attrs", "dateutil", "six"):
        found = importlib.util.find_spec(package)
        assert found is not None
        assert found.origin is not None
        origin = Path(found.origin)
        if origin.name == "__init__.py":
            shutil.copytree(origin.parent, into / "packages" / package)
        else:
            shutil.copy(origin, into / "packages")


def _run(command: list[str], environment: dict[str, str]) -> list[Rebuild]:
    done = subprocess.run(  # noqa: S603 - our own programs
        command, check=True, stdout=subprocess.PIPE, cwd=HERE, env={**os.environ, **environment}
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def here(into: Path, seed: str, orders: int) -> list[Rebuild]:
    """Build with this Python, in a process of its own."""
    command = [sys.executable, "-m", MODULE, str(into / "keten"), str(into / "foto"), str(orders)]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    return _run(command, {"PYTHONHASHSEED": seed, "PYTHONPATH": paths, "TZ": "Asia/Tokyo", "LC_ALL": "C"})


def elsewhere(into: Path, package: str, seed: str, orders: int) -> list[Rebuild]:
    """Build with another Python; it sees the library out of its wheel, these tests, and what was prepared."""
    folders = {
        "/path/packages": into / "packages",
        "/path/library": into / "library",
        "/path/root/tests": ROOT / "tests",
        "/map": into,
    }
    shown = json.dumps({inside: str(folder) for inside, folder in folders.items()})
    node = shutil.which("node") or "node"
    return _run([node, "draai.mjs", package, seed, shown, MODULE, "/map/keten", "/map/foto", str(orders)], {})


def unpack(wheels: Path, into: Path) -> None:
    """Lay the library out of its wheel beside what was prepared; what is mounted must be a folder."""
    (wheel,) = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(into / "library")


def _built(into: Path, name: str, seed: str) -> list[Rebuild]:
    return here(into, seed, ORDERS) if name == "python" else elsewhere(into, name, seed, ORDERS)


def _all(into: Path) -> Iterator[tuple[str, list[Rebuild]]]:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        started = [(name, pool.submit(_built, into, name, seed)) for name, seeds in SEEDS.items() for seed in seeds]
        for name, one in started:
            yield name, one.result()


def main(wheels: str) -> int:
    """Build, compare and say what was found; gives the exit status."""
    whole = expected()
    same, total = 0, 0
    seen: dict[str, str] = {}
    hashes: dict[str, set[int]] = {name: set() for name in SEEDS}
    with tempfile.TemporaryDirectory() as kept:
        prepare(Path(kept))
        unpack(Path(wheels), Path(kept))
        for name, built in _all(Path(kept)):
            assert [one["what"] for one in built] == [*BUILT] * ORDERS
            for one in built:
                version = f"{one['python']} ({one['where']})"
                assert name == "python" or version.startswith(name.removeprefix("python-"))
                seen[name] = version
                hashes[name].add(one["hash"])
                total += 1
                same += one["files"] == whole[one["what"]]
                if one["files"] != whole[one["what"]]:
                    print(f"Python {version}, order {one['order']}: {one['what']} has other bytes")  # noqa: T201
    # Otherwise the seed did not reach it.
    assert {name: len(found) for name, found in hashes.items()} == {name: len(seeds) for name, seeds in SEEDS.items()}
    print(f"{same} of {total} fotos have the same bytes, under Python {', '.join(seen.values())}")  # noqa: T201
    return int(same != total)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
