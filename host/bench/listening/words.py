"""What was heard beside what was to be said, unit by unit and by sound, so that a recogniser's spelling is no error.

In Mandarin a unit is a character, alike where it can be read with the same syllable without its tone; letters in a row
are one unit. In English a unit is a word, alike where its letters are, however they are parted (``wi fi``, ``wifi``); a
name is alike where its consonants sound the same (Loomina, Lumina), and a number is like its homophones (four, for).
Everything else counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

from host.bench.listening.alignment import Pair, aligned
from host.core.fold import fold
from host.core.product import Lang
from host.lang.numerals import ZH_NUMERALS

_HAN = re.compile(r"[㐀-鿿]+|[a-z]+(?:[\s.'-]{1,3}[a-z]+){0,20}")
_ENGLISH = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")
_BETWEEN = re.compile(r"[^\w']+")
_SENTENCE = re.compile(r"(?:^|[.!?])\s*$")
_HOMOPHONES = {"fore": "four", "for": "four", "to": "two", "too": "two", "won": "one", "ate": "eight"}
_SPELLINGS = [
    pair.split("=")
    for pair in [
        "tch=C",
        "sch=s",
        "gh=",
        "v=f",
        "kn=n",
        "wr=r",
        "wh=w",
        "ph=f",
        "sh=s",
        "chl=kl",
        "chr=kr",
        "ch=C",
        "th=T",
        "ck=k",
        "qu=kw",
        "x=ks",
        "ce=s",
        "ci=s",
        "cy=s",
        "c=k",
        "q=k",
        "z=s",
        "dg=j",
    ]
]
"""How consonants are written and how they sound, the longer first."""
_FIGURES = ZH_NUMERALS + "点"
_SILENT = re.compile(r"(?<=.)[aeiouyhw]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A character, or a word of letters. ``name`` where its spelling cannot be known by hearing it; ``at`` is its
    place in the folded text, ``behind`` what stands between it and the next."""

    text: str
    sounds: frozenset[str]
    name: bool = False
    at: int = 0
    behind: str = ""


def compared(said: str, heard: str, lang: Lang) -> list[Pair[Unit]]:
    """Both laid side by side. Each text is spoken text: no digits, no symbols."""
    return aligned(units(said, lang), units(heard, lang, any_reading=True), _alike)


def respelled(pairs: Sequence[Pair[Unit]]) -> str:
    """What was heard, in the spelling of what was said wherever the two sound alike; two numerals stay as they are."""
    return "".join(
        unit.text + unit.behind for pair in pairs for unit in (pair.said if _same_word(pair) else pair.heard)
    )


def units(text: str, lang: Lang, *, any_reading: bool = False) -> list[Unit]:
    """The units of a spoken text; with ``any_reading`` a character has all its syllables, not that of its context."""
    folded = fold(text) if lang == "zh" else text
    found = list(_chinese(folded, any_reading) if lang == "zh" else _english(folded))
    ends = [*(unit.at for unit in found), len(folded)][1:]
    return [
        replace(unit, behind=folded[unit.at + len(unit.text) : end]) for unit, end in zip(found, ends, strict=False)
    ]


def _chinese(text: str, any_reading: bool) -> Iterator[Unit]:
    for match in _HAN.finditer(text):
        run, start = match.group(), match.start()
        if run.isascii():
            yield Unit(run, frozenset({re.sub("[^a-z]", "", run)}), at=start)
            continue
        sounds = map(_syllables, run) if any_reading else map(frozenset, _in_context(run))
        yield from (Unit(run[at], sound, at=start + at) for at, sound in enumerate(sounds))


def _in_context(run: str) -> list[list[str]]:
    return [[syllable] for syllable in lazy_pinyin(run, style=Style.NORMAL)]


@lru_cache(maxsize=8192)
def _syllables(character: str) -> frozenset[str]:
    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


def _english(text: str) -> Iterator[Unit]:
    for match in _ENGLISH.finditer(text):
        word = match.group()
        name = word[0].isupper() and len(word) > 1 and not _SENTENCE.search(text[: match.start()][-4:])
        letters = word.lower().replace("'", "")
        yield Unit(word, frozenset({letters, _HOMOPHONES.get(letters, letters)}), name, match.start())


def _alike(said: Sequence[Unit], heard: Sequence[Unit]) -> bool:
    if len(said) == len(heard) == 1:
        one, other = said[0], heard[0]
        return bool(one.sounds & other.sounds) or (one.name and consonants(one.text) == consonants(other.text))
    return _letters(said) == _letters(heard) != ""


def _letters(units: Sequence[Unit]) -> str:
    joined = _text(units).lower()
    return re.sub("[^a-z]", "", joined) if joined.isascii() else ""


def consonants(word: str) -> str:
    """The consonants of an English word as they sound, roughly, behind its first letter: Sean and Shawn alike."""
    made = re.sub("[^a-z]", "", word.lower())
    for written, sound in _SPELLINGS:
        made = made.replace(written, sound)
    first = "A" if made[:1] in "aeiouy" else made[:1]
    return re.sub(r"(.)\1+", r"\1", first + _SILENT.sub("", made)[1:])


def _same_word(pair: Pair[Unit]) -> bool:
    """Whether what was heard is what was said, spelled otherwise; two numerals that sound alike are two: 一, 亿."""
    numerals = [unit.text for unit in (*pair.said, *pair.heard) if unit.text in ZH_NUMERALS]
    return pair.alike and len(numerals) < 2


def words_alone(text: str) -> str:
    """A spoken text without its punctuation, by which a recogniser would else tell two wordings apart."""
    return " ".join(_BETWEEN.sub(" ", fold(text)).split())


def sounded(pairs: Sequence[Pair[Unit]], start: int, end: int) -> bool:
    """Whether every numeral said at ``start:end`` was heard, if as another character, and no other beside it."""
    for place, pair in enumerate(pairs):
        inside = [unit for unit in pair.said if start <= unit.at < end and unit.text in _FIGURES]
        if inside and not (_same_word(pair) or _text(pair.said) == _text(pair.heard)):
            return False
        if inside and any(_is_extra(near) for near in pairs[max(0, place - 1) : place + 2]):
            return False
    return True


def _is_extra(pair: Pair[Unit]) -> bool:
    return not pair.alike and any(unit.text in _FIGURES for unit in pair.heard)


def _text(units: Sequence[Unit]) -> str:
    return "".join(unit.text for unit in units)
