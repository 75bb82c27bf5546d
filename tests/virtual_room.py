"""A whole room in virtual time, without picture: real scripts, director, guard, answerer, voice and journal."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from host.config import Backend, load_room
from host.core.clock import VirtualClock, run_virtual, sleep
from host.core.media import FPS
from host.core.ports import Answerer, Context
from host.journal import Journal
from host.mind.answers.chain import AnswererChain
from host.programme.desk import RoomDesk
from host.programme.opening import context_of
from host.programme.parts import open_outputs, open_parts
from host.programme.programme import Programme
from host.programme.timeline import Timeline

WALL = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)

CUP = """\
---
id: cup
name: 随行保温杯
link: 1
price: 79元
stock: 236
facts:
  净重: 220克
  材质: 316不锈钢
faq:
  - q: [会漏水吗, 密封好不好]
    a: 拧紧以后倒过来也不漏水。
shipping: 48小时内发货，全国包邮
returns: 七天无理由退货
---

## 开场

大家好，今天讲一款保温杯。这款杯子只有220克，放包里没感觉。

- 来看这款保温杯。它只有220克，带着不累。

## 价格

现在79元，在1号链接。

- 1号链接，79元就能带走。
"""
LAMP = """\
---
id: lamp
name: 护眼台灯
link: 2
price: 199元
facts:
  色温: 4000K
faq:
  - q: 会频闪吗
    a: 用肉眼和手机看都没有频闪。
shipping: 48小时内发货
returns: 七天无理由退货
---

## 开场

接下来是护眼台灯，色温是4000K，光线很柔和。

- 再看这盏台灯，4000K的光，看书刚刚好。

## 价格

台灯199元，在2号链接。

- 想要台灯的看2号链接，199元。
"""
ROOM = "name: test\ntitle: 测试间\nlang: zh\nscripts: [scripts]\nanswerer: [embedded]\nremind_ai: 10m\n"
QUICK_VOICE = "voice: {zh: [espeak], en: [espeak]}\n"
"""For rooms whose tests are about something else."""


class Killed(BaseException):
    """What SIGKILL is to a process: nothing runs after it, nothing is written. Raised by an act."""


@dataclass
class VirtualRoom:
    """A room folder and the runs of it."""

    folder: Path
    cache: Path
    events: list[dict[str, Any]] = field(default_factory=list)
    answerer: Answerer | None = None
    behind: Sequence[Answerer] = ()
    """Answerers that come after it."""
    """Answers instead of those the room file names."""
    renderer: Any = None
    """Prepares what is said; nothing is drawn."""
    outputs: Sequence[str] = ()
    """Names of outputs that run beside it; without an encoder they get nothing."""
    voice: Callable[[Context], Any] | None = None
    """Opens what speaks instead of the voices the room file names."""
    wall: datetime = WALL
    """When the next run begins."""
    reload: Callable[[], None] = lambda: None
    """Takes up the scripts as they are on disk; set while `run` is under way."""
    stop: Callable[[], None] = lambda: None
    """Has the room finish its sentence and leave; set while `run` is under way."""

    def run(self, seconds: float, act: Callable[[RoomDesk, VirtualClock], Awaitable[None]] | None = None) -> Timeline:
        """Be on air for ``seconds`` of virtual time while ``act`` is the operator and the viewers."""
        clock = VirtualClock(self.wall)
        timeline = Timeline()
        run_virtual(self._run(clock, timeline, seconds, act), clock)
        return timeline

    async def _run(
        self,
        clock: VirtualClock,
        timeline: Timeline,
        seconds: float,
        act: Callable[[RoomDesk, VirtualClock], Awaitable[None]] | None,
    ) -> None:
        room = load_room(self.folder / "room.yaml")
        journal = Journal.in_folder(self.folder / "data", "test", clock)
        context = context_of(room, clock, self.folder / "data", self.cache)
        sources = [_Acting(act)] if act else []
        outputs = open_outputs([Backend(name=name) for name in self.outputs], context)
        voice = self.voice(context) if self.voice else None
        parts = open_parts(room, context, renderer=self.renderer, outputs=outputs, sources=sources, voice=voice)
        if self.answerer is not None:
            parts.answerer = AnswererChain([self.answerer, *self.behind], clock)
        programme = Programme(
            room.config, parts, clock=clock, journal=journal, encoder=None, when_full="wait", listeners=[timeline]
        )
        desk = RoomDesk(programme)
        self.reload = lambda: programme.take_up(parts.book.reload(clock.wall()))
        self.stop = programme.stop
        programme.watchers += [desk.note, self.events.append]
        for source in sources:
            source.desk, source.clock = desk, clock
        try:
            async with asyncio.TaskGroup() as group:
                vetting = group.create_task(programme.vet_scripts())
                feeding = group.create_task(programme.read_feeds())
                await programme.run(until_tick=round(seconds * FPS))
                vetting.cancel()
                feeding.cancel()
            timeline.close(programme.playout.position)
        finally:
            await programme.close()
            journal.close()
        for source in sources:
            if source.failed is not None:
                raise source.failed

    def said(self, kind: str = "") -> list[dict[str, Any]]:
        """The utterances begun so far, of one kind or all."""
        return [e for e in self.events if e["kind"] == "speaking" and kind in ("", e["utterance_kind"])]

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The events of a kind."""
        return [event for event in self.events if event["kind"] == kind]

    def fate(self, comment_id: str) -> str:
        """The last verdict on a comment."""
        return [event["fate"] for event in self.of("verdict") if event["comment"] == comment_id][-1]


class _Acting:
    """Runs the test's act as a comment source: that makes it one of the programme's own tasks."""

    name = "act"
    desk: RoomDesk
    clock: VirtualClock

    def __init__(self, act: Callable[[RoomDesk, VirtualClock], Awaitable[None]]) -> None:
        self._act = act
        self._done = False
        self.failed: Exception | None = None
        """What the act raised: the room goes on, the test does not."""

    async def comments(self) -> Any:
        if not self._done:
            self._done = True
            try:
                await self._act(self.desk, self.clock)
            except Exception as error:  # noqa: BLE001 - whatever it is, the test is told
                self.failed = error
        return
        yield


def make_room(folder: Path, cache: Path, scripts: Sequence[str] = (CUP, LAMP), room: str = ROOM) -> VirtualRoom:
    """Write a room folder; a room that names no voice gets the `QUICK_VOICE`."""
    (folder / "scripts").mkdir(parents=True)
    (folder / "room.yaml").write_text(room if "voice:" in room else room + QUICK_VOICE, encoding="utf-8")
    for number, script in enumerate(scripts):
        (folder / "scripts" / f"{number}.md").write_text(script, encoding="utf-8")
    return VirtualRoom(folder, cache)


__all__ = ["CUP", "LAMP", "QUICK_VOICE", "ROOM", "WALL", "Killed", "VirtualRoom", "make_room", "sleep"]
