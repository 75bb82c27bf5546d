"""The voices a room names, opened as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, get_args

from host.core.breaker import Breaker
from host.core.errors import LivehostError
from host.core.plugins import VOICES, load
from host.core.ports import Cloned, Context, Options, Voice
from host.core.product import Lang
from host.core.reason import reason_of
from host.voice.cache import SpeechCache, cache_key
from host.voice.chain import VoiceChain
from host.voice.engine import EMBEDDED, Engine


class Spec(Protocol):
    """A backend as the room file names it."""

    @property
    def name(self) -> str: ...

    @property
    def options(self) -> Options: ...


def open_voices(specs_by_lang: Mapping[Lang, Sequence[Spec]], context: Context) -> VoiceChain:
    """The room's voice: its engines in order for each language, then the embedded one.

    An engine that cannot be opened (no key, no network) only degrades the chain; a name that is not installed and
    options that make no sense raise `LivehostError`, as does a missing espeak-ng.
    """
    from host.voice.engines.espeak import EspeakVoice
    from host.voice.timing.guide import Guide

    opened: dict[str, Engine] = {}

    def engine(name: str, options: Options) -> Engine:
        identity = cache_key(name, options, "", "")
        if identity not in opened:
            opened[identity] = _open(load(VOICES, name), name, options, context)
        return opened[identity]

    chains: dict[Lang, list[Engine]] = {}
    for lang in get_args(Lang):
        chain = [engine(spec.name, dict(spec.options)) for spec in specs_by_lang.get(lang, ())]
        if not any(link.embedded for link in chain):
            chain.append(engine(EMBEDDED, {}))
        chains[lang] = chain
    embedded = engine(EMBEDDED, {}).voice
    guide = Guide(embedded) if isinstance(embedded, EspeakVoice) else None
    return VoiceChain(chains, context, SpeechCache(context.cache / "speech"), guide=guide)


def _open(factory: Callable[..., Voice], name: str, options: Options, context: Context) -> Engine:
    try:
        voice = factory(options, context)
    except LivehostError:
        raise
    except Exception as error:  # noqa: BLE001 - a third party's factory may raise anything; the room goes on air without it
        return Engine(name, options, None, Breaker(error=reason_of(error)))
    recordings = [consent["audio_sha256"] for consent in voice.consents] if isinstance(voice, Cloned) else []
    return Engine(name, {**options, "recordings": recordings} if recordings else options, voice)
