"""WHEP against a real WebRTC client in the same process (aiortc's own)."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import av
import pytest
from aiortc import RTCBundlePolicy, RTCCertificate, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from polling import until
from structlog.testing import capture_logs
from synthetic_room import Room, on_air

from host.core.clock import MonotonicClock
from host.core.control import BadOffer, Busy
from host.core.errors import LivehostError
from host.core.ports import Context, Output, WantsKeyframes
from host.output.viewer import Viewer
from host.output.whep import MOST_PREVIEWS, WhepOutput, open_output

SMALL = 144


Change = Callable[[str], str]


class Client:
    """A viewer; what it posts is its offer as ``change`` leaves it."""

    def __init__(
        self,
        change: Change = str,
        policy: RTCBundlePolicy = RTCBundlePolicy.MAX_BUNDLE,
        certificate: RTCCertificate | None = None,
        channel: bool = False,
    ) -> None:
        self.connection: Any = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=policy))
        if certificate is not None:
            self.connection._RTCPeerConnection__certificates[:] = [certificate]
        self.tracks: dict[str, Any] = {}
        self._change = change
        self.connection.on("track", lambda track: self.tracks.__setitem__(track.kind, track))
        for kind in ("video", "audio"):
            self.connection.addTransceiver(kind, "recvonly")
        if channel:
            self.connection.createDataChannel("chat")

    async def offer(self) -> str:
        await self.connection.setLocalDescription(await self.connection.createOffer())
        return self._change(self.connection.localDescription.sdp)

    async def join(self, room: Room, *, preview: bool = False) -> str:
        """Join; returns the session."""
        answer = await room.whep.connect(await self.offer(), preview=preview)
        await self.connection.setRemoteDescription(RTCSessionDescription(answer.sdp, "answer"))
        return answer.session

    def vanish(self) -> None:
        """Be gone without a word."""
        ice: Any = self.connection.getTransceivers()[0].receiver.transport.transport._connection
        for protocol in ice._protocols:
            protocol.transport.abort()


def test_the_output_is_what_the_ports_ask_for() -> None:
    output: Output = WhepOutput(MonotonicClock())
    assert isinstance(output, WantsKeyframes)
    assert output.status().healthy is False


async def test_picture_and_sound_arrive() -> None:
    async with on_air(width=SMALL) as room:
        client = Client()
        session = await client.join(room)
        assert len(session) >= 24
        async with asyncio.timeout(8):
            frames: list[av.VideoFrame] = [await client.tracks["video"].recv() for _ in range(10)]
            sound: av.AudioFrame = await client.tracks["audio"].recv()
        assert (frames[0].width, frames[0].height) == (SMALL, 256)
        steps = [later.pts - earlier.pts for earlier, later in itertools.pairwise(frames)]
        assert all(step > 0 and step % 3600 == 0 for step in steps)
        assert sound.samples == 960
        status = room.whep.status()
        assert (status.healthy, status.clients) == (True, 1)
        assert status.sent > 20
        assert await room.whep.disconnect(session)
        assert not await room.whep.disconnect(session)
        assert room.whep.status().clients == 0
        await client.connection.close()


def _without(*beginnings: str) -> Change:
    return lambda sdp: "".join(line for line in sdp.splitlines(True) if not line.startswith(beginnings))


def _with(old: str, new: str) -> Change:
    return lambda sdp: sdp.replace(old, new)


def _sound_is_bundle_only(sdp: str) -> str:
    picture, sound = re.split(r"m=audio \d+", sdp)
    kept = _without("a=ice", "a=fingerprint", "a=setup", "a=candidate", "a=end", "a=rtcp-mux")(sound)
    return f"{picture}m=audio 0{kept}a=bundle-only\r\n"


WAYS = {
    "unbundled": (_without("a=group:BUNDLE"), RTCBundlePolicy.MAX_COMPAT),
    "bundled, with ports of their own": (str, RTCBundlePolicy.MAX_COMPAT),
    "bundle-only": (_sound_is_bundle_only, RTCBundlePolicy.MAX_BUNDLE),
    "no setup, no direction, no fmtp": (_without("a=setup", "a=recvonly", "a=fmtp"), RTCBundlePolicy.MAX_BUNDLE),
    "lines that end in LF": (_with("\r\n", "\n"), RTCBundlePolicy.MAX_BUNDLE),
}


@pytest.mark.parametrize(("change", "policy"), WAYS.values(), ids=WAYS)
async def test_picture_and_sound_arrive_however_they_are_offered(change: Change, policy: RTCBundlePolicy) -> None:
    async with on_air(width=SMALL) as room:
        client = Client(change, policy)
        await client.join(room)
        async with asyncio.timeout(8):
            await client.tracks["video"].recv()
            await client.tracks["audio"].recv()
        await until(lambda: room.whep.status().clients == 1)
        await client.connection.close()


def _rsa_certificate() -> RTCCertificate:
    key = rsa.generate_private_key(65537, 2048)
    name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "viewer")]), datetime.now(tz=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    return RTCCertificate(key=key, cert=builder.sign(key, hashes.SHA256()))


async def test_a_data_channel_beside_them_is_no_matter() -> None:
    async with on_air(width=SMALL) as room:
        client = Client(channel=True)
        await client.join(room)
        async with asyncio.timeout(8):
            await client.tracks["video"].recv()
            await client.tracks["audio"].recv()
        await client.connection.close()


async def test_a_viewer_may_have_a_certificate_of_another_kind() -> None:
    """GStreamer's is of RSA, which the library takes of a client alone."""
    async with on_air(width=SMALL) as room:
        client = Client(certificate=_rsa_certificate())
        await client.join(room)
        async with asyncio.timeout(8):
            await client.tracks["video"].recv()
        await client.connection.close()


