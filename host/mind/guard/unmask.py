"""Numerals in disguise, as numerals: ``jiu kuai jiu``, 酒块酒, 久块九, ``n i n e dollars``.

A voice says them as the price they stand for, so the guard reads them as one. Each is recognised only beside what makes
it a price: a unit of money, or words such as 只要. 韭菜, 久等了, 喝酒 and a viewer called Wu are left alone.
"""

from __future__ import annotations

import re

from host.core.fold import skeleton
from host.lang.numerals import number_words
from host.mind.guard.homophones import spelled_out

_SYLLABLES = {
    "ling": "零", "yi": "一", "yao": "一", "er": "二", "liang": "两", "san": "三", "si": "四", "wu": "五",
    "liu": "六", "qi": "七", "ba": "八", "jiu": "九", "shi": "十", "bai": "百", "qian": "千", "wan": "万", "dian": "点",
}  # fmt: skip
_MONEY = {"kuai": "块", "yuan": "元", "mao": "毛", "qian": "钱", "zhe": "折"}
_S = "(?:" + "|".join(sorted(_SYLLABLES, key=len, reverse=True)) + ")"
_GAP = r"[ '·.\-]?"
_LONGEST = 16
"""Syllables of a price at most (九十九万九千九百九十九点九九 has fourteen): without it they take time by the square."""
_RUN = rf"{_S}(?:{_GAP}{_S}){{0,{_LONGEST - 1}}}"
_SEVERAL = rf"{_S}(?:{_GAP}{_S}){{1,{_LONGEST - 1}}}"
_PRICING = (
    r"只要|只需|仅需|仅要|到手价?|只卖|才卖?|卖|价格?是?|现在|现价|今天|券后价?|\bonly|\bjust|\bfor|\bpay"
    r"|\bprice|\bcosts?|\bnow|\bis|\bat"
)
_PINYIN = re.compile(
    rf"(?<![a-z])(?P<sum>(?>{_RUN})){_GAP}(?P<unit>kuai{_GAP}qian|kuai|mao|块钱?|元|毛)(?P<more>{_GAP}{_RUN})?(?![a-z])"
    rf"|(?<![a-z])(?P<several>(?>{_SEVERAL})){_GAP}(?P<yuan>yuan|zhe|折)(?![a-z])"
    rf"|(?:{_PRICING}) ?(?P<one>{_S}){_GAP}(?P<of>yuan|zhe)(?![a-z])"
    rf"|(?:只要|只需|仅需|到手价?|只卖|券后价?) ?(?P<bare>(?>{_SEVERAL}))(?![a-z]| ?(?:yuan|kuai|mao|zhe|[块元毛折]))"
)
_TOKEN = re.compile("|".join(sorted((*_SYLLABLES, *_MONEY), key=len, reverse=True)))

_FORMAL_THREE = re.compile(r"参(?=[拾佰仟])|(?<=[拾佰仟])参(?=[元圆块])")
"""參 is a three among the numerals of banks; elsewhere it is 参加."""
_SPELLED = re.compile(r"(?<![a-z])[a-z](?:[ .*_-]{1,2}[a-z]){2,9}(?![a-z])")


def unmasked(folded: str) -> str:
    """The folded text with disguised numerals written plainly; the same text where there are none."""
    text = spelled_out(_FORMAL_THREE.sub("叁", folded))
    text = _SPELLED.sub(_spelled, text)
    bare = skeleton(text)
    return _PINYIN.sub(_han, bare) if _PINYIN.search(bare) else text


def _han(match: re.Match[str]) -> str:
    start = (
        next(place for name in ("sum", "several", "one", "bare") if (place := match.start(name)) >= 0) - match.start()
    )
    written = _TOKEN.sub(lambda token: _SYLLABLES.get(token.group()) or _MONEY[token.group()], match.group()[start:])
    return match.group()[:start] + re.sub(r"[ '·.\-]", "", written)


def _spelled(match: re.Match[str]) -> str:
    word = re.sub(r"[ .*_-]", "", match.group())
    return word if word in number_words() else match.group()
