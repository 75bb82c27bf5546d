"""The model at run time: a sentence's evidence, and what it weighs.

``model.npz`` is made by ``python -m host.bench.weighing``. It carries the thresholds that its folds were measured with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from host.core.linear import Linear, load
from host.mind.guard.carried import FactIndex
from host.mind.guard.weighing.evidence import evidence, windows

MODEL = "model.npz"
VERSION = 1
"""Of the file: another one for other features or other fields."""


@dataclass(frozen=True)
class Scales:
    """Immutable."""

    corpus: str
    """SHA-256 of what it was trained on."""
    linear: Linear
    written: float
    """What nearly every true sentence weighs: a line of a script that weighs less is pointed out."""
    carried: float
    """What a draft weighs at least whose words are all carried or plain."""
    lacking: float
    """And one of whose words some are not."""

    def weight(self, text: str, lacking: Sequence[str], sheet: FactIndex, numbers: int) -> float:
        """What a compact folded text weighs; of one that is too long to be looked at whole, its lightest part."""
        return min(
            float(self.linear.scores(evidence(part, [each for each in lacking if each in part], sheet, numbers))[0])
            for part in windows(text)
        )

    def save(self, path: Path) -> None:
        """Write it, the same bytes for the same model."""
        self.linear.save(
            path, version=VERSION, corpus=self.corpus, thresholds=(self.written, self.carried, self.lacking)
        )

    @classmethod
    def load(cls, path: Path) -> Scales:
        """The model in a file. Raises `ValueError` for one of another version, or whose parts do not fit together."""
        saved = load(path, version=VERSION, columns=1)
        return cls(saved.corpus, saved.linear, *saved.thresholds)


@cache
def scales() -> Scales:
    """The model of the house, loaded once."""
    with as_file(files("host.mind.guard.weighing") / MODEL) as path:
        return Scales.load(path)
