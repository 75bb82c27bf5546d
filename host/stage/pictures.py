"""Where the pump gets its pictures."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Literal, Protocol

from host.core.media import Picture
from host.core.ports import Moment

WhenFull = Literal["drop", "wait"]
"""What a pump does when a picture is late: see `host.stage.pump`."""

DEPTH = 16
"""Pictures that may be on their way under ``wait``: enough that no thread waits for another's hiccup."""
BACKLOG = 2
"""Pictures in the encoder at once under ``drop``, before one is left out: a hiccup of the machine costs none."""


def pictures_kept(when_full: WhenFull) -> int:
    """How many pictures may be asked for before one that was handed out may change."""
    return (DEPTH if when_full == "wait" else BACKLOG) + 2


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
        asked for: see `pictures_kept`.
        """
        ...
