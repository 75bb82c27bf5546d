"""The fallback voice: order, deadlines, breakers, probes, cache, and the rule that the embedded voice always speaks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from voicekit import context

from host.config import Backend
from host.core.breaker import FAILURES_TO_OPEN, Breaker
from host.core.clock import VirtualClock, run_virtual
from host.core.errors import LivehostError
from host.core.media import Phone, Speech, Word
from host.core.ports import VoiceError
from host.core.product import Lang
from host.core.utterance import Saying
from host.voice.cache import SpeechCache, cache_key, decode, encode
from host.voice.chain import VoiceChain
from host.voice.engine import Engine
from host.voice.opening import open_voices


class FakeVoice:
    """Says a fixed sound, fails, or never answers, as told."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.mood = "good"
        self.asked: list[str] = []
        self.closed = 0

    async def speak(self, spoken: str, lang: Lang) -> Speech:
        self.asked.append(spoken)
        if self.mood == "down":
            raise VoiceError("down")
        if self.mood == "broken":
            raise ZeroDivisionError
        if self.mood == "hung":
            await asyncio.Event().wait()
        return speech_of(spoken, lang, self.name, samples=0 if self.mood == "empty" else 4800)

    async def close(self) -> None:
        self.closed += 1


def speech_of(spoken: str, lang: Lang, engine: str, samples: int = 4800) -> Speech:
    pcm = np.arange(samples, dtype=np.int16)
    return Speech(pcm, (Phone(0.0, 0.1, "a"),), (Word(0.0, 0.1, 0, len(spoken)),), spoken, lang, engine, (100,))


class Bench:
    """A chain of two networked voices and the embedded one, in virtual time."""

    def __init__(self, folder: Path) -> None:
        self.clock = VirtualClock()
        self.first, self.second, self.last = (FakeVoice(name) for name in ("one", "two", "espeak"))
        self.engines = [Engine(voice.name, {}, voice) for voice in (self.first, self.second, self.last)]
        self.cache = SpeechCache(folder / "speech")
        self.chain = VoiceChain(
            {"zh": self.engines, "en": self.engines}, context(folder, self.clock), self.cache, deadline=0.05
        )

    async def say(self, spoken: str) -> str:
        return (await self.chain.speak(spoken, "zh")).engine

    async def settle(self) -> None:
        while self.chain._probes:
            await asyncio.gather(*self.chain._probes)


def on_bench(test: Callable[[Bench], object]) -> Callable[[Path], None]:
    def run(tmp_path: Path) -> None:
        bench = Bench(tmp_path)
        run_virtual(test(bench), bench.clock)  # type: ignore[arg-type]

    run.__name__ = test.__name__
    return run


@on_bench
async def test_the_preferred_engine_speaks(bench: Bench) -> None:
    assert await bench.say("好") == "one"
    assert bench.last.asked == []
    assert bench.chain.status()["speaking"] == {"zh": "one"}
    assert bench.chain.degraded() == []


@pytest.mark.parametrize("mood", ["down", "broken", "hung", "empty"])
def test_whatever_goes_wrong_the_next_one_speaks(tmp_path: Path, mood: str) -> None:
    bench = Bench(tmp_path)
    bench.first.mood = bench.second.mood = mood

    async def speak() -> None:
        assert await bench.say("好") == "espeak"
        assert await bench.say("再来") == "espeak"
        assert await bench.say("三") == "espeak"
        assert len(bench.first.asked) == FAILURES_TO_OPEN
        assert len(bench.chain.degraded()) == 2

    run_virtual(speak(), bench.clock)


@on_bench
async def test_when_all_fail_it_says_why(bench: Bench) -> None:
    bench.first.mood = bench.second.mood = bench.last.mood = "down"
    with pytest.raises(VoiceError, match="one: down; two: down; espeak: down"):
        await bench.say("好")
    bench.last.mood = "good"
    for number in range(5):
        assert await bench.say(f"第{number}") == "espeak"


@on_bench
async def test_a_probe_does_not_keep_viewers_waiting(bench: Bench) -> None:
    bench.first.mood = "down"
    for spoken in "一二":
        await bench.say(spoken)
    assert await bench.say("三") == "two"
    assert len(bench.first.asked) == 2
    await bench.clock.sleep_until(Breaker().first_rest + 1)
    bench.first.mood = "good"
    assert await bench.say("四") == "two"
    await bench.settle()
    assert bench.first.asked[-1] == "四"
    assert await bench.say("五") == "one"
    assert await bench.say("四") == "one"  # what the probe said was kept
    assert bench.first.asked.count("四") == 1


