"""What a text written anew does to the facts whose words it uses: whether it denies one, says it of something else, or
passes over what it excepts.

Under the law of free speech each word is carried; this looks at what the words of one clause say together, against the
clauses of the sheet that have most of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from host.core.fold import fold
from host.core.reason import Reason
from host.lang.everyday import plain_words
from host.lang.stems import root
from host.mind.guard import polarity
from host.mind.guard.carried import FactIndex
from host.mind.guard.contradicted import APART, Statement, contradicted, stated_by, statements, telling
from host.mind.guard.declined import is_declined
from host.mind.guard.patterns import Claimed
from host.mind.guard.polarity import Polarity
from host.mind.guard.vocabulary import LATIN
from host.mind.proof.adjoining import last_before, no_such_choice
from host.mind.proof.lineup import LineUp, line_up

_ENOUGH = 0.6
"""Share of a clause's telling terms that a fact's clause has to have to speak of the same."""
_ALL = re.compile(
    r"全部|全都|所有|任何|任意|随便|不限|反复|哪[个款种]都|无论|不管|照样|通通|统统|全国|大小都"
    r"|\b(?:all of|any|every|whichever|whatever|always|everything|everyone|anything|no matter|no limit)\b"
)
"""Says that there is no exception."""
_SOME = re.compile(
    r"除[了外]|除外|以外|仅限|只限|限|不参加|不支持|加收|另付|\b(?:except|only|unless|excluding|limit|per customer)\b"
)
"""Makes an exception, or a limit."""
_FINE = re.compile(
    r"没事|没关系|不碍事|不要紧|无妨|不会有|没问题|放心|尽管"
    r"|\b(?:no problem|no worries|don't worry|fine|okay|relax|go ahead)\b"
)
"""Says that nothing speaks against it: of what the sheet denies that is to assert it, with whatever negation."""
_NOT = re.compile(r"\b(?:no|not|never|without|nor|none)\b|n't\b")
_MADE_GOOD = re.compile(r"[退换修]|补发|\b(?:return|exchange|replace|repair|refund|send)")
"""What is done where something is not as it should be."""
_IF = re.compile(r"^(?:如果|要是|万一|除非|假如)|的话$|的时候$|时$|吗$|^(?:but |and |so )?(?:if|when|unless|in case)\b")
"""A clause that only supposes or asks."""
_NOT_STATED = frozenset({Polarity.SUPPOSED, Polarity.ASKED, Polarity.REPORTED})
_IS = re.compile(r"为|是|用的?|采用|\b(?:is|are|was|were|uses?|comes? in)\b")
_WORD = re.compile(r"[㐀-鿿]{2,}|[a-z]{3,}")
_PART = re.compile(r"[;；。]|\. ")
_AND = re.compile(r" and | but | while |而|[,，]")
_TOPIC = re.compile(r"^[^:]{1,16}: ")
_FRAGMENT = re.compile(r"(?:^|(?<=[,，。.!！?？;；]))([㐀-鿿]{1,5})[,，。.、…]+ ?(?=[㐀-鿿])")
"""A few characters with a stop behind them, which hide what they say together."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A clause of a fact."""

    text: str
    whole: str
    """The fact that it is of."""
    statement: Statement
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a sheet says, clause by clause, and what it speaks of only to deny it: pregnancy, Duplo, a USB port."""

    told: tuple[_Told, ...]
    known: frozenset[str]
    refused: frozenset[str]
    refused_roots: frozenset[str]
    """The same of its English words: ``usb``, ``laptop``."""
    names: frozenset[str]
    """The terms of the products' names, which to deny denies no fact: ``not the right vacuum for it``."""


