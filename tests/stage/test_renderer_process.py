"""A renderer in a process of its own: a real one, registered as a third party registers it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from host.core.clock import MonotonicClock
from host.core.errors import InvalidFile, LivehostError
from host.core.media import HEIGHT, WIDTH, Picture, Speech
from host.core.ports import Context, Moment
from host.core.scene import Scene
from host.core.utterance import Kind, Utterance
from host.stage import renderer_process
from host.stage.renderer_child import Prepared, RendererError
from host.stage.renderer_process import RendererProcess

LIMIT = 20.0
SPEECH = Speech(np.zeros(48_000, np.int16), (), (), "", "zh", "none")

Open = Callable[..., RendererProcess]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package of a third party that has the entry point of the odd renderer."""
    package = tmp_path / "packages" / "odd-1.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1\n")
    (package / "entry_points.txt").write_text("[livehost.renderers]\nodd = odd_renderer:open_renderer\n")
    monkeypatch.syspath_prepend(str(package.parent))


@pytest.fixture
def opened(installed: None, tmp_path: Path) -> Iterator[Open]:
    """Opens odd renderers with the options given, and ends them."""
    all_of_them: list[RendererProcess] = []

    def open_one(*, ready: bool = True, progress: Callable[[float], None] = lambda _: None, **options: Any) -> Any:
        context = Context(MonotonicClock(), "room", tmp_path, tmp_path, tmp_path, progress=progress)
        renderer = RendererProcess("odd", options, context, keep=10)
        all_of_them.append(renderer)
        if ready:
            renderer.ready()
        return renderer

    yield open_one
    for renderer in all_of_them:
        renderer.close()


def told(picture: Future[Picture]) -> list[int]:
    """What the renderer got, by its pixels."""
    return [int(value) for value in picture.result(LIMIT).i420[0, :6]]


def utterance(text: str) -> Utterance:
    return Utterance(text, Kind.SCRIPT, text, "zh")


