"""Voices listened to: each text said, typed back and judged, on every core, and nothing that was heard before again."""

from __future__ import annotations

import asyncio
import os
import resource
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from host.bench.listening.ear import AGAIN, Ear, Remembering, Whisper
from host.bench.listening.judgement import Judgement, judged, misread, spoken_form
from host.bench.listening.numbers import told
from host.bench.listening.rivals import line_up
from host.bench.listening.words import words_alone
from host.core.clock import MonotonicClock
from host.core.media import Pcm, Speech
from host.core.plugins import VOICES, load
from host.core.ports import Context, Voice, VoiceError
from host.core.product import Lang
from host.voice.cache import SpeechCache, cache_key


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice engine, with one of its voices or its own."""

    engine: str
    voice: str = ""

    @property
    def options(self) -> dict[str, Any]:
        """As a room file writes them."""
        return {"variant" if self.engine == "espeak" else "voice": self.voice} if self.voice else {}

    def __str__(self) -> str:
        return f"{self.engine}:{self.voice}" if self.voice else self.engine


SPEAKERS: Mapping[Lang, tuple[Speaker, ...]] = {
    "zh": (Speaker("espeak"), Speaker("kokoro", "zf_xiaoxiao"), Speaker("kokoro", "zm_yunxi")),
    "en": (Speaker("espeak"), Speaker("hibari"), Speaker("kokoro", "am_michael")),
}
"""The voices that come with livehost."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One text said by one voice. Where its numbers were not heard at first, it was listened to
    again."""

    text: str
    first: Judgement
    again: tuple[Judgement, ...] = ()
    sounded: bool = False
    """Whether the words that were to be said are nearer to the sound than those of any hearing."""
    numbers: int = 0

    @property
    def disputed(self) -> bool:
        """Whether a number was not heard at first, and is not wrong for all that."""
        return not self.first.right and not self.wrong

    @property
    def wrong(self) -> int:
        """How many numbers no hearing has right; the fewest of any."""
        if self.sounded:
            return 0
        return min(len(judgement.numbers) for judgement in (self.first, *self.again))

    def told(self) -> str:
        """The text and everything that was typed for it."""
        heard = " | ".join(judgement.typed for judgement in (self.first, *self.again))
        return f"{self.text} -> {heard}"


def listened(
    speaker: Speaker, texts: Sequence[str], lang: Lang, cache: Path, progress: Callable[[float], None] = lambda _: None
) -> list[Outcome]:
    """What became of each text. Raises `LivehostError` where the recogniser or the voice is not there."""
    return asyncio.run(_listened(speaker, texts, lang, cache, progress))


def figures(outcomes: Sequence[Outcome], lang: Lang) -> dict[str, Any]:
    """The rates of one voice, and every number that is wrong or was disputed."""
    firsts = [outcome.first for outcome in outcomes]
    rates = {f"{'syllable' if lang == 'zh' else 'word'}_error_rate": error_rate(outcomes)}
    if lang == "zh":
        wrong = sum(judgement.wrong_characters for judgement in firsts)
        rates["character_error_rate"] = wrong / max(1, sum(judgement.characters for judgement in firsts))
    return {
        "sentences": len(outcomes),
        **{name: f"{rate:.1%}" for name, rate in rates.items()},
        "numbers": sum(outcome.numbers for outcome in outcomes),
        "numbers_wrong": sum(outcome.wrong for outcome in outcomes),
        "numbers_disputed": sum(outcome.disputed for outcome in outcomes),
        "wrong": [outcome.told() for outcome in outcomes if outcome.wrong],
        "disputed": [outcome.told() for outcome in outcomes if outcome.disputed],
    }


def error_rate(outcomes: Sequence[Outcome]) -> float:
    """Syllables without tone, or words, that were not heard at first, of those said."""
    return sum(outcome.first.errors for outcome in outcomes) / max(1, sum(outcome.first.units for outcome in outcomes))


def processor_seconds() -> float:
    """Of this process and of those it has ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


async def _listened(
    speaker: Speaker, texts: Sequence[str], lang: Lang, cache: Path, progress: Callable[[float], None]
) -> list[Outcome]:
    context = Context(MonotonicClock(), "bench", Path(), cache, cache)
    voice = load(VOICES, speaker.engine)(speaker.options, context)
    loop = asyncio.get_running_loop()
    done = 0

    async def judge(text: str, pcm: Pcm) -> Outcome:
        nonlocal done
        async with ears:
            outcome = await loop.run_in_executor(pool, _judge, text, pcm, lang)
        done += 1
        progress(done / len(texts))
        return outcome

    try:
        with _ears(cache) as (pool, jobs):
            ears = asyncio.Semaphore(2 * jobs)
            tasks = []
            for text in texts:
                speech = await _said(speaker, voice, text, lang, cache)
                tasks.append(asyncio.create_task(judge(text, speech.pcm)))
            return await asyncio.gather(*tasks)
    finally:
        await voice.close()


async def _said(speaker: Speaker, voice: Voice, text: str, lang: Lang, cache: Path) -> Speech:
    """As a room would have it said, from the room's cache if need be. Raises `VoiceError` where it is not."""
    spoken = spoken_form(text, lang)
    kept = SpeechCache(cache / "speech")
    key = cache_key(speaker.engine, speaker.options, lang, spoken)
    if known := kept.load(key):
        return known
    try:
        speech = await voice.speak(spoken, lang)
    except VoiceError as error:
        raise VoiceError(f"{speaker} does not say {text!r}: {error}") from error
    kept.store(key, speech)
    return speech


@contextmanager
def _ears(cache: Path) -> Iterator[tuple[ProcessPoolExecutor, int]]:
    """One recogniser in a process of its own for every core: each has one thread."""
    jobs = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with ProcessPoolExecutor(jobs, get_context("spawn"), _open, (cache,)) as pool:
        yield pool, jobs


_EAR: list[Remembering] = []
"""This process's; opened by `_open`."""


def _open(cache: Path) -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    _EAR[:] = [Remembering(cache / "listening" / "heard", lambda: Whisper(cache))]


def _judge(text: str, pcm: Pcm, lang: Lang) -> Outcome:
    (ear,) = _EAR
    return heard(ear, text, pcm, lang)


def heard(ear: Ear, text: str, pcm: Pcm, lang: Lang) -> Outcome:
    """Listen once; where a number is not as written once more in every other manner, and then to the numbers alone."""
    first = judged(text, ear.hear(pcm, lang), lang)
    if first.right:
        return Outcome(text, first, numbers=len(told(text, lang)))
    again = tuple(judged(text, ear.hear(pcm, lang, manner), lang) for manner in AGAIN)
    sounded = not any(judgement.right for judgement in again) and _sounds(ear, text, pcm, lang, (first, *again))
    return Outcome(text, first, again, sounded, len(told(text, lang)))


def _sounds(ear: Ear, text: str, pcm: Pcm, lang: Lang, heard: Sequence[Judgement]) -> bool:
    """Whether the words given to the voice are nearer to the sound than with any other number in its place, all of them
    spelled out: what is left then is how figures are written, $1,000.5 for ``one thousand five dollars``.

    A number that is another before it is said stays wrong.
    """
    if misread(text, lang):
        return False
    forms = dict.fromkeys(words_alone(form) for form in (spoken_form(text, lang), *line_up(text, heard, lang)))
    weight, *weights = ear.weigh(pcm, lang, tuple(forms))
    return all(weight > other for other in weights)
