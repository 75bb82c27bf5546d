"""Strangers who open connections and say nothing, or half of something, over real sockets."""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import resource
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx
import pytest
import structlog
import uvicorn
from console_room import TOKEN, FakeGateway, FakeRoom
from hypothesis import given
from hypothesis import strategies as st
from polling import until
from starlette.responses import Response
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.asyncio.client import connect

from host.console import connections as connections_module
from host.console import hooks
from host.console.app import create_app
from host.console.connections import ConnectionLimits, Connections
from host.console.limits import Limits
from host.console.server import raise_open_files, serve
from host.core.clock import MonotonicClock

LATE = 0.3
"""The idle deadline of these tests, in seconds."""


@asynccontextmanager
async def served(connections: Connections, app: ASGIApp | None = None) -> AsyncIterator[int]:
    """A room's console, or ``app``, behind ``connections``; its port."""
    clock = MonotonicClock()
    room = FakeRoom(clock, viewers=FakeGateway(capacity=3))
    app = app or create_app(room, token=TOKEN, metrics=bytes, clock=clock)
    ready, addresses = asyncio.Event(), []
    task = asyncio.create_task(
        serve(app, "127.0.0.1", 0, ready=ready, listening=addresses.append, grace=1, connections=connections)
    )
    try:
        async with asyncio.timeout(10):
            await ready.wait()
        yield addresses[0][1]
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


