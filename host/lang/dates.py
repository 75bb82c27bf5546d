"""Days, years and times of day, in figures alone (2026-11-30, 20:30) and with their words (11月30日, Nov 30, 8点半)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from host.core.product import Lang
from host.lang.lexicon import Lexicon, lexicon
from host.lang.tokens import Clock, Date, Token, Year

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_TH = r"(?:st|nd|rd|th)?(?![a-z])"
_CENTURY = r"(?:19|20)\d\d(?!\d)"
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<other>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"(?P<one>\d{1,2})/(?P<other>\d{1,2})/(?P<year>\d\d)(?![\d/])")
_YEAR_MONTH = re.compile(r"(?P<year>20\d\d)(?P<mark>[-/.])(?P<month>0[1-9]|1[0-2])(?![\d.])(?!(?P=mark)\d)")
_MONTH_FIRST = re.compile(
    rf"(?i){_MONTH}\s(?:the\s)?(?P<day>\d{{1,2}}){_TH}(?![\d:.]\d|\d)(?:,?\s(?P<year>{_CENTURY}))?"
)
_DAY_FIRST = re.compile(rf"(?i)(?P<day>\d{{1,2}}){_TH}\s(?:of\s)?{_MONTH}(?:,?\s(?P<year>{_CENTURY}))?")
_MONTH_ALONE = re.compile(rf"(?i){_MONTH}\s(?P<year>{_CENTURY})")
_HAN_DAY = re.compile(
    rf"(?:(?P<year>{_CENTURY})\s?年\s?)?(?P<month>\d{{1,2}})\s?月(?!龄)份?"
    r"(?:\s?(?P<day>\d{1,2})(?:\s?[日号](?![码线楼])|(?=$|[\s,，。.!！?？;；、])))?"
)
_DAY_ALONE = re.compile(r"(?P<day>\d{1,2})\s?日(?![内元常用币照均系式本])")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d:])(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?(?![A-Za-z]))?"
)
_OCLOCK = re.compile(
    r"(?P<hour>1[0-2]|\d)(?P<minute>[0-5]\d)?(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?(?![A-Za-z])|\s?o'clock(?![a-z]))"
)
_HAN_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})\s?(?:点钟?|时(?![间代尚候装长效刻光差区髦]))"
    r"(?:(?P<half>半)|整|(?P<quarter>[13一三])刻|\s?(?P<minute>[0-5]?\d)(?:\s?分(?!钟)|(?![\d.:]|\s?[个件元块折斤克年])))?"
)
_POINTS = re.compile(r"(?:第|这|那|有|以下|下面|分|记住|总结|讲|说)\s?$")
"""Before 3点: points of a speech, and no hour."""
_DECADE = re.compile(r"(?P<digits>(?:1[89]|20)\d0|[2-9]0)'?s(?![A-Za-z])")
_YEAR = re.compile(r"(?:19|20)\d\d(?![\d.,]{0,12}\d)")
_SINCE = re.compile(r"(?i)(?<![a-z])(?:in|since|by|of|year|for|from|until)\s$")
_COUNTS = re.compile(r"\s?(?:%|people|pieces|bottles|orders|units|customers|[A-Za-z]+s\b)")
_BORN = re.compile(r"(?:[5-9]\d|[01]\d)(?=后(?![面来期边发续悔方]))")


def date_at(text: str, at: int, lang: Lang) -> Token | None:
    """The day or year that begins at ``at``."""
    return _in_figures(text, at, lang) or _in_words(text, at) or _year(text, at, lang)


def clock_at(text: str, at: int, lang: Lang) -> Clock | None:
    """The time of day that begins at ``at``."""
    if match := _CLOCK.match(text, at):
        words = lexicon(lang)
        if int(match["hour"]) > 24 or _is_ratio(match, text, words):
            return None
        return _clock(match, int(match["minute"]), match["half"] or "")
    if match := _OCLOCK.match(text, at):
        return _clock(match, int(match["minute"] or 0), match["half"] or "")
    match = _HAN_CLOCK.match(text, at)
    if match is None or int(match["hour"]) > 24:
        return None
    quarters = {"1": 15, "一": 15, "3": 45, "三": 45}
    minute = 30 if match["half"] else quarters[match["quarter"]] if match["quarter"] else int(match["minute"] or 0)
    alone = match.end() - match.start() <= 3 and int(match["hour"]) < 10
    if alone and _POINTS.search(text[max(0, at - 4) : at]):
        return None
    return _clock(match, minute, "")


def _is_ratio(match: re.Match[str], text: str, words: Lexicon) -> bool:
    """Whether 16:10 is a shape and no time of day."""
    start, end = match.span()
    shape = match.group() == "16:10" and words.nearby("ratio", text, start, end)
    return shape or words.behind("ratio", text, start) or words.ahead("ratio", text, end)


def _clock(match: re.Match[str], minute: int, half: str) -> Clock:
    second = int(match.groupdict().get("second") or 0)
    return Clock(match.start(), match.end(), int(match["hour"]), minute, second, half.lower())


def _in_figures(text: str, at: int, lang: Lang) -> Date | None:
    if match := _YEAR_FIRST.match(text, at):
        return _date(match, match["month"], match["day"], match["year"])
    if match := _YEAR_LAST.match(text, at):
        return _month_and_day(match, match["year"])
    words = lexicon(lang)
    if (match := _SHORT_YEAR.match(text, at)) and words.behind("date", text, at):
        return _month_and_day(match, "20" + match["year"])
    if (match := _YEAR_MONTH.match(text, at)) and (match["mark"] != "." or words.behind("date", text, at)):
        return _date(match, match["month"], "", match["year"])
    return None


def _in_words(text: str, at: int) -> Date | None:
    if match := _HAN_DAY.match(text, at):
        return _date(match, match["month"], match["day"] or "", match["year"] or "")
    if match := _DAY_ALONE.match(text, at):
        return _date(match, "", match["day"], "")
    match = _MONTH_FIRST.match(text, at) or _DAY_FIRST.match(text, at) or _MONTH_ALONE.match(text, at)
    if match is None:
        return None
    named: Mapping[str, str | None] = match.groupdict()
    return _date(match, str(_month(match["name"])), named.get("day") or "", named["year"] or "")


def _month(name: str) -> int:
    return next(place for place, month in enumerate(MONTHS, 1) if month.startswith(name[:3].title()))


def _month_and_day(match: re.Match[str], year: str) -> Date | None:
    """Month first, as in America, where it can be: 25/12/2026 has its day first."""
    month, day = (match["other"], match["one"]) if int(match["one"]) > 12 else (match["one"], match["other"])
    return _date(match, month, day, year)


def _date(match: re.Match[str], month: str, day: str, year: str) -> Date | None:
    if not (1 <= int(month or 1) <= 12 and 1 <= int(day or 1) <= 31):
        return None
    return Date(match.start(), match.end(), int(year or 0), int(month or 0), int(day or 0), year)


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
