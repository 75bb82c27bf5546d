"""What a text written anew may not do to the facts whose words it uses: deny what one states, or assert what the sheet
only speaks of to deny it.

Under the law of free speech each word is carried, so that one word which the sheet only denies is enough. A writer's
line may tell of other goods and of a life without (拧开盖子，水已经凉透了): it is held where it asserts what a whole
denial is about (`contradicted`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from host.core.reason import Reason
from host.lang.stance import polarity
from host.lang.stance.polarity import Polarity
from host.mind.guard.carried import FactIndex
from host.mind.guard.contradicted import contradicted
from host.mind.guard.declined import is_declined
from host.mind.guard.patterns import Claimed
from host.mind.guard.statements import APART, Statement, choices_in, names_of, statements
from host.mind.guard.told import Told, ToldSheet, choices_of, roots_of, told_by
from host.mind.proof.lineup import LineUp, line_up

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
_FRAGMENT = re.compile(r"(?:^|(?<=[,，。.!！?？;；]))([㐀-鿿]{1,5})[,，。.、…]+ ?(?=[㐀-鿿])")
"""A few characters with a stop behind them, which hide what they say together."""


def contraries(folded: str, sheet: FactIndex) -> Iterator[Claimed]:
    """Every clause that turns a fact round by a single word of it."""
    read = told_by(sheet)
    reading = polarity.read(folded)
    lineup = line_up(sheet.products[0]) if len(sheet.products) == 1 else None
    told = statements(folded)
    for at, statement in enumerate(told):
        clause = folded[statement.start : statement.end].strip()
        supposed = reading.stance(statement.start, statement.end).polarity in _NOT_STATED
        if supposed or _IF.search(clause) or _is_condition(folded, told, at):
            continue
        if _contrary(statement, clause, read, lineup) and not _is_declined(folded, told, at, read):
            yield Claimed(clause, Reason("denied_by_fact"))
    joined = _FRAGMENT.sub(r"\1", folded)
    if joined != folded:  # 孕妇。能用。
        yield from contradicted(joined, sheet)


def _is_condition(folded: str, told: Sequence[Statement], at: int) -> bool:
    """Whether what a clause denies is the condition of what is then done: 收到不合身，可以免费换一次."""
    if not told[at].denied or at + 1 >= len(told) or told[at + 1].denied:
        return False
    clause, behind = (folded[each.start : each.end] for each in told[at : at + 2])
    return bool(_MADE_GOOD.search(behind)) and not _MADE_GOOD.search(clause)


def _is_declined(folded: str, told: Sequence[Statement], at: int, read: ToldSheet) -> bool:
    """Whether a clause mentions what the sheet denies only to decline it."""
    terms, roots = told[at].asserted, roots_of(folded[told[at].start : told[at].end])
    refusing = [each for each in read.told if any(terms & bundle for bundle in each.statement.denied)
                or (each.statement.denied and roots & roots_of(each.text))]  # fmt: skip
    return is_declined(folded, told, at, frozenset().union(read.names, *(each.terms for each in refusing)))


def _contrary(said: Statement, clause: str, read: ToldSheet, lineup: LineUp | None) -> bool:
    """Whether a clause asserts what the sheet only denies, says that nothing speaks against it, or denies what a fact
    states."""
    if (not said.denied and said.asserted & read.refused) or _denies_stated(said, clause, read, lineup):
        return True
    if _FINE.search(clause) and not said.terms.isdisjoint(read.refused):
        return True
    asserts = not said.denied and not _NOT.search(clause) and not APART.search(clause)
    return asserts and not roots_of(clause).isdisjoint(read.refused_roots)


def _denies_stated(said: Statement, clause: str, read: ToldSheet, lineup: LineUp | None) -> bool:
    """Whether a clause denies what a fact states, and none denies: 不含谷物 where the sheet has grain. Of a choice that
    it names only what facts state of that one or of all.
    """
    mine = choices_in(clause, lineup) if lineup is not None else frozenset()
    denied = frozenset[str]().union(*said.denied)  # 主机通过电、刷头拆封后不能退 denies neither of the two
    bundle = denied - read.names - names_of(lineup)
    stated = any(bundle <= each.statement.asserted and _is_of(each, lineup, mine) for each in read.told)
    refused = any(denied & other for each in read.told for other in each.statement.denied)
    return bool(bundle) and stated and not refused


def _is_of(told: Told, lineup: LineUp | None, mine: frozenset[str]) -> bool:
    """Whether a clause of a fact may be about one of some choices."""
    its = choices_of(told, lineup) if lineup is not None and mine else frozenset()
    return not its or not its.isdisjoint(mine)
