"""`livehost doctor` asks the endpoints a room would ask, and says what it found and what to do."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hand_clock import HandClock
from mind_sse_server import Exchange, Script, choosing, refusing, sending, serving, telling

from host.config import RoomConfig, RoomFile
from host.core.clock import MonotonicClock
from host.core.ports import Context
from host.programme.endpoints import Asked, ask_answerers, ask_judge, ask_voices

SECRET = "sk-very-secret-123456"


async def asked(script: Script, tmp_path: Path, clock: Any = None, **options: Any) -> Asked:
    async with serving(script) as endpoint:
        spec = {"openai": {"base_url": endpoint.base_url, "model": "qwen3", "api_key": SECRET, **options}}
        config = RoomConfig.model_validate({"name": "t", "scripts": ["."], "answerer": [spec, "embedded"]})
        context = Context(clock or MonotonicClock(), "t", tmp_path, tmp_path, tmp_path)
        first, second = [each async for each in ask_answerers(config, context)]
    assert (second.name, second.works) == ("answerer embedded", True)
    assert first.name == "answerer openai"
    assert SECRET not in first.detail + first.hint
    return first


def refusal(status: str) -> Script:
    body = json.dumps({"error": {"message": f"Incorrect API key provided: {SECRET}"}})
    return lambda exchange: exchange.reply(status, "application/json", body)


def no_temperature(body: dict[str, Any]) -> tuple[str, object] | None:
    return ("400 Bad Request", "no temperature") if "temperature" in body else None


REASONING_APART = sending([choosing(delta={"reasoning_content": "hm"}), choosing(delta={"content": "OK"})])


@pytest.mark.parametrize(
    ("script", "works", "detail", "hint"),
    [
        (telling(["OK"]), True, "qwen3 at 127.0.0.1:", ""),
        (telling(["<think>hm</think>", "OK"]), True, "after reasoning", ""),
        (REASONING_APART, True, "after reasoning", ""),
        (refusing(no_temperature, telling(["OK"])), True, "it does not take temperature", ""),
        (telling(["<think>hm"]), False, "nothing but reasoning", "first_sentence"),
        (refusal("401 Unauthorized"), False, "HTTP 401", "key"),
        (refusal("404 Not Found"), False, "HTTP 404", "/v1"),
        (refusal("429 Too Many Requests"), False, "HTTP 429", "credit"),
        (refusal("503 Service Unavailable"), False, "HTTP 503", "log"),
        (lambda exchange: exchange.reply("200 OK", "text/html", "<html>hotel</html>"), False, "garbage", "/v1"),
        (telling([]), False, "cut off", "/v1"),
    ],
)  # fmt: skip
async def test_an_answerer_is_asked_for_a_word(
    tmp_path: Path, script: Script, works: bool, detail: str, hint: str
) -> None:
    found = await asked(script, tmp_path)
    assert (found.works, detail in found.detail, hint in found.hint) == (works, True, True), found


async def test_one_that_takes_too_long_is_told_so(tmp_path: Path) -> None:
    clock = HandClock()

    async def script(exchange: Exchange) -> None:
        clock.advance(4)
        await telling(["OK"])(exchange)

    found = await asked(script, tmp_path, clock)
    assert not found.works
    assert "answered in 4.0 s: too late, 3 s are allowed" in found.detail
    assert "first_sentence" in found.hint


async def test_one_that_is_not_set_up_says_what_is_missing(tmp_path: Path) -> None:
    config = RoomConfig.model_validate(
        {"name": "t", "scripts": ["."], "answerer": [{"openai": {"key_env": "CHAT_KEY"}}]}
    )
    (found,) = [each async for each in ask_answerers(config, Context(HandClock(), "t", tmp_path, tmp_path, tmp_path))]
    assert (found.works, found.detail) == (False, "CHAT_KEY is not set")


def judging(*wrong: str, reply: str = "") -> Script:
    """A judge that is right about what the cup weighs, but for the sentences that hold one of these."""

    async def script(exchange: Exchange) -> None:
        sentence = json.loads(exchange.body["messages"][1]["content"])["sentence"]
        carried = ("220" in sentence) is not any(each in sentence for each in wrong)
        await telling([reply or json.dumps({"carried": carried, "facts": ["f1"] * carried})])(exchange)

    return script


@pytest.mark.parametrize(
    ("script", "works", "detail"),
    [
        (judging(), True, "judged two sentences"),
        (judging("150"), False, "passes what no fact says"),
        (judging("220"), False, "does not pass what a fact says"),
        (judging(reply="Sure, that is right."), False, "no judgement"),
        (refusal("401 Unauthorized"), False, "HTTP 401"),
    ],
)
async def test_a_judge_is_tried_with_a_truth_and_a_lie(
    tmp_path: Path, script: Script, works: bool, detail: str
) -> None:
    async with serving(script) as endpoint:
        spec = {"openai": {"base_url": endpoint.base_url, "model": "m", "api_key": SECRET}}
        config = RoomConfig.model_validate({"name": "t", "scripts": ["."], "judge": spec})
        context = Context(MonotonicClock(), "t", tmp_path, tmp_path, tmp_path)
        (found,) = [each async for each in ask_judge(config, context)]
    assert (found.name, found.works) == ("judge openai", works)
    assert detail in found.detail
    assert SECRET not in found.detail + found.hint


async def test_voices_are_asked_for_a_sentence(tmp_path: Path) -> None:
    async with serving(lambda exchange: exchange.reply("200 OK", "application/json", '{"error": "x"}')) as endpoint:
        spec = {"openai": {"base_url": endpoint.base_url}}
        voice = {"zh": [spec, "espeak"], "en": ["espeak"]}
        config = RoomConfig.model_validate({"name": "t", "scripts": ["."], "voice": voice})
        context = Context(MonotonicClock(), "t", tmp_path, tmp_path, tmp_path)
        room = RoomFile(config=config, path=tmp_path / "room.yaml")
        (found,) = [each async for each in ask_voices(room, context)]
    assert (found.name, found.works) == ("voice openai (zh)", False)
    assert found.detail == "the speech endpoint does not take the request (200): “x”"  # what it says itself


@pytest.mark.parametrize("named", [False, True])
async def test_doctor_asks_what_the_room_or_the_environment_names(tmp_path: Path, named: bool) -> None:
    async with serving(telling(["OK"])) as endpoint:
        (tmp_path / "scripts").mkdir()
        spec = f'openai: {{base_url: "{endpoint.base_url}", model: own-model}}'
        room = f"name: t\nscripts: [scripts]\nanswerer: [{spec}]\n"
        (tmp_path / "mine.yaml").write_text(room, encoding="utf-8")
        env = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "LIVEHOST_"))}
        env |= {"OPENAI_API_KEY": SECRET} if named else {"OPENAI_BASE_URL": endpoint.base_url}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "host", "doctor", "--json", "--port", "0", *(["mine.yaml"] if named else []),
            cwd=tmp_path, env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, err = await process.communicate()
    assert SECRET not in (out + err).decode()
    rows = {row["name"]: row for row in json.loads(out)}
    assert rows["answerer openai"]["level"] == "ok", err
    assert ("own-model" if named else "gpt-4o-mini") + " at 127.0.0.1:" in rows["answerer openai"]["detail"]
    assert process.returncode == 0
