"""Recordings of a person's voice among an engine's options: none is used without its consent.

An option of the type `Reference` names a recording, relative to the room file. So does any text among the fields that
are passed on to a server as they are (`Passed`) and that names sound: whatever a server calls the field, a recording
of somebody is what it clones.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, ValidationInfo

from host.core.ports import VoiceError
from host.core.reason import Reason
from host.voice.consent import Consent, NoConsent, consent_to

PLACE = "{reference}"
"""Stands in passed fields for the recording that ``reference`` names."""

_SOUND = re.compile(r"\.(?:wav|mp3|flac|m4a|ogg|oga|opus|aac|wma|aiff?|amr|webm|mp4|mkv|mov)$", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]{1,20}://|data:(?:audio|video|application))", re.IGNORECASE)
Options = TypeVar("Options")

_LONGEST = 2000
"""Characters of a text that is no sound written as text."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording that may be used: the bytes are those that were consented to."""

    path: Path
    sound: bytes
    consent: Consent

    @property
    def as_text(self) -> str:
        """The recording as a ``data:`` address (RFC 2397), for servers that take sound as text."""
        kind = mimetypes.guess_type(self.path.name)[0] or "audio/wav"
        return f"data:{kind};base64,{base64.b64encode(self.sound).decode('ascii')}"


def recording(folder: Path, name: str) -> Recording:
    """The recording an option names. Raises `NoConsent`."""
    path = folder / name
    if _ELSEWHERE.match(name) or len(name) > _LONGEST:
        raise NoConsent(Reason("reference_not_a_file", audio=name[:60]))
    consent, sound = consent_to(path)
    return Recording(path.resolve(), sound, consent)


def needed(folder: Path, name: str) -> Recording:
    """The recording of a voice that is nothing without one. Raises `NoConsent`."""
    if not name:
        raise NoConsent(Reason("reference_needed"))
    return recording(folder, name)


def recordings_in(value: object) -> Iterator[str]:
    """Every text in passed fields that names sound, or is sound written as text."""
    if isinstance(value, str):
        if _SOUND.search(value.strip()) or _ELSEWHERE.match(value.strip()) or len(value) > _LONGEST:
            yield value.strip()
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from recordings_in(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from recordings_in(each)


def filled(value: Any, place: str) -> Any:
    """Passed fields with `PLACE` filled."""
    if isinstance(value, Mapping):
        return {key: filled(each, place) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, place) for each in value]
    return place if value == PLACE else value


def _consented(name: str, info: ValidationInfo) -> str:
    """Where the folder of the room file is known, the recording must be there with its consent."""
    folder = (info.context or {}).get("folder")
    if name and folder is not None:
        try:
            recording(folder, name)
        except VoiceError as error:
            raise ValueError(*error.args) from None
    return name


def named_or_needed(options: Options, named: bool, info: ValidationInfo) -> Options:
    """Options of a voice that is nothing without a recording, looked at as `_consented` does."""
    if not named and (info.context or {}).get("folder") is not None:
        raise ValueError(Reason("reference_needed"))
    return options


def _all_consented(fields: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
    for name in recordings_in(fields):
        _consented(name, info)
    return fields


Reference = Annotated[
    str, AfterValidator(_consented), Field(max_length=500, description="a recording of the voice, with its consent")
]
Passed = Annotated[
    dict[str, Any],
    AfterValidator(_all_consented),
    Field(description="further fields, passed to the server as they are"),
]
