"""A fact turned round: what the sheet denies and the text asserts, 有童锁 where the sheet says 没有童锁.

Sheet and text go through one reading (`polarity`) and are compared by their words: groups of one meaning
(`host.lang.alike`, in both languages), else bigrams and stems.
What a clause denies is a bundle of them; those that no other fact asserts tell it from the rest of the sheet, and a
clause of the text that asserts most of them says the contrary. Which words these are is nobody's list: they are the
sheet's own. What follows from a denial (no ships to Canada: Toronto) is not seen, and a denial of what a fact states
only under the law of drafts (`contrary`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from host.core.number_words import EN_CARDINALS
from host.core.packs import pack
from host.core.product import Lang
from host.core.reason import Reason
from host.lang.alike import alike, meanings
from host.lang.numerals import ZH_NUMERALS
from host.lang.stance.marks import Role
from host.lang.stance.polarity import Polarity, Reading, read
from host.lang.stance.spans import Part
from host.lang.stems import stem
from host.mind.answers.concepts import words
from host.mind.guard.carried import FactIndex
from host.mind.guard.declined import is_declined
from host.mind.guard.patterns import Claimed
from host.mind.guard.properties import OTHERS
from host.mind.proof.lineup import LineUp, line_up

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
_HAS = re.compile(r"(?<!没)有|自带|支持|配[了有着]|带着?[一-鿿]|\b(?:has|have|comes? with|with|includes?|got)\b")
"""Says that something is there, and does not only speak of it."""
_INSIDE = re.compile(
    r"[盒箱袋包]子?[里内]|包装[里内]|礼盒里|随[机箱盒]|[不未]含|不包[含括]|[附配](?:有|了|好|齐|带|送|赠|上)|自带|不附|不配"
    r"|\b(?:in the box|inside the box|includes?d?|comes? with|you get|thrown? in|box has)\b"
)
"""Says what is in the box, or is not."""
_MOST_TERMS = 8
_LEAD = 12
"""Characters before a clause that may say it is of other goods."""
_SLIGHT = 2
"""Characters too few to be what a denial is about."""
_ENOUGH = 0.6
"""Share of the telling terms that a clause has to assert."""


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


@dataclass(frozen=True, slots=True)
class Denied:
    """What a fact denies: ``telling`` are the terms that no fact asserts, ``all`` those it has."""

    telling: frozenset[str]
    all: frozenset[str]
    clause: str
    """That denies it."""

    def is_in(self, asserted: frozenset[str]) -> bool:
        """Whether a clause that asserts these terms says the contrary."""
        if self.telling:
            several = len(self.all) == 1 or len(self.all & asserted) > 1 or len(self.telling) > 1
            return several and len(self.telling & asserted) >= math.ceil(_ENOUGH * len(self.telling))
        return len(self.all) > 1 and self.all <= asserted


def contradicted(folded: str, sheet: FactIndex) -> Iterator[Claimed]:
    """Every clause that asserts what a fact of the sheet denies, of the same choice if it denies it of some only."""
    facts = tuple(sheet.folded.values())
    denied, mentioned = _denied(facts, False), _denied(facts, True)
    lineup = line_up(sheet.products[0]) if len(sheet.products) == 1 else None
    told = statements(folded) if denied else ()
    for at, statement in enumerate(told):
        if OTHERS.search(folded, max(0, statement.start - _LEAD), statement.end):
            continue  # 超市里的很多都加了糖
        clause = folded[statement.start : statement.end]
        known = denied if _HAS.search(clause) else mentioned
        if not statement.denied and _INSIDE.search(clause):
            known = (*known, *_left_out(facts))
        contrary = [each for each in known if each.is_in(statement.asserted)]
        if lineup is not None and not statement.denied:
            contrary += _of_the_same(clause, statement, facts, lineup)
        if contrary and is_declined(folded, told, at, frozenset().union(*(each.all for each in contrary))):
            continue
        if any(lineup is None or not _of_others(clause, each.clause, lineup) for each in contrary):
            yield Claimed(clause.strip(), Reason("denied_by_fact"))


@lru_cache(maxsize=32)
def _left_out(facts: tuple[str, ...]) -> tuple[Denied, ...]:
    """What facts say is not in the box. Other facts may well speak of it, as of a thing that is sold, given or used."""
    told = _told(facts)
    inside = [(each, clause) for each, clause in told if _INSIDE.search(clause)]
    there = frozenset(term for each, _ in inside for term in each.asserted)
    found = (Denied(bundle - there, bundle - there, clause) for each, clause in inside for bundle in each.denied)
    return tuple(dict.fromkeys(each for each in found if 0 < len(each.telling) <= _MOST_TERMS))


def _of_the_same(clause: str, said: Statement, facts: tuple[str, ...], lineup: LineUp) -> list[Denied]:
    """What facts deny of the choices that a clause names, and it asserts; of others they may well state it:
    150克礼盒没有茶则."""
    mine, own = _choices(clause, lineup), names_of(lineup)
    if not mine:
        return []
    told = _told(facts)
    found = []
    for each, fact_clause in told:
        its = _choices(fact_clause, lineup) if each.denied else frozenset()
        for bundle in each.denied if mine <= its else ():
            about = bundle - own
            stated = any(
                about <= other.asserted and not mine.isdisjoint(_choices(text, lineup)) for other, text in told
            )
            if about and about <= said.asserted and not stated:
                found.append(Denied(about, about, fact_clause))
    return found


@lru_cache(maxsize=32)
def _told(facts: tuple[str, ...]) -> tuple[tuple[Statement, str], ...]:
    """Every clause of some facts, as a statement and as it stands."""
    return tuple((each, fact[each.start : each.end]) for fact in facts for each in stated_by(fact))


def _choices(text: str, lineup: LineUp) -> frozenset[str]:
    return frozenset(choice.id for name in lineup.named_in(text) for choice in name.choices)


def names_of(lineup: LineUp | None) -> frozenset[str]:
    """The terms of the names of choices."""
    return telling(" ".join(word for choice in lineup.choices for word in choice.words)) if lineup else frozenset()


def _of_others(said: str, known: str, lineup: LineUp) -> bool:
    """Whether two clauses name different choices."""
    mine, its = _choices(said, lineup), _choices(known, lineup)
    return bool(mine and its and not mine & its)


@lru_cache(maxsize=128)
def _denied(facts: tuple[str, ...], headings: bool) -> tuple[Denied, ...]:
    """What facts deny; with ``headings`` not what a topic of theirs names, which may be spoken of: 看的是频闪."""
    clauses_of = statements if headings else stated_by
    told = [(each, fact[each.start : each.end]) for fact in facts for each in clauses_of(fact)]
    asserted = frozenset(term for statement, _ in told for term in statement.asserted)
    found = [Denied(bundle - asserted, bundle, clause) for each, clause in told for bundle in each.denied]
    return tuple(
        dict.fromkeys(
            each
            for each in found
            if len(each.telling) <= _MOST_TERMS
            and (each.telling or not any(each.all <= statement.asserted for statement, _ in told))
        )
    )


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


def telling(text: str) -> frozenset[str]:
    """The terms of a piece without plain words; words of one meaning are one term."""
    found: set[str] = set()
    rest, last = "", 0
    for word in alike(text):
        if word.start >= last and not _is_plain(text[word.start : word.end]):
            found |= {f"={group}" for group in meanings(text[word.start : word.end])}
            rest += text[last : word.start] + " "
            last = word.end
    rest = _COUNTED.sub(" ", rest + text[last:])
    for plain in _plain("zh"):
        rest = rest.replace(plain, " ")
    terms = (term.rstrip("e") for term in words(rest))
    return frozenset(term for term in terms if term.isascii() or len(term) > 1) - _plain("en") | found


def _is_plain(word: str) -> bool:
    """Whether a word tells nothing of a thing by itself, whatever means the same: 建议, 适合."""
    return word in _plain("zh") or (
        all(stem(each).rstrip("e") in _plain("en") for each in word.split() if each.isascii()) and word.isascii()
    )


@cache
def _plain(lang: Lang) -> frozenset[str]:
    found = (word for _, word in pack(lang).words("untelling.txt"))
    return frozenset(found if lang == "zh" else (stem(word).rstrip("e") for word in found))
