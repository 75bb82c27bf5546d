"""What waits to be said besides the script: answers, greetings, operator lines, by urgency, then arrival."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from host.core.figures import counter, gauge
from host.core.product import Lang
from host.core.utterance import URGENCY, Cut, Kind

MAX_WAITING = 64
"""Sentences that wait. When full, a more urgent reply takes the place of the latest of the least urgent ones that
has not begun; any other is refused."""
MAX_WAITING_EACH = 40
PATIENCE = 1.5
"""Seconds the host waits in silence for the next sentence of an answer it has begun."""
ABANDONED = 30.0
"""Seconds after which an answer that was never finished is taken for finished."""
_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Reply:
    """One sentence to be put in. Those of one answer share ``id``; the last is ``final``, and may be empty."""

    id: str
    kind: Kind
    text: str
    lang: Lang
    in_reply_to: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    expires: float | None = None
    """Clock seconds after which it must not begin."""
    final: bool = True
    interrupts: Cut | None = None
    free: bool = False
    """Whether it was written anew, so that each of its words has to be carried."""
    excuse: bool = False
    """As `host.core.utterance.Utterance.excuse`."""


@dataclass
class Stream:
    """The sentences of one answer that wait, and whether more may come."""

    id: str
    kind: Kind
    arrival: int
    waiting: list[tuple[int, Reply]] = field(default_factory=list)
    """(number of the sentence in the answer, sentence), ascending."""
    count: int = 0
    open: bool = True
    begun: bool = False
    active: float = 0.0
    """When a sentence last came or went."""
    dry_since: float | None = None
    """When the host first asked for a sentence it did not have."""
    stalled: bool = False
    """It ran dry and the host went on; cleared by the next sentence."""

    @property
    def rank(self) -> tuple[int, int]:
        return (-URGENCY[self.kind], self.arrival)

    def precedes(self, number: int) -> bool:
        """Whether an earlier sentence of the answer than that one waits, having been taken back."""
        return bool(self.waiting) and self.waiting[0][0] < number


@dataclass(frozen=True, slots=True)
class RepliesStatus:
    """How full the queue is."""

    waiting: int = gauge("sentences of replies that wait to be said", name="replies_waiting")
    dropped: int = counter("sentences of replies refused, the queue full or their answer over", name="replies_dropped")


class Replies:
    """The queue. Time enters only as ``now``; nothing here is done twice or lost without being counted."""

    def __init__(self) -> None:
        self._dropped = 0
        self._streams: dict[str, Stream] = {}
        self._arrivals = 0
        self._over: deque[str] = deque(maxlen=_REMEMBERED)
        self._unwanted: deque[str] = deque(maxlen=_REMEMBERED)
        self._expired: deque[Reply] = deque(maxlen=_REMEMBERED)
        self._patience = PATIENCE

    def status(self) -> RepliesStatus:
        """What waits, and what was refused since the start."""
        return RepliesStatus(sum(len(stream.waiting) for stream in self._streams.values()), self._dropped)

    def fork(self) -> Replies:
        """A copy to look ahead with: it waits for nothing."""
        twin = Replies()
        twin._streams = {key: replace(stream, waiting=list(stream.waiting)) for key, stream in self._streams.items()}
        twin._arrivals = self._arrivals
        twin._patience = 0.0
        return twin

    def offer(self, reply: Reply, now: float) -> bool:
        """Take a sentence in. False where it is dropped."""
        stream = self._streams.get(reply.id)
        if stream is None and not reply.text.strip():
            return True
        if reply.id in self._over or reply.id in self._unwanted or not self._room_for(reply, stream):
            self._dropped += 1
            if stream is not None and reply.final:
                stream.open = False
                self._forget_if_over(stream)
            return False
        if stream is None:
            self._arrivals += 1
            stream = self._streams[reply.id] = Stream(reply.id, reply.kind, self._arrivals)
        if reply.text.strip():
            stream.count += 1
            stream.waiting.append((stream.count, reply))
            stream.stalled, stream.dry_since = False, None
        stream.active = now
        stream.open = not reply.final
        self._forget_if_over(stream)
        return True

    def best(self, *kinds: Kind) -> Stream | None:
        """The stream to take from: one of ``kinds``, or of any; begun ones first among equals."""
        if not self._streams:  # asked several times a tick, and most of the time nobody has
            return None
        ready = (stream for stream in self._streams.values() if stream.waiting and (not kinds or stream.kind in kinds))
        return min(ready, key=lambda stream: stream.rank, default=None)

    def begun(self) -> Stream | None:
        """The answer in the middle of which the host is: it goes on before another begins."""
        begun = (stream for stream in self._streams.values() if stream.begun and not stream.stalled)
        return min(begun, key=lambda stream: stream.rank, default=None)

    def waits_for(self, stream: Stream, now: float) -> bool:
        """Whether the host should wait for the next sentence of a begun stream that is dry."""
        if stream.waiting:
            return False
        if stream.dry_since is None:
            stream.dry_since = now
        if now - stream.dry_since < self._patience:
            return True
        stream.stalled = True
        return False

    def take(self, stream: Stream, now: float) -> tuple[int, Reply]:
        """The next sentence of a stream that has one, with its number."""
        taken = stream.waiting.pop(0)
        stream.begun = True
        stream.active = now
        self._forget_if_over(stream)
        return taken

    def give_back(self, stream: Stream, number: int, reply: Reply, begun: bool) -> None:
        """A sentence that was taken and not heard to its end waits again, at its place, unless it was dropped."""
        if stream.id in self._unwanted:
            return
        stream.waiting.append((number, reply))
        stream.waiting.sort(key=lambda entry: entry[0])
        stream.begun = begun or stream.waiting[0][0] > 1
        stream.stalled, stream.dry_since = False, None
        self._streams[stream.id] = stream
        if stream.id in self._over:
            self._over.remove(stream.id)

    def drop(self, reply_id: str) -> None:
        """Drop what waits of an answer, and what comes of it from now on."""
        self._unwanted.append(reply_id)
        stream = self._streams.get(reply_id)
        if stream is not None:
            self.drop_rest(stream)

    def ids(self) -> Iterator[str]:
        """Answers with something waiting or still to come."""
        return iter(self._streams)

    def drop_rest(self, stream: Stream) -> None:
        """What is left of an answer is not said any more."""
        stream.waiting.clear()
        stream.open = False
        self._forget_if_over(stream)

    def expire(self, now: float) -> None:
        """Drop the answers whose next sentence is stale, and forget those that were never finished."""
        for stream in list(self._streams.values()):
            if stream.waiting and _stale(stream.waiting[0][1], now):
                self._report(stream)
            elif not stream.waiting and now - stream.active > ABANDONED:
                del self._streams[stream.id]

    def drain_expired(self) -> list[Reply]:
        """The sentences that were dropped unsaid since the last call."""
        drained = list(self._expired)
        self._expired.clear()
        return drained

    def waiting(self) -> Iterator[Reply]:
        """Every sentence that waits."""
        for stream in self._streams.values():
            for _, reply in stream.waiting:
                yield reply

    def _room_for(self, reply: Reply, stream: Stream | None) -> bool:
        if not reply.text.strip():
            return True
        if stream is not None and stream.begun:
            return len(stream.waiting) < MAX_WAITING_EACH
        if sum(len(each.waiting) for each in self._streams.values()) < MAX_WAITING:
            return stream is None or len(stream.waiting) < MAX_WAITING_EACH
        unbegun = [each for each in self._streams.values() if not each.begun and each.waiting]
        last = max(unbegun, key=lambda each: each.rank, default=None)
        if last is None or last is stream or URGENCY[last.kind] >= URGENCY[reply.kind]:
            return False
        self._report(last)
        return True

    def _report(self, stream: Stream) -> None:
        self._expired.extend(reply for _, reply in stream.waiting)
        self.drop_rest(stream)

    def _forget_if_over(self, stream: Stream) -> None:
        if not stream.open and not stream.waiting:
            self._streams.pop(stream.id, None)
            self._over.append(stream.id)


def _stale(reply: Reply, now: float) -> bool:
    return reply.expires is not None and now > reply.expires
