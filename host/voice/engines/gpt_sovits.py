"""GPT-SoVITS, as its ``api_v2.py`` serves it (RVC-Boss/GPT-SoVITS, main): ``POST /tts``, a WAV file back; errors are
HTTP 400 with ``message`` and ``Exception``, 422 for fields of another type.

The server reads the recording from its own disk: where it runs on another machine, ``server_path`` says where the
recording lies there, and ``reference`` the copy here, with its consent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from host.core.options import takes
from host.core.ports import Context
from host.core.product import Lang
from host.voice.engines.reference import Recording, Reference, named_or_needed, needed
from host.voice.engines.served import Ask, Dialect, ServedOptions, ServedVoice, endpoint_of, open_served

Spoken = Literal["zh", "en", "ja", "ko", "yue", "auto", "auto_yue", "all_zh", "all_ja", "all_ko", "all_yue"]
"""Languages by the server's names; ``zh`` is Chinese with English in it."""


class Settings(ServedOptions):
    """Options of ``gpt-sovits``."""

    public = "http://127.0.0.1:9880"

    reference: Reference = ""
    prompt_text: str = Field(default="", max_length=500, description="what is said in the recording")
    prompt_lang: Spoken = Field(default="zh", description="the language of the recording")
    server_path: str = Field(default="", description="the recording on the server's disk, where that is another's")
    speed: float = Field(default=1.0, ge=0.5, le=2.0)

    @model_validator(mode="after")
    def _of_somebody(self, info: ValidationInfo) -> Self:
        return named_or_needed(self, bool(self.reference), info)


@dataclass(frozen=True, slots=True)
class GptSovits(Dialect):
    """``api_v2.py``."""

    who = "GPT-SoVITS"

    settings: Settings
    cloned: Recording

    def ask(self, text: str, lang: Lang, speed: float) -> Ask:
        """The request for a sentence; whole, since it is heard whole."""
        return Ask(
            "/tts",
            {
                "text": text,
                "text_lang": lang,
                "ref_audio_path": self.settings.server_path or str(self.cloned.path),
                "prompt_text": self.settings.prompt_text,
                "prompt_lang": self.settings.prompt_lang,
                "speed_factor": speed,
                "media_type": "wav",
                "streaming_mode": False,
            },
        )


@takes(Settings, "voice gpt-sovits")
def open_voice(settings: Settings, context: Context) -> ServedVoice:
    """A cloned voice. Raises `NoConsent` where there is no recording that may be used."""
    cloned = needed(context.folder, settings.reference)
    endpoint = endpoint_of(settings, context)
    return open_served("gpt-sovits", settings, endpoint, GptSovits(settings, cloned), context, (cloned,))
