"""Sentences out of a text that still comes, each with the facts it cites: a pure function of the text so far."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from host.core.text import bounded, clause_ends
from host.mind.answers.citations import LED, MARKS, Citations, marked, numbers
from host.mind.answers.marks import without_marks
from host.mind.answers.no_answer import is_no_answer

MAX_SENTENCE = 220
"""Characters; a sentence that runs on is cut at its last clause, and nothing longer is ever given out."""
_NESTED = 4
"""How many citations and marks may stand inside one another; a model that writes more writes no sentence."""
_FORESIGHT = 8
"""Characters behind a full stop within which it is certain that it is one."""

_END = re.compile(
    r"(?:[。！？!?…]+"
    rf"|(?:(?<![A-Z\d.])(?<!\b[A-Za-z])|(?<=[A-Za-z\d]\.))\.++(?=[\s\[【\"”’)]|{MARKS})"
    rf"|(?<=\d)\.(?=[\s\[【]|{MARKS})"
    rf"|(?<=[A-Z])\.(?=\s{{1,4}}[A-Z\[【]|\s{{0,4}}{MARKS})"
    r")[\"”’」』）)】]*|\n+"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|approx|etc|vs|no|dr|mr|mrs|ms|st|oz|inc|ltd|min|max)$", re.IGNORECASE
)
_SEPARATORS = " \t,，、;；&和"
_CITED_BEHIND = re.compile(rf"(?:[{_SEPARATORS}]{{0,4}}{MARKS})*")
_CITED_LAST = re.compile(rf"{MARKS}[\s。！？!?….\"”’」』）)】*_`]*$")
_DEFINITION = re.compile(rf"^\s{{0,9}}{LED}?{MARKS}{{1,9}}\s{{0,3}}[:：]")
"""A footnote's text: it says a fact again, for readers."""
_CITED = re.compile(rf"\s{{0,9}}(?:{LED}|{MARKS})(?:\s{{1,4}}(?=[。！？，、；…,.!?;]))?")
_HOLLOW = re.compile(r"[(（\[【]\s?[)）\]】]|[,，、;；:：]\s{0,3}(?=[.。!！?？]\s{0,3}$)")
"""What a citation leaves behind that stood alone in brackets, or behind a comma."""
_LIST_MARK = re.compile(r"^\s*(?:[-•>#]+|\d{1,2}[.)、])\s+")
_MARKUP = re.compile(r"[_#~]+")
_KEPT_SYMBOLS = "°℃℉¥￥$€£%+=<>|^"
_SAYS_SOMETHING = re.compile(r"[A-Za-z\u3400-\u9fff\d]")


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence fit to be spoken, and the numbers of the facts it cites."""

    text: str
    facts: tuple[int, ...]
    cites_last: bool = field(default=False, compare=False)
    """Whether it ends with its citation, as the prompt asks."""


class SentenceStream:
    """Collects text and gives out whole sentences, the same ones however the text is cut."""

    def __init__(self, citations: Citations = Citations()) -> None:  # noqa: B008 - immutable
        self._citations = citations
        self._text = ""
        self._given = 0

    def feed(self, text: str) -> Iterator[Cited]:
        """Take more text; yield the sentences that are now whole."""
        self._text += text
        yield from self._more(ended=False)

    def flush(self) -> Iterator[Cited]:
        """The end of the text: what is left is a sentence too."""
        yield from self._more(ended=True)

    def _more(self, *, ended: bool) -> Iterator[Cited]:
        found = sentences(self._text, self._citations, ended=ended)
        given, self._given = self._given, max(self._given, len(found))
        yield from found[given:]


def sentences(text: str, citations: Citations, *, ended: bool) -> list[Cited]:
    """The sentences of ``text``; unless it has ended, those that nothing behind it can change."""
    read = marked(text, citations, ended=ended)
    pieces: list[str] = []
    at = 0
    while at < len(read) and (cut := _cut(read, at, ended=ended)) is not None:
        pieces.append(read[at:cut])
        at = cut
    return [cited for piece in pieces if (cited := _cleaned(piece, citations))]


def _cut(text: str, at: int, *, ended: bool) -> int | None:
    """Where the sentence that begins at ``at`` ends, its citations included; None where more text is needed to tell."""
    for match in _END.finditer(text, at):
        if match.start() - at > MAX_SENTENCE:
            break
        if match.group().startswith(".") and _ABBREVIATION.search(text, at, match.start()):
            continue
        behind = None if match.group().startswith("\n") else _CITED_BEHIND.match(text, match.end())
        end = behind.end() if behind else match.end()
        return end if ended or text[end:].strip(_SEPARATORS + "\n") else None
    if len(text) - at > MAX_SENTENCE + (0 if ended else _FORESIGHT):
        ends = [end for end in clause_ends(text[at : at + MAX_SENTENCE]) if end > MAX_SENTENCE // 4]
        return at + (ends[-1] if ends else MAX_SENTENCE)
    return len(text) if ended else None


def _cleaned(piece: str, citations: Citations) -> Cited | None:
    """The sentence without citations, markup and pictographs; None where nothing is left to say."""
    if _DEFINITION.match(piece):
        return None
    text = _bare(piece, citations).lstrip(" ,，、;；:：")
    text = _LIST_MARK.sub("", text)
    text = text if is_no_answer(text) else _MARKUP.sub("", text)
    text = "".join(
        character
        for character in text
        if character in _KEPT_SYMBOLS or unicodedata.category(character) not in ("So", "Sk")
    )
    text = bounded(text, MAX_SENTENCE)
    if not _SAYS_SOMETHING.search(text):
        return None
    return Cited(text, tuple(dict.fromkeys(numbers(piece))), _CITED_LAST.search(piece) is not None)


def _bare(piece: str, citations: Citations) -> str:
    """Without citations, and without what their removal makes of what stood around them."""
    text = _HOLLOW.sub("", _CITED.sub("", piece))
    for _ in range(_NESTED):
        again = _HOLLOW.sub("", _CITED.sub("", marked(without_marks(text), citations, ended=True)))
        if again == text:
            break
        text = again
    return text
