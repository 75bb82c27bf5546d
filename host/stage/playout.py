"""Playout: the one place where utterances become samples, and where it is known what was heard.

The programme is a row of ticks of 1920 samples. `Playout.pull` makes the next one; it is synchronous and total: an
utterance where there is one, room tone otherwise. Room tone runs on below speech, so that nothing switches on or
off between sentences. Everything here is pure arithmetic on positions; nothing waits and nothing fails.
"""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from host.core.figures import counter
from host.core.media import SAMPLE_RATE, TICK_SAMPLES, Pcm, seconds
from host.core.utterance import Cut, Played, Utterance
from host.stage.bed import Bed, DuckedBed
from host.stage.on_air import Heard, Item, OnAir, Started
from host.stage.room_tone import make_room_tone

NOW_FADE = 30 * SAMPLE_RATE // 1000
"""Samples over which a cut "now" fades out."""
CLAUSE_FADE = 5 * SAMPLE_RATE // 1000
"""Samples before a clause boundary over which the sound fades out: breath and reverberation, not words."""


_NOTHING: Pcm = np.zeros(0, dtype=np.int16)


@dataclass(frozen=True)
class TickOut:
    """One tick of the programme."""

    tick: int
    tone: Pcm
    """What runs below: room tone, and the music bed where there is one. Shape ``[1920]``."""
    sound: Pcm
    """What is said, from the tick's first sample on: shape ``[0..1920]``."""
    item: Item | None
    """What is heard at the tick's first sample; in the pause before an item that waits, what was heard last. None for
    room tone alone."""
    frame: int
    """Ticks since ``item`` began."""
    events: tuple[Started | Played, ...]

    @property
    def pcm(self) -> Pcm:
        """What is heard, shape ``[1920]``, mixed for whoever asks: in a rehearsal without a film nobody does."""
        mixed = self.tone.copy()
        if len(self.sound):
            _add(mixed, self.sound)
        return mixed


@dataclass(frozen=True, slots=True)
class PlayoutStatus:
    """How far the programme has come."""

    ticks: int = counter("ticks made")
    skipped_ticks: int = counter("ticks left out because the programme was late")
    heard_samples: int = counter("samples of speech")
    idle_samples: int = counter("samples of room tone alone")


