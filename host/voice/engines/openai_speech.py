"""Any server with ``POST /v1/audio/speech``: OpenAI's (platform.openai.com, API reference, Create speech) and those
that follow it, as Kokoro-FastAPI does, and wrappers around CosyVoice, Fish Speech, IndexTTS and others.

Voices have free names. What a server takes beyond OpenAI's fields goes into ``extra_body``; one that clones a recording
gets it as ``reference``, where ``extra_body`` says ``{reference}``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from host.core.endpoint import Endpoint, EndpointOptions
from host.core.options import takes
from host.core.ports import Context
from host.core.product import Lang
from host.voice.engines.reference import Reference, recording
from host.voice.engines.refusal import Reply
from host.voice.engines.served import Ask, Dialect, ServedVoice, SpeechOptions, bearer, endpoint_of, open_served

_UNTOLD = ("", "application/octet-stream", "binary/octet-stream")
"""Content types that say nothing of the sound."""


class Settings(SpeechOptions, EndpointOptions):
    """Options of ``openai``."""

    model: str = Field(default="tts-1", min_length=1)
    voice: str = Field(default="onyx", min_length=1, description="a name the server knows")
    speed: float = Field(default=1.0, ge=0.25, le=4.0)
    instructions: str = Field(default="", max_length=2000, description="for models that take them: tone, pace")
    format: Literal["mp3", "opus", "aac", "flac", "wav", "pcm"] = "mp3"
    reference: Reference = ""


@dataclass(frozen=True, slots=True)
class OpenaiSpeech(Dialect):
    """Create speech."""

    who = "the speech endpoint"

    settings: Settings
    endpoint: Endpoint

    def ask(self, text: str, lang: Lang, speed: float) -> Ask:
        """The request for a sentence."""
        settings = self.settings
        fields: dict[str, Any] = {"model": settings.model, "voice": settings.voice, "input": text}
        fields |= {"speed": speed, "response_format": settings.format}
        if settings.instructions:
            fields["instructions"] = settings.instructions
        return Ask("/audio/speech", fields, headers=bearer(self.endpoint))

    def heard(self, reply: Reply) -> tuple[bytes, str]:
        """The sound and its content type: what it is called, or what was asked for."""
        sound, kind = Dialect.heard(self, reply)
        bare = self.settings.format == "pcm" and kind.partition(";")[0] in _UNTOLD
        return sound, "audio/pcm" if bare else kind


@takes(Settings, "voice openai")
def open_voice(settings: Settings, context: Context) -> ServedVoice:
    """A speech endpoint; connects at the first sentence. Raises `VoiceError` where one that needs a key has none."""
    endpoint = endpoint_of(settings, context)
    cloned = (recording(context.folder, settings.reference),) if settings.reference else ()
    return open_served("openai", settings, endpoint, OpenaiSpeech(settings, endpoint), context, cloned)
