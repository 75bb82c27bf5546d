"""uvicorn inside our own loop, and the WebSockets over a real socket."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from console_room import TOKEN, FakeRoom
from fastapi import FastAPI
from polling import until
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from host.console.app import create_app
from host.console.limits import Limits
from host.console.server import serve
from host.core.addresses import is_loopback
from host.core.clock import MonotonicClock
from host.core.errors import LivehostError

BEARER = {"Authorization": f"Bearer {TOKEN}"}


@asynccontextmanager
async def served(app: FastAPI, port: int = 0) -> AsyncIterator[str]:
    """The application on a port of its own; its ``host:port``."""
    ready, addresses = asyncio.Event(), []
    task = asyncio.create_task(serve(app, "127.0.0.1", port, ready=ready, listening=addresses.append, grace=1))
    try:
        async with asyncio.timeout(10):
            await ready.wait()
        yield f"127.0.0.1:{addresses[0][1]}"
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


def make(room: FakeRoom | None = None, limits: Limits | None = None) -> tuple[FakeRoom, FastAPI]:
    clock = MonotonicClock()
    room = room or FakeRoom(clock)
    return room, create_app(room, token=TOKEN, metrics=bytes, clock=clock, limits=limits)


async def next_of(reader: ClientConnection, kind: str) -> dict[str, Any]:
    async with asyncio.timeout(10):
        while True:
            message: dict[str, Any] = json.loads(await reader.recv())
            if message["kind"] == kind:
                return message


class TestServe:
    async def test_signals_stay_ours_and_a_port_can_be_used_again(self) -> None:
        before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
        _, app = make()
        async with served(app) as place, httpx.AsyncClient() as client:
            assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before
            reply = await client.get(f"http://{place}/healthz")
            assert reply.status_code == 200
            assert "server" not in reply.headers
        async with served(make()[1], int(place.split(":")[1])) as again:
            assert again == place

    async def test_busy_port(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            with pytest.raises(LivehostError, match=f"port {port} is in use") as caught:
                await serve(make()[1], "127.0.0.1", port)
        assert caught.value.finding.hint == "choose another with --port"

    @pytest.mark.parametrize(
        ("host", "port", "message"),
        [
            ("no.such.host.invalid", 8080, "is not an address of this machine"),
            ("192.0.2.7", 8080, "is not an address of this machine"),
            ("127.0.0.1", 70000, "is not a port"),
            ("a" * 300, 8080, "is not an address of this machine"),
        ],
    )
    async def test_unusable_address(self, host: str, port: int, message: str) -> None:
        with pytest.raises(LivehostError, match=message):
            await serve(make()[1], host, port)

    @pytest.mark.parametrize(
        ("host", "expected"),
        [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False),
         ("::", False), ("192.168.1.5", False), ("live.example.com", False)],
    )  # fmt: skip
    def test_is_loopback(self, host: str, expected: bool) -> None:
        assert is_loopback(host) is expected

    @pytest.mark.parametrize(("host", "warned"), [("0.0.0.0", True), ("127.0.0.1", False)])
    async def test_warns_beyond_loopback(self, host: str, warned: bool) -> None:
        warnings: list[str] = []
        ready = asyncio.Event()
        task = asyncio.create_task(serve(make()[1], host, 0, ready=ready, exposed=warnings.append, grace=1))
        await ready.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert bool(warnings) is warned

    async def test_a_body_that_stops_half_way_holds_nobody_up(self) -> None:
        _, app = make()
        async with served(app) as place:
            host, _, port = place.partition(":")
            _, writer = await asyncio.open_connection(host, int(port))
            writer.write(b"POST /api/comments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                         b"Content-Length: 50\r\n\r\n{")  # fmt: skip
            await writer.drain()
            async with httpx.AsyncClient() as client:
                assert (await client.get(f"http://{place}/healthz")).status_code == 200
            writer.close()
            await writer.wait_closed()


class TestOperatorSocket:
    async def test_state_then_events(self) -> None:
        room, app = make()
        async with served(app) as place, connect(f"ws://{place}/api/events", additional_headers=BEARER) as operator:
            first = json.loads(await operator.recv())
            assert first["kind"] == "state"
            assert first["state"]["room"] == "demo-zh"
            room.comment("小鱼", "多少钱？", "c-1")
            assert (await next_of(operator, "verdict"))["comment"] == "c-1"
            assert (await next_of(operator, "state"))["state"]["comments"][0]["id"] == "c-1"

    @pytest.mark.parametrize(
        ("headers", "status"),
        [({}, 401), ({"Authorization": "Bearer no"}, 401), ({"Cookie": "livehost-demo-zh=x"}, 401)],
    )
    async def test_closed(self, headers: dict[str, str], status: int) -> None:
        _, app = make()
        async with served(app) as place:
            with pytest.raises(InvalidStatus) as caught:
                await connect(f"ws://{place}/api/events?token={TOKEN}", additional_headers=headers)
        assert caught.value.response.status_code == status

    async def test_session_from_our_own_page_only(self) -> None:
        _, app = make()
        async with served(app) as place, httpx.AsyncClient() as client:
            reply = await client.post(f"http://{place}/api/login", json={"token": TOKEN})
            headers = {"Cookie": reply.headers["set-cookie"].split(";")[0]}
            for origin in (None, "http://evil.example", f"http://{place}0"):
                with pytest.raises(InvalidStatus) as caught:
                    await connect(f"ws://{place}/api/events", additional_headers=headers, origin=origin)
                assert caught.value.response.status_code == 403
            async with connect(
                f"ws://{place}/api/events", additional_headers=headers, origin=f"http://{place}"
            ) as operator:
                assert json.loads(await operator.recv())["kind"] == "state"

    async def test_reader_that_never_reads_costs_a_mailbox(self) -> None:
        room, app = make()
        async with served(app) as place:
            slow = await connect(f"ws://{place}/api/events", additional_headers=BEARER, max_queue=1, close_timeout=0.2)
            async with connect(f"ws://{place}/api/events", additional_headers=BEARER) as quick:
                await next_of(quick, "state")
                for _ in range(60):
                    for number in range(50):
                        room.emit("fault", where="x" * 10_000, message=str(number), retry_in=1)
                    while (await next_of(quick, "fault"))["message"] != "49":
                        pass
                room.watching = 7
                async with asyncio.timeout(10):
                    while (await next_of(quick, "state"))["state"]["viewers"] != 7:
                        pass
            assert await next_of(slow, "lost")
            await slow.close()

    async def test_half_a_surrogate_pair_does_not_break_the_room(self) -> None:
        room, app = make()
        async with served(app) as place, connect(f"ws://{place}/api/events", additional_headers=BEARER) as operator:
            await next_of(operator, "state")
            room.add_comment("c-1", "u", "bad \ud83d text")
            assert (await next_of(operator, "comment"))["text"] == "bad ? text"


class TestPublicSocket:
    async def test_state_then_patches(self) -> None:
        room, app = make()
        async with served(app) as place, connect(f"ws://{place}/api/public/events") as viewer:
            assert (await next_of(viewer, "state"))["state"]["title"] == "好物直播间"
            room.watching = 5
            assert (await next_of(viewer, "patch"))["state"]["viewers"] == 5

    async def test_foreign_page(self) -> None:
        _, app = make()
        async with served(app) as place:
            with pytest.raises(InvalidStatus) as caught:
                await connect(f"ws://{place}/api/public/events", origin="http://evil.example")
        assert caught.value.response.status_code == 403

    async def test_what_it_sends_closes_it(self) -> None:
        _, app = make()
        async with served(app) as place, connect(f"ws://{place}/api/public/events") as viewer:
            await next_of(viewer, "state")
            await viewer.send("hello")
            with pytest.raises(ConnectionClosed) as caught:
                await next_of(viewer, "nothing")
        assert caught.value.rcvd is not None
        assert caught.value.rcvd.code == 1008

    async def test_bounded_per_address(self) -> None:
        _, app = make(limits=Limits(public_sockets_per_address=2))
        async with served(app) as place:
            address = f"ws://{place}/api/public/events"
            async with connect(address) as one, connect(address) as two:
                await next_of(one, "state")
                await next_of(two, "state")
                async with connect(address) as three:
                    with pytest.raises(ConnectionClosed) as caught:
                        await three.recv()
                assert caught.value.rcvd is not None
                assert caught.value.rcvd.code == 1013
            async with connect(address) as again:
                await next_of(again, "state")

    async def test_room_whose_state_fails_for_a_while(self) -> None:
        room, app = make()
        async with served(app) as place, connect(f"ws://{place}/api/public/events") as viewer:
            await next_of(viewer, "state")
            state, failing, failed = room.state, True, 0

            def sometimes() -> dict[str, Any]:
                nonlocal failed
                if failing:
                    failed += 1
                    raise RuntimeError("state is being rebuilt")
                return state()

            room.state = sometimes  # type: ignore[method-assign]
            await until(lambda: failed > 0)
            failing = False
            room.watching = 9
            assert (await next_of(viewer, "patch"))["state"]["viewers"] == 9
