"""Voices that servers speak, against local servers that speak their protocols, and what servers do wrong."""

from __future__ import annotations

import asyncio
import base64
import dataclasses
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import speech_servers as servers
from sounds import encoded
from speech_servers import KEY, SpeechServer, Wire, speech_server
from voicekit import check_shape, context

from host.config import Backend, RoomConfig, RoomFile
from host.core.mood import said_by
from host.core.ports import Context, VoiceError
from host.core.product import Lang
from host.core.reason import Reason, reason_of
from host.core.utterance import Saying
from host.programme.endpoints import ask_voices
from host.voice.cache import SpeechCache
from host.voice.chain import VoiceChain
from host.voice.consent import record_consent
from host.voice.engine import Engine
from host.voice.engines import cosyvoice, espeak, fish, gpt_sovits, minimax, openai_speech, volcano
from host.voice.engines.served import ServedVoice, joined, merged
from host.voice.sound.takes import Samples, resample

SPOKEN: dict[Lang, str] = {"en": "Is it dishwasher safe, and does the lid leak?", "zh": "早上装热水，晚上还烫嘴吗？"}
CLONED = {"reference": "seller.wav", "prompt_text": "大家好，我是店主。"}


@dataclasses.dataclass(frozen=True)
class Case:
    """An engine with options that work, and the kind of sound its server sends."""

    engine: Any
    protocol: servers.Protocol
    kind: str
    options: Mapping[str, Any]
    under: str = ""
    """What its address ends in."""


CASES = {
    "openai": Case(
        openai_speech, servers.openai, "mp3", {"model": "kokoro", "voice": "zf_xiaobei(2)+zm_yunxi(1)"}, "/v1"
    ),
    "gpt-sovits": Case(gpt_sovits, servers.gpt_sovits, "wav", CLONED),
    "cosyvoice": Case(cosyvoice, servers.cosyvoice, "pcm", CLONED),
    "fish": Case(fish, servers.fish, "mp3", {"voice": "802e3bc2b27e49c2995d23ef70e6ac89"}),
    "minimax": Case(minimax, servers.minimax, "mp3", {"voice": "male-qn-jingying"}),
    "volcano": Case(volcano, servers.volcano, "mp3", {"appid": "1234"}),
    "volcano v3": Case(volcano, servers.volcano, "mp3", {"appid": "1234", "resource": "seed-tts-2.0"}),
}
KEYS = {"OPENAI_API_KEY": KEY, "FISH_API_KEY": KEY, "MINIMAX_API_KEY": KEY, "VOLCANO_TOKEN": KEY}


@pytest.fixture(scope="module")
def takes(tmp_path_factory: pytest.TempPathFactory) -> dict[Lang, Samples]:
    """Somebody else's voice at 24 kHz."""

    async def said(lang: Lang) -> Samples:
        other = espeak.open_voice({"variant": "f3"}, context(tmp_path_factory.mktemp("takes")))
        take = await other.record(SPOKEN[lang], lang)
        await other.close()
        return resample(take.samples, take.sample_rate)[::2]

    return {lang: asyncio.run(said(lang)) for lang in SPOKEN}


@pytest.fixture
def room(tmp_path: Path, takes: dict[Lang, Samples]) -> Context:
    """A room's folder with a recording that may be used."""
    (tmp_path / "seller.wav").write_bytes(encoded(takes["zh"], "wav"))
    room = context(tmp_path, env=KEYS)
    record_consent(tmp_path / "seller.wav", "李雷", "我是李雷，同意用我的声音合成直播语音。", room.clock.wall())
    return room


@asynccontextmanager
async def opened(
    case: Case, room: Context, sound: Samples, wire: Wire = "good", **options: Any
) -> AsyncIterator[tuple[ServedVoice, SpeechServer]]:
    async with speech_server(case.protocol, encoded(sound, case.kind), wire) as server:
        voice = case.engine.open_voice({"base_url": server.url + case.under, **case.options, **options}, room)
        try:
            yield voice, server
        finally:
            await voice.close()


