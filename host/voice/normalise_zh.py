"""Mandarin rules for what is written in a selling room. Numbers no rule claims are left for wetext."""

from __future__ import annotations

import re

from host.voice.marks import Rule
from host.voice.numerals_zh import amount, cardinal, counted, decimal, digits
from host.voice.units_zh import CURRENCIES, UNITS

_N = r"\d+(?:\.\d+)?"
_TO = r"\s*[-~–—]{1,2}\s*"
_APART = r"(?<![\d.])"

_UNIT = "(?:" + "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True)) + r")(?![A-Za-z0-9²])"
_MEASURE = (
    "(?:[袋瓶件盒包斤个只支片粒颗枚张本双对套组台部辆把根份箱罐桶杯条块米克升天日周月年次人位晚间平]|毫升|公斤|小时|分钟|公里|平方米|"
    "kg|g|ml|mL|L|h|min|s|m)(?![A-Za-z0-9])"
)
_COUNTED = (
    "(?:[个件只支枝款种样位名人户盒瓶包袋箱罐桶杯片粒颗枚张本册双对套组台部辆把根份次遍倍趟天周年岁秒层条块斤米升克]"
    "|小时|分钟|公斤|毫升)"
)
_HAN_UNIT = "(?:元|块钱|块|毛|角|克|千克|公斤|斤|毫升|升|米|厘米|毫米|瓦|度|片|粒|颗|件|个|支|袋|包|盒|瓶)"
_SIGN = r"(?P<sign>" + "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True)) + r")\s*"
_SCALE = r"(?P<scale>万|亿|[wWkK](?![A-Za-z]))?"
_SCALES = {"w": "万", "k": "千"}
_MONEY_WORD = r"(?:\s*(?:元|块钱|块|美元|美金|港元|港币|欧元|英镑|日元|人民币))?"
_FESTIVAL = "(?=大促|年中|购物节|狂欢|活动|预售|返场|促销|会员节|盛典|专场|期间|价|节)"


def _money(match: re.Match[str]) -> str:
    scale = match["scale"] or ""
    return amount(match["amount"]) + _SCALES.get(scale.lower(), scale) + CURRENCIES[match["sign"]]


def _money_range(match: re.Match[str]) -> str:
    return f"{amount(match['low'])}到{amount(match['high'])}{CURRENCIES[match['sign']]}"


def _protected(sign: str) -> str:
    return digits(sign) if sign.isdigit() else sign


def _date(match: re.Match[str]) -> str:
    year, month, day = match["year"], int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return match.group()
    return f"{digits(year)}年{cardinal(str(month))}月{cardinal(str(day))}日"


def _clock(match: re.Match[str]) -> str:
    hour, minute, second = int(match["hour"]), match["minute"], match["second"]
    if hour > 24 or int(minute) > 59:
        return f"{cardinal(match['hour'])}比{cardinal(minute)}"
    said = ("两" if hour == 2 else cardinal(str(hour))) + "点"
    if int(minute) or second:
        said += ("零" if minute[0] == "0" else "") + cardinal(str(int(minute))) + "分"
    if second:
        said += cardinal(str(int(second))) + "秒"
    return said


def _minus(match: re.Match[str]) -> str:
    return (
        ("零下" if match["cold"] else "负")
        + decimal(match["n"])
        + (UNITS.get(match["cold"], "度") if match["cold"] else "")
    )


def _quantity(match: re.Match[str]) -> str:
    return (
        counted(match["n"])
        + (_SCALES.get(match["scale"].lower(), match["scale"]) if match["scale"] else "")
        + UNITS[match["unit"]]
    )


def _percent(match: re.Match[str]) -> str:
    of = "千" if match["of"] == "‰" else "百"
    minus = "负" if match["minus"] else ""
    return f"{minus}{of}分之{decimal(match['n'])}{'加' if match['plus'] else ''}"


def _percent_range(match: re.Match[str]) -> str:
    return f"百分之{decimal(match['low'])}到百分之{decimal(match['high'])}"


def _address(match: re.Match[str]) -> str:
    bare = re.sub(r"^[A-Za-z]+://", "", match.group()).rstrip("/")
    words = {
        ".": "点",
        "/": "斜杠",
        "-": "杠",
        "_": "下划线",
        "@": "艾特",
        ":": "冒号",
        "?": "问号",
        "=": "等于",
        "&": "和",
    }
    parts = re.findall(r"[A-Za-z]+|\d|.", bare)
    return " " + " ".join(digits(part) if part.isdigit() else words.get(part, part) for part in parts) + " "


