"""Figures of a room on air: each starts a real one in a process of its own and asks it over HTTP."""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from host.bench.process import LiveRoom, live_room
from host.bench.viewer import chromium, open_page, watch
from host.core.clock import MonotonicClock
from host.journal import read

QUESTIONS = (
    "保温杯能保温多久？",
    "包邮吗",
    "3号链接多少钱？",
    "台灯会不会伤眼睛",
    "可以退货吗？",
    "咖啡怎么冲",
    "什么时候发货",
    "1号链接是什么材质的",
    "杯子会漏水吗",
    "你是真人吗",
)
_WAIT = threading.Event()  # never set: `wait` is how a bench, outside the room and its clock, lets time pass


def viewers(data: Path, cache: Path, seconds: float) -> dict[str, Any]:
    """The first row of figures: Chromium on the viewer page of the demo room."""
    with live_room(data, cache) as room, chromium() as browser:
        figures = watch(open_page(browser, room.base + "/"), seconds)
        counters = room.get("/api/state")["counters"]
    return {**figures, **{key: counters[key] for key in ("repeated_pictures", "skipped_ticks")}}


def latency(data: Path, cache: Path, questions: int) -> dict[str, Any]:
    """Ask one question at a time, at random moments of the script; read from the journal when its first word was heard.

    One at a time: viewers who ask faster than a host can speak wait for each other, which says nothing of the engine.
    """
    chance = random.Random(7)
    with live_room(data, cache) as room:
        _until_speaking(room)
        _WAIT.wait(8.0)
        for number, text in enumerate(itertools.islice(itertools.cycle(QUESTIONS), questions)):
            asked = f"bench-{number}"
            room.post("/api/comments", {"user": f"观众{number}", "text": text, "id": asked})
            _until(room, partial(_settled, asked))
            _WAIT.wait(3.0 + 4.0 * chance.random())
    timings = [
        event["timing"]
        for event in read(data / "demo.journal.db")
        if event["kind"] == "speaking" and "timing" in event and event["in_reply_to"][0].startswith("bench-")
    ]
    total = [timing["voice_at"] - timing["comment_at"] for timing in timings]
    work = [(timing["drafted_at"] - timing["asked_at"]) + (timing["ready"] - timing["began"]) for timing in timings]
    return {
        "asked": questions,
        "answered_by_voice": len(timings),
        "comment_to_voice_s_median": round(median(total), 2),
        "comment_to_voice_s_p90": round(quantile(total, 0.9), 2),
        "engine_work_ms_median": round(median(work) * 1000, 1),
        "engine_work_ms_p90": round(quantile(work, 0.9) * 1000, 1),
    }


def restart(data: Path, cache: Path, kills: int) -> dict[str, Any]:
    """Kill the room in the middle of a sentence; time until it speaks again, and where it goes on."""
    times: list[float] = []
    right = 0
    chance = random.Random(11)
    for _ in range(kills):
        with live_room(data, cache) as room:
            _until_speaking(room)
            _WAIT.wait(6.0 + 6.0 * chance.random())
            room.kill()
        before = list(read(data / "demo.journal.db"))
        clock = MonotonicClock()
        with live_room(data, cache) as room:
            _until_speaking(room)
            times.append(clock.now())
            _WAIT.wait(8.0)
        after = list(read(data / "demo.journal.db"))[len(before) :]
        right += _resumed_rightly(before, after)
    return {
        "kills": kills,
        "on_air_again_s_median": round(median(times), 2),
        "on_air_again_s_worst": round(max(times), 2),
        "at_the_right_line": f"{right} of {kills}",
    }


def memory(data: Path, cache: Path, minutes: float) -> dict[str, Any]:
    """Resident memory of the room's processes over time, with a viewer watching and a comment every few seconds."""
    samples: list[tuple[float, float]] = []
    with live_room(data, cache) as room, chromium() as browser:
        open_page(browser, room.base + "/")
        clock = MonotonicClock()
        for number in itertools.count():
            _WAIT.wait(5.0)
            text = QUESTIONS[number % len(QUESTIONS)]
            room.post("/api/comments", {"user": f"观众{number % 50}", "text": text, "id": f"memory-{number}"})
            samples.append((clock.now() / 60, room.rss() / 1e6))
            if clock.now() >= minutes * 60:
                break
    return {"minutes": minutes, **growth(samples)}


def growth(samples: list[tuple[float, float]]) -> dict[str, Any]:
    """Least-squares slope in MB a minute over the second half of (minute, MB) samples."""
    settled = samples[len(samples) // 2 :]
    mean_x = sum(x for x, _ in settled) / len(settled)
    mean_y = sum(y for _, y in settled) / len(settled)
    spread = sum((x - mean_x) ** 2 for x, _ in settled) or 1.0
    slope = sum((x - mean_x) * (y - mean_y) for x, y in settled) / spread
    return {
        "mb_at_start": round(samples[0][1], 1),
        "mb_at_half": round(settled[0][1], 1),
        "mb_at_end": round(samples[-1][1], 1),
        "mb_per_minute_second_half": round(slope, 3),
    }


def _resumed_rightly(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> bool:
    """Whether the first script sentence after the restart is the one that was cut, or the one after a finished one."""
    said = [event for event in before if event["kind"] == "speaking" and event["place"]]
    finished = {event["utterance"] for event in before if event["kind"] == "played" and not event["interrupted"]}
    resumed = next((event for event in after if event["kind"] == "speaking" and event["place"]), None)
    if not said or resumed is None:
        return False
    last = said[-1]
    if last["utterance"] not in finished:
        return bool(resumed["place"][:3] == last["place"][:3] and resumed["place"][4] == last["place"][4])
    return bool(resumed["place"] != last["place"])


def _until_speaking(room: LiveRoom) -> None:
    _until(room, lambda state: state["now"] is not None)


def _until(room: LiveRoom, true: Callable[[dict[str, Any]], bool], limit: float = 60.0) -> None:
    clock = MonotonicClock()
    while not true(room.get("/api/state")) and clock.now() < limit:
        _WAIT.wait(0.05)


def _settled(comment_id: str, state: dict[str, Any]) -> bool:
    return any(comment["id"] == comment_id and comment["fate"] not in ("", "queued") for comment in state["comments"])


def quantile(values: list[float], share: float) -> float:
    """The value that ``share`` of all are not over."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