async def refused(case: Case, room: Context, sound: Samples, wire: Wire = "good", **options: Any) -> Reason:
    """Why it does not speak."""
    async with opened(case, room, sound, wire, **options) as (voice, server):
        with pytest.raises(VoiceError) as caught:
            await voice.speak(SPOKEN["zh"], "zh")
        assert len(server.got) == 1  # nothing is asked twice: the next engine speaks
    reason = reason_of(caught.value)
    assert isinstance(reason, Reason), reason
    assert KEY not in repr((reason, reason.details, caught.value.__cause__))
    return reason


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", CASES)
async def test_it_speaks(name: str, lang: Lang, room: Context, takes: dict[Lang, Samples]) -> None:
    async with opened(CASES[name], room, takes[lang]) as (voice, _):
        speech = await voice.speak(SPOKEN[lang], lang)
        assert voice.name == name.split()[0]
    check_shape(speech, SPOKEN[lang], lang)
    assert speech.duration == pytest.approx(len(takes[lang]) / 24_000, abs=0.8)


WIRES: dict[Wire, str] = {
    "cut": "server_broke_off", "silent": "engine_no_reply_within", "endless": "server_sends_too_much",
    "page": "not_sound", "gateway": "server_failed", "reset": "server_broke_off",
}  # fmt: skip


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("name", CASES)
async def test_what_servers_do_wrong(name: str, wire: Wire, room: Context, takes: dict[Lang, Samples]) -> None:
    deadline = 0.4 if wire == "silent" else 6
    reason = await refused(CASES[name], room, takes["zh"], wire, deadline=deadline)
    assert reason.code == WIRES[wire]


@pytest.mark.parametrize("name", CASES)
async def test_no_server(name: str, room: Context) -> None:
    case = CASES[name]
    voice = case.engine.open_voice({"base_url": "http://127.0.0.1:9", **case.options}, room)
    with pytest.raises(VoiceError, match=r"cannot be reached at 127\.0\.0\.1:9$"):
        await voice.speak(SPOKEN["zh"], "zh")
    await voice.close()


