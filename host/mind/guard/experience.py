"""An experience of the host's own: 我用了快一年, ``I wear mine every day``. It has none: it is a program.

To have tried, worn or eaten what one sells is what a viewer trusts, and of an AI host it is untrue whatever the sheet
says (Advertising Law of the PRC, article 38: who recommends goods has used them; FTC 16 CFR 255.1(c)). A shop may have
tested its goods, and to show them is no experience: 我戴上给大家看看.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from host.core.packs import pack, packs
from host.core.reason import Reason
from host.lang.stance.clauses import clauses_of
from host.mind.guard.kinds import ClaimKind, needs_fact
from host.mind.guard.patterns import Claimed

_NEAR, _NEAR_SPACED = 10, 30
"""Characters between who and what is done; in a language with spaces."""
_SAYS = re.compile(r"[说讲聊提问答念]|\b(?:said|told|say|mentioned|asked)\b")
"""Between the two it is of something else: 我昨天说过这个能用很久."""
_DENIES = re.compile(r"[不没未]|\bnot\b|n't\b|\bnever\b")


def experiences(folded: str) -> Iterator[Claimed]:
    """Every clause of a folded text that tells of one."""
    for clause in clauses_of(folded):
        text = folded[clause.start : clause.end]
        place = next((place for lang in packs() for place in _told(text, lang)), None)
        if place and needs_fact(ClaimKind.EXPERIENCE, folded, clause.start + place[0], clause.start + place[1]):
            yield Claimed(text.strip(), Reason("own_experience"))


def _told(clause: str, lang: str) -> Iterator[tuple[int, int]]:
    """Where what is done stands, or the words that say all: who, what and when are in one clause."""
    words = _words(lang)
    if found := words["own"].search(clause):
        yield found.span()
    if not words["past"].search(clause):
        return
    for person in words["person"].finditer(clause):
        use = words["use"].search(clause, person.end(), person.end() + (_NEAR_SPACED if pack(lang).spaced else _NEAR))
        between = clause[person.end() : use.start()] if use else ""
        if use and not _SAYS.search(between) and not words["person"].search(between):
            yield (use if _DENIES.search(between) else person).start(), use.end()


@cache
def _words(lang: str) -> dict[str, re.Pattern[str]]:
    """A pattern for each heading of a language's list; longer words first."""
    found: dict[str, list[str]] = {}
    for heading, word in pack(lang).words("experience.txt"):
        found.setdefault(heading, []).append(word)
    edge = r"\b" if pack(lang).spaced else ""
    return {
        name: re.compile(f"{edge}(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?!们){edge}")
        for name, words in found.items()
    }
