"""The WebSocket inlet, over real connections."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from host.chat.websocket import MAX_CONNECTIONS, MAX_MESSAGE, TOKEN, WebSocketComments, open_source
from host.core.clock import MonotonicClock
from host.core.comment import Comment
from host.core.errors import LivehostError
from host.core.ports import Context

SECRET = "correct-horse"


def context(tmp_path: Path, **env: str) -> Context:
    return Context(MonotonicClock(), "room", tmp_path, tmp_path, tmp_path, env=env)


class Listening:
    """A source with a task of its own that reads it."""

    def __init__(self, source: WebSocketComments) -> None:
        self.source = source
        self.got: list[Comment] = []
        self.reading = asyncio.Event()
        self.reading.set()

    async def read(self) -> None:
        async for comment in self.source.comments():
            self.got.append(comment)
            await self.reading.wait()

    def connect(self, token: str | None = SECRET) -> connect:
        host, port = self.source.address
        headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
        return connect(f"ws://{host}:{port}", additional_headers=headers, max_size=None)


@asynccontextmanager
async def listening(tmp_path: Path, **options: Any) -> AsyncIterator[Listening]:
    source = open_source({"port": 0, "token": SECRET, **options}, context(tmp_path))
    room = Listening(source)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(room.read())
        await source.listening.wait()
        yield room
        task.cancel()


async def say(bridge: ClientConnection, message: Any) -> dict[str, Any]:
    await bridge.send(message if isinstance(message, (str, bytes)) else json.dumps(message))
    answer: dict[str, Any] = json.loads(await bridge.recv())
    return answer


async def test_comments_are_taken_and_acknowledged(tmp_path: Path) -> None:
    async with listening(tmp_path) as room, room.connect() as bridge:
        assert await say(bridge, {"id": "a1", "user": "小雨", "text": "多少钱", "source": "shop"}) == {
            "comment_id": "a1"
        }
        second = await say(bridge, {"user": "Ana", "text": "hi"})
        await say(bridge, {"user": "Ana", "text": "bye"})
    assert [(entry.user, entry.text) for entry in room.got[:2]] == [("小雨", "多少钱"), ("Ana", "hi")]
    assert (room.got[0].source, room.got[1].source, room.got[1].id) == ("shop", "websocket", second["comment_id"])


async def test_the_token_may_come_as_the_first_message(tmp_path: Path) -> None:
    async with listening(tmp_path) as room, room.connect(None) as bridge:
        assert await say(bridge, {"token": SECRET}) == {"ok": True}
        assert "comment_id" in await say(bridge, {"user": "a", "text": "b"})


@pytest.mark.parametrize(
    "first",
    [{"token": "wrong"}, {"token": None}, {"user": "a", "text": "b"}, "garbage", b"\x00", '{"token": "\\ud800"}'],
)
async def test_without_a_token_nothing_is_taken(tmp_path: Path, first: Any) -> None:
    async with listening(tmp_path) as room, room.connect(None) as bridge:
        with pytest.raises(ConnectionClosed) as closed:
            await say(bridge, first)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1008
    assert room.got == []


async def test_a_wrong_header_is_refused(tmp_path: Path) -> None:
    async with listening(tmp_path) as room, room.connect("wrong") as bridge:
        with pytest.raises(ConnectionClosed):
            await bridge.recv()
    assert room.got == []


@pytest.mark.parametrize(
    "message",
    ["", "{", "[1, 2]", "null", "[" * 10_000, b"\xff\xfe", {"text": "b"}, {"user": 1, "text": "b"}, {"user": "a",
      "text": None},
     {"user": "a", "text": "b", "extra": 1}, {"user": "a", "text": "b", "id": "x" * 200},
     {"user": "a", "text": "b", "id": "page:1"}, {"user": "a", "text": "b", "id": "\u200bpage:1"}],
)  # fmt: skip
async def test_a_bad_message_is_answered_and_the_connection_goes_on(tmp_path: Path, message: Any) -> None:
    async with listening(tmp_path) as room, room.connect() as bridge:
        assert "error" in await say(bridge, message)
        assert "comment_id" in await say(bridge, {"user": "a", "text": "b\ud800"})


async def test_a_megabyte_ends_the_connection_and_no_other(tmp_path: Path) -> None:
    async with listening(tmp_path) as room, room.connect() as good:
        async with room.connect() as bad:
            with pytest.raises(ConnectionClosed) as closed:
                await say(bad, {"user": "a", "text": "x" * 1_000_000})
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1009
        assert "comment_id" in await say(good, {"user": "a", "text": "still here"})
        assert "comment_id" in await say(good, {"user": "a", "text": "x" * (MAX_MESSAGE - 200)})


async def test_a_flood_is_dropped_counted_and_told(tmp_path: Path) -> None:
    async with listening(tmp_path, queue=5) as room, room.connect() as bridge:
        room.reading.clear()
        for number in range(50):
            await bridge.send(json.dumps({"user": "a", "text": f"{number}"}))
        answers = [json.loads(await bridge.recv()) for _ in range(50)]
        refused = [answer for answer in answers if "error" in answer]
        assert room.source.status().dropped == len(refused) > 0
        room.reading.set()
        assert "comment_id" in await say(bridge, {"user": "a", "text": "last"})


async def test_a_bridge_that_vanishes_takes_nothing_with_it(tmp_path: Path) -> None:
    async with listening(tmp_path) as room:
        for _ in range(3):
            bridge = await room.connect()
            await bridge.send(json.dumps({"user": "a", "text": "b"}))
            bridge.transport.abort()
        async with room.connect() as good:
            assert "comment_id" in await say(good, {"user": "a", "text": "b"})


async def test_bridges_have_a_limit(tmp_path: Path) -> None:
    async with listening(tmp_path) as room:
        bridges = [await room.connect() for _ in range(MAX_CONNECTIONS)]
        for bridge in bridges:
            await say(bridge, {"user": "a", "text": "b"})
        async with room.connect() as late:
            with pytest.raises(ConnectionClosed) as closed:
                await late.recv()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1013
        for bridge in bridges:
            await bridge.close()


async def test_a_busy_port_is_an_error_of_its_own(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        source = open_source({"port": taken.getsockname()[1], "token": SECRET}, context(tmp_path))
        with pytest.raises(OSError, match="address already in use"):
            await anext(aiter(source.comments()))


async def test_the_port_is_free_again_after_the_end(tmp_path: Path) -> None:
    async with listening(tmp_path) as room:
        port = room.source.address[1]
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_it_listens_on_loopback_and_takes_its_token_from_the_environment(tmp_path: Path) -> None:
    source = open_source({}, context(tmp_path, **{TOKEN: SECRET}))
    assert source.address[0] == "127.0.0.1"


BAD: list[tuple[dict[str, Any], str]] = [
    ({}, TOKEN),
    ({"token": "short"}, "8 characters"),
    ({"token": SECRET, "port": 70_000}, "port"),
    ({"token": SECRET, "colour": "red"}, "options: host, port, token, queue"),
]


@pytest.mark.parametrize(("options", "message"), BAD)
def test_wrong_options_are_named(tmp_path: Path, options: dict[str, Any], message: str) -> None:
    open_it: Callable[[], object] = lambda: open_source(options, context(tmp_path))  # noqa: E731
    with pytest.raises(LivehostError, match=message):
        open_it()
