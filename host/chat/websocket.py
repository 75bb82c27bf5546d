"""A WebSocket inlet for bridging tools: one JSON object a message, one answer for each.

``{"id"?, "user", "text", "source"?, "viewer"?}`` is answered with ``{"comment_id"}``, anything else with ``{"error"}``;
a bad message does not end the connection, one above the size limit does (close code 1009, RFC 6455 section 7.4.1). An
id may not begin with ``page:``: those are of comments that anybody may send (`host.core.comment.PAGE_IDS`).

Closed without a token: the bridge sends ``Authorization: Bearer …``, or ``{"token": "…"}`` as its first message.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from host.chat.inlet import Inlet
from host.core.comment import MAX_ID, MAX_USER, PAGE_IDS, Comment, is_page_id
from host.core.findings import refused
from host.core.options import BackendOptions, takes
from host.core.ports import Context, SourceStatus
from host.core.tokens import SHORTEST_TOKEN, same_token

TOKEN = "LIVEHOST_COMMENTS_TOKEN"
MAX_MESSAGE = 16 * 1024
MAX_CONNECTIONS = 32
TOKEN_WITHIN = 10.0
"""Seconds in which the first message must bring the token, where no header did."""


class SourceOptions(BackendOptions):
    """Where bridges connect to, with which token, and how many comments wait at most."""

    host: str = "127.0.0.1"
    port: int = Field(default=8090, ge=0, le=65535)
    token: str = ""
    queue: int = Field(default=500, ge=1, le=100_000)


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    user: str
    text: str
    id: str = Field(default="", max_length=MAX_ID)
    source: str = Field(default="", max_length=MAX_USER)
    viewer: str = Field(default="", max_length=MAX_ID)
    """The id the source knows the viewer by; nicknames collide and change."""


@takes(SourceOptions, "comments websocket")
def open_source(settings: SourceOptions, context: Context) -> WebSocketComments:
    """The source named ``websocket`` in a room file. Raises `LivehostError` where it has no token."""
    token = settings.token or context.env.get(TOKEN, "")
    if len(token) < SHORTEST_TOKEN:
        raise refused("token_short", least=SHORTEST_TOKEN, variable=TOKEN)
    inlet = Inlet(context.clock, limit=settings.queue, name="websocket")
    return WebSocketComments(settings.host, settings.port, token, inlet)


class WebSocketComments:
    """A comment source that listens for bridges while its comments are read."""

    name = "websocket"

    def __init__(self, host: str, port: int, token: str, inlet: Inlet) -> None:
        self._host = host
        self._port = port
        self._token = token
        self._inlet = inlet
        self._connections = 0
        self.listening = asyncio.Event()
        """Set while the server takes connections."""
        self.address: tuple[str, int] = (host, port)
        """Where it listens; the port is the real one once `listening` is set."""

    def when_full(self, tell: Callable[[Comment], None]) -> None:
        """Have ``tell`` hear at once of each comment that finds the queue full; the bridge hears of it, too."""
        self._inlet.when_full(tell)

    def status(self) -> SourceStatus:
        """What waits to be read, and what was dropped since the start."""
        return self._inlet.status()

    async def comments(self) -> AsyncIterator[Comment]:
        """Listen, and yield what bridges send. Raises OSError where the port is taken."""
        async with serve(
            self._talk, self._host, self._port, max_size=MAX_MESSAGE, max_queue=16, server_header=None
        ) as server:
            socket = next(iter(server.sockets))
            self.address = socket.getsockname()[:2]
            self.listening.set()
            try:
                async for comment in self._inlet.comments():
                    yield comment
            finally:
                self.listening.clear()

    async def _talk(self, connection: ServerConnection) -> None:
        """One bridge, from its token to its end."""
        if self._connections >= MAX_CONNECTIONS:
            await connection.close(1013, "too many bridges")
            return
        self._connections += 1
        try:
            if not await self._admitted(connection):
                await connection.close(1008, "a valid token is needed")
                return
            async for message in connection:
                await connection.send(json.dumps(self._take(message)))
        except ConnectionClosed:
            pass  # a bridge that goes away takes nothing with it
        finally:
            self._connections -= 1

    async def _admitted(self, connection: ServerConnection) -> bool:
        header = connection.request.headers.get("Authorization", "") if connection.request else ""
        if header:
            scheme, _, token = header.partition(" ")
            return scheme.lower() == "bearer" and self._matches(token.strip())
        try:
            async with asyncio.timeout(TOKEN_WITHIN):
                first = _object(await connection.recv())
        except TimeoutError:
            return False
        admitted = first is not None and self._matches(first.get("token"))
        if admitted:
            await connection.send(json.dumps({"ok": True}))
        return admitted

    def _matches(self, token: object) -> bool:
        return isinstance(token, str) and same_token(token, self._token)

    def _take(self, message: str | bytes) -> dict[str, Any]:
        data = _object(message)
        if data is None:
            return {"error": "not a JSON object"}
        try:
            parsed = _Message.model_validate(data)
        except ValidationError as error:
            problem = error.errors()[0]
            return {"error": f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"[:200]}
        if is_page_id(parsed.id):
            return {"error": f"id: ids that begin with {PAGE_IDS} are those of comments sent without a token"}
        comment = self._inlet.make(parsed.user, parsed.text, parsed.id, parsed.source, parsed.viewer)
        if not self._inlet.offer(comment):
            return {"error": "busy: too many comments, try again later", "comment_id": comment.id}
        return {"comment_id": comment.id}


def _object(message: str | bytes) -> dict[str, Any] | None:
    """The JSON object in a message, or None."""
    try:
        data = json.loads(message)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None
