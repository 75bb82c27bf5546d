"""The heap of a process, in one of its own: the setting is for good."""

from __future__ import annotations

import subprocess
import sys

_MEASURE = """
import ctypes, threading
from host.core.heap import share_heap

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.malloc.argtypes = [ctypes.c_size_t]
assert share_heap()

together = threading.Barrier(8)
def allocate():
    together.wait()
    blocks.append(libc.malloc(2000))
    together.wait()

blocks, threads = [], [threading.Thread(target=allocate) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert len({block >> 26 for block in blocks}) == 1, "a thread's own heap begins at a multiple of 64 MiB"
"""


def test_threads_share_one_heap() -> None:
    done = subprocess.run([sys.executable, "-c", _MEASURE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
