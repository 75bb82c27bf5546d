"""How long pictures take: idle, talking and gesturing, through the whole renderer, on one thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from host.avatar.puppet import PuppetRenderer
from host.core.media import HEIGHT, SAMPLE_RATE, TICK_SAMPLES, WIDTH, Phone, Speech
from host.core.ports import Moment
from host.core.scene import Caption, Card, Manner, Scene
from host.core.utterance import Direction, Kind, Utterance

_SOUNDS = ("n", "i", "x", "au", "t", "a", "s", "ɕ", "i", "p", "au", "w", "ə", "n", "p", "ei", "f", "a", "ts", "u", "o")
_CARD = Card("cup", "随行保温杯 500ml", 1, "¥79", "¥129", badges=("48小时发货",))
_CAPTION = Caption("这款保温杯只有二百二十克，放包里几乎没感觉。", 8)


@dataclass(frozen=True, slots=True)
class Timing:
    """What one kind of picture costs: milliseconds of processor time, and the part of the picture that changed."""

    kind: str
    frames: int
    median_ms: float
    p95_ms: float
    changed: float


def bench_render(renderer: PuppetRenderer, seconds: float = 8.0) -> list[Timing]:
    """Time ``seconds`` of each manner. Processor time, so that a busy machine does not count."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        return list(_timings(renderer, round(seconds * SAMPLE_RATE / TICK_SAMPLES)))
    finally:
        cv2.setNumThreads(threads)


def _timings(renderer: PuppetRenderer, frames: int) -> Iterator[Timing]:
    talking = Scene(card=_CARD, caption=_CAPTION)
    start = 0
    for kind, gesture in (("idle", None), ("talking", ""), ("gesturing", "point")):
        performance = None if gesture is None else renderer.prepare(_utterance(kind, gesture), _speech(frames))
        manner = Manner.IDLE if gesture is None else Manner.TALKING
        scene = Scene() if gesture is None else talking

        def moment(
            i: int,
            performance: object = performance,
            manner: Manner = manner,
            scene: Scene = scene,
            start: int = start,
        ) -> Moment:
            return Moment(start + i, performance, i, manner, scene)

        yield _timed(renderer, kind, frames, moment)
        start += frames


def _timed(renderer: PuppetRenderer, kind: str, frames: int, moment: Callable[[int], Moment]) -> Timing:
    spent, changed = [], []
    for i in range(frames):
        before = time.thread_time()
        renderer.render(moment(i))
        spent.append((time.thread_time() - before) * 1000)
        changed.append(renderer.changed / (WIDTH * HEIGHT))
    median, p95 = np.percentile(spent, (50, 95))
    return Timing(kind, frames, float(median), float(p95), float(np.mean(changed)))


def _utterance(kind: str, gesture: str) -> Utterance:
    return Utterance(f"bench-{kind}", Kind.SCRIPT, _CAPTION.text, "zh", direction=Direction(gesture=gesture))


def _speech(frames: int) -> Speech:
    """Sounds of 60 to 150 ms, and noise that swells with them: only the timing matters."""
    random = np.random.default_rng(7)
    phones: list[Phone] = []
    at, end = 0.2, frames * TICK_SAMPLES / SAMPLE_RATE - 0.3
    while at < end:
        length = float(random.uniform(0.06, 0.15))
        phones.append(Phone(at, at + length, _SOUNDS[len(phones) % len(_SOUNDS)]))
        at += length
    swell = 1 + np.sin(np.arange(frames * TICK_SAMPLES) / 9000)
    pcm = (random.normal(0, 1500, frames * TICK_SAMPLES) * swell).astype(np.int16)
    return Speech(pcm, tuple(phones), (), _CAPTION.text, "zh", "bench")
