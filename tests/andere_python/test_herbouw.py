"""The same records give the same bytes, whatever their order and the seed of Python's hashes."""

from itertools import product
from pathlib import Path

import pytest
from tests.andere_python.vergelijk import BUILT, expected, here, prepare


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("andere")
    prepare(into)
    return into


def test_every_order_and_seed_gives_the_same_bytes(prepared: Path) -> None:
    """Of the true foto, of a rounded one, and of one that is made again from its ``foto.json``."""
    whole = expected()
    hashes = set()
    for seed in ("0", "1", "2", "4294967295"):
        built = here(prepared, seed, orders=3)

        assert [(one["order"], one["what"]) for one in built] == list(product(range(3), BUILT))
        assert [one["files"] for one in built] == [whole[one["what"]] for one in built]
        hashes |= {one["hash"] for one in built}
    assert len(hashes) == 4
