"""Words that an engine tells the times of (edge-tts), against those that were found in its sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from host.core.media import Word
from host.voice.sound.takes import Take
from host.voice.timing.phones import warp

Times = Sequence[float] | np.typing.NDArray[np.float64]
Pair = tuple[float, float]


def met(take: Take, words: Sequence[Word], span: tuple[float, float], tolerance: float) -> Take:
    """A take whose words begin and end where an engine's do, less a delay they have in common, if one of them is off by
    more than ``tolerance`` seconds. ``span`` is where the sound begins and ends: nothing is moved out of it."""
    pairs = _settled(_pairs(take.words, words))
    if max((abs(found - told) for found, told in pairs), default=0.0) <= tolerance:
        return take
    before, after = _ascending([(span[0], span[0]), *pairs, (span[1], span[1])])
    return replace(take, phones=warp(take.phones, before, after), words=moved(take.words, before, after))


def moved(words: Sequence[Word], source: Times, target: Times) -> tuple[Word, ...]:
    """Words moved by the piecewise linear map that takes ``source`` times (ascending) to ``target`` times."""
    edges = np.interp([(word.start, word.end) for word in words], source, target) if words else ()
    return tuple(
        replace(word, start=float(start), end=float(stop)) for word, (start, stop) in zip(words, edges, strict=True)
    )


def _pairs(found: Sequence[Word], words: Sequence[Word]) -> list[Pair]:
    """Where the same character begins or ends in both: at the edges of each of the engine's words."""
    pairs = []
    for word in words:
        inside = [other for other in found if other.first < word.last and other.last > word.first]
        if inside:
            pairs += [(inside[0].start, word.start), (inside[-1].end, word.end)]
    return pairs


def _settled(pairs: list[Pair]) -> list[Pair]:
    """The engine's times less what all of them are late by: an MP3 encoder delays the sound, not the word times."""
    late = float(np.median([told - found for found, told in pairs])) if pairs else 0.0
    return [(found, told - late) for found, told in pairs]


def _ascending(pairs: Sequence[Pair]) -> tuple[list[float], list[float]]:
    before, after = [pairs[0][0]], [pairs[0][1]]
    last = pairs[-1]
    for source, target in pairs[1:]:
        if source > before[-1] and after[-1] <= target <= last[1]:
            before.append(source)
            after.append(target)
    return before, after
