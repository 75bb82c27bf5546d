"""The renderer on a thread of its own, and the pictures it has made."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from host.core.clock import Clock
from host.core.media import Picture
from host.core.ports import Moment, Renderer


class Pictures:
    """Renders moments in turn. A picture handed out stays as it is until ``keep`` more have been asked for."""

    def __init__(self, renderer: Renderer, clock: Clock, width: int, height: int, keep: int) -> None:
        self._renderer = renderer
        self._clock = clock
        self._ring = [Picture(np.zeros((height * 3 // 2, width), np.uint8)) for _ in range(keep + 1)]
        self._next = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="render")
        self.pending: Future[Picture] | None = None
        """The picture asked for last."""
        self.seconds = 0.0
        """How long the last picture took."""

    @property
    def busy(self) -> bool:
        """Whether a moment is being rendered, or waits for it."""
        return self.pending is not None and not self.pending.done()

    def render(self, moment: Moment) -> Future[Picture]:
        """The picture of a moment, to be, after those asked for before. Done on a thread: see `asyncio.wrap_future`."""
        target = self._ring[self._next]
        self._next = (self._next + 1) % len(self._ring)
        self.pending = self._thread.submit(self._work, moment, target)
        return self.pending

    def close(self) -> None:
        """Let the thread end after what it is doing. The renderer itself belongs to whoever opened it."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _work(self, moment: Moment, target: Picture) -> Picture:
        began = self._clock.now()
        made = self._renderer.render(moment).i420
        if made.shape != target.i420.shape:
            raise ValueError(f"the renderer's picture is {made.shape}, this room's are {target.i420.shape}")
        np.copyto(target.i420, made)
        self.seconds = self._clock.now() - began
        return target
