"""Whether a recording can be the sentence it was asked for: its length, its pauses, and that it is no noise.

Servers cut sentences short, say them twice, stop in the middle and go on seconds later, or end in hiss, all with status
200. What can be said of any voice in any language is little and suffices: espeak-ng takes about as long over the same
text, nobody pauses for long inside a sentence, and speech is never steady.

Measured over the wordings of both demo rooms and one-word answers, 261 in all: where the guide takes longer than a
second, espeak-ng at half to nearly twice its rate takes 0.51 to 2.29 times as long, and Kokoro, a neural voice, 0.90 to
1.30 times; a word alone may take 0.4 s more. None pauses for more than 0.6 s, or is within less than 7.6 dB over a
second and a half; hiss, hum and rumble stay within 1 dB, and within 3 where they fade.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from host.core.reason import Reason

SHORTEST, SHORT_BY = 0.5, 0.2
"""How much of the time expected, less seconds: a word in itself may be said in no time."""
LONGEST, LONG_BY = 2.5, 0.8
LONGEST_GAP = 1.5
"""Seconds of quiet, inside or behind."""
NOISE = 1.5
"""Seconds as steady as `STEADY` that no speech has."""
STEADY = 4.0
"""Decibels between the tenth and the ninetieth percentile."""
LEAST = 0.5
"""Seconds of a voice that tell it from nothing."""
_FRAME = 0.02
_QUIET = 35.0
"""Decibels under the loud parts."""
_NOTHING = -70.0

Levels = NDArray[np.float32]
"""Decibels of full scale, one for each `_FRAME`."""


def fault(samples: NDArray[np.generic], rate: int, expected: float | None, pace: float = 1.0) -> Reason | None:
    """Why a recording cannot be the sentence; None where it can. ``expected`` is the seconds it should take at the
    usual pace, None where nobody knows; ``pace`` how many times faster it was asked for, which not every server heeds.
    """
    levels = _levels(samples, rate)
    sounding = _sounding(levels)
    if not sounding.any():
        return Reason("no_sound")
    if (gap := _longest(~sounding) * _FRAME) > LONGEST_GAP:
        return Reason("said_with_gap", seconds=round(gap, 1))
    if (noise := _longest(_steady(levels) & sounding) * _FRAME) > NOISE:
        return Reason("said_noise", seconds=round(noise, 1))
    if expected is None:
        return None
    took = _span(sounding) * _FRAME
    least = SHORTEST * expected / max(1.0, pace) - SHORT_BY
    most = LONGEST * expected / min(1.0, pace) + LONG_BY
    if least <= took <= most:
        return None
    return Reason(
        "said_too_short" if took < least else "said_too_long", seconds=round(took, 1), usual=round(expected, 1)
    )


def speaks(samples: NDArray[np.generic], rate: int) -> bool:
    """Whether somebody may be heard speaking: `LEAST` seconds of it, and no hum, hiss or tone for the most part."""
    levels = _levels(samples, rate)
    sounding = _sounding(levels)
    lively = np.count_nonzero(sounding & ~_steady(levels)) * _FRAME
    return bool(lively >= max(LEAST, 0.5 * np.count_nonzero(sounding) * _FRAME))


def sounding_seconds(samples: NDArray[np.generic], rate: int) -> float:
    """Seconds from the first sound to the last."""
    return _span(_sounding(_levels(samples, rate))) * _FRAME


def _levels(samples: NDArray[np.generic], rate: int) -> Levels:
    size = max(1, round(rate * _FRAME))
    count = len(samples) // size
    sound = samples[: count * size].astype(np.float32)
    if samples.dtype.kind == "i":
        sound /= np.float32(32768)
    # Differences: rumble, whose level wanders like a voice's, is left with little.
    frames = np.diff(sound, prepend=np.float32(0)).reshape(count, size)
    levels: Levels = (10 * np.log10(np.square(frames).mean(axis=1) + 1e-10)).astype(np.float32)
    return levels


def _sounding(levels: Levels) -> NDArray[np.bool_]:
    heard = levels[levels > _NOTHING]
    loud = float(np.percentile(heard, 90)) if len(heard) else 0.0
    return (levels > _NOTHING) & (levels > loud - _QUIET)


def _steady(levels: Levels) -> NDArray[np.bool_]:
    """Frames within a stretch of `NOISE` seconds that is steady."""
    width = round(NOISE / _FRAME)
    steady = np.zeros(len(levels), dtype=np.bool_)
    if len(levels) >= width:
        low, high = np.percentile(np.lib.stride_tricks.sliding_window_view(levels, width), (10, 90), axis=1)
        for start in np.flatnonzero(high - low < STEADY):
            steady[start : start + width] = True
    return steady


def _span(flags: NDArray[np.bool_]) -> int:
    found = np.flatnonzero(flags)
    return int(found[-1] - found[0]) + 1 if len(found) else 0


def _longest(flags: NDArray[np.bool_]) -> int:
    """Length of the longest run of true ones."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))
