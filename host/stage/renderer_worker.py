"""The process that holds a renderer. `host.stage.renderer_process` starts it, and it ends when that hangs up.

Run as ``python -m host.stage.renderer_worker DRAW PREPARE PICTURES``, three inherited file descriptors: see
`host.stage.renderer_wire`. It knows renderers by their entry points only.
"""

from __future__ import annotations

import mmap
import os
import pickle
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
import structlog
from numpy.typing import NDArray

from host import logs
from host.core import plugins
from host.core.clock import MonotonicClock
from host.core.errors import InvalidFile, LivehostError
from host.core.garbage import setting_up
from host.core.heap import share_heap
from host.core.ports import Context, Moment, Renderer
from host.core.scene import Scene
from host.stage.renderer_wire import Done, Draw, Drawn, Failed, Opened, Opening, Prepare

_log = structlog.get_logger("livehost.renderer")


class Artist:
    """A renderer at work. Two threads meet in what is prepared: each step on it is one of the interpreter's."""

    def __init__(self, renderer: Renderer, slots: NDArray[np.uint8]) -> None:
        """``slots`` is the shared memory: ``[slots, rows, columns]``."""
        self._renderer = renderer
        self._slots = slots
        self._clock = MonotonicClock()
        self._scene = Scene()
        self._prepared: dict[int, Any] = {}

    def prepare(self, asked: Prepare) -> Done | Failed:
        """Work an utterance out."""
        try:
            self._prepared[asked.number] = self._renderer.prepare(asked.utterance, asked.speech)
        except Exception as error:  # noqa: BLE001 - the room is told, and goes on
            return Failed(told(error))
        return Done()

    def draw(self, asked: Draw) -> Drawn | Failed:
        """Draw a moment into its slot. An utterance that is not prepared has no performance."""
        began = self._clock.now()
        for number in asked.forget:
            self._prepared.pop(number, None)
        if asked.scene is not None:
            self._scene = asked.scene
        performance = None if asked.performance is None else self._prepared.get(asked.performance)
        try:
            moment = Moment(asked.tick, performance, asked.frame, asked.manner, self._scene)
            pixels = self._renderer.render(moment).i420
            if pixels.shape != self._slots.shape[1:]:
                raise ValueError(f"the renderer's picture is {pixels.shape}, this room's are {self._slots.shape[1:]}")
            np.copyto(self._slots[asked.slot], pixels)
        except Exception as error:  # noqa: BLE001 - the room is told, and shows the last picture
            return Failed(told(error))
        return Drawn(self._clock.now() - began)

    def serve_preparing(self, pipe: Connection) -> None:
        """Serve the second socket until the room hangs up."""
        with suppress(EOFError, OSError):
            while True:
                pipe.send(self.prepare(pipe.recv()))

    def serve_drawing(self, pipe: Connection) -> None:
        """Serve the first socket until the room hangs up."""
        with suppress(EOFError, OSError):
            while True:
                pipe.send_bytes(pickle.dumps(self.draw(pipe.recv())))


def open_renderer(opening: Opening, pipe: Connection) -> Renderer | None:
    """Open what the room names, and say so; None where that failed."""
    logs.configure(opening.log_style, opening.log_level)
    context = Context(
        clock=MonotonicClock(),
        room=opening.room,
        folder=opening.folder,
        cache=opening.cache,
        data=opening.data,
        seed=opening.seed,
        env=opening.env,
        progress=pipe.send,
    )
    try:
        with setting_up():
            factory = plugins.load(plugins.RENDERERS, opening.renderer)
            renderer: Renderer = factory(opening.options, context)
        opened = Opened(renderer.name)
    except (BrokenPipeError, ConnectionResetError):  # the room is gone: it could not be told how far the drawing is
        raise
    except InvalidFile as error:
        pipe.send(InvalidFile(error.findings))
    except LivehostError as error:
        found = error.finding
        pipe.send(LivehostError(found.message, hint=found.hint, path=found.path, line=found.line))
    except Exception as error:  # noqa: BLE001 - whatever it is, the room says so
        _log.exception("the renderer could not be opened", renderer=opening.renderer)
        pipe.send(LivehostError(f"renderer {opening.renderer}: {told(error)}"))
    else:
        pipe.send(opened)
        return renderer
    return None


def told(error: Exception) -> str:
    """An error in a line."""
    return f"{type(error).__name__}: {error}"


def main(drawing: int, preparing: int, pictures: int) -> None:
    """Serve until the room hangs up."""
    share_heap()
    pipe = Connection(drawing)
    opening: Opening = pipe.recv()
    renderer = open_renderer(opening, pipe)
    if renderer is None:
        return
    shape = (opening.slots, *opening.shape)
    slots = np.frombuffer(mmap.mmap(pictures, int(np.prod(shape))), np.uint8).reshape(shape)
    artist = Artist(renderer, slots)
    threading.Thread(target=artist.serve_preparing, args=[Connection(preparing)], name="prepare", daemon=True).start()
    artist.serve_drawing(pipe)
    renderer.close()


if __name__ == "__main__":
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the room is gone: nobody is left to tell
        main(*map(int, sys.argv[1:4]))
    sys.stderr.flush()
    os._exit(0)  # nothing is left to be done, and taking modules down would take a tenth of a second