@on_bench
async def test_a_failed_probe_rests_twice_as_long(bench: Bench) -> None:
    bench.first.mood = "down"
    for spoken in "一二":
        await bench.say(spoken)
    await bench.clock.sleep_until(Breaker().first_rest)
    await bench.say("三")
    await bench.settle()
    asked = len(bench.first.asked)
    await bench.clock.sleep_until(bench.clock.now() + Breaker().first_rest * 1.5)
    await bench.say("四")
    await bench.settle()
    assert len(bench.first.asked) == asked
    await bench.clock.sleep_until(bench.clock.now() + Breaker().first_rest)
    await bench.say("五")
    await bench.settle()
    assert len(bench.first.asked) == asked + 1


@on_bench
async def test_closing_ends_probes_and_every_voice_once(bench: Bench) -> None:
    bench.first.mood = "down"
    for spoken in "一二":
        await bench.say(spoken)
    await bench.clock.sleep_until(Breaker().first_rest)
    bench.first.mood = "hung"
    await bench.say("三")
    await asyncio.sleep(0)
    await bench.chain.close()
    assert not bench.chain._probes
    assert [voice.closed for voice in (bench.first, bench.second, bench.last)] == [1, 1, 1]


@on_bench
async def test_an_outage_is_bridged_by_what_was_said_before(bench: Bench) -> None:
    assert await bench.say("好") == "one"
    bench.first.mood = "down"
    for spoken in "一二三":
        await bench.say(spoken)
    assert await bench.say("好") == "one"
    assert bench.chain.status()["cache"]["hits"] == 1


def test_the_cache_outlives_the_process(tmp_path: Path) -> None:
    for expected in (["好"], []):
        bench = Bench(tmp_path)
        assert run_virtual(bench.say("好"), bench.clock) == "one"
        assert bench.first.asked == expected


# Cache


@settings(deadline=None)
@given(
    spoken=st.text(max_size=20),
    samples=st.integers(1, 500),
    breaks=st.lists(st.integers(0, 500), max_size=3),
    label=st.text(max_size=4),
)
def test_a_speech_survives_the_disk(spoken: str, samples: int, breaks: list[int], label: str) -> None:
    pcm = np.arange(samples, dtype=np.int16) - 200
    before = Speech(pcm, (Phone(0.25, 0.5, label),), (Word(0.1, 0.2, 0, 1),), spoken, "zh", "one", tuple(breaks))
    after = decode(encode(before))
    assert np.array_equal(before.pcm, after.pcm)
    assert before.pcm.dtype == after.pcm.dtype
    names = ("phones", "words", "spoken", "lang", "engine", "breaks")
    assert [getattr(before, name) for name in names] == [getattr(after, name) for name in names]


@settings(deadline=None)
@given(at=st.integers(0, 400), value=st.integers(0, 255), length=st.integers(0, 400))
def test_damage_is_a_miss(tmp_path_factory: pytest.TempPathFactory, at: int, value: int, length: int) -> None:
    cache = SpeechCache(tmp_path_factory.mktemp("cache"))
    key = cache_key("one", {}, "zh", "好")
    cache.store(key, speech_of("好", "zh", "one", samples=64))
    path = next(cache._folder.rglob("*.speech"))
    data = bytearray(path.read_bytes())
    at %= len(data)
    same = data[at] == value
    data[at] = value
    path.write_bytes(bytes(data[:length]))
    found = cache.load(key)
    if found is not None:
        assert same
        assert length >= len(data)
    else:
        assert not path.exists()


def test_the_disk_is_bounded_and_the_oldest_goes_first(tmp_path: Path) -> None:
    one = len(encode(speech_of("0", "zh", "one")))
    cache = SpeechCache(tmp_path / "speech", disk_bytes=one * 10)
    for number in range(40):
        cache.store(cache_key("one", {}, "zh", str(number)), speech_of(str(number % 10), "zh", "one"))
    sizes = [file.stat().st_size for file in (tmp_path / "speech").rglob("*.speech")]
    assert sum(sizes) <= one * 10
    assert cache.load(cache_key("one", {}, "zh", "39")) is not None
    assert cache.load(cache_key("one", {}, "zh", "0")) is None
    assert not list((tmp_path / "speech").rglob("*.part"))


