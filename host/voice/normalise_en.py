"""English rules for what is written in a selling room. Numbers no rule claims are left for wetext."""

from __future__ import annotations

import re

from host.voice.marks import Rule
from host.voice.numerals_en import cardinal, decimal, digits, ordinal, plural, year
from host.voice.units_en import CURRENCIES, UNITS

_N = r"\d+(?:\.\d+)?"
_TO = r"\s*[-~–—]{1,2}\s*"
_APART = r"(?<![\d.])"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH = (
    r"(?P<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_FRACTIONS = {"2": "half", "4": "quarter"}

_DEGREES = {"°C": "Celsius", "°F": "Fahrenheit", "C": "Celsius", "F": "Fahrenheit", "°": ""}
_UNIT = "(?:" + "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True)) + r")(?![A-Za-z0-9²])"
_PLURALS = {"foot": "feet", "inch": "inches", "hertz": "hertz", "kilohertz": "kilohertz", "megahertz": "megahertz",
            "gigahertz": "gigahertz", "square foot": "square feet", "p s i": "p s i"}  # fmt: skip
_SIGN = (
    r"(?<![A-Za-z])(?P<sign>"
    + "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))
    + r")\s*"
)
_EXTENT = r"(?:wide|tall|long|high|deep|thick|across|by|x|in|diagonal|screens?|displays?)\b"
_SCALES = {"k": " thousand", "m": " million", "b": " billion", "bn": " billion"}
_PEOPLE = {"yuan": "yuan", "fen": "fen", "penny": "pence"}


def _many(unit: str, number: str) -> str:
    """The unit in the number's grammatical number; ``mile per hour`` takes it on its first word."""
    if number == "1":
        return unit
    if unit in _PLURALS or unit in _PEOPLE:
        return _PLURALS.get(unit) or _PEOPLE[unit]
    head, per, rest = unit.partition(" per ")
    return (head if head.endswith("s") else head + "s") + per + rest


def _money(match: re.Match[str]) -> str:
    unit, cent = CURRENCIES[match["sign"]]
    number, scale = match["amount"], (match["scale"] or "").lower()
    if scale:
        return f"{decimal(number)}{_SCALES[scale]} {_many(unit, '2')}"
    whole, _, fraction = number.partition(".")
    if not fraction or not int(fraction):
        return f"{cardinal(whole)} {_many(unit, whole)}"
    if len(fraction) > 2 or cent == "fen":
        return f"{decimal(number.rstrip('0'))} {_many(unit, '2')}"
    cents = str(int(fraction.ljust(2, "0")))
    small = f"{cardinal(cents)} {_many(cent, cents)}"
    return small if not int(whole) else f"{cardinal(whole)} {_many(unit, whole)} and {small}"


def _money_range(match: re.Match[str]) -> str:
    unit, _ = CURRENCIES[match["sign"]]
    return f"{decimal(match['low'])} to {decimal(match['high'])} {_many(unit, '2')}"


def _iso_date(match: re.Match[str]) -> str:
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return match.group()
    return f"{_MONTHS[month - 1]} {ordinal(str(day))}, {year(match['year'])}"


def _month(name: str) -> str:
    return next(month for month in _MONTHS if month.startswith(name[:3].title()))


def _named_date(match: re.Match[str]) -> str:
    day = int(match["day"])
    said = (
        f"{_month(match['name'])} {ordinal(str(day))}"
        if 1 <= day <= 31
        else match.group("name", "day")[0] + " " + cardinal(match["day"])
    )
    return said + (f", {year(match['year'])}" if match["year"] else "")


def _clock(match: re.Match[str]) -> str:
    hour, minute, half = int(match["hour"]), int(match["minute"]), (match["half"] or "").lower().replace(".", "")
    if hour > 24 or minute > 59:
        return f"{cardinal(match['hour'])} to {cardinal(match['minute'])}"
    if not half:
        half = "pm" if 12 <= hour < 24 else "am"
    said = cardinal(str((hour - 1) % 12 + 1))
    if minute:
        said += (" oh " if minute < 10 else " ") + cardinal(str(minute))
    return f"{said} {half[0]} m"


def _fraction(match: re.Match[str]) -> str:
    over, under = match[1], match[2]
    part = _FRACTIONS.get(under) or ordinal(under)
    if over != "1":
        part = "halves" if part == "half" else part + "s"
    return f"{cardinal(over)} {part}"


def _mixed(match: re.Match[str]) -> str:
    part = _FRACTIONS.get(match[3]) or ordinal(match[3])
    if match[2] == "1":
        return f"{cardinal(match[1])} and {'an eighth' if match[3] == '8' else 'a ' + part}"
    return f"{cardinal(match[1])} and {cardinal(match[2])} {part}s"


