"""Utterances and speeches for the tests of the stage."""

from __future__ import annotations

import numpy as np

from host.core.media import Pcm, Speech
from host.core.utterance import Kind, Utterance
from host.stage.on_air import Item


def item(number: int, samples: int, level: int = 1000, breaks: tuple[int, ...] = (), pause: int = 0) -> Item:
    """An utterance of ``samples`` samples, all of them ``level``."""
    pcm: Pcm = np.full(samples, level, np.int16)
    utterance = Utterance(f"u{number}", Kind.SCRIPT, f"line {number}", "zh")
    return Item(utterance, Speech(pcm, (), (), "", "zh", "test", breaks), pause=pause)
