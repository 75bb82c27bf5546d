"""The mouth track, on real speech: what must shut shuts, what must open opens, and nothing jumps."""

from __future__ import annotations

import espeak_speech
import numpy as np
import pytest
from avatar_hosts import MOUTHS
from hypothesis import given
from hypothesis import strategies as st

from host.avatar.coarticulation import APERTURE, CHANNELS, LIP_BITE, OPENS_AHEAD, PRESS, ROUND, mouth_track, segments_of
from host.avatar.lipsync_metrics import compare, lag, measure, pooled
from host.core.media import SAMPLE_RATE, TICK_SAMPLES, Phone, Speech


def speech_of(*phones: tuple[float, float, str], duration: float = 1.5) -> Speech:
    pcm = np.zeros(round(duration * SAMPLE_RATE), np.int16)
    return Speech(pcm, tuple(Phone(*phone) for phone in phones), (), "", "en", "test")


@pytest.fixture(scope="module")
def speeches() -> tuple[Speech, ...]:
    return espeak_speech.speeches()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_real_speech_closes_opens_and_keeps_time(speeches: tuple[Speech, ...], lang: str) -> None:
    ours = pooled(
        measure(mouth_track(speech, MOUTHS)[:, APERTURE], speech) for speech in speeches if speech.lang == lang
    )
    assert ours.closures >= 15
    assert ours.closure_hit == 1.0
    assert ours.false_closure <= 0.01
    assert ours.open_vowel_hit >= 0.95
    assert -0.040 <= ours.lag <= 0.005
    assert ours.largest_step <= 0.5


def test_the_controls_are_worse(speeches: tuple[Speech, ...]) -> None:
    results = compare(speeches, MOUTHS)
    ours = results["phones"]
    assert results["loudness"].closure_hit < 0.5
    assert results["shuffled frames"].closure_hit < 0.8
    assert results["shuffled frames"].false_closure > 5 * ours.false_closure
    assert results["120 ms late"].lag == pytest.approx(ours.lag + 0.12, abs=0.02)
    assert results["120 ms early"].lag == pytest.approx(ours.lag - 0.12, abs=0.02)
    assert results["120 ms late"].closure_hit < 0.7


def test_steps_are_small_nearly_always(speeches: tuple[Speech, ...]) -> None:
    steps = np.concatenate([np.abs(np.diff(mouth_track(speech, MOUTHS)[:, APERTURE])) for speech in speeches])
    assert np.percentile(steps, 95) <= 0.25


def test_a_frame_for_every_tick_at_rest_at_both_ends(speeches: tuple[Speech, ...]) -> None:
    for speech in speeches:
        track = mouth_track(speech, MOUTHS)
        assert track.shape == (-(-len(speech.pcm) // TICK_SAMPLES), len(CHANNELS))
        assert track.dtype == np.float32
        assert track[0, APERTURE] < 0.1
        assert track[-1, APERTURE] < 0.1


@pytest.mark.parametrize("label", ["m", "b", "p"])
@pytest.mark.parametrize("offset", [0.0, 0.007, 0.013, 0.02, 0.031, 0.039])
def test_a_bilabial_is_shut_for_two_frames_wherever_it_falls(label: str, offset: float) -> None:
    at = 0.5 + offset
    track = mouth_track(speech_of((0.3, at, "ɑ"), (at, at + 0.07, label), (at + 0.07, 0.9, "ɑ")), MOUTHS)
    shut = np.flatnonzero(track[:, APERTURE] == 0.0)
    shut = shut[(shut > 8) & (shut < 22)]
    assert 2 <= len(shut) <= 3
    assert (np.diff(shut) == 1).all()
    assert (track[shut, PRESS] >= 0.5).all()
    assert track[shut[0] - 2, APERTURE] > 0.3
    assert track[shut[-1] + 2, APERTURE] > 0.3


def test_a_long_nasal_stays_shut() -> None:
    track = mouth_track(speech_of((0.3, 0.5, "ɑ"), (0.5, 0.8, "m"), (0.8, 1.0, "ɑ")), MOUTHS)
    assert (track[13:19, APERTURE] == 0.0).all()


def test_a_stop_in_ipa_closes_before_its_release_and_one_from_an_aligner_within_it() -> None:
    def shut(label: str) -> int:
        track = mouth_track(speech_of((0.3, 0.56, "ɑ"), (0.56, 0.62, label), (0.62, 0.9, "ɑ")), MOUTHS)
        return int(np.flatnonzero(track[8:22, APERTURE] == 0.0)[0])

    assert shut("p") < shut("P")
    assert shut("pʰ") == shut("ph") == shut("p")


def test_labiodentals_touch() -> None:
    track = mouth_track(speech_of((0.3, 0.5, "ɑ"), (0.5, 0.58, "f"), (0.58, 0.9, "ɑ")), MOUTHS)
    assert track[10:16, LIP_BITE].max() == 1.0
    assert track[10:16, APERTURE].min() == pytest.approx(MOUTHS["FF"].aperture, abs=0.05)


def test_the_mouth_opens_before_the_sound_and_not_sooner() -> None:
    track = mouth_track(speech_of((0.6, 0.9, "ɑ")), MOUTHS)[:, APERTURE]
    first = int(np.flatnonzero(track > 0.05)[0]) / 25
    assert 0.6 - OPENS_AHEAD - 0.06 <= first <= 0.6 - 0.04


def test_rounding_starts_early() -> None:
    track = mouth_track(speech_of((0.3, 0.5, "s"), (0.5, 0.8, "uː")), MOUTHS)
    assert track[10, ROUND] > 0.3


def test_a_pause_closes_the_mouth_and_a_stop_gap_does_not() -> None:
    long = mouth_track(speech_of((0.2, 0.5, "ɑ"), (0.5, 1.0, ""), (1.0, 1.3, "ɑ")), MOUTHS)
    short = mouth_track(speech_of((0.2, 0.5, "ɑ"), (0.5, 0.56, ""), (0.56, 0.9, "ɑ")), MOUTHS)
    assert long[13:23, APERTURE].min() < 0.1
    assert short[8:20, APERTURE].min() > 0.5


def test_lag_is_measured_to_a_part_of_a_frame() -> None:
    at = np.arange(200) / 25
    for shift in (-0.08, -0.02, 0.0, 0.03, 0.1):
        assert lag(np.sin(at * 9), np.sin((at - shift) * 9), reach=5) == pytest.approx(shift, abs=0.006)


labels = st.sampled_from(["p", "m", "f", "ɑ", "i", "uː", "s", "", "h", "ts.", "tɕh", "ˈaɪɚ", "☃", "ʔ"])


@given(
    st.lists(st.tuples(labels, st.floats(0, 0.4)), max_size=12),
    st.floats(0, 0.3),
    st.floats(0, 2),
)
def test_any_phones_give_mouths_within_the_shapes(
    parts: list[tuple[str, float]], start: float, duration: float
) -> None:
    phones, at = [], start
    for label, length in parts:
        phones.append((at, at + length, label))
        at += length
    speech = speech_of(*phones, duration=duration)
    track = mouth_track(speech, MOUTHS)
    assert np.isfinite(track).all()
    shapes = np.array([[getattr(mouth, name) for name in CHANNELS] for mouth in MOUTHS.values()])
    assert (track >= shapes.min(axis=0) - 1e-4).all()
    assert (track <= shapes.max(axis=0) + 1e-4).all()
    assert segments_of(speech)
    assert measure(track[:, APERTURE], speech).closure_hit <= 1
