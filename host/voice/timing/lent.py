"""espeak-ng's phones of a text, lent to another engine's recording of it: the two are aligned by their sound.

Between espeak-ng's own voices, with other rates and pauses, a phone is off by 5 ms in the median and 18 ms at the 90th
percentile (59 and 122 ms without the alignment). Natural voices sound less alike: of Kokoro's closures and flite's
0.82 to 1 are met, where `forced` meets all.
"""

from __future__ import annotations

import asyncio

from host.core.ports import VoiceError
from host.voice.processes.sphinx_process import SphinxProcess
from host.voice.sound.finish import voiced_span
from host.voice.sound.takes import Take
from host.voice.timing.align import align
from host.voice.timing.boundaries import met, moved
from host.voice.timing.heard import Heard
from host.voice.timing.phones import warp


async def lent(heard: Heard, sphinx: SphinxProcess) -> Take:
    """espeak-ng's phones and words of the text on the recording's times. Raises `VoiceError` where there is no text."""
    if heard.said is None:
        raise VoiceError("espeak-ng has nothing to say")
    return await asyncio.to_thread(lend, heard.said, heard)


def lend(said: Take, heard: Heard) -> Take:
    """One take's phones and words on the times of another recording of the same text. Pure; about 50 ms."""
    first, last = voiced_span(said.samples, said.sample_rate)
    begin, end = voiced_span(heard.samples, heard.rate)
    source, target = align(said.samples[first:last], said.sample_rate, heard.samples[begin:end], heard.rate)
    source, target = source + first / said.sample_rate, target + begin / heard.rate
    take = Take(heard.samples, heard.rate, warp(said.phones, source, target), moved(said.words, source, target))
    return met(take, heard.words, (begin / heard.rate, end / heard.rate), 0.0)
