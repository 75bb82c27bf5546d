"""Citations in whatever spelling a model writes them, told apart from numbers and names that are meant to be said.

The prompt asks for ``[f3]``; models write ``[3]``, ``【3†source】``, ``[^f3]``, ``（资料3）`` or a bare ``f3`` as well.
`marked` puts one character of a private-use area in the place of each, which the cutting into sentences then takes
along like a letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from host.core.product import Fact

FIRST, LAST = 0xE000, 0xE3E7
"""The characters that stand for facts 0 to 999."""
LED = "\ue7ff"
"""Before a citation that words lead to (“according to …”): it begins what follows, and ends nothing."""
MARKS = f"[{chr(FIRST)}-{chr(LAST)}]"
"""As a character class."""
_WIDEST_RANGE = 10

# Words around and inside a citation.
_LABEL = re.compile(
    "f|facts?|sources?|refs?|references?|cite|citations?|docs?|documents?|passage|chunk|item|id|no|see"
    "|(?:资料|来源|依据|出处|引用|参考|文献|文档|条目|参见|详见|出自|见|事实|编号|根据|据|注|第)+"
)
_COMMAS = frozenset([",", "，", "、", ";"])
_JOINTS = frozenset(["/", "&", "|", "+", ":", "and", "和", "与", "及"])
_RANGES = frozenset(["-", "–", "—", "~", "to", "至", "到"])
_LEADERS = frozenset([":", "#", "^", "_", ".", "-"])
"""What may stand between a label and its number."""
_COUNTERS = frozenset(["条", "号", "项"])
"""What may stand behind the number of something that has a label."""
_LEAD = (
    "(?:(?:根据|依据|按照|参考|参照|参见|详见|见|如|来源于?|资料来源|参考资料|出处"
    "|as (?:stated|shown|noted|listed|mentioned|described) (?:in|by)"
    r"|according to|based on|as per|per|see|sources?|references?|citations?)\s?[:：]?\s?"
    r"(?:(?:资料|事实|(?:the )?(?:facts?|sources?))\s?)?)"
)
_SAYS = "(?:所[示述写列]|里?(?:写|说|显示|表明|提到|记载)(?:的是)?|,? (?:says?|shows?|states?)(?: that)?)"
_TRAIL = f"{_SAYS}?[,，:：]?"

# Its forms.
_BRACKETS = r"(?P<open>[\[［【〔〖(（{]{1,2})(?P<inner>[^\[\]［］【】〔〕〖〗()（）{}\n]{1,64})[\]］】〕〗)）}]{1,2}"
_LINK = r"(?:\((?:#|https?:)[^()\s]{0,80}\))?"
_BARE = r"(?<![A-Za-z\d.])f\d{1,3}(?![A-Za-z\d])(?!\.\d)(?:[\s,，、]{0,2}f\d{1,3}(?![A-Za-z\d])(?!\.\d)){0,8}"
_RAISED = "[¹²³⁰⁴-⁹]"
_CITATION = re.compile(
    rf"(?P<lead>(?<![a-z]){_LEAD})?(?:(?P<bracketed>\^?{_BRACKETS}{_LINK}\^?)|(?P<bare>{_BARE}))(?P<trail>{_TRAIL})"
    rf"|(?:{_LEAD})?(?P<labelled>(?:资料|事实)\s?(?:{_BARE}|第?\d{{1,3}}[条号]?(?=[,，:：。]|{_SAYS}))"
    rf"|(?<![a-z])(?:fact|source) f?\d{{1,3}}(?=[,:.]|{_SAYS})){_TRAIL}"
    rf"|(?:(?<=[。！？!?.])|(?<=[㐀-鿿])(?<!米)(?={_RAISED}{{1,3}}\s?[。！？，；]))\s?(?P<raised>{_RAISED}{{1,3}})",
    re.IGNORECASE,
)
_UNSETTLED = re.compile(
    r"(?:\^?[\[［【〔〖(（{]{1,2}[^\[\]［］【】〔〕〖〗()（）{}\n]{0,64}(?:[\]］】〕〗)）}]{1,2}(?:\([^()\s]{0,80})?)?"
    rf"|(?<![A-Za-z\d])(?:[fF]\d{{0,3}}[ ,，、]{{0,3}}){{1,9}}\.?|{_RAISED}{{1,3}}\s?|\^)$"
)
"""At the end of a text that goes on: what may yet become a citation, or turn out to be none."""
_NOT_OURS = re.compile(rf"[{chr(FIRST)}-{LED}*`\\]")
"""Characters that stand for citations, and the markup a model puts around its own."""
_BETWEEN = re.compile(rf"(?<={MARKS})(?:[ \t,，、;；&和]|and ){{1,4}}(?={MARKS})")
_DESCRIBED = re.compile(r"(f\d{1,3})\s{0,2}[\s:\-–—|·(]\s{0,2}[^\d\s]")
"""``f3: …``: what the fact says, or is called, follows."""
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

    def known(self, cited: Iterable[int]) -> bool:
        """Whether all of them are facts, and none is a word of theirs."""
        return all(number <= self.count and f"f{number}" not in self.words for number in cited)


@dataclass(frozen=True)
class _Inside:
    """What stands between the brackets of a citation. ``named``: a label goes with the numbers (``f``, “source”).
    ``sure``: it is one by a dagger or by raised figures."""

    numbers: tuple[int, ...]
    named: bool
    sure: bool


def marked(text: str, citations: Citations, *, ended: bool) -> str:
    """``text`` with a character for each fact that is cited. Unless it has ended, what might yet become a citation is
    left off its end."""
    text = _NOT_OURS.sub("", text)
    if not ended:
        text = _UNSETTLED.sub("", text)
    found = _CITATION.sub(lambda match: _replaced(match, text, citations), text)
    return _BETWEEN.sub("", found)


def numbers(text: str) -> list[int]:
    """The facts that the characters in a marked text stand for."""
    return [ord(character) - FIRST for character in text if FIRST <= ord(character) <= LAST]


def _replaced(match: re.Match[str], text: str, citations: Citations) -> str:
    if raised := match["raised"]:
        number = int(unicodedata.normalize("NFKC", raised))
        return _characters([number]) if number <= citations.count else match.group()
    if labelled := match["labelled"]:
        return LED + _characters(_digits(labelled))
    cited = _bare(match, text, citations) if match["bare"] else _bracketed(match, text, citations)
    if not cited:
        return match.group()
    return LED + _characters(cited) if match["lead"] else _characters(cited) + match["trail"]


def _bare(match: re.Match[str], text: str, citations: Citations) -> list[int]:
    """What a bare ``f3`` cites, where it can be nothing else: small, at the end of a clause, and no word of a sheet."""
    written, cited = match["bare"], _digits(match["bare"])
    begin, end = match.span("bare")
    before, rest = text[:begin].rstrip(" ")[-1:], text[end:].lstrip(" ")
    ends = rest[:1] in ("", *_ENDS) or (rest[:1] == "." and not rest[1:2].isdigit())
    small, apart = written == written.lower(), before in tuple("。！？!?")
    sure = (small and (ends or apart or match["lead"])) or (apart and ends)
    return cited if sure and citations.known(cited) else []


def _bracketed(match: re.Match[str], text: str, citations: Citations) -> list[int]:
    """What brackets cite. Round ones hold many things and need a label; square ones without need to stand apart."""
    found = _inside(match["inner"])
    if found is None:
        return []
    cited = list(found.numbers)
    if match["open"][0] in "(（{":
        return cited if (found.named or found.sure) and citations.known(cited) else []
    if found.named or found.sure:
        return cited
    begin, end = match.span("bracketed")
    before, behind = text[:begin].rstrip(" ")[-1:], text[end : end + 1]
    apart = behind in ("", *_ENDS, ".", "[", "【") or behind.isspace() or before in ("", *_STARTS)
    return cited if apart and max(cited) <= citations.count else []


def _inside(text: str) -> _Inside | None:
    """What is cited between brackets; None where these hold anything but a citation."""
    plain = unicodedata.normalize("NFKC", text).strip().strip("^#.。")
    sure = "†" in plain or re.search(_RAISED, text) is not None
    found = _read(plain, sure=sure)
    if found is None and (described := _DESCRIBED.match(plain)):
        return _read(described[1], sure=sure)
    return found


def _read(plain: str, *, sure: bool) -> _Inside | None:
    cited: list[int] = []
    named = ranged = False
    for token in _TOKEN.findall(re.sub(r"†[^,;]*", "", plain.casefold())):
        if token.isdecimal() and len(token) <= 3:
            cited += _up_to(cited[-1], int(token)) if ranged else [int(token)]
            ranged = False
        elif _LABEL.fullmatch(token):
            named = True
        elif token in _RANGES and cited and named:
            ranged = True
        elif not _joins(token, labelled=named, sure=sure, begun=bool(cited)):
            return None
    return _Inside(tuple(cited), named, sure) if cited and not ranged else None


def _joins(token: str, *, labelled: bool, sure: bool, begun: bool) -> bool:
    """Whether a token may stand beside the numbers of a citation."""
    if token in _COMMAS or (token in _JOINTS and (labelled or sure)):
        return True
    return labelled and token in (_COUNTERS if begun else _LEADERS)


def _up_to(first: int, last: int) -> Iterable[int]:
    return range(first + 1, last + 1) if first < last <= first + _WIDEST_RANGE else (last,)


def _digits(text: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d{1,3}", text)]


def _characters(cited: Iterable[int]) -> str:
    return "".join(chr(FIRST + number) for number in dict.fromkeys(cited))