def wrong_relations(folded: str, sheet: FactIndex) -> Iterator[Claimed]:
    """Every clause that says something of the facts that they do not."""
    facts = tuple(sheet.folded.values())
    read = _read(facts, tuple(fold(product.name) for product in sheet.products))
    reading = polarity.read(folded)
    lineup = line_up(sheet.products[0]) if len(sheet.products) == 1 else None
    told = statements(folded)
    for at, statement in enumerate(told):
        clause = folded[statement.start : statement.end].strip()
        mine = _choices(clause, lineup) if lineup is not None else frozenset()
        supposed = reading.stance(statement.start, statement.end).polarity in _NOT_STATED
        supposed = supposed or bool(_IF.search(clause)) or _is_condition(folded, told, at)
        contrary = (
            not supposed
            and _contrary(statement, clause, read, lineup, mine)
            and not _is_declined(folded, told, at, read)
        )
        if contrary or any(_swapped(part, facts) for part in _parts(clause)):
            yield Claimed(clause, Reason("denied_by_fact"))
        near = _nearest((statement.terms & read.known) - _names(lineup), read.told)
        if near and lineup is not None and (its := _of_other_choices(statement, clause, near, lineup)):
            yield Claimed(clause, Reason("said_of_another", fact=its.text[:40], label=its.text[:40]))
        if near and _ALL.search(clause) and not _SOME.search(folded) and _passed_over(near):
            yield Claimed(clause, Reason("passes_over_exception", fact=near[0].whole[:60]))
    if lineup is not None and (clause := no_such_choice(folded, lineup)):
        yield Claimed(clause, Reason("said_of_another", fact=lineup.product.name, label=clause[:40]))
    joined = _FRAGMENT.sub(r"\1", folded)
    if joined != folded:  # 孕妇。能用。
        yield from contradicted(joined, sheet)


@lru_cache(maxsize=32)
def _read(facts: tuple[str, ...], names: tuple[str, ...]) -> _Facts:
    told = tuple(
        _Told(fact[each.start : each.end].strip(), fact, each, each.terms) for fact in facts for each in stated_by(fact)
    )
    asserted = frozenset(term for each in told for term in each.statement.asserted)
    denied = frozenset(term for each in told for bundle in each.statement.denied for term in bundle)
    within, beside = (
        frozenset(word for each in told if bool(each.statement.denied) is denies for word in _roots(each.text))
        for denies in (True, False)
    )
    own = frozenset(term for name in names for term in telling(name))
    return _Facts(told, asserted | denied, denied - asserted, within - beside - plain_words("en"), own)


def _roots(text: str) -> frozenset[str]:
    return frozenset(root(word) for word in LATIN.findall(text) if len(word) > 2)


def _is_condition(folded: str, told: Sequence[Statement], at: int) -> bool:
    """Whether what a clause denies is the condition of what is then done: 收到不合身，可以免费换一次."""
    if not told[at].denied or at + 1 >= len(told) or told[at + 1].denied:
        return False
    clause, behind = (folded[each.start : each.end] for each in told[at : at + 2])
    return bool(_MADE_GOOD.search(behind)) and not _MADE_GOOD.search(clause)


def _is_declined(folded: str, told: Sequence[Statement], at: int, read: _Facts) -> bool:
    """Whether a clause mentions what the sheet denies only to decline it."""
    terms, roots = told[at].asserted, _roots(folded[told[at].start : told[at].end])
    refusing = [each for each in read.told if any(terms & bundle for bundle in each.statement.denied)
                or (each.statement.denied and roots & _roots(each.text))]  # fmt: skip
    return is_declined(folded, told, at, frozenset().union(read.names, *(each.terms for each in refusing)))


def _passed_over(near: Sequence[_Told]) -> bool:
    """Whether one of some facts makes an exception, and none says that there is none."""
    return any(_SOME.search(each.whole) for each in near) and not any(_ALL.search(each.whole) for each in near)


def _names(lineup: LineUp | None) -> frozenset[str]:
    """The terms of the names of choices."""
    return telling(" ".join(word for choice in lineup.choices for word in choice.words)) if lineup else frozenset()


def _contrary(said: Statement, clause: str, read: _Facts, lineup: LineUp | None, mine: frozenset[str]) -> bool:
    """Whether a clause asserts what the sheet only denies, says that nothing speaks against it, or denies what a fact
    states."""
    if (not said.denied and said.asserted & read.refused) or _denies_stated(said, read, lineup, mine):
        return True
    if _FINE.search(clause) and not said.terms.isdisjoint(read.refused):
        return True
    asserts = not said.denied and not _NOT.search(clause) and not APART.search(clause)
    return asserts and not _roots(clause).isdisjoint(read.refused_roots)