def _degrees(match: re.Match[str]) -> str:
    minus = "minus " if match["minus"] else ""
    scale = _DEGREES[match["scale"]]
    return f"{minus}{decimal(match['n'])} degree{'' if match['n'] == '1' else 's'}{' ' + scale if scale else ''}"


def _kelvin(match: re.Match[str]) -> str:
    """A colour temperature: nobody writes a million as 1000K."""
    return f"{decimal(match[1])} kelvin"


def _preposition(match: re.Match[str]) -> str:
    """180 in stock: a word follows that tells no extent."""
    return f"{decimal(match['n'])} in "


def _quantity(match: re.Match[str]) -> str:
    return f"{decimal(match['n'])} {_many(UNITS[match['unit']], match['n'])}"


def _quantity_range(match: re.Match[str]) -> str:
    return f"{decimal(match['low'])} to {decimal(match['high'])} {_many(UNITS[match['unit']], '2')}"


def _per(match: re.Match[str]) -> str:
    return f"{match['before']} per {UNITS.get(match['of'], match['of'])}"


def _address(match: re.Match[str]) -> str:
    bare = re.sub(r"^[A-Za-z]+://", "", match.group())
    end = "." if bare.endswith(".") else ""
    words = {
        ".": "dot",
        "/": "slash",
        "-": "dash",
        "_": "underscore",
        "@": "at",
        ":": "colon",
        "?": "question mark",
        "=": "equals",
    }
    parts = re.findall(r"[A-Za-z]+|\d|.", bare.rstrip("/."))
    return " ".join(digits(part) if part.isdigit() else words.get(part, part) for part in parts) + end


def _decade(match: re.Match[str]) -> str:
    if len(match[1]) == 4:
        return plural(year(match[1]))
    return plural(cardinal(match[1]))


