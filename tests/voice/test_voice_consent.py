"""No recording of anybody's voice is used without a consent that is for that very recording."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sounds import encoded
from typer.testing import CliRunner
from voicekit import context

from host.cli import app
from host.config import Backend
from host.core.errors import LivehostError
from host.core.ports import VoiceError
from host.core.reason import Reason, in_words, reason_of
from host.voice.consent import consent_file, consent_to, record_consent
from host.voice.engines import cosyvoice, fish, gpt_sovits, openai_speech
from host.voice.engines.reference import recordings_in
from host.voice.opening import open_voices

WHEN = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
SENTENCE = "我是李雷，同意用我的声音合成直播语音。"


def syllables(pitch: float) -> bytes:
    """Two seconds that come and go as speech does."""
    time = np.arange(48_000) / 24_000
    voiced = 0.3 * np.sin(2 * np.pi * pitch * time) * np.sin(2 * np.pi * 2 * time) ** 4
    return encoded(voiced.astype(np.float32), "wav")


def tone() -> bytes:
    return encoded(0.3 * np.sin(np.arange(48_000) * 2 * np.pi * 220 / 24_000).astype(np.float32), "wav")


@pytest.fixture
def seller(tmp_path: Path) -> Path:
    audio = tmp_path / "seller.wav"
    audio.write_bytes(syllables(220))
    return audio


def why(audio: Path) -> Reason:
    with pytest.raises(VoiceError) as caught:
        consent_to(audio)
    reason = reason_of(caught.value)
    assert isinstance(reason, Reason)
    assert in_words(reason, "zh") != reason
    return reason


def test_a_consent_is_kept_beside_the_recording(seller: Path, tmp_path: Path) -> None:
    spoken = tmp_path / "phone" / "agreed.WAV"
    spoken.parent.mkdir()
    spoken.write_bytes(syllables(330))
    record = record_consent(seller, " 李雷 ", SENTENCE, WHEN, spoken)
    assert record == tmp_path / "seller.consent.toml"
    assert (tmp_path / "seller.consent.wav").read_bytes() == syllables(330)
    consent, sound = consent_to(seller)
    assert (consent.who, consent.sentence, consent.when, sound) == ("李雷", SENTENCE, WHEN, syllables(220))
    assert set(tomllib.loads(record.read_text("utf-8"))) == {
        "who", "when", "sentence", "audio", "audio_sha256", "recording", "recording_sha256"
    }  # fmt: skip


def test_it_moves_with_its_folder(seller: Path, tmp_path: Path) -> None:
    record_consent(seller, "李雷", SENTENCE, WHEN, seller)
    shutil.copytree(tmp_path, tmp_path / "elsewhere")
    assert consent_to(tmp_path / "elsewhere" / "seller.wav")[0].who == "李雷"


def test_without_one_nothing_is_used(seller: Path) -> None:
    assert why(seller).code == "consent_missing"


def test_an_altered_recording_has_none(seller: Path) -> None:
    record_consent(seller, "李雷", SENTENCE, WHEN)
    seller.write_bytes(syllables(220) + b"\0\0")
    reason = why(seller)
    assert (reason.code, "李雷" in reason) == ("consent_altered", True)
    seller.unlink()
    assert why(seller).code == "reference_gone"
    seller.mkdir()
    assert why(seller).code == "reference_gone"


@pytest.mark.parametrize("spoil", ["alter", "remove"])
def test_the_recorded_sentence_belongs_to_it(seller: Path, tmp_path: Path, spoil: str) -> None:
    spoken = tmp_path / "agreed.wav"
    spoken.write_bytes(syllables(330))
    record_consent(seller, "李雷", SENTENCE, WHEN, spoken)
    spoken.unlink()  # the copy beside is what counts
    assert consent_to(seller)[0].recording == "seller.consent.wav"
    kept = tmp_path / "seller.consent.wav"
    if spoil == "alter":
        kept.write_bytes(syllables(331))
    else:
        kept.unlink()
    assert why(seller).code in ("consent_recording_altered", "reference_gone")


@pytest.mark.parametrize(
    "text",
    ["", "who = ", "who = 'x'", "\xff", "[who]\na = 1", 'who = "李雷"\nwhen = 2026-11-22T20:00:00Z\nsentence = "ok"',
     'who = "a"\nwhen = 2026-11-22 20:00:00\nsentence = "I agree"\naudio = "a"\naudio_sha256 = "b"'],
)  # fmt: skip
def test_a_record_that_is_none(seller: Path, text: str) -> None:
    consent_file(seller).write_bytes(text.encode("latin-1", "replace") if text == "\xff" else text.encode())
    assert why(seller).code == "consent_unreadable"


def test_evidence_is_not_written_over(seller: Path) -> None:
    record = record_consent(seller, "李雷", SENTENCE, WHEN)
    before = record.read_bytes()
    with pytest.raises(LivehostError, match="kept already"):
        record_consent(seller, "韩梅梅", SENTENCE, WHEN)
    assert record.read_bytes() == before


@pytest.mark.parametrize(
    ("who", "sentence"), [("", SENTENCE), (" \n", SENTENCE), ("李雷", ""), ("李雷", "ok"), ("x" * 101, SENTENCE)]
)
def test_a_consent_says_who_and_what(seller: Path, who: str, sentence: str) -> None:
    with pytest.raises(LivehostError, match="name and the sentence"):
        record_consent(seller, who, sentence, WHEN)
    assert not consent_file(seller).exists()


@pytest.mark.parametrize(
    "sound", [b"", b"<html>", b"RIFF\0\0\0\0WAVE", b'{"a": 1}', tone(), encoded(np.zeros(48_000, np.float32), "wav")]
)
def test_a_recording_can_be_heard(seller: Path, tmp_path: Path, sound: bytes) -> None:
    (tmp_path / "agreed.wav").write_bytes(sound)
    with pytest.raises(LivehostError, match=r"agreed\.wav: (?!.*Errno)"):
        record_consent(seller, "李雷", SENTENCE, WHEN, tmp_path / "agreed.wav")
    assert not consent_file(seller).exists()
    seller.write_bytes(sound)
    with pytest.raises(LivehostError, match=r"seller\.wav"):
        record_consent(seller, "李雷", SENTENCE, WHEN)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=4, max_size=60))
def test_whatever_was_said_is_read_as_it_was_written(sentence: str) -> None:
    words = " ".join(sentence.split())
    with tempfile.TemporaryDirectory() as folder:
        audio = Path(folder, "a b.wav")
        audio.write_bytes(syllables(220))
        if len(words) < 4:
            with pytest.raises(LivehostError):
                record_consent(audio, "x", sentence, WHEN)
        else:
            record_consent(audio, words, sentence, WHEN)
            assert consent_to(audio)[0].sentence == words


OPENERS: list[tuple[Any, dict[str, Any]]] = [
    (gpt_sovits, {"reference": "seller.wav"}), (cosyvoice, {"reference": "seller.wav"}),
    (fish, {"base_url": "http://127.0.0.1:9", "reference": "seller.wav"}),
    (openai_speech, {"base_url": "http://127.0.0.1:9/v1", "reference": "seller.wav"}),
    (openai_speech, {"base_url": "http://127.0.0.1:9/v1", "extra_body": {"references": [{"audio": "seller.wav"}]}}),
    (openai_speech, {"base_url": "http://127.0.0.1:9/v1", "extra_body": {"ref": [["./SELLER.WAV", "seller.wav"]]}}),
    (gpt_sovits, {"reference": "seller.wav", "extra_body": {"aux_ref_audio_paths": ["seller.wav"]}}),
    (fish, {"base_url": "http://127.0.0.1:9", "extra_body": {"references": [{"audio": "https://a.b/c", "text": "x"}]}}),
    (fish, {"base_url": "http://127.0.0.1:9", "extra_body": {"references": [{"audio": "QUJD" * 999, "text": "x"}]}}),
    (openai_speech, {"base_url": "http://127.0.0.1:9/v1", "extra_body": {"ref": "data:audio/wav;base64,QUJD"}}),
    (gpt_sovits, {"reference": "https://somewhere.test/seller.wav"}), (gpt_sovits, {}), (cosyvoice, {}),
]  # fmt: skip


@pytest.mark.parametrize(("engine", "options"), OPENERS)
def test_no_engine_opens_without_consent(engine: Any, options: dict[str, Any], seller: Path) -> None:
    with pytest.raises(VoiceError) as caught:
        engine.open_voice(options, context(seller.parent))
    reason = reason_of(caught.value)
    assert isinstance(reason, Reason)
    assert reason.code in ("consent_missing", "reference_not_a_file", "reference_needed", "reference_gone")


def test_what_names_sound_in_passed_fields() -> None:
    passed = {"a": "x.wav", "b": [{"c": "d/e.MP3"}, 5, None], "format": "mp3", "text": "mp3. wav", "ref": "{reference}",
              "u": "http://h/x", "v": "volc://asset", "s": "说话温柔一点"}  # fmt: skip
    assert list(recordings_in(passed)) == ["x.wav", "d/e.MP3", "http://h/x", "volc://asset"]


async def test_the_chain_goes_on_without_it_and_tells_why(seller: Path) -> None:
    specs = [Backend(name="gpt-sovits", options={"reference": "seller.wav"})]
    chain = open_voices({"zh": specs}, context(seller.parent))
    assert "nobody's consent is recorded" in chain.degraded()[0]
    assert (await chain.speak("大家好。", "zh")).engine == "espeak"
    assert chain.consents == []
    await chain.close()


async def test_what_was_said_with_one_recording_is_not_said_for_another(seller: Path) -> None:
    """The cache goes by the recording, not by its name."""
    spec = Backend(name="gpt-sovits", options={"reference": "seller.wav"})
    identities = []
    for sound in (syllables(220), syllables(230)):
        consent_file(seller).unlink(missing_ok=True)
        await asyncio.to_thread(seller.write_bytes, sound)
        record_consent(seller, "李雷", SENTENCE, WHEN)
        chain = open_voices({"zh": [spec]}, context(seller.parent))
        identities.append(chain._engines["zh"][0].options)
        assert [consent["who"] for consent in chain.consents] == ["李雷"]
        await chain.close()
    assert identities[0] != identities[1]


def test_the_command(seller: Path) -> None:
    said = CliRunner().invoke(app, ["voice", "consent", str(seller), "--who", "李雷", "--sentence", SENTENCE])
    assert said.exit_code == 0, said.output
    assert "seller.consent.toml" in said.output
    assert consent_to(seller)[0].when.tzinfo is not None
    again = CliRunner().invoke(app, ["voice", "consent", str(seller), "--who", "李雷", "--sentence", SENTENCE])
    assert isinstance(again.exception, LivehostError)
