"""Whether a sentence asserts what a pattern found in it: it may deny it, ask it, wish for it, or take it back.

A promise is made under conditions (坏了就换, ``if it breaks we replace it``), so that a condition denies nothing here.
A question that wants no answer asserts: 谁家还给终身保修, ``did you know``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from host.mind.guard.stated import CLAUSE_END, either

_SENTENCE = re.compile(r"[^。!！?？;；\n.]+(?:\.(?! |$)[^。!！?？;；\n.]*)*[。!！?？;；\n.]?")
_CLAUSE = re.compile(rf"[{CLAUSE_END}:：]")

_DENIED = either(
    r"不(?:敢|好|去|想|再)?(?:说|讲|吹|保证|承诺|谈|提|比|知道|清楚|确定|了解|记得)|没(?:有)?(?:说|讲"
    r"|写|提|听说|承诺|保证)|说不[准好]",
    r"别(?:担心|怕|急|信)|不(?:用|必)(?:担心|怕)",
    r"\bi could (?:tell|say)\b|\b(?:would|'d) be (?:lying|making)\b",
    r"不(?:是|属于|算|存在|可能)|并非|并没|从不|绝不|谈不上|没有(?:哪|什么|任何人|谁)|有没有|是不是"
    r"|能不能|会不会|可不可以|是否|要不要|包不包|送不送",
    r"(?:人|朋友|家人|宝宝|观众|姐妹|你们?|您)(?:会|想|在|还|也|常)?(?:问|担心)",
    r"\b(?:not|never|cannot|can't|won't|don't|doesn't|isn't|wouldn't|didn't|wasn't) (?:\w+ ){0,3}?"
    r"(?:say|said|claimed|promised|told|claim|promise|tell|know|pretend|guarantee|think|mean|sure|certain|true)\b",
    r"\bno idea\b|\bwhether\b|\basks?\b|\basked\b|\basking\b|\bwish\b|\bif only\b",
)
_NOT = re.compile(
    r"(?:不|没有?|未|无法?|别|非|勿|甭|莫)(?:能|可以?|会|给|支持|再|予|得|接受|做|让|是|有|到|单独|在"
    r"|用|要|肯|收|含|包|带|被|曾){0,3}$"
    r"|(?:\bnot|n't|\bno|\bnever|\bwithout|\bnor|\bneither|\bcannot|\bunable to)(?: \w+){0,3}? ?$"
)
TAKEN_BACK = either(
    r"^(?:也|都|还)?不(?:了|到|成|上)",
    rf"^[^{CLAUSE_END}]{{0,7}}?(?:做不到|不行|不对|不成|不真|假的|没有?这回事|不敢|除外|不算|不在"
    r"|不包|不免|不支持|不保|不换|不修|不赔|不退|不送"
    r"|不发|发不|到不了|退不|送不|别信|不可能|不好说|不清楚|不知道|不确定|说不准|没有$|没有送|要看"
    r"|为准|另算|自费|自理)",
    r"^[^,.!?;]{0,20}?\b(?:is|are|was|does|do|will|can)(?:n't| not)\b"
    r"|^[^,.!?;]{0,12}\bnot (?:included|covered|possible|true|free)\b",
)
_INSIDE = re.compile(
    r"做不到|不好[退换]|能不能|会不会|可不可以|是不是|有没有|[发寄送到包退换]不|不(?:能|可以?|支持|会)?[发寄送包]"
    r"|\b(?:not|cannot|never)\b|n't\b"
)
"""What denies or asks within a match: 海外能不能发."""
_WISHED = either(
    r"就好了|该多好|可惜|但愿|巴不得|希望(?:以后|将来|哪天)",
    r"\bi wish\b|\bif only\b|\bwould be (?:nice|great|lovely)\b",
)
_ASKED = either(
    r"(?:吗|么|没有|是不是|有没有|能不能|会不会|可不可以|包不包|送不送|要不要|是否|哪里|什么|多少"
    r"|怎么|几)[^。!！;；]{0,12}[?？]$",
    r"吗$|有没有[^。!！;；?？]{0,12}$",
    r"^(?:[a-z]+[,:] )*(?:is|are|does|do|can|could|will|would|has|have|was|were|what|which|where|when|how|why|any)\b"
    r"[^?]*\?$",
)
_NO_QUESTION = either(
    r"知道|听说|信不信|谁家|哪家|难道|何不|岂|凭什么",
    r"\b(?:can you believe|do you know|would you believe|how about|what about|what if|who else"
    r"|where else|would you like)\b",
)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a folded text, each with the mark that ends it; the point of 4.5 ends none."""
    yield from (match.group().strip() for match in _SENTENCE.finditer(text) if match.group().strip())


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence."""
    return [part for part in _CLAUSE.split(sentence) if part.strip()]


def clause_of(sentence: str, start: int) -> tuple[int, int]:
    """Where the clause around ``start`` begins and ends in its sentence."""
    begins = max((match.end() for match in _CLAUSE.finditer(sentence, 0, start)), default=0)
    after = _CLAUSE.search(sentence, start)
    return begins, after.start() if after else len(sentence)


def open_to_doubt(sentence: str) -> bool:
    """Whether a sentence asks or wishes, and so asserts nothing."""
    asked = _ASKED.search(sentence.rstrip("。.!！ ")) and not _NO_QUESTION.search(sentence)
    return bool(asked or _WISHED.search(sentence))


def asserts(sentence: str, start: int, end: int) -> bool:
    """Whether the sentence says that what stands at ``start:end`` is so: not denied before it, nor taken back after."""
    if _INSIDE.search(sentence, start, end):
        return False
    begins, _ = clause_of(sentence, start)
    before = sentence[max(begins, start - 60) : start]
    return not (_DENIED.search(before) or _NOT.search(before) or TAKEN_BACK.search(sentence[end:]))


def affirms(pattern: re.Pattern[str], sentence: str) -> bool:
    """Whether a sentence asserts a match of ``pattern``."""
    return any(True for _ in asserted(pattern, sentence))


def asserted(pattern: re.Pattern[str], sentence: str) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` that a sentence asserts."""
    for match in pattern.finditer(sentence):
        if open_to_doubt(sentence):
            return
        if asserts(sentence, *match.span()):
            yield match
