"""How a `host.core.linear` model is made: linear support vector machines over tf-idf. Needs the extra ``train``.

The vocabulary is pruned by what would be lost with a feature, and the weights are fitted again to what is left. They
are kept as small whole numbers of half their standard deviation: most become 0, and the file deflates well.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from host.core.linear import Floats, Linear, Vocabulary

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LEAST_LINES = 2
"""A feature of fewer lines tells nothing of others."""
FEATURES = 50_000
COMMONNESS = 0.25
"""How far what is met more often is worth keeping more."""
STEP = 0.5
"""Standard deviations of its head that a weight is rounded to."""


@dataclass(frozen=True)
class Machine:
    """A linear machine."""

    weights: Floats
    """Features by columns."""
    bias: Floats

    def scores(self, rows: csr_matrix) -> Floats:
        """How far each row is on each column's side."""
        return np.asarray(rows @ self.weights + self.bias, np.float32)

    def rounded(self, factor: float = 1.0) -> tuple[npt.NDArray[np.int8], Floats]:
        """The weights in steps, and how much a step is worth where scores are multiplied by ``factor``."""
        step = STEP * float(self.weights.std()) or 1.0
        steps = np.clip(np.round(self.weights / step), -127, 127).astype(np.int8)
        return steps, np.full(self.weights.shape[1], step * factor, np.float32)

    def linear(self, vocabulary: Vocabulary) -> Linear:
        """What is shipped of it."""
        weights, scale = self.rounded()
        return Linear(vocabulary, weights, scale, self.bias)


def need_trainer() -> None:
    """Exits where what trains is not installed."""
    if find_spec("sklearn") is None:
        sys.exit("training needs scikit-learn: python -m pip install -e '.[train]'")


def machine(rows: csr_matrix, labels: Sequence[Any], columns: Sequence[Any], weights: Any, cost: float) -> Machine:
    """A machine with all the columns, one against the rest: one whose label no line has stays far on the other side.
    Of two labels there may be one column, for the greater."""
    from sklearn.svm import LinearSVC

    solver = LinearSVC(C=cost, random_state=0).fit(rows, labels, sample_weight=weights)
    wide = np.zeros((rows.shape[1], len(columns)), np.float32)
    bias = np.full(len(columns), -10.0, np.float32)
    places = [columns.index(label) for label in solver.classes_ if label in columns]
    wide[:, places], bias[places] = solver.coef_.T, solver.intercept_
    return Machine(wide, bias)


def kept(found: Sequence[Sequence[str]], most: int, weigh: Callable[[csr_matrix], Machine]) -> Vocabulary:
    """The features worth keeping, at most so many; ``weigh`` fits a machine to a vocabulary and its rows."""
    lines_with = Counter(name for document in found for name in set(document))
    names = sorted(name for name, count in lines_with.items() if count >= LEAST_LINES)
    vocabulary = _vocabulary(names, lines_with, len(found))
    if len(names) > most:
        weights = weigh(rows_of(vocabulary, found)).weights
        loss = np.sqrt((weights**2).mean(1)) * np.array([lines_with[name] for name in names]) ** COMMONNESS
        names = sorted(names[place] for place in np.argsort(-loss, kind="stable")[:most])
        vocabulary = _vocabulary(names, lines_with, len(found))
    return vocabulary


def _vocabulary(names: Sequence[str], lines_with: Counter[str], lines: int) -> Vocabulary:
    rarity = [np.log((1 + lines) / (1 + lines_with[name])) + 1 for name in names]
    return Vocabulary(names, np.array(rarity, np.float16).astype(np.float32))  # as the file will keep it


def rows_of(vocabulary: Vocabulary, found: Sequence[Sequence[str]]) -> csr_matrix:
    """Documents as the rows of a sparse matrix."""
    from scipy.sparse import csr_matrix  # as all of the extra: whoever only reads the corpus needs none of it

    parts = [vocabulary.row(document) for document in found]
    starts = np.cumsum([0, *(len(numbers) for numbers, _ in parts)])
    numbers, values = (np.concatenate(each) for each in zip(*parts, strict=True))
    return csr_matrix((values, numbers, starts), (len(parts), len(vocabulary.names)))
