"""Music beds: read from any file, looped without a click, at the level asked for and under its peak."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from music_files import chords, write_music

from host.core.media import SAMPLE_RATE, Pcm
from host.core.reason import reason_of
from host.voice.sound import music
from host.voice.sound.meter import ebur128
from host.voice.sound.music import CREST, NoMusic, levelled, looped, read_music


def pcm(seconds: float, crest: float = 1.0) -> Pcm:
    return np.rint(chords(seconds, crest=crest)[0] * 32767).clip(-32768, 32767).astype(np.int16)


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [("a.wav", "pcm_s16le", 44_100), ("a.mp3", "libmp3lame", 44_100), ("a.flac", "flac", 48_000),
     ("a.ogg", "libopus", 48_000), ("a.m4a", "aac", 32_000), ("song", "pcm_s16le", 8000)],
)  # fmt: skip
def test_any_file_is_read_at_the_programmes_rate(tmp_path: Path, name: str, codec: str, rate: int) -> None:
    path = tmp_path / (name if "." in name else name + ".wav")
    write_music(path, chords(6, rate), rate, codec)
    found = read_music(path.rename(tmp_path / name))
    assert len(found) / SAMPLE_RATE == pytest.approx(6, abs=0.1)
    assert found.dtype == np.int16
    assert 2000 < np.abs(found).max() < 32_000


def test_what_is_longer_is_read_to_ten_minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(music, "LONGEST", 5)
    assert len(read_music(write_music(tmp_path / "a.wav", chords(9), SAMPLE_RATE, "pcm_s16le"))) == 5 * SAMPLE_RATE


def test_what_is_no_music_says_so(tmp_path: Path) -> None:
    def why(name: str, data: bytes) -> str:
        (tmp_path / name).write_bytes(data)
        with pytest.raises(NoMusic) as caught:
            read_music(tmp_path / name)
        return str(reason_of(caught.value))

    whole = write_music(tmp_path / "whole.mp3", chords(8), 44_100, "libmp3lame").read_bytes()
    assert "decoded" in why("page.mp3", b"<!doctype html><title>404</title>" * 50)
    assert "decoded" in why("empty.mp3", b"")
    assert "decoded" in why("noise.ogg", bytes(range(256)) * 400)
    assert "4 s are the least" in why("begun.mp3", whole[:9000])
    assert "no sound" in why("picture.png", (Path("scripts/zh/images") / "cup.png").read_bytes())
    with pytest.raises(OSError, match="No such file"):
        read_music(tmp_path / "none.mp3")
    with pytest.raises(OSError, match="directory"):
        read_music(tmp_path)


def test_silence_is_no_bed() -> None:
    with pytest.raises(NoMusic, match="silent"):
        levelled(np.zeros(5 * SAMPLE_RATE, np.int16), -30.0)


@settings(max_examples=8, deadline=None)
@given(seconds=st.floats(4, 25), crest=st.floats(0.2, 7), level=st.floats(-50, -20))
def test_any_music_has_the_level_and_no_higher_peak(seconds: float, crest: float, level: float) -> None:
    bed = levelled(looped(pcm(seconds, crest)), level)
    loudness, _ = ebur128(bed)
    assert level - 2.5 <= loudness <= level + 0.4
    _, peak = ebur128(np.resize(bed, len(bed) + 2 * SAMPLE_RATE))
    assert peak <= level + CREST + 0.3


def test_pieces_leave_no_trace() -> None:
    """The same as in one piece, where the limiter works and where it does not."""
    loop = looped(pcm(31, 6))
    whole = levelled(loop, -24.0)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(music, "_PIECE", 2 * SAMPLE_RATE)
        np.testing.assert_array_equal(levelled(loop, -24.0), whole)


@settings(max_examples=20, deadline=None)
@given(st.floats(4, 12))
def test_the_end_runs_into_the_beginning(seconds: float) -> None:
    """Twice round, the samples at the seam step no further than those around it do anyway."""
    loop = levelled(looped(pcm(seconds)), -22.0).astype(int)
    assert len(loop) % 48 == 0
    step = abs(loop[0] - loop[-1])
    bend = abs(2 * loop[0] - loop[-1] - loop[1])
    assert step <= np.abs(np.diff(loop)).max()
    assert bend <= np.abs(np.diff(loop, 2)).max()


def test_a_tone_keeps_its_power_through_the_crossfade() -> None:
    noise = np.random.default_rng(3).normal(0, 3000, 20 * SAMPLE_RATE).clip(-20_000, 20_000).astype(np.int16)
    loop = looped(noise).astype(float)
    rms = [float(np.sqrt(np.mean(part**2))) for part in np.array_split(loop, 40)]
    assert max(rms) / min(rms) < 1.1
