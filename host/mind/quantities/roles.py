"""The part an amount of money plays: 原价129 is not a price to pay, 满300减50 holds none at all."""

from __future__ import annotations

import re
from enum import StrEnum


class Role(StrEnum):
    """What an amount is."""

    PRICE = "price"
    LIST = "list price"
    SAVING = "saving"
    COUPON = "coupon"
    THRESHOLD = "threshold"
    FEE = "fee"
    DEPOSIT = "deposit"


_BEFORE: list[tuple[Role, re.Pattern[str]]] = [
    (Role.PRICE, re.compile(
        r"现价|到手价?|只要|只需|仅需|仅要|优惠价|活动价|补贴价|专享价|直播价|直播间价|秒杀价|券后价?|降到|"
        r"降至|减到|优惠到|优惠后|减完|[领用](?:了|完|好|过)?券?(?:以后|之后|后|了)?(?:就|也|才|便)?(?:是|只要)|"
        r"\bnow\b|\bonly\b|\bjust\b|\bdown to\b|\bafter\b|\bpay\b")),
    (Role.LIST, re.compile(
        r"原价|标(?:的是?|着|了)?(?!准|配)|原先|原来|本来|以前|之前|过去|used to be|日常价?|划线价?|吊牌价|专柜价?|"
        r"市场价|官方价|官网价?|平时|平常|正常|零售价|标价|定价|从|比|"
        r"\blist(?: price)?|\bwas\b|originally|\busually|\bregular(?:ly)?|\bnormally|\bfrom\b|instead of|"
        r"down from|\brrp\b|\bmsrp\b|"
        r"retail price")),
    (Role.SAVING, re.compile(
        r"省|减|少[掏花付给出]|砍|抹掉|降(?![到至])|便宜|优惠(?![价到后])|抵扣?|立减|补贴(?!价)|差价|就差|省下|"
        r"\bsav(?:e|es|ing|ings of)\b|\boff\b|discount of|cheaper|knock(?:ed)?")),
    (Role.COUPON, re.compile(r"返现?|领|券(?!后)|红包|赔|coupon|voucher|cash ?back|rebate")),
    (Role.THRESHOLD, re.compile(
        r"满|够(?!用|吃|喝|了)|超过|(?<![-\w])over\b|\bspend\b|orders? (?:over|above|of)|\babove\b|minimum")),
    (Role.FEE, re.compile(r"补(?!贴|差)|加收|另收|多收|运费|邮费|"
        r"路费|邮资|跑腿|快递费|配送费|手续费|安装费|shipping|delivery|postage|handling")),
    (Role.DEPOSIT, re.compile(r"定金|订金|押金|预付|deposit")),
]  # fmt: skip
_AFTER: list[tuple[Role, re.Pattern[str]]] = [
    (
        Role.COUPON,
        re.compile(
            r"^ ?(?:的|元)?(?:大额?|超大|现金|神|直播|新人)?(?:优惠券|无门槛|券|红包|返现|coupon|voucher|cash ?back"
            r"|rebate)"
        ),
    ),
    (Role.SAVING, re.compile(r"^ ?(?:的|元)?(?:优惠(?!价)|\boff\b|discount|cheaper|\bless\b)")),
    (Role.LIST, re.compile(r"^ ?的?(?:原价|日常价|吊牌价|list price)|^ ?降到|^ ?降至")),
    (Role.FEE, re.compile(r"^ ?的?(?:运费|邮费|路费|邮资|跑腿钱?|快递费|配送费|shipping|delivery|postage)")),
    (Role.DEPOSIT, re.compile(r"^ ?的?(?:定金|订金|押金|deposit)")),
]
_CLAUSE = re.compile(r"[,，。!！?？;；]|\. | \(")
_PRICED = re.compile(
    r"(?:只要|只需|仅需|仅要|只卖|卖|价格?[就也都才]?是?|原价是?|现价是?|到手价?|优惠价|活动价|专享价|直播价|券后|才|价|"
    r"现在|今[天晚]|平时|平常|日常|到手|满|减了?|省了?|便宜了?|便宜|直降|运费|邮费|定金|"
    r"price is|price of|priced at|costs?|cost you|only|just|pay|for just|for only|worth|going for|yours for|"
    r"drops? to|down to|price|save|[单件笔张]再?加|再加|补|少[掏花付给出]|砍掉|原先标|原先划|原来|多[掏花付]) ?$"
)
_PIECE = "件个只支瓶盒袋包箱套条双台本张罐桶份块片枚杯盏"
_A_PIECE = re.compile(rf"[一二两三四五六七八九十每\d][{_PIECE}] ?$")
"""一袋29.9"""
_PRICED_AFTER = re.compile(rf"^ ?(?:[一每/][{_PIECE}](?![装入])|带走|带回家|拿下|入手|包邮|到手|秒杀|拍下)")
_STOCKED_AFTER = re.compile(r"^ ?(?:left\b|in stock|remaining|remain|现货|库存)")
_ONE_LEFT = re.compile(r"(?:只剩下?|仅剩下?|还剩下?|剩下?|最后|限量|仅有) ?$")


def money_role(before: str, after: str) -> Role:
    """The role of an amount between ``before`` (back to the previous numeral) and ``after``."""
    for role, pattern in _AFTER:
        if pattern.search(after):
            return role
    clause = _CLAUSE.split(before)[-1][-24:]
    nearest, role = (-1, 0), Role.PRICE
    for candidate, pattern in _BEFORE:
        for match in pattern.finditer(clause):
            place = (match.end(), match.end() - match.start())
            if place > nearest:
                nearest, role = place, candidate
    return role


def priced(before: str, after: str) -> bool:
    """Whether a numeral without a unit is a price by its context: 只要79, ``only 24.50``."""
    shown = _PRICED.search(before) or _A_PIECE.search(before) or _PRICED_AFTER.match(after)
    return bool(shown) and not _STOCKED_AFTER.match(after)


def stocked(before: str, after: str) -> bool:
    """Whether a numeral counts what is left: 最后一件, ``only one left``."""
    return bool(_ONE_LEFT.search(before) or _STOCKED_AFTER.match(after))
