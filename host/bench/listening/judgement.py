"""One sentence judged: how much of it was understood, and whether its numbers are those that were written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from host.bench.listening.alignment import Pair
from host.bench.listening.numbers import Told, differing
from host.bench.listening.words import Unit, compared, respelled, sounded
from host.core.fold import fold
from host.core.product import Lang
from host.lang.normalise import normalise
from host.lang.numerals import number_words

_CODE = re.compile(r"\d{3,}")
_MEETING = re.compile(rf"(?i)\b({'|'.join(sorted(number_words()))}) (?=[$£€¥]?\d)")
"""A number in words right before one in figures: ``get one 50% off`` says no hundred and fifty."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one hearing of a sentence says. ``errors`` of ``units``: syllables without tone, or words;
    ``wrong_characters`` of ``characters``: as spelled."""

    typed: str
    errors: int
    units: int
    wrong_characters: int
    characters: int
    numbers: tuple[Pair[Told], ...]
    """Those that are not what was written."""

    @property
    def right(self) -> bool:
        """Whether every number is heard as it was written."""
        return not self.numbers


def judged(written: str, typed: str, lang: Lang) -> Judgement:
    """``typed`` is what the recogniser made of ``written`` spoken. Pure; total."""
    spoken = spoken_form(written, lang)
    readings = [(heard, compared(spoken, heard, lang)) for heard in _spoken_forms(typed, lang)]
    heard, pairs = min(readings, key=lambda reading: _errors(reading[1]))
    spelled, listened = (_characters(text) for text in (spoken, heard))
    wrong = [differing(spoken, form, lang) for form in (typed, *(respelled(each) for _, each in readings))]
    return Judgement(
        typed=typed,
        errors=_errors(pairs),
        units=sum(len(pair.said) for pair in pairs),
        wrong_characters=Levenshtein.distance(spelled, listened),
        characters=len(spelled),
        numbers=(*misread(written, lang), *_not_sounded(min(wrong, key=len), pairs, lang)),
    )


def misread(written: str, lang: Lang) -> list[Pair[Told]]:
    """The numbers that are others before anything is said: in the text that a voice is given."""
    return differing(written, spoken_form(written, lang), lang)


def spoken_form(written: str, lang: Lang) -> str:
    """What a voice is given for a sentence, with a comma where two numbers would else read as one."""
    return normalise(_MEETING.sub(r"\1, ", written) if lang == "en" else written, lang)


def _not_sounded(wrong: Sequence[Pair[Told]], pairs: Sequence[Pair[Unit]], lang: Lang) -> Iterator[Pair[Told]]:
    """Without those whose own syllables were all heard: 一箱 typed as 以下 has its 一."""
    for pair in wrong:
        lacking = lang == "zh" and not pair.heard
        if not (lacking and all(sounded(pairs, number.start, number.end) for number in pair.said)):
            yield pair


def _spoken_forms(typed: str, lang: Lang) -> list[str]:
    """How what was typed may have been said: a long number is also a code, said digit by digit."""
    apart = _CODE.sub(lambda found: " ".join(found[0]), typed)
    return [normalise(form, lang) for form in dict.fromkeys((typed, apart))]


def _errors(pairs: Sequence[Pair[Unit]]) -> int:
    return sum(not pair.alike for pair in pairs)


def _characters(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalpha())
