"""A chat endpoint on loopback that speaks the OpenAI protocol, well or badly, over plain asyncio."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

Script = Callable[["Exchange"], Awaitable[None]]


class Exchange:
    """One request and the means to answer it."""

    def __init__(self, writer: asyncio.StreamWriter, path: str, headers: dict[str, str], body: dict[str, Any]) -> None:
        self._writer = writer
        self.path, self.headers, self.body = path, headers, body

    async def head(self, status: str = "200 OK", kind: str = "text/event-stream", extra: str = "") -> None:
        """Status line and headers of a chunked reply."""
        lines = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n{extra}\r\n"
        self._writer.write(lines.encode())
        await self._writer.drain()

    async def raw(self, text: str) -> None:
        """One HTTP chunk."""
        data = text.encode()
        self._writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        await self._writer.drain()

    async def event(self, content: str | None = None, finish: str | None = None) -> None:
        """One chat completion chunk."""
        delta = {} if content is None else {"content": content}
        chunk = {
            "id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m",
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        }  # fmt: skip
        await self.raw(f"data: {json.dumps(chunk)}\n\n")

    async def done(self) -> None:
        """The proper end."""
        await self.raw("data: [DONE]\n\n")
        await self.end()

    async def end(self) -> None:
        """The end of the HTTP body."""
        self._writer.write(b"0\r\n\r\n")
        await self._writer.drain()

    async def reply(self, status: str, kind: str, text: str) -> None:
        """A whole reply at once."""
        await self.head(status, kind)
        if text:  # an empty chunk would be the end already
            await self.raw(text)
        await self.end()


class Endpoint:
    """What the server was asked, and when a client left in the middle."""

    def __init__(self) -> None:
        self.base_url = ""
        self.requests: list[Exchange] = []
        self.stalled = asyncio.Event()
        """Set when a script has begun to stall."""
        self.left = asyncio.Event()
        """Set when a client closed its connection while a reply was under way."""

    async def stall(self) -> None:
        """Say no more until the client leaves."""
        self.stalled.set()
        await asyncio.Event().wait()


def telling(pieces: Sequence[str], finish: str | None = "stop") -> Script:
    """A reply in the given pieces."""

    async def script(exchange: Exchange) -> None:
        await exchange.head()
        for piece in pieces:
            await exchange.event(piece)
        await exchange.event(finish=finish)
        await exchange.done()

    return script


def sending(events: Sequence[object], *, done: bool = True) -> Script:
    """A stream of these events: text as it is, anything else as JSON."""

    async def script(exchange: Exchange) -> None:
        await exchange.head()
        for event in events:
            await exchange.raw(
                f"data: {event if isinstance(event, str) else json.dumps(event, ensure_ascii=False)}\n\n"
            )
        await (exchange.done() if done else exchange.end())

    return script


def choosing(**choice: Any) -> dict[str, Any]:
    """A chunk with one choice."""
    return {"id": "c", "object": "chat.completion.chunk", "model": "m", "choices": [{"index": 0, **choice}]}


def refusing(refuse: Callable[[dict[str, Any]], tuple[str, object] | None], then: Script) -> Script:
    """``refuse`` says for a request's body with which status and error it is refused, or None."""

    async def script(exchange: Exchange) -> None:
        if (refusal := refuse(exchange.body)) is None:
            await then(exchange)
        else:
            status, error = refusal
            text = error if isinstance(error, str) else json.dumps(error)
            await exchange.reply(status, "text/plain" if isinstance(error, str) else "application/json", text)

    return script


async def _listing(exchange: Exchange) -> None:
    await exchange.reply("200 OK", "application/json", '{"object": "list", "data": []}')


@asynccontextmanager
async def serving(script: Script | Callable[[Endpoint], Script], models: Script = _listing) -> AsyncIterator[Endpoint]:
    """Serve until the block ends. ``script`` answers every POST, ``models`` GET /models."""
    endpoint = Endpoint()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while exchange := await _request(reader, writer):
                endpoint.requests.append(exchange)
                if exchange.path.endswith("/models"):
                    await models(exchange)
                    continue
                if await _answered(script, exchange, reader, endpoint):
                    return
        except (ConnectionError, asyncio.IncompleteReadError):
            endpoint.left.set()
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    endpoint.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield endpoint
    finally:
        server.close()


async def _answered(script: Any, exchange: Exchange, reader: asyncio.StreamReader, endpoint: Endpoint) -> bool:
    """Run the script beside a watch for the client's leaving; true where the connection is over."""
    talk = asyncio.ensure_future(script(exchange))
    watch = asyncio.ensure_future(reader.read(1))
    await asyncio.wait((talk, watch), return_when=asyncio.FIRST_COMPLETED)
    gone = watch.done() and not talk.done()
    if gone:
        endpoint.left.set()
    for task in (talk, watch):
        task.cancel()
    results = await asyncio.gather(talk, watch, return_exceptions=True)
    return gone or isinstance(results[0], Exception) or results[1] == b""


async def _request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Exchange | None:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Exchange(writer, first.split(" ")[1], headers, json.loads(body) if body else {})
