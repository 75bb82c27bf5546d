"""The last step of every engine: what it recorded becomes a `Speech` that can be laid end to end with others."""

from __future__ import annotations

import numpy as np

from host.core.media import SAMPLE_RATE, Phone, Speech, Word
from host.core.ports import VoiceError
from host.core.text import clause_ends
from host.voice.sound import loudness
from host.voice.sound.takes import Samples, Take, resample

LEAD_IN = 0.16
"""Seconds before the voice: the mouth opens about 150 ms ahead of it."""
TAIL = 0.12
"""Seconds after the voice: the mouth closes. How long a host is silent depends on what comes, and is no part of it."""

_FRAME = 0.010
_BELOW_PEAK = 10 ** (-48 / 20)
_FLOOR = 10 ** (-66 / 20)
_KEEP_BEFORE, _KEEP_AFTER = 0.010, 0.040
_FADE = 0.005
_LONGEST_BREATH = 0.12


def finish(take: Take, spoken: str, lang: str, engine: str) -> Speech:
    """Trim, resample to 48 kHz, bring to -16 LUFS under -1 dBTP, add lead-in and tail, place phones and words.

    Raises `VoiceError` for silence. Pure: the same take gives the same bytes.
    """
    first, last = voiced_span(take.samples, take.sample_rate)
    voice = take.samples[first:last]
    lead_in, tail = round(LEAD_IN * SAMPLE_RATE), round(TAIL * SAMPLE_RATE)
    sound = _level(voice, take.sample_rate, lead_in, tail)
    shift = LEAD_IN - first / take.sample_rate
    end = (lead_in + round(len(voice) * SAMPLE_RATE / take.sample_rate)) / SAMPLE_RATE
    phones = tuple(_moved_phones(take.phones, shift, end))
    words = tuple(_moved_words(take.words, shift, end))
    pcm = np.rint(sound * 32767).clip(-32768, 32767).astype(np.int16)
    return Speech(pcm, phones, words, spoken, lang, engine, breaks(spoken, words))


def voiced_span(samples: Samples, rate: int) -> tuple[int, int]:
    """First and last-plus-one sample that belong to the voice. Raises `VoiceError` where there is none."""
    frame = max(1, round(rate * _FRAME))
    count = len(samples) // frame
    if count == 0:
        raise VoiceError("no sound came")
    peaks = np.abs(samples[: count * frame]).reshape(count, frame).max(axis=1)
    peak = float(peaks.max())
    if not np.isfinite(peak) or peak < _FLOOR:
        raise VoiceError("only silence came")
    loud = np.flatnonzero(peaks >= max(_FLOOR, peak * _BELOW_PEAK))
    first = int(loud[0]) * frame - round(_KEEP_BEFORE * rate)
    last = (int(loud[-1]) + 1) * frame + round(_KEEP_AFTER * rate)
    return max(0, first), min(len(samples), last)


def breaks(spoken: str, words: tuple[Word, ...]) -> tuple[int, ...]:
    """Sample positions where clauses meet: in the pause between the last word before and the first after."""
    places = []
    for position in clause_ends(spoken):
        before = [word.end for word in words if word.last <= position]
        after = [word.start for word in words if word.first >= position]
        if before and after and after[0] >= before[-1]:
            places.append(round((before[-1] + min((after[0] - before[-1]) / 2, _LONGEST_BREATH)) * SAMPLE_RATE))
    return tuple(sorted(set(places)))


def _level(voice: Samples, rate: int, lead_in: int, tail: int) -> Samples:
    faded = voice.astype(np.float32, copy=True)
    fade = min(len(faded) // 2, round(_FADE * rate))
    ramp = np.linspace(0, 1, fade, dtype=np.float32)
    faded[:fade] *= ramp
    faded[len(faded) - fade :] *= ramp[::-1]
    sound = np.concatenate(
        (np.zeros(lead_in, np.float32), resample(faded, rate), np.zeros(tail, np.float32)), dtype=np.float32
    )
    power = np.concatenate((np.zeros(lead_in // loudness.STEP), loudness.k_power(faded, rate)))
    return loudness.level(sound, power)


def _moved_phones(phones: tuple[Phone, ...], shift: float, end: float) -> list[Phone]:
    moved = []
    for phone in phones:
        start, stop = min(max(phone.start + shift, 0.0), end), min(max(phone.end + shift, 0.0), end)
        if stop > start:
            moved.append(Phone(round(start, 6), round(stop, 6), phone.label))
    return moved


def _moved_words(words: tuple[Word, ...], shift: float, end: float) -> list[Word]:
    return [
        Word(
            round(min(max(word.start + shift, 0.0), end), 6),
            round(min(max(word.end + shift, 0.0), end), 6),
            word.first,
            word.last,
        )
        for word in words
    ]
