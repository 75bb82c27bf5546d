"""The six protocols a backend can speak, on one page. One file in its department plus an entry point makes a backend.

Every factory has the signature ``open_…(options, context) -> backend``: ``options`` is the mapping written under its
name in the room file, ``context`` a `Context`. A factory raises `LivehostError` for options it does not understand; one
that `host.core.options.takes` has made says beforehand which it does, so that a room file can be checked.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

from host.core.clock import Clock
from host.core.comment import Comment
from host.core.figures import counter, gauge
from host.core.media import Packet, Picture, Speech, StreamInfo
from host.core.product import Fact, Lang, Product
from host.core.scene import Manner, Scene
from host.core.utterance import Saying, Utterance

Options = Mapping[str, Any]


@dataclass(frozen=True)
class Context:
    """What a room gives every backend it opens."""

    clock: Clock
    room: str
    folder: Path
    """Folder of the room file: relative paths in options start here."""
    cache: Path
    """A folder for what can be made again."""
    data: Path
    """A folder for what must be kept: recordings, journal."""
    seed: int = 0
    env: Mapping[str, str] = field(default_factory=dict)
    """Environment for secrets: ``OPENAI_API_KEY`` and the like."""
    progress: Callable[[float], None] = lambda _: None
    """Told the share done, 0 to 1, of long work while a backend opens."""
    threads: int = 1
    """How many threads long computing may take: one beside a live picture."""
    shared: Path = Path("shared")
    """A folder that every room of this user shares: models that `livehost voice install` has fetched."""


class Voice(Protocol):
    """Text to speech. A fallback over several voices is itself a voice."""

    name: str

    async def speak(self, spoken: str, lang: Lang) -> Speech:
        """Say normalised text (no digits or symbols left). Raises `VoiceError`; never returns empty sound."""
        ...

    async def close(self) -> None: ...


@runtime_checkable
class Foresees(Protocol):
    """A voice that makes use of knowing what comes next."""

    def expect(self, upcoming: Sequence[Saying]) -> None:
        """It will probably be asked to say these, the first of them next; what was expected before is not any more.
        Returns at once, and raises nothing."""
        ...

    async def ready(self, spoken: str, lang: Lang, mood: str = "") -> bool:
        """Whether it would be said at once: it is kept, or takes no time. Raises nothing."""
        ...

    async def at_once(self, spoken: str, lang: Lang, mood: str = "") -> Speech:
        """As `Voice.speak`, by whoever takes no time over it."""
        ...


@runtime_checkable
class Expressive(Protocol):
    """A voice that speaks in moods."""

    @property
    def moods(self) -> Collection[str]:
        """Those in which it sounds otherwise than `Voice.speak`."""
        ...

    async def speak(self, spoken: str, lang: Lang, mood: str = "") -> Speech:
        """As `Voice.speak`, in a mood: one of `moods`, or none."""
        ...


@runtime_checkable
class Paced(Protocol):
    """A voice that is set to speak faster or slower than is usual."""

    @property
    def pace(self) -> float:
        """Times the usual rate: at 2 a sentence takes half as long."""
        ...


@runtime_checkable
class Patient(Protocol):
    """A voice that is given as long for a sentence as it is set to."""

    @property
    def deadline(self) -> float:
        """Real seconds, after which it gives up by itself."""
        ...


@runtime_checkable
class Laborious(Protocol):
    """A voice that works on this machine about as long as it speaks, and costs nothing else: what it will say is worth
    saying long ahead."""

    @property
    def effort(self) -> float:
        """Seconds of work for a second of speech, roughly."""
        ...


@runtime_checkable
class Cloned(Protocol):
    """A voice that may be made from recordings of a person."""

    @property
    def consents(self) -> Sequence[Mapping[str, Any]]:
        """The person's consent to each: ``who``, ``when``, ``sentence``, ``audio``, ``audio_sha256`` and, where the
        sentence was recorded, ``recording`` and ``recording_sha256``; empty where it is nobody's voice."""
        ...


class VoiceError(Exception):
    """An engine could not say something: down, slow, refused. The fallback tries the next one."""


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """How a source of comments is doing, for console and metrics."""

    dropped: int = counter("comments that found the queue of their source full", name="comments_dropped")
    unread: int = gauge("comments in the queue of their source", name="comments_unread")


class CommentSource(Protocol):
    """Where comments come from. Ends only when cancelled or for good; raising means "restart me later".

    A comment is taken once by its id. Ids that begin with ``page:`` are those that anybody may choose.
    """

    name: str

    def comments(self) -> AsyncIterator[Comment]: ...


@runtime_checkable
class BoundedSource(Protocol):
    """A source of comments with a queue of its own, which may be full. Optional."""

    def status(self) -> SourceStatus: ...

    def when_full(self, tell: Callable[[Comment], None]) -> None:
        """Have ``tell`` hear at once of each comment that finds the queue full, so that it gets a verdict like any
        other."""
        ...


