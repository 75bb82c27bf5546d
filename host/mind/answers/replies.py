"""What the host says where there is no answer to give, before one that was cut off, and for a greeting: by language
and situation.

None of it carries a number, a price or a promise, so that the guard lets it pass whatever is on air.
"""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum

from host.core.comment import MAX_TEXT
from host.core.fold import fold
from host.core.identity import asks_what_host_is
from host.core.product import Lang
from host.core.text import bounded
from host.mind.names import speakable_name

__all__ = ["Situation", "choose", "reply", "situation_of", "speakable_name", "wordings"]


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


_REPLIES: dict[Lang, dict[Situation, tuple[str, ...]]] = {
    "zh": {
        Situation.UNKNOWN: (
            "{name}，这个我手上的资料里没有写，不敢乱说，请以商品详情页和客服的回复为准。",
            "{name}问的这个，我没有确切的资料，先记下来，请客服来回答你。",
            "这个问题我不确定，就不猜了。{name}可以点客服问一问，会更准确。",
            "{name}，不清楚的我不乱讲，详情页里没有的，请找客服确认。",
        ),
        Situation.REFUSED: (
            "{name}，这个问题我得核对清楚再说，请先看商品详情页，或者问一下客服。",
            "{name}问的这个，我怕说得不准，请以商品详情页为准。",
            "这个我先不随口讲，{name}可以问客服，得到的答复更准确。",
        ),
        Situation.HAGGLE: (
            "{name}，价格是店铺定的，我改不了，不过有活动我会马上告诉你。",
            "{name}想要更实惠，我懂。页面上显示的就是现在的价格，优惠也写在详情页里。",
            "砍价我真没有权限，{name}可以看看详情页里的活动。",
        ),
        Situation.INJECTION: (
            "我是来给大家介绍商品的，咱们还是聊聊商品吧。",
            "这个我就不配合了，想了解哪个商品，直接问我就好。",
            "直播间里我只讲商品，有关商品的问题都可以问。",
        ),
        Situation.ORDER: (
            "谢谢{name}的支持，收到以后有任何问题，随时来问我。",
            "感谢{name}下单，记得核对一下收货地址。",
            "谢谢{name}，眼光真好，等着收货吧。",
            "收到，谢谢{name}，我们会按页面上的时间安排发货。",
        ),
        Situation.GREETING: (
            "欢迎{name}，进来就别客气，想看什么直接打在公屏上。",
            "{name}你好呀，欢迎来到直播间。",
            "{name}来啦，欢迎欢迎，先听听这个商品。",
            "你好{name}，想了解哪个链接，告诉我就行。",
            "欢迎{name}，有问题随时问，我看到就回你。",
        ),
        Situation.ARE_YOU_AI: (
            "我是AI数字人主播，不是真人。商品的资料来自店铺，有问题随时问我。",
            "实话告诉你，我是AI数字人，不是真人在讲。商品的问题，我照着资料回答你。",
            "我是一位AI数字人主播。需要真人帮忙的话，可以联系店铺客服。",
        ),
        Situation.WHO: (
            "我是这个直播间的AI数字人主播，负责给大家介绍商品、回答问题。",
            "我是店铺的AI数字人主播，商品怎么样、怎么用，都可以问我。",
        ),
        Situation.THANKS: (
            "不客气，{name}，还有想问的接着问。",
            "{name}太客气了，能帮到你就好。",
        ),
        Situation.CUT_OFF: (
            "不好意思，刚才断了一下，我重新说。",
            "抱歉，刚才话没说完就断了，我再说一遍。",
            "刚才直播中断了一下，抱歉，重新回答。",
            "对不起，刚才掉线了，我从头说。",
        ),
        Situation.TAKES_A_MOMENT: (
            "来，看一下公屏上的问题。",
            "这边有朋友在问，我来回答一下。",
            "好，先回一下弹幕里的提问。",
        ),
    },
    "en": {
        Situation.UNKNOWN: (
            "{name}, my notes do not say, so I will not guess. Please check the product page or ask our support team.",
            "That is not in my notes, {name}, so I would rather not guess. Our support team can tell you.",
            "Good question, {name}. I do not have a sure answer, so please check the product page.",
        ),
        Situation.REFUSED: (
            "{name}, I want to get that right before I say it, so please check the product page.",
            "I would rather not answer that off the cuff, {name}. Our support team will know for sure.",
            "Let me not give you a wrong answer, {name}. The product page has the details.",
        ),
        Situation.HAGGLE: (
            "{name}, the shop sets the price and I cannot change it, but I will shout when there is an offer.",
            "I wish I could, {name}! The price on the page is the price, and any offer is shown there too.",
            "Bargaining is above my pay grade, {name}. Have a look at the offers on the page.",
        ),
        Situation.INJECTION: (
            "I am here to talk about the products, so let us stick to those.",
            "I will pass on that. Ask me anything about what is on the table.",
            "Nice try! Now, is there a product I can tell you about?",
        ),
        Situation.ORDER: (
            "Thank you, {name}! If anything comes up when it arrives, just ask.",
            "Thanks for your order, {name}. Please check your delivery address.",
            "Lovely, thank you, {name}. I hope you enjoy it.",
        ),
        Situation.GREETING: (
            "Hi {name}, welcome in!",
            "Hello {name}, good to see you. Ask me anything.",
            "Welcome, {name}! Tell me what you would like to see.",
            "Hey {name}, glad you are here.",
        ),
        Situation.ARE_YOU_AI: (
            "I am an AI digital host, not a real person. What I tell you comes from the shop's product notes.",
            "Honestly, I am an AI host, not a human. For a person, please message the shop's support team.",
            "I am a digital host run by AI. Ask me about the products, and I will answer from the shop's notes.",
        ),
        Situation.WHO: (
            "I am the AI digital host of this show. I present the products and answer your questions.",
            "I am this shop's AI host, here to show you things and answer what you ask.",
        ),
        Situation.THANKS: (
            "You are welcome, {name}. Ask away if there is more.",
            "Any time, {name}. Happy to help.",
        ),
        Situation.CUT_OFF: (
            "Sorry, we were cut off just now, so let me say that again.",
            "Apologies, I was interrupted there. Once more from the start.",
            "Sorry about that break. Here is your answer again.",
            "We dropped out for a moment, sorry. Let me start over.",
        ),
        Situation.TAKES_A_MOMENT: (
            "Let me take a question from the chat.",
            "Okay, there is a question here.",
            "One moment, someone is asking.",
        ),
    },
}

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
    wording = choose(_REPLIES[lang][situation], seed, f"{situation}:{key}")
    name = speakable_name(user, lang)
    text = wording.format(name=name)
    return text[0].upper() + text[1:]


def wordings(situation: Situation, lang: Lang, name: str) -> list[str]:
    """Every wording for the situation, said to ``name``."""
    return [each.format(name=name) for each in _REPLIES[lang][situation]]


def choose(wordings: tuple[str, ...], seed: int, key: str) -> str:
    """One of ``wordings``, evenly and reproducibly."""
    digest = hashlib.blake2b(f"{seed}\x00{key}".encode("utf-8", "replace"), digest_size=8).digest()
    return wordings[int.from_bytes(digest, "big") % len(wordings)]
