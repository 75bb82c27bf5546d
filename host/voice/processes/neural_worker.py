"""The process that holds a neural voice: ONNX Runtime, its memory and its threads stay here, niced.

Run as ``python neural_worker.py MODEL THREADS``; needs numpy and onnxruntime, and hibari-tts for English phonemes.
Frames on stdin and stdout as `host.voice.processes.worker_process` says. Requests:

- ``{"tokens": [id], "style": [256 floats] or null, "speed", "seed"}``: reply ``{"sample_rate", "durations"}``, seconds
  for each token or null where the model tells none, and the sound, 32 bit floats;
- ``{"phonemes": [text]}``: reply ``{"words": [[[text, space after, phonemes]]]}``, without sound;
- ``{"alphabet": true}``: reply ``{"alphabet": {symbol: token} or null}``, as the model's metadata tells it;
- ``{"stop": true}``: end the request under way, which is answered by an error. It has no reply of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import struct
import sys
import tempfile
import threading
from typing import Any

MAX_REQUEST = 1024 * 1024
MAX_TOKENS = 512
NICE = 5
SAMPLE_RATE = 24_000

# Where the durations are in the graphs that have no output for them: Kokoro v1.0's, and hibari's.
_INNER = ("/encoder/Clip_output_0", "/Clip_output_0")


def with_output(model: bytes, name: str) -> bytes:
    """A serialized ONNX model with one more graph output of floats.

    Protocol buffers laid end to end are merged (protobuf.dev, Encoding, "Last One Wins"), so nothing is parsed.
    """
    info = _field(1, name.encode()) + _field(2, _field(1, b"\x08\x01"))  # ValueInfoProto: name, type tensor of float
    return model + _field(7, _field(12, info))  # ModelProto.graph, GraphProto.output


def _field(number: int, body: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(body)) + body


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


class Model:
    """A Kokoro or hibari graph, told apart by the names of its inputs."""

    def __init__(self, path: str, threads: int) -> None:
        import numpy
        import onnxruntime

        self._np, self._ort = numpy, onnxruntime
        with open(path, "rb") as file:  # noqa: PTH123 - the standard library only, until the model is asked for
            data = file.read()
        self._session = self._opened(data, threads)
        self._inputs = {each.name for each in self._session.get_inputs()}
        told = [(name not in _INNER, at) for at, name in enumerate(each.name for each in self._session.get_outputs())
                if name in _INNER or "duration" in name]  # fmt: skip
        self._durations = max(told)[1] if told else None
        self._tokens = next(iter(self._inputs & {"tokens", "input_ids", "ids"}), "")
        if not self._tokens:
            raise ValueError(f"not a model this can run: its inputs are {', '.join(sorted(self._inputs))}")

    def alphabet(self) -> dict[str, int] | None:
        """The symbols that the model says it was trained with, whatever it calls them; None where it says none."""
        for value in self._session.get_modelmeta().custom_metadata_map.values():
            with contextlib.suppress(ValueError):
                told = json.loads(value)
                told = told.get("vocab", told) if isinstance(told, dict) else None
                if told and all(isinstance(token, int) for token in told.values()):
                    return {str(symbol): token for symbol, token in told.items()}
        return None

    def say(self, request: dict[str, Any], options: Any) -> tuple[dict[str, Any], bytes]:
        """The reply to one request: its JSON and its sound."""
        np = self._np
        tokens = [int(token) for token in request["tokens"]]
        if not 2 < len(tokens) <= MAX_TOKENS:
            return {"error": f"{len(tokens)} phonemes at once"}, b""
        feeds = {"speed": np.array([float(request["speed"])], np.float32)}
        feeds[self._tokens] = np.array([tokens], np.int64)
        if "style" in self._inputs:
            feeds["style"] = np.array([request["style"]], np.float32)
        out = self._session.run(None, feeds, options)
        sound = self._sound(out, int(request["seed"]))
        if not len(sound) or not np.isfinite(sound).all():
            return {"error": "the model gave no sound" if not len(sound) else "the model gave no numbers"}, b""
        durations = None
        if self._durations is not None:
            told = np.asarray(out[self._durations], np.float64).ravel()
            if len(told) == len(tokens) and np.isfinite(told).all() and told.sum() > 0:
                durations = (told * (len(sound) / SAMPLE_RATE / told.sum())).tolist()
        return {"sample_rate": SAMPLE_RATE, "durations": durations}, sound.astype("<f4").tobytes()

    def _sound(self, out: list[Any], seed: int) -> Any:
        if self._tokens == "ids":  # hibari's network gives a spectrum: its package makes the sound
            from hibari import dsp

            return dsp.synth(*(each[0] for each in out[:6]), self._np.random.default_rng(seed))
        return self._np.asarray(out[0], self._np.float32).ravel()

    def _opened(self, data: bytes, threads: int) -> Any:
        """The session, with the inner durations as an output where the graph has them: beside an output of its own they
        cost nothing."""
        inner = next((name for name in _INNER if name.encode() in data), None)
        if inner is not None:
            with contextlib.suppress(Exception):  # the name stands for something else in this graph
                return self._session_of(with_output(data, inner), threads)
        return self._session_of(data, threads)

    def _session_of(self, data: bytes, threads: int) -> Any:
        """A session of a serialized model. Read from a file it takes 90 MB less than from memory."""
        options = self._ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        with contextlib.suppress(OSError), tempfile.NamedTemporaryFile(suffix=".onnx") as file:
            file.write(data)
            file.flush()
            return self._ort.InferenceSession(file.name, options, providers=["CPUExecutionProvider"])
        return self._ort.InferenceSession(data, options, providers=["CPUExecutionProvider"])


class Worker:
    """Requests in the order they come; a thread reads ahead, to hear of a stop while one is under way."""

    def __init__(self, path: str, threads: int) -> None:
        self._path, self._threads = path, threads
        self._model: Model | None = None
        self._phonemes: Any = None
        self._waiting: queue.Queue[tuple[dict[str, Any], Any] | None] = queue.Queue()

    def serve(self) -> None:
        """Until stdin ends."""
        import onnxruntime

        threading.Thread(target=self._listen, args=(onnxruntime.RunOptions,), daemon=True).start()
        while (waiting := self._waiting.get()) is not None:
            try:
                reply, sound = self._answer(*waiting)
            except Exception as error:  # noqa: BLE001 - a runtime's errors are its own; whoever asked hears of them
                text = str(error).strip()[:300] or type(error).__name__
                reply, sound = {"error": text, "no_memory": _is_of_memory(error)}, b""
            head = json.dumps(reply).encode()
            sys.stdout.buffer.write(struct.pack(">II", len(head), len(sound)) + head + sound)
            sys.stdout.buffer.flush()

    def _answer(self, request: dict[str, Any], options: Any) -> tuple[dict[str, Any], bytes]:
        if "phonemes" in request:
            return {"words": [self._read_aloud(str(text)) for text in request["phonemes"]]}, b""
        if self._model is None:
            self._model = Model(self._path, self._threads)
        if "alphabet" in request:
            return {"alphabet": self._model.alphabet()}, b""
        return self._model.say(request, options)

    def _read_aloud(self, text: str) -> list[list[str]]:
        if self._phonemes is None:
            from hibari.g2p import G2P

            self._phonemes = G2P()
        words = self._phonemes.phonemize_tokens(self._phonemes.tokenize(text))
        return [[word.text, word.whitespace, word.phonemes or ""] for word in words]

    def _listen(self, run_options: Any) -> None:
        current = None
        while body := _frame():
            request = json.loads(body)
            if request.get("stop"):
                if current is not None:
                    current.terminate = True
            else:
                current = run_options()
                self._waiting.put((request, current))
        self._waiting.put(None)


def _is_of_memory(error: Exception) -> bool:
    """Whether there was not enough memory: the runtime tells it in words alone (bfc_arena.cc, ``std::bad_alloc``)."""
    told = str(error)
    return isinstance(error, MemoryError) or "bad_alloc" in told or "allocate memory" in told


def _frame() -> bytes:
    """The next request; empty where there is none any more."""
    head = sys.stdin.buffer.read(4)
    if len(head) < 4 or (length := struct.unpack(">I", head)[0]) > MAX_REQUEST:
        return b""
    body = sys.stdin.buffer.read(length)
    return body if len(body) == length else b""


if __name__ == "__main__":
    os.nice(NICE)
    Worker(sys.argv[1], int(sys.argv[2])).serve()
