"""Where the bytes of a model can be fetched: mirrors in the order they are named, then its release."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from host.voice.models.catalogue import Model

_BETWEEN = re.compile(r"[\s,]+")

Source = str | Path
"""An http(s) address, or a file."""


def sources(model: Model, mirrors: str) -> Sequence[Source]:
    """All places, each once. ``mirrors`` are addresses or folders, separated by spaces or commas. A mirror has the file
    under its official name, by itself or in a folder that is named for the release, as official addresses and the data
    folder are laid out."""
    bases = [base for base in _BETWEEN.split(mirrors) if base]
    tails = (model.path.name, model.path.as_posix())
    return [*dict.fromkeys([*(_below(base, tail) for base in bases for tail in tails), model.url])]


def _below(base: str, tail: str) -> Source:
    if base.startswith(("http://", "https://")):
        return f"{base.rstrip('/')}/{tail}"
    folder = url2pathname(urlsplit(base).path) if base.startswith("file://") else base
    return Path(folder).expanduser() / tail
