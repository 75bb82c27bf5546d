"""What espeak-ng knows of a text that another engine says: how long it takes, and what its phones are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from host.core.media import Word
from host.core.ports import VoiceError
from host.core.product import Lang
from host.voice.engines.espeak import EspeakVoice
from host.voice.processes.sphinx_process import SphinxProcess
from host.voice.sound.plausible import sounding_seconds
from host.voice.sound.takes import Samples, Take
from host.voice.timing.heard import Heard
from host.voice.timing.timeline import timed


@dataclass(slots=True)
class Guide:
    """Completes other engines' recordings, with espeak-ng's phones of the text found in them."""

    espeak: EspeakVoice
    sphinx: SphinxProcess = field(init=False)

    def __post_init__(self) -> None:
        self.sphinx = SphinxProcess(self.espeak.process.clock)

    async def complete(self, samples: Samples, rate: int, words: Sequence[Word], spoken: str, lang: Lang) -> Take:
        """The recording with phones, and with words for every token; ``words`` are those the engine tells. Where
        espeak-ng has nothing to say, its sound is all there is to go by."""
        said = await self._said(spoken, lang)
        heard = Heard(samples, rate, spoken, lang, tuple(words), said)
        return (await timed(heard, self.sphinx)).take

    async def length(self, spoken: str, lang: Lang) -> float | None:
        """Seconds from the first sound to the last that espeak-ng needs for a text; None where it has nothing to say.
        It is an engine's own pace that they tell of, give or take a half."""
        said = await self._said(spoken, lang)
        return (sounding_seconds(said.samples, said.sample_rate) or None) if said else None

    async def close(self) -> None:
        """End the processes."""
        await self.espeak.close()
        await self.sphinx.close()

    async def _said(self, spoken: str, lang: Lang) -> Take | None:
        try:
            return await self.espeak.record(spoken, lang)
        except VoiceError:
            return None