def _per(match: re.Match[str]) -> str:
    return f"{match['before']}每{UNITS.get(match['of'], match['of'])}"


_FESTIVALS = {
    "11.11": "双十一",
    "12.12": "双十二",
    "6.18": "六一八",
    "3.8": "三八",
    "10.1": "十一",
    "5.1": "五一",
    "9.9": "九九",
}

RULES: tuple[Rule, ...] = (
    # Addresses and numbers that are read digit by digit
    (re.compile(r"(?:https?://|www\.)[!-~]{1,200}|[\w.+-]{1,64}@[A-Za-z0-9.-]{1,100}\.[A-Za-z]{2,10}", re.A), _address),
    (
        re.compile(
            r"(?<![\w.])(?:[A-Za-z0-9-]{1,63}\.){1,4}(?:com|cn|net|org|shop|io|top|cc)(?:/[!-~]{0,100})?(?!\w)", re.A
        ),
        _address,
    ),
    (re.compile(r"(?<!\d)(\d{1,3}(?:,\d{3})+)(?!\d)"), lambda match: match.group().replace(",", "")),
    (re.compile(r"(?<![\w.])\.(?=\d)"), "0."),
    (
        re.compile(
            r"(?<![\d.-])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-\d{7,8}"
            r"|[48]00[- ]\d{3,4}[- ]\d{3,4}|[48]00\d{7})(?!\d)"
        ),
        lambda match: digits(match.group(), "幺"),
    ),
    (
        re.compile(
            r"(?i)(?P<what>电话|手机|热线|客服|微信|vx|wx|qq|群|账号|号码|工号|货号|编号|单号|尾号|验证码|批号|条码|证号)"
            r"(?P<gap>[\s:：是为号群]{0,4})(?P<code>\d(?:[\d -]{2,30})\d)(?![\d.%元块件个人])"
        ),
        lambda match: f"{match['what']}{match['gap']}{digits(match['code'], '幺')}",
    ),
    (
        re.compile(r"(?P<what>尾号|货号|工号|验证码|房号|邮编)(?P<gap>[\s:：是为]{0,3})(?P<code>\d+)"),
        lambda match: f"{match['what']}{match['gap']}{digits(match['code'], '幺')}",
    ),
    # Days and hours
    (
        re.compile(rf"{_APART}(?:24\s*/\s*7|7\s*[*xX/]\s*24)(?:\s*(?:小时|h|H)(?![A-Za-z]))?(?![\d/*])"),
        "七乘二十四小时",
    ),
    (re.compile(r"(?<!\d)(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"), _date),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年(?!前|后|以)|新款|款|春|夏|秋|冬|版)"), lambda match: digits(match[1])),
    (re.compile(r"双\s*(11|12)(?!\d)"), lambda match: "双" + cardinal(match[1])),
    (re.compile(rf"{_APART}(11\.11|12\.12|6\.18|3\.8|10\.1|5\.1|9\.9){_FESTIVAL}"), lambda match: _FESTIVALS[match[1]]),
    (re.compile(rf"{_APART}(618|818|315|520|1111|1212|99|88|38){_FESTIVAL}"), lambda match: digits(match[1])),
    (re.compile(r"(?<![\d.¥$])618(?![\d.]|\s*(?:元|块|件|个|人|单|克|毫升|米|g|m|k|斤|[a-zA-Z%]))"), "六一八"),
    (re.compile(rf"{_APART}(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?!\d)"), _clock),
    (re.compile(rf"(?<=[点分秒]){_TO}(?=[零一二两三四五六七八九十]{{1,3}}点)"), "到"),
    (re.compile(rf"{_APART}({_N})\s*[:：]\s*(?={_N}(?![\d:]))"), lambda match: decimal(match[1]) + "比"),
    # Money
    (
        re.compile(rf"{_SIGN}(?P<low>{_N}){_TO}(?:{_SIGN.replace('sign', 'again')})?(?P<high>{_N}){_MONEY_WORD}"),
        _money_range,
    ),
    (re.compile(rf"{_SIGN}(?P<amount>{_N})\s*{_SCALE}{_MONEY_WORD}"), _money),
    (re.compile(rf"{_APART}(?P<n>{_N}){_TO}(?={_N}\s*(?:元|块))"), lambda match: amount(match["n"]) + "到"),
    (
        re.compile(rf"{_APART}(?P<n>{_N})\s*(?=(?:元|块|角|毛)(?!儿)|美元|美金|港元|港币|欧元|英镑|日元)"),
        lambda match: "两" if match["n"] == "2" else amount(match["n"]),
    ),
    (
        re.compile(rf"{_APART}(\d{{1,3}})\.(\d)(?=包邮|秒杀|到手|拿下|带走|抢|拍下|上车)"),
        lambda match: f"{counted(match[1])}块{digits(match[2])}",
    ),
    (re.compile(rf"{_APART}([1-9])([1-9])折"), lambda match: digits(match[1] + match[2]) + "折"),
    (re.compile(rf"{_APART}({_N}){_TO}(?=({_N})折)"), lambda match: decimal(match[1]) + "到"),
    (re.compile(rf"{_APART}({_N})折"), lambda match: decimal(match[1]) + "折"),
    # Shares and proportions
    (re.compile(r"(?:≥|>=)\s*(?=\d)"), "大于等于"),
    (re.compile(r"(?:≤|<=)\s*(?=\d)"), "小于等于"),
    (re.compile(r"[>＞]\s*(?=\d)"), "大于"),
    (re.compile(r"[<＜]\s*(?=\d)"), "小于"),
    (re.compile(r"±\s*(?=\d)"), "正负"),
    (re.compile(rf"{_APART}(?P<low>{_N})%?{_TO}(?P<high>{_N})%"), _percent_range),
    (re.compile(rf"(?P<minus>(?<![\w.%])-)?(?<![\d.])(?P<n>{_N})\s*(?P<of>[%‰])(?P<plus>\+)?"), _percent),
    (
        re.compile(r"(?<![\d/.])(\d{1,4})\s*/\s*(\d{1,4})(?![\d/.])"),
        lambda match: f"{cardinal(match[2])}分之{cardinal(match[1])}",
    ),
    # Numbers that are names
    (
        re.compile(
            rf"(?<![\d.])(?:\d{{3}}(?=[A-Z]?(?:不锈钢|医用|钢))"
            rf"|(?<![存有剩余共满减送仅售约近卖第])(?:304|316)(?![\d.,]|\s*(?:{_UNIT}|{_HAN_UNIT}|{_COUNTED})))"
        ),
        lambda match: digits(match.group()),
    ),
    (re.compile(r"(?<![A-Za-z])IP([X\d])(\d)(?!\d)"), lambda match: f"IP{_protected(match[1])}{digits(match[2])}"),
    (re.compile(r"(?i)(?<![A-Za-z])No\.?\s*(\d+)"), lambda match: "第" + cardinal(match[1])),
    (re.compile(r"(?i)(?<![A-Za-z])(TOP)\s*(\d{1,4})(?!\d)"), lambda match: "TOP" + cardinal(match[2])),
    (re.compile(r"(?<![A-Za-z])PA(\+{2,5})"), lambda match: f"PA{cardinal(str(len(match[1])))}个加"),
    (
        re.compile(r"(?<![\d.])(18)/(8|10|0)(?=\s*(?:不锈钢|钢))"),
        lambda match: f"{cardinal(match[1])}杠{cardinal(match[2])}",
    ),
    (re.compile(r"(?<![\d.])(\d{3,4})(?=[Pp](?![A-Za-z]))"), lambda match: digits(match[1])),
    (
        re.compile(rf"{_APART}({_N})V\s*+(?:[/*-]\s*+)?({_N})A(?![A-Za-z])"),
        lambda match: f"{counted(match[1])}伏{counted(match[2])}安",
    ),
    (
        re.compile(r"(?<![A-Za-z\d.])([A-Za-z]{1,20})[- ]?(\d{3,})(?![\d.,%])"),
        lambda match: match[1] + digits(match[2]),
    ),
    (
        re.compile(rf"(?<![A-Za-z\d.])([A-Za-z]{{1,20}})-?({_N})(\+)?(?!\.?\d)"),
        lambda match: match[1] + decimal(match[2]) + ("加" if match[3] else ""),
    ),
    (re.compile(r"第\s*(\d+)"), lambda match: "第" + cardinal(match[1])),
    # Quantities
    (
        re.compile(
            r"(?<=[\dA-Za-z一-鿿])\s*\*\s*(?=\d)|(?<=\d)\s*[xX]\s*(?=\d)|(?<=\d[gLlmW])\s*[xX]\s*(?=\d)|(?<=\d(?:ml|mL|kg|cm|mm))\s*[xX]\s*(?=\d)"
        ),
        "乘",
    ),
    (re.compile(rf"(?P<before>\d(?:\s*(?:{_UNIT}|{_HAN_UNIT}))?)\s*/\s*(?P<of>{_MEASURE})"), _per),
    (
        re.compile(rf"(?<=[元块毛角克升米斤瓦卡])\s*/\s*(?P<of>{_MEASURE})"),
        lambda match: "每" + UNITS.get(match["of"], match["of"]),
    ),
    (
        re.compile(rf"(?<![\w.])-\s*(?P<n>{_N})(?={_TO}{_N}\s*(?:°C|度|摄氏度))"),
        lambda match: "零下" + decimal(match["n"]),
    ),
    (re.compile(rf"(?<![\w.])-\s*(?P<n>{_N})\s*(?P<cold>°C|度(?!数)|摄氏度)?"), _minus),
    (re.compile(rf"{_APART}({_N})(?=(?:\s*(?:{_UNIT}|{_HAN_UNIT}|万|亿))?{_TO}{_N})"), lambda match: counted(match[1])),
    (
        re.compile(
            rf"(?<=[零一二两三四五六七八九十百千万亿])\s*(?P<unit>{_UNIT})?(?P<han>{_HAN_UNIT}|万|亿)?{_TO}(?=\d)"
        ),
        lambda match: (UNITS[match["unit"]] if match["unit"] else match["han"] or "") + "到",
    ),
    (
        re.compile(rf"{_APART}(?P<n>{_N})\s*[wW](?=\+|人|单|粉|件|名|[，。！]|$)(?![A-Za-z])(?P<plus>\+)?"),
        lambda match: (
            decimal(match["n"]) + ("万加" if match["plus"] else "万" if match.group().rstrip()[-1] == "w" else "瓦")
        ),
    ),
    (re.compile(rf"{_APART}({_N})\s*[kK]\+"), lambda match: decimal(match[1]) + "千加"),
    (re.compile(rf"{_APART}(?P<n>{_N})(?:\s*(?P<scale>万|亿))?\s*(?P<unit>{_UNIT})"), _quantity),
    (re.compile(rf"{_APART}({_N})\s*([万亿千]?)\+"), lambda match: f"{decimal(match[1])}{match[2]}加"),
    (re.compile(rf"{_APART}2(?=\s*{_COUNTED})"), "两"),
    (re.compile(r"(?<![\d.])0\d+(?![\d.])|\d{13,}"), lambda match: digits(match.group())),
)

