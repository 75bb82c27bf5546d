"""hibari: English by a network of 8 MB, some sixty times faster than it is heard."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from host.core.options import takes
from host.core.ports import Context, VoiceError
from host.core.product import Lang
from host.core.reason import Reason
from host.voice.engines import espeak
from host.voice.engines.neural import NeuralOptions, NeuralVoice, packaged
from host.voice.processes.neural_process import NeuralProcess, Sounded
from host.voice.reading.phonemes import Spelled
from host.voice.timing.guide import Guide


class Settings(NeuralOptions):
    """Options of ``hibari``."""


@dataclass(frozen=True, slots=True)
class Hibari:
    """Symbols as sound."""

    process: NeuralProcess

    async def __call__(self, spelled: Spelled, lang: Lang, seed: int, speed: float) -> Sounded:
        return await self.process.sound(spelled.tokens, speed, None, seed)


@takes(Settings, "voice hibari")
def open_voice(settings: Settings, context: Context) -> NeuralVoice:
    """hibari; the model is read at the first sentence. Raises `VoiceError` where it is not installed whole."""
    packaged("onnxruntime", "hibari")
    process = NeuralProcess(network(), "hibari", context.clock, threads=1)  # its sums differ with more
    guide = Guide(espeak.open_voice({}, context))
    return NeuralVoice("hibari", ("en",), settings.speed, process, Hibari(process), guide)


def network() -> Path:
    """The network of the package's own voice. Found without importing the package: that is for the worker. Raises
    `VoiceError` where it is not installed whole."""
    spec = importlib.util.find_spec("hibari")
    file = Path(spec.origin).parent / "assets" / "hibari.onnx" if spec and spec.origin else Path()
    if not file.is_file():
        raise VoiceError(Reason("voice_not_installed", package="hibari"))
    return file
