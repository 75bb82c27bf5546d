"""WHEP against a real WebRTC client in the same process (aiortc's own)."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Callable
from typing import Any

import av
import pytest
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from polling import until
from synthetic_room import Room, on_air

from host.core.clock import MonotonicClock
from host.core.control import BadOffer, Busy
from host.core.errors import LivehostError
from host.core.ports import Context, Output, WantsKeyframes
from host.output.whep import MOST_PREVIEWS, WhepOutput, open_output

SMALL = 144


class Client:
    """A viewer."""

    def __init__(self) -> None:
        self.connection = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
        self.tracks: dict[str, Any] = {}
        self.connection.on("track", lambda track: self.tracks.__setitem__(track.kind, track))
        for kind in ("video", "audio"):
            self.connection.addTransceiver(kind, "recvonly")

    async def offer(self) -> str:
        await self.connection.setLocalDescription(await self.connection.createOffer())
        return str(self.connection.localDescription.sdp)

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
        await client.connection.close()
        await until(lambda: room.whep.status().clients == 0, 2)


def _without(prefix: str) -> Callable[[str], str]:
    return lambda sdp: "\r\n".join(line for line in sdp.splitlines() if not line.startswith(prefix)) + "\r\n"


def _with(old: str, new: str) -> Callable[[str], str]:
    return lambda sdp: sdp.replace(old, new)


HOPELESS = {
    "no password": _without("a=ice-pwd"),
    "no H.264": _with("H264", "H999"),
    "sends only": _with("a=recvonly", "a=sendonly"),
    "nothing wanted": _with("a=recvonly", "a=inactive"),
    "odd port": _with("m=video ", "m=video nine"),
    "odd payload": _with("SAVPF ", "SAVPF x"),
    "cut": lambda sdp: sdp[: sdp.index("m=") - 3],
}
ODD = {
    "no fingerprint": _without("a=fingerprint"),
    "no setup": _without("a=setup"),
    "no mid": _with("a=mid:", "a=mod:"),
    "half": lambda sdp: sdp[: len(sdp) // 2],
    "group of strangers": _with("BUNDLE 0 1", "BUNDLE 7 8 9"),
    "control characters": _with("a=", "a\x00="),
    "no Opus": _with("opus", "octopus"),
}


async def _connect(offer: Callable[[str], str]) -> WhepOutput:
    """Offer a spoiled offer to an output that runs, and stop it."""
    output = WhepOutput(MonotonicClock())
    running = asyncio.create_task(output.run())
    await asyncio.sleep(0)
    client = Client()
    try:
        await output.connect(offer(await client.offer()))
    finally:
        running.cancel()
        await asyncio.wait([running])
        await client.connection.close()
    return output


@pytest.mark.parametrize("spoil", HOPELESS.values(), ids=HOPELESS)
async def test_an_offer_that_cannot_be_answered_is_a_bad_offer(spoil: Callable[[str], str]) -> None:
    with pytest.raises(BadOffer, match=r"\w"):
        await _connect(spoil)


@pytest.mark.parametrize("spoil", ODD.values(), ids=ODD)
async def test_an_odd_offer_is_answered_or_a_bad_offer(spoil: Callable[[str], str]) -> None:
    with contextlib.suppress(BadOffer):
        output = await _connect(spoil)
        assert output.status().clients == 0


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
    with pytest.raises(LivehostError, match="its options: host, viewers"):
        open_output(options, context)
