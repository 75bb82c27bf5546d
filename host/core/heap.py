"""The C library's heap, set for a process that runs for weeks.

The GNU allocator gives threads heaps of their own. A room draws, encodes and speaks on several threads, and what one
allocates another frees: its memory would spread over half-empty heaps for hours. See mallopt(3).
"""

from __future__ import annotations

import ctypes

_M_ARENA_MAX = -8


def share_heap() -> bool:
    """Have all threads of this process share one heap; call it before they start. False where the C library has no
    such setting.

    Threads rarely meet there: small blocks come from caches of their own, and Python's are Python's.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and mallopt(_M_ARENA_MAX, 1) == 1
