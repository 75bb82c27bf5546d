"""``python -m host.core.acts.training [MODEL]``: the folds' table, then the model from the whole corpus."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from host.core.acts import model
from host.core.acts.training.corpus import digest, read
from host.core.acts.training.fit import documents, fitted
from host.core.acts.training.folds import measured


def train(path: Path) -> None:
    """Train on the corpus and write the model. Exits where what trains is not installed."""
    if find_spec("sklearn") is None:
        sys.exit("training needs scikit-learn: python -m pip install -e '.[train]'")
    lines = read()
    folds = measured(lines)
    thresholds = folds.thresholds()
    trained = fitted(lines, documents(lines)).model(digest(), folds.temperature, thresholds)
    trained.save(path)
    sys.stdout.write(
        f"{folds.table(thresholds)}\n{path}: {len(trained.vocabulary.names)} features, {path.stat().st_size} bytes\n"
    )


if __name__ == "__main__":
    train(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(model.__file__).with_name(model.MODEL))
