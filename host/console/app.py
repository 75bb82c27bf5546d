"""The console as an ASGI application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI

from host.console import api, facts_api, ops, pages, replies, sockets, viewers
from host.console.auth import Auth
from host.console.desk import Desk
from host.console.hub import Hub
from host.console.limits import Buckets, Limits
from host.console.visitors import Visitors
from host.console.webhook import Webhook
from host.core.clock import Clock
from host.core.control import RoomControl


def create_app(
    room: RoomControl,
    *,
    token: str,
    metrics: Callable[[], bytes],
    clock: Clock,
    limits: Limits | None = None,
    webhook_secret: str = "",
) -> FastAPI:
    """Viewer page, operator page, WHEP and API of one room.

    ``token`` opens the operator's side; ``metrics`` renders the Prometheus text; with the ``webhook_secret`` another
    system signs what it sends, without one nothing is taken from it. Raises `LivehostError` for a token or a secret too
    short to be one. The application's lifespan owns the task that feeds the sockets.
    """
    limits = limits or Limits()
    desk = Desk(
        room=room,
        auth=Auth(token, room.name, clock, limits.failed_logins),
        visitors=Visitors(token, room.name),
        hub=Hub(room, clock),
        limits=limits,
        comments=Buckets(limits.comments, clock),
        viewers=Buckets(limits.viewers, clock),
        webhook=Webhook(webhook_secret, clock, Buckets(limits.failed_logins, clock)),
        metrics=metrics,
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as group:
            feeding = group.create_task(desk.hub.run(), name="console hub")
            yield
            feeding.cancel()

    # The generated documentation pages load their script from a CDN: left out.
    app = FastAPI(title="livehost", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    replies.install(app)
    for part in (pages, viewers, api, facts_api, sockets, ops):
        app.include_router(part.router(desk))
    app.mount("/static", pages.Assets(directory=pages.STATIC), name="static")
    return app
