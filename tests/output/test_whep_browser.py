"""Chromium plays the room: what a viewer sees and hears, from getStats."""

from __future__ import annotations

import asyncio
from typing import Any

import browser
import pytest
from playwright.async_api import Page
from polling import until
from synthetic_room import Room, on_air

pytestmark = pytest.mark.browser


async def watch(page: Page, room: Room) -> float:
    """Open the room's page and play; returns milliseconds from asking to the first picture shown."""
    await page.goto(room.url)
    await page.evaluate("watch()")
    async with asyncio.timeout(10):
        shown: float = await page.evaluate("window.shown")
    return shown


async def stats(page: Page) -> dict[str, Any]:
    return await browser.receiver_stats(page, "pc")


async def test_a_viewer_sees_and_hears_the_room() -> None:
    async with on_air() as room, browser.launch() as chromium:
        page = await chromium.new_page()
        shown = await watch(page, room)
        await asyncio.sleep(2)
        before = await stats(page)
        await asyncio.sleep(8)
        after = await stats(page)
        skipped = room.pump.status()["dropped_pictures"]
    video, audio = after["video"], after["audio"]
    seconds = (video["timestamp"] - before["video"]["timestamp"]) / 1000
    fps = (video["framesDecoded"] - before["video"]["framesDecoded"]) / seconds
    heard = audio["totalSamplesReceived"] - before["audio"]["totalSamplesReceived"]
    concealed = (audio["concealedSamples"] - before["audio"]["concealedSamples"]) / heard
    figures = f"{fps=:.2f} {shown=:.0f} ms {concealed=:.5f} skew={after['skew'] * 1000:.0f} ms {video['freezeCount']=}"
    # Loose, because the machine is shared: `livehost bench` holds the room to the real figures.
    assert fps > 22, figures
    assert shown < 3000, figures
    assert video["freezeCount"] <= 1 + skipped, figures
    assert concealed < 0.02, figures
    assert abs(after["skew"]) < 0.15, figures
    assert (video["frameWidth"], video["frameHeight"]) == (720, 1280)
    assert audio["totalAudioEnergy"] > 0.01, "the beeps are heard"
    assert video["packetsLost"] == 0


async def test_each_viewer_begins_at_a_keyframe_of_its_own_and_costs_nobody_else() -> None:
    async with on_air(width=144) as room, browser.launch() as chromium:
        first, second = await chromium.new_page(), await chromium.new_page()
        await watch(first, room)
        await asyncio.sleep(0.7)
        shown = await watch(second, room)
        await asyncio.sleep(1)
        assert room.whep.status().clients == 2
        one, two = await stats(first), await stats(second)
        assert shown < 3000
        assert one["video"]["freezeCount"] == 0 or room.pump.status()["dropped_pictures"]
        assert two["video"]["keyFramesDecoded"] >= 1
        assert two["video"]["framesDecoded"] > 10
        await first.evaluate("fetch(session, {method: 'DELETE'})")
        await until(lambda: room.whep.status().clients == 1, 5)
        before = (await stats(second))["video"]["framesDecoded"]
        await asyncio.sleep(1)
        assert (await stats(second))["video"]["framesDecoded"] > before + 15


async def test_a_page_that_is_closed_is_seen_off() -> None:
    async with on_air(width=144, silence=2.5) as room, browser.launch() as chromium:
        page = await chromium.new_page()
        await watch(page, room)
        assert room.whep.status().clients == 1
        await asyncio.sleep(3)  # Chromium's receiver reports come once a second
        await page.close()
        await until(lambda: room.whep.status().clients == 0, 10)
