"""Comparisons without a number: with another seller, with another price, with another day.

What needs a fact, and what does not:

* A comparison of **price** needs one, whoever it is with: cheaper than next door, than a cup of tea, than yesterday,
  half of what it was. The sheet's own prices carry 比平时便宜 and ``cheaper than the list price`` where they do.
* A comparison of **anything with another seller** or brand needs one: lighter than theirs, better than Amazon's.
* A comparison of a property with a thing that nobody sells, or with nothing at all, is left to the writer, as other
  prose is: 比普通杯子轻, 比一瓶矿泉水还轻, ``lighter than it looks``.

What a fact states in words passes: with 比专柜便宜 in the FAQ, 比专柜便宜 may be said, 比别家便宜 may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from host.core.reason import Reason
from host.lang.stance.clauses import CLAUSE_END
from host.lang.stance.polarity import Polarity
from host.mind.guard.carried import FactIndex
from host.mind.guard.kinds import PASSES, ClaimKind, claimed, stance
from host.mind.guard.patterns import Claimed, borne_out, compact, either

_KIND = ClaimKind.COMPARISON
_IN = rf"[^{CLAUSE_END}]"
_OTHER = "家|店|直播间|平台|地方|商家|主播|品牌|牌子|卖家"
_SELLER = "|".join(
    (
        rf"隔壁|别[家处]|别人家|人家|同行|对家|友商|竞品|对手|别的(?:{_OTHER})|其[他它](?:{_OTHER})|任何(?:一家|{_OTHER}|渠道)",
        "实体店|门店|小店|线下|商场|超市|专柜|专卖店|官网|官方店|旗舰店|市面|市场上|外面|免税店|代购|批发市场|品牌店",
        "某[宝东多猫音手团品书家]|某?(?:淘宝|天猫|京东|拼多多|抖音|快手|唯品会|苏宁|亚马逊|山姆|盒马)",
        "网上|网店|大牌|名牌|同款|同类|全网|全城|各大平台",
    )
)
_CHEAP = r"便宜|划算|实惠|优惠|合算|省钱|低价|超值|价格?(?:更|要|都|还|会)?低|更低价"
_DEAR = r"贵|(?:卖得?|要价)(?:更|要|都|还)?高|价格?(?:更|要|都|还|会)?高"
_OWN = re.compile(r"原价|吊牌|划线|标价|定价|零售价|list|full|retail|original|sticker|rrp|msrp")
_USUAL = re.compile(r"平时|平常|平日|往常|日常|正常|之前|以前|活动前|原来|usual|regular|normal|everyday|before|\bwas\b")
_FELT = either(
    "想象|想的|预期|预算|以为|料想",
    r"you (?:think|would think|expect|might|imagine)|i (?:thought|expected)|it looks",
)
_SINGLE = re.compile(
    r"单[买件个独]|分开|零买|一件件|separately|singly|one by one|one at a time|on (?:its|their) own|just one"
)
_TOGETHER = re.compile(r"买|满|送|第|套|组|起|件|\b(?:buy|get|two|three|second|third|bundle|set|pair|over|when)\b")
_LINK = re.compile(r"((?<!\d)\d++|[一二三四五六七八九])号")
_PAST = (
    "昨天|昨晚|昨日|前天|前几天|上周|上星期|上个?月|上一?[场次回]|去年|往年|头几天|今早|今天早上|早上|上午|刚才|刚刚"
    "|双十一|618"
)
_SHOP = "|".join(
    (
        r"(?:(?:the |any |every |all |most |some |that |your )?(?:(?:other|rival|department|big|chain|retail|outlet"
        r"|local|corner|online|high[- ]street|brick[- ]and[- ]mortar|name[- ]brand|designer|physical) )+"
        r"(?:shops?|stores?|sellers?|streams?|brands?|retailers?|places?|sites?|websites?|platforms?|hosts?|outlets?))",
        r"(?:any|every) (?:shop|store|seller|brand|retailer|site|website|platform)",
        r"(?:shops?|stores?|malls?|supermarkets?)(?= (?:charge|sell|ask|want))",
        r"(?:the )?(?:store|shop|stream|seller|guys?|stall|people)?s? ?next[- ]door|elsewhere|anywhere|anyone else",
        r"everyone else|(?:the |our |any |all )?(?:competit(?:ion|ors?)|rivals?)|in stores?|the mall|the supermarket",
        r"the high street|amazon|walmart|ebay|costco|temu|shein|aliexpress|best buy|etsy|taobao|tmall|jd|pinduoduo",
        r"tiktok|name brands?|big brands?|designer brands?",
    )
)
_LESS = (
    r"(?:cheaper|less expensive|more affordable|better value|better priced|lower(?: priced| in price)?|costs? less"
    r"|for less)"
)
_MORE = r"(?:more expensive|pricier|dearer|costlier|costs? more|higher(?: priced)?)"
_AGO = (
    r"(?:yesterday|the day before|last (?:night|week|month|year|time|show)|this morning|earlier today"
    r"|an? (?:week|month|year) ago)"
)

_THAN = either(
    rf"比(?!起|如|较|例|赛|划|方|一比)(?P<than>{_IN}{{1,16}}?)(?:[还更都要]|卖得|来得|的价格?)*(?:{_CHEAP})",
    rf"\b{_LESS}(?: \w+){{0,3}}? than (?P<other>[a-z][a-z' -]{{0,28}})",
)
"""Cheaper than something. What may stand before 便宜 is read in one way only: 还要 beside 还 and 要 would take time
that doubles with each."""
_OURS = re.compile(r"这|我们|咱|本店|\bthis\b|\bthese\b|\bours?\b|\bus\b|\bhere\b")
"""With these a denial is the claim: 不可能有比这更便宜的."""
_LOWER = "更低|更便宜|更划算"
_ABOUT_SELLERS = [
    re.compile(rf"(?:比|超过|胜过|强过|低于|少于|优于|碾过)(?P<than>{_SELLER})"),
    re.compile(rf"(?P<than>{_SELLER})(?:(?!说|觉得|嫌|问|怕){_IN}){{0,14}}(?:{_DEAR}|零头|好几倍|翻倍|一倍|几倍)"),
    re.compile(rf"比(?P<than>我们|咱们?|这里?|这个|这边|直播间){_IN}{{0,4}}(?:{_DEAR})"),
    re.compile(rf"(?:卖|要价|价){_IN}{{0,4}}比(?:我们|咱们?|这里?|这边|直播间){_IN}{{0,3}}高"),
    re.compile(
        rf"(?:不到|只要|只有|相当于|抵){_IN}{{0,3}}(?P<than>{_SELLER}){_IN}{{0,8}}(?:一半|半价|零头|几分之|分之)"
    ),
    either(
        rf"(?<!有)(?:找|买|拿|搜|淘)不[到着]{_IN}{{0,10}}(?:{_LOWER}|比这|这个?价|这种价|这样的价)",
        rf"(?:价格?|价钱){_IN}{{0,8}}(?:别处|哪里|哪儿|其他地方){_IN}{{0,4}}(?:找|买|拿)不[到着]",
        rf"(?<!有)没(?:有)?(?:哪家|人|谁|一家|地方)?(?:能)?{_IN}{{0,4}}(?:{_LOWER}|比这(?:个|里|款)?{_IN}{{0,3}}(?:便宜|低))",
    ),
    re.compile(
        r"\b(?:\w+er|more \w+|less \w+|better|less|fewer) (?:\w+ ){0,3}?than "
        rf"(?:at |on |in |from |those (?:at|from|in) )?(?P<than>{_SHOP})\b"
    ),
    re.compile(
        rf"\b(?P<than>{_SHOP})\b[^.!?;]{{0,30}}\b(?:(?:charges?|sells?|asks?|wants?|costs?|priced|prices)\b[^.!?;]{{0,30}}"
        rf"\b(?:more|double|twice|triple|higher|extra|times)|overcharges?|{_MORE}|rip you off)\b"
    ),
    either(
        rf"(?:not|n't|never|nobody|no one|nowhere)\b[^.!?;]{{0,24}}\b(?:{_LESS}|this price|better (?:price|deal))\b",
        r"\b(?:not|n't|never|nobody|no one|nowhere)\b[^.!?;]{0,24}\bbeat (?:this|our) price\b",
        r"\b(?:beats?|undercuts?) (?:every|any|all|the|our|amazon|other)\b",
        r"\bfraction of (?:(?:the|its|their|what)\b[^.!?;]{0,16}\b(?:price|costs?|pay|charge)|what (?:others|they))\b",
        r"\bhalf (?:of )?what (?:the |other )?(?:shops?|stores?|others|they|brands?)\b",
    ),
]
"""Another seller's price, or anything else of another seller's."""
_ANOTHER_DAY = [
    re.compile(rf"(?P<than>{_PAST})(?:的|卖的?|那|价格?的?|还|都|要){{0,3}}(?:一半|半价|零头|{_DEAR})"),
    re.compile(rf"\b(?:{_LESS}|{_MORE})\b[^.!?;]{{0,20}}\bthan (?:it was )?(?P<than>{_AGO}|ever|before)\b"),
    either(
        rf"(?:全年|今年|年度|本季|全季|本月|历史|开播以来|上市以来|有史以来){_IN}{{0,6}}(?:最低|低价|底价|最便宜|最划算)",
        r"(?:从来|从没|从未|一直|还没|没)(?:没有|没|有)?(?:卖过|有过|见过)?(?:这么|这样|如此)(?:低|便宜|划算|优惠|实惠)",
        r"(?:全年|一年|今年|半年)(?:也|里)?(?:就|只|仅)(?:有)?(?:这)?(?:一|这)次|错过(?:了)?(?:就)?(?:要)?(?:再)?等(?:一|半|明)年",
        r"买(?:贵|亏)了(?!的)",
    ),
    either(
        r"\b(?:half|third|quarter|fraction) (?:of )?(?:the price (?:of|it was) ?|what it )[^.!?;]{0,24}",
        r"\bever (?:been )?(?:cheaper|lower)\b|\ball[- ]time low\b",
        r"\bnever (?:been |sold |had |seen |offered )?[^.!?;]{0,16}\b(?:cheaper|lower|(?:so|this) (?:low|cheap))\b",
        r"\b(?:lowest|cheapest|best price|smallest price)\b[^.!?;]{0,16}\b(?:ever|yet|all year|of the year|this year"
        r"|this season|to date|in history)\b",
        rf"\b(?:cost|was|sold for|were)\b[^.!?;]{{0,12}}\b(?:more|double|twice)\b[^.!?;]{{0,12}}\b{_AGO}",
    ),
]
"""A price of another day."""


def comparisons(folded: str, sheet: FactIndex) -> Iterator[Claimed]:
    """Every comparison in a folded text that needs a fact and has none."""
    text = compact(folded)
    for match in _THAN.finditer(text):
        than = match["than"] or match["other"]
        polarity = stance(_KIND, text, *match.span())
        nothing_cheaper = polarity is Polarity.DENIED and _OURS.search(than)
        if polarity in PASSES[_KIND].polarities and not nothing_cheaper:
            continue
        if not _own_price(than, sheet) and not borne_out(_KIND, _THAN, match, sheet):
            yield Claimed(match.group(), Reason("lacks_price_comparison"))
    for patterns, lacks in (
        (_ABOUT_SELLERS, Reason("lacks_other_sellers")),
        (_ANOTHER_DAY, Reason("lacks_another_day")),
    ):
        for pattern in patterns:
            for match in claimed(_KIND, pattern, text):
                if not borne_out(_KIND, pattern, match, sheet):
                    yield Claimed(match.group(), lacks)


def _own_price(than: str, sheet: FactIndex) -> bool:
    """Whether ``than`` is a price of the sheets that is higher than what is paid now, or somebody's feeling."""
    if _FELT.search(than):
        return True
    lowered = {product.id for product in sheet.products if sheet.payable[product.id] < product.price.amount}
    listed = {
        product.id
        for product in sheet.products
        if product.list_price and sheet.payable[product.id] < product.list_price.amount
    }
    if _SINGLE.search(than):
        return any(_TOGETHER.search(text) for fact, text in sheet.folded.items() if ".promotions." in fact)
    if _OWN.search(than):
        return bool(lowered | listed)
    if _USUAL.search(than) and not re.search(_AGO, than):
        return bool(lowered)
    return _other_product(than, sheet)


def _other_product(than: str, sheet: FactIndex) -> bool:
    """Whether ``than`` names a product of the sheets that costs more than another of them."""
    links = {
        int(number) if number.isdigit() else "一二三四五六七八九".index(number) + 1 for number in _LINK.findall(than)
    }
    links |= {int(number) for number in re.findall(r"(?:link|number|item) (\d+)", than)}
    return any(
        sheet.payable[other.id] > sheet.payable[product.id]
        for other in sheet.products
        if other.link in links or any(name.lower() in than for name in (other.name, *other.aliases) if len(name) > 1)
        for product in sheet.products
        if product is not other and product.price.currency == other.price.currency
    )
