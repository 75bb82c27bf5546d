"""Memory with a limit: strangers choose the keys, so the oldest is forgotten."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable


class Seen:
    """Keys seen in the last ``seconds``, at most ``keys`` of them."""

    def __init__(self, seconds: float, keys: int) -> None:
        self._seconds = seconds
        self._keys = keys
        self._at: OrderedDict[Hashable, float] = OrderedDict()

    def __contains__(self, key: Hashable) -> bool:
        """Whether ``key`` is remembered, whenever it was seen."""
        return key in self._at

    def again(self, key: Hashable, now: float) -> bool:
        """Whether ``key`` was seen lately; it counts as seen from now on."""
        last = self._at.pop(key, None)
        self._at[key] = now
        while len(self._at) > self._keys:
            self._at.popitem(last=False)
        return last is not None and now - last < self._seconds

    def __len__(self) -> int:
        return len(self._at)
