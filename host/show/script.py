"""What a script file becomes: segments of lines, each line with its alternative wordings, each wording in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from host.core.product import Lang
from host.core.text import bounded, sentences
from host.core.utterance import Direction

MAX_WORDING = 2000
"""Characters of one wording; no line for the air comes near."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest thing the director hands over: what is said between two places where it may be interrupted."""

    text: str
    direction: Direction = Direction()
    source_line: int = 0


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a line."""

    sentences: tuple[Sentence, ...]
    source_line: int = 0

    @property
    def text(self) -> str:
        """The sentences as one text: what identifies a wording across edits of its file."""
        return "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the script: its own wording first, then the alternatives."""

    wordings: tuple[Wording, ...]
    source_line: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """The lines under one heading. The name is empty for lines above the first heading."""

    name: str
    lines: tuple[Line, ...]
    source_line: int = 0


@dataclass(frozen=True, slots=True)
class Script:
    """What is said about one product, in order. Every segment has a line, every line a wording with a sentence."""

    product: str
    lang: Lang
    segments: tuple[Segment, ...]
    path: str = ""

    def lines(self) -> Iterator[tuple[int, int, Line]]:
        """Every line with its segment's and its own index."""
        for number, segment in enumerate(self.segments):
            for index, line in enumerate(segment.lines):
                yield number, index, line


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence's text and where it stands in the text it was split from."""

    text: str
    start: int
    end: int


def split(text: str, lang: Lang) -> list[Span]:
    """Sentences of a text without line breaks. A piece with nothing to pronounce joins the sentence before it."""
    spans: list[Span] = []
    position = 0
    for piece in sentences(text, lang):
        start = text.find(piece, position)
        if start < 0:
            continue
        position = start + len(piece)
        if spans and not any(character.isalnum() for character in piece):
            start = spans.pop().start
        spans.append(Span(bounded(text[start:position], MAX_WORDING), start, position))
    return [span for span in spans if any(character.isalnum() for character in span.text)]
