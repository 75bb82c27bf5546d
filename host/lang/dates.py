"""Days, years and times of day in figures."""

from __future__ import annotations

import re

from host.core.product import Lang
from host.lang.lexicon import lexicon
from host.lang.tokens import Clock, Date, Token, Year

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
_MONTH = (
    r"(?P<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?![A-Za-z])\.?"
)
_TH = r"(?:st|nd|rd|th)?"
_OF_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d)(?!\d))?"
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<other>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?P<one>\d{1,2})/(?P<other>\d{1,2})/(?P<year>\d\d)(?![\d/])")
_YEAR_MONTH = re.compile(r"(?P<year>20\d\d)(?P<mark>[-/.])(?P<month>0[1-9]|1[0-2])(?![\d.])(?!(?P=mark)\d)")
_MONTH_FIRST = re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}}){_TH}(?![\d:.]\d|\d){_OF_YEAR}")
_DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}}){_TH}\s+{_MONTH}{_OF_YEAR}")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d:])(?:\s?(?P<half>[AaPp])\.?[Mm]\.?(?![A-Za-z]))?"
)
_OCLOCK = re.compile(r"(?P<hour>\d{1,2})\s?(?P<half>[AaPp])\.?[Mm]\.?(?![A-Za-z])")
_DECADE = re.compile(r"(?P<digits>(?:1[89]|20)\d0|[2-9]0)'?s(?![A-Za-z])")
_YEAR = re.compile(r"(?:19|20)\d\d(?![\d.,]*\d)")
_SINCE = re.compile(r"(?i)(?<![a-z])(?:in|since|by|of|year|for|from|until)\s+$")
_COUNTS = re.compile(r"\s?(?:%|people|pieces|bottles|orders|units|customers|[A-Za-z]+s\b)")
_BORN = re.compile(r"(?:[5-9]\d|[01]\d)(?=后(?![面来期边发续悔方]))")


def date_at(text: str, at: int, lang: Lang) -> Token | None:
    """The day or year that begins at ``at``."""
    return _in_figures(text, at, lang) or _year(text, at, lang) or (_named(text, at) if lang == "en" else None)


def clock_at(text: str, at: int, lang: Lang) -> Clock | None:
    """The time of day that begins at ``at``."""
    match = _CLOCK.match(text, at)
    if match:
        words = lexicon(lang)
        if int(match["hour"]) > 24 or words.behind("ratio", text, at) or words.ahead("ratio", text, match.end()):
            return None
        return Clock(at, match.end(), int(match["hour"]), int(match["minute"]), int(match["second"] or 0),
                     (match["half"] or "").lower())  # fmt: skip
    if (match := _OCLOCK.match(text, at)) and 1 <= int(match["hour"]) <= 12:
        return Clock(at, match.end(), int(match["hour"]), 0, half=match["half"].lower())
    return None


def _in_figures(text: str, at: int, lang: Lang) -> Date | None:
    if match := _YEAR_FIRST.match(text, at):
        return _date(match, match["month"], match["day"], match["year"])
    if match := _YEAR_LAST.match(text, at):
        return _month_and_day(match, match["year"])
    words = lexicon(lang)
    if (match := _SHORT_YEAR.match(text, at)) and words.behind("date", text, at):
        return _month_and_day(match, "20" + match["year"])
    if (match := _YEAR_MONTH.match(text, at)) and (match["mark"] != "." or words.behind("date", text, at)):
        return Date(at, match.end(), int(match["year"]), int(match["month"]), 0, match["year"])
    return None


def _month_and_day(match: re.Match[str], year: str) -> Date | None:
    """Month first, as in America, where it can be: 25/12/2026 has its day first."""
    month, day = (match["other"], match["one"]) if int(match["one"]) > 12 else (match["one"], match["other"])
    return _date(match, month, day, year)


def _date(match: re.Match[str], month: str, day: str, year: str) -> Date | None:
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return Date(match.start(), match.end(), int(year), int(month), int(day), year)


def _named(text: str, at: int) -> Date | None:
    match = _MONTH_FIRST.match(text, at) or _DAY_FIRST.match(text, at)
    if match is None or not 1 <= int(match["day"]) <= 31:
        return None
    month = next(place for place, month in enumerate(MONTHS, 1) if month.startswith(match["name"][:3]))
    return Date(at, match.end(), int(match["year"] or 0), month, int(match["day"]), match["year"] or "")


def _year(text: str, at: int, lang: Lang) -> Year | None:
    words = lexicon(lang)
    if lang == "en":
        if match := _DECADE.match(text, at):
            return Year(at, match.end(), match["digits"], plural=True)
        match = _YEAR.match(text, at)
        said = match and _SINCE.search(text[max(0, at - 8) : at]) and not _COUNTS.match(text, match.end())
        return Year(at, match.end(), match.group()) if match and said else None
    if match := _BORN.match(text, at):
        return Year(at, match.end(), match.group())
    match = _YEAR.match(text, at)
    if match and words.ahead("year", text, match.end()) and not words.ahead("year_not", text, match.end()):
        return Year(at, match.end(), match.group())
    return None
