"""What a viewer's nickname advertises: links, messenger ids, groups and red packets put where a name belongs."""

from __future__ import annotations

import re

from host.core.comment import MAX_USER
from host.core.contacts import contacts
from host.core.fold import fold
from host.core.text import bounded

_GIVEN_BY_PLATFORM = re.compile(r"(?:用户|手机用户|观众|游客|访客|user|viewer|guest|id)[ _-]?(\d{5,16})")
"""Names that platforms hand out, 用户83920175: their digits are nobody's telephone number."""
_MOBILE = re.compile(r"1[3-9]\d{9}")
_BIRTHDAY = re.compile(r"(?<!\d)(?:19|20)\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])(?!\d)")
_BETWEEN = re.compile(r"[^a-z0-9\u4e00-\u9fff+@]+")
_ADVERT = re.compile(
    r"兼职|日结|刷单|代购|网贷|贷款|套现|返利|博彩|棋牌|裸聊|约炮|私[信聊加]|互[关粉赞]|关注我|"
    r"[看戳点]我?(?:主页|头像|简介)|onlyfans|f4f|casino|"
    r"[加➕+](?:我|个|一下)?(?:微|威信|薇|v|vx|wx|q|qq|扣|群|好友|q群)(?![a-uwyz])|[v微威薇徽][信芯x❤]|v我|(?<![a-z])(?:vx|wx)(?![a-z])|"
    r"扣扣|企鹅号|(?:领|抢|发)红包|(?:进|入|拉|福利|内部|交流|粉丝|qq|微信)群|群号|代理|招商|加盟|返现|返佣|彩票|"
    r"来我直播间|免费[领送拿]|[白免]费?送|同款低价|低价出|(?:日|月)[入赚](?:过万|\d|百|千|万)|扫码|二维码|淘宝搜|"
    r"dmme|pmme|textme|callme|whatsapp|telegram|wechat|weixin|venmo|cashapp|freegift|giveaway|"
    r"promocode|linkinbio|followme|followback|sub4sub|freeiphone|freemoney|buyfollowers"
)


def advert_in_name(user: str) -> str | None:
    """The contact or the advertising found in a nickname, folded, or None. Digits a platform gave do not count."""
    folded = fold(bounded(user, MAX_USER)).removeprefix("@")
    given = _GIVEN_BY_PLATFORM.fullmatch(folded)
    if given and not _MOBILE.fullmatch(given.group(1)):
        return None
    if found := next(contacts(_BIRTHDAY.sub(" ", folded)), None):
        return found.text
    match = _ADVERT.search(_BETWEEN.sub("", folded))
    return match.group() if match else None
