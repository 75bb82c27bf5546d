"""What the voices with a network on this machine share: text to symbols, symbols to sound, sound to `Speech`."""

from __future__ import annotations

import asyncio
import importlib.util
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from pydantic import Field

from host.core.media import Phone, Speech
from host.core.mood import PACED, speed_in
from host.core.options import BackendOptions
from host.core.ports import VoiceError
from host.core.product import Lang
from host.core.reason import Reason
from host.voice.processes.neural_process import NeuralProcess, Reading, Sounded
from host.voice.reading.phonemes import Spelled, latin_runs, spell
from host.voice.sound.finish import finish, voiced_span
from host.voice.sound.takes import Samples, Take
from host.voice.timing.durations import timed
from host.voice.timing.guide import Guide
from host.voice.timing.phones import Anchor, words_of

LONGEST = 120
"""Symbols said at once, some seven seconds: a network's memory grows with them, and its prosody wanders."""
JOINT = 0.12
"""Seconds between two pieces."""
_READINGS = 4096


class NeuralOptions(BackendOptions):
    """Options that all of them have."""

    speed: float = Field(default=1.0, ge=0.5, le=2.0, description="times the usual pace")


class Network(Protocol):
    """What an engine adds: its symbols as sound."""

    async def __call__(self, spelled: Spelled, lang: Lang, seed: int, speed: float) -> Sounded: ...


@dataclass(frozen=True, slots=True)
class NeuralVoice:
    """A network in a worker process as a `Voice`. The same text gives the same bytes: ``sounds`` is seeded by it."""

    name: str
    languages: tuple[Lang, ...]
    pace: float
    process: NeuralProcess
    sounds: Network
    guide: Guide
    readings: dict[str, tuple[Reading, ...]] = field(default_factory=dict)
    moods: Collection[str] = PACED

    async def speak(self, spoken: str, lang: Lang, mood: str = "") -> Speech:
        """Say it, in pieces where it is long. Raises `VoiceError`."""
        if lang not in self.languages:
            raise VoiceError(Reason("voice_not_that_language", engine=self.name, lang=lang))
        with self.process.clock.hold():
            take = await self._record(spoken, lang, speed_in(mood, self.pace))
            return await asyncio.to_thread(finish, take, spoken, lang, self.name)

    async def close(self) -> None:
        """End the processes."""
        await self.process.close()
        await self.guide.close()

    async def _record(self, spoken: str, lang: Lang, speed: float) -> Take:
        await self._learn(latin_runs(spoken, lang))
        spelled = spell(spoken, lang, self.readings)
        if not spelled.spans:
            raise VoiceError(Reason("nothing_to_say"))
        seed = zlib.crc32(spoken.encode("utf-8", "surrogatepass"))
        tape = _Tape()
        for piece in spelled.cut(LONGEST):
            tape.add(piece, await self.sounds(piece, lang, seed, speed))
        if tape.untimed:
            return await self.guide.complete(tape.samples, tape.rate, (), spoken, lang)
        return Take(tape.samples, tape.rate, tuple(tape.phones), words_of(spoken, tape.anchors, tape.phones))

    async def _learn(self, runs: Sequence[str]) -> None:
        unknown = [run for run in dict.fromkeys(runs) if run not in self.readings]
        if unknown:
            if len(self.readings) > _READINGS:
                self.readings.clear()
            self.readings.update(zip(unknown, await self.process.read_aloud(unknown), strict=True))


@dataclass(slots=True)
class _Tape:
    """Pieces of one text, laid end to end with their times."""

    parts: list[Samples] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    rate: int = 0
    untimed: bool = False

    @property
    def samples(self) -> Samples:
        return np.concatenate(self.parts)

    def add(self, piece: Spelled, sounded: Sounded) -> None:
        """Lay a piece behind the others: without the silence that each begins and ends with, but for a breath."""
        first, last = voiced_span(sounded.samples, sounded.sample_rate)
        self.rate = sounded.sample_rate
        if self.parts:
            self.parts.append(np.zeros(round(JOINT * self.rate), np.float32))
        shift = sum(map(len, self.parts)) / self.rate - first / self.rate
        if sounded.durations is None:
            self.untimed = True
        else:
            phones, anchors = timed(piece, sounded.durations, sounded.samples, self.rate)
            begin, end = first / self.rate, last / self.rate
            inside = [Phone(max(phone.start, begin), min(phone.end, end), phone.label) for phone in phones]
            if self.phones:
                self.phones.append(Phone(self.phones[-1].end, shift + begin, ""))
            self.phones += [
                Phone(phone.start + shift, phone.end + shift, phone.label)
                for phone in inside
                if phone.end > phone.start
            ]
            self.anchors += [Anchor(anchor.position, anchor.time + shift) for anchor in anchors]
        self.parts.append(sounded.samples[first:last])


def packaged(*packages: str) -> None:
    """Raise `VoiceError` for the first of the packages (by import name) that is not installed."""
    for package in packages:
        if importlib.util.find_spec(package) is None:
            raise VoiceError(Reason("voice_not_installed", package=package))
