"""uvicorn inside the room's own event loop: the room keeps its signals, its logging and its exit."""

from __future__ import annotations

import asyncio
import errno
import resource
import socket
from collections.abc import Callable

from starlette.types import ASGIApp

from host.console.connections import Connections
from host.console.hooks import GuardedConfig, Listener, Server
from host.core.addresses import is_loopback
from host.core.errors import LivehostError

Address = tuple[str, int]


_MOST_OPEN_FILES = 65_536


async def serve(
    app: ASGIApp,
    host: str,
    port: int,
    *,
    ready: asyncio.Event | None = None,
    listening: Callable[[Address], None] | None = None,
    exposed: Callable[[str], None] | None = None,
    grace: int = 3,
    connections: Connections | None = None,
) -> None:
    """Serve ``app`` until cancelled; then give open requests ``grace`` seconds and close.

    ``listening`` gets the address in use (``port`` 0 takes a free one) and ``ready`` is set once requests are answered.
    ``exposed`` gets a sentence to print where others than this machine can connect. ``connections`` bounds and counts
    the clients; the process's soft limit of open files is raised to the hard one for their sake. Raises
    `LivehostError` for an address that cannot be used.
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

    connections = connections or Connections()
    connections.fit(raise_open_files())
    server = Server(GuardedConfig(app, connections, grace), started)
    with listener:
        await _run(server, listener)


async def _run(server: Server, listener: socket.socket) -> None:
    """Cancelled, uvicorn would leave its connections open: it is asked to stop instead, and waited for."""
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(server.serve(sockets=[listener]), name="http server")
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            server.should_exit = True
            await serving
            raise


def raise_open_files(most: int = _MOST_OPEN_FILES) -> int:
    """Raise the soft limit of open files to the hard one, at most to ``most``; returns the limit in force.

    Systems start processes with 256 to 1024, a default from the days of ``select``, and leave it to them to ask for
    more. Where that is not allowed the limit stays as it is.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return most
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    if soft >= wanted:
        return soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (ValueError, OSError):
        return soft
    return wanted


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
    listener = Listener(family, kind, protocol)
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
