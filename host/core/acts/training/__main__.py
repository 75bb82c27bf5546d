"""``python -m host.core.acts.training [MODEL]``: the folds' table, then the model from the whole corpus."""

from __future__ import annotations

import sys
from pathlib import Path

from host.core.acts import model
from host.core.acts.training.corpus import digest, read
from host.core.acts.training.fit import documents, fitted
from host.core.acts.training.folds import measured
from host.core.linear_training import need_trainer


def train(path: Path) -> None:
    """Train on the corpus and write the model. Exits where what trains is not installed."""
    need_trainer()
    lines = read()
    folds = measured(lines)
    thresholds = folds.thresholds()
    trained = fitted(lines, documents(lines)).model(digest(), folds.temperature, thresholds)
    trained.save(path)
    size = f"{len(trained.linear.vocabulary.names)} features, {path.stat().st_size} bytes"
    sys.stdout.write(f"{folds.table(thresholds)}\n{path}: {size}\n")


if __name__ == "__main__":
    train(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(model.__file__).with_name(model.MODEL))
