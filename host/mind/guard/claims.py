"""What a host never says whatever the facts are: out of its role, out of its mind, or a promise nobody can keep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from host.core.reason import Reason
from host.mind.guard.kinds import ClaimKind, claimed


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece of a text that no fact can carry, and what is wrong with it."""

    text: str
    wrong: Reason


_NATION = (
    r"(?:全国|全网|行业|世界|全球|亚洲|国内|国际|同类|销量|销售|排名|口碑|业内|市场|类目|平台|质量|品质|中国|宇宙)"
)
_PATTERNS: list[tuple[ClaimKind, Reason, re.Pattern[str]]] = [
    (ClaimKind.OUT_OF_ROLE, Reason("claim_role"), re.compile(
        r"(?:系统|开发者|初始|上级|隐藏)(?:提示词?|指令|消息|prompt)|提示词|开发者模式|(?:猫娘|猫女|本喵|喵呜|魅魔|"
        r"女仆)|喵[~～!！。,，、 ]*喵|喵[~～]*$|主人[,，~～]*喵|"
        r"system prompt|developer mode|(?:ignore|disregard|forget) (?:all |any |the |my |your )*(?:previous|"
        r"prior|above|earlier)|"
        r"cat ?-?girl|\bme+o+w+\b|\bnya+n*\b|jailbreak|\bdan mode\b|do anything now|my (?:instructions|"
        r"guidelines|rules) (?:are|say)|my developers? (?:told|said|asked|want)|"
        r"i (?:was|am|have been) (?:instructed|prompted|programmed|told) to|"
        r"(?:忽略|无视|忘记|忘掉)(?:之前|以上|前面|先前|上述|所有)的?(?:所有|全部)?(?:指令|指示|设定|规则|"
        r"要求|内容|提示)|"
        r"(?:我的|我收到的)(?:指令|设定|规则)(?:是|要求|里)|角色扮演|扮演(?:一只|一个|一名|成)")),
    (ClaimKind.OUT_OF_ROLE, Reason("claim_model"), re.compile(
        r"(?:作为|身为)(?:一个|一名|一款)?(?:ai|人工智能)?(?:大)?(?:语言)模型|(?:作为|身为)(?:一个|一名|"
        r"一款)?(?:ai|人工智能)(?:助手|程序|模型)|"
        r"大语言模型|语言模型|我(?:无法|不能)(?:满足|协助|完成)(?:你|您|这个|此)的?(?:请求|要求)|"
        r"as an? (?:ai|artificial)(?: language)? (?:model|assistant)|as a (?:large )?language model|"
        r"large language model|"
        r"i(?:'m| am) (?:chatgpt|gpt|claude|an? (?:ai )?(?:language model|assistant))|\bopenai\b|\bchatgpt\b|"
        r"\banthropic\b|\bdeepseek\b|通义千问|文心一言|"
        r"i can(?:not|'t) (?:assist|help) with that|my training data|knowledge cut-?off|训练数据")),
    (ClaimKind.OUT_OF_ROLE, Reason("claim_markup"), re.compile(
        r"<\|[^>]{0,40}|\|>|</?[a-z][a-z0-9_-]{0,20}[^<>]{0,60}>|\{\{|\}\}|\{[a-z_]{1,30}\}|\$\{|```|"
        r"\[object object\]|\bundefined\b|\bnull\b|\bnan\b|"
        r"\[(?:insert|your|product|price|插入|产品名|价格)[^\]]{0,30}\]|【(?:插入|产品名|价格|"
        r"填写)[^】]{0,20}】|\btodo\b|lorem ipsum|</?think>|^(?:assistant|system|user|助手|用户|主播) ?[:：]|"
        r"(?:以下|下面)是(?:我的|主播的)?(?:回答|回复|答案)|用户(?:问的?|想要|的问题)是?|^here (?:is|"
        r"'s) (?:my|the|your) (?:answer|response|reply)|"
        r"\"(?:role|content|text|answer)\" ?:")),
    (ClaimKind.ABSOLUTE, Reason("claim_rank"), re.compile(
        rf"{_NATION}[^,，。!！?？;；]{{0,6}}第一(?!次|步|时间|批|天)|第一(?:名|品牌|大品牌|梯队)|"
        r"(?:no\.? ?1|number one|#1) (?:brand|in|choice|best|seller|selling|rated)")),
    (ClaimKind.ABSOLUTE, Reason("claim_superlative"), re.compile(
        r"最(?:佳|优秀|优质|优惠|优|强|便宜|低价|高级|高端|顶级|先进|舒服|舒适|受欢迎|畅销|热卖|热销|火爆|"
        r"安全|有效|划算|超值|值得买|专业|正宗|纯正|好用|好吃|好喝|好看|好的|棒|牛|厉害|"
        r"实惠|具性价比|漂亮|美|高品质|健康|环保|耐用|靠谱|权威|奢华|豪华|先|时尚|新科技|新技术|新工艺|"
        r"大的优惠|低的价格?|低价格|低的|低价|低(?=$|[,，。!！]))|"
        r"\b(?:best|cheapest|finest|strongest|lightest|safest|fastest|greatest|"
        r"toughest)\b[^.!?]{0,30}\b(?:in the world|"
            r"on earth|on the market|in the market|on the internet|anywhere|ever|in history|you can (?:buy|"
            r"get))\b|\bcheapest\b|"
            r"全(?:网|国|球|世界|场|平台|行业)(?:独家|首创|首发|唯一|最|底价|低价)|史上最|有史以来|绝无仅有|"
        r"前所未有|史无前例|无与伦比|独一份|没有之一|world'?s? (?:\w+est|best)\b")),
    (ClaimKind.EFFECT, Reason("claim_result"), re.compile(
        r"治(?:好|愈)?[^,，。!！?？]{0,4}病|"
        r"(?:保证|包|确保|承诺|一定能?|肯定能?|绝对|百分百|百分之百|100%)(?:你|您|大家)?(?:能|会|"
        r"可以)?(?:有效|见效|治好|治愈|根治|瘦|减肥|变白|美白|祛斑|年轻|降压|降糖|长高|不脱发|生发|不反弹|"
        r"满意|退款|赚|挣)|"
        r"(?:(?<!\d)\d++|(?<![一二三四五六七八九十两几])[一二三四五六七八九十两几]++)(?:天|周|个?疗程|次|个?月)(?:就|即)?(?:见效|瘦|变白|治愈|根治|"
        r"美白|祛斑|祛痘)|"
        r"guarantee[ds]? (?:to |you(?:'ll| will)? |results?|weight)|100% (?:effective|guaranteed|safe|cure)|"
        r"risk[- ]free|(?:lose|drop) (?:weight|\w+ (?:kilos|pounds|kg)) (?:in|fast)|"
        r"clinically (?:proven|tested)|scientifically proven|doctor[- ]recommended|miracle")),
]  # fmt: skip
_FLOOD_CHARACTER = re.compile(r"([^\s\d.…!?~！？。\-—=_])\1{4,}")
_FLOOD_PHRASE = re.compile(r"(\S.{0,11}?)[\s,，、.。!！~]{0,2}(?:\1[\s,，、.。!！~]{0,2}){3,}")
_LAUGH = frozenset("哈嘿呵啊嗯呜哦喔耶h6")
_ODD = re.compile(
    r"[^\x00-\u024f\u1e00-\u1eff\u2000-\u2bff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\ufe00-\uffef\U0001f000-\U0001faff\U00020000-\U0003134f]"
)
_KNOWN = frozenset("μµωΩπαβγ฿")


def claims(folded: str) -> Iterator[Claim]:
    """Every such piece of a folded text."""
    for kind, wrong, pattern in _PATTERNS:
        for match in claimed(kind, pattern, folded):
            yield Claim(match.group(), wrong)
    yield from floods(folded)
    for match in _ODD.finditer(folded):
        if match.group() not in _KNOWN:
            yield Claim(match.group(), Reason("claim_letter"))
            break


def floods(folded: str) -> Iterator[Claim]:
    """The same character five times, or the same phrase four times, in a row."""
    for match in _FLOOD_CHARACTER.finditer(folded):
        if match[1] not in _LAUGH or len(match.group()) > 8:
            yield Claim(match.group()[:24], Reason("claim_character"))
            return
    for match in _FLOOD_PHRASE.finditer(folded):
        if not set(match[1]) <= _LAUGH and any(character.isalpha() for character in match[1]):
            yield Claim(match.group()[:24], Reason("claim_words"))
            return
