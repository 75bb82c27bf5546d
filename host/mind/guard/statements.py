"""A text as statements: what each clause asserts and what it denies, as terms.

Sheet and text go through one reading (`host.lang.stance`) and are compared by their words: groups of one meaning
(`host.lang.alike`, in every language), else bigrams and stems. What a clause denies is a bundle of terms for each thing
it denies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from host.core.number_words import EN_CARDINALS
from host.core.packs import pack
from host.core.product import Lang
from host.lang.alike import alike, meanings, wide
from host.lang.numerals import ZH_NUMERALS
from host.lang.stance.marks import Role
from host.lang.stance.polarity import Polarity, Reading, read
from host.lang.stance.spans import Part
from host.lang.stems import stem
from host.mind.answers.concepts import words
from host.mind.proof.lineup import LineUp

Piece = tuple[int, int]
_STATED = frozenset({Polarity.ASSERTED, Polarity.CONDITIONAL})
_WORD = re.compile(r"[㐀-鿿]+|[a-z0-9][a-z0-9'.-]*")
_BETWEEN = re.compile(r"[、/]|或者?|以及|和|及|\b(?:or|and|nor)\b")
"""What parts the things that one word denies: 不含围巾、内搭和衣架."""
APART = re.compile(
    r"另外?[购配买售拍]|自备|自己(?:去|来|再)?(?:准备|[另买配带备])|单独?[买购拍]"
    r"|避开|避免|绕开|除了|\bsold separately\b|\byour own\b"
    r"|\b(?:leaves?|keeps?|kept)\b.{0,30}\b(?:out|away|off)\b|\bavoid\b|\bsteer clear\b|\boff.limits\b"
    r"|\ba miss\b|\baway from\b|\bskip\b|\bno(?:body|ne|thing)\b|\bno one\b"
)
"""A clause with it tells of what is not in the box, or is to be left out: it neither asserts nor denies that."""
_EXCEPTION = re.compile(
    r"除外|以外|为准|叠加|同用|同享|一[起块同][儿]?[用享减领]|\bcombined?\b|\bexcept\b|\bexcluding\b"
)
"""A clause with it takes something out of another, and denies nothing of it by itself."""
_CONDITION = re.compile(r"[非未没无][^,，。;；]{1,6}?(?<![不没])(?:的|\d|可|能|免费|支持)")
"""What is denied first tells when the rest holds: 未拆封7天内可退, 没拆封的能退, 非人为损坏免费换新."""
_ATTRIBUTIVE = re.compile("[非无]$")
"""Denies the noun behind it, which then is another thing, and no statement: 非人为损坏, 无理由退货."""
_LISTED = re.compile(
    r"(?!just|only|but|instead)(?:(?:or|nor|and) )?[a-z]+(?: [a-z]+)?(?: (?:or|nor|and) [a-z]+(?: [a-z]+)?)?"
)
_COUNTED = re.compile(
    rf"[{ZH_NUMERALS}]{{2,}}|[{ZH_NUMERALS}][个只条件双瓶袋盒包张块次天年月斤克升度号款层份支台把根片]"
    rf"|\b(?:{'|'.join(sorted(EN_CARDINALS, key=len, reverse=True))}|\d[\d.]*)\b"
)
"""Numbers, which tell nothing of what is counted."""
_SLIGHT = 2
"""Characters too few to be what a denial is about."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause by what it asserts and what it denies, each as terms."""

    start: int
    end: int
    asserted: frozenset[str]
    denied: tuple[frozenset[str], ...]
    """A bundle for each thing denied."""

    @property
    def terms(self) -> frozenset[str]:
        """Everything it speaks of."""
        return self.asserted.union(*self.denied)


def names_of(lineup: LineUp | None) -> frozenset[str]:
    """The terms of the names of choices."""
    return telling(" ".join(word for choice in lineup.choices for word in choice.words)) if lineup else frozenset()


@lru_cache(maxsize=512)
def statements(folded: str) -> tuple[Statement, ...]:
    """The clauses of a folded text."""
    reading = read(folded)
    found: list[Statement] = []
    for part in reading.parts:
        made = _statement(reading, part)
        last = found[-1] if found else None
        if last and last.denied and made.asserted and not made.denied and _goes_on(folded, last, part):
            made = replace(made, asserted=frozenset(), denied=(made.asserted,))
        found.append(made)
    return tuple(found)


_TOPIC = re.compile(r"[^:]{1,24}: ")


def stated_by(fact: str) -> tuple[Statement, ...]:
    """The clauses of a fact without its topic, which is a heading and states nothing: ``童锁: 没有童锁``."""
    topic = _TOPIC.match(fact)
    return tuple(each for each in statements(fact) if topic is None or each.end >= topic.end())


def _goes_on(folded: str, last: Statement, part: Part) -> bool:
    """Whether a clause is no more than the next item of a list that is denied: not to Alaska, Hawaii, or PO boxes."""
    clause = folded[part.clause.start : part.clause.end].strip()
    return folded[last.end : last.end + 1] == "," and bool(_LISTED.fullmatch(clause))


