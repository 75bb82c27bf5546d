"""Numbers that are names or parts of names: telephone numbers, codes, standards, models, positions, addresses."""

from __future__ import annotations

import re

from host.core.product import Lang
from host.lang.lexicon import Lexicon, lexicon
from host.lang.measures import measure_at
from host.lang.money import money_behind
from host.lang.tokens import Address, Code, Grade, Height, Name, Numbered, Short, Token, Version

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]{1,200}|[\w.+-]{1,64}@[A-Za-z0-9.-]{1,100}\.[A-Za-z]{2,10}"
    r"|(?:[A-Za-z0-9-]{1,63}\.){1,4}(?:com|cn|net|org|shop|io|top|cc|co|uk)(?:/[!-~]{0,100})?(?!\w)",
    re.ASCII,
)
_TELEPHONE = {
    "zh": re.compile(
        r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d.])|0\d{2,3}-\d{7,8}(?!\d)"
        r"|[48]00[- ]\d{3,4}[- ]\d{3,4}(?!\d)|[48]00\d{7}(?!\d)"
    ),
    "en": re.compile(r"(?:\+?\d{1,2}[- ])?\(?\d{3}\)?[- ]\d{3}[- ]\d{4}(?!\d)|\d{3}-\d{4}(?!\d)"),
}
_ABROAD = re.compile(
    r"\+\d{1,3}(?:[ -]\d{1,5}){2,5}(?!\d)|\d{3,4}(?:-\d{3,4}){2}(?!\d)|0\d{1,4}(?:[ -]\d{3,4}){2}(?!\d)"
)
_DIALLED = re.compile(r"\d{3,6}(?![\d.,:/-]{0,12}\d)")
_CODE = re.compile(r"\d(?:[\d -]{1,30}\d)(?![\d.%])")
_ROOM = re.compile(r"\d{3,5}(?![\d.])")
_ZEROS = re.compile(r"0\d{1,30}(?![\d.]*\d)")
_LONG = re.compile(r"\d{13,}")
_STANDARD = re.compile(r"[A-Z]{1,5}(?:/[A-Z]{1,3})?\s?\d{2,6}(?:\.\d{1,3})?[-:–](?:19|20)\d\d(?!\d)")
_MODEL = re.compile(
    r"(?:[A-Za-z]{1,20}|\d{1,12}(?:\.\d{1,4})?(?=-?[A-Za-z]))(?:(?:-|\.(?=\d{3}))?(?:\d{1,12}(?:\.\d{1,4}){0,3}|[A-Za-z]{1,20})){1,8}"
)
_APART = re.compile(r"[A-Z]{2,8}\s\d{3,12}(?:[A-Za-z]{1,3})?(?![\d.,%A-Za-z])")
_PLUSES = re.compile(r"\+{1,5}(?!\s?\d)")
_PLUS_NAME = re.compile(r"([A-Za-z]{1,20})(\+{1,5})(?![+\w]|\s?\d)")
_PART = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)*")
_GRADE = re.compile(r"(\d{3})([A-Z]?)(?!\d|[.,]\d)")
_KNOWN_GRADES = ("304", "316", "430", "201")
_POSITION = re.compile(r"#\s?(\d{1,6})(?![\d.]*\d)|(?i:no)(?:\.\s?|\s(?=\d{1,2}\b))(\d{1,6})(?!\.?\d)")
_POSITION_BEHIND = re.compile(r"(\d{1,4})\s?#(?!\w)|(\d{1,4})#(?=[\u4e00-\u9fff])")
_HEIGHT = re.compile(r"(\d)'\s?(\d{1,2})(?:\"|'')?(?!\d)")
_VERSION = re.compile(r"\d{1,4}(?:\.\d{1,4}){2,4}(?![\d.]{0,12}\d)")


def address_at(text: str, at: int) -> Address | None:
    """The web or mail address that begins at ``at``."""
    match = _ADDRESS.match(text, at)
    return Address(at, match.end(), match.group()) if match else None


