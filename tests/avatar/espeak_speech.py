"""Real speech for the tests: espeak-ng in a process of its own, as `Speech`.

Run as a script it reads ``[[text, voice], …]`` as JSON from its input and writes what espeak made of each: sample rate,
the samples (base64 of 16-bit little endian) and the phone events ``[sample, label]``.
"""

from __future__ import annotations

import base64
import ctypes
import json
import subprocess
import sys
from functools import lru_cache
from typing import Any

import numpy as np

from host.core.media import SAMPLE_RATE, Phone, Speech, Word
from host.voice.processes.espeak_worker import _SYNTH_CALLBACK

LEAD_IN, LEAD_OUT = 0.2, 0.25

ZH = (
    "大家好，欢迎来到我的直播间！",
    "这款保温杯只有二百二十克，放包里几乎没感觉。",
    "今天下单立减二十元，到手价七十九元，点击一号链接就可以购买。",
    "不锈钢内胆，保温十二个小时，早上装的热水，晚上还是烫的。",
    "谢谢大家的支持，我们明天再见。",
    "妈妈问我买什么面膜，我说买补水的，又便宜又好用。",
)
EN = (
    "Hello everyone, and welcome to the show!",
    "This bottle keeps coffee hot for twelve hours, and people love it.",
    "Pick it up tonight for seventy nine dollars, at link number one.",
    "My favourite feature is the leak proof lid: put it in your bag and forget about it.",
    "Thank you for being here, we ship within two business days.",
)


@lru_cache(maxsize=1)
def speeches() -> tuple[Speech, ...]:
    """The sentences above, spoken once per test run."""
    return tuple(speak([(text, "cmn") for text in ZH] + [(text, "en-us") for text in EN]))


def speak(sentences: list[tuple[str, str]]) -> list[Speech]:
    """Have espeak-ng say sentences, each with its voice (``cmn``, ``en-us``)."""
    done = subprocess.run(
        [sys.executable, __file__], input=json.dumps(sentences), capture_output=True, text=True, check=True
    )
    return [_speech(text, voice, made) for (text, voice), made in zip(sentences, json.loads(done.stdout), strict=True)]


def labels(sentences: list[tuple[str, str]]) -> list[str]:
    """Every phone label espeak-ng emits for sentences, in order; the sound is thrown away."""
    done = subprocess.run(
        [sys.executable, __file__, "--labels"], input=json.dumps(sentences), capture_output=True, text=True, check=True
    )
    return [label for made in json.loads(done.stdout) for _, label in made["events"]]


def _speech(text: str, voice: str, made: dict[str, Any]) -> Speech:
    rate = made["rate"]
    raw = np.frombuffer(base64.b64decode(made["pcm"]), "<i2").astype(np.float32)
    at = np.arange(int(len(raw) * SAMPLE_RATE / rate)) * rate / SAMPLE_RATE
    sound = np.interp(at, np.arange(len(raw)), raw).astype(np.int16)
    pcm = np.concatenate(
        [np.zeros(int(LEAD_IN * SAMPLE_RATE), np.int16), sound, np.zeros(int(LEAD_OUT * SAMPLE_RATE), np.int16)]
    )
    events = made["events"]
    ends = [sample for sample, _ in events[1:]] + [len(raw)]
    phones = tuple(
        Phone(LEAD_IN + start / rate, LEAD_IN + end / rate, label)
        for (start, label), end in zip(events, ends, strict=True)
        if end > start
    )
    step = (len(raw) / rate) / max(1, len(text))
    words = tuple(Word(LEAD_IN + i * step, LEAD_IN + (i + 1) * step, i, i + 1) for i in range(len(text)))
    breaks = tuple(int((LEAD_IN + (i + 1) * step) * SAMPLE_RATE) for i, mark in enumerate(text[:-1]) if mark in "，,")
    return Speech(pcm, phones, words, text, "zh" if voice == "cmn" else "en", "espeak", breaks)


def _main() -> None:
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    samples: list[bytes] = []
    events: list[tuple[int, str]] = []

    @_SYNTH_CALLBACK
    def receive(wave: Any, count: int, event: Any) -> int:
        if wave and count > 0:
            samples.append(np.ctypeslib.as_array(wave, (count,)).tobytes())
        index = 0
        while event[index].type != 0:
            if event[index].type == 7:
                label = bytes(event[index].id.string).split(b"\0")[0]
                events.append((event[index].sample, label.decode("utf-8", "replace")))
            index += 1
        return 0

    initialize = library.espeak_Initialize
    initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
    rate = initialize(2, 0, espeakng_loader.get_data_path().encode(), 3)
    library.espeak_SetSynthCallback(receive)
    out = []
    for text, voice in json.load(sys.stdin):
        samples.clear()
        events.clear()
        library.espeak_SetVoiceByName(voice.encode())
        spoken = text.encode()
        library.espeak_Synth(spoken, len(spoken) + 1, 0, 1, 0, 1 | 0x100, None, None)
        library.espeak_Synchronize()
        pcm = b"" if "--labels" in sys.argv else b"".join(samples)
        out.append({"rate": rate, "pcm": base64.b64encode(pcm).decode(), "events": list(events)})
    json.dump(out, sys.stdout)


if __name__ == "__main__":
    _main()
