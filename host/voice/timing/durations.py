"""Phones and words from the durations that a neural voice's own network plans its sound by.

Measured on Kokoro v1.0 and hibari, at the onsets of s, ʂ, ɕ and ʃ in both languages: the sound comes `EARLY` before the
plan says, within 10 ms in the median; a space between words belongs half to either side.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from host.core.media import Phone
from host.voice.reading.phonemes import PAUSES, Spelled
from host.voice.sound.takes import Samples
from host.voice.timing.phones import Anchor, gapless
from host.voice.timing.release import released

EARLY = 0.050
"""Seconds by which the sound comes before the durations say: two frames of the network."""

_BEFORE = frozenset("ˈˌ")
"""Marks that belong to the phone behind them."""
_AFTER = frozenset("ʰːʲ̃→↗↓↘")
"""Marks that belong to the phone before them."""
_LABELS = {
    "ꭧ": "ʈʂ", "ʨ": "tɕ", "ʥ": "dʑ", "ʦ": "ts", "ʣ": "dz", "ʤ": "dʒ", "ʧ": "tʃ", "A": "eɪ", "I": "aɪ", "O": "oʊ",
    "Q": "əʊ", "W": "aʊ", "Y": "ɔɪ", "ᵊ": "ə", "T": "ɾ",
}  # fmt: skip
"""Symbols of the models' alphabet that stand for several of the IPA."""
_SIBILANT = frozenset("ʦs")

_FRAME = 0.010
_QUIET = 10 ** (-40 / 20)
"""Under the loudest sample: the silence that the plan counts to the last phone before a pause."""


def timed(
    spelled: Spelled, durations: NDArray[np.float64], samples: Samples, rate: int
) -> tuple[list[Phone], list[Anchor]]:
    """When each phone of a recording sounds and each word begins, in seconds from its first sample. ``durations`` are
    seconds, one for each of the tokens of ``spelled``."""
    edges = _edges(spelled.symbols, durations)
    phones = list(gapless(released(_trimmed(_phones(spelled.symbols, edges), samples, rate), samples, rate)))
    return phones, [Anchor(span.first, float(edges[span.begin])) for span in spelled.spans]


def _edges(symbols: str, durations: NDArray[np.float64]) -> NDArray[np.float64]:
    """When each symbol begins, and the last one ends: shape ``[len(symbols) + 1]``."""
    edges = np.cumsum(durations)[: len(symbols) + 1] - EARLY
    for at, symbol in enumerate(symbols):
        if symbol == " " and 0 < at < len(symbols) - 1 and not {symbols[at - 1], symbols[at + 1]} & PAUSES:
            edges[at] = edges[at + 1] = (edges[at] + edges[at + 1]) / 2
    return np.maximum(edges, 0.0)


def _phones(symbols: str, edges: NDArray[np.float64]) -> list[Phone]:
    """One phone for each sound, and one labelled "" for each pause, none of length 0."""
    phones: list[Phone] = []
    start: float | None = None
    for at, symbol in enumerate(symbols):
        begin, end = float(edges[at]), float(edges[at + 1])
        if symbol in _BEFORE:
            start = begin if start is None else start
        elif symbol in _AFTER and phones and phones[-1].label:
            phones[-1] = Phone(phones[-1].start, end, phones[-1].label + ("ʰ" if symbol == "ʰ" else ""))
        else:
            label = "" if symbol in PAUSES else _label(symbols, at)
            begin = begin if start is None else start
            start = None
            if not label and phones and not phones[-1].label:
                phones[-1] = Phone(phones[-1].start, end, "")
            elif end > begin:
                phones.append(Phone(begin, end, label))
    return phones


def _label(symbols: str, at: int) -> str:
    if symbols[at] == "ɨ":  # the vowel of zhi or of zi, which are held on their consonant
        return "ɿ" if symbols[:at].rstrip("ʰ")[-1:] in _SIBILANT else "ʅ"
    return _LABELS.get(symbols[at], symbols[at])


def _trimmed(phones: list[Phone], samples: Samples, rate: int) -> list[Phone]:
    """The phones, each before a pause ended where its sound does."""
    size = max(1, round(rate * _FRAME))
    count = len(samples) // size
    loud = np.abs(samples[: count * size]).reshape(count, size).max(axis=1) if count else np.zeros(0)
    sounding = loud > loud.max(initial=0.0) * _QUIET
    trimmed = []
    for at, phone in enumerate(phones):
        last = at + 1 == len(phones) or not phones[at + 1].label
        if phone.label and last:
            heard = np.flatnonzero(sounding[int(phone.start / _FRAME) : int(phone.end / _FRAME)])
            end = (int(phone.start / _FRAME) + int(heard[-1]) + 1) * _FRAME if len(heard) else phone.end
            phone = Phone(phone.start, max(min(end, phone.end), phone.start + _FRAME), phone.label)
        trimmed.append(phone)
    return trimmed
