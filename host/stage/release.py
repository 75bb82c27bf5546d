"""The last step of a tick: its sound and its picture leave together, in order, to every output."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from host.core.media import Packet, StreamInfo
from host.core.ports import Output, WantsKeyframes
from host.stage.faults import Faults

EncodedPicture = asyncio.Future[list[Packet]]
Taken = Callable[[EncodedPicture], list[Packet]]


@dataclass(eq=False)
class _Leaving:
    tick: int
    sound: list[Packet]
    picture: EncodedPicture | None

    @property
    def ready(self) -> bool:
        return self.picture is None or self.picture.done()


class Release:
    """Holds ticks until their pictures are encoded. What an output raises is its own fault, and counted as such."""

    def __init__(self, outputs: Sequence[Output], faults: Faults) -> None:
        self._outputs = tuple(outputs)
        self._asking = [output for output in self._outputs if isinstance(output, WantsKeyframes)]
        self._faults = faults
        self._waiting: deque[_Leaving] = deque()
        self.released = 0
        self.late = 0
        """Ticks whose sound left without waiting any longer for the picture."""

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def first_held(self) -> int | None:
        """The first tick whose sound has not left; None where none is held back."""
        return next((leaving.tick for leaving in self._waiting if leaving.sound), None)

    @property
    def pending(self) -> list[EncodedPicture]:
        """Pictures still being encoded, oldest first."""
        return [leaving.picture for leaving in self._waiting if leaving.picture is not None and not leaving.ready]

    def start(self, streams: StreamInfo) -> None:
        """Tell every output what is coming."""
        for output in self._outputs:
            try:
                output.start(streams)
            except Exception as error:  # noqa: BLE001 - one output's fault is not the others'
                self._faults.note(f"output {output.name}", error)

    def keyframe_wanted(self) -> bool:
        """Whether any output asks for a keyframe."""
        wanted = False
        for output in self._asking:
            try:
                wanted |= output.keyframe_wanted()
            except Exception as error:  # noqa: BLE001
                self._faults.note("keyframe request", error)
        return wanted

    def add(self, tick: int, sound: list[Packet], picture: EncodedPicture | None) -> None:
        """A tick is on its way; without a picture only its sound is. Ticks ascend."""
        self._waiting.append(_Leaving(tick, sound, picture))

    def ready(self, taken: Taken) -> None:
        """Offer every tick at the front whose picture is encoded. ``taken`` reads what a finished encoding gave."""
        while self._waiting and self._waiting[0].ready:
            leaving = self._waiting.popleft()
            pictures = [] if leaving.picture is None else taken(leaving.picture)
            self.offer([*pictures, *leaving.sound])
            self.released += 1

    def overdue(self, before: int) -> None:
        """Let the sound of ticks before ``before`` leave without their pictures, which follow when they are done."""
        for leaving in [leaving for leaving in self._waiting if leaving.tick < before and leaving.sound]:
            self.offer(leaving.sound)
            leaving.sound = []
            self.late += 1
            if leaving.picture is None:
                # Nothing of it is left to wait for: behind a picture that hangs, such ticks must not pile up.
                self._waiting.remove(leaving)
                self.released += 1

    def offer(self, packets: Sequence[Packet]) -> None:
        """Offer packets to every output, in one step of the loop."""
        if not packets:
            return
        for output in self._outputs:
            try:
                output.offer(packets)
            except Exception as error:  # noqa: BLE001 - one output's fault is not the others'
                self._faults.note(f"output {output.name}", error)
