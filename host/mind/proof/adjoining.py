"""Which names of choices belong together, and to what stands beside them: 6公斤装和10公斤装, ``$59 for the Glide``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from host.mind.proof.lineup import LineUp, Named

_OFFERED = re.compile(
    r"也有|都有|也能拍|也可以拍|有货|\b(?:comes? in|available|get (?:that|it|this|them)|in the|in an?)\b"
)
_TAKEN_BACK = re.compile(r"只|没|不|比|还是|\b(?:only|not|no|never|than|or)\b|n't\b")
_REACH = 6
"""Characters behind a name within which it is offered."""
_FAR = 30
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


def no_such_choice(text: str, lineup: LineUp) -> str:
    """The piece of a text that offers a choice which there is not: 雾霾蓝的，2XL也有, where 2XL comes in black alone.

    The two names are of different places in the names of choices, for of two colours neither is the other's size.
    """
    for one, other in pairwise(lineup.named_in(text)):
        piece = text[one.start : other.end + _REACH]
        apart = not {choice.id for choice in one.choices} & {choice.id for choice in other.choices}
        if not apart or other.start - one.end > _FAR or _TAKEN_BACK.search(piece) or not _OFFERED.search(piece):
            continue
        places = [_places(text, name, lineup) for name in (one, other)]
        if all(places) and places[0].isdisjoint(places[1]):
            return text[one.start : other.end]
    return ""


def _places(text: str, named: Named, lineup: LineUp) -> set[int]:
    """At which place of the names of choices a word of theirs stands; where it is named in other words (五件套,
    ``five-piece``), at which those that are meant have one word."""
    said = text[named.start : named.end].removesuffix("'s")
    found = set()
    for choice in lineup.choices:
        for place, word in enumerate(choice.name.lower().split()):
            if said in word or word in said:
                found.add(place)
    if found or len(named.choices) < 2:
        return found
    alike = zip(*(choice.name.lower().split() for choice in named.choices), strict=False)
    return {place for place, words in enumerate(alike) if len(set(words)) == 1}
