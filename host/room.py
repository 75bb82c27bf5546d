"""A room on air: the programme on the machine's clock, its viewers, its console, and an orderly end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

import structlog

from host.config import Backend, RoomFile
from host.console.app import create_app
from host.console.connections import Connections
from host.console.exposition import exposition
from host.console.server import Address, listen, serve
from host.core import journal_events as kinds
from host.core import plugins
from host.core.control import Event
from host.core.errors import LivehostError
from host.core.figures import figures
from host.core.garbage import setting_up
from host.core.ports import CommentSource, Context, Output
from host.core.supervise import keep_running
from host.journal import Journal
from host.programme.desk import RoomDesk
from host.programme.parts import open_outputs, open_parts
from host.programme.programme import Programme
from host.stage.encoder import Encoder, EncoderSettings
from host.stage.renderer_process import RendererProcess

LONGEST_FAREWELL = 20.0
"""Seconds a room may take to finish its sentence after SIGTERM."""

_log = structlog.get_logger("livehost.room")


@dataclass(frozen=True)
class Station:
    """Where and how a room is put on air."""

    host: str = "127.0.0.1"
    port: int = 8080
    token: str = ""
    """Opens the console."""
    record: bool = False
    webhook_secret: str = ""
    """Signs the changes of facts that another system sends; empty: none are taken."""


class Room:
    """A live room, composed and ready to run."""

    def __init__(self, room: RoomFile, station: Station, context: Context, renderer: RendererProcess) -> None:
        """Open everything; ``renderer`` has been started, and is the room's from now on.

        Raises `LivehostError` or `InvalidFile` for what a user can mend.
        """
        config = room.config
        self.clock = context.clock
        self.station = station
        with ExitStack() as undone:
            undone.callback(renderer.close)
            listen(station.host, station.port).close()  # a busy port is said before the long work, not after
            self.journal = Journal.in_folder(context.data, config.name, self.clock)
            outputs = self._outputs(room, context)
            sources: list[CommentSource] = [
                plugins.load(plugins.COMMENTS, spec.name)(spec.options, context) for spec in config.comments
            ]
            parts = open_parts(room, context, renderer=renderer, outputs=outputs, sources=sources)
            settings = EncoderSettings(
                bitrate=config.video.bitrate, preset=config.video.preset, keyframe_every=config.video.keyframe_every
            )
            encoder = Encoder(settings, {output.audio for output in outputs})
            self.programme = Programme(
                config, parts, clock=self.clock, journal=self.journal, encoder=encoder, when_full="drop"
            )
            renderer.ready()
            undone.pop_all()
        self.desk = RoomDesk(self.programme)
        self.programme.watchers.append(self.desk.note)
        self.programme.watchers.append(_log_event)

    def _outputs(self, room: RoomFile, context: Context) -> list[Output]:
        specs = list(room.config.outputs)
        if self.station.record and all(spec.name != "recorder" for spec in specs):
            specs.append(Backend(name="recorder"))
        defaults = {"whep": {"viewers": room.config.limits.viewers, "host": self.station.host}}
        return open_outputs(
            [spec.model_copy(update={"options": {**defaults.get(spec.name, {}), **spec.options}}) for spec in specs],
            context,
        )

    async def run(self, listening: Callable[[Address], None], warn: Callable[[str], None]) -> None:
        """Be on air until SIGTERM or SIGINT; a second one leaves at once. Raises `LivehostError` for a busy port."""
        connections = Connections()
        metrics = exposition(lambda: [*self.desk.figures(), *figures(connections.status())])
        with setting_up():
            app = create_app(
                self.desk,
                token=self.station.token,
                metrics=metrics,
                clock=self.clock,
                webhook_secret=self.station.webhook_secret,
            )
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.TaskGroup() as group:
                console = group.create_task(
                    serve(
                        app,
                        self.station.host,
                        self.station.port,
                        listening=listening,
                        exposed=warn,
                        connections=connections,
                    )
                )
                programme = group.create_task(self.programme.run())
                behind = [
                    group.create_task(keep_running(name, work, self.clock, self.programme.fault))
                    for name, work in (
                        ("scripts", self.programme.watch_scripts),
                        ("feed", self.programme.read_feeds),
                        ("vetting", self.programme.vet_scripts),
                        ("saying ahead", self.programme.say_ahead),
                    )
                ]
                for number in (signal.SIGTERM, signal.SIGINT):
                    loop.add_signal_handler(number, self._leave, programme, number)
                await asyncio.wait((programme, console), return_when=asyncio.FIRST_COMPLETED)
                for task in (console, programme, *behind):
                    task.cancel()
        except* LivehostError as errors:
            raise errors.exceptions[0] from None
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)
            await self.programme.close()
            self.journal.close()

    def _leave(self, programme: asyncio.Task[None], number: int) -> None:
        if self.programme.stopping:
            programme.cancel()
            return
        _log.info("leaving after this sentence; once more leaves at once", signal=signal.Signals(number).name)
        self.programme.stop()
        asyncio.get_running_loop().call_later(LONGEST_FAREWELL, programme.cancel)


_LOGGED = {
    kinds.ROOM_STARTED: ("room", "resumed"),
    kinds.ROOM_STOPPED: ("reason",),
    kinds.SPEAKING: ("utterance_kind", "text"),
    kinds.COMMENT: ("user", "text"),
    kinds.VERDICT: ("comment", "fate", "reason"),
    kinds.OPERATOR: ("operator", "command", "text", "product", "link", "comment_id"),
    kinds.NOT_DONE: ("operator", "command", "text", "product", "link", "comment_id", "reason"),
    kinds.RELOADED: ("findings",),
    kinds.REFUSAL: ("utterance_kind", "text", "reason"),
    kinds.FAULT: ("where", "message", "retry_in"),
    kinds.DEGRADED: ("reasons",),
}
"""What the log says of an event; the journal has it whole."""
_WARNINGS = (kinds.FAULT, kinds.REFUSAL, kinds.DEGRADED)


def _log_event(event: Event) -> None:
    kind = event["kind"]
    if kind in _LOGGED:
        fields = {key: event[key] for key in _LOGGED[kind] if key in event}
        (_log.warning if kind in _WARNINGS else _log.info)(kind, **fields)
