"""What a writer asks of a sentence's mood reaches the voice, sentence by sentence, now and when it is said ahead."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from virtual_room import CUP, VirtualClock, make_room, run_virtual

from host.core.media import Speech
from host.core.ports import Context
from host.core.product import Lang
from host.core.utterance import Saying
from host.programme.repertoire import repertoire
from host.show.load import load_show
from host.voice.engines import espeak

CALM = CUP.replace("放包里没感觉。", "放包里没感觉。{mood=calm}").replace("带着不累。", "带着不累。{mood=calm}")


@dataclass
class Asked:
    """espeak, and in which mood it was asked for what."""

    context: Context
    sayings: list[Saying] = field(default_factory=list)
    name: str = "asked"

    def __post_init__(self) -> None:
        self.voice = espeak.open_voice({}, self.context)
        self.moods = self.voice.moods

    async def speak(self, spoken: str, lang: Lang, mood: str = "") -> Speech:
        self.sayings.append(Saying(spoken, lang, mood))
        return replace(await self.voice.speak(spoken, lang, mood), engine=self.name)

    async def close(self) -> None:
        await self.voice.close()


def test_a_mood_reaches_the_voice_for_its_sentence_alone(tmp_path: Path) -> None:
    room = make_room(tmp_path / "room", tmp_path / "cache", [CALM])
    voices: list[Asked] = []

    def opened(context: Context) -> Asked:
        voices.append(Asked(context))
        return voices[-1]

    room.voice = opened
    room.run(30)
    moods = {saying.mood for saying in voices[0].sayings if "二百二" in saying.spoken or "两百二" in saying.spoken}
    assert moods == {"calm"}
    assert "" in {saying.mood for saying in voices[0].sayings}


def test_what_is_said_ahead_is_said_in_its_mood(tmp_path: Path) -> None:
    (tmp_path / "cup.md").write_text(CALM, encoding="utf-8")
    show = load_show([tmp_path / "cup.md"])
    clock = VirtualClock()
    said = run_virtual(repertoire(show, "zh", 0, clock), clock)
    assert {saying.mood for saying in said if "没感觉" in saying.spoken} == {"calm"}
    assert sum(saying.mood == "" for saying in said) > 10
