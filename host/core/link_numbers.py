"""Link numbers in a comment: the cart positions viewers type. Pure patterns over folded text.

``3号链接``, ``链接3``, ``三号``, ``1和2号``, ``link 3``, ``links 1 and 2``, ``the third item``, ``#3``. What only looks
like one is taken out first: 3号能到吗 asks about a date, 5号电池 is a battery, ``the number one brand`` is praise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from host.core.number_words import EN_CARDINALS, EN_ORDINALS, ZH_DIGITS, ZH_NUMERALS

_BARE_ZH = rf"(?:\d{{1,4}}|[{ZH_NUMERALS}]{{1,3}})"
_FIRST_ZH = rf"(?:(?<![\d.a-z])\d{{1,4}}|(?<![{ZH_NUMERALS}百千万同唯统任每这那某另哪])[{ZH_NUMERALS}]{{1,3}})"
_AND_ZH = r" ?(?:[、,和跟与或&/]|还是|以及) ?"
_MOST = "{0,7}"
"""How many numbers may follow in one list: without it, commas and digits alone take time by the square."""
_NUMBERS_ZH = rf"{_FIRST_ZH}(?:{_AND_ZH}{_BARE_ZH}){_MOST}"
_MORE_ZH = rf"{_BARE_ZH}(?:{_AND_ZH}{_BARE_ZH}){_MOST}"
_GOODS = r"(?:链接|连接|琏接|购物车|小黄车|宝贝|商品|产品)"
_PREFIX_ZH = r" ?(?:编号|号|第|no\.?|#)? ?#?"
_NO_NUMBER = rf"[\d{ZH_NUMERALS}直样下共定般些起会边旦律足手无]|\.\d"
"""What shows that the digit before it is none, or is not whole: 链接一直打不开, 商品三无."""

_WORDS = {word: value for word, value in EN_CARDINALS.items() if value <= 12}
_ORDINALS = {word: value for word, value in EN_ORDINALS.items() if value <= 12}
_NUMBER_EN = rf"(?:\d{{1,4}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?![a-z\d%]|\.\d|,\d{{3}})"
_AND_EN = r" ?(?:[,&/]|,? ?\b(?:and|or|vs)\b)[ #]*"
_COUNTED = r" (?:pcs?|pieces?|pairs?|packs?|sets?|units?|of|more|x|years?|months?|weeks?|days?|hours?|minutes?)\b"
_NUMBERS_EN = rf"{_NUMBER_EN}(?:{_AND_EN}{_NUMBER_EN}(?!{_COUNTED})){_MOST}"

_DAY = (
    r"之?前(?!面)|以?后(?!面)|左右|当天|那天|凌晨|早(?!就|已)|上午|中午|下午|晚|\d{1,2} ?[点时:]|"
    r"(?:能不能|可不可以|应该|可以|能|会|就|才)?(?:"
    r"发(?![热光烫黄霉臭声什啥哪票])|到(?![底手哪])|收[到货得不吗]|送[到达来]|寄)|"
    r"(?:才|就|刚)?(?:买|拍|订|下单|付款)的(?!人)"
)
"""What follows the 号 of a day of the month."""
_THING = r"(?:的|干|碱性|锂)?电池|[色码楼店]|线(?![上下])|的?快递"
"""What follows the 号 of a size, a colour, a building."""
_PRAISE = (
    r"(?:\b(?:the|your|our|my|an?)|'s) (?:number ?|no\.? ?|# ?)(?:one|1)(?= [a-z])"
    r"(?! (?:please|pls|and|or|again|link|item|product)\b)|"
    r"\byou(?:'re| are) (?:number ?|# ?)(?:one|1)\b|\b(?:number ?|# ?)(?:one|1) (?:in|brand|choice|seller|best)\b"
)
_NO_LINK = re.compile(
    rf"(?:月|截[止至]到?|(?:活动|优惠|有效期?|持续|一直)到|[路街巷弄]) ?{_NUMBERS_ZH} ?号|"
    rf"{_FIRST_ZH}(?: ?号)?(?:{_AND_ZH}{_BARE_ZH}(?: ?号)?){_MOST}(?<=号) ?(?:{_DAY}|{_THING})|{_PRAISE}"
)
_LINK = (
    re.compile(rf"第? ?(?P<numbers>{_NUMBERS_ZH}) ?号(?: ?{_GOODS})?"),
    re.compile(rf"(?P<numbers>(?!两){_NUMBERS_ZH}) ?(?:#|号)? ?(?:{_GOODS}|link(?![a-z]))"),
    re.compile(rf"第 ?(?P<numbers>{_BARE_ZH}) ?个? ?{_GOODS}"),
    re.compile(rf"(?:链接|连接|购物车|小黄车){_PREFIX_ZH}(?P<numbers>{_MORE_ZH})(?!{_NO_NUMBER}|[个条])"),
    re.compile(
        rf"(?:宝贝|商品|产品){_PREFIX_ZH}(?P<numbers>{_MORE_ZH})"
        rf"(?!{_NO_NUMBER}|[个件岁天日月年周块元折斤点分]|小时)"
    ),
    re.compile(
        r"(?<![a-z\d])(?:(?:link|item|product)s?(?: ?(?:number|no\.?|#))?|numbers?|no\.|no(?=\d))[ #]*"
        rf"(?P<numbers>{_NUMBERS_EN})"
    ),
    re.compile(rf"(?<![a-z])(?P<numbers>{'|'.join(_ORDINALS)}) (?:link|item|product)(?![a-z])"),
    re.compile(rf"(?<![a-z\d])# ?(?P<numbers>{_NUMBERS_EN})"),
)
_ONE = re.compile(rf"\d+|[{ZH_NUMERALS}]+|[a-z]+")
_VALUES = _WORDS | _ORDINALS


def link_numbers(folded: str) -> list[int]:
    """Every link number a folded text gives, in the order of mention. Total; there need not be such a link."""
    return [number for _, _, number in links_at(folded)]


def links_at(folded: str) -> list[tuple[int, int, int]]:
    """Where each link number of a folded text begins and ends, with the words that make it one, and the number."""
    found: dict[int, tuple[int, int, int]] = {}
    for match in _mentions(folded):
        numbers = [(number, _value(number.group())) for number in _ONE.finditer(folded, *match.span("numbers"))]
        numbers = [(number, value) for number, value in numbers if value is not None]
        starts = [match.start(), *(number.start() for number, _ in numbers[1:])]
        ends = [*(number.end() for number, _ in numbers[:-1]), match.end()]
        for (number, value), start, end in zip(numbers, starts, ends, strict=False):
            known = found.get(number.start())
            if value is not None and (known is None or end - start > known[1] - known[0]):
                found[number.start()] = (start, end, value)
    return [found[at] for at in sorted(found)]


def without_links(folded: str) -> str:
    """The text with a blank in the place of each link number and the words that make it one."""
    kept = list(folded)
    for match in _mentions(folded):
        kept[match.start() : match.end()] = " " * (match.end() - match.start())
    return "".join(kept)


def _mentions(folded: str) -> Iterator[re.Match[str]]:
    text = _NO_LINK.sub(lambda match: "\0" * len(match.group()), folded)
    for pattern in _LINK:
        yield from pattern.finditer(text)


def _value(written: str) -> int | None:
    """十二, 12, ``twelve``, ``twelfth``; None for the words between numbers."""
    if written.isdecimal():
        return int(written)
    if written[0] not in ZH_NUMERALS:
        return _VALUES.get(written)
    tens, mark, ones = written.rpartition("十")
    if not mark:
        return int("".join(str(ZH_DIGITS[character]) for character in written))
    return (ZH_DIGITS.get(tens, 1) if tens else 1) * 10 + (ZH_DIGITS.get(ones, 0) if ones else 0)
