"""A WebRTC end that sends one still picture and silence, where they are asked for: a real session for the player."""

from __future__ import annotations

import asyncio
import secrets

import numpy as np
from aiortc import (
    AudioStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
    VideoStreamTrack,
)
from av import VideoFrame

from host.core.control import SessionAnswer


class StillTrack(VideoStreamTrack):
    """The picture, over and over, while ``flowing`` is set."""

    def __init__(self, bgr: np.ndarray, flowing: asyncio.Event) -> None:
        super().__init__()
        self._flowing = flowing
        self._frame = VideoFrame.from_ndarray(bgr, format="bgr24").reformat(format="yuv420p")

    async def recv(self) -> VideoFrame:
        await self._flowing.wait()
        self._frame.pts, self._frame.time_base = await self.next_timestamp()
        return self._frame


class StillGateway:
    """`ViewerGateway` over aiortc. Close it at the end of the test."""

    def __init__(self, bgr: np.ndarray) -> None:
        self._bgr = bgr
        self.sessions: dict[str, RTCPeerConnection] = {}
        self.offers = self.previews = 0
        self.flowing = asyncio.Event()
        self.flowing.set()

    async def connect(self, sdp: str, *, preview: bool = False) -> SessionAnswer:
        self.offers += 1
        self.previews += preview
        config = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        peer = RTCPeerConnection(config)
        await peer.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        if "m=video" in sdp:
            peer.addTrack(StillTrack(self._bgr, self.flowing))
        peer.addTrack(AudioStreamTrack())
        await peer.setLocalDescription(await peer.createAnswer())
        session = secrets.token_hex(8)
        self.sessions[session] = peer
        return SessionAnswer(session, peer.localDescription.sdp)

    async def disconnect(self, session: str) -> bool:
        peer = self.sessions.pop(session, None)
        if peer:
            await peer.close()
        return peer is not None

    async def close(self) -> None:
        """End every session."""
        for session in list(self.sessions):
            await self.disconnect(session)
