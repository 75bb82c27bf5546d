"""Rates and memory with a limit: strangers choose the keys, so every map here forgets the oldest."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable


class TokenBuckets:
    """A token bucket for each key: ``burst`` at once, ``per_second`` in the long run.

    At most ``keys`` buckets are kept; the one longest unused is forgotten, which gives that key a full bucket again.
    """

    def __init__(self, per_second: float, burst: float, keys: int) -> None:
        self._per_second = per_second
        self._burst = burst
        self._keys = keys
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, key: Hashable, now: float) -> bool:
        """Take a token of ``key``; False where there is none."""
        tokens, since = self._buckets.pop(key, (self._burst, now))
        tokens = min(self._burst, tokens + max(0.0, now - since) * self._per_second)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, max(now, since))
        while len(self._buckets) > self._keys:
            self._buckets.popitem(last=False)
        return allowed

    def __len__(self) -> int:
        return len(self._buckets)


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
