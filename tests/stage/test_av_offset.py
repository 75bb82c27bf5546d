"""The room's ``av_offset_ms``, on pictures: the mouth is so much later than the sound, or earlier."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from pydantic import ValidationError

from host.avatar.bundle import load_bundle
from host.avatar.lipsync_metrics import lag
from host.config import RoomConfig
from host.core.bundled import bundled
from host.core.clock import MonotonicClock
from host.core.media import HEIGHT, SAMPLE_RATE, TICK_SAMPLES, Phone, Speech, Word, shifted
from host.core.ports import Context, Moment
from host.core.scene import Manner
from host.core.utterance import Kind, Utterance
from host.stage.renderer_process import RendererProcess


def mouth_box() -> tuple[slice, slice]:
    """The lower part of kai's face, rows and columns."""
    left, top, right, bottom = load_bundle(bundled("avatars", "kai")).manifest.face
    return slice(top + round(0.6 * (bottom - top)), bottom), slice(left, right)


def talk() -> Speech:
    """Two seconds, in which a mouth opens and shuts without a rhythm."""
    edges = (0.3, 0.45, 0.55, 0.9, 1.0, 1.1, 1.2, 1.55)
    phones = tuple(
        Phone(start, end, label)
        for start, end, label in zip(edges, edges[1:], ("m", "ɑ", "m", "ɑ", "b", "ɑ", "m"), strict=False)
    )
    sound = np.zeros(2 * SAMPLE_RATE, np.int16)
    sound[round(0.3 * SAMPLE_RATE) : round(1.55 * SAMPLE_RATE)] = 9000
    return Speech(sound, phones, (Word(0.3, 1.55, 0, 1),), "妈", "zh", "test", (round(0.9 * SAMPLE_RATE),))


@pytest.fixture(scope="module")
def places(request: pytest.FixtureRequest) -> Path:
    return Path(request.config.cache.mkdir("avatars"))  # type: ignore[union-attr]


def opening(folder: Path, behind: float) -> NDArray[np.float64]:
    """How much of each picture's mouth is darker than at rest."""
    box = mouth_box()
    context = Context(MonotonicClock(), "room", folder, folder, folder)
    renderer = RendererProcess("puppet", {"avatar": str(bundled("avatars", "kai"))}, context, keep=2, behind=behind)
    try:
        renderer.ready()
        speech = talk()
        performance = renderer.prepare(Utterance("u", Kind.SCRIPT, "妈", "zh"), speech)
        dark = []
        for frame in range(len(speech.pcm) // TICK_SAMPLES):
            picture = renderer.draw(Moment(frame, performance, frame, Manner.TALKING)).result(20)
            dark.append(float((picture.i420[:HEIGHT][box] < 55).sum()))
        return np.array(dark)
    finally:
        renderer.close()


@pytest.mark.parametrize("milliseconds", [-120, -50, 50, 200])
def test_pictures_are_later_by_what_the_room_says(places: Path, milliseconds: int) -> None:
    level, moved = opening(places, 0.0), opening(places, milliseconds / 1000)
    assert level.max() > 2 * level.min()
    assert lag(level, moved) == pytest.approx(milliseconds / 1000, abs=0.02)


@given(st.floats(-0.2, 0.2))
def test_a_shifted_speech_is_as_long_and_within_itself(by: float) -> None:
    speech, moved = talk(), shifted(talk(), by)
    assert len(moved.pcm) == len(speech.pcm)
    assert [phone.label for phone in moved.phones] == [phone.label for phone in speech.phones]
    assert all(0 <= phone.start < phone.end <= speech.duration for phone in moved.phones)
    assert moved.phones[2].start == pytest.approx(speech.phones[2].start + by)
    first = int(np.flatnonzero(moved.pcm)[0]) / SAMPLE_RATE
    assert first == pytest.approx(0.3 + by, abs=0.001)
    assert shifted(speech, 0.0) is speech


@pytest.mark.parametrize(("written", "good"), [(-200, True), (0, True), (200, True), (-201, False), (201, False)])
def test_it_is_bounded(written: int, good: bool) -> None:
    room = {"name": "r", "scripts": ["x"], "av_offset_ms": written}
    if good:
        assert RoomConfig.model_validate(room).av_offset_ms == written
    else:
        with pytest.raises(ValidationError):
            RoomConfig.model_validate(room)
