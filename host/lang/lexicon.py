"""The words beside a number that tell how it is read, one ``lexicon.toml`` for each language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from host.core.packs import pack
from host.core.product import Lang

_REACH = 16
"""Characters before a number that are looked at."""
_NEAR = 24
_NEVER = re.compile(r"(?!)")
MORE = "[多余来几整](?!少)"
"""Between a number and its unit: 100多块."""
_SIDE = re.compile(r"(?:x|×|by) ?\d{1,4}$")
"""The side of an area, whose unit stands for itself: 5' x 8' rug."""
_GAP = r"[\s:：是为叫#]{0,3}"
"""What may stand between a word and the number it speaks of."""


@dataclass(frozen=True)
class Lexicon:
    """Questions about what stands beside a number. Each is answered in bounded time."""

    before: Mapping[str, re.Pattern[str]]
    after: Mapping[str, re.Pattern[str]]
    near: Mapping[str, re.Pattern[str]]
    follows: Mapping[str, re.Pattern[str]]
    counted: frozenset[str]
    """What two of are 两."""
    numbering: frozenset[str]
    """What is numbered or graded: two of it stay 二."""
    classifiers: frozenset[str]
    """What can stand behind a number that counts, numbers or grades something."""
    divided: frozenset[str]
    """What is had in parts: half a cup."""
    moments: re.Pattern[str]
    """What ends a time or an amount."""
    others: Mapping[str, re.Pattern[str]]
    """What makes another word of a unit: 包 before 邮."""
    letters: Mapping[str, str]
    names: Mapping[str, str]
    named: re.Pattern[str]
    abbreviations: Mapping[str, str]
    shorts: re.Pattern[str]
    days: Mapping[str, str]
    spans: re.Pattern[str]
    """A day or month that is shortened, beside another with a hyphen between them: Mon-Fri."""
    signs: Mapping[str, str]
    joins: Mapping[str, str]
    """By `host.lang.tokens.Join`."""
    address: Mapping[str, str]

    def behind(self, kind: str, text: str, at: int) -> bool:
        """Whether a word of ``kind`` ends just before ``at``."""
        return bool(self.before.get(kind, _NEVER).search(text[max(0, at - _REACH) : at]))

    def ahead(self, kind: str, text: str, at: int) -> bool:
        """Whether a word of ``kind`` begins at ``at``."""
        return bool(self.after.get(kind, _NEVER).match(text, at))

    def ends_time(self, text: str, at: int) -> bool:
        """Whether a time ends at ``at``, so that a hyphen there is 到."""
        return bool(self.moments.search(text[max(0, at - _REACH) : at]))

    def doubted(self, symbol: str, text: str, start: int, end: int) -> bool:
        """Whether a symbol that is a unit only beside a word that speaks for it lacks one around ``start:end``."""
        if symbol in self.follows:
            return not (self.follows[symbol].match(text, end) or _SIDE.search(text[max(0, start - _REACH) : start]))
        return symbol in self.near and not self.nearby(symbol, text, start, end)

    def nearby(self, cue: str, text: str, start: int, end: int) -> bool:
        """Whether a word that speaks for ``cue`` stands around ``start:end``."""
        around = text[max(0, start - _NEAR) : start] + " " + text[end : end + _NEAR]
        return bool(self.near.get(cue, _NEVER).search(around))

    def is_other_word(self, text: str, start: int, end: int) -> bool:
        """Whether the unit at ``start:end`` is the beginning of another word."""
        return bool(self.others.get(text[start:end], _NEVER).match(text, end))


def lexicon(lang: Lang) -> Lexicon:
    """The words of ``lang``."""
    return LEXICONS[lang]


def _read(lang: Lang) -> Lexicon:
    table = pack(lang).table("lexicon.toml")
    before, after = table["before"], table["after"]
    return Lexicon(
        before={kind: _pattern(words, rf"(?i){{}}{_GAP}$") for kind, words in before.items()},
        after={kind: _pattern(words, "(?i)[ -]?{}") for kind, words in after.items()},
        near={cue: _pattern(words, "{}", whole=False) for cue, words in table["near"].items()},
        follows={unit: _pattern(words, r"\s?{}|\s?(?:[^\w\s-]|$)") for unit, words in table["follows"].items()},
        counted=frozenset(after["counting"]),
        numbering=frozenset(after["numbering"]),
        classifiers=frozenset((*after["counting"], *after["numbering"])),
        divided=frozenset(after["divided"]),
        moments=_moments(table["moments"], table["weekdays"]),
        others={word: _other(others) for word, others in table["others"].items()},
        letters=table["letters"],
        names=table["names"],
        named=_pattern(table["names"], r"{}(?![\d.%])"),
        abbreviations=table["abbreviations"],
        shorts=_pattern(table["abbreviations"], r"(?i)(?<!\w){}(?!\w)", whole=False),
        days=table["days"],
        spans=_spans(table["days"]),
        signs=table["signs"],
        joins=table["joins"],
        address=table["address"],
    )


def _pattern(words: Iterable[str], shape: str, *, whole: bool = True) -> re.Pattern[str]:
    """``shape`` with any of the words, longest first. A Latin word is a whole one; a Han word may stand anywhere."""
    longest = sorted(words, key=len, reverse=True)
    if not longest:
        return _NEVER
    either = "|".join(_word(word) if whole else re.escape(word) for word in longest)
    return re.compile(shape.replace("{}", f"(?:{either})"))


def _word(word: str) -> str:
    start = r"(?<![A-Za-z])" if word[0].isascii() and word[0].isalpha() else ""
    end = r"(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else ""
    return start + re.escape(word) + end


def _spans(days: Iterable[str]) -> re.Pattern[str]:
    day = "|".join(map(re.escape, days))
    if not day:
        return _NEVER
    return re.compile(rf"(?i)(?<![a-z])(?P<day>(?:{day}))(?![a-z])(?:(?=\s?[-–]\s?(?:{day})(?![a-z]))|(?<=[-–]...))")


def _other(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{characters}]|$" if characters.startswith("^") else f"[{characters}]")


def _moments(ends: Iterable[str], weekdays: Iterable[str]) -> re.Pattern[str]:
    after_number = "|".join(map(re.escape, ends))
    days = "|".join(map(_word, weekdays))
    return re.compile(rf"(?i)(?:(?:[\d一二三四五六七八九十两]|\d )(?:{after_number})|{days})\s?$")


LEXICONS: dict[Lang, Lexicon] = {"zh": _read("zh"), "en": _read("en")}
