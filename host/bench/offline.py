"""Figures of rehearsals, of drawing and of lip sync: no network, no second process."""

from __future__ import annotations

import asyncio
from pathlib import Path
from statistics import median
from typing import Any

from host.avatar.bundle import load_bundle
from host.avatar.lipsync_metrics import compare
from host.bench.live import growth
from host.config import load_room
from host.core.bundled import bundled
from host.core.clock import MonotonicClock
from host.core.media import Speech
from host.core.ports import Context
from host.rehearsal import Rehearsal, rehearse
from host.show.lint import spoken_texts
from host.show.load import load_show
from host.voice import espeak
from host.voice.normalise import normalise


def rehearsals(data: Path, cache: Path, minutes: float) -> dict[str, Any]:
    """Film once, and twice without; real-time factors, and whether the timelines are identical byte for byte."""
    room = load_room(bundled("config", "demo.yaml"))
    comments = bundled("config", "comments", "demo.jsonl")
    seconds = minutes * 60

    def run(name: str, video: bool) -> float:
        clock = MonotonicClock()
        rehearse(room, Rehearsal(data / name, cache, seconds, comments, video))
        return clock.now()

    film, first, second = run("film", True), run("first", False), run("second", False)
    lines = [(data / name / "timeline.json").read_bytes() for name in ("film", "first", "second")]
    return {
        "minutes": minutes,
        "film_times_real_time": round(seconds / film, 2),
        "no_video_times_real_time": round(seconds / median([first, second]), 1),
        "no_video_first_run": round(seconds / first, 1),
        "timelines_identical": lines[0] == lines[1] == lines[2],
        "film_mb": round((data / "film" / "show.mp4").stat().st_size / 1e6, 1),
    }


def memory(data: Path, cache: Path, hours: float) -> dict[str, Any]:
    """Resident memory of this process while hours of virtual time pass without video."""
    room = load_room(bundled("config", "demo.yaml"))
    samples: list[tuple[float, float]] = []

    def sample(share: float) -> None:
        minute = share * hours * 60
        if not samples or minute - samples[-1][0] >= 1:
            status = Path("/proc/self/status").read_text()
            samples.append((minute, int(status.split("VmRSS:")[1].split()[0]) / 1e3))

    rehearse(room, Rehearsal(data / "hours", cache, hours * 3600, None, False), sample)
    return {"virtual_hours": hours, **growth(samples)}


def lipsync(data: Path, cache: Path) -> dict[str, Any]:
    """The demo scripts of both languages spoken by the embedded voice, the mouth held against its phones."""
    speeches = asyncio.run(_speak_demo(data, cache))
    bundle = load_bundle(bundled("avatars", "kai"))
    figures: dict[str, Any] = {"sentences": len(speeches)}
    for name, result in compare(speeches, bundle.visemes).items():
        figures[name] = (
            f"closures {result.closures_hit}/{result.closures}, false closures {result.false_closure:.1%}, "
            f"open vowels {result.open_vowels_hit}/{result.open_vowels}, lag {result.lag * 1000:+.0f} ms, "
            f"largest step {result.largest_step:.2f}"
        )
    return figures


async def _speak_demo(data: Path, cache: Path) -> list[Speech]:
    voice = espeak.open_voice({}, Context(MonotonicClock(), "bench", Path(), cache, data))
    try:
        speeches = []
        for folder in ("zh", "en"):
            show = load_show(sorted(bundled("scripts", folder).glob("*.md")))
            texts = [(product.lang, text) for product, text, _, _ in spoken_texts(show)]
            speeches += [await voice.speak(normalise(text, lang), lang) for lang, text in texts[:60]]
        return speeches
    finally:
        await voice.close()
