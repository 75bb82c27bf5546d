"""What the marks around a claim make of it: each rule asks one thing about one `Span`.

A mark reaches to the end of its clause, except where the next clause takes back or leaves open what this one names.
Where a rule cannot tell, it says no, and the claim stands: a word put beside a claim must never excuse it by chance.
"""

from __future__ import annotations

from collections.abc import Sequence

from host.lang.stance.marks import Mark, Role
from host.lang.stance.spans import REST, Part, Span, has, size

NEAR_HAN, NEAR_LATIN = 7, 20
"""Characters between a claim and the words in its clause that take it back: 新疆包邮现在做不到."""
SHORT = 12
"""Marks of a clause that may take back what the one before it says; longer ones say something of their own."""


def wished(span: Span) -> bool:
    """但愿…, 要是…就好了, ``I wish …``: it is not so."""
    if has(span.before, Role.WISH) or has((*span.inside, *span.after), Role.WISHED):
        return True
    return span.next is not None and span.next.bare and has(span.next.marks, Role.WISHED)


def answered(span: Span) -> bool | None:
    """Whether a question is answered, by whoever it is put: with yes (海外免邮吗？当然！), or no and nothing else."""
    asks = span.last.clause.ends_with == "?" or span.last.asks or has(span.part.marks, Role.ASK)
    opens = span.answer.opens if span.answer is not None and asks else None
    if opens is None or span.answer is None:
        return None
    denied = has(span.answer.marks[:SHORT], Role.NOT, Role.NO, Role.IS_NOT, Role.UNDOES)
    if opens.is_(Role.YES) and not denied:
        return True
    return False if denied and not span.answer.rest else None


def reported(span: Span) -> bool:
    """Put in the mouth of somebody who asks, or who is not to be believed: 别听人说不便宜 says that it is."""
    if has(span.governing, Role.HEARSAY) and span.part.clause.ends_with != "?":
        return len(span.part.denying(span.start)) % 2 == 0
    if span.part.presumes or has(span.part.marks, Role.RHETORICAL):
        return False
    asking = next((mark for mark in span.governing if mark.is_(Role.ASK)), None)
    if asking is not None:
        asked = (mark for mark in (*span.governing, *span.after) if mark.start >= asking.end)
        return span.part.asks or has(asked, Role.WHETHER, Role.IF, Role.DOUBT, Role.ABOUT)
    before = span.previous
    if before is None or not span.part.asks or has(span.before, Role.NOT, Role.IS_NOT):
        return False
    return any(mark.is_(Role.ASK) and size(before.after(mark)) <= 1 for mark in before.marks)


def doubted(span: Span) -> bool:
    """Said not to be known: before it, after it, or in a clause that says nothing else."""
    if _open(span):
        return True
    if any(_unknown(mark, span.last, span.after) and _near(span, mark) for mark in span.after):
        return True
    later = span.next
    if later is None or not later.bare or not (span.part.asks or has(span.part.marks, Role.ASK, Role.ABOUT)):
        return False
    return any(_unknown(mark, later, later.marks) for mark in later.marks)


def feared(span: Span) -> bool:
    """不用担心涨价: said to be no danger."""
    worry = next((mark for mark in reversed(span.before) if mark.is_(Role.WORRY)), None)
    if worry is None or span.text[worry.end : span.start].strip("会再"):
        return False
    return len(span.part.denying(worry.start)) % 2 == 1


def denials(span: Span, *, own: bool) -> int:
    """How often it is denied; twice is not at all. ``own``: what is denied within it is part of what it says."""
    reaching = span.part.denying(span.start, complete=own)
    unsaid = [span.part.denying(mark.start) for mark in span.governing if mark.is_(Role.SAY)]
    spent = {mark.start for denying in (reaching, *unsaid) for mark in denying}
    whole = sum(mark.is_(Role.IS_NOT) and mark.start not in spent and not _no_lie(mark, span) for mark in span.before)
    if span.part is not span.last:
        reaching, whole = [], 0  # what is not paid for in 不用付钱，送毛巾 is not the towel
    if has(span.governing, Role.HEARSAY) or any(_others(denying, span.before) for denying in unsaid):
        return 0  # who dares not say it, or is wrong to say the contrary, bears it out
    undone = not own and any(_undoes(mark, span) for mark in span.inside)
    return len(reaching) + sum(_hers(denying, span.before) for denying in unsaid) + whole + undone + _taken_back(span)


