"""What has been spoken once, kept in memory and on disk: a loop of scripts is paid for once, and survives an outage."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import struct
import tempfile
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from host.core.media import Phone, Speech, Word

MEMORY_BYTES = 8 * 1024 * 1024
"""Ninety seconds of speech: what is withdrawn is said again soon, and the rest is on disk or quickly made."""
DISK_BYTES = 512 * 1024 * 1024
_FORMAT = 6
"""Part of every key: raised when decoding, checking, finishing or phones change, so that old entries, and the faults in
them, are not found any more."""
_MAGIC = b"LHSP"
_SUFFIX = ".speech"


def cache_key(engine: str, options: Mapping[str, Any], lang: str, spoken: str) -> str:
    """The name of an entry: 64 hexadecimal digits."""
    identity = json.dumps([_FORMAT, engine, options, lang, spoken], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()


def encode(speech: Speech) -> bytes:
    """A speech as bytes: magic, length of the JSON head, SHA-256 of what follows, head, samples."""
    head = {
        "phones": [[phone.start, phone.end, phone.label] for phone in speech.phones],
        "words": [[word.start, word.end, word.first, word.last] for word in speech.words],
        "spoken": speech.spoken, "lang": speech.lang, "engine": speech.engine, "breaks": list(speech.breaks),
    }  # fmt: skip
    text = json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass")
    body = text + speech.pcm.astype("<i2").tobytes()
    return _MAGIC + struct.pack(">I", len(text)) + hashlib.sha256(body).digest() + body


def decode(data: bytes) -> Speech:
    """The inverse of `encode`. Raises ValueError for anything else."""
    try:
        if data[:4] != _MAGIC:
            raise ValueError("not a speech")
        (length,) = struct.unpack_from(">I", data, 4)
        body = data[40:]
        if hashlib.sha256(body).digest() != data[8:40]:
            raise ValueError("damaged")
        head = json.loads(body[:length].decode("utf-8", "surrogatepass"))
        return Speech(
            pcm=np.frombuffer(body[length:], dtype="<i2").astype(np.int16),
            phones=tuple(Phone(*entry) for entry in head["phones"]),
            words=tuple(Word(*entry) for entry in head["words"]),
            spoken=head["spoken"], lang=head["lang"], engine=head["engine"], breaks=tuple(head["breaks"]),
        )  # fmt: skip
    except (struct.error, KeyError, TypeError) as error:
        raise ValueError(f"not a speech: {error}") from error


class SpeechCache:
    """Least recently used goes first, in memory and on disk. Disk methods block: call them on a worker thread."""

    def __init__(self, folder: Path, memory_bytes: int = MEMORY_BYTES, disk_bytes: int = DISK_BYTES) -> None:
        self._folder = folder
        self._memory_bytes = memory_bytes
        self._disk_bytes = disk_bytes
        self._memory: OrderedDict[str, Speech] = OrderedDict()
        self._in_memory = 0
        self._on_disk: int | None = None
        self.hits = 0
        self.misses = 0
        self.errors = 0

    def recall(self, key: str) -> Speech | None:
        """From memory."""
        speech = self._memory.get(key)
        if speech is not None:
            self._memory.move_to_end(key)
        return speech

    def remember(self, key: str, speech: Speech) -> None:
        """Into memory; the oldest entries make room."""
        if key in self._memory:
            self._in_memory -= self._memory.pop(key).pcm.nbytes
        if speech.pcm.nbytes > self._memory_bytes:
            return
        self._memory[key] = speech
        self._in_memory += speech.pcm.nbytes
        while self._in_memory > self._memory_bytes:
            _, oldest = self._memory.popitem(last=False)
            self._in_memory -= oldest.pcm.nbytes

    def has(self, key: str) -> bool:
        """Whether it is in memory or, it seems, on disk. Blocks."""
        return key in self._memory or self._path(key).is_file()

    def load(self, key: str) -> Speech | None:
        """From disk. A damaged entry is removed and is a miss, as is a disk that cannot be read."""
        path = self._path(key)
        try:
            speech = decode(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            self.errors += 1
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return speech

    def store(self, key: str, speech: Speech) -> None:
        """To disk, whole or not at all. A disk that is full or read-only costs the entry, nothing else."""
        data = encode(speech)
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(data)
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError:
            self.errors += 1
            return
        self._on_disk = (self._on_disk or 0) + len(data) if self._on_disk is not None else None
        if self._on_disk is None or self._on_disk > self._disk_bytes:
            self._prune()

    def stats(self) -> dict[str, int]:
        """Counters for the console."""
        return {
            "hits": self.hits, "misses": self.misses, "errors": self.errors, "entries": len(self._memory),
            "memory_bytes": self._in_memory,
        }  # fmt: skip

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / (key + _SUFFIX)

    def _prune(self) -> None:
        """Remove the entries used longest ago until four fifths of the limit are left; and half-written files."""
        entries: list[tuple[float, int, Path]] = []
        for file in self._folder.glob("??/*"):
            with contextlib.suppress(OSError):
                status = file.stat()
                entries.append((status.st_mtime, status.st_size, file))
        total = sum(size for _, size, _ in entries)
        if total > self._disk_bytes:
            for _, size, file in sorted(entries):
                if total <= self._disk_bytes * 4 // 5:
                    break
                with contextlib.suppress(OSError):
                    file.unlink()
                    total -= size
        self._on_disk = total
