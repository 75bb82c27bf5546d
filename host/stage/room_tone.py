"""Room tone: the quiet sound of a room, so that silence between sentences is not the silence of a dead line."""

from __future__ import annotations

import numpy as np

from host.core.media import SAMPLE_RATE, TICK_SAMPLES, Pcm

LEVEL_DBFS = -60.0
_LOOP_TICKS = 250


def make_room_tone(level_dbfs: float = LEVEL_DBFS, seed: int = 0) -> Pcm:
    """Ten seconds of soft noise, RMS ``level_dbfs`` below full scale, falling 6 dB an octave above 200 Hz.

    Made in the frequency domain, so the end runs into the beginning without a seam. Same seed, same samples.
    """
    length = _LOOP_TICKS * TICK_SAMPLES
    frequencies = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    shape = 1.0 / np.sqrt(1.0 + (frequencies / 200.0) ** 2)
    shape[frequencies < 40.0] = 0.0
    phases = np.random.default_rng(seed).uniform(0.0, 2.0 * np.pi, len(frequencies))
    noise = np.fft.irfft(shape * np.exp(1j * phases), length)
    target = 32768.0 * 10.0 ** (level_dbfs / 20.0)
    tone: Pcm = np.rint(noise * (target / np.sqrt(np.mean(noise**2)))).astype(np.int16)
    return tone
