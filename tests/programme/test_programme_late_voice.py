"""A voice that works as long as it speaks, and longer: what a room does meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from virtual_room import VirtualClock, VirtualRoom, make_room, sleep

from host.core.media import Speech
from host.core.ports import Context
from host.core.product import Lang
from host.core.utterance import Saying
from host.lang.normalise import normalise
from host.programme.desk import RoomDesk
from host.programme.repertoire import openings
from host.programme.speaker import MOST_SILENCE
from host.voice.engines import espeak


@dataclass
class SlowVoice:
    """Takes virtual seconds over what it has not kept; nothing holds the clock meanwhile, as on air."""

    context: Context
    kept: set[str] = field(default_factory=set)
    slow: float = 0.0
    name: str = "slow"
    begun: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.voice = espeak.open_voice({}, self.context)

    async def speak(self, spoken: str, lang: Lang) -> Speech:
        if spoken not in self.kept and self.slow:
            self.begun.append(spoken)
            try:
                await sleep(self.context.clock, self.slow)
            except BaseException:
                self.given_up.append(spoken)
                raise
        return replace(await self.voice.speak(spoken, lang), engine=self.name)

    async def at_once(self, spoken: str, lang: Lang, mood: str = "") -> Speech:
        return await self.voice.speak(spoken, lang)

    async def ready(self, spoken: str, lang: Lang, mood: str = "") -> bool:
        return spoken in self.kept

    def expect(self, upcoming: Sequence[Saying]) -> None:
        pass

    def status(self) -> dict[str, Any]:
        return {"speaking": {}, "degraded": [], "engines": {}, "cache": {}}

    async def close(self) -> None:
        await self.voice.close()


def asked(folder: Path, cache: Path, slow: float, kept: Sequence[str] = (), seconds: float = 30) -> VirtualRoom:
    """A room that is asked a question while its first product is on air, from then on with a slow voice."""
    room = make_room(folder / "room", cache)
    voices: list[SlowVoice] = []

    def opened(context: Context) -> SlowVoice:
        voices.append(SlowVoice(context, {normalise(text, "zh") for text in kept}))
        return voices[-1]

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        while len(room.said("script")) < 2:
            await sleep(clock, 0.2)
        voices[0].slow = slow
        desk.comment("小鹿", "会漏水吗", "ask")
        await sleep(clock, seconds)

    room.voice = opened
    room.run(60, act)
    return room


def test_a_late_answer_begins_behind_words_that_are_at_hand(tmp_path: Path, speech_cache: Path) -> None:
    room = asked(tmp_path, speech_cache, 8.0, openings("zh"))
    opening, *answer = [event for event in room.said("answer") if "ask" in event["in_reply_to"]]
    assert opening["text"] in openings("zh")
    assert opening["excuse"]
    assert opening["engine"] == "slow"
    assert "漏" in "".join(event["text"] for event in answer)
    assert room.fate("ask") == "answered"


def test_where_nothing_is_at_hand_it_waits_and_then_another_speaks(tmp_path: Path, speech_cache: Path) -> None:
    room = asked(tmp_path, speech_cache, 60.0)
    first, *_ = [event for event in room.said("answer") if "ask" in event["in_reply_to"]]
    assert "漏" in first["text"]
    assert first["engine"] == "espeak"
    played = [event for event in room.of("played") if event["at"] < first["at"]][-1]
    assert MOST_SILENCE - 0.5 < first["at"] - played["at"] < MOST_SILENCE + 1.5
    assert room.fate("ask") == "answered"


def test_one_that_is_in_time_needs_no_words_before_it(tmp_path: Path, speech_cache: Path) -> None:
    room = asked(tmp_path, speech_cache, 0.2, openings("zh"))
    texts = [event["text"] for event in room.said("answer")]
    assert texts
    assert not set(texts) & set(openings("zh"))


def test_a_question_does_not_wait_for_a_line_that_is_late(tmp_path: Path, speech_cache: Path) -> None:
    """The line goes back to the script, and is said after the answer."""
    room = make_room(tmp_path / "room", speech_cache)
    voices: list[SlowVoice] = []

    def opened(context: Context) -> SlowVoice:
        voices.append(SlowVoice(context, {normalise(text, "zh") for text in openings("zh")}))
        return voices[-1]

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        while len(room.said("script")) < 2:
            await sleep(clock, 0.2)
        voices[0].slow = 3.5
        while not voices[0].begun:
            await sleep(clock, 0.1)
        desk.comment("小鹿", "会漏水吗", "ask")
        await sleep(clock, 0.3)
        voices[0].slow = 0
        await sleep(clock, 15)

    room.voice = opened
    room.run(60, act)
    (given_up, *_) = voices[0].given_up
    spoken = [event["spoken"] for event in room.said()]
    answer = next(at for at, event in enumerate(room.said()) if "ask" in event["in_reply_to"])
    assert given_up in spoken[answer:]
    assert len([text for text in spoken if text == given_up]) == len(
        [text for text in spoken[answer:] if text == given_up]
    )


def test_the_first_word_is_waited_for_longer(tmp_path: Path, speech_cache: Path) -> None:
    for slow, engine in ((10.0, "slow"), (40.0, "espeak")):
        room = make_room(tmp_path / engine, speech_cache)

        def opened(context: Context, slow: float = slow) -> SlowVoice:
            voice = SlowVoice(context)
            voice.slow = slow
            return voice

        room.voice = opened
        room.run(25)
        assert room.said()[0]["engine"] == engine
