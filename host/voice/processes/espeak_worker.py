"""The process that holds espeak-ng. It shares no code with the rest: the GPL-3 library and its C state stay here.

Run as ``python espeak_worker.py LIBRARY DATA``; needs nothing but the standard library. Frames on stdin and stdout:

- request: length (big-endian uint32), then JSON ``{"text", "voice", "rate", "pitch", "range", "gap"}``;
- reply: length of JSON, length of sound (two big-endian uint32), the JSON, the sound (16 bit little-endian).
  JSON is ``{"sample_rate", "events": [[type, sample, position, length, phone]]}``, or ``{"error"}`` without sound.

espeak-ng carries state (flutter, noise) from one utterance into the next. So every utterance is spoken by a fork of
the process as it was after start-up and the choice of its voice: the same request gives the same bytes, whatever was
said before it. Choosing a voice takes as long as saying a sentence, so each voice has a process that has chosen it.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import struct
import sys
from typing import Any

MAX_REQUEST = 64 * 1024
MAX_SAMPLES = 22_050 * 180
MAX_VOICES = 4
"""Processes kept: a room speaks two languages."""

_SYNCHRONOUS = 2
_PHONE_EVENTS, _IPA = 1, 2
_UTF8, _PHONEMES = 1, 0x100
_RATE, _PITCH, _RANGE, _WORD_GAP = 1, 3, 4, 7
_LIST_END, _PHONE = 0, 7
_POSITION_CHARACTER = 1
_KEPT_EVENTS = {1, 2, 5, 7}


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_SYNTH_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Espeak:
    """The library, initialised once."""

    def __init__(self, library: str, data: str) -> None:
        self._lib = ctypes.CDLL(library)
        self._lib.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
        self._lib.espeak_Synth.argtypes = [
            ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
            ctypes.c_void_p, ctypes.c_void_p,
        ]  # fmt: skip
        self._lib.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
        self._lib.espeak_SetParameter.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int]
        self.sample_rate = int(self._lib.espeak_Initialize(_SYNCHRONOUS, 0, os.fsencode(data), _PHONE_EVENTS | _IPA))
        if self.sample_rate <= 0:
            raise OSError(f"espeak-ng finds no data in {data}")
        self._sound: list[bytes] = []
        self._samples = 0
        self._events: list[list[Any]] = []
        self._callback = _SYNTH_CALLBACK(self._receive)
        self._lib.espeak_SetSynthCallback(self._callback)

    def choose(self, voice: str) -> bool:
        """Load a voice, by the library's name for it. False where there is none."""
        return bool(self._lib.espeak_SetVoiceByName(voice.encode()) == 0)

    def say(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The reply to one request in the voice that was chosen: its JSON and its sound."""
        for parameter, key in ((_RATE, "rate"), (_PITCH, "pitch"), (_RANGE, "range"), (_WORD_GAP, "gap")):
            self._lib.espeak_SetParameter(parameter, int(request[key]), 0)
        text = str(request["text"]).replace("\0", " ").encode()
        if self._lib.espeak_Synth(text, len(text) + 1, 0, _POSITION_CHARACTER, 0, _UTF8 | _PHONEMES, None, None) != 0:
            return {"error": "espeak-ng refused the text"}, b""
        self._lib.espeak_Synchronize()
        return {"sample_rate": self.sample_rate, "events": self._events}, b"".join(self._sound)

    def _receive(self, sound: Any, count: int, events: Any) -> int:
        if sound and count > 0:
            self._sound.append(ctypes.string_at(sound, count * 2))
            self._samples += count
        index = 0
        while events[index].type != _LIST_END:
            event = events[index]
            if event.type in _KEPT_EVENTS:
                # The label fills all eight bytes when it is long: then no terminator follows.
                raw = ctypes.string_at(ctypes.addressof(event.id), 8).split(b"\0")[0] if event.type == _PHONE else b""
                label = raw.decode("utf-8", "ignore")
                self._events.append([event.type, event.sample, event.text_position, event.length, label])
            index += 1
        return int(self._samples > MAX_SAMPLES)


def _read(count: int) -> bytes:
    data = sys.stdin.buffer.read(count)
    if len(data) < count:
        sys.exit(0)
    return data


def _reply(reply: dict[str, Any], sound: bytes = b"") -> None:
    head = json.dumps(reply).encode()
    sys.stdout.buffer.write(struct.pack(">II", len(head), len(sound)) + head + sound)
    sys.stdout.buffer.flush()


class Speaker:
    """A process that has chosen one voice and is forked for each utterance; it ends with the pipe it is asked by."""

    def __init__(self, espeak: Espeak, voice: str) -> None:
        asked, self._ask = os.pipe()
        self._done, done = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                os.close(self._ask)
                os.close(self._done)
                _speak(espeak, voice, asked, done)
            finally:
                os._exit(0)
        os.close(asked)
        os.close(done)

    def answer(self, body: bytes) -> bool:
        """Have a request answered. False where the library crashed over it."""
        with os.fdopen(os.dup(self._ask), "wb") as pipe:
            pipe.write(struct.pack(">I", len(body)) + body)
        return os.read(self._done, 1) == b"+"

    def close(self) -> None:
        """End the process, which is idle. Younger ones hold its pipe open too: its end would come with theirs."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._ask)
        os.close(self._done)


def _speak(espeak: Espeak, voice: str, asked: int, done: int) -> None:
    """A `Speaker`'s own process: serve until nobody can ask any more."""
    there = espeak.choose(voice)
    with os.fdopen(asked, "rb") as requests:
        while head := requests.read(4):
            request = json.loads(requests.read(struct.unpack(">I", head)[0]))
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    _answer(espeak, request, there)
                    status = 0
                finally:
                    os._exit(status)
            _, status = os.waitpid(child, 0)
            os.write(done, b"-" if status else b"+")


def _answer(espeak: Espeak, request: dict[str, Any], there: bool) -> None:
    if not there:
        _reply({"error": f"espeak-ng has no voice {request['voice']!r}"})
        return
    try:
        reply, sound = espeak.say(request)
    except (ValueError, KeyError, TypeError) as error:
        reply, sound = {"error": f"bad request: {error}"}, b""
    _reply(reply, sound)


def main(library: str, data: str) -> None:
    """Serve until stdin ends. An utterance that crashes the library ends the process: its caller starts another."""
    espeak = Espeak(library, data)
    speakers: dict[str, Speaker] = {}
    while True:
        (length,) = struct.unpack(">I", _read(4))
        if length > MAX_REQUEST:
            sys.exit(2)
        body = _read(length)
        try:
            voice = str(json.loads(body)["voice"])
        except (ValueError, KeyError, TypeError) as error:
            _reply({"error": f"bad request: {error}"})
            continue
        if voice not in speakers:
            if len(speakers) >= MAX_VOICES:
                speakers.pop(next(iter(speakers))).close()
            speakers[voice] = Speaker(espeak, voice)
        if not speakers[voice].answer(body):
            sys.exit(3)


if __name__ == "__main__":
    main(*sys.argv[1:3])
