"""When the mouth moves: the one place that decides how phones are found for a recording.

An engine that tells its own phones is believed. For others, in this order, the first that can:

1. `forced`: the text is looked for in the sound;
2. `lent`: espeak-ng's phones of the text, moved by how alike the two recordings sound. It is less exact (nine closures
   of ten) and needs no model: for machines without PocketSphinx, and for speech too fast for its three states a phone;
3. `phone_loop`: what the sound is most like, without a text;
4. `energy`: closures, vowels and hisses by loudness in three bands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from host.core.media import Phone
from host.core.ports import VoiceError
from host.voice.processes.sphinx_process import SphinxProcess
from host.voice.sound.takes import Samples, Take
from host.voice.timing.energy import energy
from host.voice.timing.forced import forced
from host.voice.timing.heard import Heard, Method
from host.voice.timing.lent import lent
from host.voice.timing.phone_loop import phone_loop

METHODS: tuple[Method, ...] = (forced, lent, phone_loop, energy)


@dataclass(frozen=True, slots=True)
class Timed:
    """A recording with its phones, and the name of the method that found them; "" where none could."""

    take: Take
    method: str


async def timed(heard: Heard, sphinx: SphinxProcess, methods: Sequence[Method] = METHODS) -> Timed:
    """The recording with phones and words by the first method that can find them. Raises nothing: a recording without
    phones, as of silence, has the words that the engine told."""
    for method in methods:
        try:
            return Timed(await method(heard, sphinx), method.__name__)
        except VoiceError:
            continue
    return Timed(Take(heard.samples, heard.rate, (), heard.words), "")


async def phones_in(samples: Samples, rate: int, sphinx: SphinxProcess) -> tuple[Phone, ...]:
    """The phones of any mono sound without a text, as of an operator who speaks; none in silence. Raises nothing."""
    return (await timed(Heard(samples, rate), sphinx)).take.phones