def _statement(reading: Reading, part: Part) -> Statement:
    text, clause = part.text, part.clause
    stated, denied = _stated_and_denied(reading, part)
    if _denies_before(part, denied):
        stated, denied = [], sorted(stated + denied)
    if _EXCEPTION.search(text, clause.start, clause.end) or _CONDITION.search(text, clause.start, clause.end):
        denied = []
    if APART.search(text, clause.start, clause.end):
        stated = []
    bundles = [telling(each) for each in _BETWEEN.split(_joined(text, denied))] if denied else []
    return Statement(
        clause.start, clause.end, telling(_joined(text, stated)), tuple(bundle for bundle in bundles if bundle)
    )


def _denies_before(part: Part, denied: Sequence[Piece]) -> bool:
    """Whether a clause denies what stands before its denial, which has next to nothing behind it: 孕晚期不建议购买,
    手机也连不了, ``a table is not included``."""
    denials = [mark for mark in part.marks if mark.is_(Role.NOT, Role.IS_NOT, Role.NO, Role.UNDONE, Role.UNDOES)]
    if not denials or all(_ATTRIBUTIVE.search(part.text[mark.start : mark.end]) for mark in denials):
        return False
    ends = max(mark.end for mark in denials)  # LDAC and aptX are not supported: neither is
    behind = _joined(part.text, [piece for piece in denied if piece[0] >= ends])
    return not telling(behind) or len(behind) <= _SLIGHT


def _stated_and_denied(reading: Reading, part: Part) -> tuple[list[Piece], list[Piece]]:
    """The pieces of a clause. What stands behind a denial is what it denies, up to where the clause turns."""
    text, stated, denied = part.text, list[Piece](), list[Piece]()
    turns = [mark.start for mark in part.marks if mark.is_(Role.TURN, Role.THEN)]
    for start, end in _pieces(part):
        polarity = reading.stance(start, end).polarity
        if _ATTRIBUTIVE.search(text, max(part.clause.start, start - 1), start):
            continue
        behind = (
            bool(denied)
            and not _ended(text[denied[-1][0] : start])
            and not any(denied[-1][1] <= turn < start for turn in turns)
        )
        if polarity is Polarity.DENIED or (behind and polarity in _STATED):
            denied.append((start, end))
        elif polarity in _STATED:
            stated.append((start, end))
    return stated, denied


def _ended(between: str) -> bool:
    """Whether what is denied only tells which thing is spoken of: 没拆封的可以退."""
    return "的" in between


def _pieces(part: Part) -> Iterator[Piece]:
    """The words of a clause that are no marks; of a run of Chinese what stands between two of them.

    A word that is known as a whole is one piece, whatever mark its characters are elsewhere: the 收 of 收纳袋.
    """
    text, at, last = part.text, part.clause.start, -1
    wholes = [word for word in alike(text) if part.clause.start <= word.start < part.clause.end]
    for mark in (*part.marks, None):
        end = mark.start if mark else part.clause.end
        for word in _WORD.finditer(text, at, max(at, end)):
            within = [each for each in wholes if each.start < word.end() and word.start() < each.end]
            start = min([word.start(), *(each.start for each in within)])
            stop = max([word.end(), *(each.end for each in within)])
            if stop > last:
                yield max(start, last), stop
                last = stop
        at = mark.end if mark else end


def _joined(text: str, pieces: Sequence[Piece]) -> str:
    """Pieces with what stands between them where that is no more than a sign, or a mark of a list."""
    made = ""
    for (_, last), (start, end) in zip([(0, 0), *pieces], pieces, strict=False):
        gap = text[last:start] if made else ""
        made += gap if len(gap) <= 1 else "、" if _BETWEEN.search(gap) else " "
        made += text[start:end]
    return made


@lru_cache(maxsize=4096)
def telling(text: str) -> frozenset[str]:
    """The terms of a piece without plain words; words of one meaning are one term."""
    found: set[str] = set()
    rest, last = "", 0
    for start, end in wide(text):
        if not _is_plain(text[start:end]):
            found |= {f"={group}" for group in meanings(text[start:end])}
            rest += text[last:start] + " "
            last = end
    rest = _COUNTED.sub(" ", rest + text[last:])
    for plain in _plain("zh"):
        rest = rest.replace(plain, " ")
    terms = (term.rstrip("e") for term in words(rest))
    return frozenset(term for term in terms if term.isascii() or len(term) > 1) - _plain("en") | found


@cache
def always_told() -> frozenset[str]:
    """The terms of what every sheet tells: a price is nothing that one only denies, though none stands on the box."""
    return telling("价格 价钱 库存 发货 退货 price stock shipping return")


def _is_plain(word: str) -> bool:
    """Whether a word tells nothing of a thing by itself, whatever means the same: 建议, 适合."""
    return word in _plain("zh") or (
        all(stem(each).rstrip("e") in _plain("en") for each in word.split() if each.isascii()) and word.isascii()
    )


@cache
def _plain(lang: Lang) -> frozenset[str]:
    found = (word for _, word in pack(lang).words("untelling.txt"))
    return frozenset(found if lang == "zh" else (stem(word).rstrip("e") for word in found))


def choices_in(text: str, lineup: LineUp) -> frozenset[str]:
    """The ids of the choices that a text names."""
    return frozenset(choice.id for name in lineup.named_in(text) for choice in name.choices)
