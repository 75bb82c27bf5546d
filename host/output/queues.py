"""A viewer's queue of packets: bounded, and when it is full it gives up pictures as far as the next keyframe."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class KeyframeQueue(Generic[T]):
    """Pictures for one viewer. Begins at a keyframe; a full queue is emptied and begins at one again.

    ``want`` is called each time a keyframe is needed to begin with.
    """

    def __init__(self, limit: int, want: Callable[[], None]) -> None:
        self._items: deque[T] = deque()
        self._limit = limit
        self._want = want
        self._waiting = True
        self._begun = False
        self.dropped = 0
        self.early = 0
        """Pictures from before the first keyframe: the viewer was not with us yet."""

    def __len__(self) -> int:
        return len(self._items)

    def put(self, item: T, keyframe: bool) -> None:
        """Add a picture, or count it as dropped."""
        if len(self._items) >= self._limit:
            self.dropped += len(self._items)
            self._items.clear()
            self._waiting = True
            if not keyframe:
                self._want()
        if self._waiting and not keyframe:
            self.dropped += self._begun
            self.early += not self._begun
            return
        self._waiting = False
        self._begun = True
        self._items.append(item)

    def pop(self) -> T | None:
        """The oldest picture, None where there is none."""
        return self._items.popleft() if self._items else None


class DropOldestQueue(Generic[T]):
    """Sound for one viewer: a full queue loses its oldest packet."""

    def __init__(self, limit: int) -> None:
        self._items: deque[T] = deque()
        self._limit = limit
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._items)

    def put(self, item: T, keyframe: bool) -> None:
        """Add a packet; every packet of sound can be begun with."""
        if len(self._items) >= self._limit:
            self._items.popleft()
            self.dropped += 1
        self._items.append(item)

    def pop(self) -> T | None:
        """The oldest packet, None where there is none."""
        return self._items.popleft() if self._items else None