LEFT: tuple[Rule, ...] = ((re.compile(_N), lambda match: decimal(match.group())),)
"""For the numbers that wetext leaves."""

PUNCTUATION = " ，。！？、；：'"
SYMBOLS: tuple[Rule, ...] = (
    (re.compile(r"\.{2,}|…+|。{2,}"), "。"),
    (re.compile(r"(?<=[A-Za-z])\.(?=[A-Za-z])"), " "),
    (re.compile(r"\.(?=\s|$|[一-鿿])"), "。"),
    (re.compile(r"[,，]"), "，"),
    (re.compile(r"!"), "！"),
    (re.compile(r"\?"), "？"),
    (re.compile(r";"), "；"),
    (re.compile(r":"), "："),
    (re.compile(r"(?<=[一-鿿])/(?=[一-鿿A-Za-z])"), "、"),
    (re.compile(r"&"), "和"),
    (re.compile(r"(?<=\w)\s*\+\s*(?=\w)"), "加"),
    (re.compile(r"(?<=\w)\s*=\s*(?=\w)"), "等于"),
    (re.compile(r"[()（）\[\]【】{}|•—–]+"), "，"),
    (re.compile(r"(?<![A-Za-z])'|'(?![A-Za-z])"), " "),
)
TIDY: tuple[Rule, ...] = ((re.compile(r"(?<=[一-鿿]) (?=[一-鿿])"), ""), (re.compile(r" ?([，。！？、；：]) ?"), r"\1"))
