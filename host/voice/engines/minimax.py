"""MiniMax T2A v2: ``POST /v1/t2a_v2`` (platform.minimaxi.com and platform.minimax.io: T2A HTTP, Error Codes).

The sound comes in hexadecimal within JSON. Errors come within HTTP 200, as ``base_resp.status_code``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from host.core.endpoint import Endpoint
from host.core.options import takes
from host.core.ports import Context, VoiceError
from host.core.product import Lang
from host.core.reason import Reason
from host.voice.engines.refusal import Refused, Reply, Trouble, fields_of, of_status, words_in
from host.voice.engines.served import Ask, Dialect, ServedOptions, ServedVoice, bearer, endpoint_of, open_served

_GROUP = "MINIMAX_GROUP_ID"
_BOOST: dict[Lang, str] = {"zh": "Chinese", "en": "English"}
_CODES = {
    1002: Trouble.BUSY, 1004: Trouble.KEY, 1008: Trouble.QUOTA, 1026: Trouble.TEXT, 1027: Trouble.TEXT,
    1039: Trouble.BUSY, 1041: Trouble.BUSY, 1042: Trouble.TEXT, 2013: Trouble.REQUEST, 20132: Trouble.VOICE,
    2042: Trouble.VOICE, 2045: Trouble.BUSY, 2049: Trouble.KEY, 2054: Trouble.VOICE, 2056: Trouble.QUOTA,
}  # fmt: skip
"""What the service's numbers say is the matter; those that are not here are its own faults."""


class Settings(ServedOptions):
    """Options of ``minimax``."""

    public = "https://api.minimaxi.com"
    key_name = "MINIMAX_API_KEY"

    model: str = Field(default="speech-2.8-turbo", min_length=1)
    voice: str = Field(default="male-qn-qingse", min_length=1, description="voice_id: the service's, or one's own")
    speed: float = Field(default=1.0, ge=0.5, le=2.0)
    emotion: str = Field(default="", max_length=40, description="happy, calm, …; empty: as the text suggests")
    group: str = Field(default="", max_length=100, description=f"GroupId; else {_GROUP}, if the account has one")


@dataclass(frozen=True, slots=True)
class Minimax(Dialect):
    """T2A v2."""

    who = "MiniMax"

    settings: Settings
    endpoint: Endpoint
    group: str

    def ask(self, text: str, lang: Lang, speed: float) -> Ask:
        """The request for a sentence."""
        settings = self.settings
        voice: dict[str, Any] = {"voice_id": settings.voice, "speed": speed, "vol": 1.0, "pitch": 0}
        if settings.emotion:
            voice["emotion"] = settings.emotion
        return Ask(
            "/v1/t2a_v2",
            {
                "model": settings.model,
                "text": text,
                "stream": False,
                "output_format": "hex",
                "language_boost": _BOOST[lang],
                "voice_setting": voice,
                "audio_setting": {"sample_rate": 32000, "bitrate": 128000, "format": "mp3", "channel": 1},
            },
            headers=bearer(self.endpoint),
            query={"GroupId": self.group} if self.group else {},
        )

    def heard(self, reply: Reply) -> tuple[bytes, str]:
        """The sound out of ``data.audio``."""
        fields = fields_of(reply)
        state = fields.get("base_resp")
        code = state.get("status_code", 0) if isinstance(state, Mapping) else 0
        if isinstance(code, int) and code:
            raise Refused(_CODES.get(code, Trouble.FAILED), code, words_in(fields))
        data = fields.get("data")
        sound = data.get("audio") if isinstance(data, Mapping) else None
        if reply.status != 200 or not isinstance(sound, str) or not sound:
            raise Refused(of_status(reply.status), reply.status, words_in(fields))
        try:
            return bytes.fromhex(sound), ""
        except ValueError:
            raise VoiceError(Reason("sound_undecodable", error="hex")) from None


@takes(Settings, "voice minimax")
def open_voice(settings: Settings, context: Context) -> ServedVoice:
    """A voice of MiniMax. Raises `VoiceError` where the key is missing."""
    endpoint = endpoint_of(settings, context)
    dialect = Minimax(settings, endpoint, settings.group or context.env.get(_GROUP, "").strip())
    return open_served("minimax", settings, endpoint, dialect, context)
