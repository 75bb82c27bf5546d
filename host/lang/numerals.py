"""Numerals in folded text, however they are written: ``99.9``, ``1,299``, ``1.5万``, ``九十九点九``, ``玖拾``,
``twenty-nine point nine``, ``nineteen ninety-nine``.

Every numeral is found, also one that counts nothing: 一起, ``one of them``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from host.core.number_words import EN_CARDINALS, EN_ORDINALS, ZH_DIGITS

_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20, "卅": 30}
_GROUPS = {"万": 10**4, "亿": 10**8}
ZH_NUMERALS = "".join([*ZH_DIGITS, *_SCALES, *_GROUPS])

_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = EN_CARDINALS | {word: (index + 2) * 10 for index, word in enumerate(_TENS)}
_WORDS |= {"fourty": 40, "oh": 0, "nought": 0}
_ORDINALS = EN_ORDINALS | {word[:-1] + "ieth": value for word, value in _WORDS.items() if value >= 20} | {"nineth": 9}
_EN_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12}
_OTHER = {"twice": 2, "thrice": 3, "double": 2, "triple": 3, "tenner": 10, "fiver": 5}

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_ZH = rf"[{ZH_NUMERALS}]+(?:点[零一二三四五六七八九两幺]+(?![十百千])[万亿]?)?"
_EN_WORD = "|".join(sorted([*_WORDS, *_ORDINALS, *_EN_SCALES, *_OTHER], key=len, reverse=True))
_EN = rf"(?<![a-z])(?:{_EN_WORD})(?:(?:[ -]|-? ?\band\b[ -]|\bpoint\b ?|, )+(?:{_EN_WORD})(?![a-z]))*(?![a-z])"
_NUMBER = re.compile(rf"(?P<arabic>{_ARABIC})|(?P<zh>{_ZH})|(?P<en>{_EN})")
_MULTIPLIER = re.compile(r" ?(?P<zh>[百千万亿]+)|(?P<k>k)(?![a-z])| (?P<en>hundred|thousand|million|billion|dozen)\b")
_HOUR = re.compile(rf"(?P<zh>[{ZH_NUMERALS}]{{1,3}})(?=点[{ZH_NUMERALS}]{{1,3}}分(?![钟之]))")
_PIECE = re.compile(r"[㐀-鿿](?<![块元毛角分])")
_SCALE_SIGNS = "十百千万亿"
_NEIGHBOURS = frozenset(["一二", "二三", "三四", "四五", "五六", "六七", "七八", "八九", "一两", "两三", "三五"])
_UNITS_OF_FEW = re.compile(
    r"[天年周岁次遍回趟个件只条双杯碗勺滴块口句把页瓶袋盒包片颗粒张桌人层圈格下步斤米度]|分钟|小时|钟头|星期|礼拜|秒|公[斤分里]|厘米|毫升|[升克]"
)
_YEARS = 3
"""Up to which of so many years it is a span, and no year of a century."""
_EN_TOKEN = re.compile(rf"(?:{_EN_WORD})(?![a-z])|and|point|,")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral at ``start:end`` of the folded text."""

    value: Decimal
    start: int
    end: int
    read_out: bool = False
    """Written digit by digit: 一三八, ``two zero``: a code, a year or a telephone number."""
    ordinal: bool = False
    other: Decimal | None = None
    """A second reading: ``nineteen ninety-nine`` is 1999 and 19.99; 八五 is 85, in 八五折 8.5."""
    low: Decimal | None = None
    """The lesser of two neighbours that are named for about so many: the 2 of 两三天, whose value is 3."""


def number_words() -> frozenset[str]:
    """The English words of which numerals are made."""
    return frozenset((*_WORDS, *_ORDINALS, *_EN_SCALES, *_OTHER))


def numerals(text: str) -> Iterator[Numeral]:
    """Every numeral of a folded text, left to right, not overlapping."""
    at = 0
    while match := _NUMBER.search(text, at):
        at = match.end()
        if match["arabic"]:
            number = _arabic(match, text)
            at = number.end
            yield number
        elif match["zh"]:
            hour = _HOUR.match(text, match.start())  # 二十点零八分 is no 20.08
            match = hour or _without_piece(match) or match
            at = match.end()
            yield _chinese(match)
        else:
            yield from _english(match)


