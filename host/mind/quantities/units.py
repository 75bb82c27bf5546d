"""Units as they are written and said, each with its measure, its canonical unit and the factor to it.

Units of one measure and one canonical unit convert into each other exactly; others never do. Hours do not convert
into days (48 小时发货 is not said as 两天), nor days into months.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum


class Measure(StrEnum):
    """What a quantity measures."""

    MONEY = "money"
    PERCENT = "percent"
    DISCOUNT = "discount"
    """The part of the price still paid: 八五折 and 15% off are 0.85."""
    PHYSICAL = "physical"
    """Mass, volume, length, power, …; the canonical unit tells which."""
    DURATION = "duration"
    DATE = "date"
    CLOCK = "clock"
    """A time of day, in minutes."""
    COUNT = "count"
    """So many of something; the unit is the classifier or the noun."""
    BUNDLE = "bundle"
    """买二送一: the unit is ``2+1``."""
    LINK = "link"
    """A cart position."""
    CODE = "code"
    """A number that belongs to letters: SPF50, B12, 304L."""
    NUMBER = "number"
    """A number without a unit."""


Unit = tuple[Measure, str, Decimal]

_P, _T = Measure.PHYSICAL, Measure.DURATION
_TABLE: list[tuple[Measure, str, str, str]] = [
    (_P, "g", "1", "克 公克 g gram grams gramme grammes"),
    (_P, "g", "1000", "公斤 千克 kg kgs kilo kilos kilogram kilograms"),
    (_P, "g", "500", "斤 市斤"), (_P, "g", "50", "两"), (_P, "g", "0.001", "毫克 mg milligram milligrams"),
    (_P, "g", "1000000", "吨 ton tons tonne tonnes"), (_P, "µg", "1", "微克 μg µg mcg"),
    (_P, "oz", "1", "盎司 oz ounce ounces"), (_P, "oz", "16", "磅 lb lbs pound pounds"),
    (_P, "ml", "1", "毫升 ml cc millilitre millilitres milliliter milliliters"),
    (_P, "ml", "1000", "升 公升 l litre litres liter liters"), (_P, "floz", "1", "液盎司"),
    (_P, "mm", "1", "毫米 mm millimetre millimetres millimeter millimeters"),
    (_P, "mm", "10", "厘米 公分 cm centimetre centimetres centimeter centimeters"),
    (_P, "mm", "100", "分米 dm"), (_P, "mm", "1000", "米 公尺 m metre metres meter meters"),
    (_P, "mm", "1000000", "公里 千米 km kilometre kilometres kilometer kilometers"),
    (_P, "in", "1", "英寸 吋 寸 inch inches"), (_P, "in", "12", "英尺 feet foot ft"), (_P, "µm", "1", "微米 μm µm"),
    (_P, "mile", "1", "英里 mile miles"), (_P, "m2", "1", "平方米 平米 m2"),
    (_P, "°C", "1", "℃ °c 摄氏度 度 degrees degree"),
    (_P, "°F", "1", "°f 华氏度"),
    (_P, "W", "1", "w 瓦 瓦特 watt watts"), (_P, "W", "1000", "kw 千瓦 kilowatt kilowatts"),
    (_P, "V", "1", "v 伏 伏特 volt volts"), (_P, "A", "1", "安培 amp amps"),
    (_P, "mAh", "1", "mah 毫安时 毫安"), (_P, "Wh", "1", "wh 瓦时"),
    (_P, "K", "1", "k kelvin kelvins 开尔文"),
    (_P, "Hz", "1", "hz 赫兹 hertz"), (_P, "dB", "1", "db 分贝 decibel decibels"),
    (_P, "kcal", "1", "kcal 千卡 大卡 kilocalories calories calorie"), (_P, "kJ", "1", "kj 千焦 kilojoules"),
    (_P, "GB", "1", "gb gigabytes"), (_P, "GB", "1024", "tb terabytes"), (_P, "GB", "0.0009765625", "mb megabytes"),
    (_P, "Pa", "1", "pa 帕"), (_P, "bar", "1", "bar 巴"), (_P, "lm", "1", "lm 流明 lumen lumens"),
    (_P, "rpm", "1", "rpm 转"), (_P, "px", "1", "像素 pixels"), (_P, "mp", "1", "万像素 megapixels"),
    (_P, "tog", "1", "tog"), (_P, "D", "1", "旦"), (_P, "thread", "1", "支纱"),
    (_T, "s", "1", "秒 秒钟 s sec secs second seconds"), (_T, "s", "60", "分钟 min mins minute minutes"),
    (_T, "s", "3600", "小时 个小时 钟头 个钟头 个钟 h hr hrs hour hours"),
    (_T, "day", "1", "天 日内 day days"), (_T, "day", "7", "周 个星期 星期 个礼拜 礼拜 week weeks"),
    (_T, "workday", "1", "个工作日 工作日"),
    (_T, "month", "1", "个月 month months"), (_T, "month", "12", "年 周年 year years yr yrs"),
    (_T, "month", "3", "个季度 季度 quarters"), (Measure.COUNT, "岁", "1", "岁 周岁"),
    (Measure.PERCENT, "%", "1", "% 个百分点 percent pct"), (Measure.PERCENT, "%", "0.1", "‰"),
    (Measure.PERCENT, "%", "10", "成"), (Measure.DISCOUNT, "", "0.1", "折"),
    (Measure.MONEY, "CNY", "1", "元 块 块钱 元钱 圆 rmb cny 人民币 yuan kuai"),
    (Measure.MONEY, "CNY", "0.1", "角 毛 毛钱 jiao"), (Measure.MONEY, "CNY", "0.01", "分钱"),
    (Measure.MONEY, "USD", "1", "usd dollar dollars buck bucks 美元 美金 美刀"),
    (Measure.MONEY, "USD", "0.01", "cent cents ¢"), (Measure.MONEY, "EUR", "1", "eur euro euros € 欧元 欧"),
    (Measure.MONEY, "GBP", "1", "gbp 英镑 quid"), (Measure.MONEY, "GBP", "0.01", "pence"),
    (Measure.MONEY, "HKD", "1", "港币 港元 hkd"), (Measure.MONEY, "JPY", "1", "日元 日币 jpy yen"),
    (Measure.MONEY, "KRW", "1", "韩元 krw"), (Measure.MONEY, "TWD", "1", "台币 twd"),
]  # fmt: skip

_CLASSIFIERS = (
    "件 个 只 支 枝 款 种 样 位 名 人 户 盒 瓶 包 袋 箱 罐 桶 杯 片 粒 颗 枚 张 本 册 双 对 套 组 台 部 辆 把 "
    "根 层 格 档 步 级 星 页 次 遍 回 趟 轮 场 期 单 份 批 排 列 口 勺 滴 朵 束 卷 节 家 间 门 座 项 条 道 笔 "
    "票 倍 代 重 色 码 句 点 方面 大类 类 系列 人份 人用 孔 齿 刀 叶 面 头 芯 股 针 档位 挡 环 核 圈 分满分 "
    "通道 频 键 寸屏 车 篮 串 盘 碗 碟 锅 柜 块装 颗粒 胶囊 小袋 小包 小盒 大包 大袋 大盒 小瓶 大瓶 集 课 关 "
    "段 阶 座位 眼 味 合一 用 位数 折叠 开 号 号色 级数 世纪 亩 栋 层楼 元店 夜 晚"
)
_NOUNS = {"pieces": "件", "piece": "件", "items": "件", "item": "件", "units": "件", "unit": "件", "bottles": "瓶",
          "bottle": "瓶", "bags": "袋", "bag": "袋", "boxes": "盒", "box": "盒", "packs": "包", "pack": "包",
          "people": "人", "person": "人", "viewers": "人", "customers": "人", "buyers": "人", "users": "人",
          "fans": "人", "sets": "套", "set": "套", "pairs": "双", "pair": "双", "cups": "杯", "cup": "杯",
          "layers": "层", "layer": "层", "times": "次", "stars": "星", "star": "星", "cans": "罐", "can": "罐",
          "orders": "单", "sachets": "小包", "sachet": "小包"}  # fmt: skip

GENERIC = frozenset({"个", "件", "只", "款", "份", "种", "样"})
"""Classifiers that count the same things in everyday speech, if the thing is the same."""
STOCKED = GENERIC | frozenset(
    {
        "套",
        "瓶",
        "盒",
        "袋",
        "包",
        "把",
        "张",
        "条",
        "台",
        "双",
        "支",
        "单",
        "罐",
        "箱",
        "本",
        "对",
        "杯",
        "块",
        "副",
        "床",
    }
)
"""Classifiers a stock count may take."""
PERSONS = re.compile(
    r"[个位名](?:人|用户|顾客|客户|粉丝|家庭|姐妹|宝宝|宝妈|买家|观众|老铁|家人|回头客|会员|朋友|网友|老客|学员|妈妈)"
)

UNITS: dict[str, Unit] = {}
for _measure, _canonical, _factor, _surfaces in _TABLE:
    _words = _surfaces.split()
    for _surface in _words:
        UNITS[_surface] = (_measure, _canonical, Decimal(_factor))
_PHRASES = {
    "degrees celsius": "℃", "degree celsius": "℃", "degrees fahrenheit": "°f", "fl oz": "液盎司",
    "fluid ounces": "液盎司", "fluid ounce": "液盎司", "working days": "工作日", "working day": "工作日",
    "business days": "工作日", "business day": "工作日", "per cent": "%", "square metres": "平米",
    "square meters": "平米", "us dollars": "usd", "watt hours": "wh", "milliampere hours": "mah",
    "milliamp hours": "mah", "years old": "岁", "year old": "岁", "thread count": "支纱", "years-old": "岁",
    "year-old": "岁",
}  # fmt: skip
for _phrase, _of in _PHRASES.items():
    UNITS[_phrase] = UNITS[_of]
for _surface in _CLASSIFIERS.split():
    UNITS.setdefault(_surface, (Measure.COUNT, _surface, Decimal(1)))
for _surface, _canonical in _NOUNS.items():
    UNITS[_surface] = (Measure.COUNT, _canonical, Decimal(1))

_OTHER_WORDS = (
    "包邮退换赔括装含您你 天然猫气 年轻货会级 度假过 面料膜部对积 头发条 点击开赞头 人工气造 家用里 "
    "把手它这握 本来身次店 对于比 层次 道具 色彩 场景 口感味 代表言 节日省 片区 周末边到 转发身 元素旦宵 "
    "米饭色白 升级温 件事 成功为分本员品立交熟长人新套年 条件 级别 个性 种植 门店口 期待间 单独 刀具 开始 "
    "克服 斤斤"
)
_NOT_BEFORE = {word[0]: word[1:] for word in _OTHER_WORDS.split()}
"""What makes another word of a unit: 9.9包邮 is no pack."""


def _pattern(surface: str) -> str:
    others = _NOT_BEFORE.get(surface)
    return re.escape(surface) + (f"(?![{others}])" if others else "")


_HAN = sorted((unit for unit in UNITS if not re.match(r"[a-z]", unit)), key=len, reverse=True)
_LATIN = sorted((unit for unit in UNITS if re.match(r"[a-z]", unit)), key=len, reverse=True)
_ANY_HAN, _ANY_LATIN = "|".join(map(_pattern, _HAN)), "|".join(map(re.escape, _LATIN))
UNIT = re.compile(f" ?[多余来几整]?(?P<han>{_ANY_HAN})|[ -]?(?P<latin>{_ANY_LATIN})(?![a-z])")
"""A unit directly after its number."""
MONEY_BEFORE = re.compile(r"(?P<symbol>us\$|hk\$|[¥$€£]|rmb|cny|usd|eur|gbp|人民币|美元|美金) ?$")
SYMBOLS = {"¥": "CNY", "rmb": "CNY", "cny": "CNY", "人民币": "CNY", "$": "USD", "us$": "USD", "usd": "USD",
           "美元": "USD", "美金": "USD", "hk$": "HKD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP"}  # fmt: skip
