"""The console's WebSockets: the operator's events and the viewers' public state. They only send."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from host.console.auth import same_origin
from host.console.desk import Desk
from host.console.limits import address
from host.console.replies import Refused, to_json
from host.core.control import Event

_POLICY_VIOLATION = 1008
_TRY_LATER = 1013

Take = Callable[[], Awaitable[list[Event]]]


class _Closed(Exception):
    """The other end is gone, or sent what it should not."""


def router(desk: Desk) -> APIRouter:
    """``/api/events`` and ``/api/public/events``."""
    routes = APIRouter(prefix="/api")
    per_address: Counter[str] = Counter()

    @routes.websocket("/events")
    async def events(socket: WebSocket) -> None:
        try:
            desk.auth.operator(socket)
        except Refused as refused:
            await socket.send_denial_response(refused.response())
            return
        await socket.accept()
        if desk.hub.operators >= desk.limits.operator_sockets:
            await socket.close(_TRY_LATER, "too many consoles are open")
            return
        with desk.hub.operator() as mailbox:
            await _send_until_closed(socket, mailbox.take)

    @routes.websocket("/public/events")
    async def public_events(socket: WebSocket) -> None:
        if not same_origin(socket.headers, required=False):
            await socket.send_denial_response(Refused(403, "not from this room's page").response())
            return
        key = address(socket.client.host if socket.client else None)
        await socket.accept()
        full = desk.hub.viewers >= desk.limits.public_sockets
        if full or per_address[key] >= desk.limits.public_sockets_per_address:
            await socket.close(_TRY_LATER, "too many viewers")
            return
        per_address[key] += 1
        try:
            with desk.hub.viewer() as mailbox:
                await _send_until_closed(socket, mailbox.take)
        finally:
            per_address[key] -= 1
            if not per_address[key]:
                del per_address[key]

    return routes


async def _send_until_closed(socket: WebSocket, take: Take) -> None:
    """Send what ``take`` gives until the other end closes. It has nothing to say here: what it sends closes it."""
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_send(socket, take))
            group.create_task(_until_closed(socket))
    except* (_Closed, WebSocketDisconnect):
        pass


async def _send(socket: WebSocket, take: Take) -> None:
    while True:
        for message in await take():
            await socket.send_text(to_json(message))


async def _until_closed(socket: WebSocket) -> None:
    message = await socket.receive()
    if message["type"] != "websocket.disconnect":
        await socket.close(_POLICY_VIOLATION, "this socket takes no messages")
    raise _Closed
