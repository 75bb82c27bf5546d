"""Phones and words for engines that give none: espeak-ng says the same text, and its times are moved onto theirs.

The two recordings are aligned by their sound; where the engine tells when its words begin and end (edge-tts), those
times are then met, less a delay they have in common. Between espeak-ng's own voices, with other rates and pauses, a
phone is off by 5 ms in the median and 18 ms at the 90th percentile (59 and 122 ms without the alignment). Neural
voices sound less alike: expect a few hundredths of a second there, and more where one reads a word differently.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from host.core.media import Word
from host.core.ports import VoiceError
from host.core.product import Lang
from host.voice.engines.espeak import EspeakVoice
from host.voice.sound.finish import voiced_span
from host.voice.sound.plausible import sounding_seconds
from host.voice.sound.takes import Samples, Take
from host.voice.timing.align import Times, align
from host.voice.timing.phones import warp


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
        return await asyncio.to_thread(lend, guide, samples, rate, words)

    async def length(self, spoken: str, lang: Lang) -> float | None:
        """Seconds from the first sound to the last that espeak-ng needs for a text; None where it has nothing to say.
        It is an engine's own pace that they tell of, give or take a half."""
        try:
            take = await self.espeak.record(spoken, lang)
        except VoiceError:
            return None
        return sounding_seconds(take.samples, take.sample_rate) or None

    async def close(self) -> None:
        """End the espeak-ng process."""
        await self.espeak.close()


def lend(guide: Take, samples: Samples, rate: int, words: Sequence[Word]) -> Take:
    """The guide's phones and words on the times of another recording of the same text. Pure; about 50 ms."""
    first, last = voiced_span(guide.samples, guide.sample_rate)
    begin, end = voiced_span(samples, rate)
    source, target = align(guide.samples[first:last], guide.sample_rate, samples[begin:end], rate)
    source, target = source + first / guide.sample_rate, target + begin / rate
    heard = _moved(guide.words, source, target)
    phones = warp(guide.phones, source, target)
    corners = [(begin / rate, begin / rate), *_settled(_word_pairs(heard, words)), (end / rate, end / rate)]
    before, after = _ascending(corners)
    return Take(samples, rate, warp(phones, before, after), _moved(heard, before, after))


def _moved(words: Sequence[Word], source: Sequence[float] | Times, target: Sequence[float] | Times) -> tuple[Word, ...]:
    edges = np.interp([(word.start, word.end) for word in words], source, target) if words else ()
    return tuple(
        replace(word, start=float(start), end=float(stop)) for word, (start, stop) in zip(words, edges, strict=True)
    )


def _word_pairs(guide: Sequence[Word], words: Sequence[Word]) -> list[tuple[float, float]]:
    """Where the same character begins or ends in both: at the edges of each of the engine's words."""
    pairs = []
    for word in words:
        inside = [other for other in guide if other.first < word.last and other.last > word.first]
        if inside:
            pairs += [(inside[0].start, word.start), (inside[-1].end, word.end)]
    return pairs


def _settled(pairs: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The engine's times less what all of them are late by: an MP3 encoder delays the sound, not the word times."""
    late = float(np.median([told - heard for heard, told in pairs])) if pairs else 0.0
    return [(heard, told - late) for heard, told in pairs]


def _ascending(pairs: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    before, after = [pairs[0][0]], [pairs[0][1]]
    last = pairs[-1]
    for source, target in pairs[1:]:
        if source > before[-1] and after[-1] <= target <= last[1]:
            before.append(source)
            after.append(target)
    return before, after
