"""What is left of marks when numbers and signs are said: the punctuation that a voice breathes by, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from host.core.product import Lang

Rule = tuple[re.Pattern[str], str]

_REPEATED = re.compile(r"([,，、;；:：]\s*)+(?=[,，。.!！?？;；:：、])")
_SPACES = re.compile(r"\s+")

PUNCTUATION: dict[Lang, str] = {"zh": " ，。！？、；：'", "en": " ,.!?;:'-，。！？、；："}
SYMBOLS: dict[Lang, tuple[Rule, ...]] = {
    "zh": (
        (re.compile(r"\.{2,}|…+|。{2,}"), "。"),
        (re.compile(r"(?<=[A-Za-z])\.(?=[A-Za-z])"), " "),
        (re.compile(r"\.(?=\s|$|[一-鿿])"), "。"),
        (re.compile(r"[,，]"), "，"),
        (re.compile(r"!"), "！"),
        (re.compile(r"\?"), "？"),
        (re.compile(r";"), "；"),
        (re.compile(r":"), "："),
        (re.compile(r"[()（）\[\]【】{}|•—–]+"), "，"),
        (re.compile(r"(?<![A-Za-z])'|'(?![A-Za-z])"), " "),
    ),
    "en": (
        (re.compile(r"\.{2,}|…+"), "."),
        (re.compile(r"(?<=[A-Za-z])\.(?=[A-Za-z])"), " "),
        (re.compile(r"@(?=\w)"), " at "),
        (re.compile(r"(?<=[A-Za-z])-(?=[A-Z])"), " "),
        (re.compile(r"(?<![A-Za-z])-|-(?![A-Za-z])"), " "),
        (re.compile(r"[()\[\]{}|•—–]+"), ", "),
        (re.compile(r"(?<![A-Za-z])'|'(?![A-Za-z])"), " "),
    ),
}
TIDY: dict[Lang, tuple[Rule, ...]] = {
    "zh": ((re.compile(r"(?<=[一-鿿]) (?=[一-鿿])"), ""), (re.compile(r" ?([，。！？、；：]) ?"), r"\1")),
    "en": ((re.compile(r" ([,.!?;:])"), r"\1"),),
}


def rewrite(text: str, rules: Sequence[Rule]) -> str:
    """The text after every rule, in order."""
    for pattern, said in rules:
        text = pattern.sub(said, text)
    return text


def speakable(text: str, punctuation: str) -> str:
    """Letters, marks of letters, the punctuation given and single spaces; everything else becomes a space."""
    kept = "".join(
        character if character in punctuation or unicodedata.category(character)[0] in "LM" else " "
        for character in text
    )
    kept = _REPEATED.sub("", _SPACES.sub(" ", kept))
    return kept.strip(" ,，、;；:：")
