"""The numbers of a text by value: what was written and what was typed back meet however either was put.

"69元", 六十九元, ``sixty-nine dollars`` and ``$69`` are one number, by the house's own reading of quantities; a number
whose unit was not understood is still that number. Telephone numbers and codes are their digits in a row, wherever a
recogniser parts them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pypinyin import lazy_pinyin

from host.bench.listening.alignment import Pair, aligned
from host.core.fold import cased, lowered
from host.core.number_words import EN_CARDINALS, ZH_DIGITS
from host.core.product import Lang
from host.lang.normalise import normalise
from host.lang.numerals import ZH_NUMERALS, Numeral, numerals
from host.lang.zh.numerals import cardinal
from host.mind.quantities.countable import countable
from host.mind.quantities.extraction import quantities
from host.mind.quantities.units import Measure

_CURRENCIES: dict[Lang, str] = {"zh": "CNY", "en": "USD"}
_SCALED = re.compile(r"(?<![\d.])\d{1,4}[百千万亿](?:零?\d{1,4}[百千万]?){1,4}(?![\d.%年月日点时])")
"""Figures and characters mixed, as recognisers type them: 2万3千, 1千零50."""
_WORD = "|".join(EN_CARDINALS)
_DIGIT = "one|two|three|four|five|six|seven|eight|nine|[1-9]"
_PART = re.compile(
    rf"(?i)\b(?P<over>{_DIGIT})[ -](?P<under>half|halves|third|quarter|fourth|fifth|sixth|eighth|tenth)s?\b"
)
_FEET = re.compile(
    rf"(?i)\b(?P<feet>{_DIGIT}) (?:foot|feet|ft\.?) (?P<inches>\d{{1,2}}|{_WORD})\b(?![ -](?:by|x|feet|foot|ft)\b)"
)
_NUMBERED = re.compile(rf"(?i)\b(?P<what>link|number|item|option|step|model|size) (?P<number>{_WORD})\b")
"""After these words ``one`` is no pronoun."""
_STEPPED = re.compile(r"(?<![\d.])\d{1,4}(?:\.\d{1,4}){2,3}(?![\d.])")
"""3.2.1."""
_LETTERED = re.compile(r"(?<![\d.])(?P<figure>\d{1,2})K(?![A-Za-z+])")
"""4K: in Mandarin a four and a letter."""
_PLUSES = re.compile(r"\+{3,9}")
_UNDER = {"hal": 2, "thi": 3, "qua": 4, "fou": 4, "fif": 5, "six": 6, "eig": 8, "ten": 10}
_HAN_BEFORE, _HAN_BEHIND = re.compile("[㐀-鿿]+$"), re.compile("[㐀-鿿]+")
_BETWEEN = re.compile(r"[\s,，、.:·/-]{0,3}")
"""What may stand between two pieces of one code."""
_OPEN = (Measure.NUMBER, Measure.COUNT)
"""Measures that tell nothing of a unit."""


@dataclass(frozen=True, slots=True)
class Told:
    """A number as a text tells it, at ``start:end`` of the folded text."""

    text: str
    readings: frozenset[tuple[Measure, Decimal]]
    """Every way to understand it, in canonical units."""
    figures: frozenset[Decimal]
    """The number alone."""
    digits: str
    """Of a whole number, zeros ahead included; else nothing."""
    figure: str
    """The numeral alone, as it stands there; nothing where there are several."""
    start: int
    end: int
    glued: bool = False
    """Whether only a separator stands between it and the number before."""


def told(text: str, lang: Lang) -> list[Told]:
    """Every number of a text, in order. Idioms tell none: 一起, ``one of them``."""
    made = cased(_fairly(text, lang))
    written = [numeral for numeral in countable(lowered(made)) if _is_said_so(made, numeral)]
    found: list[Told] = []
    taken = 0
    for quantity in quantities(made, _CURRENCIES[lang]):
        if quantity.start >= taken:
            inside = [numeral for numeral in written if quantity.start <= numeral.start < quantity.end]
            if not inside and quantity.text[:1] in ZH_NUMERALS:
                continue
            readings = frozenset((reading.measure, reading.value.normalize()) for reading in quantity.readings)
            found.append(_told(made, inside, readings, quantity.start, quantity.end))
            taken = quantity.end
    covered = [range(number.start, number.end) for number in found]
    found += [
        _told(made, [numeral], frozenset(), numeral.start, numeral.end)
        for numeral in written
        if not any(numeral.start in span for span in covered)
    ]
    return _linked(made, sorted(found, key=lambda number: number.start))


def differing(one: str, other: str, lang: Lang) -> list[Pair[Told]]:
    """The numbers of one text that are not in the other, in the other alone, or others there; in order.

    One that the other lacks because it stands in an idiom there is in it: the 1 of 3+1早餐 in 三加一早餐.
    """
    pairs = [pair for pair in aligned(told(one, lang), told(other, lang), _alike) if not pair.alike]
    if not any(not pair.heard for pair in pairs):
        return pairs
    folded = lowered(cased(other))
    idle = Counter(each.value for each in numerals(folded)) - Counter(each.value for each in countable(folded))
    return [pair for pair in pairs if pair.heard or not all(number.figures & idle.keys() for number in pair.said)]


def _told(
    text: str, inside: Sequence[Numeral], readings: frozenset[tuple[Measure, Decimal]], start: int, end: int
) -> Told:
    alone = inside[0] if len(inside) == 1 else None
    values = {alone.value, alone.other} if alone else set()
    figures = frozenset(value.normalize() for value in values if value is not None)
    plain = frozenset(value for measure, value in readings if measure is Measure.NUMBER)
    figures = figures & plain or plain or figures  # of five and a half 5.5, and no 5
    figure = text[alone.start : alone.end] if alone else ""
    digits = _digits(figure, alone) if alone else ""
    return Told(text[start:end].strip(), readings, figures, digits, figure, start, end)


def _is_said_so(text: str, numeral: Numeral) -> bool:
    """Whether a numeral is read as one, which that of a name may not be: 六安 is lù ān."""
    figure = text[numeral.start : numeral.end]
    if len(figure) > 1 or figure.isascii():
        return True
    before, behind = _HAN_BEFORE.search(text[: numeral.start][-3:]), _HAN_BEHIND.match(text[numeral.end :][:3])
    ahead, rest = (found.group() if found else "" for found in (before, behind))
    return lazy_pinyin(figure) == lazy_pinyin(ahead + figure + rest)[len(ahead) : len(ahead) + 1]


def _digits(written: str, numeral: Numeral) -> str:
    if written.isdecimal():
        return written
    if numeral.read_out and all(character in ZH_DIGITS for character in written):
        return "".join(str(ZH_DIGITS[character]) for character in written)
    if numeral.other is not None and numeral.value >= 100 and written[0].isalpha() and written.isascii():
        return str(numeral.value)  # fifty fifty, nineteen ninety-nine
    words = re.findall("[a-z]+", written)
    if numeral.read_out and words and all(EN_CARDINALS.get(word, 10) < 10 for word in words):
        return "".join(str(EN_CARDINALS[word]) for word in words)
    return (
        str(numeral.value)
        if numeral.value < 100 and not written[0].isdecimal() and "." not in str(numeral.value)
        else ""
    )


def _linked(text: str, numbers: Sequence[Told]) -> list[Told]:
    linked: list[Told] = []
    for number in numbers:
        glued = bool(linked and _BETWEEN.fullmatch(text[linked[-1].end : number.start]))
        linked.append(replace(number, glued=glued))
    return linked


def _alike(written: Sequence[Told], heard: Sequence[Told]) -> bool:
    if len(written) == len(heard) == 1:
        return _same(written[0], heard[0])
    one, other = _code(written), _code(heard)
    return one == other != ""


def _code(numbers: Sequence[Told]) -> str:
    """The digits in a row of numbers that may be one code; nothing where they may not."""
    if not all(number.glued for number in numbers[1:]):
        return ""
    if not all(number.digits and _may_be_bare(number) for number in numbers):
        return ""
    return "".join(number.digits for number in numbers)


def _may_be_bare(number: Told) -> bool:
    return not number.readings or any(measure is Measure.NUMBER for measure, _ in number.readings)


def _same(one: Told, other: Told) -> bool:
    if "0" in (one.digits[:1], other.digits[:1]) and not (_units(one) or _units(other)):
        return one.digits == other.digits  # 0102 is no 102
    if one.readings & other.readings:
        return True
    if _units(one) & _units(other):
        return False  # 48 hours are no 48 days
    return bool(_values(one) & _values(other))


def _units(number: Told) -> frozenset[Measure]:
    """What it measures, where that is known."""
    return frozenset(measure for measure, _ in number.readings if measure not in _OPEN)


def _values(number: Told) -> frozenset[Decimal]:
    return number.figures | {value for _, value in number.readings}


def _fairly(text: str, lang: Lang) -> str:
    """The text with what recognisers type, and speakers say, as a writer would put it: 2万3千 as 两万三千,
    ``one-third`` as 1/3, ``five foot nine`` as 5'9"."""
    text = _STEPPED.sub(lambda found: _stepped(found[0], lang), text)
    if lang == "zh":
        text = _LETTERED.sub(r"\g<figure> K", text)
        text = _PLUSES.sub(lambda found: f"{len(found[0])}个加", text)
        return _SCALED.sub(lambda found: re.sub(r"\d+", lambda run: cardinal(str(int(run[0]))), found[0]), text)
    text = _FEET.sub(lambda found: f"{_value(found['feet'])}'{_value(found['inches'])}\"", text)
    text = _NUMBERED.sub(lambda found: f"{found['what']} {_value(found['number'])}", text)
    return _PART.sub(lambda found: f"{_value(found['over'])}/{_UNDER[found['under'][:3].lower()]}", text)


def _stepped(code: str, lang: Lang) -> str:
    """A version as it is said; a date stays what it is."""
    said = normalise(code, lang)
    return said if said.count("point" if lang == "en" else "点") > 1 else code


def _value(word: str) -> int:
    return int(word) if word.isdecimal() else EN_CARDINALS[word.lower()]
