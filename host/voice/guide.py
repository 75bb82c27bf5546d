"""Phones and words for engines that give none: espeak-ng says the same text, and its times are moved onto theirs.

How exact that is depends on what the engine tells. With word times (edge-tts) a phone is off by the difference of
rhythm within one word. Without (OpenAI-compatible endpoints) the two recordings are aligned by their sound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from host.core.media import Word
from host.core.ports import VoiceError
from host.core.product import Lang
from host.voice.espeak import EspeakVoice
from host.voice.finish import voiced_span
from host.voice.phones import warp
from host.voice.sound import Samples, Take


@dataclass(frozen=True, slots=True)
class Guide:
    """Lends espeak-ng's phones to other engines' recordings."""

    espeak: EspeakVoice

    async def complete(self, samples: Samples, rate: int, words: Sequence[Word], spoken: str, lang: Lang) -> Take:
        """The recording with phones, and with words for every token. Falls back to the engine's words alone where
        espeak-ng has nothing to say."""
        try:
            guide = await self.espeak.record(spoken, lang)
        except VoiceError:
            return Take(samples, rate, (), tuple(words))
        return lend(guide, samples, rate, words)

    async def close(self) -> None:
        """End the espeak-ng process."""
        await self.espeak.close()


def lend(guide: Take, samples: Samples, rate: int, words: Sequence[Word]) -> Take:
    """The guide's phones and words on the times of another recording of the same text. Pure."""
    source, target = _span(guide.samples, guide.sample_rate), _span(samples, rate)
    pairs = [(source[0], target[0]), *_word_pairs(guide.words, words), (source[1], target[1])]
    before, after = _ascending(pairs)
    moved = [
        replace(word, start=float(start), end=float(end))
        for word in guide.words
        for start, end in [np.interp((word.start, word.end), before, after)]
    ]
    return Take(samples, rate, warp(guide.phones, before, after), tuple(moved))


def _span(samples: Samples, rate: int) -> tuple[float, float]:
    first, last = voiced_span(samples, rate)
    return first / rate, last / rate


def _word_pairs(guide: Sequence[Word], words: Sequence[Word]) -> list[tuple[float, float]]:
    """Where the same character begins or ends in both: at the edges of each of the engine's words."""
    pairs = []
    for word in words:
        inside = [other for other in guide if other.first < word.last and other.last > word.first]
        if inside:
            pairs += [(inside[0].start, word.start), (inside[-1].end, word.end)]
    return pairs


def _ascending(pairs: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    before, after = [pairs[0][0]], [pairs[0][1]]
    last = pairs[-1]
    for source, target in pairs[1:]:
        if source > before[-1] and target >= after[-1] and target <= last[1]:
            before.append(source)
            after.append(target)
    return before, after