def _denies_stated(said: Statement, read: _Facts, lineup: LineUp | None, mine: frozenset[str]) -> bool:
    """Whether a clause denies what a fact states, and none denies: 不含谷物 where the sheet has grain. Of a choice that
    it names only what facts state of that one or of all.
    """
    for denied in said.denied:
        bundle = denied - read.names - _names(lineup)
        stated = any(bundle <= each.statement.asserted and _is_of(each, lineup, mine) for each in read.told)
        refused = any(denied & other for each in read.told for other in each.statement.denied)
        if bundle and stated and not refused:
            return True
    return False


def _is_of(told: _Told, lineup: LineUp | None, mine: frozenset[str]) -> bool:
    """Whether a clause of a fact may be about one of some choices."""
    its = _choices_of(told, lineup) if lineup is not None and mine else frozenset()
    return not its or not its.isdisjoint(mine)


def _nearest(terms: frozenset[str], told: Sequence[_Told]) -> list[_Told]:
    """The clauses of facts that speak of the same, by most of the terms."""
    if not terms:
        return []
    shares = [(len(each.terms & terms), each) for each in told]
    most = max((share for share, _ in shares), default=0)
    return [each for share, each in shares if share == most] if most >= _ENOUGH * len(terms) else []


def _of_other_choices(said: Statement, clause: str, near: Sequence[_Told], lineup: LineUp) -> _Told | None:
    """The fact that says of other choices only what a clause says of those that it names."""
    mine = _choices(clause, lineup)
    alike = [each for each in near if bool(each.statement.denied) == bool(said.denied)]
    near = alike or (near if not said.denied else [])
    its = [_choices_of(each, lineup) for each in near]
    return near[0] if mine and near and all(other and not mine & other for other in its) else None


def _choices_of(told: _Told, lineup: LineUp) -> frozenset[str]:
    """The choices that a clause of a fact is about: those it names, or those last named before it in the fact."""
    own = _choices(told.text, lineup)
    if own:
        return own
    before = last_before(told.whole, lineup.named_in(told.whole), told.statement.start)
    return frozenset(choice.id for name in before for choice in name.choices)


def _choices(text: str, lineup: LineUp) -> frozenset[str]:
    return frozenset(choice.id for name in lineup.named_in(text) for choice in name.choices)


def _swapped(clause: str, facts: tuple[str, ...]) -> bool:
    """Whether a clause gives one part what its fact gives to another: 面料是聚酯纤维 of 面料为锦纶，里料为聚酯纤维."""
    said = _parted(clause)
    if said is None:
        return False
    of, what = said
    for items in _items(facts):
        mine = [value for subject, value in items if of & subject]
        its = [value for subject, value in items if not of & subject]
        if mine and not any(what & value for value in mine) and any(what <= value for value in its):
            return True
    return False


@lru_cache(maxsize=32)
def _items(facts: tuple[str, ...]) -> tuple[tuple[tuple[frozenset[str], frozenset[str]], ...], ...]:
    """Of each fact with several items of one form, what each is of and what it says of that."""
    found = []
    for fact in facts:
        told = (item for part in _PART.split(_TOPIC.sub("", fact)) for item in _parts(part))
        items = [parted for item in told if (parted := _parted(item)) is not None]
        if len(items) > 1:
            found.append(tuple(items))
    return tuple(found)


def _parts(clause: str) -> list[str]:
    """A clause, or what it joins, where each has a verb of its own: the body is bamboo and the lid is steel."""
    return _AND.split(clause) if len(_IS.findall(clause)) > 1 else [clause]


def _parted(item: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The terms before and behind the verb of an item; None where it has none, or nothing on either side."""
    verb = _IS.search(item)
    if verb is None:
        return None
    before, behind = _named(item[: verb.start()]), _named(item[verb.end() :])
    return (before, behind) if before and behind else None


def _named(text: str) -> frozenset[str]:
    """The terms of a piece, or, where all of it is plain, its words as they stand: 里料."""
    return telling(text) or frozenset(_WORD.findall(text))
