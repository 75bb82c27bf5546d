"""Pictures that people bring: measured without being decoded, and read only within bounds."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from host.core.pictures import MAX_PIXELS, dimensions, measured, read_picture

KINDS = {
    ".png": [],
    ".jpg": [],
    ".jpeg": [cv2.IMWRITE_JPEG_PROGRESSIVE, 1],
    ".webp": [cv2.IMWRITE_WEBP_QUALITY, 80],
    ".lossless.webp": [cv2.IMWRITE_WEBP_QUALITY, 101],
}


def encoded(kind: str, wide: int, high: int, alpha: bool = False) -> bytes:
    image = np.full((high, wide, 4 if alpha else 3), 90, np.uint8)
    image[: high // 2] = 20
    return bytes(np.asarray(cv2.imencode("." + kind.rsplit(".", 1)[1], image, KINDS[kind])[1], np.uint8))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.integers(1, 700), st.integers(1, 700), st.booleans())
def test_dimensions_are_those_of_the_decoded_picture(kind: str, wide: int, high: int, alpha: bool) -> None:
    data = encoded(kind, wide, high, alpha and "jp" not in kind)
    assert dimensions(data) == (wide, high)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(KINDS)), st.integers(1, 80), st.integers(1, 80))
@example(".png", 1, 1)
@example(".jpg", 3, 500)
def test_every_whole_picture_is_measured_and_read(tmp_path: Path, kind: str, wide: int, high: int) -> None:
    path = tmp_path / f"{wide}-{high}{kind}"
    path.write_bytes(encoded(kind, wide, high))
    assert measured(path) == (wide, high)
    pixels = read_picture(path)
    assert pixels is not None
    assert pixels.shape == (high, wide, 3)


def test_a_jpeg_with_a_long_preamble_is_measured() -> None:
    data = encoded(".jpg", 320, 200)
    segment = b"\xff\xed" + struct.pack(">H", 60_000) + b"\xff\xc0" * 29_999
    assert dimensions(data[:2] + 3 * segment + b"\xff\xff" + data[2:]) == (320, 200)


@settings(max_examples=200)
@given(
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"RIFF....WEBPVP8X", b"RIFF....WEBPVP8L", b"", b"BM"]),
    st.binary(),
)
def test_any_bytes_are_measured_or_not(start: bytes, rest: bytes) -> None:
    size = dimensions(start + rest)
    assert size is None or all(isinstance(side, int) and side >= 0 for side in size)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("share", [0.05, 0.5, 0.97])
def test_half_a_picture_is_none(tmp_path: Path, kind: str, share: float) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (200, 300, 3), np.uint8)
    data = bytes(np.asarray(cv2.imencode("." + kind.rsplit(".", 1)[1], noise, KINDS[kind])[1], np.uint8))
    path = tmp_path / f"a{kind}"
    path.write_bytes(data)
    assert measured(path) == (300, 200)
    path.write_bytes(data[: int(len(data) * share)])
    assert measured(path) is None
    assert read_picture(path) is None


def test_a_picture_that_would_fill_the_memory_is_not_decoded(tmp_path: Path) -> None:
    """A few KiB that say they are 30,000 x 30,000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    side = 30_000
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    path = tmp_path / "bomb.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")
    )
    assert side * side > MAX_PIXELS
    assert dimensions(path.read_bytes()) == (side, side)
    assert measured(path) is None
    assert read_picture(path) is None


def test_a_picture_is_measured_again_when_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(encoded(".png", 40, 30))
    assert measured(path) == (40, 30)
    path.write_bytes(encoded(".png", 90, 30))
    os.utime(path, ns=(1, 1))
    assert measured(path) == (90, 30)
