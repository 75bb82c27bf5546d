# ruff: noqa: T201, ASYNC220, E402
"""What viewers cost, what Chromium sees; no test: ``python tests/output/measure_viewers.py encode|cost|chromium``."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import time
from pathlib import Path

import psutil

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

import browser
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.rtcrtpreceiver import RTCRtpReceiver
from synthetic_room import Bars, beep, on_air

from host.core.media import FPS, Picture
from host.core.ports import Moment
from host.stage.encoder import Encoder, EncoderSettings


async def crowd(url: str, count: int) -> None:
    """Join ``count`` times, throw away what arrives, until the standard input closes."""
    import urllib.request

    async def ignore(self: RTCRtpReceiver, packet: object, arrival_time_ms: int) -> None: ...

    RTCRtpReceiver._handle_rtp_packet = ignore  # type: ignore[method-assign]
    peers = []
    for _ in range(count):
        peer = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
        for kind in ("video", "audio"):
            peer.addTransceiver(kind, "recvonly")
        await peer.setLocalDescription(await peer.createOffer())
        headers = {"Content-Type": "application/sdp"}
        request = urllib.request.Request(f"{url}/whep", peer.localDescription.sdp.encode(), headers, method="POST")
        reply = await asyncio.to_thread(lambda request=request: urllib.request.urlopen(request).read().decode())
        await peer.setRemoteDescription(RTCSessionDescription(reply, "answer"))
        peers.append(peer)
    print("joined", flush=True)
    await asyncio.to_thread(sys.stdin.read)


async def cost(counts: list[int], seconds: float = 8.0) -> None:
    """CPU of the room's process, by number of viewers."""
    process = psutil.Process()
    base = 0.0
    for count in counts:
        async with on_air(viewers=100) as room:
            child = subprocess.Popen(
                [sys.executable, __file__, "crowd", room.url, str(count)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            assert child.stdout is not None
            await asyncio.to_thread(child.stdout.readline)
            await asyncio.sleep(3)
            before, sent = process.cpu_times(), room.whep.status().sent
            await asyncio.sleep(seconds)
            after = process.cpu_times()
            used = (after.user + after.system - before.user - before.system) / seconds
            base = base if count else used
            each = (used - base) / count * 100 if count else 0.0
            rate = (room.whep.status().sent - sent) / seconds / max(1, count)
            status = room.whep.status()
            print(f"{count} viewers: {used:.3f} cores, {each:.2f} % a viewer, {rate:.0f} units/s each, {status}")
            child.communicate(b"")


async def chromium(seconds: int) -> None:
    """getStats of one viewer."""
    async with on_air() as room, browser.launch() as browsers:
        page = await browsers.new_page()
        await page.goto(f"{room.url}/player")
        await page.evaluate("watch()")
        shown = await page.evaluate("window.shown")
        await asyncio.sleep(3)
        first = last = await browser.receiver_stats(page, "pc")
        skews = []
        for _ in range(seconds):
            await asyncio.sleep(1)
            last = await browser.receiver_stats(page, "pc")
            skews.append(last["skew"] * 1000)
        video, audio = last["video"], last["audio"]
        span = (video["timestamp"] - first["video"]["timestamp"]) / 1000
        heard = audio["totalSamplesReceived"] - first["audio"]["totalSamplesReceived"]
        concealed = audio["concealedSamples"] - first["audio"]["concealedSamples"]
        print(
            f"first picture {shown:.0f} ms, {(video['framesDecoded'] - first['video']['framesDecoded']) / span:.2f} fps"
        )
        print(f"freezes {video['freezeCount']}, concealed {100 * concealed / heard:.3f} %, lost {video['packetsLost']}")
        print(f"skew ms: median {statistics.median(skews):.0f}, {min(skews):.0f} to {max(skews):.0f}")
        print(room.pump.status())


def encode(ticks: int = 500) -> None:
    """Milliseconds a tick in the encoder, on this thread."""
    renderer, sound = Bars(), beep(1 / FPS).pcm
    for preset, quantiser in (("superfast", None), ("ultrafast", None), ("ultrafast", 20)):
        encoder = Encoder(EncoderSettings(preset=preset, quantiser=quantiser))
        pictures = [Picture(renderer.render(Moment(tick)).i420.copy()) for tick in range(50)]
        began = time.perf_counter()
        packets = [p for tick in range(ticks) for p in encoder.encode_video(tick, pictures[tick % 50])]
        packets += encoder.flush()
        spent = (time.perf_counter() - began) / ticks * 1000
        rate = sum(len(packet.data) for packet in packets) * 8 * FPS / ticks / 1000
        print(f"{preset}, quantiser {quantiser}: {spent:.2f} ms a picture, {rate:.0f} kbit/s")
    for codec in ("opus", "aac"):
        encoder = Encoder(EncoderSettings(), {codec})  # type: ignore[arg-type]
        began = time.perf_counter()
        for tick in range(ticks):
            encoder.encode_audio(tick, sound)
        print(f"{codec}: {(time.perf_counter() - began) / ticks * 1000:.2f} ms a tick")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["crowd", url, count]:
            asyncio.run(crowd(url, int(count)))
        case ["encode"]:
            encode()
        case ["cost", *counts]:
            asyncio.run(cost([int(count) for count in counts] or [0, 1, 4, 12]))
        case ["chromium", *seconds]:
            asyncio.run(chromium(int(seconds[0]) if seconds else 25))
        case _:
            sys.exit(__doc__)
