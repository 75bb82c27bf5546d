"""What a stranger writes takes no more time than its length: every pattern the house reads text with, one by one."""

from __future__ import annotations

import re
import time

import pytest
from adversary import patterns, pumps

from host.core.comment import MAX_TEXT

PATTERNS = patterns("host.chat", "host.core", "host.lang", "host.mind", "host.show", "host.voice")
OWN_WORDS = ("host.show.announcer._BRIDGES",)
"""Matched whole, against what the host itself said."""
QUICK = 0.001
"""Seconds of work that are no matter, whatever they grow with."""
LONGEST = 0.050
GROWTH = 8.0
"""Of four times the text: 4 is in proportion to it, 16 its square."""


def work(pattern: re.Pattern[str], text: str, tries: int) -> float:
    """Seconds this thread needs to find all there is: the least of ``tries``, since others use the machine too."""
    least = float("inf")
    if isinstance(pattern.pattern, bytes):  # what a server sends instead of sound
        text = text.encode("latin-1", "replace")  # type: ignore[assignment]
    for _ in range(tries):
        began = time.thread_time()
        for _ in pattern.finditer(text):
            pass
        least = min(least, time.thread_time() - began)
        if least < QUICK:
            break
    return least


def slow(pattern: re.Pattern[str], head: str, pump: str, tries: int = 1) -> str:
    """How a text of ``head`` and many ``pump`` is too much for a pattern; nothing where it is not."""

    def text(length: int) -> str:
        return (head + pump * length)[: length - 1] + "\x01"

    few, least = work(pattern, text(len(head) + 23 * len(pump)), tries), 0.0
    wrong = "doubles with each repetition" if few > LONGEST else ""
    if not wrong and (least := work(pattern, text(MAX_TEXT), tries)) > LONGEST:
        wrong = f"{least * 1000:.0f} ms"
    if not wrong and least > QUICK and (more := work(pattern, text(4 * MAX_TEXT), tries)) > GROWTH * least:
        wrong = f"{least * 1000:.1f} ms, {more / least:.0f} times that for four times the text"
    return slow(pattern, head, pump, 5) if wrong and tries == 1 else wrong


def test_there_are_patterns() -> None:
    assert len(PATTERNS) > 350


@pytest.mark.parametrize("package", ["chat", "core", "lang", "mind", "show", "voice"])
def test_time_grows_with_the_text_and_not_with_its_square(package: str) -> None:
    found = [
        f"{place}: {head[:20]!r} and {pump[:20]!r} over and over: {wrong}"
        for place, pattern in PATTERNS.items()
        if place.startswith(f"host.{package}.") and not place.startswith(OWN_WORDS)
        for head, pump in pumps(pattern)
        if (wrong := slow(pattern, head, pump))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("pattern", "head", "pump"),
    [
        (r"\d+(?:元|块)", "", "1"),
        (r"[\[]f\d{1,3}(?:\s*,?\s*f?\d{1,3})*\]", "[f1", "1"),
        (r"\[\s*([^\]:]+?)\s*\]$", "[", " "),
    ],
)
def test_a_pattern_that_takes_longer_is_found(pattern: str, head: str, pump: str) -> None:
    guilty = re.compile(pattern)
    assert any(slow(guilty, *each) for each in pumps(guilty))
    assert slow(guilty, head, pump)
