"""Pausing Python's garbage collector while a great many records or plans are made and hardly any is thrown away."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collector_paused"]


@contextmanager
def collector_paused() -> Iterator[None]:
    """
    Pause the collector of cycles, and set it back to how it was, also after an error.

    Every quarter of growth it would visit all records of the chain again, and
    find nothing: they hold no cycles. That took two fifths of the time of a
    judgement; of one of frames, which makes many plans, a thirtieth. Memory that
    is no longer used is still given back at once. When several threads do this
    together the collector may come back before the last of them is done, never
    stay away after it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
