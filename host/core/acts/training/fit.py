"""A model from labelled lines: linear support vector machines over tf-idf, one against the rest.

The vocabulary is pruned by what would be lost with a feature, and the weights are fitted again to what is left. They
are kept as small whole numbers of half their standard deviation: most become 0, and the file deflates well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from host.core.acts.features import features
from host.core.acts.model import Floats, Model, Vocabulary
from host.core.acts.training.corpus import Line
from host.core.acts.wants import Act, Trouble, Want
from host.core.fold import fold

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LEAST_LINES = 2
"""A feature of fewer lines tells nothing of others."""
FEATURES = 50_000
COST = 1.0
BALANCE = 0.5
"""How far rare acts count as much as common ones: 0 not at all, 1 fully."""
COMMONNESS = 0.25
"""How far what is met more often is worth keeping more."""
STEP = 0.5
"""Standard deviations of its head that a weight is rounded to."""


@dataclass(frozen=True)
class Machine:
    """A linear machine, its columns in the order of an enum."""

    weights: Floats
    """Features by columns."""
    bias: Floats

    def scores(self, rows: csr_matrix) -> Floats:
        """How far each row is on each column's side."""
        return np.asarray(rows @ self.weights + self.bias, np.float32)

    def rounded(self, factor: float) -> tuple[npt.NDArray[np.int8], Floats]:
        """The weights in steps, and how much a step is worth where scores are multiplied by ``factor``."""
        step = STEP * float(self.weights.std()) or 1.0
        steps = np.clip(np.round(self.weights / step), -127, 127).astype(np.int8)
        return steps, np.full(self.weights.shape[1], step * factor, np.float32)


@dataclass(frozen=True)
class Fitted:
    """What a set of lines came to."""

    vocabulary: Vocabulary
    acts: Machine
    troubles: Machine

    def model(self, corpus: str, temperature: float, thresholds: Mapping[Want, float]) -> Model:
        """The model to be shipped. Scores of acts are multiplied by the temperature."""
        (acts, of_acts), (troubles, of_troubles) = self.acts.rounded(temperature), self.troubles.rounded(1.0)
        return Model(
            corpus,
            self.vocabulary,
            np.concatenate([acts, troubles], 1),
            np.concatenate([of_acts, of_troubles]),
            np.concatenate([self.acts.bias * np.float32(temperature), self.troubles.bias]),
            thresholds,
        )


def documents(lines: Sequence[Line]) -> list[list[str]]:
    """The features of each line."""
    return [features(fold(line.text)) for line in lines]


def fitted(lines: Sequence[Line], found: Sequence[Sequence[str]], most: int = FEATURES) -> Fitted:
    """What lines with those features come to, with at most so many features."""
    lines_with = Counter(name for document in found for name in set(document))
    names = sorted(name for name, count in lines_with.items() if count >= LEAST_LINES)
    machine, rows, vocabulary = _acts(lines, found, names, lines_with)
    if len(names) > most:
        loss = np.sqrt((machine.weights**2).mean(1)) * np.array([lines_with[name] for name in names]) ** COMMONNESS
        names = sorted(names[place] for place in np.argsort(-loss, kind="stable")[:most])
        machine, rows, vocabulary = _acts(lines, found, names, lines_with)
    reports = [place for place, line in enumerate(lines) if line.act == Act.TROUBLE]
    kinds = [lines[place].topic for place in reports]
    return Fitted(vocabulary, machine, _machine(rows[reports], kinds, list(Trouble), np.ones(len(reports))))


def rows_of(vocabulary: Vocabulary, found: Sequence[Sequence[str]]) -> csr_matrix:
    """Documents as the rows of a sparse matrix."""
    from scipy.sparse import csr_matrix  # as all of the extra: whoever only reads the corpus needs none of it

    parts = [vocabulary.row(document) for document in found]
    starts = np.cumsum([0, *(len(numbers) for numbers, _ in parts)])
    numbers, values = (np.concatenate(each) for each in zip(*parts, strict=True))
    return csr_matrix((values, numbers, starts), (len(parts), len(vocabulary.names)))


def _acts(
    lines: Sequence[Line], found: Sequence[Sequence[str]], names: Sequence[str], lines_with: Mapping[str, int]
) -> tuple[Machine, csr_matrix, Vocabulary]:
    rarity = [np.log((1 + len(lines)) / (1 + lines_with[name])) + 1 for name in names]
    vocabulary = Vocabulary(names, np.array(rarity, np.float16).astype(np.float32))  # as the file will keep it
    rows = rows_of(vocabulary, found)
    weights = np.array([line.weight for line in lines])
    return _machine(rows, [line.act for line in lines], list(Act), weights), rows, vocabulary


def _machine(rows: csr_matrix, labels: Sequence[str], columns: Sequence[str], weights: Any) -> Machine:
    """A machine with all the columns: one whose label no line has stays far on the other side."""
    from sklearn.svm import LinearSVC

    counts = Counter(labels)
    balance = {label: (len(labels) / len(counts) / count) ** BALANCE for label, count in counts.items()}
    each = weights * np.array([balance[label] for label in labels])
    solver = LinearSVC(C=COST, random_state=0).fit(rows, labels, sample_weight=each)
    wide = np.zeros((rows.shape[1], len(columns)), np.float32)
    bias = np.full(len(columns), -10.0, np.float32)
    places = [list(columns).index(label) for label in solver.classes_]
    wide[:, places], bias[places] = solver.coef_.T, solver.intercept_
    return Machine(wide, bias)
