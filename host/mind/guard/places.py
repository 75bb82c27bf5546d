"""Countries and regions by every name a host gives them: 德国, ``Germany`` and ``German`` are one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from host.lang.alike import alike

_COUNTRIES = """
德国|germany|german
日本|japan|japanese|tokyo|新潟|东京
韩国|korea|korean|seoul|首尔
美国|united states|america|american|usa|new york|california|texas|brooklyn|alaska|hawaii
英国|britain|british|england|english|united kingdom|uk|london|伦敦
法国|france|french|paris|巴黎
意大利|italy|italian|milan|米兰
瑞士|switzerland|swiss
瑞典|sweden|swedish|scandinavia|scandinavian|北欧
丹麦|denmark|danish
挪威|norway|norwegian
芬兰|finland|finnish
荷兰|netherlands|holland|dutch
比利时|belgium|belgian
奥地利|austria|austrian
西班牙|spain|spanish
葡萄牙|portugal|portuguese
希腊|greece|greek
波兰|poland|polish
捷克|czechia|czech
土耳其|turkey|turkish
俄罗斯|russia|russian
加拿大|canada|canadian
墨西哥|mexico|mexican
巴西|brazil|brazilian
智利|chile|chilean
哥伦比亚|colombia|colombian
牙买加|蓝山|jamaica|jamaican|blue mountain
埃塞俄比亚|ethiopia|ethiopian
肯尼亚|kenya|kenyan
澳大利亚|澳洲|australia|australian
新西兰|new zealand
泰国|thailand|thai
越南|vietnam|vietnamese
印尼|印度尼西亚|indonesia|indonesian
马来西亚|malaysia|malaysian
新加坡|singapore
印度|india|indian
以色列|israel|israeli
中国|china|chinese|国产
台湾|taiwan|taiwanese
香港|hong kong
澳门|macau|macao
欧洲|欧盟|europe|european|european union|eu
亚洲|asia|asian
非洲|africa|african
"""
_NAMES = [line.split("|") for line in _COUNTRIES.strip().splitlines()]
_CANON = {name: names[0] for names in _NAMES for name in names}
_HAN = sorted((name for name in _CANON if not name.isascii()), key=len, reverse=True)
_LATIN = sorted((name for name in _CANON if name.isascii()), key=len, reverse=True)

COUNTRY_ZH = "(?:" + "|".join(_HAN) + ")"
COUNTRY_EN = "(?:" + "|".join(re.escape(name) for name in _LATIN) + r")\b"
COUNTRY = re.compile(rf"{COUNTRY_ZH}|\b{COUNTRY_EN}")

PROVINCES = (
    "新疆|西藏|青海|内蒙古?|甘肃|宁夏|海南|云南|贵州|广西|黑龙江|吉林|辽宁|东北|西北|四川|陕西|山西|河北|河南|山东|安徽|江苏|浙江|江西|福建"
    "|湖北|湖南|广东|北京|上海|天津|重庆|江浙沪|珠三角"
)


ABROAD = re.compile(r"海外|国外|境外|全球|跨境|\b(?:overseas|abroad|international(?:ly)?|worldwide|outside)\b")
"""Other countries, all of them."""
_HOME = frozenset({"中国"})


def abroad(text: str) -> frozenset[str]:
    """The places beyond the home market that a folded text names; ``海外`` where it only says that they are beyond."""
    return (countries([text]) - _HOME) | ({"海外"} if ABROAD.search(text) else frozenset())


def regions(text: str) -> frozenset[int]:
    """The regions of the home market that a folded text names, in whatever language: groups of words of one meaning."""
    return frozenset(each.group for each in alike(text) if each.group in _regions())


@cache
def _regions() -> frozenset[int]:
    return frozenset(each.group for each in alike(PROVINCES.replace("|", " ").replace("?", "")))


def countries(texts: Iterable[str]) -> frozenset[str]:
    """The countries that folded texts name, each by one name."""
    return frozenset(_CANON[match.group()] for text in texts for match in COUNTRY.finditer(text))