async def test_no_proxy_lies_before_this_machine(
    room: Context, takes: dict[Lang, Samples], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with opened(CASES["fish"], room, takes["zh"]) as (voice, _):
        assert (await voice.speak(SPOKEN["zh"], "zh")).engine == "fish"


@pytest.mark.parametrize("address", ["127.0.0.1:8880/v1", "htp://127.0.0.1/v1", "http://no such host/v1"])
async def test_an_address_that_is_none(address: str, room: Context) -> None:
    voice = openai_speech.open_voice({}, dataclasses.replace(room, env={"OPENAI_BASE_URL": address}))
    with pytest.raises(VoiceError, match="cannot be reached"):
        await voice.speak(SPOKEN["zh"], "zh")
    await voice.close()


REFUSALS = [
    ("openai", {"voice": "nobody"}, "server_refuses", "Voice 'nobody' not found."),
    ("openai", {"key_env": "WRONG"}, "server_refuses_key", "Incorrect API key provided: …"),
    ("gpt-sovits", {"server_path": "/data/short.wav"}, "server_refuses", "tts failed: 参考音频在3~10秒范围外"),
    ("gpt-sovits", {"extra_body": {"speed_factor": "fast"}}, "server_refuses", "Input should be a valid number"),
    ("gpt-sovits", {"extra_body": {"media_type": "m4a"}}, "server_refuses", "is not supported"),
    ("cosyvoice", {"speaker": "nobody"}, "server_broke_off", ""),
    ("fish", {"key_env": "WRONG"}, "server_refuses_key", "Invalid token"),
    ("fish", {"voice": "paid"}, "server_quota_used", "Insufficient API credit."),
    ("minimax", {"key_env": "WRONG"}, "server_refuses_key", "login fail: Bearer … does not match"),
    ("minimax", {"voice": "nobody"}, "server_lacks_voice", "voice id not exist"),
    ("minimax", {"voice": "poor"}, "server_quota_used", "insufficient balance"),
    ("minimax", {"voice": "often"}, "server_busy", "rate limit"),
    ("minimax", {"voice": "rude"}, "server_refuses_text", "new_sensitive"),
    ("minimax", {"voice": "odd"}, "server_failed", "unknown error"),
    ("minimax", {"extra_body": {"stream": True}}, "server_refuses", "invalid params"),
    ("volcano", {"key_env": "WRONG"}, "server_refuses_key", "grant not found"),
    ("volcano", {"voice": "nobody"}, "server_lacks_voice", "voice not found"),
    ("volcano", {"voice": "locked"}, "server_lacks_voice", "access denied"),
    ("volcano", {"voice": "poor"}, "server_quota_used", "lifetime"),
    ("volcano", {"voice": "often"}, "server_busy", "concurrency"),
    ("volcano", {"voice": "rude"}, "server_refuses_text", "illegal input text"),
    ("volcano", {"voice": "odd"}, "server_failed", "backend error"),
    ("volcano v3", {"key_env": "WRONG"}, "server_refuses_key", "Invalid X-Api-Key"),
    ("volcano v3", {"voice": "nobody"}, "server_lacks_voice", "permission denied"),
    ("volcano v3", {"voice": "unfinished"}, "server_broke_off", ""),
]


@pytest.mark.parametrize(("name", "options", "code", "said"), REFUSALS)
async def test_what_servers_refuse(
    name: str, options: dict[str, Any], code: str, said: str, room: Context, takes: dict[Lang, Samples]
) -> None:
    wrong = dataclasses.replace(room, env={**KEYS, "WRONG": "another-key"})
    reason = await refused(CASES[name], wrong, takes["zh"], **options)
    assert reason.code == code
    assert said in reason
    assert "another-key" not in reason


async def test_words_of_a_server_are_cut_and_cleaned(room: Context, takes: dict[Lang, Samples]) -> None:
    def shouting(got: servers.Got, sound: bytes) -> servers.Answer:
        return servers.said(
            400, message="\x1b[31m\u202e" + f"{got.headers['authorization']} " * 400, inner=[[[["deep"]]]]
        )

    case = dataclasses.replace(CASES["fish"], protocol=shouting)
    reason = await refused(case, room, takes["zh"], key_env="FISH_API_KEY")
    assert len(reason) < 260
    assert reason.isprintable()


HOSTILE = [
    b"[" * 100_000, b'{"base_resp": {"status_code": []}}', b'{"base_resp": 3, "data": [1]}', b"null", b"17", b"{}",
    b'{"data": {"audio": "zz"}, "base_resp": {"status_code": 0}}', b'{"code": 3000, "data": "***"}',
    b'{"code": 3000, "data": 5}', b'{"code": 3000}', b'{"code": {"a": 1}}', b"\xff\xfe{", b'{"header": 5, "code": "x"}',
    b'{"code": 0, "data": "QUJD"}\n{"code": 20000000}', b"",
]  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE)
@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("name", CASES)
async def test_replies_that_no_server_sends(name: str, status: int, body: bytes, room: Context) -> None:
    case = dataclasses.replace(CASES[name], protocol=lambda *_: servers.Answer(status, "application/json", body))
    await refused(case, room, np.zeros(9, np.float32))


async def test_the_keys_are_sent_as_each_wants_them(room: Context, takes: dict[Lang, Samples]) -> None:
    sent = {}
    for name, case in CASES.items():
        async with opened(case, room, takes["zh"]) as (voice, server):
            await voice.speak(SPOKEN["zh"], "zh")
        headers = server.got[0].headers
        sent[name] = headers.get("authorization") or headers.get("x-api-access-key")
        assert KEY.encode() not in server.got[0].body
        assert KEY not in repr(voice)
    assert sent == {
        "openai": f"Bearer {KEY}", "gpt-sovits": None, "cosyvoice": None, "fish": f"Bearer {KEY}",
        "minimax": f"Bearer {KEY}", "volcano": f"Bearer;{KEY}", "volcano v3": KEY,
    }  # fmt: skip


