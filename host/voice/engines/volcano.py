"""Volcano Engine (ByteDance), speech synthesis over HTTP, by two interfaces of volcengine.com/docs/6561: ``POST
/api/v1/tts`` (1257584, 79823) and, where ``resource`` is named, ``POST /api/v3/tts/unidirectional`` (1598757), which
the voices of the second generation want.

Of v1 the sound comes in base64 within JSON whose ``code`` is 3000; of v3 in a row of such objects, the last of which
has the code 20000000. Errors have other codes, some within HTTP 200; what several have in common only their words tell.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from pydantic import Field

from host.core.endpoint import Endpoint
from host.core.options import takes
from host.core.ports import Context, VoiceError
from host.core.product import Lang
from host.core.reason import Reason
from host.voice.engines.refusal import Refused, Reply, Trouble, fields_of, of_status, words_in
from host.voice.engines.served import Ask, Dialect, ServedOptions, ServedVoice, endpoint_of, open_served

_APPID = "VOLCANO_APPID"
_SPOKEN, _MORE, _END = 3000, 0, 20_000_000
_CODES = {
    3001: Trouble.REQUEST, 3003: Trouble.BUSY, 3005: Trouble.BUSY, 3010: Trouble.TEXT, 3011: Trouble.TEXT,
    3050: Trouble.VOICE, 40402003: Trouble.TEXT, 45000001: Trouble.REQUEST, 45000010: Trouble.KEY,
    45000030: Trouble.VOICE, 45000292: Trouble.BUSY,
}  # fmt: skip
_TOLD = (
    ("grant not found", Trouble.KEY), ("access denied", Trouble.VOICE), ("not granted", Trouble.VOICE),
    ("init engine instance failed", Trouble.VOICE), ("speaker", Trouble.VOICE),
    ("exceeded for types: concurrency", Trouble.BUSY), ("exceeded for types: qps", Trouble.BUSY),
    ("quota exceeded", Trouble.QUOTA), ("illegal input text", Trouble.TEXT),
)  # fmt: skip
"""What the messages that its documentation lists say is the matter, the surest first."""


class Settings(ServedOptions):
    """Options of ``volcano``."""

    public = "https://openspeech.bytedance.com"
    key_name = "VOLCANO_TOKEN"

    appid: str = Field(default="", pattern=r"^[!-~]{0,100}$", description=f"of the console; else {_APPID}")
    voice: str = Field(default="BV002_streaming", min_length=1, description="voice_type, or S_… of a cloned voice")
    cluster: str = Field(default="", description="volcano_tts; of cloned voices (S_…) volcano_icl")
    resource: str = Field(
        default="", pattern=r"^[!-~]{0,100}$", description="seed-tts-2.0, seed-icl-2.0, …: by the interface v3"
    )
    speed: float = Field(default=1.0, ge=0.5, le=2.0)


@dataclass(frozen=True, slots=True)
class VolcanoV1(Dialect):
    """Not streamed."""

    who = "Volcano Engine"

    settings: Settings
    endpoint: Endpoint
    appid: str

    def ask(self, text: str, lang: Lang, speed: float) -> Ask:
        """The request for a sentence. ``token`` may be anything: the true one is in the header."""
        settings = self.settings
        sound = {"voice_type": settings.voice, "encoding": "mp3", "rate": 24000, "speed_ratio": speed}
        cluster = settings.cluster or ("volcano_icl" if settings.voice.startswith("S_") else "volcano_tts")
        return Ask(
            "/api/v1/tts",
            {
                "app": {"appid": self.appid, "token": "in-the-header", "cluster": cluster},
                "user": {"uid": "livehost"},
                "audio": sound,
                "request": {"reqid": str(uuid4()), "text": text, "text_type": "plain", "operation": "query"},
            },
            headers={"Authorization": f"Bearer;{self.endpoint.key}"},
        )

    def heard(self, reply: Reply) -> tuple[bytes, str]:
        """The sound out of ``data``."""
        fields = fields_of(reply)
        if fields.get("code") != _SPOKEN:
            raise _refused(reply, fields)
        return _sound(fields), ""


@dataclass(frozen=True, slots=True)
class VolcanoV3(Dialect):
    """Streamed, in a row of objects."""

    who = "Volcano Engine"

    settings: Settings
    endpoint: Endpoint
    appid: str

    def ask(self, text: str, lang: Lang, speed: float) -> Ask:
        """The request for a sentence: the older console's keys have an app id beside them, the newer's have none."""
        settings = self.settings
        key = self.endpoint.key
        keys = {"X-Api-App-Id": self.appid, "X-Api-Access-Key": key} if self.appid else {"X-Api-Key": key}
        audio = {"format": "mp3", "sample_rate": 24000, "speech_rate": round((speed - 1) * 100)}
        return Ask(
            "/api/v3/tts/unidirectional",
            {
                "user": {"uid": "livehost"},
                "req_params": {"text": text, "speaker": settings.voice, "audio_params": audio},
            },
            headers=keys | {"X-Api-Resource-Id": settings.resource, "X-Api-Request-Id": str(uuid4())},
        )

    def heard(self, reply: Reply) -> tuple[bytes, str]:
        """The sound of all objects, to the one that ends them."""
        sound = bytearray()
        for fields in _row(reply):
            code = fields.get("code")
            if code == _END:
                return bytes(sound), ""
            if code != _MORE:
                raise _refused(reply, fields)
            if fields.get("data"):
                sound += _sound(fields)
        raise VoiceError(Reason("server_broke_off", engine=self.who))


def _row(reply: Reply) -> Iterator[Mapping[str, Any]]:
    """The objects of a reply, one a line."""
    for line in reply.body.split(b"\n"):
        if line.strip():
            yield fields_of(Reply(reply.status, reply.kind, line))


def _refused(reply: Reply, fields: Mapping[str, Any]) -> Refused:
    """What is the matter, by the words, else by the number, else by the HTTP status."""
    head = fields.get("header")
    code = (head if isinstance(head, Mapping) else fields).get("code", reply.status)
    code = code if isinstance(code, int) else reply.status
    said = words_in(fields)
    by_words = next((trouble for words, trouble in _TOLD if words in said.lower()), None)
    by_status = of_status(reply.status) if reply.status >= 400 else Trouble.FAILED
    return Refused(by_words or _CODES.get(code, by_status), code, said)


def _sound(fields: Mapping[str, Any]) -> bytes:
    try:
        return base64.b64decode(fields.get("data") or "", validate=True)
    except (ValueError, TypeError):
        raise VoiceError(Reason("sound_undecodable", error="base64")) from None


@takes(Settings, "voice volcano")
def open_voice(settings: Settings, context: Context) -> ServedVoice:
    """A voice of Volcano Engine. Raises `VoiceError` where the token is missing, or v1's app id."""
    endpoint = endpoint_of(settings, context)
    appid = settings.appid or context.env.get(_APPID, "").strip()
    if not appid and not settings.resource and not settings.base_url:
        raise VoiceError(Reason("no_key", name=_APPID))
    dialect = (VolcanoV3 if settings.resource else VolcanoV1)(settings, endpoint, appid)
    return open_served("volcano", settings, endpoint, dialect, context)
