"""What is said about the price to come: it goes up where an offer in force ends, and when that ends.

``when the offer ends, it is back to the usual price`` needs an offer with an end. ``soon`` and 马上 need an end within
a day, ``tomorrow`` one by the end of tomorrow. Without such an offer only a fact in words carries it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from host.core.reason import Reason
from host.lang.stance.clauses import CLAUSE_END
from host.mind.guard.carried import FactIndex
from host.mind.guard.kinds import ClaimKind, claimed
from host.mind.guard.patterns import Claimed, borne_out, compact, either

SOON = timedelta(days=1)
"""How near the end of an offer must be for 马上 and ``soon``."""

_KIND = ClaimKind.PRICE_AHEAD
_IN = rf"[^{CLAUSE_END}]"
_USUAL = r"(?:原|平时|正常|日常|吊牌)价?"
_FULL = r"(?:full|regular|normal|usual|list|original|old|higher) price"
_RISE = either(
    r"涨价|提价|涨回|涨上[去来]|(?:要|会|就|得)涨(?:了|回|到|$)|变贵",
    rf"恢复(?:到|成|至)?{_USUAL}|(?:回到|变回|改回|调回|回归){_USUAL}|原价{_IN}{{0,4}}恢复",
    rf"(?:价格?|价钱){_IN}{{0,6}}(?:翻倍|翻番|上涨|上调|要涨|会涨)|翻倍(?:之)?前",
    rf"(?:以后|之后|今后|过后|过了{_IN}{{0,4}}|明天|下播|下次|再也?|可就)(?:就|也|都|再)?"
    r"(?:没有?|不会有|碰不到|遇不到|不是)(?:了)?这(?:个|种|样的?)?好?(?:价|优惠|福利|折扣)",
    r"\b(?:prices?|costs?)\b[^.!?;]{0,30}\b(?:go(?:es|ing)? (?:back )?up|ris(?:e|es|ing)|increas(?:e|es|ing)|jumps?"
    r"|climbs?|doubl(?:e|es|ing)|hik(?:e|es|ed))\b",
    r"\b(?:go(?:es|ing)?|back|returns?|reverts?|jumps?|climbs?|up)(?: back)?(?: up)? to (?:the |its |our )?" + _FULL,
    rf"\b(?:costs?|pay) (?:more (?:tomorrow|later|after|soon|next)|(?:the |its |our )?{_FULL})\b",
    r"\b(?:this|the|that) (?:price|deal|offer)\b[^.!?;]{0,12}\b(?:(?:won't|will not|can't|cannot|doesn't|does not) "
    r"(?:last|be here|stay|wait|come back)|disappears?|ends? (?:soon|tonight|in|when|now|any))\b",
    r"\bnever (?:see|get) this price\b",
)
_END = either(
    rf"(?:活动|优惠|大促|促销|福利|双十一|双11|券){_IN}{{0,6}}(?:结束|过后|过了|一过|截止|到期|之后|以后|没了|用完)",
    r"活动(?:结束)?后",
    r"(?:promotion|offer|sale|deal|promo|discount)\b[^.!?;]{0,12}\b(?:ends?|is over|runs out|finish\w*|stops?|expires)",
    r"after (?:the|this) (?:promotion|offer|sale|deal|promo)",
)
_SENTENCE = re.compile(r"[。!！?？;；\n]|\. ")
_TONIGHT = either(
    r"今[天晚](?:过|一过|之?后|结束)|过了今[天晚]|今晚|下播",
    r"\btonight\b|\bmidnight\b|after (?:the|this) (?:show|stream)",
)
_TOMORROW = re.compile(r"明[天早晚日]|\btomorrow\b")
_SOON = either(
    r"马上|立刻|立马|即将|很快|随时|等下|等会|待会|一会|转眼|分钟|秒|小时",
    r"soon|any (?:minute|moment|second)|about to|shortly|minutes?|seconds?|hours?|right after",
)
_LATER = re.compile(r"后天|下一?[场次播回]|下周|下个?月|明年|以后|将来|next (?:week|month|year)|later")
_TWOFOLD = re.compile(r"翻倍|翻番|doubl")


def prices_ahead(folded: str, sheet: FactIndex, wall: datetime) -> Iterator[Claimed]:
    """Every rise of the price a folded text announces that no offer in force, by its end, and no fact carries."""
    text = compact(folded)
    for match in claimed(_KIND, _RISE, text):
        twofold = bool(_TWOFOLD.search(match.group()))
        ends = list(_ends(sheet, wall, twofold))
        if not _follows(text, match, ends, wall) and not borne_out(_KIND, _RISE, match, sheet):
            yield Claimed(match.group(), Reason("lacks_price_ahead"))


def _ends(sheet: FactIndex, wall: datetime, twofold: bool) -> Iterator[datetime]:
    """When the offers end that make the price lower than usual; half of it or less for ``twofold``."""
    for product in sheet.products:
        for offer in product.promotions_in_force(wall):
            if offer.price is None or offer.ends is None or offer.price.amount >= product.price.amount:
                continue
            if not twofold or offer.price.amount * 2 <= product.price.amount:
                yield offer.ends if offer.ends.tzinfo else offer.ends.replace(tzinfo=wall.tzinfo)


def _follows(text: str, match: re.Match[str], ends: list[datetime], wall: datetime) -> bool:
    """Whether the first of ``ends`` comes when the sentence around ``match`` says it does."""
    if not ends:
        return False
    sentence = _SENTENCE.split(text[: match.start()])[-1] + _SENTENCE.split(text[match.start() :])[0]
    midnight = wall.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    if _TONIGHT.search(sentence):
        return min(ends) <= midnight
    if _TOMORROW.search(sentence):
        return min(ends) < midnight + timedelta(days=1)
    if _SOON.search(sentence):
        return min(ends) <= wall + SOON
    return bool(_END.search(sentence)) or not _LATER.search(sentence)
