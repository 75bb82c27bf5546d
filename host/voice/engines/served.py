"""A voice that a server speaks: one HTTP request out for each sentence, its sound back.

All that such servers share is here: the deadline, the size that is taken, connections, consent to recordings, errors,
the way to phones. A `Dialect` is what is particular to one: how a sentence is asked for, and where in the reply the
sound is. Nothing is asked twice: the chain's next engine speaks at once, waiting would be silence on air.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlsplit

import httpx2
from pydantic import Field

from host.core.addresses import is_loopback
from host.core.clock import Clock
from host.core.endpoint import Endpoint, NoKey, ServerOptions
from host.core.media import Speech
from host.core.mood import PACED, speed_in
from host.core.options import BackendOptions
from host.core.ports import Context, VoiceError
from host.core.product import Lang
from host.core.reason import Reason
from host.voice.engines import espeak
from host.voice.engines.reference import Passed, Recording, filled, recording, recordings_in
from host.voice.engines.refusal import Refused, Reply, spoken
from host.voice.engines.remote import guided, sent
from host.voice.timing.guide import Guide

MAX_BYTES = 32 * 1024 * 1024
"""Of a reply: three minutes of bare sound written in hexadecimal."""
_IDLE = 4.0
"""Seconds a connection is kept: servers on uvicorn hang up after five, and a sentence sent just then would be lost."""


class SpeechOptions(BackendOptions):
    """Options of every voice that a server speaks."""

    deadline: float = Field(default=6.0, gt=0, le=60, description="seconds for one sentence")
    extra_body: Passed = Field(default_factory=dict)


class ServedOptions(SpeechOptions, ServerOptions):
    """Options of one with an address and a key of its own."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A sentence as a request: what is posted where."""

    path: str
    """Behind the server's address, which may already have a part of it."""
    fields: Mapping[str, Any]
    """The body: JSON, or a form."""
    form: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


class Dialect(ABC):
    """What is particular to a server. Pure."""

    who: ClassVar[str]
    """The server's name, for people."""

    @abstractmethod
    def ask(self, text: str, lang: Lang, speed: float) -> Ask:
        """The request for a sentence, spoken at so many times the usual pace."""

    def heard(self, reply: Reply) -> tuple[bytes, str]:
        """The sound in the reply, and its content type. Raises `Refused` or `VoiceError`."""
        return spoken(reply).body, reply.kind


