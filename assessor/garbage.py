"""Keeping the garbage collector away from work that only builds."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(*, look_after: bool = False) -> Iterator[None]:
    """Hold the collector back inside; where asked, let it look once afterwards."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            if look_after:
                gc.collect()
