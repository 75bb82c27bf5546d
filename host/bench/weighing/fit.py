"""The scales from labelled sentences, and how they weigh those they have not seen: five folds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from host.bench.weighing.corpus import Line
from host.core.linear import Floats
from host.core.linear_training import Machine, kept, machine, rows_of
from host.mind.guard.weighing.model import Scales

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FOLDS = 5
COST = 0.1
FEATURES = 40_000
WRITTEN_HELD = 0.02
"""The share of true sentences that may weigh too little for a script."""
CARRIED_HELD = 0.04
"""The share of true sentences of carried and plain words that may weigh too little for a draft."""
LACKING_PASSED = 0.02
"""The share of false and improper sentences with words that nothing carries that may weigh enough for a draft."""

Thresholds = tuple[float, float, float]
"""Of `Scales`: written, carried, lacking."""


def fitted(lines: Sequence[Line], corpus: str, thresholds: Thresholds) -> Scales:
    """What lines come to."""
    labels, weights = [line.ok for line in lines], np.array([line.weight for line in lines])

    def weighed(rows: csr_matrix) -> Machine:
        return machine(rows, labels, [True], weights, COST)

    found = [line.found for line in lines]
    vocabulary = kept(found, FEATURES, weighed)
    return Scales(corpus, weighed(rows_of(vocabulary, found)).linear(vocabulary), *thresholds)


def folds(lines: Sequence[Line]) -> Floats:
    """What each line weighs to scales that have not seen its group."""
    from sklearn.model_selection import StratifiedGroupKFold

    cut = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    weights = np.zeros(len(lines), np.float32)
    labels = [line.ok for line in lines]
    for train, test in cut.split(weights, labels, [line.group for line in lines]):
        scales = fitted([lines[place] for place in train], "", (0.0, 0.0, 0.0))
        weights[test] = [scales.linear.scores(lines[place].found)[0] for place in test]
    return weights


def thresholds(lines: Sequence[Line], weights: Floats) -> Thresholds:
    """From where a sentence weighs enough."""
    ok, lacking = np.array([line.ok for line in lines]), np.array([line.lacking for line in lines])
    written = float(np.quantile(weights[ok], WRITTEN_HELD))
    carried = float(np.quantile(weights[ok & ~lacking], CARRIED_HELD))
    unknown = float(np.quantile(weights[~ok & lacking], 1 - LACKING_PASSED))
    return round(written, 2), round(carried, 2), round(max(carried, unknown), 2)


def table(lines: Sequence[Line], weights: Floats, least: Thresholds) -> str:
    """What was measured on the folds, in words."""
    ok, lacking = np.array([line.ok for line in lines]), np.array([line.lacking for line in lines])
    written, carried, unknown = least
    rows = []
    for name, limit, some in (
        ("written", written, np.ones_like(ok)),
        ("a draft of words that are carried", carried, ~lacking),
        ("a draft with others", unknown, lacking),
    ):
        enough = weights >= limit
        held, passed = _share(~enough, ok & some), _share(enough, ~ok & some)
        rows.append(f"{name}: {limit:.2f}; true held {held}, false passed {passed}")
    return "\n".join(rows)


def _share(which: npt.NDArray[np.bool_], of: npt.NDArray[np.bool_]) -> str:
    return f"{(which & of).sum()} of {of.sum()} ({which[of].mean():.1%})"
