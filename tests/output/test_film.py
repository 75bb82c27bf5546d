"""A film from end to end: playout, pump, encoder and recorder in virtual time, and the lips still on the words."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from recorded import HEIGHT, WIDTH, read
from threaded_pictures import ThreadedPictures

from host.core.clock import VirtualClock, run_virtual
from host.core.media import SAMPLE_RATE, Picture, Speech
from host.core.ports import Context, Moment
from host.core.scene import Manner, Scene
from host.core.utterance import Kind, Played, Utterance
from host.output.recorder import open_output
from host.stage.encoder import Encoder, EncoderSettings
from host.stage.on_air import Item, Started
from host.stage.playout import Playout
from host.stage.pump import Pump


class Flash:
    """White in the first frame of each utterance, dark otherwise; the AI label is none of this test's business."""

    name = "flash"

    def __init__(self) -> None:
        self._i420 = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)

    def prepare(self, utterance: Utterance, speech: Speech) -> Any:
        return None

    def render(self, moment: Moment) -> Picture:
        self._i420[:HEIGHT] = 220 if moment.performance and moment.frame == 0 else 40
        return Picture(self._i420)

    def close(self) -> None: ...


def beep(number: int) -> Item:
    """Begins with 20 ms of tone, then is silent for a length that is no whole number of ticks."""
    pcm = np.zeros(SAMPLE_RATE + 777 * number, np.int16)
    pcm[:960] = 12_000 * np.sin(2 * np.pi * 1000 / SAMPLE_RATE * np.arange(960))
    return Item(Utterance(f"u{number}", Kind.SCRIPT, "", "zh"), Speech(pcm, (), (), "", "zh", "tone"), "flash")


def film(folder: Path, audio: str) -> list[tuple[str, int]]:
    """Make a film of eight beeps at ``folder/show.mp4``; returns what began and ended when."""
    clock, playout = VirtualClock(), Playout()
    recorder = open_output(
        {"path": "show.mp4", "full": "wait", "audio": audio}, Context(clock, "demo", folder, folder, folder)
    )
    happened: list[tuple[str, int]] = []
    numbers = iter(range(8))

    def on_events(events: Sequence[Started | Played], tick: int) -> None:
        for event in events:
            name = event.item.utterance.id if isinstance(event, Started) else event.utterance.id
            happened.append((name, event.position if isinstance(event, Started) else event.start + event.heard))
        number = next(numbers, None) if tick >= 10 and not playout.queued else None
        if number is not None:
            playout.enqueue(beep(number))

    pump = Pump(
        clock,
        playout,
        pictures=ThreadedPictures(Flash()),
        encoder=Encoder(EncoderSettings(width=WIDTH, height=HEIGHT, quantiser=24), {audio}),  # type: ignore[arg-type]
        outputs=[recorder],
        look=lambda out: (Manner.TALKING, Scene()),
        on_events=on_events,
        when_full="wait",
    )

    async def make() -> None:
        running = asyncio.create_task(recorder.run())
        await pump.run(260)
        running.cancel()
        await asyncio.wait([running])

    run_virtual(make(), clock)
    return happened


@pytest.mark.parametrize("audio", ["aac", "opus"])
def test_lips_and_words_meet_in_the_film(tmp_path: Path, audio: str) -> None:
    happened = film(tmp_path, audio)
    begun = [position / SAMPLE_RATE for position in dict(reversed(happened)).values()]
    recording = read(tmp_path / "show.mp4")
    assert len(recording.pictures) == 260
    assert len(recording.flashes) == 8
    assert recording.flashes == pytest.approx(sorted(begun), abs=1e-4)
    assert recording.beeps == pytest.approx(recording.flashes, abs=0.004)


def test_the_same_film_twice_is_the_same(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert film(tmp_path / "one", "aac") == film(tmp_path / "two", "aac")
    one, two = (tmp_path / name / "show.mp4" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
