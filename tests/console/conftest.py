"""A room and its console, reached in-process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from console_room import ORIGIN, TOKEN, FakeGateway, FakeRoom
from fastapi import FastAPI

from host.console.app import create_app
from host.core.clock import VirtualClock

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f00050001ff"
    "56c72f0d0000000049454e44ae426082"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def clock() -> VirtualClock:
    """Time that passes only where a test moves it (`VirtualClock.jump`)."""
    return VirtualClock()


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway(capacity=3)


@pytest.fixture
def room(clock: VirtualClock, gateway: FakeGateway, tmp_path: Path) -> FakeRoom:
    (tmp_path / "cup.png").write_bytes(PNG)
    (tmp_path / "lamp.svg").write_text(SVG)
    images = {"cup": tmp_path / "cup.png", "lamp": tmp_path / "lamp.svg", "tea": tmp_path / "gone.png"}
    return FakeRoom(clock, viewers=gateway, images=images)


@pytest.fixture
def app(room: FakeRoom, clock: VirtualClock) -> FastAPI:
    return create_app(room, token=TOKEN, metrics=lambda: b"livehost_up 1\n", clock=clock)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A stranger's HTTP client."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as stranger:
        yield stranger


@pytest.fixture
def bearer() -> dict[str, str]:
    return {"Authorization": f"Bearer {TOKEN}"}
