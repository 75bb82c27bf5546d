"""Linear models over what is found in a text: named features, rare ones weighing more, and one product with the
weights. numpy alone; how one is made is `host.core.linear_training`.

Weights are kept as small whole numbers of half their standard deviation, and files are read without pickle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.intp]


class Vocabulary:
    """Features by number, with how much the rare ones tell. Immutable."""

    def __init__(self, names: Sequence[str], rarity: Floats) -> None:
        self.names = names
        self.rarity = rarity
        self._numbers = {name: number for number, name in enumerate(names)}

    def row(self, found: Iterable[str]) -> tuple[Ids, Floats]:
        """Numbers and values of a text's features, as a vector of length one; none where it has none that is known.

        Values are tf-idf: one and the logarithm of how often, times the rarity.
        """
        counts = Counter(number for name in found if (number := self._numbers.get(name)) is not None)
        numbers = np.fromiter(counts.keys(), np.intp, len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self.rarity[numbers]
        length = float(np.sqrt(values @ values))
        return numbers, values / np.float32(length or 1)


@dataclass(frozen=True)
class Linear:
    """Immutable."""

    vocabulary: Vocabulary
    weights: npt.NDArray[np.int8]
    """Features by columns."""
    scale: Floats
    """Of each column: what its weights are multiplied by."""
    bias: Floats

    def scores(self, found: Iterable[str]) -> Floats:
        """How far a text with these features is on each column's side. Total, and the same for the same."""
        numbers, values = self.vocabulary.row(found)
        return np.asarray((values @ self.weights[numbers].astype(np.float32)) * self.scale + self.bias, np.float32)

    def save(self, path: Path, *, version: int, corpus: str, thresholds: Iterable[float]) -> None:
        """Write it with what belongs to it, the same bytes for the same model."""
        np.savez_compressed(
            path,
            version=np.uint16(version),
            corpus=_bytes(corpus),
            vocabulary=_bytes("\n".join(self.vocabulary.names)),
            rarity=self.vocabulary.rarity.astype(np.float16),
            weights=self.weights,
            scale=self.scale,
            bias=self.bias,
            thresholds=np.array(list(thresholds), np.float32),
        )


@dataclass(frozen=True)
class Saved:
    """A model as it stands in its file."""

    linear: Linear
    corpus: str
    """SHA-256 of the corpus it was trained on."""
    thresholds: tuple[float, ...]


def load(path: Path, *, version: int, columns: int) -> Saved:
    """The model in a file. Raises `ValueError` for one of another version, or whose parts do not fit together."""
    with np.load(path, allow_pickle=False) as parts:
        if int(parts["version"]) != version:
            raise ValueError(f"{path}: a model of version {parts['version']}, not {version}: train it again")
        names = parts["vocabulary"].tobytes().decode().split("\n")
        _fit(path, parts, (len(names), columns))
        linear = Linear(
            Vocabulary(names, parts["rarity"].astype(np.float32)), parts["weights"], parts["scale"], parts["bias"]
        )
        return Saved(linear, parts["corpus"].tobytes().decode(), tuple(parts["thresholds"].tolist()))


def _fit(path: Path, parts: Mapping[str, Any], shape: tuple[int, int]) -> None:
    for name, wanted in (("weights", shape), ("scale", shape[1:]), ("bias", shape[1:])):
        if parts[name].shape != wanted:
            raise ValueError(f"{path}: {name} of shape {parts[name].shape}, not {wanted}")


def _bytes(text: str) -> npt.NDArray[np.uint8]:
    """Text as numpy keeps it in one byte a letter: its own strings take four a character."""
    return np.frombuffer(text.encode(), np.uint8)
