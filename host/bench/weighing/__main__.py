"""``python -m host.bench.weighing [MODEL]``: the folds' table, then the scales from the whole corpus."""

from __future__ import annotations

import sys
from pathlib import Path

from host.bench.weighing.corpus import digest, read
from host.bench.weighing.fit import fitted, folds, table, thresholds
from host.core.linear_training import need_trainer
from host.mind.guard.weighing import model


def train(path: Path) -> None:
    """Train on the corpus and write the model. Exits where what trains is not installed."""
    need_trainer()
    lines = read()
    weights = folds(lines)
    least = thresholds(lines, weights)
    scales = fitted(lines, digest(), least)
    scales.save(path)
    size = f"{len(scales.linear.vocabulary.names)} features, {path.stat().st_size} bytes"
    sys.stdout.write(f"{table(lines, weights, least)}\n{path}: {size}\n")


if __name__ == "__main__":
    train(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(model.__file__).with_name(model.MODEL))
