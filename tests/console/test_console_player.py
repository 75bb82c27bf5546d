"""The page's player in a real browser: how the sound comes on, and what is said where not all of it can play."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
import pytest
from browser import launch
from console_gateway import StillGateway
from console_room import FakeGateway, FakeRoom
from playwright.async_api import Browser, Page, Route, expect
from test_console_browser import LOOPBACK, console_app, until
from test_console_server import served

from host.core.clock import MonotonicClock
from host.core.control import ViewerGateway

pytestmark = pytest.mark.browser

AS_SHIPPED = "--autoplay-policy=document-user-activation-required"
"""Browsers let a page play with sound once its viewer has touched it, and not before."""
DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ON_ITS_SIDE: dict[str, Any] = {**PHONE, "viewport": {"width": 844, "height": 390}}

SOUNDING = "(({ muted, paused }) => !muted && !paused)(document.querySelector('video'))"
WITHOUT_H264 = """
    const all = RTCRtpReceiver.getCapabilities.bind(RTCRtpReceiver);
    window.decoder = false;
    RTCRtpReceiver.getCapabilities = (kind) => {
        const found = all(kind);
        if (!window.decoder) found.codecs = found.codecs.filter(({ mimeType }) => mimeType !== "video/H264");
        return found;
    };
"""
WITHOUT_WEBRTC = "delete window.RTCPeerConnection;"
ON_AN_OPEN_PAGE = WITHOUT_WEBRTC + "Object.defineProperty(window, 'isSecureContext', { value: false });"
FORBIDDEN = "window.RTCPeerConnection = class { constructor() { throw new Error('by policy'); } };"
MODULES = """async () => {
    const { PLAYER_WORDS: { zh, en } } = await import("/static/lib/player-words.js");
    const { WhepError } = await import("/static/lib/whep.js");
    const final = [...Array(600).keys()].filter((status) => new WhepError(status, 0, "").final);
    return [Object.keys(zh), Object.keys(en), final];
}"""
SHUT_OFF = """
    // Nothing gets through to the room, and the twelve seconds that a first frame may take are two.
    const every = window.setInterval;
    window.setInterval = (work, ms, ...rest) => every(work, ms === 1000 ? 150 : ms, ...rest);
    const take = RTCPeerConnection.prototype.setRemoteDescription;
    RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) {
        return take.call(this, { type, sdp: sdp.replace(/^a=ice-pwd:.*/gm, "a=ice-pwd:" + "x".repeat(24)) });
    };
"""


@pytest.fixture
async def still() -> AsyncIterator[StillGateway]:
    gateway = StillGateway(np.full((320, 180, 3), 90, np.uint8))
    yield gateway
    await gateway.close()


class Audience:
    """A browser before a room."""

    def __init__(self, browser: Browser, place: str) -> None:
        self._browser = browser
        self._place = place

    async def page(self, script: str = "", device: dict[str, Any] = DESKTOP, status: int = 0) -> Page:
        """A viewer's page; ``script`` runs before its own, and every offer of it gets ``status``, if one is named."""
        page = await (await self._browser.new_context(**device)).new_page()
        await page.add_init_script(script)
        if status:
            await page.route("**/whep", lambda route: refuse(route, status))
        await page.goto(f"http://{self._place}/")
        return page


async def refuse(route: Route, status: int) -> None:
    await route.fulfill(status=status, content_type="application/json", body='{"error": "no", "hint": "never"}')


@asynccontextmanager
async def audience(viewers: ViewerGateway, lang: str = "zh", comments: int = 0) -> AsyncIterator[Audience]:
    room = FakeRoom(MonotonicClock(), lang, viewers=viewers)
    for number in range(comments):
        room.add_comment(f"c{number}", "小鹿", f"第 {number} 问，杯子能放洗碗机吗")
    async with served(console_app(room)) as place, launch(*LOOPBACK, AS_SHIPPED) as browser:
        yield Audience(browser, place)


async def is_in(page: Page, state: str) -> None:
    await expect(page.locator("live-player")).to_have_attribute("data-state", state, timeout=15_000)


async def sounds(page: Page) -> bool:
    heard: bool = await page.evaluate(SOUNDING)
    return heard


async def until_sounding(page: Page) -> None:
    await page.wait_for_function(f"() => {SOUNDING}", timeout=5000)


async def points(page: Page) -> Iterator[tuple[float, float]]:
    """Places all over the picture."""
    box = await page.locator("live-player").bounding_box()
    assert box
    shares = (0.03, 0.3, 0.62, 0.97)
    return ((box["x"] + box["width"] * x, box["y"] + box["height"] * y) for y in shares for x in shares)


