"""What a room and the process of its renderer say to each other: pickles, over two sockets that only they hold.

On the first one the room sends `Opening`, and hears shares done (floats) until `Opened` or the `LivehostError` that
says why not. Then it sends `Draw`, as many as it likes ahead; each is answered, in order, by `Drawn` or `Failed`, its
picture by then in the memory that both map. On the second one each `Prepare` is answered by `Done` or `Failed`,
meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from host.core.media import Speech
from host.core.scene import Manner, Scene
from host.core.utterance import Utterance
from host.logs import Style


@dataclass(frozen=True, slots=True)
class Opening:
    """Which renderer to open, and the `Context` it gets, without what cannot go to another process."""

    renderer: str
    options: dict[str, Any]
    room: str
    folder: Path
    cache: Path
    data: Path
    seed: int
    env: dict[str, str]
    shape: tuple[int, int]
    """Of a picture: rows of the buffer, all three planes, and columns."""
    slots: int
    """Pictures that lie in the shared memory, one after the other."""
    log_style: Style
    log_level: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The renderer is open."""

    name: str


@dataclass(frozen=True, slots=True)
class Prepare:
    """Work an utterance out and keep it under a number."""

    number: int
    utterance: Utterance
    speech: Speech


@dataclass(frozen=True, slots=True)
class Done:
    """It is prepared."""


@dataclass(frozen=True, slots=True)
class Draw:
    """A `Moment`, to be drawn into a slot."""

    slot: int
    tick: int
    performance: int | None
    """The number of an utterance."""
    frame: int
    manner: Manner
    scene: Scene | None
    """None where it is still the last one."""
    forget: tuple[int, ...] = ()
    """Utterances that are over."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture is there, and took so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """The renderer raised this; it goes on."""

    error: str
