"""edge-tts: Microsoft Edge's read-aloud voices. They need the network and are refused for days at times (403)."""

from __future__ import annotations

import importlib.util
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

import edge_tts.communicate
from aiohttp import ClientConnectorError
from pydantic import Field, field_validator

from host.core.clock import Clock
from host.core.media import Speech, Word
from host.core.mood import PACED, speed_in
from host.core.options import BackendOptions, takes
from host.core.ports import Context, VoiceError
from host.core.product import Lang
from host.core.reason import Reason
from host.voice.engines import espeak
from host.voice.engines.remote import guided, sent
from host.voice.timing.guide import Guide

_TICKS = 10_000_000
_MAX_BYTES = 16 * 1024 * 1024
_VOICES: dict[str, str] = {"zh": "zh-CN-YunxiNeural", "en": "en-US-AndrewNeural"}


class Settings(BackendOptions):
    """Options of ``edge``."""

    voice: str = Field(default="", description="zh-CN-XiaoxiaoNeural; empty: a male voice of the language")
    rate: str = Field(default="+0%", pattern=r"^[+-]\d+%$")
    pitch: str = Field(default="+0Hz", pattern=r"^[+-]\d+Hz$")
    deadline: float = Field(default=6.0, gt=0, le=60, description="seconds for one sentence")
    endpoint: str = Field(default="", pattern=r"^(wss?://.*)?$", description="another server with the same protocol")
    proxy: str | None = None

    @field_validator("voice")
    @classmethod
    def _named_as_voices_are(cls, voice: str) -> str:
        try:
            return voice if not voice or edge_tts.Communicate("", voice) else ""
        except ValueError:
            raise ValueError(Reason("no_voice", voice=voice)) from None


@dataclass(frozen=True, slots=True)
class EdgeVoice:
    """edge-tts as a `Voice`."""

    settings: Settings
    clock: Clock
    guide: Guide
    name: str = "edge"
    moods: Collection[str] = PACED

    @property
    def pace(self) -> float:
        """As it is set."""
        return max(0.1, 1 + int(self.settings.rate.removesuffix("%")) / 100)

    async def speak(self, spoken: str, lang: Lang, mood: str = "") -> Speech:
        """Say one sentence. Raises `VoiceError`."""
        with self.clock.hold():
            fetched = self._fetch(spoken, lang, speed_in(mood, self.pace))
            sound, boundaries = await sent("edge-tts", self.settings.deadline, fetched)
            return await guided(self.guide, sound, locate(spoken, boundaries), spoken, lang, self.name)

    async def close(self) -> None:
        """End what the voice keeps."""
        await self.guide.close()

    async def _fetch(self, spoken: str, lang: Lang, speed: float) -> tuple[bytes, list[tuple[float, float, str]]]:
        settings = self.settings
        communicate = _library(settings.endpoint).Communicate(
            spoken,
            settings.voice or _VOICES[lang],
            rate=f"{round((speed - 1) * 100):+d}%",
            pitch=settings.pitch,
            boundary="WordBoundary",
            proxy=settings.proxy,
            connect_timeout=3,
            receive_timeout=max(1, round(settings.deadline)),
        )
        sound = bytearray()
        boundaries: list[tuple[float, float, str]] = []
        try:
            async for chunk in communicate.stream():
                if chunk["type"] == "audio":
                    sound += chunk["data"]
                    if len(sound) > _MAX_BYTES:
                        raise VoiceError("edge-tts sends more sound than a sentence can have")
                elif chunk["type"] == "WordBoundary":
                    start = chunk["offset"] / _TICKS
                    boundaries.append((start, start + chunk["duration"] / _TICKS, str(chunk["text"])))
        except ClientConnectorError as error:  # whose own words hold an object of the transport
            raise VoiceError(Reason("server_unreachable", engine="edge-tts", place=error.host)) from None
        # The library ends a stream quietly when the connection does; only the service's own end books the bytes.
        if communicate.state["cumulative_audio_bytes"] != len(sound):
            raise VoiceError("edge-tts broke off in the sentence")
        return bytes(sound), boundaries


def locate(spoken: str, boundaries: list[tuple[float, float, str]]) -> list[Word]:
    """Word boundaries as slices of the text they came from; what cannot be found in it is left out."""
    words, at = [], 0
    for start, end, text in boundaries:
        first = spoken.find(text, at) if text else -1
        if first >= 0:
            at = first + len(text)
            words.append(Word(start, end, first, at))
    return words


@lru_cache(maxsize=8)
def _library(endpoint: str) -> ModuleType | Any:
    """edge-tts's client module; for another endpoint a second instance of it, whose address is that one.

    The address is a constant of the module (``WSS_URL``); tests/voice holds the contract that it is used.
    """
    if not endpoint:
        return edge_tts.communicate
    spec = importlib.util.find_spec("edge_tts.communicate")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.WSS_URL = endpoint + ("&" if "?" in endpoint else "?") + "client=livehost"  # type: ignore[attr-defined]
    return module


@takes(Settings, "voice edge")
def open_voice(settings: Settings, context: Context) -> EdgeVoice:
    """An edge-tts voice; connects at the first sentence."""
    return EdgeVoice(settings, context.clock, Guide(espeak.open_voice({}, context)))
