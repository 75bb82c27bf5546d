"""The music bed: down before a voice, up well after it, never a jump, the same each time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage_speech import item

from host.core.media import SAMPLE_RATE, TICK_SAMPLES, Pcm
from host.stage.bed import ATTACK, HOLD, RELEASE, Bed, DuckedBed
from host.stage.playout import Playout

SILENCE: Pcm = np.zeros(TICK_SAMPLES, np.int16)
STEADY: Pcm = np.full(5 * TICK_SAMPLES, 10_000, np.int16)
UNDER = -12.0


def gains(speaking: list[bool], under: float = UNDER) -> np.ndarray:
    """Decibels of every sample."""
    bed = DuckedBed(Bed(STEADY, under))
    return 20 * np.log10(np.concatenate([bed.next(speech) for speech in speaking]) / 10_000)


def test_it_is_down_when_the_voice_begins_and_comes_up_well_behind_it() -> None:
    curve = gains([False] * 10 + [True] * 50 + [False] * (HOLD + RELEASE + 5))
    assert (curve[: 10 * TICK_SAMPLES] == 0).all()
    lead_in = round(0.16 * SAMPLE_RATE)
    down = curve[10 * TICK_SAMPLES + lead_in - 1 : (60 + HOLD - 1) * TICK_SAMPLES]
    np.testing.assert_allclose(down, UNDER, atol=0.01)
    assert curve[-1] == 0
    assert lead_in == ATTACK * TICK_SAMPLES


def test_a_pause_between_sentences_does_not_pump() -> None:
    curve = gains([True] * 20 + ([False] * (HOLD - 1) + [True]) * 4)
    np.testing.assert_allclose(curve[ATTACK * TICK_SAMPLES :], UNDER, atol=0.01)


@given(
    speaking=st.lists(st.tuples(st.booleans(), st.integers(1, 60)), min_size=1, max_size=8),
    under=st.floats(-40, 0),
)
def test_any_speech_moves_it_smoothly_and_within_its_bounds(speaking: list[tuple[bool, int]], under: float) -> None:
    bed = DuckedBed(Bed(STEADY, under))
    flags = [speech for speech, ticks in speaking for _ in range(ticks)]
    sound = np.concatenate([bed.next(speech) for speech in flags]).astype(float)
    steepest = 10_000 * (1 - 10 ** (under / ATTACK / TICK_SAMPLES / 20))
    assert np.abs(np.diff(sound)).max(initial=0) <= steepest + 1
    assert 10_000 * 10 ** (under / 20) - 1 <= sound.min() <= sound.max() <= 10_000
    run = 0
    for tick, speech in enumerate(flags):
        run = run + 1 if speech else 0
        if run >= ATTACK:
            at = sound[(tick + 1) * TICK_SAMPLES - 1]
            assert at == pytest.approx(10_000 * 10 ** (under / 20), abs=1)


@given(st.integers(0, 3 * TICK_SAMPLES), st.integers(1, 30))
def test_any_length_is_looped(length: int, ticks: int) -> None:
    loop = np.arange(1, length + 1).astype(np.int16)
    bed = DuckedBed(Bed(loop, UNDER))
    sound = np.concatenate([bed.next(False) for _ in range(ticks)])
    expected = np.resize(loop, ticks * TICK_SAMPLES) if length else np.zeros(ticks * TICK_SAMPLES)
    np.testing.assert_array_equal(sound, expected)


def test_it_runs_below_speech_and_speech_is_the_same_with_it() -> None:
    def heard(bed: Bed | None) -> list[tuple[Pcm, Pcm]]:
        playout = Playout(SILENCE, bed=bed)
        playout.enqueue(item(0, 30_000))
        playout.enqueue(item(1, 30_000, pause=9000))
        outs = [playout.pull() for _ in range(60)]
        return [(out.sound, out.pcm) for out in outs]

    without, with_bed, again = heard(None), heard(Bed(STEADY, UNDER)), heard(Bed(STEADY, UNDER))
    for (sound, pcm), (same, mixed), (_, second) in zip(without, with_bed, again, strict=True):
        np.testing.assert_array_equal(sound, same)
        np.testing.assert_array_equal(mixed, second)
        assert (mixed - pcm >= 10_000 * 10 ** (UNDER / 20) - 1).all()


def test_a_bed_too_loud_saturates_and_does_not_wrap() -> None:
    playout = Playout(np.full(10, 3000, np.int16), bed=Bed(np.full(100, 32_000, np.int16), 0.0))
    playout.enqueue(item(0, TICK_SAMPLES, level=32_000))
    assert (playout.pull().pcm == 32_767).all()
