"""Why a server did not speak: HTTP status, code and words of its reply, as a reason that a seller understands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from host.core.ports import VoiceError
from host.core.reason import Reason

_MOST_SAID = 160
"""Characters of what a server says that are told on."""
_WORDS = ("message", "msg", "detail", "error", "Exception", "status_msg", "reason")
"""The fields that servers write their words in: FastAPI, OpenAI and all who follow them."""


class Trouble(StrEnum):
    """What the matter is, in the words of a reason."""

    KEY = "server_refuses_key"
    VOICE = "server_lacks_voice"
    QUOTA = "server_quota_used"
    BUSY = "server_busy"
    TEXT = "server_refuses_text"
    REQUEST = "server_refuses"
    FAILED = "server_failed"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered, whole."""

    status: int
    kind: str
    """Its content type."""
    body: bytes

    def data(self) -> Any:
        """The body as JSON; None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


class Refused(Exception):
    """A server would not speak: what the matter is, the number it gave for it, and what it said."""

    def __init__(self, trouble: Trouble, code: int, said: str = "") -> None:
        super().__init__(trouble, code, said)
        self.trouble, self.code, self.said = trouble, code, said

    def told(self, engine: str, key: str) -> VoiceError:
        """As the voice's error. A server may say the key it was asked with again: it is left out."""
        said = self.said.replace(key, "…") if key else self.said
        said = "".join(sign if sign.isprintable() else " " for sign in said)
        said = " ".join(said.split())
        said = said if len(said) <= _MOST_SAID else said[: _MOST_SAID - 1] + "…"
        return VoiceError(Reason(self.trouble, engine=engine, code=self.code, said=said))


def of_status(status: int) -> Trouble:
    """What an HTTP status says is the matter (RFC 9110)."""
    known = {401: Trouble.KEY, 402: Trouble.QUOTA, 403: Trouble.KEY, 429: Trouble.BUSY}
    return known.get(status, Trouble.FAILED if status >= 500 else Trouble.REQUEST)


def spoken(reply: Reply) -> Reply:
    """The reply, where its status and content type may be those of sound. Raises `Refused`."""
    if not 200 <= reply.status < 300:
        raise Refused(of_status(reply.status), reply.status, words_of(reply))
    if "json" in reply.kind.partition(";")[0].lower():
        raise Refused(Trouble.REQUEST, reply.status, words_of(reply))
    return reply


def fields_of(reply: Reply) -> Mapping[str, Any]:
    """The reply of a server that wraps its sound in JSON. Raises `Refused`, and `VoiceError` for a page."""
    found = reply.data()
    if isinstance(found, Mapping):
        return found
    if not 200 <= reply.status < 300:
        raise Refused(of_status(reply.status), reply.status, words_of(reply))
    raise VoiceError(Reason("not_sound", kind=reply.kind.partition(";")[0].strip() or "text"))


def words_of(reply: Reply) -> str:
    """What a server says, for people; nothing of a page."""
    found = reply.data()
    if found is not None:
        return words_in(found)
    plain = reply.kind.lower().startswith("text/plain") and len(reply.body) <= 1000
    return reply.body.decode("utf-8", "replace") if plain else ""


def words_in(found: Any) -> str:
    """The words in a reply that has been read: FastAPI's list of wrong fields, OpenAI's error, and their like."""
    return ": ".join(dict.fromkeys(_said(found, 8)))


def _said(found: Any, depth: int) -> Iterator[str]:
    """Texts under the fields that words are written in, outermost first."""
    if depth == 0:
        return
    if isinstance(found, list):
        for each in found[:4]:
            yield from _said(each, depth - 1)
    if isinstance(found, Mapping):
        for name, value in found.items():
            if isinstance(value, str) and name in _WORDS and value.strip():
                yield value[: 4 * _MOST_SAID]
            elif isinstance(value, (Mapping, list)):
                yield from _said(value, depth - 1)