def _without_piece(match: re.Match[str]) -> re.Match[str] | None:
    """A numeral without the 一 of what it is for: 九块九一斤, 二十五一瓶; None where it has none."""
    text, start, end, written = match.string, match.start(), match.end(), match["zh"]
    whole = text[start - 1 : start] in ("块", "元", "毛") or any(sign in _SCALES for sign in written)
    one_more = written[-1] == "一" and ZH_DIGITS.get(written[-2:-1])
    if not whole or not one_more or "点" in written or not _PIECE.match(text, end):
        return None
    return _NUMBER.match(text, start, end - 1)


def _arabic(match: re.Match[str], text: str) -> Numeral:
    value = Decimal(match["arabic"].replace(",", ""))
    multiplier = _MULTIPLIER.match(text, match.end())
    if multiplier is None:
        return Numeral(value, match.start(), match.end())
    factor = 1
    for character in multiplier["zh"] or "":
        factor *= _GROUPS.get(character) or _SCALES[character]
    if multiplier["k"]:
        if value >= 1000:  # 2700k is a colour temperature
            return Numeral(value, match.start(), match.end())
        factor = 1000
    if multiplier["en"]:
        factor = _EN_SCALES[multiplier["en"]]
    return Numeral(value * factor, match.start(), multiplier.end())


def _chinese(match: re.Match[str]) -> Numeral:
    text, start = match["zh"], match.start()
    if "点" in text:
        whole, _, fraction = text.partition("点")
        group = _GROUPS.get(fraction[-1], 1)
        digits = "".join(str(ZH_DIGITS[character]) for character in fraction.rstrip("万亿"))
        return Numeral(Decimal(f"{_positional(whole) or 0}.{digits}") * group, start, match.end())
    end = match.end()
    if pair := _neighbours(match):
        return pair
    if len(text) > 1 and text.endswith("两"):  # 二两, 三两: the last 两 is a weight, and left to the unit
        text, end = text[:-1], end - 1
    if all(character in ZH_DIGITS for character in text):
        value = Decimal("".join(str(ZH_DIGITS[character]) for character in text))
        return Numeral(value, start, end, read_out=len(text) > 1)
    return Numeral(Decimal(_positional(text)), start, end)


def _neighbours(match: re.Match[str]) -> Numeral | None:
    """About so many: 两三天, 三五个, 十七八度, 二三十块, 一百二三十斤. Not the year of 八九年, nor the 一两 of tea."""
    text, behind = match["zh"], match.string[match.end() : match.end() + 1]
    digits = text.rstrip(_SCALE_SIGNS)
    head, pair, scale = digits[:-2], digits[-2:], text[len(digits) :]
    if pair not in _NEIGHBOURS or (head and head[-1] not in _SCALE_SIGNS):
        return None
    if not (head or scale or _UNITS_OF_FEW.match(match.string, match.end())):
        return None
    if behind == "年" and ZH_DIGITS[pair[0]] > _YEARS and not scale:
        return None
    low, high = (_positional(f"{head}{digit}{scale}") for digit in pair)
    return Numeral(Decimal(high), match.start(), match.end(), low=Decimal(low))


def _positional(text: str) -> int:
    """一千二百九十九, 两千三, 一万二, 十五, 百; a wrong order of scales gives some number, never an error."""
    total = section = 0
    digit: int | None = None
    scale = 1
    gap = False
    for character in text:
        if character in _GROUPS:
            section += digit or 0
            total = (total + section or 1) * _GROUPS[character] if character == "亿" else (
                total + (section or 1) * _GROUPS[character]
            )  # fmt: skip
            section, digit, scale, gap = 0, None, _GROUPS[character], False
        elif character in _SCALES:
            section += (digit or 1) * _SCALES[character]  # 一万零十
            digit, scale, gap = None, _SCALES[character], False
        else:
            value = ZH_DIGITS[character]
            gap = gap or value == 0
            digit = value if digit is None else digit * 10 + value
    if digit is not None:
        section += digit * scale // 10 if scale >= 100 and not gap and digit < 10 else digit
    return total + section


