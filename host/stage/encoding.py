"""The encoder, guarded: what it raises is noted, it is opened afresh, and the programme goes on."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor

from host.core.clock import Clock
from host.core.media import FPS, Packet, Pcm, Picture
from host.stage.encoder import Encoder
from host.stage.faults import Faults


class Encoding:
    """Sound is encoded at once, in the caller's thread, so that it never waits for picture; picture on a thread."""

    def __init__(self, encoder: Encoder, clock: Clock, slate: Picture, faults: Faults) -> None:
        self._encoder = encoder
        self._clock = clock
        self._faults = faults
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="encode")
        self._latest = slate
        self._fresh = True
        self._rest_until = 0
        self._failed_at = -FPS
        self.seconds = 0.0
        """How long the last picture took."""

    def sound(self, tick: int, pcm: Pcm) -> list[Packet]:
        """The packets that a tick's sound completes; none where the codec failed."""
        try:
            packets = self._encoder.encode_audio(tick, pcm)
        except Exception as error:  # noqa: BLE001 - whatever the codec raised, the programme goes on
            self._faults.note("audio encoder", error)
            self._reopen_audio()
            return []
        self._faults.well("audio encoder")
        return packets

    def picture(self, tick: int, picture: Picture | None) -> asyncio.Future[list[Packet]]:
        """The packets of a tick's picture, None for the last one again. Await it, or read it when done; see `taken`."""
        return asyncio.get_running_loop().run_in_executor(self._thread, self._encode, tick, picture)

    def picture_to_be(self, tick: int, drawing: Future[Picture]) -> asyncio.Future[list[Packet]]:
        """As `picture`, of one that is being drawn: the encoder waits for it, and shows the last one where it fails."""
        return asyncio.get_running_loop().run_in_executor(self._thread, self._encode_when_drawn, tick, drawing)

    def taken(self, done: asyncio.Future[list[Packet]]) -> list[Packet]:
        """The result of a finished `picture`; none where it failed."""
        error = done.exception()
        if error is None:
            self._faults.well("video encoder")
            return done.result()
        self._faults.note("video encoder", error)
        return []

    def flush(self) -> list[Packet]:
        """What the codecs still hold."""
        try:
            return self._encoder.flush()
        except Exception as error:  # noqa: BLE001 - the end of the programme is not the place to fail
            self._faults.note("encoder", error)
            return []

    def close(self) -> None:
        """Let the thread end after what it is doing."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _encode_when_drawn(self, tick: int, drawing: Future[Picture]) -> list[Packet]:
        return self._encode(tick, drawing.result() if drawing.exception() is None else None)

    def _encode(self, tick: int, picture: Picture | None) -> list[Packet]:
        if picture is not None:
            self._latest = picture
        if tick < self._rest_until:
            return []
        began = self._clock.now()
        try:
            packets = self._encoder.encode_video(tick, self._latest if self._fresh else picture)
        except Exception:
            # One failure may be chance; a second one soon after is not, and opening a codec is dear.
            self._rest_until = tick + FPS if tick - self._failed_at < FPS else tick
            self._failed_at = tick
            self._fresh = True
            self._encoder.reopen_video()
            raise
        self._fresh = False
        self.seconds = self._clock.now() - began
        return packets

    def _reopen_audio(self) -> None:
        try:
            self._encoder.reopen_audio()
        except Exception as error:  # noqa: BLE001 - it is tried again at the next failure
            self._faults.note("audio encoder", error)
