"""Which names of choices belong together, and to what stands beside them: 6公斤装和10公斤装, ``$59 for the Glide``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from host.mind.proof.lineup import Named

_SENTENCE = re.compile(r"[。!！?？]|\. ")
_JOINT = re.compile(r" ?(?:[装版款型码色号]?(?:和|与|及|跟|、|或|/|&)|,? ?(?:and|or|plus)(?: the)?|,) ?")
"""What joins two names to one subject."""
_OF_NAME = re.compile(r"(?: [a-z]+){0,2}? (?:for|on|in|with|to|off)(?: an?| the| each| every)? | ?[(（]")


def behind_preposition(text: str, end: int, named: Sequence[Named]) -> tuple[Named, ...]:
    """The names that follow what ends at ``end``, with a word between that makes it theirs: ``$59 for the Glide``."""
    behind = [name for name in named if name.start >= end]
    if not behind or not _OF_NAME.fullmatch(text[end : behind[0].start]):
        return ()
    return (behind[0], *_run(text, behind[0], behind[1:]))


def joined(text: str, named: Sequence[Named]) -> tuple[Named, ...]:
    """The last of some names, and those that are joined to it: 6公斤装和10公斤装."""
    backward = list(reversed(named))
    found = backward[:1]
    for name in backward[1:]:
        if not _JOINT.fullmatch(text[name.end : found[-1].start]):
            break
        found.append(name)
    return tuple(reversed(found))


def last_before(text: str, named: Sequence[Named], end: int) -> tuple[Named, ...]:
    """What a sentence up to ``end`` speaks of: the names last before it, with those joined to them."""
    start = max((match.end() for match in _SENTENCE.finditer(text, 0, end)), default=0)
    return joined(text, [name for name in named if start <= name.start and name.end <= end])


def _run(text: str, first: Named, rest: Sequence[Named]) -> Iterator[Named]:
    last = first
    for name in rest:
        if not _JOINT.fullmatch(text[last.end : name.start]):
            return
        yield name
        last = name