RULES: tuple[Rule, ...] = (
    # Addresses and numbers that are read digit by digit
    (re.compile(r"(?:https?://|www\.)[!-~]{1,200}|[\w.+-]{1,64}@[A-Za-z0-9.-]{1,100}\.[A-Za-z]{2,10}", re.A), _address),
    (
        re.compile(
            r"(?<![\w.])(?:[A-Za-z0-9-]{1,63}\.){1,4}(?:com|cn|net|org|shop|io|co|uk)(?:/[!-~]{0,100})?(?!\w)", re.A
        ),
        _address,
    ),
    (re.compile(r"(?<!\d)(\d{1,3}(?:,\d{3})+)(?!\d)"), lambda match: match.group().replace(",", "")),
    (re.compile(r"(?<![\w.])\.(?=\d)"), "0."),
    (
        re.compile(r"(?<![\d.-])(?:\+?\d{1,2}[- ])?\(?\d{3}\)?[- ]\d{3}[- ]\d{4}(?!\d)|(?<![\d.-])\d{3}-\d{4}(?!\d)"),
        lambda match: ", ".join(digits(part) for part in re.findall(r"\d+", match.group())),
    ),
    (
        re.compile(
            r"(?i)\b(?P<what>code|pin|order number|serial|sku|zip|extension|ext)"
            r"(?P<gap>[\s.:#]{1,3}|\s+is\s+)(?P<code>\d{3,})"
        ),
        lambda match: f"{match['what']}{match['gap'].replace('#', ' ')}{digits(match['code'])}",
    ),
    # Days and hours
    (re.compile(rf"{_APART}24\s*/\s*7(?![\d/])"), "twenty-four seven"),
    (re.compile(r"(?<!\d)(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"), _iso_date),
    (re.compile(r"(?<![\d/])(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})(?![\d/])"), _iso_date),
    (
        re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:)(?:,?\s+(?P<year>(?:19|20)\d\d)(?!\d))?"),
        _named_date,
    ),
    (
        re.compile(
            rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>(?:19|20)\d\d)(?!\d))?"
        ),
        _named_date,
    ),
    (
        re.compile(
            rf"{_APART}(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::\d\d)?\s*(?P<half>[AaPp]\.?[Mm]\.?(?![A-Za-z]))?(?!\d)"
        ),
        _clock,
    ),
    (
        re.compile(rf"{_APART}(\d{{1,2}})\s*([AaPp])\.?[Mm]\.?(?![A-Za-z])"),
        lambda match: f"{cardinal(match[1])} {match[2].lower()} m",
    ),
    (re.compile(rf"(?<=[ap] m){_TO}(?=[a-z])"), " to "),
    (re.compile(r"(?<!\d)((?:1[89]|20)\d0|[2-9]0)'?s\b"), _decade),
    (
        re.compile(
            r"(?i)\b(in|since|by|of|year|for|from|until)\s+((?:19|20)\d\d)"
            r"(?![\d.,]\d|\d|\s*(?:%|people|pieces|bottles|orders|units|customers))"
        ),
        lambda match: f"{match[1]} {year(match[2])}",
    ),
    # Money
    (re.compile(rf"{_SIGN}(?P<low>{_N}){_TO}(?:{_SIGN.replace('sign', 'again')})?(?P<high>{_N})"), _money_range),
    (re.compile(rf"{_SIGN}(?P<amount>{_N})(?:\s*(?P<scale>(?:[kKmMbB]|bn)(?![A-Za-z])))?"), _money),
    (re.compile(rf"{_APART}(?P<amount>{_N})\s*(?P<scale>(?!))?(?P<sign>USD|EUR|GBP|CNY|RMB|€|£)(?![A-Za-z])"), _money),
    (
        re.compile(rf"{_APART}(\d{{1,4}})\s*¢"),
        lambda match: f"{cardinal(match[1])} cent{'' if match[1] == '1' else 's'}",
    ),
    (re.compile(r"\b(dollars?|cents?|euros?|pounds?|pence|yuan)\s*/\s*(?=[a-z])"), r"\1 per "),
    # Shares and proportions
    (
        re.compile(rf"{_APART}({_N})%?{_TO}({_N})\s*%"),
        lambda match: f"{decimal(match[1])} to {decimal(match[2])} percent",
    ),
    (
        re.compile(rf"(?P<minus>(?<![\w.%])-)?(?<![\d.])(?P<n>{_N})\s*%"),
        lambda match: f"{'minus ' if match['minus'] else ''}{decimal(match['n'])} percent",
    ),
    (re.compile(r"(?<![\d/.])(\d{1,3})/(\1)(?![\d/.])"), lambda match: f"{cardinal(match[1])} {cardinal(match[2])}"),
    (
        re.compile(r"(?<![\d/.])(18)/(8|10|0)(?=\s*(?:stainless|steel))"),
        lambda match: f"{cardinal(match[1])} {cardinal(match[2])}",
    ),
    (re.compile(r"(?<![\d/.])(\d{1,3})[ -](\d{1,2})/(\d{1,2})(?![\d/.])"), _mixed),
    (re.compile(r"(?<![\d/.])([1-9]\d{0,2})\s*/\s*([2-9]|[1-9]\d{1,2})(?![\d/.])"), _fraction),
    (
        re.compile(rf"{_APART}({_N})\s*/\s*({_N})(?![\d/])"),
        lambda match: f"{decimal(match[1])} out of {decimal(match[2])}",
    ),
    # Numbers that are names
    (
        re.compile(
            r"(?<![\d.])([234]\d\d)(?=L?[ -](?:stainless|steel|grade|surgical))|(?<=grade )([234]\d\d)(?!\d|\.\d)"
        ),
        lambda match: (
            f"{cardinal(match.group()[0])} {'oh ' if match.group()[1] == '0' else ''}"
            f"{cardinal(str(int(match.group()[1:])))}"
        ),
    ),
    (re.compile(r"(?i)(?<![A-Za-z])No\.?\s*(\d+)(?![\d.]*\d)"), lambda match: "number " + cardinal(match[1])),
    (re.compile(r"#\s*(\d+)"), lambda match: "number " + cardinal(match[1])),
    (re.compile(r"(?<!\d)(\d{1,6})(?:st|nd|rd|th)\b"), lambda match: ordinal(match[1])),
    (re.compile(r"(?<![A-Za-z])PA(\+{2,5})"), lambda match: "PA" + " plus" * len(match[1])),
    (
        re.compile(r"(?<![A-Za-z\d.])([A-Za-z]{1,20})-?(\d{3,})(?!\.?\d)"),
        lambda match: f"{match[1]} {digits(match[2])}",
    ),
    (
        re.compile(rf"(?<![A-Za-z\d.])([A-Za-z]{{1,20}})-?({_N})(?!\.?\d)"),
        lambda match: f"{match[1]} {decimal(match[2])}",
    ),
    (re.compile(rf"{_APART}(\d+)-for-(\d+)\b"), lambda match: f"{cardinal(match[1])} for {cardinal(match[2])}"),
    # Quantities
    (re.compile(rf"(?<=\d)\s*[*xX×]\s*(?={_N}(?:\s*[*xX×]\s*{_N})?\s*(?:[cm]?m|in|inch|inches|ft)\b)"), " by "),
    (re.compile(r"(?<=[\w])\s*\*\s*(?=\d)|(?<=[\w])\s+[xX]\s*(?=\d)|(?<=\d)[xX](?=\d)"), " times "),
    (
        re.compile(rf"(?P<before>{_APART}\d+(?:\.\d+)?(?:\s*(?:{_UNIT}))?)\s*/\s*(?P<of>[a-z]{{1,12}})(?![A-Za-z])"),
        _per,
    ),
    (re.compile(rf"(?P<minus>(?<![\w.])-\s*)?{_APART}(?P<n>{_N})\s*(?P<scale>°C|°F|°)(?![A-Za-z])"), _degrees),
    (re.compile(rf"{_APART}(?P<low>{_N})(?:\s*(?:{_UNIT}))?{_TO}(?P<high>{_N})\s*(?P<unit>{_UNIT})"), _quantity_range),
    (re.compile(rf"{_APART}({_N}){_TO}(?={_N})"), lambda match: decimal(match[1]) + " to "),
    (re.compile(rf"{_APART}(\d{{1,3}}(?:,\d{{3}}){{1,6}}|\d{{4,5}})\s?K(?![A-Za-z+])"), _kelvin),
    (re.compile(rf"{_APART}(?P<n>{_N})\s+(?P<unit>in)\s+(?!{_EXTENT})(?=[A-Za-z])"), _preposition),
    (re.compile(rf"{_APART}(?P<n>{_N})[\s-]?(?P<unit>{_UNIT})"), _quantity),
    (re.compile(rf"{_APART}({_N})[xX]\b"), lambda match: decimal(match[1]) + " times"),
    (re.compile(r"(?<![\d.])(\d|1\d)K(?![A-Za-z+])"), lambda match: f"{cardinal(match[1])} K"),
    (
        re.compile(rf"{_APART}({_N})\s*([kKmMbB])(\+)?(?![A-Za-z])"),
        lambda match: decimal(match[1]) + _SCALES[match[2].lower()] + (" plus" if match[3] else ""),
    ),
    (re.compile(rf"{_APART}({_N})\+"), lambda match: decimal(match[1]) + " plus"),
    (re.compile(rf"(?<![\w.])-\s*({_N})"), lambda match: "minus " + decimal(match[1])),
    (re.compile(rf"{_APART}({_N})-(?=[A-Za-z])"), lambda match: decimal(match[1]) + " "),
    (re.compile(r"(?<![\d.])(\d{1,2})([A-Z]{1,3})(?![A-Za-z])"), lambda match: f"{cardinal(match[1])} {match[2]}"),
    (re.compile(r"(?:≥|>=)\s*(?=\d)"), " at least "),
    (re.compile(r"(?:≤|<=)\s*(?=\d)"), " at most "),
    (re.compile(r">\s*(?=\d)"), " more than "),
    (re.compile(r"<\s*(?=\d)"), " less than "),
    (re.compile(r"±\s*(?=\d)"), " plus or minus "),
    (re.compile(r"(?<![\d.])0\d+(?![\d.])|\d{13,}"), lambda match: digits(match.group())),
    (re.compile(rf"{_APART}({_N})(?!\.?\d)"), lambda match: f" {decimal(match[1])} "),
    # Words
    (re.compile(r"(?i)\be\.g\.,?"), "for example"),
    (re.compile(r"(?i)\bi\.e\.,?"), "that is"),
    (re.compile(r"(?i)\betc\."), "and so on."),
    (re.compile(r"(?i)\bvs\.?(?!\w)"), "versus"),
    (re.compile(r"(?i)\bw/o\b"), "without"),
    (re.compile(r"(?i)\bw/\s*"), "with "),
)

