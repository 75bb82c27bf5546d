"""Viewer names, made fit to be spoken.

A user name is the one text of a stranger's that a host would say unasked, so it passes by a narrow rule: letters of a
length people are called by, and nothing that reads as a number, a claim, a contact, an office or an insult.
"""

from __future__ import annotations

import re

from host.core.comment import MAX_USER
from host.core.product import Lang
from host.core.text import bounded

NOBODY: dict[Lang, str] = {"zh": "这位朋友", "en": "my friend"}
"""Whom the host addresses where the name cannot be spoken."""

MAX_HAN, MAX_LATIN = 7, 14

_LINK = re.compile(r"https?:|www\.|://|\.(?:com|cn|net|org|io|top|xyz|example)\b|@", re.IGNORECASE)
_HAN_NAME = re.compile(r"[一-鿿]+")
_LATIN_NAME = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’-][A-Za-zÀ-ÖØ-öø-ÿ]+)?")
_TRIMMED = re.compile(r"[^A-Za-zÀ-ÖØ-öø-ÿ一-鿿'’ -]+")

_NOT_SPOKEN_ZH = re.compile(
    "[零〇一二两三四五六七八九十百千万亿半元块折斤克]"  # a number would need a fact behind it
    "|[微薇威][信芯]|加[我微vV]|扣扣|私[信聊]|代购|代理|红包|兼职|返利|下单|链接"
    "|最|冠军|全网|免费|低价|包治|特效|国家|正品|官方|客服|管理|主播|系统|店[长主]|老板|用户|游客|观众|访客|匿名"
    "|忽略|指令|模式|假货|骗|垃圾|差评|退款"
    "|[傻煞沙][逼比叉币子]|[操艹肏日草]你|妈的|他妈|你妈|滚|去死|贱|婊|屎|尿|屁|鸡巴|强奸|色情|裸|约炮|赌|毒品|枪|杀"
    "|习近平|共产党|台独|法轮"
)
_NOT_SPOKEN_EN = re.compile(
    r"fuck|shit|bitch|cunt|nigg|fag|whore|slut|dick|cock|pussy|penis|porn|sex|nazi|hitler|rape|kill|retard|bastard"
    r"|asshole|idiot|scam|fraud|fake|free|best|cheap|winner|casino|crypto|viagra|promo|discount"
    r"|admin|official|moderator|support|system|assistant|developer|ignore|prompt|user\b|viewer|guest|anonymous",
    re.IGNORECASE,
)
_NUMBER_WORD = re.compile(
    r"\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|million|half)\b", re.IGNORECASE
)


def speakable_name(user: str, lang: Lang = "zh") -> str:
    """What to call a viewer: their name without digits and symbols, or `NOBODY`. Never empty, never long."""
    return address(user, lang) or NOBODY[lang]


def address(user: str, lang: Lang) -> str:
    """The speakable name, or nothing where it is better to address nobody: a Han name has no place in English."""
    name = _spoken(user)
    return "" if lang == "en" and _HAN_NAME.search(name) else name


def _spoken(user: str) -> str:
    text = bounded(user, MAX_USER)
    if _LINK.search(text) or _NOT_SPOKEN_ZH.search(re.sub(r"[^一-鿿]", "", text)):
        return ""
    if _NOT_SPOKEN_EN.search(re.sub(r"[^A-Za-z]", "", text)) or _NUMBER_WORD.search(text):
        return ""
    kept = " ".join(_TRIMMED.sub(" ", text).split())
    han = _HAN_NAME.findall(kept)
    if han:
        name = kept.replace(" ", "")
        return name if len(name) > 1 and len("".join(han)) <= MAX_HAN and len(name) <= MAX_LATIN else ""
    words = _LATIN_NAME.findall(kept)[:2]
    while words and len(" ".join(words)) > MAX_LATIN:
        words.pop()
    name = " ".join(word for word in words if len(word) > 1)
    return name.title() if name.islower() else name
