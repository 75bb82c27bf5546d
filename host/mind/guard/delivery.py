"""What is promised of the way to the buyer: where to, for nothing, and how soon.

Each is carried by a clause of a fact that says it, with the places it names. 全国包邮 with an exception after it
(偏远地区以结算页为准) carries no 新疆包邮, an offer from two boxes on no 包邮 of one, 江浙沪次日达 no 次日达 of all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

from host.core.reason import Reason
from host.lang.stance.clauses import CLAUSE_END, clause_of, clauses, sentences
from host.mind.guard.carried import FactIndex
from host.mind.guard.kinds import ClaimKind, claimed, stated, states
from host.mind.guard.patterns import Claimed, compact, either
from host.mind.guard.places import COUNTRY_EN, COUNTRY_ZH, PROVINCES
from host.mind.guard.quotes import quoted

_KIND = ClaimKind.DELIVERY
_IN = rf"[^{CLAUSE_END}]"
_FREE = either(
    r"包邮|免邮|(?<!退货)(?<!退换)(?<!退的)(?<!来回)(?:运费(?!险)|邮费|快递费"
    rf"|邮){_IN}{{0,4}}?(?:全?免|(?:我们|店铺|老板|咱们?|我)(?:来|全)?[出付掏包]|都归我们|我们出"
    r"|我们承担|店铺出|店铺承担|不收|算我们|为零)",
    r"(?:免|不[掏花出交]|不收|(?<!要)不要|(?<!用)不用(?:付|出|掏)?|不付|(?<!有)没有|包)(?:了)?(?:任何|一分|你的?"
    r"|您的?)?(?:运费|邮费|快递费)(?!险)",
    r"\bfree (?:\w+ )?(?:shipping|delivery|postage)\b",
    r"\b(?:shipping|delivery|postage)(?: \w+){0,3}? (?:is |are |comes )?(?:free|on us)\b|\bship(?:s"
    r"|ped)? (?:\w+ ){0,3}?free\b",
    r"\b(?:no|without|zero) (?:shipping|delivery|postage)(?: cost| fee| charge)?s?\b|\bwe (?:pay"
    r"|cover) (?:for )?(?:the |your |all )?(?:shipping|postage|delivery)\b",
)
_ABROAD = (
    rf"海外|东南亚|中东|[北南]美|大洋洲|欧美|国外|境外|出国|港澳台?|全球|全世界|世界各地|国际(?:件|快递)|{COUNTRY_ZH}"
    r"|\b(?:worldwide|world-wide|international(?:ly)?|abroad|overseas|globally|(?:all over|around"
    r"|anywhere in|across) the world|any country|every country)\b"
    rf"|\b{COUNTRY_EN}"
)
_FAR = (
    rf"偏远|[最再多]远|山[区里]|农村|乡[下镇]|村[里子]?|镇上|海岛|边疆|{PROVINCES}|哪[里儿](?!的(?:话|水))"
    r"|任何地方|天涯海角|每个角落|所有地区|各个?地"
    r"|\b(?:anywhere|everywhere|any address|wherever|no matter where|rural|remote)\b"
)
_WORLD = re.compile(r"全球|全世界|世界各地|\b(?:worldwide|world-wide|globally|internationally|the world|any country)\b")
_NATION = re.compile(r"全国|各省|\bnationwide\b")
_EXCEPTED = re.compile(r"除外|偏远|以结算|不包|不发|不含|不到|\bexcept\b|\bexcluding\b|\bonly\b")
_PLACE = re.compile(rf"(?P<abroad>{_ABROAD})|(?P<far>{_FAR})")
_SENT_TO = either(
    r"(?:发|寄|送|邮|配送|快递|运)(?!现|明|展|票|烧|布|热|生|烫|质|挥|觉|光|亮|声|霉|言"
    rf"|型){_IN}{{0,4}}?(?P<to>{_ABROAD}|{_FAR}|[一-鿿]{{0,2}}地址)",
    rf"(?:{_ABROAD}|{_FAR}){_IN}{{0,12}}[,，]?{_IN}{{0,6}}?(?:能|可以?|也|都|照|给|直接|全部?|帮|我们"
    rf"|咱们?){_IN}{{0,4}}?(?:发(?!现|明|展|票|布|热|质|觉|光|亮|声)|寄|邮|送|配送)",
    rf"\b(?:ship|deliver|send|sent|post|mail)(?:s|ed|ing|ping|ped)?\b[^.!?;]{{0,30}}?\b(?:{_ABROAD}|{_FAR})",
    r"\b(?:we|i|they)(?:'ll| will| can| also| even| do)* (?:ship|deliver|send|post"
    r"|mail)(?: \w+){0,2}? to (?P<where>(?!you\b|your\b|me\b|my\b|us\b|her\b|him\b|them\b|a\b|an\b"
    r"|the\b|any\b|every\w*\b|friends?\b|family\b|mom\b|dad\b|work\b|home\b|all\b|customers?\b"
    r"|buyers?\b|addresses\b|most\b|support\b)[a-z]+)",
    rf"\b(?:{_ABROAD}) (?:orders?|customers?|buyers?|shipping|delivery)\b[^.!?;]{{0,20}}\b(?:welcome"
    r"|ship|free|no problem|fine)",
)
_NOW = (
    r"今[天晚日]|当[天日晚]|马上|立[刻马即]|秒|当场|即刻|随拍随|现拍现"
    r"|\b(?:today|tonight|same[- ]day|right away|immediately|instantly|at once|the (?:minute|moment"
    r"|second|instant) you|within the hour|in no time|in minutes)\b"
)
_NEXT = (
    r"明[天早晚日]|次日|隔[天日]|第二天|翌日"
    r"|\b(?:tomorrow|next[- ]day|overnight|(?:the )?(?:next|following) (?:day|morning))\b"
)
_LEAVES = (
    r"发(?:货|出|走|掉|快递|过去|给[你您])|发(?=$|[,，。!！了的])|寄(?:出|走|给[你您])|出库|就?走(?=$"
    r"|[,，。!！])|\b(?:ships?|shipped|shipping|sent|dispatch\w*|leaves?|goes? out|on its way"
    r"|out of the door)\b"
)
_ARRIVES = (
    r"送(?:到|达|上门)|(?<!不)到(?:家|货|门口|[你您](?:手|家)|手?(?=$|[,，。!！了]))|[送直抵]达"
    r"|[用喝穿]上|必?达(?=$|[,，。!！])|收到|拿到|在[你您]手|能到|就到|日到|天到"
    r"|\b(?:arriv\w*|deliver\w*|at your door\w*|be (?:using|drinking|wearing|holding)"
    r"|in your (?:hands?|mailbox)|reach(?:es)? you|with you"
    r"|gets? (?:there|here|to you)|(?:have|get) it(?! today))\b"
)
_ORDERED = re.compile(
    r"(?:今[天晚日]|现在|这会儿)(?:之?[前内])?(?:下单|拍|付款|买|订)|\b(?:order|buy|grab|get|pay"
    r"|purchase)(?: it| yours| one| now)? (?:today|tonight|now|right away)\b"
)
_SOON = re.compile(
    rf"(?:(?P<now>{_NOW})|(?P<next>{_NEXT}))[^.。!！?？;；]{{0,16}}?(?:(?P<leaves>{_LEAVES})|(?P<arrives>{_ARRIVES}))"
    rf"|(?:(?P<goes>{_LEAVES})"
    rf"|(?P<comes>{_ARRIVES}))[^.。!！?？;；,，]{{0,16}}?(?:(?P<at_once>{_NOW})|(?P<after>{_NEXT}))"
)
_LEAST = either(
    r"(?:\d|[两二三四五六十])[件盒个瓶袋包套单份](?:起|以上|就|[,，]|包|免|$)|起包|满|凑单?|多拍|一起拍|[两二三]件",
    r"\bover\b|\babove\b|\borders? of\b|\bspend\b|\bfrom \$|\btwo or more\b|\bmore than\b",
)
_SEVERAL = re.compile(r"(?:[2-9]|\d\d|[两二三四五六十])[件盒个瓶袋包套份]")
_ANY_ORDER = re.compile(
    r"[单一1][件盒个瓶袋包套]|每[一]?[单件盒个]|不限|\b(?:every|any|all) orders?\b|\bno minimum\b|\beven one\b"
)
_OF_ITS_OWN = re.compile(r"运费|邮费|结算|为准|除外|另算|自理|发货|送达|\bship|\bdeliver")
_ADDED = re.compile(r"[,，](?:包括|连|哪怕|就算|不管|even|including|no matter)[^.。!！?？;；,，]*")
_FOLK = re.compile(r"(?P<folk>[一-鿿]{2,4})的(?:家人|朋友|客户|宝宝|姐妹|亲|买家)们?(?:也|都|一样|照)")
_NO_FOLK = re.compile(r"[来到欢买拍单要问想看说好老新付款今每所天兴趣需求各全国地]")
_DELIVERS = re.compile(r"发|寄|送|邮|达|运费|\b(?:ship|deliver|send)")


def delivery(folded: str, sheet: FactIndex) -> Iterator[Claimed]:
    """Every promise of delivery that no fact keeps."""
    text = compact(folded)
    for sentence in sentences(text):
        for claim, kept in chain(_free(sentence), _far(sentence), _soon(sentence)):
            facts = (known for fact in sheet.folded.values() for known in sentences(compact(fact)))
            if not any(kept(known) for known in facts) and not quoted(claim.text, text, sheet):
                yield claim


_Kept = Callable[[str], bool]
"""Whether a sentence of a fact keeps a promise."""


def _free(sentence: str) -> Iterator[tuple[Claimed, _Kept]]:
    for match in claimed(_KIND, _FREE, sentence):
        yield Claimed(match.group(), Reason("lacks_free_shipping")), partial(_free_as_said, sentence, match)


def _far(sentence: str) -> Iterator[tuple[Claimed, _Kept]]:
    for match in claimed(_KIND, _SENT_TO, sentence):
        where = match.groupdict().get("where") or ""
        yield Claimed(match.group(), Reason("lacks_destination")), partial(_reached, match.group(), where)


def _soon(sentence: str) -> Iterator[tuple[Claimed, _Kept]]:
    """The time an order is placed is no promise: it is blotted out before the sentence is read."""
    read = _ORDERED.sub(lambda order: "\0" * len(order.group()), sentence)
    for match in claimed(_KIND, _SOON, read):
        said = sentence[slice(*match.span())]
        yield Claimed(said, Reason("lacks_speed")), partial(_as_soon, read, match)


def _free_as_said(sentence: str, match: re.Match[str], known: str) -> bool:
    """Whether a sentence of a fact ships free what ``sentence`` ships free, to the places it names."""
    for free in stated(_KIND, _FREE, known):
        start, end = clause_of(known, free.start())
        clause, before = known[start:end], known[max(0, start - 12) : start]
        threshold = _LEAST.search(clause) or (not _EXCEPTED.search(before) and _LEAST.search(before))
        if threshold and (
            not (_LEAST.search(sentence) or _SEVERAL.search(sentence)) or _ANY_ORDER.search(_near(sentence, match))
        ):
            continue
        if _places_within(_near(sentence, match), clause, known):
            return True
    return False


def _near(sentence: str, match: re.Match[str]) -> str:
    """The clause of a match, with the one before it and what is added to it, where they say nothing of shipping."""
    start, end = clause_of(sentence, match.start())
    if start > 1:
        earlier = clause_of(sentence, start - 2)[0]
        if not _OF_ITS_OWN.search(sentence[earlier:start]):
            start = earlier
    added = _ADDED.match(sentence, end)
    return sentence[start : added.end() if added else end]


def _places_within(said: str, clause: str, known: str) -> bool:
    """Whether every place that is said lies within those of a fact's clause: 江浙沪包邮 is no 全国包邮."""
    if _only_there(clause) and (_NATION.search(said) or not _PLACE.search(said)):
        return False
    for place in _PLACE.finditer(said):
        if place.group() in clause or _WORLD.search(clause) or (place["far"] and "偏远" in clause):
            continue
        if place["far"] and _NATION.search(clause) and not _EXCEPTED.search(known):
            continue
        return False
    folk = _FOLK.search(said)
    return folk is None or bool(_NO_FOLK.search(folk["folk"])) or folk["folk"] in clause


