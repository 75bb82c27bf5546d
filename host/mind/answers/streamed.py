"""Sentences out of a stream of text, each with the facts it cites: pure, fed piece by piece."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from host.core.text import bounded, clause_ends

MAX_SENTENCE = 220
"""Characters; a sentence that runs on is cut at its last clause, and nothing longer is ever given out."""
NO_ANSWER = "NO_ANSWER"
"""What a model writes where the facts do not carry an answer."""

_END = re.compile(
    r"(?:[。！？!?…]+|(?:(?<![A-Z\d.])(?<!\b[A-Za-z])|(?<=[A-Za-z\d]\.))\.++(?=[\s\[【\"”’)])|(?<=\d)\.(?=[\s\[【])|(?<=[A-Z])\.(?=\s+[A-Z\[【]))[\"”’」』）)]*|\n+"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|approx|etc|vs|no|dr|mr|mrs|ms|st|oz|inc|ltd|min|max)$", re.IGNORECASE
)
_CITATION = re.compile(
    r"\s{0,9}[\[【（(]\s*+(?P<ids>[fF]\d{1,3}(?>\s*+(?:[,，、;和&]\s*+)?[fF]?\d{1,3})*+)\s*+[\]】）)]"
)
"""``[f1]``, ``(F1, F3和4)``. Possessive: there are too many ways to cut a long number into threes."""
_OPEN_BRACKET = re.compile(r"\s{0,9}[\[【][^\]】]{0,40}$")
_NUMBER = re.compile(r"\d{1,3}")
_LIST_MARK = re.compile(r"^\s*(?:[-*•>#]+|\d{1,2}[.)、])\s+")
_MARKUP = re.compile(r"[*_`#~]+")
_KEPT_SYMBOLS = "°℃℉¥￥$€£%+=<>|^"
_SAYS_SOMETHING = re.compile(r"[A-Za-z\u3400-\u9fff\d]")


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence fit to be spoken, and the numbers of the facts it cites."""

    text: str
    facts: tuple[int, ...]


class SentenceStream:
    """Collects text and gives out whole sentences. Bounded: it holds at most one sentence and a little more."""

    def __init__(self) -> None:
        self._buffer = ""

    def feed(self, text: str) -> Iterator[Cited]:
        """Take more text; yield the sentences that are now whole."""
        self._buffer += text
        while (cut := self._cut()) is not None:
            piece, self._buffer = self._buffer[:cut], self._buffer[cut:]
            if cited := _cleaned(piece):
                yield cited

    def flush(self) -> Iterator[Cited]:
        """The end of the text: what is left is a sentence too."""
        piece, self._buffer = self._buffer, ""
        if cited := _cleaned(piece):
            yield cited

    def _cut(self) -> int | None:
        """Where the first whole sentence ends, its citations included; None where more text is needed to tell."""
        for match in _END.finditer(self._buffer):
            if match.group().startswith(".") and _ABBREVIATION.search(self._buffer[: match.start()]):
                continue
            end = match.end()
            while cited := _CITATION.match(self._buffer, end):
                end = cited.end()
            rest = self._buffer[end:]
            if not rest.strip() or _OPEN_BRACKET.match(rest):
                return None
            return end
        return self._forced()

    def _forced(self) -> int | None:
        if len(self._buffer) <= MAX_SENTENCE:
            return None
        ends = [end for end in clause_ends(self._buffer[:MAX_SENTENCE]) if end > MAX_SENTENCE // 4]
        return ends[-1] if ends else MAX_SENTENCE


def _cleaned(piece: str) -> Cited | None:
    """The sentence without citations, markup and pictographs; None where nothing is left to say."""
    numbers: list[int] = []
    for match in _CITATION.finditer(piece):
        numbers += [int(number) for number in _NUMBER.findall(match["ids"])]
    text = _LIST_MARK.sub("", _CITATION.sub("", piece))
    if NO_ANSWER not in text:
        text = _MARKUP.sub("", text)
    text = "".join(
        character
        for character in text
        if character in _KEPT_SYMBOLS or unicodedata.category(character) not in ("So", "Sk")
    )
    text = bounded(text, MAX_SENTENCE)
    return Cited(text, tuple(dict.fromkeys(numbers))) if _SAYS_SOMETHING.search(text) else None
