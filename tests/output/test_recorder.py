"""The recorder, checked by PyAV."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from recorded import Programme, read

from host.core.clock import VirtualClock, run_virtual
from host.core.errors import LivehostError
from host.core.media import FPS, Packet
from host.core.ports import Context, Output
from host.output.recorder import RETRY_TICKS, RecorderOutput, open_output


def make(folder: Path, **options: Any) -> tuple[RecorderOutput, VirtualClock]:
    """A recorder that waits rather than drops, unless ``options`` says otherwise."""
    clock = VirtualClock()
    return open_output({"full": "wait", **options}, Context(clock, "demo", folder, folder, folder)), clock


def record(
    output: RecorderOutput,
    clock: VirtualClock,
    programme: Programme,
    ticks: Iterable[int],
    at: Callable[[int], None] = lambda tick: None,
) -> None:
    """Run the recorder over some ticks; ``at`` is called before each."""

    async def work() -> None:
        output.start(programme.streams)
        running = asyncio.create_task(output.run())
        await asyncio.sleep(0)
        for tick in ticks:
            at(tick)
            output.offer(programme.tick(tick))
        output.offer(programme.encoder.flush())
        running.cancel()
        await asyncio.wait([running])

    run_virtual(work(), clock)


@pytest.mark.parametrize("fragmented", [True, False])
@pytest.mark.parametrize("audio", ["aac", "opus"])
def test_picture_and_sound_are_where_they_were(tmp_path: Path, audio: str, fragmented: bool) -> None:
    output, clock = make(tmp_path, audio=audio, fragmented=fragmented)
    typed: Output = output
    assert typed.audio == audio
    record(output, clock, Programme(audio), range(150))
    (path,) = (tmp_path / "recordings").glob("*.mp4")
    assert path.name == "demo-20260101-200000.mp4"
    recording = read(path)
    assert recording.codecs == ["h264", audio]
    assert recording.pictures == pytest.approx([tick / FPS for tick in range(150)], abs=1e-4)
    assert recording.flashes == pytest.approx([0, 1, 2, 3, 4, 5], abs=1e-4)
    assert recording.beeps[1:] == pytest.approx([1, 2, 3, 4, 5], abs=0.004)
    assert output.status().healthy
    assert output.status().dropped == 0


def test_the_file_says_that_it_is_synthetic(tmp_path: Path) -> None:
    output, clock = make(tmp_path, producer="某某直播")
    record(output, clock, Programme(), range(30))
    (path,) = (tmp_path / "recordings").glob("*.mp4")
    label = read(path).label
    assert label["Label"] == "1"
    assert label["ContentProducer"] == "某某直播"
    assert label["ProduceID"].startswith("demo-20260101T200000")
    assert set(label) == {
        "Label",
        "ContentProducer",
        "ProduceID",
        "ReservedCode1",
        "ContentPropagator",
        "PropagateID",
        "ReservedCode2",
    }


def test_nothing_is_written_over(tmp_path: Path) -> None:
    for _ in range(3):
        output, clock = make(tmp_path)
        record(output, clock, Programme(), range(30))
    names = sorted(path.name for path in (tmp_path / "recordings").iterdir())
    assert names == ["demo-20260101-200000-2.mp4", "demo-20260101-200000-3.mp4", "demo-20260101-200000.mp4"]
    assert all(len(read(tmp_path / "recordings" / name).pictures) == 30 for name in names)


def test_a_named_file_appears_whole_and_replaces_the_older_one(tmp_path: Path) -> None:
    film = tmp_path / "out" / "show.mp4"
    film.parent.mkdir()
    film.write_bytes(b"older")
    output, clock = make(tmp_path, path="out/show.mp4")
    seen: list[bytes] = []
    record(output, clock, Programme(), range(60), lambda tick: seen.append(film.read_bytes()[:5]))
    assert set(seen) == {b"older"}
    assert len(read(film).pictures) == 60
    assert [path.name for path in film.parent.iterdir()] == ["show.mp4"]


def test_a_new_file_begins_at_a_keyframe_each_so_often(tmp_path: Path) -> None:
    output, clock = make(tmp_path, every="10s")
    record(output, clock, Programme(), range(22 * FPS))
    paths = sorted((tmp_path / "recordings").glob("*.mp4"))
    assert [path.name for path in paths] == [
        "demo-20260101-200000.mp4",
        "demo-20260101-200010.mp4",
        "demo-20260101-200020.mp4",
    ]
    recordings = [read(path) for path in paths]
    assert [len(recording.pictures) for recording in recordings] == [250, 250, 50]
    for recording in recordings:
        assert recording.pictures[0] == 0
        assert recording.beeps[1] == pytest.approx(1.0, abs=0.004)


def test_it_begins_at_the_first_keyframe(tmp_path: Path) -> None:
    output, clock = make(tmp_path)
    programme = Programme()
    for tick in range(10):
        programme.tick(tick)
    record(output, clock, programme, range(10, 60))
    (path,) = (tmp_path / "recordings").glob("*.mp4")
    assert len(read(path).pictures) == 35
    assert output.status().dropped > 0


def test_a_full_queue_drops_to_the_next_keyframe_and_counts(tmp_path: Path) -> None:
    output, _ = make(tmp_path, full="drop")
    programme = Programme(keyframe_every=2)
    accepted: list[list[Packet]] = []
    # Nothing empties the queue: the thread is not started.
    for tick in range(400):
        before = output._queue.qsize()
        packets = programme.tick(tick)
        output.offer(packets)
        if output._queue.qsize() > before:
            accepted.append(packets)
    assert len(accepted) == output._queue.maxsize
    assert output.status().dropped > 200
    for _ in range(5):
        output._queue.get()
    for tick in range(400, 460):
        before = output._queue.qsize()
        packets = programme.tick(tick)
        output.offer(packets)
        if output._queue.qsize() > before:
            assert any(packet.kind == "video" and packet.keyframe for packet in packets)
            break
    else:
        pytest.fail("never resumed")


def test_a_fault_of_the_disk_is_a_status_and_recording_goes_on_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, clock = make(tmp_path)
    programme = Programme()
    healthy: list[bool] = []
    claim = output._recordings.claim

    def full(started: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output._recordings, "claim", full)

    def at(tick: int) -> None:
        if tick == 30:
            while not output._queue.empty():
                os.sched_yield()
            healthy.append(output.status().healthy)
            assert "No space left" in output.status().detail
            monkeypatch.setattr(output._recordings, "claim", claim)

    record(output, clock, programme, range(RETRY_TICKS + 60), at)
    assert healthy == [False]
    assert output.status().healthy
    (path,) = (tmp_path / "recordings").glob("*.mp4")
    assert len(read(path).pictures) == 60


CHILD = """
import resource, signal, sys
sys.path[:0] = [sys.argv[1]]
from pathlib import Path
from recorded import Programme
from host.core.clock import MonotonicClock
from host.core.ports import Context
from host.output.recorder import open_output
folder = Path(sys.argv[2])
limit = int(sys.argv[3])
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
output = open_output({"full": "wait"}, Context(MonotonicClock(), "demo", folder, folder, folder))
programme = Programme()
output.start(programme.streams)
for tick in range(100_000 if not limit else 500):
    output.offer(programme.tick(tick))
    if tick == 150:
        while not output._queue.empty(): pass
        print("recorded", flush=True)
