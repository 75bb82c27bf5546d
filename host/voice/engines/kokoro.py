"""Kokoro-82M on ONNX Runtime: a natural voice in Mandarin and English, without network or key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, model_validator

from host.core.errors import LivehostError
from host.core.options import takes
from host.core.ports import Context, VoiceError
from host.core.product import Lang
from host.core.reason import Reason
from host.settings import Settings as EverySettings
from host.voice import styles
from host.voice.engines import espeak
from host.voice.engines.neural import NeuralOptions, NeuralVoice, packaged
from host.voice.models.catalogue import known
from host.voice.models.install import installed
from host.voice.models.store import locate
from host.voice.processes.neural_process import NeuralProcess, Sounded
from host.voice.reading.phonemes import ALPHABET, Spelled
from host.voice.timing.guide import Guide

DEADLINE = 25.0
"""Real seconds for one text: a machine three times as busy as it can be still says eight seconds of speech."""
_SPEAKERS: dict[Lang, str] = {"zh": "zf_xiaoxiao", "en": "af_heart"}


class Settings(NeuralOptions):
    """Options of ``kokoro``."""

    voice: str = Field(default="", pattern=r"^\w{0,40}$", description="zm_yunxi, am_michael; empty: the avatar's")
    threads: int = Field(default=0, ge=0, le=16, description="0: one on air, two in a rehearsal")
    model: str = Field(default="", description="a file of its own: kokoro-v1.0.int8.onnx or another of the family")
    voices: str = Field(default="", description="a file with more speakers: voices-v1.0.bin")

    @model_validator(mode="after")
    def _speaker_there(self) -> Settings:
        others = bool(self.voices) or installed(known("kokoro-voices"), EverySettings().shared).is_file()
        if self.voice and self.voice not in styles.bundled() and not others:
            raise ValueError(Reason("speaker_unknown", speaker=self.voice, known=styles.bundled()))
        return self


@dataclass(slots=True)
class Kokoro:
    """Symbols as sound, in the style that fits their number."""

    process: NeuralProcess
    speakers: Mapping[Lang, styles.Style]
    known: bool = False
    """Whether the model has been asked for its alphabet: that of v1.1-zh is another, in which ours would be noise."""

    async def __call__(self, spelled: Spelled, lang: Lang, seed: int, speed: float) -> Sounded:
        if not self.known:
            told = await self.process.alphabet()
            if told is not None and any(told.get(symbol) != token for symbol, token in ALPHABET.items()):
                raise VoiceError(Reason("model_other_alphabet"))
            self.known = True
        row = min(len(spelled.symbols), styles.LENGTHS) - 1
        return await self.process.sound(spelled.tokens, speed, self.speakers[lang][row].tolist(), seed)


@dataclass(frozen=True, slots=True)
class KokoroVoice(NeuralVoice):
    """A voice that takes about as long as it speaks: `host.core.ports.Laborious`, and `Patient`."""

    effort: float = 0.7
    deadline: float = DEADLINE


@takes(Settings, "voice kokoro")
def open_voice(settings: Settings, context: Context) -> KokoroVoice:
    """Kokoro; the model is read at the first sentence. Raises `VoiceError` where a package or the model is missing, and
    `LivehostError` for a file or a speaker that is named and is not there."""
    packaged("onnxruntime", "hibari")
    model = _model("kokoro", settings.model, context)
    more = _more_speakers(settings, context)
    speakers = {lang: styles.load(settings.voice or default, more) for lang, default in _SPEAKERS.items()}
    process = NeuralProcess(model, "Kokoro", context.clock, settings.threads or context.threads)
    guide = Guide(espeak.open_voice({}, context))
    return KokoroVoice("kokoro", ("zh", "en"), settings.speed, process, Kokoro(process, speakers), guide)


def _more_speakers(settings: Settings, context: Context) -> Path | None:
    if not settings.voices and (not settings.voice or settings.voice in styles.bundled()):
        return None
    try:
        return _model("kokoro-voices", settings.voices, context)
    except VoiceError:
        return None


def _model(name: str, option: str, context: Context) -> Path:
    try:
        return locate(name, option=option, folder=context.folder, data=context.shared, cache=context.cache)
    except LivehostError as error:
        if option:
            raise
        raise VoiceError(error.finding.message) from None
