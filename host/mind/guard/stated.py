"""Whether a text really states what a pattern found in it, and whether the facts state it too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from host.core.reason import Reason
from host.mind.guard.carried import Sheet

CLAUSE_END = ",，。!！?？;；、\n"
"""What ends a clause, for use in a character class."""
_BETWEEN_HAN = re.compile(r"(?<=[㐀-鿿])[ .·*_\-/|~^+]{1,3}(?=[㐀-鿿])")
_CLAUSE = re.compile(rf"[{CLAUSE_END}]|\. ")


def either(*alternatives: str) -> re.Pattern[str]:
    """One pattern of several, each of which stands on a line of its own."""
    return re.compile("|".join(alternatives))


_DENIED = either(
    r"不(?:敢|能|会|好|去|想|跟[你您]|和[你您]|再|必|用)?(?:说|讲|吹|保证|承诺|谈|提|喊|比|知道|清楚|确定|担心|了解)",
    r"没(?:有)?(?:说|讲|写|提)|说不[准好]|不(?:是|属于|算|存在)|并非|并没有?|别(?:信|说|听|担心|怕)|从不|绝不",
    r"(?:会|要|能|是|有)(?:不|没)(?:会|要|能|是|有)|涨不涨|贵不贵|便不便宜|如果|要是|万一",
    r"(?:人|朋友|家人|宝宝|观众|你们?|您)(?:会|想|在)?(?:问|担心)",
    r"\b(?:not|never|cannot|can't|won't|don't|doesn't|isn't|wouldn't) (?:\w+ ){0,2}?"
    r"(?:say|claim|promise|tell|know|pretend|guarantee|think|compare|mean|sure|certain|worry|true)\b",
    r"\bno idea\b|\bif\b|\bwhether\b|\bask(?:s|ed|ing)?\b",
)
_NOT = re.compile(r"(?:不|没有?|未|无|别|非|\bnot|n't|\bno|\bnever|\bwithout|\bisn't|\baren't)(?: an?| the| yet)? ?$")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A statement that the facts in force would have to carry and do not, and what would carry it."""

    text: str
    lacks: Reason


def compact(folded: str) -> str:
    """A folded text without the marks that can be put between Han characters to hide a word."""
    return _BETWEEN_HAN.sub("", folded)


def affirmed(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` that the text states: not those it denies, supposes, or says not to know.

    A question mark excuses nothing: 比别家便宜吧？ is said to be believed.
    """
    for match in pattern.finditer(text):
        if not denied(text, match.start()):
            yield match


def denied(text: str, start: int) -> bool:
    """Whether the clause that leads to ``start`` denies what stands there."""
    before = _CLAUSE.split(text[max(0, start - 60) : start])[-1]
    return bool(_DENIED.search(before) or _NOT.search(before))


def stated(pattern: re.Pattern[str], match: re.Match[str], sheet: Sheet) -> bool:
    """Whether a fact in force states the same: it has a match with the same words in every named group."""
    said = match.groupdict()
    return any(
        all(_alike(word, known.groupdict().get(name)) for name, word in said.items())
        for fact in sheet.folded.values()
        for known in affirmed(pattern, compact(fact))
    )


def _alike(one: str | None, other: str | None) -> bool:
    """Whether two comparands are one: 专柜 and 专柜价, ``amazon`` and ``on amazon``; none matches only none."""
    if one is None or other is None:
        return one == other
    return one.strip() in other or other.strip() in one