def test_memory_is_bounded(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path, memory_bytes=4800 * 2 * 3)
    for number in range(10):
        cache.remember(str(number), speech_of("好", "zh", "one"))
        cache.remember(str(number), speech_of("好", "zh", "one"))
    assert cache.stats()["entries"] == 3
    assert cache.recall("9") is not None
    assert cache.recall("0") is None


def test_a_disk_that_cannot_be_written_costs_only_the_entry(tmp_path: Path) -> None:
    (tmp_path / "speech").write_text("not a folder")
    bench = Bench(tmp_path)
    assert run_virtual(bench.say("好"), bench.clock) == "one"
    assert run_virtual(bench.say("好"), bench.clock) == "one"
    assert len(bench.first.asked) == 1


def test_keys_tell_everything_apart() -> None:
    keys = {
        cache_key(engine, options, lang, spoken)
        for engine in ("one", "two")
        for options in ({}, {"rate": 1})
        for lang in ("zh", "en")
        for spoken in ("a", "b")
    }
    assert len(keys) == 16


# Opening


def test_unknown_engines_are_named_with_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(LivehostError, match=r"unknown voice 'polly'(?s:.*)there are: .*edge, espeak, .*openai"):
        open_voices({"zh": [Backend(name="polly")]}, context(tmp_path))


def test_options_that_make_no_sense_stop_the_room(tmp_path: Path) -> None:
    with pytest.raises(LivehostError, match="'sped' is not an option"):
        open_voices({"zh": [Backend(name="espeak", options={"sped": 3})]}, context(tmp_path))


def test_an_endpoint_that_is_down_at_start_only_degrades(tmp_path: Path) -> None:
    clock = VirtualClock()
    specs = [Backend(name="openai"), Backend(name="edge", options={"endpoint": "ws://127.0.0.1:9/x"})]

    async def speak() -> None:
        chain = open_voices({"zh": specs}, context(tmp_path, clock))
        assert chain.degraded() == ["voice openai: OPENAI_API_KEY is not set"]
        for spoken in ("大家好。", "欢迎。"):
            assert (await chain.speak(spoken, "zh")).engine == "espeak"
        assert len(chain.degraded()) == 2
        assert (await chain.speak("Hello.", "en")).engine == "espeak"
        assert clock.now() == 0.0
        status = chain.status()
        assert [engine["state"] for engine in status["engines"]["zh"]] == ["unavailable", "resting", "ready"]
        await chain.close()

    run_virtual(speak(), clock)


def test_the_same_engine_is_opened_once_for_both_languages(tmp_path: Path) -> None:
    chain = open_voices({}, context(tmp_path))
    assert chain._engines["zh"][0] is chain._engines["en"][0]


@on_bench
async def test_what_is_expected_is_said_ahead_of_time_and_once(bench: Bench) -> None:
    bench.chain.expect([Saying("好", "zh"), Saying("二", "zh")])  # of who is asked over the network, the next alone
    await bench.chain.prepared()
    assert bench.first.asked == ["好"]
    assert await bench.say("好") == "one"
    bench.chain.expect([Saying("好", "zh")])
    await bench.chain.prepared()
    assert bench.first.asked == ["好"]
    assert bench.cache.load(cache_key("one", {}, "zh", "好")) is not None


@on_bench
async def test_whoever_comes_for_what_is_under_way_waits_for_it(bench: Bench) -> None:
    bench.chain.expect([Saying("好", "zh")])
    await asyncio.sleep(0)
    assert await bench.say("好") == "one"
    assert bench.first.asked == ["好"]


@pytest.mark.parametrize("mood", ["down", "broken", "hung", "empty"])
def test_what_fails_ahead_of_time_is_asked_for_again(tmp_path: Path, mood: str) -> None:
    bench = Bench(tmp_path)

    async def speak() -> None:
        bench.first.mood = mood
        bench.chain.expect([Saying("好", "zh")])
        await bench.chain.prepared()
        assert bench.engines[0].failed == 0
        assert bench.chain.degraded() == []
        bench.first.mood = "good"
        assert await bench.say("好") == "one"

    run_virtual(speak(), bench.clock)


