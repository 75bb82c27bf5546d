"""The patterns around numerals: what makes one a share, an offer, a link, a structure. For folded text."""

from __future__ import annotations

import re

from host.lang.numerals import ZH_NUMERALS

NUMBER_CLASS = f"0-9{ZH_NUMERALS}"
HALF = re.compile(
    r"(?P<price>半价|对折|half[ -]price|half[ -]off|半折)|(?P<share>一半(?!是)|半数)"
    r"|(?<![个年两斤米])半(?P<unit>个?小时|个月|年|斤|公斤|升|米|个?钟头|块钱)|half an? (?P<en>hour|kilo|"
    r"litre|liter|pound|metre|meter|mile|inch|year|day|ounce)"
)
PERCENT_OF = re.compile(r"百分之 ?$")
OVER_HUNDRED = re.compile(r"百分百|百分之百")
OFF_AFTER = re.compile(r"^ ?(?:off|discount|cheaper|less|reduction|的?(?:折扣|优惠|折让))")
OFF_BEFORE = re.compile(
    r"(?:立减|直降|便宜|优惠|减免|降价|让利|save|discount of|reduced by|down by|off by) ?(?:百分之)? ?$"
)
BUNDLE = re.compile(
    rf"[买拍购] ?([{NUMBER_CLASS}]+) ?[件个盒瓶包袋支份套双箱罐只]?,?，? ?(?:送|赠|得|免) ?([{NUMBER_CLASS}]+)"
    r"|buy (\w+),? ?(?:and )?get (\w+)"
)
NTH_ITEM = re.compile(
    rf"第 ?([{NUMBER_CLASS}]+) ?[件个盒瓶包袋支份套双杯只箱罐条台本张副床块桶][^,，。!！?？;；]{{0,3}}$"
    r"|(second|third)[a-z ]{0,16}$"
)
RANGE = re.compile(r" ?(?:-|~|到|至|to|or|或|或者) ?")
LINK_AFTER = re.compile(r" ?号? ?(?:链接|连接|宝贝|商品|购物车|小黄车|link|product|item(?!s))")
LINK_BEFORE = re.compile(
    r"(?:链接|连接|购物车|小黄车|宝贝|商品|link|product|item|cart) ?(?:number|no\.?|#|编号|号|第)? ?#?$"
)
LINK_SHORT = re.compile(r"(?:拍|点|点击|上|挂|看|选|讲|讲解|介绍|number|no\.|#) ?$")
STRUCTURE_AFTER = re.compile(
    r" ?(?:个|位|点|种|件事|句话|句|方面|条|步)?(?:问题|疑问|原因|理由|建议|方面|优点|特点|卖点|要点|重点|"
    r"朋友|老铁|宝宝|家人|姐妹|小伙伴|"
    r"场景|步骤|件事|句话|提醒|小贴士|小技巧|办法|注意|要注意|要说|要讲)"
    r"|[ -](?:quick |more |big |little |simple |small |main |good |other |common |different )*(?:questions?|"
    r"things?|reasons?|"
    r"steps?|ways?|points?|words|tips?|friends|sides|halves|of (?:you|us|them)|minds)\b"
)
STRUCTURE_BEFORE = re.compile(
    r"(?:这|那|哪|前面?|后面?|刚才|以下|下面|分|有|讲|记住|总结|these|those|the last|the first|the other|last|next) ?$"
)
STRUCTURE_UNIT = re.compile(r" ?(?:款|个|位|句|点|条|种|样|方面|件事|步)")
HAN_RUN = re.compile(r"[一-鿿]*+")
OF_PEOPLE = re.compile(r"装|人|用户|顾客|粉丝")
"""What in the Han characters after such a unit makes it a count after all: 这两款六万人在用."""
ORDINAL_SPEC = re.compile(r" ?(?:代|名|届|世|高|大|方)")
CODE_BEFORE = re.compile(r"(?:^|[^a-z])([a-z]{1,6})[ -]?$")
CODE_AFTER = re.compile(r"[a-z]+")
NOUN_AFTER = re.compile(
    r"[ -](?:(?!(?:and|or|to|in|of|for|with|on|at|by|is|are|was|a|an|the|it|that|so|has|have) )[a-z]+[ -]){0,2}?"
    r"((?!means|is|was|has|does|costs|looks|keeps|gives|makes|gets|goes|comes|works|"
    r"runs|drops|ends|starts|stays|applies|covers|brings|clears|saves|buys|lasts|adds|gets|ships|won|"
    r"fits|holds|weighs|times|takes|lets|says|always|plus|across|this|its|yes)[a-z]{2,}[^su\W]s|people|children|women|"
    r"men)\b"
)
MORE_BEFORE = re.compile(
    r"(?P<least>≥ ?|不低于|不少于|不小于|至少|最少|起码"
    r"|at least|(?:no|not) (?:less|fewer|lower) than|a minimum of|up from)"
    r"|(?P<most>≤ ?|最多|顶多|至多|撑死|不要?超过|别超过|别[^,，]{0,4}[超过]|不能超过|不得超过|不可超过"
    r"|不高于|不多于|不大于|(?:最高|最长|最久|最大)(?![的号那装款码])|高达"
    r"|up to|at most|(?:no|not) (?:more|higher|longer|over) than|a maximum of|within|keep it (?:to|under)"
    r"|(?:don't|not|never) (?:go |put |pile |load |pack )?(?:over|past|above))"
    r"|(?P<above>> ?|(?<![不别要能])超过|多于|不止|(?<![晚早])上$|大于"
    r"|more than|over|above|exceeding)"
    r"|(?P<below>< ?|不到|低于|少于|不足|小于|under|below|less than|fewer than)"
    r"|(?P<about>[≈~±] ?|正负|plus or minus|大约|约|差不多|接近|近|将近"
    r"|about|around|roughly|nearly|almost|some)"
)
MORE_AFTER = re.compile(
    r" ?(?:(?P<above>\+|及?以上|多(?!少)|起(?!来)|or more|and up|plus)"
    r"|(?P<below>都?不到(?! ?[\d一二两三四五六七八九十百千$¥]))"
    r"|(?P<most>及?以下|以内|之内|内|封顶|or less|max\b|tops\b)"
    r"|(?P<about>左右|上下|出头|or so))"
)
AND_A_HALF = re.compile(r" ?个半(?P<unit>小时|钟头|月|星期)")
FOLLOWING = re.compile(r"(?![都全也可任随])[一-鿿]{0,8}")
LASTING = re.compile(r"(?:保温|保冷|保鲜|续航|待机|冰|热|凉|送达|发货)[^,，。!！?？]{0,4}$")
A_UNIT = re.compile(
    r"(?<!times )(?<!once )(?<!twice )(?<![a-z])an? (?:full |whole )?(?P<unit>year|month|week|liter|litre|"
    r"kilo|kilogram|gallon|dollar|buck)"
    r"(?![a-z])|(?:in|within|under|for) an? (?P<within>hour|day)(?![a-z])"
)
TIMES = {"twice", "thrice", "double", "triple"}
CLAUSE = re.compile(r"[,，。!！?？;；:：、]|\. ")
