"""Where the pump gets its pictures."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Protocol

from host.core.media import Picture
from host.core.ports import Moment


class Pictures(Protocol):
    """Draws moments in turn, beside the programme."""

    @property
    def busy(self) -> bool:
        """Whether a moment is being drawn, or waits for it."""
        ...

    @property
    def seconds(self) -> float:
        """How long the last picture took."""
        ...

    def draw(self, moment: Moment) -> Future[Picture]:
        """The picture of a moment, to be, after those asked for before.

        It is done on another thread: see `asyncio.wrap_future`. The picture stays as it is until some more have been
        asked for: see `host.stage.pump.pictures_kept`.
        """
        ...
