"""A position in a script, the sentences that come from it, and how both survive an edited script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from host.core.utterance import Place
from host.show.script import Line, Script, Sentence

UNCHOSEN = -1


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a script goes on: the sentence that comes next. Past the end of a line, segment or script it is still
    a position; the director moves it on, because what follows depends on the time."""

    product: str
    segment: int = 0
    line: int = 0
    alternative: int = UNCHOSEN
    sentence: int = 0
    refused: frozenset[int] = frozenset()
    """Alternatives of this line that the guard would not have this time round."""

    @property
    def place(self) -> Place:
        """The position as a place, with the line's own wording where none is chosen yet."""
        return Place(self.product, self.segment, self.line, max(0, self.alternative), self.sentence)

    def next_line(self) -> Cursor:
        """The beginning of the line behind this one."""
        return Cursor(self.product, self.segment, self.line + 1)

    def next_segment(self) -> Cursor:
        """The beginning of the segment behind this one."""
        return Cursor(self.product, self.segment + 1)

    @classmethod
    def at(cls, place: Place) -> Cursor:
        """The cursor whose next sentence is ``place``."""
        return cls(place.product, place.segment, place.line, place.alternative, place.sentence)


@dataclass(frozen=True, slots=True)
class Step:
    """A script sentence on its way to be heard."""

    number: int
    """Steps are numbered in the order they are said; one that has to be said again keeps its number."""
    place: Place
    sentence: Sentence
    turn: int
    cut: bool = False
    """It has been heard in part."""
    wished: bool = False
    """Its product is told because a viewer asked for it, out of the order of play."""


def line_at(script: Script, segment: int, line: int) -> Line | None:
    """The line, if the script has it."""
    if 0 <= segment < len(script.segments) and 0 <= line < len(script.segments[segment].lines):
        return script.segments[segment].lines[line]
    return None


def sentence_at(script: Script | None, place: Place) -> Sentence | None:
    """The sentence at a place, if the script has it."""
    line = line_at(script, place.segment, place.line) if script else None
    if line is None or not 0 <= place.alternative < len(line.wordings):
        return None
    sentences = line.wordings[place.alternative].sentences
    return sentences[place.sentence] if 0 <= place.sentence < len(sentences) else None


def find_sentence(script: Script, text: str, near: Place) -> Place | None:
    """The place nearest to ``near`` where the script says ``text``; ``near`` itself if it does."""
    here = sentence_at(script, near)
    if here is not None and here.text == text:
        return replace(near, product=script.product)
    return min(_places(script, text), key=lambda place: _distance(place, near), default=None)


def find_line(script: Script, line: Line, segment: int, index: int) -> tuple[int, int] | None:
    """Segment and line nearest to the given ones that share a wording with ``line``, else a sentence."""
    for texts_of in (_wordings, _sentences):
        texts = texts_of(line)
        same = [(number, at) for number, at, other in script.lines() if texts & texts_of(other)]
        if same:
            return min(same, key=lambda found: (abs(found[0] - segment), abs(found[1] - index)))
    return None


def nearest(script: Script, place: Place) -> Place:
    """The place in ``script`` at the indices of ``place``, or the last one before them."""
    segment = min(place.segment, len(script.segments) - 1)
    lines = script.segments[segment].lines
    line = min(place.line, len(lines) - 1) if segment == place.segment else len(lines) - 1
    same_line = (segment, line) == (place.segment, place.line)
    alternative = min(place.alternative, len(lines[line].wordings) - 1) if same_line else 0
    count = len(lines[line].wordings[alternative].sentences)
    return Place(script.product, segment, line, alternative, min(place.sentence, count - 1) if same_line else 0)


def move_cursor(cursor: Cursor, old: Script | None, new: Script) -> Cursor:
    """The cursor's position in an edited script: by the sentence's text, by the line's, else by number."""
    sentence = sentence_at(old, cursor.place) if cursor.alternative != UNCHOSEN else None
    if sentence is not None:
        found = find_sentence(new, sentence.text, cursor.place)
        return Cursor.at(found or nearest(new, cursor.place))
    line = line_at(old, cursor.segment, cursor.line) if old else None
    if line is None:
        return _within(cursor, new)
    found_line = find_line(new, line, cursor.segment, cursor.line)
    moved = Cursor(cursor.product, *(found_line or (cursor.segment, cursor.line)))
    if found_line is None:
        moved = _within(moved, new)
    return moved if cursor.alternative == UNCHOSEN else moved.next_line()


def _within(cursor: Cursor, script: Script) -> Cursor:
    """The cursor, or the end of the script where it lies beyond."""
    return cursor if cursor.segment < len(script.segments) else Cursor(cursor.product, len(script.segments))


def _wordings(line: Line) -> set[str]:
    return {wording.text for wording in line.wordings}


def _sentences(line: Line) -> set[str]:
    return {sentence.text for wording in line.wordings for sentence in wording.sentences}


def _places(script: Script, text: str) -> Iterator[Place]:
    for segment, index, line in script.lines():
        for alternative, wording in enumerate(line.wordings):
            for number, sentence in enumerate(wording.sentences):
                if sentence.text == text:
                    yield Place(script.product, segment, index, alternative, number)


def _distance(place: Place, near: Place) -> tuple[int, int, int, int]:
    return (
        abs(place.segment - near.segment),
        abs(place.line - near.line),
        abs(place.alternative - near.alternative),
        abs(place.sentence - near.sentence),
    )
