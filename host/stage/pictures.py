"""The renderer on a thread of its own, and the pictures it has made."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from host.core.clock import Clock
from host.core.media import Picture
from host.core.ports import Moment, Renderer


class Pictures:
    """Renders one moment at a time. A picture handed out stays as it is until ``keep`` more have been rendered."""

    def __init__(self, renderer: Renderer, clock: Clock, width: int, height: int, keep: int) -> None:
        self._renderer = renderer
        self._clock = clock
        self._ring = [Picture(np.zeros((height * 3 // 2, width), np.uint8)) for _ in range(keep + 1)]
        self._next = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="render")
        self.pending: asyncio.Future[Picture] | None = None
        """The picture begun last."""
        self.seconds = 0.0
        """How long the last picture took."""

    @property
    def busy(self) -> bool:
        """Whether a moment is being rendered."""
        return self.pending is not None and not self.pending.done()

    def render(self, moment: Moment) -> asyncio.Future[Picture]:
        """The picture of a moment, to be. Raises RuntimeError where `busy`."""
        if self.busy:
            raise RuntimeError("the renderer is busy")
        target = self._ring[self._next]
        self._next = (self._next + 1) % len(self._ring)
        self.pending = asyncio.get_running_loop().run_in_executor(self._thread, self._work, moment, target)
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
