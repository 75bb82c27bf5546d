"""The fallback voice: engines in order of preference for each language, the embedded one always last."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from host.core.clock import ahead_of_time
from host.core.media import SAMPLE_RATE, Speech
from host.core.mood import PACED, said_by
from host.core.ports import Cloned, Context, Laborious, Paced, Patient, Voice, VoiceError
from host.core.product import Lang
from host.core.reason import Reason, reason_of
from host.core.utterance import Saying
from host.voice.ahead import Ahead
from host.voice.cache import SpeechCache
from host.voice.engine import Engine
from host.voice.sound.plausible import fault

if TYPE_CHECKING:
    from host.voice.timing.guide import Guide

ENGINE_DEADLINE = 8.0
"""Real seconds after which an engine has failed that keeps no longer deadline itself."""
_GRACE = 1.0
"""Seconds an engine has to give up by itself, with words of its own."""
TOLD_LATE_FOR = 60.0
"""Seconds that the console says that an engine was late."""


class VoiceChain:
    """A `Voice` that tries engines in turn. An engine's breaker is shared by all languages that name it alike.

    While an engine rests, the next one speaks at once. When its rest is over one sentence is also sent to it in the
    background: viewers never wait for a probe, and what it says is kept for the next time round.

    Whatever an engine says is held against the guide before it is heard or kept: here, where every engine passes, ours
    and a third party's. The embedded one is the guide itself.
    """

    name = "chain"
    moods: Collection[str] = PACED
    """Whichever engine speaks may heed them."""

    def __init__(
        self,
        engines: Mapping[Lang, Sequence[Engine]],
        context: Context,
        cache: SpeechCache,
        deadline: float = ENGINE_DEADLINE,
        guide: Guide | None = None,
    ) -> None:
        self._engines = {lang: tuple(chain) for lang, chain in engines.items()}
        self._clock = context.clock
        self._cache = cache
        self._deadline = deadline
        self._guide = guide
        self._probes: set[asyncio.Task[None]] = set()
        self._ahead = Ahead(self._say_ahead)
        self._speaking: dict[str, str] = {}

    async def speak(self, spoken: str, lang: Lang, mood: str = "") -> Speech:
        """Say it with the first engine that can. Raises `VoiceError` when none can."""
        saying, reasons = Saying(spoken, lang, mood), []
        with self._clock.hold(), self._ahead.busy():
            for engine in self._engines[lang]:
                speech = await self._try(engine, saying)
                if speech is not None:
                    self._speaking[lang] = engine.name
                    return speech
                reasons.append(f"{engine.name}: {engine.breaker.error or 'resting'}")
        raise VoiceError("; ".join(reasons))

    async def at_once(self, spoken: str, lang: Lang, mood: str = "") -> Speech:
        """Say it with the first engine that takes no time over it: who is late for once is not broken."""
        saying = Saying(spoken, lang, mood)
        preferred = self._preferred(lang)
        if isinstance(preferred.voice, Laborious):
            preferred.late += 1
            preferred.late_at = self._clock.now()
        for engine in self._engines[lang]:
            if isinstance(engine.voice, Laborious) and await self._known(engine, engine.key(saying)) is None:
                continue
            speech = await self._try(engine, saying)
            if speech is not None:
                self._speaking[lang] = engine.name
                return speech
        raise VoiceError(Reason("no_reply"))

    def _preferred(self, lang: Lang) -> Engine:
        """The first engine that speaks at present."""
        now, engines = self._clock.now(), self._engines[lang]
        ready = (each for each in engines if each.voice and (each.embedded or each.breaker.state(now) == "closed"))
        return next(ready, engines[-1])

    def expect(self, upcoming: Sequence[Saying]) -> None:
        """Have the preferred engines say these ahead of time, into the cache, one by one: all of them where that takes
        this machine's time alone, else the first, since whoever is paid or may refuse is asked for what is heard.

        What fails is no engine's failure: it is asked for again in its time.
        """
        laborious = [self.laborious(saying.lang) for saying in upcoming]
        self._ahead.expect([saying for at, saying in enumerate(upcoming) if at == 0 or laborious[at]])

    def laborious(self, lang: Lang) -> bool:
        """Whether what is said in a language is worth saying long ahead: see `Laborious`."""
        return isinstance(self._preferred(lang).voice, Laborious)

    def first(self, lang: Lang) -> str:
        """The name of the preferred engine."""
        return self._preferred(lang).name

    async def prepared(self) -> None:
        """Return when everything expected has been said."""
        await self._ahead.idle()

    @property
    def expected(self) -> int:
        """How much of what is expected is not said yet."""
        return self._ahead.left

    async def ready(self, spoken: str, lang: Lang, mood: str = "") -> bool:
        """Whether a text is to be had at once: kept, or said by an engine that takes no time over it."""
        engine = self._preferred(lang)
        if not isinstance(engine.voice, Laborious):
            return True
        return await asyncio.to_thread(self._cache.has, engine.key(Saying(spoken, lang, mood)))

    async def close(self) -> None:
        """End what is under way, then every engine."""
        await self._ahead.close()
        for task in self._probes:
            task.cancel()
        await asyncio.gather(*self._probes, return_exceptions=True)
        for voice in {id(engine.voice): engine.voice for engine in self._all() if engine.voice}.values():
            await voice.close()
        if self._guide is not None:
            await self._guide.close()

    def status(self) -> dict[str, Any]:
        """For the console: which engine speaks each language, how every engine is, what the cache did."""
        now = self._clock.now()
        return {
            "speaking": dict(self._speaking),
            "degraded": self.degraded(),
            "engines": {lang: [engine.status(now) for engine in chain] for lang, chain in self._engines.items()},
            "cache": self._cache.stats(),
        }

    @property
    def consents(self) -> Sequence[Mapping[str, Any]]:
        """Whose voices its engines have, and by which consent."""
        voices: dict[int, Voice] = {id(engine.voice): engine.voice for engine in self._all() if engine.voice}
        return [consent for voice in voices.values() if isinstance(voice, Cloned) for consent in voice.consents]

    def degraded(self) -> list[str]:
        """Why the preferred engines do not speak, one reason each; empty while all is as configured."""
        now = self._clock.now()
        down = [
            Reason("voice_down", name=engine.name, why=engine.breaker.error or Reason("no_reply"))
            for engine in self._all()
            if engine.voice is None or engine.breaker.state(now) != "closed"
        ]
        late = [
            Reason("voice_late", name=engine.name) for engine in self._all() if now - engine.late_at < TOLD_LATE_FOR
        ]
        return list(dict.fromkeys((*down, *late)))

    async def _try(self, engine: Engine, saying: Saying) -> Speech | None:
        key = engine.key(saying)
        if engine is self._preferred(saying.lang) and self._cache.recall(key) is None:
            await self._ahead.making(saying)
        known = await self._known(engine, key)
        if known is not None or engine.voice is None:
            return known
        now = self._clock.now()
        if engine.embedded or engine.breaker.state(now) == "closed":
            return await self._ask(engine, engine.voice, key, saying)
        if engine.breaker.may_probe(now):
            engine.breaker = engine.breaker.probe()
            probe = asyncio.create_task(self._probe(engine, engine.voice, key, saying))
            self._probes.add(probe)
            probe.add_done_callback(self._probes.discard)
        return None

    async def _known(self, engine: Engine, key: str) -> Speech | None:
        speech = self._cache.recall(key)
        if speech is None and not engine.embedded:
            speech = await asyncio.to_thread(self._cache.load, key)
            if speech is not None:
                self._cache.remember(key, speech)
        if speech is not None:
            self._cache.hits += 1
        return speech

    async def _say_ahead(self, saying: Saying) -> None:
        engine = self._preferred(saying.lang)
        key = engine.key(saying)
        if engine.voice is None or await asyncio.to_thread(self._cache.has, key):
            return
        with ahead_of_time():
            speech = await self._said(engine, engine.voice, saying)
            engine.spoken += 1
            await self._keep(engine, key, speech)

    async def _ask(self, engine: Engine, voice: Voice, key: str, saying: Saying) -> Speech | None:
        self._cache.misses += 1
        try:
            speech = await self._said(engine, voice, saying)
        except TimeoutError:
            self._failed(engine, Reason("no_reply_within", seconds=self._patience(voice)))
            return None
        except Exception as error:  # noqa: BLE001 - a third party's engine may raise anything; the next one speaks
            self._failed(engine, reason_of(error))
            return None
        engine.spoken += 1
        engine.breaker = engine.breaker.success()
        await self._keep(engine, key, speech)
        return speech

    async def _said(self, engine: Engine, voice: Voice, saying: Saying) -> Speech:
        async with asyncio.timeout(self._patience(voice)):
            speech = await said_by(voice, saying)
        if not len(speech.pcm):
            raise VoiceError(Reason("no_sound"))
        if self._guide is not None and not engine.embedded:
            expected = await self._guide.length(saying.spoken, saying.lang)
            pace = voice.pace if isinstance(voice, Paced) else 1.0
            if wrong := await asyncio.to_thread(fault, speech.pcm, SAMPLE_RATE, expected, pace):
                raise VoiceError(wrong)
        return speech

    async def _keep(self, engine: Engine, key: str, speech: Speech) -> None:
        self._cache.remember(key, speech)
        if not engine.embedded:
            await asyncio.to_thread(self._cache.store, key, speech)

    async def _probe(self, engine: Engine, voice: Voice, key: str, saying: Saying) -> None:
        with self._clock.hold():
            try:
                await self._ask(engine, voice, key, saying)
            except asyncio.CancelledError:
                engine.breaker = engine.breaker.abandoned()
                raise

    def _failed(self, engine: Engine, reason: str) -> None:
        engine.failed += 1
        engine.breaker = engine.breaker.failure(self._clock.now(), reason)

    def _patience(self, voice: Voice) -> float:
        return max(self._deadline, voice.deadline + _GRACE) if isinstance(voice, Patient) else self._deadline

    def _all(self) -> list[Engine]:
        return list({id(engine): engine for chain in self._engines.values() for engine in chain}.values())
