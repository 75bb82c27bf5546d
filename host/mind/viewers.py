"""Viewer memory: what each viewer asked and really heard in answer, bounded on every side."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from host.core.comment import MAX_TEXT, PAGE, Viewer, viewer_of
from host.core.figures import counter, gauge
from host.core.journal_events import COMMENT, PLAYED, SPEAKING, Event
from host.core.text import bounded
from host.core.utterance import Kind

Pair = tuple[str, str]

MAX_ANSWER = 400
"""Characters kept of what a viewer heard to one question."""


@dataclass(frozen=True, slots=True)
class ViewersStatus:
    """How full the memory is."""

    remembered: int = gauge("viewers whose questions are remembered", name="viewers_remembered")
    forgotten: int = counter("viewers forgotten because the memory was full", name="viewers_forgotten")


class ViewerMemory:
    """The last few (question, answer) pairs of each viewer; the viewer silent for longest is forgotten first.

    Feed it what was heard, never what was queued: an answer cut off half-way was not given.
    """

    def __init__(self, viewers: int = 2000, pairs: int = 4) -> None:
        self._viewers = viewers
        self._pairs = pairs
        self._memory: OrderedDict[Viewer, tuple[Pair, ...]] = OrderedDict()
        self._forgotten = 0

    def status(self) -> ViewersStatus:
        """Who is remembered, and who was forgotten since the start."""
        return ViewersStatus(len(self._memory), self._forgotten)

    def __len__(self) -> int:
        return len(self._memory)

    def heard(self, who: Viewer, question: str, answer: str) -> None:
        """Note a sentence a viewer heard in answer. Further sentences to the same question join the same pair; nothing
        is kept of viewers with neither id nor name, who may be anybody."""
        question, answer = bounded(question, MAX_TEXT), bounded(answer, MAX_ANSWER)
        if not (who.id or who.name) or not question or not answer:
            return
        pairs = self._memory.pop(who, ())
        if pairs and pairs[-1][0] == question:
            earlier = pairs[-1][1]
            joined = earlier if answer in earlier else f"{earlier} {answer}"[:MAX_ANSWER]
            pairs = (*pairs[:-1], (question, joined))
        else:
            pairs = (*pairs, (question, answer))[-self._pairs :]
        self._memory[who] = pairs
        while len(self._memory) > self._viewers:
            self._memory.popitem(last=False)
            self._forgotten += 1

    def history(self, who: Viewer) -> tuple[Pair, ...]:
        """The viewer's pairs, oldest first."""
        return self._memory.get(who, ())

    def rebuild(self, events: Iterable[Event]) -> None:
        """Fold journal events, in order, into the memory; others are passed by."""
        asked: dict[str, tuple[Viewer, str]] = {}
        spoken: dict[str, tuple[str, tuple[str, ...]]] = {}
        for event in events:
            kind = event.get("kind")
            if kind == COMMENT:
                asked[str(event.get("comment"))] = (_who(event), str(event.get("text", "")))
            elif kind == SPEAKING and event.get("utterance_kind") == Kind.ANSWER:
                replied = event.get("in_reply_to")
                comments = tuple(str(comment) for comment in replied) if isinstance(replied, (list, tuple)) else ()
                spoken[str(event.get("utterance"))] = (str(event.get("text", "")), comments)
            elif kind == PLAYED:
                text, comments = spoken.pop(str(event.get("utterance")), ("", ()))
                if _complete(event):
                    for who, question in (asked[comment] for comment in comments if comment in asked):
                        self.heard(who, question, text)


def _who(event: Event) -> Viewer:
    return viewer_of(str(event.get("source", PAGE)), str(event.get("viewer", "")), str(event.get("user", "")))


def _complete(event: Event) -> bool:
    heard, total = event.get("heard"), event.get("total")
    return not event.get("interrupted") and isinstance(heard, int) and isinstance(total, int) and 0 < total <= heard