async def test_viewers_beyond_the_limit_are_told_when_to_come_back() -> None:
    async with on_air(width=SMALL, viewers=1) as room:
        first, second = Client(), Client()
        session = await first.join(room)
        with pytest.raises(Busy) as busy:
            await second.join(room)
        assert busy.value.retry_after > 0
        await room.whep.disconnect(session)
        assert await second.join(room) != session
        await asyncio.gather(first.connection.close(), second.connection.close())


async def test_an_operator_who_looks_on_is_no_viewer_and_is_never_shut_out() -> None:
    async with on_air(width=SMALL, viewers=1) as room:
        viewer, operator, late = Client(), Client(), Client()
        preview = await operator.join(room, preview=True)
        await until(lambda: "previews 1" in room.whep.status().detail)
        assert room.whep.status().clients == 0
        await viewer.join(room)
        await until(lambda: room.whep.status().clients == 1)
        await late.join(room, preview=True)
        assert await room.whep.disconnect(preview)
        assert "served 0" in room.whep.status().detail
        await asyncio.gather(*(client.connection.close() for client in (viewer, operator, late)))


async def test_previews_have_a_limit_of_their_own() -> None:
    async with on_air(width=SMALL, viewers=1) as room:
        clients = [Client() for _ in range(MOST_PREVIEWS + 1)]
        for client in clients[:-1]:
            await client.join(room, preview=True)
        with pytest.raises(Busy):
            await clients[-1].join(room, preview=True)
        await asyncio.gather(*(client.connection.close() for client in clients))


async def test_nobody_is_let_in_while_it_does_not_run() -> None:
    client = Client()
    with pytest.raises(Busy):
        await WhepOutput(MonotonicClock()).connect(await client.offer())
    await client.connection.close()


async def test_a_viewer_that_never_connects_is_seen_off() -> None:
    async with on_air(width=SMALL, connect_deadline=0.2) as room:
        client = Client()
        await room.whep.connect(await client.offer())
        await client.connection.close()
        await until(lambda: "never connected 1" in room.whep.status().detail)
        with pytest.raises(BadOffer):
            await room.whep.connect("v=0\r\n")


async def test_a_viewer_that_vanishes_is_seen_off() -> None:
    async with on_air(width=SMALL, silence=2.2) as room:
        client = Client()
        await client.join(room)
        await until(lambda: room.whep.status().clients == 1)
        await until(lambda: room.whep.status().sent > 250)  # its first reports have come by then
        client.vanish()
        await until(lambda: room.whep.status().clients == 0)
        assert "vanished 1" in room.whep.status().detail
        await client.connection.close()


async def test_a_viewer_that_says_goodbye_is_gone_at_once() -> None:
    async with on_air(width=SMALL) as room:
        client = Client()
        await client.join(room)
        await until(lambda: room.whep.status().clients == 1)
        # The room knows a moment before the viewer does, who says goodbye over what it knows to stand.
        await until(lambda: client.connection.connectionState == "connected")
        await client.connection.close()
        await until(lambda: room.whep.status().clients == 0, 2)


@pytest.mark.parametrize(("error", "told"), [(OSError("no descriptors"), Busy), (RuntimeError("no luck"), BadOffer)])
async def test_a_fault_of_the_room_s_is_logged_and_not_the_viewer_s(
    error: Exception, told: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(viewer: Viewer, host: str) -> str:
        raise error

    monkeypatch.setattr(Viewer, "answer", fail)
    async with on_air(width=SMALL) as room:
        client = Client()
        with capture_logs() as logs, pytest.raises(told) as caught:
            await client.join(room)
        assert str(error) not in str(caught.value)
        assert [entry["error"] for entry in logs] == [repr(error)]
        assert room.whep.status().clients == 0
        await client.connection.close()


async def test_it_leaves_no_task_behind() -> None:
    before = asyncio.all_tasks()
    async with on_air(width=SMALL) as room:
        client, silent = Client(), Client()
        await client.join(room)
        await room.whep.connect(await silent.offer())
        await until(lambda: room.whep.status().clients == 1)
    await asyncio.gather(client.connection.close(), silent.connection.close())
    await until(lambda: asyncio.all_tasks() <= before, 2)


@pytest.mark.parametrize("options", [{"viewer": 3}, {"viewers": 0}, {"viewers": "many"}])
def test_options_it_does_not_know_are_refused_with_those_it_does(options: dict[str, Any], tmp_path: Any) -> None:
    context = Context(MonotonicClock(), "room", tmp_path, tmp_path, tmp_path)
    with pytest.raises(LivehostError, match="known options: host, viewers"):
        open_output(options, context)