def _only_there(clause: str) -> bool:
    """Whether a clause of a fact is of the places it names and of no others."""
    everywhere = _NATION.search(clause) or _WORLD.search(clause) or _EXCEPTED.search(clause)
    return _PLACE.search(clause) is not None and not everywhere


def _reached(said: str, where: str, known: str) -> bool:
    """Whether a sentence of a fact delivers to the places of ``said``."""
    if where:
        return states(_KIND, re.compile(re.escape(where)), known) or states(_KIND, _WORLD, known)
    return any(states(_KIND, _DELIVERS, clause) and _places_within(said, clause, known) for clause in clauses(known))


def _as_soon(sentence: str, match: re.Match[str], known: str) -> bool:
    """Whether a clause of a fact is as soon, of the same event and in no other place."""
    for soon in stated(_KIND, _SOON, known):
        clause = known[slice(*clause_of(known, soon.start()))]
        there = all(place.group() in sentence for place in _PLACE.finditer(clause))
        if there and _when(soon) == _when(match) and _places_within(_near(sentence, match), clause, known):
            return True
    return False


def _when(match: re.Match[str]) -> tuple[bool, bool]:
    """Whether at once, not the next day; whether it arrives, not leaves."""
    return bool(match["now"] or match["at_once"]), bool(match["arrives"] or match["comes"])
