"""What is given on top: 送一个台灯, ``a free tote bag``. It has to be in a fact that gives it, on the same terms.

送 is also to send, to see off, and to make a present to somebody else; there it gives the buyer nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from host.core.reason import Reason
from host.lang.stance.clauses import clause_of, clauses, sentences
from host.mind.guard.carried import FactIndex
from host.mind.guard.kinds import ClaimKind, claimed, states
from host.mind.guard.patterns import Claimed, compact, either
from host.mind.guard.quotes import quoted

_PIECE = "个|支|条|只|台|袋|包|把|套|件|盒|瓶|对|双|份|张|本|款|盏|块|片|副|罐|枚|串|桶|床|口|根|组"
_SOME = rf"(?:(?:[一二两三四五六七八九十半几\d]+|整|全)(?:{_PIECE})?(?:小|大)?)"
_YOU = r"(?:[你您]们?|大家|各位|朋友们|家人们|姐妹们|一人|每人|宝宝们|咱们?|的?是|的|上|出)"
_NO_THING = "(?!建议|机会|时间|优惠|惊喜价|价格|理由|故事|例子|问题|[一-鿿]?话|提醒|福利价|选择|说明)"
_NO_GIFT = (
    r"(?!(?:给|[到达走医回过去来进出往货上礼]|别|谁|她|他|爸|妈|父|母|朋|友|老|同|女|男|对象|长|孩"
    r"|小孩|家[里人]|领导|亲|自|客|闺|娃|婆|公|儿|姐|妹|弟|哥|爷|奶"
    r"|人|情|不|没|的(?:$|[^一-鿿])|的?时候|的?话|吗|么|什么|啥|完|一[下程送])|[^一-鿿\d])"
)
_NOUN = (
    r"(?P<{0}>[一-鿿]{{1,7}}?)(?=$|[^一-鿿]|给[你您大]|寄|一起|带|装|用|都|也|还|就|很|和|加|呢|哦|啊|哈|吧|了|相送)"
)
_VERB = rf"(?<![发派配运护寄断欢目播接])(?:赠?送|附?赠){_YOU}{{0,2}}"
_MORE = (
    r"(?:(?:额外|另外|再|还|多)(?:给|加|配|寄|拿|得|领|搭|塞)|(?:给|帮|替)(?:[你您]们?|大家"
    r"|各位)(?:再|多|另外)?(?:搭|加|塞|配|添))"
    rf"{_YOU}{{0,2}}(?:搭|加|塞|配|添|寄)?"
)
_THANKED = re.compile(r"谢|收到了?[^,，]{0,6}$")
_GIVEN = either(
    rf"{_VERB}{_NO_GIFT}{_SOME}?{_NO_GIFT}{_NOUN.format('gift')}",
    rf"{_MORE}(?:[一二两三四几\d]+|个)(?:{_PIECE}){_NO_THING}{_NOUN.format('more')}",
    rf"(?:有|得|领|拿){_SOME}?(?P<also>[一-鿿]{{2,6}}?)(?:免费)?(?:赠?送|相送|拿)(?=$|[^一-鿿])",
    r"(?P<front>[一-鿿]{2,4}?)(?:我们?|老板|店里)?(?:都|也)?(?:给|帮)(?:[你您]们?|大家)(?:配上"
    r"|带上|装上|塞上|送上|配齐)",
    rf"(?:领|拿)(?:走|取)?[一两](?:{_PIECE})(?![的就是])(?![一二两三四五六七八九十\d]){_NO_THING}(?!优惠|券|红包){_NOUN.format('taken')}",
    r"(?:[买拍][^,，]{0,6}|下单)就(?:能|可以)?把(?P<carried>(?!它|这|商|链)[一-鿿]{2,5}?)(?:带|拿|抱)(?:走|回)",
    rf"(?:免费|白)(?:领|拿|得|送|给)(?:[你您]|大家)?{_SOME}?{_NO_GIFT}{_NOUN.format('nothing')}",
    r"(?P<vague>(?:神秘|惊喜|小|新人|粉丝|开播)(?:的)?(?:礼物?|礼品|赠品|礼包|大奖|奖品))",
    r"(?:^|\b(?:a|an|the|your|one|two|some|get|gets|includes?|included|with|extra|and|plus|for|our|this|that|is|of))"
    r" ?free (?P<free>(?!ship|deliver|post|return|repair|replace|refund|exchange|to\b|time|of\b|from"
    r"|standard|for\b|and\b|with|in\b|when|over|as\b|if\b|or\b|at\b|on\b|until|today|express"
    r"|trial|advice|will|range|hand|spirit|world)[a-z' -]{3,24})",
    r"\b(?:throw|toss|slip|tuck|pop|drop) in (?:a |an |the |some |another )?(?P<thrown>[a-z' -]{3,24})",
    r"\b(?:slip|tuck|pop|put|add|drop|adding|putting|including) (?:a |an |the |some "
    r"|another )(?P<slipped>[a-z' -]{3,24}?) (?:in|into|to|with) (?:your|the|every"
    r"|each) (?:\w+ )?(?:box|parcel|order|package|bag|cart)",
    r"\b(?P<house>(?:[a-z'-]+ ){1,3})(?:is|are|comes?) (?:completely |totally )?(?:on us|on the house"
    r"|complimentary|free with)\b",
    r"\b(?:add|give you|include|get|take) (?:a |an |the |some |one "
    r"|another )(?P<for_free>[a-z' -]{3,24}?) for (?:free|nothing)\b",
    r"\b(?:bonus|complimentary) (?P<bonus>(?!point|tip|question|round)[a-z' -]{3,24})",
    r"\b(?P<surprise>(?:surprise|free|little|mystery|welcome) (?:gift|present)s?)\b|\b(?:gift"
    r"|present) (?:in|with|for) (?:every|each|your|the) (?:order|box|parcel|bottle|purchase)\b",
)
"""A thing given: its noun in one of the groups."""
_GIVES = re.compile(
    r"送(?!达|到|货)|赠|免费|搭|附|\b(?:comes? (?:\w+ )?with|(?<!-)free|includ\w+|gets?|adds?|gift"
    r"|bonus|in the box|spare|on us|extra)\b"
)
_TERMS = re.compile(
    r"(?:买|拍|满|购)(?:满)?(?:[两二三四五六十]|\d+)(?!支|个?月)|第[二三]|\bbuy \w+|\bover \$?\d+|\bwhen you\b"
)
_FOR_ALL = re.compile(
    r"(?:[买拍]|下)(?:单)?[一1][盒件个单瓶台]|[单一1][盒件单]|下单就|拍下就|付款就|买就"
    r"|每[一]?[单件盒个人]|人人|都送|进来就|关注就|不限"
    r"|\bevery order\b|\bany order\b|\beveryone\b|\bno minimum\b"
)
_FILLER = re.compile(
    r"^(?:a|an|the|very|own|little|small|big|nice|new|second|extra|another|spare|additional|matching"
    r"|lovely|with|of|it|that|this|you|your|every|each|today|now|too|also|one|bottle|order|set)$"
)
_ANOTHER = re.compile(r"\b(?:second|extra|another|spare|additional)\b")
"""One more of what is in the box anyway needs a fact of one more."""
_CUT = re.compile(r" (?:with|too|today|now|when|if|for|and|to|in|on|into|that|as|from|this|while|tonight|, )\b.*")


def gifts(folded: str, sheet: FactIndex) -> Iterator[Claimed]:
    """Every gift in a folded text that no fact gives."""
    text = compact(folded)
    for sentence in sentences(text):
        for match in claimed(ClaimKind.GIFT, _GIVEN, sentence):
            if _THANKED.search(sentence[slice(clause_of(sentence, match.start())[0], match.start())]):
                continue
            noun = next((word for word in match.groups() if word), "").strip() or match.group()
            known = any(_gives(fact, noun, sentence) for fact in sheet.folded.values())
            if not known and not quoted(match.group(), text, sheet):
                yield Claimed(match.group(), Reason("lacks_gift"))


def _gives(fact: str, noun: str, sentence: str) -> bool:
    """Whether a fact gives the thing, and not on terms that the sentence leaves out for all or for less."""
    if _TERMS.search(fact) and _FOR_ALL.search(sentence):
        return False
    parts = (part for whole in sentences(compact(fact)) for part in _parts(whole))
    return any(states(ClaimKind.GIFT, _GIVES, part) and _named_in(noun, part) for part in parts)


def _parts(sentence: str) -> list[str]:
    """What gives and what is given stand in one clause in Chinese; an English list goes on over its commas."""
    return [sentence] if sentence.isascii() else clauses(sentence)


def _named_in(noun: str, fact: str) -> bool:
    """Whether a fact names a thing: by two characters in a row, by the end of its own name, or by each English word."""
    if noun.isascii():
        words = [word for word in re.findall(r"[a-z]+", _CUT.sub("", noun)) if not _FILLER.match(word)]
        if _ANOTHER.search(noun) and not _ANOTHER.search(fact):
            return False
        return bool(words) and all(states(ClaimKind.GIFT, _word(rf"\b{word.rstrip('s')}"), fact) for word in words)
    core = noun.removesuffix("子")
    pieces = [noun[at : at + 2] for at in range(len(noun) - 1)] or [core]
    return any(states(ClaimKind.GIFT, _word(re.escape(piece)), fact) for piece in pieces)


@lru_cache(maxsize=1024)
def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
