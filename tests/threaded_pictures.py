"""A renderer of a test's own, drawn in this process: the pump's pictures, without the process that a room has."""

from __future__ import annotations

import itertools
from concurrent.futures import Future, ThreadPoolExecutor

from host.core.clock import MonotonicClock
from host.core.media import Picture
from host.core.ports import Moment, Renderer
from host.stage.pictures import pictures_kept


class ThreadedPictures:
    """Meets `host.stage.pictures.Pictures`."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._clock = MonotonicClock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="render")
        self._kept: dict[int, Picture] = {}
        self._slots = itertools.cycle(range(pictures_kept("wait") + 1))
        self._last: Future[Picture] | None = None
        self.seconds = 0.0

    @property
    def busy(self) -> bool:
        return self._last is not None and not self._last.done()

    def draw(self, moment: Moment) -> Future[Picture]:
        self._last = self._thread.submit(self._work, moment, next(self._slots))
        return self._last

    def _work(self, moment: Moment, slot: int) -> Picture:
        began = self._clock.now()
        made = self._renderer.render(moment).i420
        if slot not in self._kept:
            self._kept[slot] = Picture(made.copy())
        self._kept[slot].i420[...] = made
        self.seconds = self._clock.now() - began
        return self._kept[slot]
