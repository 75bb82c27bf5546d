"""Phones and words from espeak-ng's events, from aligners, and their move onto another engine's times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from host.core.media import Phone, Word

Event = Sequence[Any]
"""``[type, sample, position, length, phone]`` as the espeak-ng process sends it."""
_WORD, _PHONE = 1, 7

# espeak-ng writes Mandarin with dots and hyphens of its own; these are the IPA symbols they stand for.
_LABELS = (
    ("ts.h", "ʈʂʰ"), ("ts.", "ʈʂ"), ("tsh", "tsʰ"), ("tɕh", "tɕʰ"), ("s.", "ʂ"), ("ph", "pʰ"), ("th", "tʰ"),
    ("kh", "kʰ"), ("χ", "x"), ("i.", "ʅ"), ("i̪", "ɿ"), ("o-", "ɤ"), ("onɡ", "ʊŋ"),
)  # fmt: skip
PAUSE = 0.08
"""Seconds of silence that are more than the closure of a stop."""
_VOWEL = re.compile(r"[aeiouyæɐɑɒɔəɚɛɜɝɤɪʊʌʏʅɿ]")
_TOKEN = re.compile(r"[㐀-鿿豈-﫿]|[^\s\W㐀-鿿豈-﫿]+(?:['’-][^\s\W㐀-鿿豈-﫿]+)*")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A character of the spoken text and the time, in seconds, at which it begins to sound."""

    position: int
    time: float


def label(raw: str, mandarin: bool) -> str:
    """espeak-ng's name of a phone as IPA without stress marks; "" for a pause or a switch of language."""
    if raw.startswith("("):
        return ""
    bare = raw.lstrip("ˈˌ")
    if mandarin:
        for written, ipa in _LABELS:
            bare = bare.replace(written, ipa)
    return bare.strip("_|:-; ")


def gapless(phones: Sequence[Phone]) -> tuple[Phone, ...]:
    """Phones in order of time, each until the next begins; between two that are far apart lies a pause."""
    whole: list[Phone] = []
    for phone in sorted(phones, key=lambda phone: phone.start):
        if whole:
            last = whole[-1]
            end = phone.start if phone.start - last.end < PAUSE else min(last.end, phone.start)
            whole[-1] = replace(last, end=end)
            if end < phone.start:
                whole.append(Phone(end, phone.start, ""))
        whole.append(phone)
    return tuple(phone for phone in whole if phone.end > phone.start)


def is_vowel(ipa: str) -> bool:
    """Whether a label is the nucleus of a syllable."""
    return bool(_VOWEL.search(ipa))


def phones_of(events: Sequence[Event], rate: int, end: float, mandarin: bool) -> tuple[Phone, ...]:
    """Phones in time, gapless from the first to ``end`` (seconds), pauses labelled "", none of length 0.

    A voiceless stop starts at its release, as espeak-ng reports it: its silent closure lies in the 35-47 ms before.
    """
    starts: list[tuple[float, str]] = []
    for kind, sample, _, _, raw in events:
        if kind == _PHONE:
            name = label(raw, mandarin)
            if starts and starts[-1][0] * rate == sample:
                starts.pop()
            if not (starts and name == "" == starts[-1][1]):
                starts.append((sample / rate, name))
    stops = [time for time, _ in starts[1:]] + [end]
    return tuple(Phone(start, stop, name) for (start, name), stop in zip(starts, stops, strict=True) if stop > start)


def word_anchors(events: Sequence[Event], rate: int) -> list[Anchor]:
    """Where each word event says that a word begins; positions count from 0."""
    return [Anchor(position - 1, sample / rate) for kind, sample, position, _, _ in events if kind == _WORD]


def tokens(spoken: str) -> list[tuple[int, int]]:
    """The words of a spoken text as slices: each Han character, and each run of other letters."""
    return [match.span() for match in _TOKEN.finditer(spoken)]


def words_of(spoken: str, anchors: Sequence[Anchor], phones: Sequence[Phone]) -> tuple[Word, ...]:
    """A word for every token of the text. Tokens between two anchors share the time between them by their length.

    Words ascend, do not overlap, and end where a pause begins.
    """
    spans = tokens(spoken)
    if not spans or not phones:
        return ()
    first, last = phones[0].start, phones[-1].end
    ascending = _ascending(anchors, first, last)
    groups: dict[int, list[tuple[int, int]]] = {}
    for span in spans:
        group = max((index for index, anchor in enumerate(ascending) if anchor.position < span[1]), default=0)
        groups.setdefault(group, []).append(span)
    pauses = [phone for phone in phones if not phone.label]
    words: list[Word] = []
    order = sorted(groups)
    for place, group in enumerate(order):
        begin = ascending[group].time
        stop = ascending[order[place + 1]].time if place + 1 < len(order) else last
        stop = next((pause.start for pause in reversed(pauses) if begin < pause.start < stop <= pause.end), stop)
        words += _shared(groups[group], begin, stop)
    return tuple(words)


def _shared(spans: list[tuple[int, int]], begin: float, stop: float) -> list[Word]:
    whole = sum(last - first for first, last in spans)
    words, done = [], 0
    for first, last in spans:
        start = begin + (stop - begin) * done / whole
        done += last - first
        words.append(Word(start, begin + (stop - begin) * done / whole, first, last))
    return words


def _ascending(anchors: Sequence[Anchor], first: float, last: float) -> list[Anchor]:
    """The anchors in order of text with times that never go back; at least one, at the start of the text."""
    kept: list[Anchor] = [Anchor(0, first)]
    for anchor in sorted(anchors, key=lambda anchor: anchor.position):
        if anchor.position > kept[-1].position and anchor.time > kept[-1].time:
            kept.append(Anchor(anchor.position, min(anchor.time, last)))
        elif anchor.position <= 0:
            kept[0] = Anchor(0, anchor.time)
    return kept


def warp(
    phones: Sequence[Phone],
    source: Sequence[float] | NDArray[np.float64],
    target: Sequence[float] | NDArray[np.float64],
) -> tuple[Phone, ...]:
    """Phones moved by the piecewise linear map that takes ``source`` times (ascending) to ``target`` times."""
    if not phones or len(source) < 2:
        return tuple(phones)
    moved = []
    for phone in phones:
        start, stop = np.interp((phone.start, phone.end), source, target)
        if stop > start:
            moved.append(replace(phone, start=float(start), end=float(stop)))
    return tuple(moved)
