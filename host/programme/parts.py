"""Opens what a room file names: scripts, voice, answerers, avatar, outputs. What fails to open here is said here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from host.chat.inlet import Inlet
from host.chat.triage import Triage
from host.chat.waiting import WaitingComments
from host.config import Backend, RoomFile
from host.core import plugins
from host.core.ports import CommentSource, Context, Output, Voice
from host.core.product import Catalogue
from host.mind.answers.chain import AnswererChain, open_answerers
from host.mind.guard.judge import Guard
from host.mind.guard.wordlists import WordList
from host.mind.viewers import ViewerMemory
from host.programme.feeding import Changes, FeedReader
from host.programme.voices import voices_of
from host.show.book import ShowBook
from host.stage.bed import Bed
from host.stage.renderer_process import RendererProcess
from host.voice.opening import open_voices


class OpenFeed(Protocol):
    """Opens a feed for the products of a room, and what changes them."""

    def __call__(self, *, catalogue: Callable[[], Catalogue], change: Changes) -> FeedReader: ...


class RoomVoice(Voice, Protocol):
    """A voice that tells how it is."""

    def status(self) -> dict[str, Any]:
        """At least ``speaking`` (language to engine) and ``degraded`` (reasons)."""
        ...


@dataclass
class Parts:
    """Everything a programme is made of, besides its clock, journal and encoder."""

    book: ShowBook
    guard: Guard
    voice: RoomVoice
    answerer: AnswererChain
    renderer: RendererProcess | None
    inlet: Inlet
    sources: Sequence[CommentSource]
    """Every source of comments, the inlet among them."""
    outputs: Sequence[Output]
    triage: Triage
    waiting: WaitingComments
    viewers: ViewerMemory
    bed: Bed | None = None
    """Music below the programme."""
    feeds: Sequence[OpenFeed] = ()
    """Opens each feed of prices and stock."""


def open_guard(room: RoomFile | None) -> Guard:
    """The guard with the bundled word lists and the room's own. Raises `InvalidFile`."""
    own = [(room.folder / name).resolve() for name in room.config.banned] if room else []
    return Guard(WordList.load(own))


def open_outputs(specs: Sequence[Backend], context: Context) -> list[Output]:
    """The outputs named. Raises `LivehostError` for an unknown one."""
    return [plugins.load(plugins.OUTPUTS, spec.name)(spec.options, context) for spec in specs]


def _open_bed(room: RoomFile, context: Context) -> Bed | None:
    if room.config.music is None:
        return None
    from host.programme.music import open_bed  # what is heard first is not to wait for what most rooms have none of

    return open_bed(room, room.config.music, context.cache)


def open_parts(
    room: RoomFile,
    context: Context,
    *,
    renderer: RendererProcess | None,
    outputs: Sequence[Output],
    sources: Sequence[CommentSource],
    voice: RoomVoice | None = None,
) -> Parts:
    """Open everything else, the room's voice too unless one is given. Raises `LivehostError` or `InvalidFile` for what
    a user can mend."""
    room.script_files()  # a path that is not there is said now; later the book keeps what it has
    config = room.config
    limits = config.limits
    inlet = Inlet(context.clock)
    return Parts(
        book=ShowBook(room.script_files),
        guard=open_guard(room),
        voice=voice or open_voices(voices_of(room), context),
        answerer=open_answerers(config.answerer, context),
        renderer=renderer,
        inlet=inlet,
        sources=[inlet, *sources],
        outputs=outputs,
        triage=Triage(
            per_user_per_minute=limits.comments_per_user_per_minute, room_per_second=limits.comments_per_second
        ),
        waiting=WaitingComments(limits.waiting_comments),
        viewers=ViewerMemory(),
        bed=_open_bed(room, context),
        feeds=[partial(FeedReader, feed, room.folder, context.env, clock=context.clock) for feed in config.feed],
    )
