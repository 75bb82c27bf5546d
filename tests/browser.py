"""A real Chromium for tests that look at what a viewer gets. Debian's package, driven by playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, Error, Page, async_playwright

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> str:
    """Chromium's path: ``LIVEHOST_CHROMIUM``, else the first of `NAMES` on the path. Fails with what to install."""
    path = os.environ.get("LIVEHOST_CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        raise AssertionError("no Chromium on this machine; install it:  apt-get install -y chromium")
    return path


@asynccontextmanager
async def launch(*flags: str) -> AsyncIterator[Browser]:
    """A headless Chromium; ``flags`` are added to `FLAGS`."""
    async with async_playwright() as playwright:
        try:
            browser = await playwright.chromium.launch(
                executable_path=executable(), args=[*FLAGS, *flags], ignore_default_args=["--mute-audio"]
            )
        except Error as error:
            raise AssertionError(f"Chromium does not start: {error}") from error
        try:
            yield browser
        finally:
            await browser.close()


async def receiver_stats(page: Page, connection: str) -> dict[str, Any]:
    """What ``getStats`` of the page's ``connection`` (a JavaScript expression) says of the received media.

    ``{"video": {...}, "audio": {...}, "skew": seconds}`` read in one call; ``skew`` is picture minus sound.
    """
    stats: dict[str, Any] = await page.evaluate(
        """async (name) => {
            const report = await eval(name).getStats();
            const found = {};
            for (const entry of report.values())
                if (entry.type === "inbound-rtp") found[entry.kind] = {...entry};
            const [video, audio] = [found.video, found.audio];
            if (video?.estimatedPlayoutTimestamp && audio?.estimatedPlayoutTimestamp)
                found.skew = (video.estimatedPlayoutTimestamp - audio.estimatedPlayoutTimestamp) / 1000;
            return found;
        }""",
        connection,
    )
    return stats
