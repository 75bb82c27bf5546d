"""What the director keeps across a restart, and how it is read back from the journal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from host.core.journal_events import PLAYED, ROOM_STARTED, SPEAKING
from host.core.utterance import Kind, Place
from host.show.announcer import bridge_template
from host.show.cursor import UNCHOSEN

_ID = re.compile(r"^u(\d{1,15})$")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a show stands."""

    place: Place | None = None
    """Its alternative is -1 at the beginning of a line for which none is chosen yet."""
    text: str = ""
    """The sentence at ``place``, to find it again in an edited script."""
    heard: bool = False
    """Whether it was heard to its end: then the show goes on behind it, else with it."""
    before: str = ""
    """The product that was on air before this one."""
    elapsed: float = 0.0
    """Seconds the product has been on air."""


@dataclass(frozen=True, slots=True)
class DirectorMemory(Standing):
    """What the director keeps."""

    next_id: int = 1
    """Number of the next utterance: ids never repeat in a journal."""
    wished: bool = False
    """Whether what is on air is a viewer's wish, out of the order of play."""
    stood: Standing | None = None
    """Where the order stood then, if it had begun."""
    used: Mapping[str, int] = field(default_factory=dict)
    """``product/segment/line`` to the alternative heard last."""
    noticed: str = ""
    """Wall time at which the last notice that the host is an AI was heard to its end, ISO 8601."""
    bridge: str = ""
    """The bridge or hand-over said last, as its template."""

    @classmethod
    def from_events(cls, events: Iterable[Mapping[str, Any]]) -> DirectorMemory:
        """Fold journal events, oldest first.

        A script sentence that was begun and not heard to its end is where the show goes on; one that was queued
        and withdrawn leaves no trace. A notice counts where it was heard to its end.
        """
        fold = _Fold()
        for event in events:
            fold.add(event)
        return fold.memory()


class _Fold:
    def __init__(self) -> None:
        self._last_id = 0
        self._begun: dict[str, Mapping[str, Any]] = {}
        self._order: Standing | None = None
        self._wish: Standing | None = None
        """While one is told. Neither has its ``elapsed``, but as far as it is over."""
        self._used: dict[str, int] = {}
        self._noticed = ""
        self._bridge = ""
        self._since = 0.0
        self._at = 0.0

    def add(self, event: Mapping[str, Any]) -> None:
        at = _float(event.get("at"))
        if event.get("kind") == ROOM_STARTED or at < self._at:
            self._since += at - self._at
        self._at = at
        match = _ID.match(str(event.get("utterance", "")))
        if match:
            self._last_id = max(self._last_id, int(match[1]))
        if event.get("kind") == SPEAKING:
            self._speaking(event)
        elif event.get("kind") == PLAYED:
            self._played(event)

    def _speaking(self, event: Mapping[str, Any]) -> None:
        kind, place = event.get("utterance_kind"), _place(event.get("place"))
        if kind == Kind.BRIDGE:
            self._bridge = bridge_template(str(event.get("text") or "")) or self._bridge
        if kind != Kind.SCRIPT or place is None:
            return
        self._begun = {str(event.get("utterance")): event}
        self._stands_at(place, str(event.get("text") or ""), wished=event.get("wished") is True)
        self._used[used_key(place)] = place.alternative

    def _stands_at(self, place: Place, text: str, *, wished: bool) -> None:
        last = self._wish if wished else self._order
        if wished and self._wish is None and self._order is not None:
            self._order = replace(self._order, elapsed=self._elapsed(self._order))
        if last is None or last.place is None or last.place.product != place.product:
            before = last.place.product if last and last.place else ""
            last = Standing(before=before)
            self._since = self._at
        elif not wished and self._wish is not None:
            self._since = self._at - last.elapsed
        stands = replace(last, place=place, text=text, heard=False)
        self._order, self._wish = (self._order, stands) if wished else (stands, None)

    def _played(self, event: Mapping[str, Any]) -> None:
        complete = not event.get("interrupted") and _int(event.get("heard"), 0) >= _int(event.get("total"), 1)
        if complete and event.get("utterance_kind") == Kind.NOTICE:
            self._noticed = str(event.get("wall") or "")
        if self._begun.pop(str(event.get("utterance")), None) is not None:
            if self._wish is not None:
                self._wish = replace(self._wish, heard=complete)
            elif self._order is not None:
                self._order = replace(self._order, heard=complete)

    def _elapsed(self, standing: Standing) -> float:
        return max(0.0, self._at - self._since) if standing.place else 0.0

    def memory(self) -> DirectorMemory:
        stands = self._wish or self._order or Standing()
        return DirectorMemory(
            place=stands.place,
            text=stands.text,
            heard=stands.heard,
            before=stands.before,
            elapsed=self._elapsed(stands),
            next_id=self._last_id + 1,
            wished=self._wish is not None,
            stood=self._order if self._wish else None,
            used=dict(self._used),
            noticed=self._noticed,
            bridge=self._bridge,
        )


def used_key(place: Place) -> str:
    """The key of a line in `DirectorMemory.used`."""
    return f"{place.product}/{place.segment}/{place.line}"


def _place(value: Any) -> Place | None:
    if isinstance(value, Place):
        return value
    if not isinstance(value, (list, tuple)) or len(value) != 5:
        return None
    segment, line, alternative, sentence = (_int(number, -2) for number in value[1:])
    if min(segment, line, sentence) < 0 or alternative < UNCHOSEN:
        return None
    return Place(str(value[0]), segment, line, alternative, sentence)


def _int(value: Any, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def _float(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0