@pytest.mark.parametrize("key", ["sk-1 2", "密钥", "sk\n-1", "sk-“1”"])
@pytest.mark.parametrize("name", ["fish", "minimax", "volcano", "openai"])
def test_what_cannot_be_a_key_is_not_sent_and_not_told(name: str, key: str, room: Context) -> None:
    broken = dataclasses.replace(room, env={"K": key})
    with pytest.raises(VoiceError, match="what K holds cannot be a key") as caught:
        CASES[name].engine.open_voice({**CASES[name].options, "key_env": "K"}, broken)
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    ("engine", "options", "variable"),
    [(fish, {}, "FISH_API_KEY"), (minimax, {}, "MINIMAX_API_KEY"), (volcano, {}, "VOLCANO_TOKEN"),
     (fish, {"base_url": "http://127.0.0.1:8080", "key_env": "MINE"}, "MINE")],
)  # fmt: skip
def test_a_key_that_is_wanted_and_not_set(engine: Any, options: dict[str, Any], variable: str, tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match=f"{variable} is not set"):
        engine.open_voice(options, context(tmp_path))


@pytest.mark.parametrize(
    ("name", "path"),
    [("gpt-sovits", ["speed_factor"]), ("fish", ["prosody", "speed"]), ("minimax", ["voice_setting", "speed"]),
     ("volcano", ["audio", "speed_ratio"]), ("openai", ["speed"]), ("cosyvoice", [])],
)  # fmt: skip
async def test_a_mood_is_a_speed_where_the_server_has_one(
    name: str, path: list[str], room: Context, takes: dict[Lang, Samples]
) -> None:
    async with opened(CASES[name], room, takes["zh"]) as (voice, server):
        await said_by(voice, Saying(SPOKEN["zh"], "zh", "excited"))
        await said_by(voice, Saying(SPOKEN["zh"], "zh", "warm"))
        moods = voice.moods
    assert ("excited" in moods, "warm" in moods) == (bool(path), False)
    if path:
        brisk, usual = (reduce(lambda body, key: body.get(key, {}), path, got.json) or 1.0 for got in server.got)
        assert (brisk, usual) == (1.1, 1.0)


async def test_the_requests(room: Context, takes: dict[Lang, Samples]) -> None:
    seller = (room.folder / "seller.wav").read_bytes()

    async def got(name: str, lang: Lang = "zh", **options: Any) -> servers.Got:
        async with opened(CASES[name], room, takes[lang], **options) as (voice, server):
            await voice.speak(SPOKEN[lang], lang)
        return server.got[0]

    sovits = (await got("gpt-sovits", speed=1.1, extra_body={"top_k": 5})).json
    assert sovits == {
        "text": SPOKEN["zh"], "text_lang": "zh", "ref_audio_path": str(room.folder / "seller.wav"), "speed_factor": 1.1,
        "prompt_text": CLONED["prompt_text"], "prompt_lang": "zh", "media_type": "wav", "streaming_mode": False,
        "top_k": 5,
    }  # fmt: skip
    assert (await got("gpt-sovits", server_path="/mnt/a.wav")).json["ref_audio_path"] == "/mnt/a.wav"
    zero = await got("cosyvoice", "en")
    assert zero.path == "/inference_zero_shot"
    assert zero.form == {
        "tts_text": SPOKEN["en"].encode(), "prompt_text": CLONED["prompt_text"].encode(), "prompt_wav": seller
    }  # fmt: skip
    assert (await got("cosyvoice", prompt_text="")).path == "/inference_cross_lingual"
    assert (await got("cosyvoice", instruct="用四川话说")).form["instruct_text"].decode() == "用四川话说"
    sft = await got("cosyvoice", speaker="中文女", reference="", prompt_text="", rate=22050)
    assert (sft.path, sft.form["spk_id"].decode()) == ("/inference_sft", "中文女")
    assert (await got("cosyvoice", speaker="中文女", instruct="慢慢说")).path == "/inference_instruct"
    clone = (await got("fish", voice="", **CLONED)).json
    assert base64.b64decode(clone["references"][0]["audio"]) == seller
    assert clone["references"][0]["text"] == CLONED["prompt_text"]
    quick = await got("fish", speed=1.2, model="s2-pro")
    assert (quick.headers["model"], quick.json["prosody"]) == ("s2-pro", {"speed": 1.2})
    mini = await got("minimax", "en", group="g1", emotion="happy", extra_body={"voice_setting": {"pitch": 2}})
    assert (mini.query, mini.json["language_boost"]) == ({"GroupId": "g1"}, "English")
    assert mini.json["voice_setting"] == {
        "voice_id": "male-qn-jingying", "speed": 1.0, "vol": 1.0, "pitch": 2, "emotion": "happy"
    }  # fmt: skip
    own = (await got("volcano", voice="S_abc")).json
    assert (own["app"]["cluster"], own["audio"]["voice_type"]) == ("volcano_icl", "S_abc")
    third = await got("volcano v3", speed=1.2)
    assert (third.headers["x-api-resource-id"], third.json["req_params"]["audio_params"]["speech_rate"]) == (
        "seed-tts-2.0", 20
    )  # fmt: skip
    wrapped = await got("openai", reference="seller.wav", extra_body={"ref_audio": "{reference}", "ref_text": "你好"})
    assert wrapped.json["ref_text"] == "你好"
    assert base64.b64decode(wrapped.json["ref_audio"].partition(";base64,")[2]) == seller


