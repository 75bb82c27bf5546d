"""Speech endpoints against a local HTTP server, the openai SDK in between."""

from __future__ import annotations

import asyncio
import io
import json
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from edge_server import mp3
from voicekit import check_shape, context

from host.core.errors import LivehostError
from host.core.ports import AnswerError, VoiceError
from host.mind.answers.openai_chat import open_answerer
from host.voice.engines import espeak, openai_speech
from host.voice.sound.meter import ebur128
from host.voice.sound.takes import resample

SPOKEN = "Is it dishwasher safe, and does the lid leak?"


@dataclass
class SpeechServer:
    behaviour: str
    sound: bytes
    kind: str = "audio/mpeg"
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
            self.keys.append(fields.get("authorization", ""))
            self.requests.append(json.loads(await reader.readexactly(int(fields["content-length"]))))
            status, sound = "200 OK", self.sound
            if self.behaviour == "busy":
                status, sound = "429 Too Many Requests", b'{"error": {"message": "slow down"}}'
            if self.behaviour == "garbage":
                sound = b"\x00\xff<html>" * 200
            if self.behaviour == "empty":
                sound = b""
            if self.behaviour == "slow":
                await reader.read()
                return
            length = len(sound) * (2 if self.behaviour == "cut" else 1)
            writer.write(f"HTTP/1.1 {status}\r\nContent-Type: {self.kind}\r\nContent-Length: {length}\r\n\r\n".encode())
            writer.write(sound)
            await writer.drain()
        finally:
            writer.close()


@asynccontextmanager
async def speech_server(behaviour: str, sound: bytes, kind: str = "audio/mpeg") -> AsyncIterator[SpeechServer]:
    server = SpeechServer(behaviour, sound, kind)
    listener = await asyncio.start_server(server.answer, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/v1"
    try:
        yield server
    finally:
        listener.close()


async def recording(folder: Path, kind: str) -> bytes:
    other = espeak.open_voice({"variant": "f3", "rate": 140}, context(folder))
    take = await other.record(SPOKEN, "en")
    await other.close()
    if kind == "mp3":
        return mp3(take.samples, take.sample_rate)
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(take.sample_rate)
        sound.writeframes((take.samples * 32767).astype("<i2").tobytes())
    return file.getvalue()


@pytest.mark.parametrize("kind", ["mp3", "wav"])
async def test_good(tmp_path: Path, kind: str) -> None:
    async with speech_server("good", await recording(tmp_path, kind)) as server:
        env = {"OPENAI_API_KEY": "secret", "OPENAI_BASE_URL": server.url}
        voice = openai_speech.open_voice({"format": kind, "voice": "ash"}, context(tmp_path, env=env))
        speech = await voice.speak(SPOKEN, "en")
        again = await voice.speak(SPOKEN, "en")
        await voice.close()
    check_shape(speech, SPOKEN, "en")
    assert speech.engine == "openai"
    assert ebur128(speech.pcm)[0] == pytest.approx(-16, abs=1)
    assert np.array_equal(speech.pcm, again.pcm)
    assert speech.phones == again.phones
    assert server.requests[0] == {
        "model": "tts-1", "voice": "ash", "input": SPOKEN, "speed": 1.0, "response_format": kind
    }  # fmt: skip
    assert server.keys[0] == "bearer secret"
    assert [SPOKEN[word.first : word.last] for word in speech.words][:3] == ["Is", "it", "dishwasher"]


async def test_phones_follow_the_sound(tmp_path: Path) -> None:
    """The endpoint tells no times; those found by the sound are compared with the recording's own."""
    other = espeak.open_voice({"variant": "f3", "rate": 140}, context(tmp_path))
    take = await other.record(SPOKEN, "en")
    await other.close()
    async with speech_server("good", await recording(tmp_path, "wav")) as server:
        env = {"OPENAI_API_KEY": "secret"}
        voice = openai_speech.open_voice({"format": "wav", "base_url": server.url}, context(tmp_path, env=env))
        speech = await voice.speak(SPOKEN, "en")
        await voice.close()
    truth = [phone.start for phone in take.phones if phone.label]
    found = [phone.start for phone in speech.phones if phone.label]
    off = np.array(found) - np.array(truth)
    assert np.median(np.abs(off - np.median(off))) < 0.02
    assert np.percentile(np.abs(off - np.median(off)), 90) < 0.06


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        ("busy", "429"),
        ("garbage", "decoded"),
        ("empty", "decoded"),
        ("slow", "no answer within"),
        ("cut", "broke off"),
    ],
)
async def test_bad(tmp_path: Path, behaviour: str, message: str) -> None:
    async with speech_server(behaviour, await recording(tmp_path, "mp3")) as server:
        env = {"OPENAI_API_KEY": "secret", "OPENAI_BASE_URL": server.url}
        voice = openai_speech.open_voice({"deadline": 0.5}, context(tmp_path, env=env))
        with pytest.raises(VoiceError, match=message):
            await voice.speak(SPOKEN, "en")
        await voice.close()
        assert len(server.requests) == 1  # no retries: the next engine speaks


