"""The backends a room file names, checked without opening any: that they are there, and take their options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from host.config import Backend, RoomFile
from host.core import plugins
from host.core.bundled import bundled
from host.core.errors import Finding, InvalidFile, LivehostError
from host.core.options import Place, wrong_options
from host.programme.opening import renderer_options
from host.programme.voices import VOICES_FILE, suited_voices


def wrong_backends(room: RoomFile) -> Iterator[Finding]:
    """What the room would refuse of them when it opens, each on its line."""
    for group, place, spec, options in _named(room):
        try:
            entry = plugins.find(group, spec.name)
            # Of ours only voices and judges may need an option: nothing is imported for the others.
            if spec.options or group in (plugins.VOICES, plugins.JUDGES) or not entry.value.startswith("host."):
                for keys, finding in wrong_options(plugins.load(group, spec.name), options, room.folder):
                    yield replace(
                        finding, path=str(room.path), line=room.line(*place, *_written(room, place, spec), *keys)
                    )
        except LivehostError as error:
            yield from (replace(each, path=str(room.path), line=room.line(*place)) for each in error.findings)
    yield from _wrong_suited(room)


def _wrong_suited(room: RoomFile) -> Iterator[Finding]:
    """What is wrong of the avatar's own voices, where the room speaks with them. Ours are known to be right."""
    try:
        folder = room.avatar_folder()
        suited = suited_voices(folder)
    except InvalidFile as error:  # of the avatar itself, its renderer tells
        yield from (each for each in error.findings if each.path.endswith(VOICES_FILE))
        return
    if folder.is_relative_to(bundled("avatars").resolve()):
        return
    for lang, specs in suited.items():
        for spec in specs if not room.config.voice.get(lang) else ():
            try:
                wrong = [each for _, each in wrong_options(plugins.load(plugins.VOICES, spec.name), spec.options)]
            except LivehostError as error:
                wrong = list(error.findings)
            yield from (replace(each, path=str(folder / VOICES_FILE)) for each in wrong)


def _named(room: RoomFile) -> Iterator[tuple[str, Place, Backend, Mapping[str, Any]]]:
    """Every backend with its group, where it is named, and what it is opened with."""
    config = room.config
    for lang, specs in config.voice.items():
        for index, spec in enumerate(specs):
            yield plugins.VOICES, ("voice", lang, index), spec, spec.options
    for group, key, listed in (
        (plugins.ANSWERERS, "answerer", config.answerer),
        (plugins.COMMENTS, "comments", config.comments),
        (plugins.OUTPUTS, "outputs", config.outputs),
    ):
        for index, spec in enumerate(listed):
            yield group, (key, index), spec, spec.options
    if config.judge is not None:
        yield plugins.JUDGES, ("judge",), config.judge, config.judge.options
    yield plugins.RENDERERS, ("renderer",), config.renderer, renderer_options(room)


def _written(room: RoomFile, place: Place, spec: Backend) -> Place:
    """The key that the options stand under: the backend's name, or ``options``."""
    return ("options",) if (*place, "options") in room.lines else (spec.name,)