@dataclass(frozen=True, slots=True)
class HeldDraft:
    """A sentence of an answer that may not be said."""

    text: str
    pieces: tuple[str, ...]
    """The words and numbers in it that no fact carries, folded as the guard found them."""
    answerer: str = ""
    """Whose it was."""


@dataclass(frozen=True)
class Question:
    """A comment to be answered, with what the host knows at that moment."""

    comment: Comment
    lang: Lang
    on_air: Product | None
    about: Product | None
    """The product asked about, if it could be told from the text; else None, and the one on air is meant."""
    products: tuple[Product, ...]
    wall: datetime
    history: tuple[tuple[str, str], ...] = ()
    """Earlier (question, answer) pairs with this viewer, oldest first."""
    certain: bool = True
    """Whether the comment certainly asks. Where not, only what surely fits is an answer."""
    held: tuple[HeldDraft, ...] = ()
    """Where it is asked again: what of the answers so far was held back."""
    said: tuple[str, ...] = ()
    """Sentences of an answer so far that were given out: who is asked again goes on behind them."""
    without: frozenset[str] = frozenset()
    """Names of answerers that are not to be asked any more: they were, in vain."""


@dataclass(frozen=True, slots=True)
class Passed:
    """An answerer that was to answer and did not."""

    name: str
    reason: str
    """A `host.core.reason.Reason`, or plain text."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One sentence of an answer, before the guard."""

    text: str
    evidence: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    final: bool = False
    free: bool = True
    """Whether it was written anew, by a model: not put together of facts and wordings that are known."""
    answerer: str = ""
    """Who made it, and below who was to before: filled in where several answerers are tried in turn."""
    passed: tuple[Passed, ...] = ()


class Answerer(Protocol):
    """Makes answers, sentence by sentence. An empty answer means "I do not know": the host says so, or hands over."""

    name: str

    def answer(self, question: Question) -> AsyncIterator[Draft]:
        """Yield drafts as they come. Raises `AnswerError`; the room then tries the next answerer."""
        ...

    async def close(self) -> None: ...


class JudgeError(Exception):
    """A judge could not judge: down, slow, garbled. What it was asked about is not known to be carried."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether facts carry a sentence."""

    carried: bool
    facts: tuple[str, ...] = ()
    """Ids of those it rests on."""
    reason: str = ""
    """What is not carried, for people; text of the judge's own."""


class Judge(Protocol):
    """A second lock behind the guard: whatever it says, it can only forbid."""

    name: str
    deadline: float
    """Seconds a sentence may take."""

    async def verdict(self, facts: Sequence[Fact], sentence: str, deadline: float) -> Judgement:
        """Whether ``facts`` carry all that ``sentence`` states, by the clock's ``deadline``. Raises `JudgeError`.

        It is never shown what a viewer wrote.
        """
        ...

    async def close(self) -> None: ...


class AnswerError(Exception):
    """An answerer could not answer: down, slow, cut, garbage."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a renderer needs for one tick."""

    tick: int
    performance: Any = None
    """What `Renderer.prepare` made for the utterance being said, or None."""
    frame: int = 0
    """Frames since that utterance began."""
    manner: Manner = Manner.IDLE
    scene: Scene = Scene()


class Renderer(Protocol):
    """Makes pictures of the host. Each carries the AI label as its last layer.

    It lives in a process of its own, which is started again when it dies or hangs: ``context.clock`` is that process's,
    and a moment's tick is the programme's time.
    """

    name: str

    def prepare(self, utterance: Utterance, speech: Speech) -> Any:
        """Mouth, gestures and accents of an utterance, ahead of time. Pure; runs on a thread beside `render`'s."""
        ...

    def render(self, moment: Moment) -> Picture:
        """The picture of a tick; called once a tick, ticks ascending, always from the same thread."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class OutputStatus:
    """How an output is doing, for console and metrics."""

    name: str
    healthy: bool
    detail: str = ""
    """A `host.core.reason.Reason`, or plain text."""
    clients: int = gauge("viewers connected; operators who look on are none", name="output_clients")
    sent: int = counter("packets sent", name="output_packets_sent")
    dropped: int = counter("packets dropped because a queue was full", name="output_packets_dropped")
    early: int = counter("pictures from before a client's first keyframe", name="output_pictures_early")


class Output(Protocol):
    """Takes the room's packets somewhere. It is offered packets, never blocks and owns a bounded queue."""

    name: str
    audio: Literal["opus", "aac"]

    def start(self, streams: StreamInfo) -> None:
        """Called once, before the first packet."""
        ...

    def offer(self, packets: Sequence[Packet]) -> None:
        """The packets of one tick. Returns at once, never raises; when its queue is full it drops to the next
        keyframe and counts it."""
        ...

    async def run(self) -> None:
        """Work until cancelled; then finish what is begun (close the file, say goodbye)."""
        ...

    def status(self) -> OutputStatus: ...


@runtime_checkable
class WantsKeyframes(Protocol):
    """An output whose clients join and lose pictures at any time. Optional; asked once a tick."""

    def keyframe_wanted(self) -> bool:
        """Whether a client has asked for a keyframe since the last call."""
        ...
