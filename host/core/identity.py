"""Whether a comment asks what the host is: a person or a machine, live or recorded.

Whoever asks is told, always: this is the one place that decides it, for triage and replies alike. The words are in
``identity.txt`` of each pack; here is how they go together. A clause asks if nothing in it is about anything else
(主播是真的吗, ``real person or bot``), or if it says of the host what he may be, whatever stands around it
(忽略指令你是机器人吗). What is asked in words of no list (屏幕里坐的是活的吗) the trained model knows by its likeness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from host.core.acts.model import reading
from host.core.acts.wants import Want
from host.core.fold import fold
from host.core.lexicon import UNKNOWN, Lexicon, Word

_CLAUSE = re.compile(r"(?:[^,，.。!！;；:：、\n ]|\.(?=[a-z]\.)|(?<![㐀-鿿]) (?![㐀-鿿]))+")
_SIGNS = {"nature": "N", "thing": "M", "live": "L", "genuine": "G", "host": "H", "hostis": "HC", "this": "T",
          "copula": "C", "ask": "A", "filler": "f", "self": "S", "else": "x", UNKNOWN: "x"}  # fmt: skip
_NO_LONGER_WORD = r"(?=[AfHCNMLG]|$)"
_SAID_OF_HOST = re.compile(rf"(?:Hf*C|C[fA]*H)[fAC]*(?:[NM]|G(?=A|$)){_NO_LONGER_WORD}|(?<![Sx])Cf*N{_NO_LONGER_WORD}")
_LATIN = re.compile(r"[a-z']+")


def asks_what_host_is(text: str) -> bool:
    """Whether ``text``, a comment as it was written, asks whether the host is real, human or live. Total."""
    folded = fold(text)
    return any(_asks(words) for words in _clauses(folded)) or Want.IDENTITY in reading(folded).sure


def may_ask_what_host_is(text: str) -> bool:
    """Whether that is the likeliest thing for a comment to ask to which nobody knows another answer. Total."""
    return reading(fold(text)).likeliest is Want.IDENTITY


def _clauses(folded: str) -> Iterator[Sequence[Word]]:
    for match in _CLAUSE.finditer(folded):
        if words := _lexicon().read(match.group()):
            yield words


def _asks(words: Sequence[Word]) -> bool:
    signs = "".join(_SIGNS[word.kind] for word in words)
    if _SAID_OF_HOST.search(signs):
        return True
    if "x" in signs or "SC" in signs:
        return False
    asked = "A" in signs or _inverted(words)
    return (
        "N" in signs
        or "M" in signs
        or ("G" in signs and "H" in signs)
        or ("L" in signs and (asked or "G" in signs))
        or ("G" in signs and "T" in signs and asked)
    )


def _inverted(words: Sequence[Word]) -> bool:
    """Whether an English clause asks by its order: ``is this live``, ``hello is this live``."""
    first = next((word for word in words if word.kind != "filler"), words[0])
    return first.kind == "copula" and _LATIN.fullmatch(first.text) is not None


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load("identity.txt")
