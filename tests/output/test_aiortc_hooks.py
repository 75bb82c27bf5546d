"""The contract with aiortc's and aioice's private parts. When one of these fails, see host/output/aiortc_hooks.py."""

from __future__ import annotations

import asyncio
import itertools
from fractions import Fraction
from typing import Any

import av
import pytest
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack
from aiortc.rtp import RTCP_PSFB_FIR, RTCP_PSFB_PLI, RtcpPsfbPacket, RtcpSrPacket
from polling import until

from host.output.aiortc_hooks import (
    SampleAxis,
    gather_only,
    media_addresses,
    on_keyframe_request,
    report_sampling_time,
)

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


class Unsteady(AudioStreamTrack):
    """Every packet is stamped 20 ms after the one before, and leaves later and later, or at once."""

    def __init__(self) -> None:
        super().__init__()
        self.tick = 0

    async def recv(self) -> av.Packet[Any]:
        await asyncio.sleep(0.002 * (self.tick % 15))
        packet: av.Packet[Any] = av.Packet(b"\xf8\xff\xfe")
        packet.pts, packet.time_base = 960 * self.tick - 312, Fraction(1, 48_000)
        self.tick += 1
        return packet


async def test_sender_reports_tie_timestamps_to_sampling_times() -> None:
    viewer, server, track, axis = peer(), peer(), Unsteady(), SampleAxis()
    report_sampling_time(server.addTrack(track), lambda: axis.ntp(track.tick / 50))
    viewer.addTransceiver("audio", "recvonly")
    [receiver] = viewer.getReceivers()
    take, reports = receiver._handle_rtcp_packet, []

    async def note(packet: Any) -> None:
        if isinstance(packet, RtcpSrPacket) and packet.sender_info.packet_count:
            reports.append(packet.sender_info)
        await take(packet)

    receiver._handle_rtcp_packet = note  # type: ignore[method-assign]
    await viewer.setLocalDescription(await viewer.createOffer())
    await server.setRemoteDescription(viewer.localDescription)
    await server.setLocalDescription(await server.createAnswer())
    await viewer.setRemoteDescription(server.localDescription)
    await until(lambda: len(reports) >= 3, 10)
    for earlier, later in itertools.pairwise(reports):
        passed = (later.ntp_timestamp - earlier.ntp_timestamp) / 2**32
        stamped = (later.rtp_timestamp - earlier.rtp_timestamp) % 2**32 / 48_000
        assert passed == pytest.approx(stamped, abs=1e-6)
        assert passed > 0
    await asyncio.gather(viewer.close(), server.close())


def test_two_tracks_share_one_axis() -> None:
    axis = SampleAxis()
    sound, picture = axis.ntp(7.5), axis.ntp(9.25)
    assert picture - sound == 1.75 * 2**32


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


def test_a_viewer_on_this_machine_is_reached_where_it_says_it_is() -> None:
    here = media_addresses("0.0.0.0", "")[0]
    assert media_addresses("127.0.0.1", "", {here, "192.0.2.250"}) == list(dict.fromkeys(["127.0.0.1", here]))
    assert media_addresses("127.0.0.1", "", {"192.0.2.250"}) == ["127.0.0.1"]


def test_firefox_gets_an_address_it_can_pair() -> None:
    everywhere = media_addresses("0.0.0.0", "")
    assert set(media_addresses("127.0.0.1", FIREFOX)) == set(everywhere)
