"""CosyVoice, as its ``runtime/python/fastapi/server.py`` serves it (FunAudioLLM/CosyVoice, main): a form is posted to
``/inference_…``, 16-bit samples without a header come back. A speaker the model does not have, and whatever else goes
wrong while it speaks, ends the reply before its end; a missing field is HTTP 422 with ``detail``.

Which way it speaks follows from the options: a speaker of the model (``sft``), also by an instruction
(``instruct``); or a recording with what is said in it (``zero_shot``), with an instruction (``instruct2``), or alone
(``cross_lingual``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from host.core.options import takes
from host.core.ports import Context
from host.core.product import Lang
from host.voice.engines.reference import Recording, Reference, named_or_needed, needed
from host.voice.engines.refusal import Reply
from host.voice.engines.served import Ask, Dialect, ServedOptions, ServedVoice, endpoint_of, open_served


class Settings(ServedOptions):
    """Options of ``cosyvoice``."""

    public = "http://127.0.0.1:50000"

    speaker: str = Field(default="", description="one of the model's own: 中文女; then no recording is needed")
    reference: Reference = ""
    prompt_text: str = Field(default="", max_length=500, description="what is said in the recording")
    instruct: str = Field(default="", max_length=500, description="how to speak, for models that take it")
    rate: Literal[16000, 22050, 24000, 44100, 48000] = Field(
        default=24000, description="samples a second: 24000 of CosyVoice 2 and 3, 22050 of CosyVoice-300M"
    )

    @model_validator(mode="after")
    def _of_somebody(self, info: ValidationInfo) -> Self:
        return named_or_needed(self, bool(self.reference or self.speaker), info)


@dataclass(frozen=True, slots=True)
class CosyVoice(Dialect):
    """The FastAPI runtime."""

    who = "CosyVoice"

    settings: Settings
    cloned: Recording | None

    def ask(self, text: str, lang: Lang, speed: float) -> Ask:
        """The request for a sentence, in the way the options name."""
        settings = self.settings
        fields = {"tts_text": text}
        if settings.instruct:
            fields["instruct_text"] = settings.instruct
        if self.cloned is None:
            mode = "instruct" if settings.instruct else "sft"
            return Ask(f"/inference_{mode}", fields | {"spk_id": settings.speaker}, form=True)
        mode = "instruct2" if settings.instruct else "zero_shot" if settings.prompt_text else "cross_lingual"
        if mode == "zero_shot":
            fields["prompt_text"] = settings.prompt_text
        return Ask(f"/inference_{mode}", fields, form=True, files={"prompt_wav": self.cloned.sound})

    def heard(self, reply: Reply) -> tuple[bytes, str]:
        """Bare samples, which the server gives no content type."""
        sound, kind = Dialect.heard(self, reply)
        return sound, kind or f"audio/L16;rate={self.settings.rate}"


@takes(Settings, "voice cosyvoice")
def open_voice(settings: Settings, context: Context) -> ServedVoice:
    """A speaker of the model, or a cloned voice. Raises `NoConsent` where there is no recording that may be used."""
    cloned = None if settings.speaker else needed(context.folder, settings.reference)
    endpoint = endpoint_of(settings, context)
    recordings = (cloned,) if cloned else ()
    return open_served("cosyvoice", settings, endpoint, CosyVoice(settings, cloned), context, recordings)
