"""Fish Speech: ``POST /v1/tts`` with JSON, sound back, of a server of one's own (fishaudio/fish-speech,
``tools/api_server.py``) and of fish.audio (docs.fish.audio, Text to Speech). Errors are JSON with ``message``;
fish.audio answers 402 for a key it does not know as for credit used up.

A voice is ``voice``, the id of a model or of a reference the server keeps, or ``reference``, a recording sent along:
to a server of one's own, since fish.audio takes recordings as uploaded models.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from host.core.endpoint import Endpoint
from host.core.options import takes
from host.core.ports import Context
from host.core.product import Lang
from host.voice.engines.reference import Recording, Reference, recording
from host.voice.engines.served import Ask, Dialect, ServedOptions, ServedVoice, bearer, endpoint_of, open_served


class Settings(ServedOptions):
    """Options of ``fish``."""

    public = "https://api.fish.audio"
    key_name = "FISH_API_KEY"

    voice: str = Field(default="", max_length=255, description="the id behind fish.audio/m/, or of a kept reference")
    reference: Reference = ""
    prompt_text: str = Field(default="", max_length=500, description="what is said in the recording")
    model: str = Field(default="", pattern=r"^[!-~]*$", description="of fish.audio: s2-pro; empty: its own choice")
    speed: float = Field(default=1.0, ge=0.5, le=2.0, description="heeded by fish.audio only")
    format: Literal["mp3", "wav", "opus"] = "mp3"


@dataclass(frozen=True, slots=True)
class Fish(Dialect):
    """``/v1/tts``."""

    who = "Fish Speech"

    settings: Settings
    endpoint: Endpoint
    cloned: Recording | None

    def ask(self, text: str, lang: Lang, speed: float) -> Ask:
        """The request for a sentence."""
        settings = self.settings
        fields: dict[str, Any] = {"text": text, "format": settings.format}
        if settings.voice:
            fields["reference_id"] = settings.voice
        if self.cloned:
            sound = base64.b64encode(self.cloned.sound).decode("ascii")
            fields["references"] = [{"audio": sound, "text": settings.prompt_text}]
        if speed != 1:
            fields["prosody"] = {"speed": speed}
        model = {"model": settings.model} if settings.model else {}
        return Ask("/v1/tts", fields, headers=bearer(self.endpoint) | model)


@takes(Settings, "voice fish")
def open_voice(settings: Settings, context: Context) -> ServedVoice:
    """A voice of Fish Speech. Raises `VoiceError` where fish.audio's key is missing, and `NoConsent`."""
    cloned = recording(context.folder, settings.reference) if settings.reference else None
    endpoint = endpoint_of(settings, context)
    recordings = (cloned,) if cloned else ()
    return open_served("fish", settings, endpoint, Fish(settings, endpoint, cloned), context, recordings)
