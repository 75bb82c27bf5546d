"""`livehost doctor`: what on this machine would stop a room, and what to do about it."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

import av
import av.codec
import cv2
import numpy as np

from host.config import RoomFile
from host.console.server import listen
from host.core import plugins
from host.core.addresses import is_loopback
from host.core.clock import MonotonicClock
from host.core.errors import LivehostError
from host.core.media import FPS, HEIGHT, WIDTH, Picture
from host.core.ports import Context, VoiceError
from host.programme.endpoints import Asked, ask_answerers, ask_judge, ask_voices
from host.programme.opening import context_of
from host.stage.encoder import Encoder, EncoderSettings
from host.voice.engines import espeak

LEAST_FREE = 2 * 1024**3
"""Bytes of disk under which recording and journal are at risk."""


@dataclass(frozen=True)
class Result:
    """One thing looked at. ``stop`` would keep a room off the air, ``note`` costs a feature."""

    name: str
    level: Literal["ok", "note", "stop"]
    detail: str
    hint: str = ""


def examine(host: str, port: int, data: Path, cache: Path, room: Callable[[], RoomFile]) -> list[Result]:
    """Look at everything; each check stands alone, and one that breaks is itself a finding. ``room`` reads the room
    whose answerers and voices are asked."""
    checks: list[Callable[[], Iterator[Result]]] = [
        _python,
        _packages,
        _codecs,
        _speed,
        _fonts,
        lambda: _voice(data, cache),
        lambda: _address(host, port),
        lambda: _folder("data folder", data),
        lambda: _folder("cache folder", cache),
        _backends,
        lambda: _endpoints(room, data, cache),
        _browser,
    ]
    results: list[Result] = []
    for look in checks:
        try:
            results += look()
        except LivehostError as error:
            results.append(Result("room", "stop", str(error)))
        except Exception as error:  # noqa: BLE001 - a check that cannot run is what doctor is there to tell
            results.append(
                Result(getattr(look, "__name__", "check").strip("_"), "stop", f"{type(error).__name__}: {error}")
            )
    return results


def _python() -> Iterator[Result]:
    good = (3, 11) <= sys.version_info < (3, 14)
    cores = os.cpu_count() or 1
    yield Result("python", "ok" if good else "stop", f"{platform.python_version()} on {platform.platform()}",
                 "" if good else "use Python 3.11 to 3.13")  # fmt: skip
    yield Result("cores", "ok" if cores >= 2 else "note", str(cores), "" if cores >= 2 else "a room wants two")


def _packages() -> Iterator[Result]:
    clashing = [name for name in ("opencv-python", "opencv-python-headless", "opencv-contrib-python") if _has(name)]
    if len(clashing) > 1:
        yield Result("opencv", "stop", " and ".join(clashing) + " overwrite each other", "keep opencv-python only")
    else:
        yield Result("opencv", "ok", cv2.__version__)
    good = tuple(int(part) for part in av.__version__.split(".")[:2]) >= (17, 1)
    yield Result(
        "PyAV", "ok" if good else "stop", av.__version__, "" if good else "before 17.1 it leaks memory: update"
    )


def _has(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _codecs() -> Iterator[Result]:
    missing = [name for name in ("libx264", "libopus", "aac") if name not in av.codec.codecs_available]
    yield Result("codecs", "stop" if missing else "ok", f"missing: {missing}" if missing else "libx264, libopus, aac",
                 "install PyAV from its wheel: pip install --force-reinstall av" if missing else "")  # fmt: skip


def _speed() -> Iterator[Result]:
    """Encode a second of noise: the machine's share of a tick that encoding takes."""
    encoder = Encoder(EncoderSettings(), {"opus"})
    noise = np.random.default_rng(0).integers(16, 235, (HEIGHT * 3 // 2, WIDTH), np.uint8)
    picture = Picture(np.asarray(cv2.GaussianBlur(noise, (0, 0), 9), np.uint8))
    clock = MonotonicClock()
    for tick in range(FPS):
        encoder.encode_video(tick, picture)
    spent = clock.now() / FPS * 1000
    good = spent < 20
    yield Result("encoding", "ok" if good else "note", f"{spent:.1f} ms of the 40 ms a frame has",
                 "" if good else "set  video: {preset: ultrafast}  in the room file")  # fmt: skip


def _fonts() -> Iterator[Result]:
    picture = np.zeros((60, 200, 3), np.uint8)
    cv2.putText(picture, "数字人", (5, 45), (255, 255, 255), cv2.FontFace("uni"), 40)
    drawn = bool(picture.any())
    yield Result("captions", "ok" if drawn else "stop",
                 "Chinese can be drawn into the picture" if drawn else "no Chinese glyphs",
                 "" if drawn else "install opencv-python 5 from its wheel")  # fmt: skip
    if lister := shutil.which("fc-list"):
        known = subprocess.run(
            [lister, ":lang=zh", "family"], capture_output=True, text=True, timeout=20
        ).stdout.strip()
        yield Result("page fonts", "ok" if known else "note",
                     "a browser on this machine shows Chinese" if known
                     else "a browser on this machine would show boxes for Chinese; others are not concerned",
                     "" if known else "sudo apt install fonts-noto-cjk")  # fmt: skip


def _voice(data: Path, cache: Path) -> Iterator[Result]:
    clock = MonotonicClock()
    context = Context(clock, "doctor", Path(), cache, data)

    async def speak() -> float:
        voice = espeak.open_voice({}, context)
        try:
            return (await voice.speak("你好", "zh")).duration
        finally:
            await voice.close()

    try:
        seconds = asyncio.run(speak())
    except (LivehostError, VoiceError) as error:
        yield Result("embedded voice", "stop", str(error), "pip install --force-reinstall espeakng-loader")
    else:
        yield Result("embedded voice", "ok", f"espeak-ng spoke {seconds:.1f} s")


def _address(host: str, port: int) -> Iterator[Result]:
    try:
        listen(host, port).close()
    except LivehostError as error:
        yield Result("address", "stop", error.finding.message, error.finding.hint)
        return
    if is_loopback(host):
        yield Result("address", "ok", f"{host}:{port} is free")
    else:
        yield Result("address", "note", f"{host}:{port} is free, and open to the network", "put TLS in front of it")


def _folder(name: str, folder: Path) -> Iterator[Result]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".livehost-probe"
        probe.write_bytes(b"x")
        probe.unlink()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        yield Result(
            name, "stop", f"{folder}: {error.strerror or error}", "choose another with --data or LIVEHOST_CACHE"
        )
        return
    level: Literal["ok", "note"] = "ok" if free >= LEAST_FREE else "note"
    yield Result(name, level, f"{folder}, {free / 1024**3:.0f} GiB free", "" if level == "ok" else "make some room")


def _backends() -> Iterator[Result]:
    for group in (plugins.VOICES, plugins.COMMENTS, plugins.ANSWERERS, plugins.RENDERERS, plugins.OUTPUTS):
        kind = group.removeprefix("livehost.")
        broken = []
        for name in plugins.names(group):
            try:
                plugins.load(group, name)
            except LivehostError as error:
                broken.append(str(error))
        yield Result(kind, "stop" if broken else "ok", "; ".join(broken) or ", ".join(plugins.names(group)))


def _endpoints(room: Callable[[], RoomFile], data: Path, cache: Path) -> Iterator[Result]:
    """Ask what the room would ask. One that fails costs a feature: an embedded one stands in."""
    room_file = room()
    context = context_of(room_file, MonotonicClock(), data, cache)

    async def ask() -> list[Asked]:
        answerers = [each async for each in ask_answerers(room_file.config, context)]
        answerers += [each async for each in ask_judge(room_file.config, context)]
        return answerers + [each async for each in ask_voices(room_file, context)]

    for asked in asyncio.run(ask()):
        yield Result(asked.name, "ok" if asked.works else "note", asked.detail, asked.hint)


def _browser() -> Iterator[Result]:
    found = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
    hint = "" if found else "only the tests and `livehost bench live` need it: apt install chromium"
    yield Result("browser", "ok" if found else "note", found or "no Chromium", hint)
