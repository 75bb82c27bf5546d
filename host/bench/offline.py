"""Figures of rehearsals, of drawing and of lip sync: no network, no second process."""

from __future__ import annotations

import asyncio
from pathlib import Path
from statistics import median
from typing import Any

import cv2
import numpy as np

from host.avatar.puppet import open_renderer
from host.bench.live import growth
from host.config import load_room
from host.core.bundled import bundled
from host.core.clock import MonotonicClock
from host.core.media import TICK_SAMPLES, Speech
from host.core.ports import Context, Moment
from host.core.scene import Caption, Card, Manner, Scene
from host.core.utterance import Direction, Kind, Utterance
from host.lang.normalise import normalise
from host.rehearsal import Rehearsal, rehearse
from host.stage.encoder import Encoder, EncoderSettings
from host.voice.engines import espeak


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


def render(cache: Path, frames: int) -> dict[str, Any]:
    """Kai idle, talking, gesturing and showing a picture from a window: milliseconds a picture, and its way through the
    live encoder."""
    context = Context(MonotonicClock(), "bench", Path(), cache, cache)
    renderer = open_renderer({"avatar": str(bundled("avatars", "kai"))}, context)
    encoder = Encoder(EncoderSettings(), {"opus"})
    text = "这款保温杯只有220克，放包里几乎没感觉，现在79元，在1号链接。"
    card = Card("cup", "随行保温杯 500ml", 1, "¥79", "¥129", str(bundled("scripts", "zh", "images", "cup.png")))
    speech = asyncio.run(_speak(text, cache))
    figures: dict[str, Any] = {"frames": frames}
    tick = 0
    directions = {
        "idle": None,
        "talking": Direction(),
        "gesturing": Direction(gesture="point"),
        "showing": Direction(gesture="point", show=_tall_picture(cache)),
    }
    for name, direction in directions.items():
        talking = direction is not None
        utterance = Utterance("u", Kind.SCRIPT, text, "zh", direction=direction or Direction())
        performance = renderer.prepare(utterance, speech) if talking else None
        length = len(speech.pcm) // TICK_SAMPLES
        drawing, encoding = [], []
        for frame in range(frames):
            at = frame % length
            caption = Caption(text, len(text) * at // length) if talking else None
            manner = Manner.TALKING if talking else Manner.IDLE
            clock = MonotonicClock()
            scene = Scene(card, caption, shown=utterance.direction.show)
            picture = renderer.render(Moment(tick, performance, at, manner, scene))
            drawn = clock.now()
            encoder.encode_video(tick, picture)
            drawing.append(drawn)
            encoding.append(clock.now() - drawn)
            tick += 1
        ordered = sorted(drawing)
        figures[f"{name}_draw_ms_median"] = round(median(drawing) * 1000, 2)
        figures[f"{name}_draw_ms_p95"] = round(ordered[int(0.95 * len(ordered))] * 1000, 2)
        figures[f"{name}_encode_ms_median"] = round(median(encoding) * 1000, 2)
    return figures


def _tall_picture(folder: Path) -> str:
    """A picture as tall as the host stands, for which the host moves aside."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "bench-tall.png"
    cv2.imwrite(str(path), np.full((1920, 1080, 3), 200, np.uint8))
    return str(path)


async def _speak(text: str, cache: Path) -> Speech:
    voice = espeak.open_voice({}, Context(MonotonicClock(), "bench", Path(), cache, cache))
    try:
        return await voice.speak(normalise(text, "zh"), "zh")
    finally:
        await voice.close()
