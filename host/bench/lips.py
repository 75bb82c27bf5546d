"""Lip sync by voice: the mouth by a voice's own phones, by phones found again in its sound, and by its sound alone."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np

from host.avatar.bundle import load_bundle
from host.avatar.coarticulation import APERTURE, mouth_track
from host.avatar.lipsync_metrics import LipSync, compare, measure, pooled
from host.avatar.pose import Mouth
from host.avatar.puppet import Repertoire
from host.core import plugins
from host.core.bundled import bundled
from host.core.clock import MonotonicClock
from host.core.errors import LivehostError
from host.core.media import SAMPLE_RATE, Phone, Speech
from host.core.ports import Context, Voice, VoiceError
from host.core.product import Lang
from host.lang.normalise import normalise
from host.show.lint import sentences as said
from host.show.load import load_show
from host.voice.engines import espeak
from host.voice.processes.sphinx_process import SphinxProcess
from host.voice.sound.decoding import decode
from host.voice.sound.finish import finish
from host.voice.sound.takes import Take
from host.voice.timing.arpabet import ipa_of
from host.voice.timing.heard import Heard
from host.voice.timing.phones import gapless
from host.voice.timing.release import released
from host.voice.timing.timeline import phones_in, timed

ENGINES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("espeak", {"variant": "f3", "rate": 170}),  # not the speaker whose phones are looked for
    ("kokoro", {}),
    ("hibari", {}),
)
_FLITE = ("slt", "rms")


async def lips(data: Path, cache: Path, sentences: int, tell: Callable[[str], None]) -> dict[str, LipSync]:
    """Figures for each language, voice and way to its phones; what cannot be measured is told of, and left out."""
    context = Context(MonotonicClock(), "bench", data, cache, data)
    visemes = Repertoire(load_bundle(bundled("avatars", "kai"))).visemes
    figures: dict[str, LipSync] = {}
    async with AsyncExitStack() as stack:
        guide, sphinx = espeak.open_voice({}, context), SphinxProcess(context.clock)
        stack.push_async_callback(guide.close)
        stack.push_async_callback(sphinx.close)
        for lang in get_args(Lang):
            async for name, speeches in _spoken(lang, sentences, context, tell):
                found = [await _found(speech, guide, sphinx) for speech in speeches]
                alone = [replace(s, phones=await phones_in(_samples(s), SAMPLE_RATE, sphinx)) for s in speeches]
                for how, seen in (("own phones", speeches), ("found again", found), ("sound alone", alone)):
                    figures[f"{lang} {name}, {how}"] = _measured(seen, speeches, visemes)
                if name == "espeak":
                    controls = compare(speeches, visemes)
                    figures |= {f"{lang} {name}, {how}": controls[how] for how in controls if how != "phones"}
    return figures


def line(result: LipSync) -> str:
    """A measurement in words."""
    return (
        f"closures {result.closures_hit}/{result.closures} ({result.closure_hit:.3f}), "
        f"false closures {result.false_closure:.1%}, "
        f"open vowels {result.open_vowels_hit}/{result.open_vowels} ({result.open_vowel_hit:.3f}), "
        f"lag {result.lag * 1000:+.0f} ms, largest step {result.largest_step:.2f}"
    )


async def _spoken(
    lang: Lang, sentences: int, context: Context, tell: Callable[[str], None]
) -> AsyncIterator[tuple[str, list[Speech]]]:
    """The demo's sentences by each voice that speaks the language here."""
    show = load_show(sorted(bundled("scripts", lang).glob("*.md")))
    told = [sentence.text for product, sentence, _ in said(show) if product.lang == lang]
    texts = [normalise(text, lang) for text in told[:sentences]]
    for name, options in ENGINES:
        try:
            voice: Voice = plugins.load(plugins.VOICES, name)(options, context)
        except (LivehostError, VoiceError) as error:
            tell(f"{lang} {name}: not measured, {error}")
            continue
        try:
            yield name, [await voice.speak(text, lang) for text in texts]
        except VoiceError as error:
            tell(f"{lang} {name}: not measured, {error}")
        finally:
            await voice.close()
    if lang == "en":
        if shutil.which("flite") is None:
            tell("en flite: not measured, it is not installed (on Debian: apt install flite)")
            return
        for speaker in _FLITE:
            spoken = [asyncio.to_thread(_flite, text, speaker, context.data) for text in texts]
            yield f"flite {speaker}", [await one for one in spoken]


async def _found(speech: Speech, guide: espeak.EspeakVoice, sphinx: SphinxProcess) -> Speech:
    """A speech whose phones are thrown away and found again in its sound."""
    lang: Lang = "zh" if speech.lang == "zh" else "en"
    said = await guide.record(speech.spoken, lang)
    found = await timed(Heard(_samples(speech), SAMPLE_RATE, speech.spoken, lang, (), said), sphinx)
    return replace(speech, phones=found.take.phones)


def _samples(speech: Speech) -> np.typing.NDArray[np.float32]:
    return speech.pcm.astype(np.float32) / np.float32(32768)


def _measured(seen: Sequence[Speech], truth: Sequence[Speech], visemes: Mapping[str, Mouth]) -> LipSync:
    """The mouths of ``seen`` held against the phones of ``truth``."""
    return pooled(measure(mouth_track(one, visemes)[:, APERTURE], real) for one, real in zip(seen, truth, strict=True))


def _flite(text: str, speaker: str, folder: Path) -> Speech:
    """A sentence by flite (Carnegie Mellon), which prints ``PHONE:END`` for each of its phones."""
    path = folder / "flite.wav"
    told = subprocess.run(
        ["flite", "-voice", speaker, "-t", text, "-o", str(path), "-psdur"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    phones, at = [], 0.0
    for each in told.stdout.split():
        name, _, end = each.rpartition(":")
        phones.append(Phone(at, float(end), "" if name == "pau" else _ipa(name)))
        at = float(end)
    samples, rate = decode(path.read_bytes(), "audio/wav")
    whole = gapless(released(phones, samples, rate))
    return finish(Take(samples, rate, whole), text, "en", "flite")


def _ipa(name: str) -> str:
    return "ə" if name == "ax" else ipa_of(name.upper())
