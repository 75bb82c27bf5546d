"""The moods a writer may ask for, ``{mood=calm}``: how much the host smiles in each, and how fast it speaks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from host.core.media import Speech
from host.core.ports import Expressive, Voice
from host.core.utterance import Saying

_LEAST, _MOST = 0.5, 2.0
"""Times the usual pace: what every engine with a speed takes."""


@dataclass(frozen=True, slots=True)
class Mood:
    """How a mood is shown."""

    smile: float
    """0..1."""
    pace: float = 1.0
    """Times the usual: what is heard as livelier or graver, and still as the same person."""


MOODS: Mapping[str, Mood] = {
    "happy": Mood(0.7, 1.05), "excited": Mood(0.7, 1.1), "warm": Mood(0.65), "smile": Mood(0.65),
    "calm": Mood(0.35, 0.94), "neutral": Mood(0.32), "serious": Mood(0.2, 0.94), "concerned": Mood(0.18, 0.93),
    "sorry": Mood(0.15, 0.92),
}  # fmt: skip
"""By name, from most to least smile."""

PACED: Collection[str] = frozenset(name for name, mood in MOODS.items() if mood.pace != 1)
"""The moods that are spoken at a pace of their own."""


def speed_in(mood: str, speed: float) -> float:
    """A voice's speed, times the usual, in a mood; one that is unknown changes nothing."""
    if mood not in PACED:
        return speed
    return min(max(_MOST, speed), max(min(_LEAST, speed), round(speed * MOODS[mood].pace, 3)))


async def said_by(voice: Voice, saying: Saying) -> Speech:
    """What a voice makes of it, in its mood where it heeds that. Raises `VoiceError`."""
    if isinstance(voice, Expressive) and saying.mood in voice.moods:
        return await voice.speak(*saying)
    return await voice.speak(saying.spoken, saying.lang)
