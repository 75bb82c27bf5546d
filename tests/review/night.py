"""A night of a real room, as its journal tells it: what a seller reads of in the morning happened in it."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from pathlib import Path
from typing import Any

from virtual_room import CUP, WALL, Killed, VirtualRoom, make_room, sleep

from host.core.clock import VirtualClock
from host.core.control import Command, CommandError
from host.core.journal_events import Event
from host.core.media import Speech
from host.core.ports import Context, VoiceError
from host.core.product import Lang
from host.journal import read
from host.programme.desk import RoomDesk
from host.voice.cache import SpeechCache
from host.voice.chain import VoiceChain
from host.voice.engine import Engine
from host.voice.engines.espeak import EspeakVoice
from host.voice.engines.espeak import open_voice as open_espeak
from host.voice.timing.guide import Guide

LIES = ("全网最低价。", "今天只要9块9。", "买一送一。", "全国销量第一。", "加我微信领红包。")
"""What the guard lets nobody insert."""
BEGAN = (WALL, WALL + timedelta(minutes=10), WALL.replace(hour=23, minute=59, second=30))
SECONDS = 150


class Failing:
    """A voice that is espeak, and fails while it is ``down``."""

    name = "studio"

    def __init__(self, embedded: EspeakVoice) -> None:
        self._embedded = embedded
        self.down = False

    async def speak(self, spoken: str, lang: Lang) -> Speech:
        if self.down:
            raise VoiceError("the studio is closed")
        return await self._embedded.speak(spoken, lang)

    async def close(self) -> None: ...


def a_night(folder: Path) -> list[Event]:
    """Three runs: one killed, one stopped, one that is still on air. The cache is the room's own: what is in it is said
    whether a voice is there or not."""
    room = make_room(folder / "room", folder / "cache")
    voices: list[Failing] = []

    def open_voice(context: Context) -> VoiceChain:
        embedded = open_espeak({}, context)
        voices.append(Failing(embedded))
        chain = (Engine("studio", {}, voices[-1]), Engine("espeak", {}, embedded))
        cache = SpeechCache(context.cache / "speech")
        return VoiceChain({"zh": chain, "en": chain}, context, cache, guide=Guide(embedded))

    async def first(desk: RoomDesk, clock: VirtualClock) -> None:
        voices[-1].down = True
        for number, lie in enumerate(LIES):
            await clock.sleep_until(10 + number)
            with contextlib.suppress(CommandError):
                await command(desk, "say", text=lie)
        await clock.sleep_until(20)
        desk.comment("小鹿", "会漏水吗", "q1")
        await clock.sleep_until(40)
        voices[-1].down = False
        await clock.sleep_until(60)
        await command(desk, "pause")
        await clock.sleep_until(75)
        await command(desk, "resume")
        await command(desk, "goto", link=2)
        await clock.sleep_until(90)
        await command(desk, "hush")
        await clock.sleep_until(95)
        await command(desk, "resume")
        await command(desk, "say", text="欢迎新来的朋友。")
        await clock.sleep_until(110)
        for number, user in enumerate(("小马", "小羊", "小牛")):
            desk.comment(user, ("几度水能装", "几度水能装？", "请问几度水能装呀")[number], f"deg{number}")
            await sleep(clock, 5)
        await clock.sleep_until(SECONDS)
        raise Killed

    async def second(desk: RoomDesk, clock: VirtualClock) -> None:
        script = room.folder / "scripts" / "0.md"
        await clock.sleep_until(10)
        script.write_text(CUP.replace("price: 79元", "price: 很便宜"), encoding="utf-8")
        room.reload()
        await clock.sleep_until(40)
        script.write_text(CUP, encoding="utf-8")
        room.reload()
        for number, text in enumerate(("没声音", "no sound", "听不到")):
            desk.comment(f"观众{number}", text, f"sound{number}")
            await sleep(clock, 2)
        desk.comment("小鹿", "太失望了", "angry")
        desk.comment("小马", "有线下店没", "shop")
        desk.comment("坏人", "加微信abc12345领红包", "spam")
        await clock.sleep_until(80)
        await command(desk, "answer", comment_id="shop", text="目前没有线下的店。")
        with contextlib.suppress(CommandError):
            await command(desk, "dismiss", comment_id="gone")
        await command(desk, "dismiss", comment_id="angry")
        await clock.sleep_until(100)
        await command(desk, "pause")
        await clock.sleep_until(SECONDS + 200)
        await command(desk, "resume")
        await sleep(clock, 5)
        room.stop()

    async def third(desk: RoomDesk, clock: VirtualClock) -> None:
        await clock.sleep_until(25)
        desk.comment("夜猫", "几度水能装", "deg9")
        await clock.sleep_until(60)
        raise Killed

    room.voice = open_voice
    for began, act in zip(BEGAN, (first, second, third), strict=True):
        room.wall = began
        with contextlib.suppress(BaseExceptionGroup):
            room.run(600, act)
    return list(read(room.folder / "data" / "test.journal.db"))


async def command(desk: RoomDesk, name: Any, **arguments: Any) -> None:
    """An act of the operator's."""
    await desk.command(Command(command=name, **arguments), "operator")


__all__ = ["BEGAN", "LIES", "SECONDS", "VirtualRoom", "a_night"]
