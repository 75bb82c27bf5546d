"""The process that holds PocketSphinx: it finds phones in sound. It shares no code with the rest.

Run as ``python sphinx_worker.py``; needs the package ``pocketsphinx``. Frames on stdin and stdout are those of
`host.voice.processes.worker_process`. A request has its ``"sound"`` as base64: 16 kHz, 16 bit little-endian. Times
count from its first sample, in seconds.

- ``{"words": [[[phone, …], …], …], "spellings": [spelling, …]}`` aligns a known text. Each word has the ways it may be
  said, as ARPAbet phones; those that the dictionary has for its spelling ("" for none) are ways too. The reply is
  ``{"words": [[way, [[phone, start, end], …]], …]}``: which way was heard, -1 for one of the dictionary's.
- ``{"phones": {phone: weight, …}}`` finds phones without a text. The reply is ``{"phones": [[phone, start, end], …]}``;
  pauses are left out.

A decoder carries state from one utterance into the next (cepstral means, words that were added). So every request is
worked on by a fork of the process as it was after start-up: the same request gives the same reply, whatever came before
it, and one that crashes the library takes nothing with it but the process, which its caller starts again.
"""

from __future__ import annotations

import base64
import itertools
import json
import os
import struct
import sys
from typing import Any

import pocketsphinx

MAX_REQUEST = 4 * 1024 * 1024
NICENESS = 5
"""The picture goes before it: it is due every 40 ms."""
RATE, FRAMES = 16_000, 100
"""Samples and frames a second."""
_CENTRE = 0.0256 / 2 - 0.005
"""Seconds by which the middle of a frame's window is behind the frame's place on the grid."""
_WAYS = 8
"""Most ways a word is looked for in."""


def decoder() -> Any:
    """A decoder with the English model, which searches without pruning: a path that is there is found."""
    return pocketsphinx.Decoder(
        lm=None, samprate=float(RATE), loglevel="FATAL", bestpath=False,
        beam=0.0, pbeam=0.0, wbeam=0.0, maxhmmpf=-1,
    )  # fmt: skip


def aligned(found: Any, request: dict[str, Any], sound: bytes) -> dict[str, Any]:
    """The words of a known text in time."""
    names: dict[str, tuple[int, int]] = {}
    words = list(zip(request["words"], request["spellings"], strict=True))
    for index, (said, spelling) in enumerate(words):
        ways = [(number, list(way)) for number, way in enumerate(said)]
        ways = [*((-1, way) for way in _looked_up(found, spelling)), *ways]
        for order, (number, way) in enumerate(ways):
            name = f"w{index}" + (f"({order + 1})" if order else "")
            names[name] = (index, number)
            found.add_word(name, " ".join(way), False)
    found.set_align_text(" ".join(f"w{index}" for index in range(len(words))))
    _listen(found, sound)
    found.set_alignment()
    _listen(found, sound)
    heard = [(names[word.name][1], _timed(word)) for word in found.get_alignment() if word.name in names]
    return {"words": heard} if len(heard) == len(words) else {"error": "the text is not in the sound"}


def recognised(found: Any, weights: dict[str, float], sound: bytes) -> dict[str, Any]:
    """Phones in time where there is no text: any may follow any, as likely as its weight says."""
    for phone in weights:
        found.add_word(f"w{phone}", phone, False)
    whole = sum(weights.values())
    loop = found.create_fsg("loop", 0, 0, [(0, 0, weight / whole, f"w{phone}") for phone, weight in weights.items()])
    found.add_fsg("loop", loop)
    found.activate_search("loop")
    _listen(found, sound)
    return {
        "phones": [
            (segment.word[1:], _seconds(segment.start_frame), _seconds(segment.end_frame + 1))
            for segment in found.seg() or ()
            if segment.word.startswith("w")
        ]
    }


def _looked_up(found: Any, spelling: str) -> list[list[str]]:
    """The ways the dictionary says a word, whose parts may be joined by hyphens; none where it lacks one."""
    parts = []
    for part in spelling.split("-") if spelling else ():
        names = (part, *(f"{part}({number})" for number in range(2, 5)))
        parts.append([way.split() for way in map(found.lookup_word, names) if way])
    ways = itertools.islice(itertools.product(*parts), _WAYS) if parts else ()
    return [list(itertools.chain(*way)) for way in ways]


def _listen(found: Any, sound: bytes) -> None:
    found.start_utt()
    found.process_raw(sound, full_utt=True)
    found.end_utt()


def _timed(word: Any) -> list[tuple[str, float, float]]:
    return [(phone.name, _seconds(phone.start), _seconds(phone.start + phone.duration)) for phone in word]


def _seconds(frame: int) -> float:
    return round(frame / FRAMES + _CENTRE, 4)


def _read(count: int) -> bytes:
    data = sys.stdin.buffer.read(count)
    if len(data) < count:
        sys.exit(0)
    return data


def _reply(reply: dict[str, Any]) -> None:
    head = json.dumps(reply).encode()
    sys.stdout.buffer.write(struct.pack(">II", len(head), 0) + head)
    sys.stdout.buffer.flush()


def _answer(found: Any, body: bytes) -> None:
    try:
        request = json.loads(body)
        sound = base64.b64decode(request["sound"])
        _reply(aligned(found, request, sound) if "words" in request else recognised(found, request["phones"], sound))
    except (RuntimeError, ValueError, KeyError, TypeError) as error:
        _reply({"error": f"PocketSphinx: {error}"})


def main() -> None:
    """Serve until stdin ends. A request that crashes the library ends the process: its caller starts another."""
    os.nice(NICENESS)
    found = decoder()
    while True:
        (length,) = struct.unpack(">I", _read(4))
        if length > MAX_REQUEST:
            sys.exit(2)
        body = _read(length)
        child = os.fork()
        if child == 0:
            status = 1
            try:
                _answer(found, body)
                status = 0
            finally:
                os._exit(status)
        if os.waitpid(child, 0)[1]:
            sys.exit(3)


if __name__ == "__main__":
    main()
