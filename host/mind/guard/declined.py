"""What a text only mentions, to decline it at once: 酒精？没放。, 怀孕的姐妹先别喝, ``Hawaii? We don't ship there``.

A clause without a verb of its own is a topic, and what is said of it stands in the clauses behind. Where one of these
declines, and denies nothing but what the sheet denies of that topic, the topic is not asserted. 孕妇能喝，不苦 declines
nothing: it has a verb, and what it denies is something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

_AHEAD = 2
"""Clauses behind a topic in which it may be declined."""
_VERB = re.compile(
    r"可以|能(?!不能)|没问题|放心|没事|尽管|支持|都有|也有|就有|就行|也行|有送|会送"
    r"|\b(?:can|may|is|are|was|were|'s|does|has|have|comes|works|fits|goes|ships|will|sure|yes|yep|fine|safe|welcome)\b"
    r"|'(?:s|re|ll)\b"
)
"""What makes of a mention a statement."""
_DEED = "放加添含送带配有行成中用穿喝吃买拍发寄做装进碰沾洗选拿管赔退换修要提测过"
_DECLINES = re.compile(
    r"(?:不|没有?|别|莫|甭|勿|未|无法)(?:再|先|能|要|用|可以|敢|得|太|大|必|怎么|往|给|跟|在|让|拿|它|他|她|您|你|里头?|这|个|都){0,4}"
    rf"(?:推荐|建议|适合|支持|考虑|下手|参加|包括|包含|复盖|兼容|[{_DEED}])?[^,，。!！?？;；]{{0,3}}(?=$|[,，。!！?？;；])"
    r"|不[到了得成起上下动](?:[^,，。!！?？;；]{0,6})(?=$|[,，。!！?？;；])"
    r"|(?:已经?|早就?|都)(?:过|结束)了?|过期|忍一?忍|饶了|免了|算了|绕开|避开|躲开|另说|另算|换别的|看别的|指望不上|没戏|免谈|靠边|等好了再"
    r"|\b(?:no|not|none|neither|nor|never|cannot|skip|avoid|sorry|elsewhere|expired|ended|is over)\b|n't\b"
    r"|\b(?:stay away|steer clear|off limits|a miss|out of the question|pass on)\b"
)
_REASSURES = re.compile(
    r"没事|没关系|不要紧|不碍事|无妨|没问题|放心|[别不][用要]?(?:担心|怕|慌|急|犹豫)|不骗|不瞒|不是吗|对不对|不贵|不少"
    r"|\bno (?:problem|worries|doubt|fear|big deal|extra)\b|\bdon't (?:worry|hesitate|miss)\b"
    r"|\bnot (?:a problem|an issue|to worry)\b"
    r"|[不别][用必要]?(?:再|另外?|自己|单独|额外){1,2}(?:去|再)?[买配带备花掏]|\bno need to (?:buy|bring|get)\b"
)
"""Says that all is well, and what is there needs not be bought: it declines nothing."""


class Clause(Protocol):
    """A clause by its place and by what it asserts and denies."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def asserted(self) -> frozenset[str]: ...
    @property
    def denied(self) -> tuple[frozenset[str], ...]: ...


def is_declined(folded: str, clauses: Sequence[Clause], at: int, known: frozenset[str]) -> bool:
    """Whether the topic that clause ``at`` mentions is declined there or behind it.

    ``known`` are the terms of the facts that deny the topic: a denial of anything else declines nothing.
    """
    topic = folded[clauses[at].start : clauses[at].end]
    if _VERB.search(topic) or _REASSURES.search(topic):
        return False
    for clause in clauses[at + 1 : at + 1 + _AHEAD]:
        text = folded[clause.start : clause.end]
        if _REASSURES.search(text):
            return False
        if _DECLINES.search(text) and frozenset().union(*clause.denied) <= known:
            return True
        if _VERB.search(text):
            return False
    return False