class Client:
    """One TCP connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def say(self, text: str) -> None:
        self.writer.write(text.replace("\n", "\r\n").encode())
        await self.writer.drain()

    async def closed(self) -> float:
        """Seconds until the server closes the connection."""
        began = time.perf_counter()
        async with asyncio.timeout(10):
            try:
                while await self.reader.read(65536):
                    pass
            except ConnectionError:
                pass
        return time.perf_counter() - began


@asynccontextmanager
async def client(port: int, host: str = "127.0.0.1", source: str | None = None) -> AsyncIterator[Client]:
    reader, writer = await asyncio.open_connection(host, port, local_addr=(source, 0) if source else None)
    try:
        yield Client(reader, writer)
    finally:
        writer.transport.abort()


async def healthy(port: int) -> bool:
    async with httpx.AsyncClient(timeout=5) as browser:
        return (await browser.get(f"http://127.0.0.1:{port}/healthz")).status_code == 200


def patient(**changes: Any) -> Connections:
    return Connections(ConnectionLimits(**{"idle_seconds": 60.0, **changes}))


def hasty(**changes: Any) -> Connections:
    return Connections(ConnectionLimits(**{"idle_seconds": LATE, **changes}))


class TestHowMany:
    async def test_one_too_many_is_closed_at_once_and_a_place_comes_free_again(self) -> None:
        connections = patient(most=3)
        async with served(connections) as port, AsyncExitStack() as stack:
            first, *_ = [await stack.enter_async_context(client(port)) for _ in range(3)]
            await until(lambda: connections.open == 3)
            async with client(port) as fourth:
                assert await fourth.closed() < 5
            assert (connections.open, connections.refused) == (3, 1)
            first.writer.transport.abort()
            await until(lambda: connections.open == 2)
            assert await healthy(port)

    async def test_api_answers_while_200_idle_connections_stand(self) -> None:
        connections = patient()
        async with served(connections) as port, AsyncExitStack() as stack:
            for number in range(200):
                idle = await stack.enter_async_context(client(port))
                if number % 2:
                    await idle.say("GET / HTTP/1.1\nHost: x\n")
            await until(lambda: connections.open == 200)
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=5) as browser:
                reply = await browser.post("/api/comments", json={"user": "小鱼", "text": "多少钱？"})
                assert reply.status_code < 300, reply.text
            assert (connections.open >= 200, connections.refused) == (True, 0)

    async def test_a_flood_over_the_bound_leaves_no_trace(self) -> None:
        connections = patient(most=20)
        async with served(connections) as port, AsyncExitStack() as stack:
            for _ in range(300):
                await stack.enter_async_context(client(port))
            await until(lambda: connections.refused == 280)
            await stack.aclose()
            await until(lambda: connections.open == 0)
            assert await healthy(port)

    async def test_one_address_has_less_than_all(self) -> None:
        connections = patient(most=5, most_per_address=2)
        assert [connections.enter("192.0.2.1") for _ in range(3)] == [True, True, False]
        assert [connections.enter("2001:db8::1"), connections.enter("2001:db8::2")] == [True, True]
        assert not connections.enter("2001:db8::3"), "one /64 is one client"
        assert connections.enter("192.0.2.2")
        assert not connections.enter("192.0.2.3"), "the total"
        connections.leave("2001:db8::1")
        assert connections.enter("192.0.2.3")

    @pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
    async def test_loopback_has_all(self, host: str) -> None:
        connections = patient(most=5, most_per_address=2)
        assert [connections.enter(host) for _ in range(6)] == [True] * 5 + [False]

    @given(st.lists(st.tuples(st.booleans(), st.sampled_from(["192.0.2.1", "192.0.2.2", "127.0.0.1", "::1", None]))))
    def test_never_over_the_bounds_and_nothing_is_lost(self, steps: list[tuple[bool, str | None]]) -> None:
        async def play() -> None:
            connections, inside = patient(most=6, most_per_address=2), list[str | None]()
            for entering, host in steps:
                if entering and connections.enter(host):
                    inside.append(host)
                elif not entering and host in inside:
                    inside.remove(host)
                    connections.leave(host)
                assert connections.open == len(inside) <= 6
                assert all(inside.count(stranger) <= 2 for stranger in ("192.0.2.1", "192.0.2.2", None))
            for host in inside:
                connections.leave(host)
            assert connections.open == 0
            assert not connections._per_address

        asyncio.run(play())

    async def test_refusals_are_told_once_a_second_with_their_count(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connections_module, "REPORT_EVERY", 0.02)
        connections = patient(most=1)
        connections.enter("192.0.2.1")
        with structlog.testing.capture_logs() as lines:
            for _ in range(500):
                connections.enter("192.0.2.2")
            await until(lambda: bool(lines))
            connections.enter("192.0.2.2")
            await until(lambda: len(lines) == 2)
        assert [line["count"] for line in lines] == [500, 1]
        assert lines[0]["log_level"] == "warning"

    def test_sockets_leave_room_to_load_a_page(self) -> None:
        sockets, connections = Limits(), ConnectionLimits()
        assert sockets.public_sockets + sockets.operator_sockets < connections.most
        assert sockets.public_sockets_per_address < connections.most_per_address


class TestHowLong:
    async def test_silent(self) -> None:
        connections = hasty()
        async with served(connections) as port, client(port) as silent:
            assert LATE * 0.5 < await silent.closed() < LATE + 2
            await until(lambda: connections.open == 0)
            assert (connections.silent, connections.refused) == (1, 0)

    async def test_a_head_that_trickles_is_not_given_more_time(self) -> None:
        connections = hasty()
        async with served(connections) as port, client(port) as slow:
            await slow.say("GET /healthz HTTP/1.1\nHost: x\n")
            ending = asyncio.create_task(slow.closed())
            while not ending.done():
                slow.writer.write(b"X-Slow: 1\r\n")
                await asyncio.sleep(LATE / 10)
            assert ending.result() < LATE + 2
            assert connections.silent == 1

    async def test_nor_is_the_second_head_of_a_connection(self) -> None:
        connections = hasty()
        async with served(connections) as port, client(port) as slow:
            await slow.say("GET /healthz HTTP/1.1\nHost: x\n\nGET /he")
            assert await slow.closed() < LATE + 2
            assert connections.silent == 1

    async def test_nor_a_body_that_nobody_reads(self) -> None:
        connections = hasty()
        async with served(connections) as port, client(port) as slow:
            await slow.say("GET /healthz HTTP/1.1\nHost: x\nContent-Length: 100000\n\n")
            ending = asyncio.create_task(slow.closed())
            while not ending.done():
                slow.writer.write(b"x")
                await asyncio.sleep(LATE / 10)
            assert ending.result() < LATE + 2

    async def test_requests_one_after_the_other_on_one_connection(self) -> None:
        connections = hasty()
        async with served(connections) as port, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as browser:
            for _ in range(6):
                assert (await browser.get("/healthz")).status_code == 200
                await asyncio.sleep(LATE / 4)
            assert (connections.open, connections.silent) == (1, 0)

    async def test_a_reply_that_takes_longer(self) -> None:
        async def slow(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                await asyncio.sleep(LATE * 2)
                await Response("done")(scope, receive, send)
            else:
                await lifespan(receive, send)

        connections = hasty()
        async with served(connections, slow) as port, httpx.AsyncClient() as browser:
            assert (await browser.get(f"http://127.0.0.1:{port}/")).text == "done"
            assert connections.silent == 0

    async def test_a_client_that_takes_nothing_of_its_reply(self) -> None:
        async def large(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                await Response(bytes(32 * 1024 * 1024))(scope, receive, send)
            else:
                await lifespan(receive, send)

        connections = patient(stall_seconds=0.1)
        async with served(connections, large) as port:
            with socket.create_connection(("127.0.0.1", port)) as deaf:
                deaf.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                await until(lambda: connections.stalled == 1 and connections.open == 0)
            async with httpx.AsyncClient() as browser:
                assert len((await browser.get(f"http://127.0.0.1:{port}/")).content) == 32 * 1024 * 1024

    async def test_websocket_lives_on_and_is_counted_until_its_end(self) -> None:
        connections = hasty()
        async with served(connections) as port:
            async with connect(f"ws://127.0.0.1:{port}/api/public/events") as viewer:
                assert json.loads(await viewer.recv())["kind"] == "state"
                await asyncio.sleep(LATE * 2)
                await asyncio.wait_for(await viewer.ping(), 5)
                assert (connections.open, connections.silent) == (1, 0)
            await until(lambda: connections.open == 0)

    async def test_a_websocket_that_is_refused_is_counted_out(self) -> None:
        connections = hasty()
        async with served(connections) as port:
            with pytest.raises(Exception, match="401"):
                await connect(f"ws://127.0.0.1:{port}/api/events")
            await until(lambda: connections.open == 0)

    async def test_whep_outlives_its_connection(self) -> None:
        connections = hasty()
        async with served(connections) as port, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as player:
            reply = await player.post("/whep", content="v=0\r\n", headers={"Content-Type": "application/sdp"})
            assert reply.status_code == 201
            await until(lambda: connections.open == 0)
            assert (await player.delete(reply.headers["location"])).status_code == 200


class TestAnswersThatClose:
    @pytest.mark.parametrize("head", ["Content-Length: 9999999\n\n", "Transfer-Encoding: chunked\n\n"])
    async def test_413(self, head: str) -> None:
        async with served(patient()) as port, client(port) as sender:
            await sender.say(f"POST /api/comments HTTP/1.1\nHost: x\nContent-Type: application/json\n{head}")
            if "chunked" in head:
                await sender.say("2100\n" + "x" * 0x2100 + "\n")
            await self._refused(sender, 413)

    async def test_408(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("host.console.limits.BODY_DEADLINE", 0.1)
        async with served(patient()) as port, client(port) as sender:
            await sender.say("POST /api/comments HTTP/1.1\nHost: x\nContent-Type: application/json\n")
            await sender.say("Content-Length: 50\n\n{")
            await self._refused(sender, 408)

    async def _refused(self, sender: Client, status: int) -> None:
        async with asyncio.timeout(5):
            reply = (await sender.reader.read()).decode()
        assert reply.startswith(f"HTTP/1.1 {status} ")
        assert "connection: close" in reply.lower()


class TestDescriptors:
    def test_the_soft_limit_is_raised_to_the_hard_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        limits = [(1024, 4096)]
        monkeypatch.setattr(resource, "getrlimit", lambda _: limits[-1])
        monkeypatch.setattr(resource, "setrlimit", lambda _, new: limits.append(new))
        assert raise_open_files() == 4096
        assert raise_open_files() == 4096
        assert limits == [(1024, 4096), (4096, 4096)]
        limits.append((256, resource.RLIM_INFINITY))
        assert raise_open_files() == 65536
        limits.append((resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert raise_open_files() == 65536
        assert len(limits) == 5

    def test_where_it_may_not_be(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def forbidden(*_: object) -> None:
            raise ValueError("not allowed to raise maximum limit")

        monkeypatch.setattr(resource, "getrlimit", lambda _: (256, 4096))
        monkeypatch.setattr(resource, "setrlimit", forbidden)
        assert raise_open_files() == 256

    def test_few_descriptors_are_few_connections(self) -> None:
        connections = Connections()
        connections.fit(256)
        assert connections.most == 128
        connections.fit(65536)
        assert connections.most == 512

    async def test_without_a_free_one_it_fails_once_a_second_and_recovers(self) -> None:
        failures: list[str] = []
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: failures.append(context["message"]))
        async with served(patient()) as port, AsyncExitStack() as stack:
            sockets = [stack.enter_context(socket.socket()) for _ in range(30)]
            soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
            free = os.dup(0)
            os.close(free)
            try:
                resource.setrlimit(resource.RLIMIT_NOFILE, (free, hard))
                for number in sockets:
                    number.setblocking(False)
                    await loop.sock_connect(number, ("127.0.0.1", port))
                await until(lambda: len(failures) == 2)
            finally:
                resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            assert await healthy(port)
            assert 2 <= len(failures) <= 3
            assert set(failures) == {"socket.accept() out of system resource"}


class TestHooks:
    """What `host.console.hooks` takes for granted of uvicorn. A version that breaks it fails here, by name."""

    @pytest.mark.parametrize(
        ("parent", "child"),
        [
            (uvicorn.Server, hooks.Server),
            (H11Protocol, hooks.GuardedHttp),
            (WebSocketsSansIOProtocol, hooks.GuardedWebSocket),
            (socket.socket, hooks.Listener),
        ],
    )
    def test_every_method_overridden_is_one_of_the_parents(self, parent: type, child: type) -> None:
        own = {"_watch", "_unwatch", "_fell_silent"}
        for name, method in vars(child).items():
            if inspect.isfunction(method) and name not in own:
                assert hasattr(parent, name), f"{parent.__name__}.{name} is gone"
                theirs = list(inspect.signature(getattr(parent, name)).parameters)
                if name != "__init__" or parent is H11Protocol:
                    assert list(inspect.signature(method).parameters) == theirs, name

    async def test_every_hook_is_called(self, monkeypatch: pytest.MonkeyPatch) -> None:
        called: list[str] = []

        def spy(kind: type, name: str) -> None:
            method = getattr(kind, name)

            def spying(self: Any, *args: Any) -> Any:
                called.append(f"{kind.__name__}.{name}")
                return method(self, *args)

            monkeypatch.setattr(kind, name, spying)

        expected = [
            (hooks.GuardedHttp, "connection_made"),
            (hooks.GuardedHttp, "data_received"),
            (hooks.GuardedHttp, "on_response_complete"),
            (hooks.GuardedHttp, "connection_lost"),
            (hooks.GuardedWebSocket, "connection_made"),
            (hooks.GuardedWebSocket, "connection_lost"),
            (hooks.Listener, "accept"),
        ]
        for kind, name in expected:
            spy(kind, name)
        connections = patient()
        async with served(connections) as port:
            assert await healthy(port)
            async with connect(f"ws://127.0.0.1:{port}/api/public/events") as viewer:
                await viewer.recv()
            await until(lambda: connections.open == 0)
        assert set(called) == {f"{kind.__name__}.{name}" for kind, name in expected}

    async def test_a_cycle_tells_whether_it_is_complete(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[bool] = []
        complete = hooks.GuardedHttp.on_response_complete

        def look(self: hooks.GuardedHttp) -> None:
            seen.append(self.cycle.response_complete)
            complete(self)

        monkeypatch.setattr(hooks.GuardedHttp, "on_response_complete", look)
        async with served(patient()) as port:
            assert await healthy(port)
        assert seen == [True]

    def test_the_settings_that_bound(self) -> None:
        async def app(scope: Any, receive: Any, send: Any) -> None: ...

        config = hooks.GuardedConfig(app, Connections(), 1)
        config.load()
        assert (config.backlog, config.timeout_keep_alive) == (64, 5)
        assert config.http_protocol_class is hooks.GuardedHttp
        assert config.ws_protocol_class is hooks.GuardedWebSocket


async def lifespan(receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
    """An application that starts and stops."""
    while True:
        kind = (await receive())["type"]
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return
