"""What the host says where there is no answer to give, before one that was cut off, and for a greeting: by language
and situation.

None of it carries a number, a price or a promise, so that the guard lets it pass whatever is on air.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from enum import StrEnum

from host.core.comment import MAX_TEXT
from host.core.fold import fold
from host.core.identity import asks_what_host_is
from host.core.packs import pack
from host.core.product import Lang
from host.core.text import bounded
from host.mind.names import speakable_name

__all__ = ["Situation", "choose", "reply", "situation_of", "speakable_name", "templates", "wordings"]


class Situation(StrEnum):
    """Why a reply is needed."""

    UNKNOWN = "unknown"
    """The facts do not say."""
    REFUSED = "refused"
    """There was an answer, and the guard did not let it pass."""
    HAGGLE = "haggle"
    INJECTION = "injection"
    """The comment gives orders to the machine instead of asking."""
    ORDER = "order"
    """The viewer bought, or is about to."""
    GREETING = "greeting"
    ARE_YOU_AI = "are_you_ai"
    WHO = "who"
    THANKS = "thanks"
    CUT_OFF = "cut_off"
    """Before an answer that a stop of the room cut off, and that is said again."""
    TAKES_A_MOMENT = "takes_a_moment"
    """Before an answer that is there and still being spoken."""


_INJECTION = re.compile(
    r"(忽略|无视|忘记|忘掉|不要管).{0,12}(指令|设定|规则|要求|提示|之前|前面|以上)|(开发者|调试|越狱|管理员|上帝)模式"
    r"|你(现在|从现在起|以后)(是|扮演|变成)|扮演.{0,10}(猫|狗|女友|角色)|系统(提示|指令|消息)|提示词"
    r"|(跟|照)着我(念|说|读)|(重复|复述|念|喊|喵).{0,8}(遍|次|声|句)"
    r"|ignore\b.{0,40}\b(instruction|rule|prompt|above|previous|everything)|disregard\b.{0,40}\b(instruction|rule)"
    r"|(developer|debug|god|dan|admin|jailbreak)\s*mode|you are now|pretend (to be|you)|act as (a|an|if)"
    r"|system\s*(prompt|message|:)|<\|?\s*(system|im_start|assistant)|\[/?inst\]|repeat after me|say exactly"
    r"|(reveal|print|show|tell) .{0,20}(your|the) (prompt|instructions)",
    re.IGNORECASE,
)
_HAGGLE = re.compile(
    r"便宜[点些]|便宜个?[\d一二三四五六七八九十百两]+|少[点些](钱|吧|呗|嘛)|再少|砍价|还价|抹[个了]?零|打个折"
    r"|降[点价]|优惠[点些]|太贵"
    r"|(?<![\d一二三四五六七八九十百两])[\d一二三四五六七八九十百两]++(块|元|米)?"
    r"(卖不卖|行不行|行吗|行不|卖吗|可以吗|我就(拿|买|要)|成交|给我)"
    r"|\b(cheaper|lower the price|too expensive|bargain|knock .{0,12}off|best price|go lower)\b"
    r"|\b(can|could|would|will) you (do|take|sell .{0,12}for|accept)\s*\$?\d"
    r"|\bfor \$?\d++\s*+((bucks|dollars)\s*+)?(ok|deal|\?)",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"^[\s主播]*(你(到底|究竟)?是谁|你叫(什么|啥)|怎么称呼|你是什么人|主播叫(什么|啥))"
    r"|\bwho (are|r) (you|u)\b|\bwhat('s| is) your name\b",
    re.IGNORECASE,
)
_THANKS = re.compile(r"^[\s]*(谢谢|多谢|感谢|谢啦|谢了|辛苦)|\b(thank you|thanks|thx|cheers)\b", re.IGNORECASE)


def situation_of(text: str) -> Situation | None:
    """Which situation a comment is in by its wording alone, if any. Whether the host is real comes before all else,
    then orders to the machine."""
    if asks_what_host_is(bounded(text, MAX_TEXT)):
        return Situation.ARE_YOU_AI
    seen = fold(bounded(text, MAX_TEXT))
    for situation, pattern in (
        (Situation.INJECTION, _INJECTION),
        (Situation.WHO, _WHO),
        (Situation.HAGGLE, _HAGGLE),
        (Situation.THANKS, _THANKS),
    ):
        if pattern.search(seen):
            return situation
    return None


def reply(situation: Situation, lang: Lang, user: str = "", *, seed: int = 0, key: str = "") -> str:
    """A wording for the situation. The same seed and key (a comment's id) give the same wording every time."""
    wording = choose(templates(situation, lang), seed, f"{situation}:{key}")
    name = speakable_name(user, lang)
    text = wording.format(name=name)
    return text[0].upper() + text[1:]


def wordings(situation: Situation, lang: Lang, name: str) -> list[str]:
    """Every wording for the situation, said to ``name``."""
    return [each.format(name=name) for each in templates(situation, lang)]


def templates(situation: Situation, lang: Lang) -> Sequence[str]:
    """Every wording for the situation, with a field for the name."""
    said: Sequence[str] = pack(lang).table("replies.toml")["situations"][situation.value]
    return said


def choose(wordings: Sequence[str], seed: int, key: str) -> str:
    """One of ``wordings``, evenly and reproducibly."""
    digest = hashlib.blake2b(f"{seed}\x00{key}".encode("utf-8", "replace"), digest_size=8).digest()
    return wordings[int.from_bytes(digest, "big") % len(wordings)]