while not output._queue.empty(): pass
print(output.status().healthy, output.status().detail, flush=True)
"""


def _child(folder: Path, limit: int = 0) -> subprocess.Popen[str]:
    here = str(Path(__file__).parent)
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, here, str(folder), str(limit)], stdout=subprocess.PIPE, text=True
    )


def test_what_was_recorded_survives_sigkill(tmp_path: Path) -> None:
    child = _child(tmp_path)
    assert child.stdout is not None
    assert child.stdout.readline() == "recorded\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    (path,) = (tmp_path / "recordings").glob("*.mp4")
    recording = read(path)
    assert len(recording.pictures) >= 125, "all but the fragment being filled"
    assert recording.pictures[:125] == pytest.approx([tick / FPS for tick in range(125)], abs=1e-4)
    assert recording.label["Label"] == "1"


def test_a_full_disk_is_a_status_and_what_fitted_can_be_played(tmp_path: Path) -> None:
    child = _child(tmp_path, limit=30_000)
    out, _ = child.communicate(timeout=30)
    assert child.returncode == 0
    assert out.splitlines()[-1].startswith("False ")
    (path, *_) = sorted((tmp_path / "recordings").glob("*.mp4"))
    assert path.stat().st_size <= 30_000
    assert len(read(path).pictures) >= 25


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"files": "x"}, "'files' is not an option"),
        ({"every": "1 fortnight"}, "not a duration"),
        ({"every": "2s"}, "shorter than"),
        ({"path": "a.mp4", "every": "1h"}, "one path is one file"),
        ({"audio": "mp3"}, "audio"),
        ({"full": "maybe"}, "full"),
        ({"dir": "taken/inside"}, "cannot be made"),
    ],
)
def test_options_that_make_no_sense_are_refused(tmp_path: Path, options: dict[str, Any], message: str) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(LivehostError, match=message):
        make(tmp_path, **options)