class Playout:
    """Utterances in, ticks out. An utterance begins on a tick, in the order of `enqueue` and after its pause, and
    yields one `Played`.

    ``room_tone`` is looped (None: `make_room_tone`); ``limit`` is how many utterances may wait besides the one being
    heard: short, so that what is said next can still change. ``bed`` is music to play below.
    """

    def __init__(
        self, room_tone: Pcm | None = None, first_tick: int = 0, limit: int = 2, bed: Bed | None = None
    ) -> None:
        tone = make_room_tone() if room_tone is None else _checked(room_tone)
        self._tone_length = max(1, len(tone))
        self._tone: Pcm = np.resize(tone, self._tone_length + TICK_SAMPLES) if len(tone) else _silence()
        self._bed = DuckedBed(bed) if bed else None
        self._limit = limit
        self._tick = first_tick
        self._on_air: OnAir | None = None
        self._last: Heard | None = None
        self._waiting: deque[Item] = deque()
        self._withdrawn: list[Played] = []
        self._made = 0
        self._heard = 0
        self._idle = 0
        self._skipped = 0

    @property
    def tick(self) -> int:
        """The number of the next tick."""
        return self._tick

    @property
    def position(self) -> int:
        """The position of the next sample in the programme."""
        return self._tick * TICK_SAMPLES

    @property
    def current(self) -> Item | None:
        """What is being heard."""
        return self._on_air.item if self._on_air else None

    @property
    def shown(self) -> Item | None:
        """What is being heard; in the pause before an item that waits, what was heard last."""
        if self._on_air is None and self._last is not None and self._last.lingers:
            return self._last.item
        return self.current

    @property
    def heard(self) -> int:
        """Samples of the utterance being heard that have been pulled."""
        return self._on_air.heard if self._on_air else 0

    @property
    def queued(self) -> tuple[Item, ...]:
        """The utterances that wait, in order: the first part of each."""
        return tuple(item for item in self._waiting if item.first)

    @property
    def before(self) -> Item | None:
        """What an item would follow that is enqueued now: the last that waits, else what is heard or was heard last."""
        if self._waiting:
            return self._waiting[-1]
        return self.current or (self._last.item if self._last else None)

    @property
    def buffered_seconds(self) -> float:
        """How long there is something to say."""
        rest = self._on_air.end - self._on_air.offset if self._on_air else 0
        return seconds(rest + sum(item.pause + len(item.speech.pcm) for item in self._waiting))

    def status(self) -> PlayoutStatus:
        """How far the programme has come; ``ticks`` and ``skipped_ticks`` together are how far the next tick is."""
        return PlayoutStatus(self._made, self._skipped, self._heard, self._idle)

    def enqueue(self, item: Item) -> bool:
        """Take an utterance, or a part that goes on with the last one. False where the queue is full, or the utterance
        is over or withdrawn: then its other parts are not wanted either. Raises ValueError for sound that is no `Pcm`.
        """
        _checked(item.speech.pcm)
        taken = len(self.queued) < self._limit if item.first else self._goes_on(item)
        if taken:
            self._waiting.append(item)
        return taken

    def _goes_on(self, item: Item) -> bool:
        if self._waiting:
            return self._waiting[-1].utterance.id == item.utterance.id and not self._waiting[-1].last
        on_air = self._on_air
        return on_air is not None and on_air.awaits and on_air.item.utterance.id == item.utterance.id

    def end(self, utterance: Utterance) -> None:
        """No more parts of an utterance come: it ends with the last one that is here."""
        if self._waiting and self._waiting[-1].utterance.id == utterance.id:
            self._waiting[-1] = replace(self._waiting[-1], last=True)
        elif self._on_air is not None and self._on_air.item.utterance.id == utterance.id:
            self._on_air.ending = True

    def withdraw(self) -> list[Item]:
        """Remove what has not begun. The next `pull` reports each as Played with nothing heard."""
        going_on = list(itertools.takewhile(lambda item: not item.first, self._waiting))
        items = [item for item in self._waiting if item.first]
        self._waiting = deque(going_on)
        self._withdrawn += [Played(item.utterance, 0, len(item.speech.pcm), True, self.position) for item in items]
        return items

    def cut(self, where: Cut) -> None:
        """End what is being heard: at its next clause boundary, or now with a short fade. Waiting items stay."""
        on_air = self._on_air
        if on_air is None:
            return
        if where == "now":
            on_air.stop_at(on_air.offset + NOW_FADE, NOW_FADE)
            return
        ahead = [at for at in on_air.item.speech.breaks if at >= on_air.offset]  # parts end at clauses, too
        on_air.stop_at(min(ahead, default=on_air.total), CLAUSE_FADE)

    def skip(self, ticks: int) -> None:
        """Leave positions out: the programme is late and will not catch up. Nothing that waits to be heard is lost."""
        self._tick += max(0, ticks)
        self._skipped += max(0, ticks)

    def pull(self) -> TickOut:
        """The next tick. Synchronous; always 1920 samples; never raises."""
        tick, position = self._tick, self.position
        events: list[Started | Played] = list(self._withdrawn)
        self._withdrawn.clear()
        self._go_on(events, position)
        self._settle(events, position)
        while self._on_air is None and self._waiting and not self._pausing(position):
            item = self._waiting.popleft()
            self._on_air = OnAir.begun(item, position)
            events.append(Started(item, position))
            self._settle(events, position)
        item_now, frame, sound = None, 0, _NOTHING
        if self._on_air is not None:
            item_now, frame = self._on_air.item, self._on_air.frame
            sound = self._on_air.take(TICK_SAMPLES)
            self._heard += len(sound)
            self._settle(events, position + len(sound))
        elif self._last is not None:
            self._last.lingers &= bool(self._waiting)
            if self._last.lingers:
                item_now, frame = self._last.item, self._last.frame(position)
        self._idle += TICK_SAMPLES - len(sound)
        self._tick += 1
        self._made += 1
        return TickOut(tick, self._below(position, speech=len(sound) > 0), sound, item_now, frame, tuple(events))

    def _go_on(self, events: list[Started | Played], position: int) -> None:
        """Go on with the next part of what is being heard, where one is wanted and there."""
        on_air = self._on_air
        while on_air is not None and on_air.over and on_air.awaits and self._waiting:
            on_air.go_on(self._waiting.popleft())
            events.append(Started(on_air.item, position))

    def _settle(self, events: list[Started | Played], position: int) -> None:
        """Report what is being heard as played once its end is reached; an empty speech ends where it begins."""
        on_air = self._on_air
        if on_air is not None and on_air.over and not on_air.awaits:
            played = on_air.played()
            events.append(played)
            self._last = Heard(on_air.item, position, played.complete, played.complete)
            self._on_air = None
            while self._waiting and not self._waiting[0].first:
                self._waiting.popleft()

    def _pausing(self, position: int) -> bool:
        """Whether the next item still keeps its pause. Whoever interrupts does not wait for one."""
        last = self._last
        return last is not None and last.whole and position < last.end + self._waiting[0].pause

    def _below(self, position: int, *, speech: bool) -> Pcm:
        at = position % self._tone_length
        tone = self._tone[at : at + TICK_SAMPLES]
        if self._bed is None:
            return tone
        mixed = tone.copy()
        _add(mixed, self._bed.next(speech))
        return mixed


def _add(pcm: Pcm, sound: Pcm) -> None:
    """Add ``sound`` to the beginning of ``pcm``, saturating."""
    head = pcm[: len(sound)]
    mixed: NDArray[np.int32] = np.add(head, sound, dtype=np.int32)
    np.minimum(mixed, 32767, out=mixed)  # np.clip looks the bounds of the type up each time
    np.maximum(mixed, -32768, out=mixed)
    head[:] = mixed


def _checked(pcm: Pcm) -> Pcm:
    if not isinstance(pcm, np.ndarray) or pcm.dtype != np.int16 or pcm.ndim != 1:
        shape = f"{pcm.dtype} {pcm.shape}" if isinstance(pcm, np.ndarray) else type(pcm).__name__
        raise ValueError(f"sound must be mono int16 samples of shape [n], not {shape}")
    return pcm


def _silence() -> Pcm:
    return np.zeros(1 + TICK_SAMPLES, dtype=np.int16)
