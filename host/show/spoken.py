"""What may stand in a line that is spoken: letters, digits, punctuation of speech, and a sign where it means something.

One list for every construct of every dialect of Markdown and of every other program: what is not on it was meant for
something else than the voice, and is a finding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

_PLAIN = frozenset(
    " ,.!?;'\"()-+&$，。！？；：、…—–‐‑“”‘’（）《》「」『』·・～〜×÷±≈≥≤≠−√∞≡∶°℃℉‰№™®©′″†§¢£¥€₩₫฿₱₹₽₴₸₺₪₦℮¬¿¡"
    "．％／＋－＝￥＄＆【】〔〕［］〖〗〈〉＜＞"
)
"""Signs that are said, or that speech is written with. Brackets are judged before (`host.show.asides`)."""
_WORD = "[A-Za-z0-9]"
_WHERE = {
    "*": r"(?<=[A-Za-z0-9)）%㐀-鿿])\*(?=\d)|(?<=\d )\*(?= \d)",
    "_": rf"(?<={_WORD})_(?={_WORD})",
    "#": rf"(?<={_WORD})#(?![#A-Za-z0-9])|(?<![#\w])#(?={_WORD})|(?<=[㐀-鿿])#(?={_WORD})",
    "@": rf"(?<={_WORD})@(?={_WORD})",
    "~": r"(?<!~)~(?!~)|~(?=~*+(?!\w))",
    "=": r"(?<!=)=(?!=)",
    "^": r"(?<=[A-Za-z0-9)])\^(?=[-\d])",
    "<": r"<(?==? ?[\d.])",
    ">": r">(?==? ?[\d.])",
    "/": r"(?<!/)/(?!/)|(?<=:)/(?=/)|(?<=:/)/",
    "%": r"(?<!%)%(?!%)",
    ":": r":",
}
"""Signs that are said only where they stand for a number, a unit, a name or an address: 500ml*2, #03, >99%, 10^8."""
_ALLOWED = {sign: re.compile(pattern) for sign, pattern in _WHERE.items()}
_SHORTCODE = re.compile(r":[a-z][a-z0-9_+-]{1,30}:", re.IGNORECASE)
_EMOJI_PARTS = frozenset("\u200d\ufe0f\ufe0e\u20e3")


class Why(StrEnum):
    """What a piece is that cannot be said."""

    MARKUP = "markup"
    """Of Markdown or another program: it has to be written otherwise."""
    PICTURE = "picture"
    """An emoji or ornament: it is left out."""


@dataclass(frozen=True, slots=True)
class Unspoken:
    """A piece ``start:end`` of a text that cannot be said."""

    start: int
    end: int
    sign: str
    why: Why


def unspoken(text: str, meant: Collection[int] = (), left_out: Collection[tuple[int, int]] = ()) -> Iterator[Unspoken]:
    """The pieces of a text that cannot be said, but for the spans ``left_out`` of it. The characters at the places
    ``meant`` were written with a backslash before them: exactly they are meant."""
    gone = {at for start, end in left_out for at in range(start, end)}
    shortcodes = {at: match.end() for match in _SHORTCODE.finditer(text) for at in [match.start()]}
    at = 0
    while at < len(text):
        if at in gone:
            at += 1
            continue
        if at in shortcodes and at not in meant and not text[at - 1 : at].isdigit():
            yield Unspoken(at, shortcodes[at], text[at : shortcodes[at]], Why.MARKUP)
            at = shortcodes[at]
            continue
        why = _why_not(text, at) if at not in meant else None
        end = at + 1
        while why and end < len(text) and end not in meant and end not in gone and _goes_on(text, end, why):
            end += 1
        if why:
            yield Unspoken(at, end, text[at:end], why)
        at = end


def _why_not(text: str, at: int) -> Why | None:
    character = text[at]
    if character.isalnum() or character in _PLAIN or character.isspace():
        return None
    if allowed := _ALLOWED.get(character):
        return None if allowed.match(text, at) else Why.MARKUP
    category = unicodedata.category(character)
    if category[0] in "LNM" and character not in _EMOJI_PARTS:
        return None
    picture = category in ("So", "Co", "Cn", "Cf") or (category == "Sk" and not character.isascii())
    return Why.PICTURE if picture or character in _EMOJI_PARTS else Why.MARKUP


def _goes_on(text: str, at: int, why: Why) -> bool:
    """Whether the character belongs to a piece of that kind which began before it."""
    if why is Why.PICTURE and text[at] in _EMOJI_PARTS:
        return True
    return _why_not(text, at) is why
