"""Slips of people who do not know YAML. Each is found by what YAML makes of the sheet once its row is mended
(`host.show.rows`), and told in the writer's terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from host.core.errors import Finding, InvalidFile
from host.core.findings import found
from host.core.yamlfile import Document, compose
from host.core.yamlnodes import Place
from host.show.keys import FAQ_KEYS, KEYS, LISTS, OFFER_KEYS, canonical
from host.show.rows import Mend, above, mended

ROUNDS = 30
"""Readings of one text: half a second each for the longest."""


@dataclass(frozen=True, slots=True)
class Read:
    """A sheet as YAML reads it once its slips are mended; no document where it still cannot be read."""

    document: Document | None
    findings: list[Finding]


def read(text: str, path: str, first_line: int) -> Read:
    """The document of a sheet, with a finding for each slip that had to be mended.

    A slip counts when YAML reads on once it is mended, or finds a key or an entry where there was only text: what is
    said of the text before follows from the slips, and only what is said of the mended text is kept.
    """
    rows = text.split("\n")
    now = _parsed(rows, path, first_line)
    mends = [mend for number, row in enumerate(rows) if (mend := mended(number, row, above(rows, number)))]
    taken: list[Mend] = []
    rounds = ROUNDS
    for together in _runs(mends):
        for attempt in (together, *([mend] for mend in together if len(together) > 1)):
            attempt = [
                mend for mend in attempt if mend not in taken and (mend.of_words or isinstance(now, InvalidFile))
            ]
            if not attempt or rounds <= 0:
                continue
            rounds -= 1
            trial = rows.copy()
            for mend in attempt:
                trial[mend.number] = mend.meant
            after = _parsed(trial, path, first_line)
            if _better(now, after, [first_line + mend.number for mend in attempt]):
                rows, now = trial, after
                taken += attempt
    said: list[Finding] = []
    if isinstance(now, InvalidFile):
        # YAML has not come this far. What begins in the first column down there is no text that goes on: it is a key.
        stop = now.findings[0].line - first_line if rounds > 0 else -1
        beyond = [
            mend for mend in mends if mend.number > stop and mend not in taken and not rows[mend.number][0].isspace()
        ]
        said = list(now.findings) if rounds > 0 or not beyond else []
        taken += beyond
    said += [found(slip.code, path, first_line + mend.number, **slip.details) for mend in taken for slip in mend.slips]
    return Read(now if isinstance(now, Document) else None, sorted(said, key=lambda finding: finding.line))


def _runs(mends: Sequence[Mend]) -> Iterator[list[Mend]]:
    """Mends of rows that follow each other: the keys of a group are read as one text until all of them are mended."""
    for _, run in groupby(enumerate(mends), key=lambda each: each[1].number - each[0]):
        yield [mend for _, mend in run]


def _parsed(rows: Sequence[str], path: str, first_line: int) -> Document | InvalidFile:
    try:
        return compose("\n".join(rows) + "\n", path, first_line, typed=False)
    except InvalidFile as error:
        return error


def _better(before: Document | InvalidFile, after: Document | InvalidFile, lines: Sequence[int]) -> bool:
    """Whether YAML reads on, or finds keys and entries in all of these lines that it did not find."""
    if isinstance(before, InvalidFile):
        return isinstance(after, Document) or _further(before, after)
    if isinstance(after, InvalidFile):
        return False
    known, gained = _places(before), _places(after)
    lost, still = ({each.line for each in document.unread} for document in (before, after))
    return all(gained.get(line, set()) - known.get(line, set()) or line in lost - still for line in lines)


def _further(before: InvalidFile, after: InvalidFile) -> bool:
    """Whether YAML has read on, or stumbles over something else in the same line."""
    new, old = after.findings[0], before.findings[0]
    return new.line > old.line or (new.line == old.line and new.message != old.message)


def _places(document: Document) -> dict[int, set[Place]]:
    """What begins in each line, where a key or an entry may begin."""
    places: dict[int, set[Place]] = {}
    for place, line in document.lines.items():
        if not _within_text(place):
            places.setdefault(line, set()).add(place)
    return places


def _within_text(place: Place) -> bool:
    """Whether a key there would stand within a text: 注意：小心 among the aliases, or as an offer, is no group."""
    top = KEYS.get(canonical(place[0]))
    if top in LISTS:
        return len(place) > 2
    if top == "promotions":
        return len(place) > 2 and canonical(place[2]) not in OFFER_KEYS
    asked = [at for at, key in enumerate(place) if FAQ_KEYS.get(canonical(key)) == "q"]
    return top == "faq" and bool(asked) and len(place) > asked[0] + 2
