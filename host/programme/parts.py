"""Opens what a room file names: scripts, voice, answerers, avatar, outputs. What fails to open here is said here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from host.chat.inlet import Inlet
from host.chat.triage import Triage
from host.chat.waiting import WaitingComments
from host.config import Backend, RoomFile
from host.core import plugins
from host.core.errors import Finding
from host.core.findings import found
from host.core.ports import CommentSource, Context, Judge, JudgeError, Output, Voice
from host.core.product import Catalogue
from host.core.reason import reason_of
from host.mind.answers.chain import AnswererChain, open_answerers
from host.mind.guard.gate import Gate
from host.mind.guard.judge import Guard
from host.mind.guard.policy_files import jurisdictions, read_policy
from host.mind.guard.wordlists import WordList
from host.mind.judges.lock import AbsentJudge, SecondLock
from host.mind.viewers import ViewerMemory
from host.programme.feeding import Changes, FeedReader
from host.programme.vetted_file import BESIDE_SCRIPTS, read_vetted, room_file
from host.programme.voices import voices_of
from host.programme.wordings import Wordings
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
    guard: Gate
    wordings: Wordings
    lock: SecondLock | None
    """Behind the guard, where the room names a judge."""
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


def open_guard(room: RoomFile | None) -> Gate:
    """The guard with the bundled word lists and the room's own, under its policy. Raises `InvalidFile` for a word list
    that cannot be read."""
    return read_guard(room)[0]


def read_guard(room: RoomFile | None) -> tuple[Gate, list[Finding]]:
    """As `open_guard`, with what is wrong in the policy: what is right in it holds all the same."""
    config = room.config if room else None
    words = WordList.load(_beside(room, config.banned) if room and config else [])
    chosen, own = (config.jurisdictions, _beside(room, config.policy)) if room and config else ([], [])
    policy, findings = read_policy(chosen, own, words.headings)
    unknown = _unknown_jurisdictions(room) if room else ()
    return Gate(Guard(words.graded(policy.severities)), policy), [*unknown, *findings]


def _beside(room: RoomFile, names: Sequence[str]) -> list[Path]:
    return [(room.folder / name).resolve() for name in names]


def _unknown_jurisdictions(room: RoomFile) -> Iterator[Finding]:
    known = jurisdictions()
    for index, name in enumerate(room.config.jurisdictions):
        if name not in known:
            yield found("jurisdiction_unknown", room.path, room.line("jurisdictions", index), name=name, known=known)


def open_wordings(room: RoomFile, guard: Gate, data: Path, wrong: Sequence[Finding] = ()) -> Wordings:
    """What is vetted, known to the guard from now on: beside the scripts what `livehost check --vet` has proven, in the
    ``data`` folder what operators allow. What is ``wrong`` already, and in these files, stands in the findings."""
    own = room_file(data, room.config.name)
    findings = [*wrong]
    for file in (*beside_scripts(room), own):
        known, unread = read_vetted(file)
        guard.admit(known)
        findings += unread
    return Wordings(guard, own, findings)


def open_lock(room: RoomFile, context: Context) -> SecondLock | None:
    """The second lock, where the room names a judge. Raises `LivehostError` for one that is not known; one that is not
    set up here (no key) is there, and lets nobody through."""
    spec = room.config.judge
    if spec is None:
        return None
    try:
        judge: Judge = plugins.load(plugins.JUDGES, spec.name)(spec.options, context)
    except JudgeError as error:
        judge = AbsentJudge(spec.name, reason_of(error))
    return SecondLock(judge, context.clock)


def beside_scripts(room: RoomFile) -> list[Path]:
    """The files of proven wordings in the folders of a room's scripts, there or not."""
    return [folder / BESIDE_SCRIPTS for folder in dict.fromkeys(script.parent for script in room.script_files())]


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
    guard, wrong = read_guard(room)
    inlet = Inlet(context.clock)
    return Parts(
        book=ShowBook(room.script_files, shop=room.shop_file),
        guard=guard,
        wordings=open_wordings(room, guard, context.data, wrong),
        lock=open_lock(room, context),
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
