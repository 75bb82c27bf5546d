"""Life: in the ranges people have, never periodic, and the same for the same seed."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from host.avatar.life import Blink, Breath, Gaze, Life, Living, Nods, Sway
from host.core.media import FPS
from host.core.scene import Manner

MINUTES = 20
FRAMES = MINUTES * 60 * FPS


def onsets(manner: Manner, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Frames at which blinks begin, and how far each goes down."""
    blink = Blink(Random(seed))
    lids = np.array([blink.step(manner) for _ in range(FRAMES)])
    starts = np.flatnonzero((lids[1:] < 1) & (lids[:-1] == 1)) + 1
    return starts, np.array([lids[start : start + 7].min() for start in starts])


@pytest.mark.parametrize(("manner", "rate"), [(Manner.IDLE, 17), (Manner.TALKING, 26)])
def test_blinks_are_as_many_as_people_make_and_never_periodic(manner: Manner, rate: float) -> None:
    starts, depths = onsets(manner)
    gaps = np.diff(starts) / FPS
    assert len(starts) / MINUTES == pytest.approx(rate, rel=0.15)
    assert gaps.min() >= 0.7
    assert np.log(gaps).std() == pytest.approx(0.55, abs=0.12)
    partial = (depths > 0.05).mean()
    assert 0.3 < partial < 0.5
    assert np.abs(np.corrcoef(gaps[:-1], gaps[1:])[0, 1]) < 0.15


def test_a_blink_shuts_fast_and_opens_slowly() -> None:
    blink = Blink(Random(3))
    lids = [blink.step(Manner.TALKING) for _ in range(2000)]
    full = next(k for k in range(1, 2000) if lids[k - 1] == 1 and lids[k] < 0.5 and lids[k + 1] == 0)
    assert lids[full : full + 8] == pytest.approx([0.45, 0, 0, 0.30, 0.62, 0.86, 0.97, 1])


def test_the_eyes_are_on_the_camera_six_times_in_ten() -> None:
    gaze = Gaze(Random(5))
    path = np.array([gaze.step() for _ in range(FRAMES)])
    assert np.mean(np.abs(path[:, 0]) < 0.2) == pytest.approx(0.6, abs=0.08)
    assert np.abs(path[:, 0]).max() <= 0.46
    assert np.abs(path[:, 1]).max() <= 0.26
    moving = np.abs(np.diff(path[:, 0])) > 0.01
    runs = np.diff(np.flatnonzero(np.diff(np.concatenate([[0], moving.astype(int), [0]]))))[::2]
    assert np.percentile(runs, 95) <= 2


def test_sway_has_the_size_it_was_asked_for_and_is_smooth() -> None:
    sway = Sway(Random(2), 1.6, 1.6)
    path = np.array([sway.step() for _ in range(FRAMES)])
    assert path.std() == pytest.approx(1.6, rel=0.12)
    assert abs(path.mean()) < 0.25
    assert np.abs(path).max() <= 2.8 * 1.6
    assert np.abs(np.diff(path)).max() < 0.5


def test_breaths_differ() -> None:
    breath = Breath(Random(4))
    level = np.array([breath.step() for _ in range(FRAMES)])
    lows = np.flatnonzero((level[1:-1] < level[:-2]) & (level[1:-1] <= level[2:])) + 1
    lengths = np.diff(lows) / FPS
    assert 60 / lengths.mean() == pytest.approx(14, abs=1)
    assert 0.15 < lengths.std() < 0.8
    assert level.min() >= 0
    assert level.max() <= 1


def test_nods_only_while_listening_and_each_is_finished() -> None:
    nods = Nods(Random(1))
    assert not any(nods.step(False) for _ in range(500))
    heard = np.array([nods.step(True) for _ in range(60 * FPS)])
    assert 2.5 < heard.max() <= 4.0
    assert heard.min() >= 0
    starts = np.flatnonzero((heard[1:] > 0) & (heard[:-1] == 0))
    assert 6 <= len(starts) <= 40
    while nods.step(True) < 1.0:
        pass
    after = [nods.step(False) for _ in range(30)]
    assert after[-1] == 0
    assert max(np.abs(np.diff(after))) < 1.3


def test_the_same_seed_lives_the_same_life() -> None:
    def lived(seed: int) -> list[Living]:
        life = Life(seed)
        manners = [Manner.TALKING] * 200 + [Manner.LISTENING] * 100 + [Manner.IDLE] * 100
        return [life.step(manner, 0.5) for manner in manners]

    assert lived(7) == lived(7)
    assert lived(7) != lived(8)


def test_listening_is_settled_into() -> None:
    life = Life(0)
    before = [life.step(Manner.IDLE, 0.5) for _ in range(100)]
    after = [life.step(Manner.LISTENING, 0.5) for _ in range(100)]
    assert before[-1].attention == 0
    assert after[0].attention < 0.2
    assert after[-1].attention > 0.95
    assert np.mean([frame.roll for frame in after[40:]]) == pytest.approx(4.2, abs=1.0)
