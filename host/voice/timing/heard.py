"""What there is to go by when phones are looked for in a recording."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from host.core.media import Word
from host.core.product import Lang
from host.voice.processes.sphinx_process import SphinxProcess
from host.voice.sound.takes import Samples, Take


@dataclass(frozen=True, slots=True)
class Heard:
    """A recording, and what is known of it. Times count from its first sample."""

    samples: Samples
    rate: int
    spoken: str = ""
    """The text, where it is known."""
    lang: Lang = "zh"
    words: tuple[Word, ...] = ()
    """Words in time, as far as the engine tells them."""
    said: Take | None = None
    """The same text as espeak-ng says it: its phones and words."""


Method = Callable[[Heard, SphinxProcess], Awaitable[Take]]
"""Finds phones, and words where there is a text. Raises `VoiceError` where it cannot: the next one is tried."""
