"""Consent to the use of somebody's voice: who gave it, when, and by which spoken sentence.

A recording that a server clones is used with such a record only. It lies beside the recording, ``seller.consent.toml``
beside ``seller.wav``, and holds the SHA-256 of the recording it is for and, where the spoken sentence was recorded,
of that recording, which lies there too. Another recording under the same name is none that anybody consented to.
"""

from __future__ import annotations

import hashlib
import json
import shlex
import shutil
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from host.core.errors import LivehostError
from host.core.findings import refused
from host.core.ports import VoiceError
from host.core.reason import Reason
from host.voice.sound.decoding import decode
from host.voice.sound.plausible import speaks

SUFFIX = ".consent.toml"
MAX_BYTES = 32 * 1024 * 1024
"""Of a recording: minutes of it; servers take some seconds."""
_HEAD = "# Consent to the use of a voice, written by: livehost voice consent\n"


class NoConsent(VoiceError):
    """A recording may not be used. Its argument is the `Reason`."""


class Consent(BaseModel):
    """A record of consent, as it is kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    who: str = Field(min_length=1, max_length=100)
    when: AwareDatetime
    sentence: str = Field(min_length=4, max_length=500)
    """What was spoken."""
    audio: str
    audio_sha256: str
    recording: str = ""
    """The recording of the spoken sentence, beside the audio; empty where none was made."""
    recording_sha256: str = ""

    def facts(self) -> dict[str, Any]:
        """For the record of a show."""
        return self.model_dump(mode="json", exclude_defaults=True)


def consent_file(audio: Path) -> Path:
    """Where the consent to the use of a recording is kept."""
    return audio.with_name(audio.stem + SUFFIX)


def consent_to(audio: Path) -> tuple[Consent, bytes]:
    """The consent to the use of a recording, and the recording it is for. Raises `NoConsent`."""
    sound = _read(audio)
    record = consent_file(audio)
    named = {"audio": str(audio), "file": shlex.quote(str(audio))}
    try:
        consent = Consent.model_validate(tomllib.loads(record.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise NoConsent(Reason("consent_missing", **named)) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError):
        raise NoConsent(Reason("consent_unreadable", record=str(record), **named)) from None
    if _digest(sound) != consent.audio_sha256:
        raise NoConsent(Reason("consent_altered", who=consent.who, record=str(record), **named))
    if consent.recording and _digest(_read(audio.with_name(Path(consent.recording).name))) != consent.recording_sha256:
        raise NoConsent(Reason("consent_recording_altered", recording=consent.recording, who=consent.who))
    return consent, sound


def record_consent(audio: Path, who: str, sentence: str, when: datetime, recording: Path | None = None) -> Path:
    """Keep a consent beside the audio, and the recording of the spoken sentence with it. Gives the file written.

    Raises `LivehostError`: for a recording that is none, for words that say nothing, and where a consent is kept
    already, which is evidence and is not written over.
    """
    record = consent_file(audio)
    if record.exists():
        raise refused("consent_kept", record, record=str(record))
    kept = {"audio": audio.name, "audio_sha256": _digest(_sound(audio))}
    if recording is not None:
        spoken = _sound(recording)
        beside = audio.with_name(f"{audio.stem}.consent{recording.suffix.lower()}")
        kept |= {"recording": beside.name, "recording_sha256": _digest(spoken)}
    try:
        consent = Consent(who=" ".join(who.split()), sentence=" ".join(sentence.split()), when=when, **kept)
    except ValidationError:
        raise refused("consent_says_nothing") from None
    if recording is not None and recording.resolve() != beside.resolve():
        if beside.exists():
            raise refused("consent_kept", beside, record=str(beside))
        shutil.copyfile(recording, beside)
    with record.open("x", encoding="utf-8") as file:
        file.write(_HEAD + "".join(f"{name} = {_toml(value)}\n" for name, value in consent if value))
    return record


def _toml(value: datetime | str) -> str:
    """A value as TOML writes it; its basic strings are those of JSON but for the sign DEL (TOML 1.0)."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise NoConsent(Reason("reference_too_large", audio=str(path), most=MAX_BYTES // 2**20))
        return path.read_bytes()
    except OSError:
        raise NoConsent(Reason("reference_gone", audio=str(path))) from None


def _sound(path: Path) -> bytes:
    """A recording that can be heard. Raises `LivehostError`."""
    try:
        data = _read(path)
        if not speaks(*decode(data)):
            raise VoiceError(Reason("nobody_speaks"))
    except VoiceError as error:
        raise LivehostError(Reason("at_key", key=str(path), why=error.args[0])) from None
    return data


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
