"""Ways off the platform hidden in a text: links, telephone numbers, messenger ids. For folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from host.core.number_words import EN_CARDINALS, ZH_DIGITS

_TOP_LEVEL = "com|cn|net|org|io|shop|top|xyz|cc|vip|me|app|link|info|co|tv|site|online|store|club|ly|gg|us|uk|ru|live"
_SPACED = "com|cn|org"
"""Endings that begin no sentence: with spaces around the dot they still make an address. "Price. Live now" is none."""
_LABEL = r"[0-9-]*+[a-z][a-z0-9-]*+"
_START = r"(?<![a-z0-9@.-])"
_LABELS = 30
"""Labels of a host name that are looked at: more of them than that are no address, and nothing that need be said."""
_URL = re.compile(
    rf"[a-z]{{2,9}}:/{{1,2}}[^\s一-鿿]+|www ?\. ?[^\s一-鿿]+|"
    rf"{_START}(?:(?:[a-z0-9-]++[.点]){{0,{_LABELS}}}{_LABEL}[.点](?:{_TOP_LEVEL})|[0-9-]++[.点](?:{_SPACED}|net)|"
    rf"(?:[a-z0-9-]++ ?(?:[.点]|\bdot\b) ?){{0,{_LABELS}}}{_LABEL} ?(?:[.点]|\bdot\b) ?(?:{_SPACED})|"
    rf"{_LABEL} (?:[.点]|dot) ?net|{_LABEL} dot (?:{_TOP_LEVEL}))(?![a-z0-9])(?:/[^\s一-鿿]*)?|"
    rf"{_START}(?:[a-z0-9-]++ ?(?:[.点]|\bdot\b) ?){{{_LABELS}}}|"
    r"\bhttps?\b|三个?w|3w点(?!亮|灯|火|的)|\bw ?w ?w\b"
)
_MAIL = re.compile(
    r"(?<![a-z0-9._+-])[a-z0-9._+-]++(?: ?@ ?[a-z0-9-]++ ?(?:\.|\bdot\b|点) ?[a-z]{2,}|@[a-z0-9.-]+|"
    rf" ?\bat\b ?{_LABEL}(?:(?: ?[.点] ?| dot )(?:{_SPACED})|(?:[.点]| dot )(?:{_TOP_LEVEL}))(?![a-z0-9]))"
)
_HANDLE = re.compile(
    r"(?:微信|威信|薇信|微芯|v信|卫星号?|wechat|weixin|(?<![a-z])(?:vx|wx|qq|tg)(?![a-z])|扣扣|企鹅号|"
    r"telegram|whatsapp|小红书号|抖音号|微博)"
    r"[号群id是为:： =加❤]{0,4}(?:搜索?一?下?)?"
    r"(?!(?:pay|payments?|login|music|video)(?![a-z0-9_-]))(?P<id>[a-z0-9_-]{3,})|(?<![a-z0-9])@(?P<at>[a-z0-9_.]{3,})"
)
_DIGITS = str.maketrans({character: str(value) for character, value in ZH_DIGITS.items()})
_RUN = re.compile(r"(?<![\d.])\+?\d(?:[ \-.()·_*,，、]{0,2}\d){6,}(?![\d])")
_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
_REACH = 12
"""Characters that are looked at before a number."""
_CODE = re.compile(
    r"(?:许可证|标准|批号|条码|条形码|订单|单号|编号|货号|型号|证号|备案|注册证|批准文号|序列号|防伪码?)号?"
    r"[是为:： ]{0,3}[a-z/]{0,8}[/ -]?$"
    r"|(?<![a-z])(?:sc|gb|gb/t|qb|qb/t|iso|en|iec|ul|sku|isbn|ean|upc|lot|batch|order|tracking|model|serial|barcode|"
    r"licen[cs]e|part)(?: ?(?:no\.?|number|code|#|is|:)){0,2}[ :#/-]?[a-z0-9]{0,3}$"
)
"""What stands before a code. A mobile number is one, whatever stands before it."""
_COUNTED = re.compile(
    r" ?(?:次|毫安|mah\b|转|步|像素|流明|人|元|块|件|个|张|ml\b|毫升|克|米|小时|times\b|hours\b|cycles\b)"
)
_SPELLED = {word: str(value) for word, value in EN_CARDINALS.items() if value < 10} | {"oh": "0"}
_SPELLED_RUN = re.compile(rf"\b(?:{'|'.join(_SPELLED)})(?:[ ,-]+(?:{'|'.join(_SPELLED)}|double|triple)\b){{6,}}")


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach someone, as found, and in a form to compare."""

    kind: str
    """``link``, ``mail``, ``handle`` or ``phone``."""
    text: str
    canonical: str
    code: bool = False
    """A run of digits that is said to be something else: the number of an order, of a standard, of times."""


def contacts(folded: str) -> Iterator[Contact]:
    """Every link, address, messenger id and run of seven digits or more (an order of 1,000,000 is none)."""
    for kind, pattern in (("mail", _MAIL), ("link", _URL), ("handle", _HANDLE)):
        for match in pattern.finditer(folded):
            yield Contact(
                kind,
                match.group(),
                (match.groupdict().get("id") or match.groupdict().get("at") or match.group()).replace(" ", ""),
            )
    for match in _RUN.finditer(folded.translate(_DIGITS)):
        digits = re.sub(r"\D", "", match.group())
        if not re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d{4}[-.]\d{1,2}[-.]\d{1,2}", match.group()):
            before, after = folded[: match.start()][-_REACH:], folded[match.end() :]
            code = not _MOBILE.fullmatch(digits) and bool(_CODE.search(before) or _COUNTED.match(after))
            yield Contact("phone", folded[match.start() : match.end()], digits, code)
    for match in _SPELLED_RUN.finditer(folded):
        digits = "".join(_SPELLED.get(word, "") for word in re.split(r"[ ,-]+", match.group()))
        yield Contact("phone", match.group(), digits)
