"""A spoken text in the alphabet of Kokoro and hibari, with the place in the text that each stretch of it comes from.

Mandarin is spelled by the house's own readings and sandhi; English, and Latin words in Mandarin, by what the model's
worker says they are read like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from host.core.product import Lang
from host.voice.reading.codes import LOW, ONE_DIALLED, digit_rows, is_code, parted, spelled_out
from host.voice.reading.mandarin_ipa import ipa
from host.voice.reading.pinyin_words import HAN_RUN, words_of

ALPHABET = {
    symbol: number
    for start, symbols in (
        (1, ';:,.!?'), (9, '—…"()“” ̃ʣʥʦʨᵝꭧAI'), (31, "O"), (33, "Q"), (35, "ST"), (39, "W"), (41, "Yᵊabcdef"),
        (50, "hijklmnopqrstuvwxyzɑɐɒæ"), (75, "βɔɕç"), (80, "ɖðʤə"), (85, "ɚɛɜ"), (90, "ɟ"), (92, "ɡ"), (99, "ɥ"),
        (101, "ɨɪʝ"), (110, "ɯɰŋɳɲɴø"), (118, "ɸθœ"), (123, "ɹ"), (125, "ɾɻ"), (128, "ʁɽʂʃʈʧ"), (135, "ʊʋ"),
        (138, "ʌɣɤ"), (142, "χʎ"), (147, "ʒʔ"), (156, "ˈˌː"), (162, "ʰ"), (164, "ʲ"), (169, "↓"), (171, "→↗↘"),
        (177, "ᵻ"),
    )
    for number, symbol in enumerate(symbols, start)
}  # fmt: skip
"""Symbols of Kokoro v1.0 to the numbers its network takes."""

PAUSES = frozenset(';:,.!?—…"()“” ')
"""Symbols that are no sound."""
_MARKS = {
    "，": ",", "、": ",", "。": ".", "！": "!", "？": "?", "：": ":", "；": ";", "（": "(", "）": ")",
    "《": "“", "》": "”", "「": "“", "」": "”", "–": "—", "～": "—",
}  # fmt: skip
_OPENING = "(“"
_LETTERS = r"[^\W\d_㐀-鿿豈-﫿]+"
_LATIN_RUN = re.compile(rf"{_LETTERS}(?:['’.& -]{_LETTERS})*")
_PIECE = re.compile(rf"{HAN_RUN.pattern}|{_LATIN_RUN.pattern}|.", re.DOTALL)


class WordRead(Protocol):
    """A word as English reads it."""

    @property
    def text(self) -> str: ...

    @property
    def spaced(self) -> bool: ...

    @property
    def phonemes(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``first:last`` of the text sound as symbols ``begin:end``."""

    first: int
    last: int
    begin: int
    end: int


