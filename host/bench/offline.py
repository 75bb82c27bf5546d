"""Figures of rehearsals, of drawing and of lip sync: no network, no second process."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from host.bench.live import growth
from host.config import load_room
from host.core.bundled import bundled
from host.core.clock import MonotonicClock
from host.rehearsal import Rehearsal, rehearse


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
