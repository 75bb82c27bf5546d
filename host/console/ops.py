"""For the machines that watch a room: liveness, readiness, metrics."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from host.console.desk import Desk
from host.console.replies import Json


def router(desk: Desk) -> APIRouter:
    """``/healthz``, ``/readyz`` (open, and therefore without reasons), ``/metrics`` (token)."""
    routes = APIRouter()

    @routes.api_route("/healthz", methods=["GET", "HEAD"])
    async def healthz() -> Response:
        return _status(desk, "live")

    @routes.api_route("/readyz", methods=["GET", "HEAD"])
    async def readyz() -> Response:
        return _status(desk, "ready")

    @routes.get("/metrics")
    async def metrics(request: Request) -> Response:
        desk.auth.operator(request)
        return Response(desk.metrics(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return routes


def _status(desk: Desk, key: str) -> Response:
    health = desk.room.health()
    good = bool(health.get(key))
    return Json({key: good, "degraded": bool(health.get("degraded"))}, 200 if good else 503)
