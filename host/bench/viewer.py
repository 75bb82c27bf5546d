"""A viewer as real as they come: Chromium plays the page, and `getStats` tells what it saw and heard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING, Any

from host.core.errors import LivehostError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--allow-loopback-in-peer-connection",
)

_WATCH = """
(() => {
  const Native = window.RTCPeerConnection;
  window.__peers = [];
  window.RTCPeerConnection = class extends Native {
    constructor(...args) { super(...args); window.__peers.push(this); window.__asked = performance.now(); }
  };
  document.addEventListener('loadeddata', () => { window.__first ??= performance.now(); }, true);
  document.addEventListener('playing', () => { window.__first ??= performance.now(); }, true);
})();
"""

_STATS = """
async () => {
  const peer = window.__peers.at(-1);
  if (!peer) return null;
  const result = { at: performance.now(), asked: window.__asked, first: window.__first, state: peer.connectionState };
  for (const report of (await peer.getStats()).values()) {
    if (report.type === 'inbound-rtp') result[report.kind] = { ...report };
  }
  return result;
}
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium. Raises `LivehostError` saying what to install."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise LivehostError("playwright is not installed", hint="pip install 'livehost[test]'") from None
    path = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
    if path is None:
        raise LivehostError("there is no Chromium on this machine", hint="apt install chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=path, headless=True, args=[*FLAGS], ignore_default_args=["--mute-audio"]
        )
        try:
            yield browser
        finally:
            browser.close()


def open_page(browser: Browser, url: str) -> Page:
    """A page that remembers its peer connections, at a phone's size."""
    page = browser.new_page(viewport={"width": 412, "height": 892}, device_scale_factor=2)
    page.add_init_script(_WATCH)
    page.goto(url)
    return page


def watch(page: Page, seconds: float, every: float = 1.0, warm_up: float = 5.0) -> dict[str, Any]:
    """Watch for ``seconds`` after a warm-up; the figures of the issue's first row, from differences of two readings."""
    page.wait_for_function("() => window.__first", timeout=20_000)
    page.evaluate("document.querySelector('video').muted = false")  # muted, its energy counts as none
    page.wait_for_timeout(warm_up * 1000)
    begin = page.evaluate(_STATS)
    skews: list[float] = []
    end = begin
    while end["at"] - begin["at"] < seconds * 1000:
        page.wait_for_timeout(every * 1000)
        end = page.evaluate(_STATS)
        video, audio = end["video"], end["audio"]
        if "estimatedPlayoutTimestamp" in video and "estimatedPlayoutTimestamp" in audio:
            skews.append(video["estimatedPlayoutTimestamp"] - audio["estimatedPlayoutTimestamp"])
    span = (end["at"] - begin["at"]) / 1000

    def grown(kind: str, name: str) -> float:
        return float(end[kind].get(name, 0) - begin[kind].get(name, 0))

    samples = grown("audio", "totalSamplesReceived")
    return {
        "seconds": round(span, 1),
        "size": f"{end['video'].get('frameWidth')}x{end['video'].get('frameHeight')}",
        "fps": round(grown("video", "framesDecoded") / span, 2),
        "freezes": int(grown("video", "freezeCount")),
        "freezes_since_start": int(end["video"].get("freezeCount", 0)),
        "concealed_audio_percent": round(100 * grown("audio", "concealedSamples") / samples, 4) if samples else None,
        "skew_ms_median": round(median(skews), 1) if skews else None,
        "skew_ms_worst": round(max(abs(skew) for skew in skews), 1) if skews else None,
        "first_frame_ms": round(end["first"] - end["asked"], 0),
        "packets_lost": int(end["video"].get("packetsLost", 0) + end["audio"].get("packetsLost", 0)),
        "keyframes": int(end["video"].get("keyFramesDecoded", 0)),
        "audio_energy": round(grown("audio", "totalAudioEnergy"), 4),
    }
