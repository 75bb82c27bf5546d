"""A real room in a process of its own, as a user starts it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from host.core.errors import LivehostError

TOKEN = "bench-token-not-a-secret-000000"


@dataclass
class LiveRoom:
    """A running `livehost live`."""

    process: subprocess.Popen[str]
    base: str

    def get(self, path: str, timeout: float = 5.0) -> Any:
        """GET a JSON document as the operator."""
        request = urllib.request.Request(self.base + path, headers={"Authorization": f"Bearer {TOKEN}"})
        with urllib.request.urlopen(request, timeout=timeout) as response:
            return json.load(response)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """POST a JSON document as the operator."""
        request = urllib.request.Request(
            self.base + path,
            data=json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=5) as response:
            return json.load(response)

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        self.process.kill()
        self.process.wait(10)

    def rss(self) -> int:
        """Resident memory in bytes of the room and its children (Linux)."""
        return sum(memory_of(pid) for pid in (self.process.pid, *_children(self.process.pid)))


@contextmanager
def live_room(
    data: Path, cache: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[LiveRoom]:
    """Start `livehost live` on a free port and stop it with SIGTERM in the end. Raises `LivehostError`.

    No language model is used unless ``environment`` names one.
    """
    command = [
        sys.executable,
        "-m",
        "host",
        "live",
        "--port",
        "0",
        "--data",
        str(data),
        "--cache",
        str(cache),
        *arguments,
    ]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("OPENAI_")}
    ours = {"LIVEHOST_TOKEN": TOKEN, "PYTHONUNBUFFERED": "1", "LIVEHOST_LOG": "json"}
    data.mkdir(parents=True, exist_ok=True)
    with (data / "room.log").open("a", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, text=True, env={**inherited, **ours, **(environment or {})}
        )
        try:
            yield LiveRoom(process, _address(process, data))
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _address(process: subprocess.Popen[str], data: Path) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if match := re.search(r"viewers\s+(http://\S+?)/\s*$", line):
            return match[1]
    raise LivehostError("the room did not start", hint=f"its log is {data / 'room.log'}")


def _children(pid: int) -> list[int]:
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in listed.split()]


def memory_of(pid: int) -> int:
    """Resident memory of a process in bytes; 0 where there is none (Linux)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    match = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(match[1]) * 1024 if match else 0
