"""PocketSphinx in a process of its own, as the room sees it.

A process, not a thread: the library keeps the interpreter from running while it works, some 50 ms for each second of
sound, and a crash in it would be the room's. It is C code with state, of which each request gets a fresh copy.
"""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from host.core.clock import Clock
from host.core.ports import VoiceError
from host.voice.processes.worker_process import WorkerProcess
from host.voice.sound.takes import Samples, resample

DEADLINE = 6.0
"""Real seconds for one request; a sentence of 10 s takes half a second of one core."""
LONGEST = 40.0
"""Seconds of sound taken at most: no sentence takes as long, and what does would keep the room waiting."""
_RATE = 16_000
_PAD = 0.1
"""Seconds of quiet laid before and after: a model of silence wants some."""
_PEAK, _FLOOR = 20_000.0, 3.0
"""The sound's peak, and the noise under it. Digital silence is like nothing the models have heard: in it pauses are not
found, and what stands beside them is drawn into them."""
_WORKER = Path(__file__).with_name("sphinx_worker.py")

TimedPhone = tuple[str, float, float]
"""An ARPAbet phone, its start and its end in seconds from the first sample."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A word to be found: the ways it may be said, in ARPAbet, and how the dictionary spells it ("": not at all)."""

    ways: tuple[tuple[str, ...], ...]
    spelling: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A word found. ``way`` is the number of the way that was heard, -1 for one of the dictionary's."""

    way: int
    phones: tuple[TimedPhone, ...]


class SphinxProcess(WorkerProcess):
    """Requests to PocketSphinx."""

    def __init__(self, clock: Clock, deadline: float = DEADLINE) -> None:
        super().__init__((sys.executable, "-I", str(_WORKER)), "PocketSphinx", clock, deadline)

    async def align(self, samples: Samples, rate: int, words: Sequence[Sought]) -> tuple[Found, ...]:
        """Each of the words in the sound. Raises `VoiceError` where they are not in it."""
        request = {"words": [word.ways for word in words], "spellings": [word.spelling for word in words]}
        reply = await self._heard(samples, rate, request)
        return tuple(Found(int(way), _timed(phones)) for way, phones in reply["words"])

    async def recognise(self, samples: Samples, rate: int, weights: Mapping[str, float]) -> tuple[TimedPhone, ...]:
        """The phones of a sound whose text is not known; ``weights`` says which there are, and how likely each is.
        Raises `VoiceError`."""
        return _timed((await self._heard(samples, rate, {"phones": dict(weights)}))["phones"])

    async def _heard(self, samples: Samples, rate: int, request: dict[str, Any]) -> dict[str, Any]:
        if importlib.util.find_spec("pocketsphinx") is None:
            raise VoiceError("PocketSphinx is not installed")
        if not len(samples):
            raise VoiceError("no sound came")
        if len(samples) > LONGEST * rate:
            raise VoiceError(f"more than {LONGEST:g} s of sound")
        sound = await asyncio.to_thread(_prepared, samples, rate)
        head, _ = await self.ask({"sound": b64encode(sound).decode(), **request})
        return head


def _prepared(samples: Samples, rate: int) -> bytes:
    sound = resample(samples, rate, _RATE)
    sound = np.pad(sound * (_PEAK / max(1e-6, float(np.abs(sound).max(initial=0)))), round(_PAD * _RATE))
    noise = np.random.default_rng(0).standard_normal(len(sound), dtype=np.float32)
    return (sound + _FLOOR * noise).astype("<i2").tobytes()


def _timed(phones: Sequence[Sequence[Any]]) -> tuple[TimedPhone, ...]:
    return tuple((str(name), float(start) - _PAD, float(end) - _PAD) for name, start, end in phones)
