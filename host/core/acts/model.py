"""The model at run time: a comment as a sparse row of features, and one product with the weights. numpy alone.

``model.npz`` is made by `host.core.acts.training`, and read without pickle. It carries the thresholds that its folds
were measured with: a want is sure from where, of other comments, no more than a named share would be taken for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from host.core.acts.features import features
from host.core.acts.wants import ACTS, Act, Trouble, Want

MODEL = "model.npz"
VERSION = 1
"""Of the file: another one for other features or other fields."""

Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a comment wants."""

    probable: Mapping[Want, float]
    sure: frozenset[Want]
    trouble: Trouble
    """The kind of trouble it reports, if it reports any."""

    @property
    def likeliest(self) -> Want | None:
        """The most probable want, sure or not; none of a comment that tells nothing."""
        want = max(self.probable, key=self.probable.__getitem__)
        return want if self.probable[want] else None


class Vocabulary:
    """Features by number, with how much the rare ones tell. Immutable."""

    def __init__(self, names: Sequence[str], rarity: Floats) -> None:
        self.names = names
        self.rarity = rarity
        self._numbers = {name: number for number, name in enumerate(names)}

    def row(self, found: Iterable[str]) -> tuple[Ids, Floats]:
        """Numbers and values of a comment's features, as a vector of length one; none where it has none that is known.

        Values are tf-idf: one and the logarithm of how often, times the rarity.
        """
        counts = Counter(number for name in found if (number := self._numbers.get(name)) is not None)
        numbers = np.fromiter(counts.keys(), np.intp, len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self.rarity[numbers]
        length = float(np.sqrt(values @ values))
        return numbers, values / np.float32(length or 1)


@dataclass(frozen=True)
class Model:
    """Immutable. Columns of ``weights`` are the acts, then the kinds of trouble, in the order of their enums."""

    corpus: str
    """SHA-256 of the corpus it was trained on."""
    vocabulary: Vocabulary
    weights: npt.NDArray[np.int8]
    scale: Floats
    """Of each column: what its weights are multiplied by."""
    bias: Floats
    thresholds: Mapping[Want, float]

    def read(self, folded: str) -> Reading:
        """What a folded comment wants. Total, and the same for the same."""
        numbers, values = self.vocabulary.row(features(folded))
        scores = (values @ self.weights[numbers].astype(np.float32)) * self.scale + self.bias
        acts = _softmax(scores[: len(Act)])
        probable = {want: sum(float(acts[_PLACES[act]]) for act in of) for want, of in ACTS.items()}
        sure = frozenset(want for want, least in self.thresholds.items() if probable[want] >= least)
        return Reading(probable, sure, _TROUBLES[int(scores[len(Act) :].argmax())])

    def save(self, path: Path) -> None:
        """Write it, the same bytes for the same model."""
        np.savez_compressed(
            path,
            version=np.uint16(VERSION),
            corpus=_bytes(self.corpus),
            vocabulary=_bytes("\n".join(self.vocabulary.names)),
            rarity=self.vocabulary.rarity.astype(np.float16),
            weights=self.weights,
            scale=self.scale,
            bias=self.bias,
            thresholds=np.array([self.thresholds[want] for want in Want], np.float32),
        )

    @classmethod
    def load(cls, path: Path) -> Model:
        """The model in a file. Raises `ValueError` for one of another version, or whose parts do not fit together."""
        with np.load(path, allow_pickle=False) as parts:
            if int(parts["version"]) != VERSION:
                raise ValueError(f"{path}: a model of version {parts['version']}, not {VERSION}: train it again")
            names = parts["vocabulary"].tobytes().decode().split("\n")
            weights, scale, bias = parts["weights"], parts["scale"], parts["bias"]
            columns = len(Act) + len(Trouble)
            if weights.shape != (len(names), columns) or scale.shape != (columns,) or bias.shape != (columns,):
                raise ValueError(f"{path}: weights of shape {weights.shape}, not {(len(names), columns)}")
            thresholds = dict(zip(Want, parts["thresholds"].tolist(), strict=True))
            vocabulary = Vocabulary(names, parts["rarity"].astype(np.float32))
            return cls(parts["corpus"].tobytes().decode(), vocabulary, weights, scale, bias, thresholds)


@cache
def model() -> Model:
    """The model of the house, loaded once. Takes some 50 ms."""
    with as_file(files("host.core.acts") / MODEL) as path:
        return Model.load(path)


@lru_cache(maxsize=1024)
def reading(folded: str) -> Reading:
    """What a folded comment wants, by the model of the house: nothing, where it has no letter. Triage and answers ask
    for the same ones."""
    return model().read(folded) if _LETTER.search(folded) else _NOTHING


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum(), np.float32)


def _bytes(text: str) -> npt.NDArray[np.uint8]:
    """Text as numpy keeps it in one byte a letter: its own strings take four a character."""
    return np.frombuffer(text.encode(), np.uint8)


_LETTER = re.compile(r"[^\W\d_]")
_NOTHING = Reading(dict.fromkeys(Want, 0.0), frozenset(), Trouble.OTHER)
_PLACES = {act: place for place, act in enumerate(Act)}
_TROUBLES = tuple(Trouble)
