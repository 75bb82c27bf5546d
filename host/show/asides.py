"""Asides: what a writer puts between brackets, stars or before a colon for the host to do, and not for viewers to hear.

Three answers: it is a direction (left out of what is said), it may be one (said, because nothing may vanish on a
guess), or it is speech. The first two are told to the writer, with the direction to write instead.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_ROUND, _SQUARE = "（(", "【[〔［〖〈＜"
_CLOSES = dict(zip(_ROUND + _SQUARE, "）)】]〕］〗〉＞", strict=True))
_MARKUP = re.compile(r"\[(?:\[|\^|[ xX]?\])")
"""Brackets of wikis, footnotes and task lists: no aside, and nothing to say."""
_LABEL = re.compile(
    r"^\s*(?P<label>[^\s：:，。,.!?！？()（）【】\[\]]{1,10}(?: [a-z]{1,10})?)\s?[：:]\s*(?=\S)", re.IGNORECASE
)
_ITS_NUMBER = re.compile(r"(?<=[㐀-鿿a-z]{2})[\da-z一二三四五六七八九十]$")
"""镜头1, 主播A"""
_HAN = re.compile(r"[㐀-鿿]")
_TIMED = re.compile(r"(?<![\d一二两三几])[\d一二两三几]++ ?(?:秒|下|次|遍|圈|分钟|s\b|sec|seconds?|times)")
_ENDS = "。！？!?…；;\n"
EXAMPLE = "{gesture=present}"
LONGEST = {"zh": 12, "en": 6}
"""Characters, or words, of a direction in brackets."""
SHORT = {"zh": 6, "en": 3}
"""Of one that no word of the list is in."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A piece ``start:end`` of a text."""

    start: int
    end: int
    certain: bool
    """Whether it is a direction, and left out; else it may be one, and is said."""
    instead: str
    """The direction that has the host do it, where there is one."""
    label: bool = False
    """Whether it is a word before a colon, which names a part of the script."""


def asides(
    text: str, emphasised: Sequence[tuple[int, int]] = (), meant: Collection[int] = (), heading: str = ""
) -> list[Aside]:
    """The asides of one line of a script, in order, none within another.

    ``emphasised`` are the spans in stars, ``meant`` the places of characters written with a backslash; ``heading`` is
    that of the segment, which people repeat.
    """
    found = [*_label(text, heading), *_brackets(text, meant), *_starred(text, emphasised)]
    kept: list[Aside] = []
    for aside in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or aside.start >= kept[-1].end:
            kept.append(aside)
    return kept


def _label(text: str, heading: str) -> Iterator[Aside]:
    """A word before a colon that names a part of the script, or what is shown."""
    match = _LABEL.match(text)
    if match is None:
        return
    label = match["label"].casefold()
    names = {label, _ITS_NUMBER.sub("", label)}
    if names & _words().unsaid_labels:
        yield Aside(match.start(), len(text), True, "")
    elif names & _words().said_labels or (heading and label == heading.casefold()):
        yield Aside(match.start("label"), match.end(), True, "", label=True)


def _brackets(text: str, meant: Collection[int]) -> Iterator[Aside]:
    at = 0
    while at < len(text):
        closes = _CLOSES.get(text[at]) if at not in meant else None
        end = text.find(closes, at + 1) if closes else -1
        if end < 0 or _MARKUP.match(text, at):
            at = max(at, end) + 1
            continue
        inside = text[at + 1 : end].strip()
        before = text[:at].rstrip()
        apart = not before or before[-1] in _ENDS
        within = text[at] != "[" and before == text[:at] and before[-1:].isalnum() and text[end + 1 : end + 2].isalnum()
        certain = judged(inside, square=text[at] in _SQUARE, apart=apart, within=within)
        if certain or (
            certain is False and text[at] != "["
        ):  # a half-width one that is no direction is a sign of markup
            yield Aside(at, end + 1, certain, instead_of(inside))
        at = end + 1


def _starred(text: str, emphasised: Sequence[tuple[int, int]]) -> Iterator[Aside]:
    """``*挥手*`` standing apart; within a sentence stars only stress a word."""
    for start, end in emphasised:
        inside, before, after = text[start:end].strip(), text[:start].rstrip(), text[end:].lstrip()
        apart = (not before or before[-1] in _ENDS) and (not after or text[end : end + 1].isspace() or not inside)
        if apart and judged(inside, square=False, apart=False):
            yield Aside(start, end, True, instead_of(inside))


def judged(inside: str, *, square: bool, apart: bool, within: bool = False) -> bool | None:
    """Whether the words of a bracket are a direction (True), may be one (False), or are speech (None).

    ``square`` are brackets that people use for little else; ``apart`` is one at the head of a sentence, ``within`` one
    between two words, which may be a name (我们家【云朵】系列).
    """
    plain = inside.casefold()
    lang = "zh" if _HAN.search(plain) else "en"
    length = len(plain) if lang == "zh" else len(plain.split())
    words = _words()
    digits = any(character.isdigit() for character in _TIMED.sub("", plain))
    spoken = digits or bool(words.speech[lang].search(plain))
    if words.begins.match(plain):
        return True
    listed = bool(words.directions[lang].search(plain)) or bool(re.fullmatch(r"[一-鿿]{1,5}地", plain)) or plain == "笑"
    if listed and length <= LONGEST[lang] and not spoken:
        return True
    if square:
        return not (spoken or within)
    likely = listed or (lang == "zh" and plain[:1] in words.verbs and not spoken)
    if (likely and length <= 2 * LONGEST[lang]) or (apart and not spoken and 0 < length <= SHORT[lang]):
        return False
    return None


def instead_of(inside: str) -> str:
    """The direction for what a bracket asks, or nothing."""
    plain = inside.casefold()
    return next((f"{{{direction}}}" for direction, word in _words().instead if word.search(plain)), "")


@dataclass(frozen=True)
class _Words:
    directions: dict[str, re.Pattern[str]]
    instead: list[tuple[str, re.Pattern[str]]]
    speech: dict[str, re.Pattern[str]]
    verbs: str
    said_labels: frozenset[str]
    unsaid_labels: frozenset[str]
    begins: re.Pattern[str]
    """Who or what a direction of any length begins with: 主播拿起杯子，对着镜头 …"""


@cache
def _words() -> _Words:
    data = tomllib.loads(Path(__file__).with_name("asides.toml").read_text(encoding="utf-8"))
    groups: dict[str, dict[str, str]] = data["directions"]
    said, unsaid = (frozenset(data["labels"][key].casefold().split()) for key in ("said", "unsaid"))
    actors = [word for word in (*unsaid, "主播", "主持人", "host") if len(word) > 1]
    return _Words(
        {lang: _any(" ".join(group.values()), lang) for lang, group in groups.items()},
        [
            (direction, _any(words, lang))
            for lang, group in groups.items()
            for direction, words in group.items()
            if direction
        ],
        {lang: _any(words, lang) for lang, words in data["speech"].items()},
        data["verbs"]["zh"],
        said,
        unsaid,
        re.compile("|".join(rf"{re.escape(word)}(?![a-z])" for word in sorted(actors, key=len, reverse=True))),
    )


def _any(words: str, lang: str) -> re.Pattern[str]:
    """Any of the words: whole ones in English, anywhere in Chinese."""
    listed = "|".join(re.escape(word) for word in sorted(words.casefold().split(), key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?:{listed})(?![a-z])" if lang == "en" else listed)
