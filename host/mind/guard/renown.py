"""Who is said to stand behind a product: where it comes from, who uses or praises it, what certifies it, the crowd.

A country needs a fact that names it, a certificate one that names who gave it, praise one with the same names. That
everybody buys it needs a fact in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from host.core.fold import fold
from host.core.reason import Reason
from host.lang.stance.clauses import CLAUSE_END, sentences
from host.mind.guard.carried import FactIndex
from host.mind.guard.kinds import ClaimKind, claimed, stated, states
from host.mind.guard.patterns import Claimed, compact, either
from host.mind.guard.places import COUNTRY, COUNTRY_EN, COUNTRY_ZH, countries
from host.mind.guard.quotes import quoted

_IN = rf"[^{CLAUSE_END}]"
_ORIGIN = either(
    rf"(?P<home>{COUNTRY_ZH}){_IN}{{0,4}}?(?:进口|原装|原产|制造|生产|产的|工艺|技术|品质|设计(?!奖)|工匠"
    r"|匠人|大师|品牌|配方|空运|直邮|直采|血统|[造做]的|来的(?!朋友|观众|人)|的?(?:钢|豆|皮|棉|料|货"
    r"|厂|线|锅|灯|芯|胆))",
    r"(?:进口自|产自|来自|产地是?|原产地?|源自|出自|从|由)(?:的|于|为|在"
    rf"|是)?(?P<from>{COUNTRY_ZH})(?!的?(?:朋友|观众|姐|哥|粉丝|家人|你|客户)|回来|过来的)",
    rf"在(?P<at>{COUNTRY_ZH}){_IN}{{0,4}}(?:制造|生产|设计|研发|加工|做的|造的)",
    r"(?:产自|原产于?|产地是)(?P<region>[一-鿿]{2,3}?)(?=$|[^一-鿿]|的)",
    r"\b(?:made|manufactured|produced|built|crafted|handmade|handcrafted|sewn|assembled|designed"
    r"|engineered|developed|grown|roasted|woven|forged"
    r"|brewed|imported|sourced|shipped|comes?|came|straight|directly|flown in) (?:\w+ ){0,2}?(?:in"
    r"|from|by) (?:\w+ ){0,1}?(?P<in>" + COUNTRY_EN + ")",
    rf"\b(?P<adjective>{COUNTRY_EN})[ -](?:\w+ )?(?:steel|engineer\w*|made|design\w*|quality|craft\w*"
    r"|technolog\w*|leather|brand|glass|cotton|silk|factor\w+"
    r"|workshop\w*|import\w*|beans?|parts|precision|standards?|build|made)\b",
)
_MATTER = re.compile(r"[^:]{0,8}(?:产地|原产|品牌|来源|制造|origin|brand|made|country|source)[^:]{0,8}:")
"""The topic of a fact on where it is from."""
_WHO = (
    "知名|着名|主持人|选手|健儿|人民日报|小红书|抖音|微博|热搜|科学家|名厨|护士|央视|新闻联播|电视台"
    "|卫视|春晚|电视(?!剧)|明星|网红|大咖|大v|博主|达人|up主|李佳琦|董宇辉|罗永浩"
    "|影[后帝星]|歌手|演员|模特|超模|奥运|冠军|运动员|航天员|宇航员"
    "|专家|教授|院士|学霸|博士|老师|校长|兽医|医生|大夫|护士|医院|三甲|眼科|儿科|牙医|营养师|药师|空姐"
    "|飞行员|教练|厨师|大厨|主厨|米其林|设计师|工程师"
    "|公务员|领导|总统|国家队|军队|部队|清华|北大|哈佛|协会|杂志|报纸|媒体|名人|大佬|皇室|总裁|老板们"
)
_DOES = (
    "(?:摆|放|拿|捧|备|囤|入|留)(?:着|了)?(?:一[只台盏个口]|它|这)|都是(?:它|这)|晒|抽检|推荐|推过"
    "|力推|都?在用|都用|常用|也用|用的就?是|都在?[喝吃戴背穿]|在[喝吃戴背穿]|爱[喝吃]|同款"
    "|代言|点名|认可|种草|安利|力荐|夸|采购|选用|指定|报道|上过|背书|抢着买"
    "|爱用|首选|必备|让.{0,4}买|人手|说好|合作|联名|监制|认准"
)
_WHO_EN = (
    r"half of hollywood|hollywood|national team|architects?|vets|famous|doctors?|physicians?"
    r"|surgeons?|nurses?|dentists?|ophthalmologists?|dermatologists?"
    r"|pediatricians?|specialists|experts?|scientists?|celebrit\w+"
    r"|(?:movie|hollywood|pop|film|rock|tv) stars?|athletes?|olympi\w+|influencers?|chefs?"
    r"|astronauts?|professors?|teachers|engineers|pilots|trainers"
    r"|explorers?|actors?|actress\w*|singers?|models|royal\w*|presidents?|harvard|oxford|yale|mit"
    r"|stanford|oprah|nasa|national geographic|new york times"
    r"|forbes|vogue|bbc|cnn|the times|magazines?|hospitals?|schools|universit\w+"
)
_DOES_EN = (
    r"(?:keeps?|drinks?|wears?|reads?|works?|sleeps?|swims?|cooks?|bought|own|has"
    r"|have)(?: \w+)? (?:one|it|this|these)|us(?:es?|ing)|recommend\w*|lov(?:es?|ing)|swears?"
    r"|trust\w*|endors\w+|carr(?:y|ies)|wears?"
    r"|drinks?|pick(?:s|ed)?|approv\w+|rel(?:y|ies)|cho(?:ose|oses|se)"
    r"|prais\w+|prefer\w*|has one|have (?:one|this|these|it)|own(?:s)? (?:one|this)|rav(?:es?|ing)"
    r"|have approved|called it|named it"
)
_NOT_BY = r"(?!(?:my|our|your|his|her|me|us|you|a friend|friends|hand|many|everyone|people|the shop|itself)\b)"
_PRAISE = either(
    rf"(?P<who>{_WHO}){_IN}{{0,8}}?(?:{_DOES})",
    r"\bofficial (?P<official>bottle|lamp|bag|pack|mug|supplier|partner|sponsor|choice|\w+ of)\b",
    rf"(?:上过|登上|亮相|出现在|被){_IN}{{0,3}}(?P<on>央视|电视|新闻联播|卫视|春晚|杂志|报纸|媒体|明星)",
    r"(?P<show>央视|新闻联播|卫视|春晚)里?(?:都|也)?(?:出现|播|报|上)",
    rf"\b(?P<whom>{_WHO_EN})\b[^.!?;,]{{0,20}}?\b(?:{_DOES_EN})\b",
    r"\b(?:recommended|loved|used|trusted|worn|approved|endorsed|picked|chosen|carried"
    rf"|preferred) by {_NOT_BY}(?P<by>[a-z]+(?: [a-z]+)?)",
    r"\b(?:featured|appeared|reviewed|praised|written up|as seen|shown) (?:in|on|by) (?!(?:the |your "
    r"|our )?(?:page|screen|card|picture|link|photo|show|stream|chat"
    r"|left|right|label|table|box|video|details)\b)(?P<medium>[a-z]+(?: [a-z]+)?)",
    r"\b(?:was|been|appeared|is|as seen|it) on (?:national |local |live |the )?(?P<tv>television|tv|news)\b",
)
_CROWD = either(
    r"卖[疯爆]|[抢爆]疯|疯抢|火遍|火爆|爆火|火出圈|人手一[个件只台]|都在抢|抢着买|抢不到|回购|复购"
    r"|供不应求|处理不过来|刷屏|刷爆|晒[爆烂疯]|风靡"
    rf"|(?:大家|全网|所有人|朋友圈|人人|家家|身边人){_IN}{{0,2}}都(?:在)?(?:买|用这|抢|囤)|最多人买"
    rf"|口碑(?:爆|炸)|回头{_IN}{{0,3}}(?:买|单)(?:了)?(?:好|很)?多?",
    r"\b(?:everybody|everyone)(?:'s| is| are)? (?:buying|talking about|using|getting|ordering|wants?"
    r"|raves?)\b|\b(?:flies|flying|fly) off\b"
    r"|\b(?:can't|cannot|can not) (?:get enough|stop (?:buying|reordering|ordering|talking)"
    r"|keep (?:it|them) in stock)\b|\bsell(?:s"
    r"|ing)? (?:like crazy|through|by the (?:thousand|truck))|\bhot(?:test)? seller\b"
    r"|\bgo(?:es|ing|ne)? viral\b|\bmost popular\b|\b(?:rave|glowing) reviews\b|\b(?:customers|buyers"
    r"|people) (?:keep coming back|rave|are obsessed)\b",
)
_BODY = (
    r"欧盟|欧洲|美国|德国|日本|国家|国际|权威|官方|食药监|食品药品|药品管理|质检|药监|海关|有机|绿色食品"
    r"|红点|环保部|卫生部|农业部|3c|ccc"
)
_BODY_EN = (
    r"fda|ce|ul|iso ?\d*|rohs|sgs|etl|epa|usda|nsf|gots|oeko-?tex|bluesign|energy star|lfgb|reach|fcc"
    r"|european union|european|eu|federal|government"
    r"|lab|laboratory|independently|independent|dermatolog\w+|clinically|third[- ]party|organic"
    r"|military|hospital|if|red dot|good design"
)
_CERTIFIED = either(
    rf"(?P<body>{_BODY}|(?<![a-z])(?:{_BODY_EN})(?![a-z])){_IN}{{0,6}}?(?:认证|检测|检验|检测报告"
    r"|批准|审核|备案|达标|抽检|抽查|合格|认可|大?奖|专利)",
    rf"(?:通过|拿[到过了下]|获得?了?|取得|荣获|有)(?:了|过)?(?P<some>{_IN}{{0,6}}?)(?:认证|证书|专利"
    r"|大奖|检测报告|质检报告|奖项)(?!吗|么)",
    rf"\b(?P<named>{_BODY_EN})[ -](?:\w+ ){{0,2}}?(?:approv\w+|certifi\w+|test(?:s|ed)?|listed"
    r"|cleared|registered|compliant|award\w*)\b",
    r"\bcertified by (?:the )?(?P<giver>[a-z]+(?: [a-z]+)?)",
    r"\b(?:won|winner of|took|received|holds?|has) (?:an?|the|several|many|two"
    r"|three|every|all) (?:\w+ ){0,3}?(?P<prize>awards?|prizes?|patents?|certificates?|certifications?)\b",
    r"\bpassed (?:the |all |every |several )?(?:\w+ ){0,2}?(?P<passed>tests?|inspections?|standards?)\b",
)
_KINDS = (
    (ClaimKind.ORIGIN, _ORIGIN, Reason("lacks_origin")),
    (ClaimKind.PRAISE, _PRAISE, Reason("lacks_praise")),
    (ClaimKind.CERTIFICATE, _CERTIFIED, Reason("lacks_certificate")),
    (ClaimKind.CROWD, _CROWD, Reason("lacks_crowd")),
)


def renown(folded: str, sheet: FactIndex) -> Iterator[Claimed]:
    """Every origin, praise, certificate and crowd in a folded text that no fact bears out."""
    text = compact(folded)
    for sentence in sentences(text):
        for kind, pattern, lacks in _KINDS:
            for match in claimed(kind, pattern, sentence):
                facts = [compact(fact) for fact in sheet.folded.values()]
                borne = _comes_from(match, facts, sheet) if pattern is _ORIGIN else _said(kind, pattern, match, facts)
                if not borne and not quoted(match.group(), text, sheet):
                    yield Claimed(match.group(), lacks)


def _comes_from(match: re.Match[str], facts: list[str], sheet: FactIndex) -> bool:
    """Whether a fact on where it is from, or the name of a product, has the country or region of ``match``."""
    names = [fold(name) for product in sheet.products for name in (product.name, *product.aliases)]
    if region := match["region"]:
        return any(region[at : at + 2] in known for known in (*facts, *names) for at in range(len(region) - 1))
    of_origin = partial(states, ClaimKind.ORIGIN, _ORIGIN)
    told_of = [part for fact in facts for part in sentences(fact) if of_origin(part) or _MATTER.match(part)]
    origins = [found.group() for part in told_of for found in stated(ClaimKind.ORIGIN, COUNTRY, part)]
    return countries([match.group()]) <= countries([*names, *origins])


def _said(kind: ClaimKind, pattern: re.Pattern[str], match: re.Match[str], facts: list[str]) -> bool:
    """Whether a fact says the like, and has the same name in it."""
    name = next((word.strip() for word in match.groups() if word and word.strip()), "")
    return any(name in fact and any(states(kind, pattern, sentence) for sentence in sentences(fact)) for fact in facts)
