"""edge-tts against a local server with its protocol, the library's own client in between."""

from __future__ import annotations

from pathlib import Path

import edge_tts.communicate
import numpy as np
import pytest
from edge_server import edge_server
from voicekit import check_shape, context

from host.core.errors import LivehostError
from host.core.media import Word
from host.core.ports import VoiceError
from host.voice.engines import edge, espeak
from host.voice.engines.edge import locate
from host.voice.sound.meter import ebur128
from host.voice.sound.takes import Take

SPOKEN = "大家好，这款保温杯今天七十九元。"


async def recording(folder: Path, spoken: str = SPOKEN) -> Take:
    """A recording of another speaker, with another rate than the guide's: the times in it are known."""
    other = espeak.open_voice({"variant": "f3", "rate": 150}, context(folder))
    take = await other.record(spoken, "zh")
    await other.close()
    return take


async def test_good(tmp_path: Path) -> None:
    take = await recording(tmp_path)
    boundaries = [(word.start, word.end, SPOKEN[word.first : word.last]) for word in take.words]
    async with edge_server("good", take.samples, take.sample_rate, boundaries) as server:
        voice = edge.open_voice({"endpoint": server.url}, context(tmp_path))
        speech = await voice.speak(SPOKEN, "zh")
        again = await voice.speak(SPOKEN, "zh")
        await voice.close()
    check_shape(speech, SPOKEN, "zh")
    assert speech.engine == "edge"
    assert ebur128(speech.pcm)[0] == pytest.approx(-16, abs=1)
    assert np.array_equal(speech.pcm, again.pcm)
    assert server.requests == [SPOKEN, SPOKEN]
    assert '"wordBoundaryEnabled":"true"' in server.configs[0]
    assert "Sec-MS-GEC=" in server.paths[0]
    off = np.array([a.start - b.start for a, b in zip(speech.words[1:], take.words[1:], strict=True)])
    assert np.abs(off - np.median(off)).max() < 0.02


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        ("forbidden", "403"),
        ("slow", "no answer within"),
        ("cut", "broke off"),
        ("garbage", "header length"),
        ("silent", "No audio"),
        ("noise", "decoded"),
    ],
)
async def test_bad(tmp_path: Path, behaviour: str, message: str) -> None:
    take = await recording(tmp_path)
    async with edge_server(behaviour, take.samples, take.sample_rate) as server:
        voice = edge.open_voice({"endpoint": server.url, "deadline": 0.5}, context(tmp_path))
        with pytest.raises(VoiceError, match=message):
            await voice.speak(SPOKEN, "zh")
        await voice.close()


async def test_nobody_listens(tmp_path: Path) -> None:
    voice = edge.open_voice({"endpoint": "ws://127.0.0.1:9/edge/v1"}, context(tmp_path))
    with pytest.raises(VoiceError):
        await voice.speak(SPOKEN, "zh")
    await voice.close()


def test_the_address_is_still_a_constant_of_the_library() -> None:
    """Contract with edge-tts: `edge._library` changes this constant in an instance of its own."""
    assert edge_tts.communicate.WSS_URL.startswith("wss://")
    other = edge._library("ws://127.0.0.1:1/x")
    assert other.WSS_URL.startswith("ws://127.0.0.1:1/x?")
    assert edge_tts.communicate.WSS_URL.startswith("wss://")
    assert other.Communicate is not edge_tts.Communicate
    assert edge._library("") is edge_tts.communicate


def test_words_are_found_in_their_text() -> None:
    heard = [(0.1, 0.3, "大家"), (0.3, 0.4, "?"), (0.4, 0.6, "家"), (0.6, 0.9, "好")]
    assert locate("大家家好", heard) == [Word(0.1, 0.3, 0, 2), Word(0.4, 0.6, 2, 3), Word(0.6, 0.9, 3, 4)]


def test_options_are_checked(tmp_path: Path) -> None:
    with pytest.raises(LivehostError, match="is not a voice"):
        edge.open_voice({"voice": "nobody"}, context(tmp_path))
    with pytest.raises(LivehostError, match="rate"):
        edge.open_voice({"rate": "fast"}, context(tmp_path))
