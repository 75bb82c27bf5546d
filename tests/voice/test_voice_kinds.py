"""What a sign between numbers means, kind by kind: each table holds inputs of one kind and what is said for them."""

from __future__ import annotations

import pytest

from host.core.product import Lang
from host.voice.normalise import normalise

DIALLED = """
zh 打119 = 打幺幺九
zh 拨打120 = 拨打幺二零
zh 报警110 = 报警幺幺零
zh 投诉热线12315 = 投诉热线幺二三幺五
zh 12345热线 = 幺二三四五热线
zh 现在只要119 = 现在只要一百一十九
zh 库存120 = 库存一百二十
zh 120抽 = 一百二十抽
zh 童装110码 = 童装一百一十码
zh 打119元 = 打一百一十九元
zh 110度 = 一百一十度
en call 911 = call nine one one
en dial 12345 = dial one two three four five
en 911 reviews = nine hundred eleven reviews
"""
POWERS = """
zh 5×10⁹CFU = 五乘十的九次方CFU
zh 2³ = 二的三次方
zh 10^8 = 十的八次方
zh 10⁻⁶ = 十的负六次方
zh 20 m² = 二十平方米
zh 20㎡ = 二十平方米
zh 3m³ = 三立方米
zh 每平方米² = 每平方米
zh H₂O = H二O
en 2³ = two cubed
en 10^8 = ten to the eighth
en 5×10⁹ CFU = five times ten to the ninth C F U
en 20 m² = twenty square meters
en 3 cm³ = three cubic centimeters
en x² = x squared
en CO₂ = CO two
"""
SLASHES = """
zh 100/200/300毫升 = 一百、两百、三百毫升
zh 28/29/30码 = 二十八、二十九、三十码
zh 3/6/12期 = 三、六、十二期
zh 26/28寸 = 二十六、二十八寸
zh 170/92A = 一百七十、九十二A
zh 75B/80B = 七十五B、八十B
zh 5号/7号电池 = 五号、七号电池
zh A4/A5 = A四、A五
zh S/M/L三个码 = S、M、L三个码
zh 3/4人座 = 三、四人座
zh 第1/3段 = 第一、三段
zh 第2/3代 = 第二、三代
zh 5V/3A = 五伏、三安
zh 220V/50Hz = 两百二十伏、五十赫兹
zh 12/5前 = 十二月五日前
zh 截止12/25 = 截止十二月二十五日
zh 11/30前下单 = 十一月三十日前下单
zh 38000次/分钟 = 三万八千次每分钟
zh 2次/天 = 两次每天
zh 99元/2件 = 九十九元每两件
zh 15元/500g = 十五元每五百克
zh 80mg/100g = 八十毫克每一百克
zh 50g/30g两种 = 五十克、三十克两种
zh 1/3 = 三分之一
zh 3/4的人 = 四分之三的人
zh 每天1/2杯 = 每天二分之一杯
zh 1/1000秒 = 一千分之一秒
zh 18/8不锈钢 = 十八杠八不锈钢
zh 50/50 = 五十比五十
zh 2026/12/25 = 二零二六年十二月二十五日
zh 2024/2025 = 二零二四、二零二五
zh f/1.8 = f 一点八
en 100/200/300 ml = one hundred, two hundred, three hundred milliliters
en 3/6/12 months = three, six, twelve months
en S/M/L = S, M, L
en 70/30 blend = seventy thirty blend
en 80/20 cotton = eighty twenty cotton
en 25/12/2026 = December twenty-fifth, twenty twenty-six
en 12/25/2026 = December twenty-fifth, twenty twenty-six
en 11/30 = November thirtieth
en until 1/15 = until January fifteenth
en by 12/5 = by December fifth
en and/or = and or
en black/white = black or white
en iOS/Android = iOS, Android
en w/ lid = with lid
en 5V/3A = five volts, three amps
en 5 kg/11 lb = five kilograms, eleven pounds
en $19.99/mo = nineteen dollars and ninety-nine cents per month
en 2/3 cup = two thirds cup
en 1½ cups = one and a half cups
en 3/4" = three quarter inch
en 10/10 = ten out of ten
"""
NAMES = """
zh 苏-27 = 苏二十七
zh 小米-14 = 小米十四
zh i7-13700H = i七杠一三七零零H
zh GB/T 18401-2010 = GB T一八四零一杠二零一零
zh H.264 = H二六四
zh CO2 = CO二
zh 1080p = 一零八零p
zh RTX 4090 = RTX四零九零
zh C++ = C加加
zh 14K金 = 十四K金
zh 3A充电 = 三安充电
zh 7A抗菌 = 七A抗菌
zh 1# = 一号
zh 1#链接 = 一号链接
zh #03 = 零三号
zh 1st = first
zh 95后宝妈 = 九五后宝妈
zh 2024-2025年 = 二零二四到二零二五年
en 2-in-1 = two in one
en 3 in 1 = three in one
en 14k gold = fourteen karat gold
en 18K gold plated = eighteen karat gold plated
en H2O = H two O
en 2nd floor = second floor
en 5'10" = five foot ten
en 6'2" tall = six foot two tall
en i7-13700H = i seven one three seven zero zero H
en ISO 9001:2015 = ISO nine zero zero one two zero one five
en 3D = three D
en 12-oz bottle = twelve ounce bottle
"""
COLONS = """
zh 16:9 = 十六比九
zh 16:10的屏幕 = 十六比十的屏幕
zh 1:1 = 一比一
zh 比例1:10 = 比例一比十
zh 20:08 = 二十点零八分
zh 2:1:1 = 二比一比一
en 16:9 = sixteen to nine
en 1:1 = one to one
en 16:10 display = sixteen to ten display
en 8:30 = eight thirty
"""
SIGNS = """
zh >99% = 大于百分之九十九
zh <5% = 小于百分之五
zh 1L≈2斤 = 一升约等于两斤
zh ~50元 = 约五十元
zh 满300-50 = 满三百减五十
zh 周一-周五 = 周一到周五
zh 早上9点-晚上10点 = 早上九点到晚上十点
zh 9:00~21:00 = 九点到二十一点
zh -18~-22℃ = 零下十八到零下二十二摄氏度
zh 温度-20℃~96℃ = 温度零下二十摄氏度到九十六摄氏度
zh 今天-5℃ = 今天零下五摄氏度
zh 8+256GB = 八加两百五十六GB
zh 面膜x3 = 面膜乘三
zh 10x变焦 = 十倍变焦
zh 100% = 百分之百
en >99% = more than ninety-nine percent
en <5% = less than five percent
en ±5% = plus or minus five percent
en ≥ 90% = at least ninety percent
en ~50 g = about fifty grams
en -18~-22°C = minus eighteen to minus twenty-two degrees Celsius
en Mon-Fri = Mon to Fri
en 4+ years = four plus years
en 1920x1080 = one thousand nine hundred twenty by one thousand eighty
"""
UNITS = """
zh 6.1mmol/L = 六点一毫摩尔每升
zh 20mmHg = 二十毫米汞柱
zh 180g/m² = 一百八十克每平方米
zh 500m³/h = 五百立方米每小时
zh 2000r/min = 两千转每分钟
zh 0.3μm = 零点三微米
zh 60fps = 六十帧每秒
en 6.1 mmol/L = six point one millimoles per liter
en 180 g/m² = one hundred eighty grams per square meter
en 500 m³/h = five hundred cubic meters per hour
en 2000 r/min = two thousand revolutions per minute
"""
MONEY = """
zh 27,50 € = 二十七点五欧元
zh 1.299,00 € = 一千两百九十九欧元
zh ₹1,499 = 一千四百九十九印度卢比
zh RM 19.90 = 十九点九林吉特
zh S$12.50 = 十二点五新加坡元
zh ¥9块9 = 九块九
zh 19块9 = 十九块九
en 27,50 € = twenty-seven euros and fifty cents
en €27,50 = twenty-seven euros and fifty cents
en 1.299,00 € = one thousand two hundred ninety-nine euros
en ₹1,499 = one thousand four hundred ninety-nine rupees
en RM 19.90 = nineteen ringgit and ninety sen
en CHF 12.50 = twelve Swiss francs and fifty centimes
en R$ 9,90 = nine reais and ninety centavos
"""
LISTS = """
zh 80,90,100,110,120码 = 八十，九十，一百，一百一十，一百二十码
zh 100,110,120 = 一百，一百一十，一百二十
zh 1,299 = 一千两百九十九
"""
KINDS = {"dialled": DIALLED, "powers": POWERS, "slashes": SLASHES, "names": NAMES, "colons": COLONS, "signs": SIGNS,
         "units": UNITS, "money": MONEY, "lists": LISTS}  # fmt: skip
CASES = [
    pytest.param(line[:2], *line[3:].split(" = "), id=f"{kind}: {line}")
    for kind, table in KINDS.items()
    for line in table.strip().splitlines()
]


@pytest.mark.parametrize(("lang", "written", "spoken"), CASES)
def test_each_kind_is_read_as_people_do(lang: Lang, written: str, spoken: str) -> None:
    assert normalise(written, lang) == spoken
    assert normalise(spoken, lang) == spoken
