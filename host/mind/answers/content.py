"""What of a model's text is meant for the viewer: no reasoning, no other turns, nothing of the chat template."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from host.mind.answers.marks import Kind, Mark, MarkStream

_FINAL = frozenset(("final", "answer", "response", "content"))
"""Channels that are spoken; what another one holds is reasoning."""
_LONGEST_HEAD = 80


class _Place(Enum):
    CONTENT = auto()
    REASONING = auto()
    """Between tags, or behind what stands for an opening one in the prompt."""
    CHANNEL = auto()
    """In a channel that is not the final one: the end of the turn ends it."""
    HEAD = auto()
    NAME = auto()
    """Of a channel."""
    BEYOND = auto()
    """Behind the end of the reply: the model goes on with other turns."""


class Withdrawn:
    """All content before this was reasoning: its end came, and there had been no beginning."""


class ContentStream:
    """Text in, content out. ``opened`` says that reasoning began in the prompt already.

    An opening mark without an end leaves no content behind it. Marks inside reasoning nest.
    """

    def __init__(self, *, opened: bool = False) -> None:
        self._marks = MarkStream()
        self._place = _Place.REASONING if opened else _Place.CONTENT
        self._depth = 1 if opened else 0
        self._head = ""
        self._given = False
        self.implied = opened
        """Whether it is still inside reasoning that began in the prompt."""
        self.reasoned = False
        """Whether there was reasoning with a word in it."""
        self._final = False
        """Whether a final channel has begun: nothing before or behind it takes its content back."""

    @property
    def reasons(self) -> bool:
        """Whether the text so far ends inside reasoning."""
        return self._place in (_Place.REASONING, _Place.CHANNEL)

    def open(self) -> None:
        """What comes is content after all: reasoning comes in a field of its own."""
        if self.implied:
            self.implied, self._depth, self._place = False, 0, _Place.CONTENT

    def feed(self, text: str) -> Iterator[str | Withdrawn]:
        """Take more text; yield what of it is content."""
        for part in self._marks.feed(text):
            yield from self._take(part)

    def flush(self) -> Iterator[str | Withdrawn]:
        """The end of the text."""
        for part in self._marks.flush():
            yield from self._take(part)

    def _take(self, part: str | Mark) -> Iterator[str | Withdrawn]:
        if isinstance(part, Mark):
            yield from self._mark(part)
        elif self._place in (_Place.HEAD, _Place.NAME):
            self._head += part
            head, line_ends, rest = self._head.partition("\n")
            if line_ends or len(head) > _LONGEST_HEAD:
                self._head = head  # what stands behind its line is no part of it, in whatever pieces it came
                yield from self._begin()
                yield from self._take(rest)
        elif self._place is _Place.CONTENT:
            self._given = self._given or bool(part.strip())
            yield part
        elif self.reasons:
            self.reasoned = self.reasoned or bool(part.strip())

    def _mark(self, mark: Mark) -> Iterator[str | Withdrawn]:
        match mark.kind:
            case Kind.REASONING:
                self._depth += not (self.implied and not self.reasoned)
                self._place = _Place.REASONING
            case Kind.REASONED:
                yield from self._end_reasoning()
            case Kind.OVER:
                self._end_turn()
            case Kind.HEAD:
                self._head, self._place = mark.role, _Place.HEAD
                if mark.role:
                    yield from self._begin()
            case Kind.CHANNEL:
                self._head, self._place, self._depth = "", _Place.NAME, 0
            case Kind.BODY if self._place in (_Place.HEAD, _Place.NAME):
                yield from self._begin()
            case _:
                pass

    def _end_reasoning(self) -> Iterator[Withdrawn]:
        if self._place is _Place.REASONING and self._depth:
            self._depth -= 1
            if self._depth == 0:
                self._place, self.implied = _Place.CONTENT, False
        else:
            yield from self._withdraw()
            self._place = _Place.CONTENT

    def _end_turn(self) -> None:
        if self._place is _Place.CONTENT and self._given:
            self._place = _Place.BEYOND
        elif self._place is _Place.CHANNEL:
            self._place = _Place.CONTENT

    def _begin(self) -> Iterator[Withdrawn]:
        """The body of a turn, or of a channel, begins."""
        words = self._head.casefold().split()
        head, self._head = words[0] if words else "", ""
        if self._place is _Place.NAME:
            yield from self._begin_channel(final=head in _FINAL)
        elif head in ("assistant", "model", "") and not self._given:
            self._place = _Place.REASONING if self._depth else _Place.CONTENT
        else:
            self._place = _Place.BEYOND

    def _begin_channel(self, *, final: bool) -> Iterator[Withdrawn]:
        if not final:
            self._place = _Place.CHANNEL
        elif self._given and self._final:
            self._place = _Place.BEYOND
        else:
            if self._given:
                yield from self._withdraw()
            self._place, self._final, self.implied = _Place.CONTENT, True, False

    def _withdraw(self) -> Iterator[Withdrawn]:
        self.reasoned = self.reasoned or self._given
        self._given = False
        yield Withdrawn()