def staked(span: Span) -> bool:
    """Denied only to stake something on it: 不是日本进口的就退, 不比隔壁便宜我跟你姓, 不是最低价，我赔你."""
    if has(span.after, Role.THEN, Role.FORFEIT):
        return True
    first = next(iter(span.after), None)
    if first is not None and first.is_(Role.PERSON) and not span.text[span.end : first.start].strip(" 的了"):
        return True
    return span.next is not None and has(span.next.marks, Role.FORFEIT)


def _open(span: Span) -> bool:
    """Whether what governs a claim leaves it open.

    Who does not know how many, or when, takes it for granted; so does who does not know what is put as no question.
    """
    for mark in span.governing:
        if not _unknown(mark, span.part, span.before):
            continue
        later = [other for other in (*span.governing, *span.after) if other.start >= mark.end]
        if has(later, Role.WHETHER, Role.IF):
            return True
        if has(later, Role.QUERY, Role.WHY):
            return False
        return not mark.is_(Role.KNOW) or has(later, Role.DOUBT) or span.part.asks
    return False


def _unknown(mark: Mark, part: Part, beside: Sequence[Mark]) -> bool:
    """Whether a mark says that something is not known."""
    return mark.is_(Role.DOUBT) or (mark.is_(Role.SURE, Role.KNOW) and _hers(part.denying(mark.start), beside))


def _hers(denying: Sequence[Mark], beside: Sequence[Mark]) -> bool:
    """Whether a denial is odd and the host's own."""
    return len(denying) % 2 == 1 and not _others(denying, beside)


def _others(denying: Sequence[Mark], beside: Sequence[Mark]) -> bool:
    """Whether it is another who denies saying so: 没人敢说比这便宜."""
    return bool(denying) and any(mark.is_(Role.OTHER) for mark in beside if mark.start < denying[-1].start)


def _no_lie(denial: Mark, span: Span) -> bool:
    """Whether a denial is one of lying, and so a pledge: 不是骗您的."""
    later = (mark for mark in span.before if mark.start >= denial.end)
    said = next((mark for mark in later if not mark.is_(Role.LIGHT)), None)
    return said is not None and said.is_(Role.LIE)


def _undoes(mark: Mark, span: Span) -> bool:
    """Whether a mark that begins within a claim denies its verb: 不发 at its end, 发不了 anywhere."""
    if mark.is_(Role.NOT) and span.text[mark.start].isascii():
        return True
    if mark.is_(Role.UNDOES, Role.BACK, Role.FALSE) and mark.end > span.end - REST:
        return mark.is_(Role.FALSE) or mark.end >= span.end
    return mark.is_(Role.UNDOES) and not mark.is_(Role.NOT)


def _taken_back(span: Span) -> bool:
    """Denied after it: 新疆包邮做不到, …那是不可能的, ``… is not included``."""
    if any(_takes_back(mark, span) for mark in span.after):
        return True
    naming = next((at for at, mark in enumerate(span.after) if mark.is_(Role.THAT)), len(span.after))
    if _untrue(span.after[naming:], span.last):
        return True
    later = span.next
    if later is None:
        return False
    if later.opens is not None and later.opens.is_(Role.THAT):
        return _untrue(later.marks[:SHORT], later)
    return not later.rest and has(later.marks, Role.FALSE) and not has(later.marks, Role.LIE)  # …，我们做不到


def _untrue(marks: Sequence[Mark], part: Part) -> bool:
    """Whether words that name what was said deny it: 这话我不敢说, ``that is not true``."""
    return any(
        mark.is_(Role.FALSE) or (mark.is_(Role.SAY) and _hers(part.denying(mark.start), marks)) for mark in marks
    )


def _takes_back(mark: Mark, span: Span) -> bool:
    if mark.is_(Role.UNDONE) and mark.start == span.end:
        return True
    if not mark.is_(Role.BACK, Role.FALSE) or not _near(span, mark):
        return False
    if any(other.is_(Role.NOT) and other.end <= mark.start for other in span.after):
        return False  # 不买不行
    return span.text[mark.start].isascii() or size(span.last.after(mark)) <= REST


def _near(span: Span, mark: Mark) -> bool:
    gap = span.text[span.end : mark.start]
    return len(gap) <= (NEAR_LATIN if gap.isascii() and gap.strip() else NEAR_HAN)
