"""A room's music bed: checked before, on record with its licence, the same each time, kept for the next start."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from music_files import chords, write_music
from strict_shapes import check_state
from virtual_room import QUICK_VOICE, ROOM, VirtualClock, make_room, sleep

from host.check import check
from host.config import load_room
from host.core.errors import Finding, InvalidFile
from host.core.findings import told
from host.core.media import TICK_SAMPLES, Pcm
from host.journal import read
from host.programme.desk import RoomDesk
from host.programme.music import UNDER_VOICE, open_bed, under
from host.rehearsal import Rehearsal, rehearse
from host.stage.bed import Bed
from host.stage.playout import Playout
from host.voice.sound.meter import ebur128
from host.voice.sound.music import CREST

LICENCE = "CC-BY 4.0, A. Composer, https://example.org/tune"
WITH_BED = f'{ROOM}music:\n  file: tune.flac\n  licence: "{LICENCE}"\n'
WALL = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_room(tmp_path / "room", tmp_path / "cache", room=WITH_BED)
    write_music(tmp_path / "room" / "tune.flac", chords(8), 48_000, "flac")
    return tmp_path / "room"


def bed_of(folder: Path) -> Pcm:
    return opened(folder).loop


def opened(folder: Path) -> Bed:
    room = load_room(folder / "room.yaml")
    assert room.config.music is not None
    return open_bed(room, room.config.music, folder.parent / "cache")


def wrong(folder: Path, music: str) -> list[Finding]:
    """What check says of the bed of a room file."""
    (folder / "room.yaml").write_text(f"{ROOM}music:\n{music}", encoding="utf-8")
    return [finding for finding in check([folder], WALL).errors if finding.path.endswith("room.yaml")]


LINE = ROOM.count("\n") + 1
LICENSED = f'  licence: "{LICENCE}"\n'


@pytest.mark.parametrize(
    ("music", "line", "says"),
    [
        ("  file: tune.flac\n", LINE, "licence"),
        ("  file: tune.flac\n  licence:\n", LINE + 2, "licence"),
        ('  file: tune.flac\n  licence: "  "\n', LINE + 2, "licence"),
        (LICENSED, LINE, "file"),
        (f"{LICENSED}  file: none.mp3\n", LINE + 2, "No such file"),
        (f"  file: scripts\n{LICENSED}", LINE + 1, "directory"),
        (f"  file: room.yaml\n{LICENSED}", LINE + 1, "解码"),
        (f"  file: half.mp3\n{LICENSED}", LINE + 1, "4 秒"),
        (f"  file: still.wav\n{LICENSED}", LINE + 1, "静音"),
        (f"  file: tune.flac\n{LICENSED}  level: -3\n", LINE + 3, "level"),
        (f"  file: tune.flac\n{LICENSED}  levle: -30\n", LINE + 3, "levle"),
    ],
)
def test_check_refuses_a_bed_that_cannot_be_one_on_its_line(folder: Path, music: str, line: int, says: str) -> None:
    write_music(folder / "half.mp3", chords(2), 44_100, "libmp3lame")
    write_music(folder / "still.wav", chords(6) * 0, 48_000, "pcm_s16le")
    (finding,) = wrong(folder, music)
    assert finding.line == line
    assert says in told(finding, "zh")


def test_check_has_nothing_against_one_that_can(folder: Path) -> None:
    assert not check([folder], WALL).errors


def test_a_room_with_a_bed_that_is_not_there_does_not_open(folder: Path) -> None:
    (folder / "tune.flac").unlink()
    with pytest.raises(InvalidFile, match=r"room.yaml:\d+: music: .*tune.flac cannot be read"):
        bed_of(folder)


def test_a_bed_is_made_once_and_anew_for_another_file_level_or_damaged_cache(folder: Path) -> None:
    first = bed_of(folder)
    (kept,) = (folder.parent / "cache" / "music").iterdir()
    np.testing.assert_array_equal(bed_of(folder), first)
    kept.write_bytes(kept.read_bytes()[:500])
    np.testing.assert_array_equal(bed_of(folder), first)
    kept.write_bytes(b"")
    np.testing.assert_array_equal(bed_of(folder), first)
    (folder / "room.yaml").write_text(WITH_BED + "  level: -40\n", encoding="utf-8")
    assert ebur128(bed_of(folder))[0] == pytest.approx(-40, abs=1.5)
    assert ebur128(first)[0] == pytest.approx(-30, abs=1.5)
    write_music(folder / "tune.flac", chords(9), 48_000, "flac")
    assert len(bed_of(folder)) > len(first)


@given(st.floats(-50, -20))
def test_below_a_voice_no_bed_is_louder_than_the_mix_bears(level: float) -> None:
    assert level + CREST + under(level) <= UNDER_VOICE + 1e-9
    assert under(level) <= -12


def test_the_licence_is_in_the_journal_and_in_the_state(folder: Path, tmp_path: Path, speech_cache: Path) -> None:
    room = make_room(tmp_path / "second", speech_cache, room=WITH_BED)
    (room.folder / "tune.flac").write_bytes((folder / "tune.flac").read_bytes())
    states = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 3)
        states.append(desk.state())

    room.run(5, act)
    music = {"file": "tune.flac", "licence": LICENCE}
    (state,) = states
    assert state["music"] == music
    check_state(state)
    (started,) = [event for event in read(room.folder / "data" / "test.journal.db") if event["kind"] == "room_started"]
    assert started["music"] == music


def test_two_shows_have_the_same_bed(folder: Path) -> None:
    def sound() -> Pcm:
        playout = Playout(bed=opened(folder))
        return np.concatenate([playout.pull().pcm for _ in range(500)])

    np.testing.assert_array_equal(sound(), sound())


def test_a_film_has_the_bed_below_its_voice(folder: Path, speech_cache: Path) -> None:
    """The film's sound less that of one without a bed: the bed, ducked."""

    def filmed(name: str) -> Pcm:
        out = folder / name
        rehearse(load_room(folder / "room.yaml"), Rehearsal(out, speech_cache, 6.0))
        with av.open(str(out / "show.mp4")) as movie:
            frames = [frame.to_ndarray()[0] for frame in movie.decode(movie.streams.audio[0])]
        return np.rint(np.concatenate(frames) * 32767).astype(np.int16)

    with_bed = filmed("with")
    (folder / "room.yaml").write_text(ROOM + QUICK_VOICE, encoding="utf-8")
    without = filmed("without")
    length = min(len(with_bed), len(without)) // TICK_SAMPLES * TICK_SAMPLES
    difference = with_bed[:length].astype(float) - without[:length]
    level = 20 * np.log10(np.sqrt(np.mean(difference[48_000:] ** 2)) / 32768)
    assert -52 < level < -36
    assert (folder / "with" / "timeline.json").read_bytes() == (folder / "without" / "timeline.json").read_bytes()
