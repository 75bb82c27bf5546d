"""How good a model is at comments it has not seen, and from where it is sure: five folds.

What was written together is trained on or tested as a whole, and what nearly equals a tested line is left out of that
fold's training. Only lines written as they stand are counted: templates are easy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from host.core.acts.training.corpus import Line, near_duplicates
from host.core.acts.training.fit import documents, fitted
from host.core.acts.wants import ACTS, Act, Trouble, Want
from host.core.linear import Floats
from host.core.linear_training import FEATURES, rows_of

FOLDS = 5
FALSE = {Want.IDENTITY: 0.005, Want.TROUBLE: 0.005, Want.ABUSE: 0.005,
         Want.GOODS: 0.02, Want.COMPLAINT: 0.01, Want.SMALL_TALK: 0.03}  # fmt: skip
"""The share of other comments that may be taken for a want where the model says it is sure."""
LEAST_SURE = 0.5
_PLACES = {act: place for place, act in enumerate(Act)}


@dataclass(frozen=True)
class Folds:
    """Out-of-fold probabilities of all lines, and what was measured on those written as they stand."""

    lines: Sequence[Line]
    temperature: float
    acts: Floats
    """Lines by acts."""
    troubles: Sequence[Trouble]

    @property
    def written(self) -> npt.NDArray[np.bool_]:
        """Which lines count."""
        return np.array([not line.made for line in self.lines])

    def probable(self, want: Want) -> Floats:
        """How probable a want is, for each line."""
        return np.asarray(self.acts[:, [_PLACES[act] for act in ACTS[want]]].sum(1))

    def wanting(self, want: Want) -> npt.NDArray[np.bool_]:
        """Which lines do want it."""
        return np.array([line.act in ACTS[want] for line in self.lines])

    def thresholds(self) -> dict[Want, float]:
        """From where each want is sure, with no more false ones than `FALSE` allows."""
        found = {}
        for want, share in FALSE.items():
            others = np.sort(self.probable(want)[self.written & ~self.wanting(want)])[::-1]
            found[want] = round(max(LEAST_SURE, float(others[int(share * len(others))]) + 1e-3), 3)
        return found

    def table(self, thresholds: Mapping[Want, float]) -> str:
        """What was measured, as a table in Markdown."""
        rows = [f"{'want':<11} | from | recall zh | recall en | false | precision"]
        zh = np.array([line.lang == "zh" for line in self.lines])
        for want, least in thresholds.items():
            sure, wanting, counted = self.probable(want) >= least, self.wanting(want), self.written
            recall = [float(sure[counted & wanting & lang].mean()) for lang in (zh, ~zh)]
            false = float(sure[counted & ~wanting].mean())
            precision = float(wanting[counted & sure].mean())
            rows.append(f"{want.value:<11} | {least:.2f} | {recall[0]:9.2f} | {recall[1]:9.2f} | {false:5.2%} "
                        f"| {precision:.2f}")  # fmt: skip
        return "\n".join([*rows, self._accuracy()])

    def _accuracy(self) -> str:
        best = [list(Act)[place] for place in self.acts.argmax(1)]
        right = np.array([line.act == act for line, act in zip(self.lines, best, strict=True)])
        reports = [place for place, line in enumerate(self.lines) if line.act == Act.TROUBLE and not line.made]
        kinds = np.mean([self.lines[place].topic == self.troubles[place] for place in reports])
        return f"act {right[self.written].mean():.3f} of {self.written.sum()}, kind of trouble {kinds:.3f}"


def measured(lines: Sequence[Line], most: int = FEATURES) -> Folds:
    """The folds of a corpus."""
    from sklearn.model_selection import StratifiedGroupKFold

    found, near = documents(lines), near_duplicates(lines)
    acts = np.zeros((len(lines), len(Act)), np.float32)
    troubles = np.zeros((len(lines), len(Trouble)), np.float32)
    cut = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    for train, test in cut.split(acts, [line.act for line in lines], [line.group for line in lines]):
        alike = {other for place in test for other in near[place]}
        kept = [place for place in train if place not in alike]
        fit = fitted([lines[place] for place in kept], [found[place] for place in kept], most)
        rows = rows_of(fit.vocabulary, [found[place] for place in test])
        acts[test], troubles[test] = fit.acts.scores(rows), fit.troubles.scores(rows)
    written = np.array([not line.made for line in lines])
    right = np.array([_PLACES[Act(line.act)] for line in lines])
    temperature = _temperature(acts[written], right[written])
    kinds = [list(Trouble)[place] for place in troubles.argmax(1)]
    return Folds(lines, temperature, _probabilities(acts * np.float32(temperature)), kinds)


def _temperature(scores: Floats, right: npt.NDArray[np.intp]) -> float:
    """What scores are multiplied by for their softmax to tell how often they are right: the least logarithmic loss."""
    every = np.arange(len(right))

    def loss(factor: float) -> float:
        return -float(np.log(_probabilities(scores * np.float32(factor))[every, right] + 1e-12).mean())

    return float(min(np.geomspace(0.5, 20, 60), key=loss))


def _probabilities(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True), np.float32)
