"""Phones of a sound whose text is not known: any phone may follow any, and the sound alone decides.

On natural voices four of five closures are found, and nearly every open vowel; of a robot's closures, one in three. The
lips are shut on two to nine frames of a hundred where they should not be, most in Mandarin: the models are English.
"""

from __future__ import annotations

from host.core.media import Phone
from host.core.ports import VoiceError
from host.voice.processes.sphinx_process import SphinxProcess
from host.voice.sound.takes import Take
from host.voice.timing.arpabet import ipa_of, phones
from host.voice.timing.heard import Heard
from host.voice.timing.phones import gapless, words_of
from host.voice.timing.release import released

_LIPS, _FAVOUR = frozenset("PBM"), 1000.0
"""Without a text a bilabial is heard as its neighbours N, D and T half of the time. One that is missed is seen, one too
many less so: they are given this much more credit. On natural voices that finds four in five, not two in three."""


async def phone_loop(heard: Heard, sphinx: SphinxProcess) -> Take:
    """Phones, and the words of the text, if there is one, by their length. Raises `VoiceError`."""
    weights = {phone: _FAVOUR if phone in _LIPS else 1.0 for phone in phones()}
    found = await sphinx.recognise(heard.samples, heard.rate, weights)
    sounds = [Phone(start, end, ipa_of(name)) for name, start, end in found]
    if not sounds:
        raise VoiceError("no phones in the sound")
    whole = gapless(released(sounds, heard.samples, heard.rate))
    return Take(heard.samples, heard.rate, whole, heard.words or words_of(heard.spoken, (), whole))
