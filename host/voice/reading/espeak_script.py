"""Mandarin for espeak-ng: characters as pinyin words.

espeak-ng 1.52 reads every character as a word of its own, guesses readings from a small list (行, 长, 还) and spells
jiong, qiong, xiong and erhua syllables out in English. As words of two or three syllables pinyin also flows better.
Latin words stay as they are: the voice reads them in English.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from host.core.media import Phone
from host.voice.reading.pinyin_words import HAN_RUN, words_of
from host.voice.timing.phones import Anchor, is_vowel

_LONGEST_WORD = 4
# In espeak-ng's phone mnemonics: the three syllables that its Mandarin rules lack.
_SPELLED = {"jiong": "tS;j'ong", "qiong": "tS;hj'ong", "xiong": "S;j'ong"}
_CONTOURS = {"1": "55", "2": "35", "3": "214", "4": "51", "5": "11"}


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word in the script: where it stands there, the character it begins with, and its syllables."""

    position: int
    length: int
    first: int
    syllables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """What espeak-ng is given for a text."""

    text: str
    words: tuple[Spelling, ...] = ()
    origin: tuple[int, ...] = ()
    """For each character of ``text`` the character of the spoken text it comes from."""


def script(spoken: str) -> Script:
    """The text with its Han characters as pinyin words, one syllable for each character."""
    parts: list[str] = []
    words: list[Spelling] = []
    origin: list[int] = []

    def write(piece: str, sources: Sequence[int]) -> None:
        parts.append(piece)
        origin.extend(sources)

    at = 0
    for run in HAN_RUN.finditer(spoken):
        write(spoken[at : run.start()], range(at, run.start()))
        first = run.start()
        for syllables in _espeak_words(run.group()):
            write(" ", (first,))
            written = "".join(map(_written, syllables))
            words.append(Spelling(len(origin), len(written), first, syllables))
            write(written, (first,) * len(written))
            first += len(syllables)
        write(" ", (run.end() - 1,))
        at = run.end()
    write(spoken[at:], range(at, len(spoken)))
    return Script("".join(parts), tuple(words), tuple(origin))


def syllable_anchors(written: Script, heard: Sequence[Anchor], phones: Sequence[Phone]) -> list[Anchor]:
    """Anchors in the spoken text, one for each character: word events, divided by the phones of their syllables."""
    by_position = {word.position + offset: word for word in written.words for offset in range(max(1, word.length))}
    anchors: list[Anchor] = []
    for index, anchor in enumerate(heard):
        word = by_position.get(anchor.position)
        if word is None:
            if 0 <= anchor.position < len(written.origin):
                anchors.append(Anchor(written.origin[anchor.position], anchor.time))
            continue
        end = heard[index + 1].time if index + 1 < len(heard) else phones[-1].end
        inside = [phone for phone in phones if anchor.time <= phone.start < end and phone.label]
        for offset, time in enumerate(_syllable_starts(word.syllables, inside, anchor.time, end)):
            anchors.append(Anchor(word.first + offset, time))
    return anchors


def _syllable_starts(syllables: tuple[str, ...], phones: Sequence[Phone], begin: float, end: float) -> Iterator[float]:
    nuclei = [index for index, phone in enumerate(phones) if is_vowel(phone.label)]
    yield begin
    for count in range(1, len(syllables)):
        if len(nuclei) == len(syllables):
            after = nuclei[count - 1] + 1
            nasal = after < nuclei[count] and phones[after].label in ("n", "ŋ")
            yield phones[after + (nasal and syllables[count - 1].rstrip("12345").endswith(("n", "ng")))].start
        else:
            yield begin + (end - begin) * count / len(syllables)


def _written(syllable: str) -> str:
    """A syllable as espeak-ng reads it; one that it would spell out goes as phones."""
    bare, tone = syllable[:-1], syllable[-1:]
    return f"[[{_SPELLED[bare]}{_CONTOURS[tone]}]]" if bare in _SPELLED else syllable


def _espeak_words(run: str) -> Iterator[tuple[str, ...]]:
    """The words of a run, none longer than espeak-ng takes; a syllable that goes as phones is a word of its own."""
    for whole in words_of(run):
        word: tuple[str, ...] = ()
        for syllable in whole:
            alone = syllable[:-1] in _SPELLED
            if word and (alone or len(word) == _LONGEST_WORD or word[-1][:-1] in _SPELLED):
                yield word
                word = ()
            word = (*word, syllable)
        yield word