LEFT: tuple[Rule, ...] = ((re.compile(_N), lambda match: f" {decimal(match.group())} "),)
"""For the numbers that wetext leaves."""

PUNCTUATION = " ,.!?;:'-，。！？、；："
SYMBOLS: tuple[Rule, ...] = (
    (re.compile(r"\.{2,}|…+"), "."),
    (re.compile(r"(?<=[A-Za-z])\.(?=[A-Za-z])"), " "),
    (re.compile(r"&"), " and "),
    (re.compile(r"(?<=\w)\s*\+\s*(?=\w)"), " plus "),
    (re.compile(r"(?<=\w)\s*=\s*(?=\w)"), " equals "),
    (re.compile(r"(?<=\w)\s*%"), " percent"),
    (re.compile(r"@(?=\w)"), " at "),
    (re.compile(r"(?<=[a-z])/(?=[a-z])"), " or "),
    (re.compile(r"(?<=[A-Za-z])-(?=[A-Z])"), " "),
    (re.compile(r"(?<![A-Za-z])-|-(?![A-Za-z])"), " "),
    (re.compile(r"[()\[\]{}|•—–]+"), ", "),
    (re.compile(r"(?<![A-Za-z])'|'(?![A-Za-z])"), " "),
)
TIDY: tuple[Rule, ...] = ((re.compile(r" ([,.!?;:])"), r"\1"),)
