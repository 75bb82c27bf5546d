"""What a show sounds like, in figures: pitch, pauses, loudness, joints; by engine and language, of the demo scripts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, get_args

import numpy as np

from host.core import plugins
from host.core.bundled import bundled
from host.core.clock import MonotonicClock
from host.core.errors import LivehostError
from host.core.media import Pcm, Speech, seconds
from host.core.ports import Context, Voice, VoiceError
from host.core.product import Lang
from host.core.utterance import Kind, Place, Utterance
from host.lang.normalise import normalise
from host.programme.pauses import pause
from host.show.load import load_show
from host.stage.on_air import Item, Started
from host.stage.playout import Playout
from host.voice.sound.meter import click, ebur128
from host.voice.sound.pitch import pitch, spread

ENGINES = ("espeak", "kokoro", "hibari")
_AUDIBLE = 100
"""Of 32768: over room tone, under any voice."""

_FRAME, _NEAR = 240, 30
"""Samples in a frame of 5 ms, and how many frames from a clause's end its pause is looked for."""
_QUIET = 10 ** (-30 / 20)
"""Of the loud parts of a voice: what is below is its pause, breath and reverberation included."""


@dataclass(frozen=True, slots=True)
class Show:
    """Utterances in a row as they go out: the whole sound, and where each begins in it."""

    items: Sequence[Item]
    sound: Pcm
    starts: Sequence[int]


def sound(data: Path, cache: Path, sentences: int) -> dict[str, Any]:
    """The first ``sentences`` of the demo scripts of each language, said by every embedded engine that is there."""
    context = Context(MonotonicClock(), "bench", Path(), cache, data)
    figures: dict[str, Any] = {"sentences": sentences}
    for name in ENGINES:
        for lang in get_args(Lang):
            try:
                show = on_air(asyncio.run(_spoken(name, lang, context, sentences)))
            except (LivehostError, VoiceError) as error:
                figures[f"{name} {lang}"] = f"skipped: {str(error).splitlines()[0]}"
            else:
                figures[f"{name} {lang}"] = ", ".join(figures_of(show))
    return figures


def on_air(items: Sequence[Item]) -> Show:
    """Items as a room puts them out, each after its pause."""
    playout, waiting = Playout(), list(items)
    parts, starts = [], []
    while waiting or playout.queued or playout.current:
        while waiting and len(playout.queued) < 2:
            item, before = waiting.pop(0), playout.before
            playout.enqueue(replace(item, pause=pause(before, item)) if before else item)
        out = playout.pull()
        parts.append(out.pcm)
        starts += [event.position for event in out.events if isinstance(event, Started)]
    parts += [playout.pull().pcm for _ in range(5)]
    return Show(items, np.concatenate(parts), starts)


def figures_of(show: Show) -> Iterator[str]:
    """What a show sounds like, one figure after the other."""
    voice = spread(pitch(np.concatenate([item.speech.pcm for item in show.items])))
    yield f"pitch {voice.median:.0f} Hz ± {voice.deviation:.1f} semitones ({voice.reach:.1f} from 5 % to 95 %)"
    yield f"between sentences {_range(list(sentence_pauses(show)))}"
    yield f"between clauses {_range([gap for item in show.items for gap in clause_pauses(item.speech)])}"
    loudness, peak = ebur128(show.sound)
    yield f"{loudness:.1f} LUFS"
    yield f"{peak:.1f} dBTP"
    ends = [start + len(item.speech.pcm) for start, item in zip(show.starts, show.items, strict=True)]
    yield f"worst joint {max(click(show.sound, at) for at in (*show.starts, *ends)):+.1f} dB"


def sentence_pauses(show: Show) -> Iterator[float]:
    """Seconds from the last of each voice to the first of the next."""
    voices = []
    for start, item in zip(show.starts, show.items, strict=True):
        heard = np.flatnonzero(np.abs(item.speech.pcm.astype(np.int32)) > _AUDIBLE)
        voices.append((start + int(heard[0]), start + int(heard[-1])) if len(heard) else (start, start))
    yield from (seconds(after[0] - before[1]) for before, after in pairwise(voices))


def clause_pauses(speech: Speech) -> Iterator[float]:
    """Seconds of the longest quiet next to each place where clauses meet; 0 where the voice goes on."""
    frames = speech.pcm[: len(speech.pcm) // _FRAME * _FRAME].reshape(-1, _FRAME).astype(np.float64)
    level = np.sqrt(np.square(frames).mean(axis=1)) + 1e-9
    loud = float(np.percentile(level[level > _AUDIBLE], 90)) if (level > _AUDIBLE).any() else 0.0
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (level < loud * _QUIET).astype(np.int8), [0]))))
    first, last = edges[::2], edges[1::2]
    for place in speech.breaks:
        near = (first <= place // _FRAME + _NEAR) & (last > place // _FRAME - _NEAR)
        yield int((last - first)[near].max(initial=0)) * seconds(_FRAME)


def _range(pauses: Sequence[float]) -> str:
    if not pauses:
        return "none"
    low, middle, high = np.percentile(pauses, (10, 50, 90))
    return f"{middle:.2f} s ({low:.2f} to {high:.2f}, {len(pauses)} of them)"


async def _spoken(name: str, lang: Lang, context: Context, sentences: int) -> list[Item]:
    """Items of the demo scripts of a language. Raises `LivehostError` for an engine that is not there, `VoiceError` for
    one that cannot say it."""
    voice: Voice = plugins.load(plugins.VOICES, name)({}, context)
    try:
        return [
            Item(utterance, await voice.speak(normalise(utterance.text, lang), lang))
            for utterance in islice(_script(lang), sentences)
        ]
    finally:
        await voice.close()


def _script(lang: Lang) -> Iterator[Utterance]:
    """The demo scripts of a language, each line in its own wording."""
    show = load_show(sorted(bundled("scripts", lang).glob("*.md")))
    for product in show.catalogue:
        for segment, number, line in show.scripts[product.id].lines():
            for index, sentence in enumerate(line.wordings[0].sentences):
                place = Place(product.id, segment, number, 0, index)
                name = f"{product.id}/{segment}/{number}/{index}"
                yield Utterance(
                    name, Kind.SCRIPT, sentence.text, lang, product.id, place=place, direction=sentence.direction
                )