@pytest.mark.parametrize(
    ("base_url", "path", "whole"),
    [("http://h:1", "/v1/tts", "http://h:1/v1/tts"), ("http://h:1/", "/v1/tts", "http://h:1/v1/tts"),
     ("http://h/v1", "/v1/tts", "http://h/v1/tts"), ("http://h/v1/tts", "/v1/tts", "http://h/v1/tts"),
     ("http://h/proxy/v1/", "/v1/tts", "http://h/proxy/v1/tts"), ("http://v1", "/v1/tts", "http://v1/v1/tts"),
     ("http://h/v1", "/audio/speech", "http://h/v1/audio/speech"),
     ("http://h/v1/audio/speech", "/audio/speech", "http://h/v1/audio/speech"), ("http://h/atts", "/tts", "http://h/atts/tts"),
     ("http://h/tts", "/tts", "http://h/tts")],
)  # fmt: skip
def test_an_address_may_have_part_of_the_path(base_url: str, path: str, whole: str) -> None:
    assert joined(base_url, path) == whole


def test_fields_are_merged_group_by_group() -> None:
    assert merged({"a": {"b": 1, "c": 2}, "d": 3}, {"a": {"c": 4}, "d": {"e": 5}}) == {
        "a": {"b": 1, "c": 4},
        "d": {"e": 5},
    }


async def test_a_longer_deadline_is_waited_for(room: Context, takes: dict[Lang, Samples]) -> None:
    """The chain's own deadline is for engines that keep none that is longer."""
    async with opened(CASES["fish"], room, takes["zh"], "silent", deadline=0.5) as (voice, _):
        chain = VoiceChain({"zh": [Engine("fish", {}, voice)], "en": []}, room, SpeechCache(room.cache), deadline=0.1)
        with pytest.raises(VoiceError, match=r"Fish Speech gave no answer within 0\.5 s"):
            await chain.speak(SPOKEN["zh"], "zh")


async def test_doctor_asks_them_and_says_what_to_do(room: Context, takes: dict[Lang, Samples]) -> None:
    async with speech_server(servers.minimax, encoded(takes["zh"], "mp3")) as server:
        specs = [Backend(name="minimax", options={"base_url": server.url, "voice": voice}) for voice in ("a", "poor")]
        specs.append(Backend(name="gpt-sovits", options={"reference": "other.wav"}))
        config = RoomConfig(name="r", scripts=["s"], voice={"zh": specs, "en": [Backend(name="espeak")]})
        file = RoomFile(config=config, path=room.folder / "room.yaml")
        asked = [each async for each in ask_voices(file, room) if not each.name.startswith("voice kokoro")]
    assert [each.works for each in asked] == [True, False, False]
    assert "1008" in asked[1].detail
    assert asked[1].hint.startswith("top the account up")
    assert "other.wav is not there" in asked[2].detail
    assert asked[2].hint == "paths start at the folder of the room file"
