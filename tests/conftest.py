"""What holds for the tests of every part."""

import pytest


def pytest_itemcollected(item: pytest.Item) -> None:
    """
    Run everything that starts Spark in one process: it takes long to start and to warm up.

    While items are collected, because xdist reads their groups as soon as they are.
    """
    if "spark" in item.nodeid:
        item.add_marker(pytest.mark.xdist_group("spark"))
