"""Everything that leans on how uvicorn and asyncio work inside. Tests check that each hook is still called.

uvicorn bounds neither connections nor the time a request's head may take, and stops its keep-alive timer at the first
byte: a few hundred connections that say nothing would take the room off air.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState

from host.console.connections import Connections

BACKLOG = 64
"""Connections that wait to be accepted, and the most that asyncio accepts before it does anything else."""
KEEP_ALIVE = 5
"""Seconds without a byte after a reply."""
_OUT_OF = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


class GuardedConfig(uvicorn.Config):
    """uvicorn as the room runs it, with ``connections`` at the door."""

    def __init__(self, app: ASGIApp, connections: Connections, grace: int) -> None:
        self.connections = connections
        super().__init__(
            app,
            http=GuardedHttp,
            ws=GuardedWebSocket,
            lifespan="on",
            log_config=None,
            access_log=False,  # these lines, like those at level info, carry query strings, and a token may be in one
            log_level="error",  # warnings are a stranger's to cause, one for each malformed request
            server_header=False,
            ws_max_size=16 * 1024,
            ws_per_message_deflate=False,
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=grace,
            backlog=BACKLOG,
        )


class Server(uvicorn.Server):
    """uvicorn without its signal handlers, telling when it listens."""

    def __init__(self, config: GuardedConfig, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._started = started

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._started()


class Stall:
    """Cuts a connection whose client takes nothing of what waits for it: closing it would wait for the client."""

    def __init__(self, connections: Connections, loop: asyncio.AbstractEventLoop) -> None:
        self._connections = connections
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None

    def start(self, transport: asyncio.Transport) -> None:
        """Look whether less waits than now, again and again until nothing does."""
        self.stop()
        waiting = transport.get_write_buffer_size()
        if waiting:
            seconds = self._connections.limits.stall_seconds
            self._timer = self._loop.call_later(seconds, self._look, transport, waiting)

    def stop(self) -> None:
        """Stop looking."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self, transport: asyncio.Transport, before: int) -> None:
        if transport.get_write_buffer_size() >= before:
            self._connections.stalled += 1
            transport.abort()
        else:
            self.start(transport)


class GuardedHttp(H11Protocol):
    """An HTTP connection that is closed at once where there are too many, and after a while without a request."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._connections = _connections_of(config)
        self._entered = False
        self._silence: asyncio.TimerHandle | None = None
        self._stall = Stall(self._connections, self.loop)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._entered = self._connections.enter(_host(transport))
        if not self._entered:
            transport.abort()
            return
        super().connection_made(transport)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._entered:
            self._unwatch()
            self._stall.stop()
            self._connections.leave(_host(self.transport))
            super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()
        self._stall.start(self.transport)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stall.start(self.transport)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stall.stop()

    def _watch(self) -> None:
        """Run the timer whenever no request is being answered: bytes do not stop it, only a whole head does."""
        answering = self.cycle is not None and not self.cycle.response_complete
        upgraded = self.transport.get_protocol() is not self
        if answering or upgraded or self.transport.is_closing():
            self._unwatch()
        elif self._silence is None:
            self._silence = self.loop.call_later(self._connections.limits.idle_seconds, self._fell_silent)

    def _unwatch(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None

    def _fell_silent(self) -> None:
        self._silence = None
        self._connections.silent += 1
        self.transport.close()


class GuardedWebSocket(WebSocketsSansIOProtocol):
    """The second half of a connection that began as a `GuardedHttp`: it alone hears of its end, and counts it out."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._stall = Stall(_connections_of(self.config), self.loop)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stall.stop()
        _connections_of(self.config).leave(_host(self.transport))
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stall.start(self.transport)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stall.stop()

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self._stall.start(self.transport)


class Listener(socket.socket):
    """A listening socket on which a process without free descriptors fails once, not `BACKLOG` times, a second.

    asyncio goes on accepting after such a failure, logs each with a traceback, and for each begins to listen anew a
    second later: they multiply. What looks like an empty queue ends its round.
    """

    _failed = False

    def accept(self) -> tuple[socket.socket, Any]:
        if self._failed:
            self._failed = False
            raise BlockingIOError(errno.EAGAIN, "no descriptor was free a moment ago")
        try:
            return super().accept()
        except OSError as error:
            self._failed = error.errno in _OUT_OF
            raise


def _connections_of(config: Config) -> Connections:
    assert isinstance(config, GuardedConfig)
    return config.connections


def _host(transport: asyncio.BaseTransport) -> str | None:
    peer = transport.get_extra_info("peername")
    return str(peer[0]) if peer else None