@on_bench
async def test_a_resting_engine_is_not_asked_ahead_of_time(bench: Bench) -> None:
    bench.first.mood = "down"
    for spoken in "一二":
        await bench.say(spoken)
    asked = len(bench.first.asked)
    bench.chain.expect([Saying("三", "zh")])
    await bench.chain.prepared()
    assert len(bench.first.asked) == asked


@on_bench
async def test_closing_ends_what_is_said_ahead_of_time(bench: Bench) -> None:
    bench.first.mood = "hung"
    bench.chain.expect([Saying("好", "zh")])
    await asyncio.sleep(0)
    await bench.chain.close()
    assert bench.chain.expected == 0
    assert bench.first.closed == 1


class Worker(FakeVoice):
    """A voice that works on this machine."""

    effort = 0.7
    deadline = 5.0

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.begun: list[str] = []
        self.given_up: list[str] = []
        self.takes = asyncio.Event()
        self.takes.set()

    async def speak(self, spoken: str, lang: Lang) -> Speech:
        self.begun.append(spoken)
        try:
            await self.takes.wait()
        except asyncio.CancelledError:
            self.given_up.append(spoken)
            raise
        return await super().speak(spoken, lang)


def at_work(test: Callable[[Bench, Worker], object]) -> Callable[[Path], None]:
    def run(tmp_path: Path) -> None:
        bench = Bench(tmp_path)
        worker = Worker("one")
        bench.first = worker
        bench.engines[0].voice = worker
        run_virtual(test(bench, worker), bench.clock)  # type: ignore[arg-type]

    run.__name__ = test.__name__
    return run


@at_work
async def test_a_voice_on_this_machine_says_all_that_is_expected_in_its_order(bench: Bench, worker: Worker) -> None:
    bench.chain.expect([Saying(each, "zh") for each in "一二三"])
    assert bench.chain.expected == 3
    await bench.chain.prepared()
    assert worker.asked == ["一", "二", "三"]
    assert [await bench.chain.ready(each, "zh") for each in "一四"] == [True, False]


@at_work
async def test_what_is_asked_for_goes_before_what_is_expected(bench: Bench, worker: Worker) -> None:
    worker.takes.clear()
    bench.chain.expect([Saying(each, "zh") for each in "一二"])
    while not worker.begun:  # noqa: ASYNC110 - what is awaited is a thread
        await asyncio.sleep(0)
    asking = asyncio.create_task(bench.say("急"))
    while len(worker.begun) < 2:  # noqa: ASYNC110
        await asyncio.sleep(0)
    assert worker.given_up == ["一"]
    worker.takes.set()
    assert await asking == "one"
    await bench.chain.prepared()
    assert worker.asked == ["急", "一", "二"]


@at_work
async def test_a_voice_on_this_machine_is_waited_for_with_patience(bench: Bench, worker: Worker) -> None:
    asyncio.get_running_loop().call_later(0.2, worker.takes.set)  # four times what others are given
    worker.takes.clear()
    assert await bench.say("慢") == "one"


class MoodyVoice(FakeVoice):
    """Speaks in one mood otherwise than in the others."""

    moods = ("calm",)

    async def speak(self, spoken: str, lang: Lang, mood: str = "") -> Speech:
        return await super().speak(f"{spoken}{mood}", lang)


@pytest.mark.parametrize(
    ("voice", "asked"),
    [(MoodyVoice("one"), ["好calm", "好"]), (FakeVoice("one"), ["好"])],
    ids=["heeds one", "heeds none"],
)
def test_a_mood_is_kept_apart_where_it_is_heeded(tmp_path: Path, voice: FakeVoice, asked: list[str]) -> None:
    """Any other is asked for, and kept, as ever."""
    clock = VirtualClock()
    engines = [Engine("one", {}, voice), Engine("espeak", {}, FakeVoice("espeak"))]
    chain = VoiceChain({"zh": engines}, context(tmp_path, clock), SpeechCache(tmp_path))

    async def speak() -> None:
        for mood in ("calm", "", "excited", "calm"):
            assert (await chain.speak("好", "zh", mood)).engine == "one"
            assert await chain.ready("好", "zh", mood)

    run_virtual(speak(), clock)
    assert voice.asked == asked