def _english(match: re.Match[str]) -> Iterator[Numeral]:
    """The numerals in a run of number words: ``two and three`` are two, ``one two three`` is one code."""
    run: list[tuple[str, int, int]] = []
    for token in _EN_TOKEN.finditer(match["en"]):
        word = token.group()
        if word in ("and", ","):
            if run and run[-1][0] not in _EN_SCALES:
                yield from _run(run)
                run = []
            continue
        if word == "second" and run and match["en"][token.start() - 1] == " ":
            break  # ``one second``: a unit of time; ``twenty-second`` is the ordinal
        if run and run[-1][0] in _ORDINALS and match["en"][token.start() - 1] == " ":
            yield from _run(run)  # the first fifteen days
            run = []
        if run and word in EN_ORDINALS and 0 < _WORDS.get(run[-1][0], 0) < 10:
            yield from _run(run)  # one third: no thirteenth
            run = []
        run.append((word, match.start() + token.start(), match.start() + token.end()))
    yield from _run(run)


def _run(words: list[tuple[str, int, int]]) -> Iterator[Numeral]:
    parsed = _english_value([word for word, _, _ in words]) if words else None
    if parsed is not None:
        value, other, read_out = parsed
        yield Numeral(value, words[0][1], words[-1][2], read_out, words[-1][0] in _ORDINALS, other)
        return
    at = 0
    while at < len(words):  # twenty-four seven: as much as makes one number, then the next
        count = next((n for n in range(len(words) - at, 1, -1) if _is_one(words[at : at + n])), 1)
        yield from _run(words[at : at + count]) if count > 1 else _word(*words[at])
        at += count


def _is_one(words: list[tuple[str, int, int]]) -> bool:
    parsed = _english_value([word for word, _, _ in words])
    return parsed is not None and not parsed[2]


def _word(word: str, start: int, end: int) -> Iterator[Numeral]:
    value = _WORDS.get(word, _ORDINALS.get(word, _EN_SCALES.get(word, _OTHER.get(word))))
    if value is not None:
        yield Numeral(Decimal(value), start, end, ordinal=word in _ORDINALS)


def _english_value(words: list[str]) -> tuple[Decimal, Decimal | None, bool] | None:
    """The value of number words, a second reading, and whether they are read digit by digit; None where they do
    not make one number."""
    if "point" in words:
        cut = words.index("point")
        whole = _groups(words[:cut]) if cut else [0]
        digits = "".join(str(_WORDS[word]) for word in words[cut + 1 :] if word in _WORDS)
        if whole is None or len(whole) != 1 or not digits or len(digits) > 12:
            return None
        return Decimal(f"{whole[0]}.{digits}"), None, False
    groups = _groups(words)
    if groups is None or not groups:
        return None
    if len(groups) == 1:
        return Decimal(groups[0]), None, False
    if all(group < 10 for group in groups):
        return Decimal("".join(map(str, groups[:18]))), None, True
    if len(groups) == 2 and 10 <= groups[1] <= 99:
        return Decimal(groups[0] * 100 + groups[1]), Decimal(groups[0]) + Decimal(groups[1]) / 100, True
    if len(groups) == 3 and groups[1] == 0 and groups[2] < 10:
        return Decimal(groups[0] * 100 + groups[2]), Decimal(groups[0]) + Decimal(groups[2]) / 100, True
    return None


def _groups(words: list[str]) -> list[int] | None:
    """``one hundred twenty nine`` is [129]; ``nineteen ninety nine`` is [19, 99]."""
    groups: list[int] = []
    total = current = 0
    room = 0  # largest value that may still be added to the current numeral: 99 after a hundred, 9 after a ten
    for word in words:
        if word in _EN_SCALES:
            scale = _EN_SCALES[word]
            if scale == 100:
                current = (current or 1) * 100
                room = 99
            else:
                total += (current or 1) * scale
                current, room = 0, 999
            continue
        value = _WORDS.get(word, _ORDINALS.get(word))
        if value is None:
            return None
        if value > room or (value == 0 and room):
            if room or groups or total or current:
                groups.append(total + current)
            total, current = 0, 0
        current += value
        room = 9 if value >= 20 else 99 if room == 999 and value >= 100 else 0
        if value == 0 or 0 < value < 20:
            room = -1
    groups.append(total + current)
    return groups
