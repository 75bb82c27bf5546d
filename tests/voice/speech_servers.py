"""Local servers that speak the HTTP protocols of voices people use: their true fields, replies and errors.

What is particular to one is a function from a request to an answer; how servers go wrong on the wire (``Wire``) is
alike for all. Sources: those that the engines' docstrings name.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

Wire = Literal["good", "cut", "silent", "endless", "page", "gateway", "reset"]
KEY = "the-key-in-the-environment"


@dataclass
class Got:
    """A request."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        assert self.headers["content-type"] == "application/json"
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, bytes]:
        kind = self.headers["content-type"]
        if kind == "application/x-www-form-urlencoded":
            return {name: value.encode() for name, value in parse_qsl(self.body.decode(), strict_parsing=True)}
        whole = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + self.body)
        return {part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
                for part in whole.iter_parts()}  # type: ignore[misc]  # fmt: skip


@dataclass
class Answer:
    """What a server sends back. ``breaks`` ends it before its end, as an error while it streams does."""

    status: int
    kind: str
    body: bytes
    breaks: bool = False


def said(status: int, /, **fields: Any) -> Answer:
    return Answer(status, "application/json", json.dumps(fields, ensure_ascii=False).encode())


Protocol = Callable[[Got, bytes], Answer]


def openai(got: Got, sound: bytes) -> Answer:
    """Kokoro-FastAPI's: errors of the voice are 400 with a detail."""
    if got.path != "/v1/audio/speech":
        return said(404, detail="Not Found")
    if got.json["voice"] == "nobody":
        return said(400, detail={"error": "validation_error", "message": "Voice 'nobody' not found.",
                                 "type": "invalid_request_error"})  # fmt: skip
    if got.headers.get("authorization", f"Bearer {KEY}") != f"Bearer {KEY}":
        return said(401, error={"message": f"Incorrect API key provided: {got.headers['authorization'][7:]}",
                                "code": "invalid_api_key"})  # fmt: skip
    return Answer(200, "audio/mpeg", sound)


def gpt_sovits(got: Got, sound: bytes) -> Answer:
    asked = got.json
    if got.path != "/tts":
        return said(404, detail="Not Found")
    if wrong := [name for name in ("speed_factor",) if not isinstance(asked.get(name, 1.0), (int, float))]:
        return said(422, detail=[{"loc": ["body", wrong[0]], "msg": "Input should be a valid number"}])
    for name in ("ref_audio_path", "text", "text_lang", "prompt_lang"):
        if not asked.get(name):
            return said(400, message=f"{name} is required")
    if asked["media_type"] not in ("wav", "raw", "ogg", "aac"):
        return said(400, message=f"media_type: {asked['media_type']} is not supported")
    if "short" in asked["ref_audio_path"]:
        return said(400, message="tts failed", Exception="参考音频在3~10秒范围外，请更换！")
    return Answer(200, "audio/wav", sound)


def cosyvoice(got: Got, sound: bytes) -> Answer:
    form = got.form
    modes = {"sft": ["spk_id"], "zero_shot": ["prompt_text", "prompt_wav"], "cross_lingual": ["prompt_wav"],
             "instruct": ["spk_id", "instruct_text"], "instruct2": ["instruct_text", "prompt_wav"]}  # fmt: skip
    wanted = ["tts_text", *modes[got.path.removeprefix("/inference_")]]
    if missing := [name for name in wanted if name not in form]:
        return said(422, detail=[{"type": "missing", "loc": ["body", missing[0]], "msg": "Field required"}])
    if form.get("spk_id", b"").decode() == "nobody":
        return Answer(200, "", b"", breaks=True)  # a KeyError in the generator
    return Answer(200, "", sound)


def fish(got: Got, sound: bytes) -> Answer:
    if got.headers.get("authorization", f"Bearer {KEY}") != f"Bearer {KEY}":
        return said(401, statusCode=401, message="Invalid token", error="Unauthorized")
    asked = got.json
    if asked.get("reference_id") == "paid":
        return said(402, status=402, message="Insufficient API credit.")
    if any("audio" not in each or "text" not in each for each in asked.get("references", [])):
        return said(422, detail=[{"loc": ["references"], "msg": "Field required"}])
    return Answer(200, "audio/mpeg", sound)


def minimax(got: Got, sound: bytes) -> Answer:
    def failed(code: int, message: str) -> Answer:
        return said(200, trace_id="t", base_resp={"status_code": code, "status_msg": message})

    asked = got.json
    if got.path != "/v1/t2a_v2" or asked["output_format"] != "hex" or asked["stream"]:
        return failed(2013, "invalid params")
    if got.headers.get("authorization") != f"Bearer {KEY}":
        return failed(1004, f"login fail: {got.headers.get('authorization')} does not match the group")
    known = {
        "nobody": (2054, "voice id not exist"),
        "poor": (1008, "insufficient balance"),
        "often": (1002, "rate limit"),
        "rude": (1026, "input new_sensitive"),
        "odd": (1000, "unknown error"),
    }
    if asked["voice_setting"]["voice_id"] in known:
        return failed(*known[asked["voice_setting"]["voice_id"]])
    return said(200, data={"audio": sound.hex(), "status": 2}, extra_info={"audio_format": "mp3"}, trace_id="t",
                base_resp={"status_code": 0, "status_msg": "success"})  # fmt: skip


