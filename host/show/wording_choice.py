"""Which wording of a line is said: never the one that was said last, where there is another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy

from host.core.utterance import Place
from host.show.cursor import UNCHOSEN, Cursor, Step
from host.show.edits import Scripts, moved_used
from host.show.memory import used_key
from host.show.phrases import choose
from host.show.script import Line


class WordingChoice:
    """Chooses by a ``seed``, and knows which wording of each line was ``used`` last."""

    def __init__(self, seed: str, used: Mapping[str, int]) -> None:
        self._seed = seed
        self._used = dict(used)

    def fork(self) -> WordingChoice:
        """A copy to look ahead with."""
        twin = copy(self)
        twin._used = dict(self._used)
        return twin

    def choose(self, line: Line, cursor: Cursor, number: int, under_way: Iterable[Step]) -> int:
        """A wording for the step with that number: the line's own the first time, later any but the last one, be it
        said or ``under_way``. `UNCHOSEN` where the guard refused each."""
        sayable = [each for each in range(len(line.wordings)) if each not in cursor.refused]
        last = self._last(cursor, under_way)
        others = [each for each in sayable if each != last] or sayable
        if not others:
            return UNCHOSEN
        if last is None:
            return others[0]
        return others[choose(range(len(others)), f"{self._seed}:{number}:{used_key(cursor.place)}")]

    def note_begun(self, place: Place) -> None:
        """A wording was heard, if only in part."""
        self._used[used_key(place)] = place.alternative

    def move(self, old: Scripts, new: Scripts) -> None:
        """Go on in edited scripts."""
        self._used = moved_used(self._used, old, new)

    def _last(self, cursor: Cursor, under_way: Iterable[Step]) -> int | None:
        same = [step for step in under_way if used_key(step.place) == used_key(cursor.place)]
        if same:
            return max(same, key=lambda step: step.number).place.alternative
        return self._used.get(used_key(cursor.place))
