"""`livehost live` as a user starts it: a real process, a real browser, real kills."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import browser as chromium
import pytest
from prometheus_client.parser import text_string_to_metric_families

from host.bench.process import LiveRoom, live_room
from host.core.clock import MonotonicClock
from host.journal import read

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, speech_cache: Path) -> Iterator[LiveRoom]:
    with live_room(tmp_path_factory.mktemp("live"), speech_cache) as running:
        yield running


def wait_for(room: LiveRoom, true: Any, limit: float = 30.0) -> dict[str, Any]:
    """The first state of the room that ``true`` accepts."""
    clock = MonotonicClock()
    while clock.now() < limit:
        state: dict[str, Any] = room.get("/api/state")
        if true(state):
            return state
    raise AssertionError(f"not within {limit} s; the last state: {json.dumps(state, ensure_ascii=False)[:2000]}")


async def test_chromium_sees_and_hears_the_demo_room(room: LiveRoom) -> None:
    async with chromium.launch() as browser:
        page = await browser.new_page(viewport={"width": 412, "height": 892})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.add_init_script(
            "const N = RTCPeerConnection; window.peers = [];"
            "window.RTCPeerConnection ="
            " class extends N { constructor(...a) { super(...a); window.peers.push(this); } };"
        )
        await page.goto(room.base + "/")
        await page.wait_for_function("() => document.querySelector('video')?.currentTime > 1", timeout=20_000)
        await page.evaluate("document.querySelector('video').muted = false")  # muted, its energy counts as none
        before = await chromium.receiver_stats(page, "window.peers.at(-1)")
        await page.wait_for_timeout(8000)
        after = await chromium.receiver_stats(page, "window.peers.at(-1)")
    decoded = after["video"]["framesDecoded"] - before["video"]["framesDecoded"]
    assert (after["video"]["frameWidth"], after["video"]["frameHeight"]) == (720, 1280)
    assert decoded > 8 * 25 * 0.8
    assert after["audio"]["totalAudioEnergy"] > before["audio"]["totalAudioEnergy"]
    assert abs(after["skew"]) < 0.1
    assert not errors


async def test_a_browser_that_offers_no_h264_hears_the_room_and_is_told(room: LiveRoom) -> None:
    async with chromium.launch() as browser:
        page = await browser.new_page(viewport={"width": 412, "height": 892})
        await page.add_init_script(
            "const prefer = RTCRtpTransceiver.prototype.setCodecPreferences;"
            "RTCRtpTransceiver.prototype.setCodecPreferences = function (codecs) {"
            " prefer.call(this, codecs.filter(({ mimeType }) => mimeType !== 'video/H264')); };"
        )
        await page.goto(room.base + "/")
        await page.wait_for_function(
            "() => document.querySelector('live-player').dataset.state === 'listening'", timeout=20_000
        )
        await page.mouse.click(200, 300)
        await page.wait_for_function("() => !document.querySelector('video').muted")
        before = await chromium.receiver_stats(page, "document.querySelector('live-player').session.pc")
        await page.wait_for_timeout(3000)
        after = await chromium.receiver_stats(page, "document.querySelector('live-player').session.pc")
        assert "H.264" in await page.locator(".player-note").inner_text()
    assert "video" not in after
    heard_before = before.get("audio", {"totalAudioEnergy": 0.0})  # there is no report until the first packet
    assert after["audio"]["totalAudioEnergy"] > heard_before["totalAudioEnergy"]


async def test_a_comment_on_the_page_is_answered_by_voice_and_on_the_page(room: LiveRoom) -> None:
    async with chromium.launch() as browser:
        page = await browser.new_page(viewport={"width": 412, "height": 892})
        await page.goto(room.base + "/")
        await page.get_by_role("textbox").last.fill("1号链接多少钱？")
        await page.keyboard.press("Enter")
        state = wait_for(room, lambda s: any(c["fate"] == "answered" and "多少钱" in c["text"] for c in s["comments"]))
        comment = next(c for c in state["comments"] if "多少钱" in c["text"])
        assert "69" in comment["answer"] or "79" in comment["answer"]
        await page.wait_for_function("(text) => document.body.innerText.includes(text)", arg=comment["answer"][:8])


def test_the_operator_speaks_through_the_host(room: LiveRoom) -> None:
    room.post("/api/commands", {"command": "say", "text": "欢迎新来的朋友们。"})
    wait_for(room, lambda s: s["now"] is not None and s["now"]["kind"] == "operator", 15)
    with pytest.raises(urllib.error.HTTPError) as refused:
        room.post("/api/commands", {"command": "say", "text": "今天只要一块钱。"})
    assert refused.value.code in (409, 422)
    assert "guard" in refused.value.read().decode()


def test_health_and_metrics(room: LiveRoom) -> None:
    assert room.get("/healthz")["live"]
    assert room.get("/readyz")["ready"]
    request = urllib.request.Request(
        room.base + "/metrics", headers={"Authorization": "Bearer bench-token-not-a-secret-000000"}
    )
    with urllib.request.urlopen(request, timeout=5) as response:
        text = response.read().decode()
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert families["livehost_utterances"].type == families["livehost_connections_refused"].type == "counter"
    assert families["livehost_render_seconds"].type == families["livehost_connections"].type == "gauge"
    assert 0 < families["livehost_render_seconds"].samples[0].value < 1
    assert {"output": "whep"} in [sample.labels for sample in families["livehost_output_packets_sent"].samples]
    with pytest.raises(urllib.error.HTTPError) as closed:
        urllib.request.urlopen(room.base + "/metrics", timeout=5)
    assert closed.value.code == 401


@pytest.mark.parametrize("enough", [False, True])
def test_a_killed_room_comes_back_to_its_line_and_answers_nothing_twice(
    tmp_path: Path, speech_cache: Path, enough: bool
) -> None:
    """Killed when an answer has just begun, which is said again, or after a second of it, which counts as given."""
    journal = tmp_path / "demo.journal.db"
    with live_room(tmp_path, speech_cache) as room:
        wait_for(room, lambda s: s["now"] is not None and s["place"] is not None)
        room.post("/api/comments", {"user": "小鹿", "text": "包邮吗", "id": "c1"})
        wait_for(room, lambda s: s["now"] is not None and s["now"]["in_reply_to"] == ["c1"])
        if enough:
            wait_for(room, lambda _: any(event["kind"] == "given" for event in read(journal)))
        room.kill()
    before = list(read(journal))
    assert [event["in_reply_to"] for event in before if event["kind"] == "given"] == [["c1"]] * enough
    clock = MonotonicClock()
    with live_room(tmp_path, speech_cache) as room:
        wait_for(room, lambda s: s["now"] is not None)
        back = clock.now()
        wait_for(room, lambda s: s["place"] is not None)
        room.post("/api/comments", {"user": "小鹿", "text": "包邮吗", "id": "c1"})
        wait_for(room, lambda s: any(c["id"] == "c1" and c["fate"] == "answered" for c in s["comments"]))
        reviewed = subprocess.run(
            [sys.executable, "-m", "host", "review", str(journal), "--out", str(tmp_path / "out"),
             "--json"], capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
        assert [run["ending"] for run in json.loads(reviewed.stdout)["runs"]] == ["killed", "running"]
    after = list(read(journal))[len(before) :]
    assert back < 30  # the figure is `livehost bench restart`'s; this only says that it comes back at all
    again = [event for event in after if event["kind"] == "speaking" and "c1" in event["in_reply_to"]]
    assert [event.get("excuse", False) for event in again[:2]] == [] if enough else [True, False]
    last = [event for event in before if event["kind"] == "speaking" and event["place"]][-1]
    resumed = next(event for event in after if event["kind"] == "speaking" and event["place"])
    assert resumed["place"][:2] == last["place"][:2]
    ids = [event["utterance"] for event in [*before, *after] if event["kind"] == "speaking"]
    assert len(set(ids)) == len(ids)


def test_sigterm_finishes_the_sentence(tmp_path: Path, speech_cache: Path) -> None:
    with live_room(tmp_path, speech_cache) as room:
        wait_for(room, lambda s: s["now"] is not None and s["now"]["duration"] - s["now"]["heard"] > 1.0)
        room.process.send_signal(signal.SIGTERM)
        assert room.process.wait(40) == 0
    events = list(read(tmp_path / "demo.journal.db"))
    assert events[-1]["kind"] == "room_stopped"
    last = [event for event in events if event["kind"] == "played"][-1]
    assert not last["interrupted"]


def test_sigterm_twice_leaves_at_once_and_is_no_crash(tmp_path: Path, speech_cache: Path) -> None:
    with live_room(tmp_path, speech_cache) as room:
        wait_for(room, lambda s: s["now"] is not None and s["now"]["duration"] - s["now"]["heard"] > 1.0)
        room.process.send_signal(signal.SIGTERM)
        wait_for(room, lambda s: s["phase"] == "stopping")
        room.process.send_signal(signal.SIGTERM)
        room.process.wait(40)
    events = list(read(tmp_path / "demo.journal.db"))
    assert [event["reason"] for event in events if event["kind"] == "room_stopped"] == ["stopped"]


def live(*arguments: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "host", "live", "--port", "0", "--data", str(data), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=120, env={**os.environ, **environment}, check=False
    )


def test_a_busy_port_is_said_before_the_work(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = live("--port", str(port), data=tmp_path)
    assert result.returncode == 2
    assert str(port) in result.stderr
    assert "--port" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("avatar: nobody", "room.yaml:3: avatar：没有「nobody」\n    可以用：kai"),
        ("lang: en\navatar: nobody", "room.yaml:4: avatar: there is no 'nobody'\n    there are: kai"),
        ("voice: {zh: [nothing]}", "可以用："),
        ("scripts: [../nowhere]", "nowhere"),
        ("lang: xx", "lang"),
        ("colour: red", "colour"),
    ],
)
def test_a_wrong_room_file_is_said_with_what_exists(tmp_path: Path, change: str, said: str) -> None:
    base = {"name": "x", "scripts": "[scripts]"}
    lines = {line.split(":")[0]: line for line in (f"{key}: {value}" for key, value in base.items())}
    lines[change.split(":")[0]] = change
    (tmp_path / "scripts").mkdir()
    (tmp_path / "room.yaml").write_text("\n".join(lines.values()) + "\n", encoding="utf-8")
    (tmp_path / "scripts" / "a.md").write_text(
        "---\nname: 杯\nlink: 1\nprice: 9元\n---\n## 一\n你好，大家好。\n", "utf-8"
    )
    result = live(str(tmp_path / "room.yaml"), data=tmp_path / "data")
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unwritable_journal_is_said_at_start(tmp_path: Path) -> None:
    (tmp_path / "demo.journal.db").mkdir()
    result = live(data=tmp_path)
    assert result.returncode == 2
    assert "journal" in result.stderr
    assert "--data" in result.stderr


def test_a_language_model_that_is_down_leaves_the_room_on_air(tmp_path: Path, speech_cache: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/v1"
    with live_room(
        tmp_path, speech_cache, environment={"OPENAI_API_KEY": "sk-test-not-a-key", "OPENAI_BASE_URL": nobody}
    ) as room:
        wait_for(room, lambda s: s["now"] is not None)
        room.post("/api/comments", {"user": "小鹿", "text": "1号链接多少钱", "id": "c1"})
        state = wait_for(room, lambda s: any(c["id"] == "c1" and c["fate"] == "answered" for c in s["comments"]))
        assert state["degraded"]
    assert "sk-test-not-a-key" not in (tmp_path / "room.log").read_text()