def code_at(text: str, at: int, lang: Lang) -> Code | None:
    """Digits said one by one that begin at ``at``: dialled, of a code by the word before, with zeros ahead."""
    words = lexicon(lang)
    if match := _TELEPHONE[lang].match(text, at) or _ABROAD.match(text, at):
        return _code(match, dialled=True)
    if (match := _DIALLED.match(text, at)) and _is_dialled(match, text, words) and not _counts(match, text, lang):
        return _code(match, dialled=True)
    if (match := _CODE.match(text, at)) and words.behind("code", text, at) and not _counts(match, text, lang):
        return _code(match, dialled=True)
    if (match := _ROOM.match(text, at)) and words.ahead("code", text, match.end()):
        return _code(match, dialled=False)
    match = _ZEROS.match(text, at) or _LONG.match(text, at)
    return _code(match, dialled=False) if match else None


def _is_dialled(match: re.Match[str], text: str, words: Lexicon) -> bool:
    return words.behind("dialled", text, match.start()) or words.ahead("dialled", text, match.end())


def _counts(match: re.Match[str], text: str, lang: Lang) -> bool:
    """Whether a unit follows, so that the number before it counts after all."""
    return bool(measure_at(text, match.end(), lang) or money_behind(text, match.end()))


def _code(match: re.Match[str], *, dialled: bool) -> Code:
    return Code(match.start(), match.end(), tuple(re.findall(r"\d+", match.group())), dialled)


def name_at(text: str, at: int, lang: Lang) -> Token | None:
    """The name with a number in it that begins at ``at``."""
    standard = _STANDARD.match(text, at)
    match = standard or (_APART.match(text, at) if lang == "zh" else None) or _MODEL.match(text, at)
    if match is None or not any(character.isdigit() for character in match.group()):
        match = _PLUS_NAME.match(text, at)
        return Name(at, match.end(), (match[1],), len(match[2])) if match else None
    if text[match.end() : match.end() + 1].isalnum() and text[match.end()].isascii():
        return None
    pluses = _PLUSES.match(text, match.end())
    return Name(at, pluses.end() if pluses else match.end(), tuple(_PART.findall(match.group())),
                len(pluses.group()) if pluses else 0, dated=bool(standard))  # fmt: skip


def grade_at(text: str, at: int, lang: Lang) -> Grade | None:
    """The grade of a steel, 316 or 316L, said digit by digit."""
    match = _GRADE.match(text, at)
    if match is None:
        return None
    words = lexicon(lang)
    known = match[1] in _KNOWN_GRADES and not words.behind("stock", text, at) and not _counts(match, text, lang)
    if not (words.ahead("grade", text, match.end()) or words.behind("grade", text, at) or (lang == "zh" and known)):
        return None
    return Grade(at, match.end(), match[1], match[2])


def position_at(text: str, at: int) -> Numbered | None:
    """A position in a list: #3, No. 3, 3#."""
    match = _POSITION.match(text, at) or _POSITION_BEHIND.match(text, at)
    if match is None:
        return None
    return Numbered(at, match.end(), match[1] or match[2])


def height_at(text: str, at: int) -> Height | None:
    """Feet and inches that begin at ``at``."""
    match = _HEIGHT.match(text, at)
    return Height(at, match.end(), match[1], match[2]) if match else None


def version_at(text: str, at: int) -> Version | None:
    """A number with several points."""
    match = _VERSION.match(text, at)
    return Version(at, match.end(), tuple(match.group().split("."))) if match else None


def short_at(text: str, at: int, lang: Lang) -> Short | None:
    """What is said otherwise than written: the name of a shopping day, an abbreviation."""
    words = lexicon(lang)
    if day := words.spans.match(text, at):
        return Short(at, day.end(), words.days[day["day"].lower()])
    if match := words.shorts.match(text, at):
        return Short(at, match.end(), words.abbreviations[match.group().lower()])
    match = words.named.match(text, at)
    if match and words.ahead("festival", text, match.end()):
        return Short(at, match.end(), words.names[match.group()])
    return None
