"""What is set up is set aside from the collector; what comes later is collected as ever."""

from __future__ import annotations

import subprocess
import sys

_MEASURE = """
import gc, weakref
from host.core.garbage import setting_up

class Node: ...

rounds = []
gc.callbacks.append(lambda phase, info: rounds.append(phase))
try:
    with setting_up():
        kept = [Node() for _ in range(200_000)]
        raise OSError
except OSError:
    pass
assert not rounds, "nothing is collected while it is set up"
assert gc.isenabled()
assert gc.get_freeze_count() >= 200_000
assert len(gc.get_objects()) < 1_000, "a collection has next to nothing to go through"

cycle = Node()
cycle.itself, gone = cycle, weakref.ref(cycle)
del cycle
gc.collect()
assert gone() is None
"""


def test_what_is_set_up_is_never_gone_through_again() -> None:
    done = subprocess.run([sys.executable, "-c", _MEASURE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