def volcano(got: Got, sound: bytes) -> Answer:
    def failed(code: int, message: str, status: int = 200) -> Answer:
        return said(status, reqid="r", code=code, operation="query", message=message, addition={})

    if got.path == "/api/v3/tts/unidirectional":
        return _volcano_v3(got, sound)
    asked = got.json
    assert asked["request"]["operation"] == "query"
    assert asked["request"]["reqid"]
    if got.headers["authorization"] != f"Bearer;{KEY}" or not asked["app"]["appid"]:
        return failed(3001, "authenticate request: load grant: requested grant not found", 401)
    known = {"nobody": (3050, "voice not found"), "locked": (3001, "extract request resource id: get resource id: "
             "access denied"), "poor": (3003, "quota exceeded for types: text_words_lifetime"),
             "often": (3003, "quota exceeded for types: concurrency"), "rude": (3011, "illegal input text!"),
             "odd": (3031, "backend error")}  # fmt: skip
    if asked["audio"]["voice_type"] in known:
        return failed(*known[asked["audio"]["voice_type"]])
    return said(200, reqid="r", code=3000, operation="query", message="Success", sequence=-1,
                data=base64.b64encode(sound).decode(), addition={"duration": "1960"})  # fmt: skip


def _volcano_v3(got: Got, sound: bytes) -> Answer:
    if got.headers.get("x-api-access-key", got.headers.get("x-api-key")) != KEY:
        return said(401, header={"reqid": "r", "code": 45000010, "message": "Invalid X-Api-Key"})
    asked = got.json["req_params"]
    if asked["speaker"] == "nobody":
        return said(200, code=45000000, message="speaker permission denied: get resource id: access denied", data=None)
    half = len(sound) // 2
    rows: list[dict[str, Any]] = [
        {"code": 0, "message": "", "data": base64.b64encode(sound[:half]).decode()},
        {"code": 0, "message": "", "data": None, "sentence": {"text": asked["text"], "words": []}},
        {"code": 0, "message": "", "data": base64.b64encode(sound[half:]).decode()},
    ]
    if asked["speaker"] != "unfinished":
        rows.append({"code": 20000000, "message": "ok", "data": None})
    return Answer(200, "application/json", "\n".join(json.dumps(row) for row in rows).encode())


@dataclass
class SpeechServer:
    """A server on this machine."""

    protocol: Protocol
    sound: bytes
    wire: Wire = "good"
    url: str = ""
    got: list[Got] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            _, target, _ = head.split("\r\n")[0].split(" ")
            headers = {name.lower(): value for name, value in
                       (line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)}  # fmt: skip
            body = await reader.readexactly(int(headers["content-length"]))
            parts = urlsplit(target)
            self.got.append(Got(parts.path, dict(parse_qsl(parts.query)), headers, body))
            await self._answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.wire == "silent":
            await reader.read()
            return
        if self.wire == "reset":
            writer.transport.abort()
            return
        answer = self.protocol(self.got[-1], self.sound)
        if self.wire == "page":
            answer = Answer(200, "text/html; charset=utf-8", b"<!DOCTYPE html><title>Sign in</title>" * 40)
        if self.wire == "gateway":
            answer = Answer(502, "text/html", b"<html><h1>502 Bad Gateway</h1></html>")
        kind = f"Content-Type: {answer.kind}\r\n" if answer.kind else ""
        writer.write(f"HTTP/1.1 {answer.status} -\r\n{kind}Transfer-Encoding: chunked\r\n\r\n".encode())
        if self.wire == "endless":
            while not writer.is_closing():
                writer.write(b"10000\r\n" + bytes(0x10000) + b"\r\n")
                await writer.drain()
        broken = self.wire == "cut" or answer.breaks
        body = answer.body[: len(answer.body) // 2] if broken else answer.body
        writer.write(b"%x\r\n%s\r\n" % (len(body), body) if body else b"")
        writer.write(b"" if broken else b"0\r\n\r\n")
        await writer.drain()


@asynccontextmanager
async def speech_server(protocol: Protocol, sound: bytes, wire: Wire = "good") -> AsyncIterator[SpeechServer]:
    """One that answers while the block lasts."""
    server = SpeechServer(protocol, sound, wire)
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0, limit=2**20)
    server.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        listener.close()
