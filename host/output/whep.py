"""WHEP: viewers over WebRTC (draft-ietf-wish-whep), one encoder for all of them.

Every viewer's sender is given the same encoded packets; what it costs is packetising, encrypting and sending. A viewer
begins at a keyframe, asked for when it joins, and asks for others by PLI and FIR; the encoder coalesces them.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import Sequence
from typing import Literal

import structlog
from pydantic import Field

from host.core.clock import Clock, sleep
from host.core.control import BadOffer, Busy, SessionAnswer
from host.core.media import Packet, StreamInfo, seconds
from host.core.options import BackendOptions, takes
from host.core.ports import Context, OutputStatus
from host.core.reason import Reason
from host.output.offers import read_offer
from host.output.viewer import Viewer, shared

log = structlog.get_logger("livehost.whep")

CONNECT_DEADLINE = 12.0
"""Seconds a viewer has from its offer until media flows."""
SILENCE = 12.0
"""Seconds without a packet from a viewer, whose reports come every second or so, after which it is gone."""
SWEEP = 0.5
MOST_PREVIEWS = 10
"""Operators that may look on at once, whatever the number of viewers: none of them takes a viewer's place."""
RETRY_AFTER = 5


class WhepOptions(BackendOptions):
    """``host``: address to bind media to; ``viewers``: how many at most."""

    host: str = "127.0.0.1"
    viewers: int = Field(default=50, ge=1)


@takes(WhepOptions, "output whep")
def open_output(options: WhepOptions, context: Context) -> WhepOutput:
    """The output named ``whep``."""
    return WhepOutput(context.clock, options)


class WhepOutput:
    """An `Output` that is a `ViewerGateway`, and wants keyframes. Viewers are let in while `run` runs."""

    name = "whep"
    audio: Literal["opus", "aac"] = "opus"

    def __init__(
        self,
        clock: Clock,
        options: WhepOptions | None = None,
        *,
        connect_deadline: float = CONNECT_DEADLINE,
        silence: float = SILENCE,
    ) -> None:
        self._clock = clock
        self._options = options or WhepOptions()
        self._connect_deadline = connect_deadline
        self._silence = silence
        self._viewers: dict[str, Viewer] = {}
        self._arriving: Counter[bool] = Counter()
        """Sessions being made: previews (True) and viewers."""
        self._open = False
        self._keyframe_wanted = False
        self._sent = 0
        self._dropped = 0
        self._early = 0
        self._served = 0
        self._never_connected = 0
        self._vanished = 0

    # --- Output -------------------------------------------------------------------------------------------------------

    def start(self, streams: StreamInfo) -> None:
        """Nothing to prepare: what a decoder needs is in band."""

    def offer(self, packets: Sequence[Packet]) -> None:
        """Queue a tick's packets for every viewer: picture and first sound now, the second sound 20 ms later."""
        if not self._viewers:
            return
        due = {"video": self._clock.now(), "audio": self._clock.now()}
        for packet in packets:
            if packet.codec in ("h264", self.audio):
                made = shared(packet)
                for viewer in self._viewers.values():
                    viewer.tracks[packet.kind].offer(made, packet.keyframe, due[packet.kind])
                if packet.kind == "audio":
                    due["audio"] += seconds(packet.duration)

    async def run(self) -> None:
        """Let viewers in, and see off those who left without a word, until cancelled; then close every session."""
        self._open = True
        try:
            while True:
                await sleep(self._clock, SWEEP)
                await self._sweep()
        finally:
            self._open = False
            await self._close_all()

    def status(self) -> OutputStatus:
        """Viewers connected, previews apart; packets sent and dropped by all of them since the start."""
        viewers = self._viewers.values()
        connected = Counter(viewer.preview for viewer in viewers if viewer.connected)
        counts = Reason(
            "whep",
            served=self._served,
            never_connected=self._never_connected,
            vanished=self._vanished,
            previews=connected[True],
        )
        return OutputStatus(
            self.name,
            self._open,
            counts if self._open else Reason("not_running"),
            clients=connected[False],
            sent=self._sent + sum(viewer.sent for viewer in viewers),
            dropped=self._dropped + sum(viewer.dropped for viewer in viewers),
            early=self._early + sum(viewer.early for viewer in viewers),
        )

    def keyframe_wanted(self) -> bool:
        """Whether a viewer joined or lost a picture since the last call."""
        wanted, self._keyframe_wanted = self._keyframe_wanted, False
        return wanted

    # --- ViewerGateway ------------------------------------------------------------------------------------------------

    async def connect(self, sdp: str, *, preview: bool = False) -> SessionAnswer:
        """Let a viewer in, or an operator who looks on. Raises `BadOffer` or `Busy`."""
        offer = read_offer(sdp)
        here = sum(viewer.preview == preview for viewer in self._viewers.values())
        most = MOST_PREVIEWS if preview else self._options.viewers
        if not self._open or here + self._arriving[preview] >= most:
            raise Busy(RETRY_AFTER)
        self._arriving[preview] += 1
        try:
            viewer = Viewer(self._clock, offer, self._want_keyframe, preview=preview)
            answer = await self._answer(viewer)
        finally:
            self._arriving[preview] -= 1
        session = secrets.token_urlsafe(18)
        self._viewers[session] = viewer
        return SessionAnswer(session, answer)

    async def _answer(self, viewer: Viewer) -> str:
        try:
            with self._clock.hold():
                return await viewer.answer(self._options.host)
        except BaseException as error:
            await viewer.close()
            if not isinstance(error, Exception):
                raise
            # The library was shown an offer of our own writing: what it raises is no fault of the viewer's.
            log.error("a viewer could not be answered", error=repr(error))
            if isinstance(error, OSError):
                raise Busy(RETRY_AFTER) from error
            raise BadOffer("the room cannot answer it, and its log says why; the offer is in order") from error

    async def disconnect(self, session: str) -> bool:
        """End a session; False where there is none of that name."""
        viewer = self._viewers.get(session)
        if viewer is None:
            return False
        await self._remove(session)
        return True

    # --- sessions -----------------------------------------------------------------------------------------------------

    def _want_keyframe(self) -> None:
        self._keyframe_wanted = True

    async def _sweep(self) -> None:
        now = self._clock.now()
        for session, viewer in list(self._viewers.items()):
            if viewer.ended:
                await self._remove(session)
            elif not viewer.connected:
                if now - viewer.born > self._connect_deadline:
                    self._never_connected += not viewer.preview
                    await self._remove(session)
            elif await viewer.silent_for(now) > self._silence:
                self._vanished += not viewer.preview
                await self._remove(session)

    async def _remove(self, session: str) -> None:
        viewer = self._viewers.pop(session, None)
        if viewer is None:
            return
        self._served += viewer.sent > 0 and not viewer.preview
        self._sent += viewer.sent
        self._dropped += viewer.dropped
        self._early += viewer.early
        with self._clock.hold():
            await viewer.close()

    async def _close_all(self) -> None:
        sessions = list(self._viewers)
        await asyncio.gather(*(self._remove(session) for session in sessions))
