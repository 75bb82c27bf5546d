"""Viewers who cannot hear or see the show: told from their words, and counted. Nobody looks at an unattended room.

A comment reports trouble if every word of one of its clauses is about the show and what is wrong with it: 没声音的风扇
and 这个灯会卡吗 ask about goods. The words are in ``trouble.txt`` of each language pack.
"""

from __future__ import annotations

import re
from functools import cache

from host.core.acts.wants import Trouble
from host.core.comment import Comment, Viewer, viewer_of
from host.core.lexicon import Lexicon
from host.core.reason import Reason

SEVERAL = 3
"""Viewers within `WITHIN` seconds who make a report more than one person's connection."""
WITHIN = 60.0
HOLDS = 180.0
"""Seconds after the last report that an operator is still told."""
MOST_VIEWERS = 1_000
"""Of each kind that are kept in mind."""

_CLAUSE = re.compile(r"(?:[^,，.。!！;；~、\n ]|(?<![㐀-鿿]) (?![㐀-鿿]))+")
_STRETCHED = re.compile(r"([a-z㐀-鿿])\1{2,}")


def trouble_in(folded: str) -> Trouble | None:
    """What trouble with the show a folded comment reports, if any."""
    for match in _CLAUSE.finditer(_STRETCHED.sub(r"\1", folded).replace("'s ", " is ")):
        kinds = [word.kind for word in _lexicon().read(match.group())]
        reported = [Trouble(kind) for kind in kinds if kind in _REPORTED]
        if reported and all(kind in _UNDERSTOOD for kind in kinds):
            return reported[0]
    return None


class TroubleReports:
    """Who reported what lately. Pure: the time is an argument."""

    def __init__(self) -> None:
        self._reports: dict[Trouble, dict[Viewer, float]] = {kind: {} for kind in Trouble}
        self._told: dict[Trouble, tuple[float, int]] = {}
        """When the last of several reported it, and how many they were."""

    def report(self, kind: Trouble, comment: Comment, now: float) -> None:
        """A comment reports trouble. Of viewers without a name each is another."""
        named = comment.viewer or comment.user
        self.note(kind, comment.who if named else viewer_of(comment.source, comment.id, ""), now)

    def note(self, kind: Trouble, viewer: Viewer, now: float) -> None:
        """A viewer reports trouble."""
        reports = self._reports[kind]
        reports.pop(viewer, None)
        reports[viewer] = now
        if len(reports) > MOST_VIEWERS:
            reports.pop(next(iter(reports)))
        recent = sum(now - at <= WITHIN for at in reports.values())
        if recent >= SEVERAL or self._is_told(kind, now):
            self._told[kind] = now, max(SEVERAL, sum(now - at <= HOLDS for at in reports.values()))

    def reasons(self, now: float) -> list[str]:
        """What several viewers report, in words for the operator."""
        told = [(kind, viewers) for kind, (_, viewers) in self._told.items() if self._is_told(kind, now)]
        return [Reason("viewers_report", trouble=kind.value, viewers=viewers) for kind, viewers in told]

    def _is_told(self, kind: Trouble, now: float) -> bool:
        return kind in self._told and now - self._told[kind][0] <= HOLDS


_REPORTED = frozenset(kind.value for kind in Trouble)
_UNDERSTOOD = _REPORTED | {"show", "filler"}


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load("trouble.txt")
