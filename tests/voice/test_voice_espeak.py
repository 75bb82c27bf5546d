"""The real espeak-ng process: what it says, that it says it the same each time, that its death is survived."""

from __future__ import annotations

import asyncio
import gc
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from voicekit import SENTENCES, check_shape, context

from host.core.clock import MonotonicClock, VirtualClock, run_virtual
from host.core.errors import LivehostError
from host.core.ports import VoiceError
from host.core.product import Lang
from host.voice.engines.espeak import open_voice
from host.voice.processes.espeak_process import EspeakProcess, Library
from host.voice.processes.espeak_worker import MAX_VOICES
from host.voice.sound.meter import ebur128, measure


async def test_every_sentence_is_a_whole_speech(tmp_path: Path) -> None:
    voice = open_voice({}, context(tmp_path))
    for spoken, lang in SENTENCES:
        speech = await voice.speak(spoken, lang)
        check_shape(speech, spoken, lang)
        loudness, peak = ebur128(speech.pcm)
        assert loudness == pytest.approx(-16, abs=1.0), spoken
        assert peak <= -1.0, spoken
    await voice.close()


async def test_mandarin_has_a_word_for_every_character(tmp_path: Path) -> None:
    voice = open_voice({}, context(tmp_path))
    spoken = "熊猫去哪儿，穷人用 USB C 快充。"
    speech = await voice.speak(spoken, "zh")
    said = [spoken[word.first : word.last] for word in speech.words]
    assert said == ["熊", "猫", "去", "哪", "儿", "穷", "人", "用", "USB", "C", "快", "充"]
    assert all(0.08 < word.end - word.start < 0.5 for word in speech.words)
    assert speech.words[0].start == pytest.approx(speech.phones[0].start, abs=0.03)
    assert len(speech.breaks) == 1
    await voice.close()


@pytest.mark.parametrize(
    ("spoken", "phones"),
    [("银行", ["x", "ɑ", "ŋ"]), ("熊", ["ɕ", "j", "ʊŋ"]), ("穷", ["tɕʰ", "j", "ʊŋ"]), ("长大", ["ʈʂ", "ɑ", "ŋ"])],
)
async def test_readings_that_espeak_alone_gets_wrong(tmp_path: Path, spoken: str, phones: list[str]) -> None:
    voice = open_voice({}, context(tmp_path))
    speech = await voice.speak(spoken, "zh")
    labels = " ".join(phone.label for phone in speech.phones if phone.label)
    assert " ".join(phones) in labels
    await voice.close()


@pytest.mark.parametrize(("spoken", "lang"), [SENTENCES[0], SENTENCES[8]])
async def test_the_same_text_gives_the_same_bytes(tmp_path: Path, spoken: str, lang: Lang) -> None:
    voice, other = open_voice({}, context(tmp_path)), open_voice({}, context(tmp_path))
    first = await voice.speak(spoken, lang)
    await voice.speak("别的话。", "zh")
    again = await voice.speak(spoken, lang)
    elsewhere = await other.speak(spoken, lang)
    for speech in (again, elsewhere):
        assert np.array_equal(first.pcm, speech.pcm)
        assert (first.phones, first.words, first.breaks) == (speech.phones, speech.words, speech.breaks)
    await asyncio.gather(voice.close(), other.close())


async def test_each_voice_has_a_process_and_the_oldest_makes_room(tmp_path: Path) -> None:
    voice = open_voice({}, context(tmp_path))

    def children() -> int:
        tasks = Path(f"/proc/{voice.process.pid}/task")
        return sum(len((task / "children").read_text().split()) for task in tasks.iterdir())

    request = voice.settings.request("hello there", "en")
    first = await voice.process.say(request)
    for variant in ("Nguyen", "Alex", "Andy", "Annie", "Gene", "Denis"):
        reply = await voice.process.say(request | {"voice": f"en-us+{variant}"})
        assert len(reply.pcm) > 1000
        assert children() <= MAX_VOICES
    assert children() == MAX_VOICES
    assert np.array_equal((await voice.process.say(request)).pcm, first.pcm)
    assert voice.process.starts == 1
    await voice.close()


async def test_a_killed_process_is_started_again(tmp_path: Path) -> None:
    voice = open_voice({}, context(tmp_path))
    before = await voice.speak("大家好。", "zh")
    pid = voice.process.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    after = await voice.speak("大家好。", "zh")
    assert np.array_equal(before.pcm, after.pcm)
    assert voice.process.starts == 2
    await voice.close()
    assert voice.process.pid is None


async def test_a_process_killed_while_it_speaks_is_tried_once_more(tmp_path: Path) -> None:
    voice = open_voice({}, context(tmp_path))
    await voice.speak("好。", "zh")
    pid = voice.process.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    speaking = asyncio.create_task(voice.speak("大家好。", "zh"))
    await asyncio.sleep(0)
    os.kill(pid, signal.SIGKILL)
    assert (await speaking).words
    assert voice.process.starts == 2
    await voice.close()


