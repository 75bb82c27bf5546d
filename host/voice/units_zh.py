"""Units and currencies as they are written, and how they are said in Mandarin."""

from __future__ import annotations

from host.voice.marks import table

UNITS = table(
    """
    毫升 = mL ml ML cc
    升 = L l
    克 = g
    公斤 = kg KG Kg
    毫克 = mg
    微克 = μg µg ug
    吨 = t
    米 = m
    厘米 = cm CM
    毫米 = mm MM
    公里 = km
    微米 = μm µm
    纳米 = nm
    平方米 = m2 m²
    立方米 = m3
    平方厘米 = cm2
    瓦 = W w
    千瓦 = kW KW
    千瓦时 = kWh
    瓦时 = Wh
    伏 = V
    毫安 = mA
    安 = A
    毫安时 = mAh MAH mah
    安时 = Ah
    赫兹 = Hz HZ
    千赫兹 = kHz
    兆赫兹 = MHz
    吉赫兹 = GHz
    KB = KB
    MB = MB
    GB = GB
    TB = TB
    千卡 = kcal
    卡 = cal
    千焦 = kJ KJ
    焦 = J
    分贝 = dB db
    帕 = Pa
    千帕 = kPa
    兆帕 = MPa
    流明 = lm
    转每分 = rpm
    摄氏度 = °C
    华氏度 = °F
    度 = °
    盎司 = oz
    磅 = lb lbs
    英寸 = inch in "
    英尺 = ft
    小时 = h H
    分钟 = min
    秒 = s
    毫秒 = ms
    公里每小时 = km/h
    米每秒 = m/s
    个 = pcs PCS
    D = D
    K = K
    """
)

CURRENCIES = table(
    """
    元 = ¥ RMB CNY
    美元 = US$ USD $
    港元 = HK$ HKD
    欧元 = € EUR
    英镑 = £ GBP
    韩元 = ₩
    日元 = JPY
    """
)
