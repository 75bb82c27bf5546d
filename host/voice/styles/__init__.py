"""How a speaker of Kokoro sounds: one vector for each length of a text. Those of the bundled hosts lie here."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from host.core.findings import refused

LENGTHS, WIDTH = 510, 256
Style = NDArray[np.float32]
"""Shape ``[LENGTHS, WIDTH]``: the row of a text is its number of symbols less one."""

_HERE = Path(__file__).parent


def bundled() -> list[str]:
    """The speakers that come with livehost, sorted."""
    return sorted(file.stem for file in _HERE.glob("*.npz"))


@lru_cache(maxsize=8)
def load(speaker: str, more: Path | None = None) -> Style:
    """A speaker's vectors: bundled, else from ``more``, a file with those of many (``voices-v1.0.bin``).

    Raises `LivehostError` for a speaker that is in neither, and for a file that holds none.
    """
    if speaker in bundled():
        with np.load(_HERE / f"{speaker}.npz") as file:
            return _checked(file["style"], speaker, _HERE)
    if more is None:
        raise refused("speaker_unknown", speaker=speaker, known=bundled())
    try:
        with np.load(more) as file:
            if speaker not in file:
                raise refused("speaker_unknown", speaker=speaker, known=[*bundled(), *sorted(file)])
            return _checked(file[speaker], speaker, more)
    except (OSError, ValueError) as error:
        raise refused("speakers_unreadable", file=str(more), why=str(error)) from None


def _checked(style: NDArray[np.generic], speaker: str, file: Path) -> Style:
    vectors = np.asarray(style, np.float32).reshape(-1, WIDTH)
    if len(vectors) != LENGTHS or not np.isfinite(vectors).all():
        raise refused("speakers_unreadable", file=str(file), why=f"{speaker}: {vectors.shape}")
    return vectors