class TestSound:
    async def test_a_tap_anywhere_on_the_picture_turns_it_on(self, still: StillGateway) -> None:
        """Also where comments and captions lie over it; not on what is a button of its own."""
        async with audience(still, comments=12) as room:
            for device in (PHONE, ON_ITS_SIDE, DESKTOP):
                page = await room.page(device=device)
                await is_in(page, "playing")
                tapped = 0
                for x, y in await points(page):
                    own = "([x, y]) => document.elementFromPoint(x, y).closest('button:not(.player-sound), input')"
                    if await page.evaluate(f"(at) => Boolean(({own})(at))", [x, y]):
                        continue
                    assert not await sounds(page), (x, y)
                    await (page.touchscreen.tap(x, y) if "has_touch" in device else page.mouse.click(x, y))
                    await until_sounding(page)
                    tapped += 1
                    await page.evaluate("document.querySelector('live-player').muted = true")
                assert tapped >= 12
                await page.close()

    async def test_so_does_a_key_and_nothing_beside_the_picture(self, still: StillGateway) -> None:
        async with audience(still, "en", comments=3) as room:
            page = await room.page()
            await is_in(page, "playing")
            await page.get_by_role("textbox", name="Ask the host…").click()
            await page.locator(".comments li").first.click()
            await page.locator("product-card .card-name").click()
            assert not await sounds(page)
            for key in ("Enter", "Space"):
                await page.get_by_role("button", name="Tap or click for sound").focus()
                await page.keyboard.press(key)
                await until_sounding(page)
                await page.mouse.click(400, 400)
                assert await sounds(page), "a tap turns it on, never off"
                await page.get_by_role("button", name="Mute").click()
                assert not await sounds(page)


class TestLacking:
    async def test_a_browser_without_h264_hears_the_room_and_is_told(self, still: StillGateway) -> None:
        async with audience(still) as room:
            page = await room.page(WITHOUT_H264)
            await is_in(page, "listening")
            await expect(page.locator(".player-note")).to_contain_text("不能解码 H.264")
            await page.mouse.click(400, 400)
            await until_sounding(page)
            await expect(page.locator("#sound")).to_be_visible()
            await asyncio.sleep(1)
            assert still.offers == 1
            await page.evaluate("window.decoder = true")
            await is_in(page, "playing")
            assert await sounds(page)
            assert still.offers == 2

    async def test_what_will_not_change_is_said_and_not_tried_again(self) -> None:
        gateway = FakeGateway()
        async with audience(gateway) as room:
            scripts = {WITHOUT_WEBRTC: "没有 WebRTC", FORBIDDEN: "看不了直播", ON_AN_OPEN_PAGE: "请用 https:// 开头"}
            pages = {words: await room.page(script) for script, words in scripts.items()}
            for words, page in pages.items():
                await is_in(page, "stopped")
                await expect(page.locator(".player-note")).to_contain_text(words)
            assert gateway.count == 0
            page = await room.page()
            await is_in(page, "stopped")
            await expect(page.locator(".player-note")).to_contain_text("没有接受直播间的应答")
            await asyncio.sleep(1)
            assert gateway.count == 1
            await page.get_by_role("button", name="再试一次").click()
            await until(lambda: gateway.count == 2)
            zh, en, final = await page.evaluate(MODULES)
        assert zh == en, "both languages say the same"
        assert set(final) == set(range(400, 500)) - {404, 408, 425, 429}, "replies that will not change"


class TestReplies:
    async def test_what_will_not_change_ends_it_and_what_may_is_asked_for_again(self, still: StillGateway) -> None:
        async with audience(still) as room:
            refused, full, none = [await room.page(status=status) for status in (400, 503, 404)]
            asked: list[str] = []
            for page in (refused, full, none):
                page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
            await is_in(refused, "stopped")
            await is_in(none, "absent")
            await is_in(full, "waiting")
            await expect(refused.locator(".player-note")).to_contain_text("没有接受这个浏览器的连接（400）")
            await until(lambda: len(asked) >= 4)
            for page in (refused, full, none):
                await page.unroute("**/whep")
            await asyncio.gather(is_in(full, "playing"), is_in(none, "playing"))
            assert still.offers == 2
            await is_in(refused, "stopped")
            await refused.get_by_role("button", name="再试一次").click()
            await is_in(refused, "playing")

    async def test_a_network_that_lets_nothing_through_is_named(self, still: StillGateway) -> None:
        async with audience(still) as room:
            page = await room.page(SHUT_OFF)
            await expect(page.locator(".player-note")).to_contain_text("可能是网络拦截了 UDP", timeout=30_000)
            await is_in(page, "waiting")
            assert still.offers >= 2
