"""What a text does to the facts whose words it uses: whether it says one of something else, gives one part what another
has, or passes over what a fact excepts.

The words of one clause are held together against the clauses of the sheet that have most of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from host.core.reason import Reason
from host.mind.guard.carried import FactIndex
from host.mind.guard.patterns import Claimed
from host.mind.guard.statements import Statement, choices_in, names_of, statements, telling
from host.mind.guard.told import Told, ToldSheet, choices_of, told_by
from host.mind.proof.adjoining import no_such_choice
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
_WHATEVER = re.compile(
    r"哪怕|只要是|不管什么|无论什么|不管哪|无论哪|不管多|无论多|什么[^,，。!！?？;；]{1,6}都|所有的?|全都|[^,，。;；]{1,6}一律"
    r"|\b(?:every single|any kind of|no matter|all of them)\b"
)
"""Says that it holds whatever the case."""
_HOLDS_IF = re.compile(
    r"除[了外]|以外|仅限|只限|限|需要?|须|要求|[及之]?以[上下内]|不足|不满|满|才|如果|(?<!只)要是|加收|另付|不支持|不能|不适"
    r"|\b(?:except|only|unless|excluding|limit|per customer|if|when|or (?:more|less|up|under|over)|up to"
    r"|at (?:least|most)|does not|not for|under|over)\b"
)
"""Says on what it depends."""
_IS = re.compile(r"为|是|用的?|采用|\b(?:is|are|was|were|uses?|comes? in)\b")
_WORD = re.compile(r"[㐀-鿿]{2,}|[a-z]{3,}")
_PART = re.compile(r"[;；。]|\. ")
_AND = re.compile(r" and | but | while |而|[,，]")
_TOPIC = re.compile(r"^[^:]{1,16}: ")


def wrong_relations(folded: str, sheet: FactIndex) -> Iterator[Claimed]:
    """Every clause that says something of the facts that they do not."""
    facts = tuple(sheet.folded.values())
    read = told_by(sheet)
    lineup = line_up(sheet.products[0]) if len(sheet.products) == 1 else None
    for statement in statements(folded):
        clause = folded[statement.start : statement.end].strip()
        if any(_swapped(part, facts) for part in _parts(clause)):
            yield Claimed(clause, Reason("denied_by_fact"))
        near = _nearest((statement.terms & read.known) - names_of(lineup), read.told)
        if near and lineup is not None and (its := _of_other_choices(statement, clause, near, lineup)):
            yield Claimed(clause, Reason("said_of_another", fact=its.text[:40], label=its.text[:40]))
        if near and _ALL.search(clause) and not _SOME.search(folded) and _passed_over(near):
            yield Claimed(clause, Reason("passes_over_exception", fact=near[0].whole[:60]))
    yield from _whatever_the_case(folded, read, lineup)
    if lineup is not None and (clause := no_such_choice(folded, lineup)):
        yield Claimed(clause, Reason("said_of_another", fact=lineup.product.name, label=clause[:40]))


def _whatever_the_case(folded: str, read: ToldSheet, lineup: LineUp | None) -> Iterator[Claimed]:
    """What is said to hold whatever the case, where the fact that is nearest to the whole text depends on something."""
    said = _WHATEVER.search(folded)
    if said is None or _HOLDS_IF.search(folded):
        return
    terms = frozenset[str]().union(*(each.terms for each in statements(folded)))
    near = _nearest((terms & read.known) - names_of(lineup), read.whole)
    if any(_HOLDS_IF.search(each.whole) for each in near):
        yield Claimed(said.group(), Reason("passes_over_exception", fact=near[0].whole[:60]))


def _passed_over(near: Sequence[Told]) -> bool:
    """Whether one of some facts makes an exception, and none says that there is none."""
    return any(_SOME.search(each.whole) for each in near) and not any(_ALL.search(each.whole) for each in near)


def _nearest(terms: frozenset[str], told: Sequence[Told]) -> list[Told]:
    """The clauses of facts that speak of the same, by most of the terms."""
    if not terms:
        return []
    shares = [(len(each.terms & terms), each) for each in told]
    most = max((share for share, _ in shares), default=0)
    return [each for share, each in shares if share == most] if most >= _ENOUGH * len(terms) else []


def _of_other_choices(said: Statement, clause: str, near: Sequence[Told], lineup: LineUp) -> Told | None:
    """The fact that says of other choices only what a clause says of those that it names."""
    mine = choices_in(clause, lineup)
    alike = [each for each in near if bool(each.statement.denied) == bool(said.denied)]
    near = alike or (near if not said.denied else [])
    its = [choices_of(each, lineup) for each in near]
    return near[0] if mine and near and all(other and not mine & other for other in its) else None


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