def test_without_a_key_it_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="OPENAI_API_KEY"):
        openai_speech.open_voice({}, context(tmp_path))


@pytest.mark.parametrize("options", [{"base_url": True}, {}])
async def test_an_endpoint_with_an_address_needs_no_key(tmp_path: Path, options: dict[str, Any]) -> None:
    async with speech_server("good", await recording(tmp_path, "mp3")) as server:
        env = {} if options else {"OPENAI_BASE_URL": server.url}
        voice = openai_speech.open_voice({"base_url": server.url} if options else {}, context(tmp_path, env=env))
        assert (await voice.speak(SPOKEN, "en")).engine == "openai"
        await voice.close()
    assert server.keys == [""]


async def test_a_voice_may_have_a_key_of_its_own(tmp_path: Path) -> None:
    async with speech_server("good", await recording(tmp_path, "mp3")) as server:
        env = {"OPENAI_API_KEY": "the-answerers", "SPEECH_KEY": "the-voices"}
        for options in ({"key_env": "SPEECH_KEY"}, {"api_key": "the-voices"}):
            voice = openai_speech.open_voice({"base_url": server.url, **options}, context(tmp_path, env=env))
            await voice.speak(SPOKEN, "en")
            await voice.close()
    assert server.keys == ["bearer the-voices"] * 2


def test_the_voices_key_is_none_of_the_answerers(tmp_path: Path) -> None:
    env = {"SPEECH_KEY": "the-voices"}
    openai_speech.open_voice({"base_url": "http://127.0.0.1:9/v1", "key_env": "SPEECH_KEY"}, context(tmp_path, env=env))
    with pytest.raises(AnswerError, match="OPENAI_API_KEY is not set"):
        open_answerer({}, context(tmp_path, env=env))


def test_a_key_that_is_named_and_not_set_is_missed(tmp_path: Path) -> None:
    options = {"base_url": "http://127.0.0.1:9/v1", "key_env": "SPEECH_KEY"}
    with pytest.raises(VoiceError, match="SPEECH_KEY is not set"):
        openai_speech.open_voice(options, context(tmp_path, env={"OPENAI_API_KEY": "other"}))


@pytest.mark.parametrize("kind", ["audio/pcm", "application/octet-stream", "audio/L16;rate=24000;channels=1", ""])
async def test_bare_samples(tmp_path: Path, kind: str) -> None:
    other = espeak.open_voice({"variant": "f3", "rate": 140}, context(tmp_path))
    take = await other.record(SPOKEN, "en")
    await other.close()
    sound = (resample(take.samples, take.sample_rate)[::2] * 32767).astype("<i2").tobytes()
    async with speech_server("good", sound, kind) as server:
        voice = openai_speech.open_voice({"base_url": server.url, "format": "pcm"}, context(tmp_path))
        speech = await voice.speak(SPOKEN, "en")
        await voice.close()
    check_shape(speech, SPOKEN, "en")
    assert speech.duration == pytest.approx(len(take.samples) / take.sample_rate, abs=0.7)


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b'{"error": {"message": "out of credit"}}', "application/json"), (b"<html>Sign in</html>" * 99, "text/html"),
     (b'{"error": "x"}', "audio/mpeg"), (b"", "audio/mpeg"), (b"", "")],
)  # fmt: skip
async def test_a_body_that_is_no_sound(tmp_path: Path, body: bytes, kind: str) -> None:
    async with speech_server("good", body, kind) as server:
        voice = openai_speech.open_voice({"base_url": server.url}, context(tmp_path))
        with pytest.raises(VoiceError) as caught:
            await voice.speak(SPOKEN, "en")
        await voice.close()
    assert ("out of credit" in str(caught.value)) == (kind == "application/json")  # what a seller can act on
    assert "<" not in str(caught.value)


def test_options_are_checked_before_the_key(tmp_path: Path) -> None:
    with pytest.raises(LivehostError, match="'key' is not an option"):
        openai_speech.open_voice({"key": "secret"}, context(tmp_path))
