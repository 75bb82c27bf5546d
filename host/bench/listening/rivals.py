"""The line-up for a disputed number: the words that were to be said, with another number in its place.

Who has to tell which of them the sound is need not write figures, and knows all else that is said. A number stands
among those that were heard for it, and those it is most easily taken for: one digit another, fifteen and fifty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from host.bench.listening.judgement import Judgement, spoken_form
from host.bench.listening.numbers import Told
from host.core.fold import cased
from host.core.number_words import ZH_DIGITS
from host.core.product import Lang
from host.lang.en.numerals import decimal as english
from host.lang.normalise import normalise
from host.lang.zh.numerals import decimal as chinese
from host.lang.zh.numerals import digits

_SIMILAR = {str(teen): str(10 * (teen % 10)) for teen in range(13, 20)}
"""thirteen and thirty, 十三 and 三十."""
_SIMILAR |= {ten: teen for teen, ten in _SIMILAR.items()}


def line_up(written: str, heard: Sequence[Judgement], lang: Lang) -> list[str]:
    """What may have been said instead of ``written``, by the numbers that these hearings lack. Where a hearing has one
    that stands for none, or lacks several in one, it is what was heard as a whole."""
    spoken = cased(spoken_form(written, lang))
    forms: dict[str, None] = {}
    for each in heard:
        for pair in each.numbers:
            if not all(number.figure for number in pair.said) or not pair.said:
                forms[normalise(each.typed, lang)] = None
                continue
            for number in pair.said:
                others = [
                    *(_as_said(number, other, lang) for other in pair.heard if other.figure),
                    *_rivals(number, lang),
                ]
                forms.update(dict.fromkeys(_instead(spoken, number, other) for other in others))
    return [form for form in forms if form != spoken]


def _instead(spoken: str, number: Told, figure: str) -> str:
    return spoken.replace(number.text, number.text.replace(number.figure, figure), 1)


def _as_said(said: Told, heard: Told, lang: Lang) -> str:
    if _one_by_one(said) and heard.digits:
        return _words(said, heard.digits, lang)
    return normalise(heard.figure, lang)


def _rivals(number: Told, lang: Lang) -> Iterator[str]:
    """The number with one digit another, and what it sounds like; in the words it was said in."""
    written = number.digits if _one_by_one(number) else f"{max(number.figures):f}"
    for place, old in enumerate(written):
        for new in "0123456789" if old.isdecimal() else "":
            other = written[:place] + new + written[place + 1 :]
            if new != old and (_one_by_one(number) or other[0] != "0" or len(other) == 1):
                yield _words(number, other, lang)
    if written in _SIMILAR:
        yield _words(number, _SIMILAR[written], lang)


def _words(like: Told, written: str, lang: Lang) -> str:
    if _one_by_one(like):
        return digits(written, "幺" if "幺" in like.figure else "一")
    return english(written) if lang == "en" else chinese(written)


def _one_by_one(number: Told) -> bool:
    """Whether its digits are said one by one, in Mandarin."""
    return bool(number.digits) and len(number.figure) > 1 and all(sign in ZH_DIGITS for sign in number.figure)
