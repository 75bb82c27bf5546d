"""The mouth while the host inhales: a little open for as long as the breath is heard, and as before behind it."""

from __future__ import annotations

import numpy as np
from espeak_speech import speeches

from host.avatar.bundle import load_bundle
from host.avatar.coarticulation import APERTURE, mouth_track
from host.avatar.puppet import Repertoire
from host.core.bundled import bundled
from host.core.media import TICK_SAMPLES
from host.voice.sound.breath import LENGTH, make_breath, with_breath


def test_lips_are_a_little_open_while_a_breath_is_heard() -> None:
    visemes = Repertoire(load_bundle(bundled("avatars", "kai"))).visemes
    speech = speeches()[0]
    plain, breathed = (mouth_track(each, visemes)[:, APERTURE] for each in (speech, with_breath(speech)))
    ticks = LENGTH // TICK_SAMPLES
    heard = np.abs(make_breath(0).astype(int).reshape(ticks, TICK_SAMPLES)).mean(axis=1)
    loud = np.flatnonzero(heard > 0.3 * heard.max())
    shut = breathed[-1]
    assert (breathed[loud] > shut + 0.05).all()
    assert breathed[loud].max() < 0.8 * plain.max()
    np.testing.assert_allclose(breathed[ticks + 8 :], plain[8:], atol=0.02)