def gone(pid: int) -> bool:
    """Whether a process has ended (reaped or not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def eventually(true: Callable[[], bool]) -> bool:
    for _ in range(round(LIMIT / 0.02)):
        if true():
            return True
        time.sleep(0.02)
    return False


def test_moments_go_over_and_pictures_come_back_in_order(opened: Open) -> None:
    shares: list[float] = []
    renderer = opened(progress=shares.append)
    assert (renderer.name, shares) == ("odd", [0.25, 0.5, 1.0])
    seven = renderer.prepare(utterance("7"), SPEECH)
    scene = Scene(asked="abc")
    moments = [
        Moment(1, scene=scene),
        Moment(2, seven, 0, scene=scene),
        Moment(3, seven, 1, scene=Scene()),
        Moment(4, scene=Scene()),
    ]
    pictures = [renderer.draw(moment) for moment in moments]
    assert [told(picture)[:4] for picture in pictures] == [[1, 0, 0, 3], [2, 7, 0, 3], [3, 7, 1, 0], [4, 0, 0, 0]]
    assert pictures[0].result().i420.shape == (HEIGHT * 3 // 2, WIDTH)
    assert not renderer.busy
    assert renderer.seconds > 0


def test_a_picture_stays_until_as_many_more_have_been_asked_for_as_were_agreed(opened: Open) -> None:
    renderer = opened()
    first = renderer.draw(Moment(1))
    assert [told(renderer.draw(Moment(tick)))[0] for tick in range(2, 12)] == list(range(2, 12))
    assert told(first)[0] == 1


def test_what_is_over_is_forgotten(opened: Open) -> None:
    renderer = opened()
    kept = [renderer.prepare(utterance(text), SPEECH) for text in ("1", "2")]
    assert told(renderer.draw(Moment(1, kept[0])))[4] == 2
    del kept[0]
    assert eventually(lambda: told(renderer.draw(Moment(2, kept[0])))[4] == 1)
    del kept[0]
    assert eventually(lambda: told(renderer.draw(Moment(3)))[4] == 0)


def test_what_the_renderer_raises_is_said_and_the_next_picture_is_drawn(opened: Open) -> None:
    renderer = opened(**{"raise": [2], "shrink": [3]})
    pictures = [renderer.draw(Moment(tick)) for tick in range(1, 5)]
    assert told(pictures[0])[0] == 1
    assert str(pictures[1].exception(LIMIT)) == "ValueError: no picture today"
    assert "the renderer's picture is (3, 2), this room's are (1920, 720)" in str(pictures[2].exception(LIMIT))
    assert told(pictures[3])[0] == 4
    with pytest.raises(RendererError, match="no mouth for it"):
        renderer.prepare(utterance("unspeakable"), SPEECH)
    assert renderer.starts == 1


@pytest.mark.parametrize(
    ("fail", "kind", "message"),
    [
        ("option", LivehostError, r"'x' is not an option\n    there is: y"),
        ("file", InvalidFile, r"a\.yaml:3: no nose\na\.yaml:7: no chin"),
        ("bug", LivehostError, "renderer odd: ZeroDivisionError: division by zero"),
        ("death", LivehostError, "renderer odd: the renderer's process is gone"),
    ],
)
def test_one_that_does_not_open_says_why(opened: Open, fail: str, kind: type[Exception], message: str) -> None:
    renderer = opened(ready=False, fail=fail)
    with pytest.raises(kind, match=message) as raised:
        renderer.ready()
    assert type(raised.value) is kind


def test_an_unknown_renderer_is_refused_before_a_process_is_started(tmp_path: Path) -> None:
    context = Context(MonotonicClock(), "room", tmp_path, tmp_path, tmp_path)
    with pytest.raises(LivehostError, match="unknown renderer 'crayon'"):
        RendererProcess("crayon", {}, context, keep=2)


def test_one_that_dies_is_started_again_and_told_what_it_must_know(opened: Open) -> None:
    """The picture it died of is missing; those behind it come, with their performances."""
    renderer = opened(die=[3])
    first = renderer.pid
    nine = renderer.prepare(utterance("9"), SPEECH)
    pictures = [renderer.draw(Moment(tick, nine, tick, scene=Scene(asked="ab"))) for tick in range(1, 7)]
    wait(pictures, LIMIT)
    assert isinstance(pictures[2].exception(), RendererError)
    assert [told(picture)[:4] for i, picture in enumerate(pictures) if i != 2] == [
        [tick, 9, tick, 2] for tick in (1, 2, 4, 5, 6)
    ]
    assert renderer.starts == 2
    assert renderer.pid != first
    ten = renderer.prepare(utterance("10"), SPEECH)
    assert told(renderer.draw(Moment(7, ten)))[:2] == [7, 10]


def test_one_that_is_killed_while_nothing_is_asked_of_it_is_started_again(opened: Open) -> None:
    renderer = opened()
    assert renderer.pid is not None
    before = renderer.draw(Moment(1))
    told(before)
    os.kill(renderer.pid, signal.SIGKILL)
    eight = renderer.prepare(utterance("8"), SPEECH)  # told now or later, it is known
    assert isinstance(eight, Prepared)
    assert eventually(lambda: renderer.starts == 2)
    assert told(before)[0] == 1, "the last picture outlives the process that made it"
    assert eventually(lambda: renderer.draw(Moment(2, eight)).exception(LIMIT) is None)
    assert told(renderer.draw(Moment(3, eight)))[:2] == [3, 8]


def test_one_that_hangs_is_killed_and_started_again(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer_process, "DEADLINE", 0.3)
    renderer = opened(hang=[2])
    hung = renderer.pid
    assert hung is not None
    assert told(renderer.draw(Moment(1)))[0] == 1
    assert "no answer within 0.3 s" in str(renderer.draw(Moment(2)).exception(LIMIT))
    monkeypatch.setattr(renderer_process, "DEADLINE", LIMIT)
    assert told(renderer.draw(Moment(3)))[0] == 3
    assert gone(hung)


def test_one_that_keeps_dying_is_given_longer_and_longer_rests(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer_process, "FIRST_REST", 0.2)
    renderer = opened(die=[1], always=True)
    errors = []
    began = time.monotonic()
    while time.monotonic() - began < 4:
        errors.append(str(renderer.draw(Moment(1)).exception(LIMIT)))
        time.sleep(0.002)
    assert renderer.starts < 8, "most of the time nothing is started"
    assert len(errors) > 100, "meanwhile who asks has an answer at once"
    assert all("the renderer's process is gone" in error for error in errors)
    assert eventually(lambda: renderer.draw(Moment(2)).exception(LIMIT) is None)


def test_one_that_does_not_come_up_again_is_tried_again(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer_process, "FIRST_REST", 0.1)
    renderer = opened(die=[1], fail="later")
    renderer.draw(Moment(1)).exception(LIMIT)
    assert eventually(lambda: "not again" in str(renderer.draw(Moment(2)).exception(LIMIT)))
    assert eventually(lambda: renderer.starts >= 3)


def test_a_machine_that_starts_no_process_for_a_while_is_asked_again(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renderer_process, "FIRST_REST", 0.1)
    renderer, start, refused = opened(die=[1]), renderer_process.Worker, iter(range(2))

    def worker(opening: Any) -> renderer_process.Worker:
        if next(refused, None) is not None:
            raise OSError("out of memory")
        return start(opening)

    monkeypatch.setattr(renderer_process, "Worker", worker)
    renderer.draw(Moment(1)).exception(LIMIT)
    assert eventually(lambda: "out of memory" in str(renderer.draw(Moment(2)).exception(LIMIT)))
    assert eventually(lambda: renderer.draw(Moment(3)).exception(LIMIT) is None)


def test_closing_ends_the_process_in_order(opened: Open, tmp_path: Path) -> None:
    renderer = opened()
    pid = renderer.pid
    assert pid is not None
    told(renderer.draw(Moment(1)))
    renderer.close()
    renderer.close()
    assert gone(pid)
    assert (tmp_path / "closed").exists()
    assert "closed" in str(renderer.draw(Moment(2)).exception(LIMIT))


def test_closing_before_it_was_awaited_leaves_nothing(opened: Open) -> None:
    renderer = opened(ready=False)
    pid = renderer.pid
    assert pid is not None
    renderer.close()
    assert gone(pid)


def test_a_room_that_leaves_while_the_host_is_drawn_leaves_quietly(
    opened: Open, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    renderer = opened(ready=False, fail="endless")
    assert eventually((tmp_path / "drawing").exists)
    renderer.close()
    assert "Traceback" not in capfd.readouterr().err


def test_what_it_prints_is_not_on_standard_output(opened: Open, capfd: pytest.CaptureFixture[str]) -> None:
    renderer = opened(chatty=True)
    told(renderer.draw(Moment(1)))
    renderer.close()
    assert capfd.readouterr().out == ""


def test_it_ends_with_the_room_however_that_ends(installed: None, tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from host.core.clock import MonotonicClock
from host.core.ports import Context
from host.stage.renderer_process import RendererProcess
renderer = RendererProcess("odd", {}, Context(MonotonicClock(), "r", *[Path(sys.argv[1])] * 3), keep=2)
renderer.ready()
print(renderer.pid, flush=True)
sys.stdin.read()
"""
    path = os.pathsep.join(part for part in sys.path if part)
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path},
    ) as room:  # fmt: skip
        assert room.stdout is not None
        pid = int(room.stdout.readline())
        assert not gone(pid)
        room.kill()
        room.wait()
    assert eventually(lambda: gone(pid))
