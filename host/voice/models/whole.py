"""Whether files are a model, byte for byte.

The hash is taken whenever a model is looked for, and nothing is kept of it: 92 MB take 0.06 s where the processor has
instructions for SHA-256 (measured), and a stamp beside a file would only say how it was once.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from host.core.reason import Reason
from host.voice.models.catalogue import Model


def flaw(model: Model, *parts: Path) -> Reason | None:
    """Why the file, or the parts laid end to end, are not the model; None where they are."""
    sha256, size = hashlib.sha256(), 0
    for part in parts:
        try:
            with part.open("rb") as file:
                hashlib.file_digest(file, lambda: sha256)  # which goes on with the one that there is
                size += file.tell()
        except FileNotFoundError:
            return Reason("model_absent", file=str(part))
        except OSError as error:
            return Reason("model_unread", file=str(part), why=error.strerror or str(error))
    found = sha256.hexdigest()
    if found == model.sha256:
        return None
    name = str(parts[0] if len(parts) == 1 else parts[0].parent.parent)
    if size != model.size:
        return Reason("model_length", file=name, size=size, wanted=model.size)
    return Reason("model_bytes", file=name, found=found)


def megabytes(size: int) -> str:
    """A size as people read it: ``92.4``."""
    return f"{size / 1e6:.1f}"
