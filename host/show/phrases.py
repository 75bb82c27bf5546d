"""What the host says between scripts and answers: bridges, hand-overs, what is sold out, and that it is an AI."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from host.core.product import Lang

Occasion = Literal[
    "back", "handover", "return", "wish_on_air", "wish_later", "wish_unplanned", "correction", "price_correction",
    "sold_out", "variants_gone", "all_sold_out", "opening", "greeting_opening", "reminder",
]  # fmt: skip

PHRASES: Mapping[Lang, Mapping[Occasion, Sequence[str]]] = {
    "zh": {
        "back": (
            "好，咱们接着说。",
            "好的，我们继续往下讲。",
            "那咱们回到刚才的话题。",
            "好嘞，接着给大家介绍。",
            "那我接着往下说。",
            "咱们接着刚才的讲。",
            "好，回到商品上来。",
            "行，那继续给大家讲。",
            "来，我们接着看。",
        ),
        "handover": (
            "好的，那我们来看{link}号链接，{name}。",
            "有朋友想听{link}号链接，那咱们就讲讲{name}。",
            "来，{link}号链接，{name}，这就给大家介绍。",
        ),
        "return": (
            "好，我们回到{link}号链接，{name}，接着刚才的讲。",
            "{link}号链接，{name}，刚才还没讲完，咱们接着说。",
            "那咱们再来看{link}号链接，把{name}讲完。",
        ),
        "wish_on_air": (
            "{user}，现在讲的就是{link}号链接，{name}。",
            "{user}想听的{link}号链接，{name}，正在讲呢。",
        ),
        "wish_later": (
            "{user}，讲完{after}就讲{link}号链接，{name}。",
            "{user}想听{link}号链接，{name}，讲完{after}就轮到它。",
            "收到，{user}，{link}号链接的{name}排在{after}后面。",
        ),
        "wish_unplanned": (
            "{user}，{link}号链接，{name}，这会儿排不开，想了解什么直接打在公屏上。",
            "{user}想听{link}号链接，{name}，现在先不展开讲，有问题直接问我。",
        ),
        "correction": (
            "更正一下，{text}",
            "刚才的回答要更正一下：{text}",
            "不好意思，更正一下刚才说的：{text}",
            "刚才没说准，更正一下：{text}",
        ),
        "price_correction": (
            "价格刚刚有变动，更正一下：{text}",
            "不好意思，刚才说的价格已经改了，{text}",
            "更正一下刚才的价格，{text}",
        ),
        "sold_out": (
            "跟大家说一声，{link}号链接的{name}已经卖完了。",
            "{link}号链接，{name}，已经卖完了，我们看别的。",
        ),
        "variants_gone": (
            "说明一下，{name}的{text}已经没有库存了。",
            "{link}号链接的{text}没有库存了，别的规格还可以看。",
        ),
        "all_sold_out": (
            "直播间里的商品都卖完了，谢谢大家。",
            "商品已经全部卖完了，谢谢大家，有问题还可以问我。",
            "都卖完了，谢谢大家的支持。",
        ),
        "opening": (
            "先跟大家说明一下，我是AI数字人主播，由人工智能生成。",
            "说明一下，本直播间由AI数字人为大家讲解。",
        ),
        "greeting_opening": (
            "大家好，欢迎来到{title}，我是AI数字人主播，由人工智能生成。",
            "欢迎大家来到{title}，我是这里的AI数字人主播。",
        ),
        "reminder": (
            "再跟大家说明一下，我是AI数字人主播，不是真人。",
            "提醒刚进来的朋友，我是由人工智能生成的数字人主播。",
            "顺便说明，本直播间由AI数字人为大家讲解。",
        ),
    },
    "en": {
        "back": (
            "Right, back to where we were.",
            "Okay, let me carry on.",
            "Now, as I was saying.",
            "Good, let's pick that up again.",
            "So, on we go.",
            "Alright, back to it.",
            "Okay, where were we? Here we go.",
            "Let's keep going.",
            "Alright, let's continue.",
            "Back to the show.",
        ),
        "handover": (
            "Sure, let's have a look at link {link}, {name}.",
            "Someone asked about link {link}, so here is {name}.",
            "Here we go, link {link}, {name}.",
        ),
        "return": (
            "Now back to link {link}, {name}, where we left off.",
            "We were not done with link {link}, {name}, so let's pick that up again.",
            "Okay, back to link {link}. Let me finish {name}.",
        ),
        "wish_on_air": (
            "{user}, that is what we are looking at: link {link}, {name}.",
            "{user}, link {link}, {name}, is what I am showing you.",
        ),
        "wish_later": (
            "{user}, link {link}, {name}, comes after {after}.",
            "Noted, {user}. When we are done with {after}, it is link {link}, {name}.",
        ),
        "wish_unplanned": (
            "{user}, I cannot fit in link {link}, {name}, at the moment. Just ask me about it.",
            "{user}, link {link}, {name}, is not up at the moment, but do ask me about it.",
        ),
        "correction": (
            "A correction: {text}",
            "Let me correct what I said before: {text}",
            "I have to correct myself: {text}",
            "Sorry, a correction to my answer: {text}",
        ),
        "price_correction": (
            "A correction, the price has just changed: {text}",
            "Sorry, that price has just been changed. {text}",
            "A correction to the price just now: {text}",
        ),
        "sold_out": (
            "Just so you know, link {link}, {name}, is sold out.",
            "Link {link}, {name}, is sold out, so let's look at something else.",
        ),
        "variants_gone": (
            "A quick note: we have no more {text} in {name} right now.",
            "Just so you know, there is no {text} left of link {link}, {name}.",
        ),
        "all_sold_out": (
            "Everything here is sold out. Thank you all.",
            "We are all sold out, thank you. You can still ask me questions.",
            "All of it is sold out now. Thanks, everyone.",
        ),
        "opening": (
            "Just so you know, I am an AI host, a digital human.",
            "A quick note first: this show is presented by an AI digital human.",
        ),
        "greeting_opening": (
            "Hello everyone, welcome to {title}. I am an AI host, a digital human.",
            "Welcome to {title}, everyone. I am your AI host, a digital human.",
        ),
        "reminder": (
            "A reminder: I am an AI host, not a real person.",
            "For those who just joined, I am a digital human, generated by AI.",
            "As always, this show is presented by an AI digital human.",
        ),
    },
}

_PACK = re.compile(r"(?<!\s)\s++\d.*$")
"""The pack size at the end of a name, which nobody says: 随行保温杯 500ml."""
_FIELD = re.compile(r"\{(title|name|link|after|user|text)\}")
_THIS_SHOW: Mapping[Lang, str] = {"zh": "直播间", "en": "the show"}


def choose(candidates: Sequence[int], seed: str) -> int:
    """One of the candidates; the same seed gives the same one in every run and on every machine."""
    return candidates[random.Random(seed).randrange(len(candidates))]


def phrase(lang: Lang, occasion: Occasion, avoid: Collection[str], unsayable: Collection[str], seed: str) -> str | None:
    """A template for the occasion: none to ``avoid`` if there is another, never an unsayable one; None if none is
    left."""
    sayable = [template for template in PHRASES[lang][occasion] if template not in unsayable]
    others = [template for template in sayable if template not in avoid] or sayable
    return others[choose(range(len(others)), seed)] if others else None


def fill(
    template: str,
    lang: Lang,
    *,
    title: str = "",
    name: str = "",
    link: int = 0,
    after: str = "",
    user: str = "",
    text: str = "",
) -> str:
    """The phrase a template makes, without the pack size of names. Braces in names and titles are taken as they are."""
    values = {
        "title": title or _THIS_SHOW[lang], "name": _PACK.sub("", name) or name, "link": str(link),
        "after": _PACK.sub("", after) or after, "user": user, "text": text,
    }  # fmt: skip
    return _FIELD.sub(lambda field: values[field[1]], template)
