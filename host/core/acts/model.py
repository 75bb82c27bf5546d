"""The model at run time: a comment as a sparse row of features, and one product with the weights (`host.core.linear`).

``model.npz`` is made by `host.core.acts.training`. It carries the thresholds that its folds were measured with: a want
is sure from where, of other comments, no more than a named share would be taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from host.core.acts.wants import ACTS, Act, Trouble, Want
from host.core.linear import Floats, Linear, load
from host.core.text_features import features

MODEL = "model.npz"
VERSION = 1
"""Of the file: another one for other features or other fields."""


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


@dataclass(frozen=True)
class Model:
    """Immutable. Columns of ``linear`` are the acts, then the kinds of trouble, in the order of their enums."""

    corpus: str
    """SHA-256 of the corpus it was trained on."""
    linear: Linear
    thresholds: Mapping[Want, float]

    def read(self, folded: str) -> Reading:
        """What a folded comment wants. Total, and the same for the same."""
        scores = self.linear.scores(features(folded))
        acts = _softmax(scores[: len(Act)])
        probable = {want: sum(float(acts[_PLACES[act]]) for act in of) for want, of in ACTS.items()}
        sure = frozenset(want for want, least in self.thresholds.items() if probable[want] >= least)
        return Reading(probable, sure, _TROUBLES[int(scores[len(Act) :].argmax())])

    def save(self, path: Path) -> None:
        """Write it, the same bytes for the same model."""
        thresholds = (self.thresholds[want] for want in Want)
        self.linear.save(path, version=VERSION, corpus=self.corpus, thresholds=thresholds)

    @classmethod
    def load(cls, path: Path) -> Model:
        """The model in a file. Raises `ValueError` for one of another version, or whose parts do not fit together."""
        saved = load(path, version=VERSION, columns=len(Act) + len(Trouble))
        return cls(saved.corpus, saved.linear, dict(zip(Want, saved.thresholds, strict=True)))


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


_LETTER = re.compile(r"[^\W\d_]")
_NOTHING = Reading(dict.fromkeys(Want, 0.0), frozenset(), Trouble.OTHER)
_PLACES = {act: place for place, act in enumerate(Act)}
_TROUBLES = tuple(Trouble)
