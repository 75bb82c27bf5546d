"""Citations in whatever spelling a model writes them, told apart from numbers and names that are meant to be said.

The prompt asks for ``[f3]``; models write ``[3]``, ``【3†source】``, ``[^f3]``, ``（资料3）`` or a bare ``f3`` as well.
`marked` puts one character of a private-use area in the place of each, which the cutting into sentences then takes
along like a letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from host.core.product import Fact

FIRST, LAST = 0xE000, 0xE3E7
"""The characters that stand for facts 0 to 999."""
LED = "\ue7ff"
"""Before a citation that words lead to (“according to …”): it begins what follows, and ends nothing."""
MARKS = f"[{chr(FIRST)}-{chr(LAST)}]"
"""As a character class."""
_WIDEST_RANGE = 10

_LABEL_RUN = re.compile(
    "f|facts?|sources?|refs?|references?|cite|citations?|id|see"
    "|(?:资料|来源|依据|出处|引用|参考|文献|参见|详见|见|事实|编号|根据|据|注)+"
)
_COMMAS = frozenset([",", "，", "、", ";"])
_JOINTS = frozenset(["/", "&", "+", ":", "and", "和", "与", "及"])
_LEADERS = frozenset([":", "#", "^", "_", ".", "-"])
"""What may stand between a label and its number."""
_RANGES = frozenset(["-", "–", "—", "~", "to", "至", "到"])
_LEADS = (
    "(?:根据|依据|按照|参考|参照|参见|详见|见|如|来源于?|资料来源|参考资料|出处"
    "|according to|based on|as per|per|see|sources?|references?|citations?)"
)
_LABEL = "(?:资料|事实|(?:the )?(?:facts?|sources?))"
_LEAD = rf"(?:{_LEADS}\s?[:：]?\s?(?:{_LABEL}\s?)?)"
_TRAIL = "(?:所[示述写列]|里?(?:写|说|显示|表明|提到|记载)(?:的是)?|,? (?:says?|shows?|states?)(?: that)?)?[,，:：]?"

_BRACKETS = (
    r"(?P<open>[\[［【〔〖(（{]{1,2})\s{0,3}(?P<inner>[^\[\]［］【】〔〕〖〗()（）{}\n]{1,64})[\]］】〕〗)）}]{1,2}"
)
_LINK = r"(?:\((?:#|https?:)[^()\s]{0,80}\))?"
_BARE = r"(?<![A-Za-z\d.])[fF]\d{1,3}(?![A-Za-z\d])(?!\.\d)(?:[\s,，、]{0,2}[fF]\d{1,3}(?![A-Za-z\d])(?!\.\d)){0,8}"
_CITATION = re.compile(
    rf"(?P<lead>(?<![A-Za-z]){_LEAD})?(?:(?P<bracketed>{_BRACKETS}{_LINK})|(?P<bare>{_BARE}))(?P<trail>{_TRAIL})"
    rf"|(?P<labelled>(?:资料|事实)\s?{_BARE}){_TRAIL}"
    r"|(?<=[。！？!?.])\s?(?P<raised>[¹²³⁰⁴-⁹]{1,3})",
    re.IGNORECASE,
)
_UNSETTLED = re.compile(
    r"(?:[\[［【〔〖(（{]{1,2}[^\[\]［］【】〔〕〖〗()（）{}\n]{0,64}(?:[\]］】〕〗)）}]{1,2}(?:\([^()\s]{0,80})?)?"
    r"|(?<![A-Za-z\d])(?:[fF]\d{0,3}[ ,，、]{0,3}){1,9}\.?|[¹²³⁰⁴-⁹]{1,3})$"
)
_BETWEEN = re.compile(rf"(?<={MARKS})(?:[ \t,，、;；&和]|and ){{1,4}}(?={MARKS})")
_TOKEN = re.compile(r"[a-z]+|\d+|[^\W\da-z_]+|[^\w\s]|_")
_ENDS = "。！？!?，,；;、\n)）]】〕”’\"'"
_STARTS = "。！？!?，,；;、.…\n"


@dataclass(frozen=True)
class Citations:
    """How far the facts of a prompt are numbered, and which of its words look like a bare citation (a key ``F3``)."""

    count: int = 999
    words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Citations:
        """Those of the facts as they are numbered."""
        listed = list(facts)
        found = re.findall(r"(?<![a-z\d])f\d{1,3}(?![a-z\d])", " ".join(fact.text for fact in listed).casefold())
        return cls(len(listed), frozenset(found))


def marked(text: str, citations: Citations, *, ended: bool) -> str:
    """``text`` with a character for each fact that is cited. Unless it has ended, what might yet become a citation is
    left off its end."""
    text = _NOT_OURS.sub("", text)
    if not ended:
        text = _UNSETTLED.sub("", text)
    found = _CITATION.sub(lambda match: _replaced(match, text, citations), text)
    return _BETWEEN.sub("", found)


_NOT_OURS = re.compile(rf"[{chr(FIRST)}-{LED}*`\\]")
"""Characters that stand for citations, and the markup a model puts around its own."""


def numbers(text: str) -> list[int]:
    """The facts that the characters in a marked text stand for."""
    return [ord(character) - FIRST for character in text if FIRST <= ord(character) <= LAST]


def _replaced(match: re.Match[str], text: str, citations: Citations) -> str:
    lead, trail = match["lead"] or "", match["trail"] or ""
    if raised := match["raised"]:
        number = int(unicodedata.normalize("NFKC", raised))
        return _characters([number]) if number <= citations.count else match.group()
    if match["labelled"]:
        return LED + _characters(_digits(match["labelled"]))
    cited = _bare(match, text, citations) if match["bare"] else _bracketed(match, text, citations)
    if cited is None:
        return match.group()
    return LED + _characters(cited) if lead else _characters(cited) + trail


def _bare(match: re.Match[str], text: str, citations: Citations) -> list[int] | None:
    """What a bare ``f3`` cites, where it can be nothing else: small, at the end of a clause, and no word of a sheet."""
    written, cited = match["bare"], _digits(match["bare"])
    known = citations.words.isdisjoint(re.findall(r"f\d+", written.casefold())) and max(cited) <= citations.count
    begin, end = match.span("bare")
    before, behind = text[:begin].rstrip(" ")[-1:], text[end:].lstrip(" ")[:1]
    ends = not behind or behind in _ENDS or (behind == "." and not text[end:].lstrip(" ")[1:2].isdigit())
    small, apart = written == written.lower(), before != "" and before in "。！？!?"
    sure = (small and (ends or apart or match["lead"])) or (apart and ends)
    return cited if known and sure else None


def _bracketed(match: re.Match[str], text: str, citations: Citations) -> list[int] | None:
    found = inside(match["inner"])
    if found is None:
        return None
    cited, named, sure = found
    if match["open"][0] in "(（{" and not (named and max(cited) <= citations.count):
        return None
    if match["open"][0] in "(（" and not citations.words.isdisjoint(f"f{number}" for number in cited):
        return None
    if named or sure:
        return cited
    begin, end = match.span("bracketed")
    before, behind = text[:begin].rstrip(" ")[-1:], text[end : end + 1]
    apart = not behind or behind.isspace() or behind in _ENDS + ".[【" or not before or before in _STARTS
    return cited if apart and max(cited) <= citations.count else None


def inside(text: str) -> tuple[list[int], bool, bool] | None:
    """The numbers between the brackets of a citation; whether a name goes with them (``f``, “source”), and whether a
    dagger makes it sure. None where they hold anything else."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip().lstrip("^#")
    sure = "†" in plain
    cited: list[int] = []
    named = ranged = False
    for token in _TOKEN.findall(re.sub(r"†[^,;]*", "", plain)):
        if token.isdecimal() and len(token) <= 3:
            cited += _up_to(cited[-1], int(token)) if ranged and cited else [int(token)]
            ranged = False
        elif _LABEL_RUN.fullmatch(token):
            named = True
        elif token in _RANGES and cited and named:
            ranged = True
        elif token == ":" and cited and named:
            break  # what the fact says follows
        elif not (
            token in _COMMAS or (token in _JOINTS and (named or sure)) or (token in _LEADERS and named and not cited)
        ):
            return None
    return (cited, named, sure) if cited and not ranged else None


def _up_to(first: int, last: int) -> Iterator[int]:
    return iter(range(first + 1, last + 1) if first < last <= first + _WIDEST_RANGE else (last,))


def _digits(text: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d{1,3}", text)]


def _characters(cited: Iterable[int]) -> str:
    return "".join(chr(FIRST + number) for number in dict.fromkeys(cited))
