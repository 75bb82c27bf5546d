"""The guard's corpus: what must be refused, and what must pass."""

from pathlib import Path

from guard_sheets import CUP, LAMP, MUG, WALL

from host.core.product import Product
from host.core.utterance import Kind, Ruling
from host.mind.guard.case import Case
from host.mind.guard.judge import Guard
from host.mind.guard.wordlists import WordList

_HERE = Path(__file__).parent
GUARD = Guard(WordList.load())


def lines(name: str) -> list[tuple[str, str]]:
    """``(section, text)`` of a corpus file."""
    found: list[tuple[str, str]] = []
    section = ""
    for line in (_HERE / name).read_text(encoding="utf-8").split("\n"):
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line.strip() and not line.startswith("#"):
            found.append((section, line))
    return found


def sheets(section: str, text: str) -> list[Product]:
    """The product on air, and the one the text is about where it names another."""
    if section.startswith("en"):
        return [MUG]
    return [CUP, LAMP] if "台灯" in text or "other product" in section else [CUP]


def rule(section: str, text: str, spoken: str | None = None, kind: Kind = Kind.ANSWER) -> Ruling:
    return GUARD.check(
        Case(
            text,
            text if spoken is None else spoken,
            kind=kind,
            lang="en" if section.startswith("en") else "zh",
            products=sheets(section, text),
            wall=WALL,
        )
    )
