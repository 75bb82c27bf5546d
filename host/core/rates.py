"""Rates with a limit: strangers choose the keys, so the oldest is forgotten."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable


class TokenBuckets:
    """A token bucket for each key: ``burst`` at once, ``per_second`` in the long run.

    At most ``keys`` buckets are kept; the one longest unused is forgotten, which gives that key a full bucket again: an
    attacker with that many keys is not stopped by counting.
    """

    def __init__(self, per_second: float, burst: float, keys: int) -> None:
        self._per_second = per_second
        self._burst = burst
        self._keys = keys
        self._buckets: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, key: Hashable, now: float) -> bool:
        """Take a token of ``key``; False where there is none."""
        tokens, since = self._level(key, now)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, since)
        self._buckets.move_to_end(key)
        while len(self._buckets) > self._keys:
            self._buckets.popitem(last=False)
        return allowed

    def wait(self, key: Hashable, now: float) -> float:
        """Seconds until ``key`` has a token; 0.0 where it has one."""
        return max(0.0, (1.0 - self._level(key, now)[0]) / self._per_second)

    def __len__(self) -> int:
        return len(self._buckets)

    def _level(self, key: Hashable, now: float) -> tuple[float, float]:
        """The tokens of ``key``, and the time they are counted at."""
        tokens, since = self._buckets.get(key, (self._burst, now))
        return min(self._burst, tokens + max(0.0, now - since) * self._per_second), max(now, since)