async def test_a_process_that_hangs_is_replaced() -> None:
    process = EspeakProcess(Library.find(), MonotonicClock(), deadline=1.0)
    request = {"text": "da4jia1 hao3", "voice": "cmn", "rate": 200, "pitch": 50, "range": 50, "gap": 0}
    await process.say(request)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)
    reply = await process.say(request)
    assert len(reply.pcm)
    assert process.starts == 2
    await process.close()


async def test_a_cancelled_request_leaves_the_next_one_whole(tmp_path: Path) -> None:
    voice = open_voice({}, context(tmp_path))
    alone = await voice.speak("大家好。", "zh")
    speaking = asyncio.create_task(voice.speak("今天给大家带来一款保温杯，三一六不锈钢内胆。", "zh"))
    for _ in range(3):
        await asyncio.sleep(0)
    speaking.cancel()
    await asyncio.gather(speaking, return_exceptions=True)
    assert np.array_equal((await voice.speak("大家好。", "zh")).pcm, alone.pcm)
    await voice.close()


@pytest.mark.parametrize("after", [0.0, 0.003, 0.02])
def test_a_cancelled_request_leaves_no_process_behind(tmp_path: Path, after: float) -> None:
    async def cancelled() -> None:
        voice = open_voice({}, context(tmp_path))
        await voice.record("你好", "zh")
        task = asyncio.create_task(voice.record("大家好，欢迎来到直播间。" * 60, "zh"))
        await asyncio.sleep(after)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await voice.close()

    asyncio.run(cancelled())
    gc.collect()  # what is still open would be told of here, which fails the test


async def test_a_library_that_cannot_be_loaded_is_a_voice_error() -> None:
    process = EspeakProcess(Library("/nowhere/libespeak-ng.so", "/nowhere"), MonotonicClock())
    with pytest.raises(VoiceError, match="died"):
        await process.say({"text": "x", "voice": "cmn", "rate": 200, "pitch": 50, "range": 50, "gap": 0})
    await process.close()


_OWNER = """
import asyncio, os, signal, sys
from pathlib import Path
from host.core.clock import MonotonicClock
from host.core.ports import Context
from host.voice.engines.espeak import open_voice

async def main():
    folder = Path(sys.argv[1])
    voice = open_voice({}, Context(MonotonicClock(), "test", folder, folder, folder))
    await voice.speak("好", "zh")
    print(voice.process.pid, flush=True)
    sys.stdin.readline()
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


def test_the_process_ends_with_a_room_that_is_killed(tmp_path: Path) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", _OWNER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdin is not None
    assert owner.stdout is not None
    worker = os.pidfd_open(int(owner.stdout.readline()))
    owner.stdin.write("\n")
    owner.stdin.close()
    assert owner.wait(30) == -signal.SIGKILL
    ended, _, _ = select.select([worker], [], [], 20)
    os.close(worker)
    owner.stdout.close()
    assert ended


@pytest.mark.parametrize("spoken", ["", "，。！", "   "])
async def test_nothing_to_say_is_a_voice_error(tmp_path: Path, spoken: str) -> None:
    voice = open_voice({}, context(tmp_path))
    with pytest.raises(VoiceError):
        await voice.speak(spoken, "zh")
    assert (await voice.speak("好", "zh")).words
    await voice.close()


def test_options_are_checked(tmp_path: Path) -> None:
    with pytest.raises(LivehostError, match="known options: variant, rate"):
        open_voice({"speed": 3}, context(tmp_path))
    with pytest.raises(LivehostError, match="rate"):
        open_voice({"rate": 9000}, context(tmp_path))


def test_an_unknown_variant_names_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(LivehostError, match="there are: Alex, Alicia"):
        open_voice({"variant": "nobody"}, context(tmp_path))


def test_virtual_time_stands_still_while_it_speaks(tmp_path: Path) -> None:
    clock = VirtualClock()

    async def ticking() -> float:
        voice = open_voice({}, context(tmp_path, clock))
        async with asyncio.TaskGroup() as group:
            ticker = group.create_task(clock.sleep_until(3600))
            await voice.speak("大家好，欢迎来到直播间。", "zh")
            spoken_at = clock.now()
            await ticker
        await voice.close()
        return spoken_at

    assert run_virtual(ticking(), clock) == 0.0


async def test_measuring_for_the_benchmark(tmp_path: Path) -> None:
    voice = open_voice({}, context(tmp_path))
    (found,) = await measure(voice, [SENTENCES[0]])
    await voice.close()
    assert 0 < found.took < found.lasts
    assert found.engine == "espeak"
    assert found.loudness == pytest.approx(-16, abs=1.0)
