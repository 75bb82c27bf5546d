"""What is on air, sample by sample: an utterance, in one part or several, and what was heard last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from host.core.media import TICK_SAMPLES, Pcm, Speech
from host.core.utterance import Played, Utterance


@dataclass(frozen=True)
class Item:
    """An utterance ready to be heard, or a part of one, with whatever the renderer prepared for it.

    The parts of an utterance are enqueued one by one as they are spoken, and heard without anything between. Until the
    next is there the room waits for it.
    """

    utterance: Utterance
    speech: Speech
    performance: Any = None
    pause: int = 0
    """Samples of room tone, at least, between the last of what was heard before and its own first. They are kept where
    that was heard to its end, and have passed where the room was silent for as long."""
    span: tuple[int, int] | None = None
    """Which characters of the utterance's text this part is; None: all of them."""
    first: bool = True
    last: bool = True

    @property
    def begins(self) -> int:
        """The first character of the utterance's text that it is."""
        return self.span[0] if self.span else 0

    @property
    def text(self) -> str:
        """What it is of the utterance's text."""
        return self.utterance.text[slice(*self.span)] if self.span else self.utterance.text


@dataclass(frozen=True)
class Started:
    """The first sample of an item is in the tick just pulled. ``position`` counts samples of the programme.

    An item that is not the first of its utterance goes on with it.
    """

    item: Item
    position: int


@dataclass
class OnAir:
    """The utterance being heard, in its part ``item``. Invariant: ``0 <= offset <= end <= total`` of the part."""

    item: Item
    start: int
    """Position of the utterance's first sample in the programme."""
    offset: int
    end: int
    fade: int = 0
    earlier: int = 0
    """Samples of the parts before."""
    waited: int = 0
    """Samples since the part ended, while the next is awaited."""
    ending: bool = False
    """Whether it ends with this part although more was to come."""

    @classmethod
    def begun(cls, item: Item, position: int) -> OnAir:
        """The first part, from its first sample."""
        return cls(item, position, 0, len(item.speech.pcm))

    @property
    def total(self) -> int:
        return len(self.item.speech.pcm)

    @property
    def heard(self) -> int:
        """Samples of the utterance."""
        return self.earlier + self.offset

    @property
    def over(self) -> bool:
        """Whether nothing of the part is left."""
        return self.offset >= self.end

    @property
    def awaits(self) -> bool:
        """Whether another part goes on with it."""
        return not self.item.last and not self.ending and self.end >= self.total

    @property
    def frame(self) -> int:
        """Ticks since the part began."""
        return (self.offset + self.waited) // TICK_SAMPLES

    def go_on(self, item: Item) -> None:
        """The next part, from its first sample."""
        self.earlier += self.total
        self.item, self.offset, self.end, self.fade, self.waited = item, 0, len(item.speech.pcm), 0, 0

    def stop_at(self, end: int, fade: int) -> None:
        """End earlier than planned, never later; the fade fits between here and there."""
        self.ending = True
        if end < self.end:
            self.end = end
            self.fade = min(fade, end - self.offset)

    def take(self, samples: int) -> Pcm:
        """The next samples, at most ``samples``, faded where the end is near."""
        if self.over:
            self.waited += samples
        last = min(self.offset + samples, self.end)
        sound: Pcm = self.item.speech.pcm[self.offset : last]
        if self.fade and last > self.end - self.fade:
            gain = (self.end - np.arange(self.offset, last)) / (self.fade + 1)
            sound = np.rint(sound * np.clip(gain, 0.0, 1.0)).astype(np.int16)
        self.offset = last
        return sound

    def played(self) -> Played:
        """What became of it, at its end."""
        cut = self.end < self.total or not self.item.last
        return Played(self.item.utterance, self.heard, self.earlier + self.total, cut, self.start)


@dataclass
class Heard:
    """What was heard last, and the position after its last sample."""

    item: Item
    end: int
    whole: bool

    lingers: bool
    """Whether it is looked on as being said still: in a pause, until a moment when nothing waits."""

    def frame(self, position: int) -> int:
        """Ticks since it began, at a position behind it."""
        return (len(self.item.speech.pcm) + position - self.end) // TICK_SAMPLES
