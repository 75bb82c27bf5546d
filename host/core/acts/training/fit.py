"""A model from labelled lines: a machine for the acts, another for the kinds of trouble."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from host.core.acts.model import Model
from host.core.acts.training.corpus import Line
from host.core.acts.wants import Act, Trouble, Want
from host.core.fold import fold
from host.core.linear import Linear, Vocabulary
from host.core.linear_training import FEATURES, Machine, kept, machine, rows_of
from host.core.text_features import features

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

COST = 1.0
BALANCE = 0.5
"""How far rare acts count as much as common ones: 0 not at all, 1 fully."""


@dataclass(frozen=True)
class Fitted:
    """What a set of lines came to."""

    vocabulary: Vocabulary
    acts: Machine
    troubles: Machine

    def model(self, corpus: str, temperature: float, thresholds: Mapping[Want, float]) -> Model:
        """The model to be shipped. Scores of acts are multiplied by the temperature."""
        (acts, of_acts), (troubles, of_troubles) = self.acts.rounded(temperature), self.troubles.rounded()
        linear = Linear(
            self.vocabulary,
            np.concatenate([acts, troubles], 1),
            np.concatenate([of_acts, of_troubles]),
            np.concatenate([self.acts.bias * np.float32(temperature), self.troubles.bias]),
        )
        return Model(corpus, linear, thresholds)


def documents(lines: Sequence[Line]) -> list[list[str]]:
    """The features of each line."""
    return [features(fold(line.text)) for line in lines]


def fitted(lines: Sequence[Line], found: Sequence[Sequence[str]], most: int = FEATURES) -> Fitted:
    """What lines with those features come to, with at most so many features."""
    weights = np.array([line.weight for line in lines])
    labels = [line.act for line in lines]

    def acts(rows: csr_matrix) -> Machine:
        return _machine(rows, labels, list(Act), weights)

    vocabulary = kept(found, most, acts)
    rows = rows_of(vocabulary, found)
    reports = [place for place, line in enumerate(lines) if line.act == Act.TROUBLE]
    kinds = [lines[place].topic for place in reports]
    troubles = _machine(rows[reports], kinds, list(Trouble), np.ones(len(reports)))
    return Fitted(vocabulary, acts(rows), troubles)


def _machine(rows: csr_matrix, labels: Sequence[str], columns: Sequence[str], weights: Any) -> Machine:
    counts = Counter(labels)
    balance = {label: (len(labels) / len(counts) / count) ** BALANCE for label, count in counts.items()}
    return machine(rows, labels, columns, weights * np.array([balance[label] for label in labels]), COST)
