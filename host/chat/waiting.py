"""Comments that wait for an answer: the most worthwhile first, equal ones together, stale ones out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from host.core.alike import alike, gist
from host.core.comment import Comment, Intent, Verdict
from host.core.figures import counter, gauge
from host.core.fold import fold

EXPIRES_AFTER = 120.0


@dataclass(slots=True)
class Group:
    """Comments that one answer replies to: the oldest speaks for all."""

    comments: list[Comment]
    verdict: Verdict
    order: int
    key: str = field(default="", repr=False)

    @property
    def comment(self) -> Comment:
        """The one to answer."""
        return self.comments[0]

    @property
    def worth(self) -> float:
        """Score, and a little more for every viewer who asks the same."""
        return self.verdict.score + 0.03 * min(len(self.comments) - 1, 10)


@dataclass(frozen=True, slots=True)
class WaitingStatus:
    """How full the line is."""

    waiting: int = gauge("comments that wait for an answer", name="comments_waiting")
    displaced: int = counter("comments that gave way to others in the line", name="comments_displaced")


class WaitingComments:
    """A bounded queue by worth. When it is full, the least worthwhile and youngest comment is displaced."""

    def __init__(self, limit: int = 200, *, expires_after: float = EXPIRES_AFTER) -> None:
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._limit = limit
        self._expires_after = expires_after
        self._groups: list[Group] = []
        self._size = 0
        self._order = 0
        self._displaced = 0

    def status(self) -> WaitingStatus:
        """What waits, and what was displaced since the start."""
        return WaitingStatus(self._size, self._displaced)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Group]:
        """What waits, the next one first."""
        return iter(sorted(self._groups, key=_turn))

    def offer(self, comment: Comment, verdict: Verdict) -> list[Comment]:
        """Put a comment in line; returns those displaced, for the verdict DROPPED. It may be the new one itself."""
        group = self._alike(comment, verdict)
        if group is not None:
            group.comments.append(comment)
        else:
            self._order += 1
            self._groups.append(Group([comment], verdict, self._order, _key(comment.text)))
        self._size += 1
        out = []
        while self._size > self._limit:
            out.append(self._displace())
        return out

    def take(self, now: float) -> Group | None:
        """The group to answer next, out of the queue; groups that only hold stale comments wait for `expire`."""
        fresh = [group for group in self._groups if not all(self._stale(comment, now) for comment in group.comments)]
        if not fresh:
            return None
        group = min(fresh, key=_turn)
        self._groups.remove(group)
        self._size -= len(group.comments)
        return group

    def expire(self, now: float) -> list[Comment]:
        """Take out what has waited too long, for the verdict EXPIRED."""
        out: list[Comment] = []
        for group in self._groups:
            if all(self._stale(comment, now) for comment in group.comments):
                out += group.comments
        gone = {comment.id for comment in out}
        self._groups = [group for group in self._groups if group.comment.id not in gone]
        self._size -= len(out)
        return out

    def remove(self, comment_id: str) -> Comment | None:
        """Take one comment out, for an operator who dismisses or answers it."""
        for group in self._groups:
            for comment in group.comments:
                if comment.id == comment_id:
                    group.comments.remove(comment)
                    self._size -= 1
                    if not group.comments:
                        self._groups.remove(group)
                    return comment
        return None

    def _alike(self, comment: Comment, verdict: Verdict) -> Group | None:
        if verdict.intent is Intent.ORDER:
            return None
        key = _key(comment.text)
        for group in self._groups:
            if group.verdict.intent is not verdict.intent or group.verdict.product != verdict.product:
                continue
            if verdict.intent is not Intent.QUESTION or alike(key, group.key):
                return group
        return None

    def _displace(self) -> Comment:
        group = max(self._groups, key=_turn)
        comment = group.comments.pop()
        self._size -= 1
        self._displaced += 1
        if not group.comments:
            self._groups.remove(group)
        return comment

    def _stale(self, comment: Comment, now: float) -> bool:
        return now - comment.at > self._expires_after


def _turn(group: Group) -> tuple[float, int]:
    return (-group.worth, group.order)


def _key(text: str) -> str:
    return gist(fold(text[:500]))
