"""What is said to be typed back: every line of the bundled rooms, and sentences that are hard to say right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from host.bench.listening.numbers import told
from host.core.bundled import bundled
from host.core.product import Lang
from host.mind.quantities.units import Measure
from host.show.lint import sentences as said
from host.show.load import load_show


def demo(lang: Lang) -> list[str]:
    """Every sentence of every wording of the bundled room of a language, once."""
    show = load_show(sorted(bundled("scripts", lang).glob("*.md")))
    return list(dict.fromkeys(sentence.text for product, sentence, _ in said(show) if product.lang == lang))


def sentences(lang: Lang) -> list[str]:
    """The sentences of numbers, prices, dates, units, names and mixed text. Only a source checkout has them: an
    installed livehost has none."""
    file = bundled("tests", "listening", f"sentences.{lang}.txt")
    return listed(file) if file.is_file() else []


def listed(file: Path) -> list[str]:
    """The sentences of a file: one in a line, as written; ``#`` begins a comment."""
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def sample(texts: Sequence[str], lang: Lang, every: int) -> list[str]:
    """One in so many, and each that tells a price: always the same for the same texts."""
    return [text for place, text in enumerate(texts) if place % every == 0 or priced(text, lang)]


def priced(text: str, lang: Lang) -> bool:
    """Whether a price is told."""
    return any(measure is Measure.MONEY for number in told(text, lang) for measure, _ in number.readings)
