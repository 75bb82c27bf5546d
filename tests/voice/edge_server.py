"""A local server that speaks edge-tts's WebSocket protocol, well or badly."""

from __future__ import annotations

import http
import io
import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape

import av
import numpy as np
from websockets.asyncio.server import Request, Response, ServerConnection, serve

from host.voice.sound.takes import Samples, resample

TICKS = 10_000_000
RATE = 24_000


@dataclass
class EdgeServer:
    """``behaviour``: good, forbidden, slow, cut, garbage, silent, noise. ``requests`` are the texts asked for."""

    behaviour: str
    mp3: bytes
    boundaries: Sequence[tuple[float, float, str]]
    url: str = ""
    requests: list[str] = field(default_factory=list)
    configs: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def admit(self, connection: ServerConnection, request: Request) -> Response | None:
        self.paths.append(request.path)
        return connection.respond(http.HTTPStatus.FORBIDDEN, "no\n") if self.behaviour == "forbidden" else None

    async def talk(self, connection: ServerConnection) -> None:
        self.configs.append(str(await connection.recv()))
        ssml = str(await connection.recv())
        self.requests.append(unescape(re.sub(r"<[^>]+>", "", ssml.split("\r\n\r\n", 1)[1])))
        head = "X-RequestId:0\r\nContent-Type:application/json; charset=utf-8\r\n"
        await connection.send(head + "Path:turn.start\r\n\r\n{}")
        if self.behaviour == "slow":
            await connection.wait_closed()
            return
        if self.behaviour == "garbage":
            await connection.send(b"\x00")
            return
        await connection.send(head + "Path:response\r\n\r\n{}")
        for start, end, text in self.boundaries:
            data = {"Offset": round(start * TICKS), "Duration": round((end - start) * TICKS), "text": {"Text": text}}
            await connection.send(
                head
                + "Path:audio.metadata\r\n\r\n"
                + json.dumps({"Metadata": [{"Type": "WordBoundary", "Data": data}]})
            )
        if self.behaviour != "silent":
            sound = b"\xaa" * 5000 if self.behaviour == "noise" else self.mp3
            for at in range(0, len(sound), 720):
                lead = b"X-RequestId:0\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n"
                await connection.send(len(lead).to_bytes(2, "big") + lead + sound[at : at + 720])
                if self.behaviour == "cut" and at > len(sound) // 2:
                    connection.transport.abort()
                    return
        await connection.send(head + "Path:turn.end\r\n\r\n{}")


@asynccontextmanager
async def edge_server(
    behaviour: str, sound: Samples, rate: int, boundaries: Sequence[tuple[float, float, str]] = ()
) -> AsyncIterator[EdgeServer]:
    server = EdgeServer(behaviour, mp3(sound, rate), boundaries)
    async with serve(server.talk, "127.0.0.1", 0, process_request=server.admit) as listener:
        server.url = f"ws://127.0.0.1:{listener.sockets[0].getsockname()[1]}/edge/v1"
        yield server


def mp3(samples: Samples, rate: int) -> bytes:
    """24 kHz mono MP3 at 48 kbit/s, as the service sends it."""
    file = io.BytesIO()
    wide = resample(samples, rate)
    with av.open(file, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=RATE, layout="mono", bit_rate=48_000)
        frame = av.AudioFrame.from_ndarray(
            (wide[::2] * 32767).astype(np.int16)[np.newaxis], format="s16p", layout="mono"
        )
        frame.sample_rate = RATE
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return file.getvalue()
