"""Utterances as sound and movement, in time: a part whose voice is late is waited for, announced, or said by another.

Who is late on air depends on the machine; in virtual time nobody is, since it waits for whoever speaks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

from host.core.clock import Clock, sleep
from host.core.media import Speech
from host.core.mood import said_by
from host.core.ports import Foresees, Voice
from host.core.utterance import Saying, Utterance
from host.programme.clauses import Part
from host.programme.pauses import takes_breath
from host.stage.on_air import Item
from host.stage.playout import Playout
from host.voice.sound.breath import with_breath

PATIENCE = 0.35
"""Seconds: what is not there this long before it is its turn is late."""
MOST_SILENCE = 4.0
"""Seconds that a room waits for a voice before another speaks that takes no time."""
FIRST_SILENCE = 15.0
"""Seconds that a room waits before its first word: a voice that is still loading is the one that viewers shall know."""

Fault = Callable[[str, BaseException, float], None]
Late = Callable[[], Awaitable[None]]


class Prepares(Protocol):
    """What a speaker needs of a renderer."""

    def prepare(self, utterance: Utterance, speech: Speech) -> Any:
        """As `host.core.ports.Renderer.prepare`."""
        ...


class Speaker:
    """Has parts of utterances spoken and acted; `breath` has it inhale before long sentences."""

    def __init__(
        self,
        *,
        clock: Clock,
        voice: Voice,
        renderer: Prepares | None,
        playout: Playout,
        on_fault: Fault,
        breath: bool = False,
    ) -> None:
        self._clock = clock
        self._voice = voice
        self._renderer = renderer
        self._playout = playout
        self._on_fault = on_fault
        self._breath = breath
        self._making: tuple[Utterance, asyncio.Task[Item]] | None = None
        """What is being spoken, of which nothing has been given to the playout."""

    def expect(self, upcoming: Sequence[Saying]) -> None:
        """Tell the voice what comes next if nothing happens."""
        if isinstance(self._voice, Foresees):
            self._voice.expect(upcoming)

    async def ready(self, saying: Saying) -> bool:
        """Whether it would be said at once."""
        return not isinstance(self._voice, Foresees) or await self._voice.ready(*saying)

    def give_up(self, urgent: Callable[[Utterance], bool]) -> None:
        """Stop speaking an utterance that something more urgent goes before, if nothing of it has been given yet."""
        if self._making is not None and urgent(self._making[0]):
            self._making[1].cancel()

    async def in_time(self, utterance: Utterance, part: Part, *, given: bool, on_late: Late | None) -> Item | None:
        """A part of an utterance, of which something has been ``given`` to the playout or nothing; None where it was
        given up. ``on_late`` is called where it will be late. Where the room would be silent for too long, one that
        takes no time says it. Raises `VoiceError`."""
        task = asyncio.create_task(self.speak(utterance, part))
        if not given:
            self._making = utterance, task
        try:
            if on_late is not None and not await self._within(task, -PATIENCE):
                await on_late()
            silence = FIRST_SILENCE if self._playout.before is None else MOST_SILENCE
            if isinstance(self._voice, Foresees) and not await self._within(task, silence):
                task.cancel()
                return await self._item(utterance, part, await self._voice.at_once(*saying_of(utterance, part)))
            await asyncio.wait({task})
            return None if task.cancelled() else task.result()
        finally:
            self._making = None
            task.cancel()

    async def speak(self, utterance: Utterance, part: Part) -> Item:
        """A part of an utterance, however long it takes. Raises `VoiceError`."""
        return await self._item(utterance, part, await said_by(self._voice, saying_of(utterance, part)))

    async def _within(self, task: asyncio.Task[Item], silence: float) -> bool:
        """Whether a part is there before the room has been silent for so long; less than 0: so long before it is."""
        late = asyncio.create_task(sleep(self._clock, max(PATIENCE, self._playout.buffered_seconds + silence)))
        await asyncio.wait({task, late}, return_when=asyncio.FIRST_COMPLETED)
        late.cancel()
        return task.done()

    async def _item(self, utterance: Utterance, part: Part, speech: Speech) -> Item:
        before = self._playout.before
        if self._breath and part.first == 0 and before is not None and takes_breath(before, utterance, speech):
            speech = with_breath(speech)
        performance = None
        if self._renderer is not None:
            acted = utterance if part.first == 0 else _gestured(utterance)
            try:
                with self._clock.hold():
                    performance = await asyncio.to_thread(self._renderer.prepare, acted, speech)
            except Exception as error:  # noqa: BLE001 - with lips at rest it is still heard
                self._on_fault("renderer", error, 0.0)
        return Item(utterance, speech, performance, span=(part.first, part.last))


def saying_of(utterance: Utterance, part: Part) -> Saying:
    """What the voice is asked to say of a part."""
    return Saying(part.spoken, utterance.lang, utterance.direction.mood)


def _gestured(utterance: Utterance) -> Utterance:
    """For the parts after the first: the gesture has been made, the mood lasts."""
    return replace(utterance, direction=replace(utterance.direction, gesture=""))
