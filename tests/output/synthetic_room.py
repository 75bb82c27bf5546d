"""A room made of colour bars and beeps, at the ports of the real stage, on the air at a local address."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from threaded_pictures import ThreadedPictures

from host.console.app import create_app
from host.console.limits import Limits, Rate
from host.core.clock import MonotonicClock
from host.core.media import HEIGHT, SAMPLE_RATE, WIDTH, Picture, Speech
from host.core.ports import Moment, Output
from host.core.product import Lang
from host.core.scene import Manner, Scene
from host.core.utterance import Kind, Played, Utterance
from host.output.whep import WhepOptions, WhepOutput
from host.stage.encoder import Encoder, EncoderSettings
from host.stage.on_air import Item, Started
from host.stage.playout import Playout
from host.stage.pump import Pump

PAGE = """<!doctype html><video id=v autoplay playsinline></video><script>
async function watch() {
  const pc = new RTCPeerConnection({bundlePolicy: "max-bundle"});
  pc.addTransceiver("video", {direction: "recvonly"});
  pc.addTransceiver("audio", {direction: "recvonly"});
  const stream = new MediaStream();
  pc.ontrack = (event) => { stream.addTrack(event.track); v.srcObject = stream; };
  window.asked = performance.now();
  window.shown = new Promise(resolve => v.requestVideoFrameCallback(() => resolve(performance.now() - window.asked)));
  await pc.setLocalDescription(await pc.createOffer());
  const reply = await fetch("/whep", {method: "POST", body: pc.localDescription.sdp,
                                      headers: {"Content-Type": "application/sdp"}});
  window.session = reply.headers.get("Location");
  await pc.setRemoteDescription({type: "answer", sdp: await reply.text()});
  window.pc = pc;
}
</script>"""

TRICKLING = Path(__file__).with_name("trickling_player.html")
OPEN = {"Content-Security-Policy": ""}
"""The players' scripts stand in their pages."""


class Bars:
    """Colour bars, and a block of noise that moves and changes each tick: some 2 Mbit/s of picture."""

    name = "bars"
    languages: Sequence[Lang] = ("zh",)

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self._ground = np.full((height * 3 // 2, width), 128, np.uint8)
        self._ground[:height] = np.repeat(np.linspace(40, 200, 8).astype(np.uint8), -(-width // 8))[:width]
        self._i420 = self._ground.copy()
        self._height = height
        size = height // 6
        self._noise = np.random.default_rng(0).integers(60, 200, (2 * size, size), np.uint8)

    def prepare(self, utterance: Utterance, speech: Speech) -> Any:
        return None

    def render(self, moment: Moment) -> Picture:
        size = self._height // 6
        top = moment.tick * 8 % (self._height - size)
        self._i420[: self._height] = self._ground[: self._height]
        shift = moment.tick * 3 % size
        self._i420[top : top + size, size : 2 * size] = self._noise[shift : shift + size]
        return Picture(self._i420)

    def close(self) -> None: ...


def beep(seconds: float, level: int = 6000, pitch: float = 440.0) -> Speech:
    """A tone that begins and ends softly, with a clause boundary in the middle."""
    samples = round(seconds * SAMPLE_RATE)
    envelope = np.minimum(1.0, np.minimum(np.arange(samples), np.arange(samples)[::-1]) / 480)
    tone = level * envelope * np.sin(2 * np.pi * pitch / SAMPLE_RATE * np.arange(samples))
    return Speech(tone.astype(np.int16), (), (), "beep", "zh", "tone", (samples // 2,))


def beep_item(number: int, seconds: float = 0.8) -> Item:
    """The ``number``-th beep."""
    return Item(Utterance(f"u{number}", Kind.SCRIPT, f"beep {number}", "zh"), beep(seconds))


@dataclass
class Room:
    """The room on the air."""

    url: str
    whep: WhepOutput
    pump: Pump


@contextlib.asynccontextmanager
async def on_air(
    *, viewers: int = 10, outputs: Sequence[Output] = (), width: int = WIDTH, **deadlines: float
) -> AsyncIterator[Room]:
    """A room that beeps for ever, with its page and WHEP endpoint. ``deadlines`` are those of `WhepOutput`."""
    clock = MonotonicClock()
    whep = WhepOutput(clock, WhepOptions(viewers=viewers), **deadlines)
    playout = Playout()
    spoken = iter(range(10**9))

    def keep_talking(events: Sequence[Started | Played], tick: int) -> None:
        if not playout.queued:
            playout.enqueue(beep_item(next(spoken)))

    height = width * HEIGHT // WIDTH
    pump = Pump(
        clock,
        playout,
        pictures=ThreadedPictures(Bars(width, height)),
        encoder=Encoder(EncoderSettings(width=width, height=height), {"opus", "aac"}),
        outputs=[whep, *outputs],
        look=lambda out: (Manner.TALKING, Scene()),
        on_events=keep_talking,
        when_full="drop",
    )
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(_app(whep), log_level="warning", lifespan="off"))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    tasks = [
        asyncio.create_task(work)
        for work in (pump.run(), *(output.run() for output in (whep, *outputs)), server.serve([listener]))
    ]
    try:
        # The socket listens already: whoever connects before the server serves waits in its queue.
        yield Room(f"http://127.0.0.1:{listener.getsockname()[1]}", whep, pump)
    finally:
        server.should_exit = True
        for task in tasks[:-1]:
            task.cancel()
        await asyncio.wait(tasks)


def _app(whep: WhepOutput) -> FastAPI:
    """The console's own application, of a room that has viewers and nothing else, with the players of the tests."""
    room: Any = SimpleNamespace(name="synthetic", viewers=whep, images={})
    limits = Limits(viewers=Rate(1000, 1000.0))
    app = create_app(room, token="a-token-for-tests", metrics=bytes, clock=MonotonicClock(), limits=limits)

    @app.get("/player")
    async def page() -> HTMLResponse:
        return HTMLResponse(PAGE, headers=OPEN)

    @app.get("/trickling")
    async def trickling_page() -> HTMLResponse:
        return HTMLResponse(TRICKLING.read_text(), headers=OPEN)

    return app
