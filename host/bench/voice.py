"""What the natural voices cost: by themselves, and beside a room on air with somebody watching."""

from __future__ import annotations

import asyncio
import itertools
import threading
from pathlib import Path
from statistics import median
from typing import Any, cast

from host.bench.live import QUESTIONS, quantile
from host.bench.process import LiveRoom, live_room, memory_of
from host.bench.viewer import chromium, open_page, watch
from host.core.clock import Clock, MonotonicClock
from host.core.plugins import VOICES, load
from host.core.ports import Context, Voice, VoiceError
from host.core.product import Lang
from host.core.utterance import Kind, Utterance
from host.journal import read
from host.programme.clauses import parts_of
from host.settings import Settings
from host.voice.cache import SpeechCache
from host.voice.chain import VoiceChain
from host.voice.engine import Engine
from host.voice.engines.neural import NeuralVoice

SPEAKERS: tuple[tuple[str, dict[str, str], Lang], ...] = (
    ("kokoro", {"voice": "zm_yunxi"}, "zh"),
    ("kokoro", {"voice": "zf_xiaoxiao"}, "zh"),
    ("kokoro", {"voice": "am_michael"}, "en"),
    ("hibari", {}, "en"),
)
_SAID: dict[Lang, tuple[str, ...]] = {
    "zh": (
        "回复小鹿，随行保温杯平时七十九元，现在直播间专享价六十九元，下单再送一支杯刷。",
        "这款杯子只有两百二十克，放在包里几乎没感觉。",
        "拧紧以后倒过来也不漏，放书包里很放心。",
        "付款后四十八小时内发货，全国包邮。",
    ),
    "en": (
        "Mia, the bottle keeps coffee hot for twelve hours, and it does not leak.",
        "It weighs only half a pound, so you hardly feel it in your bag.",
        "Orders ship within two days, and returns are free for thirty days.",
        "Tap link number one to see the price of the day.",
    ),
}
_TICKS = 100
"""Of processor time in a second, as Linux counts it (``USER_HZ``)."""
_WAIT = threading.Event()


def alone(cache: Path) -> dict[str, Any]:
    """Each voice by itself, on one thread: work for a second of speech, first sound of a reply, memory."""
    return {
        " ".join((name, *options.values(), lang)): asyncio.run(_measured(name, options, lang, cache))
        for name, options, lang in SPEAKERS
    }


async def _measured(name: str, options: dict[str, str], lang: Lang, cache: Path) -> dict[str, Any]:
    clock = MonotonicClock()
    context = Context(clock, "bench", Path(), cache, cache, shared=Settings().shared)
    try:
        voice: NeuralVoice = load(VOICES, name)(options, context)
    except VoiceError as error:
        return {"not measured": str(error)}
    try:
        began = clock.now()
        await voice.speak(_SAID[lang][-1], lang)
        loading = clock.now() - began
        worked, began = _worked(voice), clock.now()
        speeches = [await voice.speak(text, lang) for text in _SAID[lang]]
        took, spoken = clock.now() - began, sum(speech.duration for speech in speeches)
        return {
            "cpu_s_per_s": round((_worked(voice) - worked) / spoken, 3),
            "wall_s_per_s": round(took / spoken, 3),
            "loading_and_first_sentence_s": round(loading, 2),
            **await _first_sounds(voice, context, lang, clock),
            "memory_mb": round(memory_of(voice.process.pid or 0) / 1e6),
        }
    finally:
        await voice.close()


async def _first_sounds(voice: NeuralVoice, context: Context, lang: Lang, clock: Clock) -> dict[str, float]:
    """Seconds to the first part of a reply, to all of it, and to one that is kept."""
    text = _SAID[lang][0]
    parts = parts_of(Utterance("", Kind.ANSWER, text, lang), text)
    times = []
    for said in (parts[0].spoken, text):
        began = clock.now()
        await voice.speak(said, lang)
        times.append(clock.now() - began)
    engine = Engine(voice.name, {}, cast(Voice, voice))
    chain = VoiceChain({"zh": [engine], "en": [engine]}, context, SpeechCache(context.cache / "bench-voice"))
    await chain.speak(text, lang)
    fresh = VoiceChain({"zh": [engine], "en": [engine]}, context, SpeechCache(context.cache / "bench-voice"))
    began = clock.now()
    await fresh.speak(text, lang)
    kept = clock.now() - began
    return {
        "first_sound_s": round(times[0], 2), "whole_reply_s": round(times[1], 2), "kept_ms": round(kept * 1000, 1)
    }  # fmt: skip


def _worked(voice: NeuralVoice) -> float:
    """Seconds of processor time of a voice's worker (Linux)."""
    fields = Path(f"/proc/{voice.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def beside_a_viewer(data: Path, cache: Path, seconds: float, every: float) -> dict[str, Any]:
    """The demo room with Chromium on its page and a viewer's question ``every`` so many seconds, each from another
    viewer, whose name nobody has said before: what the viewer sees, and how soon answers are there."""
    over = threading.Event()
    with live_room(data, cache) as room, chromium() as browser:
        page = open_page(browser, room.base + "/")
        asking = threading.Thread(target=_ask, args=(room, over, every))
        asking.start()
        try:
            figures = watch(page, seconds)
        finally:
            over.set()
            asking.join()
        state = room.get("/api/state")
    timings = [event["timing"] for event in read(data / "demo.journal.db")
               if event["kind"] == "speaking" and "timing" in event]  # fmt: skip
    first = [timing["ready"] - timing["began"] for timing in timings]
    total = [timing["voice_at"] - timing["comment_at"] for timing in timings]
    return {
        **figures,
        **{key: state["counters"][key] for key in ("repeated_pictures", "skipped_ticks")},
        "voice": state["voice"]["name"],
        "answers": len(timings),
        "first_sound_s_median": round(median(first), 2),
        "first_sound_s_p90": round(quantile(first, 0.9), 2),
        "comment_to_voice_s_median": round(median(total), 2),
        "comment_to_voice_s_p90": round(quantile(total, 0.9), 2),
    }


def _ask(room: LiveRoom, over: threading.Event, every: float) -> None:
    for number in itertools.count():
        if over.wait(every):
            return
        text = QUESTIONS[number % len(QUESTIONS)]
        room.post("/api/comments", {"user": f"小鹿{_NAMES[number % len(_NAMES)]}", "text": text, "id": f"v-{number}"})


_NAMES = "安宝晨丹恩芳光浩佳凯兰梅宁鹏琪荣思婷薇欣雅泽"
