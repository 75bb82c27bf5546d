"""The currencies a price can be written in: the one table for whoever reads, writes or says an amount.

ISO 4217 codes with their minor units; signs and names as shops and buyers write them. A sign that several currencies
share stands with the one it means alone (``¥`` is CNY, ``$`` is USD); one that means none alone (``kr``) with none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency and what it is called."""

    code: str
    digits: int
    """Of its minor unit: 2 for cents, 0 where there is none in use."""
    point: Literal[".", ","]
    """What stands before the cents where it is at home."""
    sign: str
    """What stands before an amount; unlike any other's."""
    forms: tuple[str, ...]
    """Everything else it is written as, in lower case, before or behind an amount."""
    zh: str
    zh_minor: str
    en: tuple[str, str]
    """One of it, several of it."""
    en_minor: tuple[str, str]

    @property
    def known_as(self) -> str:
        """Code and sign, for lists of what can be written."""
        return self.code if self.sign == f"{self.code} " else f"{self.code} ({self.sign.strip()})"


_ROWS = """
CNY 2 . ¥ | 元 块 块钱 元钱 元整 圆 rmb cn¥ 人民币 yuan kuai renminbi | 元 分 | yuan yuan | fen fen
USD 2 . $ | us$ 美元 美金 美刀 刀 dollar dollars buck bucks | 美元 美分 | dollar dollars | cent cents
EUR 2 , € | 欧元 欧 euro euros | 欧元 欧分 | euro euros | cent cents
GBP 2 . £ | 英镑 镑 pound pounds quid | 英镑 便士 | pound pounds | penny pence
JPY 0 . JP¥ | 日元 日圆 日币 円 yen | 日元 - | yen yen | - -
HKD 2 . HK$ | 港币 港元 港纸 hk | 港元 分 | Hong_Kong_dollar Hong_Kong_dollars | cent cents
TWD 2 . NT$ | 台币 新台币 台幣 新台幣 ntd nt | 新台币 分 | Taiwan_dollar Taiwan_dollars | cent cents
MOP 2 . MOP$ | 澳门元 澳门币 葡币 pataca patacas | 澳门元 分 | pataca patacas | avo avos
KRW 0 . ₩ | 韩元 韩币 won | 韩元 - | won won | - -
SGD 2 . S$ | sg$ 新加坡元 新币 坡币 | 新加坡元 分 | Singapore_dollar Singapore_dollars | cent cents
MYR 2 . RM | 马币 令吉 林吉特 ringgit ringgits | 林吉特 仙 | ringgit ringgit | sen sen
THB 2 . ฿ | 泰铢 铢 baht | 泰铢 萨当 | baht baht | satang satang
IDR 2 , Rp | 印尼盾 印尼卢比 rupiah | 印尼盾 分 | rupiah rupiah | sen sen
VND 0 , ₫ | 越南盾 đ vnđ dong | 越南盾 - | dong dong | - -
PHP 2 . ₱ | 菲律宾比索 菲币 | 菲律宾比索 分 | Philippine_peso Philippine_pesos | centavo centavos
INR 2 . ₹ | 印度卢比 rs rs. rupee rupees | 印度卢比 派士 | rupee rupees | paisa paise
PKR 2 . PKR_ | 巴基斯坦卢比 | 巴基斯坦卢比 派士 | Pakistani_rupee Pakistani_rupees | paisa paise
AUD 2 . A$ | au$ 澳元 澳币 澳大利亚元 | 澳元 分 | Australian_dollar Australian_dollars | cent cents
NZD 2 . NZ$ | 新西兰元 纽币 新西兰币 | 新西兰元 分 | New_Zealand_dollar New_Zealand_dollars | cent cents
CAD 2 . C$ | ca$ can$ 加元 加币 加拿大元 | 加元 分 | Canadian_dollar Canadian_dollars | cent cents
CHF 2 . CHF_ | fr. sfr 瑞士法郎 瑞郎 franc francs | 瑞士法郎 生丁 | Swiss_franc Swiss_francs | centime centimes
SEK 2 , SEK_ | 瑞典克朗 | 瑞典克朗 欧尔 | Swedish_krona Swedish_kronor | öre öre
NOK 2 , NOK_ | 挪威克朗 | 挪威克朗 欧尔 | Norwegian_krone Norwegian_kroner | øre øre
DKK 2 , DKK_ | 丹麦克朗 | 丹麦克朗 欧尔 | Danish_krone Danish_kroner | øre øre
PLN 2 , zł | 兹罗提 zl złoty zloty zlotych | 兹罗提 格罗希 | zloty zlotys | grosz groszy
CZK 2 , Kč | 捷克克朗 | 捷克克朗 哈莱士 | Czech_koruna Czech_korunas | haler halers
HUF 0 , Ft | 福林 匈牙利福林 forint | 福林 - | forint forints | - -
RUB 2 , ₽ | 卢布 руб руб. ruble rubles rouble roubles | 卢布 戈比 | rouble roubles | kopeck kopecks
UAH 2 , ₴ | 格里夫纳 грн hryvnia hryvnias | 格里夫纳 戈比 | hryvnia hryvnias | kopiyka kopiykas
KZT 2 , ₸ | 坚戈 tenge | 坚戈 提因 | tenge tenge | tiyn tiyn
TRY 2 , ₺ | 里拉 土耳其里拉 tl lira liras | 土耳其里拉 库鲁 | lira liras | kurus kurus
ILS 2 . ₪ | 谢克尔 新谢克尔 shekel shekels nis | 新谢克尔 阿高洛 | shekel shekels | agora agorot
AED 2 . AED_ | 迪拉姆 阿联酋迪拉姆 dirham dirhams dhs | 迪拉姆 费尔 | dirham dirhams | fils fils
SAR 2 . SAR_ | 沙特里亚尔 里亚尔 riyal riyals | 沙特里亚尔 哈拉拉 | riyal riyals | halala halalas
EGP 2 . E£ | 埃及镑 | 埃及镑 皮阿斯特 | Egyptian_pound Egyptian_pounds | piastre piastres
NGN 2 . ₦ | 奈拉 naira | 奈拉 考包 | naira naira | kobo kobo
ZAR 2 . ZAR_ | 兰特 南非兰特 rand rands | 兰特 分 | rand rand | cent cents
BRL 2 , R$ | 雷亚尔 巴西雷亚尔 real reais | 雷亚尔 分 | real reais | centavo centavos
MXN 2 . MX$ | 墨西哥比索 | 墨西哥比索 分 | Mexican_peso Mexican_pesos | centavo centavos
"""
"""Code, digits, point, sign | forms | zh zh_minor | en | en_minor. ``_`` is a space, ``-`` nothing."""


def _currency(row: str) -> Currency:
    head, forms, zh, en, minor = (part.split() for part in row.split(" | "))
    code, digits, point, sign = head
    one, many, cent, cents = ("" if word == "-" else word.replace("_", " ") for word in (*en, *minor))
    return Currency(
        code, int(digits), "," if point == "," else ".", sign.replace("_", " "), (code.lower(), *forms),
        zh[0], zh[1].replace("-", ""), (one, many), (cent, cents),
    )  # fmt: skip


CURRENCIES = {currency.code: currency for currency in map(_currency, _ROWS.strip().splitlines())}
"""By code."""
BY_FORM = {
    form: currency for currency in CURRENCIES.values() for form in (*currency.forms, currency.sign.strip().casefold())
}
"""By everything a currency is written as, in lower case."""
