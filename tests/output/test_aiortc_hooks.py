"""The contract with aiortc's and aioice's private parts. When one of these fails, see host/output/aiortc_hooks.py."""

from __future__ import annotations

import asyncio

import pytest
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import VideoStreamTrack
from aiortc.rtp import RTCP_PSFB_FIR, RTCP_PSFB_PLI, RtcpPsfbPacket

from host.output.aiortc_hooks import gather_only, media_addresses, on_keyframe_request

FIREFOX = "o=mozilla...THIS_IS_SDPARTA-99.0 1 0 IN IP4 0.0.0.0"


def peer() -> RTCPeerConnection:
    return RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))


@pytest.mark.parametrize("fmt", [RTCP_PSFB_PLI, RTCP_PSFB_FIR])
async def test_keyframe_requests_reach_the_hook(fmt: int) -> None:
    connection = peer()
    sender = connection.addTrack(VideoStreamTrack())
    asked: list[int] = []
    on_keyframe_request(sender, lambda: asked.append(1))
    await sender._handle_rtcp_packet(RtcpPsfbPacket(fmt=fmt, ssrc=1, media_ssrc=sender._ssrc))
    assert asked == [1]
    await connection.close()


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["127.0.0.1", "127.0.0.2"]])
async def test_candidates_are_gathered_where_we_say(addresses: list[str]) -> None:
    viewer, server = peer(), peer()
    for kind in ("audio", "video"):
        viewer.addTransceiver(kind, "recvonly")
    await viewer.setLocalDescription(await viewer.createOffer())
    await server.setRemoteDescription(viewer.localDescription)
    gather_only(server, addresses)
    gather_only(server, addresses)
    await server.setLocalDescription(await server.createAnswer())
    answer: RTCSessionDescription = server.localDescription
    lines = [line.split() for line in answer.sdp.splitlines() if line.startswith("a=candidate")]
    assert {line[4] for line in lines} == set(addresses)
    await asyncio.gather(viewer.close(), server.close())


def test_media_stays_on_the_address_the_room_is_bound_to() -> None:
    assert media_addresses("127.0.0.1", "") == ["127.0.0.1"]
    assert media_addresses("localhost", "") == ["127.0.0.1"]
    assert media_addresses("192.0.2.9", FIREFOX) == ["192.0.2.9"]
    assert media_addresses("0.0.0.0", "")[-1] == "127.0.0.1"
    assert media_addresses("::1", "") == ["::1"]


def test_firefox_gets_an_address_it_can_pair() -> None:
    everywhere = media_addresses("0.0.0.0", "")
    assert set(media_addresses("127.0.0.1", FIREFOX)) == set(everywhere)
