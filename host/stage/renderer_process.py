"""A renderer in a process of its own, as the room sees it.

Drawing takes about a third of a core, most of it in the interpreter: beside the programme it would take turns with
it. A renderer that dies or hangs takes nothing with it: the last picture stays, and it is started again.
"""

from __future__ import annotations

import itertools
import threading
import weakref
from collections import deque
from concurrent.futures import Future
from contextlib import suppress

import structlog

from host import logs
from host.core import plugins
from host.core.errors import LivehostError
from host.core.media import FPS, HEIGHT, WIDTH, Picture, Speech, shifted
from host.core.ports import Context, Moment, Options
from host.core.utterance import Utterance
from host.stage.renderer_child import DEADLINE, Asked, Prepared, RendererError, RendererGoneError, Worker
from host.stage.renderer_wire import Failed, Opening

PROVEN = 10 * FPS
"""Pictures after which a renderer that dies counts as one that had been well."""
FIRST_REST, LONGEST_REST = 0.5, 30.0
"""Real seconds between a second death and the next start, twice as long each time."""
_FAREWELL = 2.0
"""Real seconds for the picture under way and for leaving."""

_log = structlog.get_logger("livehost.renderer")


class RendererProcess:
    """Opens a renderer in a process of its own, and another when that one is gone; see `host.stage.pictures`.

    The first process is started at once, so that it can open while other things do; `ready` waits for it. From then
    on a thread owns it: waits for its answers, and for its end. Moments wait while it is started again.
    """

    def __init__(self, renderer: str, options: Options, context: Context, *, keep: int, behind: float = 0.0) -> None:
        """Raises `LivehostError` where no renderer has that name.

        A picture stays as it is until ``keep`` more have been asked for. What is seen of an utterance is ``behind``
        seconds later than what is heard of it: the renderer is given the speech so much later, so that the sound stays
        on its ticks, and a part of one can be made up for with any renderer.
        """
        plugins.find(plugins.RENDERERS, renderer)
        style, level = logs.in_force()
        self._opening = Opening(
            renderer=renderer,
            options=dict(options),
            room=context.room,
            folder=context.folder,
            cache=context.cache,
            data=context.data,
            seed=context.seed,
            env=dict(context.env),
            shape=(HEIGHT * 3 // 2, WIDTH),
            slots=keep + 1,
            log_style=style,
            log_level=level,
        )
        self._behind = behind
        self._progress = context.progress
        self._numbers, self._slots = itertools.count(), itertools.cycle(range(keep + 1))
        self._turn = threading.Lock()
        """Held by whoever touches what follows."""
        self._alive: weakref.WeakValueDictionary[int, Prepared] = weakref.WeakValueDictionary()
        self._asked: deque[Asked] = deque()
        self._resting = ""
        self._closing = threading.Event()
        self._owner = threading.Thread(target=self._serve, name="renderer", daemon=True)
        self._worker: Worker | None = Worker(self._opening)
        self.name = renderer
        self.starts = 1
        """Processes there have been."""
        self.seconds = 0.0

    @property
    def busy(self) -> bool:
        """Whether a moment is being drawn, or waits for it."""
        return bool(self._asked)

    @property
    def pid(self) -> int | None:
        """The process that draws, if one does."""
        worker = self._worker
        return worker.pid if worker else None

    def ready(self) -> None:
        """Wait until it is open. Call once. Raises `LivehostError` for what a user can mend."""
        assert self._worker is not None
        try:
            opened = self._worker.open(self._progress)
        except RendererGoneError as error:
            raise LivehostError(f"renderer {self.name}: {error}") from error
        self.name = opened.name
        self._owner.start()

    def prepare(self, utterance: Utterance, speech: Speech) -> Prepared:
        """Have an utterance worked out ahead of time; for any thread. What is returned is a moment's performance.

        Raises `RendererError` where the renderer raises. A process that is gone is told of it later.
        """
        prepared = Prepared(next(self._numbers), utterance, shifted(speech, self._behind))
        with self._turn:
            self._alive[prepared.number] = prepared
            worker = self._worker
        if worker is not None:
            with suppress(RendererGoneError):
                worker.prepare(prepared)
        return prepared

    def draw(self, moment: Moment) -> Future[Picture]:
        """The picture of a moment, to be; it fails with `RendererError`."""
        asked = Asked(moment, next(self._slots), Future())
        asked.picture.set_running_or_notify_cancel()  # nobody can take it back
        with self._turn:
            if self._resting or self._closing.is_set():
                asked.picture.set_exception(RendererError(self._resting or "the renderer is closed"))
            else:
                self._asked.append(asked)
                if self._worker is not None:
                    self._ask(self._worker, asked)
        return asked.picture

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._closing.set()
            worker = self._worker
        if worker is not None:
            worker.drawing.hang_up()
        if self._owner.ident is not None:
            self._owner.join(3 * _FAREWELL)
        elif worker is not None:
            worker.end(_FAREWELL)
            self._worker = None

    # --- the owner's thread ----------------------------------------------------------------------------------------

    def _serve(self) -> None:
        rest = 0.0
        worker = self._worker
        while worker is not None:
            why = self._answers(worker)
            with self._turn:
                self._worker = None
                if self._asked:  # perhaps it died of this one: the others are asked for again
                    self._asked.popleft().picture.set_exception(RendererError(why))
            worker.end(_FAREWELL if self._closing.is_set() else 0.0)
            if worker.drawn >= PROVEN:
                rest = 0.0
            worker = None
            while worker is None and not self._closing.is_set():
                self._rest(rest, self._resting or why)
                rest = min(LONGEST_REST, 2 * rest) or FIRST_REST
                worker = self._restarted()
        self._give_up("the renderer is closed")

    def _answers(self, worker: Worker) -> str:
        """Take its answers until it is gone; why it is."""
        try:
            while True:
                while not self._asked and not worker.drawing.poll(1.0):
                    pass
                reply = worker.answer(DEADLINE)
                with self._turn:
                    asked = self._asked.popleft()
                if isinstance(reply, Failed):
                    asked.picture.set_exception(RendererError(reply.error))
                else:
                    self.seconds = reply.seconds
                    asked.picture.set_result(worker.picture(asked.slot))
        except (RendererGoneError, OSError) as error:
            return str(error)

    def _rest(self, seconds: float, why: str) -> None:
        """Leave it alone for a while; moments asked for meanwhile have no picture."""
        if seconds and not self._closing.is_set():
            self._give_up(why)
            self._closing.wait(seconds)
            self._resting = ""

    def _give_up(self, why: str) -> None:
        with self._turn:
            self._resting = why
            for asked in self._asked:
                asked.picture.set_exception(RendererError(why))
            self._asked.clear()

    def _restarted(self) -> Worker | None:
        """The next process, told of all that is prepared; None where it does not come up, or nobody wants it."""
        if self._closing.is_set():
            return None
        self.starts += 1
        _log.warning("the renderer's process is started again", renderer=self.name, starts=self.starts)
        try:
            worker = Worker(self._opening)
        except OSError as error:  # no memory, or too many processes: that may pass
            self._give_up(f"the renderer's process cannot be started: {error}")
            return None
        try:
            worker.open(self._progress)
            self._tell(worker)
            with self._turn:
                if self._closing.is_set():
                    raise RendererError("the renderer is closed")
                self._worker = worker
                for asked in self._asked:
                    self._ask(worker, asked)
            self._tell(worker)  # what was prepared while there was no process to tell
        except (RendererError, LivehostError) as error:
            worker.end()
            with self._turn:
                self._worker = None
            self._give_up(str(error))
            return None
        return worker

    def _tell(self, worker: Worker) -> None:
        with self._turn:
            untold = [prepared for number, prepared in self._alive.items() if number not in worker.known]
        for prepared in untold:
            try:
                worker.prepare(prepared)
            except RendererGoneError:
                raise
            except RendererError as error:
                _log.warning("an utterance could not be prepared", error=str(error))

    def _ask(self, worker: Worker, asked: Asked) -> None:
        worker.ask(asked, tuple(number for number in tuple(worker.known) if number not in self._alive))
