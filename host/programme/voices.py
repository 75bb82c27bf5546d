"""The voices a room speaks with: those it names, else those that suit its avatar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ConfigDict, Field

from host.config import Backend, BackendSpec, RoomFile
from host.core.product import Lang
from host.core.yamlfile import load, validate
from host.voice.engine import EMBEDDED

VOICES_FILE = "voices.yaml"
"""In an avatar's folder."""


class SuitedVoices(BaseModel):
    """``voices.yaml``: for each language the engines that suit an avatar, in order of preference."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: list[BackendSpec] = Field(default_factory=list)
    en: list[BackendSpec] = Field(default_factory=list)


def voices_of(room: RoomFile) -> dict[Lang, list[Backend]]:
    """The room's engines in order of preference for each language; the embedded one stands last by itself.

    Behind those that the room names stand the avatar's own: where a server fails, a voice that suits is heard. What an
    avatar says of an engine holds for one that the room names too, where the room says nothing else. Raises
    `InvalidFile` for an avatar that is not there, or voices of it that make no sense.
    """
    suited = suited_voices(room.avatar_folder())
    return {lang: _chosen(room.config.voice.get(lang, ()), suited[lang]) for lang in get_args(Lang)}


def suited_voices(avatar: Path) -> Mapping[Lang, Sequence[Backend]]:
    """The voices that suit an avatar; none where its folder has no `VOICES_FILE`. Raises `InvalidFile`."""
    file = avatar / VOICES_FILE
    voices = validate(load(file), SuitedVoices) if file.is_file() else SuitedVoices()
    return {"zh": voices.zh, "en": voices.en}


def _chosen(named: Sequence[Backend], suited: Sequence[Backend]) -> list[Backend]:
    ways = {backend.name: backend.options for backend in suited}
    chosen = [Backend(name=each.name, options={**ways.get(each.name, {}), **each.options}) for each in named]
    if any(each.name == EMBEDDED for each in named):
        return chosen  # it never fails: nobody would be asked behind it
    return chosen + [each for each in suited if each.name not in {own.name for own in named}]