@dataclass(frozen=True, slots=True)
class ServedVoice:
    """A server's dialect as a `Voice`."""

    name: str
    dialect: Dialect
    settings: SpeechOptions
    endpoint: Endpoint
    client: httpx2.AsyncClient = field(repr=False)
    clock: Clock
    guide: Guide
    passed: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Further fields, as they are sent."""
    recordings: tuple[Recording, ...] = field(default=(), repr=False)

    @property
    def pace(self) -> float:
        """As it is set; not every server heeds it."""
        return float(getattr(self.settings, "speed", 1.0))

    @property
    def moods(self) -> Collection[str]:
        """Those with a pace of their own, where it has a speed."""
        return PACED if hasattr(self.settings, "speed") else ()

    @property
    def deadline(self) -> float:
        """Seconds for one sentence."""
        return self.settings.deadline

    @property
    def consents(self) -> Sequence[Mapping[str, Any]]:
        """Whose voice it is, and by which consent."""
        return [each.consent.facts() for each in self.recordings]

    async def speak(self, spoken: str, lang: Lang, mood: str = "") -> Speech:
        """Say one sentence. Raises `VoiceError`."""
        with self.clock.hold():
            said = self._said(spoken, lang, speed_in(mood, self.pace))
            sound, kind = await sent(self.dialect.who, self.settings.deadline, said)
            return await guided(self.guide, sound, (), spoken, lang, self.name, kind)

    async def close(self) -> None:
        """Close connections and the phonemiser."""
        await self.client.aclose()
        await self.guide.close()

    async def _said(self, text: str, lang: Lang, speed: float) -> tuple[bytes, str]:
        reply = await self._fetched(self.dialect.ask(text, lang, speed))
        try:
            return await asyncio.to_thread(self.dialect.heard, reply)
        except Refused as refused:
            raise refused.told(self.dialect.who, self.endpoint.key) from None

    async def _fetched(self, ask: Ask) -> Reply:
        """The whole reply, and no more than a sentence can have."""
        body = bytearray()
        try:
            async with self.client.stream(
                "POST",
                joined(self.endpoint.base_url, ask.path),
                params=ask.query or None,
                headers=ask.headers,
                **self._body(ask),
            ) as response:
                async for chunk in response.aiter_raw():  # as it was sent: nothing unfolds in memory
                    body += chunk
                    if len(body) > MAX_BYTES:
                        raise VoiceError(Reason("server_sends_too_much", engine=self.dialect.who))
                return Reply(response.status_code, response.headers.get("content-type", ""), bytes(body))
        except (httpx2.ConnectError, httpx2.ProxyError, httpx2.UnsupportedProtocol, httpx2.InvalidURL):
            raise VoiceError(Reason("server_unreachable", engine=self.dialect.who, place=self.endpoint.place)) from None
        except httpx2.HTTPError:  # whose texts may hold what was sent
            raise VoiceError(Reason("server_broke_off", engine=self.dialect.who)) from None

    def _body(self, ask: Ask) -> dict[str, Any]:
        fields = merged(ask.fields, self.passed)
        if not ask.form:
            return {"json": fields}
        texts = {name: value if isinstance(value, str) else str(value) for name, value in fields.items()}
        files = {name: (name, sound, "application/octet-stream") for name, sound in ask.files.items()}
        return {"data": texts, "files": files or None}


def open_served(
    name: str, settings: SpeechOptions, endpoint: Endpoint, dialect: Dialect, context: Context,
    recordings: tuple[Recording, ...] = (),
) -> ServedVoice:  # fmt: skip
    """A voice on a server; connects at the first sentence. Raises `NoConsent` where passed fields name a recording that
    nobody consented to."""
    named = tuple(recording(context.folder, each) for each in recordings_in(settings.extra_body))
    passed = filled(settings.extra_body, recordings[0].as_text if recordings else "")
    client = httpx2.AsyncClient(
        timeout=None,  # the sentence's deadline is one for all of it
        limits=httpx2.Limits(keepalive_expiry=_IDLE),
        headers={"Accept-Encoding": "identity", "User-Agent": "livehost"},
        trust_env=not is_loopback(urlsplit(endpoint.base_url).hostname),  # no proxy lies before this machine
    )
    guide = Guide(espeak.open_voice({}, context))
    return ServedVoice(name, dialect, settings, endpoint, client, context.clock, guide, passed, (*recordings, *named))


def endpoint_of(settings: ServerOptions, context: Context) -> Endpoint:
    """Where a voice's server lies. Raises `VoiceError` where one that needs a key has none."""
    try:
        return settings.endpoint(context.env)
    except NoKey as missing:
        raise VoiceError(*missing.args) from None


def bearer(endpoint: Endpoint) -> dict[str, str]:
    """The header with the key, where there is one (RFC 6750)."""
    return {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}


def joined(base_url: str, path: str) -> str:
    """An address and a path, of which the address may have a part already: it may end in ``/v1``, or in all of it."""
    base = base_url.rstrip("/")
    parts = path.strip("/").split("/")
    for count in range(len(parts), 0, -1):
        if urlsplit(base).path.endswith("/" + "/".join(parts[:count])):
            return "/".join([base, *parts[count:]])
    return "/".join([base, *parts])


def merged(fields: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Fields with more of them, groups within groups; what is written last holds."""
    whole = dict(fields)
    for name, value in more.items():
        inner = whole.get(name)
        whole[name] = merged(inner, value) if isinstance(inner, Mapping) and isinstance(value, Mapping) else value
    return whole