@dataclass(slots=True)
class Spelled:
    """A text in the model's alphabet."""

    symbols: str = ""
    spans: list[Span] = field(default_factory=list)

    def sound(self, first: int, last: int, symbols: str) -> None:
        """Write what characters of the text sound like; symbols the model lacks are left out."""
        known = "".join(symbol for symbol in symbols if symbol in ALPHABET)
        begin = len(self.symbols)
        self.symbols += known
        if any(symbol not in PAUSES for symbol in known):
            self.spans.append(Span(first, last, begin, begin + len(known)))

    def space(self) -> None:
        """Part what follows from the word before."""
        if self.symbols and self.symbols[-1] not in " " + _OPENING:
            self.symbols += " "

    def mark(self, symbol: str) -> None:
        """Write a mark of punctuation: close to the word it follows, or to the one it opens."""
        if symbol in _OPENING:
            self.space()
        else:
            self.symbols = self.symbols.rstrip(" ")
        self.symbols += symbol

    def cut(self, longest: int) -> Iterator[Spelled]:
        """The same in pieces of at most ``longest`` symbols, cut where it pauses longest: behind a mark, between words,
        else anywhere."""
        begin = 0
        while begin < len(self.symbols):
            end = self._place_to_cut(begin, longest)
            spans = [
                Span(span.first, span.last, max(span.begin, begin) - begin, min(span.end, end) - begin)
                for span in self.spans
                if span.begin < end and span.end > begin
            ]
            if spans:
                yield Spelled(self.symbols[begin:end], spans)
            begin = end

    def _place_to_cut(self, begin: int, longest: int) -> int:
        if len(self.symbols) - begin <= longest:
            return len(self.symbols)
        window = self.symbols[begin : begin + longest]
        marks = [at for at, symbol in enumerate(window) if symbol in ".!?;:,—…" and at > longest // 4]
        space = window.rfind(" ")
        return begin + (marks[-1] + 1 if marks else space + 1 if space > 0 else longest)

    @property
    def tokens(self) -> list[int]:
        """What the network takes: a pad, the symbols, a pad."""
        return [0, *(ALPHABET[symbol] for symbol in self.symbols), 0]


def latin_runs(spoken: str, lang: Lang) -> list[str]:
    """What of a text English must read, in order."""
    if lang == "en":
        return [spoken]
    found = [(run.group(), spoken[run.end() : run.end() + 1]) for run in _LATIN_RUN.finditer(spoken)]
    return [run for run, behind in found if not spelled_out(run, behind)]


def spell(spoken: str, lang: Lang, english: Mapping[str, Iterable[WordRead]]) -> Spelled:
    """The text in the model's alphabet. ``english`` says how each of `latin_runs` is read, word by word."""
    spelled = Spelled()
    if lang == "en":
        _spell_english(spelled, 0, spoken, english)
    else:
        before = ""
        for piece in _PIECE.finditer(spoken):
            text = piece.group()
            if HAN_RUN.match(text):
                spelled.space()
                _spell_mandarin(spelled, piece.start(), text, coded=is_code(before, text[0]))
            elif _LATIN_RUN.match(text):
                spelled.space()
                _spell_latin(spelled, piece.start(), text, spoken[piece.end() : piece.end() + 3], english)
                spelled.space()
            else:
                _spell_mark(spelled, text)
            before = text
    spelled.symbols = spelled.symbols.rstrip(" ")
    return spelled


def _spell_mandarin(spelled: Spelled, at: int, run: str, *, coded: bool) -> None:
    """``coded``: right behind the letters of a code, whose row of digits has its 一 as it is dialled.

    A low digit again is a word of its own, and the one before it rises: in one breath a network makes two of 五五五.
    """
    rows = list(digit_rows(run))
    joined = {place for first, last in rows for place in range(first + 1, last)}
    groups = {last for _, last in rows} & {first for first, _ in rows}
    dialled = joined | {0} if coded and rows and rows[0][0] == 0 else set()
    twins = {place for place in joined if run[place] == run[place - 1] and run[place] in LOW}
    place = 0
    for word in words_of(run):
        for syllable in word:
            if place in groups:
                spelled.mark(",")
                spelled.space()
            elif place in joined - twins:
                spelled.symbols = spelled.symbols.rstrip(" ")
            if place in dialled and run[place] == "一":
                syllable = ONE_DIALLED
            elif place + 1 in twins:
                syllable = syllable[:-1] + "2"  # of five five five all but the last rise
            spelled.sound(at + place, at + place + 1, ipa(syllable))
            place += 1
        spelled.space()


def _spell_latin(spelled: Spelled, at: int, run: str, behind: str, english: Mapping[str, Iterable[WordRead]]) -> None:
    letters = spelled_out(run, behind[:1])
    if not letters:
        _spell_english(spelled, at, run, english)
        return
    spelled.sound(at, at + len(run), letters)
    if parted(run, behind):
        spelled.mark(",")


def _spell_english(spelled: Spelled, at: int, text: str, english: Mapping[str, Iterable[WordRead]]) -> None:
    place = 0
    for word in english.get(text, ()):
        found = text.find(word.text, place)
        first = place if found < 0 else found
        place = min(len(text), first + len(word.text))
        spelled.sound(at + first, at + place, word.phonemes)
        if word.spaced:
            spelled.space()


def _spell_mark(spelled: Spelled, character: str) -> None:
    symbol = _MARKS.get(character, character if character in PAUSES else "")
    if symbol and symbol != " ":
        spelled.mark(symbol)
        if symbol not in _OPENING:
            spelled.symbols += " "
    elif character.isspace():
        spelled.space()
