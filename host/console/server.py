"""uvicorn inside the room's own event loop: the room keeps its signals, its logging and its exit."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from host.core.errors import LivehostError

Address = tuple[str, int]


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers, telling when it listens. A test checks that both hooks are still called."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._started = started

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._started()


async def serve(
    app: ASGIApp,
    host: str,
    port: int,
    *,
    ready: asyncio.Event | None = None,
    listening: Callable[[Address], None] | None = None,
    exposed: Callable[[str], None] | None = None,
    grace: int = 3,
) -> None:
    """Serve ``app`` until cancelled; then give open requests ``grace`` seconds and close.

    ``listening`` gets the address in use (``port`` 0 takes a free one) and ``ready`` is set once requests are answered.
    ``exposed`` gets a sentence to print where others than this machine can connect. Raises `LivehostError` for an
    address that cannot be used.
    """
    listener = listen(host, port)
    if exposed and not is_loopback(host):
        exposed(
            f"{host} can be reached from other machines: anyone there can watch and comment, and the console's token "
            "travels unencrypted unless a proxy adds TLS"
        )

    def started() -> None:
        if listening:
            address = listener.getsockname()
            listening((address[0], address[1]))
        if ready:
            ready.set()

    config = uvicorn.Config(
        app,
        lifespan="on",
        log_config=None,
        access_log=False,  # these lines, like those at level info, carry query strings, and a token may be in one
        log_level="warning",
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=16 * 1024,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=grace,
    )
    server = _Server(config, started)
    with listener:
        await _run(server, listener)


async def _run(server: _Server, listener: socket.socket) -> None:
    """Cancelled, uvicorn would leave its connections open: it is asked to stop instead, and waited for."""
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(server.serve(sockets=[listener]), name="http server")
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            server.should_exit = True
            await serving
            raise


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises `LivehostError`."""
    if not 0 <= port <= 65535:
        raise LivehostError(f"{port} is not a port", hint="choose one from 1024 to 65535 with --port")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError):
        raise LivehostError(f"{host!r} is not an address of this machine", hint="use --host 127.0.0.1") from None
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise _unusable(host, port, error) from None
    listener.setblocking(False)
    return listener


def _unusable(host: str, port: int, error: OSError) -> LivehostError:
    if error.errno == errno.EADDRINUSE:
        return LivehostError(f"port {port} is in use", hint="choose another with --port")
    if error.errno == errno.EACCES:
        return LivehostError(f"port {port} needs special rights", hint="choose one above 1023 with --port")
    if error.errno == errno.EADDRNOTAVAIL:
        return LivehostError(f"{host} is not an address of this machine", hint="use --host 127.0.0.1")
    return LivehostError(f"cannot listen on {host}:{port}: {error.strerror or error}", hint="see --host and --port")
