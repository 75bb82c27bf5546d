"""The embedded voice: espeak-ng in a process of its own. It needs no key, no network and no model."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import Field, field_validator

from host.core.media import Speech
from host.core.mood import PACED, speed_in
from host.core.options import BackendOptions, takes
from host.core.ports import Context, VoiceError
from host.core.product import Lang
from host.core.reason import Reason
from host.voice.processes.espeak_process import EspeakProcess, Library
from host.voice.reading.espeak_script import Script, script, syllable_anchors
from host.voice.sound.finish import finish
from host.voice.sound.takes import Take
from host.voice.timing.phones import phones_of, word_anchors, words_of

MAX_CHARACTERS = 2000
_FASTEST = 450
"""Words a minute: espeak-ng's own bound."""

# Of the bundled variants this one's long-term spectrum is among the nearest to that of human speech (2.8 dB from the
# average of Byrne et al. 1994, plain cmn 6.8 dB), with a man's formants; so set, its tones move between 85 and 140 Hz.
_LANGUAGES: dict[Lang, tuple[str, int, int]] = {"zh": ("cmn", 230, 42), "en": ("en-us", 165, 30)}


class Settings(BackendOptions):
    """Options of ``espeak``. Numbers are espeak-ng's own scales."""

    variant: str = Field(default="Nguyen", pattern=r"^[\w -]{0,40}$", description="espeak-ng's voice variant")
    rate: int | None = Field(default=None, ge=80, le=_FASTEST, description="words a minute; by default 230 zh, 165 en")
    pitch: int | None = Field(default=None, ge=0, le=99, description="by default 42 zh, 30 en")
    range: int = Field(default=65, ge=0, le=99, description="how far the melody moves")

    @field_validator("variant")
    @classmethod
    def _there(cls, variant: str) -> str:
        known = sorted(file.name for file in Path(Library.find().data, "voices", "!v").glob("*"))
        if variant and variant not in known:
            raise ValueError(Reason("no_variant", variant=variant, known=known))
        return variant

    def request(self, text: str, lang: Lang, mood: str = "") -> dict[str, Any]:
        """The request for the espeak-ng process."""
        base, usual, pitch = _LANGUAGES[lang]
        rate = usual if self.rate is None else self.rate
        return {
            "text": text,
            "voice": f"{base}+{self.variant}" if self.variant else base,
            "rate": min(_FASTEST, round(speed_in(mood, 1.0) * rate)),
            "pitch": pitch if self.pitch is None else self.pitch,
            "range": self.range,
            "gap": 0,
        }


@dataclass(frozen=True, slots=True)
class EspeakVoice:
    """espeak-ng as a `Voice`, and as the source of phones for engines that give none."""

    settings: Settings
    process: EspeakProcess
    name: str = "espeak"
    moods: Collection[str] = PACED

    async def speak(self, spoken: str, lang: Lang, mood: str = "") -> Speech:
        """Say it; about 10 ms a sentence. Raises `VoiceError`."""
        take = await self.record(spoken, lang, mood)
        with self.process.clock.hold():
            return await asyncio.to_thread(finish, take, spoken, lang, self.name)

    async def record(self, spoken: str, lang: Lang, mood: str = "") -> Take:
        """What espeak-ng says, before finishing: sound, phones and words. Raises `VoiceError`."""
        if len(spoken) > MAX_CHARACTERS:
            raise VoiceError(f"more than {MAX_CHARACTERS} characters in one sentence")
        written = script(spoken) if lang == "zh" else Script(spoken)
        reply = await self.process.say(self.settings.request(written.text, lang, mood))
        if not len(reply.pcm):
            raise VoiceError("espeak-ng finds nothing to say in it")
        rate = reply.sample_rate
        phones = phones_of(reply.events, rate, len(reply.pcm) / rate, lang == "zh")
        heard = word_anchors(reply.events, rate)
        anchors = syllable_anchors(written, heard, phones) if lang == "zh" else heard
        samples = reply.pcm.astype(np.float32) / np.float32(32768)
        return Take(samples, rate, phones, words_of(spoken, anchors, phones))

    async def close(self) -> None:
        """End the espeak-ng process."""
        await self.process.close()


@takes(Settings, "voice espeak")
def open_voice(settings: Settings, context: Context) -> EspeakVoice:
    """The embedded voice. Raises `LivehostError` where espeak-ng is not installed."""
    return EspeakVoice(settings, EspeakProcess(Library.find(), context.clock))
