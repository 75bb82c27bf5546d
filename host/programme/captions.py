"""How much of a written sentence has been spoken: captions follow the voice although it says other characters.

The voice says 七十九元 where the writer wrote 79元. Both texts are aligned once; a position in the spoken text then
has one in the written text.
"""

from __future__ import annotations

from bisect import bisect_right
from difflib import SequenceMatcher

from host.core.media import Speech


def alignment(written: str, spoken: str) -> list[int]:
    """For each length 0..n of a spoken prefix, the length of the written prefix it says. Never decreases."""
    ends = [0] * (len(spoken) + 1)
    matcher = SequenceMatcher(None, spoken, written, autojunk=False)
    for _, spoken_from, spoken_to, written_from, written_to in matcher.get_opcodes():
        said, shown = spoken_to - spoken_from, written_to - written_from
        for step in range(1, said + 1):
            ends[spoken_from + step] = written_from + shown * step // said
    for index in range(1, len(ends)):
        ends[index] = max(ends[index], ends[index - 1])
    ends[-1] = len(written)
    return ends


class CaptionTrack:
    """The written characters said at any moment of a speech."""

    def __init__(self, written: str, speech: Speech) -> None:
        ends = alignment(written, speech.spoken)
        last = len(ends) - 1
        self._starts = [word.start for word in speech.words]
        self._said = [ends[min(word.last, last)] for word in speech.words]
        self._length = len(written)
        self._duration = speech.duration

    def said(self, at: float) -> int:
        """Characters of the written text begun ``at`` seconds into the speech; without word times, by proportion."""
        if not self._starts:
            return round(self._length * min(1.0, max(0.0, at / self._duration))) if self._duration else 0
        index = bisect_right(self._starts, at)
        return self._said[index - 1] if index else 0
