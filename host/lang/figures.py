"""A text with its number words as figures: what has been said reads like what was written.

九十九块九 becomes 99块9, 百分之二十 20%, 零下五度 -5度, 三分之一 1/3, ``five and a half`` 5 1/2 and
``November thirtieth`` November 30th.
Whoever compares the two reads both through `host.lang.reading`, and need not know how either was put.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from host.core.number_words import EN_CARDINALS, ZH_DIGITS
from host.lang.measures import measure_at
from host.lang.numerals import Numeral

_SHARE = re.compile(r"(?P<of>[百千])分之 ?$")
_PARTS = re.compile(r" ?分之 ?")
_BELOW_ZERO = re.compile(r"零下 ?$|(?<![a-z])minus $")
_FAIR, _NTH = "half|halve|quarter", "third|fifth|sixth|eighth|tenth|sixteenth"
_AND_PART = re.compile(
    rf" and (?P<over>an?|one|two|three|five|seven)[ -](?:(?P<fair>{_FAIR})(?!s?[ -](?:price|off)\b)"
    rf"|(?P<nth>{_NTH}))(?P<many>s?)(?![a-z])"
)
_PART_ALONE = re.compile(rf"[ -](?P<under>{_FAIR}|{_NTH})(?:(?P<many>s)|(?P<inches>(?= inch\b)))?(?![a-z])")
_UNDER = {"half": 2, "halve": 2, "quarter": 4, "third": 3, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10,
          "sixteenth": 16}  # fmt: skip
_LATIN_WORD = re.compile(r"[A-Za-z]{3}$")
_LONGEST = 10**18


@dataclass(frozen=True, slots=True)
class Figures:
    """A text in figures, and where each of its places was before."""

    text: str
    _made: tuple[int, ...]
    """Where a written-out piece begins in the text, ascending."""
    _from: tuple[int, ...]
    """Where it began before; between two pieces places move alike."""

    def before(self, at: int) -> int:
        """The place in the text before that stands at ``at`` here."""
        piece = bisect_right(self._made, at) - 1
        return self._from[piece] + at - self._made[piece]


def figures(text: str, numerals: Sequence[Numeral]) -> Figures:
    """``text`` with these numerals in figures. Those in figures already stay as they are written."""
    parts: list[str] = []
    made, came = [0], [0]
    at = length = 0
    for start, end, plain in _pieces(text, numerals):
        before = text[start - 1 : start] if start > at else "".join(parts[-1:])[-1:]
        space, figure = _apart(before, plain, text[end : end + 1])
        if _LATIN_WORD.search(text[max(0, start - 3) : start]) and figure[:1].isdecimal():
            space = " "  # Plus八百: no name has its number in such words
        parts += [text[at:start], space, figure]
        length += start - at + len(space)
        made += [length, length + len(figure)]
        came += [start, end]
        at, length = end, length + len(figure)
    return Figures("".join([*parts, text[at:]]), tuple(made), tuple(came))


def _pieces(text: str, numerals: Sequence[Numeral]) -> Iterator[tuple[int, int, str]]:
    """What is written out: from where, to where, and as what."""
    done = 0
    for index, numeral in enumerate(numerals):
        if numeral.start < done or abs(numeral.value) >= _LONGEST:
            continue
        if below := _BELOW_ZERO.search(text[max(0, numeral.start - 8) : numeral.start]):
            yield numeral.start - len(below.group()), numeral.start, "-"
        following = numerals[index + 1] if index + 1 < len(numerals) else None
        if following and numeral.value and _PARTS.fullmatch(text[numeral.end : following.start]):
            done, begin = following.end, numeral.start
            if index and text[numerals[index - 1].end : begin] == "又":  # 一又二分之一: on top of a whole number
                yield begin - 1, begin, " "
            yield begin, done, f"{_figure(following)}/{_figure(numeral)}"
        elif part := _part_behind(text, numeral):
            done, figure = part
            yield numeral.start, done, figure
        elif share := _SHARE.search(text[max(0, numeral.start - 5) : numeral.start]):
            sign = "%" if share["of"] == "百" else "‰"
            yield numeral.start - len(share.group()), numeral.start, ""
            yield numeral.start, numeral.end, _figure(numeral) + sign
        elif not text[numeral.start].isdecimal():
            ordinal = "th" if numeral.ordinal else _pieces_of(text, numeral)
            yield numeral.start, numeral.end, (_digits(text, numeral) or _figure(numeral)) + ordinal


def _pieces_of(text: str, numeral: Numeral) -> str:
    """The classifier that 俩 and 仨 have in them: 俩月 are two months, and not February."""
    within = text[numeral.start : numeral.end] in ("俩", "仨")
    return "个" if within and not text.startswith("个", numeral.end) else ""


def _part_behind(text: str, numeral: Numeral) -> tuple[int, str] | None:
    """Where a part ends whose first word is the numeral, and its figures: ``two and a half``, ``three quarters``. In
    ``buy two and a third is free`` there is none."""
    if numeral.ordinal or numeral.value != numeral.value.to_integral_value() or text[numeral.start].isdecimal():
        return None
    on_top, alone = (pattern.match(text, numeral.end) for pattern in (_AND_PART, _PART_ALONE))
    if on_top and (on_top["fair"] or on_top["many"] or measure_at(text, on_top.end(), "en")):
        over, under = EN_CARDINALS.get(on_top["over"], 1), _UNDER[on_top["fair"] or on_top["nth"]]
        return on_top.end(), f"{_figure(numeral)} {over}/{under}"
    if alone and (numeral.value == 1 or alone["many"] or alone["inches"]):
        return alone.end(), f"{_figure(numeral)}/{_UNDER[alone['under']]}"
    return None


def _apart(before: str, figure: str, behind: str) -> tuple[str, str]:
    """A space ahead of a figure beside another, and the figure with one behind it: 129一瓶 is 129 and 1, no 1291. By
    a comma too, for number words have no groups of thousands: 四十九,一百二十八.
    """
    first = " " if (before.isdecimal() or before == ",") and figure[:1].isdecimal() else ""
    last = " " if (behind.isdecimal() or behind == ",") and figure[-1:].isdecimal() else ""
    return first, f"{figure}{last}"


def _digits(text: str, numeral: Numeral) -> str:
    """The digits of a numeral that is read out one by one, zeros ahead included: 零零七."""
    characters = text[numeral.start : numeral.end] if numeral.read_out else ""
    known = characters and all(character in ZH_DIGITS for character in characters)
    return "".join(str(ZH_DIGITS[character]) for character in characters) if known else ""


def _figure(numeral: Numeral) -> str:
    value = numeral.value
    return f"{value:f}" if value != value.to_integral_value() else f"{Decimal(value).to_integral_value():f}"
