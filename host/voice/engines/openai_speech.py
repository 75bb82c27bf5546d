"""Any OpenAI-compatible speech endpoint: ``POST {base_url}/audio/speech``, through the openai SDK."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import openai
from pydantic import Field

from host.core.clock import Clock
from host.core.endpoint import Endpoint, EndpointOptions, NoKey
from host.core.media import Speech
from host.core.options import takes
from host.core.ports import Context, VoiceError
from host.core.product import Lang
from host.core.reason import Reason
from host.voice.engines import espeak
from host.voice.engines.remote import guided, sent
from host.voice.timing.guide import Guide

_MAX_BYTES = 32 * 1024 * 1024
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream")
"""Content types that say nothing of the sound."""


class Settings(EndpointOptions):
    """Options of ``openai``."""

    model: str = Field(default="tts-1", min_length=1)
    voice: str = Field(default="onyx", min_length=1)
    speed: float = Field(default=1.0, ge=0.25, le=4.0)
    instructions: str = Field(default="", max_length=2000, description="for models that take them: tone, pace")
    format: Literal["mp3", "opus", "aac", "flac", "wav", "pcm"] = "mp3"
    deadline: float = Field(default=6.0, gt=0, le=60, description="seconds for one sentence")


@dataclass(frozen=True, slots=True)
class OpenaiVoice:
    """A speech endpoint as a `Voice`."""

    settings: Settings
    endpoint: Endpoint
    client: openai.AsyncOpenAI
    clock: Clock
    guide: Guide
    name: str = "openai"

    @property
    def pace(self) -> float:
        """As it is set; not every server heeds it."""
        return self.settings.speed

    async def speak(self, spoken: str, lang: Lang) -> Speech:
        """Say one sentence. Raises `VoiceError`."""
        with self.clock.hold():
            sound, kind = await sent("the speech endpoint", self.settings.deadline, self._fetch(spoken))
            return await guided(self.guide, sound, (), spoken, lang, self.name, kind)

    async def close(self) -> None:
        """Close connections and the phonemiser."""
        await self.client.close()
        await self.guide.close()

    async def _fetch(self, spoken: str) -> tuple[bytes, str]:
        """The sound and its content type: what it is called, or what was asked for."""
        settings = self.settings
        request = self.client.audio.speech.with_streaming_response.create(
            model=settings.model,
            voice=settings.voice,
            input=spoken,
            speed=settings.speed,
            response_format=settings.format,
            instructions=settings.instructions or openai.omit,
            extra_headers={} if self.endpoint.key else {"Authorization": openai.omit},
        )
        sound = bytearray()
        try:
            async with request as response:
                kind = response.headers.get("content-type", "")
                async for chunk in response.iter_bytes():
                    sound += chunk
                    if len(sound) > _MAX_BYTES:
                        raise VoiceError("the speech endpoint sends more sound than a sentence can have")
        except openai.APIStatusError as error:
            raise VoiceError(Reason("speech_status", status=error.status_code)) from error
        bare = settings.format == "pcm" and kind.partition(";")[0] in _UNTOLD
        return bytes(sound), "audio/pcm" if bare else kind


@takes(Settings, "voice openai")
def open_voice(settings: Settings, context: Context) -> OpenaiVoice:
    """A speech endpoint; connects at the first sentence. Raises `VoiceError` where one that needs a key has none."""
    try:
        endpoint = settings.endpoint(context.env)
    except NoKey as missing:
        raise VoiceError(*missing.args) from None
    client = openai.AsyncOpenAI(
        api_key=endpoint.key or "none",  # which is not sent
        base_url=endpoint.base_url,
        timeout=settings.deadline,
        max_retries=0,  # the chain's next engine speaks at once; waiting would be silence on air
    )
    return OpenaiVoice(settings, endpoint, client, context.clock, Guide(espeak.open_voice({}, context)))
