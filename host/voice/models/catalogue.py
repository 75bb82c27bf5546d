"""The models that are known by name: ``catalogue.toml``, typed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from host.core.findings import refused


class Model(BaseModel):
    """One file: what it is, whose, and which bytes it must have."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    what: str = Field(min_length=1)
    author: str = Field(min_length=1)
    licence: str = Field(min_length=1)
    url: str = Field(pattern=r"^https?://[^?#]+/[^/?#]+/[^/?#]+$", description="the official one: …/RELEASE/FILE")
    size: int = Field(gt=0, description="bytes")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    option: str = Field(
        default="", pattern=r"^([a-z]+\.[a-z]+)?$", description="ENGINE.OPTION with which a room names another file"
    )
    packages: tuple[str, ...] = Field(default=(), description="requirements, as pip takes them")

    @property
    def path(self) -> Path:
        """``RELEASE/FILE``: where it lies in a folder of models. Releases name different files alike."""
        return Path(*PurePosixPath(urlsplit(self.url).path).parts[-2:])

    @property
    def release(self) -> str:
        """The release it is a part of."""
        return self.path.parts[0]


@cache
def models() -> Mapping[str, Model]:
    """All of them by name, in the order of the file."""
    written = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: Model(name=name, **entry) for name, entry in written.items()})


def known(name: str) -> Model:
    """The model of that name. Raises `LivehostError` saying which there are."""
    if name not in models():
        raise refused("model_unknown", name=name, known=[*models()])
    return models()[name]
