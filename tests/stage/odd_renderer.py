"""A third party's renderer that does what its options say, at ticks they name, and tells in its pixels what it got.

The first row of a picture begins with the tick, the performance, the frame, the length of ``scene.asked`` and the
number of performances that are still held, and the number of pictures this process has drawn.
"""

from __future__ import annotations

import os
import time
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from host.core.errors import Finding, InvalidFile, LivehostError
from host.core.media import HEIGHT, WIDTH, Picture, Speech
from host.core.ports import Context, Moment
from host.core.utterance import Utterance


class Performance:
    """The number in an utterance's text."""

    def __init__(self, number: int) -> None:
        self.number = number


class OddRenderer:
    name = "odd"

    def __init__(self, options: Mapping[str, Any], folder: Path) -> None:
        self._options, self._folder = options, folder
        self._held: weakref.WeakSet[Performance] = weakref.WeakSet()
        self._i420 = np.zeros((HEIGHT * 3 // 2, WIDTH), np.uint8)
        self._drawn = 0

    def prepare(self, utterance: Utterance, speech: Speech) -> Performance:
        if utterance.text == "unspeakable":
            raise ValueError("no mouth for it")
        performance = Performance(int(utterance.text))
        self._held.add(performance)
        return performance

    def render(self, moment: Moment) -> Picture:
        tick = moment.tick
        if tick in self._options.get("die", ()) and self._first(f"died-{tick}"):
            os._exit(9)
        if tick in self._options.get("hang", ()) and self._first(f"hung-{tick}"):
            time.sleep(60)
        if tick in self._options.get("raise", ()):
            raise ValueError("no picture today")
        if tick in self._options.get("shrink", ()):
            return Picture(np.zeros((3, 2), np.uint8))
        if self._options.get("chatty"):
            print("a picture, a picture")  # noqa: T201 - that is what it is here for
        self._drawn += 1
        number = moment.performance.number if moment.performance else 0
        told = (tick, number, moment.frame, len(moment.scene.asked), len(self._held), self._drawn)
        self._i420[0, : len(told)] = told
        return Picture(self._i420)

    def close(self) -> None:
        (self._folder / "closed").touch()

    def _first(self, what: str) -> bool:
        """Whether it is the first time, over all processes; with ``always`` each is."""
        mark = self._folder / what
        seen = mark.exists()
        mark.touch()
        return not seen or bool(self._options.get("always"))


def open_renderer(options: Mapping[str, Any], context: Context) -> OddRenderer:
    """As ``fail`` says."""
    match options.get("fail"):
        case "option":
            raise LivehostError("renderer odd: 'x' is not an option", hint="there is: y")
        case "file":
            raise InvalidFile([Finding("a.yaml", 3, "no nose"), Finding("a.yaml", 7, "no chin")])
        case "bug":
            raise ZeroDivisionError("division by zero")
        case "death":
            os._exit(9)
        case "endless":
            while True:
                (context.data / "drawing").touch()
                context.progress(0.1)
                time.sleep(0.01)
        case "later" if (context.data / "opened").exists():
            raise ZeroDivisionError("not again")
    (context.data / "opened").touch()
    for share in (0.25, 0.5, 1.0):
        context.progress(share)
    return OddRenderer(options, context.data)
