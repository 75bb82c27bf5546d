"""A rehearsal: the same programme as on air, on the virtual clock, into files."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from host.chat.recorded import RecordedComments
from host.config import Backend, RoomFile
from host.core.clock import MonotonicClock, VirtualClock, run_virtual
from host.core.media import FPS, TICK_SAMPLES
from host.core.ports import CommentSource, Context
from host.core.utterance import Played
from host.journal import Journal, read
from host.programme.opening import context_of, start_renderer
from host.programme.parts import open_outputs, open_parts
from host.programme.programme import Programme
from host.programme.timeline import Timeline
from host.programme.vetted_file import read_vetted
from host.review.page import write
from host.review.report import Report, review
from host.stage.encoder import Encoder, EncoderSettings
from host.stage.on_air import Started

_FILM = Backend(name="recorder", options={"path": "show.mp4", "full": "wait", "audio": "aac", "fragmented": False})
THREADS = 2
"""What a voice may take: nobody waits for a picture meanwhile."""
QUANTISER = 20
"""Of a film: no difference is to be seen, and ten minutes take some 130 MB."""

Progress = Callable[[float], None]
"""Called with the share done, 0 to 1."""


@dataclass(frozen=True)
class Rehearsal:
    """What to rehearse and where to put it."""

    out: Path
    cache: Path
    seconds: float = 600.0
    comments: Path | None = None
    video: bool = True
    wall: datetime | None = None
    allowed: Path | None = None
    """The file of what operators allow on air (`host.programme.vetted_file`), where that is to hold here too."""


def rehearse(
    room: RoomFile, plan: Rehearsal, progress: Progress = lambda _: None, drawing: Progress = lambda _: None
) -> Report:
    """Rehearse a room and write show.mp4, captions.vtt, timeline.json, report.json and report.html.

    ``drawing`` hears how far a host is that is drawn for the first time, ``progress`` how far the show is.

    Raises `LivehostError` or `InvalidFile` for what a user can mend. The same input gives the same timeline.
    """
    plan.out.mkdir(parents=True, exist_ok=True)
    journal_file = plan.out / f"{room.config.name}.journal.db"
    for stale in plan.out.glob(journal_file.name + "*"):
        stale.unlink()
    clock = VirtualClock(plan.wall)
    timeline = Timeline()
    stopwatch = MonotonicClock()
    context = context_of(room, clock, plan.out, plan.cache, drawing, threads=THREADS)
    run_virtual(_run(room, plan, context, timeline, progress), clock)
    elapsed = stopwatch.now()
    (plan.out / "timeline.json").write_text(timeline.to_json(), encoding="utf-8")
    (plan.out / "captions.vtt").write_text(timeline.to_vtt(), encoding="utf-8")
    report = review(read(journal_file), room.config.title or room.config.name)
    report.made = {"made_in_seconds": round(elapsed, 1), "times_real_time": round(plan.seconds / elapsed, 1)}
    write(report, plan.out)
    return report


async def _run(room: RoomFile, plan: Rehearsal, context: Context, timeline: Timeline, progress: Progress) -> None:
    clock = context.clock
    total = round(plan.seconds * FPS)

    def watch(event: Started | Played) -> None:
        timeline(event)
        if isinstance(event, Started):
            progress(event.position / (total * TICK_SAMPLES))

    with ExitStack() as opened:
        renderer = start_renderer(room, context, "wait") if plan.video else None
        if renderer is not None:
            opened.callback(renderer.close)
        journal = Journal.in_folder(plan.out, room.config.name, clock)
        opened.callback(journal.seal)
        outputs = open_outputs([_FILM], context) if plan.video else []
        sources: list[CommentSource] = [RecordedComments(plan.comments, clock)] if plan.comments else []
        parts = open_parts(room, context, renderer=renderer, outputs=outputs, sources=sources)
        if plan.allowed is not None:
            parts.guard.admit(read_vetted(plan.allowed)[0])
        programme = Programme(
            room.config,
            parts,
            clock=clock,
            journal=journal,
            encoder=Encoder(EncoderSettings(preset="ultrafast", quantiser=QUANTISER), {"aac"}) if plan.video else None,
            when_full="wait",
            listeners=[watch],
        )
        try:
            if renderer is not None:
                renderer.ready()
            await programme.run(until_tick=total)
            timeline.close(total * TICK_SAMPLES)
        finally:
            await programme.close()
