"""Characters that sound like numerals, where they spell a number: 酒块酒, 久块九, 依久元. For folded text.

Most of them end nouns: 卫衣99元 and 红酒百元起 spell nothing with 衣 and 酒. So one counts only in place of a digit:
not before digits that are a number of their own, and not behind a noun it belongs to.
"""

from __future__ import annotations

import re

_ALIKE = dict(zip("久酒韭灸霸叭漆妻溜舞吾捂伞尔衣依", "九九九九八八七七六五五五三二一一", strict=True))
_FORMAL = str.maketrans("玖柒陆肆壹拾", "九七六四一十")
_SOUND = "".join(_ALIKE)
_SCALE = "十百千万点拾"
_DIGIT = f"0-9零一二两三四五六七八九十百千万{_SOUND}玖柒陆肆壹拾"
_UNIT = (
    r"块(?:钱|(?P<rest>[" + _DIGIT + r"]))?(?![头状茎垒根儿])|元(?![旦宵素气首老年件组])"
    r"|毛(?P<more>[" + _DIGIT + r"])?(?![巾衣笔线发病领呢绒利])|折(?![叠扣断痕后上])"
)
_PRICE = re.compile(rf"(?P<sum>[{_DIGIT}]{{1,12}})(?P<unit>{_UNIT})")
_BARE = re.compile(
    rf"(?:只要|只需|仅需|到手价?|券后价?|只卖)(?P<sum>[{_DIGIT}]{{0,2}}[{_SOUND}][{_SOUND}九五八六]{{1,3}})(?![一-鿿])"
)
_BEFORE_OWN_DIGITS = re.compile(rf"[{_SOUND}](?=[0-9])|^[{_SOUND}]+(?=[^{_SOUND}{_SCALE}])")
_NOUN_HEADS = "酒衣伞漆舞霸尔妻"
"""Those that nouns end in, whatever stands before: 红酒, 卫衣, 雨伞."""
_NOUNS = re.compile(r"(?:[好多很永长持悠不许耐恒已之太最更]久|[针艾]灸|喇叭|[滑顺光酸直开]溜|手捂|[皈相归无]依)$")
_NOT_A_NOUN = re.compile(r"(?:^|[^㐀-鿿]|[要需卖价是在天就才仅只付花给券后到手你们我了的为得个送共])$")
"""What stands before a number that is spelled there."""
_BEGINS_NOUN = re.compile(
    r"酒(?:[水杯瓶精吧店柜桌席液香具款心])|衣(?:[服架柜物领袖裤着橱帽料])|伞(?:[架面骨柄套布])|舞(?:[鞋蹈裙台会])|漆(?:[器面])"
    r"|妻子|霸[王气主]|久[了等远违]|韭[菜黄花]|依[旧然靠照]|尔[后等]|溜[冰达]"
)


def spelled_out(folded: str) -> str:
    """The folded text with numerals in the place of what sounds like them and stands for them."""
    return _BARE.sub(_written, _PRICE.sub(_priced, folded))


def _written(match: re.Match[str]) -> str:
    return "".join(_ALIKE.get(character, character) for character in match.group()).translate(_FORMAL)


def _priced(match: re.Match[str]) -> str:
    written, unit = match["sum"], match["unit"]
    fraction = match["rest"] or match["more"] or ""
    if fraction in _ALIKE and _BEGINS_NOUN.match(match.string, match.end() - 1):
        fraction = ""
    kept = _own_digits(written)
    head, spelled = written[:kept], written[kept:]
    before = match.string[max(0, match.start() - 3) : match.start()] + head
    alone = len(spelled) == 1 or spelled[1] in _SCALE
    if spelled[:1] in _ALIKE and alone and not fraction and _ends_a_noun(before, spelled[0]):
        head, spelled = head + spelled[0], spelled[1:]
    if not any(character in _ALIKE for character in spelled + fraction):
        return match.group()
    read = "".join(_ALIKE.get(character, character) for character in spelled).translate(_FORMAL)
    return head + read + (unit[:-1] + _ALIKE.get(fraction, fraction) if fraction else unit)


def _own_digits(written: str) -> int:
    """Where, in a run of digits and what sounds like them, the digits begin that are a number of their own."""
    own = 0
    for match in _BEFORE_OWN_DIGITS.finditer(written):
        own = match.end()
    return own


def _ends_a_noun(before: str, sound: str) -> bool:
    if _NOT_A_NOUN.search(before):
        return False
    return sound in _NOUN_HEADS or _NOUNS.search(before + sound) is not None
