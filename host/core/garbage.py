"""When Python looks for garbage: not while everything that is made stays.

A collection goes through the objects there are. Importing and opening a room makes some half a million that live as
long as the process, and the collector, which counts what is made, would go through them over and over: a fifth of the
time from a start to the first picture. On air each of its rounds would hold up picture and sound.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def setting_up() -> Iterator[None]:
    """For imports and for opening what stays: nothing is collected inside, and what there is in the end is set aside
    from every later collection. Not for work that makes garbage of its own: it would stay for good.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # before the collector is on again, whose first round would otherwise go through all of it
        if was:
            gc.enable()
