"""One viewer: its peer connection, its two tracks and its queues."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
from aiortc import MediaStreamTrack, RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError

from host.core.clock import Clock
from host.core.media import FPS, Packet
from host.output.aiortc_hooks import (
    SampleAxis,
    gather_only,
    media_addresses,
    on_keyframe_request,
    report_sampling_time,
    send_as,
)
from host.output.answers import answer_for_viewer, offer_for_library
from host.output.offers import Offer
from host.output.queues import DropOldestQueue, KeyframeQueue

QUEUE_SECONDS = 2
"""What a viewer's queues hold before they drop."""

VIDEO_BASE = Fraction(1, 90_000)
AUDIO_BASE = Fraction(1, 48_000)

if TYPE_CHECKING:
    SharedPacket = av.Packet[Any]
    Entry = tuple[SharedPacket, float]
    Queue = KeyframeQueue[Entry] | DropOldestQueue[Entry]


class PacketTrack(MediaStreamTrack):
    """A track of packets that are encoded already. It takes none before the first `recv`: nobody can hear it yet.

    Each packet leaves when it is due and not before: two packets of sound sent at once would swell the viewer's buffer.
    """

    def __init__(self, kind: str, clock: Clock, queue: Queue, axis: SampleAxis, begun: Callable[[], None]) -> None:
        super().__init__()
        self.kind = kind
        self._clock = clock
        self._queue = queue
        self._axis = axis
        self._begun: Callable[[], None] | None = begun
        self._ready = asyncio.Event()
        self.sent = 0
        self._at = 0.0

    def sampling_time(self) -> int:
        """NTP time of the last packet that was handed out, by its own stamp."""
        return self._axis.ntp(self._at)

    def offer(self, packet: SharedPacket, keyframe: bool, due: float) -> None:
        """Queue a packet for the viewer, to leave at ``due`` on the room's clock."""
        if self._begun is None and self.readyState == "live":
            self._queue.put((packet, due), keyframe)
            self._ready.set()

    async def recv(self) -> SharedPacket:
        """The next packet."""
        if self._begun is not None:
            begun, self._begun = self._begun, None
            begun()
        while self.readyState == "live":
            entry = self._queue.pop()
            if entry is not None:
                packet, due = entry
                if due > self._clock.now():
                    await self._clock.sleep_until(due)
                self.sent += 1
                self._at = float((packet.pts or 0) * packet.time_base)
                return packet
            self._ready.clear()
            await self._ready.wait()
        raise MediaStreamError

    def stop(self) -> None:
        """End the track; whoever waits in `recv` gets `MediaStreamError`."""
        super().stop()
        self._ready.set()


class Viewer:
    """A WHEP session. ``ask`` wants a keyframe of the encoder; ``preview`` is an operator's, who is no viewer."""

    def __init__(self, clock: Clock, offer: Offer, ask: Callable[[], None], *, preview: bool = False) -> None:
        self.preview = preview
        self._offer = offer
        self.born = self._last_heard = clock.now()
        self._received: int | None = None
        self._reports = False
        self._closed = False
        self._pictures: KeyframeQueue[Entry] = KeyframeQueue(QUEUE_SECONDS * FPS, ask)
        self._sounds: DropOldestQueue[Entry] = DropOldestQueue(QUEUE_SECONDS * 50)
        axis = SampleAxis()
        self.tracks = {
            "video": PacketTrack("video", clock, self._pictures, axis, ask),
            "audio": PacketTrack("audio", clock, self._sounds, axis, lambda: None),
        }
        self._ask = ask
        policy = RTCBundlePolicy.MAX_BUNDLE if offer.bundled else RTCBundlePolicy.MAX_COMPAT
        self.connection = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=policy))

    @property
    def connected(self) -> bool:
        """Whether media flows."""
        return self.connection.connectionState == "connected"

    @property
    def ended(self) -> bool:
        """Whether the other side has left, or never can arrive."""
        return self._closed or self.connection.connectionState in ("failed", "closed")

    @property
    def sent(self) -> int:
        """Packets handed to the network."""
        return sum(track.sent for track in self.tracks.values())

    @property
    def dropped(self) -> int:
        """Packets dropped because the queues were full."""
        return self._pictures.dropped + self._sounds.dropped

    @property
    def early(self) -> int:
        """Pictures from before the first keyframe."""
        return self._pictures.early

    async def answer(self, host: str) -> str:
        """The SDP answer, candidates included, for a room bound to ``host``."""
        connection = self.connection
        # In the order of the offer: in any other, the library stops the transport that both share.
        for served in self._offer.served:
            track = self.tracks[served.media.kind]
            sender = connection.addTrack(track)
            report_sampling_time(sender, track.sampling_time)
            if track.kind == "video":
                on_keyframe_request(sender, self._ask)
        transceivers = connection.getTransceivers()
        for transceiver in transceivers:
            transceiver.direction = "sendonly"
        await connection.setRemoteDescription(RTCSessionDescription(offer_for_library(self._offer), "offer"))
        for transceiver, served in zip(transceivers, self._offer.served, strict=True):
            send_as(transceiver, served.formats)
        gather_only(connection, media_addresses(host, self._offer.origin, self._offer.addresses))
        await connection.setLocalDescription(await connection.createAnswer())
        return answer_for_viewer(self._offer, connection.localDescription.sdp)

    async def silent_for(self, now: float) -> float:
        """Seconds since the viewer's last packet; 0 for one that has never sent reports, which proves nothing."""
        heard: dict[str, int] = {}
        for sender in self.connection.getSenders():
            report = await sender.getStats()
            heard |= {entry.id: entry.packetsReceived for entry in report.values() if entry.type == "transport"}
        received = sum(heard.values())
        if received != self._received:
            self._reports = self._received is not None
            self._received = received
            self._last_heard = now
        return now - self._last_heard if self._reports else 0.0

    async def close(self) -> None:
        """End the session. What the library raises on the way out is of no use to anybody."""
        self._closed = True
        for track in self.tracks.values():
            track.stop()
        with contextlib.suppress(Exception):
            await self.connection.close()


def shared(packet: Packet) -> SharedPacket:
    """The room's packet as the library's: made once, read by every viewer's sender."""
    made: SharedPacket = av.Packet(packet.data)
    made.pts = packet.pts
    made.time_base = VIDEO_BASE if packet.kind == "video" else AUDIO_BASE
    return made
