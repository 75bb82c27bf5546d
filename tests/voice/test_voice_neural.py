"""The neural voices: the real networks, and what becomes of a room when one is missing, broken, slow or killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from voicekit import SENTENCES, check_shape, context

from host.core.clock import MonotonicClock
from host.core.errors import LivehostError
from host.core.ports import VoiceError
from host.core.product import Lang
from host.voice.engines import hibari, kokoro
from host.voice.engines.neural import NeuralVoice
from host.voice.models.store import locate
from host.voice.processes.neural_process import NeuralProcess
from host.voice.processes.neural_worker import with_output
from host.voice.reading.phonemes import ALPHABET
from host.voice.sound.plausible import fault

OPENERS = {"kokoro": kokoro.open_voice, "hibari": hibari.open_voice}
CASES = [("hibari", *each) for each in SENTENCES if each[1] == "en"]
CASES += [("kokoro", *SENTENCES[at]) for at in (2, 5, 6, 9)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("neural")


@pytest.fixture
async def opened(folder: Path) -> AsyncIterator[Any]:
    voices: list[NeuralVoice] = []

    def opener(name: str, **options: object) -> NeuralVoice:
        voices.append(OPENERS[name](options, context(folder)))
        return voices[-1]

    yield opener
    for voice in voices:
        await voice.close()


async def test_every_sentence_has_its_shape_and_a_plausible_length(opened: Any) -> None:
    voices = {name: opened(name) for name in OPENERS}
    for name, text, lang in CASES:
        speech = await voices[name].speak(text, lang)
        check_shape(speech, text, lang)
        assert speech.engine == name
        expected = await voices[name].guide.length(text, lang)
        assert fault(speech.pcm, 48_000, expected) is None, (name, text)


@pytest.mark.parametrize(
    ("name", "lang", "otherwise"), [("kokoro", "zh", {"threads": 2}), ("hibari", "en", {})], ids=["kokoro", "hibari"]
)
async def test_the_same_text_gives_the_same_bytes(
    opened: Any, name: str, lang: Lang, otherwise: dict[str, int]
) -> None:
    texts = sorted((text for text, each in SENTENCES if each == lang), key=len)
    one, two = opened(name), opened(name, **otherwise)
    first = await one.speak(texts[0], lang)
    await one.speak(texts[1], lang)
    again, other = await one.speak(texts[0], lang), await two.speak(texts[0], lang)
    assert first.pcm.tobytes() == again.pcm.tobytes() == other.pcm.tobytes()
    assert first.phones == again.phones == other.phones


@pytest.mark.parametrize(
    ("name", "text"), [("kokoro", "喜欢的朋友点一号链接。"), ("hibari", "Tap link one to buy it.")]
)
async def test_a_mood_is_heard_in_the_pace(opened: Any, name: str, text: str) -> None:
    voice, lang = opened(name), cast(Lang, "zh" if name == "kokoro" else "en")
    usual = await voice.speak(text, lang)
    brisk, grave = [await voice.speak(text, lang, mood) for mood in ("excited", "serious")]
    assert brisk.duration < 0.97 * usual.duration < 0.97 * 0.98 * grave.duration
    assert (await voice.speak(text, lang, "warm")).pcm.tobytes() == usual.pcm.tobytes()
    assert [phone.label for phone in grave.phones if phone.label] == [
        phone.label for phone in usual.phones if phone.label
    ]


async def test_a_long_text_is_said_in_pieces_on_one_time_line(opened: Any) -> None:
    text = "这款随行保温杯只有两百二十克，放包里几乎没感觉，" * 3 + "喜欢的朋友点一号链接。"
    speech = await opened("kokoro").speak(text, "zh")
    check_shape(speech, text, "zh")
    assert len(speech.words) == sum("㐀" <= each <= "鿿" for each in text)
    assert speech.duration > 10


async def test_a_language_it_does_not_speak_is_a_voice_error(opened: Any) -> None:
    with pytest.raises(VoiceError, match="hibari"):
        await opened("hibari").speak("你好", "zh")


@pytest.mark.parametrize("text", ["，。！", "🎉🎉"])
async def test_nothing_to_say_is_a_voice_error(opened: Any, text: str) -> None:
    with pytest.raises(VoiceError):
        await opened("kokoro").speak(text, "zh")


async def test_a_process_killed_in_mid_sentence_is_started_again(opened: Any) -> None:
    voice = opened("hibari")
    first = await voice.speak(SENTENCES[8][0], "en")
    speaking = asyncio.create_task(voice.speak(SENTENCES[8][0], "en"))
    await asyncio.sleep(0)
    os.killpg(voice.process.pid, signal.SIGKILL)
    assert (await speaking).pcm.tobytes() == first.pcm.tobytes()
    assert voice.process.starts == 2


async def test_what_nobody_waits_for_is_stopped_and_the_process_stays(opened: Any) -> None:
    voice = opened("kokoro")
    await voice.speak("有货。", "zh")
    pid, clock = voice.process.pid, MonotonicClock()
    long = asyncio.create_task(voice.speak(SENTENCES[4][0], "zh"))
    await asyncio.sleep(0.3)
    long.cancel()
    await asyncio.wait({long})
    began = clock.now()
    await voice.process.read_aloud(["AI"])
    assert clock.now() - began < 1.5  # the rest of the sentence takes longer
    await voice.speak("有货。", "zh")
    assert voice.process.pid == pid


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "Load"), (b"not a model", "Load"), (b"\0" * 4096, "")],
    ids=["empty", "text", "zeros"],
)
async def test_a_file_that_is_no_model_is_a_voice_error(folder: Path, content: bytes, said: str) -> None:
    file = folder / "broken.onnx"
    file.write_bytes(content or b" ")
    voice = kokoro.open_voice({"model": str(file)}, context(folder))
    try:
        with pytest.raises(VoiceError):
            await voice.speak("你好。", "zh")
    finally:
        await voice.close()


async def test_a_model_that_gives_no_numbers_is_a_voice_error(folder: Path) -> None:
    voice = kokoro.open_voice({}, context(folder))
    try:
        with pytest.raises(VoiceError, match="no numbers"):
            await voice.process.sound([0, 50, 83, 54, 0], 1.0, [float("nan")] * 256)
        await voice.speak("你好。", "zh")
    finally:
        await voice.close()


@pytest.mark.parametrize(
    ("megabytes", "why"), [(120, "died"), (300, "memory"), (500, "memory")], ids=["starting", "loading", "speaking"]
)
async def test_without_memory_the_voice_says_so(folder: Path, megabytes: int, why: str) -> None:
    voice = kokoro.open_voice({}, context(folder))
    voice.process._command = ("prlimit", f"--as={megabytes * 2**20}", *voice.process._command)
    try:
        with pytest.raises(VoiceError, match=f"Kokoro.* {why}|{why}.* Kokoro"):
            await voice.speak("这款随行保温杯只有两百二十克，放包里几乎没感觉，喜欢的朋友点一号链接。", "zh")
    finally:
        await voice.close()


async def test_a_worker_that_hangs_is_given_up(folder: Path) -> None:
    process = NeuralProcess(folder / "x", "the voice", MonotonicClock(), 1, deadline=0.5)
    process._command = ("sleep", "60")
    with pytest.raises(VoiceError, match=r"no answer within 0\.5 s"):
        await process.ask({"phonemes": ["x"]})
    await process.close()


def test_a_package_that_is_missing_only_costs_the_voice(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    for opener in OPENERS.values():
        with pytest.raises(VoiceError, match="onnxruntime"):
            opener({}, context(folder))


@pytest.mark.parametrize("options", [{"voice": "zf_nobody"}, {"model": "nowhere.onnx"}, {"speed": 9}, {"pitch": 1}])
def test_options_that_make_no_sense_are_told(folder: Path, options: Mapping[str, object]) -> None:
    with pytest.raises(LivehostError):
        kokoro.open_voice(options, context(folder))


def with_metadata(model: bytes, key: str, value: str) -> bytes:
    """A serialized model that says one thing more of itself: ModelProto.metadata_props."""

    def field(number: int, body: bytes) -> bytes:
        size, length = len(body), b""
        while size > 127:
            length += bytes([size & 127 | 128])
            size >>= 7
        return bytes([number << 3 | 2]) + length + bytes([size]) + body

    return model + field(14, field(1, key.encode()) + field(2, value.encode()))


@pytest.mark.parametrize("other", [False, True])
async def test_a_model_of_another_alphabet_is_not_spoken_with(folder: Path, other: bool) -> None:
    told = {symbol: token + other for symbol, token in ALPHABET.items()}
    ours = locate("kokoro", folder=folder, data=folder / "shared", cache=folder / "cache").read_bytes()
    file = folder / f"other-{other}.onnx"
    file.write_bytes(with_metadata(ours, "vocab", json.dumps(told)))
    voice = kokoro.open_voice({"model": str(file)}, context(folder))
    try:
        if other:
            with pytest.raises(VoiceError, match="alphabet"):
                await voice.speak("你好。", "zh")
        else:
            check_shape(await voice.speak("你好。", "zh"), "你好。", "zh")
    finally:
        await voice.close()


def test_an_output_is_added_without_touching_the_rest() -> None:
    model = b"\x08\x07" + bytes(range(200))
    more = with_output(model, "/encoder/Clip_output_0")
    assert more.startswith(model)
    assert more[len(model)] == 7 << 3 | 2
    assert b"/encoder/Clip_output_0" in more[len(model) :]


async def test_the_durations_add_up_to_the_sound(opened: Any) -> None:
    process: NeuralProcess = opened("hibari").process
    sounded = await process.sound([0, 50, 83, 54, 156, 31, 4, 0], 1.0, None, 7)
    assert sounded.durations is not None
    assert float(np.sum(sounded.durations)) == pytest.approx(len(sounded.samples) / sounded.sample_rate)
